//! From the places of a track to visits: this link, in this bin, walked so or stayed.
//!
//! Between two observations the person walks the shortest way at a steady speed, so that links too short to be
//! seen count as well. What is walked of one link at a stretch is one pass, in the bin in which it begins. A pass
//! counts when it covers half of the link or 30 m: less is an error of a few metres past a corner.

use futago_flow::{DAY_S, RawCounts, RawKey, Spec, jst_day, jst_second_of_day};

use crate::hmm::Placed;
use crate::network::Network;
use crate::path::Part;
use crate::{Matched, PointsView};

/// A pass covers at least this, metres, or half of its link.
const PASS_M: f32 = 30.0;
/// Speeds above this are errors of matching, m/s.
const MOST_SPEED_MPS: f64 = 3.0;

/// One link walked at a stretch.
#[derive(Debug, Clone, Copy)]
struct Pass {
    link: u32,
    begin_s: f64,
    end_s: f64,
    walked_m: f32,
    net_m: f32,
}

/// What one person did on one link in one bin.
#[derive(Debug, Clone, Copy)]
struct Visit {
    key: RawKey,
    walked_m: f32,
    net_m: f32,
    dwell_s: f64,
    stay: bool,
}

/// Scratch and result of one track.
#[derive(Debug, Default)]
pub struct Visits {
    parts: Vec<Part>,
    passes: Vec<Pass>,
    visits: Vec<Visit>,
    /// Counts of the one person: place by link.
    pub links: Vec<(RawKey, RawCounts)>,
    /// Grid and place of every bin the person was seen in.
    pub cells: Vec<(u32, RawKey)>,
}

impl Visits {
    /// Takes the places of one track.
    pub fn take(&mut self, network: &Network, spec: &Spec, track: PointsView<'_>, placed: &[Placed]) {
        self.passes.clear();
        self.visits.clear();
        self.cells.clear();
        for (at, place) in placed.iter().enumerate() {
            if at > 0 && place.joined {
                self.walk(network, &placed[at - 1], place);
            }
            let observation = &place.observation;
            for (day, bin) in bins(spec, observation.from_s, observation.to_s) {
                if observation.stay && place.matched.link != Matched::NONE {
                    let key = RawKey { place: u64::from(place.matched.link), day, bin };
                    self.visits.push(Visit { key, walked_m: 0.0, net_m: 0.0, dwell_s: 0.0, stay: true });
                }
                self.in_cells(spec, track, place, day, bin);
            }
        }
        self.passes_to_visits(network, spec);
        self.cells.sort_unstable();
        self.cells.dedup();
        self.sum(f64::from(spec.bin_minutes) * 60.0);
    }

    fn in_cells(&mut self, spec: &Spec, track: PointsView<'_>, place: &Placed, day: i32, bin: u16) {
        let observation = &place.observation;
        let own = observation.first_point as usize..observation.end_point as usize;
        let count = own.len() as f64;
        let lon_deg = track.lon_deg[own.clone()].iter().sum::<f64>() / count;
        let lat_deg = track.lat_deg[own].iter().sum::<f64>() / count;
        for (index, grid) in spec.grids.iter().enumerate() {
            let cell = grid.cell_of([observation.x, observation.y], lon_deg, lat_deg);
            self.cells.push((index as u32, RawKey { place: cell.0, day, bin }));
        }
    }

    /// Adds what was walked between two places.
    fn walk(&mut self, network: &Network, before: &Placed, after: &Placed) {
        let mut parts = std::mem::take(&mut self.parts);
        network.way(&before.matched, &after.matched, &mut parts);
        let total_m: f32 = parts.iter().map(Part::length_m).sum();
        let begin_s = before.observation.to_s as f64;
        let seconds = after.observation.from_s as f64 - begin_s;
        let (mut way_m, many) = (0.0_f32, parts.len() as f64);
        for (index, part) in parts.iter().enumerate() {
            let share = |way_m: f32, index: usize| {
                if total_m > 0.0 { f64::from(way_m / total_m) } else { index as f64 / many }
            };
            let from_s = begin_s + seconds * share(way_m, index);
            way_m += part.length_m();
            let to_s = begin_s + seconds * share(way_m, index + 1);
            self.pass(part, from_s, to_s);
        }
        self.parts = parts;
    }

    fn pass(&mut self, part: &Part, begin_s: f64, end_s: f64) {
        let (walked_m, net_m) = (part.length_m(), part.to_m - part.from_m);
        match self.passes.last_mut() {
            Some(last) if last.link == part.link && begin_s - last.end_s < 1.0 => {
                last.end_s = end_s;
                last.walked_m += walked_m;
                last.net_m += net_m;
            }
            _ => self.passes.push(Pass { link: part.link, begin_s, end_s, walked_m, net_m }),
        }
    }

    fn passes_to_visits(&mut self, network: &Network, spec: &Spec) {
        for pass in &self.passes {
            let length_m = network.links[pass.link as usize].length_m;
            if pass.net_m.abs() < PASS_M.min(length_m / 2.0) {
                continue;
            }
            let (day, bin) = bin_of(spec, pass.begin_s.floor() as i64);
            self.visits.push(Visit {
                key: RawKey { place: u64::from(pass.link), day, bin },
                walked_m: pass.walked_m,
                net_m: pass.net_m,
                dwell_s: pass.end_s - pass.begin_s,
                stay: false,
            });
        }
    }

    /// One entry a link and bin.
    fn sum(&mut self, bin_s: f64) {
        self.links.clear();
        self.visits.sort_by_key(|visit| visit.key);
        for same in self.visits.chunk_by(|a, b| a.key == b.key) {
            let walks = || same.iter().filter(|visit| !visit.stay);
            let moved = walks().next().is_some();
            let (persons, stays) = (u32::from(moved), u32::from(!moved));
            let mut counts = RawCounts { persons, stays, ..RawCounts::default() };
            if moved {
                let net_m: f32 = walks().map(|visit| visit.net_m).sum();
                let walked_m: f64 = walks().map(|visit| f64::from(visit.walked_m)).sum();
                let dwell_s: f64 = walks().map(|visit| visit.dwell_s).sum();
                let speed_mps = (walked_m / dwell_s.max(0.1)).min(MOST_SPEED_MPS);
                counts.forward = u32::from(net_m >= 0.0);
                counts.backward = u32::from(net_m < 0.0);
                counts.speed_sum_mmps = (speed_mps * 1000.0).round() as u64;
                counts.dwell_sum_ms = (dwell_s.clamp(0.0, bin_s) * 1000.0).round() as u64;
            }
            self.links.push((same[0].key, counts));
        }
    }
}

/// Day and bin of an instant.
pub(crate) fn bin_of(spec: &Spec, time_s: i64) -> (i32, u16) {
    let bin_s = i64::from(spec.bin_minutes) * 60;
    (jst_day(time_s) as i32, (jst_second_of_day(time_s) / bin_s) as u16)
}

/// Days and bins from one instant to another, those of both included; a week at most.
fn bins(spec: &Spec, from_s: i64, to_s: i64) -> impl Iterator<Item = (i32, u16)> {
    let bin_s = i64::from(spec.bin_minutes) * 60;
    let first = from_s - jst_second_of_day(from_s) % bin_s;
    let last = to_s.clamp(from_s, from_s + 7 * DAY_S);
    let minutes = spec.bin_minutes;
    (0..=(last - first) / bin_s).map(move |step| {
        let time_s = first + step * bin_s;
        let bin_s = i64::from(minutes) * 60;
        (jst_day(time_s) as i32, (jst_second_of_day(time_s) / bin_s) as u16)
    })
}
