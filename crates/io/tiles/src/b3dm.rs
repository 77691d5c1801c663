//! Containers of 3D Tiles 1.0: a batched model (b3dm), and several tiles in one (cmpt).

use serde_json::Value;

use crate::TilesError;

/// Bytes before the first table of a b3dm, and before the first tile of a cmpt.
const B3DM_HEADER: usize = 28;
const CMPT_HEADER: usize = 16;

/// A batched model.
#[derive(Debug)]
pub(crate) struct B3dm<'a> {
    /// What its positions are relative to, z up.
    pub(crate) rtc_center: Option<[f64; 3]>,
    /// Features of the batch table.
    pub(crate) batch_length: usize,
    /// Properties by name; none when there is no batch table.
    pub(crate) batch_json: Option<serde_json::Map<String, Value>>,
    /// What the properties refer to.
    pub(crate) batch_bytes: &'a [u8],
    /// The model.
    pub(crate) glb: &'a [u8],
}

fn broken(file: &str, place: &str, problem: impl Into<String>) -> TilesError {
    TilesError::Broken { file: file.to_owned(), place: place.to_owned(), problem: problem.into() }
}

/// A number at a byte; `None` past the end.
pub(crate) fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    let part = bytes.get(at..at.checked_add(4)?)?;
    Some(u32::from_le_bytes([part[0], part[1], part[2], part[3]]))
}

/// The tile without what lies after its stated length.
fn whole<'a>(bytes: &'a [u8], file: &str, header: usize) -> Result<&'a [u8], TilesError> {
    let version = u32_at(bytes, 4).ok_or_else(|| broken(file, "the header", "it is cut"))?;
    if version != 1 {
        let what = format!("version {version} of its format");
        let remedy = "Convert it to 3D Tiles 1.0 or 1.1";
        return Err(TilesError::Unsupported { file: file.to_owned(), what, remedy });
    }
    let length = u32_at(bytes, 8).unwrap_or_default() as usize;
    if length < header || length > bytes.len() {
        let problem =
            format!("the tile says that it has {length} bytes; {} are there, {header} needed", bytes.len());
        return Err(broken(file, "the header", problem));
    }
    Ok(&bytes[..length])
}

impl<'a> B3dm<'a> {
    pub(crate) fn read(bytes: &'a [u8], file: &str) -> Result<Self, TilesError> {
        let bytes = whole(bytes, file, B3DM_HEADER)?;
        let mut rest = &bytes[B3DM_HEADER..];
        let mut cut = |at: usize, what: &'static str| {
            let length = u32_at(bytes, at).unwrap_or_default() as usize;
            let (part, after) = rest.split_at_checked(length).ok_or_else(|| {
                let problem = format!("it says {length} bytes, {} are left", rest.len());
                broken(file, what, problem)
            })?;
            rest = after;
            Ok::<_, TilesError>(part)
        };
        let feature_text = cut(12, "the feature table")?;
        let feature_bytes = cut(16, "the feature table's binary body")?;
        let batch_text = cut(20, "the batch table")?;
        let batch_bytes = cut(24, "the batch table's binary body")?;
        let features = table(feature_text, file, "its feature table")?.unwrap_or_default();
        let batch_json = table(batch_text, file, "its batch table")?;
        let batch_length = features.get("BATCH_LENGTH").and_then(Value::as_u64).unwrap_or_default();
        let rtc_center = match features.get("RTC_CENTER") {
            None | Some(Value::Null) => None,
            Some(value) => Some(center(value, feature_bytes).ok_or_else(|| {
                broken(file, "the feature table", "RTC_CENTER is not three finite numbers")
            })?),
        };
        let batch_length = usize::try_from(batch_length).unwrap_or(usize::MAX);
        Ok(Self { rtc_center, batch_length, batch_json, batch_bytes, glb: rest })
    }
}

type Table = serde_json::Map<String, Value>;

/// A table's JSON; none when it is empty.
fn table(text: &[u8], file: &str, place: &'static str) -> Result<Option<Table>, TilesError> {
    if text.iter().all(|byte| byte.is_ascii_whitespace() || *byte == 0) {
        return Ok(None);
    }
    // Some writers pad with zeros instead of spaces.
    let end = text.iter().rposition(|byte| *byte != 0).map_or(0, |last| last + 1);
    serde_json::from_slice(&text[..end]).map(Some).map_err(|error| TilesError::NotJson {
        file: file.to_owned(),
        place,
        problem: error.to_string(),
    })
}

/// Three numbers as they stand, or three f32 in the binary body.
fn center(value: &Value, bytes: &[u8]) -> Option<[f64; 3]> {
    let numbers: Vec<f64> = match value {
        Value::Array(numbers) => numbers.iter().map(Value::as_f64).collect::<Option<_>>()?,
        _ => {
            let start = usize::try_from(value.get("byteOffset")?.as_u64()?).ok()?;
            let part = bytes.get(start..start.checked_add(12)?)?;
            part.chunks_exact(4).map(|b| f64::from(f32::from_le_bytes([b[0], b[1], b[2], b[3]]))).collect()
        }
    };
    let center: [f64; 3] = numbers.try_into().ok()?;
    center.iter().all(|number| number.is_finite()).then_some(center)
}

/// The tiles in a cmpt, as far as they are whole; then what is wrong with the rest.
pub(crate) fn composite<'a>(bytes: &'a [u8], file: &str) -> Result<Vec<&'a [u8]>, TilesError> {
    let bytes = whole(bytes, file, CMPT_HEADER)?;
    let count = u32_at(bytes, 12).unwrap_or_default() as usize;
    let mut rest = &bytes[CMPT_HEADER..];
    let mut tiles = Vec::new();
    for index in 0..count {
        let length = u32_at(rest, 8).unwrap_or_default() as usize;
        let split = rest.split_at_checked(length).filter(|_| length >= 12);
        let (tile, after) = split.ok_or_else(|| {
            let problem = format!("tile {index} of {count} says {length} bytes, {} are left", rest.len());
            broken(file, "the composite tile", problem)
        })?;
        tiles.push(tile);
        rest = after;
    }
    Ok(tiles)
}
