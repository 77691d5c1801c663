//! Map matching with a hidden Markov model (Newson and Krumm 2009), on foot.
//!
//! Hidden is the place on the network, seen is an observation. Candidates are the nearest points of the links
//! within three standard errors. Emission: `-d^2 / (2 sigma^2)`, less a constant off the ground. Transition:
//! `-|way - straight| / beta`, the way along the network from candidate to candidate, not longer than a walker
//! can go in the time. Viterbi (1967) finds the likeliest sequence; where no candidate can be reached, the track is
//! cut and begins anew.
//!
//! Of a walk only points that are two standard errors apart take part (as in the source): those between say nothing new
//! of the links, and get their places along the way.
//!
//! Two bounds spare most ways: a transition's logarithm is at most 0, and a way is no shorter than the straight
//! line. Both are exact; what they spare could not have won.
//!
//! **Levels.** Decks, streets and corridors lie over each other and a point does not say on which one it is. The
//! ways decide (no way, no change of level), then the ground. [`Matched::ambiguous`] marks the points where another
//! level is as near.

use crate::along::Along;
use crate::network::{Network, RADII_M};
use crate::observe::{Observation, Observer, Options, Rejected};
use crate::points::check;
use crate::{MatchingError, PointsView, routes};

/// Candidates of an observation.
const MOST_CANDIDATES: usize = 12;
/// Fastest walk along a way, m/s, for the bound of ways.
const TOP_WALK_MPS: f64 = 3.0;
/// Candidates are looked for this far away at least, metres: streets are wide, and lines run in their middle.
const LEAST_RADIUS_M: f64 = 12.0;
/// Points of one track.
pub const MOST_POINTS: usize = 5_000_000;
const NO_LINK: u32 = u32::MAX;

/// Where a point is on the network.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Matched {
    /// Index of the link; [`Matched::NONE`] without one.
    pub link: u32,
    /// Way along the link, metres in plan.
    pub offset_m: f32,
    /// The person stays.
    pub stay: bool,
    /// A link on another level is as near: the level was chosen by the ways, or is the ground.
    pub ambiguous: bool,
}

impl Matched {
    /// No link.
    pub const NONE: u32 = NO_LINK;
    const NOWHERE: Self = Self { link: NO_LINK, offset_m: 0.0, stay: false, ambiguous: false };
}

#[derive(Debug, Clone, Copy)]
struct Candidate {
    link: u32,
    offset_m: f32,
    x: f64,
    y: f64,
    distance2: f64,
    score: f64,
    /// Score of the best way here.
    way_here: f64,
    back: u8,
}

/// An observation with its place on the network.
#[derive(Debug, Clone, Copy)]
pub struct Placed {
    /// What was seen.
    pub observation: Observation,
    /// Where it is.
    pub matched: Matched,
    /// Reached from the one before; else a new piece begins.
    pub joined: bool,
}

/// Matches tracks, one after the other; a thread has its own.
#[derive(Debug)]
pub struct Matcher<'a> {
    network: &'a Network,
    options: Options,
    observer: Observer,
    /// The observations that take part.
    chosen: Vec<u32>,
    candidates: Vec<Candidate>,
    /// First candidate of each that takes part.
    starts: Vec<u32>,
    order: Vec<u8>,
    leaving: Vec<Leaving<'a>>,
    along: Along,
    /// The observations of the last track, in order of time.
    pub placed: Vec<Placed>,
}

impl<'a> Matcher<'a> {
    /// For a network.
    pub fn new(network: &'a Network, options: Options) -> Self {
        Self {
            network,
            options,
            observer: Observer::default(),
            chosen: Vec::new(),
            candidates: Vec::new(),
            starts: Vec::new(),
            order: Vec::new(),
            leaving: Vec::new(),
            along: Along::default(),
            placed: Vec::new(),
        }
    }

    /// Places the points of one id. The result is in [`Matcher::placed`].
    pub fn place(&mut self, track: PointsView<'_>) -> Rejected {
        let rejected = self.observer.observe(track, &self.network.plane, &self.options);
        self.choose();
        self.placed.clear();
        self.candidates.clear();
        self.starts.clear();
        let mut first = 0;
        for at in 0..self.chosen.len() {
            let observation = self.chosen(at);
            self.starts.push(self.candidates.len() as u32);
            self.look_around(&observation);
            let reached = at > first && !observation.after_gap && self.reach(at);
            if !reached && at > first {
                self.trace(first, at);
                first = at;
            }
        }
        self.trace(first, self.chosen.len());
        self.smooth_along();
        rejected
    }

