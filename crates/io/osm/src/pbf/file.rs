//! The blocks of a PBF file: where they begin, and how they are unpacked.

use std::io::Read;

use super::inflate::Inflater;
use super::wire::{Damage, Fields, zigzag};
use crate::OsmError;
use crate::limits::{MAX_BLOCK, MAX_HEADING};

/// Reads blocks one after the other.
pub(crate) struct Blocks<'f, R> {
    input: R,
    file: &'f str,
    /// Bytes that are read.
    pub byte: u64,
    limit: u64,
}

/// A block, still packed.
pub(crate) struct Frame {
    /// Where it begins.
    pub byte: u64,
    pub kind: FrameKind,
    /// Empty when it was skipped.
    pub(super) data: Vec<u8>,
}

impl Frame {
    /// The error that says that this block is damaged.
    pub fn damaged(&self, file: &str, problem: String) -> OsmError {
        OsmError::BadBlock { file: file.to_owned(), byte: self.byte, problem }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FrameKind {
    Header,
    Data,
    /// Of no known kind: to be passed over.
    Other,
}

impl<'f, R: Read> Blocks<'f, R> {
    pub fn new(input: R, file: &'f str, limit: u64) -> Self {
        Self { input, file, byte: 0, limit }
    }

    /// The next block; with `skip` without what is in it. None at the end.
    pub fn next(&mut self, skip: bool) -> Result<Option<Frame>, OsmError> {
        let start = self.byte;
        let mut size = [0; 4];
        match self.fill(&mut size, "the size of a block's heading") {
            Ok(()) => {}
            Err(OsmError::Cut { byte, .. }) if byte == start => return Ok(None),
            Err(error) => return Err(error),
        }
        let bad = |problem: String| OsmError::BadBlock { file: self.file.to_owned(), byte: start, problem };
        let size = u32::from_be_bytes(size) as usize;
        if size > MAX_HEADING {
            return Err(bad(format!("its heading is {size} bytes long, {MAX_HEADING} are allowed")));
        }
        let heading = self.bytes(size, "a block's heading")?;
        let bad = |problem: String| OsmError::BadBlock { file: self.file.to_owned(), byte: start, problem };
        let (kind, size) = heading_of(&heading).map_err(|Damage(problem)| bad(problem.to_owned()))?;
        let whole = usize::try_from(size).ok().filter(|size| *size <= MAX_BLOCK + MAX_HEADING);
        let size = whole.ok_or_else(|| bad(format!("a size of {size} bytes cannot be")))?;
        let data = match skip || kind == FrameKind::Other {
            true => self.pass(size as u64).map(|()| Vec::new())?,
            false => self.bytes(size, "a block")?,
        };
        if self.byte > self.limit {
            let (file, what) = (self.file.to_owned(), "the file size in bytes");
            return Err(OsmError::TooLarge { file, what, name: "file_bytes", limit: self.limit });
        }
        Ok(Some(Frame { byte: start, kind, data }))
    }

    fn bytes(&mut self, size: usize, inside: &'static str) -> Result<Vec<u8>, OsmError> {
        let mut data = vec![0; size];
        self.fill(&mut data, inside)?;
        Ok(data)
    }

    fn fill(&mut self, mut into: &mut [u8], inside: &'static str) -> Result<(), OsmError> {
        while !into.is_empty() {
            match self.input.read(into) {
                Ok(0) => {
                    return Err(OsmError::Cut { file: self.file.to_owned(), byte: self.byte, inside });
                }
                Ok(count) => {
                    self.byte += count as u64;
                    into = &mut into[count..];
                }
                Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
                Err(source) => return Err(OsmError::Io { file: self.file.to_owned(), source }),
            }
        }
        Ok(())
    }

    fn pass(&mut self, size: u64) -> Result<(), OsmError> {
        let passed = std::io::copy(&mut (&mut self.input).take(size), &mut std::io::sink());
        let passed = passed.map_err(|source| OsmError::Io { file: self.file.to_owned(), source })?;
        self.byte += passed;
        match passed == size {
            true => Ok(()),
            false => Err(OsmError::Cut { file: self.file.to_owned(), byte: self.byte, inside: "a block" }),
        }
    }
}

/// Features that this reader knows.
const KNOWN: [&str; 2] = ["OsmSchema-V0.6", "DenseNodes"];

/// What a block is, and how many bytes follow its heading.
fn heading_of(heading: &[u8]) -> Result<(FrameKind, u64), Damage> {
    let (mut kind, mut size, mut fields) = (FrameKind::Other, 0, Fields::of(heading));
    while let Some((number, value)) = fields.next()? {
        match number {
            1 => {
                kind = match value.bytes()? {
                    b"OSMHeader" => FrameKind::Header,
                    b"OSMData" => FrameKind::Data,
                    _ => FrameKind::Other,
                };
            }
            3 => size = value.number()?,
            _ => {}
        }
    }
    Ok((kind, size))
}

/// West, south, east, north of a header block, degrees.
pub(crate) fn bounds_of(frame: &Frame, file: &str) -> Result<Option<[f64; 4]>, OsmError> {
    let mut inflater = Inflater::new();
    let header = inflater.unpack(frame, file)?;
    let (bounds, needs) =
        header_of(header).map_err(|Damage(problem)| frame.damaged(file, problem.to_owned()))?;
    match needs {
        Some(feature) => Err(OsmError::Feature { file: file.to_owned(), feature }),
        None => Ok(bounds),
    }
}

/// The box that a header names, and a feature that is needed and not known.
fn header_of(header: &[u8]) -> Result<(Option<[f64; 4]>, Option<String>), Damage> {
    let (mut bounds, mut needs, mut fields) = (None, None, Fields::of(header));
    while let Some((number, value)) = fields.next()? {
        match number {
            1 => bounds = Some(box_of(value.bytes()?)?),
            4 => {
                let feature = String::from_utf8_lossy(value.bytes()?);
                needs = needs.or((!KNOWN.contains(&&*feature)).then(|| feature.into_owned()));
            }
            _ => {}
        }
    }
    Ok((bounds, needs))
}

fn box_of(message: &[u8]) -> Result<[f64; 4], Damage> {
    let (mut nano, mut fields) = ([0; 4], Fields::of(message));
    while let Some((number, value)) = fields.next()? {
        // The file has west, east, north, south.
        let side = match number {
            1 => 0,
            2 => 2,
            3 => 3,
            4 => 1,
            _ => continue,
        };
        nano[side] = zigzag(value.number()?);
    }
    Ok(nano.map(|nano| nano as f64 / 1e9))
}

/// Whether a file that begins so is PBF.
pub(crate) fn looks_like(head: &[u8]) -> bool {
    head.len() > 15
        && head[..2] == [0, 0]
        && memchr::memmem::find(&head[4..head.len().min(64)], b"OSMHeader").is_some()
}
