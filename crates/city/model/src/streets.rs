//! Streets, footways, railways, water and green: what is drawn on the ground and walked on.

use std::collections::HashSet;

use bytemuck::{Pod, Zeroable};

use crate::strings::merge_strings;
use crate::{PolygonId, Polygons, StringId, Strings};

/// Kind of a line, as far as users tell them apart.
#[repr(u8)]
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum StreetClass {
    /// Motorway or expressway.
    Motorway = 0,
    /// Trunk, primary or secondary road.
    Main = 1,
    /// Tertiary road or a street of the neighbourhood.
    Local = 2,
    /// Service road, track.
    Service = 3,
    /// Footway, path, pedestrian street.
    Footway = 4,
    /// Steps.
    Steps = 5,
    /// Railway.
    Rail = 6,
    /// Underground railway.
    Subway = 7,
    /// Station platform.
    Platform = 8,
    /// River, stream or canal.
    Waterway = 9,
    /// Anything else.
    Other = 10,
}

impl StreetClass {
    /// Every class, by its number.
    pub const ALL: [Self; 11] = [
        Self::Motorway,
        Self::Main,
        Self::Local,
        Self::Service,
        Self::Footway,
        Self::Steps,
        Self::Rail,
        Self::Subway,
        Self::Platform,
        Self::Waterway,
        Self::Other,
    ];

    /// The class of a record's number; unknown numbers are [`StreetClass::Other`].
    pub fn from_number(number: u32) -> Self {
        Self::ALL.get(number as usize).copied().unwrap_or(Self::Other)
    }

    /// Whether it is a road or a way for people, and so counts in street kilometres.
    pub fn is_street(self) -> bool {
        self <= Self::Steps
    }
}

/// Where a line runs.
#[repr(u8)]
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// On the ground.
    Ground = 0,
    /// On a bridge or deck.
    Bridge = 1,
    /// In a tunnel or underground passage.
    Tunnel = 2,
}

impl Level {
    /// The level of a record's number; unknown numbers are the ground.
    pub fn from_number(number: u32) -> Self {
        match number {
            1 => Self::Bridge,
            2 => Self::Tunnel,
            _ => Self::Ground,
        }
    }
}

/// One line.
#[repr(C)]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Pod, Zeroable)]
pub struct Street {
    /// Name, if it has one.
    pub name: StringId,
    /// Number of a [`StreetClass`].
    pub class: u32,
    /// Number of a [`Level`].
    pub level: u32,
    /// Last vertex, exclusive, in [`Streets::vertices_mm`].
    pub vertex_end: u32,
}

/// Kind of an area.
#[repr(u8)]
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AreaKind {
    /// Pond, lake or river surface.
    Water = 0,
    /// Grass and parks.
    Grass = 1,
    /// Trees.
    Wood = 2,
    /// School grounds, pitches, hospitals and other open land use.
    LandUse = 3,
    /// What is driven on; where nothing finer is known, a whole road.
    Roadway = 4,
    /// Pavements, squares and other surfaces for people.
    Pavement = 5,
    /// The bed of a railway.
    RailBed = 6,
}

impl AreaKind {
    /// Every kind, by its number.
    pub const ALL: [Self; 7] =
        [Self::Water, Self::Grass, Self::Wood, Self::LandUse, Self::Roadway, Self::Pavement, Self::RailBed];

    /// Every kind, from the one that lies lowest: ponds are in parks, pavements beside roads.
    pub const FROM_BELOW: [Self; 7] =
        [Self::LandUse, Self::Grass, Self::Wood, Self::RailBed, Self::Roadway, Self::Pavement, Self::Water];

    /// The kind of a record's number; unknown numbers are other land use.
    pub fn from_number(number: u32) -> Self {
        Self::ALL.get(number as usize).copied().unwrap_or(Self::LandUse)
    }
}

/// One area on the ground.
#[repr(C)]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Pod, Zeroable)]
pub struct Area {
    /// Its outline.
    pub polygon: PolygonId,
    /// Number of an [`AreaKind`].
    pub kind: u32,
}

/// Lines and areas of a city.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Streets {
    /// The lines.
    pub records: Vec<Street>,
    /// Their vertices, east and north, millimetres.
    pub vertices_mm: Vec<[i32; 2]>,
    /// The areas.
    pub areas: Vec<Area>,
    /// Their outlines.
    pub polygons: Polygons,
    /// Names.
    pub strings: Strings,
}

impl Streets {
    /// True with neither line nor area.
    pub fn is_empty(&self) -> bool {
        self.records.is_empty() && self.areas.is_empty()
    }

