//! A simulation that runs beside the picture: started with a question, watched, ended early, taken in.
//!
//! One study runs at a time; the runner of `futago_contract` steps it on a thread of its own. What it leaves
//! behind stays as [`Results`] until the next one.

use std::sync::Arc;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use bevy::prelude::*;
use bevy::tasks::futures::check_ready;
use bevy::tasks::{AsyncComputeTaskPool, Task, block_on};
use futago_compute::Engine;
use futago_contract::{Control, Explained, Run, RunError, SimError, run_to_end};
use futago_crowd::CrowdError;
use futago_field::{Field, Message, ResultSet, Support};
use futago_model::CityModel;
use futago_office::OfficeError;
use futago_sunlight::SunlightError;
use serde::{Deserialize, Serialize};
use web_time::Instant;

use crate::state::{Command, ViewState};

/// The simulations that can be asked; each has a module with its form.
#[derive(Resource, Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Simulation {
    /// [`crate::sunlight`].
    #[default]
    Sunlight,
    /// [`crate::crowd`].
    Crowd,
    /// [`crate::office`].
    Office,
}

/// A question to one of them.
#[derive(Debug, Clone, PartialEq)]
pub enum Asked {
    /// To sunlight.
    Sunlight(futago_sunlight::scenario::Question),
    /// To crowds.
    Crowd(futago_crowd::Question),
    /// To offices, with the seed of how they differ.
    Office(futago_office::Question, u64),
}

impl Asked {
    /// Which of them.
    pub fn simulation(&self) -> Simulation {
        match self {
            Self::Sunlight(_) => Simulation::Sunlight,
            Self::Crowd(_) => Simulation::Crowd,
            Self::Office(..) => Simulation::Office,
        }
    }

    /// A view of what is asked about: its area or building, its day, its changes.
    pub fn view(&self, city: &CityModel, view: ViewState) -> ViewState {
        match self {
            Self::Sunlight(question) => crate::sunlight::view_of(question, city, view),
            Self::Crowd(question) => crate::crowd::view_of(question, city, view),
            Self::Office(question, _) => crate::office::view_of(question, city, view),
        }
    }
}

/// Makes the run of a study, on the study's own thread.
pub type Prepare = Box<dyn FnOnce() -> Result<Box<dyn Run>, SimError> + Send>;

/// The study that is going on, if any.
#[derive(Resource, Default)]
pub struct Study {
    running: Option<Running>,
    /// Why the last one has no result.
    pub failed: Option<Message>,
}

/// What the last study found.
#[derive(Resource, Default, Clone)]
pub struct Results {
    /// All of it.
    pub set: Option<Arc<ResultSet>>,
    /// How long it took.
    pub took: Duration,
}

impl Results {
    /// The lines that must be shown: those of the city, then those of the results.
    pub fn credits<'a>(&'a self, city: &'a CityModel) -> Vec<&'a str> {
        let mut lines = city.credits();
        for line in self.set.iter().flat_map(|set| set.credits()) {
            if !lines.contains(&line) {
                lines.push(line);
            }
        }
        lines
    }
}

/// How far a study is.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct HowFar {
    /// Share that is done, 0 to 1.
    pub share: f32,
    /// Time that is left, as far as can be told.
    pub remaining: Option<Duration>,
}

struct Running {
    task: Task<Result<(ResultSet, Duration), Ended>>,
    how_far: Arc<Mutex<HowFar>>,
    cancel: Arc<AtomicBool>,
}

enum Ended {
    Cancelled,
    Because(Message),
}

impl Study {
    /// How far the study is; none when nothing is going on.
    pub fn how_far(&self) -> Option<HowFar> {
        let running = self.running.as_ref()?;
        // Nothing panics while it holds the lock.
        Some(running.how_far.lock().map_or_else(|e| *e.into_inner(), |how_far| *how_far))
    }

    /// Ends it at the next step.
    pub fn cancel(&mut self) {
        if let Some(running) = &self.running {
            running.cancel.store(true, Ordering::Relaxed);
        }
    }

