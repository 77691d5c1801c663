//! Raw features of OpenStreetMap that other sources do not have: ways for people with the nodes that they share,
//! and buildings with storeys.

use crate::{LonLatPair, RawPolygon};

/// What people walk on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WayKind {
    /// Footway, path, sidewalk.
    Footway,
    /// Pedestrian street or square.
    Pedestrian,
    /// Across a carriageway.
    Crossing,
    /// Steps; escalators when they convey.
    Steps,
    /// A passage inside a building.
    Corridor,
    /// A lift.
    Elevator,
    /// A platform of a station.
    Platform,
    /// A carriageway that may be walked along.
    Street,
}

/// In which direction of the line somebody may walk.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Direction {
    /// Both.
    #[default]
    Both,
    /// From the first vertex to the last.
    Forward,
    /// From the last vertex to the first.
    Backward,
}

/// `incline`: how a way rises from its first vertex to its last.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Incline {
    /// It rises.
    Up,
    /// It falls.
    Down,
    /// It rises by so many percent; negative: it falls.
    Percent(f64),
}

/// A way that people walk on, or the outline of an area for them. It meets others at nodes that both name.
#[derive(Debug, Clone, PartialEq)]
pub struct RawWalkWay {
    /// Place in [`crate::Raw::osm_ids`].
    pub index: u32,
    /// Ids of the nodes.
    pub nodes: Vec<i64>,
    /// Longitude and latitude of each node.
    pub line: Vec<LonLatPair>,
    /// What it is.
    pub kind: WayKind,
    /// `level`, lowest first; 0 is the storey at the ground. Empty where it is not said.
    pub levels: Vec<f64>,
    /// `layer`: order above and below the ground.
    pub layer: Option<i32>,
    /// `bridge`.
    pub bridge: bool,
    /// `tunnel`, passages through buildings left out.
    pub tunnel: bool,
    /// `indoor`, or a corridor.
    pub indoor: bool,
    /// `covered`, or a passage through a building.
    pub covered: Option<bool>,
    /// `conveying`: an escalator or moving walkway.
    pub conveying: bool,
    /// In which direction it may be walked.
    pub direction: Direction,
    /// `incline`.
    pub incline: Option<Incline>,
    /// `width`, metres.
    pub width_m: Option<f64>,
    /// `wheelchair`.
    pub wheelchair: Option<bool>,
    /// Name.
    pub name: Option<String>,
}

/// A node that means something to people on foot.
#[derive(Debug, Clone, PartialEq)]
pub struct RawWalkSpot {
    /// Place in [`crate::Raw::osm_ids`].
    pub index: u32,
    /// Id of the node.
    pub node: i64,
    /// A lift.
    pub elevator: bool,
    /// An entrance or a door.
    pub door: bool,
    /// `level`, lowest first. Empty where it is not said.
    pub levels: Vec<f64>,
    /// `wheelchair`.
    pub wheelchair: Option<bool>,
}

/// A building, or a part of one.
#[derive(Debug, Clone, PartialEq)]
pub struct RawOsmBuilding {
    /// Place in [`crate::Raw::osm_ids`].
    pub index: u32,
    /// `building:part`: a part of a building.
    pub part: bool,
    /// Of a part, the index of its building where a relation says so.
    pub building: Option<u32>,
    /// `height`, metres above the ground.
    pub height_m: Option<f64>,
    /// `min_height`, metres: where a part begins.
    pub min_height_m: Option<f64>,
    /// `building:levels`: storeys above the ground.
    pub levels: Option<f64>,
    /// `building:min_level`: storeys that are left out below a part.
    pub min_level: Option<f64>,
    /// `name`.
    pub name: Option<String>,
    /// `name:en`.
    pub name_en: Option<String>,
    /// Outline, one polygon or several.
    pub parts: Vec<RawPolygon>,
}
