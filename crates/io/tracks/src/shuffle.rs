//! Records put into partitions by several threads, in memory as long as a budget lasts, then on the disk.
//!
//! All partitions share one temporary file without a name, so that nothing stays behind however the program
//! ends. Records of a partition come back in no particular order; who takes them sorts or counts.

use std::fs::File;
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use bytemuck::Pod;

use crate::TracksError;

/// Bytes of a block: enough that giving one away costs nothing a record, little enough for a thousand of them.
const BLOCK_BYTES: usize = 8 << 10;

/// Partitions of records.
pub struct Shuffle<R> {
    parts: Vec<Mutex<Part<R>>>,
    held_bytes: AtomicU64,
    budget_bytes: u64,
    folder: PathBuf,
    disk: Mutex<Option<File>>,
}

struct Part<R> {
    blocks: Vec<Vec<R>>,
    /// Where in the file more of them are: byte, records.
    extents: Vec<(u64, usize)>,
}

/// What one thread fills.
pub struct Writer<R> {
    blocks: Vec<Vec<R>>,
}

impl<R: Pod + Send> Shuffle<R> {
    /// Partitions that may hold so many bytes of memory; `folder` is for what is more, the system's when none.
    pub fn new(parts: usize, budget_bytes: u64, folder: Option<PathBuf>) -> Self {
        let part = || Mutex::new(Part { blocks: Vec::new(), extents: Vec::new() });
        Self {
            parts: std::iter::repeat_with(part).take(parts).collect(),
            held_bytes: AtomicU64::new(0),
            budget_bytes,
            folder: folder.unwrap_or_else(std::env::temp_dir),
            disk: Mutex::new(None),
        }
    }

    /// How many partitions.
    pub fn parts(&self) -> usize {
        self.parts.len()
    }

    /// A writer for one thread.
    pub fn writer(&self) -> Writer<R> {
        Writer { blocks: std::iter::repeat_with(Vec::new).take(self.parts.len()).collect() }
    }

    /// Puts a record into a partition.
    #[inline]
    pub fn push(&self, writer: &mut Writer<R>, part: usize, record: R) -> Result<(), TracksError> {
        let block = &mut writer.blocks[part];
        if block.len() == block.capacity() {
            let full = std::mem::replace(block, Vec::with_capacity(BLOCK_BYTES.div_ceil(size_of::<R>())));
            if !full.is_empty() {
                self.give(part, full)?;
            }
        }
        writer.blocks[part].push(record);
        Ok(())
    }

    /// Takes over what a writer still holds.
    pub fn close(&self, writer: Writer<R>) -> Result<(), TracksError> {
        for (part, mut block) in writer.blocks.into_iter().enumerate() {
            if !block.is_empty() {
                block.shrink_to_fit();
                self.give(part, block)?;
            }
        }
        Ok(())
    }

    fn give(&self, part: usize, block: Vec<R>) -> Result<(), TracksError> {
        let bytes = size_of_val(block.as_slice()) as u64;
        lock(&self.parts[part]).blocks.push(block);
        if self.held_bytes.fetch_add(bytes, Ordering::Relaxed) + bytes > self.budget_bytes {
            self.spill().map_err(|source| self.failed(source))?;
        }
        Ok(())
    }

    /// Writes every block to the disk. Others that run out of budget meanwhile wait here.
    fn spill(&self) -> std::io::Result<()> {
        let mut disk = lock(&self.disk);
        if self.held_bytes.load(Ordering::Relaxed) <= self.budget_bytes {
            return Ok(());
        }
        let file = match &mut *disk {
            Some(file) => file,
            none => none.insert(tempfile::tempfile_in(&self.folder)?),
        };
        let mut at = file.seek(SeekFrom::End(0))?;
        let mut bytes: Vec<u8> = Vec::with_capacity(1 << 20);
        for part in &self.parts {
            let blocks = std::mem::take(&mut lock(part).blocks);
            let records: usize = blocks.iter().map(Vec::len).sum();
            let size = (records * size_of::<R>()) as u64;
            for block in blocks {
                bytes.extend_from_slice(bytemuck::cast_slice(&block));
                if bytes.len() >= 1 << 20 {
                    file.write_all(&bytes)?;
                    bytes.clear();
                }
            }
            if records > 0 {
                lock(part).extents.push((at, records));
            }
            at += size;
            self.held_bytes.fetch_sub(size, Ordering::Relaxed);
        }
        file.write_all(&bytes)
    }

    /// Takes everything out of a partition, once all writers are closed.
    pub fn take(&self, part: usize) -> Result<Vec<Vec<R>>, TracksError> {
        let Part { mut blocks, extents } = std::mem::replace(
            &mut *lock(&self.parts[part]),
            Part { blocks: Vec::new(), extents: Vec::new() },
        );
        for (at, records) in extents {
            let mut block = vec![R::zeroed(); records];
            self.read(at, bytemuck::cast_slice_mut(&mut block)).map_err(|source| self.failed(source))?;
            blocks.push(block);
        }
        Ok(blocks)
    }

    fn read(&self, at: u64, into: &mut [u8]) -> std::io::Result<()> {
        let mut disk = lock(&self.disk);
        let file = disk.as_mut().ok_or(std::io::ErrorKind::NotFound)?;
        file.seek(SeekFrom::Start(at))?;
        file.read_exact(into)
    }

    fn failed(&self, source: std::io::Error) -> TracksError {
        TracksError::Spill { folder: self.folder.to_string_lossy().into_owned(), source }
    }

    /// Whether anything had to go to the disk.
    pub fn spilled(&self) -> bool {
        lock(&self.disk).is_some()
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_comes_back_whether_it_was_on_the_disk_or_not() {
        for budget in [0, 10_000, u64::MAX] {
            let shuffle: Shuffle<u64> = Shuffle::new(7, budget, None);
            std::thread::scope(|scope| {
                for thread in 0..3 {
                    let shuffle = &shuffle;
                    scope.spawn(move || {
                        let mut writer = shuffle.writer();
                        for number in (thread..30_000).step_by(3) {
                            shuffle.push(&mut writer, number as usize % 7, number).unwrap();
                        }
                        shuffle.close(writer).unwrap();
                    });
                }
            });
            assert_eq!(shuffle.spilled(), budget < 100_000);
            for part in 0..7 {
                let mut all: Vec<u64> = shuffle.take(part).unwrap().concat();
                all.sort_unstable();
                assert_eq!(all, (0..30_000).filter(|number| number % 7 == part as u64).collect::<Vec<_>>());
            }
        }
    }
}
