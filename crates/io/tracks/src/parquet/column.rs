//! One column of a row group, a batch at a time, as what it means.

use std::sync::Arc;

use parquet::basic::{ConvertedType, LogicalType, TimeUnit};
use parquet::column::page::PageReader;
use parquet::column::reader::{ColumnReader, ColumnReaderImpl, get_column_reader};
use parquet::data_type::{ByteArray, DataType, FixedLenByteArray, Int96};
use parquet::errors::ParquetError;
use parquet::schema::types::ColumnDescPtr;

use crate::gather::{epoch_of_float, epoch_of_text};
use crate::table::same_as_missing;
use crate::time::{DAY_S, epoch, instant, time_of_day};
use crate::{EpochUnit, IdKey, Zone, time};

/// Stands where a whole number or an instant is missing or unreadable.
pub(super) const MISSING: i64 = i64::MIN;

/// Stands where a number is there and cannot be read; NaN stands where it is missing.
pub(super) const UNREADABLE: f64 = f64::NEG_INFINITY;

/// What is asked of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    Number,
    Whole,
    Instant(EpochUnit),
    /// Days since 1970.
    Date,
    /// Seconds of the day.
    Clock,
    Id,
    /// WKB.
    Geometry,
}

/// Values of a batch, one a row.
#[derive(Debug)]
pub(super) enum Values {
    Numbers(Vec<f64>),
    Whole(Vec<i64>),
    Ids(Vec<Option<u64>>),
    Places(Vec<[f64; 2]>),
}

impl Values {
    pub fn of(role: Role) -> Self {
        match role {
            Role::Number => Self::Numbers(Vec::new()),
            Role::Whole | Role::Instant(_) | Role::Date | Role::Clock => Self::Whole(Vec::new()),
            Role::Id => Self::Ids(Vec::new()),
            Role::Geometry => Self::Places(Vec::new()),
        }
    }

    fn clear(&mut self) {
        match self {
            Self::Numbers(values) => values.clear(),
            Self::Whole(values) => values.clear(),
            Self::Ids(values) => values.clear(),
            Self::Places(values) => values.clear(),
        }
    }

    fn missing(&mut self) {
        match self {
            Self::Numbers(values) => values.push(f64::NAN),
            Self::Whole(values) => values.push(MISSING),
            Self::Ids(values) => values.push(None),
            Self::Places(values) => values.push([f64::NAN; 2]),
        }
    }

    pub fn number(&self, row: usize) -> f64 {
        match self {
            Self::Numbers(values) => values[row],
            _ => f64::NAN,
        }
    }

    pub fn whole(&self, row: usize) -> i64 {
        match self {
            Self::Whole(values) => values[row],
            _ => MISSING,
        }
    }

    pub fn id(&self, row: usize) -> Option<u64> {
        match self {
            Self::Ids(values) => values[row],
            _ => None,
        }
    }

    pub fn place(&self, row: usize) -> [f64; 2] {
        match self {
            Self::Places(values) => values[row],
            _ => [f64::NAN; 2],
        }
    }
}

/// How values of a column are understood.
#[derive(Debug, Clone, Copy)]
struct Sense {
    role: Role,
    zone: Zone,
    key: IdKey,
    /// Of timestamps: their unit, and whether they stand in UTC.
    stamp: Option<(EpochUnit, bool)>,
    /// Units of a second in times of day.
    clock_units: i64,
    /// Of decimals.
    factor: f64,
}

/// A column that is being read.
pub(super) struct Column {
    reader: Reader,
    sense: Sense,
    levels: Vec<i16>,
    full: i16,
    pub values: Values,
}

enum Reader {
    Bool,
    I32(Typed<parquet::data_type::Int32Type>),
    I64(Typed<parquet::data_type::Int64Type>),
    I96(Typed<parquet::data_type::Int96Type>),
    F32(Typed<parquet::data_type::FloatType>),
    F64(Typed<parquet::data_type::DoubleType>),
    Bytes(Typed<parquet::data_type::ByteArrayType>),
    Fixed(Typed<parquet::data_type::FixedLenByteArrayType>),
}

struct Typed<T: DataType> {
    reader: ColumnReaderImpl<T>,
    values: Vec<T::T>,
}

impl<T: DataType> Typed<T> {
    fn new(reader: ColumnReaderImpl<T>) -> Self {
        Self { reader, values: Vec::new() }
    }
}

