//! The marked spot: where somebody tapped, or the middle of the picture.

use bevy::prelude::*;
use bevy::window::PrimaryWindow;
use futago_scene::camera::Eye;
use futago_scene::city::TheCity;
use futago_scene::edits::Edited;
use futago_scene::pick::{Hit, Ray, pick_edited};

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
    let site = |v: Vec3| [f64::from(v.x), f64::from(-v.z), f64::from(v.y)];
    let ray = tapped.and_then(|at| camera.viewport_to_world(transform, at).ok());
    let ray = ray.map(|ray| Ray { from_m: site(ray.origin), toward: site(*ray.direction) });
    if let Some((hit, _)) = ray.and_then(|ray| pick_edited(&city.model, &edited, &ray)) {
        spot.mark(hit.at_m);
        spot.to_tell = None;
        tell_spot(&city, &hit);
    } else if let Some(at_m) = spot.to_tell.take() {
        let hit = Hit { building: None, face: futago_scene::pick::Face::Ground, at_m, distance: 0.0 };
        tell_spot(&city, &hit);
    }
}

fn tell_spot(city: &TheCity, hit: &Hit) {
    let Ok(at) = city.model.about.frame.lonlat_from_site([hit.at_m[0], hit.at_m[1]]) else { return };
    let buildings = &city.model.buildings;
    let building = hit.building.and_then(|index| buildings.records.get(index)).map(|record| {
        let name = |id| buildings.strings.get(id).filter(|name| !name.is_empty());
        let ja = name(record.name_ja).unwrap_or_else(|| buildings.id_of(record));
        [ja.to_owned(), name(record.name_en).unwrap_or(ja).to_owned()]
    });
    tell(&Tell::Spot { lon: at.lon_deg, lat: at.lat_deg, at_m: hit.at_m, building });
}
