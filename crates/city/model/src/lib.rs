//! The city as Futago knows it: what the importers finish and every simulation reads.
//!
//! Coordinates are site metres (east, north, up; see [`futago_geodesy::SiteFrame`]). Plan
//! coordinates are kept as whole millimetres: exact, compact and the same on every machine.
//! Heights are metres above the site origin's height.
//!
//! Large parts are flat arrays of plain records (`bytemuck::Pod`), so that a pack opens by copying
//! memory. Records point into a shared [`Strings`] table and a shared [`Polygons`] store by typed ids.
//! A city may come from several packs ([`CityModel::absorb`]): each source keeps its own licence.

mod buildings;
mod flags;
mod floors;
pub mod objects;
mod occupancy;
mod places;
mod polygons;
mod storeys;
mod streets;
mod strings;
mod structures;
mod terrain;
mod walk;

use futago_geodesy::SiteFrame;
use serde::{Deserialize, Serialize};

pub use buildings::{Building, BuildingFlags, Buildings, Solid, Tile};
pub use floors::{FloorFlags, FloorKind, FloorPart, Floors};
pub use objects::Objects;
pub use occupancy::{FloorOccupancy, Occupancy};
pub use places::{Place, PlaceKind, find_places};
pub use polygons::{PolygonId, PolygonView, Polygons, metres_from_mm, mm_from_metres};
pub use storeys::{STOREY_M, storeys};
pub use streets::{Area, AreaKind, Level, Street, StreetClass, Streets};
pub use strings::{StringId, Strings};
pub use structures::{
    Structure, StructureFlags, StructureKind, StructureSolid, StructureTriangle, Structures, SurfaceRole,
};
pub use terrain::{Terrain, TerrainGrid};
pub use walk::{
    Components, Step, WalkGraph, WalkKind, WalkLevel, WalkLink, WalkLinkFlags, WalkLinkId, WalkNetwork,
    WalkNode, WalkNodeFlags, WalkNodeId, WalkPlace,
};

/// Everything known of a district.
#[derive(Debug, Clone, PartialEq)]
pub struct CityModel {
    /// What the city is called and where it comes from.
    pub about: About,
    /// Buildings and their solids.
    pub buildings: Buildings,
    /// Streets, footways, railways and water lines, and areas drawn on the ground.
    pub streets: Streets,
    /// Shelters and wide-area evacuation sites.
    pub shelters: Vec<Shelter>,
    /// Where people on foot can go, on every level.
    pub walk: WalkNetwork,
    /// Floors of the station and around it.
    pub floors: Floors,
    /// Bridges, decks and other structures that one can be on or under.
    pub structures: Structures,
    /// Heights of the ground; none until a terrain is imported.
    pub terrain: Option<Terrain>,
}

/// The part of a city that is words: names, frame, ground, sources.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct About {
    /// Name in Japanese.
    pub name_ja: String,
    /// Name in English.
    pub name_en: String,
    /// The frame of every coordinate.
    pub frame: SiteFrame,
    /// The part of the plan that the data covers: west, south, east, north, site metres.
    pub bounds_m: [f64; 4],
    /// What the ground is.
    pub ground: Ground,
    /// Where the parts come from, and what must be said of them.
    pub sources: Vec<Source>,
}

/// The ground under the buildings.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Ground {
    /// Flat, at the site origin's height, until a terrain is imported.
    Constant {
        /// Height, metres T.P.
        height_tp_m: f64,
        /// Why this value.
        note: String,
    },
    /// [`CityModel::terrain`] says how high the ground is. Heights of buildings still count from flat ground at
    /// the site origin's height, and so do simulations.
    Terrain {
        /// Height of the flat ground, metres T.P.
        height_tp_m: f64,
        /// Where the heights come from, and why the flat ground lies where it does.
        note: String,
    },
}

