//! From points to observations: stays are one each, walks are smoothed.
//!
//! **Stays** (after Li et al. 2008): points that stay within [`Options::stay_radius_m`] of the mean of those before
//! them for at least [`Options::stay_s`]. Nobody who walks does that.
//!
//! **Smoothing.** A walker's velocity is taken as an Ornstein-Uhlenbeck process: it forgets in
//! [`Options::velocity_memory_s`] and is [`Options::velocity_mps`] in each direction, which is right for any
//! time between points. A Kalman filter forward and the smoother of Rauch, Tung and Striebel (1965) backward give
//! each place with its variance; east and north have the same variances, so one filter serves both. Errors of
//! points are taken as independent; where they are not, a smoothed place is surer than it should be, so that its
//! standard error is never taken below [`Options::least_sigma_m`].

use futago_geodesy::LocalPlane;

use crate::PointsView;

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
    /// Share of a transition's mean error of way by straight distance, in standard errors (see `hmm`).
    pub beta_per_sigma: f64,
    /// Standard error of a place at which the share above is counted at least, metres.
    pub least_beta_m: f64,
    /// What a link off the ground must be likelier by, as a power of e: GPS is received under the sky.
    pub off_ground: f64,
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
            beta_per_sigma: 1.0,
            least_beta_m: 2.0,
            off_ground: 1.0,
        }
    }
}

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
struct Good {
    x: f64,
    y: f64,
    sigma_m: f64,
    time_s: i64,
    index: u32,
}

/// Scratch that is used again from track to track.
#[derive(Debug, Default)]
pub struct Observer {
    good: Vec<Good>,
    filtered: Vec<State>,
    /// The observations of the last track.
    pub observations: Vec<Observation>,
}

