//! A day as GPS sees it: places at intervals, with errors; and the truth beside them.
//!
//! The stated accuracy is the 68 % radius of the error, a normal one of `accuracy / 1.51` in each direction. Errors
//! of points near in time hang together (first-order autoregressive, [`crate::Question::correlation_s`]). Between
//! towers it grows with the mean height of the buildings round the link. Under a roof and underground most points
//! are missing, and the rest are three times as bad.

use futago_points::Point;

use crate::plan::{DAY_S, Leg};
use crate::random::Draws;
use crate::town::{Step, Town};
use crate::{Block, Question, TrueWalk};

const SIGMA_PER_ACCURACY: f64 = 1.0 / 1.5096;
/// Height of buildings at which errors are `1 + canyon` times as large, metres.
const CANYON_HEIGHT_M: f64 = 60.0;
/// Under a roof the accuracy is so many times worse.
const ROOF: f64 = 3.0;

/// A true place.
#[derive(Debug, Clone, Copy)]
struct Place {
    at_m: [f64; 2],
    link: u32,
    offset_m: f64,
    course_rad: f64,
    speed_mps: f64,
    stay: bool,
}

/// Samples of one person.
pub(crate) struct Sampler<'a> {
    pub town: &'a Town,
    pub question: &'a Question,
    pub plane: &'a futago_geodesy::LocalPlane,
    /// Midnight in Japan, UTC seconds.
    pub midnight_s: i64,
}

impl Sampler<'_> {
    /// Adds the points of one person's day, and what was walked.
    pub fn add(&self, id: u64, legs: &[Leg], draws: &mut Draws, block: &mut Block) {
        let question = self.question;
        let side = draws.between(-0.4, 0.4);
        let mut error = Drift { at_m: [0.0; 2], before_s: f64::NEG_INFINITY };
        let mut next_s =
            legs.first().map_or(0.0, |leg| leg.times_s()[0]) + draws.uniform() * question.interval_s;
        for leg in legs {
            if let Leg::Walk { way, from_s, to_s } = leg {
                self.true_walks(id, way, [*from_s, *to_s], block);
            }
            let [from_s, to_s] = leg.times_s();
            next_s = next_s.max(from_s);
            let step_s =
                if matches!(leg, Leg::Stay { .. }) { question.stay_interval_s } else { question.interval_s };
            let mut walker = Walker::default();
            while next_s < to_s && next_s < DAY_S {
                // Whole seconds, as files have them at best.
                let time_s = next_s.floor().max(0.0);
                if let Some(place) = self.place(leg, time_s.max(from_s), side, &mut walker) {
                    self.point(id, time_s, &place, &mut error, draws, block);
                }
                next_s += step_s;
            }
            next_s = next_s.min(to_s + question.interval_s);
        }
    }

    fn place(&self, leg: &Leg, time_s: f64, side: f64, walker: &mut Walker) -> Option<Place> {
        let nowhere = |at_m, stay| Place {
            at_m,
            link: Block::NO_LINK,
            offset_m: 0.0,
            course_rad: f64::NAN,
            speed_mps: 0.0,
            stay,
        };
        match leg {
            Leg::Stay { at_m, .. } => Some(nowhere(*at_m, true)),
            Leg::Door { from_m, to_m, from_s, to_s } => {
                let share = (time_s - from_s) / (to_s - from_s).max(1e-9);
                let at = |axis: usize| from_m[axis] + share * (to_m[axis] - from_m[axis]);
                Some(nowhere([at(0), at(1)], false))
            }
            Leg::Walk { way, from_s, to_s } => {
                let total_m: f64 = way.iter().map(|step| self.town.links[step.link as usize].length_m).sum();
                let speed_mps = total_m / (to_s - from_s).max(1e-9);
                walker.place(self.town, way, (time_s - from_s) * speed_mps, speed_mps, side)
            }
        }
    }

    fn point(
        &self,
        id: u64,
        time_s: f64,
        at: &Place,
        drift: &mut Drift,
        draws: &mut Draws,
        block: &mut Block,
    ) {
        let question = self.question;
        let link = self.town.links.get(at.link as usize);
        let mut accuracy_m = question.accuracy_m;
        if let Some(link) = link {
            accuracy_m *= 1.0 + question.canyon * f64::from(link.canyon_m) / CANYON_HEIGHT_M;
        }
        let roofed = link.is_some_and(|link| link.roofed);
        if roofed {
            accuracy_m *= ROOF;
        }
        let normals = draws.normals();
        let missing = draws.uniform() >= question.roofed_share;
        let error_m = drift.next(time_s, normals, question.correlation_s, accuracy_m * SIGMA_PER_ACCURACY);
        if roofed && missing {
            return;
        }
        let [lon_deg, lat_deg] = self.plane.lon_lat_deg([at.at_m[0] + error_m[0], at.at_m[1] + error_m[1]]);
        if !(lon_deg.is_finite() && lat_deg.is_finite()) {
            return;
        }
        block.points.push(Point {
            id,
            time_s: self.midnight_s + time_s as i64,
            lon_deg,
            lat_deg,
            accuracy_m: accuracy_m as f32,
            speed_mps: at.speed_mps as f32,
            course_deg: at.course_rad.to_degrees().rem_euclid(360.0) as f32,
        });
        block.true_link.push(at.link);
        block.true_offset_m.push(at.offset_m as f32);
        block.true_stay.push(at.stay);
    }

    /// Every link that is walked, seen or not.
    fn true_walks(&self, id: u64, way: &[Step], times_s: [f64; 2], block: &mut Block) {
        if !self.question.true_walks {
            return;
        }
        let lengths = || way.iter().map(|step| self.town.links[step.link as usize].length_m);
        let total_m: f64 = lengths().sum();
        let per_m = (times_s[1] - times_s[0]) / total_m.max(1e-9);
        let mut so_far_m = 0.0;
        for (step, length_m) in way.iter().zip(lengths()) {
            let begin_s = times_s[0] + so_far_m * per_m;
            so_far_m += length_m;
            if begin_s >= DAY_S {
                break;
            }
            let end_s = self.midnight_s + (times_s[0] + so_far_m * per_m) as i64;
            let begin_s = self.midnight_s + begin_s as i64;
            block.walks.push(TrueWalk { id, link: step.link, forward: step.forward, begin_s, end_s });
        }
    }
}

