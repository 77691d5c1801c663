//! What the colours below the ground mean.

use bevy_egui::egui;
use futago_model::WalkKind;
use futago_scene::below::{self, Row, What};
use futago_scene::mesh::underground::{ROAD_M, SUBWAY_M};
use futago_texts::Arg;

use super::Desk;

/// Draws it: a square of each colour, and its meaning.
pub fn draw(ui: &mut egui::Ui, desk: &Desk<'_>) {
    ui.scope(|ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        ui.spacing_mut().interact_size.y = 15.0;
        for Row { what, colour } in below::legend(&desk.city.model) {
            let [r, g, b] = colour;
            ui.horizontal(|ui| {
                let (square, _) = ui.allocate_exact_size(egui::vec2(11.0, 11.0), egui::Sense::hover());
                let rim = egui::Stroke::new(1.0, ui.visuals().weak_text_color());
                let fill = egui::Color32::from_rgb(r, g, b);
                ui.painter().rect(square, 2.0, fill, rim, egui::StrokeKind::Inside);
                ui.add(egui::Label::new(egui::RichText::new(in_words(desk, what)).small()).wrap());
            });
        }
    });
    ui.add_space(6.0);
}

fn in_words(desk: &Desk<'_>, what: What) -> String {
    let height = |metres: f32| -> Arg<'static> { f64::from(metres).into() };
    match what {
        What::Floor { level, height_m, is_assumed } => {
            let key = if is_assumed { "view-below-floor-assumed" } else { "view-below-floor" };
            let args = [("level", desk.words.level(level).into()), ("height", height(height_m))];
            desk.words.format(key, &args)
        }
        What::Fixtures => desk.text("view-below-fixtures"),
        What::Way(WalkKind::Stairs) => desk.text("view-below-stairs"),
        What::Way(WalkKind::Escalator) => desk.text("view-below-escalator"),
        What::Way(WalkKind::Lift) => desk.text("view-below-lift"),
        What::Way(_) => desk.text("view-below-corridor"),
        What::Subway => desk.words.format("view-below-subway", &[("height", height(SUBWAY_M))]),
        What::Tunnel => desk.words.format("view-below-tunnel", &[("height", height(ROAD_M))]),
    }
}
