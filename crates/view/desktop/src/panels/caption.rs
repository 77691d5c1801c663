//! What a picture without panels must say by itself: when, what is coloured, what is changed.

use bevy_egui::egui;
use egui::{Align2, vec2};
use futago_scene::state::ColourBy;

use super::{Desk, legend};
use crate::theme;

/// Draws it above the credits on the left.
pub fn draw(ctx: &egui::Context, desk: &mut Desk<'_>) {
    let frame = theme::card(desk.settings.dark);
    egui::Area::new(egui::Id::new("caption")).anchor(Align2::LEFT_BOTTOM, vec2(14.0, -42.0)).show(
        ctx,
        |ui| {
            frame.show(ui, |ui| {
                ui.set_width(270.0);
                let local = desk.state.clock.local();
                let when = format!("{} {:02}:{:02} JST", local.date(), local.hour(), local.minute());
                ui.label(theme::heading(when));
                if let Some(field) = desk.shown.field.clone() {
                    ui.label(desk.words.field_name(&field.field));
                    theme::note(ui, desk.words.or_same(&field.field.time_label));
                    legend::colours(ui, desk, &field);
                }
                if desk.state.colour_by != ColourBy::Nothing {
                    ui.label(desk.text(desk.state.colour_by.key()));
                    legend::of_buildings(ui, desk, desk.state.colour_by);
                }
                if !desk.edited.is_empty() {
                    theme::note(ui, desk.text("view-caption-changed"));
                }
                theme::note(ui, desk.text("view-caption-limits"));
            });
        },
    );
}