    /// Places the points of one id whose way is known, point by point: only where on it they were is asked. What it
    /// gets right is the most that matching could.
    pub fn place_on_known_way(&mut self, track: PointsView<'_>, known: &[Matched]) {
        self.observer.observe(track, &self.network.plane, &self.options);
        let place = |observation: &Observation| Placed {
            observation: *observation,
            matched: known[observation.first_point as usize],
            joined: !observation.after_gap,
        };
        self.placed.clear();
        self.placed.extend(self.observer.observations.iter().map(place));
        self.chosen.clear();
        self.chosen.extend(0..self.placed.len() as u32);
        self.smooth_along();
    }

    fn chosen(&self, at: usize) -> Observation {
        self.observer.observations[self.chosen[at] as usize]
    }

    /// Chooses the observations that take part: stays, both ends of every walk, and steps between that are long enough.
    fn choose(&mut self) {
        self.chosen.clear();
        let all = &self.observer.observations;
        let mut before: Option<&Observation> = None;
        for (at, observation) in all.iter().enumerate() {
            let starts = observation.stay || observation.after_gap || before.is_none_or(|before| before.stay);
            let ends = all.get(at + 1).is_none_or(|next| next.stay || next.after_gap);
            let far = |before: &Observation| {
                let (x, y) = (observation.x - before.x, observation.y - before.y);
                x * x + y * y >= (self.options.step_sigmas * observation.sigma_m).powi(2)
            };
            if starts || ends || before.is_some_and(far) {
                self.chosen.push(at as u32);
                before = Some(observation);
            }
        }
    }

    /// Smooths every walk between stays and gaps along its way.
    fn smooth_along(&mut self) {
        let walks = |place: &Placed| !place.observation.stay && place.matched.link != NO_LINK;
        let (mut good, mut begin, mut from) = (0, 0, 0);
        for piece in self.placed.chunk_by_mut(|a, b| walks(a) && walks(b) && b.joined) {
            let end = begin + piece.len();
            let to = from + self.chosen[from..].partition_point(|at| (*at as usize) < end);
            let chosen = self.chosen[from..to].iter().map(|at| *at as usize - begin);
            let first_point = piece[0].observation.first_point;
            while self.observer.good[good].index < first_point {
                good += 1;
            }
            if walks(&piece[0]) {
                let points = &self.observer.good[good..good + piece.len()];
                self.along.smooth(self.network, &self.options, piece, points, chosen);
            }
            (begin, from) = (end, to);
        }
    }

    /// Adds the candidates of an observation, with their emission as score.
    fn look_around(&mut self, observation: &Observation) {
        let first = self.candidates.len();
        let wanted_m =
            if observation.stay { RADII_M[2] } else { (3.5 * observation.sigma_m).max(LEAST_RADIUS_M) };
        let size = RADII_M.iter().position(|radius_m| wanted_m <= *radius_m).unwrap_or(2);
        self.candidates_within(observation, size, wanted_m.min(RADII_M[size]));
        if self.candidates.len() == first && wanted_m < RADII_M[size] {
            self.candidates_within(observation, size, RADII_M[size]);
        }
        let per_variance = -0.5 / (observation.sigma_m * observation.sigma_m);
        for candidate in &mut self.candidates[first..] {
            let link = &self.network.links[candidate.link as usize];
            let less = match link.covered {
                true => self.options.covered,
                false if link.level.abs() >= 0.5 => self.options.off_ground,
                false => 0.0,
            };
            candidate.score = candidate.distance2 * per_variance - less;
        }
    }

    fn candidates_within(&mut self, observation: &Observation, size: usize, radius_m: f64) {
        let (first, radius2) = (self.candidates.len(), radius_m * radius_m);
        let (x, y) = (observation.x, observation.y);
        let segments = &self.network.segments;
        for segment in self.network.within[size].at(x, y) {
            let (distance2, along) = segments.distance2(*segment, x, y);
            if distance2 > radius2 {
                continue;
            }
            let at = *segment as usize;
            let link = segments.link[at];
            let candidate = Candidate {
                link,
                offset_m: segments.offset_m(*segment, along),
                x: segments.x[at] + along * segments.dx[at],
                y: segments.y[at] + along * segments.dy[at],
                distance2,
                score: 0.0,
                way_here: f64::NEG_INFINITY,
                back: u8::MAX,
            };
            keep_nearest(&mut self.candidates, first, candidate);
        }
    }

