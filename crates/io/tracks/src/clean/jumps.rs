//! One id: duplicates, jumps, gaps and midnights.

use super::{CleanOptions, Track, Tracks, distance_m};
use crate::{DAY_S, Point, Points};

/// Follows one id through its points, which are sorted, and adds its tracks.
pub(super) fn follow(points: &Points, order: &[u32], options: &CleanOptions, made: &mut Tracks) {
    let mut begin = made.points.len();
    let mut last: Option<Point> = None;
    // Points left out as jumps since the last good one.
    let mut waiting: Vec<Point> = Vec::new();
    let mut seen: Option<i64> = None;
    let end = |made: &mut Tracks, begin: &mut usize| {
        let range = *begin..made.points.len();
        if !range.is_empty() {
            made.tracks.push(Track { id: made.points.id[range.start], points: range });
        }
        *begin = made.points.len();
    };
    for point in order.iter().map(|at| points.get(*at as usize)) {
        if seen == Some(point.time_s) {
            made.counts.duplicates += 1;
            continue;
        }
        seen = Some(point.time_s);
        let Some(before) = last else {
            made.points.push(point);
            last = Some(point);
            continue;
        };
        if too_fast(&before, &point, options) {
            let follows = waiting.last().is_none_or(|other| !too_fast(other, &point, options));
            if !follows {
                made.counts.jumps += waiting.len() as u64;
                waiting.clear();
            }
            waiting.push(point);
            if waiting.len() > options.most_jumps {
                // So many that agree with each other are where it is.
                end(made, &mut begin);
                made.counts.splits_at_jumps += 1;
                waiting.drain(..).for_each(|point| made.points.push(point));
                last = Some(point);
            }
            continue;
        }
        made.counts.jumps += waiting.len() as u64;
        waiting.clear();
        if point.time_s - before.time_s > options.max_gap_s {
            end(made, &mut begin);
            made.counts.splits_at_gaps += 1;
        } else if options.split_at_midnight.is_some_and(|zone| {
            let day = |time_s: i64| (time_s + i64::from(zone.offset_s)).div_euclid(DAY_S);
            day(before.time_s) != day(point.time_s)
        }) {
            end(made, &mut begin);
            made.counts.splits_at_midnight += 1;
        }
        made.points.push(point);
        last = Some(point);
    }
    made.counts.jumps += waiting.len() as u64;
    end(made, &mut begin);
}

/// Whether nobody gets from one to the other in time, even where both are as wrong as they say.
fn too_fast(from: &Point, to: &Point, options: &CleanOptions) -> bool {
    let known = |accuracy_m: f32| if accuracy_m > 0.0 { f64::from(accuracy_m) } else { 0.0 };
    let distance = distance_m([from.lon_deg, from.lat_deg], [to.lon_deg, to.lat_deg]);
    let sure = distance - known(from.accuracy_m) - known(to.accuracy_m);
    sure > options.max_speed_mps * (to.time_s - from.time_s) as f64
}
