//! Parquet: plain columns of any number type, texts, and timestamps of any unit.

use std::panic::{AssertUnwindSafe, catch_unwind};

use parquet::basic::{LogicalType, TimeUnit};
use parquet::errors::ParquetError;
use parquet::file::reader::{ChunkReader, FileReader, SerializedFileReader};
use parquet::record::Field;
use parquet::schema::types::{Type, TypePtr};

use crate::cells::Cell;
use crate::columns::{Columns, Role, role_of};
use crate::gather::Gather;
use crate::{Found, Limits, OccupancyError};

/// Offset of Japan Standard Time, seconds.
const JST_S: i64 = 9 * 3600;

/// Reads a table. The record reader panics on some damaged pages (a page of a dictionary that was never read, with
/// parquet 60); that is told as what it is, a damaged file.
pub(crate) fn read(
    input: impl ChunkReader + 'static,
    file: &str,
    limits: &Limits,
) -> Result<Found, OccupancyError> {
    // Nothing that a panic may leave half-done is used afterwards.
    catch_unwind(AssertUnwindSafe(|| read_table(input, file, limits)))
        .unwrap_or_else(|_| Err(OccupancyError::broken(file, "the table", "a page of it cannot be decoded")))
}

fn read_table(
    input: impl ChunkReader + 'static,
    file: &str,
    limits: &Limits,
) -> Result<Found, OccupancyError> {
    let broken = |error: ParquetError| OccupancyError::broken(file, "the table", error);
    let reader = SerializedFileReader::new(input).map_err(broken)?;
    let schema = reader.metadata().file_metadata().schema();
    // Only what is asked for is decoded; nested columns are nothing of ours.
    let wanted = |field: &&TypePtr| field.is_primitive() && role_of(field.name()).is_some();
    let fields: Vec<TypePtr> = schema.get_fields().iter().filter(wanted).cloned().collect();
    let names: Vec<String> = fields.iter().map(|field| field.name().to_owned()).collect();
    let columns = Columns::of(&names, file)?;
    let clock =
        columns.at[Role::Time as usize].map_or(Clock::default(), |at| Clock::of(&fields[at], columns.utc));
    let projection = Type::group_type_builder(schema.name()).with_fields(fields).build().map_err(broken)?;
    let rows = reader.get_row_iter(Some(projection)).map_err(broken)?;
    let mut gather = Gather::new(file, limits, columns.utc, "row");
    for (number, row) in (1_u64..).zip(rows) {
        let row =
            row.map_err(|error| OccupancyError::broken(file, format!("row {number}"), error.to_string()))?;
        let mut cells = [Cell::Empty; 6];
        // Names are those of the projection; a row tells them in its order.
        for (name, field) in row.get_column_iter() {
            let Some(role) = role_of(name) else { continue };
            cells[role as usize] = if role == Role::Time { clock.cell(field) } else { cell(field) };
        }
        gather.row(number, cells)?;
    }
    gather.finish()
}

/// How a column of times counts.
#[derive(Debug, Clone, Copy, Default)]
struct Clock {
    /// Whether its numbers are nanoseconds, which the record reader hands on as they are.
    nanoseconds: bool,
    /// Whether it shows Japan Standard Time and not UTC.
    japan: bool,
}

impl Clock {
    /// Without a logical type a timestamp counts in UTC, as Parquet has it; so do whole numbers.
    fn of(field: &Type, utc: bool) -> Self {
        match field.get_basic_info().logical_type_ref() {
            Some(LogicalType::Timestamp(kind)) => Self {
                nanoseconds: matches!(kind.unit, TimeUnit::NANOS),
                japan: !kind.is_adjusted_to_u_t_c && !utc,
            },
            _ => Self::default(),
        }
    }

    fn cell(self, field: &Field) -> Cell<'_> {
        let seconds = match field {
            Field::TimestampMillis(at) => at.div_euclid(1000),
            Field::TimestampMicros(at) => at.div_euclid(1_000_000),
            Field::Long(at) if self.nanoseconds => at.div_euclid(1_000_000_000),
            other => return cell(other),
        };
        Cell::Instant(if self.japan { seconds.saturating_sub(JST_S) } else { seconds })
    }
}

fn cell(field: &Field) -> Cell<'_> {
    let whole = |number: i64| Cell::Number(number as f64);
    match field {
        Field::Str(text) => Cell::Text(text),
        Field::Bytes(bytes) => std::str::from_utf8(bytes.data()).map_or(Cell::Empty, Cell::Text),
        Field::Byte(n) => whole((*n).into()),
        Field::Short(n) => whole((*n).into()),
        Field::Int(n) => whole((*n).into()),
        Field::Long(n) => whole(*n),
        Field::UByte(n) => whole((*n).into()),
        Field::UShort(n) => whole((*n).into()),
        Field::UInt(n) => whole((*n).into()),
        Field::ULong(n) => Cell::Number(*n as f64),
        Field::Float16(n) => Cell::Number(n.to_f64()),
        Field::Float(n) => Cell::Number((*n).into()),
        Field::Double(n) => Cell::Number(*n),
        _ => Cell::Empty,
    }
}
