//! Floors of a station and of what is around it: their outlines, the spaces on them, what stands in the way.
//!
//! Levels and heights are those of the walk network ([`crate::WalkNetwork`]). Categories stay the codes of the
//! source: in maps of stations, for spaces `B021` are stairs, `B022` lifts, `B023` escalators, as the names in the data
//! show, and for fixtures `C001` are columns and walls; of OpenStreetMap the value of `room`, else of `indoor`.

use bytemuck::{Pod, Zeroable};

use std::collections::HashSet;

use crate::strings::merge_strings;
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

    /// Whether both hold a part of the same published id, and so the same part of a city.
    pub fn clashes(&self, other: &Self) -> bool {
        let ids = |floors: &Self| -> HashSet<String> {
            let ids = floors.parts.iter().filter_map(|part| floors.strings.get(part.id));
            ids.map(str::to_owned).collect()
        };
        !self.is_empty() && !other.is_empty() && !ids(self).is_disjoint(&ids(other))
    }

    /// Takes `other` in: parts of each kind stand together, those of `other` after the own.
    pub(crate) fn append(&mut self, other: Self) {
        if self.is_empty() {
            *self = other;
            return;
        }
        let texts = merge_strings(&mut self.strings, &other.strings);
        let text = |id: StringId| texts.get(id.0 as usize).copied().unwrap_or(StringId::NONE);
        for part in &other.parts {
            let outline = other.polygons.get(part.polygon);
            let rings: Vec<&[[i32; 2]]> = outline.rings_mm().collect();
            let polygon = self.polygons.push(&rings, outline.triangles);
            let (id, name) = (text(part.id), text(part.name));
            let (category, floor) = (text(part.category), text(part.floor));
            self.parts.push(FloorPart { id, name, category, floor, polygon, ..*part });
        }
        self.parts.sort_by_key(|part| part.kind);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A triangle a kind, named by its id.
    fn floors(ids: [&str; 2]) -> Floors {
        let mut floors = Floors::default();
        for (kind, id) in [FloorKind::Floor, FloorKind::Space].into_iter().zip(ids) {
            let size = 1000 * id.len() as i32;
            let polygon = floors.polygons.push(&[[[0, 0], [size, 0], [0, size]]], &[[0, 1, 2]]);
            let (id, none) = (floors.strings.push(id), StringId::NONE);
            let (kind, flags) = (kind as u32, FloorFlags::default());
            floors.parts.push(FloorPart {
                id,
                name: id,
                category: none,
                floor: none,
                polygon,
                kind,
                flags,
                level: 0.0,
                height_m: 0.0,
            });
        }
        floors
    }

    #[test]
    fn floors_of_two_sources_stand_by_kind() {
        let mut all = floors(["a", "bb"]);
        assert!(all.clashes(&floors(["ccc", "bb"])) && !all.clashes(&floors(["ccc", "dddd"])));
        assert!(!all.clashes(&Floors::default()));
        all.append(floors(["ccc", "dddd"]));
        let found: Vec<_> = all
            .parts
            .iter()
            .map(|part| (part.kind, all.strings.get(part.name), all.polygons.get(part.polygon).area_m2()))
            .collect();
        let expected =
            [(0, Some("a"), 0.5), (0, Some("ccc"), 4.5), (1, Some("bb"), 2.0), (1, Some("dddd"), 8.0)];
        assert_eq!(found, expected);
    }
}
