//! Underground ways (`tunnels.json`): OpenStreetMap ways as pairs of metres in a tangent plane.
//!
//! The file is an object with `ways`, each a flat list `p` of east and north and a rough height `e`. Its areas
//! and labels are for drawing and are not read.

use futago_field::Report;
use serde::Deserialize;
use serde_json::value::RawValue;

use crate::collection::{of_json, within};
use crate::{GeoJsonError, MAX_FEATURES, MAX_FILE_BYTES, scrub};
use futago_raw::place_in as place;
use futago_raw::{Raw, RawUndergroundWay};

/// Farthest a way may be from the origin of its tangent plane, metres: beyond it the plane is no map.
const MAX_TANGENT_M: f64 = 50_000.0;

#[derive(Deserialize)]
struct File<'a> {
    #[serde(borrow)]
    ways: Option<Vec<&'a RawValue>>,
}

#[derive(Deserialize)]
struct Way {
    p: Vec<f64>,
    e: Option<f64>,
}

/// Reads underground ways.
///
/// # Errors
/// When the bytes are not JSON with a list `ways`.
pub fn read_underground_ways(bytes: &[u8], file: &str) -> Result<Raw<RawUndergroundWay>, GeoJsonError> {
    within(file, "the file size in bytes", bytes.len(), MAX_FILE_BYTES)?;
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let bytes = scrub::without_bare_nan(bytes);
    let other = |found: String| GeoJsonError::NotUnderground { file: file.to_owned(), found };
    let parsed: File<'_> = serde_json::from_slice(&bytes).map_err(|error| match error.is_data() {
        true => other(format!("something else ({error})")),
        false => of_json(file, &error),
    })?;
    let ways = parsed.ways.ok_or_else(|| other("an object without it".to_owned()))?;
    within(file, "the number of features", ways.len(), MAX_FEATURES)?;
    let mut raw = Raw::empty(file);
    for (index, text) in ways.iter().enumerate() {
        let way = way_of(index as u32, text.get(), file, &mut raw.report);
        raw.features.extend(way);
    }
    Ok(raw)
}

fn way_of(index: u32, text: &str, file: &str, report: &mut Report) -> Option<RawUndergroundWay> {
    let mut refuse = |code: &str, problem: String| {
        report.add(code, "", place(file, index), format!("{problem}; left out"));
        None
    };
    let way = match serde_json::from_str::<Way>(text) {
        Ok(way) => way,
        Err(error) => return refuse("bad-feature", format!("it cannot be read ({error})")),
    };
    if !way.p.len().is_multiple_of(2) {
        return refuse("bad-coordinates", format!("{} numbers are no pairs", way.p.len()));
    }
    if let Some(far) = way.p.iter().find(|m| m.abs() > MAX_TANGENT_M) {
        return refuse("bad-coordinates", format!("{far} m is too far from the origin of the file"));
    }
    let line = way.p.chunks_exact(2).map(|pair| [pair[0], pair[1]]).collect();
    Some(RawUndergroundWay { index, line, height_m: way.e })
}
