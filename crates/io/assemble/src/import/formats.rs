//! The formats of city objects: which one a file is, and its items one by one.

use std::ops::ControlFlow;

use futago_citygml::CityGmlError;
use futago_cityjson::CityJsonError;
use futago_features::FeaturesError;
use futago_field::Report;
use futago_raw::{Item, ItemKind};

use super::Import;
use super::elevation::Elevation;
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
    /// A layer of a map: GeoJSON, FlatGeobuf, GeoParquet or Shapefile.
    Features,
    /// Heights of the ground.
    Elevation(Elevation),
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
        // Before tiles: a field of a feature may be called as a member of glTF is.
        if futago_features::looks_like(head).is_some() {
            return Some(Self::Features);
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
        Format::Features => match features(file, import, sink) {
            Err(AssembleError::Features(FeaturesError::Stopped { .. })) => Err(stopped()),
            other => other,
        },
        Format::Tileset | Format::Model => {
            let city = tiles(file, import)?;
            for object in city.objects {
                if sink(Item { kind: ItemKind::Object, object }).is_break() {
                    return Err(stopped());
                }
            }
            Ok(city.report)
        }
        // Heights are no objects; they are read by themselves, and so are streets and ways.
        Format::Elevation(_) | Format::Osm => Ok(Report::default()),
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

fn features(
    file: &DataFile,
    import: &Import,
    sink: impl FnMut(Item) -> ControlFlow<()> + Send,
) -> Result<Report, AssembleError> {
    let limits = &import.limits.features;
    let report = match &file.place {
        Place::File(path) => {
            let (folder, name) = futago_raw::Folder::of_file(path);
            futago_features::stream(&folder, &name, limits, sink)?.report
        }
        Place::Entry(zip, entry) => {
            let folder = ZipFolder::around(zip, *entry);
            futago_features::stream(&folder, folder.name, limits, sink)?.report
        }
    };
    Ok(report)
}
