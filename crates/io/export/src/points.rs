//! Fields on sample points: one table for each set of points, with every field on it as a column.

use std::sync::Arc;

use futago_field::{Column, ColumnData, Field, PointSet, Support, Table, Variant};

use crate::ExportError;
use crate::place::Place;

/// The tables of all point fields, in the order of the fields. The key of a table is the kind of its points with the
/// city they are of; a further set of the same gets a number.
pub(crate) fn tables(fields: &[Field], place: &Place) -> Result<Vec<Table>, ExportError> {
    let mut sets: Vec<(&Arc<PointSet>, Vec<&Field>)> = Vec::new();
    for field in fields {
        let Support::Points(points) = &field.support else { continue };
        match sets.iter_mut().find(|(set, _)| Arc::ptr_eq(set, points) || set.as_ref() == points.as_ref()) {
            Some((_, fields)) => fields.push(field),
            None => sets.push((points, vec![field])),
        }
    }
    let mut tables: Vec<Table> = Vec::with_capacity(sets.len());
    for (points, fields) in sets {
        let name = match fields.first().map(|field| field.variant) {
            Some(Variant::WhatIf) => format!("{}-what-if", points.kind),
            Some(Variant::Difference) => format!("{}-difference", points.kind),
            _ => points.kind.clone(),
        };
        let taken = |key: &String| tables.iter().any(|table| table.key == *key);
        let numbered = (2..).map(|number| format!("{name}-{number}"));
        let key = std::iter::once(name.clone()).chain(numbered).find(|key| !taken(key)).unwrap_or_default();
        let mut columns = place_columns(points, place)?;
        columns.extend(fields.into_iter().map(value_column));
        tables.push(Table { key, columns, rows_in_report: 0 });
    }
    Ok(tables)
}

fn place_columns(points: &PointSet, place: &Place) -> Result<Vec<Column>, ExportError> {
    let count = points.at_m.len();
    let mut lonlat = Vec::with_capacity(count);
    for at in &points.at_m {
        lonlat.push(place.lonlat([f64::from(at[0]), f64::from(at[1])])?);
    }
    let mut columns = Vec::new();
    let mut add = |key: &str, unit: &str, data: ColumnData| {
        if data.len() == count {
            columns.push(Column { key: key.to_owned(), unit: unit.to_owned(), data });
        }
    };
    // Vectors that are empty are parts that this kind of point does not have.
    add("owner", "", ColumnData::Text(points.owner.clone()));
    add("face", "", ColumnData::Integer(points.face.iter().map(|f| i64::from(*f)).collect()));
    for (axis, key) in ["east_m", "north_m", "height_m"].into_iter().enumerate() {
        add(key, "m", ColumnData::Number(points.at_m.iter().map(|v| shortest(v[axis])).collect()));
    }
    add("lon_deg", "deg", ColumnData::Number(lonlat.iter().map(|v| v[0]).collect()));
    add("lat_deg", "deg", ColumnData::Number(lonlat.iter().map(|v| v[1]).collect()));
    for (axis, key) in ["normal_east", "normal_north", "normal_up"].into_iter().enumerate() {
        add(key, "1", ColumnData::Number(points.normal.iter().map(|v| shortest(v[axis])).collect()));
    }
    add("area_m2", "m2", ColumnData::Number(points.area_m2.iter().map(|v| shortest(*v)).collect()));
    Ok(columns)
}

fn value_column(field: &Field) -> Column {
    Column {
        key: field.key.replace('-', "_"),
        unit: field.quantity.unit.clone(),
        data: ColumnData::Number(field.values.iter().map(|v| shortest(*v)).collect()),
    }
}

/// The f64 that is written with as few digits as the f32: 0.1 and not 0.10000000149.
pub(crate) fn shortest(value: f32) -> f64 {
    value.to_string().parse().unwrap_or(f64::NAN)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixtures;

    #[test]
    fn fields_on_the_same_points_share_a_table() {
        let results = fixtures::results();
        let place = Place::new(&results.frame).unwrap();
        let tables = tables(&results.fields, &place).unwrap();
        assert_eq!(tables.len(), 1);
        let table = &tables[0];
        assert_eq!(table.key, "roofs");
        crate::table::check(table).unwrap();
        let keys: Vec<_> = table.columns.iter().map(|c| c.key.as_str()).collect();
        assert!(keys.contains(&"sun_hours_roofs") && keys.contains(&"sky_view_roofs"), "{keys:?}");
        assert!(!keys.contains(&"face"), "a part that is not there has no column");
    }

    #[test]
    fn short_numbers_stay_short() {
        assert_eq!(shortest(0.1), 0.1);
        assert!(shortest(f32::NAN).is_nan());
    }
}
