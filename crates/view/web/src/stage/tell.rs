//! What the page is told after a frame.

use bevy::prelude::*;
use futago_scene::camera::Eye;
use futago_scene::city::TheCity;
use futago_scene::field_layer::ShownField;
use futago_scene::state::ViewState;

use super::desk::{Scaled, Tell, tell};
use super::spot::Spot;

/// Places over the roofs of buildings that have a name, tallest first, Bevy's axes.
#[derive(Resource, Default)]
pub struct Landmarks(Vec<Vec3>);

/// As many names are told of.
const MOST: usize = 40;
/// As many frames until the first picture is sure to be on the screen.
const FIRST_FRAMES: u32 = 3;

/// Finds the named buildings.
pub fn collect(city: Res<TheCity>, mut landmarks: ResMut<Landmarks>) {
    let found = futago_scene::landmarks::of(&city.model, MOST);
    let names = found.iter().map(|landmark| [landmark.ja.clone(), landmark.en.clone()]).collect();
    tell(&Tell::Landmarks(names));
    tell(&Tell::Credits(city.model.credits().into_iter().map(str::to_owned).collect()));
    landmarks.0 = found.into_iter().map(|landmark| landmark.at).collect();
}

/// Tells once that there is a picture.
pub fn drawn(mut frames: Local<u32>) {
    *frames += 1;
    if *frames == FIRST_FRAMES {
        tell(&Tell::Drawn);
    }
}

/// Tells the view after it changed.
pub fn state(state: Res<ViewState>, mut last: Local<Option<ViewState>>) {
    if state.is_changed() && last.as_ref() != Some(&*state) {
        tell(&Tell::State(Box::new(state.clone())));
        *last = Some(state.clone());
    }
}

/// Tells the scale of the field in the picture after it changed.
pub fn shown(shown: Res<ShownField>, mut last: Local<Option<Scaled>>) {
    if !shown.is_changed() {
        return;
    }
    let scaled = shown.field.as_ref().map(|field| {
        let (low, high) = field.range;
        let at = |share: f32| low + (high - low) * share;
        let colour = |step: u8| {
            let [r, g, b] = field.colour(at(f32::from(step) / 10.0));
            format!("#{r:02x}{g:02x}{b:02x}")
        };
        let (ticks, colours) = ([0.0, 0.5, 1.0].map(at), (0..=10).map(colour).collect());
        Scaled { ticks, clipped: field.clipped, colours }
    });
    if *last != scaled {
        *last = scaled.clone();
        tell(&Tell::Shown(scaled));
    }
}

/// Tells where names and the spot are after eye or window moved.
pub fn beside(
    landmarks: Res<Landmarks>,
    view: Res<ViewState>,
    spot: Res<Spot>,
    eye: Single<(&Camera, &GlobalTransform), With<Eye>>,
    mut last: Local<Option<(Vec<[f32; 2]>, Option<[f32; 2]>)>>,
) {
    let (camera, transform) = *eye;
    let seen = |at: Vec3| camera.world_to_viewport(transform, at).ok().map(|at| at.to_array());
    let labels: Vec<(usize, [f32; 2])> =
        landmarks.0.iter().enumerate().filter_map(|(index, at)| Some((index, seen(*at)?))).collect();
    let pin = spot.at_m().and_then(|[e, n, u]| seen(Vec3::new(e as f32, u as f32, -n as f32)));
    let now = (labels.iter().map(|(_, at)| *at).collect(), pin);
    if last.as_ref() != Some(&now) {
        tell(&Tell::Beside { labels, pin, heading_deg: view.camera.heading_deg });
        *last = Some(now);
    }
}
