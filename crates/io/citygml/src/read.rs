//! A file to raw features: stretches in parallel, items in order.

use std::borrow::Cow;
use std::fs::File;
use std::io::Read;
use std::ops::ControlFlow;
use std::path::Path;

use futago_field::{CappedReport, Report};
use rayon::prelude::*;
use rustc_hash::FxHashSet;
use xxhash_rust::xxh3::xxh3_64;

use crate::build::Settings;
use crate::chunk::{self, Head, Outcome, Parsed, Piece, Place};
use crate::dialect::Dialect;
use crate::header::{self, Beginning, ENVELOPE_BYTES};
use crate::lexicon::remember;
use crate::links::{Broken, Outside, broken};
use crate::split::{BLOCK_BYTES, Cutter, Marks, ReadSource, SliceSource, Source};
use crate::{CityGmlError, Limits};
use futago_raw::{Collect, Header, Item, ItemKind, RawCity, Summary};

/// Most bytes before the end of the first tag.
const BEGINNING_BYTES: usize = 1 << 20;

/// Stretches in work at a time, for each thread and at most.
const PIECES_PER_THREAD: usize = 4;
const MOST_PIECES: usize = 24;

/// Reads a file in memory.
///
/// # Errors
/// When the bytes are not CityGML, are broken or cut, or are more than the limits allow.
pub fn read(bytes: &[u8], file: &str, limits: &Limits) -> Result<RawCity, CityGmlError> {
    read_in_blocks(bytes, file, limits, BLOCK_BYTES)
}

pub(crate) fn read_in_blocks(
    bytes: &[u8],
    file: &str,
    limits: &Limits,
    block: usize,
) -> Result<RawCity, CityGmlError> {
    let mut collect = Collect::default();
    let mut sink = |items: Vec<Item>, _| items.into_iter().try_for_each(|item| collect.take(item));
    let beginning = header::read(bytes, true, file)?.ok_or_else(|| too_late(file))?;
    let work = Work { map: &|items| items, sink: &mut sink };
    let summary =
        drive(beginning, file, limits, work, |cutter, at| SliceSource { bytes, at, cutter: cutter(block) })?;
    Ok(collect.city(summary))
}

/// Reads a file on disk into memory.
///
/// # Errors
/// When the file cannot be read, is not CityGML, is broken or cut, or is more than the limits allow.
pub fn read_file(path: &Path, limits: &Limits) -> Result<RawCity, CityGmlError> {
    let file = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy();
    let input =
        File::open(path).map_err(|source| CityGmlError::Io { file: path.display().to_string(), source })?;
    let mut collect = Collect::default();
    let summary = stream(input, &file, limits, |item| collect.take(item))?;
    Ok(collect.city(summary))
}

/// Reads a file piece by piece and hands over its items in the order of the file. The memory does not
/// grow with the file, but for 8 bytes for each id in it. A sink that breaks ends the reading.
///
/// # Errors
/// When the input cannot be read, is not CityGML, is broken or cut, or is more than the limits allow;
/// then some items were handed over already.
pub fn stream(
    input: impl Read + Send,
    file: &str,
    limits: &Limits,
    mut sink: impl FnMut(Item) -> ControlFlow<()> + Send,
) -> Result<Summary, CityGmlError> {
    stream_mapped(input, file, limits, |items| items, |items, _| items.into_iter().try_for_each(&mut sink))
}

/// As [`stream`], but the items of each stretch of the file are made something else first, on the thread
/// that parsed them. The sink hears how many bytes are behind it.
///
/// # Errors
/// As [`stream`].
pub fn stream_mapped<T: Send>(
    mut input: impl Read + Send,
    file: &str,
    limits: &Limits,
    map: impl Fn(Vec<Item>) -> T + Sync,
    mut sink: impl FnMut(T, u64) -> ControlFlow<()> + Send,
) -> Result<Summary, CityGmlError> {
    let (beginning, mut buffer, whole) = begin(&mut input, file)?;
    let work = Work { map: &map, sink: &mut sink };
    drive(beginning, file, limits, work, |cutter, at| {
        buffer.drain(..at);
        ReadSource { input, buffer, spare: Vec::new(), offset: at as u64, whole, cutter: cutter(BLOCK_BYTES) }
    })
}

