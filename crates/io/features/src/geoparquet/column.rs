//! Values of a Parquet table.

use parquet::record::Field;
use serde_json::{Map, Value as Json};

use crate::row::Value;

/// Days and seconds from 1970 that a calendar can tell; numbers beyond stay numbers.
const MOST_DAYS: i32 = 3_000_000;
const MOST_SECONDS: i64 = 200_000_000_000;

/// The value of a field; none when it is null or no number.
pub(super) fn value(field: &Field, depth: usize) -> Option<Value> {
    Some(match field {
        Field::Null => return None,
        Field::Str(text) => Value::Text(text.clone()),
        Field::Bool(flag) => Value::Text(flag.to_string()),
        Field::Float16(number) => return Value::real(f64::from(number.to_f32())),
        Field::Float(number) => return number.is_finite().then(|| Value::Real(number.to_string())),
        Field::Double(number) => return Value::real(*number),
        Field::Decimal(_) => Value::Real(field.to_string()),
        Field::Bytes(bytes) => Value::Text(bytes.data().iter().map(|byte| format!("{byte:02x}")).collect()),
        Field::Date(days) if days.abs() > MOST_DAYS => Value::Whole(days.to_string()),
        Field::TimestampMillis(at) if (at / 1000).abs() > MOST_SECONDS => Value::Whole(at.to_string()),
        Field::TimestampMicros(at) if (at / 1_000_000).abs() > MOST_SECONDS => Value::Whole(at.to_string()),
        Field::Date(_) | Field::TimestampMillis(_) | Field::TimestampMicros(_) => {
            Value::Text(field.to_string())
        }
        Field::TimeMillis(at) => Value::Text(clock(i64::from(*at) * 1000)),
        Field::TimeMicros(at) => Value::Text(clock(*at)),
        Field::Group(_) | Field::ListInternal(_) | Field::MapInternal(_) => Value::Nested(json(field, depth)),
        whole => Value::Whole(whole.to_string()),
    })
}

fn clock(micros: i64) -> String {
    let seconds = micros / 1_000_000;
    let [hours, minutes] = [seconds / 3600, seconds / 60 % 60];
    format!("{hours:02}:{minutes:02}:{:02}.{:06}", seconds % 60, micros.unsigned_abs() % 1_000_000)
}

fn json(field: &Field, depth: usize) -> Json {
    let Some(deeper) = depth.checked_sub(1) else { return Json::Null };
    match field {
        Field::Group(row) => {
            let fields = row.get_column_iter().map(|(name, field)| (name.clone(), json(field, deeper)));
            Json::Object(fields.collect::<Map<_, _>>())
        }
        Field::ListInternal(list) => list.elements().iter().map(|field| json(field, deeper)).collect(),
        Field::MapInternal(map) => {
            let entries = map.entries().iter().filter_map(|(key, field)| {
                let key = value(key, 0)?.text()?.to_owned();
                Some((key, json(field, deeper)))
            });
            Json::Object(entries.collect())
        }
        plain => match value(plain, deeper) {
            Some(Value::Text(text) | Value::Whole(text) | Value::Real(text)) => Json::String(text),
            Some(Value::Nested(json)) => json,
            None => Json::Null,
        },
    }
}
