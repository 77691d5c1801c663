//! A question being answered: what is prepared, the steps in order, and what they have found so far.

use std::sync::Arc;

use futago_compute::Engine;
use futago_contract::{Run, SimError, StepFuture};
use futago_field::{Bilingual, Grid, Origin, ResultSet, Variant};
use futago_flow::Flows;
use futago_model::CityModel;
use jiff::civil::Time;

use crate::assign::{Assignment, Demand, Settings, equilibrium};
use crate::counted::{self, Counted, CountedRun};
use crate::demand::{self, Fit};
use crate::prepare::changes::Changed;
use crate::prepare::density::{self, DensityInput};
use crate::prepare::mask;
use crate::prepare::network::Streets;
use crate::prepare::zones::{self, Zones};
use crate::scenario::{AreaOfInterest, Question};
use crate::step::DensityField;
use crate::{CrowdError, output, profile};

/// People who pass each link of the city's walk network in an hour, at one time. NaN where nobody counted, and where a
/// count is held back because it is too small to publish.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct LinkCounts {
    /// From the link's first node to its last, persons/h.
    pub along_h: Vec<f64>,
    /// The other way, persons/h.
    pub against_h: Vec<f64>,
}

/// Everything prepared, and the answers as they come.
pub struct CrowdRun {
    /// The city.
    pub city: Arc<CityModel>,
    /// What is asked.
    pub question: Question,
    /// Title of the results.
    pub title: Bilingual,
    /// The grid of the answers; the density's own reaches a margin beyond it.
    pub grid: Grid,
    /// The streets as they are, and with the changes.
    pub cases: Vec<Case>,
    /// One a clock time.
    pub moments: Vec<Moment>,
    /// Where people come from and go to.
    pub zones: Zones,
    /// Counts that were given, one a clock time; none when the flows are synthetic.
    pub counts: Vec<LinkCounts>,
    /// Where the flows come from.
    pub origin: Origin,
    steps: Vec<Step>,
}

/// The streets, as they are or changed.
pub struct Case {
    /// Which.
    pub variant: Variant,
    /// Streets and what is closed.
    pub changed: Changed,
    /// The density field's arrays.
    pub input: DensityInput,
}

/// One clock time.
pub struct Moment {
    /// When (JST).
    pub time: Time,
    /// How the table of who goes where was fitted to counts.
    pub fit: Option<Fit>,
    /// Everyone who is assigned before the change.
    pub demands: Vec<Demand>,
    /// One a case.
    pub answers: Vec<Answer>,
}

/// One case at one time.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Answer {
    /// The equilibrium.
    pub assignment: Assignment,
    /// Persons/s on each link, along and against it, as assigned.
    pub assigned_s: [Vec<f64>; 2],
    /// The same, where counts were given: counted, with what the change adds.
    pub flows_s: [Vec<f64>; 2],
    /// Persons on each link at an instant.
    pub persons: Vec<f64>,
    /// Density of the grid's cells, persons/m2.
    pub density: Vec<f32>,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Step {
    Assign { moment: usize, case: usize },
    Density { moment: usize, case: usize },
}

/// Turns a city and a question into a run. `counts` has one entry a clock time, or none for synthetic flows.
///
/// # Errors
/// A [`CrowdError`]: a question that makes no sense, or one that this city cannot answer.
pub fn prepare(
    city: Arc<CityModel>,
    question: &Question,
    title: Bilingual,
    counts: Vec<LinkCounts>,
) -> Result<Box<dyn Run>, SimError> {
    Ok(Box::new(CrowdRun::prepare(city, question, title, counts)?))
}

