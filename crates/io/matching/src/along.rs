//! Where on its way a walker was: places of a matched piece, smoothed along the way.
//!
//! Map matching chooses the links; each place is then still as far off along the way as its point. Along a known way a
//! walker's speed changes little, also round corners, so the places of a piece are one line in time: the way is put
//! together from the matched links, and the *points* (not the places that were smoothed in the plan) are smoothed
//! along it. A point `p` seen from a place `P(s)` with the direction `t` says `s + (p - P(s)) t`; that is done twice,
//! the second time from the first result (Gauss-Newton). Steps back of a few metres are errors, not walks, and are
//! taken out of the way first; so are walks into a street and out again, which is why a place that comes to lie
//! farther from its observation than its errors allow stays where matching had put it.

use crate::Matched;
use crate::hmm::Placed;
use crate::network::Network;
use crate::observe::{Good, Options};
use crate::path::Part;
use crate::smooth::{Motion, Seen, Smoother};

/// Rounds of seeing each point from its last place.
const ROUNDS: usize = 2;
/// Bounds of the mean speed of a piece, m/s.
const MEAN_SPEED_MPS: [f64; 2] = [0.0, 2.5];
/// A place may move away from its observation by so many standard errors, and these metres.
const MOST_SIGMAS: f64 = 3.0;
const MOST_M: f64 = 10.0;

/// A part of the way, where it begins.
#[derive(Debug, Clone, Copy)]
struct Leg {
    part: Part,
    start_m: f64,
}

/// A corner of the way, and the direction from there on.
#[derive(Debug, Clone, Copy)]
struct Corner {
    at_m: [f64; 2],
    toward: [f64; 2],
    start_m: f64,
}

/// Scratch, used again from piece to piece.
#[derive(Debug, Default)]
pub(crate) struct Along {
    parts: Vec<Part>,
    legs: Vec<Leg>,
    corners: Vec<Corner>,
    /// Way to each place, metres from the beginning of the piece.
    way_m: Vec<f64>,
    smoother: Smoother<1>,
}

impl Along {
    /// Moves the places of a piece, in order of time and all on the network; `good` are their points, and `chosen` those
    /// whose places were matched, the first of the piece to begin with.
    pub fn smooth(
        &mut self,
        network: &Network,
        options: &Options,
        placed: &mut [Placed],
        good: &[Good],
        chosen: impl Iterator<Item = usize>,
    ) {
        if placed.len() < 3 || placed.len() != good.len() {
            return;
        }
        self.put_together(network, placed, chosen);
        self.line(network);
        let total_m = self.legs.last().map_or(0.0, |leg| leg.start_m + f64::from(leg.part.length_m()));
        let begin_s = good[0].time_s;
        let seconds = (good[good.len() - 1].time_s - begin_s) as f64;
        if total_m < 1.0 || seconds <= 0.0 || self.corners.is_empty() {
            return;
        }
        let mean_mps = (total_m / seconds).clamp(MEAN_SPEED_MPS[0], MEAN_SPEED_MPS[1]);
        let motion = Motion { memory_s: options.speed_memory_s, velocity_mps: options.speed_mps };
        for _ in 0..ROUNDS {
            let (corners, way_m) = (&self.corners, &self.way_m);
            let seen = good.iter().zip(way_m).map(|(point, way_m)| {
                let corner = corner_at(corners, *way_m);
                // What the point says of the way, seen from the line of its last place.
                let ahead_m = (point.x - corner.at_m[0]) * corner.toward[0]
                    + (point.y - corner.at_m[1]) * corner.toward[1];
                let expected_m = mean_mps * (point.time_s - begin_s) as f64;
                Seen {
                    at: [corner.start_m + ahead_m - expected_m],
                    sigma_m: point.sigma_m,
                    time_s: point.time_s,
                }
            });
            self.smoother.smooth(&motion, seen);
            for ((way_m, point), (at, _)) in self.way_m.iter_mut().zip(good).zip(self.smoother.places()) {
                *way_m = (at[0] + mean_mps * (point.time_s - begin_s) as f64).clamp(0.0, total_m);
            }
        }
        for (place, way_m) in placed.iter_mut().zip(&self.way_m) {
            let corner = corner_at(&self.corners, *way_m);
            let along_m = way_m - corner.start_m;
            let at_m = [0, 1].map(|axis| corner.at_m[axis] + along_m * corner.toward[axis]);
            let observation = &place.observation;
            let away_m = (at_m[0] - observation.x).hypot(at_m[1] - observation.y);
            if away_m > MOST_SIGMAS * observation.sigma_m + MOST_M {
                continue;
            }
            let leg = &self.legs[self.legs.partition_point(|leg| leg.start_m <= *way_m).max(1) - 1];
            let walked_m = (way_m - leg.start_m) as f32;
            let part = &leg.part;
            let offset_m =
                if part.to_m >= part.from_m { part.from_m + walked_m } else { part.from_m - walked_m };
            let length_m = network.links[part.link as usize].length_m;
            place.matched =
                Matched { link: part.link, offset_m: offset_m.clamp(0.0, length_m), ..place.matched };
        }
    }

