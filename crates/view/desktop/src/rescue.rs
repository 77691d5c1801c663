//! Nothing is lost when a graphics card is: the view is kept in a file every few seconds, and at once when the
//! device is lost. The next start offers it again.

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

/// Copies the view when it changed.
pub fn keep(mut rescue: ResMut<Rescue>, state: Res<ViewState>, time: Res<Time<Real>>) {
    // What the window begins with is no work of anybody's.
    rescue.changed |= state.is_changed() && !state.is_added();
    rescue.waited_s += time.delta_secs();
    let Some(path) = rescue.path.clone().filter(|_| rescue.changed && rescue.waited_s > EVERY_S) else {
        return;
    };
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

/// Why the device went, and where the view is.
static LOST: Mutex<Option<(String, Option<PathBuf>)>> = Mutex::new(None);

/// Asks to be told when the graphics device is lost.
pub fn watch(app: &mut App) {
    app.insert_resource(RenderErrorHandler(|error, main, _| {
        let state = main.resource::<ViewState>();
        let path = main.resource::<Rescue>().path.clone().unwrap_or_else(in_temporary_folder);
        let kept = write(&path, state).ok().map(|()| path);
        if let Ok(mut lost) = LOST.lock() {
            let why = error.description.trim();
            let why = if why.is_empty() { format!("{:?}", error.ty) } else { why.to_owned() };
            lost.get_or_insert((why, kept));
        }
        main.write_message(AppExit::error());
        RenderErrorPolicy::StopRendering
    }));
}

fn in_temporary_folder() -> PathBuf {
    std::env::temp_dir().join(format!("futago-view-{}.json", std::process::id()))
}

/// What [`watch`] was told, as an error.
pub fn lost() -> Option<ViewError> {
    let (why, kept) = LOST.lock().ok()?.take()?;
    Some(ViewError::Lost { why, kept })
}