    /// Begins a study; one that is going on is ended. `prepare` is called on the study's own thread.
    pub fn start(&mut self, prepare: impl FnOnce() -> Result<Box<dyn Run>, SimError> + Send + 'static) {
        self.cancel();
        self.failed = None;
        let (how_far, cancel) = (Arc::new(Mutex::new(HowFar::default())), Arc::new(AtomicBool::new(false)));
        let (told, flag) = (how_far.clone(), cancel.clone());
        let work = async move { block_on(run(prepare, &told, &flag)) };
        self.running = Some(Running { task: AsyncComputeTaskPool::get().spawn(work), how_far, cancel });
    }
}

async fn run(
    prepare: impl FnOnce() -> Result<Box<dyn Run>, SimError>,
    how_far: &Mutex<HowFar>,
    cancel: &AtomicBool,
) -> Result<(ResultSet, Duration), Ended> {
    let run = prepare().map_err(|error| because(&error))?;
    let start = Instant::now();
    let clock = || start.elapsed();
    let mut tell = |p: &futago_contract::Progress| {
        if let Ok(mut how_far) = how_far.lock() {
            *how_far = HowFar { share: p.done as f32 / p.total.max(1) as f32, remaining: p.remaining };
        }
    };
    // The picture has the graphics card; the CPU twin is fast enough here and leaves it alone.
    match run_to_end(run, &Engine::cpu(), Control::new(cancel, &mut tell, &clock)).await {
        Ok(results) => Ok((results, start.elapsed())),
        Err(RunError::Cancelled { .. }) => Err(Ended::Cancelled),
        Err(RunError::Step { cause, .. } | RunError::Finish { cause }) => Err(because(&cause)),
        Err(error) => Err(Ended::Because(Message::new("view-failed-plain").with("why", error.to_string()))),
    }
}

/// A simulation's error in words that can be translated, where it has such.
fn because(error: &SimError) -> Ended {
    fn said<E: Explained + 'static>(error: &SimError) -> Option<Message> {
        error.downcast_ref::<E>().map(Explained::message)
    }
    let said = said::<SunlightError>(error)
        .or_else(|| said::<CrowdError>(error))
        .or_else(|| said::<OfficeError>(error));
    Ended::Because(said.unwrap_or_else(|| Message::new("view-failed-plain").with("why", error.to_string())))
}

/// Takes the results in when they are there, and shows their first field.
pub fn take_in(
    mut study: ResMut<Study>,
    mut results: ResMut<Results>,
    state: Res<ViewState>,
    mut commands: MessageWriter<Command>,
) {
    let Some(running) = &mut study.bypass_change_detection().running else { return };
    let Some(ended) = check_ready(&mut running.task) else { return };
    study.running = None;
    match ended {
        Ok((set, took)) => {
            let key = first_shown(&set);
            *results = Results { set: Some(Arc::new(set)), took };
            if state.shown != key {
                commands.write(Command::ShowField(key));
            }
        }
        Err(Ended::Cancelled) => {}
        Err(Ended::Because(why)) => study.failed = Some(why),
    }
}

/// The field to begin with: walls tell more than roofs, the building's own shadow more than everybody's, streets more
/// than the ground between them, one building's floors more than the building.
fn first_shown(set: &ResultSet) -> Option<String> {
    let known = ["sun-hours-ground-difference", "sun-hours-ground", "sun-hours-walls", "shadow-hours-own"];
    let best = known.iter().find_map(|key| set.fields.iter().find(|field| field.key == *key));
    let on_streets = || set.fields.iter().find(|field| matches!(field.support, Support::Links(_)));
    let on_buildings = || {
        let alone =
            |f: &Field| matches!(&f.support, Support::Floors(floors) if floors.buildings.id.len() == 1);
        let is_whole = |f: &Field| matches!(f.support, Support::Buildings(_));
        set.fields.iter().find(|f| alone(f)).or_else(|| set.fields.iter().find(|f| is_whole(f)))
    };
    let best = best.or_else(on_streets).or_else(on_buildings);
    best.or(set.fields.first()).map(|field| field.key.clone())
}
