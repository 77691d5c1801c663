//! The question to crowds: a short form, closed streets and events.

use bevy_egui::egui;
use futago_crowd::scenario::{Closure, Event};
use futago_scene::crowd::Flow;
use futago_scene::state::Command;

use super::Desk;
use super::question::Asker;
use crate::theme;

/// See [`Asker`].
pub const ASKER: Asker = Asker { name: "view-crowd", draw, start };

fn draw(ui: &mut egui::Ui, desk: &mut Desk<'_>) -> bool {
    theme::note(ui, desk.text("view-crowd-synthetic"));
    form(ui, desk);
    changes(ui, desk);
    if let Some(one_of) = desk.people.one_of {
        let args = [("people", (one_of as f64).into())];
        theme::note(ui, desk.words.format("view-crowd-marks", &args));
    }
    true
}

fn start(desk: &mut Desk<'_>) {
    let form = desk.crowd.clone();
    form.start(&desk.city.model, &desk.state, &desk.flows, &mut desk.study);
}

fn form(ui: &mut egui::Ui, desk: &mut Desk<'_>) {
    let mut form = desk.crowd.clone();
    let local = desk.state.clock.local();
    let now = format!("{:02}:{:02}", local.hour(), local.minute());
    if let Some(flows) = &desk.flows.0 {
        let key = if flows.about().synthetic { "view-crowd-counted-synthetic" } else { "view-crowd-counted" };
        ui.horizontal(|ui| {
            ui.radio_value(&mut form.flow, Flow::Synthetic, desk.text("view-crowd-model"));
            ui.radio_value(&mut form.flow, Flow::Counted, desk.text(key));
        });
    }
    ui.horizontal(|ui| {
        let at_clock = desk.words.format("view-crowd-now", &[("time", now.into())]);
        ui.radio_value(&mut form.day, false, at_clock);
        ui.radio_value(&mut form.day, true, desk.text("view-crowd-day"));
    });
    egui::Grid::new("crowd").num_columns(2).spacing([10.0, 5.0]).show(ui, |ui| {
        if form.day {
            ui.label(desk.text("view-hours"));
            ui.horizontal(|ui| super::hours(ui, &mut form.hours, 0..=23));
            ui.end_row();
            ui.label(desk.text("view-picture-step"));
            ui.add(egui::DragValue::new(&mut form.step_min).range(15.0..=120.0).suffix(" min").speed(0.5));
            ui.end_row();
        }
        ui.label(desk.text("view-side"));
        ui.add(egui::DragValue::new(&mut form.side_m).range(200.0..=3000.0).suffix(" m").speed(10.0));
        ui.end_row();
    });
    if !desk.state.what_if.add.is_empty() {
        ui.checkbox(&mut form.workers, desk.text("view-crowd-workers"));
    }
    if form != *desk.crowd {
        *desk.crowd = form;
    }
}

/// People who leave an event in an hour, to begin with.
const EVENT_PERSONS_H: f64 = 8_000.0;

/// What is closed, what happens, and what can be done at the place that was clicked last.
fn changes(ui: &mut egui::Ui, desk: &mut Desk<'_>) {
    let walks = desk.state.walks.clone();
    for closure in &walks.close {
        ui.horizontal(|ui| {
            if ui.small_button(desk.text("view-restore")).clicked() {
                desk.commands.write(Command::Reopen(closure.clone()));
            }
            let name = closure.street.as_ref().or(closure.link.as_ref()).cloned().unwrap_or_default();
            let text = desk.words.format("view-crowd-closed", &[("street", name.into())]);
            ui.add(egui::Label::new(text).truncate());
        });
    }
    for event in &walks.event {
        ui.horizontal(|ui| {
            if ui.small_button(desk.text("view-restore")).clicked() {
                desk.commands.write(Command::Disperse(event.name.clone()));
            }
            let mut persons = event.persons_per_hour;
            ui.label(desk.text("view-crowd-event"));
            let suffix = format!(" {}", desk.words.unit("1/h"));
            let drag = egui::DragValue::new(&mut persons).range(100.0..=200_000.0).suffix(suffix).speed(50.0);
            if ui.add(drag).changed() {
                let event = Event { persons_per_hour: persons, ..event.clone() };
                desk.commands.write(Command::Gather(event));
            }
        });
    }
    let Some(at_m) = desk.under.clicked_m else {
        theme::note(ui, desk.text("view-crowd-click"));
        return;
    };
    here(ui, desk, at_m, walks.event.len());
}

/// What can be done at a place.
fn here(ui: &mut egui::Ui, desk: &mut Desk<'_>, at_m: [f64; 3], events: usize) {
    let city = desk.city.model.clone();
    let way = desk.ways.nearest(&city, at_m).map(|link| (link.id.clone(), link.name.clone()));
    ui.horizontal_wrapped(|ui| {
        if let Some((id, name)) = way {
            let stretch = Closure { link: Some(id), ..Closure::default() };
            let street = Closure { street: Some(name.clone()), ..Closure::default() };
            if ui.button(desk.text("view-crowd-close-stretch")).clicked() {
                desk.commands.write(Command::Close(stretch));
            }
            let all = desk.words.format("view-crowd-close-street", &[("street", name.clone().into())]);
            if !name.is_empty() && ui.button(all).clicked() {
                desk.commands.write(Command::Close(street));
            }
        }
        if ui.button(desk.text("view-crowd-gather")).clicked()
            && let Ok(at) = city.about.frame.lonlat_from_site([at_m[0], at_m[1]])
        {
            let name = format!("{} {}", desk.text("view-crowd-event"), events + 1);
            let at = [at.lon_deg, at.lat_deg];
            let event = Event { name, at, to: Vec::new(), persons_per_hour: EVENT_PERSONS_H };
            desk.commands.write(Command::Gather(event));
        }
    });
}
