//! Floors of a station and of what is around it: their outlines, the spaces on them, what stands in the way.
//!
//! Levels and heights are those of the walk network ([`crate::WalkNetwork`]). Categories stay the codes of the
//! source: for spaces `B021` are stairs, `B022` lifts, `B023` escalators, as the names in the data show; for
//! fixtures `C001` are columns and walls.

use bytemuck::{Pod, Zeroable};

use crate::{PolygonId, Polygons, StringId, Strings};

/// What a part of a floor is.
#[repr(u8)]
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FloorKind {
    /// The floor itself: where one can walk, spaces included.
    Floor = 0,
    /// A room, shop, flight of stairs, lift or passage on a floor.
    Space = 1,
    /// A column, wall or other thing in the way.
    Fixture = 2,
}

impl FloorKind {
    /// Every kind, by its number.
    pub const ALL: [Self; 3] = [Self::Floor, Self::Space, Self::Fixture];

    /// The kind of a record's number; unknown numbers are [`FloorKind::Fixture`].
    pub fn from_number(number: u32) -> Self {
        Self::ALL.get(number as usize).copied().unwrap_or(Self::Fixture)
    }
}

/// What is particular about a part of a floor.
#[repr(transparent)]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Pod, Zeroable)]
pub struct FloorFlags(pub u32);

impl FloorFlags {
    /// Outside.
    pub const OUTSIDE: Self = Self(1);
    /// Not everybody may go there.
    pub const RESTRICTED: Self = Self(2);
    /// Only with a ticket.
    pub const TOLL: Self = Self(4);
    /// Its floor is not in the data; its level is that of the rest of its file.
    pub const LEVEL_ASSUMED: Self = Self(8);
    /// Geometry was repaired on import.
    pub const REPAIRED: Self = Self(16);
}

/// One polygon on a level.
#[repr(C)]
#[derive(Debug, Clone, Copy, PartialEq, Pod, Zeroable)]
pub struct FloorPart {
    /// Published id.
    pub id: StringId,
    /// Name, if it has one.
    pub name: StringId,
    /// Category code of the source, for example `B021`; none for floors.
    pub category: StringId,
    /// Published id of the floor it is on; of a floor its own.
    pub floor: StringId,
    /// Its outline.
    pub polygon: PolygonId,
    /// Number of a [`FloorKind`].
    pub kind: u32,
    /// What is particular about it.
    pub flags: FloorFlags,
    /// Ordinal of the level.
    pub level: f32,
    /// Height above the ground at the site origin, metres.
    pub height_m: f32,
}

/// The floors of a city.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Floors {
    /// The parts: floors, then spaces, then fixtures, each in the order of the files.
    pub parts: Vec<FloorPart>,
    /// Their outlines.
    pub polygons: Polygons,
    /// Ids, names and codes.
    pub strings: Strings,
}

impl Floors {
    /// True with no part.
    pub fn is_empty(&self) -> bool {
        self.parts.is_empty()
    }

    /// The parts of a kind.
    pub fn of_kind(&self, kind: FloorKind) -> impl Iterator<Item = &FloorPart> {
        self.parts.iter().filter(move |part| FloorKind::from_number(part.kind) == kind)
    }

    /// Area of the parts of a kind, square metres.
    pub fn area_m2(&self, kind: FloorKind) -> f64 {
        self.of_kind(kind).map(|part| self.polygons.get(part.polygon).area_m2()).sum()
    }

    /// The levels that floors are on, lowest first, with the area of their floors, square metres.
    pub fn areas_by_level_m2(&self) -> Vec<(f32, f64)> {
        let mut by_level: Vec<(f32, f64)> = Vec::new();
        for part in self.of_kind(FloorKind::Floor) {
            let area = self.polygons.get(part.polygon).area_m2();
            match by_level.binary_search_by(|(level, _)| level.total_cmp(&part.level)) {
                Ok(at) => by_level[at].1 += area,
                Err(at) => by_level.insert(at, (part.level, area)),
            }
        }
        by_level
    }
}
