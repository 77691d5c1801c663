//! People on the streets as places at a time, from flows by bin: for pictures that move.
//!
//! Along each direction of a link people enter one after the other, as many as the flow says; each walks on at the
//! speed of the bin in which they entered, a little to one side, and leaves at the end. Who enters when is a function
//! of the seed, the link, the direction and the number of the person alone, so any time can be asked for at once, in
//! any order, and gives the same people: a film and a jump to its middle agree, and nobody leaps when a bin ends.
//! The people of a link are new ones on the next: it is a picture of flows, not of ways.

use rayon::prelude::*;

use crate::fundamental::capacity;
use crate::prepare::network::Streets;
use crate::prepare::pieces;

/// Room that people leave to the edge of a way, metres.
const EDGE_M: f64 = 0.3;
/// Most flow that is shown, over what can pass.
pub const MOST_FLOW: f64 = 4.0;

/// Someone at a time.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Walker {
    /// East, north (site), height above the ground at the origin, metres.
    pub at_m: [f32; 3],
    /// Direction of walking, radians from east to north.
    pub heading_rad: f32,
}

/// A link with its flows.
#[derive(Debug, Clone, PartialEq)]
pub struct Lane {
    /// Line in plan, site metres.
    pub line_m: Vec<[f64; 2]>,
    /// Height at its ends, metres.
    pub heights_m: [f64; 2],
    /// Clear width, metres.
    pub width_m: f64,
    /// Persons/s by bin, along the line and against it.
    pub flows_s: [Vec<f64>; 2],
    /// Walking speed by bin, m/s.
    pub speeds_m_s: Vec<f64>,
}

/// Flows on links by bins of equal length.
#[derive(Debug, Clone, PartialEq)]
pub struct Walkers {
    /// The links; their numbers are part of the seed.
    pub lanes: Vec<Lane>,
    /// Length of a bin, seconds.
    pub bin_s: f64,
    /// Shows one of so many people; 1 shows all.
    pub one_of: u64,
    /// Another seed, other people.
    pub seed: u64,
}

impl Walkers {
    /// From flows on the links of a network: for each bin persons/s along and against every link. Flows over
    /// [`MOST_FLOW`] times what can pass are cut to that: they are defects, and people take memory.
    pub fn of_flows(streets: &Streets, bins: &[[Vec<f64>; 2]], bin_s: f64, seed: u64) -> Self {
        let lane = |(index, link): (usize, &crate::prepare::network::Link)| {
            let flow = |way: usize, bin: usize| {
                let most = MOST_FLOW * capacity().1 * f64::from(link.width_m);
                let given = bins[bin][way].get(index).copied().filter(|flow| flow.is_finite());
                given.unwrap_or(0.0).clamp(0.0, most)
            };
            let flows_s = [0, 1].map(|way| (0..bins.len()).map(|bin| flow(way, bin)).collect::<Vec<f64>>());
            let speed = |bin: usize| link.speed_m_s(flows_s[0][bin] + flows_s[1][bin]);
            Lane {
                line_m: link.line_m.clone(),
                heights_m: [streets.height_along_m(link, 0.0), streets.height_along_m(link, 1.0)],
                width_m: f64::from(link.width_m),
                speeds_m_s: (0..bins.len()).map(speed).collect(),
                flows_s,
            }
        };
        Self { lanes: streets.links.iter().enumerate().map(lane).collect(), bin_s, one_of: 1, seed }
    }

    /// Everyone at a time, seconds from the beginning of the first bin; by link, direction and order of entering.
    pub fn positions(&self, time_s: f64) -> Vec<Walker> {
        self.lanes
            .par_iter()
            .enumerate()
            .flat_map_iter(|(index, lane)| self.on_lane(index, lane, time_s))
            .collect()
    }

