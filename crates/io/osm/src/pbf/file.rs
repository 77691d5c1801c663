//! The blocks of a PBF file: where they begin, and how they are unpacked.

use std::io::Read;

use flate2::{Decompress, FlushDecompress, Status};
use prost::Message;
use prost::bytes::Bytes;

use super::schema::{Blob, BlobHeader, HeaderBlock};
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
    data: Bytes,
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
        let heading = BlobHeader::decode(heading).map_err(|error| bad(error.to_string()))?;
        let size = usize::try_from(heading.data_size).ok().filter(|size| *size <= MAX_BLOCK + MAX_HEADING);
        let size = size.ok_or_else(|| bad(format!("a size of {} bytes cannot be", heading.data_size)))?;
        let kind = match heading.kind.as_str() {
            "OSMHeader" => FrameKind::Header,
            "OSMData" => FrameKind::Data,
            _ => FrameKind::Other,
        };
        let data = match skip || kind == FrameKind::Other {
            true => self.pass(size as u64).map(|()| Bytes::new())?,
            false => self.bytes(size, "a block")?,
        };
        if self.byte > self.limit {
            let (file, what) = (self.file.to_owned(), "the file size in bytes");
            return Err(OsmError::TooLarge { file, what, name: "file_bytes", limit: self.limit });
        }
        Ok(Some(Frame { byte: start, kind, data }))
    }

    fn bytes(&mut self, size: usize, inside: &'static str) -> Result<Bytes, OsmError> {
        let mut data = vec![0; size];
        self.fill(&mut data, inside)?;
        Ok(data.into())
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

/// What is in a block.
pub(crate) fn unpack(frame: &Frame, file: &str) -> Result<Bytes, OsmError> {
    let bad = |problem: String| OsmError::BadBlock { file: file.to_owned(), byte: frame.byte, problem };
    let blob = Blob::decode(frame.data.clone()).map_err(|error| bad(error.to_string()))?;
    let others = [(&blob.lzma, "lzma"), (&blob.bzip2, "bzip2"), (&blob.lz4, "lz4"), (&blob.zstd, "zstd")];
    if let Some((_, method)) = others.into_iter().find(|(data, _)| data.is_some()) {
        return Err(OsmError::Compression { file: file.to_owned(), byte: frame.byte, method });
    }
    if let Some(raw) = blob.raw {
        return Ok(raw);
    }
    let packed = blob.zlib.ok_or_else(|| bad("it holds nothing".to_owned()))?;
    let size = blob.raw_size.and_then(|size| usize::try_from(size).ok()).filter(|size| *size <= MAX_BLOCK);
    let size = size.ok_or_else(|| bad("its size unpacked cannot be".to_owned()))?;
    inflate(&packed, size).map(Bytes::from).map_err(bad)
}

fn inflate(packed: &[u8], size: usize) -> Result<Vec<u8>, String> {
    // Never more than the packed bytes can hold, whatever the size says: deflate packs 1 to 1,032 at best.
    let room = size.min(packed.len().saturating_mul(1032).saturating_add(64));
    let mut unpacked = Vec::with_capacity(room.max(1));
    let mut zlib = Decompress::new(true);
    match zlib.decompress_vec(packed, &mut unpacked, FlushDecompress::Finish) {
        Ok(Status::StreamEnd) if unpacked.len() == size => Ok(unpacked),
        Ok(_) => Err(format!("it does not unpack to the {size} bytes that it names")),
        Err(error) => Err(format!("zlib: {error}")),
    }
}

/// Features that this reader knows.
const KNOWN: [&str; 2] = ["OsmSchema-V0.6", "DenseNodes"];

/// West, south, east, north of a header block, degrees.
pub(crate) fn bounds_of(frame: &Frame, file: &str) -> Result<Option<[f64; 4]>, OsmError> {
    let bad = |problem: String| OsmError::BadBlock { file: file.to_owned(), byte: frame.byte, problem };
    let header = HeaderBlock::decode(unpack(frame, file)?).map_err(|error| bad(error.to_string()))?;
    if let Some(feature) = header.required_features.iter().find(|name| !KNOWN.contains(&name.as_str())) {
        return Err(OsmError::Feature { file: file.to_owned(), feature: feature.clone() });
    }
    Ok(header.bounds.map(|b| [b.west, b.south, b.east, b.north].map(|nano| nano as f64 / 1e9)))
}

/// Whether a file that begins so is PBF.
pub(crate) fn looks_like(head: &[u8]) -> bool {
    head.len() > 15
        && head[..2] == [0, 0]
        && memchr::memmem::find(&head[4..head.len().min(64)], b"OSMHeader").is_some()
}
