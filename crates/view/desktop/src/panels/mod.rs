//! The panels: questions and layers on the left, what is marked on the right, tools above, the clock below, and
//! panes over the picture. Everything hides with one key.

mod caption;
mod clock;
mod crowds;
mod findings;
mod help;
mod inside;
mod inspector;
mod layers;
mod legend;
mod notes;
mod offices;
mod over_time;
mod picture;
mod published;
mod question;
mod search;
mod spot;
mod sunlight;
mod table;
mod tools;
mod underground;
mod view;

use std::ops::RangeInclusive;

use bevy::ecs::system::SystemParam;
use bevy::prelude::*;
use bevy_egui::{EguiContexts, egui};
use egui::{Align2, vec2};
use futago_model::{Building, Buildings};
use futago_scene::city::TheCity;
use futago_scene::edits::Edited;
use futago_scene::field_layer::ShownField;
use futago_scene::people::People;
use futago_scene::quality::Quality;
use futago_scene::sky::SunNow;
use futago_scene::state::{Command, Pose, ViewState};
use futago_scene::study::{Results, Simulation, Study};
use futago_scene::sunlight::Form;
use futago_scene::{crowd, office};

use crate::files::Files;
use crate::film::Film;
use crate::picking::Under;
use crate::rescue::Rescue;
use crate::settings::{Pane, Settings};
use crate::shot::Pictures;
use crate::theme;
use crate::words::Words;

pub use inside::FloorRows;
pub use published::{Published, ReadObjects};
pub use search::Search;
pub use spot::SunnySpot;
pub use table::TableRows;

/// What panels read and send.
#[derive(SystemParam)]
pub struct Desk<'w> {
    city: Res<'w, TheCity>,
    edited: Res<'w, Edited>,
    state: Res<'w, ViewState>,
    sun: Option<Res<'w, SunNow>>,
    shown: Res<'w, ShownField>,
    results: Res<'w, Results>,
    under: Res<'w, Under>,
    quality: ResMut<'w, Quality>,
    study: ResMut<'w, Study>,
    asked: ResMut<'w, Simulation>,
    form: ResMut<'w, Form>,
    crowd: ResMut<'w, crowd::Form>,
    ways: Res<'w, crowd::Ways>,
    flows: Res<'w, crowd::CountedFlows>,
    office: ResMut<'w, office::Form>,
    measured: Res<'w, office::Measured>,
    people: Res<'w, People>,
    settings: ResMut<'w, Settings>,
    files: ResMut<'w, Files>,
    film: ResMut<'w, Film>,
    pictures: ResMut<'w, Pictures>,
    rescue: Res<'w, Rescue>,
    words: ResMut<'w, Words>,
    commands: MessageWriter<'w, Command>,
}

/// What single panes keep for themselves.
#[derive(SystemParam)]
pub struct Kept<'w> {
    search: ResMut<'w, Search>,
    rows: ResMut<'w, TableRows>,
    spot: ResMut<'w, SunnySpot>,
    published: ResMut<'w, Published>,
    floors: ResMut<'w, FloorRows>,
}

impl Desk<'_> {
    fn text(&self, key: &str) -> String {
        self.words.text(key)
    }

    /// The building of an id: as it is changed, else as it is.
    fn building(&self, id: &str) -> Option<(&Buildings, &Building)> {
        let (changed, real) = (&self.edited.city.buildings, &self.city.model.buildings);
        let found = changed.find(id).map(|index| (changed, index));
        let (buildings, index) = found.or_else(|| self.city.find(id).map(|index| (real, index)))?;
        Some((buildings, &buildings.records[index]))
    }

    /// Its name in the window's language, if it has one.
    fn name_of(&self, buildings: &Buildings, building: &Building) -> Option<String> {
        let [ja, en] = buildings.name_of(building)?;
        let name = if self.words.lang() == futago_texts::Lang::En { en } else { ja };
        Some(name.to_owned())
    }

    /// Marks a building and looks at it.
    fn go_to_building(&mut self, id: &str) {
        let Some((buildings, building)) = self.building(id) else { return };
        let footprint = buildings.polygons.get(building.footprint);
        let ([west, south, east, north], [x, y]) = (footprint.bounds_m(), footprint.middle_m());
        let top = f64::from(buildings.top_of(building));
        let distance_m = (3.2 * top).max(2.5 * (east - west).max(north - south)).max(220.0);
        let target_m = [x, y, top * 0.45];
        let pose = Pose { target_m, distance_m, pitch_deg: 28.0, ..self.state.camera };
        self.commands.write(Command::Select(Some(id.to_owned())));
        self.commands.write(Command::Look(pose));
    }
}