impl Column {
    pub fn new(
        descriptor: ColumnDescPtr,
        pages: Box<dyn PageReader>,
        role: Role,
        zone: Zone,
        key: IdKey,
    ) -> Self {
        let sense = Sense::new(&descriptor, role, zone, key);
        let full = descriptor.max_def_level();
        let reader = match get_column_reader(Arc::clone(&descriptor), pages) {
            ColumnReader::BoolColumnReader(_) => Reader::Bool,
            ColumnReader::Int32ColumnReader(reader) => Reader::I32(Typed::new(reader)),
            ColumnReader::Int64ColumnReader(reader) => Reader::I64(Typed::new(reader)),
            ColumnReader::Int96ColumnReader(reader) => Reader::I96(Typed::new(reader)),
            ColumnReader::FloatColumnReader(reader) => Reader::F32(Typed::new(reader)),
            ColumnReader::DoubleColumnReader(reader) => Reader::F64(Typed::new(reader)),
            ColumnReader::ByteArrayColumnReader(reader) => Reader::Bytes(Typed::new(reader)),
            ColumnReader::FixedLenByteArrayColumnReader(reader) => Reader::Fixed(Typed::new(reader)),
        };
        Self { reader, sense, levels: Vec::new(), full, values: Values::of(role) }
    }

    /// Reads up to so many rows; how many there were.
    pub fn read(&mut self, rows: usize) -> Result<usize, ParquetError> {
        let Self { reader, sense, levels, full, values } = self;
        values.clear();
        levels.clear();
        let sense = &*sense;
        match reader {
            Reader::Bool => {
                (0..rows).for_each(|_| values.missing());
                Ok(rows)
            }
            Reader::F64(typed) => match values {
                // The usual column, straight into its place.
                Values::Numbers(numbers) => numbers_of(typed, levels, *full, rows, numbers),
                _ => batch(typed, levels, *full, rows, values, |value, into| sense.real(*value, into)),
            },
            Reader::F32(typed) => {
                batch(typed, levels, *full, rows, values, |value, into| sense.real(f64::from(*value), into))
            }
            Reader::I32(typed) => {
                batch(typed, levels, *full, rows, values, |value, into| sense.whole(i64::from(*value), into))
            }
            Reader::I64(typed) => {
                batch(typed, levels, *full, rows, values, |value, into| sense.whole(*value, into))
            }
            Reader::I96(typed) => {
                batch(typed, levels, *full, rows, values, |value, into| sense.old_stamp(value, into))
            }
            Reader::Bytes(typed) => batch(typed, levels, *full, rows, values, |value: &ByteArray, into| {
                sense.text(value.data(), into);
            }),
            Reader::Fixed(typed) => {
                batch(typed, levels, *full, rows, values, |value: &FixedLenByteArray, into| {
                    sense.text(value.data(), into);
                })
            }
        }
    }
}

/// Reads a batch and turns each value.
fn batch<T: DataType>(
    typed: &mut Typed<T>,
    levels: &mut Vec<i16>,
    full: i16,
    rows: usize,
    into: &mut Values,
    mut turn: impl FnMut(&T::T, &mut Values),
) -> Result<usize, ParquetError> {
    typed.values.clear();
    let (records, _, _) = typed.reader.read_records(rows, Some(levels), None, &mut typed.values)?;
    if levels.is_empty() || typed.values.len() == levels.len() {
        typed.values.iter().for_each(|value| turn(value, into));
        return Ok(records);
    }
    let mut values = typed.values.iter();
    for level in levels.iter() {
        match (*level == full).then(|| values.next()).flatten() {
            Some(value) => turn(value, into),
            None => into.missing(),
        }
    }
    Ok(records)
}

fn numbers_of(
    typed: &mut Typed<parquet::data_type::DoubleType>,
    levels: &mut Vec<i16>,
    full: i16,
    rows: usize,
    numbers: &mut Vec<f64>,
) -> Result<usize, ParquetError> {
    let (records, _, _) = typed.reader.read_records(rows, Some(levels), None, numbers)?;
    if !levels.is_empty() && numbers.len() < levels.len() {
        let mut values = std::mem::take(numbers).into_iter();
        numbers.extend(
            levels.iter().map(|level| (*level == full).then(|| values.next()).flatten().unwrap_or(f64::NAN)),
        );
    }
    Ok(records)
}

