//! Rows of a block to points.

use memchr::memchr_iter;

use super::marks::Marks;
use super::{Block, Plan};
use crate::gather::{Gate, Gather, decimal, epoch_of_text};
use crate::layout::TimeColumns;
use crate::time::{DAY_S, clock, date, days, epoch, instant, small, time_of_day};
use crate::{Point, Reason};

/// What a thread keeps from block to block.
#[derive(Debug, Default)]
pub(crate) struct Scratch {
    marks: Marks,
    text: Vec<u8>,
    /// Points of the last block, for their room.
    pub gather: Gather,
}

/// Reads a block; gives the number of its lines.
pub(crate) fn parse(
    bytes: &[u8],
    block: Block,
    plan: &Plan,
    gate: &Gate,
    scratch: &mut Scratch,
    gather: &mut Gather,
) -> u64 {
    if block.too_long {
        gather.row(gate, Err(Reason::UnreadableRow), || 0);
        return 1;
    }
    let Scratch { marks, text, .. } = scratch;
    marks.find(bytes, plan.delimiter, block.quoted);
    gather.points.reserve(marks.ends.len());
    let (mut first, mut begin) = (0, 0);
    for end in marks.ends.iter().map(|end| *end as usize) {
        let fields = Fields { bytes, begin, ends: &marks.at[first..=end] };
        if fields.ends.len() == plan.columns {
            gather.row(gate, point(&fields, plan, text), || lines(&bytes[..begin]));
        } else if fields.ends.len() > 1 || !fields.raw(0).trim_ascii().is_empty() {
            gather.row(gate, Err(Reason::UnreadableRow), || lines(&bytes[..begin]));
        }
        (first, begin) = (end + 1, marks.at[end] as usize + 1);
    }
    if block.quoted { lines(bytes) } else { marks.ends.len() as u64 }
}

fn lines(bytes: &[u8]) -> u64 {
    memchr_iter(b'\n', bytes).count() as u64
}

/// The fields of one row.
struct Fields<'a> {
    bytes: &'a [u8],
    begin: usize,
    /// Where each field ends.
    ends: &'a [u32],
}

impl<'a> Fields<'a> {
    #[inline]
    fn raw(&self, column: usize) -> &'a [u8] {
        let begin = if column == 0 { self.begin } else { self.ends[column - 1] as usize + 1 };
        &self.bytes[begin..self.ends[column] as usize]
    }

    /// A field without quotes round it and without blanks at its ends; doubled quotes are left.
    #[inline]
    fn plain(&self, column: usize) -> &'a [u8] {
        let field = self.raw(column);
        match (field.first(), field.last()) {
            (Some(b'"' | b' ' | b'\r'), _) | (_, Some(b'"' | b' ' | b'\r')) => stripped(field),
            _ => field,
        }
    }
}

#[cold]
fn stripped(field: &[u8]) -> &[u8] {
    let field = field.trim_ascii();
    let inside = field.strip_prefix(b"\"").and_then(|field| field.strip_suffix(b"\""));
    inside.map_or(field, <[u8]>::trim_ascii)
}

/// A field without its quotes, doubled ones made single.
pub(super) fn unquoted<'a>(field: &'a [u8], scratch: &'a mut Vec<u8>) -> &'a [u8] {
    let field = stripped(field);
    if memchr::memmem::find(field, b"\"\"").is_none() {
        return field;
    }
    scratch.clear();
    let mut rest = field;
    while let Some(quote) = memchr::memmem::find(rest, b"\"\"") {
        scratch.extend_from_slice(&rest[..=quote]);
        rest = &rest[quote + 2..];
    }
    scratch.extend_from_slice(rest);
    scratch
}

