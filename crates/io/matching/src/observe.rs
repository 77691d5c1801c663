//! From points to observations: stays are one each, walks are smoothed.
//!
//! **Stays** (after Li et al. 2008): points that stay within [`Options::stay_radius_m`] of the mean of those before
//! them for at least [`Options::stay_s`]. Nobody who walks does that. That takes in the walk to the place and from it,
//! as far as the radius goes; so both ends are cut back to where the points come within their errors of the middle
//! (the median, each point weighing as long as it is the latest).
//!
//! **Smoothing** ([`crate::smooth`]) with a velocity that forgets in [`Options::velocity_memory_s`] and is
//! [`Options::velocity_mps`] in each direction. Errors of points are taken as independent; where they are not, a
//! smoothed place is surer than it should be, so that its standard error is never taken below
//! [`Options::least_sigma_m`].

use std::ops::Range;

use futago_geodesy::LocalPlane;

use crate::PointsView;
use crate::smooth::{Motion, Seen, Smoother};

/// How points are cleaned and matched.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Options {
    /// Points that are less accurate are left out, metres.
    pub worst_accuracy_m: f32,
    /// Points that cannot be reached from the one before at this speed are left out, m/s.
    pub top_speed_mps: f64,
    /// Longer than this without a point, a track is cut, s.
    pub longest_gap_s: i64,
    /// Those who stay keep within this of their mean place, metres.
    pub stay_radius_m: f64,
    /// Those who stay do so for this long, s.
    pub stay_s: i64,
    /// How long a walker keeps a velocity, s.
    pub velocity_memory_s: f64,
    /// Standard deviation of the velocity in each direction, m/s.
    pub velocity_mps: f64,
    /// Standard error of a smoothed place at least, metres.
    pub least_sigma_m: f64,
    /// Points of a walk that come sooner than so many standard errors after the last one take no part in the choice of
    /// links; their places lie along the way.
    pub step_sigmas: f64,
    /// Share of a transition's mean error of way by straight distance, in standard errors (see `hmm`).
    pub beta_per_sigma: f64,
    /// Standard error of a place at which the share above is counted at least, metres.
    pub least_beta_m: f64,
    /// Standard deviation of the speed along the way, m/s, round the mean of the piece.
    pub speed_mps: f64,
    /// How long a walker keeps a speed along the way, s.
    pub speed_memory_s: f64,
    /// What a link off the ground must be likelier by, as a power of e.
    pub off_ground: f64,
    /// The same for a link under a roof or underground: about one point in ten comes through there.
    pub covered: f64,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            worst_accuracy_m: 100.0,
            top_speed_mps: 12.0,
            longest_gap_s: 600,
            stay_radius_m: 50.0,
            stay_s: 300,
            velocity_memory_s: 80.0,
            velocity_mps: 0.9,
            least_sigma_m: 3.0,
            step_sigmas: 2.0,
            beta_per_sigma: 1.0,
            least_beta_m: 2.0,
            speed_mps: 0.3,
            speed_memory_s: 120.0,
            off_ground: 1.0,
            covered: 2.3,
        }
    }
}

/// Within so many standard errors of its middle, and these metres at least, a stay begins and ends.
const STAY_SIGMAS: f64 = 3.0;
const STAY_LEAST_M: f64 = 10.0;

/// From the radius that phones state (68 %) to the standard error in each direction.
pub const SIGMA_PER_ACCURACY: f64 = 1.0 / 1.5096;

/// What was left out, and why.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Rejected {
    /// No numbers, or outside the network.
    pub outside: u64,
    /// Accuracy worse than the limit, or not stated.
    pub accuracy: u64,
    /// Too fast.
    pub speed: u64,
}

impl Rejected {
    /// Both together.
    pub fn add(&mut self, other: &Self) {
        self.outside += other.outside;
        self.accuracy += other.accuracy;
        self.speed += other.speed;
    }
}

/// A place at a time, or at one place for a time.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Observation {
    /// East, metres.
    pub x: f64,
    /// North, metres.
    pub y: f64,
    /// Standard error in each direction, metres.
    pub sigma_m: f64,
    /// Instant, UTC s; of a stay its beginning.
    pub from_s: i64,
    /// The same; of a stay its end.
    pub to_s: i64,
    /// First point, by its index in the track.
    pub first_point: u32,
    /// One after the last point.
    pub end_point: u32,
    /// Whether it is a stay.
    pub stay: bool,
    /// Begins a piece: there was a gap before it.
    pub after_gap: bool,
}

