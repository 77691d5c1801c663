//! Fields on streets, buildings and floors: one layer for each set of them, one row an element and time.
//!
//! CSV and GeoParquet 1.1 hold every time; rows without any value are left out. GeoJSON, where a map program reads it
//! at once, holds each element once, with the values that the maps of the report show. Names of columns carry the
//! unit: `crowd_counted_flow_per_h`.

use futago_field::{
    Column, ColumnData, Field, LEVEL_UNIT, LinkSet, ResultSet, Span, Support, Table, Variant,
};
use futago_model::CityModel;
use geo::{Coord, LineString, Polygon};
use geojson::GeometryValue;
use jiff::tz::{TimeZone, offset};
use serde_json::Value;

use crate::ExportError;
use crate::attribution::Attribution;
use crate::buildings::json_cell;
use crate::lines::{collection_bytes, feature_of, polygon};
use crate::parquet_file::{self, GeometryColumn};
use crate::place::Place;
use crate::points::shortest;

/// Fields on the same elements.
pub(crate) struct Layer<'r> {
    /// Fit for a file name: what the elements are.
    pub key: String,
    fields: Vec<&'r Field>,
}

/// The layers of results, in the order of the fields.
pub(crate) fn layers(results: &ResultSet) -> Vec<Layer<'_>> {
    let mut layers: Vec<Layer<'_>> = Vec::new();
    for field in &results.fields {
        let Some(name) = name(&field.support) else { continue };
        match layers.iter_mut().find(|layer| same(&layer.fields[0].support, &field.support)) {
            Some(layer) => layer.fields.push(field),
            None => {
                let taken = |key: &String| layers.iter().any(|layer| layer.key == *key);
                let numbered = (2..).map(|number| format!("{name}-{number}"));
                let key = std::iter::once(name.to_owned()).chain(numbered).find(|key| !taken(key));
                layers.push(Layer { key: key.unwrap_or_default(), fields: vec![field] });
            }
        }
    }
    layers
}

fn name(support: &Support) -> Option<&str> {
    match support {
        Support::Links(links) => Some(&links.kind),
        Support::Floors(_) => Some("floors"),
        Support::Buildings(_) => Some("buildings"),
        _ => None,
    }
}

/// Most supports are shared; comparing them whole is the last resort.
fn same(a: &Support, b: &Support) -> bool {
    use std::sync::Arc;
    match (a, b) {
        (Support::Links(a), Support::Links(b)) => Arc::ptr_eq(a, b) || a == b,
        (Support::Floors(a), Support::Floors(b)) => Arc::ptr_eq(a, b) || a == b,
        (Support::Buildings(a), Support::Buildings(b)) => Arc::ptr_eq(a, b) || a == b,
        _ => false,
    }
}

/// A time, and for each column of values the field that has them then.
struct Moment<'r> {
    time: Option<Span>,
    label: &'r str,
    fields: Vec<Option<&'r Field>>,
}

