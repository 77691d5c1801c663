//! OpenStreetMap extracts to raw features: OSM XML (`.osm`) and PBF (`.osm.pbf`).
//!
//! This crate answers one question: what does an extract say of streets, ways for people, areas and buildings?
//! [`read`] gives an [`Extract`], which makes raw features when asked: lines and areas in the classes of OpenMapTiles, as `io/geojson` gives those of
//! tiles; ways for people **with the ids of their nodes**, because in OpenStreetMap two ways meet exactly
//! where both name the same node; buildings and their parts with heights and storeys; rooms and floors inside
//! them with their levels. Nothing is projected, cut
//! or joined here: that is `io/assemble`.
//!
//! Coordinates are longitude and latitude in degrees (WGS 84), in steps of 1e-7. Both formats of one extract give the
//! same features.
//!
//! **Memory** is that of what is kept, not of the file: see `passes`. Ways are flat arrays of 32-bit numbers (`ways`,
//! `nodes`), tags are kept once for all ways that have the same (`sets`), and a kind of features takes room only while
//! somebody uses it. A rectangle ([`Options::bounds`]) takes a place out of a large extract: ways with a node in it are
//! kept whole. PBF is unpacked and features are made on all cores; they do not depend on their number.
//!
//! PBF is read where it lies, by `pbf/wire.rs`; zlib is that of `zlib-rs`. `osmpbf` is not used: it panics on
//! member types that it does not know and, with overflow checks, on steps of ids that leave 64 bits, takes a file
//! cut within the size of a block for a whole one, and brings a generator of code for its build.
//!
//! What is not read: changes (`.osc`), history, multipolygons whose tags stand on their outer way, public
//! transport routes, restrictions.

mod building;
mod classes;
mod element;
mod error;
mod extract;
mod indoor;
mod kept;
mod limits;
mod nodes;
mod passes;
mod pbf;
mod rings;
mod scan;
mod sets;
mod shape;
mod streets;
mod tags;
mod walk;
mod ways;
mod xml;

use std::io::Read;
use std::ops::ControlFlow;

pub use building::OsmBuildings;
pub use error::OsmError;
pub use extract::{Extract, read};
pub use indoor::Indoor;
pub use limits::Limits;

/// Opens the file from its beginning, once for every pass.
pub type Open<'s> = &'s mut (dyn FnMut() -> std::io::Result<Box<dyn Read + Send>> + 's);

/// Hears how many bytes are read, over all passes about as many as the file has.
pub type Progress<'s> = &'s mut (dyn FnMut(u64) -> ControlFlow<()> + 's);

/// What a reader is told.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Options {
    /// What is taken at most.
    pub limits: Limits,
    /// Only what touches this rectangle: west, south, east, north, degrees.
    pub bounds: Option<[f64; 4]>,
}

/// Whether a file that begins so is an extract.
pub fn looks_like(head: &[u8]) -> bool {
    pbf::looks_like(head) || xml::looks_like(head)
}