    fn on_lane(&self, index: usize, lane: &Lane, time_s: f64) -> Vec<Walker> {
        let length_m = pieces::length_m(&lane.line_m);
        let mut found = Vec::new();
        let slowest = lane.speeds_m_s.iter().copied().fold(f64::INFINITY, f64::min);
        if !slowest.is_finite() || slowest <= 0.0 || length_m <= 0.0 {
            return found;
        }
        for way in 0..2 {
            let flows = &lane.flows_s[way];
            // Those who entered before this have left, even the slowest.
            let first = entered(flows, self.bin_s, time_s - length_m / slowest).floor() as i64 - 1;
            let last = entered(flows, self.bin_s, time_s).ceil() as i64 + 1;
            for person in first.max(0)..last.max(0) {
                let key = hash(self.seed, index as u64, way as u64, person as u64);
                if !key.is_multiple_of(self.one_of.max(1)) {
                    continue;
                }
                let jitter = unit(mix(key ^ 1));
                let Some(entry_s) = entry_s(flows, self.bin_s, person as f64 + jitter) else { continue };
                let bin = ((entry_s / self.bin_s) as usize).min(lane.speeds_m_s.len() - 1);
                let gone_m = (time_s - entry_s) * lane.speeds_m_s[bin];
                if gone_m >= 0.0 && gone_m < length_m {
                    found.push(lane.walker(way, gone_m, length_m, unit(mix(key ^ 2))));
                }
            }
        }
        found
    }
}

impl Lane {
    fn walker(&self, way: usize, gone_m: f64, length_m: f64, side: f64) -> Walker {
        let from_start_m = if way == 0 { gone_m } else { length_m - gone_m };
        let at = pieces::along(&self.line_m, from_start_m);
        // The direction between a place a little before and one a little after, so that corners are turned, not jumped.
        let turn_m = (length_m / 2.0).min(1.0);
        let before = pieces::along(&self.line_m, from_start_m - turn_m);
        let after = pieces::along(&self.line_m, from_start_m + turn_m);
        let along = if way == 0 {
            [after[0] - before[0], after[1] - before[1]]
        } else {
            [before[0] - after[0], before[1] - after[1]]
        };
        let size = along[0].hypot(along[1]).max(1e-9);
        let aside_m = (side - 0.5) * (self.width_m - 2.0 * EDGE_M).max(0.0);
        let share = from_start_m / length_m;
        let height_m = self.heights_m[0] + share * (self.heights_m[1] - self.heights_m[0]);
        let place = [at[0] - along[1] / size * aside_m, at[1] + along[0] / size * aside_m, height_m];
        Walker { at_m: place.map(|v| v as f32), heading_rad: along[1].atan2(along[0]) as f32 }
    }
}

/// How many have entered until a time.
fn entered(flows: &[f64], bin_s: f64, time_s: f64) -> f64 {
    let mut sum = 0.0;
    for (bin, flow) in flows.iter().enumerate() {
        sum += flow * (time_s - bin as f64 * bin_s).clamp(0.0, bin_s);
    }
    sum
}

/// When the person of this number enters; none if they never do.
fn entry_s(flows: &[f64], bin_s: f64, number: f64) -> Option<f64> {
    let mut left = number;
    for (bin, flow) in flows.iter().enumerate() {
        if left < flow * bin_s {
            return Some(bin as f64 * bin_s + left / flow);
        }
        left -= flow * bin_s;
    }
    None
}

/// A random number in 0..1 from 64 random bits.
fn unit(bits: u64) -> f64 {
    (bits >> 11) as f64 / (1_u64 << 53) as f64
}

fn hash(seed: u64, link: u64, way: u64, person: u64) -> u64 {
    mix(mix(mix(seed ^ 0x5EED) ^ (link << 1 | way)) ^ person)
}

/// splitmix64 (Steele and others 2014).
fn mix(bits: u64) -> u64 {
    let mut z = bits.wrapping_add(0x9E37_79B9_7F4A_7C15);
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}