impl Observer {
    /// Observes one track.
    pub fn observe(&mut self, track: PointsView<'_>, plane: &LocalPlane, options: &Options) -> Rejected {
        let rejected = self.clean(track, plane, options);
        self.observations.clear();
        let mut walk = 0;
        let mut at = 0;
        while at < self.good.len() {
            let end = self.stay_end(at, options);
            if end > at {
                self.smooth(walk..at, options);
                self.push_stay(at..end);
                (at, walk) = (end, end);
            } else {
                at += 1;
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

    /// One after the last point of a stay that begins here; here where none does.
    fn stay_end(&self, first: usize, options: &Options) -> usize {
        let start = &self.good[first];
        let (mut sum_x, mut sum_y) = (start.x, start.y);
        let mut end = first + 1;
        while end < self.good.len() {
            let (point, count) = (&self.good[end], (end - first) as f64);
            let apart_m = (point.x - sum_x / count).hypot(point.y - sum_y / count);
            let gap_s = point.time_s - self.good[end - 1].time_s;
            if apart_m > options.stay_radius_m.max(2.5 * point.sigma_m) || gap_s > 6 * options.longest_gap_s {
                break;
            }
            (sum_x, sum_y) = (sum_x + point.x, sum_y + point.y);
            end += 1;
        }
        let long = self.good[end - 1].time_s - start.time_s >= options.stay_s;
        if long { end } else { first }
    }

    fn push_stay(&mut self, range: std::ops::Range<usize>) {
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

    fn smooth(&mut self, range: std::ops::Range<usize>, options: &Options) {
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

    fn smooth_walk(&mut self, range: std::ops::Range<usize>, options: &Options) {
        let points = &self.good[range];
        self.filtered.clear();
        let mut state = State::first(&points[0], options);
        self.filtered.push(state);
        let mut step = Step::of(0, options);
        for pair in points.windows(2) {
            step = step.again(pair[1].time_s - pair[0].time_s, options);
            state = step.predicted(&state).updated(&pair[1]);
            self.filtered.push(state);
        }
        let first = self.observations.len();
        for (at, point) in points.iter().enumerate().rev() {
            if at + 1 < points.len() {
                step = step.again(points[at + 1].time_s - point.time_s, options);
                state = step.smoothed(&self.filtered[at], &state);
            }
            self.observations.push(Observation {
                x: state.x[0],
                y: state.y[0],
                sigma_m: state.p[0].max(0.0).sqrt().max(options.least_sigma_m),
                from_s: point.time_s,
                to_s: point.time_s,
                first_point: point.index,
                end_point: point.index + 1,
                stay: false,
                after_gap: false,
            });
        }
        self.observations[first..].reverse();
    }
}

fn too_fast(last: &Good, next: &Good, options: &Options) -> bool {
    let seconds = (next.time_s - last.time_s).max(1) as f64;
    let apart_m = (next.x - last.x).hypot(next.y - last.y) - 3.0 * (last.sigma_m + next.sigma_m);
    apart_m > options.top_speed_mps * seconds
}

/// Place and velocity, east and north, and their common variances: of the place, of both, of the velocity.
#[derive(Debug, Clone, Copy)]
struct State {
    x: [f64; 2],
    y: [f64; 2],
    p: [f64; 3],
}

impl State {
    fn first(point: &Good, options: &Options) -> Self {
        let velocity = options.velocity_mps * options.velocity_mps;
        Self { x: [point.x, 0.0], y: [point.y, 0.0], p: [point.sigma_m * point.sigma_m, 0.0, velocity] }
    }

    fn updated(self, point: &Good) -> Self {
        let [p, pv, v] = self.p;
        let total = p + point.sigma_m * point.sigma_m;
        let gain = [p / total, pv / total];
        let moved = |state: [f64; 2], seen: f64| {
            let miss = seen - state[0];
            [state[0] + gain[0] * miss, state[1] + gain[1] * miss]
        };
        Self {
            x: moved(self.x, point.x),
            y: moved(self.y, point.y),
            p: [p - gain[0] * p, pv - gain[0] * pv, v - gain[1] * pv],
        }
    }
}

/// The motion between two points.
struct Step {
    seconds: i64,
    /// Place per velocity, and velocity that is left.
    f: [f64; 2],
    q: [f64; 3],
}

impl Step {
    fn of(seconds: i64, options: &Options) -> Self {
        let memory_s = options.velocity_memory_s;
        let t = seconds.max(0) as f64 / memory_s;
        let left = (-t).exp();
        let v = options.velocity_mps * options.velocity_mps;
        let place = v * memory_s * memory_s * (2.0 * t - 3.0 + 4.0 * left - left * left);
        let both = v * memory_s * (1.0 - left) * (1.0 - left);
        Self {
            seconds,
            f: [memory_s * (1.0 - left), left],
            q: [place.max(0.0), both, v * (1.0 - left * left)],
        }
    }

    /// The step of so many seconds; mostly as many as before.
    fn again(self, seconds: i64, options: &Options) -> Self {
        if seconds == self.seconds { self } else { Self::of(seconds, options) }
    }

    fn predicted(&self, state: &State) -> State {
        let ([f, left], [p, pv, v]) = (self.f, state.p);
        let moved = |s: [f64; 2]| [s[0] + f * s[1], left * s[1]];
        State {
            x: moved(state.x),
            y: moved(state.y),
            p: [
                p + 2.0 * f * pv + f * f * v + self.q[0],
                left * (pv + f * v) + self.q[1],
                left * left * v + self.q[2],
            ],
        }
    }

    /// The state at the beginning of the step, from the filtered one and the smoothed one at its end.
    fn smoothed(&self, filtered: &State, after: &State) -> State {
        let predicted = self.predicted(filtered);
        let ([f, left], [p, pv, v]) = (self.f, filtered.p);
        let [a, b, c] = predicted.p;
        // Filtered covariance times transposed motion, then times the inverse of the predicted covariance.
        let m = [[p + f * pv, left * pv], [pv + f * v, left * v]];
        let det = (a * c - b * b).max(1e-12);
        let inverse = [[c / det, -b / det], [-b / det, a / det]];
        let g = [0, 1].map(|i| [0, 1].map(|j| m[i][0] * inverse[0][j] + m[i][1] * inverse[1][j]));
        let back = |s: [f64; 2], end: [f64; 2], guess: [f64; 2]| {
            let miss = [end[0] - guess[0], end[1] - guess[1]];
            [0, 1].map(|i| s[i] + g[i][0] * miss[0] + g[i][1] * miss[1])
        };
        let d = [after.p[0] - a, after.p[1] - b, after.p[2] - c];
        let gain = |i: usize, j: usize| {
            g[i][0] * (d[0] * g[j][0] + d[1] * g[j][1]) + g[i][1] * (d[1] * g[j][0] + d[2] * g[j][1])
        };
        State {
            x: back(filtered.x, after.x, predicted.x),
            y: back(filtered.y, after.y, predicted.y),
            p: [p + gain(0, 0), pv + gain(0, 1), v + gain(1, 1)],
        }
    }
}