/// Draws all of them.
pub fn draw(mut contexts: EguiContexts, mut desk: Desk<'_>, mut kept: Kept<'_>) -> Result {
    let ctx = contexts.ctx_mut()?.clone();
    if desk.settings.picture {
        caption::draw(&ctx, &mut desk);
        return Ok(());
    }
    notice(&ctx, &mut desk);
    search::draw(&ctx, &mut desk, &mut kept.search);
    if !desk.settings.panels {
        caption::draw(&ctx, &mut desk);
        return Ok(());
    }
    let space = ctx.viewport_rect().height() - 240.0;
    card(
        &ctx,
        "left",
        Align2::LEFT_TOP,
        vec2(12.0, 12.0),
        |ui, desk| {
            ui.set_width(258.0);
            title(ui, desk);
            ui.separator();
            egui::ScrollArea::vertical()
                .max_height(space)
                .min_scrolled_height(space)
                .auto_shrink([false, true])
                .show(ui, |ui| {
                    question::draw(ui, desk);
                    ui.separator();
                    layers::draw(ui, desk);
                });
        },
        &mut desk,
    );
    card(&ctx, "tools", Align2::LEFT_TOP, vec2(312.0, 12.0), tools::draw, &mut desk);
    if desk.state.selected.is_some() {
        card(
            &ctx,
            "right",
            Align2::RIGHT_TOP,
            vec2(-12.0, 92.0),
            |ui, desk| {
                ui.set_width(262.0);
                egui::ScrollArea::vertical()
                    .max_height(space)
                    .min_scrolled_height(space)
                    .auto_shrink([false, true])
                    .show(ui, |ui| {
                        inspector::draw(ui, desk, &mut kept);
                    });
            },
            &mut desk,
        );
    }
    card(&ctx, "below", Align2::CENTER_BOTTOM, vec2(0.0, -36.0), clock::draw, &mut desk);
    table::draw(&ctx, &mut desk, &mut kept.rows);
    findings::draw(&ctx, &mut desk);
    view::draw(&ctx, &mut desk);
    notes::draw(&ctx, &mut desk);
    picture::draw(&ctx, &mut desk);
    help::draw(&ctx, &mut desk);
    Ok(())
}

fn card(
    ctx: &egui::Context,
    id: &str,
    side: Align2,
    offset: egui::Vec2,
    add: impl FnOnce(&mut egui::Ui, &mut Desk<'_>),
    desk: &mut Desk<'_>,
) {
    let frame = theme::card(desk.settings.dark);
    egui::Area::new(egui::Id::new(id)).anchor(side, offset).constrain(true).show(ctx, |ui| {
        frame.show(ui, |ui| add(ui, desk));
    });
}

/// A window over the picture that can be closed and moved.
fn pane(
    ctx: &egui::Context,
    desk: &mut Desk<'_>,
    pane: Pane,
    title_key: &str,
    size: [f32; 2],
    add: impl FnOnce(&mut egui::Ui, &mut Desk<'_>),
) {
    let mut open = *desk.settings.open.pane(pane);
    if !open {
        return;
    }
    let title = theme::heading(desk.text(title_key));
    egui::Window::new(title)
        .id(egui::Id::new(title_key))
        .open(&mut open)
        .frame(theme::card(desk.settings.dark))
        .default_size(size)
        // Beside the questions, below the tools; the middle of the picture stays free.
        .default_pos(ctx.viewport_rect().left_top() + vec2(314.0, 96.0))
        .show(ctx, |ui| add(ui, desk));
    *desk.settings.open.pane(pane) = open;
}

fn title(ui: &mut egui::Ui, desk: &mut Desk<'_>) {
    ui.horizontal(|ui| {
        ui.label(theme::heading(desk.text("view-title")).size(18.0));
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            // Named in the language it leads to.
            if ui.button(desk.text("view-other-language")).clicked() {
                desk.words.switch();
            }
            let key = if desk.settings.dark { "view-light" } else { "view-dark" };
            if ui.button(desk.text(key)).clicked() {
                desk.settings.dark = !desk.settings.dark;
            }
        });
    });
    let about = &desk.city.model.about;
    let name = match desk.words.lang() {
        futago_texts::Lang::Ja | futago_texts::Lang::JaEasy => &about.name_ja,
        futago_texts::Lang::En => &about.name_en,
    };
    theme::note(ui, name.as_str());
}

/// A short message at the top, until it is closed.
fn notice(ctx: &egui::Context, desk: &mut Desk<'_>) {
    let Some((text, bad)) = desk.settings.notice.clone() else { return };
    let fill = if bad { theme::BAD } else { theme::ACCENT };
    let frame = theme::card(desk.settings.dark).fill(fill);
    egui::Area::new(egui::Id::new("notice")).anchor(Align2::CENTER_TOP, vec2(0.0, 66.0)).show(ctx, |ui| {
        frame.show(ui, |ui| {
            ui.horizontal(|ui| {
                ui.label(egui::RichText::new(text).color(egui::Color32::WHITE));
                if ui.button(desk.text("view-close")).clicked() {
                    desk.settings.notice = None;
                }
            });
        });
    });
}

/// Two hours of a day within a range, the first before the last.
fn hours(ui: &mut egui::Ui, hours: &mut [i8; 2], range: RangeInclusive<i8>) {
    let [first, last] = hours;
    let hour = |ui: &mut egui::Ui, hour: &mut i8, range| {
        ui.add(egui::DragValue::new(hour).range(range).suffix(":00").speed(0.05));
    };
    hour(ui, first, *range.start()..=*last - 1);
    ui.label("–");
    hour(ui, last, *first + 1..=*range.end());
}
