//! What a pass is: a WGSL entry point and its Rust twin.

use crate::{CpuPass, GpuType, StructLayout};

/// How a pass uses a binding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// One value, `var<uniform>`.
    Uniform,
    /// An array that is only read, `var<storage, read>`.
    Read,
    /// An array that is read and written, `var<storage, read_write>`.
    ReadWrite,
}

/// One binding of a pass. Its number is its place in [`Pass::bindings`], its group is 0.
#[derive(Debug, Clone, Copy)]
pub struct Binding {
    /// Name of the global variable in WGSL.
    pub name: &'static str,
    /// How it is used.
    pub access: Access,
    /// Where the fields of an element are, for the check by machine; `None` leaves only its size.
    pub layout: Option<&'static StructLayout>,
    /// Size of an element, bytes.
    pub element_size: usize,
}

impl Binding {
    /// A uniform of type `T`.
    pub const fn uniform<T: GpuType>(name: &'static str) -> Self {
        Self::of::<T>(name, Access::Uniform)
    }

    /// An array of `T` that is only read.
    pub const fn read<T: GpuType>(name: &'static str) -> Self {
        Self::of::<T>(name, Access::Read)
    }

    /// An array of `T` that is read and written.
    pub const fn read_write<T: GpuType>(name: &'static str) -> Self {
        Self::of::<T>(name, Access::ReadWrite)
    }

    const fn of<T: GpuType>(name: &'static str, access: Access) -> Self {
        Self { name, access, layout: Some(T::LAYOUT), element_size: size_of::<T>() }
    }
}

/// A pass: what to run on a GPU, what to run on the CPU, and what both are given.
///
/// Make it a `static`; the engine keeps one pipeline for each.
#[derive(Debug)]
pub struct Pass {
    /// Name of the pass, of its WGSL entry point and of its Rust twin.
    pub name: &'static str,
    /// WGSL, in pieces that are put one after the other: shared helpers first.
    pub source: &'static [&'static str],
    /// Invocations in a group, as in `@workgroup_size`.
    pub workgroup: [u32; 3],
    /// What it is given, in order.
    pub bindings: &'static [Binding],
    /// The Rust twin.
    pub cpu: fn(&CpuPass<'_>),
}

impl Pass {
    /// The whole WGSL text.
    pub fn wgsl(&self) -> String {
        self.source.join("\n")
    }

    /// Groups along one dimension that cover `items` items, one an invocation.
    pub fn groups_along(&self, dimension: usize, items: u32) -> u32 {
        items.div_ceil(self.workgroup[dimension])
    }
}
