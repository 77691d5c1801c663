//! `futago view`: the planner's window.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

use futago_desktop::{ReadObjects, Script, ViewError, ViewOptions};
use futago_flow::Flows;
use futago_model::{CityModel, Occupancy};
use futago_pack::open_objects;
use futago_scene::clock::Clock;
use futago_scene::link::{from_link, is_link};
use futago_scene::state::{Pose, ViewState};
use futago_scene::study::{Asked, Prepare};
use futago_texts::{Lang, Texts};
use jiff::civil::{date, time};

use crate::builtin;
use crate::city::City;
use crate::cli::{ViewArgs, WaitFor};
use crate::failure::Failure;
use crate::scenario::{Loaded, Scenario};
use crate::simulation::{self, Beside, flows_of, occupancy_of};

/// Whether there is a display to open a window on.
pub fn has_display() -> bool {
    let set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    // Elsewhere a window system is part of the system.
    !cfg!(target_os = "linux") || set("DISPLAY")
}

pub fn run(args: &ViewArgs, texts: &Texts) -> anyhow::Result<()> {
    let options = options(args, texts)?;
    // After all that a user can set right without one. Pictures and scripts need none.
    if !options.window && args.screenshot.is_none() && args.commands.is_none() {
        return Err(Failure::failed(texts, "cli-view-no-display", &[]).into());
    }
    futago_desktop::run(options).map_err(|error| ended(error, texts))
}

/// Opens the window on the built-in city; says why when there can be none here.
pub fn run_or_why_not(texts: &Texts) -> anyhow::Result<Option<String>> {
    match futago_desktop::run(options(&ViewArgs::default(), texts)?) {
        Ok(()) => Ok(None),
        Err(ViewError::NoWindow(why)) => Ok(Some(why)),
        Err(error) => Err(ended(error, texts)),
    }
}

fn ended(error: ViewError, texts: &Texts) -> anyhow::Error {
    if let ViewError::Lost { why, kept: Some(kept) } = &error {
        let args = [("why", why.as_str().into()), ("file", kept.display().to_string().into())];
        return Failure::failed(texts, "cli-view-lost", &args).into();
    }
    Failure::failed(texts, "cli-view-ended", &[("why", error.to_string().into())]).into()
}

fn options(args: &ViewArgs, texts: &Texts) -> anyhow::Result<ViewOptions> {
    let started = Instant::now();
    let state = match &args.state {
        Some(named) => Some(read_state(named, texts)?),
        None => None,
    };
    let scenario = match &args.scenario {
        Some(path) => Some(Loaded::open(Some(path), texts)?),
        None => None,
    };
    let script = match &args.commands {
        Some(path) => read_script(path, texts)?,
        None => Script::default(),
    };
    let packs = match &scenario {
        Some(loaded) if args.packs.is_empty() => loaded.city_paths(),
        _ => args.packs.clone(),
    };
    let city = Arc::new(City::open(&packs, texts)?.model);
    let opening = match scenario {
        Some(loaded) => Some(Opening::of(loaded, &packs, &city, texts)?),
        None => None,
    };
    let begun = state.clone().unwrap_or_else(first_view);
    let state = match &opening {
        // A view that is named as well says from where to look.
        Some(opening) => {
            let about = opening.asked.view(&city, begun.clone());
            ViewState { camera: if state.is_some() { begun.camera } else { about.camera }, ..about }
        }
        None => begun,
    };
    let flows = match opening.as_ref().and_then(|opening| opening.flows.clone()) {
        Some(flows) => Some(flows),
        None if builtin::FLOWS.is_empty() => None,
        None => Some(Arc::new(flows_of(None, texts)?.flows)),
    };
    let nothing_asked = args.state.is_none() && args.scenario.is_none();
    Ok(ViewOptions {
        city,
        state,
        lang: texts.lang(),
        size: args.size,
        script,
        screenshot: args.screenshot.clone(),
        tour: nothing_asked && args.commands.is_none() && args.screenshot.is_none(),
        ask: opening.map(|opening| (opening.asked, opening.prepare)),
        window: has_display(),
        kept: kept_view(),
        started,
        objects: objects_of(packs),
        flows,
        impatient: args.wait_for == WaitFor::Nothing,
        scenario_text,
        read_occupancy,
    })
}

