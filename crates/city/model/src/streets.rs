//! Streets, footways, railways, water and green: what is drawn on the ground and walked on.

use bytemuck::{Pod, Zeroable};

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
}

impl AreaKind {
    /// The kind of a record's number; unknown numbers are other land use.
    pub fn from_number(number: u32) -> Self {
        match number {
            0 => Self::Water,
            1 => Self::Grass,
            2 => Self::Wood,
            _ => Self::LandUse,
        }
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
}