/// A point that is not left out.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Good {
    pub x: f64,
    pub y: f64,
    pub sigma_m: f64,
    pub time_s: i64,
    pub index: u32,
}

/// Scratch that is used again from track to track.
#[derive(Debug, Default)]
pub struct Observer {
    pub(crate) good: Vec<Good>,
    smoother: Smoother<2>,
    /// Place on one axis and weight, for medians.
    weighted: Vec<(f64, i64)>,
    /// The observations of the last track.
    pub observations: Vec<Observation>,
}

impl Observer {
    /// Observes one track.
    pub fn observe(&mut self, track: PointsView<'_>, plane: &LocalPlane, options: &Options) -> Rejected {
        let rejected = self.clean(track, plane, options);
        self.observations.clear();
        let (mut walk, mut at, mut later) = (0, 0, 0);
        while at < self.good.len() {
            let Some(end) = self.stay_end(at, &mut later, options) else {
                at += 1;
                continue;
            };
            let stay = self.without_walks(at..end);
            if self.lasts(&stay, options) {
                self.smooth(walk..stay.start, options);
                self.push_stay(stay.clone());
                (at, walk) = (stay.end, stay.end);
            } else {
                at = stay.start + 1;
            }
        }
        self.smooth(walk..at, options);
        let mut before_s = i64::MIN / 2;
        for observation in &mut self.observations {
            observation.after_gap = observation.from_s - before_s > options.longest_gap_s;
            before_s = observation.to_s;
        }
        rejected
    }

    fn clean(&mut self, track: PointsView<'_>, plane: &LocalPlane, options: &Options) -> Rejected {
        let mut rejected = Rejected::default();
        self.good.clear();
        for index in 0..track.len() {
            let accuracy_m = track.accuracy_m[index];
            if !(accuracy_m > 0.0 && accuracy_m <= options.worst_accuracy_m) {
                rejected.accuracy += 1;
                continue;
            }
            let [x, y] = plane.site_m(track.lon_deg[index], track.lat_deg[index]);
            if !(x.is_finite() && y.is_finite()) {
                rejected.outside += 1;
                continue;
            }
            let sigma_m = f64::from(accuracy_m.max(1.0)) * SIGMA_PER_ACCURACY;
            let good = Good { x, y, sigma_m, time_s: track.time_s[index], index: index as u32 };
            if self.good.last().is_some_and(|last| too_fast(last, &good, options)) {
                rejected.speed += 1;
                continue;
            }
            self.good.push(good);
        }
        rejected
    }

    /// One after the last point of a stay that begins here. `later` is the first point that is [`Options::stay_s`]
    /// later; it moves on from call to call. Who is farther away by then than the radius reaches does not stay, and
    /// needs no closer look.
    fn stay_end(&self, first: usize, later: &mut usize, options: &Options) -> Option<usize> {
        let start = &self.good[first];
        *later = (*later).max(first);
        while self.good.get(*later)?.time_s - start.time_s < options.stay_s {
            *later += 1;
        }
        let reach_m = |point: &Good| options.stay_radius_m.max(2.5 * point.sigma_m);
        let probe = &self.good[*later];
        if apart2(probe, start.x, start.y) > (2.0 * reach_m(probe)).powi(2) {
            return None;
        }
        let (mut sum_x, mut sum_y) = (start.x, start.y);
        let mut end = first + 1;
        while end < self.good.len() {
            let (point, per_count) = (&self.good[end], 1.0 / (end - first) as f64);
            let gap_s = point.time_s - self.good[end - 1].time_s;
            let apart2 = apart2(point, sum_x * per_count, sum_y * per_count);
            if apart2 > reach_m(point).powi(2) || gap_s > 6 * options.longest_gap_s {
                break;
            }
            (sum_x, sum_y) = (sum_x + point.x, sum_y + point.y);
            end += 1;
        }
        self.lasts(&(first..end), options).then_some(end)
    }

