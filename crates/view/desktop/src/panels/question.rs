//! The question of sunlight: a short form, progress, and what came out.

use bevy_egui::egui;
use futago_scene::sunlight::Kind;
use futago_sunlight::scenario::ShadowZone;

use super::{Desk, legend};
use crate::settings::Pane;
use crate::theme;

const ZONES: [(ShadowZone, &str); 3] = [
    (ShadowZone::LowRiseResidential, "view-zone-low"),
    (ShadowZone::MidHighRiseResidential, "view-zone-mid"),
    (ShadowZone::ResidentialCommercialIndustrial, "view-zone-mixed"),
];

/// Draws it.
pub fn draw(ui: &mut egui::Ui, desk: &mut Desk<'_>) {
    ui.label(theme::heading(desk.text("view-sunlight")));
    kinds(ui, desk);
    let lacks_building = desk.form.kind.needs_building() && desk.state.selected.is_none();
    if lacks_building {
        theme::note(ui, desk.text("view-ask-needs-building"));
    } else {
        form(ui, desk);
    }
    match desk.study.how_far() {
        Some(how_far) => {
            let left = how_far.remaining.map(|left| format!("{:.0} s", left.as_secs_f64().ceil()));
            let bar = egui::ProgressBar::new(how_far.share);
            ui.add(match left {
                Some(left) => bar.text(desk.words.format("view-remaining", &[("time", left.into())])),
                None => bar.text(desk.text("view-computing")),
            });
            if ui.button(desk.text("view-cancel")).clicked() {
                desk.study.cancel();
            }
        }
        None => {
            let button = theme::strong_button(desk.text("view-compute"));
            let size = egui::vec2(ui.available_width() - 8.0, 30.0);
            if ui.add_enabled_ui(!lacks_building, |ui| ui.add_sized(size, button)).inner.clicked() {
                let form = desk.form.clone();
                form.start(&desk.city.model, &desk.state, &mut desk.study);
            }
        }
    }
    if let Some(why) = &desk.study.failed {
        let args = [("why", desk.words.sentence(why).into())];
        let text = desk.words.format("view-failed", &args);
        ui.add(egui::Label::new(egui::RichText::new(text).color(theme::BAD)).wrap());
    }
    legend::draw(ui, desk);
    if desk.results.set.is_some() {
        let name = desk.text("view-findings");
        ui.toggle_value(desk.settings.open.pane(Pane::Findings), name);
    }
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
