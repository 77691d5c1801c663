//! Nothing is lost when a graphics card is: the view is kept in a file every few seconds, and once more when the
//! window breaks. The next start offers it again.

use std::path::{Path, PathBuf};
use std::sync::Mutex;

use bevy::prelude::*;
use bevy::render::error_handler::{RenderErrorHandler, RenderErrorPolicy};
use futago_scene::state::ViewState;

use crate::ViewError;

/// Seconds between two copies.
const EVERY_S: f32 = 3.0;

/// Where the view is kept.
#[derive(Resource, Debug, Clone, Default)]
pub struct Rescue {
    path: Option<PathBuf>,
    waited_s: f32,
    changed: bool,
    /// The view of the last time.
    pub last: Option<Box<ViewState>>,
}

impl Rescue {
    /// Keeps the view in this file, and reads what is there from the last time.
    pub fn new(path: Option<PathBuf>) -> Self {
        let last = path.as_deref().and_then(|path| crate::files::read_view(path).ok()).map(Box::new);
        Self { path, last, ..Self::default() }
    }
}

/// The view as it is now: what is left when all else breaks.
static NOW: Mutex<Option<ViewState>> = Mutex::new(None);
/// Why the graphics device went.
static LOST: Mutex<Option<String>> = Mutex::new(None);

/// Copies the view when it changed.
pub fn keep(mut rescue: ResMut<Rescue>, state: Res<ViewState>, time: Res<Time<Real>>) {
    if state.is_changed()
        && let Ok(mut now) = NOW.lock()
    {
        *now = Some(state.clone());
    }
    // What the window begins with is no work of anybody's.
    rescue.changed |= state.is_changed() && !state.is_added();
    rescue.waited_s += time.delta_secs();
    let due = rescue.changed && rescue.waited_s > EVERY_S;
    let Some(path) = rescue.path.clone().filter(|_| due) else { return };
    (rescue.changed, rescue.waited_s) = (false, 0.0);
    // A full disk must not stop anybody from working.
    let _ = write(&path, &state);
}

fn write(path: &Path, state: &ViewState) -> Result<(), String> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).map_err(|e| e.to_string())?;
    }
    crate::files::save_view(path, state)
}

/// Asks to be told when the graphics device is lost.
pub fn watch(app: &mut App) {
    app.insert_resource(RenderErrorHandler(|error, main, _| {
        if let Ok(mut lost) = LOST.lock() {
            let why = error.description.trim();
            lost.get_or_insert_with(
                || if why.is_empty() { format!("{:?}", error.ty) } else { why.to_owned() },
            );
        }
        main.write_message(AppExit::error());
        RenderErrorPolicy::StopRendering
    }));
}

/// What [`watch`] was told, if anything.
pub fn why_lost() -> Option<String> {
    LOST.lock().ok()?.take()
}

/// The end of a window that broke: the view is written where it is kept, or else where temporary files are.
pub fn broken(why: String, path: Option<&Path>) -> ViewError {
    let temporary = || std::env::temp_dir().join(format!("futago-view-{}.json", std::process::id()));
    let path = path.map_or_else(temporary, Path::to_owned);
    let now = NOW.lock().ok().and_then(|mut now| now.take());
    let kept = now.and_then(|state| write(&path, &state).ok()).map(|()| path);
    ViewError::Lost { why, kept }
}
