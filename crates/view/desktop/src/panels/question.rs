//! What is asked: one of the simulations with its form, progress, and what came out.

use bevy_egui::egui;
use futago_scene::study::Simulation;

use super::{Desk, crowds, legend, offices, sunlight};
use crate::settings::Pane;
use crate::theme;

/// A simulation in the panel; each is a module beside this one.
pub struct Asker {
    /// Key of its name.
    pub name: &'static str,
    /// Draws its form, and says whether it can be asked now.
    pub draw: fn(&mut egui::Ui, &mut Desk<'_>) -> bool,
    /// Asks.
    pub start: fn(&mut Desk<'_>),
}

const ASKERS: [(Simulation, Asker); 3] = [
    (Simulation::Sunlight, sunlight::ASKER),
    (Simulation::Crowd, crowds::ASKER),
    (Simulation::Office, offices::ASKER),
];

/// Draws it.
pub fn draw(ui: &mut egui::Ui, desk: &mut Desk<'_>) {
    let mut asked = *desk.asked;
    ui.horizontal(|ui| {
        for (simulation, asker) in &ASKERS {
            ui.selectable_value(&mut asked, *simulation, theme::heading(desk.text(asker.name)));
        }
    });
    if asked != *desk.asked {
        *desk.asked = asked;
    }
    let Some((_, asker)) = ASKERS.iter().find(|(simulation, _)| *simulation == asked) else { return };
    let can_be_asked = (asker.draw)(ui, desk);
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
            if ui.add_enabled_ui(can_be_asked, |ui| ui.add_sized(size, button)).inner.clicked() {
                (asker.start)(desk);
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
