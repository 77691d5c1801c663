//! Search: buildings by name or id, streets, shelters, places by latitude and longitude, views
//! by their link, and everything that can be done, by its words.

use bevy::prelude::*;
use bevy_egui::egui;
use egui::{Align2, vec2};
use futago_model::{Place, PlaceKind, find_places};
use futago_scene::state::{ColourBy, Command, Layer, Pose};
use futago_texts::Lang;

use super::Desk;
use crate::files::Want;
use crate::keys::PRESETS;
use crate::settings::{Draft, Pane, Tool};
use crate::theme;

/// What is being searched for.
#[derive(Resource, Default)]
pub struct Search {
    text: String,
    chosen: usize,
    was_open: bool,
    made_for: Option<(String, Lang)>,
    answers: Vec<(String, Answer)>,
}

/// As many answers are shown.
const MOST: usize = 10;

#[derive(Clone)]
enum Answer {
    Building(String),
    Place([f64; 2]),
    Do(Command),
    Open(Pane),
    Save(Want),
    Take(Tool),
}

/// Draws it while it is open.
pub fn draw(ctx: &egui::Context, desk: &mut Desk<'_>, search: &mut Search) {
    if !desk.settings.open.search {
        search.was_open = false;
        return;
    }
    let frame = theme::card(desk.settings.dark);
    let area = egui::Area::new(egui::Id::new("search")).order(egui::Order::Foreground);
    area.anchor(Align2::CENTER_TOP, vec2(0.0, 70.0)).show(ctx, |ui| {
        frame.show(ui, |ui| {
            ui.set_width(460.0);
            let hint = desk.text("view-search-hint");
            let edit =
                ui.add(egui::TextEdit::singleline(&mut search.text).hint_text(hint).desired_width(440.0));
            if !search.was_open {
                edit.request_focus();
                search.was_open = true;
                // What can be done may be another since it was open last.
                search.made_for = None;
            }
            if edit.changed() {
                search.chosen = 0;
            }
            let now = (search.text.clone(), desk.words.lang());
            if search.made_for.as_ref() != Some(&now) {
                search.answers = answers(desk, &search.text);
                search.made_for = Some(now);
            }
            let answers = &search.answers;
            let (down, up, enter) = ui.input(|i| {
                (
                    i.key_pressed(egui::Key::ArrowDown),
                    i.key_pressed(egui::Key::ArrowUp),
                    i.key_pressed(egui::Key::Enter),
                )
            });
            let last = answers.len().saturating_sub(1);
            search.chosen = (search.chosen + usize::from(down)).min(last).saturating_sub(usize::from(up));
            let mut taken = enter.then(|| answers.get(search.chosen).map(|(_, a)| a.clone())).flatten();
            for (i, (name, answer)) in answers.iter().enumerate() {
                if ui.selectable_label(i == search.chosen, name).clicked() {
                    taken = Some(answer.clone());
                }
            }
            if answers.is_empty() {
                theme::note(ui, desk.text("view-search-nothing"));
            }
            if let Some(answer) = taken {
                desk.settings.open.search = false;
                (search.made_for, search.chosen) = (None, 0);
                search.text.clear();
                carry_out(desk, answer);
            }
        });
    });
}

fn carry_out(desk: &mut Desk<'_>, answer: Answer) {
    match answer {
        Answer::Building(id) => desk.go_to_building(&id),
        Answer::Place([east, north]) => {
            let pose = Pose {
                target_m: [east, north, 0.0],
                distance_m: 450.0,
                pitch_deg: 40.0,
                ..desk.state.camera
            };
            desk.commands.write(Command::Look(pose));
        }
        Answer::Do(command) => {
            desk.commands.write(command);
        }
        Answer::Open(pane) => *desk.settings.open.pane(pane) = true,
        Answer::Save(want) => desk.files.ask(want),
        Answer::Take(tool) => desk.settings.tool = tool,
    }
}

fn answers(desk: &Desk<'_>, text: &str) -> Vec<(String, Answer)> {
    let wanted = text.trim().to_lowercase();
    if let Some(answer) = link(desk, text) {
        return vec![answer];
    }
    let mut found: Vec<_> =
        find_places(&desk.city.model, &wanted, MOST).into_iter().map(|p| place(desk, p)).collect();
    let rest = MOST.saturating_sub(found.len());
    let actions = actions(desk).into_iter().filter(|(name, _)| name.to_lowercase().contains(&wanted));
    found.extend(actions.take(rest.max(3)));
    found
}

fn place(desk: &Desk<'_>, place: Place) -> (String, Answer) {
    let name = if desk.words.lang() == Lang::Ja { place.name_ja } else { place.name_en };
    match place.kind {
        PlaceKind::Building { index, height_m } => {
            let buildings = &desk.city.model.buildings;
            let id = buildings.id_of(&buildings.records[index]).to_owned();
            (format!("{name}  {height_m:.0} m"), Answer::Building(id))
        }
        PlaceKind::Shelter(kind) => (format!("{name}  {kind}"), Answer::Place(place.at_m)),
        PlaceKind::Street | PlaceKind::Degrees => (name, Answer::Place(place.at_m)),
    }
}

/// A view that somebody sent.
fn link(desk: &Desk<'_>, text: &str) -> Option<(String, Answer)> {
    let state = futago_scene::link::from_link(text).ok()?;
    Some((desk.text("view-open-link"), Answer::Do(Command::Open(Box::new(state)))))
}

fn actions(desk: &Desk<'_>) -> Vec<(String, Answer)> {
    let state = &desk.state;
    let mut all: Vec<(String, Answer)> = Vec::new();
    let mut add = |key: &str, answer: Answer| all.push((desk.text(key), answer));
    for (key, pose) in PRESETS {
        add(key, Answer::Do(Command::Look(pose)));
    }
    add("view-measure", Answer::Take(Tool::Measure));
    add("view-note-new", Answer::Take(Tool::Note));
    add("view-walk", Answer::Take(Tool::Walk));
    add("view-draw", Answer::Take(Tool::Draw(Draft::default())));
    add("view-underground", Answer::Do(Command::Underground(!state.underground)));
    add("view-swipe", Answer::Do(Command::Swipe(state.swipe.is_none().then_some(0.5))));
    add("view-restore-all", Answer::Do(Command::RestoreAll));
    for (key, pane) in [
        ("view-table", Pane::Table),
        ("view-view", Pane::View),
        ("view-notes", Pane::Notes),
        ("view-picture-pane", Pane::Picture),
        ("view-help", Pane::Help),
    ] {
        add(key, Answer::Open(pane));
    }
    for (key, want) in [
        ("view-save-view", Want::SaveView),
        ("view-open-view", Want::OpenView),
        ("view-save-scenario", Want::Scenario),
        ("view-save-table", Want::Table),
    ] {
        add(key, Answer::Save(want));
    }
    for layer in Layer::ALL {
        let mut layers = state.layers;
        add(layer.key(), Answer::Do(Command::Show(layer, !*layers.shows(layer))));
    }
    for by in ColourBy::ALL {
        add(by.key(), Answer::Do(Command::ColourBy(by)));
    }
    all
}
