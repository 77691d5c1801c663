//! The words of a pack: what it is, where it comes from, how it was built.

use std::collections::BTreeMap;

use futago_field::Report;
use futago_model::{About, BuildingFlags, CityModel, Objects, Streets};
use serde::{Deserialize, Serialize};

use crate::Pack;

/// How a pack was built.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Build {
    /// The program that wrote it.
    pub tool: String,
    /// Its version.
    pub tool_version: String,
    /// The files it was built from.
    pub inputs: Vec<Input>,
    /// What the builder was told, by name.
    pub options: BTreeMap<String, String>,
}

/// A file that a pack was built from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Input {
    /// Path within the data folder.
    pub file: String,
    /// Its size.
    pub bytes: u64,
    /// Its XXH3-128 hash, hexadecimal.
    pub xxh3: String,
}

/// How much is in a pack.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// Buildings.
    pub buildings: u64,
    /// Of them, those with roof pieces.
    pub buildings_lod2: u64,
    /// Solids of all buildings.
    pub solids: u64,
    /// Lines: streets, footways, railways, water.
    pub lines: u64,
    /// Length of streets and footways, whole metres.
    pub street_m: u64,
    /// Areas on the ground.
    pub areas: u64,
    /// Shelters and wide-area sites.
    pub shelters: u64,
    /// Nodes of the walk network, stand-ins included.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub walk_nodes: u64,
    /// Its links.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub walk_links: u64,
    /// Length of its links, whole metres.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub walk_m: u64,
    /// Floors, spaces and fixtures.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub floor_parts: u64,
    /// Bridges, decks and other structures.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub structures: u64,
    /// Their solids.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub structure_solids: u64,
    /// Samples of the terrain, those without a height included.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub terrain_samples: u64,
}

/// Parts that came later are not written where they are not there: the packs before them keep their bytes.
fn is_zero(count: &u64) -> bool {
    *count == 0
}

/// The manifest section.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Manifest {
    /// Name, frame, bounds, ground, sources and credits.
    pub about: About,
    /// How it was built.
    pub build: Build,
    /// How much is in it.
    pub counts: Counts,
    /// How often each defect was reported, by code.
    pub report_counts: BTreeMap<String, u64>,
    /// City objects as published, by kind; absent when the pack holds none.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub objects: BTreeMap<String, u64>,
}

impl Counts {
    /// Counts a city.
    pub fn of(city: &CityModel) -> Self {
        let lod2 = city.buildings.records.iter().filter(|b| b.flags.has(BuildingFlags::LOD2));
        Self {
            buildings: city.buildings.records.len() as u64,
            buildings_lod2: lod2.count() as u64,
            solids: city.buildings.solids.len() as u64,
            lines: city.streets.records.len() as u64,
            street_m: street_m(&city.streets),
            areas: city.streets.areas.len() as u64,
            shelters: city.shelters.len() as u64,
            walk_nodes: city.walk.nodes.len() as u64,
            walk_links: city.walk.links.len() as u64,
            walk_m: city.walk.length_m().round() as u64,
            floor_parts: city.floors.parts.len() as u64,
            structures: city.structures.records.len() as u64,
            structure_solids: city.structures.solids.len() as u64,
            terrain_samples: city.terrain.as_ref().map_or(0, |terrain| terrain.heights_mm.len() as u64),
        }
    }
}

fn street_m(streets: &Streets) -> u64 {
    streets.street_length_m().round() as u64
}

impl Pack {
    /// The manifest that this pack is written with.
    pub fn manifest(&self) -> Manifest {
        Manifest {
            about: self.city.about.clone(),
            build: self.build.clone(),
            counts: Counts::of(&self.city),
            report_counts: counts_of(&self.report),
            objects: kinds_of(&self.objects),
        }
    }
}

fn kinds_of(objects: &Objects) -> BTreeMap<String, u64> {
    let mut kinds = BTreeMap::new();
    for object in objects.objects() {
        *kinds.entry(object.name().to_owned()).or_default() += 1;
    }
    kinds
}

fn counts_of(report: &Report) -> BTreeMap<String, u64> {
    report.counts().into_iter().map(|(code, count)| (code.to_owned(), count as u64)).collect()
}
