//! The stage: the scene on the page's canvas.
//!
//! The page sends [`Ask`]s as JSON and hears [`Tell`]s, which is what it shows beside the picture. Between the two
//! there is a pair of queues; nothing else of the page reaches into the scene.

mod desk;
mod spot;
mod tell;

use std::sync::Arc;

use bevy::input::InputSystems;
use bevy::input::keyboard::KeyboardFocusLost;
use bevy::log::LogPlugin;
use bevy::prelude::*;
use bevy::window::PresentMode;
use bevy::winit::{EventLoopProxyWrapper, WinitSettings, WinitUserEvent};
use futago_model::CityModel;
use futago_scene::clock::Clock;
use futago_scene::growth::Pace;
use futago_scene::quality::Quality;
use futago_scene::state::{Pose, ViewState};
use futago_scene::{ScenePlugin, SceneSet, camera};
use jiff::Timestamp;

pub use desk::{Ask, Tell};

/// Opens the stage on the canvas that a selector names. Comes back at once in a browser.
pub fn open(city: CityModel, state: Option<ViewState>, now: Timestamp, canvas: &str) {
    let state = state.unwrap_or_else(|| at_first(now)).held();
    let window = Window {
        canvas: Some(canvas.to_owned()),
        fit_canvas_to_parent: true,
        // Keys that the scene does not use belong to the page: nobody is caught in the picture.
        prevent_default_event_handling: false,
        present_mode: PresentMode::AutoVsync,
        ..default()
    };
    let plugins = DefaultPlugins
        .set(WindowPlugin { primary_window: Some(window), ..default() })
        .set(LogPlugin { filter: "error".to_owned(), ..default() });
    let mut app = App::new();
    app.add_plugins(plugins)
        .add_plugins(ScenePlugin { city: Arc::new(city), state })
        .insert_resource(WinitSettings::desktop_app())
        .insert_resource(Pace::ONE_THREAD)
        .init_resource::<spot::Spot>()
        .init_resource::<tell::Landmarks>()
        .add_systems(Startup, (spawn_eye, tell::collect, wait_for_the_page))
        .add_systems(PreUpdate, (desk::hear, keep_new_keys.before(InputSystems)))
        .add_systems(Update, spot::look.in_set(SceneSet::Input))
        .add_systems(
            Update,
            (desk::draw_on, tell::drawn, tell::state, tell::shown, tell::beside).after(SceneSet::Follow),
        );
    app.run();
}

/// The towers, here and now.
fn at_first(now: Timestamp) -> ViewState {
    ViewState::new(Pose::TOWERS, Clock { at: now, playing: false, minutes_a_second: 30.0 })
}

fn spawn_eye(mut commands: Commands, state: Res<ViewState>, quality: Res<Quality>) {
    commands.spawn(camera::eye(&state.camera, &quality));
}

/// Keeps a key that is pressed in the first frame after the picture got the keys back. When it loses them, each held
/// key is told as released; Bevy then releases all once more a frame later, and on a slow machine that frame may hold
/// the next press already.
fn keep_new_keys(mut lost: ResMut<Messages<KeyboardFocusLost>>) {
    lost.clear();
}

fn wait_for_the_page(proxy: Res<EventLoopProxyWrapper>) {
    let proxy = (*proxy).clone();
    desk::wake_with(move || {
        // A loop that has ended needs no waking.
        let _ = proxy.send_event(WinitUserEvent::WakeUp);
    });
}
