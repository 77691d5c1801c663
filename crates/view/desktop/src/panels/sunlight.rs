//! The question of sun hours: a short form, progress, legend and the value under the pointer.

use bevy::prelude::*;
use bevy_egui::egui;
use futago_scene::city::TheCity;
use futago_scene::field_layer::GroundField;
use futago_scene::state::ViewState;
use futago_scene::sunlight::{SunHoursAsk, SunHoursJob};
use jiff::civil::time;

use super::Desk;
use crate::script::Running;
use crate::theme;

/// What is set in the form.
#[derive(Resource, Debug, Clone, PartialEq)]
pub struct Form {
    first_hour: i8,
    last_hour: i8,
    step_min: f64,
    side_m: f64,
    spacing_m: f64,
}

impl Default for Form {
    fn default() -> Self {
        Self { first_hour: 8, last_hour: 16, step_min: 5.0, side_m: 1200.0, spacing_m: 2.0 }
    }
}

impl Form {
    /// The question about the state's day, round the place that is looked at.
    fn ask(&self, state: &ViewState) -> SunHoursAsk {
        SunHoursAsk {
            date: state.clock.local().date(),
            hours: [time(self.first_hour, 0, 0, 0), time(self.last_hour, 0, 0, 0)],
            step_min: self.step_min,
            centre_m: [state.camera.target_m[0], state.camera.target_m[1]],
            side_m: self.side_m,
            spacing_m: self.spacing_m,
        }
    }
}

/// Starts what a script asked for.
pub fn answer_asks(
    mut running: ResMut<Running>,
    mut job: ResMut<SunHoursJob>,
    form: Res<Form>,
    state: Res<ViewState>,
    city: Res<TheCity>,
) {
    if running.wants_sun_hours {
        running.wants_sun_hours = false;
        job.start(city.model.clone(), form.ask(&state));
    }
}

/// Draws it.
pub fn draw(ui: &mut egui::Ui, desk: &mut Desk<'_>) {
    ui.label(theme::heading(desk.words.text("view-sun-hours")));
    form(ui, desk);
    match desk.job.progress() {
        Some(share) => {
            ui.add(egui::ProgressBar::new(share).show_percentage());
            if ui.button(desk.words.text("view-cancel")).clicked() {
                desk.job.cancel();
            }
            ui.ctx().request_repaint();
        }
        None => {
            let text = egui::RichText::new(desk.words.text("view-compute")).color(egui::Color32::WHITE);
            let button = egui::Button::new(text).fill(theme::ACCENT).min_size(egui::vec2(ui.available_width(), 30.0));
            if ui.add(button).clicked() {
                let ask = desk.form.ask(&desk.state);
                desk.job.start(desk.city.model.clone(), ask);
            }
        }
    }
    if let Some(why) = &desk.job.failed {
        let args = [("why", why.clone().into())];
        ui.colored_label(egui::Color32::from_rgb(160, 40, 20), desk.words.format("view-failed", &args));
    }
    if let Some(field) = desk.field.0.clone().filter(|_| desk.state.layers.field) {
        legend(ui, desk, &field);
    }
}

fn form(ui: &mut egui::Ui, desk: &mut Desk<'_>) {
    let words = &desk.words;
    let form = desk.form.bypass_change_detection();
    egui::Grid::new("sun-hours").num_columns(2).spacing([10.0, 6.0]).show(ui, |ui| {
        ui.label(words.text("view-hours"));
        ui.horizontal(|ui| {
            let last = form.last_hour;
            ui.add(egui::DragValue::new(&mut form.first_hour).range(4..=last - 1).suffix(":00").speed(0.05));
            ui.label("–");
            let first = form.first_hour;
            ui.add(egui::DragValue::new(&mut form.last_hour).range(first + 1..=20).suffix(":00").speed(0.05));
        });
        ui.end_row();
        ui.label(words.text("view-side"));
        ui.add(egui::DragValue::new(&mut form.side_m).range(100.0..=2400.0).suffix(" m").speed(10.0));
        ui.end_row();
        ui.label(words.text("view-spacing"));
        ui.add(egui::DragValue::new(&mut form.spacing_m).range(0.5..=10.0).suffix(" m").speed(0.05));
        ui.end_row();
    });
}

fn legend(ui: &mut egui::Ui, desk: &Desk<'_>, field: &GroundField) {
    ui.add_space(4.0);
    ui.label(egui::RichText::new(field.field.time_label.as_str()).color(theme::SOFT_INK).small());
    let (rect, _) = ui.allocate_exact_size(egui::vec2(ui.available_width(), 14.0), egui::Sense::hover());
    let (low, high) = field.range;
    let pieces = 64;
    for i in 0..pieces {
        let share = |k: i32| rect.left() + rect.width() * k as f32 / pieces as f32;
        let value = low + (high - low) * (i as f32 + 0.5) / pieces as f32;
        let [r, g, b] = field.colour(value);
        let piece = egui::Rect::from_x_y_ranges(share(i)..=share(i + 1) + 0.5, rect.y_range());
        ui.painter().rect_filled(piece, 0.0, egui::Color32::from_rgb(r, g, b));
    }
    let unit = desk.words.text(&format!("unit-{}", field.field.quantity.unit));
    ui.horizontal(|ui| {
        ui.small(format!("{low:.0} {unit}"));
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            ui.small(format!("{high:.1} {unit}"));
        });
    });
    let here = desk.under.hit.filter(|h| h.building.is_none());
    if let Some(value) = here.and_then(|h| field.value_at([h.at_m[0], h.at_m[1]])) {
        let args = [("value", format!("{value:.1} {unit}").into())];
        ui.label(desk.words.format("view-here", &args));
    } else {
        ui.label(egui::RichText::new(desk.words.text("view-point")).color(theme::SOFT_INK));
    }
}
