//! The walk network: where people on foot can go, on every level.
//!
//! A node is a place on a level, a link a stretch between two nodes with its kind, width and length. Underground
//! floors, the ground and decks are one network: what leads from one level to another is a link too
//! (stairs, escalator, lift, ramp), so a search over links needs to know nothing of storeys.
//!
//! **Levels** are the published ordinals of the station floors: the ground outside is 0, `2` is the second floor
//! and the pedestrian decks, `-1` the first basement; halves are landings and mezzanines. **Heights** are
//! metres above the ground at the site origin and come from the table [`WalkNetwork::levels`], one row a level
//! with the reason of its value; most are assumed and say so.
//!
//! **Units and directions.** Plan coordinates are whole millimetres in the site frame. `length_m` is the
//! published length where there is one, else that of the line in plan. A one-way link (an escalator) leads from
//! `from` to `to` only.
//!
//! **Several packs, one network.** Sources under different licences stay in different packs. Where a network
//! leads over to another pack's, it holds that pack's node as a stand-in ([`WalkNodeFlags::ELSEWHERE`]) under
//! its published id; [`WalkNetwork::absorb`] puts the real node in its place. A pack alone stays a valid network
//! with a few dead ends more.
//!
//! Where it stops being true: widths are classes or assumed by kind; lifts have no waiting time, escalators no
//! speed; that a door is open at night is not known.

mod absorb;
mod graph;

use bytemuck::{Pod, Zeroable};

pub use graph::{Components, Step, WalkGraph};

use crate::{StringId, Strings};

/// Index of a node in [`WalkNetwork::nodes`].
#[repr(transparent)]
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Pod, Zeroable)]
pub struct WalkNodeId(pub u32);

/// Index of a link in [`WalkNetwork::links`].
#[repr(transparent)]
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Pod, Zeroable)]
pub struct WalkLinkId(pub u32);

/// What a link is.
#[repr(u8)]
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum WalkKind {
    /// Footway, path, pedestrian street, forecourt: outside, on the ground.
    Walkway = 0,
    /// Along a street that has no footway of its own.
    StreetSide = 1,
    /// Inside a building or underground.
    Corridor = 2,
    /// Outside, above the ground: pedestrian deck, footbridge.
    Deck = 3,
    /// Stairs.
    Stairs = 4,
    /// Escalator.
    Escalator = 5,
    /// Lift.
    Lift = 6,
    /// Ramp: steeper than 5 %, or from level to level without steps.
    Ramp = 7,
    /// From a door to the outside.
    Doorway = 8,
    /// Across a carriageway or a railway.
    Crossing = 9,
    /// Moving walkway.
    MovingWalkway = 10,
    /// Anything else.
    Other = 11,
}

impl WalkKind {
    /// Every kind, by its number.
    pub const ALL: [Self; 12] = [
        Self::Walkway,
        Self::StreetSide,
        Self::Corridor,
        Self::Deck,
        Self::Stairs,
        Self::Escalator,
        Self::Lift,
        Self::Ramp,
        Self::Doorway,
        Self::Crossing,
        Self::MovingWalkway,
        Self::Other,
    ];

    /// The kind of a record's number; unknown numbers are [`WalkKind::Other`].
    pub fn from_number(number: u32) -> Self {
        Self::ALL.get(number as usize).copied().unwrap_or(Self::Other)
    }

    /// Its name in files and texts.
    pub fn name(self) -> &'static str {
        match self {
            Self::Walkway => "walkway",
            Self::StreetSide => "street-side",
            Self::Corridor => "corridor",
            Self::Deck => "deck",
            Self::Stairs => "stairs",
            Self::Escalator => "escalator",
            Self::Lift => "lift",
            Self::Ramp => "ramp",
            Self::Doorway => "doorway",
            Self::Crossing => "crossing",
            Self::MovingWalkway => "moving-walkway",
            Self::Other => "other",
        }
    }
}

