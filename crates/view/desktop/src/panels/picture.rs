//! Pictures of any size, and films of a day.

use bevy_egui::egui;

use super::Desk;
use crate::files::Want;
use crate::settings::Pane;
use crate::shot::LARGEST;
use crate::theme;

/// Sizes with their names; papers at 300 dots an inch.
const SIZES: [(&str, Option<[u32; 2]>); 5] = [
    ("view-size-window", None),
    ("view-size-hd", Some([1920, 1080])),
    ("view-size-4k", Some([3840, 2160])),
    ("view-size-a4", Some([3508, 2480])),
    ("view-size-a3", Some([4960, 3508])),
];

/// Draws the pane.
pub fn draw(ctx: &egui::Context, desk: &mut Desk<'_>) {
    super::pane(ctx, desk, Pane::Picture, "view-picture-pane", [330.0, 260.0], |ui, desk| {
        still(ui, desk);
        ui.separator();
        film(ui, desk);
    });
}

fn still(ui: &mut egui::Ui, desk: &mut Desk<'_>) {
    let mut shot = desk.settings.shot;
    let known = SIZES.iter().find(|(_, size)| *size == shot.size);
    let name = desk.text(known.map_or("view-size-own", |(key, _)| key));
    egui::ComboBox::from_id_salt("picture-size").width(220.0).selected_text(name).show_ui(ui, |ui| {
        for (key, size) in SIZES {
            ui.selectable_value(&mut shot.size, size, desk.text(key));
        }
    });
    if let Some(size) = &mut shot.size {
        pixels(ui, size);
    }
    ui.checkbox(&mut shot.panels, desk.text("view-picture-panels"));
    desk.settings.shot = shot;
    if ui.add(theme::strong_button(desk.text("view-save-picture"))).clicked() {
        desk.files.ask(Want::Picture);
    }
}

fn pixels(ui: &mut egui::Ui, size: &mut [u32; 2]) {
    ui.horizontal(|ui| {
        let drag = |pixels| egui::DragValue::new(pixels).range(320..=LARGEST).speed(4.0).suffix(" px");
        let [width, height] = size;
        ui.add(drag(width));
        ui.label("×");
        ui.add(drag(height));
    });
}

fn film(ui: &mut egui::Ui, desk: &mut Desk<'_>) {
    ui.label(theme::heading(desk.text("view-film")));
    if desk.film.is_rolling() {
        rolling(ui, desk);
        return;
    }
    let mut plan = desk.settings.film.clone();
    ui.horizontal(|ui| {
        ui.label(desk.text("view-hours"));
        super::hours(ui, &mut plan.hours, 0..=24);
    });
    ui.horizontal(|ui| {
        ui.label(desk.text("view-film-step"));
        ui.add(egui::DragValue::new(&mut plan.step_min).range(1..=120).speed(0.2).suffix(" min"));
    });
    pixels(ui, &mut plan.size);
    let frames = plan.instants(&desk.state.clock).len() as f64;
    theme::note(ui, desk.words.format("view-film-note", &[("frames", frames.into())]));
    desk.settings.film = plan;
    if ui.button(desk.text("view-save-film")).clicked() {
        desk.files.ask(Want::Film);
    }
}

fn rolling(ui: &mut egui::Ui, desk: &mut Desk<'_>) {
    if let Some([done, all]) = desk.film.how_far(&desk.pictures) {
        let args = [("done", (done as f64).into()), ("all", (all as f64).into())];
        let text = desk.words.format("view-film-progress", &args);
        ui.add(egui::ProgressBar::new(done as f32 / all.max(1) as f32).text(text));
    }
    if ui.button(desk.text("view-cancel")).clicked() {
        desk.film.cancel(&mut desk.pictures);
    }
}
