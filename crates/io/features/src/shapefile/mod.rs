//! Shapefile: shapes (`.shp`), their table (`.dbf`), its encoding (`.cpg`) and their system (`.prj`).
//!
//! Shapes are read one at a time in the order of the `.shp`, which tells the length of each; so a broken one
//! costs only itself, and the index (`.shx`) is not needed. The table is in memory.

mod rings;
mod table;

use std::io::{BufReader, Cursor, Read};

use shapefile::{ReadableShape, Shape as Record, ShapeReader};

use crate::delivery::Delivery;
use crate::files::{self, Files, Input, with_ending};
use crate::row::{Layer, Row};
use crate::system::{self, Told};
use crate::{FeaturesError, Limits};
use table::Table;

/// Bytes of the header, and of the heading of each shape.
const HEADER_BYTES: u64 = 100;
const HEADING_BYTES: u64 = 8;

/// Most bytes of a `.prj` that are looked at.
const WKT_BYTES: usize = 64 << 10;

pub(crate) fn read(
    files: &dyn Files,
    input: Box<dyn Input>,
    bytes: u64,
    delivery: &mut Delivery<'_>,
) -> Result<(), FeaturesError> {
    let (file, limits) = (delivery.file, delivery.limits);
    let mut input = BufReader::with_capacity(1 << 18, input);
    let broken = |error| FeaturesError::broken(file, "the header", error);
    let header = *ShapeReader::new(&mut input).map_err(broken)?.header();
    let told = 2 * u64::try_from(header.file_length).unwrap_or_default();
    if told > bytes {
        let problem = format!("the header says {told} bytes, and {bytes} are there");
        return Err(FeaturesError::broken(file, "the end", problem));
    }
    let table = Table::beside(files, delivery)?;
    let layer = Layer {
        fields: table.names(),
        polygons: rings::has_polygons(header.shape_type),
        system: system_of(files, file, limits)?,
    };
    delivery.begin(&layer)?;
    let mut shapes = Shapes { input, file, limits, at: HEADER_BYTES, end: told };
    let mut index = 0;
    while let Some((place, content)) = shapes.next(index)? {
        let mut row =
            Row { index, place, id: None, fields: Vec::new(), shape: Default::default(), lost: None };
        match table.fields(index) {
            Ok(fields) => row.fields = fields,
            Err(problem) => {
                delivery.notes.at("bad-row", "", index, format!("{problem}; kept without fields"))
            }
        }
        let size = content.len() as i32;
        match Record::read_from(&mut Cursor::new(content), size) {
            Ok(record) => row.shape = rings::shape(record),
            Err(error) => row.lost = Some(format!("its shape cannot be read ({error})")),
        }
        delivery.row(row)?;
        index += 1;
    }
    Ok(())
}

/// The system of the `.prj`; none when there is none.
fn system_of(files: &dyn Files, file: &str, limits: &Limits) -> Result<Option<Told>, FeaturesError> {
    let found = files::beside(files, &with_ending(file, "prj"), limits)?;
    Ok(found.map(|(_, text)| system::of_wkt(&String::from_utf8_lossy(&text[..text.len().min(WKT_BYTES)]))))
}

/// The shapes of a `.shp`, each as its bytes.
struct Shapes<'f> {
    input: BufReader<Box<dyn Input>>,
    file: &'f str,
    limits: &'f Limits,
    at: u64,
    end: u64,
}

impl Shapes<'_> {
    /// Where the next one begins, and its content. Memory grows with what is there, not with what the heading
    /// says.
    fn next(&mut self, index: u64) -> Result<Option<(u64, Vec<u8>)>, FeaturesError> {
        let place = self.at;
        if place + HEADING_BYTES > self.end {
            return Ok(None);
        }
        let heading = self.take(HEADING_BYTES, index)?;
        let words = heading.get(4..8).and_then(|words| words.try_into().ok()).map(i32::from_be_bytes);
        let size = words.and_then(|words| u64::try_from(words).ok()).unwrap_or(u64::MAX).saturating_mul(2);
        if size > self.end - self.at {
            let problem = "it is longer than the file";
            return Err(FeaturesError::broken(self.file, format!("feature {index}"), problem));
        }
        if size > self.limits.feature_bytes.min(i32::MAX as u64) {
            let (what, limit) = (format!("the size of feature {index} in bytes"), self.limits.feature_bytes);
            return Err(FeaturesError::too_large(self.file, what, "feature_bytes", limit));
        }
        Ok(Some((place, self.take(size, index)?)))
    }

    fn take(&mut self, bytes: u64, index: u64) -> Result<Vec<u8>, FeaturesError> {
        let mut content = Vec::new();
        let read = (&mut self.input).take(bytes).read_to_end(&mut content);
        self.at += read.map_err(FeaturesError::io(self.file))? as u64;
        let whole = content.len() as u64 == bytes;
        let cut = || FeaturesError::broken(self.file, format!("feature {index}"), "the file ends in it");
        whole.then_some(content).ok_or_else(cut)
    }
}
