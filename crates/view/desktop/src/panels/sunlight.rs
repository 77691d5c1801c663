//! The questions to sunlight: a short form.

use bevy_egui::egui;
use futago_scene::sunlight::Kind;
use futago_sunlight::scenario::ShadowZone;

use super::Desk;
use super::question::Asker;
use crate::theme;

/// See [`Asker`].
pub const ASKER: Asker = Asker { name: "view-sunlight", draw, start };

const ZONES: [(ShadowZone, &str); 3] = [
    (ShadowZone::LowRiseResidential, "view-zone-low"),
    (ShadowZone::MidHighRiseResidential, "view-zone-mid"),
    (ShadowZone::ResidentialCommercialIndustrial, "view-zone-mixed"),
];

fn draw(ui: &mut egui::Ui, desk: &mut Desk<'_>) -> bool {
    kinds(ui, desk);
    if desk.form.kind.needs_building() && desk.state.selected.is_none() {
        theme::note(ui, desk.text("view-ask-needs-building"));
        return false;
    }
    form(ui, desk);
    true
}

fn start(desk: &mut Desk<'_>) {
    let form = desk.form.clone();
    form.start(&desk.city.model, &desk.state, &mut desk.study);
}

fn kinds(ui: &mut egui::Ui, desk: &mut Desk<'_>) {
    let mut kind = desk.form.kind;
    egui::ComboBox::from_id_salt("kind")
        .width(ui.available_width() - 8.0)
        .selected_text(desk.text(kind.key()))
        .show_ui(ui, |ui| {
            for other in Kind::ALL {
                ui.selectable_value(&mut kind, other, desk.text(other.key()));
            }
        });
    if kind != desk.form.kind {
        desk.form.kind = kind;
    }
}

fn zone(ui: &mut egui::Ui, desk: &Desk<'_>, zone: &mut ShadowZone) {
    ui.label(desk.text("view-zone"));
    let key = ZONES.iter().find(|(z, _)| z == zone).map_or("", |(_, key)| key);
    // Names are long, and the card must not grow over its neighbours.
    egui::ComboBox::from_id_salt("zone")
        .width(ui.available_width() - 8.0)
        .truncate()
        .selected_text(desk.text(key))
        .show_ui(ui, |ui| {
            for (other, key) in ZONES {
                ui.selectable_value(zone, other, desk.text(key));
            }
        });
}

fn form(ui: &mut egui::Ui, desk: &mut Desk<'_>) {
    let mut form = desk.form.clone();
    egui::Grid::new("form").num_columns(2).spacing([10.0, 5.0]).show(ui, |ui| {
        if matches!(form.kind, Kind::SunHours | Kind::Facades | Kind::Shadows) {
            ui.label(desk.text("view-hours"));
            ui.horizontal(|ui| {
                super::hours(ui, &mut form.hours, 4..=20);
            });
            ui.end_row();
        }
        if form.kind == Kind::Shadows {
            ui.label(desk.text("view-picture-step"));
            ui.add(egui::DragValue::new(&mut form.picture_min).range(5.0..=120.0).suffix(" min").speed(0.5));
            ui.end_row();
        }
        if matches!(form.kind, Kind::SunHours | Kind::SkyView | Kind::Shadows) {
            ui.label(desk.text("view-side"));
            ui.add(egui::DragValue::new(&mut form.side_m).range(100.0..=2400.0).suffix(" m").speed(10.0));
            ui.end_row();
        }
        if form.kind != Kind::EqualTime {
            ui.label(desk.text("view-spacing"));
            ui.add(egui::DragValue::new(&mut form.spacing_m).range(0.5..=10.0).suffix(" m").speed(0.05));
            ui.end_row();
        }
    });
    if form.kind == Kind::EqualTime {
        zone(ui, desk, &mut form.zone);
    }
    if form != *desk.form {
        *desk.form = form;
    }
}
