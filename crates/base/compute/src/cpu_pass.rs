//! What a CPU twin is given: its groups and its bindings.
//!
//! Bindings are borrowed at run time like a `RefCell`: any number of readers, or one writer. Taking one
//! with a wrong type or a wrong access is a mistake in the pass, so it panics and says which.

use std::marker::PhantomData;
use std::ops::{Deref, DerefMut};
use std::sync::atomic::AtomicU32;
use std::sync::{RwLockReadGuard, RwLockWriteGuard};

use bytemuck::Pod;

use crate::cpu::{Block, CpuMemory};
use crate::{Access, Pass};

/// One run of a pass on the CPU.
pub struct CpuPass<'a> {
    /// Number of groups along x, y and z, none of them zero.
    pub groups: [u32; 3],
    /// Invocations in a group along x, y and z.
    pub workgroup: [u32; 3],
    pass: &'static Pass,
    memory: &'a [&'a CpuMemory],
}

impl<'a> CpuPass<'a> {
    pub(crate) fn new(pass: &'static Pass, groups: [u32; 3], memory: &'a [&'a CpuMemory]) -> Self {
        Self { groups, workgroup: pass.workgroup, pass, memory }
    }

    /// The value of uniform binding `index`.
    pub fn uniform<T: Pod>(&self, index: usize) -> T {
        let memory = self.checked::<T>(index, &[Access::Uniform]);
        let Some(blocks) = memory.try_read() else { self.borrowed(index) };
        bytemuck::pod_read_unaligned(&bytemuck::cast_slice::<Block, u8>(&blocks)[..size_of::<T>()])
    }

    /// The elements of binding `index`, to read.
    pub fn read<T: Pod>(&self, index: usize) -> ReadGuard<'a, T> {
        let memory = self.checked::<T>(index, &[Access::Read, Access::ReadWrite]);
        let Some(blocks) = memory.try_read() else { self.borrowed(index) };
        ReadGuard { blocks, byte_len: memory.byte_len(), items: PhantomData }
    }

    /// The elements of binding `index`, to read and write.
    pub fn write<T: Pod>(&self, index: usize) -> WriteGuard<'a, T> {
        let memory = self.checked::<T>(index, &[Access::ReadWrite]);
        let Some(blocks) = memory.try_write() else { self.borrowed(index) };
        WriteGuard { blocks, byte_len: memory.byte_len(), items: PhantomData }
    }

    /// The elements of binding `index`, for many threads to add to: the twin of `array<atomic<u32>>`.
    pub fn atomic_u32(&self, index: usize) -> AtomicGuard<'a> {
        let mut words = self.write::<u32>(index);
        let (first, len) = (words.as_mut_ptr().cast::<AtomicU32>(), words.len());
        // SAFETY: `AtomicU32` has the size and alignment of `u32`. The pointer comes from a `&mut` to all
        // of the elements; the write lock, kept in the guard, keeps everybody else out for as long.
        let words_atomic = unsafe { std::slice::from_raw_parts(first, len) };
        AtomicGuard { words: words_atomic, _lock: words.blocks }
    }

    fn checked<T>(&self, index: usize, allowed: &[Access]) -> &'a CpuMemory {
        let Some(binding) = self.pass.bindings.get(index) else {
            panic!("pass `{}` has {} bindings, no binding {index}", self.pass.name, self.pass.bindings.len());
        };
        if !allowed.contains(&binding.access) {
            panic!("{}: is {:?}, and was taken as {allowed:?}", self.place(index), binding.access);
        }
        if size_of::<T>() != binding.element_size || align_of::<T>() > align_of::<Block>() {
            let (name, size) = (std::any::type_name::<T>(), size_of::<T>());
            let wanted = binding.element_size;
            panic!(
                "{}: elements have {wanted} bytes, and were taken as `{name}` of {size}",
                self.place(index)
            );
        }
        self.memory[index]
    }

    fn place(&self, index: usize) -> String {
        format!("pass `{}`, binding {index} `{}`", self.pass.name, self.pass.bindings[index].name)
    }

    fn borrowed(&self, index: usize) -> ! {
        panic!("{}: is already borrowed; let go of the other guard first", self.place(index))
    }
}

/// Elements to read.
pub struct ReadGuard<'a, T> {
    blocks: RwLockReadGuard<'a, Box<[Block]>>,
    byte_len: usize,
    items: PhantomData<fn() -> T>,
}

impl<T: Pod> Deref for ReadGuard<'_, T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        bytemuck::cast_slice(&bytemuck::cast_slice::<Block, u8>(&self.blocks)[..self.byte_len])
    }
}

/// Elements to read and write.
pub struct WriteGuard<'a, T> {
    blocks: RwLockWriteGuard<'a, Box<[Block]>>,
    byte_len: usize,
    items: PhantomData<fn() -> T>,
}

impl<T: Pod> Deref for WriteGuard<'_, T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        bytemuck::cast_slice(&bytemuck::cast_slice::<Block, u8>(&self.blocks)[..self.byte_len])
    }
}

impl<T: Pod> DerefMut for WriteGuard<'_, T> {
    fn deref_mut(&mut self) -> &mut [T] {
        bytemuck::cast_slice_mut(
            &mut bytemuck::cast_slice_mut::<Block, u8>(&mut self.blocks)[..self.byte_len],
        )
    }
}

/// Elements that many threads may change.
pub struct AtomicGuard<'a> {
    words: &'a [AtomicU32],
    _lock: RwLockWriteGuard<'a, Box<[Block]>>,
}

impl Deref for AtomicGuard<'_> {
    type Target = [AtomicU32];

    fn deref(&self) -> &[AtomicU32] {
        self.words
    }
}
