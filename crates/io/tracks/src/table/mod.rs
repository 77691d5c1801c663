//! Tables of text (CSV and its kin): a stream is cut into blocks at line ends, blocks are read side by side.
//!
//! Only columns that are needed are looked at. One pass over 64 bytes at a time finds every delimiter and line
//! end ([`marks`]); a row is then a run of marks, and a field is what stands between two of them. Quotes are
//! RFC 4180's: they count at the beginning of a field only, so that a stray mark inside one does no harm.

mod blocks;
mod marks;
mod plan;
mod rows;

pub(crate) use blocks::{Block, Cutter};
pub(crate) use plan::{Plan, check_day};
pub(crate) use rows::{Scratch, optional_number, parse, same_as_missing};

/// The fields of one line, without quotes.
pub(crate) fn split(line: &[u8], delimiter: u8) -> Vec<String> {
    let line = line.strip_suffix(b"\r").unwrap_or(line);
    let (mut bytes, mut marks) = (line.to_vec(), marks::Marks::default());
    bytes.push(b'\n');
    marks.find(&bytes, delimiter, memchr::memchr(b'"', line).is_some());
    let mut begin = 0;
    let mut fields = Vec::new();
    for end in marks.at.iter().map(|end| *end as usize) {
        let mut scratch = Vec::new();
        let field = rows::unquoted(&bytes[begin..end], &mut scratch);
        fields.push(String::from_utf8_lossy(field).trim().to_owned());
        begin = end + 1;
    }
    fields
}