/// The error of one receiver as time goes on.
struct Drift {
    at_m: [f64; 2],
    before_s: f64,
}

impl Drift {
    fn next(&mut self, time_s: f64, normals: [f64; 2], correlation_s: f64, sigma_m: f64) -> [f64; 2] {
        let kept = if correlation_s > 0.0 { (-(time_s - self.before_s) / correlation_s).exp() } else { 0.0 };
        let new = (1.0 - kept * kept).sqrt();
        // Of unit variance, so that it can grow and shrink with the place.
        self.at_m = [0, 1].map(|axis| kept * self.at_m[axis] + new * normals[axis]);
        self.before_s = time_s;
        self.at_m.map(|m| m * sigma_m)
    }
}

/// Goes along a way; asked in order of time.
#[derive(Default)]
struct Walker {
    step: usize,
    before_m: f64,
}

impl Walker {
    fn place(&mut self, town: &Town, way: &[Step], at_m: f64, speed_mps: f64, side: f64) -> Option<Place> {
        let mut step = way.get(self.step)?;
        let mut link = &town.links[step.link as usize];
        while at_m > self.before_m + link.length_m && self.step + 1 < way.len() {
            self.before_m += link.length_m;
            self.step += 1;
            step = &way[self.step];
            link = &town.links[step.link as usize];
        }
        let walked_m = (at_m - self.before_m).clamp(0.0, link.length_m);
        let offset_m = if step.forward { walked_m } else { link.length_m - walked_m };
        let (mut at, mut course_rad) = along(&link.line_m, offset_m);
        if !step.forward {
            course_rad += std::f64::consts::PI;
        }
        // People keep to one side of the way, whichever way they go.
        let aside_m = side * f64::from(link.width_m.clamp(0.0, 6.0));
        at = [at[0] + aside_m * course_rad.cos(), at[1] - aside_m * course_rad.sin()];
        Some(Place { at_m: at, link: step.link, offset_m, course_rad, speed_mps, stay: false })
    }
}

/// The place on a line and its course, clockwise from north.
fn along(line_m: &[[f64; 2]], offset_m: f64) -> ([f64; 2], f64) {
    let (mut left_m, mut last) = (offset_m, (line_m[0], 0.0));
    for pair in line_m.windows(2) {
        let (dx, dy) = (pair[1][0] - pair[0][0], pair[1][1] - pair[0][1]);
        let length_m = dx.hypot(dy);
        if length_m == 0.0 {
            continue;
        }
        let course_rad = dx.atan2(dy);
        if left_m <= length_m {
            let share = left_m / length_m;
            return ([pair[0][0] + share * dx, pair[0][1] + share * dy], course_rad);
        }
        left_m -= length_m;
        last = (pair[1], course_rad);
    }
    last
}