/// The same with flows of a file, which are needed unless the question's are synthetic: a model that is fitted to
/// them, or, where the question wants no more, what was counted.
///
/// # Errors
/// As [`prepare`], and when the flows are missing, of another city, or without the period.
pub fn prepare_with_flows(
    city: Arc<CityModel>,
    question: &Question,
    title: Bilingual,
    flows: Option<Arc<Flows>>,
) -> Result<Box<dyn Run>, SimError> {
    question.check()?;
    if question.is_synthetic() {
        return prepare(city, question, title, Vec::new());
    }
    let flows = flows.ok_or_else(|| CrowdError::NoFlows { name: question.flows.clone() })?;
    let counted = Counted::of(&flows, question, &city)?;
    if question.counts.without_model() {
        let question = question.clone();
        return Ok(Box::new(CountedRun { city, flows, question, title, found: None }));
    }
    let counts = question.at.iter().map(|time| counted.link_counts(*time)).collect();
    let mut run = CrowdRun::prepare(city, question, title, counts)?;
    run.origin = counted::origin(&flows, question);
    Ok(Box::new(run))
}

impl CrowdRun {
    /// As [`prepare`].
    ///
    /// # Errors
    /// As [`prepare`].
    pub fn prepare(
        city: Arc<CityModel>,
        question: &Question,
        title: Bilingual,
        counts: Vec<LinkCounts>,
    ) -> Result<Self, CrowdError> {
        question.check()?;
        let streets = Streets::of_city(&city);
        if streets.links.is_empty() {
            return Err(CrowdError::NoWalkNetwork);
        }
        check_counts(&counts, question, streets.links.len())?;
        let grid = grid_of(&city, &question.area, question.spacing_m)?;
        let wide = padded(&grid, density::margin_m(question.bandwidth_m));
        let inside = mask::inside_buildings(&wide, &city);
        let zones = zones::of_city(&city, &streets);
        let case = |variant, changed: Changed| {
            let wanted = |link: u32| {
                changed.streets.links[link as usize].is_outside && touches(&changed.streets, link, &wide)
            };
            let input = DensityInput::build(&changed.streets, wide, &inside, question.bandwidth_m, wanted);
            Case { variant, changed, input }
        };
        let mut cases = vec![case(Variant::AsIs, Changed::nothing(streets.clone()))];
        if let Some(what_if) = &question.what_if {
            cases.push(case(Variant::WhatIf, Changed::of(&streets, what_if, &city.about.frame)?));
        }
        let moment = |time: &Time| Moment {
            time: *time,
            fit: None,
            demands: Vec::new(),
            answers: vec![Answer::default(); cases.len()],
        };
        let moments: Vec<Moment> = question.at.iter().map(moment).collect();
        let each = (0..moments.len()).flat_map(|moment| (0..cases.len()).map(move |case| (moment, case)));
        let steps = each.clone().map(|(moment, case)| Step::Assign { moment, case });
        let steps = steps.chain(each.map(|(moment, case)| Step::Density { moment, case })).collect();
        Ok(Self {
            question: question.clone(),
            city,
            title,
            grid,
            cases,
            moments,
            zones,
            counts,
            origin: Origin::made("crowd-origin-made"),
            steps,
        })
    }

    /// A cell of the answers' grid, as one of the density's own.
    pub fn wide_cell(&self, cell: usize) -> usize {
        let wide = &self.cases[0].input.grid;
        let margin = ((wide.columns - self.grid.columns) / 2) as usize;
        let columns = self.grid.columns as usize;
        (cell / columns + margin) * wide.columns as usize + cell % columns + margin
    }

    fn settings(&self) -> Settings {
        Settings { gap: self.question.demand.gap, rounds: self.question.demand.rounds, ..Settings::default() }
    }

