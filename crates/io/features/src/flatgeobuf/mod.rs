//! FlatGeobuf, version 3: a header, an index of places, and features one after the other.
//!
//! Header and features are flatbuffers, whose tables come from the `flatgeobuf` crate and are verified before
//! they are looked at. Its readers of geometries and values are not used: they trust the counts of a file,
//! and a damaged file must not end the program. Features are read one at a time; the index is passed over.

mod geometry;
mod values;

use std::io::{BufReader, Read};
use std::sync::Arc;

use flatgeobuf::packed_r_tree::PackedRTree;
use flatgeobuf::{
    ColumnType, Crs, GeometryType, Header, size_prefixed_root_as_feature, size_prefixed_root_as_header,
};

use crate::delivery::Delivery;
use crate::files::Input;
use crate::row::{Layer, Row};
use crate::shape::Shape;
use crate::system::{self, Told};
use crate::{FeaturesError, Limits};

/// Most bytes of a header.
const HEADER_BYTES: u64 = 10 << 20;

/// Most features that an index can be passed over for: 2 to the power of 40.
const INDEXED: u64 = 1 << 40;

/// What the header says of every feature.
struct Table {
    columns: Vec<(Arc<str>, ColumnType)>,
    geometry: GeometryType,
}

pub(crate) fn read(input: Box<dyn Input>, delivery: &mut Delivery<'_>) -> Result<(), FeaturesError> {
    let (file, limits) = (delivery.file, delivery.limits);
    let mut source = Source { input: BufReader::with_capacity(1 << 18, input), file, at: 0 };
    source.skip(8, "the header")?;
    let buffer = source.sized("the header", HEADER_BYTES, None)?;
    let cut = || FeaturesError::broken(file, "the header", "it is cut");
    let buffer = buffer.ok_or_else(cut)?;
    let broken = |error| FeaturesError::broken(file, "the header", error);
    let header = size_prefixed_root_as_header(&buffer).map_err(broken)?;
    let count = header.features_count();
    source.skip(index_bytes(&header, file)?, "the index")?;
    let table = table_of(&header);
    delivery.begin(&layer_of(&header, &table))?;
    let mut index = 0;
    loop {
        let place = source.at;
        let what = format!("feature {index}");
        let Some(buffer) = source.sized(&what, limits.feature_bytes, Some("feature_bytes"))? else { break };
        match size_prefixed_root_as_feature(&buffer) {
            Ok(feature) => match row(&feature, &table, limits, Row { index, place, ..empty() }) {
                Ok(row) => delivery.row(row)?,
                Err(problem) => delivery.bad(index, &problem),
            },
            Err(error) => delivery.bad(index, &format!("it cannot be read ({error})")),
        }
        index += 1;
    }
    if count > 0 && index != count {
        let problem = format!("the header says {count} features, and {index} are there");
        return Err(FeaturesError::broken(file, "the end", problem));
    }
    Ok(())
}

fn empty() -> Row {
    Row { index: 0, place: 0, id: None, fields: Vec::new(), shape: Shape::default(), lost: None }
}

fn index_bytes(header: &Header<'_>, file: &str) -> Result<u64, FeaturesError> {
    let (count, node) = (header.features_count(), header.index_node_size());
    match (count, node) {
        (0, _) | (_, 0) => Ok(0),
        (_, 2..) if count < INDEXED => Ok(PackedRTree::index_size(count as usize, node) as u64),
        _ => {
            let problem = format!("an index of {count} features, {node} in a node, cannot be");
            Err(FeaturesError::broken(file, "the header", problem))
        }
    }
}

fn table_of(header: &Header<'_>) -> Table {
    let columns = header.columns().into_iter().flatten();
    let columns = columns.map(|column| (Arc::from(column.name()), column.type_())).collect();
    Table { columns, geometry: header.geometry_type() }
}

fn layer_of(header: &Header<'_>, table: &Table) -> Layer {
    let lines_or_points = [
        GeometryType::Point,
        GeometryType::MultiPoint,
        GeometryType::LineString,
        GeometryType::MultiLineString,
    ];
    Layer {
        fields: table.columns.iter().map(|(name, _)| name.clone()).collect(),
        polygons: !lines_or_points.contains(&table.geometry),
        system: header.crs().and_then(|crs| told(&crs)),
    }
}

