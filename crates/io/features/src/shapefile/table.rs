//! The table of a Shapefile: a dBase file of fixed fields.
//!
//! The `dbase` crate reads its header. Values are taken from the records as they are written: read as numbers
//! they would lose figures (ids of 20 digits), and a number of asterisks would cost the whole row.

use std::io::Cursor;
use std::sync::Arc;

use dbase::encoding::EncodingRs;
use dbase::{CodePageMark, FieldType, ReaderBuilder};
use encoding_rs::{Encoding, SHIFT_JIS, UTF_8};

use crate::delivery::Delivery;
use crate::files::{self, Files, with_ending};
use crate::row::Value;
use crate::{FeaturesError, encoding};

/// A column: its name, what it holds, and its bytes in a record.
struct Column {
    name: Arc<str>,
    kind: FieldType,
    start: usize,
    end: usize,
}

/// The table in memory.
pub(super) struct Table {
    columns: Vec<Column>,
    encoding: &'static Encoding,
    bytes: Vec<u8>,
    first: usize,
    record: usize,
    records: u64,
}

impl Table {
    /// The table beside a `.shp`; one without columns when there is none, which is told.
    pub fn beside(files: &dyn Files, delivery: &mut Delivery<'_>) -> Result<Self, FeaturesError> {
        let (file, limits) = (delivery.file, delivery.limits);
        let Some((name, bytes)) = files::beside(files, &with_ending(file, "dbf"), limits)? else {
            let [name, _] = with_ending(file, "dbf");
            delivery.notes.add("missing-table", &name, "it is not there; features have no fields");
            return Ok(Self {
                columns: Vec::new(),
                encoding: UTF_8,
                bytes: Vec::new(),
                first: 0,
                record: 0,
                records: 0,
            });
        };
        let encoding = encoding_of(files, &bytes, delivery)?;
        let broken = |error| FeaturesError::broken(&name, "the header", error);
        let reader =
            ReaderBuilder::new().with_encoding(EncodingRs::from(encoding)).build(Cursor::new(&bytes));
        let reader = reader.map_err(broken)?;
        let mut start = 1;
        let mut columns = Vec::new();
        for field in reader.fields() {
            let end = start + usize::from(field.length());
            let kind = field.field_type();
            columns.push(Column { name: Arc::from(field.name().trim()), kind, start, end });
            start = end;
        }
        let header = reader.header();
        let (first, records) = (usize::from(header.offset_to_first_record), u64::from(header.num_records));
        // The length that the header tells, unless fields need more.
        let told = bytes.get(10..12).map_or(0, |size| usize::from(u16::from_le_bytes([size[0], size[1]])));
        let memos = columns.iter().filter(|column| column.kind == FieldType::Memo);
        for column in memos {
            delivery.notes.add("unread-field", &column.name, "memo fields are not read; left out");
        }
        Ok(Self { columns, encoding, bytes, first, record: told.max(start), records })
    }

    pub fn names(&self) -> Vec<Arc<str>> {
        self.columns.iter().map(|column| column.name.clone()).collect()
    }

    /// The fields of a record; the problem when it is not there.
    pub fn fields(&self, index: u64) -> Result<Vec<(Arc<str>, Value)>, String> {
        if self.columns.is_empty() {
            return Ok(Vec::new());
        }
        let missing = || format!("the table ends before row {index}");
        let row = usize::try_from(index).ok().filter(|_| index < self.records).ok_or_else(missing)?;
        let start =
            row.checked_mul(self.record).and_then(|at| at.checked_add(self.first)).ok_or_else(missing)?;
        let record = self.bytes.get(start..).and_then(|rest| rest.get(..self.record)).ok_or_else(missing)?;
        let value = |column: &Column| {
            let bytes = record.get(column.start..column.end)?;
            Some((column.name.clone(), value(bytes, column.kind, self.encoding)?))
        };
        Ok(self.columns.iter().filter_map(value).collect())
    }
}

/// A value; none where the field is empty.
fn value(bytes: &[u8], kind: FieldType, encoding: &'static Encoding) -> Option<Value> {
    let number = |text: String| {
        let whole = !text.contains(['.', 'e', 'E']);
        let known = text.parse::<f64>().is_ok_and(f64::is_finite);
        known.then_some(if whole { Value::Whole(text) } else { Value::Real(text) })
    };
    let text = || {
        let (text, _) = encoding.decode_without_bom_handling(bytes);
        let text = text.trim_matches(['\0', ' ', '\u{3000}', '\t']).to_owned();
        Some(text).filter(|text| !text.is_empty())
    };
    match kind {
        FieldType::Character | FieldType::Date => text().map(Value::Text),
        FieldType::Numeric | FieldType::Float => text().and_then(number),
        FieldType::Logical => match bytes.first()? {
            b'T' | b't' | b'Y' | b'y' => Some(Value::Text("true".to_owned())),
            b'F' | b'f' | b'N' | b'n' => Some(Value::Text("false".to_owned())),
            _ => None,
        },
        FieldType::Integer => Some(Value::Whole(i32::from_le_bytes(bytes.try_into().ok()?).to_string())),
        FieldType::Double => Value::real(f64::from_le_bytes(bytes.try_into().ok()?)),
        FieldType::Currency => {
            let parts = i64::from_le_bytes(bytes.try_into().ok()?);
            let sign = if parts < 0 { "-" } else { "" };
            let (whole, rest) = (parts.unsigned_abs() / 10_000, parts.unsigned_abs() % 10_000);
            Some(Value::Real(format!("{sign}{whole}.{rest:04}")))
        }
        FieldType::DateTime => Some(Value::Text(bytes.iter().map(|byte| format!("{byte:02x}")).collect())),
        FieldType::Memo => None,
    }
}

