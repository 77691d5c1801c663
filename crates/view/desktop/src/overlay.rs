//! Drawn over the picture: what is measured, the footprint that is being drawn, the swipe's handle.

use bevy::prelude::*;
use bevy_egui::{EguiContexts, egui};
use egui::{Color32, FontId, Stroke, pos2, vec2};
use futago_scene::camera::Eye;
use futago_scene::edits::Edited;
use futago_scene::field_layer::ShownField;
use futago_scene::state::{Command, Note, ViewState};

use crate::settings::{Settings, Tool};
use crate::words::Words;

const LINE: Color32 = Color32::from_rgb(255, 196, 0);

/// Draws all of it.
#[expect(clippy::too_many_arguments, reason = "a system names what it touches")]
pub fn draw(
    mut contexts: EguiContexts,
    state: Res<ViewState>,
    edited: Res<Edited>,
    shown: Res<ShownField>,
    settings: Res<Settings>,
    words: Res<Words>,
    eye: Single<(&Camera, &GlobalTransform), With<Eye>>,
    mut commands: MessageWriter<Command>,
) -> Result {
    let ctx = contexts.ctx_mut()?.clone();
    let painter = ctx.layer_painter(egui::LayerId::background());
    let (camera, transform) = *eye;
    let on_screen = |[east, north, up]: [f64; 3]| {
        let at = Vec3::new(east as f32, up as f32, -north as f32);
        camera.world_to_viewport(transform, at).ok().map(|p| pos2(p.x, p.y))
    };
    if !state.measure.is_empty() {
        let places: Vec<_> = state.measure.iter().filter_map(|at| on_screen(*at)).collect();
        polyline(&painter, &places);
        if let Some(last) = places.last() {
            label(&painter, *last + vec2(10.0, -10.0), &measured(&state.measure, &words));
        }
    }
    for note in &state.notes {
        if let Some(at) = on_screen(note.at_m) {
            pin(&painter, at, note);
        }
    }
    if let Tool::Draw(draft) = &settings.tool {
        let ring = draft.corners_m.iter().chain(draft.corners_m.first());
        let low: Vec<_> = ring.clone().filter_map(|[x, y]| on_screen([*x, *y, 0.0])).collect();
        let high: Vec<_> = ring.filter_map(|[x, y]| on_screen([*x, *y, draft.height_m])).collect();
        polyline(&painter, &low);
        polyline(&painter, &high);
        for (a, b) in low.iter().zip(&high) {
            painter.line_segment([*a, *b], Stroke::new(1.5, LINE));
        }
    }
    let parted = !edited.is_empty() || shown.before.is_some();
    if let Some(share) = state.swipe.filter(|_| parted) {
        swipe(&ctx, sides(&shown, &words), share, &mut commands);
    }
    Ok(())
}

fn polyline(painter: &egui::Painter, places: &[egui::Pos2]) {
    for (width, colour) in [(5.0, Color32::from_black_alpha(150)), (2.5, LINE)] {
        for pair in places.windows(2) {
            painter.line_segment([pair[0], pair[1]], Stroke::new(width, colour));
        }
    }
    for at in places {
        painter.circle(*at, 4.0, LINE, Stroke::new(1.5, Color32::BLACK));
    }
}

/// As much of a note is shown at its place, characters.
const SHORT: usize = 60;

fn pin(painter: &egui::Painter, at: egui::Pos2, note: &Note) {
    let head = at - vec2(0.0, 26.0);
    let ink = Color32::from_rgb(20, 92, 158);
    painter.line_segment([head, at], Stroke::new(2.0, ink));
    painter.circle(head, 10.0, ink, Stroke::new(1.5, Color32::WHITE));
    let number = note.number.to_string();
    painter.text(head, egui::Align2::CENTER_CENTER, number, FontId::proportional(12.0), Color32::WHITE);
    if !note.text.is_empty() {
        let mut short: String = note.text.chars().take(SHORT).collect();
        if short.len() < note.text.len() {
            short.push('…');
        }
        label(painter, head + vec2(14.0, -12.0), &short);
    }
}

/// About where a pin and its text lie, for names that should keep clear of them.
pub fn pin_rect(at: egui::Pos2, text: &str) -> egui::Rect {
    // A Japanese character is as wide as it is high; a Latin one is narrower, and then there is a little more room.
    let width = (text.chars().take(SHORT).count() as f32 * 13.0 + 14.0).min(334.0);
    egui::Rect::from_min_max(at - vec2(12.0, 40.0), at + vec2(14.0 + width, 0.0))
}