    /// Who goes where before the change, and how well that fits the counts.
    fn demands(&self, moment: usize) -> (Vec<Demand>, Option<Fit>) {
        let (hour, asked) = (hour_of(self.moments[moment].time), &self.question.demand);
        let case = &self.cases[0];
        let graph = case.changed.streets.graph(&case.changed.closed);
        let (total_h, scale_s) = (asked.persons_per_hour * profile::on_the_way(hour), asked.scale_min * 60.0);
        let table = demand::gravity(&graph, &self.zones.doors, &self.zones.buildings, total_h, scale_s);
        let share = profile::coming(hour);
        let scaled = |demands: Vec<Demand>, by: f64| {
            demands.into_iter().map(move |d| Demand { rate: d.rate * by, ..d })
        };
        let home = demand::homeward(&table);
        let demands: Vec<Demand> = scaled(table, share).chain(scaled(home, 1.0 - share)).collect();
        let Some(counts) = self.counts.get(moment) else { return (demands, None) };
        let by_arc: Vec<f64> = self.arc_counts(&graph, counts);
        let links: Vec<f64> = (0..graph.costs().len())
            .map(|link| known(counts.along_h[link]) + known(counts.against_h[link]))
            .map(|h| h / 3600.0)
            .collect();
        let fit = demand::fit_to_counts(&graph, &demands, &by_arc, &graph.times(&links), asked.fit_rounds);
        (fit.demands.clone(), Some(fit))
    }

    fn arc_counts(&self, graph: &crate::assign::Graph, counts: &LinkCounts) -> Vec<f64> {
        let links = &self.cases[0].changed.streets.links;
        let of = |arc: &crate::assign::Arc| {
            let side =
                if arc.from == links[arc.link as usize].from { &counts.along_h } else { &counts.against_h };
            side[arc.link as usize] / 3600.0
        };
        graph.arcs().iter().map(of).collect()
    }

    fn assign(&mut self, moment: usize, case: usize) {
        if case == 0 {
            let (demands, fit) = self.demands(moment);
            self.moments[moment].demands = demands;
            self.moments[moment].fit = fit;
        }
        let changed = &self.cases[case].changed;
        let graph = changed.streets.graph(&changed.closed);
        let hour = hour_of(self.moments[moment].time);
        let mut demands = self.moments[moment].demands.clone();
        demands.extend(changed.more_people(
            &graph,
            &self.zones,
            profile::on_the_way(hour),
            profile::coming(hour),
            self.question.demand.scale_min * 60.0,
        ));
        let assignment = equilibrium(&graph, &demands, &self.settings());
        let links = &changed.streets.links;
        let mut assigned_s = [vec![0.0; links.len()], vec![0.0; links.len()]];
        for (arc, flow) in graph.arcs().iter().zip(&assignment.arc_flows) {
            assigned_s[usize::from(arc.from != links[arc.link as usize].from)][arc.link as usize] += flow;
        }
        let mut flows_s = assigned_s.clone();
        if let Some(counts) = self.counts.get(moment) {
            let before = &self.moments[moment].answers[0].assigned_s;
            pivot(&mut flows_s, counts, (case > 0).then_some(before), &changed.closed);
        }
        let persons = persons_on(&changed.streets, &flows_s);
        self.moments[moment].answers[case] =
            Answer { assignment, assigned_s, flows_s, persons, density: Vec::new() };
    }
}

/// Counts with what a change adds: count + assigned after - assigned before. Where nobody counted, as assigned.
fn pivot(flows_s: &mut [Vec<f64>; 2], counts: &LinkCounts, before: Option<&[Vec<f64>; 2]>, closed: &[bool]) {
    for (way, counted) in [&counts.along_h, &counts.against_h].into_iter().enumerate() {
        for (link, count) in counted.iter().enumerate().filter(|(_, count)| count.is_finite()) {
            let flow = &mut flows_s[way][link];
            let change = before.map_or(0.0, |before| *flow - before[way][link]);
            *flow = if closed[link] { 0.0 } else { (count.max(0.0) / 3600.0 + change).max(0.0) };
        }
    }
}

impl Run for CrowdRun {
    fn steps(&self) -> u64 {
        self.steps.len() as u64
    }

