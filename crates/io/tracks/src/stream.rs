//! Files as streams, unpacked on the way: gzip and Zstandard by their first bytes.

use std::fs::File;
use std::io::{self, BufReader, Read, Seek};

use crate::inputs::InputFile;
use crate::{Limits, TracksError};

/// A stream of what a file holds.
pub(crate) type Stream = Box<dyn Read + Send>;

/// How a file is packed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Packing {
    Plain,
    Gzip,
    Zstd,
}

impl Packing {
    pub fn of(head: &[u8]) -> Self {
        match head {
            [0x1F, 0x8B, ..] => Self::Gzip,
            [0x28, 0xB5, 0x2F, 0xFD, ..] => Self::Zstd,
            [0x50..=0x5F, 0x2A, 0x4D, 0x18, ..] => Self::Zstd,
            _ => Self::Plain,
        }
    }

    pub fn name(self) -> Option<&'static str> {
        match self {
            Self::Plain => None,
            Self::Gzip => Some("gzip"),
            Self::Zstd => Some("Zstandard"),
        }
    }
}

/// Opens a file, unpacked.
pub(crate) fn open(file: &InputFile, limits: &Limits) -> Result<(Stream, Packing), TracksError> {
    let mut input = File::open(&file.path).map_err(TracksError::io(&file.name))?;
    let mut head = [0; 4];
    let count = fill(&mut input, &mut head).map_err(TracksError::io(&file.name))?;
    input.rewind().map_err(TracksError::io(&file.name))?;
    let packing = Packing::of(&head[..count]);
    let inner: Stream = match packing {
        Packing::Plain => return Ok((Box::new(input), packing)),
        Packing::Gzip => {
            Box::new(flate2::bufread::MultiGzDecoder::new(BufReader::with_capacity(1 << 16, input)))
        }
        Packing::Zstd => {
            Box::new(zstd::stream::read::Decoder::new(input).map_err(TracksError::io(&file.name))?)
        }
    };
    let most = file.bytes.saturating_mul(limits.growth).max(64 << 20);
    Ok((Box::new(Growth { inner, left: most }), packing))
}

/// Reads until the buffer is full or the stream ends; how much there is.
pub(crate) fn fill(input: &mut impl Read, buffer: &mut [u8]) -> io::Result<usize> {
    let mut count = 0;
    while count < buffer.len() {
        match input.read(&mut buffer[count..]) {
            Ok(0) => break,
            Ok(more) => count += more,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(count)
}

/// Ends a stream that grows beyond measure.
struct Growth {
    inner: Stream,
    left: u64,
}

#[derive(Debug, thiserror::Error)]
#[error("unpacked it grows beyond the limit")]
struct TooGrown;

impl Read for Growth {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(into)?;
        self.left = self.left.checked_sub(count as u64).ok_or_else(|| io::Error::other(TooGrown))?;
        Ok(count)
    }
}

/// What an error in the middle of a stream comes to.
pub(crate) fn broken(file: &str, at_bytes: u64, error: io::Error, limits: &Limits) -> TracksError {
    if error.get_ref().is_some_and(|inner| inner.is::<TooGrown>()) {
        return TracksError::too_large(file, "what is packed in it", "growth", limits.growth);
    }
    match error.raw_os_error() {
        Some(_) => TracksError::Io { file: file.to_owned(), source: error },
        None => TracksError::broken(file, format!("byte {at_bytes} of what it holds"), error),
    }
}
