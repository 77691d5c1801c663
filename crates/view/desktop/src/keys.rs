//! Keys that are not the camera's.

use bevy::prelude::*;
use futago_scene::camera::InputTaken;
use futago_scene::state::{Command, Pose, ViewState};

use crate::files::Files;
use crate::settings::{Settings, Tool};
use crate::words::Words;

/// Every key with what it does, for the help: names of keys are the same in both languages.
pub const KEYS: [(&str, &str); 19] = [
    ("W A S D  ↑ ← ↓ →", "view-key-move"),
    ("Q E", "view-key-turn"),
    ("R F", "view-key-tilt"),
    ("+ −", "view-key-zoom"),
    ("Home  1 2 3 4", "view-key-presets"),
    ("Space", "view-key-play"),
    ("Ctrl+K", "view-key-search"),
    ("Ctrl+Z  Ctrl+Y", "view-key-undo"),
    ("Ctrl+S", "view-key-save"),
    ("Ctrl+P", "view-key-picture"),
    ("U", "view-key-underground"),
    ("M", "view-key-measure"),
    ("B", "view-key-draw"),
    ("N", "view-key-note"),
    ("G", "view-key-walk"),
    ("T", "view-key-table"),
    ("L", "view-key-language"),
    ("Tab", "view-key-panels"),
    ("Esc  F1", "view-key-escape"),
];

/// Where the number keys look from.
pub const PRESETS: [(&str, Pose); 4] = [
    ("view-preset-towers", Pose::TOWERS),
    (
        "view-preset-above",
        Pose { target_m: [0.0, 0.0, 0.0], heading_deg: 0.0, pitch_deg: 90.0, distance_m: 2_400.0 },
    ),
    (
        "view-preset-street",
        Pose { target_m: [150.0, 120.0, 20.0], heading_deg: 280.0, pitch_deg: 6.0, distance_m: 330.0 },
    ),
    (
        "view-preset-horizon",
        Pose { target_m: [0.0, 200.0, 60.0], heading_deg: 20.0, pitch_deg: 12.0, distance_m: 2_600.0 },
    ),
];

/// Undo and redo, play, presets, panels, tools.
pub fn shortcuts(
    taken: Res<InputTaken>,
    keys: Res<ButtonInput<KeyCode>>,
    state: Res<ViewState>,
    mut settings: ResMut<Settings>,
    mut words: ResMut<Words>,
    mut files: ResMut<Files>,
    mut commands: MessageWriter<Command>,
) {
    let pressed = |key| keys.just_pressed(key);
    let control = keys.any_pressed([KeyCode::ControlLeft, KeyCode::ControlRight, KeyCode::SuperLeft]);
    if control && pressed(KeyCode::KeyK) {
        settings.open.search = !settings.open.search;
    }
    if pressed(KeyCode::Escape) {
        escape(&mut settings, &state, &mut commands);
    }
    if taken.keys {
        return;
    }
    if control {
        with_control(&keys, &mut settings, &mut files, &mut commands);
        return;
    }
    if pressed(KeyCode::F1) {
        settings.open.help = !settings.open.help;
    }
    if pressed(KeyCode::Tab) {
        settings.panels = !settings.panels;
    }
    if pressed(KeyCode::KeyT) {
        settings.open.table = !settings.open.table;
    }
    if pressed(KeyCode::KeyM) {
        settings.tool = if settings.tool == Tool::Measure { Tool::Pick } else { Tool::Measure };
    }
    if pressed(KeyCode::KeyB) {
        settings.tool = if matches!(settings.tool, Tool::Draw(_)) {
            Tool::Pick
        } else {
            Tool::Draw(crate::settings::Draft::default())
        };
    }
    if pressed(KeyCode::KeyN) {
        settings.tool = if settings.tool == Tool::Note { Tool::Pick } else { Tool::Note };
    }
    if pressed(KeyCode::KeyG) {
        walk(&mut settings, &state, &mut commands);
    }
    if pressed(KeyCode::KeyL) {
        words.switch();
    }
    if pressed(KeyCode::Space) {
        commands.write(Command::Play(!state.clock.playing));
    }
    if pressed(KeyCode::KeyU) {
        commands.write(Command::Underground(!state.underground));
    }
    let numbers = [KeyCode::Digit1, KeyCode::Digit2, KeyCode::Digit3, KeyCode::Digit4];
    for (key, (_, pose)) in numbers.into_iter().zip(PRESETS) {
        if pressed(key) || (key == KeyCode::Digit1 && pressed(KeyCode::Home)) {
            commands.write(Command::Look(pose));
        }
    }
}

/// On foot where the next click is, and up again.
pub fn walk(settings: &mut Settings, state: &ViewState, commands: &mut MessageWriter<Command>) {
    if state.camera.is_walking() {
        commands.write(Command::Look(Pose { distance_m: 250.0, pitch_deg: 28.0, ..state.camera }));
    } else {
        settings.tool = if settings.tool == Tool::Walk { Tool::Pick } else { Tool::Walk };
    }
}

fn with_control(
    keys: &ButtonInput<KeyCode>,
    settings: &mut Settings,
    files: &mut Files,
    commands: &mut MessageWriter<Command>,
) {
    let shift = keys.any_pressed([KeyCode::ShiftLeft, KeyCode::ShiftRight]);
    if keys.just_pressed(KeyCode::KeyZ) {
        commands.write(if shift { Command::Redo } else { Command::Undo });
    }
    if keys.just_pressed(KeyCode::KeyY) {
        commands.write(Command::Redo);
    }
    if keys.just_pressed(KeyCode::KeyS) {
        files.ask(crate::files::Want::SaveView);
    }
    if keys.just_pressed(KeyCode::KeyP) {
        settings.open.picture = true;
    }
}

/// Closes one thing: the nearest to the user.
fn escape(settings: &mut Settings, state: &ViewState, commands: &mut MessageWriter<Command>) {
    if settings.notice.take().is_some() || settings.tour.take().is_some() {
        return;
    }
    if settings.open != crate::settings::Open::default() {
        settings.open = crate::settings::Open::default();
    } else if settings.tool != Tool::Pick {
        settings.tool = Tool::Pick;
    } else if !state.measure.is_empty() {
        commands.write(Command::Measure(Vec::new()));
    } else {
        commands.write(Command::Select(None));
    }
}