impl Layer<'_> {
    /// The table of all times, with the element of each row.
    pub(crate) fn table(&self) -> (Table, Vec<usize>) {
        let (names, moments) = self.moments();
        let mut rows = Vec::new();
        for (index, moment) in moments.iter().enumerate() {
            let known =
                |element: usize| moment.fields.iter().flatten().any(|field| !field.values[element].is_nan());
            rows.extend((0..self.fields[0].values.len()).filter(|e| known(*e)).map(|e| (index, e)));
        }
        let elements: Vec<usize> = rows.iter().map(|(_, element)| *element).collect();
        let mut columns = element_columns(&self.fields[0].support, &elements);
        let clock = |of: fn(&Span) -> jiff::Timestamp| {
            let said = |(moment, _): &(usize, usize)| match &moments[*moment].time {
                Some(span) => jst(of(span)),
                None => moments[*moment].label.to_owned(),
            };
            ColumnData::Text(rows.iter().map(said).collect())
        };
        columns.push(column("from_jst", "", clock(|span| span.from)));
        columns.push(column("until_jst", "", clock(|span| span.until)));
        for (index, (name, unit)) in names.iter().enumerate() {
            let value = |(moment, element): &(usize, usize)| {
                moments[*moment].fields[index].map_or(f64::NAN, |field| shortest(field.values[*element]))
            };
            columns.push(column(name, unit, ColumnData::Number(rows.iter().map(value).collect())));
        }
        (Table { key: self.key.clone(), columns, rows_in_report: 0 }, elements)
    }

    /// Columns of values, name and unit, and the times in their order.
    fn moments(&self) -> (Vec<(String, String)>, Vec<Moment<'_>>) {
        let mut names: Vec<(String, String)> = Vec::new();
        for field in &self.fields {
            let name = (column_name(field), field.quantity.unit.clone());
            if !names.contains(&name) {
                names.push(name);
            }
        }
        let mut moments: Vec<Moment<'_>> = Vec::new();
        for field in &self.fields {
            // Before and after have one clock, and each its own words.
            let is_now = |moment: &&mut Moment<'_>| match (moment.time, field.time) {
                (Some(a), Some(b)) => a == b,
                (None, None) => moment.label == field.time_label,
                _ => false,
            };
            let at = names.iter().position(|(name, _)| *name == column_name(field)).unwrap_or(0);
            match moments.iter_mut().find(is_now) {
                Some(moment) => moment.fields[at] = Some(field),
                None => {
                    let mut fields = vec![None; names.len()];
                    fields[at] = Some(*field);
                    moments.push(Moment { time: field.time, label: &field.time_label, fields });
                }
            }
        }
        (names, moments)
    }

    /// The GeoParquet file of a table of this layer.
    pub(crate) fn parquet(
        &self,
        (table, elements): &(Table, Vec<usize>),
        city: &CityModel,
        place: &Place,
        attribution: &Attribution,
    ) -> Result<Vec<u8>, ExportError> {
        let geometry = match &self.fields[0].support {
            Support::Links(links) => {
                let lines = (0..links.len()).map(|link| line(links, link, place));
                let lines = lines.collect::<Result<Vec<_>, _>>()?;
                GeometryColumn::lines(elements.iter().map(|element| &lines[*element]))?
            }
            support => {
                let outlines = (0..support.len()).map(|element| outline(support, element, city, place));
                let outlines = outlines.collect::<Result<Vec<_>, _>>()?;
                GeometryColumn::polygons(elements.iter().map(|element| &outlines[*element]))?
            }
        };
        parquet_file::encode(&self.key, &table.columns, Some(geometry), attribution)
    }

    /// The GeoJSON of streets and buildings with the values of these fields; nothing for floors, which would lie one on
    /// the other, and where no map shows anything of the layer.
    pub(crate) fn geojson(
        &self,
        shown: &[&str],
        city: &CityModel,
        place: &Place,
        attribution: &Attribution,
    ) -> Result<Option<Vec<u8>>, ExportError> {
        let support = &self.fields[0].support;
        let shown: Vec<&&Field> = self.fields.iter().filter(|f| shown.contains(&f.key.as_str())).collect();
        if shown.is_empty() || matches!(support, Support::Floors(_)) {
            return Ok(None);
        }
        let elements: Vec<usize> = (0..support.len()).collect();
        let facts = element_columns(support, &elements);
        let feature = |element: usize| {
            let shape = match support {
                Support::Links(links) => line(links, element, place).map(|line| GeometryValue::LineString {
                    coordinates: line.coords().map(|at| [at.x, at.y].into()).collect(),
                }),
                _ => footprint(support, element, city, place),
            };
            let mut properties: serde_json::Map<String, Value> =
                facts.iter().map(|fact| (fact.key.clone(), json_cell(&fact.data, element))).collect();
            for field in &shown {
                let name = format!("{}{}", field.key.replace('-', "_"), unit_name(&field.quantity.unit));
                properties.insert(name, Value::from(shortest(field.values[element])));
            }
            Ok(feature_of(shape?, properties))
        };
        let features = elements.into_iter().map(feature).collect::<Result<Vec<_>, ExportError>>()?;
        collection_bytes(&self.key, features, attribution).map(Some)
    }
}

fn column(key: &str, unit: &str, data: ColumnData) -> Column {
    Column { key: key.to_owned(), unit: unit.to_owned(), data }
}