    /// Scores of the candidates of an observation from those of the one before; false when none is reached.
    fn reach(&mut self, at: usize) -> bool {
        let (before, now) = (self.chosen(at - 1), self.chosen(at));
        let (first, middle) = (self.starts[at - 1] as usize, self.starts[at] as usize);
        let (earlier, later) = self.candidates.split_at_mut(middle);
        let earlier = &earlier[first..];
        let straight_m = (now.x - before.x).hypot(now.y - before.y);
        let seconds = (now.from_s - before.to_s).max(0) as f64;
        let sigma_m = before.sigma_m.max(now.sigma_m);
        let most_m = (TOP_WALK_MPS * seconds + 4.0 * sigma_m + 30.0).min(f64::from(routes::REACH_M) + 100.0);
        let per_beta = 1.0 / (self.options.beta_per_sigma * sigma_m).max(self.options.least_beta_m);
        let near = most_m <= f64::from(routes::NEAR_M);
        self.order.clear();
        self.order.extend(0..earlier.len() as u8);
        let order_of = |a: &u8, b: &u8| earlier[*b as usize].score.total_cmp(&earlier[*a as usize].score);
        self.order.sort_unstable_by(|a, b| order_of(a, b).then(a.cmp(b)));
        let leaving = &mut self.leaving;
        leaving.clear();
        let mut reached = false;
        for candidate in later.iter_mut() {
            let mut best = f64::NEG_INFINITY;
            // Along the same link first: it is mostly the best, and then spares the others.
            if let Some(index) = earlier.iter().position(|from| from.link == candidate.link) {
                // A little back on a one-way link is noise, not a way round.
                let way_m = f64::from((earlier[index].offset_m - candidate.offset_m).abs());
                if way_m <= most_m {
                    best = earlier[index].score - (way_m - straight_m).abs() * per_beta;
                    candidate.back = index as u8;
                }
            }
            for (place, index) in self.order.iter().enumerate() {
                let from = &earlier[*index as usize];
                if from.score <= best {
                    break;
                }
                if from.link == candidate.link {
                    continue;
                }
                let apart_m = (candidate.x - from.x).hypot(candidate.y - from.y);
                if apart_m > most_m || from.score - (apart_m - straight_m).max(0.0) * per_beta <= best {
                    continue;
                }
                while leaving.len() <= place {
                    let next = &earlier[self.order[leaving.len()] as usize];
                    leaving.push(Leaving::of(self.network, next, near));
                }
                let way_m = f64::from(leaving[place].way_m(self.network, candidate));
                if way_m > most_m {
                    continue;
                }
                let score = from.score - (way_m - straight_m).abs() * per_beta;
                if score > best {
                    best = score;
                    candidate.back = *index;
                }
            }
            reached |= best > f64::NEG_INFINITY;
            candidate.way_here = best;
        }
        // Where none is reached a new piece begins, from the emissions alone.
        if reached {
            later.iter_mut().for_each(|candidate| candidate.score += candidate.way_here);
        }
        reached
    }

    /// The likeliest sequence of the observations of a piece.
    fn trace(&mut self, first: usize, end: usize) {
        if first == end {
            return;
        }
        let range_of = |at: usize| {
            let end = self.starts.get(at + 1).map_or(self.candidates.len(), |start| *start as usize);
            self.starts[at] as usize..end
        };
        let last = &self.candidates[range_of(end - 1)];
        let mut chosen = (0..last.len()).fold(None, |best: Option<usize>, index| match best {
            Some(best) if last[best].score >= last[index].score => Some(best),
            _ => Some(index),
        });
        let begin = self.chosen[first] as usize;
        let end_of =
            |at: usize| self.chosen.get(at).map_or(self.observer.observations.len(), |at| *at as usize);
        let nowhere = |observation: &Observation| Placed {
            observation: *observation,
            matched: Matched::NOWHERE,
            joined: true,
        };
        self.placed.extend(self.observer.observations[begin..end_of(end)].iter().map(nowhere));
        for at in (first..end).rev() {
            let observation = self.chosen(at);
            let candidates = &self.candidates[range_of(at)];
            let matched = chosen.map_or(Matched::NOWHERE, |index| Matched {
                link: candidates[index].link,
                offset_m: candidates[index].offset_m,
                stay: observation.stay,
                ambiguous: self.is_ambiguous(candidates, index, &observation),
            });
            let matched = Matched { stay: observation.stay, ..matched };
            // Those between have the place of the last one, until they are smoothed along the way.
            for place in &mut self.placed[self.chosen[at] as usize..end_of(at + 1)] {
                place.matched = matched;
            }
            chosen = chosen.map(|index| usize::from(candidates[index].back)).filter(|_| at > first);
        }
        self.placed[begin].joined = false;
    }

