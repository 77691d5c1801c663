//! The limits of cleaning and joining, as data: a recipe may change them, and a pack records them.

use serde::{Deserialize, Serialize};

use crate::{StructureRules, WalkRules};

/// Limits of cleaning and joining.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Rules {
    /// A polygon or hole smaller than this counts as having no area, square metres.
    pub min_area_m2: f64,
    /// A published height above this, or not above zero, counts as missing, metres.
    pub max_height_m: f64,
    /// A feature farther than this from the site origin is left out, metres.
    pub max_distance_m: f64,
    /// A missing height is the median of so many nearest published ones.
    pub height_neighbours: usize,
    /// Where roof pieces cover less than this share of the footprint, the rest is filled with a solid of
    /// the published height.
    pub cover_filled_below: f64,
    /// Where they cover less than this share, the Report says so.
    pub cover_reported_below: f64,
    /// A gap smaller than this is not filled, square metres.
    pub min_gap_m2: f64,
    /// Pieces whose areas add up to more than this times their union are reported.
    pub overlap_reported_above: f64,
    /// A difference between published height and highest roof piece above this is reported, metres.
    pub height_difference_reported_m: f64,
    /// Limits of the walk network.
    pub walk: WalkRules,
    /// Limits of bridges and decks.
    pub structures: StructureRules,
}

impl Default for Rules {
    fn default() -> Self {
        Self {
            min_area_m2: 0.01,
            max_height_m: 1000.0,
            max_distance_m: 100_000.0,
            height_neighbours: 20,
            cover_filled_below: 0.6,
            cover_reported_below: 0.9,
            min_gap_m2: 1.0,
            overlap_reported_above: 1.25,
            height_difference_reported_m: 5.0,
            walk: WalkRules::default(),
            structures: StructureRules::default(),
        }
    }
}
