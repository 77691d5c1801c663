//! Values of a feature: pairs of the number of a column and its bytes, little-endian.

use std::sync::Arc;

use flatgeobuf::ColumnType;

use crate::row::Value;

/// Reads every pair; the problem when one is cut or of a column that is not there.
pub(super) fn fields(
    mut bytes: &[u8],
    columns: &[(Arc<str>, ColumnType)],
) -> Result<Vec<(Arc<str>, Value)>, String> {
    let mut fields = Vec::new();
    // Some writers leave one byte behind the last pair.
    while bytes.len() >= 2 {
        let number = u16::from_le_bytes(array(&mut bytes)?);
        let (name, kind) = columns
            .get(usize::from(number))
            .ok_or_else(|| format!("it has a value of column {number} of {}", columns.len()))?;
        let value = value(&mut bytes, *kind).map_err(|problem| format!("its field `{name}` {problem}"))?;
        fields.extend(value.map(|value| (name.clone(), value)));
    }
    Ok(fields)
}

fn value(bytes: &mut &[u8], kind: ColumnType) -> Result<Option<Value>, String> {
    let whole = |text: String| Some(Value::Whole(text));
    Ok(match kind {
        ColumnType::Byte => whole(i8::from_le_bytes(array(bytes)?).to_string()),
        ColumnType::UByte => whole(u8::from_le_bytes(array(bytes)?).to_string()),
        ColumnType::Bool => Some(Value::Text((array::<1>(bytes)? != [0]).to_string())),
        ColumnType::Short => whole(i16::from_le_bytes(array(bytes)?).to_string()),
        ColumnType::UShort => whole(u16::from_le_bytes(array(bytes)?).to_string()),
        ColumnType::Int => whole(i32::from_le_bytes(array(bytes)?).to_string()),
        ColumnType::UInt => whole(u32::from_le_bytes(array(bytes)?).to_string()),
        ColumnType::Long => whole(i64::from_le_bytes(array(bytes)?).to_string()),
        ColumnType::ULong => whole(u64::from_le_bytes(array(bytes)?).to_string()),
        ColumnType::Float => {
            let number = f32::from_le_bytes(array(bytes)?);
            number.is_finite().then(|| Value::Real(number.to_string()))
        }
        ColumnType::Double => Value::real(f64::from_le_bytes(array(bytes)?)),
        ColumnType::String | ColumnType::DateTime => Some(Value::Text(text(bytes)?)),
        ColumnType::Json => {
            let text = text(bytes)?;
            let nested = serde_json::from_str(&text)
                .ok()
                .filter(|json: &serde_json::Value| json.is_object() || json.is_array());
            Some(nested.map_or(Value::Text(text), Value::Nested))
        }
        ColumnType::Binary => {
            let figures = sized(bytes)?.iter().map(|byte| format!("{byte:02x}")).collect();
            Some(Value::Text(figures))
        }
        other => return Err(format!("is of the type {}, which is not known", other.0)),
    })
}

fn array<const N: usize>(bytes: &mut &[u8]) -> Result<[u8; N], String> {
    let (first, rest) = bytes.split_first_chunk::<N>().ok_or("is cut")?;
    *bytes = rest;
    Ok(*first)
}

fn sized<'a>(bytes: &mut &'a [u8]) -> Result<&'a [u8], String> {
    let size = u32::from_le_bytes(array(bytes)?) as usize;
    let (first, rest) = bytes.split_at_checked(size).ok_or("is cut")?;
    *bytes = rest;
    Ok(first)
}

fn text(bytes: &mut &[u8]) -> Result<String, String> {
    Ok(String::from_utf8_lossy(sized(bytes)?).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_read_and_cut_ones_refused() {
        let columns = [(Arc::from("h"), ColumnType::Double), (Arc::from("n"), ColumnType::String)];
        let mut bytes = vec![0, 0];
        bytes.extend(9.1_f64.to_le_bytes());
        bytes.extend([1, 0, 3, 0, 0, 0]);
        bytes.extend("塔".as_bytes());
        let read = fields(&bytes, &columns).unwrap();
        assert_eq!(read[0].1, Value::Real("9.1".to_owned()));
        assert_eq!(read[1].1, Value::Text("塔".to_owned()));
        assert!(fields(&bytes[..bytes.len() - 1], &columns).unwrap_err().contains("`n` is cut"));
        assert!(fields(&bytes, &columns[..1]).unwrap_err().contains("column 1 of 1"));
    }
}
