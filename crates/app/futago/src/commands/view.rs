//! `futago view`: the planner's window.

use std::path::Path;
use std::sync::Arc;

use futago_desktop::{Script, ViewError, ViewOptions};
use futago_scene::clock::Clock;
use futago_scene::state::{Pose, ViewState};
use futago_texts::Texts;
use jiff::civil::{date, time};

use crate::city::City;
use crate::cli::ViewArgs;
use crate::failure::Failure;

/// Whether there is a display to open a window on.
pub fn has_display() -> bool {
    let set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    // Elsewhere a window system is part of the system.
    !cfg!(target_os = "linux") || set("DISPLAY")
}

pub fn run(args: &ViewArgs, texts: &Texts) -> anyhow::Result<()> {
    let options = options(args, texts)?;
    // After all that a user can set right without one.
    if !has_display() {
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
    Failure::failed(texts, "cli-view-ended", &[("why", error.to_string().into())]).into()
}

fn options(args: &ViewArgs, texts: &Texts) -> anyhow::Result<ViewOptions> {
    let state = match &args.state {
        Some(path) => read_state(path, texts)?,
        None => first_view(),
    };
    let script = match &args.commands {
        Some(path) => read_script(path, texts)?,
        None => Script::default(),
    };
    let city = City::open_with_buildings(&args.packs, texts)?;
    Ok(ViewOptions {
        city: Arc::new(city.model),
        state,
        lang: texts.lang(),
        size: args.size,
        script,
        screenshot: args.screenshot.clone(),
        tour: args.state.is_none() && args.commands.is_none() && args.screenshot.is_none(),
    })
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

fn read_state(path: &Path, texts: &Texts) -> Result<ViewState, Failure> {
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
