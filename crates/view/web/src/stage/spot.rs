//! The marked spot: where somebody tapped, or the middle of the picture.

use bevy::prelude::*;
use bevy::window::PrimaryWindow;
use futago_scene::camera::Eye;
use futago_scene::city::TheCity;
use futago_scene::edits::Edited;
use futago_scene::pick::{Ray, pick, pick_edited};

use super::desk::{Tell, tell};

/// The spot.
#[derive(Resource, Default)]
pub struct Spot {
    at_m: Option<[f64; 3]>,
    to_tell: Option<[f64; 3]>,
    middle: bool,
    pressed_at: Option<Vec2>,
}

impl Spot {
    /// Where it is, site metres.
    pub fn at_m(&self) -> Option<[f64; 3]> {
        self.at_m
    }

    /// Marks a place.
    pub fn mark(&mut self, at_m: [f64; 3]) {
        (self.at_m, self.to_tell) = (Some(at_m), Some(at_m));
    }

    /// Marks what is in the middle of the picture at the next look.
    pub fn mark_middle(&mut self) {
        self.middle = true;
    }
}

/// A press that moves farther than this is a drag, logical pixels.
const TAP: f32 = 8.0;

/// How far off its roof a marked place may be, metres: links round it.
const ABOVE_M: f64 = 0.5;

/// Looks where somebody tapped.
pub fn look(
    city: Res<TheCity>,
    edited: Res<Edited>,
    window: Single<&Window, With<PrimaryWindow>>,
    eye: Single<(&Camera, &GlobalTransform), With<Eye>>,
    buttons: Res<ButtonInput<MouseButton>>,
    touches: Res<Touches>,
    mut spot: ResMut<Spot>,
) {
    let mut tapped = None;
    if buttons.just_pressed(MouseButton::Left) {
        spot.pressed_at = window.cursor_position();
    }
    if buttons.just_released(MouseButton::Left)
        && let Some((from, to)) = spot.pressed_at.take().zip(window.cursor_position())
    {
        tapped = (from.distance(to) < TAP).then_some(to);
    }
    if touches.iter().next().is_none() {
        let lifted = touches.iter_just_released().next();
        tapped = lifted
            .filter(|touch| touch.start_position().distance(touch.position()) < TAP)
            .map(|touch| touch.position())
            .or(tapped);
    }
    if std::mem::take(&mut spot.middle) {
        tapped = Some(window.size() * 0.5);
    }
    let (camera, transform) = *eye;
    let ray = tapped.and_then(|at| Ray::through(camera, transform, at));
    if let Some((hit, _)) = ray.and_then(|ray| pick_edited(&city.model, &edited, &ray)) {
        spot.at_m = Some(hit.at_m);
        tell_spot(&city, hit.at_m, hit.building);
    } else if let Some(at_m) = spot.to_tell.take() {
        tell_spot(&city, at_m, building_at(&city, at_m));
    }
}

/// The building that a place of a link is on or in: the first thing straight below a little above it.
fn building_at(city: &TheCity, at_m: [f64; 3]) -> Option<usize> {
    let down = Ray { from_m: [at_m[0], at_m[1], at_m[2] + ABOVE_M], toward: [0.0, 0.0, -1.0] };
    pick(&city.model, &down).filter(|hit| hit.distance <= 2.0 * ABOVE_M).and_then(|hit| hit.building)
}

fn tell_spot(city: &TheCity, at_m: [f64; 3], building: Option<usize>) {
    let Ok(at) = city.model.about.frame.lonlat_from_site([at_m[0], at_m[1]]) else { return };
    let buildings = &city.model.buildings;
    let building = building.and_then(|index| buildings.records.get(index));
    let id = building.map(|record| buildings.id_of(record).to_owned());
    let building = building.map(|record| buildings.called(record).map(str::to_owned));
    tell(&Tell::Spot { lon: at.lon_deg, lat: at.lat_deg, at_m, building, id });
}
