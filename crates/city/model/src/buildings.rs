//! Buildings as footprints and as solids.
//!
//! A building is drawn and simulated by its solids: upright prisms with a flat top. Where a source has
//! roof pieces (LOD2), each piece is a solid of its own, so that podium and shaft keep their heights;
//! elsewhere the footprint is the only solid (LOD1).

use bytemuck::{Pod, Zeroable};

use crate::{PolygonId, Polygons, StringId, Strings};

/// What is particular about a building.
#[repr(transparent)]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Pod, Zeroable)]
pub struct BuildingFlags(pub u32);

impl BuildingFlags {
    /// Its solids are roof pieces, not the footprint.
    pub const LOD2: Self = Self(1);
    /// No height was published; the one here is assumed.
    pub const HEIGHT_ASSUMED: Self = Self(2);
    /// Cut at the edge of the data.
    pub const CLIPPED: Self = Self(4);
    /// No id was published; the one here is made up.
    pub const ID_ASSUMED: Self = Self(8);
    /// Geometry was repaired on import.
    pub const REPAIRED: Self = Self(16);
}

/// One building. Ordered by tile, then as published.
#[repr(C)]
#[derive(Debug, Clone, Copy, PartialEq, Pod, Zeroable)]
pub struct Building {
    /// Published id, for example `13104-bldg-6158`.
    pub id: StringId,
    /// Name in Japanese, if it has one.
    pub name_ja: StringId,
    /// Name in English, if it has one.
    pub name_en: StringId,
    /// Code of the town (町字), if known.
    pub town_code: StringId,
    /// Published (measured) height above ground, metres; the assumed one with `HEIGHT_ASSUMED`.
    pub height_m: f32,
    /// Expected flood depth, metres; NaN where not published.
    pub flood_depth_m: f32,
    /// The footprint.
    pub footprint: PolygonId,
    /// What is particular about it.
    pub flags: BuildingFlags,
    /// First of its solids.
    pub first_solid: u32,
    /// Number of its solids, at least one.
    pub solid_count: u32,
}

/// An upright prism with a flat top.
#[repr(C)]
#[derive(Debug, Clone, Copy, PartialEq, Pod, Zeroable)]
pub struct Solid {
    /// Its plan.
    pub polygon: PolygonId,
    /// Index of its building.
    pub building: u32,
    /// Height of its underside, metres above the ground.
    pub bottom_m: f32,
    /// Height of its top, metres above the ground.
    pub top_m: f32,
}

/// A square of the plan and the buildings whose footprint centre lies in it.
#[repr(C)]
#[derive(Debug, Clone, Copy, PartialEq, Pod, Zeroable)]
pub struct Tile {
    /// Column, in tile widths from the site origin; negative to the west.
    pub column: i32,
    /// Row, in tile widths from the site origin; negative to the south.
    pub row: i32,
    /// First building.
    pub first_building: u32,
    /// Number of buildings.
    pub building_count: u32,
    /// West, south, east, north of everything in it, metres.
    pub bounds_m: [f32; 4],
    /// Highest top in it, metres.
    pub top_m: f32,
    /// Keeps the record a multiple of 8 bytes.
    pub reserved: u32,
}

/// All buildings of a city.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Buildings {
    /// The buildings, in tile order.
    pub records: Vec<Building>,
    /// Their solids, in building order.
    pub solids: Vec<Solid>,
    /// Footprints and solid plans.
    pub polygons: Polygons,
    /// Ids, names and codes.
    pub strings: Strings,
    /// The tiles, by row and column.
    pub tiles: Vec<Tile>,
}

impl Buildings {
    /// Width of a tile, metres.
    pub const TILE_M: f64 = 250.0;

    /// The solids of a building.
    pub fn solids_of(&self, building: &Building) -> &[Solid] {
        let first = building.first_solid as usize;
        &self.solids[first..first + building.solid_count as usize]
    }

    /// The published id, or an empty text.
    pub fn id_of(&self, building: &Building) -> &str {
        self.strings.get(building.id).unwrap_or_default()
    }

    /// Its name, Japanese and English, where it has any; one stands for both where there is no other.
    pub fn name_of(&self, building: &Building) -> Option<[&str; 2]> {
        let name = |id| self.strings.get(id).filter(|name| !name.is_empty());
        let (ja, en) = (name(building.name_ja), name(building.name_en));
        Some([ja.or(en)?, en.or(ja)?])
    }

    /// What it is called, Japanese and English: its name, else its id.
    pub fn called(&self, building: &Building) -> [&str; 2] {
        self.name_of(building).unwrap_or([self.id_of(building); 2])
    }

    /// Index of the building with this id.
    pub fn find(&self, id: &str) -> Option<usize> {
        self.records.iter().position(|b| self.id_of(b) == id)
    }

    /// Highest top of its solids, metres above the ground.
    pub fn top_of(&self, building: &Building) -> f32 {
        self.solids_of(building).iter().map(|s| s.top_m).fold(0.0, f32::max)
    }

    /// Height of the largest roof face, metres: the top of the solid with the largest plan. For most
    /// towers that is the roof people mean, without spires and machine rooms; a tower on a wide podium
    /// has its podium there. Of equal plans the first counts.
    pub fn main_roof_of(&self, building: &Building) -> Option<f32> {
        let mut largest: Option<(f64, f32)> = None;
        for solid in self.solids_of(building) {
            let area = self.polygons.get(solid.polygon).area_m2();
            if largest.is_none_or(|(most, _)| area > most) {
                largest = Some((area, solid.top_m));
            }
        }
        largest.map(|(_, top)| top)
    }
}