/// The encoding of texts: by the sidecar, the `.cpg`, the mark in the table, or what the bytes can be.
fn encoding_of(
    files: &dyn Files,
    table: &[u8],
    delivery: &mut Delivery<'_>,
) -> Result<&'static Encoding, FeaturesError> {
    let said = delivery.sidecar.as_ref().and_then(|sidecar| sidecar.encoding.as_deref());
    if let Some(encoding) = said.and_then(encoding::named) {
        return Ok(encoding);
    }
    if let Some((name, text)) = files::beside(files, &with_ending(delivery.file, "cpg"), delivery.limits)? {
        let text = String::from_utf8_lossy(&text[..text.len().min(200)]);
        match encoding::named(&text) {
            Some(encoding) => return Ok(encoding),
            None => {
                let action = format!("`{}` is no encoding that is known; not used", text.trim());
                delivery.notes.add("unknown-encoding", &name, action);
            }
        }
    }
    let marked = match table.get(29).map(|mark| CodePageMark::from(*mark)) {
        Some(CodePageMark::CP932) => Some(SHIFT_JIS),
        Some(CodePageMark::Utf8) => Some(UTF_8),
        Some(CodePageMark::CP1252) => Some(encoding_rs::WINDOWS_1252),
        Some(CodePageMark::CP936) => Some(encoding_rs::GBK),
        Some(CodePageMark::CP949) => Some(encoding_rs::EUC_KR),
        Some(CodePageMark::CP950) => Some(encoding_rs::BIG5),
        _ => None,
    };
    if let Some(encoding) = marked {
        return Ok(encoding);
    }
    let found = by_content(table);
    if found == SHIFT_JIS {
        let action = "nothing says its encoding, and it is not UTF-8; taken for Shift_JIS. `encoding` in the sidecar says it for sure";
        let [name, _] = with_ending(delivery.file, "dbf");
        delivery.notes.add("assumed-encoding", &name, action);
    }
    Ok(found)
}

/// UTF-8 where names of fields and records can be, else Shift_JIS.
fn by_content(table: &[u8]) -> &'static Encoding {
    let first = table.get(8..10).map_or(0, |at| usize::from(u16::from_le_bytes([at[0], at[1]])));
    let names = table.get(32..first.min(table.len())).unwrap_or_default();
    let name = |field: &[u8]| {
        let name = field.get(..11)?.split(|byte| *byte == 0).next()?;
        Some(std::str::from_utf8(name).is_ok())
    };
    let names = names.chunks_exact(32).filter_map(name).all(|good| good);
    let records = table.get(first..).unwrap_or_default();
    if names && std::str::from_utf8(records).is_ok() { UTF_8 } else { SHIFT_JIS }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_as_written() {
        let read = |bytes: &[u8], kind| value(bytes, kind, SHIFT_JIS);
        assert_eq!(read(b"  9.10", FieldType::Numeric), Some(Value::Real("9.10".to_owned())));
        assert_eq!(
            read(b"13104000000000000001", FieldType::Numeric),
            Some(Value::Whole("13104000000000000001".to_owned()))
        );
        assert_eq!(read(b"******", FieldType::Numeric), None);
        assert_eq!(read(b"     ", FieldType::Character), None);
        let (tower, ..) = SHIFT_JIS.encode("東京タワー  ");
        assert_eq!(read(&tower, FieldType::Character), Some(Value::Text("東京タワー".to_owned())));
        assert_eq!(read(b"T", FieldType::Logical), Some(Value::Text("true".to_owned())));
        assert_eq!(
            read(&(-15_000_i64).to_le_bytes(), FieldType::Currency),
            Some(Value::Real("-1.5000".to_owned()))
        );
        assert_eq!(read(b"abc", FieldType::Integer), None);
    }

    #[test]
    fn the_encoding_follows_from_the_bytes() {
        let mut table = vec![0; 65];
        table[8] = 65;
        assert_eq!(by_content(&[&table, "都庁".as_bytes()].concat()), UTF_8);
        assert_eq!(by_content(&[&table, SHIFT_JIS.encode("都庁").0.as_ref()].concat()), SHIFT_JIS);
        assert_eq!(by_content(&[]), UTF_8);
    }
}
