//! Memory and execution on the CPU.

use std::sync::{PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard, TryLockError};

use bytemuck::{Pod, Zeroable};

use crate::buffer::Memory;
use crate::platform::{Stopwatch, lock};
use crate::timing::Timings;
use crate::{AnyBuffer, Clock, Command, ComputeError, CpuPass, Recording};

/// 16 bytes, aligned as the widest WGSL type is.
#[repr(C, align(16))]
#[derive(Debug, Clone, Copy, Pod, Zeroable)]
pub(crate) struct Block([u8; 16]);

/// Aligned bytes, borrowed at run time: many readers or one writer.
pub(crate) struct CpuMemory {
    blocks: RwLock<Box<[Block]>>,
    byte_len: usize,
}

impl CpuMemory {
    /// Zeroed memory; `None` when there is none left.
    pub(crate) fn zeroed(byte_len: usize) -> Option<Self> {
        let blocks =
            bytemuck::allocation::try_zeroed_slice_box(byte_len.div_ceil(size_of::<Block>())).ok()?;
        Some(Self { blocks: RwLock::new(blocks), byte_len })
    }

    pub(crate) fn byte_len(&self) -> usize {
        self.byte_len
    }

    /// To read; `None` while it is written.
    pub(crate) fn try_read(&self) -> Option<RwLockReadGuard<'_, Box<[Block]>>> {
        match self.blocks.try_read() {
            Ok(guard) => Some(guard),
            Err(TryLockError::Poisoned(poisoned)) => Some(poisoned.into_inner()),
            Err(TryLockError::WouldBlock) => None,
        }
    }

    /// To write; `None` while it is read or written.
    pub(crate) fn try_write(&self) -> Option<RwLockWriteGuard<'_, Box<[Block]>>> {
        match self.blocks.try_write() {
            Ok(guard) => Some(guard),
            Err(TryLockError::Poisoned(poisoned)) => Some(poisoned.into_inner()),
            Err(TryLockError::WouldBlock) => None,
        }
    }

    pub(crate) fn write(&self, bytes: &[u8]) {
        let mut blocks = self.blocks.write().unwrap_or_else(PoisonError::into_inner);
        bytemuck::cast_slice_mut(&mut blocks)[..bytes.len()].copy_from_slice(bytes);
    }

    pub(crate) fn to_vec<T: Pod>(&self) -> Vec<T> {
        let blocks = self.blocks.read().unwrap_or_else(PoisonError::into_inner);
        bytemuck::pod_collect_to_vec(&bytemuck::cast_slice::<Block, u8>(&blocks)[..self.byte_len])
    }

    fn clear(&self) {
        self.blocks.write().unwrap_or_else(PoisonError::into_inner).fill(Block::zeroed());
    }
}

/// The memory of a buffer that is known to be on the CPU.
pub(crate) fn memory_of(buffer: &AnyBuffer) -> Result<&CpuMemory, ComputeError> {
    match &buffer.0.memory {
        Memory::Cpu(memory) => Ok(memory),
        Memory::Gpu(_) => Err(ComputeError::WrongEngine { buffer: buffer.name().to_owned() }),
    }
}

/// Runs a checked recording in its order, on the pool if there is one.
pub(crate) fn run(
    recording: &Recording,
    pool: Option<&rayon::ThreadPool>,
    timings: &std::sync::Mutex<Timings>,
) -> Result<(), ComputeError> {
    for command in recording.commands() {
        match command {
            Command::Clear { buffer } => memory_of(buffer)?.clear(),
            Command::Dispatch { groups, .. } if groups.contains(&0) => {}
            Command::Dispatch { pass, groups, bindings } => {
                let memory = bindings.iter().map(memory_of).collect::<Result<Vec<_>, _>>()?;
                let call = CpuPass::new(pass, *groups, &memory);
                let watch = Stopwatch::start();
                match pool {
                    Some(pool) => pool.install(|| (pass.cpu)(&call)),
                    None => (pass.cpu)(&call),
                }
                lock(timings).add(pass.name, Clock::Cpu, watch.seconds());
            }
        }
    }
    Ok(())
}
