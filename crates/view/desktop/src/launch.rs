//! Puts the application together: on a window, or on a picture in memory where there is none.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use bevy::app::ScheduleRunnerPlugin;
use bevy::log::LogPlugin;
use bevy::prelude::*;
use bevy::render::RenderPlugin;
use bevy::window::{ExitCondition, PresentMode, WindowResolution};
use bevy::winit::{WinitPlugin, WinitSettings};
use bevy_egui::{EguiPlugin, EguiPrimaryContextPass};
use futago_scene::quality::Quality;
use futago_scene::state::ViewState;
use futago_scene::study::{Asked, Prepare, Simulation, Study};
use futago_scene::{ScenePlugin, SceneSet};

use crate::{
    ViewError, ViewOptions, files, film, furniture, keys, labels, overlay, panels, picking, rescue, script,
    settings, shot, tally, theme, words,
};

/// Runs until the window is closed or the script ends.
pub fn open(options: ViewOptions, opened: Arc<AtomicBool>) -> Result<(), ViewError> {
    let mut app = App::new();
    engine(&mut app, &options);
    let drives_itself = options.drives_itself();
    let script = match options.screenshot {
        Some(path) => options.script.then_picture(path),
        None => options.script,
    };
    let screen = (!options.window).then(|| shot::memory(&mut app, options.size));
    app.add_plugins(ScenePlugin { city: options.city, state: options.state })
        .insert_resource(words::Words::new(options.lang))
        .insert_resource(script::Running::new(script, options.impatient))
        .insert_resource(settings::Settings { tour: options.tour.then_some(0), ..default() })
        .insert_resource(shot::Screen(screen))
        .insert_resource(rescue::Rescue::new(options.kept.filter(|_| !drives_itself)))
        .insert_resource(files::ScenarioWriter(options.scenario_text))
        .insert_resource(files::OccupancyReader(options.read_occupancy))
        .insert_resource(First(Mutex::new(options.ask)))
        .insert_resource(tally::Started(options.started))
        .insert_resource(futago_scene::crowd::CountedFlows(options.flows))
        .init_resource::<panels::FloorRows>()
        .init_resource::<shot::Pictures>()
        .init_resource::<film::Film>()
        .init_resource::<files::Files>()
        .init_resource::<labels::Landmarks>()
        .init_resource::<picking::Under>()
        .init_resource::<panels::Search>()
        .init_resource::<panels::TableRows>()
        .init_resource::<panels::SunnySpot>()
        .insert_resource(panels::Published::new(options.objects))
        .init_resource::<theme::Worn>()
        // Nothing is drawn when nothing changes; a script drives itself.
        .insert_resource(if drives_itself {
            WinitSettings::continuous()
        } else {
            WinitSettings::desktop_app()
        })
        .add_systems(
            Startup,
            (spawn_eye, labels::collect, ask, move || opened.store(true, Ordering::Relaxed)),
        )
        .add_systems(PreUpdate, script::play)
        .add_systems(Update, (picking::look, keys::shortcuts).in_set(SceneSet::Input))
        .add_systems(Update, (film::roll, shot::take, theme::dress, rescue::keep).chain())
        .add_systems(
            EguiPrimaryContextPass,
            (labels::draw, furniture::draw, overlay::draw, panels::draw, files::draw, picking::note_panels)
                .chain()
                .run_if(theme::is_dressed),
        );
    rescue::watch(&mut app);
    match app.run() {
        AppExit::Success => Ok(()),
        AppExit::Error(code) => Err(ViewError::Ended(code.get())),
    }
}

/// Bevy and egui.
fn engine(app: &mut App, options: &ViewOptions) {
    let [width, height] = options.size;
    let window = options.window.then(|| Window {
        title: words::Words::new(options.lang).text("view-window-title"),
        resolution: WindowResolution::new(width, height),
        present_mode: PresentMode::AutoVsync,
        resizable: !options.drives_itself(),
        ..default()
    });
    let exit_condition = if options.window { ExitCondition::OnAllClosed } else { ExitCondition::DontExit };
    let plugins = DefaultPlugins
        .set(WindowPlugin { primary_window: window, exit_condition, ..default() })
        .set(LogPlugin { filter: "error".to_owned(), ..default() })
        // A city that appears piece by piece, or blinks when its look changes, is worse than a moment's wait.
        .set(RenderPlugin { synchronous_pipeline_compilation: true, ..default() });
    if options.window {
        app.add_plugins(plugins);
    } else {
        app.add_plugins(plugins.disable::<WinitPlugin>());
        app.add_plugins(ScheduleRunnerPlugin::run_loop(Duration::ZERO));
    }
    app.add_plugins(EguiPlugin::default());
}

fn spawn_eye(
    mut commands: Commands,
    state: Res<ViewState>,
    quality: Res<Quality>,
    screen: Res<shot::Screen>,
) {
    commands.spawn((futago_scene::camera::eye(&state.camera, &quality), screen.target()));
}

/// The question that the window opens with.
#[derive(Resource)]
struct First(Mutex<Option<(Asked, Prepare)>>);

fn ask(
    mut first: ResMut<First>,
    mut simulation: ResMut<Simulation>,
    mut sunlight: ResMut<futago_scene::sunlight::Form>,
    mut crowd: ResMut<futago_scene::crowd::Form>,
    mut office: ResMut<futago_scene::office::Form>,
    mut study: ResMut<Study>,
) {
    let Some((asked, prepare)) = first.0.get_mut().map_or(None, Option::take) else { return };
    *simulation = asked.simulation();
    match asked {
        Asked::Sunlight(question) => *sunlight = futago_scene::sunlight::Form::of(&question),
        Asked::Crowd(question) => *crowd = futago_scene::crowd::Form::of(&question),
        Asked::Office(question, seed) => *office = futago_scene::office::Form::of(&question, seed),
    }
    study.start(prepare);
}
