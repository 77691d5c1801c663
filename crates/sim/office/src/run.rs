//! A question being answered: what is prepared, the steps in order, and what they have found so far.

use std::collections::BTreeSet;
use std::sync::Arc;

use futago_compute::Engine;
use futago_contract::{Run, SimError, StepFuture};
use futago_field::{Bilingual, BuildingSet, CappedReport, FloorSet, Report, ResultSet, Variant};
use futago_model::{CityModel, Occupancy};
use rayon::prelude::*;

use crate::OfficeError;
use crate::output;
use crate::prepare::days::Bin;
use crate::prepare::{Days, Office, OfficeArea, OfficeFloor, Published, areas, choose, floors};
use crate::scenario::Question;
use crate::step::{Attendance, Filled, ZoneLifts, fill, lifts};

/// What a question needs beside the city.
#[derive(Debug, Clone, Default)]
pub struct Inputs {
    /// Measured occupancy; without it everybody is synthetic.
    pub occupancy: Option<Arc<Occupancy>>,
    /// Published uses and storeys; without them buildings count by the rule alone.
    pub published: Published,
    /// Seed of the variation of buildings and floors.
    pub seed: u64,
    /// Title of the results.
    pub title: Bilingual,
}

/// Everything prepared, and the answers as they come.
pub struct OfficeRun {
    /// The city.
    pub city: Arc<CityModel>,
    /// What is asked.
    pub question: Question,
    /// What came beside it.
    pub inputs: Inputs,
    /// The area: west, south, east, north, site metres.
    pub bounds_m: [f64; 4],
    /// The buildings, in the order of the city.
    pub offices: Vec<Office>,
    /// Their floors, building by building, from below.
    pub floors: Vec<OfficeFloor>,
    /// The areas they lie in.
    pub areas: Vec<OfficeArea>,
    /// The parts of the day that have a value each.
    pub bins: Vec<Bin>,
    /// As it is, and after.
    pub cases: Vec<Case>,
    /// Supports of fields on floors and on buildings.
    pub supports: (Arc<FloorSet>, Arc<BuildingSet>),
    /// Defects met on the way.
    pub notes: CappedReport,
    steps: Vec<Step>,
}

/// One attendance on its days.
#[derive(Debug, Clone, PartialEq)]
pub struct Case {
    /// Which.
    pub variant: Variant,
    /// Share of the workers who come on a weekday.
    pub attendance: f64,
    /// The days.
    pub days: Days,
    /// What measured persons are multiplied by.
    pub measured_factor: f64,
    /// People of each floor, in the order of the floors.
    pub filled: Vec<Filled>,
    /// Lifts, zone by zone.
    pub lifts: Vec<ZoneLifts>,
}

/// One step of a run.
#[derive(Debug, Clone, PartialEq)]
enum Step {
    Fill { case: usize, floors: std::ops::Range<usize> },
    Lifts { case: usize },
}

/// Floors of one step.
const FLOORS_A_STEP: usize = 4096;

/// Defects of one kind that are listed.
const NOTES_A_KIND: usize = 200;

/// Turns a city and a question into a run.
///
/// # Errors
/// An [`OfficeError`]: a question that makes no sense, or one that this city cannot answer.
pub fn prepare(city: Arc<CityModel>, question: &Question, inputs: Inputs) -> Result<Box<dyn Run>, SimError> {
    Ok(Box::new(OfficeRun::prepare(city, question, inputs)?))
}

