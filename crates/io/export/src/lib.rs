//! Fields and cities to open formats.
//!
//! A simulation leaves a [`ResultSet`]; this crate turns it into a folder that a person can read and a program can
//! use: a report in Japanese and English, maps, GeoTIFF, GeoJSON, CSV, Parquet and a `result.json` that tells how
//! it was made. A city goes out as a mesh ([`export_mesh`]) or as a layer of buildings ([`export_buildings`]).
//!
//! Three promises: the credit of the data, and the word 'synthetic' where it applies, go wherever the data goes; a
//! folder appears whole or not at all, and never on top of something that is not ours; encoders are pure functions
//! from results to bytes, so that one place ([`ExportError`]) deals with disks.

mod attribution;
mod buildings;
mod cityjson;
mod data_uri;
mod error;
#[cfg(test)]
mod fixtures;
mod folder;
mod geotiff;
mod glb;
mod layers;
mod lines;
mod map;
mod mesh;
mod parquet_file;
mod place;
mod points;
mod report;
mod result_json;
mod results;
mod style;
mod table;
mod terrain;

use std::path::Path;

use futago_model::CityModel;

pub use cityjson::{Images, export_cityjson};
pub use error::ExportError;
pub use folder::save_file;
pub use mesh::triangles;
pub use report::{ImportSubject, write_import_report};
pub use results::{FileKind, Options, Written, WrittenFile, write_results};
pub use style::LineStyle;

/// Writes the buildings as binary glTF, whatever the name ends in but `.glb` being an error.
///
/// One node a tile, y up, metres from the site origin, flat faces, building ids as EXT_mesh_features. An existing
/// file is replaced, whole or not at all.
///
/// # Errors
/// When the file cannot be written, or does not end in `.glb`.
pub fn export_mesh(city: &CityModel, path: &Path) -> Result<(), ExportError> {
    match ending(path).as_str() {
        "glb" => folder::save_file(path, &glb::encode(city)?),
        _ => Err(ExportError::UnknownFormat { path: path.to_owned(), known: ".glb" }),
    }
}

/// Writes the buildings as a map layer (`.geojson`, or `.parquet` for GeoParquet 1.1) or as a table (`.csv`).
///
/// # Errors
/// When the file cannot be written, or ends in something else.
pub fn export_buildings(city: &CityModel, path: &Path) -> Result<(), ExportError> {
    match ending(path).as_str() {
        "geojson" | "json" => folder::save_file(path, &buildings::geojson(city)?),
        "parquet" | "geoparquet" => folder::save_file(path, &buildings::parquet(city)?),
        "csv" => folder::save_file(path, &buildings::csv(city)?),
        _ => Err(ExportError::UnknownFormat { path: path.to_owned(), known: ".geojson .parquet .csv" }),
    }
}

/// Writes the terrain as GeoTIFF (`.tif`): heights T.P. as 32-bit floats in the plane system of the site.
///
/// # Errors
/// When the city has no terrain, the file cannot be written, or does not end in `.tif`.
pub fn export_terrain(city: &CityModel, path: &Path) -> Result<(), ExportError> {
    match ending(path).as_str() {
        "tif" | "tiff" => folder::save_file(path, &terrain::encode(city)?),
        _ => Err(ExportError::UnknownFormat { path: path.to_owned(), known: ".tif" }),
    }
}

fn ending(path: &Path) -> String {
    path.extension().map(|e| e.to_string_lossy().to_ascii_lowercase()).unwrap_or_default()
}
