//! The formats of city objects: which one a file is, and its items one by one.

use std::ops::ControlFlow;

use futago_citygml::CityGmlError;
use futago_cityjson::CityJsonError;
use futago_field::Report;
use futago_raw::{Item, ItemKind};

use super::Import;
use super::inputs::{DataFile, Place};
use super::zip_file::ZipFolder;
use crate::AssembleError;

/// A format that is read to raw features.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Format {
    CityGml,
    CityJson,
    /// 3D Tiles with the files that they name.
    Tileset,
    /// One model: glTF or a tile on its own.
    Model,
    /// OpenStreetMap: no city objects, but streets and ways.
    Osm,
}

impl Format {
    /// What a file is that begins so.
    pub fn of(head: &[u8]) -> Option<Self> {
        if futago_osm::looks_like(head) {
            return Some(Self::Osm);
        }
        if memchr::memmem::find(head, b"CityModel").is_some() && memchr::memchr(b'<', head).is_some() {
            return Some(Self::CityGml);
        }
        match futago_tiles::looks_like(head) {
            Some(futago_tiles::Format::Tileset) => Some(Self::Tileset),
            Some(_) => Some(Self::Model),
            None => futago_cityjson::looks_like(head).then_some(Self::CityJson),
        }
    }
}

/// Hands over the items of a file in order; what was wrong with it comes back. A sink that breaks ends it.
pub(super) fn items(
    file: &DataFile,
    import: &Import,
    mut sink: impl FnMut(Item) -> ControlFlow<()> + Send,
) -> Result<Report, AssembleError> {
    let stopped = || AssembleError::Stopped { file: file.name.clone() };
    match file.format {
        Format::CityGml => {
            let read = futago_citygml::stream(file.open()?, &file.name, &import.limits.citygml, sink);
            match read {
                Err(CityGmlError::Stopped { .. }) => Err(stopped()),
                other => Ok(other?.report),
            }
        }
        Format::CityJson => {
            match futago_cityjson::stream(file.open()?, &file.name, &import.limits.cityjson, sink) {
                Err(CityJsonError::Stopped { .. }) => Err(stopped()),
                other => Ok(other?.report),
            }
        }
        Format::Tileset | Format::Model => {
            let city = tiles(file, import)?;
            for object in city.objects {
                if sink(Item { kind: ItemKind::Object, object }).is_break() {
                    return Err(stopped());
                }
            }
            Ok(city.report)
        }
        Format::Osm => Ok(Report::default()),
    }
}

fn tiles(file: &DataFile, import: &Import) -> Result<futago_raw::RawCity, AssembleError> {
    let (geoid_m, limits) = (import.geoid_m, import.limits.tiles.clone());
    let options = futago_tiles::Options { geoid_m, limits, ..futago_tiles::Options::default() };
    Ok(match &file.place {
        Place::File(path) => futago_tiles::read_path(path, &options)?,
        Place::Entry(zip, entry) => {
            let folder = ZipFolder::around(zip, *entry);
            futago_tiles::read(&folder, folder.name, &options)?
        }
    })
}
