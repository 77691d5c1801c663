//! GeoJSON, FlatGeobuf, GeoParquet and Shapefile to raw features.
//!
//! This crate answers one question: what do the rows of a map layer say? It does not build a city. [`stream`]
//! hands the features over one by one as [`futago_raw::RawObject`]s, with names as CityGML 2.0 has them, and
//! gives a [`futago_field::Report`] of what could not be taken as it stood. [`looks_like`] tells such a file
//! by its content.
//!
//! # What a feature becomes
//!
//! Formats of simple features do not say what their features are. A [`Sidecar`] beside the file does; without
//! one the fields are guessed by usual names (`height`, `measuredHeight`, `building:levels`, `gml_id`, ...),
//! and the Report says which field was taken for what. Polygons with a height or storeys are buildings
//! (`bldg:Building` with `bldg:lod0FootPrint` and `bldg:measuredHeight`), anything else is a
//! `gen:GenericCityObject`. Where there are only storeys, the height is their number times
//! [`Sidecar::storey_height_m`], marked as assumed.
//!
//! # What is kept
//!
//! Every field with its letters and figures: as the element where its name is one of CityGML (`bldg:usage`),
//! else as a generic attribute. Fields that have a meaning are kept under their own name too. Lists and
//! objects become elements in elements. Numbers of formats that have them in binary (FlatGeobuf, GeoParquet)
//! get the shortest figures that are the same number. A value that is missing is not written.
//!
//! Polygons become a MultiSurface, lines a MultiCurve, points a MultiPoint; a collection has up to three.
//! Polygons on one height are turned (outsides counter-clockwise); those that are not on one height are
//! faces in space (`lod2`), and are left as they run.
//!
//! # Coordinates
//!
//! Files have x, then y: longitude or east first. Raw features have them in the order of their system. Which
//! system it is, the file says: by code, by EPSG's name, or by ESRI's. WGS 84, JGD2011, JGD2000 and Japan's
//! plane zones are known. The third number, where there is one, is taken for metres T.P.
//!
//! # Where this stops
//!
//! Measures (M), curves, multipatches and memo fields are not read; a second geometry column is left out;
//! arcs are not broken up. Tokyo Datum, UTM and web Mercator are refused: projecting is not done here.
//!
//! Two kinds of trouble: a file that is not what it says is a [`FeaturesError`]; a feature or a value that is
//! broken is an entry of the Report, and the rest is taken.

mod build;
mod delivery;
mod detect;
mod encoding;
mod error;
mod files;
mod flatgeobuf;
mod geojson;
mod geoparquet;
mod kind;
mod limits;
mod notes;
mod plan;
mod read;
mod row;
mod shape;
mod shapefile;
mod sidecar;
mod system;

pub use detect::{Format, looks_like, side_files};
pub use error::FeaturesError;
pub use files::{Files, Input};
pub use futago_raw::Folder;
pub use limits::Limits;
pub use read::{read, read_path, stream};
pub use sidecar::Sidecar;
