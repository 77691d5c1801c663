//! A file that is read from any place, for the `parquet` crate.

use std::io::{BufReader, Read, Seek, SeekFrom};
use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use parquet::errors::ParquetError;
use parquet::file::reader::{ChunkReader, Length};

use crate::files::Input;

/// The file and its size.
pub(super) struct Source {
    input: Arc<Mutex<Box<dyn Input>>>,
    bytes: u64,
}

impl Source {
    pub fn new(input: Box<dyn Input>, bytes: u64) -> Self {
        Self { input: Arc::new(Mutex::new(input)), bytes }
    }
}

impl Length for Source {
    fn len(&self) -> u64 {
        self.bytes
    }
}

impl ChunkReader for Source {
    type T = BufReader<Part>;

    fn get_read(&self, start: u64) -> Result<Self::T, ParquetError> {
        Ok(BufReader::with_capacity(1 << 14, Part { input: Arc::clone(&self.input), at: start }))
    }

    fn get_bytes(&self, start: u64, length: usize) -> Result<Bytes, ParquetError> {
        let end = start.checked_add(length as u64).filter(|end| *end <= self.bytes);
        if end.is_none() {
            return Err(ParquetError::EOF(format!("{length} bytes from byte {start} are not there")));
        }
        let (mut part, mut buffer) = (Part { input: Arc::clone(&self.input), at: start }, vec![0; length]);
        part.read_exact(&mut buffer)?;
        Ok(buffer.into())
    }
}

/// The file from a place on.
pub(super) struct Part {
    input: Arc<Mutex<Box<dyn Input>>>,
    at: u64,
}

impl Read for Part {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        let mut input = self.input.lock().unwrap_or_else(PoisonError::into_inner);
        input.seek(SeekFrom::Start(self.at))?;
        let count = input.read(into)?;
        self.at += count as u64;
        Ok(count)
    }
}
