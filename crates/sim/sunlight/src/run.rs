//! A question being answered: what is prepared, the steps in order, and what they have found so far.

use std::sync::Arc;

use futago_compute::Engine;
use futago_contract::{Run, SimError, StepFuture};
use futago_field::{Bilingual, PointSet, Report, ResultSet, Variant};
use futago_geodesy::LonLat;
use futago_model::CityModel;

use crate::SunlightError;
use crate::equal_time::EqualTime;
use crate::output;
use crate::passes::trace_sun::{SurfacePoint, TracedSun};
use crate::prepare::scene::Scene;
use crate::prepare::sun_list::{Station, SunList, WeighedSun};
use crate::prepare::wall_index::{CELL_M, WallIndex};
use crate::prepare::{grid_mask, targets};
use crate::scenario::Question;
use crate::step::ground::{GroundSweep, Missed, PartBuffers};
use crate::step::surface::{IndexBuffers, azimuths, chunks, traced_suns};

/// Everything prepared, and the answers as they come.
pub struct SunlightRun {
    /// The city.
    pub city: Arc<CityModel>,
    /// What is asked.
    pub question: Question,
    /// Title of the results.
    pub title: Bilingual,
    /// The area: west, south, east, north, site metres.
    pub bounds_m: [f64; 4],
    /// The suns of the period.
    pub period: SunList,
    /// The suns of the shadow maps.
    pub instants: Vec<WeighedSun>,
    /// The city as it is, and with the changes.
    pub cases: Vec<Case>,
    /// The shadow rule's question, with what its two sweeps found.
    pub equal_time: Option<(EqualTime, [Missed; 2])>,
    /// Defects met on the way.
    pub report: Report,
    azimuths: Vec<[f32; 2]>,
    traced: Vec<TracedSun>,
    steps: Vec<Step>,
    part: Option<PartBuffers>,
    index: Option<(usize, IndexBuffers)>,
}

/// One city, as it is or changed.
pub struct Case {
    /// Which.
    pub variant: Variant,
    /// Its obstacles.
    pub scene: Scene,
    /// The ground.
    pub ground: Option<Ground>,
    /// Roofs, walls and probes.
    pub surfaces: Vec<Surface>,
    index: Option<WallIndex>,
}

/// The ground grid's answers.
pub struct Ground {
    /// Sweep of the period; also holds the grid.
    pub sweep: GroundSweep,
    /// Cells inside buildings.
    pub inside: Vec<bool>,
    /// What the period's suns miss.
    pub missed: Missed,
    /// One sweep an instant, with the cells in shadow.
    pub shadows: Vec<(GroundSweep, Missed)>,
    /// Sky view of each cell; NaN inside buildings, empty when not asked for.
    pub sky: Vec<f32>,
    open: Vec<SurfacePoint>,
    cells: Vec<u32>,
}

/// The answers on one set of points.
pub struct Surface {
    /// The points.
    pub set: Arc<PointSet>,
    /// Votes and energy of the period.
    pub seen: Vec<[u32; 2]>,
    /// Votes of each instant.
    pub lit: Vec<Vec<u32>>,
    /// Sky view; empty when not asked for.
    pub sky: Vec<f32>,
    points: Vec<SurfacePoint>,
}

/// One step of a run.
#[derive(Debug, Clone, PartialEq)]
enum Step {
    SweepPeriod { case: usize, chunk: (usize, usize, usize) },
    SweepInstant { case: usize, instant: usize, chunk: (usize, usize, usize) },
    SkyGround { case: usize, cells: std::ops::Range<usize> },
    TracePeriod { case: usize, surface: usize, points: std::ops::Range<usize> },
    TraceInstants { case: usize, surface: usize, instant: usize, points: std::ops::Range<usize> },
    SkySurface { case: usize, surface: usize, points: std::ops::Range<usize> },
    EqualTime { everyone: bool, chunk: (usize, usize, usize) },
}

/// Turns a city and a question into a run.
///
/// # Errors
/// A [`SunlightError`]: a question that makes no sense, or one that this city cannot answer.
pub fn prepare(
    city: Arc<CityModel>,
    question: &Question,
    title: Bilingual,
) -> Result<Box<dyn Run>, SimError> {
    Ok(Box::new(SunlightRun::prepare(city, question, title)?))
}

impl SunlightRun {
    /// As [`prepare`].
    ///
    /// # Errors
    /// As [`prepare`].
    pub fn prepare(
        city: Arc<CityModel>,
        question: &Question,
        title: Bilingual,
    ) -> Result<Self, SunlightError> {
        question.check()?;
        let bounds_m = targets::area_bounds(&city, &question.area)?;
        let place = LonLat::new(question.area.lon, question.area.lat)?;
        let station = Station::at(&city.about.frame, place)?;
        let period = match &question.sun_hours {
            Some(period) => station.suns_of(question.date, period, question.irradiance.as_ref())?,
            None => SunList::default(),
        };
        let times = question.shadow.as_ref().map_or(&[][..], |s| &s.at);
        let instants = station.suns_at(question.date, times)?;
        let mut run = Self {
            azimuths: question.sky_view.as_ref().map_or(Vec::new(), |s| azimuths(s.azimuths)),
            traced: traced_suns(&period.suns),
            question: question.clone(),
            report: Report::default(),
            cases: Vec::new(),
            equal_time: None,
            steps: Vec::new(),
            part: None,
            index: None,
            city,
            title,
            bounds_m,
            period,
            instants,
        };
        run.add_case(Variant::AsIs)?;
        if question.what_if.is_some() {
            run.add_case(Variant::WhatIf)?;
        }
        run.add_equal_time(&station)?;
        run.plan();
        Ok(run)
    }

