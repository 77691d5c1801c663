//! The planner's window: panels round the scene.
//!
//! Widgets only. What they show is the scene's state and fields; what they do is send the scene's commands
//! ([`futago_scene::state::Command`]). Texts are keys of `assets/texts/<language>/view.ftl`.

mod files;
mod film;
mod fonts;
mod footprint;
mod furniture;
mod keys;
mod labels;
mod launch;
mod monkey;
mod overlay;
mod panels;
mod picking;
mod rescue;
mod script;
mod settings;
mod shot;
mod tally;
mod theme;
mod words;

use std::panic::AssertUnwindSafe;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Instant;

use futago_flow::Flows;
use futago_model::CityModel;
use futago_scene::state::ViewState;
use futago_scene::study::{Asked, Prepare};
use futago_texts::Lang;

pub use files::{ReadOccupancy, WriteScenario};
pub use panels::ReadObjects;
pub use script::{Script, ScriptError};

/// What the window opens with.
pub struct ViewOptions {
    /// The city.
    pub city: Arc<CityModel>,
    /// The view to begin with.
    pub state: ViewState,
    /// Language of the panels; it can be switched.
    pub lang: Lang,
    /// Width and height, logical pixels.
    pub size: [u32; 2],
    /// What to do by itself.
    pub script: Script,
    /// Write a picture when the script is done and everything is drawn, then end.
    pub screenshot: Option<PathBuf>,
    /// Begin with the tour.
    pub tour: bool,
    /// Ask this first: the question for the form, and the run that answers it.
    pub ask: Option<(Asked, Prepare)>,
    /// On a window; otherwise in memory, for pictures and scripts where there is no display.
    pub window: bool,
    /// Keep the view in this file while somebody works.
    pub kept: Option<PathBuf>,
    /// When the program began.
    pub started: Instant,
    /// Reads the published objects of the city's packs, when somebody wants to see them.
    pub objects: ReadObjects,
    /// Counted flows of people on the streets, where there are some.
    pub flows: Option<Arc<Flows>>,
    /// Begin to draw pictures before a simulation that was asked for has ended.
    pub impatient: bool,
    /// Writes a question as a scenario file.
    pub scenario_text: WriteScenario,
    /// Reads a file of measured occupancy.
    pub read_occupancy: ReadOccupancy,
}

impl ViewOptions {
    /// Whether nobody sits before it.
    fn drives_itself(&self) -> bool {
        !self.script.is_empty() || self.screenshot.is_some()
    }
}

/// Opens the window and comes back when it is closed.
///
/// # Errors
/// What a window system or a graphics card that is not there or breaks down says, and the status of a script
/// whose picture could not be written.
pub fn run(options: ViewOptions) -> Result<(), ViewError> {
    // The engine below panics where there is no display or the graphics card is lost; users get a sentence.
    let kept = options.kept.clone().filter(|_| !options.drives_itself());
    let (told, opened) = (Arc::new(Mutex::new(String::new())), Arc::new(AtomicBool::new(false)));
    let (first, hook) = (told.clone(), std::panic::take_hook());
    std::panic::set_hook(Box::new(move |info| {
        if let Ok(mut first) = first.lock()
            && first.is_empty()
        {
            *first = info.payload_as_str().unwrap_or("unknown").to_owned();
        }
    }));
    let ended = std::panic::catch_unwind(AssertUnwindSafe(|| launch::open(options, opened.clone())));
    std::panic::set_hook(hook);
    let panic = told.lock().map(|t| t.clone()).unwrap_or_default();
    // Whatever broke after the device is a consequence. The drawing thread may also break alone.
    let why = rescue::why_lost().or_else(|| (!panic.is_empty()).then(|| panic.clone()));
    match (ended, why) {
        (Ok(Ok(())), _) => Ok(()),
        (_, Some(why)) if opened.load(Ordering::Relaxed) => Err(rescue::broken(why, kept.as_deref())),
        (Ok(ended), _) => ended,
        (Err(_), _) => Err(ViewError::NoWindow(panic)),
    }
}

/// Why there is no window.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ViewError {
    /// A picture could not be written.
    #[error("the view ended with status {0}")]
    Ended(u8),
    /// There is no window system or no graphics driver that can be used.
    #[error("{0}")]
    NoWindow(String),
    /// The graphics card or the window system was lost; the view is in a file, if that could be written.
    #[error("{why}")]
    Lost {
        /// What the driver says.
        why: String,
        /// The view.
        kept: Option<PathBuf>,
    },
}
