//! Blocks to bytes, with one inflater and one buffer a thread.

use std::sync::{Mutex, PoisonError};

use zlib_rs::{Inflate, InflateFlush, Status};

use super::file::Frame;
use super::peek::{Peek, peek};
use super::wire::{Damage, Fields};
use crate::OsmError;
use crate::element::Kinds;
use crate::limits::MAX_BLOCK;

/// How much of a block is unpacked first to see what is in it, bytes.
const HEAD: usize = 16 << 10;

/// Window of zlib, as a power of two: the largest that there is.
const WINDOW_BITS: u8 = 15;

/// Unpacks one block after the other.
pub(crate) struct Inflater {
    zlib: Inflate,
    /// Room that is used again for the next block.
    room: Vec<u8>,
    /// How much of the room the block at work fills, bytes.
    filled: usize,
}

/// Inflaters that nobody uses just now.
#[derive(Default)]
pub(crate) struct Inflaters(Mutex<Vec<Inflater>>);

impl Inflaters {
    /// Lends one for a while, a new one when all are lent.
    pub fn lend<T>(&self, work: impl FnOnce(&mut Inflater) -> T) -> T {
        let idle = || self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let own = idle().pop();
        let mut own = own.unwrap_or_else(Inflater::new);
        let done = work(&mut own);
        idle().push(own);
        done
    }
}

/// A block as it lies in the file.
struct Packed<'f> {
    bytes: &'f [u8],
    /// Size when it is unpacked, bytes; none for what is not packed.
    size: Option<usize>,
}

impl Inflater {
    pub fn new() -> Self {
        Self { zlib: Inflate::new(true, WINDOW_BITS), room: Vec::new(), filled: 0 }
    }

    /// What is in a block.
    pub fn unpack<'b>(&'b mut self, frame: &'b Frame, file: &str) -> Result<&'b [u8], OsmError> {
        let packed = Packed::of(frame, file)?;
        let Some(size) = packed.size else { return Ok(packed.bytes) };
        self.begin();
        let ended = self.go_on(&packed, size).map_err(|problem| frame.damaged(file, problem))?;
        match ended && self.filled == size {
            true => Ok(&self.room[..size]),
            false => {
                Err(frame.damaged(file, format!("it does not unpack to the {size} bytes that it names")))
            }
        }
    }

    /// Which kinds of elements are in a block, where its beginning tells; it is unpacked no further than that.
    pub fn peek(&mut self, frame: &Frame, file: &str) -> Result<Option<Kinds>, OsmError> {
        let packed = Packed::of(frame, file)?;
        let size = packed.size.unwrap_or(packed.bytes.len());
        let mut upto = HEAD;
        self.begin();
        loop {
            let head = match packed.size {
                None => packed.bytes,
                Some(_) => {
                    let go_on = self.go_on(&packed, upto.min(size));
                    go_on.map_err(|problem| frame.damaged(file, problem))?;
                    &self.room[..self.filled]
                }
            };
            match peek(head, size) {
                Peek::Known(kinds) => return Ok(Some(kinds)),
                Peek::Unknown => return Ok(None),
                Peek::More if head.len() < upto => return Ok(None),
                Peek::More => upto *= 2,
            }
        }
    }

    fn begin(&mut self) {
        self.zlib.reset(true);
        self.filled = 0;
    }

    /// Unpacks until so many bytes are there, or no more come; true at the end.
    fn go_on(&mut self, packed: &Packed<'_>, upto: usize) -> Result<bool, String> {
        // Never more than the packed bytes can hold, whatever the size says: deflate packs 1 to 1,032 at best.
        let upto = upto.min(packed.bytes.len().saturating_mul(1032).saturating_add(64));
        if self.room.len() < upto {
            self.room.resize(upto, 0);
        }
        let from = self.zlib.total_in() as usize;
        let to = self.room.get_mut(self.filled..upto).unwrap_or_default();
        let status = self.zlib.decompress(&packed.bytes[from..], to, InflateFlush::NoFlush);
        self.filled = self.zlib.total_out() as usize;
        status.map(|status| status == Status::StreamEnd).map_err(|error| format!("zlib: {}", error.as_str()))
    }
}

impl<'f> Packed<'f> {
    fn of(frame: &'f Frame, file: &str) -> Result<Self, OsmError> {
        let bad = |Damage(problem): Damage| frame.damaged(file, problem.to_owned());
        let (mut raw, mut zlib, mut size) = (None, None, None);
        let mut fields = Fields::of(&frame.data);
        while let Some((number, value)) = fields.next().map_err(bad)? {
            match number {
                1 => raw = Some(value.bytes().map_err(bad)?),
                2 => size = usize::try_from(value.number().map_err(bad)?).ok(),
                3 => zlib = Some(value.bytes().map_err(bad)?),
                4..=7 => {
                    let method = ["lzma", "bzip2", "lz4", "zstd"][number as usize - 4];
                    return Err(OsmError::Compression { file: file.to_owned(), byte: frame.byte, method });
                }
                _ => {}
            }
        }
        if let Some(bytes) = raw {
            return Ok(Self { bytes, size: None });
        }
        let bytes = zlib.ok_or_else(|| frame.damaged(file, "it holds nothing".to_owned()))?;
        let size = size.filter(|size| *size <= MAX_BLOCK);
        let size = size.ok_or_else(|| frame.damaged(file, "its size unpacked cannot be".to_owned()))?;
        Ok(Self { bytes, size: Some(size) })
    }
}
