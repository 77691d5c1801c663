//! The limits of joining walk networks, and the heights of levels, as data.

use serde::{Deserialize, Serialize};

/// Limits of the walk network. What each is for is told in [`crate::assemble_outdoor`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct WalkRules {
    /// An end this close to a vertex or line meets it there: the grids of the sources, metres.
    pub same_place_m: f64,
    /// A loose end is led to the nearest way of its level within this, metres.
    pub mend_m: f64,
    /// Two networks are joined where they come this close on one level, metres.
    pub join_m: f64,
    /// A loose end farther than this from the other network is no attempt at a join and is not reported, metres.
    pub report_within_m: f64,
    /// A way this close to another on its level runs along it, metres.
    pub covered_m: f64,
    /// A way that runs along others for at least this share of its length is the same way once more.
    pub covered_share: f64,
    /// A main street has its pavement where a footway is this close to its middle, metres.
    pub beside_main_m: f64,
    /// The same for other streets, metres.
    pub beside_local_m: f64,
    /// A footway over a carriageway is a crossing up to this length on each side, metres.
    pub crossing_m: f64,
    /// Assumed width of footways, metres.
    pub width_footway_m: f64,
    /// Assumed width of pedestrian streets, metres.
    pub width_pedestrian_m: f64,
    /// Assumed width of stairs, metres.
    pub width_stairs_m: f64,
    /// Assumed width of a street's pavement, both sides together, metres.
    pub width_street_side_m: f64,
    /// Assumed width of underground ways, metres.
    pub width_underground_m: f64,
    /// Assumed width of decks and footbridges, metres.
    pub width_deck_m: f64,
    /// Heights of the levels, lowest first. Between two rows the height is interpolated, beyond the last
    /// ones it goes on as between the nearest two.
    pub levels: Vec<LevelHeight>,
}

/// The height of a level.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LevelHeight {
    /// Ordinal of the level.
    pub level: f64,
    /// Height above the ground, metres.
    pub height_m: f64,
    /// Not from a published figure.
    pub assumed: bool,
    /// Where the value comes from.
    pub reason: String,
}

impl LevelHeight {
    fn new(level: f64, height_m: f64, assumed: bool, reason: &str) -> Self {
        Self { level, height_m, assumed, reason: reason.to_owned() }
    }
}

impl Default for WalkRules {
    fn default() -> Self {
        let deeper =
            "assumed: 6.5 m below the basement above, as underground depths are given in the OSM extract";
        let higher = "assumed: 5 m a storey";
        Self {
            same_place_m: 1.0,
            mend_m: 15.0,
            join_m: 10.0,
            report_within_m: 30.0,
            covered_m: 4.0,
            covered_share: 0.8,
            beside_main_m: 20.0,
            beside_local_m: 8.0,
            crossing_m: 25.0,
            width_footway_m: 3.0,
            width_pedestrian_m: 6.0,
            width_stairs_m: 2.0,
            width_street_side_m: 3.0,
            width_underground_m: 4.0,
            width_deck_m: 3.0,
            levels: vec![
                LevelHeight::new(-3.0, -18.0, true, deeper),
                LevelHeight::new(-2.0, -11.5, true, deeper),
                LevelHeight::new(
                    -1.0,
                    -5.0,
                    false,
                    "floor of the west-exit underground plaza about T.P. 35 m, ground at the station about T.P. 40 m",
                ),
                LevelHeight::new(0.0, 0.0, false, "the ground"),
                LevelHeight::new(
                    1.0,
                    0.0,
                    true,
                    "assumed: the first floor is entered from the ground without stairs, as most links between \
                     them say",
                ),
                LevelHeight::new(
                    2.0,
                    6.0,
                    false,
                    "deck over street of the bridges at the station's south and west exits in the 3D city model: \
                     6.0 to 6.2 m",
                ),
                LevelHeight::new(3.0, 11.0, true, higher),
                LevelHeight::new(4.0, 16.0, true, higher),
            ],
        }
    }
}
