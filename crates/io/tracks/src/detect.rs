//! What a file is, by its first bytes: never by its name alone.

use crate::inputs::{InputFile, mapping_file};
use crate::layout::{Column, Layout};
use crate::stream::Packing;
use crate::table::split;
use crate::{Mapping, ReadOptions, TracksError, known};

/// How much of a file is looked at.
pub(crate) const HEAD_BYTES: usize = 1 << 17;

/// How many rows without a head are looked at.
const ROWS: usize = 30;

/// What a file was taken for.
#[derive(Debug)]
pub(crate) enum Kind {
    Table(Box<Layout>),
    Parquet,
    Gpx,
    MfJson,
}

/// Tells a file by the beginning of what it holds; `whole` says that this is all of it.
pub(crate) fn tell(
    file: &InputFile,
    head: &[u8],
    whole: bool,
    packing: Packing,
    options: &ReadOptions,
) -> Result<Kind, TracksError> {
    let name = &file.name;
    if head.starts_with(b"PAR1") {
        return Ok(Kind::Parquet);
    }
    if head.starts_with(b"PK\x03\x04") {
        return Err(TracksError::unsupported(name, "a zip file", "Unpack it and name the folder"));
    }
    if head.starts_with(&[0xFF, 0xFE]) || head.starts_with(&[0xFE, 0xFF]) {
        return Err(TracksError::unsupported(name, "text in UTF-16", "Save it as UTF-8"));
    }
    if packing != Packing::Plain && Packing::of(head) != Packing::Plain {
        return Err(TracksError::unsupported(name, "a packed file in a packed file", "Unpack it once"));
    }
    let text = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head);
    let begin = text.trim_ascii_start();
    if begin.starts_with(b"<") {
        let gpx =
            memchr::memmem::find(text, b"<gpx").is_some() || memchr::memmem::find(text, b":gpx").is_some();
        return if gpx { Ok(Kind::Gpx) } else { Err(TracksError::unknown(name, "XML, and no GPX")) };
    }
    if begin.starts_with(b"{") {
        return Ok(Kind::MfJson);
    }
    if memchr::memchr(0, text).is_some() || begin.is_empty() {
        let found = if begin.is_empty() { "nothing is in it" } else { "no text" };
        return Err(TracksError::unknown(name, found));
    }
    table(file, text, whole, options).map(|layout| Kind::Table(Box::new(layout)))
}

fn table(file: &InputFile, text: &[u8], whole: bool, options: &ReadOptions) -> Result<Layout, TracksError> {
    if text.starts_with(b"Geolife trajectory") {
        return Ok(known::geolife());
    }
    let mut lines: Vec<&[u8]> = text.split(|byte| *byte == b'\n').collect();
    if !whole && lines.len() > 1 {
        // The last one may be cut.
        lines.pop();
    }
    if let Some((mapping, said_by)) = mapping_of(file, options)? {
        return mapped(&mapping, &said_by, &lines, options);
    }
    let delimiter = delimiter(lines[0]);
    let names = split(lines[0], delimiter);
    if names.len() > options.limits.columns {
        let limit = options.limits.columns as u64;
        return Err(TracksError::too_large(&file.name, "the number of columns", "columns", limit));
    }
    if let Some((format, why, meaning, zone_told_by)) = known::by_head(&names, options) {
        return Ok(Layout { format, why, zone_told_by, skip_lines: 1, delimiter, meaning });
    }
    let filled = lines.iter().filter(|line| !line.trim_ascii().is_empty()).take(ROWS);
    let rows: Vec<_> = filled.map(|line| split(line, delimiter)).collect();
    if let Some((format, why, meaning)) = known::by_rows(&rows, options) {
        return Ok(Layout { format, why, zone_told_by: "the format", skip_lines: 0, delimiter, meaning });
    }
    // Figures may be somebody's data; names are not.
    let plain = names.iter().filter(|name| !name.chars().any(|letter| letter.is_ascii_digit()));
    let plain: Vec<_> = plain.take(12).map(|name| name.chars().take(40).collect::<String>()).collect();
    let found = format!(
        "a table of {} columns without time, longitude and latitude: {}",
        names.len(),
        plain.join(", ")
    );
    Err(TracksError::unknown(&file.name, found))
}

/// The mapping that speaks for a file, and who says it.
pub(crate) fn mapping_of(
    file: &InputFile,
    options: &ReadOptions,
) -> Result<Option<(Mapping, String)>, TracksError> {
    match mapping_file(file) {
        Some((path, name)) => {
            let text = std::fs::read_to_string(&path).map_err(TracksError::io(&name))?;
            Ok(Some((Mapping::parse(&text, &name)?, name)))
        }
        None => Ok(options.mapping.clone().map(|mapping| (mapping, "the option `mapping`".to_owned()))),
    }
}

fn mapped(
    mapping: &Mapping,
    said_by: &str,
    lines: &[&[u8]],
    options: &ReadOptions,
) -> Result<Layout, TracksError> {
    let meaning = mapping.meaning(said_by, options)?;
    if meaning.place.is_none() {
        return Err(TracksError::mapping(said_by, "it names no `longitude` and `latitude`"));
    }
    let head = mapping.head.unwrap_or(true);
    let named = meaning.columns().into_iter().find(|(_, column)| matches!(column, Column::Named(_)));
    if let Some((what, _)) = named.filter(|_| !head) {
        let problem = format!("`{what}` names a column, and the table has no head: give its number from 1");
        return Err(TracksError::mapping(said_by, problem));
    }
    let first = lines.get(mapping.skip_lines).copied().unwrap_or_default();
    Ok(Layout {
        format: "table with a mapping file".to_owned(),
        why: format!("{said_by} says what its columns mean"),
        zone_told_by: if mapping.zone.is_some() { "the mapping file" } else { "the option `zone`" },
        skip_lines: mapping.skip_lines + usize::from(head),
        delimiter: mapping.delimiter.map_or_else(|| delimiter(first), |mark| mark as u8),
        meaning,
    })
}

/// The mark that is most often in a line: comma, tab or semicolon.
fn delimiter(line: &[u8]) -> u8 {
    let count = |mark: u8| memchr::memchr_iter(mark, line).count();
    // The last of the largest counts, so that the comma wins a draw.
    [b';', b'\t', b','].into_iter().max_by_key(|mark| count(*mark)).unwrap_or(b',')
}