/// The question of a scenario, with all that it needs.
struct Opening {
    asked: Asked,
    flows: Option<Arc<Flows>>,
    prepare: Prepare,
}

impl Opening {
    fn of(loaded: Loaded, packs: &[PathBuf], city: &Arc<CityModel>, texts: &Texts) -> anyhow::Result<Self> {
        let (question, seed) = (loaded.asked(texts)?, loaded.scenario.seed);
        let beside = Beside::read(question, &loaded, packs, texts)?;
        let asked = match question {
            simulation::Asked::Sunlight(question) => Asked::Sunlight(question.clone()),
            simulation::Asked::Crowd(question) => Asked::Crowd(question.clone()),
            simulation::Asked::Office(question) => Asked::Office(question.clone(), seed),
        };
        let (city, flows) = (city.clone(), beside.flows.clone());
        let prepare = Box::new(move || {
            let question = simulation::Asked::all(&loaded.scenario).pop().ok_or("nothing is asked")?;
            question.prepare(city, &loaded, &beside, seed)
        });
        Ok(Self { asked, flows, prepare })
    }
}

/// Reads the published objects of packs; the built-in ones have none.
fn objects_of(packs: Vec<PathBuf>) -> ReadObjects {
    Arc::new(move || packs.iter().map(|path| open_objects(path).map_err(|error| error.to_string())).collect())
}

/// Where the view is kept while somebody works.
fn kept_view() -> Option<PathBuf> {
    let folders = directories::ProjectDirs::from("", "", "futago")?;
    Some(folders.state_dir().unwrap_or_else(|| folders.data_local_dir()).join("last-view.json"))
}

/// Measured occupancy of a file, and how many of its rows could not be used.
fn read_occupancy(path: &Path, lang: Lang) -> Result<(Occupancy, u64), String> {
    let found = occupancy_of(path, &Texts::new(lang)).map_err(|failure| failure.to_string())?;
    Ok((found.occupancy, found.rows - found.samples))
}

/// A question as a scenario file.
fn scenario_text(asked: Asked, name: &str) -> Result<String, String> {
    let named = Scenario::named(name);
    let scenario = match asked {
        Asked::Sunlight(question) => Scenario { sunlight: Some(question), ..named },
        Asked::Crowd(question) => Scenario { crowd: Some(question), ..named },
        Asked::Office(question, seed) => Scenario { office: Some(question), seed, ..named },
    };
    toml::to_string_pretty(&scenario).map_err(|e| e.to_string())
}

/// The towers on the winter solstice in the early afternoon, when shadows are long.
fn first_view() -> ViewState {
    ViewState::new(Pose::TOWERS, Clock::standing_at(date(2026, 12, 22), time(13, 30, 0, 0)))
}

fn read(path: &Path, texts: &Texts) -> Result<String, Failure> {
    std::fs::read_to_string(path).map_err(|error| {
        let why = crate::failure::io_words(texts, &error);
        let args = [("file", path.display().to_string().into()), ("why", why.into())];
        Failure::failed(texts, "cli-view-unreadable", &args)
    })
}

fn read_state(named: &str, texts: &Texts) -> Result<ViewState, Failure> {
    if is_link(named) {
        return from_link(named).map_err(|error| {
            Failure::wrong_use(texts, "cli-view-bad-link", &[("why", error.to_string().into())])
        });
    }
    let path = Path::new(named);
    let state: ViewState = serde_json::from_str(&read(path, texts)?)
        .map_err(|error| wrong(path, texts, "cli-view-bad-state", error.to_string()))?;
    Ok(state.held())
}

fn read_script(path: &Path, texts: &Texts) -> Result<Script, Failure> {
    Script::parse(&read(path, texts)?)
        .map_err(|error| wrong(path, texts, "cli-view-bad-commands", error.to_string()))
}

fn wrong(path: &Path, texts: &Texts, key: &str, why: String) -> Failure {
    Failure::wrong_use(texts, key, &[("file", path.display().to_string().into()), ("why", why.into())])
}
