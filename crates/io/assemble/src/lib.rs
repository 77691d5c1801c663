//! Raw features to [`futago_model`] parts.
//!
//! The question: which solids stand where, and how sure are we of it? The input is what files say
//! (`io/geojson`, `io/citygml`, `io/osm` and others), in degrees; the result is in site millimetres, valid, triangulated and in tile
//! order. The way, for buildings:
//!
//! 1. every outline is projected, snapped to whole millimetres and cleaned ([`Rules`] holds the limits):
//!    repeated vertices and empty rings go, the outside is turned counter-clockwise and holes clockwise,
//!    crossings are resolved by boolean operations on the millimetre grid (`i_overlay`);
//! 2. roof pieces find their building by its id, else by position;
//! 3. missing heights are filled from roof pieces, else from the neighbours' median;
//! 4. buildings with roof pieces get one solid a piece, the others one solid a footprint polygon;
//! 5. records are written in tile order.
//!
//! Whatever is changed or left out is an entry of the [`futago_field::Report`]. Steps run on rayon and
//! keep the order of the input, so the result does not depend on the number of threads.
//!
//! Where this stops being true: solids are upright and flat, a piece's height is the mean of its face, and
//! roof pieces overlap by about 2 % as published; nothing is known of overhangs and passages of buildings.
//! Bridges and decks, under which one can be, go another way ([`structures`]).

mod batch;
mod boolean;
mod building;
mod buildings;
mod clean;
mod codes;
mod cover;
mod emit;
mod error;
mod faces;
mod footprints;
mod heights;
mod import;
mod join;
mod lines;
mod lod;
mod objects;
mod osm_buildings;
mod pieces;
mod plan;
mod project;
mod published;
mod relief;
mod rules;
mod shelters;
mod simple;
mod site;
mod streets;
mod streetscape;
mod structures;
mod triangles;

mod walk;

pub use buildings::{BuildingFiles, assemble_buildings};
pub use error::AssembleError;
pub use futago_osm::OsmError;
pub use import::{Import, ImportError, ImportLimits, Packs};
pub use rules::Rules;
pub use shelters::assemble_shelters;
pub use streets::{StreetFiles, assemble_streets};
pub use structures::{StructureFile, StructureRules, assemble_structures};

pub use walk::{
    LevelHeight, OutdoorFiles, StationFiles, WalkExtract, WalkRules, assemble_floors, assemble_osm_walk,
    assemble_outdoor, assemble_station,
};