    /// Vertices of the line with this index, millimetres.
    pub fn line_mm(&self, index: usize) -> &[[i32; 2]] {
        let start = if index == 0 { 0 } else { self.records[index - 1].vertex_end as usize };
        &self.vertices_mm[start..self.records[index].vertex_end as usize]
    }

    /// Length of the line with this index, metres.
    pub fn length_m(&self, index: usize) -> f64 {
        let pairs = self.line_mm(index).windows(2);
        pairs.map(|w| f64::hypot(f64::from(w[1][0] - w[0][0]), f64::from(w[1][1] - w[0][1])) / 1000.0).sum()
    }

    /// Length of all roads and footways, metres.
    pub fn street_length_m(&self) -> f64 {
        let streets =
            (0..self.records.len()).filter(|i| StreetClass::from_number(self.records[*i].class).is_street());
        streets.map(|i| self.length_m(i)).sum()
    }

    /// Whether a line or an area of `other` is here already.
    pub fn clashes(&self, other: &Self) -> bool {
        if self.is_empty() || other.is_empty() {
            return false;
        }
        let own: HashSet<Shape<'_>> = self.shapes().collect();
        other.shapes().any(|shape| own.contains(&shape))
    }

    fn shapes(&self) -> impl Iterator<Item = Shape<'_>> {
        let lines = self.records.iter().enumerate().map(|(index, record)| {
            let shape = self.line_mm(index);
            (false, record.class, record.level, shape)
        });
        let areas = self.areas.iter().map(|area| {
            let shape = self.polygons.get(area.polygon).vertices_mm;
            (true, area.kind, 0, shape)
        });
        lines.chain(areas)
    }

    /// Takes `other` in, after the own lines and areas.
    pub(crate) fn append(&mut self, other: Self) {
        if self.is_empty() {
            *self = other;
            return;
        }
        let names = merge_strings(&mut self.strings, &other.strings);
        let moved = |id: StringId| names.get(id.0 as usize).copied().unwrap_or(StringId::NONE);
        let first_vertex = self.vertices_mm.len() as u32;
        self.records.extend(other.records.iter().map(|record| Street {
            name: moved(record.name),
            vertex_end: first_vertex + record.vertex_end,
            ..*record
        }));
        self.vertices_mm.extend(other.vertices_mm);
        for area in &other.areas {
            let polygon = other.polygons.get(area.polygon);
            let rings: Vec<_> = polygon.rings_mm().collect();
            let polygon = self.polygons.push(&rings, polygon.triangles);
            self.areas.push(Area { polygon, kind: area.kind });
        }
    }
}

/// What tells a line or an area from another: whether it is an area, its kind, its level, its vertices.
type Shape<'a> = (bool, u32, u32, &'a [[i32; 2]]);

#[cfg(test)]
mod tests {
    use super::*;

    fn streets(name: &str, size_mm: i32) -> Streets {
        let mut streets = Streets::default();
        let name = streets.strings.push(name);
        streets.vertices_mm.extend([[0, 0], [size_mm, 0]]);
        let (class, level) = (StreetClass::Local as u32, Level::Ground as u32);
        streets.records.push(Street { name, class, level, vertex_end: 2 });
        let polygon = streets.polygons.push(&[[[0, 0], [size_mm, 0], [0, size_mm]]], &[[0, 1, 2]]);
        streets.areas.push(Area { polygon, kind: AreaKind::Roadway as u32 });
        streets
    }

    #[test]
    fn streets_of_two_sources_stand_one_after_the_other() {
        let mut all = streets("a", 1000);
        assert!(all.clashes(&streets("b", 1000)) && !all.clashes(&streets("b", 2000)));
        all.append(streets("b", 2000));
        let names: Vec<_> = all.records.iter().map(|record| all.strings.get(record.name)).collect();
        assert_eq!(names, [Some("a"), Some("b")]);
        assert_eq!((all.length_m(0), all.length_m(1)), (1.0, 2.0));
        let areas: Vec<f64> = all.areas.iter().map(|area| all.polygons.get(area.polygon).area_m2()).collect();
        assert_eq!(areas, [0.5, 2.0]);
    }

    #[test]
    fn kinds_keep_their_numbers() {
        assert!(AreaKind::ALL.iter().enumerate().all(|(number, kind)| *kind as usize == number));
        let mut below = AreaKind::FROM_BELOW;
        below.sort_unstable();
        assert_eq!(below, AreaKind::ALL);
    }
}
