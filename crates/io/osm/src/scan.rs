//! One pass over a file, whatever its format: elements of some kinds, in their order.
//!
//! PBF blocks are unpacked on all cores, a few at a time. The first pass remembers which kinds of elements each
//! block holds, so that later ones do not unpack what they do not want.

use std::io::{BufReader, Read};
use std::ops::ControlFlow;

use rayon::prelude::*;

use crate::element::{Collect, Kinds};
use crate::limits::Limits;
use crate::pbf::{self, Block, Blocks, Frame, FrameKind};
use crate::{Open, OsmError, Progress, xml};

/// Blocks that are unpacked together.
const TOGETHER: usize = 32;

/// The passes of a whole reading, for the progress.
const PASSES: u64 = 3;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Format {
    Pbf,
    Xml,
}

/// A file that is read several times.
pub(crate) struct Source<'s> {
    pub file: &'s str,
    pub limits: &'s Limits,
    format: Format,
    open: Open<'s>,
    progress: Progress<'s>,
    /// Bytes of the passes before.
    read: u64,
    /// What each block of a PBF file holds, once that is known.
    contents: Vec<Kinds>,
    /// West, south, east, north, as the file says, degrees.
    pub bounds: Option<[f64; 4]>,
}

type Taken = Result<(), OsmError>;

impl<'s> Source<'s> {
    pub fn new(
        file: &'s str,
        limits: &'s Limits,
        open: Open<'s>,
        progress: Progress<'s>,
    ) -> Result<Self, OsmError> {
        let mut head = Vec::new();
        let io = |source| OsmError::Io { file: file.to_owned(), source };
        open().map_err(io)?.take(1 << 16).read_to_end(&mut head).map_err(io)?;
        let format = match () {
            () if pbf::looks_like(&head) => Format::Pbf,
            () if xml::looks_like(&head) => Format::Xml,
            () => return Err(OsmError::NotOsm { file: file.to_owned() }),
        };
        Ok(Self { file, limits, format, open, progress, read: 0, contents: Vec::new(), bounds: None })
    }

    /// Reads the file once: `make` makes a collector for each stretch, `take` gets them in the order of the
    /// file.
    pub fn scan<C: Collect>(
        &mut self,
        kinds: Kinds,
        make: impl Fn() -> C + Sync,
        mut take: impl FnMut(C) -> Taken,
    ) -> Taken {
        let input = (self.open)().map_err(|source| OsmError::Io { file: self.file.to_owned(), source })?;
        let before = self.read;
        match self.format {
            Format::Pbf => self.scan_pbf(input, kinds, &make, &mut take, before),
            Format::Xml => {
                let (file, progress, mut read) = (self.file, &mut *self.progress, before);
                let mut told = |collector: C, byte: u64| {
                    take(collector)?;
                    read = before + byte;
                    tell(progress, file, read)
                };
                let input = BufReader::with_capacity(1 << 16, input);
                let bounds = xml::scan(input, (file, self.limits), kinds, &make, &mut told)?;
                (self.bounds, self.read) = (self.bounds.or(bounds), read);
                Ok(())
            }
        }
    }

    fn scan_pbf<C: Collect>(
        &mut self,
        input: Box<dyn Read + Send>,
        kinds: Kinds,
        make: &(impl Fn() -> C + Sync),
        take: &mut impl FnMut(C) -> Taken,
        before: u64,
    ) -> Taken {
        let first = self.contents.is_empty();
        let mut blocks =
            Blocks::new(BufReader::with_capacity(1 << 18, input), self.file, self.limits.file_bytes);
        let (mut waiting, mut number) = (Vec::with_capacity(TOGETHER), 0);
        loop {
            let known = self.contents.get(number).copied();
            let frame = blocks.next(known.is_some_and(|holds| !holds.meets(kinds)))?;
            let ended = frame.is_none();
            if let Some(frame) = frame {
                let wanted = frame.kind == FrameKind::Data && known.is_none_or(|holds| holds.meets(kinds));
                if first && frame.kind == FrameKind::Header {
                    self.bounds = self.bounds.or(pbf::bounds_of(&frame, self.file)?);
                }
                if wanted {
                    waiting.push(frame);
                } else if first {
                    // A place in the row, so that later blocks keep their numbers.
                    self.flush(&mut waiting, kinds, make, take, first)?;
                    self.contents.push(Kinds::default());
                }
                number += 1;
            }
            if waiting.len() == TOGETHER || ended {
                self.flush(&mut waiting, kinds, make, take, first)?;
                tell(&mut *self.progress, self.file, before + blocks.byte)?;
            }
            if ended {
                self.read = before + blocks.byte;
                return Ok(());
            }
        }
    }

    fn flush<C: Collect>(
        &mut self,
        waiting: &mut Vec<Frame>,
        kinds: Kinds,
        make: &(impl Fn() -> C + Sync),
        take: &mut impl FnMut(C) -> Taken,
        first: bool,
    ) -> Taken {
        let file = self.file;
        let read = |frame: &Frame| -> Result<(Kinds, C), OsmError> {
            let block = Block::read(pbf::unpack(frame, file)?);
            let bad = |problem| OsmError::BadBlock { file: file.to_owned(), byte: frame.byte, problem };
            let (block, mut collector) = (block.map_err(bad)?, make());
            pbf::collect(&block, kinds, &mut collector);
            Ok((block.kinds(), collector))
        };
        let found: Vec<_> = waiting.par_iter().with_max_len(1).map(read).collect();
        waiting.clear();
        for found in found {
            let (holds, collector) = found?;
            if first {
                self.contents.push(holds);
            }
            take(collector)?;
        }
        Ok(())
    }
}

fn tell(progress: &mut dyn FnMut(u64) -> ControlFlow<()>, file: &str, byte: u64) -> Taken {
    match progress(byte / PASSES) {
        ControlFlow::Continue(()) => Ok(()),
        ControlFlow::Break(()) => Err(OsmError::Stopped { file: file.to_owned() }),
    }
}
