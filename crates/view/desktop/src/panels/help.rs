//! Help with all keys, and a tour of five steps.

use bevy_egui::egui;
use egui::{Align2, vec2};

use super::Desk;
use crate::keys::KEYS;
use crate::settings::Pane;
use crate::theme;

const TOUR: [&str; 5] = ["view-tour-1", "view-tour-2", "view-tour-3", "view-tour-4", "view-tour-5"];

/// Draws both where they are open.
pub fn draw(ctx: &egui::Context, desk: &mut Desk<'_>) {
    super::pane(ctx, desk, Pane::Help, "view-help-title", [430.0, 480.0], |ui, desk| {
        theme::note(ui, desk.text("view-help-mouse"));
        egui::Grid::new("keys").num_columns(2).spacing([16.0, 5.0]).striped(true).show(ui, |ui| {
            for (keys, what) in KEYS {
                ui.label(egui::RichText::new(keys).strong());
                ui.label(desk.text(what));
                ui.end_row();
            }
        });
        if ui.button(desk.text("view-tour-start")).clicked() {
            desk.settings.tour = Some(0);
            desk.settings.open.help = false;
        }
        theme::note(ui, desk.text("view-help-limits"));
    });
    if let Some(step) = desk.settings.tour {
        tour(ctx, desk, step.min(TOUR.len() - 1));
    }
}

fn tour(ctx: &egui::Context, desk: &mut Desk<'_>, step: usize) {
    // Beside what it speaks of: the picture, the questions, the clock, the tools, the marked building.
    let (side, offset) = [
        (Align2::CENTER_CENTER, vec2(0.0, 0.0)),
        (Align2::LEFT_TOP, vec2(310.0, 90.0)),
        (Align2::CENTER_BOTTOM, vec2(0.0, -130.0)),
        (Align2::CENTER_TOP, vec2(0.0, 70.0)),
        (Align2::RIGHT_TOP, vec2(-300.0, 90.0)),
    ][step];
    let frame = theme::card(desk.settings.dark).stroke(egui::Stroke::new(2.0, theme::ACCENT));
    egui::Area::new(egui::Id::new("tour")).anchor(side, offset).order(egui::Order::Foreground).show(
        ctx,
        |ui| {
            frame.show(ui, |ui| {
                ui.set_width(340.0);
                let args = [("step", (step as f64 + 1.0).into()), ("steps", (TOUR.len() as f64).into())];
                ui.label(theme::heading(desk.words.format("view-tour-title", &args)));
                ui.add(egui::Label::new(desk.text(TOUR[step])).wrap());
                ui.horizontal(|ui| {
                    let last = step + 1 == TOUR.len();
                    let next = desk.text(if last { "view-tour-end" } else { "view-tour-next" });
                    if ui.add(theme::strong_button(next)).clicked() {
                        desk.settings.tour = (!last).then_some(step + 1);
                    }
                    if !last && ui.button(desk.text("view-close")).clicked() {
                        desk.settings.tour = None;
                    }
                });
            });
        },
    );
}
