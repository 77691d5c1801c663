//! One pass over a file, whatever its format: elements of some kinds, in their order.
//!
//! PBF blocks are unpacked on all cores, a few at a time, while those before are taken. The first pass looks which
//! kinds of elements each block holds, as a rule at its beginning only, so that no pass unpacks what it does not
//! want.

use std::io::{BufReader, Read};
use std::ops::ControlFlow;

use rayon::prelude::*;

use crate::element::{Collect, Kinds};
use crate::limits::Limits;
use crate::pbf::{self, Block, Blocks, Damage, Frame, FrameKind, Inflater, Inflaters};
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
        mut take: impl FnMut(C) -> Taken + Send,
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
        take: &mut (impl FnMut(C) -> Taken + Send),
        before: u64,
    ) -> Taken {
        let first = self.contents.is_empty();
        let mut blocks =
            Blocks::new(BufReader::with_capacity(1 << 18, input), self.file, self.limits.file_bytes);
        let (mut waiting, mut number) = (Vec::with_capacity(TOGETHER), 0);
        let (mut unpacked, inflaters) = (Vec::new(), Inflaters::default());
        loop {
            let known = self.contents.get(number).copied();
            let frame = blocks.next(known.is_some_and(|holds| !holds.meets(kinds)))?;
            let ended = frame.is_none();
            if let Some(frame) = frame {
                if first && frame.kind == FrameKind::Header {
                    self.bounds = self.bounds.or(pbf::bounds_of(&frame, self.file)?);
                }
                if first || frame.kind == FrameKind::Data && known.is_some_and(|holds| holds.meets(kinds)) {
                    waiting.push(frame);
                }
                number += 1;
            }
            if waiting.len() == TOGETHER || ended {
                let file = self.file;
                let read =
                    |frame: &Frame| inflaters.lend(|own| unpack((file, frame), own, kinds, first, make));
                // While some threads unpack, one takes what was unpacked before.
                let (found, taken) = rayon::join(
                    || waiting.par_iter().with_max_len(1).map(read).collect::<Vec<_>>(),
                    || unpacked.drain(..).flatten().try_for_each(&mut *take),
                );
                taken?;
                waiting.clear();
                for found in found {
                    let (holds, collector) = found?;
                    self.contents.extend(first.then_some(holds));
                    unpacked.push(collector);
                }
                tell(&mut *self.progress, self.file, before + blocks.byte)?;
            }
            if ended {
                self.read = before + blocks.byte;
                return unpacked.into_iter().flatten().try_for_each(take);
            }
        }
    }
}

/// What a block holds, and its elements of the wanted kinds; unless it is known what it holds, only so much is
/// unpacked as tells that there are none.
fn unpack<C: Collect>(
    (file, frame): (&str, &Frame),
    inflater: &mut Inflater,
    kinds: Kinds,
    first: bool,
    make: &(impl Fn() -> C + Sync),
) -> Result<(Kinds, Option<C>), OsmError> {
    if frame.kind != FrameKind::Data {
        return Ok((Kinds::default(), None));
    }
    let peeked = if first { inflater.peek(frame, file)? } else { None };
    if let Some(holds) = peeked.filter(|holds| !holds.meets(kinds)) {
        return Ok((holds, None));
    }
    let bad = |Damage(problem)| frame.damaged(file, problem.to_owned());
    let block = Block::read(inflater.unpack(frame, file)?).map_err(bad)?;
    let holds = if first { block.kinds().map_err(bad)? } else { kinds };
    let mut collector = make();
    block.collect(kinds, &mut collector).map_err(bad)?;
    Ok((holds, Some(collector)))
}

fn tell(progress: &mut dyn FnMut(u64) -> ControlFlow<()>, file: &str, byte: u64) -> Taken {
    match progress(byte / PASSES) {
        ControlFlow::Continue(()) => Ok(()),
        ControlFlow::Break(()) => Err(OsmError::Stopped { file: file.to_owned() }),
    }
}