/// Reads only what a file says before its first object.
///
/// # Errors
/// When the input cannot be read or is not CityGML.
pub fn read_header(mut input: impl Read, file: &str) -> Result<Header, CityGmlError> {
    Ok(begin(&mut input, file)?.0.header)
}

/// The beginning of a file, what was read so far, and whether that is all.
fn begin(input: &mut impl Read, file: &str) -> Result<(Beginning, Vec<u8>, bool), CityGmlError> {
    let mut buffer = Vec::new();
    let mut whole = false;
    loop {
        let want = (2 * buffer.len()).max(1 << 16);
        let read = input.take((want - buffer.len()) as u64).read_to_end(&mut buffer);
        read.map_err(|source| CityGmlError::Io { file: file.to_owned(), source })?;
        whole |= buffer.len() < want;
        if let Some(beginning) = header::read(&buffer, whole, file)?
            && (whole || buffer.len() >= beginning.end + ENVELOPE_BYTES)
        {
            return Ok((beginning, buffer, whole));
        }
        if whole || buffer.len() > BEGINNING_BYTES {
            return Err(too_late(file));
        }
    }
}

fn too_late(file: &str) -> CityGmlError {
    let problem = format!("there is no first element within {BEGINNING_BYTES} bytes");
    CityGmlError::NotXml { file: file.to_owned(), byte: 0, problem }
}

/// What is made of items, and who takes it.
struct Work<'s, T> {
    map: &'s (dyn Fn(Vec<Item>) -> T + Sync),
    sink: &'s mut (dyn FnMut(T, u64) -> ControlFlow<()> + Send),
}

/// Makes the source that begins after the first tag, and reads it to the end.
fn drive<'a, 'w, 'f: 'w, S: Source<'a>, T: Send>(
    beginning: Beginning,
    file: &'f str,
    limits: &'f Limits,
    work: Work<'w, T>,
    source: impl FnOnce(&dyn Fn(usize) -> Cutter<'f>, usize) -> S,
) -> Result<Summary, CityGmlError> {
    let Beginning { header, dialect, end, closed } = beginning;
    let settings = Settings { file, limits, crs: header.crs, dimension: header.dimension };
    let start = if closed { Place::After } else { Place::Model };
    let cutter = |block| Cutter::new(Marks::new(&dialect), block, limits, file, start);
    let mut source = source(&cutter, end);
    let mut delivery = Delivery::new(file, limits, work);
    if header.crs.is_none() {
        let action = "its envelope names no EPSG code; coordinates are kept as they stand";
        delivery.note("missing-system", "", 0, action);
    }
    let bytes = pieces(&mut source, start, settings, &dialect, &mut delivery)?;
    let (objects, report) = delivery.finish();
    Ok(Summary { header, objects, bytes, report })
}

/// Parses stretch after stretch; while some are parsed, those before are handed over and those after are
/// read. The size of the file.
fn pieces<'a, S: Source<'a>, T: Send>(
    source: &mut S,
    start: Place,
    settings: Settings<'_>,
    dialect: &Dialect,
    delivery: &mut Delivery<'_, T>,
) -> Result<u64, CityGmlError> {
    let mut state = State { place: start, ready: Vec::new(), done: Vec::new(), bytes: 0 };
    let mut round = next_round(source)?;
    while !round.pieces.is_empty() {
        let ready = std::mem::take(&mut state.ready);
        let pieces = &round.pieces;
        let map = delivery.map;
        let one = |piece| chunk::parse(piece, settings, dialect).map(map);
        let parse = || -> Vec<Outcome<T>> { pieces.par_iter().with_max_len(1).map(one).collect() };
        let rest = || -> Result<Round<'a>, CityGmlError> {
            delivery.deliver(ready)?;
            match round.error {
                Some(_) => Ok(Round::default()),
                None => next_round(source),
            }
        };
        let (outcomes, next) = rayon::join(parse, rest);
        let next = next?;
        round = match state.accept(round, outcomes, delivery)? {
            None => {
                source.recycle(std::mem::take(&mut state.done));
                next
            }
            Some(Again { mut pieces, least }) => {
                pieces.extend(next.pieces);
                source.rewind(pieces, state.place, least);
                next_round(source)?
            }
        };
    }
    delivery.deliver(state.ready)?;
    Ok(state.bytes)
}

