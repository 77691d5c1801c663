//! Pointing: what is under the pointer, and what a click does with the tool in hand.

use bevy::prelude::*;
use bevy::window::PrimaryWindow;
use bevy_egui::EguiContexts;
use futago_scene::camera::{Eye, InputTaken};
use futago_scene::city::TheCity;
use futago_scene::edits::Edited;
use futago_scene::field_layer::ShownField;
use futago_scene::floors;
use futago_scene::pick::{Hit, Ray, pick_stacked};
use futago_scene::state::{Command, Note, ViewState};

use crate::settings::{Settings, Tool};

/// What is under the pointer.
#[derive(Resource, Debug, Default, Clone)]
pub struct Under {
    /// The nearest thing.
    pub hit: Option<Hit>,
    /// Id of the building or bridge there.
    pub id: Option<String>,
    /// Where the last click was, site metres.
    pub clicked_m: Option<[f64; 3]>,
    /// Id of the building or bridge that it was on.
    pub clicked_id: Option<String>,
    pressed_at: Option<Vec2>,
    /// Pointer and eye that the rest belongs to.
    seen: Option<(Vec2, bevy::math::Affine3A)>,
}

/// A press that moves farther than this is a drag, logical pixels.
const CLICK: f32 = 4.0;

/// Looks under the pointer; a click does what the tool does.
#[expect(clippy::too_many_arguments, reason = "a system names what it touches")]
pub fn look(
    taken: Res<InputTaken>,
    city: Res<TheCity>,
    edited: Res<Edited>,
    state: Res<ViewState>,
    shown: Res<ShownField>,
    window: Query<&Window, With<PrimaryWindow>>,
    eye: Single<(&Camera, &GlobalTransform), With<Eye>>,
    buttons: Res<ButtonInput<MouseButton>>,
    mut settings: ResMut<Settings>,
    mut under: ResMut<Under>,
    mut commands: MessageWriter<Command>,
) {
    let pointer = window.iter().next().and_then(Window::cursor_position).filter(|_| !taken.pointer);
    let Some(at) = pointer else {
        (under.hit, under.id, under.pressed_at, under.seen) = (None, None, None, None);
        return;
    };
    let (camera, transform) = *eye;
    let seen = (at, transform.affine());
    if under.seen == Some(seen) && !edited.is_changed() && !buttons.is_changed() {
        return;
    }
    under.seen = Some(seen);
    let Some(ray) = Ray::through(camera, transform, at) else { return };
    let stacked = floors::stacked(&city, &shown, &state);
    let found = pick_stacked(&city.model, &edited, (&stacked, floors::stretch(state.apart)), &ray);
    (under.hit, under.id) = found.map_or((None, None), |(hit, id)| (Some(hit), id));
    if buttons.just_pressed(MouseButton::Left) {
        under.pressed_at = Some(at);
    }
    let released = buttons.just_released(MouseButton::Left);
    if !(released && under.pressed_at.take().is_some_and(|from| from.distance(at) < CLICK)) {
        return;
    }
    let Some(hit) = under.hit else { return };
    under.clicked_m = Some(hit.at_m);
    under.clicked_id = under.id.clone();
    match &mut settings.tool {
        Tool::Pick => {
            commands.write(Command::Select(under.id.clone()));
        }
        Tool::Measure => {
            let corners = [&state.measure[..], &[hit.at_m]].concat();
            commands.write(Command::Measure(corners));
        }
        Tool::Note => {
            let number = state.notes.iter().map(|n| n.number + 1).max().unwrap_or(1);
            commands.write(Command::Note(Note { number, at_m: hit.at_m, text: String::new() }));
            settings.open.notes = true;
            settings.tool = Tool::Pick;
        }
        Tool::Walk => {
            commands.write(Command::Look(state.camera.on_foot_at([hit.at_m[0], hit.at_m[1]])));
            settings.tool = Tool::Pick;
        }
        Tool::Draw(draft) => draft.corners_m.push([hit.at_m[0], hit.at_m[1]]),
    }
}

/// Notes whether the pointer or the keys belong to a panel.
pub fn note_panels(mut contexts: EguiContexts, mut taken: ResMut<InputTaken>) -> Result {
    let ctx = contexts.ctx_mut()?;
    let now = InputTaken {
        pointer: ctx.egui_wants_pointer_input() || ctx.is_pointer_over_egui(),
        keys: ctx.egui_wants_keyboard_input(),
    };
    taken.set_if_neq(now);
    Ok(())
}
