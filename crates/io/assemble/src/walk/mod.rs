//! Walk networks: the station's own, and what OpenStreetMap knows outside and under the streets.
//!
//! Two networks, because they are under two licences: [`assemble_station`] makes the one of the published indoor
//! network, [`assemble_outdoor`] the one of OpenStreetMap **with the joins between the two**. The second names
//! nodes of the first by their published ids (stand-ins), so `CityModel::absorb` makes one network of both, and
//! either pack can be opened alone.
//!
//! [`assemble_osm_walk`] makes one of OpenStreetMap extracts, where ways meet at nodes that they share. Indoor maps of
//! both become floors ([`assemble_floors`]).
//!
//! Levels are the ordinals of the station ([`futago_model::WalkNetwork`]); [`WalkRules::levels`] gives each a height
//! with its reason.

mod codes;
mod cover;
mod floors;
mod geometry;
mod levels;
mod mend;
mod osm;
mod outdoor;
mod rules;
mod station;
mod station_join;
mod ways;
mod weave;
mod web;

pub use floors::assemble_floors;
pub(crate) use floors::assemble_osm_floors;
pub use osm::{WalkExtract, assemble_osm_walk};
pub use outdoor::{OutdoorFiles, assemble_outdoor};
pub use rules::{LevelHeight, WalkRules};
pub use station::{StationFiles, assemble_station};
