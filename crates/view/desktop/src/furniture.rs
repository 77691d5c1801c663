//! What every map needs: north arrow, scale bar and credits.

use bevy::prelude::*;
use bevy_egui::{EguiContexts, egui};
use egui::{Align2, Color32, FontId, Shape, Stroke, pos2, vec2};
use futago_scene::camera::Eye;
use futago_scene::city::TheCity;
use futago_scene::state::ViewState;
use futago_scene::study::Results;

use crate::theme;
use crate::words::Words;

/// Draws them in the lower right corner.
pub fn draw(
    mut contexts: EguiContexts,
    city: Res<TheCity>,
    results: Res<Results>,
    state: Res<ViewState>,
    words: Res<Words>,
    eye: Single<(&Camera, &GlobalTransform), With<Eye>>,
) -> Result {
    let ctx = contexts.ctx_mut()?;
    let painter = ctx.layer_painter(egui::LayerId::background());
    let screen = ctx.viewport_rect();
    credits(&painter, screen, &results.credits(&city.model), &words);
    let corner = screen.right_bottom() - vec2(48.0, 104.0);
    north(&painter, corner, state.camera.heading_deg.to_radians() as f32, &words);
    // Towards the horizon there is no one scale.
    if let Some(metres) = metres_a_pixel(*eye, &state).filter(|_| state.camera.pitch_deg > 10.0) {
        scale_bar(&painter, corner + vec2(32.0, 50.0), metres);
    }
    Ok(())
}

fn credits(painter: &egui::Painter, screen: egui::Rect, credits: &[&str], words: &Words) {
    let credits = if credits.is_empty() { words.text("not-stated") } else { credits.join("  ·  ") };
    let text = format!("{}  {credits}", words.text("view-credits"));
    let font = FontId::proportional(11.5);
    let galley = painter.layout(text, font, Color32::WHITE, screen.width() - 24.0);
    let bar = egui::Rect::from_min_max(
        pos2(screen.left(), screen.bottom() - galley.size().y - 8.0),
        screen.right_bottom(),
    );
    painter.rect_filled(bar, 0.0, Color32::from_black_alpha(195));
    painter.galley(bar.min + vec2(12.0, 4.0), galley, Color32::WHITE);
}

fn north(painter: &egui::Painter, at: egui::Pos2, heading: f32, words: &Words) {
    painter.circle_filled(at, 21.0, Color32::from_rgba_unmultiplied(246, 246, 244, 235));
    let turn = |x: f32, y: f32| {
        let (sine, cosine) = (-heading).sin_cos();
        at + vec2(x * cosine - y * sine, x * sine + y * cosine)
    };
    let half = |side: f32, fill| {
        Shape::convex_polygon(vec![turn(0.0, -13.0), turn(side, 9.0), turn(0.0, 5.0)], fill, Stroke::NONE)
    };
    painter.add(half(-6.5, theme::ink(false)));
    painter.add(half(6.5, Color32::from_rgb(94, 99, 108)));
    let name = words.text("north");
    painter.text(turn(0.0, -27.0), Align2::CENTER_CENTER, name, FontId::proportional(13.0), Color32::WHITE);
}

/// Metres of the ground that a logical pixel covers at the place looked at.
fn metres_a_pixel((camera, transform): (&Camera, &GlobalTransform), state: &ViewState) -> Option<f64> {
    let [east, north, up] = state.camera.target_m;
    let right = transform.right() * 10.0;
    let at = Vec3::new(east as f32, up as f32, -north as f32);
    let a = camera.world_to_viewport(transform, at).ok()?;
    let b = camera.world_to_viewport(transform, at + right).ok()?;
    Some(10.0 / f64::from(a.distance(b)).max(1e-6))
}

fn scale_bar(painter: &egui::Painter, right_end: egui::Pos2, metres_a_pixel: f64) {
    // The longest of 1, 2, 5, 10, ... that is at most 120 pixels.
    let most = 120.0 * metres_a_pixel;
    let ten = 10_f64.powf(most.log10().floor());
    let length = [5.0, 2.0, 1.0].into_iter().map(|k| k * ten).find(|l| *l <= most).unwrap_or(ten);
    let pixels = (length / metres_a_pixel) as f32;
    let label = if length >= 1000.0 { format!("{} km", length / 1000.0) } else { format!("{length} m") };
    let (a, b) = (right_end - vec2(pixels, 0.0), right_end);
    for (width, colour) in [(5.0, Color32::from_black_alpha(150)), (2.0, Color32::WHITE)] {
        let stroke = Stroke::new(width, colour);
        painter.line_segment([a, b], stroke);
        painter.line_segment([a - vec2(0.0, 6.0), a], stroke);
        painter.line_segment([b - vec2(0.0, 6.0), b], stroke);
    }
    let at = a + vec2(pixels * 0.5, -5.0);
    painter.text(
        at + vec2(1.0, 1.0),
        Align2::CENTER_BOTTOM,
        &label,
        FontId::proportional(12.0),
        Color32::BLACK,
    );
    painter.text(at, Align2::CENTER_BOTTOM, &label, FontId::proportional(12.0), Color32::WHITE);
}
