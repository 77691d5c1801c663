//! The bar above: undo, tools, panes, files.

use bevy_egui::egui;
use futago_scene::quality::Choice;
use futago_scene::state::Command;

use super::Desk;
use crate::files::Want;
use crate::footprint;
use crate::settings::{Draft, Pane, Tool};

/// Draws it.
pub fn draw(ui: &mut egui::Ui, desk: &mut Desk<'_>) {
    // Beside the questions, in as many lines as it takes.
    ui.set_max_width(ui.ctx().viewport_rect().width() - 352.0);
    ui.horizontal_wrapped(|ui| {
        for (key, command) in [("view-undo", Command::Undo), ("view-redo", Command::Redo)] {
            if ui.button(desk.text(key)).clicked() {
                desk.commands.write(command);
            }
        }
        ui.separator();
        tool(ui, desk, "view-measure", Tool::Measure, |tool| *tool == Tool::Measure);
        tool(ui, desk, "view-note", Tool::Note, |tool| *tool == Tool::Note);
        tool(ui, desk, "view-draw", Tool::Draw(Draft::default()), |tool| matches!(tool, Tool::Draw(_)));
        let mut walking = desk.state.camera.is_walking() || desk.settings.tool == Tool::Walk;
        if ui.toggle_value(&mut walking, desk.text("view-walk")).clicked() {
            crate::keys::walk(&mut desk.settings, &desk.state, &mut desk.commands);
        }
        let mut underground = desk.state.underground;
        if ui.toggle_value(&mut underground, desk.text("view-underground")).clicked() {
            desk.commands.write(Command::Underground(underground));
        }
        ui.separator();
        for (key, pane) in [
            ("view-search", Pane::Search),
            ("view-table", Pane::Table),
            ("view-notes", Pane::Notes),
            ("view-view", Pane::View),
            ("view-help", Pane::Help),
        ] {
            let name = desk.text(key);
            ui.toggle_value(desk.settings.open.pane(pane), name);
        }
        files(ui, desk);
    });
    hint(ui, desk);
    if !desk.quality.is_full() && desk.quality.choice == Choice::Automatic {
        crate::theme::note(ui, desk.text("view-quality-stepped"));
    }
}

fn tool(ui: &mut egui::Ui, desk: &mut Desk<'_>, key: &str, tool: Tool, is: impl Fn(&Tool) -> bool) {
    let mut on = is(&desk.settings.tool);
    if ui.toggle_value(&mut on, desk.text(key)).clicked() {
        desk.settings.tool = if on { tool } else { Tool::Pick };
    }
}

fn files(ui: &mut egui::Ui, desk: &mut Desk<'_>) {
    let title = desk.text("view-file");
    ui.menu_button(title, |ui| {
        if ui.button(desk.text("view-picture-pane")).clicked() {
            desk.settings.open.picture = true;
            ui.close();
        }
        let wants = [
            ("view-save-view", Want::SaveView),
            ("view-open-view", Want::OpenView),
            ("view-save-scenario", Want::Scenario),
            ("view-save-table", Want::Table),
            ("view-save-results", Want::Results),
        ];
        for (key, want) in wants {
            let possible = want != Want::Results || desk.results.set.is_some();
            if ui.add_enabled(possible, egui::Button::new(desk.text(key))).clicked() {
                desk.files.ask(want);
                ui.close();
            }
        }
        if ui.button(desk.text("view-copy-link")).clicked() {
            ui.ctx().copy_text(futago_scene::link::link_of(&desk.state));
            desk.settings.notice = Some((desk.text("view-link-copied"), false));
            ui.close();
        }
        if let Some(last) = desk.rescue.last.clone()
            && ui.button(desk.text("view-open-last")).clicked()
        {
            desk.commands.write(Command::Open(last));
            ui.close();
        }
    });
}

/// What the tool in hand expects.
fn hint(ui: &mut egui::Ui, desk: &mut Desk<'_>) {
    match desk.settings.tool.clone() {
        Tool::Pick if desk.state.camera.is_walking() => {
            crate::theme::note(ui, desk.text("view-walking-hint"))
        }
        Tool::Pick => {}
        Tool::Note => crate::theme::note(ui, desk.text("view-note-hint")),
        Tool::Walk => crate::theme::note(ui, desk.text("view-walk-hint")),
        Tool::Measure => crate::theme::note(ui, desk.text("view-measure-hint")),
        Tool::Draw(draft) => {
            crate::theme::note(ui, desk.text("view-draw-hint"));
            ui.horizontal(|ui| {
                let mut height_m = draft.height_m;
                ui.label(desk.text("view-fact-height"));
                ui.add(egui::DragValue::new(&mut height_m).range(3.0..=600.0).suffix(" m").speed(1.0));
                if height_m != draft.height_m {
                    desk.settings.tool = Tool::Draw(Draft { height_m, ..draft.clone() });
                }
                let ready = draft.corners_m.len() >= 3;
                if ui.add_enabled(ready, egui::Button::new(desk.text("view-draw-done"))).clicked() {
                    if let Some(add) = footprint::new_building(&desk.city.model, &desk.state, &draft) {
                        desk.commands.write(Command::Select(Some(add.id.clone())));
                        desk.commands.write(Command::Add(add));
                    }
                    desk.settings.tool = Tool::Pick;
                }
            });
        }
    }
}
