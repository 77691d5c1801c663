//! How many people there are on each day, and their points, block by block.
//!
//! **Calibration.** With `D` and `N` the published means of the mesh by day (11 to 15 h) and late night (1 to 5 h), and
//! `p(role, hours)` the chance that a person of a role is seen in the mesh in an hour of these, from 8,000 pilots each:
//! residents `R = N / p(R, night)`; all others `(D - R p(R, day)) / p(day)`, on weekdays 85 % of them workers, on
//! holidays 10 %. The same `p` serve every month, so they do not touch the change from month to month.

use std::ops::Range;

use futago_flow::{Calendar, DAY_S, DayKind, JST_OFFSET_S, Period, mesh_code};
use futago_geodesy::LocalPlane;
use futago_model::CityModel;
use futago_points::Points;
use rayon::prelude::*;

use crate::SyntheticError;
use crate::figures::{MESH, Population};
use crate::plan::{Leg, Role};
use crate::random::Draws;
use crate::sample::Sampler;
use crate::town::Town;

/// Pilots of each role.
const PILOTS: u64 = 8000;
/// Share of workers among those who do not live there, weekday and holiday.
const WORKERS: [f64; 2] = [0.85, 0.10];
/// Persons of a block.
const BLOCK: u64 = 4096;

/// What is asked for.
#[derive(Debug, Clone, PartialEq)]
pub struct Question {
    /// Seed of everything.
    pub seed: u64,
    /// Year and month of each month that is walked.
    pub months: Vec<(u16, u8)>,
    /// First and last day of each month that is walked, 1 to 31.
    pub days_of_month: [u8; 2],
    /// Of each month, no more days of each kind than this, the first ones.
    pub most_days: u32,
    /// Share of all people who carry a phone that is counted, above 0; above 1 for more points than people.
    pub share: f64,
    /// Time from point to point of one who walks, s.
    pub interval_s: f64,
    /// Time from point to point of one who stays, s.
    pub stay_interval_s: f64,
    /// Stated 68 % radius under the open sky, metres.
    pub accuracy_m: f64,
    /// How much larger errors are between buildings of 60 m, as a share.
    pub canyon: f64,
    /// For how long errors hang together, s.
    pub correlation_s: f64,
    /// Share of points that come through under a roof and underground.
    pub roofed_share: f64,
    /// Also say which links were truly walked ([`Block::walks`]).
    pub true_walks: bool,
}

impl Default for Question {
    fn default() -> Self {
        Self {
            seed: 1,
            months: vec![(2020, 1), (2020, 4)],
            days_of_month: [1, 31],
            most_days: 31,
            share: 0.01,
            interval_s: 30.0,
            stay_interval_s: 600.0,
            accuracy_m: 10.0,
            canyon: 0.5,
            correlation_s: 15.0,
            roofed_share: 0.1,
            true_walks: false,
        }
    }
}

/// A link that somebody walked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TrueWalk {
    /// Who.
    pub id: u64,
    /// Index of the link.
    pub link: u32,
    /// From its first node to its last.
    pub forward: bool,
    /// When it began, UTC s.
    pub begin_s: i64,
    /// When it ended, UTC s.
    pub end_s: i64,
}

/// Points in columns, sorted by id and time, with the truth beside them. Ids go on rising from block to block.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Block {
    /// Where phones say they are. An id is a day and person; a person's ids of two days have nothing in common.
    pub points: Points,
    /// Index of the link; [`Block::NO_LINK`] inside a building and on the way to its door.
    pub true_link: Vec<u32>,
    /// Way along the link, metres in plan.
    pub true_offset_m: Vec<f32>,
    /// The person stays.
    pub true_stay: Vec<bool>,
    /// Links that were walked, person by person in order of time, if asked for.
    pub walks: Vec<TrueWalk>,
}

impl Block {
    /// Not on a link.
    pub const NO_LINK: u32 = u32::MAX;

    fn append(&mut self, mut other: Self) {
        self.points.append(other.points.view());
        self.true_link.append(&mut other.true_link);
        self.true_offset_m.append(&mut other.true_offset_m);
        self.true_stay.append(&mut other.true_stay);
        self.walks.append(&mut other.walks);
    }
}

