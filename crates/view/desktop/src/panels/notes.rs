//! Notes: what somebody wrote at places of the city.

use bevy_egui::egui;
use futago_scene::state::{Command, LONGEST_NOTE, Note, Pose};

use super::Desk;
use crate::settings::{Pane, Tool};
use crate::theme;

/// Draws the pane.
pub fn draw(ctx: &egui::Context, desk: &mut Desk<'_>) {
    super::pane(ctx, desk, Pane::Notes, "view-notes", [320.0, 300.0], |ui, desk| {
        let notes = desk.state.notes.clone();
        if notes.is_empty() {
            theme::note(ui, desk.text("view-note-none"));
        }
        egui::ScrollArea::vertical().max_height(360.0).show(ui, |ui| {
            for note in &notes {
                one(ui, desk, note);
            }
        });
        if ui.button(desk.text("view-note-new")).clicked() {
            desk.settings.tool = Tool::Note;
        }
    });
}

fn one(ui: &mut egui::Ui, desk: &mut Desk<'_>, note: &Note) {
    ui.horizontal(|ui| {
        ui.label(theme::heading(note.number.to_string()));
        if ui.small_button(desk.text("view-note-go")).clicked() {
            let pose = Pose { target_m: note.at_m, distance_m: 350.0, pitch_deg: 35.0, ..desk.state.camera };
            desk.commands.write(Command::Look(pose));
        }
        if ui.small_button(desk.text("view-forget")).clicked() {
            desk.commands.write(Command::Unnote(note.number));
        }
    });
    let mut text = note.text.clone();
    let edit = egui::TextEdit::multiline(&mut text)
        .id_salt(("note", note.number))
        .char_limit(LONGEST_NOTE)
        .hint_text(desk.text("view-note-text"))
        .desired_rows(2)
        .desired_width(f32::INFINITY);
    if ui.add(edit).changed() {
        desk.commands.write(Command::Note(Note { text, ..note.clone() }));
    }
    ui.add_space(6.0);
}
