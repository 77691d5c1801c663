//! Layers, what colours buildings, which are greyed out.

use bevy_egui::egui;
use futago_scene::state::{ColourBy, Command, Layer};

use super::{Desk, legend};
use crate::theme;

/// Draws them.
pub fn draw(ui: &mut egui::Ui, desk: &mut Desk<'_>) {
    ui.label(theme::heading(desk.text("view-layers")));
    let mut layers = desk.state.layers;
    for layer in Layer::ALL {
        if layer == Layer::Field && desk.results.set.is_none() {
            continue;
        }
        let name = desk.text(layer.key());
        if ui.checkbox(layers.shows(layer), name).changed() {
            desk.commands.write(Command::Show(layer, *layers.shows(layer)));
        }
    }
    colours(ui, desk);
}

fn colours(ui: &mut egui::Ui, desk: &mut Desk<'_>) {
    let mut by = desk.state.colour_by;
    ui.horizontal(|ui| {
        ui.label(desk.text("view-colour-by"));
        egui::ComboBox::from_id_salt("colour-by").width(130.0).selected_text(desk.text(by.key())).show_ui(
            ui,
            |ui| {
                for other in ColourBy::ALL {
                    ui.selectable_value(&mut by, other, desk.text(other.key()));
                }
            },
        );
    });
    if by != desk.state.colour_by {
        desk.commands.write(Command::ColourBy(by));
    }
    if by != ColourBy::Nothing {
        legend::of_buildings(ui, desk, by);
    }
    let mut least = desk.state.least_height_m;
    ui.horizontal(|ui| {
        ui.label(desk.text("view-least-height"));
        ui.add(egui::DragValue::new(&mut least).range(0.0..=250.0).suffix(" m").speed(1.0));
    });
    if least != desk.state.least_height_m {
        desk.commands.write(Command::LeastHeight(least));
    }
}