/// The persons of one day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DayPlan {
    /// Days since 1970-01-01, in Japan.
    pub day: i64,
    /// Kind of day.
    pub kind: DayKind,
    /// Workers.
    pub workers: u64,
    /// Visitors.
    pub visitors: u64,
    /// Residents.
    pub residents: u64,
}

impl DayPlan {
    /// All of them.
    pub fn persons(&self) -> u64 {
        self.workers + self.visitors + self.residents
    }

    fn role_of(&self, person: u64) -> Role {
        match person {
            person if person < self.workers => Role::Worker,
            person if person < self.workers + self.visitors => Role::Visitor,
            _ => Role::Resident,
        }
    }
}

/// Makes tracks of people who are not there.
#[derive(Debug)]
pub struct Generator {
    question: Question,
    town: Town,
    plane: LocalPlane,
    days: Vec<DayPlan>,
}

impl Generator {
    /// Prepares a city and counts its people.
    ///
    /// # Errors
    /// When the city lacks what people need, a month has no published figure, or a number cannot be.
    pub fn new(city: &CityModel, question: Question) -> Result<Self, SyntheticError> {
        check(&question)?;
        let town = Town::new(city, question.seed)?;
        let plane = LocalPlane::new(&city.about.frame, bounds_m(city))?;
        let mut generator = Self { question, town, plane, days: Vec::new() };
        generator.count_people()?;
        Ok(generator)
    }

    /// The question.
    pub fn question(&self) -> &Question {
        &self.question
    }

    /// The days and how many people they have, in order.
    pub fn days(&self) -> &[DayPlan] {
        &self.days
    }

    /// All points, block by block: a block is made when it is asked for.
    pub fn blocks(&self) -> impl Iterator<Item = Block> + '_ {
        let ranges = self.days.iter().enumerate().flat_map(|(index, day)| {
            let first = (0..day.persons()).step_by(BLOCK as usize);
            first.map(move |first| (index, first..(first + BLOCK).min(day.persons())))
        });
        ranges.map(|(index, persons)| self.block(index, persons))
    }

    fn block(&self, index: usize, persons: Range<u64>) -> Block {
        let day = &self.days[index];
        let sampler = Sampler {
            town: &self.town,
            question: &self.question,
            plane: &self.plane,
            midnight_s: day.day * DAY_S - JST_OFFSET_S,
        };
        let chunks: Vec<Range<u64>> =
            persons.clone().step_by(64).map(|first| first..(first + 64).min(persons.end)).collect();
        let parts: Vec<Block> = (chunks.into_par_iter())
            .map(|persons| {
                let mut block = Block::default();
                for person in persons {
                    let legs = self.legs(day, person);
                    let mut draws = Draws::new(self.question.seed, day.day, person, 2);
                    sampler.add((day.day as u64) << 32 | person, &legs, &mut draws, &mut block);
                }
                block
            })
            .collect();
        let mut all = Block::default();
        parts.into_iter().for_each(|part| all.append(part));
        all
    }

    fn legs(&self, day: &DayPlan, person: u64) -> Vec<Leg> {
        let mut draws = Draws::new(self.question.seed, day.day, person, 1);
        self.town.day_of(day.role_of(person), &mut draws)
    }

    fn count_people(&mut self) -> Result<(), SyntheticError> {
        let seen = [Role::Worker, Role::Visitor, Role::Resident].map(|role| self.seen_in_mesh(role));
        let calendar = Calendar::japan()?;
        for (year, month) in self.question.months.clone() {
            let mut of_kind = [0_u32; 2];
            for day in days_of(year, month, self.question.days_of_month)? {
                let kind = calendar.kind_of(day);
                of_kind[kind as usize] += 1;
                if of_kind[kind as usize] > self.question.most_days {
                    continue;
                }
                let population = Population::published(year, month, kind)?;
                self.days.push(plan(day, kind, population, &seen, self.question.share));
            }
        }
        if self.days.iter().all(|day| day.persons() == 0) {
            return Err(SyntheticError::Question("the share leaves nobody. Ask for a larger one".to_owned()));
        }
        Ok(())
    }

    /// Chance of being seen in the mesh in one of the hours 11 to 15, and 1 to 5: the mean over the hours.
    fn seen_in_mesh(&self, role: Role) -> [f64; 2] {
        let seen = |person: u64| {
            let legs = self.town.day_of(role, &mut Draws::new(self.question.seed, role as i64, person, 3));
            let hours = self.hours_in_mesh(&legs);
            let share = |hours: u32| u64::from(hours.count_ones());
            [share(hours >> 11 & 0b1111), share(hours >> 1 & 0b1111)]
        };
        let both = |a: [u64; 2], b: [u64; 2]| [a[0] + b[0], a[1] + b[1]];
        let total = (0..PILOTS).into_par_iter().map(seen).reduce(|| [0; 2], both);
        total.map(|hours| hours as f64 / (4 * PILOTS) as f64)
    }

    /// One bit for each hour of the day in which the person is in the mesh.
    fn hours_in_mesh(&self, legs: &[Leg]) -> u32 {
        let mut hours = 0_u32;
        for leg in legs {
            let [from_s, to_s] = leg.times_s();
            let (first, last) = ((from_s / 3600.0) as u32, (to_s.max(from_s) / 3600.0) as u32);
            let ends = match leg {
                Leg::Stay { at_m, .. } => [*at_m, *at_m],
                Leg::Door { from_m, to_m, .. } => [*from_m, *to_m],
                Leg::Walk { way, .. } => {
                    let place = |step: &crate::town::Step| self.town.links[step.link as usize].line_m[0];
                    let Some((a, b)) = way.first().zip(way.last()) else { continue };
                    [place(a), place(b)]
                }
            };
            let inside = ends.iter().any(|at_m| {
                let [lon_deg, lat_deg] = self.plane.lon_lat_deg(*at_m);
                mesh_code(lon_deg, lat_deg, 8) == MESH
            });
            for hour in first..=last.min(23) {
                hours |= u32::from(inside) << hour;
            }
        }
        hours
    }
}

