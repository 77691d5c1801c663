//! CSV: commas, semicolons or tabs; UTF-8 or CP932.

use std::borrow::Cow;
use std::cell::Cell as Shared;
use std::io::{self, BufReader, Read};
use std::rc::Rc;

use csv::{ByteRecord, ErrorKind, ReaderBuilder};
use encoding_rs::SHIFT_JIS;

use crate::cells::Cell;
use crate::columns::Columns;
use crate::gather::Gather;
use crate::{Found, Limits, OccupancyError};

/// How much of the file is looked at to find what divides its cells, bytes.
const HEAD: u64 = 1 << 14;

pub(crate) fn read(mut input: impl Read, file: &str, limits: &Limits) -> Result<Found, OccupancyError> {
    let io = |source| OccupancyError::Io { file: file.to_owned(), source };
    let mut head = Vec::new();
    (&mut input).take(HEAD).read_to_end(&mut head).map_err(io)?;
    if head.contains(&0) {
        return Err(OccupancyError::broken(file, "its first bytes", "it is neither text nor Parquet"));
    }
    let first_line = head.split(|b| *b == b'\n').next().unwrap_or_default();
    let delimiter = delimiter_of(first_line);
    let left = Rc::new(Shared::new(limits.row_bytes));
    let guarded = Guarded { input: head.as_slice().chain(input), left: Rc::clone(&left) };
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .from_reader(BufReader::new(guarded));
    let mut record = ByteRecord::new();
    let mut next = |record: &mut ByteRecord| {
        left.set(limits.row_bytes);
        let more = reader.read_byte_record(record).map_err(|error| failed(error, file, limits))?;
        Ok::<_, OccupancyError>(more.then(|| record.position().map_or(0, csv::Position::line)))
    };
    next(&mut record)?;
    let names: Vec<String> = record.iter().map(|cell| text_of(cell).into_owned()).collect();
    let columns = Columns::of(&names, file)?;
    let mut gather = Gather::new(file, limits, columns.utc, "line");
    while let Some(line) = next(&mut record)? {
        if record.iter().all(<[u8]>::is_empty) {
            continue;
        }
        if record.len() != names.len() {
            let problem = format!("{} cells and not {}; the row is left out", record.len(), names.len());
            gather.broken_row(line, &problem);
            continue;
        }
        let texts = columns.at.map(|place| place.and_then(|place| record.get(place)).map(text_of));
        let cells = [0, 1, 2, 3, 4, 5].map(|i| texts[i].as_deref().map_or(Cell::Empty, Cell::Text));
        gather.row(line, cells)?;
    }
    gather.finish()
}

/// What divides the cells: whichever of the three there is most of in the first line.
fn delimiter_of(line: &[u8]) -> u8 {
    let count = |sign: u8| line.iter().filter(|b| **b == sign).count();
    // Of equal numbers the last is taken, and that is the comma.
    [b';', b'\t', b','].into_iter().max_by_key(|sign| count(*sign)).unwrap_or(b',')
}

/// UTF-8 or, where it is none, CP932, which spreadsheets in Japan write.
fn text_of(cell: &[u8]) -> Cow<'_, str> {
    match std::str::from_utf8(cell) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => SHIFT_JIS.decode_without_bom_handling(cell).0,
    }
}

fn failed(error: csv::Error, file: &str, limits: &Limits) -> OccupancyError {
    let line = error.position().map_or_else(|| "a row".to_owned(), |at| format!("line {}", at.line()));
    match error.into_kind() {
        ErrorKind::Io(source) if source.kind() == io::ErrorKind::FileTooLarge => {
            OccupancyError::too_large(file, "row_bytes", limits.row_bytes)
        }
        ErrorKind::Io(source) => OccupancyError::Io { file: file.to_owned(), source },
        _ => OccupancyError::broken(file, line, "it is no row of a table"),
    }
}

/// Ends a row that never ends: one quotation mark too many makes a row of the rest of the file.
struct Guarded<R> {
    input: R,
    left: Rc<Shared<u64>>,
}

impl<R: Read> Read for Guarded<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let left = self.left.get();
        if left == 0 {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        let count = self.input.read(into)?;
        self.left.set(left.saturating_sub(count as u64));
        Ok(count)
    }
}