impl OfficeRun {
    /// As [`prepare`].
    ///
    /// # Errors
    /// As [`prepare`].
    pub fn prepare(city: Arc<CityModel>, question: &Question, inputs: Inputs) -> Result<Self, OfficeError> {
        question.check()?;
        check_ids(&city, question)?;
        let known = question.storeys.iter().map(|known| (known.building.as_str(), known.storeys));
        let inputs = Inputs { published: inputs.published.with_storeys(known), ..inputs };
        if let (Some(file), None) = (&question.occupancy, &inputs.occupancy) {
            return Err(OfficeError::NoOccupancy { file: file.clone() });
        }
        let mut notes = CappedReport::new(NOTES_A_KIND);
        let measured = inputs.occupancy.as_deref().map(floors::by_building).unwrap_or_default();
        let ids: BTreeSet<&str> = measured.keys().copied().collect();
        let chosen = choose::choose(&city, question, &inputs.published, &ids)?;
        check_known(&city, &inputs, &chosen, &ids, &mut notes)?;
        let build = |(office, chosen): (usize, &(usize, choose::Basis))| {
            let published = &inputs.published;
            floors::office(&city, *chosen, office, question, published, &measured, inputs.seed)
        };
        let built: Vec<_> = chosen.par_iter().enumerate().map(build).collect();
        let (mut offices, mut all_floors) = (Vec::with_capacity(built.len()), Vec::new());
        for (mut office, floors) in built {
            office.floors = all_floors.len()..all_floors.len() + floors.len();
            all_floors.extend(floors);
            offices.push(office);
        }
        let areas = areas::areas(&city, &question.areas, &mut offices);
        let mut run = Self {
            bounds_m: choose::bounds_m(&city, question)?,
            bins: Bin::of(question),
            supports: supports(&offices, &all_floors),
            cases: cases(question),
            question: question.clone(),
            floors: all_floors,
            steps: Vec::new(),
            city,
            inputs,
            offices,
            areas,
            notes,
        };
        run.plan();
        Ok(run)
    }

    /// Whether any floor is synthetic, and whether any is measured.
    pub fn kinds(&self) -> (bool, bool) {
        let is_measured = |floor: &OfficeFloor| floor.measured.is_some();
        (!self.floors.iter().all(is_measured), self.floors.iter().any(is_measured))
    }

    /// What was noticed so far.
    pub fn report(&self) -> Report {
        let source = self.inputs.occupancy.as_ref().map_or("", |occupancy| occupancy.source.as_str());
        self.notes.clone().finish(source)
    }

    fn plan(&mut self) {
        for case in 0..self.cases.len() {
            for first in (0..self.floors.len()).step_by(FLOORS_A_STEP) {
                let last = (first + FLOORS_A_STEP).min(self.floors.len());
                self.steps.push(Step::Fill { case, floors: first..last });
            }
            self.steps.push(Step::Lifts { case });
        }
    }

    /// Every step at once.
    pub(crate) fn do_all(&mut self) {
        for step in std::mem::take(&mut self.steps) {
            self.do_step(step);
        }
    }

    fn do_step(&mut self, step: Step) {
        let holiday_share = self.question.schedule.holiday_share;
        let day = self.question.schedule.day();
        match step {
            Step::Fill { case, floors } => {
                let case = &mut self.cases[case];
                let share = case.attendance * case.days.share_of_weekday(holiday_share);
                let attendance =
                    Attendance { day, days: &case.days, share, measured_factor: case.measured_factor };
                let occupancy = self.inputs.occupancy.as_deref();
                let floors = &self.floors[floors];
                let filled = fill(floors, &self.bins, &attendance, occupancy, &self.question);
                case.filled.extend(filled);
            }
            Step::Lifts { case } => {
                self.note_samples(case);
                let case = &mut self.cases[case];
                let share = case.attendance * case.days.fullest(holiday_share);
                let people: Vec<f64> = self
                    .floors
                    .iter()
                    .zip(&case.filled)
                    .map(|(floor, filled)| match floor.measured {
                        // Of people who are only counted, as many come as are there at most.
                        Some(_) => filled.persons.iter().copied().fold(0.0, f64::max),
                        None => floor.workers * share,
                    })
                    .collect();
                case.lifts = lifts(&self.offices, &self.floors, &people, &day, &self.question);
            }
        }
    }

    /// Tells of gaps, bridges and withheld values, floor by floor.
    fn note_samples(&mut self, case: usize) {
        let case = &self.cases[case];
        let source = self.inputs.occupancy.as_ref().map_or("", |occupancy| occupancy.source.as_str());
        let (days, values) = (case.days.label(), self.bins.len());
        for (floor, filled) in self.floors.iter().zip(&case.filled) {
            let feature = || format!("{}, floor {}", self.offices[floor.office].id, floor.floor);
            let place = || format!("{source}, {days}");
            for (code, count, what) in [
                ("occupancy-gap", filled.gaps, "have no sample and stay gaps"),
                ("occupancy-bridged", filled.bridged, "lie on a line between samples"),
                ("occupancy-withheld", filled.withheld, "are of fewer persons than are shown; withheld"),
            ] {
                if count > 0 {
                    self.notes.add(code, &feature(), &place(), format!("{count} of {values} values {what}"));
                }
            }
        }
    }
}

