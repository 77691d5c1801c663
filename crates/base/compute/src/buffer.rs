//! Typed handles to memory of an engine.

use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;

use crate::cpu::CpuMemory;

/// What a buffer is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BufferKind {
    /// An array, bound with `Access::Read` or `Access::ReadWrite`.
    Storage,
    /// One value, bound with `Access::Uniform`.
    Uniform,
}

/// Where the contents are.
pub(crate) enum Memory {
    Cpu(CpuMemory),
    Gpu(wgpu::Buffer),
}

pub(crate) struct Inner {
    pub(crate) name: String,
    pub(crate) engine: u64,
    pub(crate) kind: BufferKind,
    pub(crate) byte_len: usize,
    /// Size of the type it was made with, bytes.
    pub(crate) element_size: usize,
    pub(crate) memory: Memory,
}

/// A buffer without its type: what a recording keeps.
#[derive(Clone)]
pub struct AnyBuffer(pub(crate) Arc<Inner>);

impl AnyBuffer {
    /// Its name, for messages.
    pub fn name(&self) -> &str {
        &self.0.name
    }

    /// What it is for.
    pub fn kind(&self) -> BufferKind {
        self.0.kind
    }

    /// Its size, bytes.
    pub fn byte_len(&self) -> usize {
        self.0.byte_len
    }

    /// Whether both are handles to the same memory.
    pub fn is_same(&self, other: &AnyBuffer) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl fmt::Debug for AnyBuffer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} `{}` of {} bytes", self.0.kind, self.0.name, self.0.byte_len)
    }
}

/// An array of `T` on an engine. Clones are handles to the same memory, which is freed with the last one.
///
/// An empty array is bound to a GPU as one zero element, since devices know no empty bindings: passes
/// should take counts from their parameters, not from `arrayLength`.
pub struct Buffer<T> {
    any: AnyBuffer,
    items: PhantomData<fn() -> T>,
}

impl<T> Buffer<T> {
    pub(crate) fn new(inner: Inner) -> Self {
        Self { any: AnyBuffer(Arc::new(inner)), items: PhantomData }
    }

    /// Its name, for messages.
    pub fn name(&self) -> &str {
        self.any.name()
    }

    /// Number of items.
    pub fn len(&self) -> usize {
        self.any.byte_len() / size_of::<T>().max(1)
    }

    /// True with no item.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The handle without its type.
    pub fn any(&self) -> &AnyBuffer {
        &self.any
    }
}

impl<T> Clone for Buffer<T> {
    fn clone(&self) -> Self {
        Self { any: self.any.clone(), items: PhantomData }
    }
}

impl<T> fmt::Debug for Buffer<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.any.fmt(f)
    }
}

/// What can be bound to a pass: so that buffers of several types stand in one list, `&[&params, &heights]`.
pub trait Bindable {
    /// The handle without its type.
    fn as_any(&self) -> &AnyBuffer;
}

impl<T> Bindable for Buffer<T> {
    fn as_any(&self) -> &AnyBuffer {
        &self.any
    }
}

impl Bindable for AnyBuffer {
    fn as_any(&self) -> &AnyBuffer {
        self
    }
}