/// Stretches that are parsed together, and why there are no more.
#[derive(Default)]
struct Round<'a> {
    pieces: Vec<Piece<'a>>,
    error: Option<CityGmlError>,
}

fn next_round<'a>(source: &mut impl Source<'a>) -> Result<Round<'a>, CityGmlError> {
    let most = (rayon::current_num_threads() * PIECES_PER_THREAD).min(MOST_PIECES);
    let mut round = Round::default();
    while round.pieces.len() < most {
        match source.next() {
            Ok(Some(piece)) => round.pieces.push(piece),
            Ok(None) => break,
            Err(error) if round.pieces.is_empty() => return Err(error),
            Err(error) => {
                round.error = Some(error);
                break;
            }
        }
    }
    Ok(round)
}

/// Stretches that must be cut anew, the first with at least so many bytes.
struct Again<'a> {
    pieces: Vec<Piece<'a>>,
    least: usize,
}

struct State<'a, T> {
    /// Where the next stretch begins.
    place: Place,
    /// Parsed and in order.
    ready: Vec<Parsed<T>>,
    /// The text of what is parsed.
    done: Vec<Cow<'a, [u8]>>,
    /// Bytes of all stretches so far, with what is before them.
    bytes: u64,
}

impl<'a, T> State<'a, T> {
    /// Takes the outcomes in order, as far as each stretch began where the one before it ended.
    fn accept(
        &mut self,
        round: Round<'a>,
        outcomes: Vec<Outcome<T>>,
        delivery: &mut Delivery<'_, T>,
    ) -> Result<Option<Again<'a>>, CityGmlError> {
        let mut pieces = round.pieces.into_iter();
        for outcome in outcomes {
            let Some(piece) = pieces.next() else { break };
            let length = piece.bytes.len();
            if piece.start != self.place {
                return Ok(Some(again(piece, pieces, 0)));
            }
            match outcome {
                Outcome::Whole(parsed) if piece.last && parsed.end != Place::After => {
                    return Err(self.cut(delivery, &piece, parsed.objects(), "the CityModel".to_owned()));
                }
                Outcome::Whole(parsed) => {
                    self.place = parsed.end;
                    self.bytes = piece.offset + length as u64;
                    self.ready.push(parsed);
                    self.done.push(piece.bytes);
                }
                Outcome::Open { whole, inside } if piece.last => {
                    return Err(self.cut(delivery, &piece, whole, inside));
                }
                Outcome::Open { .. } => return Ok(Some(again(piece, pieces, 2 * length))),
                Outcome::Failed(error) => return Err(self.after_ready(delivery, error)),
            }
        }
        match round.error {
            Some(error) => Err(self.after_ready(delivery, error)),
            None => Ok(None),
        }
    }

    fn cut(
        &mut self,
        delivery: &mut Delivery<'_, T>,
        piece: &Piece<'_>,
        whole: usize,
        inside: String,
    ) -> CityGmlError {
        let before: usize = self.ready.iter().map(Parsed::objects).sum();
        let file = delivery.file.to_owned();
        let byte = piece.offset + piece.bytes.len() as u64;
        let whole = delivery.objects + before + whole;
        self.after_ready(delivery, CityGmlError::Cut { file, byte, inside, whole })
    }

    /// What is whole before an error is handed over first.
    fn after_ready(&mut self, delivery: &mut Delivery<'_, T>, error: CityGmlError) -> CityGmlError {
        delivery.deliver(std::mem::take(&mut self.ready)).err().unwrap_or(error)
    }
}

