//! GeoParquet 1.0 and 1.1: a Parquet table with a column of geometries in WKB.
//!
//! The key `geo` of the file says which column it is, and its coordinate system. Rows come from the record
//! reader of the `parquet` crate, a page at a time; the file may be anything that can be read from any place.

mod column;
mod geo;
mod source;
mod wkb;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use parquet::errors::ParquetError;
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::{Field, Row as Record};
use parquet::schema::types::Type;

use crate::FeaturesError;
use crate::delivery::Delivery;
use crate::files::Input;
use crate::row::{Layer, Row};
use crate::shape::Shape;
use geo::Geo;
use source::Source;

pub(crate) fn read(
    input: Box<dyn Input>,
    bytes: u64,
    delivery: &mut Delivery<'_>,
) -> Result<(), FeaturesError> {
    let file = delivery.file;
    let reader =
        SerializedFileReader::new(Source::new(input, bytes)).map_err(|error| refused(file, error))?;
    let metadata = reader.metadata().file_metadata();
    let geo = Geo::of(metadata.key_value_metadata(), file)?;
    let schema = metadata.schema();
    let names = schema.get_fields().iter().map(|field| field.name());
    let fields = names.filter(|name| !geo.hides(name) && *name != geo.primary).map(Arc::from).collect();
    if !schema.get_fields().iter().any(|field| field.name() == geo.primary) {
        let problem = format!("`geo` names the column `{}`, which is not there", geo.primary);
        return Err(FeaturesError::broken(file, "the metadata", problem));
    }
    for other in &geo.others {
        let action = "a second column of geometries is not read; left out";
        delivery.notes.add("unread-field", other, action);
    }
    delivery.begin(&Layer { fields, polygons: geo.polygons, system: geo.system.clone() })?;
    let projection = Type::group_type_builder(schema.name())
        .with_fields(schema.get_fields().iter().filter(|field| !geo.hides(field.name())).cloned().collect())
        .build()
        .map_err(|error| refused(file, error))?;
    let rows = guarded(|| reader.get_row_iter(Some(projection)));
    let mut rows = rows.map_err(|error| refused(file, error))?;
    for index in 0.. {
        let record = guarded(|| rows.next().transpose()).map_err(|error| {
            FeaturesError::broken(file, format!("row {index}"), format!("it cannot be read ({error})"))
        })?;
        let Some(record) = record else { break };
        delivery.row(row(&record, &geo, index, delivery.limits.depth))?;
    }
    Ok(())
}

/// What the decoder says. It panics on some damaged pages (values by a dictionary that was never there, with
/// parquet 60); that is an error like any other. Nothing that a panic may leave half-done is used afterwards: an
/// error ends the reading.
fn guarded<T>(decode: impl FnOnce() -> Result<T, ParquetError>) -> Result<T, ParquetError> {
    catch_unwind(AssertUnwindSafe(decode))
        .unwrap_or_else(|_| Err(ParquetError::General("a page cannot be decoded".to_owned())))
}

fn row(record: &Record, geo: &Geo, index: u64, depth: usize) -> Row {
    let mut row =
        Row { index, place: index, id: None, fields: Vec::new(), shape: Shape::default(), lost: None };
    for (name, field) in record.get_column_iter() {
        match field {
            Field::Null => {}
            Field::Bytes(bytes) if *name == geo.primary => match wkb::shape(bytes.data(), depth) {
                Ok(shape) => row.shape = shape,
                Err(problem) => row.lost = Some(problem),
            },
            _ if *name == geo.primary => row.lost = Some("its geometry is no WKB".to_owned()),
            _ => {
                row.fields.extend(column::value(field, depth).map(|value| (Arc::from(name.as_str()), value)))
            }
        }
    }
    row
}

fn refused(file: &str, error: ParquetError) -> FeaturesError {
    match error {
        ParquetError::NYI(what) => FeaturesError::Unsupported {
            file: file.to_owned(),
            what,
            remedy: "Write it with the compression zstd or snappy",
        },
        error => FeaturesError::broken(file, "the table", error),
    }
}
