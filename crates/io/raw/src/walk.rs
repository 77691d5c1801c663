//! Raw features of the walking network and of station floors.
//!
//! Codes stay numbers here; `futago_assemble` says what they mean.

use crate::RawPolygon;

/// Metres east and north: of a plane system, or of a tangent plane.
pub type PlanePair = [f64; 2];

/// A node of the MLIT pedestrian network (歩行空間ネットワークデータ).
#[derive(Debug, Clone, PartialEq)]
pub struct RawWalkNode {
    /// Place in the file, from 0.
    pub index: u32,
    /// Property `node_id`.
    pub id: Option<String>,
    /// East and north, metres.
    pub at: PlanePair,
    /// Property `ordinal`: level, 0 outside on the ground.
    pub ordinal: Option<f64>,
    /// Property `in_out`: 1 outside, 2 doorway, 3 inside.
    pub in_out: Option<u32>,
}

/// A link of the MLIT pedestrian network.
#[derive(Debug, Clone, PartialEq)]
pub struct RawWalkLink {
    /// Place in the file, from 0.
    pub index: u32,
    /// Property `link_id`.
    pub id: Option<String>,
    /// Property `start_id`.
    pub start_id: Option<String>,
    /// Property `end_id`.
    pub end_id: Option<String>,
    /// Property `distance`: length, metres.
    pub distance_m: Option<f64>,
    /// Property `rt_struct`: 1 and 2 streets, 3 and 4 crossings, 5 underground, 6 footbridge, 7 inside.
    pub structure: Option<u32>,
    /// Property `route_type`: 1 none in particular, 2 moving walkway, 3 railway crossing, 4 lift,
    /// 5 escalator, 6 stairs, 7 ramp.
    pub route_type: Option<u32>,
    /// Property `direction`: 1 both ways, 2 from start to end, 3 from end to start.
    pub direction: Option<u32>,
    /// Property `width`: 1 under 1 m, 2 under 2 m, 3 under 3 m, 4 from 3 m.
    pub width: Option<u32>,
    /// Property `vtcl_slope`: 1 up to 5 %, 2 steeper and rising from start to end, 3 falling.
    pub slope: Option<u32>,
    /// Property `lev_diff`: 1 steps up to 2 cm, 2 higher.
    pub step: Option<u32>,
    /// Property `elevator`: 1 none, 2 plain, 3 for wheelchairs, 4 for blind people, 5 for both.
    pub elevator: Option<u32>,
    /// Property `roof`: 1 none, 2 roofed.
    pub roof: Option<u32>,
    /// The line, east and north, metres.
    pub line: Vec<PlanePair>,
}

/// A floor, a space or a fixture of an indoor map (階層別屋内地理空間情報).
#[derive(Debug, Clone, PartialEq)]
pub struct RawFloorPart {
    /// Place in the file, from 0.
    pub index: u32,
    /// Property `id`.
    pub id: Option<String>,
    /// Property `floor_id` of spaces and fixtures.
    pub floor_id: Option<String>,
    /// Property `name`.
    pub name: Option<String>,
    /// Property `category`: of floors 1 inside, 2 outside; of spaces and fixtures a code such as `B021`.
    pub category: Option<String>,
    /// Property `ordinal` of floors; `level` of OpenStreetMap, 0 at the ground.
    pub ordinal: Option<f64>,
    /// Property `restricted`: 1 not for everybody.
    pub restricted: Option<u32>,
    /// Property `toll`: 1 only with a ticket.
    pub toll: Option<u32>,
    /// Outline, one polygon or several.
    pub parts: Vec<RawPolygon>,
}

/// An underground way of `tunnels.json`.
#[derive(Debug, Clone, PartialEq)]
pub struct RawUndergroundWay {
    /// Place in the file, from 0.
    pub index: u32,
    /// East and north from the file's origin, metres in the tangent plane there.
    pub line: Vec<PlanePair>,
    /// `e`: rough height, metres; below the ground negative.
    pub height_m: Option<f64>,
}
