//! A FeatureCollection, split into features that are read one by one.

use geojson::Feature;
use rayon::prelude::*;
use serde::Deserialize;
use serde_json::value::RawValue;

use crate::{GeoJsonError, MAX_FEATURES, MAX_FILE_BYTES, scrub};

/// The members of a FeatureCollection that matter. Features are kept as text.
#[derive(Deserialize)]
struct Collection<'a> {
    #[serde(rename = "type")]
    kind: Option<String>,
    #[serde(borrow)]
    features: Option<Vec<&'a RawValue>>,
    crs: Option<serde_json::Value>,
}

/// What the coordinates of a file are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum System {
    /// Longitude and latitude.
    Degrees,
    /// Metres east and north in the plane system of this EPSG code.
    Plane(u32),
}

/// Reads every feature and hands it to `take` with its index, in parallel; results keep the file's order.
/// A feature that is not one arrives as the text of its error.
pub(crate) fn read_features<T: Send>(
    bytes: &[u8],
    file: &str,
    system: System,
    take: impl Fn(u32, Result<Feature, String>) -> T + Sync,
) -> Result<Vec<T>, GeoJsonError> {
    within(file, "the file size in bytes", bytes.len(), MAX_FILE_BYTES)?;
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let bytes = scrub::without_bare_nan(bytes);
    let collection = split(&bytes, file)?;
    check_system(&collection, file, system)?;
    let features = match (collection.kind.as_deref(), collection.features) {
        (Some("FeatureCollection"), Some(features)) => features,
        (kind, features) => return Err(not_a_collection(file, kind, features.is_some())),
    };
    within(file, "the number of features", features.len(), MAX_FEATURES)?;
    let read = |(index, text): (usize, &&RawValue)| {
        let feature = serde_json::from_str::<Feature>(text.get()).map_err(|error| error.to_string());
        take(index as u32, feature)
    };
    Ok(features.par_iter().enumerate().map(read).collect())
}

fn split<'a>(bytes: &'a [u8], file: &str) -> Result<Collection<'a>, GeoJsonError> {
    serde_json::from_slice(bytes).map_err(|error| of_json(file, &error))
}

/// What is wrong with a file that serde_json refuses.
pub(crate) fn of_json(file: &str, error: &serde_json::Error) -> GeoJsonError {
    match error.classify() {
        serde_json::error::Category::Data => {
            GeoJsonError::NotACollection { file: file.to_owned(), found: format!("something else ({error})") }
        }
        _ => GeoJsonError::NotJson {
            file: file.to_owned(),
            line: error.line(),
            column: error.column(),
            problem: if error.is_eof() { "the file ends too early".to_owned() } else { error.to_string() },
        },
    }
}

/// The `crs` member left the standard in 2016 but is still written.
fn check_system(collection: &Collection<'_>, file: &str, system: System) -> Result<(), GeoJsonError> {
    let Some(crs) = &collection.crs else { return Ok(()) };
    let name = crs.pointer("/properties/name").and_then(|name| name.as_str());
    let Some(name) = name else { return Ok(()) };
    if let System::Plane(epsg) = system {
        let known = name.rsplit(':').next() == Some(epsg.to_string().as_str());
        let error = || GeoJsonError::OtherPlane { file: file.to_owned(), crs: name.to_owned(), epsg };
        return if known { Ok(()) } else { Err(error()) };
    }
    let geographic = ["CRS84", "4326", "6668", "6697", "4612"];
    if geographic.iter().any(|known| name.ends_with(known)) {
        return Ok(());
    }
    Err(GeoJsonError::OtherSystem { file: file.to_owned(), crs: name.to_owned() })
}

fn not_a_collection(file: &str, kind: Option<&str>, has_features: bool) -> GeoJsonError {
    let found = match kind {
        Some("FeatureCollection") if !has_features => "a FeatureCollection without `features`".to_owned(),
        Some(kind) => format!("of type `{kind}`"),
        None => "an object without `type`".to_owned(),
    };
    GeoJsonError::NotACollection { file: file.to_owned(), found }
}

pub(crate) fn within(file: &str, what: &'static str, found: usize, limit: usize) -> Result<(), GeoJsonError> {
    if found <= limit {
        return Ok(());
    }
    Err(GeoJsonError::TooLarge { file: file.to_owned(), what, found, limit })
}
