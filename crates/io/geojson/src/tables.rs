//! CSV lists: shelters, wide-area evacuation sites, landmarks.

use futago_field::Report;
use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::collection::within;
use crate::{GeoJsonError, MAX_FILE_BYTES};
use futago_raw::{Raw, RawLandmark, RawShelter};

/// A row of `shelters_ksj_p20_2012.csv`. Numbers stay text: many are empty, some are words.
#[derive(Deserialize)]
struct ShelterRow {
    name: String,
    facility_type: String,
    #[serde(default)]
    capacity: String,
    #[serde(default)]
    area_m2: String,
    lat: f64,
    lon: f64,
}

/// A row of `wide_area_sites.csv`.
#[derive(Deserialize)]
struct SiteRow {
    name: String,
    kind: String,
    lat: f64,
    lon: f64,
    #[serde(default)]
    effective_area_m2: String,
    #[serde(default)]
    capacity_persons: String,
}

/// A row of `landmarks.csv`.
#[derive(Deserialize)]
struct LandmarkRow {
    bldg_id: String,
    name_ja: String,
    name_en: String,
    #[serde(default)]
    lod2_main_roof_m: String,
}

/// Reads shelters (National Land Numerical Information P20 as CSV).
///
/// # Errors
/// When the bytes are not CSV or a needed column is missing.
pub fn read_shelters(bytes: &[u8], file: &str) -> Result<Raw<RawShelter>, GeoJsonError> {
    let columns = ["name", "facility_type", "lat", "lon"];
    rows(bytes, file, &columns, |index, row: ShelterRow, place, report| {
        let at = place_of(row.lon, row.lat, &row.name, place, report)?;
        let capacity_persons = number(&row.capacity, &row.name, place, report).map(|n| n.round() as u32);
        let area_m2 = number(&row.area_m2, &row.name, place, report);
        let (name, kind) = (row.name, row.facility_type);
        Some(RawShelter { index, name, kind, at, capacity_persons, area_m2, wide_area: false })
    })
}

/// Reads wide-area evacuation sites (広域避難場所).
///
/// # Errors
/// When the bytes are not CSV or a needed column is missing.
pub fn read_wide_area_sites(bytes: &[u8], file: &str) -> Result<Raw<RawShelter>, GeoJsonError> {
    let columns = ["name", "kind", "lat", "lon"];
    rows(bytes, file, &columns, |index, row: SiteRow, place, report| {
        let at = place_of(row.lon, row.lat, &row.name, place, report)?;
        let persons = number(&row.capacity_persons, &row.name, place, report);
        let capacity_persons = persons.map(|n| n.round() as u32);
        let area_m2 = number(&row.effective_area_m2, &row.name, place, report);
        let (name, kind) = (row.name, row.kind);
        Some(RawShelter { index, name, kind, at, capacity_persons, area_m2, wide_area: true })
    })
}

/// Reads the names of well-known buildings.
///
/// # Errors
/// When the bytes are not CSV or a needed column is missing.
pub fn read_landmarks(bytes: &[u8], file: &str) -> Result<Raw<RawLandmark>, GeoJsonError> {
    let columns = ["bldg_id", "name_ja", "name_en"];
    rows(bytes, file, &columns, |index, row: LandmarkRow, place, report| {
        let main_roof_m = number(&row.lod2_main_roof_m, &row.bldg_id, place, report);
        let LandmarkRow { bldg_id: building_id, name_ja, name_en, .. } = row;
        Some(RawLandmark { index, building_id, name_ja, name_en, main_roof_m })
    })
}

fn rows<R: DeserializeOwned, T>(
    bytes: &[u8],
    file: &str,
    columns: &[&'static str],
    finish: impl Fn(u32, R, &str, &mut Report) -> Option<T>,
) -> Result<Raw<T>, GeoJsonError> {
    within(file, "the file size in bytes", bytes.len(), MAX_FILE_BYTES)?;
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let mut reader = csv::ReaderBuilder::new().flexible(true).trim(csv::Trim::All).from_reader(bytes);
    let not_csv = |e: csv::Error| GeoJsonError::NotCsv { file: file.to_owned(), problem: e.to_string() };
    let headers = reader.headers().map_err(not_csv)?.clone();
    for column in columns {
        if !headers.iter().any(|found| found == *column) {
            let found = headers.iter().collect::<Vec<_>>().join(", ");
            return Err(GeoJsonError::NoColumn { file: file.to_owned(), column, found });
        }
    }
    let mut raw = Raw::empty(file);
    for (index, row) in reader.deserialize::<R>().enumerate() {
        let place = format!("{file}, row {}", index + 1);
        match row {
            Ok(row) => {
                let finished = finish(index as u32, row, &place, &mut raw.report);
                raw.features.extend(finished);
            }
            Err(error) => {
                raw.report.add("bad-row", "", place, format!("it cannot be read ({error}); left out"));
            }
        }
    }
    Ok(raw)
}

/// A number that may be absent. Texts that are no number, and negative ones, are reported.
fn number(text: &str, feature: &str, place: &str, report: &mut Report) -> Option<f64> {
    if text.is_empty() {
        return None;
    }
    let number = text.parse::<f64>().ok().filter(|n| n.is_finite() && *n >= 0.0);
    if number.is_none() {
        let action = format!("`{text}` is not a number of persons, metres or square metres; not known");
        report.add("bad-property", feature, place, action);
    }
    number
}

fn place_of(lon: f64, lat: f64, feature: &str, place: &str, report: &mut Report) -> Option<[f64; 2]> {
    if lon.abs() <= 180.0 && lat.abs() <= 90.0 {
        return Some([lon, lat]);
    }
    if lon.abs() <= 90.0 && lat.abs() <= 180.0 {
        report.add("swapped-coordinates", feature, place, "latitude and longitude were swapped back");
        return Some([lat, lon]);
    }
    let action = format!("longitude {lon}, latitude {lat} is not a place on Earth; left out");
    report.add("bad-coordinates", feature, place, action);
    None
}
