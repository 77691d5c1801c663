//! Cleaning that needs the order of time within an id: points to tracks.
//!
//! Points are sorted by id and instant; then, id by id:
//!
//! 1. points of the same instant are one: the one with the best accuracy stays;
//! 2. a point that could only be reached faster than the limit, from the last good point and beyond what the two
//!    accuracies allow, is a jump and is left out; after [`CleanOptions::most_jumps`] in a row the device has in
//!    fact moved, and a new track begins;
//! 3. a gap beyond the limit, and midnight of the zone where ids are daily, begin a new track;
//! 4. a stay is a run of points within a radius of its first for at least some time (stay points after Li et al.
//!    2008, *Mining user similarity based on location history*); other points are moves.
//!
//! Distances are those of a sphere, flat between neighbours: good to 0.5 %. [`TrackStore`] does this for inputs
//! larger than memory, a partition of ids at a time.

mod jumps;
mod stays;
mod store;

use std::ops::Range;

use crate::{Points, Zone};

pub use store::TrackStore;

/// How to clean.
#[derive(Debug, Clone, PartialEq)]
pub struct CleanOptions {
    /// Fastest that people go here, metres a second: 40, a limited express, when left alone.
    pub max_speed_mps: f64,
    /// Jumps in a row after which they are believed.
    pub most_jumps: usize,
    /// Longest time between two points of a track, seconds.
    pub max_gap_s: i64,
    /// Radius of a stay, metres.
    pub stay_radius_m: f64,
    /// Shortest time of a stay, seconds.
    pub stay_s: i64,
    /// Tracks end at midnight of this zone, as daily ids do.
    pub split_at_midnight: Option<Zone>,
}

impl Default for CleanOptions {
    fn default() -> Self {
        Self {
            max_speed_mps: 40.0,
            most_jumps: 3,
            max_gap_s: 1_800,
            stay_radius_m: 50.0,
            stay_s: 600,
            split_at_midnight: Some(Zone::JST),
        }
    }
}

/// A track: some of the points in a row, of one id, in the order of time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Track {
    /// Whose it is.
    pub id: u64,
    /// Which points.
    pub points: Range<usize>,
}

/// What cleaning did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize)]
pub struct CleanCounts {
    /// Points that came.
    pub points: u64,
    /// Left out: of the same id and instant as another.
    pub duplicates: u64,
    /// Left out: reached too fast.
    pub jumps: u64,
    /// Tracks that begin because jumps were believed.
    pub splits_at_jumps: u64,
    /// Tracks that begin after a gap.
    pub splits_at_gaps: u64,
    /// Tracks that begin at midnight.
    pub splits_at_midnight: u64,
    /// Tracks of one point: nothing moves in them, but somebody was there.
    pub single: u64,
    /// Points that belong to stays.
    pub staying: u64,
}

impl CleanCounts {
    /// The sum of two.
    pub fn plus(&self, other: &Self) -> Self {
        Self {
            points: self.points + other.points,
            duplicates: self.duplicates + other.duplicates,
            jumps: self.jumps + other.jumps,
            splits_at_jumps: self.splits_at_jumps + other.splits_at_jumps,
            splits_at_gaps: self.splits_at_gaps + other.splits_at_gaps,
            splits_at_midnight: self.splits_at_midnight + other.splits_at_midnight,
            single: self.single + other.single,
            staying: self.staying + other.staying,
        }
    }
}

/// Cleaned points.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Tracks {
    /// Sorted by id and instant.
    pub points: Points,
    /// Every point is in exactly one of them.
    pub tracks: Vec<Track>,
    /// Whether each point belongs to a stay.
    pub staying: Vec<bool>,
    /// What was done.
    pub counts: CleanCounts,
}

/// Cleans all points of some ids, in whatever order they come.
pub fn clean(points: &Points, options: &CleanOptions) -> Tracks {
    let mut order: Vec<u32> = (0..points.len() as u32).collect();
    // All that a point has, so that the answer does not depend on the order of the input.
    order.sort_unstable_by_key(|at| {
        let point = points.get(*at as usize);
        (
            point.id,
            point.time_s,
            rank(point.accuracy_m),
            point.lon_deg.to_bits(),
            point.lat_deg.to_bits(),
            point.speed_mps.to_bits(),
            point.course_deg.to_bits(),
        )
    });
    let mut made = Tracks::default();
    made.counts.points = points.len() as u64;
    for of_id in order.chunk_by(|a, b| points.id[*a as usize] == points.id[*b as usize]) {
        jumps::follow(points, of_id, options, &mut made);
    }
    made.counts.single = made.tracks.iter().filter(|track| track.points.len() == 1).count() as u64;
    made.staying = vec![false; made.points.len()];
    for track in &made.tracks {
        stays::mark(&made.points, track.points.clone(), options, &mut made.staying);
    }
    made.counts.staying = made.staying.iter().filter(|staying| **staying).count() as u64;
    made
}

/// Better accuracies first, unknown ones last.
fn rank(accuracy_m: f32) -> u32 {
    if accuracy_m >= 0.0 { accuracy_m.to_bits() } else { u32::MAX }
}

/// Metres between two places near each other.
fn distance_m(from: [f64; 2], to: [f64; 2]) -> f64 {
    const METRES_PER_DEGREE: f64 = 6_371_008.8 * std::f64::consts::PI / 180.0;
    let east = (to[0] - from[0]) * ((from[1] + to[1]) / 2.0).to_radians().cos();
    east.hypot(to[1] - from[1]) * METRES_PER_DEGREE
}