    fn step_key(&self, step: u64) -> &'static str {
        match self.steps.get(step as usize) {
            Some(Step::Assign { .. }) => "step-crowd-assign",
            Some(Step::Density { .. }) => "step-crowd-density",
            None => "step-finish",
        }
    }

    fn step<'a>(&'a mut self, step: u64, engine: &'a Engine) -> StepFuture<'a> {
        Box::pin(async move {
            match self.steps.get(step as usize).copied() {
                Some(Step::Assign { moment, case }) => self.assign(moment, case),
                Some(Step::Density { moment, case }) => {
                    let input = &self.cases[case].input;
                    let persons = &self.moments[moment].answers[case].persons;
                    let density = match DensityField::new(engine, input).await.map_err(CrowdError::from)? {
                        Some(field) => field.density(engine, persons).await.map_err(CrowdError::from)?,
                        None => vec![0.0; input.grid.len()],
                    };
                    let asked = (0..self.grid.len()).map(|cell| density[self.wide_cell(cell)]).collect();
                    self.moments[moment].answers[case].density = asked;
                }
                None => {}
            }
            Ok(())
        })
    }

    fn finish(self: Box<Self>) -> Result<ResultSet, SimError> {
        Ok(output::results(&self))
    }
}

fn check_counts(counts: &[LinkCounts], question: &Question, links: usize) -> Result<(), CrowdError> {
    let wrong = |what, found, wanted| Err(CrowdError::OtherNetwork { what, found, wanted });
    if !counts.is_empty() && counts.len() != question.at.len() {
        return wrong("the list of counts by time", counts.len(), question.at.len());
    }
    for count in counts {
        for side in [&count.along_h, &count.against_h] {
            if side.len() != links {
                return wrong("a list of counts by link", side.len(), links);
            }
        }
    }
    Ok(())
}

/// The grid of an area.
pub(crate) fn grid_of(city: &CityModel, area: &AreaOfInterest, spacing_m: f64) -> Result<Grid, CrowdError> {
    let place = area.centre().map_err(|fault| CrowdError::question("crowd.area", fault))?;
    let at = city
        .about
        .frame
        .site_from_lonlat(place)
        .map_err(|fault| CrowdError::question("crowd.area", fault))?;
    let [west, south, east, north] = city.about.bounds_m;
    let half = [area.width_m / 2.0, area.height_m / 2.0];
    if at[0] + half[0] < west || at[0] - half[0] > east || at[1] + half[1] < south || at[1] - half[1] > north
    {
        return Err(CrowdError::OutsideCity);
    }
    let cells = |m: f64| ((m / spacing_m).round() as u32).max(1);
    let first = |axis: usize| at[axis] - half[axis] + spacing_m / 2.0;
    Ok(Grid {
        first_m: [first(0), first(1)],
        spacing_m,
        columns: cells(area.width_m),
        rows: cells(area.height_m),
        height_m: 0.0,
    })
}

/// A grid with whole cells more on every side.
fn padded(grid: &Grid, margin_m: f64) -> Grid {
    let cells = (margin_m / grid.spacing_m).ceil();
    Grid {
        first_m: grid.first_m.map(|first| first - cells * grid.spacing_m),
        columns: grid.columns + 2 * cells as u32,
        rows: grid.rows + 2 * cells as u32,
        ..*grid
    }
}

/// Whether a link's line comes near a grid.
pub(crate) fn touches(streets: &Streets, link: u32, grid: &Grid) -> bool {
    let [west, south, east, north] = grid.bounds_m();
    let line = &streets.links[link as usize].line_m;
    let within = |axis: usize, low: f64, high: f64| {
        line.iter().any(|at| at[axis] >= low) && line.iter().any(|at| at[axis] <= high)
    };
    within(0, west, east) && within(1, south, north)
}

fn known(count: f64) -> f64 {
    if count.is_finite() { count.max(0.0) } else { 0.0 }
}

fn hour_of(time: Time) -> f64 {
    f64::from(time.hour()) + f64::from(time.minute()) / 60.0
}

/// Persons on each link at an instant: density at the flow, times the area.
fn persons_on(streets: &Streets, flows_s: &[Vec<f64>; 2]) -> Vec<f64> {
    let on = |(index, link): (usize, &crate::prepare::network::Link)| {
        link.density_m2(flows_s[0][index] + flows_s[1][index]) * link.area_m2()
    };
    streets.links.iter().enumerate().map(on).collect()
}
