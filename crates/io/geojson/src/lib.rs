//! GeoJSON and CSV to raw features.
//!
//! This crate answers one question: what does a file say? It does not build a city. A reader takes the
//! bytes of a file and its name, and gives [`futago_raw::Raw`]: the features in the order of the file, each with its
//! index as its place, and a [`futago_field::Report`] of what could not be taken as it stood.
//!
//! Coordinates stay what they are in the file: longitude and latitude in degrees, in that order
//! (RFC 7946). A pair that can only be latitude first is turned round and reported. Values keep their
//! published unit, which the field names carry. Station floors and their walking network are published in plane
//! metres: their readers ([`read_walk_nodes`], [`read_walk_links`], [`read_floor_parts`]) are told the system.
//!
//! There are two kinds of trouble. A file that is not what it says (not JSON, not a FeatureCollection, cut,
//! in another coordinate system) is a [`GeoJsonError`]. A feature that cannot be used is left out, or used
//! without the bad part, and is an entry of the Report; the rest is loaded.
//!
//! `geojson::FeatureReader` is not used: it takes the first `[` of a file for the start of the features,
//! which is wrong for a collection with a `bbox`. The collection is split into features by `serde_json`
//! without looking into them, and each is then read by the `geojson` crate, in parallel.

mod collection;
mod error;
mod kinds;
mod properties;
mod scrub;
mod shape;
mod tables;

mod indoor;
mod underground;

pub use error::GeoJsonError;
pub use indoor::{read_floor_parts, read_walk_links, read_walk_nodes};
pub use kinds::{read_areas, read_buildings, read_lines, read_roof_pieces};
pub use underground::read_underground_ways;

pub use tables::{read_landmarks, read_shelters, read_wide_area_sites};

/// Largest file that is read, bytes. A FeatureCollection beyond it should be split.
pub const MAX_FILE_BYTES: usize = 1 << 30;

/// Most features taken from one file.
pub const MAX_FEATURES: usize = 5_000_000;
