//! Names of landmarks over their roofs, the tallest first; none on another, below a card or on a note.

use bevy::prelude::*;
use bevy_egui::{EguiContexts, egui};
use futago_scene::camera::Eye;
use futago_scene::city::TheCity;
use futago_scene::field_layer::ShownField;
use futago_scene::landmarks::{self, Landmark};
use futago_scene::state::ViewState;
use futago_texts::Lang;

use crate::overlay;
use crate::words::Words;

/// Buildings worth a name, tallest first.
#[derive(Resource, Default)]
pub struct Landmarks(Vec<Landmark>);

/// As many names at once.
const MOST: usize = 18;
/// Farther names are not shown, metres.
const REACH_M: f32 = 4_000.0;

/// Finds the named buildings.
pub fn collect(city: Res<TheCity>, mut landmarks: ResMut<Landmarks>) {
    landmarks.0 = landmarks::of(&city.model, usize::MAX);
}

/// Draws what fits.
pub fn draw(
    mut contexts: EguiContexts,
    landmarks: Res<Landmarks>,
    state: Res<ViewState>,
    shown: Res<ShownField>,
    words: Res<Words>,
    eye: Single<(&Camera, &GlobalTransform), With<Eye>>,
) -> Result {
    if !state.layers.labels {
        return Ok(());
    }
    let ctx = contexts.ctx_mut()?;
    let painter = ctx.layer_painter(egui::LayerId::background());
    let (camera, transform) = *eye;
    let notes = state.notes.iter().filter_map(|note| {
        let [east, north, up] = note.at_m.map(|metres| metres as f32);
        let at = camera.world_to_viewport(transform, Vec3::new(east, up, -north)).ok()?;
        Some(overlay::pin_rect(egui::pos2(at.x, at.y), &note.text))
    });
    let sides = overlay::sides(&shown, &words);
    let swipe = state.swipe.map(|share| overlay::swipe_rects(&painter, ctx.viewport_rect(), share, &sides));
    let mut taken: Vec<egui::Rect> =
        cards(ctx).into_iter().chain(notes).chain(swipe.into_iter().flatten()).collect();
    let most = taken.len() + MOST;
    for landmark in &landmarks.0 {
        if taken.len() >= most {
            break;
        }
        let away = transform.translation().distance(landmark.at);
        let Ok(at) = camera.world_to_viewport(transform, landmark.at) else { continue };
        if away > REACH_M {
            continue;
        }
        let name = if words.lang() == Lang::Ja { &landmark.ja } else { &landmark.en };
        let font = egui::FontId::new(12.5, egui::FontFamily::Proportional);
        let galley = painter.layout_no_wrap(name.clone(), font, egui::Color32::WHITE);
        let foot = egui::pos2(at.x, at.y);
        let size = galley.size() + egui::vec2(14.0, 6.0);
        let rect = egui::Rect::from_min_size(egui::pos2(foot.x - size.x * 0.5, foot.y - size.y - 14.0), size);
        if !ctx.viewport_rect().contains_rect(rect) || taken.iter().any(|r| r.expand(3.0).intersects(rect)) {
            continue;
        }
        let dark = egui::Color32::from_rgba_unmultiplied(24, 30, 40, 205);
        painter.line_segment([rect.center_bottom(), foot], egui::Stroke::new(1.2, dark));
        painter.rect_filled(rect, 5.0, dark);
        painter.galley(rect.min + egui::vec2(7.0, 3.0), galley, egui::Color32::WHITE);
        taken.push(rect);
    }
    Ok(())
}

/// Where cards lie over the picture.
fn cards(ctx: &egui::Context) -> Vec<egui::Rect> {
    ctx.memory(|memory| {
        let areas = memory.areas().visible_layer_ids().into_iter();
        areas
            .filter(|layer| layer.order != egui::Order::Background)
            .filter_map(|layer| memory.area_rect(layer.id))
            .collect()
    })
}
