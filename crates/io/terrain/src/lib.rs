//! Heights of the ground to one grid.
//!
//! The question: how high is the ground under a city, at regular places, from whatever somebody has? Sources are
//!
//! | source | read by |
//! |---|---|
//! | GeoTIFF, as map programs write it | [`read_geotiff`] |
//! | elevation tiles of the Geospatial Information Authority (PNG, text) | [`read_tile`] |
//! | its base map (基盤地図情報 数値標高モデル, FG-GML-*-DEM*.xml) | [`read_base_map`] |
//! | triangles of a TIN (`dem:ReliefFeature` of CityGML, read elsewhere) | [`Tin`] |
//!
//! and [`build`] makes a [`futago_model::Terrain`] of them: rasters are sampled bilinearly in their own system at
//! the places of the site's grid, triangles are filled in. Where several sources know a place, the finest wins;
//! where they disagree, and what is missing, the Report tells.
//!
//! Heights are metres T.P., as all of these sources have them. A height below -500 m or above 9,000 m is none.
//!
//! Where this stops being true: a GeoTIFF does not say what its heights count from; they are taken as T.P. What
//! stands on the ground is the ground in a surface model (DSM), and nothing here can tell.

mod base_map;
mod build;
mod error;
mod fill;
mod geotiff;
mod limits;
mod merge;
mod raster;
mod tile;
mod tin;

pub use base_map::{looks_like_base_map, read_base_map};
pub use build::{Built, Ground, bounds_m, build};
pub use error::TerrainError;
pub use geotiff::{is_geotiff, looks_like_tiff, read_geotiff};
pub use limits::Limits;
pub use raster::{Mosaic, Placement, Raster};
pub use tile::{TileAddress, TileKind, looks_like_tile, read_tile};
pub use tin::Tin;

/// Lowest and highest height that is taken, metres T.P.: Japan's lie between -170 m (a quarry) and 3,776 m.
pub(crate) const HEIGHTS_M: std::ops::RangeInclusive<f64> = -500.0..=9000.0;
