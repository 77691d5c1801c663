//! The planner's window: panels round the scene.
//!
//! Widgets only. What they show is the scene's state and fields; what they do is send the scene's commands
//! ([`futago_scene::state::Command`]). Texts are keys of `assets/texts/<language>/view.ftl`.

mod files;
mod fonts;
mod footprint;
mod furniture;
mod keys;
mod labels;
mod monkey;
mod overlay;
mod panels;
mod picking;
mod script;
mod settings;
mod shot;
mod theme;
mod words;

use std::panic::AssertUnwindSafe;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

use bevy::core_pipeline::prepass::DepthPrepass;
use bevy::light::ShadowFilteringMethod;
use bevy::log::LogPlugin;
use bevy::prelude::*;
use bevy::render::RenderPlugin;
use bevy::window::{PresentMode, WindowResolution};
use bevy::winit::WinitSettings;
use bevy_egui::{EguiGlobalSettings, EguiPlugin, EguiPrimaryContextPass};
use futago_model::CityModel;
use futago_scene::state::ViewState;
use futago_scene::{ScenePlugin, SceneSet};
use futago_texts::Lang;

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
}

/// Opens the window and comes back when it is closed.
///
/// # Errors
/// What a window system or a graphics card that is not there or breaks down says, and the status of a script
/// whose picture could not be written.
pub fn run(options: ViewOptions) -> Result<(), ViewError> {
    // The engine below panics where there is no display or the graphics card is lost; users get a sentence.
    let (told, opened) = (Arc::new(Mutex::new(String::new())), Arc::new(AtomicBool::new(false)));
    let (first, hook) = (told.clone(), std::panic::take_hook());
    std::panic::set_hook(Box::new(move |info| {
        if let Ok(mut first) = first.lock()
            && first.is_empty()
        {
            *first = info.payload_as_str().unwrap_or("unknown").to_owned();
        }
    }));
    let ended = std::panic::catch_unwind(AssertUnwindSafe(|| open(options, opened.clone())));
    std::panic::set_hook(hook);
    ended.unwrap_or_else(|_| {
        let why = told.lock().map(|t| t.clone()).unwrap_or_default();
        Err(if opened.load(Ordering::Relaxed) { ViewError::Broke(why) } else { ViewError::NoWindow(why) })
    })
}

fn open(options: ViewOptions, opened: Arc<AtomicBool>) -> Result<(), ViewError> {
    let script = match options.screenshot {
        Some(path) => options.script.then_picture(path),
        None => options.script,
    };
    let drives_itself = !script.is_empty();
    let [width, height] = options.size;
    let window = Window {
        title: words::Words::new(options.lang).text("view-window-title"),
        resolution: WindowResolution::new(width, height),
        present_mode: PresentMode::AutoVsync,
        resizable: !drives_itself,
        ..default()
    };
    let mut app = App::new();
    app.add_plugins(
        DefaultPlugins
            .set(WindowPlugin { primary_window: Some(window), ..default() })
            .set(LogPlugin { filter: "error".to_owned(), ..default() })
            // Nobody waits for a script's pictures, and none of them may lack what is still being compiled.
            .set(RenderPlugin { synchronous_pipeline_compilation: drives_itself, ..default() }),
    )
    .add_plugins(EguiPlugin::default())
    .add_plugins(ScenePlugin { city: options.city, state: options.state })
    .insert_resource(words::Words::new(options.lang))
    .insert_resource(script::Running::new(script))
    .insert_resource(settings::Settings { tour: options.tour.then_some(0), ..default() })
    .init_resource::<shot::Pictures>()
    .init_resource::<files::Files>()
    .init_resource::<labels::Landmarks>()
    .init_resource::<picking::Under>()
    .init_resource::<panels::Search>()
    .init_resource::<panels::TableRows>()
    .init_resource::<panels::SunnySpot>()
    // Nothing is drawn when nothing changes; a script drives itself.
    .insert_resource(if drives_itself { WinitSettings::continuous() } else { WinitSettings::desktop_app() })
    .add_systems(Startup, (spawn_eye, labels::collect, move || opened.store(true, Ordering::Relaxed)))
    .add_systems(PreUpdate, script::play)
    .add_systems(Update, (picking::look, keys::shortcuts).in_set(SceneSet::Input))
    .init_resource::<theme::Worn>()
    .add_systems(Update, (shot::take, theme::dress))
    .add_systems(
        EguiPrimaryContextPass,
        (labels::draw, furniture::draw, overlay::draw, panels::draw, files::draw, picking::note_panels)
            .chain()
            .run_if(theme::is_dressed),
    );
    app.world_mut().resource_mut::<EguiGlobalSettings>().auto_create_primary_context = true;
    match app.run() {
        AppExit::Success => Ok(()),
        AppExit::Error(code) => Err(ViewError::Ended(code.get())),
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
    /// The graphics card or the window system was lost.
    #[error("{0}")]
    Broke(String),
}

fn spawn_eye(mut commands: Commands, state: Res<ViewState>, quality: Res<futago_scene::quality::Quality>) {
    commands.spawn((
        futago_scene::camera::Eye,
        Camera3d::default(),
        bevy::core_pipeline::tonemapping::Tonemapping::None,
        Projection::Perspective(PerspectiveProjection {
            fov: 42_f32.to_radians(),
            near: 2.0,
            far: 100_000.0,
            ..default()
        }),
        if quality.samples > 1 { Msaa::Sample4 } else { Msaa::Off },
        if quality.samples > 1 {
            ShadowFilteringMethod::Gaussian
        } else {
            ShadowFilteringMethod::Hardware2x2
        },
        // Colours are asked for once a pixel, not for everything that lies behind it.
        DepthPrepass,
        futago_scene::camera::transform_of(&state.camera),
    ));
}