impl Ground {
    /// Height of the flat ground that heights of buildings count from, metres T.P.
    pub fn height_tp_m(&self) -> f64 {
        match self {
            Self::Constant { height_tp_m, .. } | Self::Terrain { height_tp_m, .. } => *height_tp_m,
        }
    }

    /// Why it is so.
    pub fn note(&self) -> &str {
        match self {
            Self::Constant { note, .. } | Self::Terrain { note, .. } => note,
        }
    }
}

/// One source of data, with its credit.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Source {
    /// Short key, for example `plateau-2020`.
    pub key: String,
    /// What it is.
    pub title: String,
    /// Licence, by its usual short name; empty when nobody said.
    pub licence: String,
    /// The line that must be shown, word for word; empty when nobody said.
    pub credit: String,
    /// Link to the licence or publisher.
    pub url: String,
    /// True for generated data; shown as 'synthetic' wherever it appears.
    pub synthetic: bool,
}

/// A place to go after a disaster.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Shelter {
    /// Name as published.
    pub name: String,
    /// Kind as published.
    pub kind: String,
    /// Place, site metres.
    pub at_m: [f64; 2],
    /// Persons, where published.
    pub capacity_persons: Option<u32>,
    /// Square metres, where published.
    pub area_m2: Option<f64>,
    /// A wide-area evacuation site (広域避難場所) rather than a shelter.
    pub wide_area: bool,
}

impl CityModel {
    /// A city with nothing in it.
    pub fn empty(about: About) -> Self {
        Self {
            about,
            buildings: Buildings::default(),
            streets: Streets::default(),
            shelters: Vec::new(),
            walk: WalkNetwork::default(),
            floors: Floors::default(),
            structures: Structures::default(),
            terrain: None,
        }
    }

    /// Height of the ground at a place (east, north, site metres), metres above the site origin's height: that of
    /// the terrain, or 0, the flat ground, where there is none.
    pub fn ground_height_m(&self, at_m: [f64; 2]) -> f64 {
        self.terrain.as_ref().and_then(|terrain| terrain.height_m(at_m)).unwrap_or_default()
    }

    /// Takes over what `other` has and this one lacks; sources, shelters and floors add up, and walk networks are
    /// joined ([`WalkNetwork::absorb`]).
    ///
    /// # Errors
    /// Gives `other` back when its frame is another one, or when both hold the same part.
    pub fn absorb(&mut self, other: CityModel) -> Result<(), Box<CityModel>> {
        let both_built = !self.buildings.records.is_empty() && !other.buildings.records.is_empty();
        let both_structures = !self.structures.is_empty() && !other.structures.is_empty();
        let both_grounds = self.terrain.is_some() && other.terrain.is_some();
        let both = both_built || both_structures || both_grounds || self.streets.clashes(&other.streets);
        let both = both || self.walk.clashes(&other.walk) || self.floors.clashes(&other.floors);
        if other.about.frame != self.about.frame || both {
            return Err(Box::new(other));
        }
        if self.buildings.records.is_empty() {
            self.buildings = other.buildings;
        }
        self.streets.append(other.streets);
        self.shelters.extend(other.shelters);
        self.floors.append(other.floors);
        if self.structures.is_empty() {
            self.structures = other.structures;
        }
        if self.terrain.is_none() && other.terrain.is_some() {
            self.terrain = other.terrain;
            self.about.ground = other.about.ground;
        }
        // Clashes were looked for above.
        let _ = self.walk.absorb(other.walk);
        for source in other.about.sources {
            if !self.about.sources.contains(&source) {
                self.about.sources.push(source);
            }
        }
        Ok(())
    }

    /// The credit lines that are stated, in the order of the sources, each once.
    pub fn credits(&self) -> Vec<&str> {
        let mut lines: Vec<&str> = Vec::new();
        for source in &self.about.sources {
            if !source.credit.is_empty() && !lines.contains(&source.credit.as_str()) {
                lines.push(&source.credit);
            }
        }
        lines
    }
}
