//! Parquet through the low-level column writer: typed columns, zstd, key-value metadata, GeoParquet 1.1.

use std::collections::BTreeMap;
use std::sync::Arc;

use futago_field::{Column, ColumnData};
use geo::{LineString, Point, Polygon};
use parquet::basic::{Compression, LogicalType, Repetition, Type as PhysicalType, ZstdLevel};
use parquet::data_type::{BoolType, ByteArray, ByteArrayType, DataType, DoubleType, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use parquet::schema::types::{Type, TypePtr};
use serde_json::json;

use crate::ExportError;
use crate::attribution::Attribution;

/// Rows of one row group: small enough to skip, large enough to compress.
const ROWS_PER_GROUP: usize = 65_536;

/// Name of the geometry column.
const GEOMETRY: &str = "geometry";

/// Shapes in degrees as well-known binary, one a row.
pub(crate) struct GeometryColumn {
    kind: &'static str,
    wkb: Vec<ByteArray>,
    bounds: [f64; 4],
}

impl GeometryColumn {
    /// Points from longitudes and latitudes of the same number.
    pub(crate) fn points(lon_deg: &[f64], lat_deg: &[f64]) -> Result<Self, ExportError> {
        let mut column = Self::empty("Point", lon_deg.len());
        for (lon, lat) in lon_deg.iter().zip(lat_deg) {
            let mut bytes = Vec::with_capacity(21);
            wkb::writer::write_point(&mut bytes, &Point::new(*lon, *lat), &Default::default())
                .map_err(|e| ExportError::encode(GEOMETRY, e))?;
            column.add(bytes, [[*lon, *lat]].into_iter());
        }
        Ok(column)
    }

    /// Polygons, their rings closed, the outside first.
    pub(crate) fn polygons<'p>(
        polygons: impl ExactSizeIterator<Item = &'p Polygon>,
    ) -> Result<Self, ExportError> {
        let mut column = Self::empty("Polygon", polygons.len());
        for polygon in polygons {
            let mut bytes = Vec::new();
            wkb::writer::write_polygon(&mut bytes, polygon, &Default::default())
                .map_err(|e| ExportError::encode(GEOMETRY, e))?;
            column.add(bytes, polygon.exterior().coords().map(|c| [c.x, c.y]));
        }
        Ok(column)
    }

    /// Lines.
    pub(crate) fn lines<'l>(
        lines: impl ExactSizeIterator<Item = &'l LineString>,
    ) -> Result<Self, ExportError> {
        let mut column = Self::empty("LineString", lines.len());
        for line in lines {
            let mut bytes = Vec::new();
            wkb::writer::write_line_string(&mut bytes, line, &Default::default())
                .map_err(|e| ExportError::encode(GEOMETRY, e))?;
            column.add(bytes, line.coords().map(|c| [c.x, c.y]));
        }
        Ok(column)
    }

    fn empty(kind: &'static str, rows: usize) -> Self {
        let nowhere = [f64::INFINITY, f64::INFINITY, f64::NEG_INFINITY, f64::NEG_INFINITY];
        Self { kind, wkb: Vec::with_capacity(rows), bounds: nowhere }
    }

    fn add(&mut self, bytes: Vec<u8>, places: impl Iterator<Item = [f64; 2]>) {
        self.wkb.push(ByteArray::from(bytes));
        for [lon, lat] in places {
            let [west, south, east, north] = self.bounds;
            self.bounds = [west.min(lon), south.min(lat), east.max(lon), north.max(lat)];
        }
    }

    /// The `geo` metadata of GeoParquet 1.1. Without a `crs` the standard means OGC:CRS84, which this is.
    fn metadata(&self) -> String {
        let mut column = json!({
            "encoding": "WKB",
            "geometry_types": [self.kind],
            "edges": "planar",
            "orientation": "counterclockwise",
        });
        if self.bounds.iter().all(|v| v.is_finite()) {
            column["bbox"] = json!(self.bounds);
        }
        json!({ "version": "1.1.0", "primary_column": GEOMETRY, "columns": { GEOMETRY: column } }).to_string()
    }
}

