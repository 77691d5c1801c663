//! A file to raw features, whichever format it is.

use std::io::{Read, Seek};
use std::ops::ControlFlow;
use std::path::Path;

use futago_geodesy::Crs;
use futago_raw::{Collect, Folder, Header, Item, RawCity, Summary};

use crate::delivery::Delivery;
use crate::detect::{Format, beginning, looks_like};
use crate::files::{self, Files, Input};
use crate::{FeaturesError, Limits, Sidecar, flatgeobuf, geojson, geoparquet, shapefile};

/// Bytes that are looked at to tell what a file is.
const LOOK: u64 = 64 << 10;

/// Reads a file and hands over its features as objects, in the order of the file. What else it needs (the
/// sidecar, the table of a Shapefile) is opened beside it. A sink that breaks ends the reading.
///
/// # Errors
/// When the file cannot be read, is none of the four formats, is broken or cut, does not say where it is, or
/// is more than the limits allow; then some objects were handed over already.
pub fn stream(
    files: &dyn Files,
    file: &str,
    limits: &Limits,
    mut sink: impl FnMut(Item) -> ControlFlow<()> + Send,
) -> Result<Summary, FeaturesError> {
    let (mut input, bytes) = files::open(files, file, limits)?;
    let sidecar = match files::beside(files, &[Sidecar::name(file)], limits)? {
        Some((name, text)) => Some(Sidecar::parse(&text, &name)?),
        None => None,
    };
    let format = format_of(&mut input, file)?;
    let mut delivery = Delivery::new(file, limits, sidecar, &mut sink);
    match format {
        Format::GeoJson => geojson::read(input, &mut delivery)?,
        Format::FlatGeobuf => flatgeobuf::read(input, &mut delivery)?,
        Format::GeoParquet => geoparquet::read(input, bytes, &mut delivery)?,
        Format::Shapefile => shapefile::read(files, input, bytes, &mut delivery)?,
    }
    let (objects, epsg, report) = delivery.finish()?;
    let header = Header {
        file: file.to_owned(),
        namespaces: Vec::new(),
        attributes: Vec::new(),
        crs: Some(Crs { epsg }),
        dimension: 3,
        corners: None,
    };
    Ok(Summary { header, objects: objects as usize, bytes, report })
}

fn format_of(input: &mut Box<dyn Input>, file: &str) -> Result<Format, FeaturesError> {
    let mut head = Vec::new();
    input.by_ref().take(LOOK).read_to_end(&mut head).map_err(FeaturesError::io(file))?;
    input.rewind().map_err(FeaturesError::io(file))?;
    looks_like(&head)
        .ok_or_else(|| FeaturesError::UnknownFormat { file: file.to_owned(), found: beginning(&head) })
}

/// Reads a file on disk into memory.
///
/// # Errors
/// As [`stream`].
pub fn read_path(path: &Path, limits: &Limits) -> Result<RawCity, FeaturesError> {
    let (folder, name) = Folder::of_file(path);
    read(&folder, &name, limits)
}

/// Reads a file into memory, from anything that opens files.
///
/// # Errors
/// As [`stream`].
pub fn read(files: &dyn Files, file: &str, limits: &Limits) -> Result<RawCity, FeaturesError> {
    let mut all = Collect::default();
    let summary = stream(files, file, limits, |item| all.take(item))?;
    Ok(all.city(summary))
}
