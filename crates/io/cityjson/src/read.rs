//! A file to raw features: where it comes from, and a CityJSON that is one text.

use std::fs::File;
use std::io::{BufReader, Read};
use std::ops::{ControlFlow, Range};
use std::path::Path;
use std::sync::atomic::AtomicU64;

use futago_geodesy::Crs;
use futago_raw::{Collect, Item, ObjectBuilder, RawCity, Summary};
use rayon::prelude::*;

use crate::build::{Built, Context, name_all};
use crate::delivery::{Delivery, Sink};
use crate::document::{self, Document, Entry};
use crate::family::family;
use crate::head::{self, Head};
use crate::lines::Lines;
use crate::order::{Evidence, Verdict};
use crate::place::{self, Frame, Transform};
use crate::{CityJsonError, Limits, detect, geometry, sequence};

/// Trees that are built together: so many, or so much text.
const BATCH_OBJECTS: usize = 4096;
const BATCH_BYTES: usize = 8 << 20;

/// Trees, or lines of a sequence, that one thread takes at a time; they share their names.
pub(crate) const CHUNK: usize = 64;

/// Reads a file in memory.
///
/// # Errors
/// When the bytes are not CityJSON 1.0, 1.1 or 2.0, are broken or cut, or are more than the limits allow.
pub fn read(bytes: &[u8], file: &str, limits: &Limits) -> Result<RawCity, CityJsonError> {
    let mut collect = Collect::default();
    let mut sink = |item| collect.take(item);
    let first = bytes.split_inclusive(|byte| *byte == b'\n').find(|line| !detect::is_blank(line));
    let first = first.unwrap_or_default();
    // Both are parts of the same bytes, so the first line tells where the rest begins.
    let start = first.as_ptr().addr().saturating_sub(bytes.as_ptr().addr());
    let rest = bytes.get(start + first.len()..).unwrap_or_default();
    let summary = if !rest.trim_ascii().is_empty() && starts_sequence(first) {
        stream(bytes, file, limits, &mut sink)?
    } else {
        check_size(bytes.len() as u64, limits.file_bytes, file, "the size of the file", "file_bytes")?;
        check_size(bytes.len() as u64, limits.text_bytes as u64, file, "the size of the text", "text_bytes")?;
        whole(bytes, file, limits, &mut sink, bytes.len() as u64)?
    };
    Ok(collect.city(summary))
}

/// Reads a file on disk into memory.
///
/// # Errors
/// When the file cannot be read, is not CityJSON 1.0, 1.1 or 2.0, is broken or cut, or is more than the
/// limits allow.
pub fn read_file(path: &Path, limits: &Limits) -> Result<RawCity, CityJsonError> {
    let file = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy();
    let input =
        File::open(path).map_err(|source| CityJsonError::Io { file: path.display().to_string(), source })?;
    let mut collect = Collect::default();
    let summary = stream(input, &file, limits, |item| collect.take(item))?;
    Ok(collect.city(summary))
}

/// Reads a file piece by piece and hands over its items in the order of the file. Of a CityJSONSeq only
/// some lines are in memory at a time; a CityJSON is one text, which must be there as a whole. Either
/// takes 8 bytes for each id. A sink that breaks ends the reading.
///
/// # Errors
/// When the input cannot be read, is not CityJSON 1.0, 1.1 or 2.0, is broken or cut, or is more than the
/// limits allow; then some items of a sequence were handed over already.
pub fn stream(
    input: impl Read + Send,
    file: &str,
    limits: &Limits,
    mut sink: impl FnMut(Item) -> ControlFlow<()> + Send,
) -> Result<Summary, CityJsonError> {
    let mut lines = Lines::new(BufReader::with_capacity(1 << 18, input), file, limits);
    let Some(first) = lines.next()? else { return Err(empty(file)) };
    if lines.is_over()? || !starts_sequence(&first.bytes) {
        let bytes = lines.rest(first.bytes)?;
        return whole(&bytes, file, limits, &mut sink, lines.bytes());
    }
    sequence::read(&first, lines, file, limits, &mut sink)
}

fn starts_sequence(line: &[u8]) -> bool {
    let line = line.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(line);
    std::str::from_utf8(line).is_ok_and(detect::is_whole)
}

fn empty(file: &str) -> CityJsonError {
    let problem = "there is nothing in it".to_owned();
    CityJsonError::NotJson { file: file.to_owned(), line: 1, column: 1, problem }
}

pub(crate) fn check_size(
    size: u64,
    limit: u64,
    file: &str,
    what: &'static str,
    name: &'static str,
) -> Result<(), CityJsonError> {
    if size <= limit {
        return Ok(());
    }
    let (file, place) = (file.to_owned(), format!("byte {limit}"));
    Err(CityJsonError::TooLarge { file, place, what, name, limit })
}