impl Run for OfficeRun {
    fn steps(&self) -> u64 {
        self.steps.len() as u64
    }

    fn step_key(&self, step: u64) -> &'static str {
        match self.steps.get(step as usize) {
            Some(Step::Fill { .. }) => "step-office-people",
            Some(Step::Lifts { .. }) => "step-office-lifts",
            None => "step-finish",
        }
    }

    fn step<'a>(&'a mut self, step: u64, _engine: &'a Engine) -> StepFuture<'a> {
        Box::pin(async move {
            if let Some(step) = self.steps.get(step as usize).cloned() {
                self.do_step(step);
            }
            Ok(())
        })
    }

    fn finish(self: Box<Self>) -> Result<ResultSet, SimError> {
        Ok(output::results(&self))
    }
}

/// Ids that the scenario knows something of must be there: a slip would change the answer silently.
fn check_ids(city: &CityModel, question: &Question) -> Result<(), OfficeError> {
    let storeys = question.storeys.iter().map(|known| &known.building);
    let mut ids = storeys.chain(question.lifts.known.iter().map(|known| &known.building));
    ids.try_for_each(|id| match city.buildings.find(id) {
        Some(_) => Ok(()),
        None => Err(OfficeError::no_building(city, id)),
    })
}

/// A file none of whose buildings is asked for is a mistake; single ones that are not are told.
fn check_known(
    city: &CityModel,
    inputs: &Inputs,
    chosen: &[(usize, choose::Basis)],
    measured: &BTreeSet<&str>,
    notes: &mut CappedReport,
) -> Result<(), OfficeError> {
    let Some(occupancy) = inputs.occupancy.as_deref() else { return Ok(()) };
    let asked: BTreeSet<&str> =
        chosen.iter().map(|(index, _)| city.buildings.id_of(&city.buildings.records[*index])).collect();
    for id in measured.difference(&asked) {
        let action = "not asked for, or not in this city; its samples are left out";
        notes.add("occupancy-unknown-building", id, &occupancy.source, action);
    }
    if measured.intersection(&asked).next().is_none() {
        let (source_name, buildings) = (occupancy.source.clone(), measured.len());
        return Err(OfficeError::OtherOccupancy { source_name, buildings });
    }
    Ok(())
}

fn cases(question: &Question) -> Vec<Case> {
    let case = |variant, attendance, dates: &[jiff::civil::Date], measured_factor| Case {
        variant,
        attendance,
        days: Days::of(question, dates),
        measured_factor,
        filled: Vec::new(),
        lifts: Vec::new(),
    };
    let mut cases = vec![case(Variant::AsIs, question.attendance, &question.dates, 1.0)];
    if let Some(after) = &question.after {
        let attendance = after.attendance.unwrap_or(question.attendance);
        // Nobody can be told from 0 % of them: NaN.
        let ratio = if attendance == question.attendance { 1.0 } else { attendance / question.attendance };
        let ratio = if ratio.is_finite() { ratio } else { f64::NAN };
        let (dates, factor) =
            if after.dates.is_empty() { (&question.dates, ratio) } else { (&after.dates, 1.0) };
        cases.push(case(Variant::WhatIf, attendance, dates, factor));
    }
    cases
}

fn supports(offices: &[Office], floors: &[OfficeFloor]) -> (Arc<FloorSet>, Arc<BuildingSet>) {
    let buildings = BuildingSet {
        id: offices.iter().map(|office| office.id.clone()).collect(),
        index: offices.iter().map(|office| office.index as u32).collect(),
    };
    let of = |value: &dyn Fn(&OfficeFloor) -> f64| floors.iter().map(|f| value(f) as f32).collect();
    let set = FloorSet {
        buildings: buildings.clone(),
        building: floors.iter().map(|floor| floor.office as u32).collect(),
        floor: floors.iter().map(|floor| floor.floor).collect(),
        bottom_m: of(&|floor| floor.bottom_m),
        top_m: of(&|floor| floor.top_m),
        area_m2: of(&|floor| floor.area_m2),
    };
    (Arc::new(set), Arc::new(buildings))
}