    /// Whether a link on another level is as near as the chosen one, within a standard error.
    fn is_ambiguous(&self, candidates: &[Candidate], chosen: usize, observation: &Observation) -> bool {
        let links = &self.network.links;
        let own = &links[candidates[chosen].link as usize];
        let most_m = candidates[chosen].distance2.sqrt() + observation.sigma_m;
        candidates.iter().any(|other| {
            let link = &links[other.link as usize];
            let apart = (link.level - own.level).abs() >= 0.5 && !link.between_levels && !own.between_levels;
            apart && other.distance2 <= most_m * most_m
        })
    }
}

/// Adds a candidate: one a link, and the nearest ones.
fn keep_nearest(candidates: &mut Vec<Candidate>, first: usize, candidate: Candidate) {
    let own = &mut candidates[first..];
    if let Some(same) = own.iter_mut().find(|other| other.link == candidate.link) {
        if candidate.distance2 < same.distance2 {
            *same = candidate;
        }
        return;
    }
    if own.len() < MOST_CANDIDATES {
        candidates.push(candidate);
        return;
    }
    let farthest = own.iter_mut().reduce(|a, b| if b.distance2 > a.distance2 { b } else { a });
    if let Some(farthest) = farthest.filter(|farthest| farthest.distance2 > candidate.distance2) {
        *farthest = candidate;
    }
}

/// The ways on from a candidate.
#[derive(Debug)]
struct Leaving<'a> {
    to: routes::RowRef<'a>,
    to_m: f32,
    from: Option<routes::RowRef<'a>>,
    from_m: f32,
}

impl<'a> Leaving<'a> {
    fn of(network: &'a Network, candidate: &Candidate, near: bool) -> Self {
        let row = |node| if near { network.routes.near_row(node) } else { network.routes.row(node) };
        let link = &network.links[candidate.link as usize];
        Self {
            to: row(link.to),
            to_m: (link.length_m - candidate.offset_m).max(0.0),
            from: (!link.one_way).then(|| row(link.from)),
            from_m: candidate.offset_m,
        }
    }

    /// Way from the candidate to one on another link, metres.
    #[inline]
    fn way_m(&self, network: &Network, to: &Candidate) -> f32 {
        let link = &network.links[to.link as usize];
        let after_m = (link.length_m - to.offset_m).max(0.0);
        let enter = |row: &routes::Row| {
            let begin_m = row.distance_m(link.from) + to.offset_m;
            if link.one_way { begin_m } else { begin_m.min(row.distance_m(link.to) + after_m) }
        };
        let mut way_m = self.to_m + enter(&self.to);
        if let Some(row) = &self.from {
            way_m = way_m.min(self.from_m + enter(row));
        }
        way_m
    }
}

impl Network {
    /// The place of every point, by map matching of each track, on all cores.
    ///
    /// # Errors
    /// When the points are not in order, or a track is longer than [`MOST_POINTS`].
    pub fn match_points(
        &self,
        points: PointsView<'_>,
        options: &Options,
    ) -> Result<Vec<Matched>, MatchingError> {
        use rayon::prelude::*;
        check(points)?;
        let tracks = points.tracks();
        if tracks.iter().any(|track| track.len() > MOST_POINTS) {
            return Err(MatchingError::TrackTooLong { limit: MOST_POINTS });
        }
        let mut all = vec![Matched::NOWHERE; points.len()];
        let mut parts = Vec::with_capacity(tracks.len());
        let mut rest = all.as_mut_slice();
        for track in tracks {
            let (part, after) = rest.split_at_mut(track.len());
            parts.push((track, part));
            rest = after;
        }
        parts.into_par_iter().with_min_len(16).for_each_init(
            || Matcher::new(self, *options),
            |matcher, (track, part)| {
                matcher.place(points.part(track));
                for placed in &matcher.placed {
                    let observation = &placed.observation;
                    let own = observation.first_point as usize..observation.end_point as usize;
                    part[own].fill(placed.matched);
                }
            },
        );
        Ok(all)
    }
}