fn again<'a>(first: Piece<'a>, rest: impl Iterator<Item = Piece<'a>>, least: usize) -> Again<'a> {
    Again { pieces: std::iter::once(first).chain(rest).collect(), least }
}

impl<T> Parsed<T> {
    fn objects(&self) -> usize {
        self.heads.iter().filter(|head| head.kind == ItemKind::Object).count()
    }
}

/// Hands items over and keeps the Report.
struct Delivery<'s, T> {
    file: &'s str,
    limits: &'s Limits,
    map: &'s (dyn Fn(Vec<Item>) -> T + Sync),
    sink: &'s mut (dyn FnMut(T, u64) -> ControlFlow<()> + Send),
    report: CappedReport,
    objects: usize,
    items: usize,
    object_ids: FxHashSet<u64>,
    ids: Vec<u64>,
    outside: Vec<Outside>,
    undeclared: Vec<String>,
}

impl<'s, T> Delivery<'s, T> {
    fn new(file: &'s str, limits: &'s Limits, work: Work<'s, T>) -> Self {
        Self {
            file,
            limits,
            map: work.map,
            sink: work.sink,
            report: CappedReport::new(limits.entries_per_code),
            objects: 0,
            items: 0,
            object_ids: FxHashSet::default(),
            ids: Vec::new(),
            outside: Vec::new(),
            undeclared: Vec::new(),
        }
    }

    fn note(&mut self, code: &str, feature: &str, byte: u64, action: impl Into<String>) {
        self.report.add(code, feature, &format!("{}, byte {byte}", self.file), action);
    }

    fn deliver(&mut self, ready: Vec<Parsed<T>>) -> Result<(), CityGmlError> {
        for parsed in ready {
            self.report.extend(parsed.report);
            self.ids.extend(parsed.ids);
            self.outside.extend(parsed.outside);
            for prefix in parsed.undeclared {
                if remember(&mut self.undeclared, &prefix) {
                    let action =
                        format!("no namespace is declared for the prefix `{prefix}`; kept by its name");
                    self.note("undeclared-prefix", "", 0, action);
                }
            }
            let byte = parsed.heads.last().map_or(0, |head| head.byte);
            for head in parsed.heads {
                self.head(&head)?;
            }
            if (self.sink)(parsed.items, byte).is_break() {
                return Err(CityGmlError::Stopped { file: self.file.to_owned() });
            }
        }
        Ok(())
    }

    fn head(&mut self, head: &Head) -> Result<(), CityGmlError> {
        self.items += 1;
        if self.items > self.limits.objects {
            let (file, byte, limit) = (self.file.to_owned(), head.byte, self.limits.objects as u64);
            let what = "the number of objects";
            return Err(CityGmlError::TooLarge { file, byte, what, name: "objects", limit });
        }
        if head.kind == ItemKind::Object {
            self.objects += 1;
            if !head.id.is_empty() && !self.object_ids.insert(xxh3_64(head.id.as_bytes())) {
                let action = "another object has this gml:id; both are kept";
                self.note("duplicate-id", &head.id, head.byte, action);
            }
        }
        Ok(())
    }

    /// Objects, and the Report with what can only be told at the end.
    fn finish(mut self) -> (usize, Report) {
        for one in broken(std::mem::take(&mut self.outside), &self.ids) {
            match one {
                Broken::Link { byte, object, href } => {
                    self.note(
                        "broken-xlink",
                        &object,
                        byte,
                        format!("`{href}` is nowhere in the file; left open"),
                    );
                }
                Broken::Texture { byte, missing } => {
                    let action =
                        format!("{missing} surface(s) that it lies on are nowhere in the file; left open");
                    self.note("broken-texture-target", "", byte, action);
                }
            }
        }
        (self.objects, self.report.finish(self.file))
    }
}