    /// The way of a piece, without steps back; places between those that were matched come at a steady speed.
    fn put_together(&mut self, network: &Network, placed: &[Placed], chosen: impl Iterator<Item = usize>) {
        self.legs.clear();
        self.way_m.clear();
        self.way_m.push(0.0);
        let (mut last, mut last_m) = (0, 0.0);
        for at in chosen.skip(1) {
            let (before, after) = (&placed[last].matched, &placed[at].matched);
            if before.link == after.link {
                self.go(Part { link: after.link, from_m: before.offset_m, to_m: after.offset_m });
            } else {
                let mut parts = std::mem::take(&mut self.parts);
                network.way(before, after, &mut parts);
                parts.iter().for_each(|part| self.go(*part));
                self.parts = parts;
            }
            let end_m = self.legs.last().map_or(0.0, |leg| leg.start_m + f64::from(leg.part.length_m()));
            let time_s = |at: usize| placed[at].observation.from_s;
            let per_s = (end_m - last_m) / (time_s(at) - time_s(last)).max(1) as f64;
            let steady =
                (last + 1..at).map(|between| last_m + (time_s(between) - time_s(last)) as f64 * per_s);
            self.way_m.extend(steady);
            self.way_m.push(end_m);
            (last, last_m) = (at, end_m);
        }
        self.way_m.resize(placed.len(), last_m);
    }

    /// Goes on by a part, or back over what was gone.
    fn go(&mut self, mut part: Part) {
        while part.length_m() > 0.0 {
            let Some(last) = self.legs.last_mut().filter(|last| last.part.link == part.link) else { break };
            let same_way = (part.to_m > part.from_m) == (last.part.to_m > last.part.from_m);
            if same_way {
                last.part.to_m = part.to_m;
                return;
            }
            if part.length_m() < last.part.length_m() {
                last.part.to_m = part.to_m;
                return;
            }
            part.from_m = last.part.from_m;
            self.legs.pop();
        }
        if part.length_m() > 0.0 {
            let start_m = self.legs.last().map_or(0.0, |leg| leg.start_m + f64::from(leg.part.length_m()));
            self.legs.push(Leg { part, start_m });
        }
    }

    /// The legs as a line.
    fn line(&mut self, network: &Network) {
        self.corners.clear();
        let segments = &network.segments;
        for leg in &self.legs {
            let own = network.segments_of(leg.part.link);
            let forward = leg.part.to_m >= leg.part.from_m;
            let (low_m, high_m) = (leg.part.from_m.min(leg.part.to_m), leg.part.from_m.max(leg.part.to_m));
            let count = own.len();
            for index in 0..count {
                let segment = if forward { own.start + index } else { own.end - 1 - index };
                let (start_m, length_m) = (segments.start_m[segment], segments.length_m[segment]);
                let from_m = low_m.max(start_m);
                if from_m >= high_m.min(start_m + length_m) {
                    continue;
                }
                let enter_m = if forward { from_m } else { high_m.min(start_m + length_m) };
                let share = f64::from((enter_m - start_m) / length_m);
                let sign = if forward { 1.0 } else { -1.0 };
                let per_m = sign / f64::from(length_m);
                self.corners.push(Corner {
                    at_m: [
                        segments.x[segment] + share * segments.dx[segment],
                        segments.y[segment] + share * segments.dy[segment],
                    ],
                    toward: [segments.dx[segment] * per_m, segments.dy[segment] * per_m],
                    start_m: leg.start_m + f64::from((enter_m - leg.part.from_m).abs()),
                });
            }
        }
    }
}

/// The corner before a place of the way.
fn corner_at(corners: &[Corner], way_m: f64) -> &Corner {
    &corners[corners.partition_point(|corner| corner.start_m <= way_m).max(1) - 1]
}