/// What is known of each element whatever the time.
fn element_columns(support: &Support, elements: &[usize]) -> Vec<Column> {
    let text = |of: &dyn Fn(usize) -> String| ColumnData::Text(elements.iter().map(|e| of(*e)).collect());
    let number = |of: &dyn Fn(usize) -> f64| ColumnData::Number(elements.iter().map(|e| of(*e)).collect());
    match support {
        Support::Links(links) => vec![
            column("id", "", text(&|e| links.id[e].clone())),
            column("name", "", text(&|e| links.name[e].clone())),
            column("length_m", "m", number(&|e| length_m(links.line_m(e)))),
            column("width_m", "m", number(&|e| shortest(links.width_m[e]))),
        ],
        Support::Floors(floors) => vec![
            column("building_id", "", text(&|e| floors.id_of(e).to_owned())),
            column(
                "floor",
                "",
                ColumnData::Integer(elements.iter().map(|e| i64::from(floors.floor[*e])).collect()),
            ),
            column("bottom_m", "m", number(&|e| shortest(floors.bottom_m[e]))),
            column("top_m", "m", number(&|e| shortest(floors.top_m[e]))),
            column("area_m2", "m2", number(&|e| shortest(floors.area_m2[e]))),
        ],
        Support::Buildings(buildings) => vec![column("building_id", "", text(&|e| buildings.id[e].clone()))],
        _ => Vec::new(),
    }
}

/// Length of a line in space, to centimetres.
fn length_m(line: &[[f32; 3]]) -> f64 {
    let piece = |pair: &[[f32; 3]]| {
        (0..3).map(|axis| f64::from(pair[1][axis] - pair[0][axis]).powi(2)).sum::<f64>().sqrt()
    };
    (line.windows(2).map(piece).sum::<f64>() * 100.0).round() / 100.0
}

fn column_name(field: &Field) -> String {
    let key = field.quantity.key.replace('-', "_");
    let case = match field.variant {
        Variant::AsIs => "",
        Variant::WhatIf => "_what_if",
        // Some quantities say so themselves.
        Variant::Difference if key.ends_with("_change") => "",
        Variant::Difference => "_difference",
    };
    format!("{key}{case}{}", unit_name(&field.quantity.unit))
}

/// A unit as the end of a name; nothing for bare numbers.
fn unit_name(unit: &str) -> String {
    match unit {
        "" | "1" | LEVEL_UNIT => String::new(),
        _ => match unit.strip_prefix("1/") {
            Some(below) => format!("_per_{below}"),
            None => format!("_{}", unit.replace('/', "_per_").to_ascii_lowercase()),
        },
    }
}

fn jst(instant: jiff::Timestamp) -> String {
    instant.to_zoned(TimeZone::fixed(offset(9))).strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()
}

fn line(links: &LinkSet, link: usize, place: &Place) -> Result<LineString, ExportError> {
    let at = |v: &[f32; 3]| place.lonlat([f64::from(v[0]), f64::from(v[1])]);
    let line = links.line_m(link).iter().map(|v| at(v).map(|[x, y]| Coord { x, y }));
    Ok(LineString::new(line.collect::<Result<_, _>>()?))
}

/// The rings of the building that an element is, or is a floor of; none for one that the city has not.
fn rings(support: &Support, element: usize, city: &CityModel) -> Vec<Vec<[f64; 2]>> {
    let building = match support {
        Support::Buildings(buildings) => buildings.index.get(element),
        Support::Floors(floors) => {
            floors.building.get(element).and_then(|own| floors.buildings.index.get(*own as usize))
        }
        _ => None,
    };
    let record = building.and_then(|index| city.buildings.records.get(*index as usize));
    record.map_or_else(Vec::new, |record| {
        city.buildings.polygons.get(record.footprint).rings_m().map(|ring| ring.to_vec()).collect()
    })
}

fn outline(
    support: &Support,
    element: usize,
    city: &CityModel,
    place: &Place,
) -> Result<Polygon, ExportError> {
    let closed = |ring: Vec<[f64; 2]>| {
        let ring = place.closed_ring(&ring)?;
        Ok(LineString::new(ring.into_iter().map(|[x, y]| Coord { x, y }).collect()))
    };
    let mut rings = rings(support, element, city)
        .into_iter()
        .map(closed)
        .collect::<Result<Vec<_>, ExportError>>()?
        .into_iter();
    let outside = rings.next().unwrap_or_else(|| LineString::new(Vec::new()));
    Ok(Polygon::new(outside, rings.collect()))
}