/// A CityJSON that is one text, in a file of so many bytes. What is before the text are blank lines.
fn whole(
    content: &[u8],
    file: &str,
    limits: &Limits,
    sink: Sink<'_>,
    bytes: u64,
) -> Result<Summary, CityJsonError> {
    let text = detect::trimmed(detect::text(content, file)?);
    if text.is_empty() {
        return Err(empty(file));
    }
    let mut delivery = Delivery::new(file, limits, sink);
    let before = &content[..detect::offset(text, content) as usize];
    let first_line = 1 + memchr::memchr_iter(b'\n', before).count() as u64;
    let document = document::read(text, limits.objects);
    let mut document = document.map_err(|error| CityJsonError::of_json(file, first_line, 0, &error))?;
    let Head { header, transform } = head::head(&document, file, &mut delivery.notes)?;
    if document.objects.is_none() {
        let action = || "it has no `CityObjects`, so nothing is in it".to_owned();
        delivery.notes.add("missing-objects", "", String::new, action);
    }
    let mut positions = positions(&document, transform, &mut delivery);
    let mut evidence = Evidence::default();
    evidence.add(header.crs, &document, &positions);
    let frame = frame(header.crs, transform, &evidence, &mut delivery);
    order(&mut positions, &frame);
    let entries = document.objects.take().unwrap_or_default();
    let (templates, spent) = (head::templates(&document), AtomicU64::new(0));
    let context = Context {
        file,
        line: None,
        limits,
        frame,
        family: family(&entries, limits.depth, file, &mut delivery.notes)?,
        entries: &entries,
        positions,
        texture_positions: head::texture_vertices(document.appearance),
        templates: &templates,
        appearance: None,
        text,
        byte: bytes - content.len() as u64 + detect::offset(text, content),
        spent: &spent,
    };
    let (items, notes) = head::items(&document, &context)?;
    delivery.notes.absorb(notes);
    for item in items {
        delivery.item(item)?;
    }
    trees(&context, &mut delivery)?;
    let (objects, report) = delivery.finish();
    Ok(Summary { header, objects, bytes, report })
}

/// Builds the trees of a document in parallel, batch by batch, and hands them over in order.
fn trees(context: &Context<'_>, delivery: &mut Delivery<'_>) -> Result<(), CityJsonError> {
    delivery.count(context.entries.len(), || "CityObjects".to_owned())?;
    for entry in context.entries {
        delivery.remember(&entry.id, None);
    }
    let roots = &context.family.roots;
    for batch in batches(roots, |root| size(&context.entries[*root as usize])) {
        let built: Vec<_> = roots[batch].par_chunks(CHUNK).map(|chunk| some_trees(context, chunk)).collect();
        // All or none of a batch: whose vertices were the ones too many depends on the threads.
        for object in built.into_iter().collect::<Result<Vec<_>, _>>()?.into_iter().flatten() {
            delivery.object(object)?;
        }
    }
    Ok(())
}

/// Builds some trees, which share their names.
fn some_trees(context: &Context<'_>, roots: &[u32]) -> Result<Vec<Built>, CityJsonError> {
    let mut out = ObjectBuilder::default();
    let built = roots.iter().map(|root| context.build(*root, &mut out));
    let mut built = built.collect::<Result<Vec<_>, _>>()?;
    name_all(&mut built, out);
    Ok(built)
}

fn size(entry: &Entry<'_>) -> usize {
    entry.object.as_ref().map_or(0, |object| object.bytes())
}

/// Cuts a list into batches, the same ones on any number of threads.
pub(crate) fn batches<T>(list: &[T], size: impl Fn(&T) -> usize) -> Vec<Range<usize>> {
    let (mut batches, mut start, mut bytes) = (Vec::new(), 0, 0);
    for (at, one) in list.iter().enumerate() {
        bytes += size(one);
        if bytes >= BATCH_BYTES || at + 1 - start >= BATCH_OBJECTS || at + 1 == list.len() {
            batches.push(start..at + 1);
            (start, bytes) = (at + 1, 0);
        }
    }
    batches
}

/// The vertices of a document as positions, in the order of the file.
fn positions(document: &Document<'_>, transform: Transform, delivery: &mut Delivery<'_>) -> Vec<[f64; 3]> {
    let found = document.vertices.map(geometry::vertices);
    if !matches!(found, Some(Some(_))) {
        let action = || "it has no array of `vertices`; no geometry has a place".to_owned();
        delivery.notes.add("missing-vertices", "", String::new, action);
    }
    let mut positions: Vec<[f64; 3]> = found.flatten().unwrap_or_default();
    positions.iter_mut().for_each(|at| *at = transform.apply(*at));
    positions
}

/// Puts positions into the order of their system.
pub(crate) fn order(positions: &mut [[f64; 3]], frame: &Frame) {
    if frame.swap {
        positions.iter_mut().for_each(|at| *at = frame.ordered(*at));
    }
}

/// Decides the order of axes of a file, and tells it where it is not plain.
pub(crate) fn frame(
    crs: Option<Crs>,
    transform: Transform,
    evidence: &Evidence,
    delivery: &mut Delivery<'_>,
) -> Frame {
    let (swap, verdict) = evidence.verdict(crs, delivery.limits);
    let place = || "vertices".to_owned();
    match verdict {
        Verdict::Shown if !swap => delivery.notes.add("swapped-coordinates", "", place, || {
            "they have latitude or north first, as EPSG orders the system, and not x for east; taken so".to_owned()
        }),
        Verdict::Assumed => delivery.notes.add("assumed-axis-order", "", place, || {
            "nothing shows whether east or north is first; east is taken. If the city is mirrored, say `axis_order`"
                .to_owned()
        }),
        _ => {}
    }
    if evidence.east_first > 0 && evidence.north_first > 0 && verdict == Verdict::Shown {
        let (east, north) = (evidence.east_first, evidence.north_first);
        delivery.notes.add("mixed-axis-order", "", place, || {
            format!(
                "{east} of them say that east is first, {north} that north is; the greater number is followed"
            )
        });
    }
    Frame { crs, transform, swap, range: place::Range::of(crs, delivery.limits) }
}