    fn add_case(&mut self, variant: Variant) -> Result<(), SunlightError> {
        let what_if = self.question.what_if.as_ref().filter(|_| variant == Variant::WhatIf);
        let scene = Scene::build(&self.city, what_if, &mut self.report)?;
        let asked = &self.question.targets;
        let ground = asked
            .ground
            .as_ref()
            .map(|target| self.ground(&scene, targets::ground_grid(self.bounds_m, target)));
        let mut sets = Vec::new();
        if let Some(target) = &asked.roofs {
            sets.push(targets::roofs(&scene, self.bounds_m, target)?);
        }
        if let Some(target) = &asked.walls {
            sets.push(targets::walls(&scene, self.bounds_m, target)?);
        }
        if !asked.probes.is_empty() {
            sets.push(targets::probes(&self.city, &scene, &asked.probes)?);
        }
        // A set without points (no roof in the area, say) has nothing to answer.
        let sets = sets.into_iter().filter(|set| !set.at_m.is_empty());
        let surfaces: Vec<Surface> = sets.map(|set| Surface::new(set, &self.instants)).collect();
        let traces = !surfaces.is_empty() || (ground.is_some() && self.question.sky_view.is_some());
        let index = traces.then(|| WallIndex::build(&scene, CELL_M));
        self.cases.push(Case { variant, scene, ground, surfaces, index });
        Ok(())
    }

    fn ground(&self, scene: &Scene, grid: futago_field::Grid) -> Ground {
        let inside = grid_mask::inside_solids(&grid, scene);
        let sweep = GroundSweep::build(grid, scene, &self.period.suns, self.question.irradiance.is_some());
        let shadows = self.instants.iter().map(|sun| {
            let up: &[WeighedSun] = if sun.sun.is_up() { std::slice::from_ref(sun) } else { &[] };
            let sweep = GroundSweep::build(grid, scene, up, false);
            // Before sunrise and after sunset everything is in shadow.
            let missed = match up {
                [] => Missed { votes: vec![1; grid.len()], energy: Vec::new() },
                _ => sweep.nothing_missed(),
            };
            (sweep, missed)
        });
        let shadows = shadows.collect();
        let (open, cells) = match &self.question.sky_view {
            Some(_) => targets::open_cells(&grid, &inside),
            None => (Vec::new(), Vec::new()),
        };
        let sky = if self.question.sky_view.is_some() { vec![f32::NAN; grid.len()] } else { Vec::new() };
        Ground { missed: sweep.nothing_missed(), sweep, inside, shadows, sky, open, cells }
    }

    fn add_equal_time(&mut self, station: &Station) -> Result<(), SunlightError> {
        let (Some(question), Some(case)) = (&self.question.equal_time, self.cases.last()) else {
            return Ok(());
        };
        let prepared = EqualTime::prepare(&self.city, &case.scene, station, question)?;
        let missed = [prepared.own.nothing_missed(), prepared.all.nothing_missed()];
        self.equal_time = Some((prepared, missed));
        Ok(())
    }

    /// Lays out the steps: as-is first, the ground before the surfaces, the shadow rule last.
    fn plan(&mut self) {
        let mut steps = Vec::new();
        for (number, case) in self.cases.iter().enumerate() {
            if let Some(ground) = &case.ground {
                steps.extend(
                    ground.sweep.chunks().into_iter().map(|chunk| Step::SweepPeriod { case: number, chunk }),
                );
                for (instant, (sweep, _)) in ground.shadows.iter().enumerate() {
                    let chunks = sweep.chunks().into_iter();
                    steps.extend(chunks.map(|chunk| Step::SweepInstant { case: number, instant, chunk }));
                }
                let cells = chunks(ground.open.len(), self.azimuths.len());
                steps.extend(cells.map(|cells| Step::SkyGround { case: number, cells }));
            }
            for (surface, found) in case.surfaces.iter().enumerate() {
                let count = found.points.len();
                if !self.traced.is_empty() {
                    let parts = chunks(count, self.traced.len());
                    steps.extend(parts.map(|points| Step::TracePeriod { case: number, surface, points }));
                }
                for instant in (0..self.instants.len()).filter(|i| self.instants[*i].sun.is_up()) {
                    let parts = chunks(count, 1);
                    steps.extend(parts.map(|points| Step::TraceInstants {
                        case: number,
                        surface,
                        instant,
                        points,
                    }));
                }
                if !self.azimuths.is_empty() {
                    let parts = chunks(count, self.azimuths.len());
                    steps.extend(parts.map(|points| Step::SkySurface { case: number, surface, points }));
                }
            }
        }
        if let Some((prepared, _)) = &self.equal_time {
            for (everyone, sweep) in [(false, &prepared.own), (true, &prepared.all)] {
                steps.extend(sweep.chunks().into_iter().map(|chunk| Step::EqualTime { everyone, chunk }));
            }
        }
        self.steps = steps;
    }

