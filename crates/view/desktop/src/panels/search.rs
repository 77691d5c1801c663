//! Search: buildings by name or id, and everything that can be done, by its words.

use bevy::prelude::*;
use bevy_egui::egui;
use egui::{Align2, vec2};
use futago_scene::state::{ColourBy, Command, Layer};

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
}

/// As many answers are shown.
const MOST: usize = 10;

#[derive(Clone)]
enum Answer {
    Building(String),
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
            }
            if edit.changed() {
                search.chosen = 0;
            }
            let answers = answers(desk, &search.text);
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
                search.text.clear();
                carry_out(desk, answer);
            }
        });
    });
}

fn carry_out(desk: &mut Desk<'_>, answer: Answer) {
    match answer {
        Answer::Building(id) => desk.go_to_building(&id),
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
    let mut found = buildings(desk, &wanted);
    let rest = MOST.saturating_sub(found.len());
    let actions = actions(desk).into_iter().filter(|(name, _)| name.to_lowercase().contains(&wanted));
    found.extend(actions.take(rest.max(3)));
    found
}

/// The tallest first.
fn buildings(desk: &Desk<'_>, wanted: &str) -> Vec<(String, Answer)> {
    if wanted.is_empty() {
        return Vec::new();
    }
    let buildings = &desk.city.model.buildings;
    let text = |id| buildings.strings.get(id).unwrap_or_default();
    let fits = |b: &&futago_model::Building| {
        [b.name_ja, b.name_en, b.id].into_iter().any(|id| text(id).to_lowercase().contains(wanted))
    };
    let mut found: Vec<_> = buildings.records.iter().filter(fits).collect();
    found.sort_by(|a, b| b.height_m.total_cmp(&a.height_m));
    let answer = |b: &futago_model::Building| {
        let id = buildings.id_of(b).to_owned();
        let name = desk.name_of(buildings, b).unwrap_or_else(|| id.clone());
        (format!("{name}  {:.0} m", b.height_m), Answer::Building(id))
    };
    found.into_iter().take(MOST - 3).map(answer).collect()
}

fn actions(desk: &Desk<'_>) -> Vec<(String, Answer)> {
    let state = &desk.state;
    let mut all: Vec<(String, Answer)> = Vec::new();
    let mut add = |key: &str, answer: Answer| all.push((desk.text(key), answer));
    for (key, pose) in PRESETS {
        add(key, Answer::Do(Command::Look(pose)));
    }
    add("view-measure", Answer::Take(Tool::Measure));
    add("view-draw", Answer::Take(Tool::Draw(Draft::default())));
    add("view-underground", Answer::Do(Command::Underground(!state.underground)));
    add("view-swipe", Answer::Do(Command::Swipe(state.swipe.is_none().then_some(0.5))));
    add("view-restore-all", Answer::Do(Command::RestoreAll));
    for (key, pane) in [("view-table", Pane::Table), ("view-view", Pane::View), ("view-help", Pane::Help)] {
        add(key, Answer::Open(pane));
    }
    for (key, want) in [
        ("view-save-picture", Want::Picture),
        ("view-save-view", Want::SaveView),
        ("view-open-view", Want::OpenView),
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