fn plan(day: i64, kind: DayKind, population: Population, seen: &[[f64; 2]; 3], share: f64) -> DayPlan {
    let [worker, visitor, resident] = seen;
    let residents = population.night / resident[1].max(1e-3);
    let workers = WORKERS[kind as usize];
    let by_day = (workers * worker[0] + (1.0 - workers) * visitor[0]).max(1e-3);
    let others = ((population.day - residents * resident[0]) / by_day).max(0.0);
    let whole = |persons: f64| (persons * share).round() as u64;
    DayPlan {
        day,
        kind,
        workers: whole(others * workers),
        visitors: whole(others * (1.0 - workers)),
        residents: whole(residents),
    }
}

fn days_of(year: u16, month: u8, [from, to]: [u8; 2]) -> Result<Range<i64>, SyntheticError> {
    let first = format!("{year:04}-{month:02}-01");
    let (year, month) = if month == 12 { (year + 1, 1) } else { (year, month + 1) };
    let next = format!("{year:04}-{month:02}-01");
    let period = Period::between("month", &first, &next)?;
    let end_day = (period.end_day - 1).min(period.first_day + i64::from(to));
    Ok(period.first_day + i64::from(from) - 1..end_day)
}

fn check(question: &Question) -> Result<(), SyntheticError> {
    let fits = question.share > 0.0
        && question.share <= 100.0
        && (1.0..=3600.0).contains(&question.interval_s)
        && (1.0..=7200.0).contains(&question.stay_interval_s)
        && (0.5..=1000.0).contains(&question.accuracy_m)
        && (0.0..=10.0).contains(&question.canyon)
        && (0.0..=3600.0).contains(&question.correlation_s)
        && (0.0..=1.0).contains(&question.roofed_share)
        && (1..=question.days_of_month[1]).contains(&question.days_of_month[0])
        && (1..=120).contains(&question.months.len());
    let text = "a number of the question is out of range: share up to 100, intervals 1 s to 2 h, accuracy 0.5 to \
                1000 m, canyon up to 10, days of the month from 1 on, one to 120 months";
    if fits { Ok(()) } else { Err(SyntheticError::Question(text.to_owned())) }
}

fn bounds_m(city: &CityModel) -> [f64; 4] {
    let mut bounds = [f64::MAX, f64::MAX, f64::MIN, f64::MIN];
    for vertex in &city.walk.vertices_mm {
        let [x, y] = vertex.map(futago_model::metres_from_mm);
        bounds = [bounds[0].min(x), bounds[1].min(y), bounds[2].max(x), bounds[3].max(y)];
    }
    let around_m = 200.0;
    [bounds[0] - around_m, bounds[1] - around_m, bounds[2] + around_m, bounds[3] + around_m]
}
