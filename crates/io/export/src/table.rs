//! Tables as CSV and as Parquet.
//!
//! CSV is UTF-8 with a byte order mark, without which spreadsheet programs read Japanese wrongly; empty cells are
//! 'none'. Parquet keeps types and carries units, credit and the 'synthetic' label as key-value metadata. A table
//! with `lon_deg` and `lat_deg` columns is GeoParquet too: a point geometry column is added for map programs.

use futago_field::{Column, ColumnData, Table};

use crate::ExportError;
use crate::attribution::Attribution;
use crate::parquet_file::{self, GeometryColumn};

/// All columns of a table have the same number of rows.
pub(crate) fn check(table: &Table) -> Result<(), ExportError> {
    match table.columns.iter().find(|column| column.data.len() != table.len()) {
        None => Ok(()),
        Some(column) => Err(ExportError::BadResult {
            what: format!(
                "table '{}' has {} rows, but its column '{}' has {}",
                table.key,
                table.len(),
                column.key,
                column.data.len()
            ),
        }),
    }
}

/// What tells spreadsheet programs that a file is UTF-8.
pub(crate) const MARK: &str = "\u{feff}";

/// The CSV file of a table.
pub(crate) fn csv(table: &Table) -> Result<Vec<u8>, ExportError> {
    let failed = |e: csv::Error| ExportError::encode(&table.key, e);
    let mut writer = csv::Writer::from_writer(MARK.as_bytes().to_vec());
    writer.write_record(table.columns.iter().map(|c| &c.key)).map_err(failed)?;
    for row in 0..table.len() {
        writer.write_record(table.columns.iter().map(|column| cell(&column.data, row))).map_err(failed)?;
    }
    writer.into_inner().map_err(|e| ExportError::encode(&table.key, e))
}

fn cell(data: &ColumnData, row: usize) -> String {
    match data {
        ColumnData::Text(values) => values[row].clone(),
        ColumnData::Number(values) if values[row].is_nan() => String::new(),
        ColumnData::Number(values) => values[row].to_string(),
        ColumnData::Integer(values) => values[row].to_string(),
        ColumnData::Flag(values) => values[row].to_string(),
    }
}

/// The Parquet file of a table, with points where it has places.
pub(crate) fn parquet(table: &Table, attribution: &Attribution) -> Result<Vec<u8>, ExportError> {
    let points = match (numbers(table, "lon_deg"), numbers(table, "lat_deg")) {
        (Some(lon), Some(lat)) => Some(GeometryColumn::points(lon, lat)?),
        _ => None,
    };
    parquet_file::encode(&table.key, &table.columns, points, attribution)
}

fn numbers<'a>(table: &'a Table, key: &str) -> Option<&'a [f64]> {
    table.columns.iter().find(|column| column.key == key).and_then(|column: &Column| match &column.data {
        ColumnData::Number(values) => Some(values.as_slice()),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use parquet::file::reader::{FileReader, SerializedFileReader};
    use parquet::record::RowAccessor;

    use super::*;
    use crate::fixtures;

    #[test]
    fn csv_has_a_mark_a_heading_and_empty_cells() {
        let table = &fixtures::results().tables[0];
        let text = String::from_utf8(csv(table).unwrap()).unwrap();
        let mut lines = text.lines();
        assert_eq!(
            lines.next().unwrap(),
            "\u{feff}building_id,name_ja,name_en,height_m,sun_hours_h,ok,lon_deg,lat_deg"
        );
        assert!(lines.next().unwrap().starts_with("b-0,\u{6771}\u{5854},East tower,100,"));
        assert!(text.contains(",,"), "NaN is an empty cell");
        assert_eq!(text.lines().count(), table.len() + 1);
    }

    #[test]
    fn parquet_has_nulls_units_credit_and_points() {
        let (results, city) = (fixtures::results(), fixtures::city());
        let table = &results.tables[0];
        let bytes = super::parquet(table, &Attribution::of(&city)).unwrap();
        let reader = SerializedFileReader::new(fixtures::as_file(&bytes)).unwrap();
        let file = reader.metadata().file_metadata();
        assert_eq!(file.num_rows() as usize, table.len());
        let notes = file.key_value_metadata().unwrap();
        let note = |key: &str| notes.iter().find(|n| n.key == key).and_then(|n| n.value.clone()).unwrap();
        assert!(note("credit").contains("PLATEAU") && note("units").contains("\"sun_hours_h\":\"h\""));
        assert!(note("geo").contains("\"encoding\":\"WKB\""));
        let rows: Vec<_> = reader.get_row_iter(None).unwrap().map(Result::unwrap).collect();
        assert_eq!(rows[0].get_string(1).unwrap(), "東塔");
        assert!(rows[2].get_double(4).is_err(), "NaN is a null");
        let wkb = rows[0].get_bytes(table.columns.len()).unwrap();
        assert_eq!((wkb.len(), wkb.data()[0], wkb.data()[1]), (21, 1, 1));
    }

    #[test]
    fn a_short_column_is_named() {
        let mut table = fixtures::results().tables[0].clone();
        table.columns[3].data = ColumnData::Number(vec![]);
        let error = check(&table).unwrap_err().to_string();
        assert!(error.contains("height_m") && error.contains("has 0"), "{error}");
    }
}