fn footprint(
    support: &Support,
    element: usize,
    city: &CityModel,
    place: &Place,
) -> Result<GeometryValue, ExportError> {
    let rings = rings(support, element, city);
    polygon(rings.iter().map(Vec::as_slice), place)
}

#[cfg(test)]
mod tests {
    use parquet::file::reader::{FileReader, SerializedFileReader};
    use parquet::record::RowAccessor;

    use super::*;
    use crate::fixtures;

    fn csv_of(layer: &Layer<'_>) -> String {
        String::from_utf8(crate::table::csv(&layer.table().0).unwrap()).unwrap()
    }

    #[test]
    fn streets_have_a_row_for_each_time_with_a_value() {
        let results = fixtures::built_results();
        let layers = layers(&results);
        assert_eq!(
            layers.iter().map(|layer| layer.key.as_str()).collect::<Vec<_>>(),
            ["streets", "floors", "buildings"]
        );
        let csv = csv_of(&layers[0]);
        let lines: Vec<&str> = csv.trim_start_matches('\u{feff}').lines().collect();
        assert_eq!(
            lines[0],
            "id,name,length_m,width_m,from_jst,until_jst,crowd_street_flow_per_h,crowd_street_flow_what_if_per_h"
        );
        assert_eq!(
            lines[1],
            "w1,South Street,50,3.5,2020-01-15T08:00:00+09:00,2020-01-15T09:00:00+09:00,120,60"
        );
        // The second street has no value at 9 o'clock, the first none before.
        assert_eq!(lines.len(), 4, "{csv}");
        assert!(lines[3].ends_with("2020-01-15T10:00:00+09:00,,70"), "{csv}");
    }

    #[test]
    fn geoparquet_has_lines_for_streets_and_outlines_for_floors() {
        let (results, city) = (fixtures::built_results(), fixtures::city());
        let place = Place::new(&results.frame).unwrap();
        let attribution = Attribution::of(&city);
        let kinds: Vec<(String, i64, u8)> = layers(&results)
            .iter()
            .map(|layer| {
                let table = layer.table();
                let bytes = layer.parquet(&table, &city, &place, &attribution).unwrap();
                let reader = SerializedFileReader::new(fixtures::as_file(&bytes)).unwrap();
                let file = reader.metadata().file_metadata();
                let notes = file.key_value_metadata().unwrap();
                let note = |key: &str| notes.iter().find(|n| n.key == key).unwrap().value.clone().unwrap();
                assert!(note("credit").contains("PLATEAU") && note("synthetic").contains("合成データ"));
                let geo: Value = serde_json::from_str(&note("geo")).unwrap();
                let kind = geo["columns"]["geometry"]["geometry_types"][0].as_str().unwrap().to_owned();
                let row = reader.get_row_iter(None).unwrap().next().unwrap().unwrap();
                let wkb = row.get_bytes(table.0.columns.len()).unwrap();
                (kind, file.num_rows(), wkb.data()[1])
            })
            .collect();
        assert_eq!(
            kinds,
            [("LineString".to_owned(), 3, 2), ("Polygon".to_owned(), 3, 3), ("Polygon".to_owned(), 2, 3)]
        );
    }

    #[test]
    fn geojson_has_what_the_maps_show() {
        let (results, city) = (fixtures::built_results(), fixtures::city());
        let place = Place::new(&results.frame).unwrap();
        let attribution = Attribution::of(&city);
        let layers = layers(&results);
        let made = |layer: usize, shown: &[&str]| -> Option<Value> {
            let bytes = layers[layer].geojson(shown, &city, &place, &attribution).unwrap()?;
            Some(serde_json::from_slice(&bytes).unwrap())
        };
        let streets = made(0, &["flow-8"]).expect("shown");
        assert_eq!(streets["features"][0]["properties"]["flow_8_per_h"], 120.0);
        assert_eq!(streets["features"][0]["geometry"]["type"], "LineString");
        let buildings = made(2, &["level-8"]).expect("shown");
        assert_eq!(buildings["features"][0]["geometry"]["type"], "Polygon");
        assert!(made(0, &["other"]).is_none() && made(1, &["floors-8"]).is_none());
    }
}