    fn lasts(&self, range: &Range<usize>, options: &Options) -> bool {
        let times_s = |range: &Range<usize>| {
            Some((self.good[range.clone()].first()?, self.good[range.clone()].last()?))
        };
        times_s(range).is_some_and(|(first, last)| last.time_s - first.time_s >= options.stay_s)
    }

    /// A stay without the walk to it and the walk from it.
    fn without_walks(&mut self, stay: Range<usize>) -> Range<usize> {
        let x = self.median(stay.clone(), |point| point.x);
        let y = self.median(stay.clone(), |point| point.y);
        let inside =
            |point: &Good| apart2(point, x, y) <= (STAY_SIGMAS * point.sigma_m).max(STAY_LEAST_M).powi(2);
        let points = &self.good[stay.clone()];
        let first = points.iter().position(inside);
        let last = points.iter().rposition(inside);
        first
            .zip(last)
            .map_or(stay.start..stay.start, |(first, last)| stay.start + first..stay.start + last + 1)
    }

    /// The median of a coordinate in time.
    fn median(&mut self, stay: Range<usize>, coordinate: fn(&Good) -> f64) -> f64 {
        self.weighted.clear();
        for pair in self.good[stay].windows(2) {
            self.weighted.push((coordinate(&pair[0]), pair[1].time_s - pair[0].time_s));
        }
        self.weighted.sort_unstable_by(|a, b| a.0.total_cmp(&b.0));
        let half_s = self.weighted.iter().map(|(_, seconds)| seconds).sum::<i64>() / 2;
        let mut so_far_s = 0;
        let reached = |(_, seconds): &&(f64, i64)| {
            so_far_s += seconds;
            so_far_s >= half_s
        };
        self.weighted.iter().find(reached).map_or(f64::NAN, |(at, _)| *at)
    }

    fn push_stay(&mut self, range: Range<usize>) {
        let points = &self.good[range];
        let count = points.len() as f64;
        let mean = |value: fn(&Good) -> f64| points.iter().map(value).sum::<f64>() / count;
        let (first, last) = (&points[0], &points[points.len() - 1]);
        self.observations.push(Observation {
            x: mean(|point| point.x),
            y: mean(|point| point.y),
            // Buildings keep the sky out; the mean of many points is no surer than this.
            sigma_m: (mean(|point| point.sigma_m) / count.sqrt()).max(8.0),
            from_s: first.time_s,
            to_s: last.time_s,
            first_point: first.index,
            end_point: last.index + 1,
            stay: true,
            after_gap: false,
        });
    }

    fn smooth(&mut self, range: Range<usize>, options: &Options) {
        let mut first = range.start;
        for end in range.start + 1..=range.end {
            let gap =
                end == range.end || self.good[end].time_s - self.good[end - 1].time_s > options.longest_gap_s;
            if gap {
                self.smooth_walk(first..end, options);
                first = end;
            }
        }
    }

    fn smooth_walk(&mut self, range: Range<usize>, options: &Options) {
        let points = &self.good[range];
        let motion = Motion { memory_s: options.velocity_memory_s, velocity_mps: options.velocity_mps };
        self.smoother.smooth(
            &motion,
            points.iter().map(|point| Seen {
                at: [point.x, point.y],
                sigma_m: point.sigma_m,
                time_s: point.time_s,
            }),
        );
        for (point, (at, variance)) in points.iter().zip(self.smoother.places()) {
            self.observations.push(Observation {
                x: at[0],
                y: at[1],
                sigma_m: variance.max(0.0).sqrt().max(options.least_sigma_m),
                from_s: point.time_s,
                to_s: point.time_s,
                first_point: point.index,
                end_point: point.index + 1,
                stay: false,
                after_gap: false,
            });
        }
    }
}

/// Squared distance of a point from a place, square metres.
fn apart2(point: &Good, x: f64, y: f64) -> f64 {
    (point.x - x) * (point.x - x) + (point.y - y) * (point.y - y)
}

fn too_fast(last: &Good, next: &Good, options: &Options) -> bool {
    let seconds = (next.time_s - last.time_s).max(1) as f64;
    let apart_m = (next.x - last.x).hypot(next.y - last.y) - 3.0 * (last.sigma_m + next.sigma_m);
    apart_m > options.top_speed_mps * seconds
}