/// Where a node is.
#[repr(u8)]
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum WalkPlace {
    /// Not known.
    Unknown = 0,
    /// Outside.
    Outside = 1,
    /// In a doorway.
    Doorway = 2,
    /// Inside a building or underground.
    Inside = 3,
}

impl WalkPlace {
    /// The place of a record's number; unknown numbers are [`WalkPlace::Unknown`].
    pub fn from_number(number: u32) -> Self {
        match number {
            1 => Self::Outside,
            2 => Self::Doorway,
            3 => Self::Inside,
            _ => Self::Unknown,
        }
    }
}

/// What is particular about a node.
#[repr(transparent)]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Pod, Zeroable)]
pub struct WalkNodeFlags(pub u32);

impl WalkNodeFlags {
    /// A stand-in for a node of another pack, found there by its id.
    pub const ELSEWHERE: Self = Self(1);
    /// Not published as a node; made where published links meet.
    pub const ASSUMED: Self = Self(2);
    /// Its level is assumed from the ways that meet there.
    pub const LEVEL_ASSUMED: Self = Self(4);
}

/// What is particular about a link.
#[repr(transparent)]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Pod, Zeroable)]
pub struct WalkLinkFlags(pub u32);

impl WalkLinkFlags {
    /// Leads from `from` to `to` only.
    pub const ONE_WAY: Self = Self(1);
    /// Roofed, inside or underground.
    pub const ROOFED: Self = Self(2);
    /// Whether it is roofed is not known.
    pub const ROOF_UNKNOWN: Self = Self(4);
    /// No stairs, no escalator, no step over 2 cm, as far as the source says.
    pub const STEP_FREE: Self = Self(8);
    /// A lift that is published as fit for wheelchairs.
    pub const WHEELCHAIR: Self = Self(16);
    /// Steeper than 5 %, rising from `from` to `to`.
    pub const STEEP_UP: Self = Self(32);
    /// Steeper than 5 %, falling from `from` to `to`.
    pub const STEEP_DOWN: Self = Self(64);
    /// `width_m` is the middle of a published class.
    pub const WIDTH_CLASS: Self = Self(128);
    /// `width_m` is assumed from the kind.
    pub const WIDTH_ASSUMED: Self = Self(256);
    /// Its level, or that it changes level by stairs, is assumed.
    pub const LEVEL_ASSUMED: Self = Self(512);
    /// Made to join two sources, or an end to a way beside it.
    pub const JOIN: Self = Self(1024);
    /// Its line or ends were repaired on import.
    pub const REPAIRED: Self = Self(2048);
}

/// A place on a level.
#[repr(C)]
#[derive(Debug, Clone, Copy, PartialEq, Pod, Zeroable)]
pub struct WalkNode {
    /// Published id, if it has one; unique in a network.
    pub id: StringId,
    /// East and north, millimetres.
    pub at_mm: [i32; 2],
    /// Height above the ground at the site origin, metres.
    pub height_m: f32,
    /// Ordinal of the level; halves are landings.
    pub level: f32,
    /// Number of a [`WalkPlace`].
    pub place: u32,
    /// What is particular about it.
    pub flags: WalkNodeFlags,
}

/// A stretch between two nodes.
#[repr(C)]
#[derive(Debug, Clone, Copy, PartialEq, Pod, Zeroable)]
pub struct WalkLink {
    /// Published id, if it has one.
    pub id: StringId,
    /// Name of the way, if it has one.
    pub name: StringId,
    /// Key of the source it comes from, as in [`crate::About::sources`].
    pub source: StringId,
    /// Where it begins.
    pub from: WalkNodeId,
    /// Where it ends.
    pub to: WalkNodeId,
    /// Number of a [`WalkKind`].
    pub kind: u32,
    /// What is particular about it.
    pub flags: WalkLinkFlags,
    /// The level it runs on; of one between levels the lower.
    pub level: f32,
    /// Clear width, metres.
    pub width_m: f32,
    /// Length, metres.
    pub length_m: f32,
    /// Last vertex, exclusive, in [`WalkNetwork::vertices_mm`].
    pub vertex_end: u32,
}