fn label(painter: &egui::Painter, at: egui::Pos2, text: &str) {
    let galley = painter.layout(text.to_owned(), FontId::proportional(13.0), Color32::WHITE, 320.0);
    let rect = egui::Rect::from_min_size(at, galley.size() + vec2(14.0, 8.0));
    painter.rect_filled(rect, 5.0, Color32::from_rgba_unmultiplied(24, 30, 40, 220));
    painter.galley(at + vec2(7.0, 4.0), galley, Color32::WHITE);
}

/// Length, difference of height and, from three corners on, area of what is measured.
fn measured(corners_m: &[[f64; 3]], words: &Words) -> String {
    let (length, rise, area) = sizes(corners_m);
    let metres = |v: f64| if v >= 10_000.0 { format!("{:.2} km", v / 1000.0) } else { format!("{v:.1} m") };
    let mut text =
        words.format("view-measured", &[("length", metres(length).into()), ("rise", metres(rise).into())]);
    if corners_m.len() > 2 {
        text.push('\n');
        text.push_str(&words.format("view-measured-area", &[("area", format!("{area:.0} m²").into())]));
    }
    text
}

/// Length along the corners, last height less first, level area inside.
fn sizes(corners_m: &[[f64; 3]]) -> (f64, f64, f64) {
    let away = |a: &[f64; 3], b: &[f64; 3]| (0..3).map(|i| (b[i] - a[i]).powi(2)).sum::<f64>().sqrt();
    let length = corners_m.windows(2).map(|pair| away(&pair[0], &pair[1])).sum();
    let rise = corners_m.first().zip(corners_m.last()).map_or(0.0, |(a, b)| b[2] - a[2]);
    let next = corners_m.iter().cycle().skip(1);
    let twice: f64 = corners_m.iter().zip(next).map(|(a, b)| a[0] * b[1] - b[0] * a[1]).sum();
    (length, rise, (twice * 0.5).abs())
}

/// Where the words beside the swipe lie, left and right of it.
pub fn swipe_rects(
    painter: &egui::Painter,
    screen: egui::Rect,
    share: f64,
    sides: &[String; 2],
) -> [egui::Rect; 2] {
    let x = screen.left() + screen.width() * share as f32;
    let size = |text: &String| {
        let galley = painter.layout_no_wrap(text.clone(), FontId::proportional(13.0), LINE);
        galley.size() + vec2(14.0, 8.0)
    };
    let [left, right] = [size(&sides[0]), size(&sides[1])];
    let top = screen.center().y - 60.0;
    [
        egui::Rect::from_min_size(pos2(x - left.x - 12.0, top), left),
        egui::Rect::from_min_size(pos2(x + 12.0, top), right),
    ]
}

/// What stands on either side of the swipe: two times, or the city as it is and as it might be.
pub fn sides(shown: &ShownField, words: &Words) -> [String; 2] {
    let times = shown.before.as_ref().zip(shown.field.as_ref());
    let times = times.map(|(before, after)| [&before.field.time_label, &after.field.time_label]);
    match times.filter(|[before, after]| before != after) {
        Some(times) => times.map(|time| words.or_same(time)),
        None => ["view-before", "view-after"].map(|key| words.text(key)),
    }
}

/// The line between before and after, which can be dragged.
fn swipe(ctx: &egui::Context, sides: [String; 2], share: f64, commands: &mut MessageWriter<Command>) {
    let screen = ctx.viewport_rect();
    let x = screen.left() + screen.width() * share as f32;
    let painter = ctx.layer_painter(egui::LayerId::background());
    painter.line_segment([pos2(x, screen.top()), pos2(x, screen.bottom())], Stroke::new(3.0, Color32::WHITE));
    for (text, rect) in sides.iter().zip(swipe_rects(&painter, screen, share, &sides)) {
        label(&painter, rect.min, text);
    }
    let area = egui::Area::new(egui::Id::new("swipe")).fixed_pos(pos2(x - 16.0, screen.center().y - 22.0));
    area.show(ctx, |ui| {
        let (rect, response) = ui.allocate_exact_size(vec2(32.0, 44.0), egui::Sense::drag());
        ui.painter().rect_filled(rect, 12.0, Color32::WHITE);
        let ink = Color32::from_rgb(31, 35, 42);
        ui.painter().text(rect.center(), egui::Align2::CENTER_CENTER, "< >", FontId::proportional(14.0), ink);
        if response.dragged() {
            let moved = f64::from(response.drag_delta().x / screen.width());
            commands.write(Command::Swipe(Some((share + moved).clamp(0.02, 0.98))));
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_heights_and_areas_are_those_of_a_square_step() {
        let corners = [[0.0, 0.0, 0.0], [30.0, 0.0, 0.0], [30.0, 40.0, 0.0], [30.0, 40.0, 25.0]];
        assert_eq!(sizes(&corners), (95.0, 25.0, 600.0));
        assert_eq!(sizes(&[]), (0.0, 0.0, 0.0));
    }
}
