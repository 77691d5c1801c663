//! Supports that are built: floors of buildings, and buildings as wholes.

use serde::{Deserialize, Serialize};

/// Buildings as wholes.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct BuildingSet {
    /// Published ids.
    pub id: Vec<String>,
    /// Index of each in the city's records.
    pub index: Vec<u32>,
}

/// Floors of buildings, one entry a floor, the floors of a building one after the other from below. A floor is drawn
/// as the building's outline from its bottom to its top.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct FloorSet {
    /// The buildings that have them.
    pub buildings: BuildingSet,
    /// Place of each floor's building in `buildings`.
    pub building: Vec<u32>,
    /// The floor: 1 is the one at the ground, -1 the first below.
    pub floor: Vec<i32>,
    /// Its bottom, metres above the ground.
    pub bottom_m: Vec<f32>,
    /// Its top, metres above the ground.
    pub top_m: Vec<f32>,
    /// Area that people can be on, square metres.
    pub area_m2: Vec<f32>,
}

impl FloorSet {
    /// Published id of a floor's building; empty beyond the last.
    pub fn id_of(&self, floor: usize) -> &str {
        let building = self.building.get(floor).map(|building| *building as usize);
        building.and_then(|building| self.buildings.id.get(building)).map_or("", String::as_str)
    }
}
