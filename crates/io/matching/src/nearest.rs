//! The nearest link of a place, exactly.
//!
//! One cell is looked up and its list gone through; [`CellLists`] tells why that is exact. Of links at equal
//! distance (decks over streets, corridors under them, nodes where links meet) the one nearer to the ground wins,
//! then the first. Distances are in plan: GPS does not know the level, and [`Nearest::ambiguous`] says where that
//! matters.

use rayon::prelude::*;

use crate::segments::{CellLists, Keep, Segments};
use crate::{Network, PointsView};

/// Edge of the cells, about, metres.
const CELL_M: f64 = 8.0;
/// Links that are this much farther than the nearest could be it as well, metres.
pub const LEVEL_MARGIN_M: f64 = 5.0;
/// Farther than this from every link, a place has no nearest one, metres.
pub const REACH_M: f64 = 100.0;
/// Places that one thread takes at a time.
const BATCH: usize = 8192;

/// The nearest link of a place.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Nearest {
    /// Index of the link; [`Nearest::NONE`] when none is within [`REACH_M`].
    pub link: u32,
    /// Way along the link to its nearest point, metres in plan.
    pub offset_m: f32,
    /// Distance in plan, metres.
    pub distance_m: f32,
    /// A link on another level is at most [`LEVEL_MARGIN_M`] farther.
    pub ambiguous: bool,
}

impl Nearest {
    /// No link.
    pub const NONE: u32 = u32::MAX;

    /// Where there is none.
    const NOWHERE: Self =
        Self { link: Self::NONE, offset_m: 0.0, distance_m: f32::INFINITY, ambiguous: false };
}

/// Finds nearest links.
#[derive(Debug, Clone)]
pub struct NearestLinks {
    lists: CellLists,
}

impl NearestLinks {
    /// Prepares a network.
    pub fn new(segments: &Segments) -> Self {
        let keep = Keep::Nearest { margin_m: LEVEL_MARGIN_M, reach_m: REACH_M };
        Self { lists: CellLists::build(segments, CELL_M, REACH_M, keep) }
    }

    /// The nearest link of a place in site metres.
    #[inline]
    pub fn at(&self, segments: &Segments, x: f64, y: f64) -> Nearest {
        let list = self.lists.at(x, y);
        let (mut best, mut best2, mut best_along) = (u32::MAX, f64::MAX, 0.0);
        for segment in list {
            let (distance2, along) = segments.distance2(*segment, x, y);
            // Lists are in the order of the links, so that of equals the first stays.
            let better = distance2 < best2
                || (distance2 == best2 && {
                    let level = |segment: u32| segments.level[segment as usize].abs();
                    level(*segment) < level(best)
                });
            if better {
                (best, best2, best_along) = (*segment, distance2, along);
            }
        }
        if best2.is_nan() || best2 > REACH_M * REACH_M {
            return Nearest::NOWHERE;
        }
        let distance_m = best2.sqrt();
        let most2 = (distance_m + LEVEL_MARGIN_M) * (distance_m + LEVEL_MARGIN_M);
        let level = segments.level[best as usize];
        let ambiguous = list.iter().any(|segment| {
            segments.level[*segment as usize] != level && segments.distance2(*segment, x, y).0 <= most2
        });
        Nearest {
            link: segments.link[best as usize],
            offset_m: segments.offset_m(best, best_along),
            distance_m: distance_m as f32,
            ambiguous,
        }
    }

    /// Length of all lists, for measurements.
    pub fn entries(&self) -> usize {
        self.lists.entries()
    }
}

impl Network {
    /// The nearest link of each point, on all cores.
    pub fn nearest(&self, points: PointsView<'_>) -> Vec<Nearest> {
        let mut found = vec![Nearest::NOWHERE; points.len()];
        let places = points.lon_deg.par_chunks(BATCH).zip(points.lat_deg.par_chunks(BATCH));
        found.par_chunks_mut(BATCH).zip(places).for_each(|(found, (lon_deg, lat_deg))| {
            for ((found, lon_deg), lat_deg) in found.iter_mut().zip(lon_deg).zip(lat_deg) {
                let [x, y] = self.plane.site_m(*lon_deg, *lat_deg);
                *found = self.nearest_links.at(&self.segments, x, y);
            }
        });
        found
    }
}
