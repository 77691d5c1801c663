//! One reader a kind of file. The names of the properties stand next to the fields they fill.

use futago_field::Report;
use geojson::feature::Id;

use crate::GeoJsonError;
use crate::collection::{System, read_features};
use crate::properties::Properties;
use crate::shape::{Shape, shape_of};
use futago_raw::place_in as place;
use futago_raw::{Raw, RawArea, RawBuilding, RawLine, RawRoofPiece};

/// Reads building footprints (`buildings_lod0.geojson`).
///
/// # Errors
/// When the bytes are not a FeatureCollection in longitude and latitude.
pub fn read_buildings(bytes: &[u8], file: &str) -> Result<Raw<RawBuilding>, GeoJsonError> {
    read(bytes, file, "Polygon", |index, feature_id, properties, shape, report| {
        let Shape::Polygons(parts) = shape else { return None };
        Some(RawBuilding {
            index,
            feature_id,
            id: properties.text("id", report),
            height_m: properties.number("h", report),
            town_code: properties.text("town_code", report),
            flood_depth_m: properties.number("flood_depth", report),
            clipped: properties.flag("clipped", report),
            parts,
        })
    })
}

/// Reads roof faces (`roof_pieces_lod2_core.geojson`).
///
/// # Errors
/// When the bytes are not a FeatureCollection in longitude and latitude.
pub fn read_roof_pieces(bytes: &[u8], file: &str) -> Result<Raw<RawRoofPiece>, GeoJsonError> {
    read(bytes, file, "Polygon", |index, feature_id, properties, shape, report| {
        let Shape::Polygons(parts) = shape else { return None };
        Some(RawRoofPiece {
            index,
            feature_id,
            building_id: properties.text("bldg_id", report),
            top_m: properties.number("z", report),
            parts,
        })
    })
}

/// Reads lines of an OpenMapTiles layer (`transportation.geojson`, `waterway.geojson`).
///
/// # Errors
/// When the bytes are not a FeatureCollection in longitude and latitude.
pub fn read_lines(bytes: &[u8], file: &str) -> Result<Raw<RawLine>, GeoJsonError> {
    read(bytes, file, "LineString", |index, _, properties, shape, report| {
        let Shape::Lines(lines) = shape else { return None };
        Some(RawLine {
            index,
            class: properties.text("class", report).unwrap_or_default(),
            subclass: properties.text("subclass", report),
            brunnel: properties.text("brunnel", report),
            name: properties.text("name", report).or_else(|| properties.text("name:latin", report)),
            lines,
        })
    })
}

/// Reads areas of an OpenMapTiles layer (`landuse.geojson`, `landcover.geojson`, `water.geojson`).
///
/// # Errors
/// When the bytes are not a FeatureCollection in longitude and latitude.
pub fn read_areas(bytes: &[u8], file: &str) -> Result<Raw<RawArea>, GeoJsonError> {
    read(bytes, file, "Polygon", |index, _, properties, shape, report| {
        let Shape::Polygons(parts) = shape else { return None };
        Some(RawArea {
            index,
            class: properties.text("class", report).unwrap_or_default(),
            subclass: properties.text("subclass", report),
            parts,
        })
    })
}

pub(crate) type FeatureId = Option<String>;

/// Reads a collection in degrees.
fn read<T: Send>(
    bytes: &[u8],
    file: &str,
    wanted: &'static str,
    finish: impl Fn(u32, FeatureId, &Properties<'_>, Shape, &mut Report) -> Option<T> + Sync,
) -> Result<Raw<T>, GeoJsonError> {
    read_in(System::Degrees, bytes, file, wanted, finish)
}

/// Reads a collection; `finish` fills the raw type and may refuse a shape of another kind than `wanted`.
pub(crate) fn read_in<T: Send>(
    system: System,
    bytes: &[u8],
    file: &str,
    wanted: &'static str,
    finish: impl Fn(u32, FeatureId, &Properties<'_>, Shape, &mut Report) -> Option<T> + Sync,
) -> Result<Raw<T>, GeoJsonError> {
    let found = read_features(bytes, file, system, |index, feature| {
        let mut report = Report::default();
        let place = place(file, index);
        let feature = match feature {
            Ok(feature) => feature,
            Err(problem) => {
                let action = format!("it cannot be read ({problem}); left out");
                report.add("bad-feature", "", place, action);
                return (None, report);
            }
        };
        let feature_id = feature.id.as_ref().map(id_text);
        let name = name_of(&feature, feature_id.as_deref());
        let shape = match shape_of(&feature, system) {
            Ok((shape, swapped)) => {
                if swapped {
                    let action = "latitude stands before longitude; both were swapped back";
                    report.add("swapped-coordinates", name.as_str(), place.as_str(), action);
                }
                shape
            }
            Err((code, problem)) => {
                report.add(code, name, place, format!("{problem}; left out"));
                return (None, report);
            }
        };
        let kind = shape.name();
        let object = feature.properties.unwrap_or_default();
        let properties = Properties { object, feature: &name, place: &place };
        let raw = finish(index, feature_id, &properties, shape, &mut report);
        if raw.is_none() {
            let action = format!("it is a {kind} where a {wanted} is needed; left out");
            report.add("unusable-geometry", name, place, action);
        }
        (raw, report)
    })?;
    let mut raw = Raw::empty(file);
    for (feature, report) in found {
        raw.features.extend(feature);
        raw.report.extend(report);
    }
    Ok(raw)
}

fn id_text(id: &Id) -> String {
    match id {
        Id::String(text) => text.clone(),
        Id::Number(number) => number.to_string(),
    }
}

/// How the Report calls a feature: by its published id, else by the id of the GeoJSON feature.
fn name_of(feature: &geojson::Feature, feature_id: Option<&str>) -> String {
    let published = ["id", "bldg_id", "name", "node_id", "link_id"]
        .iter()
        .find_map(|key| feature.property(*key)?.as_str());
    published.or(feature_id).unwrap_or_default().to_owned()
}
