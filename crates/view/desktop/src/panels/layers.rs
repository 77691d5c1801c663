//! Layers, what colours buildings, which are greyed out.

use bevy_egui::egui;
use futago_scene::state::{ColourBy, Command, Layer};

use super::{Desk, legend, underground};
use crate::theme;

/// Draws them.
pub fn draw(ui: &mut egui::Ui, desk: &mut Desk<'_>) {
    if desk.state.underground {
        ui.label(theme::heading(desk.text("view-underground")));
        underground::draw(ui, desk);
    }
    ui.label(theme::heading(desk.text("view-layers")));
    let mut layers = desk.state.layers;
    for layer in Layer::ALL {
        let is_empty = match layer {
            Layer::Field => desk.results.set.is_none(),
            Layer::People => desk.results.set.as_ref().is_none_or(|set| set.simulation != "crowd"),
            _ => false,
        };
        if is_empty {
            continue;
        }
        ui.horizontal(|ui| {
            let name = desk.text(layer.key());
            if ui.checkbox(layers.shows(layer), name).changed() {
                desk.commands.write(Command::Show(layer, *layers.shows(layer)));
            }
            opacity(ui, desk, layer);
        });
        if layer == Layer::Field {
            order(ui, desk);
        }
    }
    colours(ui, desk);
}

/// How solid a layer is, to be dragged.
fn opacity(ui: &mut egui::Ui, desk: &mut Desk<'_>, layer: Layer) {
    let mut opacity = desk.state.opacity;
    let Some(share) = opacity.of(layer) else { return };
    ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
        let mut percent = *share * 100.0;
        let drag = egui::DragValue::new(&mut percent).range(0.0..=100.0).suffix(" %").fixed_decimals(0);
        if ui.add(drag).on_hover_text(desk.text("view-opacity")).changed() {
            desk.commands.write(Command::Opacity(layer, percent / 100.0));
        }
    });
}

/// Whether streets lie over the result or under it.
fn order(ui: &mut egui::Ui, desk: &mut Desk<'_>) {
    let mut on_top = desk.state.streets_on_top;
    ui.indent("order", |ui| {
        if ui.checkbox(&mut on_top, desk.text("view-streets-on-top")).changed() {
            desk.commands.write(Command::StreetsOnTop(on_top));
        }
    });
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
