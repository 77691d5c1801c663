//! Line sets as GeoJSON (RFC 7946): longitude, latitude, WGS 84.
//!
//! Style and label travel with the properties, so that a map elsewhere can look the same. Credit, limits of
//! accuracy and the 'synthetic' label are foreign members of the collection.

use futago_field::{Geometry, LineSet};
use geojson::{Feature, FeatureCollection, GeometryValue, JsonObject, Position};
use serde_json::{Value, json};

use crate::ExportError;
use crate::attribution::Attribution;
use crate::place::Place;

/// The file of one line set.
pub(crate) fn encode(
    set: &LineSet,
    place: &Place,
    attribution: &Attribution,
) -> Result<Vec<u8>, ExportError> {
    let features = set.features.iter().map(|feature| {
        let mut properties = feature.properties.clone();
        properties.insert("style".to_owned(), Value::from(feature.style.as_str()));
        if !feature.label.is_empty() {
            properties.insert("label".to_owned(), Value::from(feature.label.as_str()));
        }
        Ok(feature_of(geometry(&feature.geometry, place)?, properties))
    });
    let features = features.collect::<Result<Vec<_>, ExportError>>()?;
    collection_bytes(&set.key, features, attribution)
}

/// A feature without id.
pub(crate) fn feature_of(geometry: GeometryValue, properties: JsonObject) -> Feature {
    Feature {
        geometry: Some(geojson::Geometry::new(geometry)),
        properties: Some(properties),
        ..Feature::default()
    }
}

/// A collection with its credit.
pub(crate) fn collection_bytes(
    name: &str,
    features: Vec<Feature>,
    attribution: &Attribution,
) -> Result<Vec<u8>, ExportError> {
    let mut foreign = JsonObject::new();
    foreign.insert("name".to_owned(), json!(name));
    foreign.insert("credits".to_owned(), json!(attribution.credits));
    if let Some(label) = attribution.synthetic_label() {
        foreign.insert("synthetic".to_owned(), json!(label));
    }
    let collection = FeatureCollection { bbox: None, features, foreign_members: Some(foreign) };
    serde_json::to_vec(&collection).map_err(|e| ExportError::encode(name, e))
}

fn geometry(shape: &Geometry, place: &Place) -> Result<GeometryValue, ExportError> {
    Ok(match shape {
        Geometry::Point(at) => GeometryValue::Point { coordinates: position(place.lonlat(*at)?) },
        Geometry::Line(line) => {
            let coordinates = line.iter().map(|v| Ok(position(place.lonlat(*v)?)));
            GeometryValue::LineString { coordinates: coordinates.collect::<Result<_, ExportError>>()? }
        }
        Geometry::Polygon(rings) => polygon(rings.iter().map(Vec::as_slice), place)?,
    })
}

/// A polygon in degrees, its outside counter-clockwise and its holes clockwise, as RFC 7946 wants.
pub(crate) fn polygon<'a>(
    rings_m: impl Iterator<Item = &'a [[f64; 2]]>,
    place: &Place,
) -> Result<GeometryValue, ExportError> {
    let mut coordinates = Vec::new();
    for (index, ring) in rings_m.enumerate() {
        let mut ring = place.closed_ring(ring)?;
        let counter_clockwise = twice_area(&ring) > 0.0;
        if counter_clockwise != (index == 0) {
            ring.reverse();
        }
        coordinates.push(ring.into_iter().map(position).collect());
    }
    Ok(GeometryValue::Polygon { coordinates })
}

fn twice_area(ring: &[[f64; 2]]) -> f64 {
    // Relative to the first corner: degrees are large against a building.
    let [x, y] = ring.first().copied().unwrap_or_default();
    ring.windows(2).map(|w| (w[0][0] - x) * (w[1][1] - y) - (w[1][0] - x) * (w[0][1] - y)).sum()
}

fn position(lonlat: [f64; 2]) -> Position {
    Position::from(lonlat)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixtures;

    #[test]
    fn rings_close_and_turn_the_right_way_and_the_credit_is_there() {
        let (results, city) = (fixtures::results(), fixtures::city());
        let place = Place::new(&results.frame).unwrap();
        let bytes = encode(&results.lines[0], &place, &Attribution::of(&city)).unwrap();
        let json: Value = serde_json::from_slice(&bytes).unwrap();
        assert_eq!(json["type"], "FeatureCollection");
        assert!(json["credits"][0].as_str().unwrap().contains("PLATEAU"));
        let polygon =
            json["features"].as_array().unwrap().iter().find(|f| f["geometry"]["type"] == "Polygon");
        let ring = polygon.unwrap()["geometry"]["coordinates"][0].as_array().unwrap();
        assert_eq!(ring.first(), ring.last());
        let ring: Vec<[f64; 2]> = serde_json::from_value(Value::from(ring.clone())).unwrap();
        assert!(twice_area(&ring) > 0.0);
        assert!((139.6..139.8).contains(&ring[0][0]) && (35.6..35.8).contains(&ring[0][1]), "{ring:?}");
    }
}