/// The height of a level.
#[repr(C)]
#[derive(Debug, Clone, Copy, PartialEq, Pod, Zeroable)]
pub struct WalkLevel {
    /// Ordinal.
    pub level: f32,
    /// Height above the ground at the site origin, metres.
    pub height_m: f32,
    /// 1 where the height is assumed, 0 where it follows from published figures.
    pub assumed: u32,
    /// Where the height comes from, in words.
    pub reason: StringId,
}

/// The walk network of a city.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct WalkNetwork {
    /// The nodes.
    pub nodes: Vec<WalkNode>,
    /// The links.
    pub links: Vec<WalkLink>,
    /// Lines of the links, east and north, millimetres; each begins and ends at its nodes.
    pub vertices_mm: Vec<[i32; 2]>,
    /// The levels, lowest first.
    pub levels: Vec<WalkLevel>,
    /// Ids, names, source keys and reasons.
    pub strings: Strings,
}

impl WalkNetwork {
    /// True with neither node nor link.
    pub fn is_empty(&self) -> bool {
        self.nodes.is_empty() && self.links.is_empty()
    }

    /// A node. Panics when the id is of another network.
    pub fn node(&self, id: WalkNodeId) -> &WalkNode {
        &self.nodes[id.0 as usize]
    }

    /// A link. Panics when the id is of another network.
    pub fn link(&self, id: WalkLinkId) -> &WalkLink {
        &self.links[id.0 as usize]
    }

    /// The node with this published id.
    pub fn find(&self, id: &str) -> Option<WalkNodeId> {
        let found = self.nodes.iter().position(|node| self.strings.get(node.id) == Some(id))?;
        Some(WalkNodeId(found as u32))
    }

    /// Vertices of a link from its first node to its last, millimetres.
    pub fn line_mm(&self, id: WalkLinkId) -> &[[i32; 2]] {
        let index = id.0 as usize;
        let start = if index == 0 { 0 } else { self.links[index - 1].vertex_end as usize };
        &self.vertices_mm[start..self.links[index].vertex_end as usize]
    }

    /// Height at the end less height at the beginning, metres.
    pub fn rise_m(&self, id: WalkLinkId) -> f32 {
        let link = self.link(id);
        self.node(link.to).height_m - self.node(link.from).height_m
    }

    /// Length of all links, metres.
    pub fn length_m(&self) -> f64 {
        self.links.iter().map(|link| f64::from(link.length_m)).sum()
    }

    /// Length of the links of each kind, metres, in the order of [`WalkKind::ALL`].
    pub fn lengths_by_kind_m(&self) -> [f64; WalkKind::ALL.len()] {
        let mut lengths = [0.0; WalkKind::ALL.len()];
        for link in &self.links {
            lengths[WalkKind::from_number(link.kind) as usize] += f64::from(link.length_m);
        }
        lengths
    }

    /// The levels that links run on, lowest first, with the length of their links, metres.
    pub fn lengths_by_level_m(&self) -> Vec<(f32, f64)> {
        let mut by_level: Vec<(f32, f64)> = Vec::new();
        for link in &self.links {
            match by_level.binary_search_by(|(level, _)| level.total_cmp(&link.level)) {
                Ok(at) => by_level[at].1 += f64::from(link.length_m),
                Err(at) => by_level.insert(at, (link.level, f64::from(link.length_m))),
            }
        }
        by_level
    }

    /// Stand-ins for nodes of packs that are not open.
    pub fn stand_ins(&self) -> usize {
        self.nodes.iter().filter(|node| node.flags.has(WalkNodeFlags::ELSEWHERE)).count()
    }
}
