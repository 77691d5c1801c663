//! All buildings of a city as one file: footprints in longitude and latitude for a map program (GeoJSON,
//! GeoParquet), or a table for a spreadsheet (CSV).

use futago_field::{Column, ColumnData, Table};
use futago_model::{Building, BuildingFlags, CityModel, StringId};
use geo::{Coord, LineString, Polygon};
use serde_json::Value;

use crate::ExportError;
use crate::attribution::Attribution;
use crate::lines;
use crate::parquet_file::{self, GeometryColumn};
use crate::place::Place;
use crate::table;

/// The buildings as GeoJSON.
pub(crate) fn geojson(city: &CityModel) -> Result<Vec<u8>, ExportError> {
    let place = Place::new(&city.about.frame)?;
    let columns = columns(city);
    let mut features = Vec::with_capacity(city.buildings.records.len());
    for (row, building) in city.buildings.records.iter().enumerate() {
        let rings: Vec<_> = city.buildings.polygons.get(building.footprint).rings_m().collect();
        let geometry = lines::polygon(rings.iter().map(Vec::as_slice), &place)?;
        let properties = columns.iter().map(|c| (c.key.clone(), json_cell(&c.data, row))).collect();
        features.push(lines::feature_of(geometry, properties));
    }
    lines::collection_bytes("buildings", features, &Attribution::of(city))
}

/// The buildings as GeoParquet 1.1.
pub(crate) fn parquet(city: &CityModel) -> Result<Vec<u8>, ExportError> {
    let place = Place::new(&city.about.frame)?;
    let mut polygons = Vec::with_capacity(city.buildings.records.len());
    for building in &city.buildings.records {
        let mut rings = Vec::new();
        for ring in city.buildings.polygons.get(building.footprint).rings_m() {
            let ring = place.closed_ring(&ring)?;
            rings.push(LineString::new(ring.into_iter().map(|[x, y]| Coord { x, y }).collect()));
        }
        let holes = if rings.is_empty() { Vec::new() } else { rings.split_off(1) };
        let outside = rings.pop().unwrap_or_else(|| LineString::new(Vec::new()));
        polygons.push(Polygon::new(outside, holes));
    }
    let geometry = GeometryColumn::polygons(polygons.iter())?;
    parquet_file::encode("buildings", &columns(city), Some(geometry), &Attribution::of(city))
}

/// The buildings as CSV with their area and the middle of their footprint. Lines that begin with `#` are credits.
pub(crate) fn csv(city: &CityModel) -> Result<Vec<u8>, ExportError> {
    let place = Place::new(&city.about.frame)?;
    let footprints = || city.buildings.records.iter().map(|b| city.buildings.polygons.get(b.footprint));
    let middles = footprints().map(|f| place.lonlat(f.middle_m())).collect::<Result<Vec<_>, _>>()?;
    let number = |key: &str, unit: &str, values: Vec<f64>| Column {
        key: key.to_owned(),
        unit: unit.to_owned(),
        data: ColumnData::Number(values),
    };
    let mut columns = columns(city);
    columns.push(number(
        "footprint_m2",
        "m2",
        footprints().map(|f| (f.area_m2() * 10.0).round() / 10.0).collect(),
    ));
    columns.push(number("lon_deg", "°", middles.iter().map(|m| m[0]).collect()));
    columns.push(number("lat_deg", "°", middles.iter().map(|m| m[1]).collect()));
    let body = table::csv(&Table { key: "buildings".to_owned(), columns, rows_in_report: 0 })?;
    let attribution = Attribution::of(city);
    let notes = attribution.credits.iter().map(String::as_str).chain(attribution.synthetic_label());
    let notes: String = notes.map(|note| format!("# {note}\n")).collect();
    // The byte order mark stays in front of everything.
    let (mark, rows) = body.split_at(table::MARK.len());
    Ok([mark, notes.as_bytes(), rows].concat())
}

