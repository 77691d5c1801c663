//! How the city is looked at: presets and bookmarks, section box, before and after, size and quality.

use bevy_egui::egui;
use futago_scene::quality::Choice;
use futago_scene::state::{Bookmark, Command, SectionBox};

use super::Desk;
use crate::keys::PRESETS;
use crate::settings::Pane;
use crate::theme;

/// Draws the pane.
pub fn draw(ctx: &egui::Context, desk: &mut Desk<'_>) {
    super::pane(ctx, desk, Pane::View, "view-view", [330.0, 420.0], |ui, desk| {
        presets(ui, desk);
        bookmarks(ui, desk);
        ui.separator();
        swipe(ui, desk);
        section(ui, desk);
        ui.separator();
        window(ui, desk);
    });
}

fn presets(ui: &mut egui::Ui, desk: &mut Desk<'_>) {
    ui.horizontal_wrapped(|ui| {
        for (key, pose) in PRESETS {
            if ui.button(desk.text(key)).clicked() {
                desk.commands.write(Command::Look(pose));
            }
        }
    });
}

fn bookmarks(ui: &mut egui::Ui, desk: &mut Desk<'_>) {
    let kept = desk.state.bookmarks.clone();
    for bookmark in &kept {
        ui.horizontal(|ui| {
            if ui.button(&bookmark.name).clicked() {
                desk.commands.write(Command::Look(bookmark.pose));
            }
            if ui.small_button(desk.text("view-forget")).clicked() {
                desk.commands.write(Command::Forget(bookmark.name.clone()));
            }
        });
    }
    if ui.button(desk.text("view-keep")).clicked() {
        let number = (1..).find(|n| !kept.iter().any(|b| b.name.ends_with(&format!(" {n}")))).unwrap_or(1);
        let name = format!("{} {number}", desk.text("view-bookmark"));
        desk.commands.write(Command::Keep(Bookmark { name, pose: desk.state.camera }));
    }
}

fn swipe(ui: &mut egui::Ui, desk: &mut Desk<'_>) {
    let mut on = desk.state.swipe.is_some();
    if ui.checkbox(&mut on, desk.text("view-swipe")).changed() {
        desk.commands.write(Command::Swipe(on.then_some(0.5)));
    }
    if let Some(mut share) = desk.state.swipe {
        let slider = egui::Slider::new(&mut share, 0.0..=1.0).show_value(false);
        if ui.add(slider).changed() {
            desk.commands.write(Command::Swipe(Some(share)));
        }
        if desk.edited.is_empty() && desk.shown.before.is_none() {
            theme::note(ui, desk.text("view-swipe-empty"));
        }
    }
}

/// The box begins round the place that is looked at.
fn section(ui: &mut egui::Ui, desk: &mut Desk<'_>) {
    let mut on = desk.state.section.is_some();
    if ui.checkbox(&mut on, desk.text("view-section")).changed() {
        let [east, north, _] = desk.state.camera.target_m;
        let low_m = [east - 400.0, north - 400.0, -60.0];
        let new = SectionBox { low_m, high_m: [east + 400.0, north + 400.0, 300.0] };
        desk.commands.write(Command::Section(on.then_some(new)));
    }
    let Some(mut section) = desk.state.section else { return };
    let before = section;
    for (axis, key) in ["view-east", "view-north", "view-up"].into_iter().enumerate() {
        ui.horizontal(|ui| {
            ui.label(desk.text(key));
            let (low, high) = (section.low_m[axis], section.high_m[axis]);
            let drag = |value| egui::DragValue::new(value).suffix(" m").speed(4.0).fixed_decimals(0);
            ui.add(drag(&mut section.low_m[axis]).range(-3000.0..=high));
            ui.label("–");
            ui.add(drag(&mut section.high_m[axis]).range(low..=3000.0));
        });
    }
    if section != before {
        desk.commands.write(Command::Section(Some(section)));
    }
}

fn window(ui: &mut egui::Ui, desk: &mut Desk<'_>) {
    let mut percent = desk.settings.scale * 100.0;
    let slider = egui::Slider::new(&mut percent, 75.0..=200.0).suffix(" %").step_by(25.0).fixed_decimals(0);
    let response = ui.add(slider.text(desk.text("view-scale")));
    // Not while it is dragged: the slider would run away from the pointer.
    if response.drag_stopped() || (response.changed() && !response.dragged()) {
        desk.settings.scale = percent / 100.0;
    }
    ui.horizontal(|ui| {
        ui.label(desk.text("view-quality"));
        let mut choice = desk.quality.choice;
        let all = [
            (Choice::Automatic, "view-quality-automatic"),
            (Choice::Full, "view-quality-full"),
            (Choice::Light, "view-quality-light"),
        ];
        for (other, key) in all {
            ui.selectable_value(&mut choice, other, desk.text(key));
        }
        if choice != desk.quality.choice {
            desk.quality.choice = choice;
        }
    });
}
