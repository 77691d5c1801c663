//! OpenStreetMap extracts to raw features: OSM XML (`.osm`) and PBF (`.osm.pbf`).
//!
//! This crate answers one question: what does an extract say of streets, ways for people, areas and buildings?
//! [`read`] gives an [`Extract`]: lines and areas in the classes of OpenMapTiles, as `io/geojson` gives those of
//! tiles; ways for people **with the ids of their nodes**, because in OpenStreetMap two ways meet exactly
//! where both name the same node; buildings and their parts with heights and storeys. Nothing is projected, cut
//! or joined here: that is `io/assemble`.
//!
//! Coordinates are longitude and latitude in degrees (WGS 84), in steps of 1e-7. Both formats of one extract give the
//! same features.
//!
//! **Memory** is that of what is kept, not of the file: see `passes`. A rectangle ([`Options::bounds`])
//! takes a place out of a large extract: ways with a node in it are kept whole. PBF is unpacked on all cores;
//! the features do not depend on their number.
//!
//! The messages of PBF are written out in `pbf/schema.rs` and decoded by `prost`. `osmpbf` is not used: it panics on
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
mod kept;
mod limits;
mod passes;
mod pbf;
mod rings;
mod scan;
mod shape;
mod tags;
mod walk;
mod xml;

use std::io::Read;
use std::ops::ControlFlow;

pub use error::OsmError;
pub use extract::{Extract, read};
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
