//! The question to offices: a short form, and how far storeys are drawn apart.

use bevy_egui::egui;
use futago_field::Support;
use futago_model::storeys;
use futago_scene::office::Scope;
use futago_scene::state::Command;

use super::Desk;
use super::question::Asker;
use crate::files::Want;
use crate::theme;

/// See [`Asker`].
pub const ASKER: Asker = Asker { name: "view-office", draw, start };

fn draw(ui: &mut egui::Ui, desk: &mut Desk<'_>) -> bool {
    let mut form = desk.office.clone();
    source(ui, desk, &mut form);
    ui.horizontal(|ui| {
        for scope in Scope::ALL {
            ui.radio_value(&mut form.scope, scope, desk.text(scope.key()));
        }
    });
    let lacks_building = form.scope == Scope::Building && desk.state.selected.is_none();
    if lacks_building {
        theme::note(ui, desk.text("view-ask-needs-building"));
    }
    let of_a_model = !form.measured || desk.measured.0.is_none();
    egui::Grid::new("office").num_columns(2).spacing([10.0, 5.0]).show(ui, |ui| {
        if of_a_model {
            attendance(ui, desk, &mut form);
        }
        if of_a_model && form.scope == Scope::Building {
            known_storeys(ui, desk, &mut form);
        }
    });
    if form != *desk.office {
        *desk.office = form;
    }
    if desk.shown.field.as_ref().is_some_and(|f| matches!(f.field.support, Support::Floors(_))) {
        apart(ui, desk);
    }
    !lacks_building
}

fn start(desk: &mut Desk<'_>) {
    let form = desk.office.clone();
    form.start(&desk.city.model, &desk.state, &desk.measured, &mut desk.study);
}

/// Made-up people or measured ones; a file of these can be opened.
fn source(ui: &mut egui::Ui, desk: &mut Desk<'_>, form: &mut futago_scene::office::Form) {
    let measured = desk.measured.0.clone();
    ui.radio_value(&mut form.measured, false, desk.text("view-office-model"));
    let words = desk.text("view-office-measured");
    ui.add_enabled_ui(measured.is_some(), |ui| ui.radio_value(&mut form.measured, true, words));
    if let Some(occupancy) = &measured {
        theme::note(ui, &occupancy.source);
    }
    if ui.button(desk.text("view-office-open")).clicked() {
        desk.files.ask(Want::OpenOccupancy);
    }
    if !form.measured || measured.is_none() {
        theme::note(ui, desk.text("view-office-synthetic"));
    }
}

fn attendance(ui: &mut egui::Ui, desk: &Desk<'_>, form: &mut futago_scene::office::Form) {
    ui.label(desk.text("view-office-attendance"));
    percent(ui, &mut form.attendance);
    ui.end_row();
    let mut compared = form.after.is_some();
    ui.checkbox(&mut compared, desk.text("view-office-after"));
    let mut after = form.after.unwrap_or(0.3);
    ui.add_enabled_ui(compared, |ui| percent(ui, &mut after));
    form.after = compared.then_some(after);
    ui.end_row();
}

fn percent(ui: &mut egui::Ui, share: &mut f64) {
    let mut percent = *share * 100.0;
    ui.add(egui::DragValue::new(&mut percent).range(0.0..=100.0).suffix(" %").fixed_decimals(0));
    *share = percent / 100.0;
}

/// The storeys of the marked building, where somebody knows better than its height.
fn known_storeys(ui: &mut egui::Ui, desk: &Desk<'_>, form: &mut futago_scene::office::Form) {
    let Some(id) = desk.state.selected.as_deref() else { return };
    let Some((_, building)) = desk.building(id) else { return };
    let estimated = storeys(building.height_m).clamp(1, 250);
    let mut known = form.storeys_of(id).unwrap_or(estimated);
    ui.label(desk.text("view-office-storeys"));
    if ui.add(egui::DragValue::new(&mut known).range(1..=250)).changed() {
        form.set_storeys(id, (known != estimated).then_some(known));
    }
    ui.end_row();
}

fn apart(ui: &mut egui::Ui, desk: &mut Desk<'_>) {
    let mut apart = desk.state.apart;
    ui.horizontal(|ui| {
        ui.label(desk.text("view-office-apart"));
        ui.spacing_mut().slider_width = 120.0;
        if ui.add(egui::Slider::new(&mut apart, 0.0..=1.0).show_value(false)).changed() {
            desk.commands.write(Command::Apart(apart));
        }
    });
}
