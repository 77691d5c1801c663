//! Search: buildings by name or id, streets, shelters, places by latitude and longitude, views
//! by their link, and everything that can be done, by its words.

use std::collections::BTreeMap;

use bevy::prelude::*;
use bevy_egui::egui;
use egui::{Align2, vec2};
use futago_geodesy::LonLat;
use futago_model::Shelter;
use futago_scene::state::{ColourBy, Command, Layer, Pose};

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
    made_for: Option<(String, futago_texts::Lang)>,
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
    let mut found: Vec<_> = coordinates(desk, &wanted).into_iter().collect();
    found.extend(buildings(desk, &wanted));
    found.extend(streets(desk, &wanted));
    found.extend(shelters(desk, &wanted));
    found.truncate(MOST);
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

/// A view that somebody sent.
fn link(desk: &Desk<'_>, text: &str) -> Option<(String, Answer)> {
    let state = futago_scene::link::from_link(text).ok()?;
    Some((desk.text("view-open-link"), Answer::Do(Command::Open(Box::new(state)))))
}

/// Latitude and longitude, as maps on the web write them.
fn coordinates(desk: &Desk<'_>, wanted: &str) -> Option<(String, Answer)> {
    let (a, b) = wanted.split_once([',', ' ', '、'])?;
    let number = |t: &str| t.trim().parse::<f64>().ok();
    let (a, b) = number(a).zip(number(b))?;
    // Nobody in Japan lives east of 90 degrees north, so either order is clear.
    let (lat_deg, lon_deg) = if a.abs() <= 90.0 { (a, b) } else { (b, a) };
    let at = desk.city.model.about.frame.site_from_lonlat(LonLat { lon_deg, lat_deg }).ok()?;
    let [west, south, east, north] = desk.city.model.about.bounds_m;
    let inside = (west..=east).contains(&at[0]) && (south..=north).contains(&at[1]);
    inside.then(|| (format!("{lat_deg:.5}°, {lon_deg:.5}°"), Answer::Place(at)))
}

/// Each name once, at the longest piece that bears it.
fn streets(desk: &Desk<'_>, wanted: &str) -> Vec<(String, Answer)> {
    if wanted.is_empty() {
        return Vec::new();
    }
    let streets = &desk.city.model.streets;
    let mut longest: BTreeMap<&str, (usize, [f64; 2])> = BTreeMap::new();
    for (index, street) in streets.records.iter().enumerate() {
        let Some(name) = streets.strings.get(street.name).filter(|n| n.to_lowercase().contains(wanted))
        else {
            continue;
        };
        let line = streets.line_mm(index);
        let Some(middle) = line.get(line.len() / 2) else { continue };
        let place = middle.map(|mm| f64::from(mm) * 1e-3);
        let known = longest.entry(name).or_insert((0, place));
        if line.len() > known.0 {
            *known = (line.len(), place);
        }
    }
    let answer = |(name, (_, place)): (&str, (usize, [f64; 2]))| (name.to_owned(), Answer::Place(place));
    longest.into_iter().map(answer).take(4).collect()
}

fn shelters(desk: &Desk<'_>, wanted: &str) -> Vec<(String, Answer)> {
    if wanted.is_empty() {
        return Vec::new();
    }
    let fits = |s: &&Shelter| [&s.name, &s.kind].into_iter().any(|text| text.to_lowercase().contains(wanted));
    let answer = |s: &Shelter| (format!("{}  {}", s.name, s.kind), Answer::Place(s.at_m));
    desk.city.model.shelters.iter().filter(fits).take(4).map(answer).collect()
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