impl Sense {
    fn new(descriptor: &ColumnDescPtr, role: Role, zone: Zone, key: IdKey) -> Self {
        let unit = |unit: &TimeUnit| match unit {
            TimeUnit::MILLIS => (EpochUnit::Ms, 1_000),
            TimeUnit::MICROS => (EpochUnit::Us, 1_000_000),
            TimeUnit::NANOS => (EpochUnit::Ns, 1_000_000_000),
        };
        let logical = descriptor.logical_type_ref();
        let stamp = match (logical, descriptor.converted_type()) {
            (Some(LogicalType::Timestamp(stamp)), _) => {
                Some((unit(&stamp.unit).0, stamp.is_adjusted_to_u_t_c))
            }
            (None, ConvertedType::TIMESTAMP_MILLIS) => Some((EpochUnit::Ms, true)),
            (None, ConvertedType::TIMESTAMP_MICROS) => Some((EpochUnit::Us, true)),
            _ => None,
        };
        let clock_units = match (logical, descriptor.converted_type()) {
            (Some(LogicalType::Time(time)), _) => unit(&time.unit).1,
            (None, ConvertedType::TIME_MILLIS) => 1_000,
            (None, ConvertedType::TIME_MICROS) => 1_000_000,
            _ => 1,
        };
        let decimal = descriptor.converted_type() == ConvertedType::DECIMAL;
        let factor = if decimal { 0.1_f64.powi(descriptor.type_scale().clamp(0, 18)) } else { 1.0 };
        Self { role, zone, key, stamp, clock_units, factor }
    }

    #[inline]
    fn whole(&self, value: i64, into: &mut Values) {
        match into {
            Values::Numbers(numbers) => numbers.push(value as f64 * self.factor),
            Values::Ids(ids) => ids.push(Some(match u64::try_from(value) {
                Ok(number) => self.key.number(number),
                Err(_) => self.key.text(value.to_string().as_bytes()),
            })),
            Values::Places(places) => places.push([f64::NAN; 2]),
            Values::Whole(values) => values.push(match self.role {
                Role::Instant(asked) => {
                    let (unit, utc) = self.stamp.unwrap_or((asked, true));
                    let offset_s = if utc { 0 } else { i64::from(self.zone.offset_s) };
                    epoch(value, unit).map_or(MISSING, |seconds| seconds - offset_s)
                }
                Role::Clock => {
                    let seconds = value.div_euclid(self.clock_units);
                    if (0..DAY_S).contains(&seconds) { seconds } else { MISSING }
                }
                Role::Date if value.abs() > 200_000 => MISSING,
                _ => value,
            }),
        }
    }

    fn real(&self, value: f64, into: &mut Values) {
        match into {
            Values::Numbers(numbers) => numbers.push(value),
            Values::Ids(ids) => {
                let whole = value.fract() == 0.0 && (0.0..9e15).contains(&value);
                ids.push(whole.then(|| self.key.number(value as u64)));
            }
            Values::Places(places) => places.push([f64::NAN; 2]),
            Values::Whole(values) => values.push(match self.role {
                Role::Instant(unit) => epoch_of_float(value, unit).unwrap_or(MISSING),
                _ if value.abs() < 9e15 => value.floor() as i64,
                _ => MISSING,
            }),
        }
    }

    /// Impala's stamps of 96 bits: UTC, by convention.
    fn old_stamp(&self, value: &Int96, into: &mut Values) {
        // Julian day in the last word; 2,440,588 is 1970-01-01.
        let [low, high, day] = *value.data() else { return into.missing() };
        let nanos = (u64::from(high) << 32) | u64::from(low);
        let seconds = (i64::from(day) - 2_440_588) * DAY_S + (nanos / 1_000_000_000).min(DAY_S as u64) as i64;
        match (self.role, into) {
            (Role::Instant(_), Values::Whole(values)) => {
                values.push(epoch(seconds, EpochUnit::S).unwrap_or(MISSING));
            }
            (_, into) => into.missing(),
        }
    }

    fn text(&self, text: &[u8], into: &mut Values) {
        match into {
            Values::Places(places) => places.push(super::geo::point(text).unwrap_or([f64::NAN; 2])),
            Values::Ids(ids) => {
                let id = text.trim_ascii();
                ids.push((!id.is_empty()).then(|| self.key.text(id)));
            }
            Values::Numbers(numbers) => {
                let text = text.trim_ascii();
                numbers.push(if same_as_missing(text) {
                    f64::NAN
                } else {
                    fast_float2::parse(text).unwrap_or(UNREADABLE)
                });
            }
            Values::Whole(values) => {
                let text = text.trim_ascii();
                let value = match self.role {
                    Role::Instant(unit) if text.iter().all(|byte| byte.is_ascii_digit() || *byte == b'.') => {
                        epoch_of_text(text, unit)
                    }
                    Role::Instant(_) => instant(text, self.zone),
                    Role::Date => time::date(text),
                    Role::Clock => time_of_day(text),
                    _ => time::small(text).map(i64::from),
                };
                values.push(value.unwrap_or(MISSING));
            }
        }
    }
}