    async fn do_step(&mut self, step: Step, engine: &Engine) -> Result<(), SunlightError> {
        let part = &mut self.part;
        match step {
            Step::SweepPeriod { case, chunk } => {
                if let Some(ground) = &mut self.cases[case].ground {
                    ground.sweep.run_chunk(engine, chunk, part, &mut ground.missed).await?;
                }
            }
            Step::SweepInstant { case, instant, chunk } => {
                if let Some(ground) = &mut self.cases[case].ground {
                    let (sweep, missed) = &mut ground.shadows[instant];
                    sweep.run_chunk(engine, chunk, part, missed).await?;
                }
            }
            Step::EqualTime { everyone, chunk } => {
                if let Some((prepared, missed)) = &mut self.equal_time {
                    let sweep = if everyone { &prepared.all } else { &prepared.own };
                    sweep.run_chunk(engine, chunk, part, &mut missed[usize::from(everyone)]).await?;
                }
            }
            Step::SkyGround { case, .. }
            | Step::TracePeriod { case, .. }
            | Step::TraceInstants { case, .. }
            | Step::SkySurface { case, .. } => self.trace_step(case, step, engine).await?,
        }
        Ok(())
    }

    async fn trace_step(&mut self, number: usize, step: Step, engine: &Engine) -> Result<(), SunlightError> {
        let case = &mut self.cases[number];
        if self.index.as_ref().is_none_or(|(held, _)| *held != number) {
            let Some(index) = &case.index else { return Ok(()) };
            self.index = Some((number, IndexBuffers::upload(engine, index)?));
        }
        let Some((_, buffers)) = &self.index else { return Ok(()) };
        match step {
            Step::SkyGround { cells, .. } => {
                if let Some(ground) = &mut case.ground {
                    let sky = buffers.sky(engine, &ground.open[cells.clone()], &self.azimuths).await?;
                    for (cell, value) in ground.cells[cells].iter().zip(sky) {
                        ground.sky[*cell as usize] = value;
                    }
                }
            }
            Step::TracePeriod { surface, points, .. } => {
                let surface = &mut case.surfaces[surface];
                let seen = buffers.trace(engine, &surface.points[points.clone()], &self.traced).await?;
                surface.seen[points].copy_from_slice(&seen);
            }
            Step::TraceInstants { surface, instant, points, .. } => {
                let surface = &mut case.surfaces[surface];
                let suns = traced_suns(&self.instants[instant..=instant]);
                let seen = buffers.trace(engine, &surface.points[points.clone()], &suns).await?;
                for (lit, seen) in surface.lit[instant][points].iter_mut().zip(seen) {
                    *lit = seen[0];
                }
            }
            Step::SkySurface { surface, points, .. } => {
                let surface = &mut case.surfaces[surface];
                let sky = buffers.sky(engine, &surface.points[points.clone()], &self.azimuths).await?;
                if surface.sky.is_empty() {
                    surface.sky = vec![f32::NAN; surface.points.len()];
                }
                surface.sky[points].copy_from_slice(&sky);
            }
            _ => {}
        }
        Ok(())
    }
}

impl Run for SunlightRun {
    fn steps(&self) -> u64 {
        self.steps.len() as u64
    }

    fn step_key(&self, step: u64) -> &'static str {
        match self.steps.get(step as usize) {
            Some(Step::SweepPeriod { .. }) => "step-sun-hours-ground",
            Some(Step::SweepInstant { .. }) => "step-shadow-ground",
            Some(Step::SkyGround { .. }) => "step-sky-ground",
            Some(Step::TracePeriod { .. }) => "step-sun-hours-surfaces",
            Some(Step::TraceInstants { .. }) => "step-shadow-surfaces",
            Some(Step::SkySurface { .. }) => "step-sky-surfaces",
            Some(Step::EqualTime { .. }) => "step-equal-time",
            None => "step-finish",
        }
    }

    fn step<'a>(&'a mut self, step: u64, engine: &'a Engine) -> StepFuture<'a> {
        Box::pin(async move {
            if let Some(step) = self.steps.get(step as usize).cloned() {
                self.do_step(step, engine).await?;
            }
            Ok(())
        })
    }

    fn finish(self: Box<Self>) -> Result<ResultSet, SimError> {
        Ok(output::results(&self)?)
    }
}

impl Surface {
    fn new(set: Arc<PointSet>, instants: &[WeighedSun]) -> Self {
        let points = targets::surface_points(&set);
        let count = points.len();
        let lit = instants.iter().map(|_| vec![0; count]).collect();
        Self { set, seen: vec![[0; 2]; count], lit, sky: Vec::new(), points }
    }
}