#[inline]
fn point(fields: &Fields<'_>, plan: &Plan, scratch: &mut Vec<u8>) -> Result<Point, Reason> {
    let meaning = &plan.meaning;
    let lon_deg = number(fields.plain(plan.lon))?;
    let lat_deg = number(fields.plain(plan.lat))?;
    let time_s = time(fields, plan).ok_or(Reason::UnreadableTime)?;
    let mut id = id(fields, plan, scratch).ok_or(Reason::NoId)?;
    if meaning.daily {
        let local_s = time_s + i64::from(meaning.zone.offset_s);
        id = plan.key.on_day(id, local_s.div_euclid(DAY_S));
    }
    let optional = |column: Option<usize>| match column {
        Some(column) => optional_number(fields.plain(column)),
        None => Ok(f32::NAN),
    };
    Ok(Point {
        id,
        time_s,
        lon_deg,
        lat_deg,
        accuracy_m: optional(meaning.accuracy)?,
        speed_mps: match meaning.speed {
            Some((column, factor)) => optional_number(fields.plain(column))? * factor,
            None => f32::NAN,
        },
        course_deg: optional(meaning.course)?,
    })
}

#[inline]
fn number(text: &[u8]) -> Result<f64, Reason> {
    decimal(text).ok_or(Reason::UnreadablePlace)
}

/// A number that may be missing: NaN then.
#[inline]
pub(crate) fn optional_number(text: &[u8]) -> Result<f32, Reason> {
    if text.is_empty() {
        return Ok(f32::NAN);
    }
    match decimal(text) {
        Some(number) => Ok(number as f32),
        None if same_as_missing(text) => Ok(f32::NAN),
        None => Err(Reason::UnreadableNumber),
    }
}

/// Words that programs write for a value that is missing.
pub(crate) fn same_as_missing(text: &[u8]) -> bool {
    text.is_empty()
        || ["null", "na", "n/a", "nan", "none", "\\n", "-"]
            .iter()
            .any(|word| text.eq_ignore_ascii_case(word.as_bytes()))
}

/// What systems write where a device gives no advertising id.
const NO_ADVERTISING_ID: &[u8] = b"00000000-0000-0000-0000-000000000000";

#[inline]
fn id(fields: &Fields<'_>, plan: &Plan, scratch: &mut Vec<u8>) -> Option<u64> {
    if plan.meaning.id.is_empty() {
        return Some(plan.file_id);
    }
    for column in &plan.meaning.id {
        let mut id = fields.plain(*column);
        if id.is_empty()
            || id == NO_ADVERTISING_ID
            || (id.len() < 5 && !id[0].is_ascii_digit() && same_as_missing(id))
        {
            continue;
        }
        if memchr::memchr(b'"', id).is_some() {
            id = unquoted(fields.raw(*column), scratch);
        }
        return Some(plan.key.text(id));
    }
    None
}

#[inline]
fn time(fields: &Fields<'_>, plan: &Plan) -> Option<i64> {
    let offset_s = i64::from(plan.meaning.zone.offset_s);
    match plan.meaning.time {
        TimeColumns::Parts(columns) => {
            let part = |at: usize| small(fields.plain(columns[at]));
            let day = days(part(0)?, part(1)?, part(2)?)?;
            Some(day * DAY_S + clock(part(3)?, part(4)?, 0)? - offset_s)
        }
        TimeColumns::Instant(column) => {
            let text = fields.plain(column);
            if text.iter().any(|byte| matches!(byte, b'-' | b'/' | b':')) && text.first() != Some(&b'-') {
                instant(text, plan.meaning.zone)
            } else {
                epoch_of_text(text, crate::EpochUnit::Auto)
            }
        }
        TimeColumns::Epoch(column, unit) => {
            let text = fields.plain(column);
            match small(text) {
                Some(count) => epoch(i64::from(count), unit),
                None => epoch_of_text(text, unit),
            }
        }
        TimeColumns::DateAndClock(day, of_day) => {
            let (day, of_day) = (date(fields.plain(day))?, time_of_day(fields.plain(of_day))?);
            Some(day * DAY_S + of_day - offset_s)
        }
        TimeColumns::Clock(column) => {
            Some(plan.meaning.day? * DAY_S + time_of_day(fields.plain(column))? - offset_s)
        }
    }
}
