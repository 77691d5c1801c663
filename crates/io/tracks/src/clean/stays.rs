//! Stays against moves, within one track.

use std::ops::Range;

use super::{CleanOptions, distance_m};
use crate::Points;

/// Marks the points of stays: from an anchor on, all that are within the radius without a break, if that lasts.
pub(super) fn mark(points: &Points, track: Range<usize>, options: &CleanOptions, staying: &mut [bool]) {
    let place = |at: usize| [points.lon_deg[at], points.lat_deg[at]];
    let mut anchor = track.start;
    while anchor < track.end {
        let mut end = anchor + 1;
        while end < track.end && distance_m(place(anchor), place(end)) <= options.stay_radius_m {
            end += 1;
        }
        if points.time_s[end - 1] - points.time_s[anchor] >= options.stay_s {
            staying[anchor..end].fill(true);
            anchor = end;
        } else {
            anchor += 1;
        }
    }
}
