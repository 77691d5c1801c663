//! GeoParquet 1.0 and 1.1: the key `geo`, and points in WKB.

use geo_traits::{CoordTrait, GeometryTrait, GeometryType, PointTrait};
use parquet::file::metadata::KeyValue;
use serde_json::Value;

use crate::TracksError;

/// Which column has the places.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Geo {
    /// A column of WKB.
    Wkb(String),
    /// A column with the parts `x` and `y`.
    Point(String),
}

/// Codes of systems that are longitude and latitude: WGS 84, JGD2011, JGD2000, also with heights.
const DEGREES: [&str; 7] = ["4326", "CRS84", "CRS84h", "4979", "6668", "6697", "4612"];

impl Geo {
    /// None where the file is plain Parquet.
    pub fn of(pairs: Option<&Vec<KeyValue>>, file: &str) -> Result<Option<Self>, TracksError> {
        let pair = pairs.into_iter().flatten().find(|pair| pair.key == "geo");
        let Some(text) = pair.and_then(|pair| pair.value.as_deref()) else { return Ok(None) };
        let broken = |problem: String| TracksError::broken(file, "the metadata `geo`", problem);
        let geo: Value = serde_json::from_str(text).map_err(|error| broken(error.to_string()))?;
        let primary = geo.get("primary_column").and_then(Value::as_str);
        let primary = primary.ok_or_else(|| broken("it names no `primary_column`".to_owned()))?;
        let column = geo.get("columns").and_then(|columns| columns.get(primary));
        let column = column.ok_or_else(|| broken(format!("it says nothing of `{primary}`")))?;
        check_system(column.get("crs"), file)?;
        let encoding = column.get("encoding").and_then(Value::as_str).unwrap_or("WKB");
        match encoding.to_ascii_lowercase().as_str() {
            "wkb" => Ok(Some(Self::Wkb(primary.to_owned()))),
            "point" => Ok(Some(Self::Point(primary.to_owned()))),
            _ => Err(TracksError::unsupported(
                file,
                format!("the encoding `{encoding}` of geometries"),
                "Write points, with the encoding WKB",
            )),
        }
    }
}

/// Without `crs` it is longitude and latitude; with `null` nobody knows, and degrees are taken.
fn check_system(crs: Option<&Value>, file: &str) -> Result<(), TracksError> {
    let Some(crs) = crs.filter(|crs| !crs.is_null()) else { return Ok(()) };
    let code = crs.pointer("/id/code").map(|code| match code {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    });
    match code {
        Some(code) if DEGREES.contains(&code.as_str()) => Ok(()),
        code => Err(TracksError::unsupported(
            file,
            format!("the coordinate system {}", code.as_deref().unwrap_or("without a code")),
            "Project the points to longitude and latitude (EPSG:4326 or 6668) first",
        )),
    }
}

/// Longitude and latitude of a point in WKB.
pub(super) fn point(bytes: &[u8]) -> Option<[f64; 2]> {
    let geometry = wkb::reader::read_wkb(bytes).ok()?;
    let GeometryType::Point(point) = geometry.as_type() else { return None };
    let coord = point.coord()?;
    Some([coord.x(), coord.y()])
}