/// A Parquet file of some columns, and of shapes if there are any.
pub(crate) fn encode(
    name: &str,
    columns: &[Column],
    geometry: Option<GeometryColumn>,
    attribution: &Attribution,
) -> Result<Vec<u8>, ExportError> {
    let failed = |e: ParquetError| ExportError::encode(name, e);
    let schema = schema(columns, geometry.is_some()).map_err(failed)?;
    let zstd = ZstdLevel::try_new(3).map_err(failed)?;
    let properties = WriterProperties::builder()
        .set_compression(Compression::ZSTD(zstd))
        .set_created_by("Futago".to_owned())
        .set_key_value_metadata(Some(notes(columns, geometry.as_ref(), attribution)))
        .build();
    let mut writer = SerializedFileWriter::new(Vec::new(), schema, Arc::new(properties)).map_err(failed)?;
    let rows = columns.first().map_or(0, |c| c.data.len());
    for start in (0..rows).step_by(ROWS_PER_GROUP) {
        let range = start..rows.min(start + ROWS_PER_GROUP);
        let mut group = writer.next_row_group().map_err(failed)?;
        for column in columns {
            write_column(&mut group, &column.data, range.clone()).map_err(failed)?;
        }
        if let Some(geometry) = &geometry {
            write_values::<ByteArrayType>(&mut group, &geometry.wkb[range], None).map_err(failed)?;
        }
        group.close().map_err(failed)?;
    }
    writer.into_inner().map_err(failed)
}

fn schema(columns: &[Column], with_geometry: bool) -> Result<TypePtr, ParquetError> {
    let primitive = |name: &str, kind, repetition, logical| {
        let builder = Type::primitive_type_builder(name, kind).with_repetition(repetition);
        builder.with_logical_type(logical).build().map(Arc::new)
    };
    let (always, maybe) = (Repetition::REQUIRED, Repetition::OPTIONAL);
    let mut fields = Vec::with_capacity(columns.len() + 1);
    for column in columns {
        let name = column.key.as_str();
        fields.push(match &column.data {
            ColumnData::Text(_) => {
                primitive(name, PhysicalType::BYTE_ARRAY, always, Some(LogicalType::String))
            }
            ColumnData::Number(_) => primitive(name, PhysicalType::DOUBLE, maybe, None),
            ColumnData::Integer(_) => primitive(name, PhysicalType::INT64, always, None),
            ColumnData::Flag(_) => primitive(name, PhysicalType::BOOLEAN, always, None),
        }?);
    }
    if with_geometry {
        fields.push(primitive(GEOMETRY, PhysicalType::BYTE_ARRAY, always, None)?);
    }
    Type::group_type_builder("schema").with_fields(fields).build().map(Arc::new)
}

fn notes(columns: &[Column], geometry: Option<&GeometryColumn>, attribution: &Attribution) -> Vec<KeyValue> {
    let units: BTreeMap<_, _> =
        columns.iter().filter(|c| !c.unit.is_empty()).map(|c| (c.key.as_str(), c.unit.as_str())).collect();
    let mut notes = vec![
        KeyValue::new("credit".to_owned(), attribution.line()),
        KeyValue::new("units".to_owned(), json!(units).to_string()),
    ];
    if let Some(label) = attribution.synthetic_label() {
        notes.push(KeyValue::new("synthetic".to_owned(), label.to_owned()));
    }
    if let Some(geometry) = geometry {
        notes.push(KeyValue::new("geo".to_owned(), geometry.metadata()));
    }
    notes
}

type Group<'a> = SerializedRowGroupWriter<'a, Vec<u8>>;

fn write_column(
    group: &mut Group<'_>,
    data: &ColumnData,
    rows: std::ops::Range<usize>,
) -> Result<(), ParquetError> {
    match data {
        ColumnData::Text(values) => {
            let bytes: Vec<_> = values[rows].iter().map(|v| ByteArray::from(v.as_str())).collect();
            write_values::<ByteArrayType>(group, &bytes, None)
        }
        ColumnData::Number(values) => {
            // A definition level of 0 is a null: NaN is 'none'.
            let levels: Vec<i16> = values[rows.clone()].iter().map(|v| i16::from(!v.is_nan())).collect();
            let known: Vec<f64> = values[rows].iter().copied().filter(|v| !v.is_nan()).collect();
            write_values::<DoubleType>(group, &known, Some(&levels))
        }
        ColumnData::Integer(values) => write_values::<Int64Type>(group, &values[rows], None),
        ColumnData::Flag(values) => write_values::<BoolType>(group, &values[rows], None),
    }
}

fn write_values<T: DataType>(
    group: &mut Group<'_>,
    values: &[T::T],
    levels: Option<&[i16]>,
) -> Result<(), ParquetError> {
    let Some(mut column) = group.next_column()? else {
        return Err(ParquetError::General("more columns than the schema has".to_owned()));
    };
    column.typed::<T>().write_batch(values, levels, None)?;
    column.close()
}
