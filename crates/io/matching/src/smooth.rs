//! Places in time, smoothed: in the plan, or along a way.
//!
//! A velocity is taken as an Ornstein-Uhlenbeck process, which is right for any time between points. A Kalman filter
//! forward and the smoother of Rauch, Tung and Striebel (1965) backward give each place with its variance. All
//! directions have the same variances, so one filter serves them all.

/// How a walker moves: round a mean of 0.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Motion {
    /// How long a velocity is kept, s.
    pub memory_s: f64,
    /// Standard deviation of the velocity in each direction, m/s.
    pub velocity_mps: f64,
}

/// What is seen of a place, in metres.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Seen<const N: usize> {
    pub at: [f64; N],
    pub sigma_m: f64,
    pub time_s: i64,
}

/// Scratch and result of one walk.
#[derive(Debug)]
pub(crate) struct Smoother<const N: usize> {
    times_s: Vec<i64>,
    /// Filtered, then smoothed.
    states: Vec<State<N>>,
}

impl<const N: usize> Default for Smoother<N> {
    fn default() -> Self {
        Self { times_s: Vec::new(), states: Vec::new() }
    }
}

impl<const N: usize> Smoother<N> {
    /// Smooths a walk, in order of time.
    pub fn smooth(&mut self, motion: &Motion, seen: impl Iterator<Item = Seen<N>>) {
        self.times_s.clear();
        self.states.clear();
        let mut step = Step::of(0, motion);
        for seen in seen {
            let state = match (self.times_s.last(), self.states.last()) {
                (Some(before_s), Some(state)) => {
                    step = step.again(seen.time_s - before_s, motion);
                    step.predicted(state).updated(&seen)
                }
                _ => State::first(&seen, motion),
            };
            self.times_s.push(seen.time_s);
            self.states.push(state);
        }
        for at in (1..self.states.len()).rev() {
            step = step.again(self.times_s[at] - self.times_s[at - 1], motion);
            self.states[at - 1] = step.smoothed(&self.states[at - 1], &self.states[at]);
        }
    }

    /// The places of the walk with their variances in each direction.
    pub fn places(&self) -> impl Iterator<Item = ([f64; N], f64)> + '_ {
        self.states.iter().map(|state| (state.axes.map(|axis| axis[0]), state.p[0]))
    }
}

/// Place and velocity in each direction, and their common variances: of the place, of both, of the velocity.
#[derive(Debug, Clone, Copy)]
struct State<const N: usize> {
    axes: [[f64; 2]; N],
    p: [f64; 3],
}

impl<const N: usize> State<N> {
    fn first(seen: &Seen<N>, motion: &Motion) -> Self {
        let velocity = motion.velocity_mps * motion.velocity_mps;
        Self { axes: seen.at.map(|at| [at, 0.0]), p: [seen.sigma_m * seen.sigma_m, 0.0, velocity] }
    }

    fn updated(self, seen: &Seen<N>) -> Self {
        let [p, pv, v] = self.p;
        let total = p + seen.sigma_m * seen.sigma_m;
        let gain = [p / total, pv / total];
        let mut axes = self.axes;
        for (axis, at) in axes.iter_mut().zip(seen.at) {
            let miss = at - axis[0];
            *axis = [axis[0] + gain[0] * miss, axis[1] + gain[1] * miss];
        }
        Self { axes, p: [p - gain[0] * p, pv - gain[0] * pv, v - gain[1] * pv] }
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
    fn of(seconds: i64, motion: &Motion) -> Self {
        let memory_s = motion.memory_s;
        let t = seconds.max(0) as f64 / memory_s;
        let left = (-t).exp();
        let v = motion.velocity_mps * motion.velocity_mps;
        let place = v * memory_s * memory_s * (2.0 * t - 3.0 + 4.0 * left - left * left);
        let both = v * memory_s * (1.0 - left) * (1.0 - left);
        Self {
            seconds,
            f: [memory_s * (1.0 - left), left],
            q: [place.max(0.0), both, v * (1.0 - left * left)],
        }
    }

    /// The step of so many seconds; mostly as many as before.
    fn again(self, seconds: i64, motion: &Motion) -> Self {
        if seconds == self.seconds { self } else { Self::of(seconds, motion) }
    }

    fn predicted<const N: usize>(&self, state: &State<N>) -> State<N> {
        let ([f, left], [p, pv, v]) = (self.f, state.p);
        State {
            axes: state.axes.map(|s| [s[0] + f * s[1], left * s[1]]),
            p: [
                p + 2.0 * f * pv + f * f * v + self.q[0],
                left * (pv + f * v) + self.q[1],
                left * left * v + self.q[2],
            ],
        }
    }

    /// The state at the beginning of the step, from the filtered one and the smoothed one at its end.
    fn smoothed<const N: usize>(&self, filtered: &State<N>, after: &State<N>) -> State<N> {
        let predicted = self.predicted(filtered);
        let ([f, left], [p, pv, v]) = (self.f, filtered.p);
        let [a, b, c] = predicted.p;
        // Filtered covariance times transposed motion, then times the inverse of the predicted covariance.
        let m = [[p + f * pv, left * pv], [pv + f * v, left * v]];
        let det = (a * c - b * b).max(1e-12);
        let inverse = [[c / det, -b / det], [-b / det, a / det]];
        let g = [0, 1].map(|i| [0, 1].map(|j| m[i][0] * inverse[0][j] + m[i][1] * inverse[1][j]));
        let mut axes = filtered.axes;
        for ((axis, end), guess) in axes.iter_mut().zip(after.axes).zip(predicted.axes) {
            let miss = [end[0] - guess[0], end[1] - guess[1]];
            *axis = [0, 1].map(|i| axis[i] + g[i][0] * miss[0] + g[i][1] * miss[1]);
        }
        let d = [after.p[0] - a, after.p[1] - b, after.p[2] - c];
        let gain = |i: usize, j: usize| {
            g[i][0] * (d[0] * g[j][0] + d[1] * g[j][1]) + g[i][1] * (d[1] * g[j][0] + d[2] * g[j][1])
        };
        State { axes, p: [p + gain(0, 0), pv + gain(0, 1), v + gain(1, 1)] }
    }
}