/// What the header says of the system; a code of 0 without anything else says nothing.
fn told(crs: &Crs<'_>) -> Option<Told> {
    let authority = crs.org().unwrap_or("EPSG");
    let number = Some(crs.code()).filter(|code| *code > 0).map(|code| code.to_string());
    let code = number.or_else(|| crs.code_string().map(str::to_owned));
    if let Some(epsg) = code.as_deref().and_then(|code| system::of_authority(authority, code)) {
        return Some(Ok(epsg));
    }
    let words = crs.wkt().filter(|wkt| !wkt.is_empty()).map(system::of_wkt);
    let name = || crs.name().filter(|name| !name.is_empty()).map(system::of_name);
    words.or_else(name).or_else(|| code.map(|code| Err(format!("it is {authority}:{code}"))))
}

fn row(
    feature: &flatgeobuf::Feature<'_>,
    table: &Table,
    limits: &Limits,
    mut row: Row,
) -> Result<Row, String> {
    if let Some(bytes) = feature.properties() {
        row.fields = match feature.columns().filter(|columns| !columns.is_empty()) {
            None => values::fields(bytes.bytes(), &table.columns)?,
            Some(own) => {
                let own: Vec<_> =
                    own.iter().map(|column| (Arc::from(column.name()), column.type_())).collect();
                values::fields(bytes.bytes(), &own)?
            }
        };
    }
    if let Some(geometry) = feature.geometry() {
        match geometry::shape(&geometry, table.geometry, limits.depth) {
            Ok(shape) => row.shape = shape,
            Err(problem) => row.lost = Some(problem),
        }
    }
    Ok(row)
}

/// The file from its beginning to its end.
struct Source<'f> {
    input: BufReader<Box<dyn Input>>,
    file: &'f str,
    at: u64,
}

impl Source<'_> {
    fn skip(&mut self, bytes: u64, what: &str) -> Result<(), FeaturesError> {
        let copied = std::io::copy(&mut (&mut self.input).take(bytes), &mut std::io::sink());
        let copied = copied.map_err(FeaturesError::io(self.file))?;
        self.at += copied;
        if copied == bytes {
            Ok(())
        } else {
            Err(FeaturesError::broken(self.file, what, "the file ends in it"))
        }
    }

    /// A size, and so many bytes behind it; none at the end of the file. Memory grows with what is there, not
    /// with what the size says. `limit` names what can be raised where the size is more than `most`.
    fn sized(
        &mut self,
        what: &str,
        most: u64,
        limit: Option<&'static str>,
    ) -> Result<Option<Vec<u8>>, FeaturesError> {
        let mut buffer = Vec::new();
        self.fill(4, &mut buffer)?;
        let size = match *buffer.as_slice() {
            [] => return Ok(None),
            [a, b, c, d] => u64::from(u32::from_le_bytes([a, b, c, d])),
            _ => return Err(FeaturesError::broken(self.file, what, "the file ends in it")),
        };
        match limit {
            Some(name) if size > most => {
                let what = format!("the size of {what} in bytes");
                return Err(FeaturesError::too_large(self.file, what, name, most));
            }
            None if size > most => {
                return Err(FeaturesError::broken(
                    self.file,
                    what,
                    format!("a size of {size} bytes cannot be"),
                ));
            }
            _ => {}
        }
        self.fill(size, &mut buffer)?;
        let whole = buffer.len() as u64 == size + 4;
        whole
            .then_some(Some(buffer))
            .ok_or_else(|| FeaturesError::broken(self.file, what, "the file ends in it"))
    }

    fn fill(&mut self, bytes: u64, into: &mut Vec<u8>) -> Result<(), FeaturesError> {
        let read = (&mut self.input).take(bytes).read_to_end(into).map_err(FeaturesError::io(self.file))?;
        self.at += read as u64;
        Ok(())
    }
}