fn columns(city: &CityModel) -> Vec<Column> {
    let b = &city.buildings;
    let text = |of: fn(&Building) -> StringId| {
        let texts = b.records.iter().map(|r| b.strings.get(of(r)).unwrap_or_default().to_owned());
        ColumnData::Text(texts.collect())
    };
    let number = |of: &dyn Fn(&Building) -> f32| {
        // Heights and depths are published to the decimetre or less; f32 has more digits than that.
        let millimetres = |v: f32| (f64::from(v) * 1000.0).round() / 1000.0;
        ColumnData::Number(b.records.iter().map(|r| millimetres(of(r))).collect())
    };
    let flag = |flag: BuildingFlags| ColumnData::Flag(b.records.iter().map(|r| r.flags.has(flag)).collect());
    let column = |key: &str, unit: &str, data| Column { key: key.to_owned(), unit: unit.to_owned(), data };
    vec![
        column("id", "", text(|r| r.id)),
        column("name_ja", "", text(|r| r.name_ja)),
        column("name_en", "", text(|r| r.name_en)),
        column("height_m", "m", number(&|r| r.height_m)),
        // Known for no building: no open source publishes it. Here so that files keep their shape when one does.
        column("storeys", "", number(&|_| f32::NAN)),
        column("town_code", "", text(|r| r.town_code)),
        column("flood_depth_m", "m", number(&|r| r.flood_depth_m)),
        column("main_roof_m", "m", number(&|r| b.main_roof_of(r).unwrap_or(f32::NAN))),
        column("top_m", "m", number(&|r| b.top_of(r))),
        column("lod2", "", flag(BuildingFlags::LOD2)),
        column("height_assumed", "", flag(BuildingFlags::HEIGHT_ASSUMED)),
        column("id_assumed", "", flag(BuildingFlags::ID_ASSUMED)),
        column("clipped", "", flag(BuildingFlags::CLIPPED)),
        column("repaired", "", flag(BuildingFlags::REPAIRED)),
    ]
}

/// A value of a table for JSON; nothing for an empty text and for no number.
pub(crate) fn json_cell(data: &ColumnData, row: usize) -> Value {
    match data {
        ColumnData::Text(values) if values[row].is_empty() => Value::Null,
        ColumnData::Text(values) => Value::from(values[row].as_str()),
        // JSON has no NaN: it becomes null.
        ColumnData::Number(values) => Value::from(values[row]),
        ColumnData::Integer(values) => Value::from(values[row]),
        ColumnData::Flag(values) => Value::from(values[row]),
    }
}

#[cfg(test)]
mod tests {
    use parquet::file::reader::{FileReader, SerializedFileReader};
    use parquet::record::RowAccessor;

    use super::*;
    use crate::fixtures;

    #[test]
    fn geojson_has_every_building_with_its_holes() {
        let city = fixtures::city();
        let json: Value = serde_json::from_slice(&geojson(&city).unwrap()).unwrap();
        let features = json["features"].as_array().unwrap();
        assert_eq!(features.len(), city.buildings.records.len());
        assert_eq!(features[0]["properties"]["name_ja"], "東塔");
        assert_eq!(features[0]["properties"]["lod2"], true);
        assert_eq!(features[0]["properties"]["storeys"], Value::Null);
        assert_eq!(features[2]["geometry"]["coordinates"].as_array().unwrap().len(), 2);
    }

    #[test]
    fn csv_is_a_table_with_credits_over_it() {
        let city = fixtures::city();
        let bytes = super::csv(&city).unwrap();
        let text = std::str::from_utf8(&bytes).unwrap().strip_prefix('\u{feff}').unwrap();
        let credit = city.credits()[0];
        assert!(text.starts_with(&format!("# {credit}\n")), "{text}");
        let mut reader = ::csv::ReaderBuilder::new().comment(Some(b'#')).from_reader(text.as_bytes());
        let area = reader.headers().unwrap().iter().position(|h| h == "footprint_m2").unwrap();
        let rows: Vec<::csv::StringRecord> = reader.records().map(Result::unwrap).collect();
        assert_eq!(rows.len(), city.buildings.records.len());
        assert_eq!(&rows[0][1], "東塔");
        assert!(rows[0][area].parse::<f64>().unwrap() > 0.0);
    }

    #[test]
    fn geoparquet_says_what_it_is() {
        let city = fixtures::city();
        let bytes = super::parquet(&city).unwrap();
        let reader = SerializedFileReader::new(fixtures::as_file(&bytes)).unwrap();
        let file = reader.metadata().file_metadata();
        assert_eq!(file.num_rows(), 5);
        let notes = file.key_value_metadata().unwrap();
        let geo = notes.iter().find(|n| n.key == "geo").unwrap().value.clone().unwrap();
        let geo: Value = serde_json::from_str(&geo).unwrap();
        assert_eq!(geo["version"], "1.1.0");
        assert_eq!(geo["columns"]["geometry"]["geometry_types"][0], "Polygon");
        let row = reader.get_row_iter(None).unwrap().next().unwrap().unwrap();
        assert_eq!(row.get_string(0).unwrap(), "b-0");
    }
}
