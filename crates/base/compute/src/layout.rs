//! How Rust types lie in the memory that a shader reads.
//!
//! The rules of WGSL (a `vec2<f32>` starts at multiples of 8 bytes, a struct is as long as a multiple of
//! its largest alignment) are not those of `#[repr(C)]`. Instead of comments that ask to keep two
//! definitions in sync, [`gpu_struct!`](crate::gpu_struct) writes down where the fields of a Rust struct
//! are, and `futago_testkit::check_pass_layout` holds that table against the parsed WGSL.

use bytemuck::Pod;

/// What the 4-byte words of a value are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scalar {
    /// 32-bit floating point.
    F32,
    /// Signed 32-bit integer.
    I32,
    /// Unsigned 32-bit integer.
    U32,
    /// A struct: its words are of several kinds.
    Mixed,
}

/// One field of a struct.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FieldLayout {
    /// Its name; empty for a type that is not a struct.
    pub name: &'static str,
    /// Where it starts, bytes.
    pub offset: usize,
    /// Its size without padding after it, bytes.
    pub size: usize,
    /// What its words are.
    pub scalar: Scalar,
}

/// Where the fields of a type are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StructLayout {
    /// Name of the type: the same in Rust and WGSL.
    pub name: &'static str,
    /// Size, and distance from one to the next in an array, bytes.
    pub size: usize,
    /// The fields in order. A scalar or vector is one field without a name.
    pub fields: &'static [FieldLayout],
}

impl StructLayout {
    /// Whether it is a struct with named fields.
    pub fn is_struct(&self) -> bool {
        self.fields.iter().any(|field| !field.name.is_empty())
    }
}

/// A type that may lie in a buffer: `f32`, `i32`, `u32`, arrays of them and what [`crate::gpu_struct!`]
/// defines.
pub trait GpuType: Pod {
    /// What its words are.
    const SCALAR: Scalar;
    /// Where its fields are.
    const LAYOUT: &'static StructLayout;
}

macro_rules! plain_type {
    ($type:ty, $name:literal, $scalar:ident) => {
        impl GpuType for $type {
            const SCALAR: Scalar = Scalar::$scalar;
            const LAYOUT: &'static StructLayout = &StructLayout {
                name: $name,
                size: 4,
                fields: &[FieldLayout { name: "", offset: 0, size: 4, scalar: Scalar::$scalar }],
            };
        }
    };
}

plain_type!(f32, "f32", F32);
plain_type!(i32, "i32", I32);
plain_type!(u32, "u32", U32);

impl<T: GpuType, const N: usize> GpuType for [T; N] {
    const SCALAR: Scalar = T::SCALAR;
    const LAYOUT: &'static StructLayout = &StructLayout {
        name: "array",
        size: size_of::<[T; N]>(),
        fields: &[FieldLayout { name: "", offset: 0, size: size_of::<[T; N]>(), scalar: T::SCALAR }],
    };
}

/// Defines a `#[repr(C)]` plain struct for a buffer, and the table of where its fields are.
///
/// Fields are [`GpuType`]s. A struct with gaps does not compile; fill them with fields (`reserved`).
///
/// ```
/// futago_compute::gpu_struct! {
///     /// What the pass is told.
///     pub struct Params {
///         /// Cells.
///         pub cell_count: u32,
///         /// Width of a cell, metres.
///         pub cell_m: f32,
///         /// West and south edge, site metres.
///         pub corner_m: [f32; 2],
///     }
/// }
/// use futago_compute::GpuType;
/// assert_eq!(Params::LAYOUT.size, 16);
/// assert_eq!(Params::LAYOUT.fields[2].offset, 8);
/// ```
#[macro_export]
macro_rules! gpu_struct {
    ($(#[$attribute:meta])* $visible:vis struct $name:ident {
        $($(#[$field_attribute:meta])* $field_visible:vis $field:ident : $type:ty),* $(,)?
    }) => {
        $(#[$attribute])*
        #[repr(C)]
        #[derive(Debug, Clone, Copy, PartialEq)]
        $visible struct $name {
            $($(#[$field_attribute])* $field_visible $field: $type,)*
        }

        const _: () = {
            const fn plain<T: $crate::GpuType>() {}
            $(plain::<$type>();)*
            assert!(
                size_of::<$name>() == 0 $(+ size_of::<$type>())*,
                "a gpu_struct has no gaps: fill them with a field"
            );
        };

        // SAFETY: every field is a `GpuType`, and so is valid when zeroed (checked above).
        unsafe impl $crate::macro_support::Zeroable for $name {}
        // SAFETY: `repr(C)`, every field is `Pod` and there are no gaps between them (checked above).
        unsafe impl $crate::macro_support::Pod for $name {}

        impl $crate::GpuType for $name {
            const SCALAR: $crate::Scalar = $crate::Scalar::Mixed;
            const LAYOUT: &'static $crate::StructLayout = &$crate::StructLayout {
                name: stringify!($name),
                size: size_of::<$name>(),
                fields: &[$($crate::FieldLayout {
                    name: stringify!($field),
                    offset: ::core::mem::offset_of!($name, $field),
                    size: size_of::<$type>(),
                    scalar: <$type as $crate::GpuType>::SCALAR,
                }),*],
            };
        }
    };
}

#[cfg(test)]
mod tests {
    use super::*;

    gpu_struct! {
        /// A struct of all kinds.
        struct Sample {
            count: u32,
            offset: i32,
            corner: [f32; 2],
            rows: [[f32; 4]; 2],
        }
    }

    #[test]
    fn the_table_says_where_fields_are() {
        let layout = Sample::LAYOUT;
        assert!(layout.is_struct() && !f32::LAYOUT.is_struct());
        assert_eq!((layout.name, layout.size), ("Sample", 48));
        let rows = layout.fields[3];
        assert_eq!((rows.name, rows.offset, rows.size, rows.scalar), ("rows", 16, 32, Scalar::F32));
        assert_eq!(layout.fields[1].scalar, Scalar::I32);
        let sample = Sample { count: 1, offset: 2, corner: [3.0, 4.0], rows: [[5.0; 4]; 2] };
        assert_eq!(bytemuck::bytes_of(&sample).len(), 48);
    }
}
