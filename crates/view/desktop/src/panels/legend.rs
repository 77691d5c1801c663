//! Which field is shown, its colours with their unit, and the value under the pointer.

use bevy_egui::egui;
use futago_field::Field;
use futago_scene::city::{colour_of, scale_of};
use futago_scene::field_layer::ShownValues;
use futago_scene::state::{ColourBy, Command};

use super::{Desk, over_time};
use crate::theme;

/// Draws it.
pub fn draw(ui: &mut egui::Ui, desk: &mut Desk<'_>) {
    let Some(set) = desk.results.set.clone() else { return };
    ui.add_space(2.0);
    let mut shown = desk.state.shown.clone();
    let current = set.fields.iter().find(|f| Some(&f.key) == shown.as_ref());
    let title = current.map_or_else(|| desk.text("view-field-none"), |field| desk.words.field_name(field));
    egui::ComboBox::from_id_salt("field")
        .width(ui.available_width() - 8.0)
        .truncate()
        .selected_text(title)
        .show_ui(ui, |ui| {
            ui.selectable_value(&mut shown, None, desk.text("view-field-none"));
            // Of fields that differ only in time the clock chooses one.
            let first_of_series =
                |f: &&Field| set.series_of(f).first().is_some_and(|first| first.key == f.key);
            for field in set.fields.iter().filter(first_of_series) {
                ui.selectable_value(&mut shown, Some(field.key.clone()), desk.words.field_name(field));
            }
        });
    if shown != desk.state.shown {
        desk.commands.write(Command::ShowField(shown));
    }
    if let Some(field) = desk.shown.field.clone() {
        theme::note(ui, desk.words.or_same(&field.field.time_label));
        colours(ui, desk, &field);
        value_here(ui, desk, &field);
        over_time::draw(ui, desk);
    }
}

/// The colours of a field with its unit.
pub fn colours(ui: &mut egui::Ui, desk: &Desk<'_>, shown: &ShownValues) {
    if let Some(known) = desk.words.values(&shown.field.quantity) {
        swatches(ui, known.into_iter().map(|(value, word)| (shown.colour(value), word)));
        return;
    }
    let unit = desk.words.unit(&shown.field.quantity.unit);
    bar(ui, shown.range, &unit, |value| shown.colour(value));
    if shown.clipped {
        let both = shown.range.0 < 0.0;
        theme::note(ui, desk.text(if both { "view-legend-more-both" } else { "view-legend-more" }));
    }
}

/// The legend of what colours buildings.
pub fn of_buildings(ui: &mut egui::Ui, desk: &Desk<'_>, by: ColourBy) {
    let (range, unit) = scale_of(by);
    let unit = desk.words.unit(unit);
    let palette = futago_field::Palette::of(futago_field::Scale::Sequential);
    bar(ui, range, &unit, |value| {
        let [r, g, b, _] = palette.colour((value - range.0) / (range.1 - range.0)).bytes();
        [r, g, b]
    });
    let selected = desk.state.selected.as_deref().and_then(|id| desk.city.find(id));
    if let Some([r, g, b]) = selected.and_then(|index| colour_of(by, &desk.city.model, index)) {
        ui.colored_label(egui::Color32::from_rgb(r, g, b), "■");
    }
}

fn swatches(ui: &mut egui::Ui, known: impl Iterator<Item = ([u8; 3], String)>) {
    for ([r, g, b], word) in known {
        ui.horizontal(|ui| {
            let (rect, _) = ui.allocate_exact_size(egui::vec2(18.0, 12.0), egui::Sense::hover());
            let edge = egui::Stroke::new(1.0, ui.visuals().weak_text_color());
            ui.painter().rect(rect, 2.0, egui::Color32::from_rgb(r, g, b), edge, egui::StrokeKind::Inside);
            ui.small(word);
        });
    }
}

fn bar(ui: &mut egui::Ui, (low, high): (f32, f32), unit: &str, colour: impl Fn(f32) -> [u8; 3]) {
    let (rect, _) = ui.allocate_exact_size(egui::vec2(ui.available_width(), 14.0), egui::Sense::hover());
    let pieces = 64;
    let share = |k: i32| rect.left() + rect.width() * k as f32 / pieces as f32;
    for i in 0..pieces {
        let [r, g, b] = colour(low + (high - low) * (i as f32 + 0.5) / pieces as f32);
        let piece = egui::Rect::from_x_y_ranges(share(i)..=share(i + 1) + 0.5, rect.y_range());
        ui.painter().rect_filled(piece, 0.0, egui::Color32::from_rgb(r, g, b));
    }
    ui.columns(3, |columns| {
        let digits = digits(high - low);
        let places =
            [(low, egui::Align::Min), ((low + high) * 0.5, egui::Align::Center), (high, egui::Align::Max)];
        for (column, (value, align)) in columns.iter_mut().zip(places) {
            let text = format!("{value:.digits$} {unit}");
            column.with_layout(egui::Layout::top_down(align), |ui| ui.small(text));
        }
    });
}

/// Decimals that tell the values of a scale apart.
pub fn digits(span: f32) -> usize {
    match span {
        wide if wide >= 5.0 => 0,
        usual if usual >= 1.0 => 1,
        _ => 2,
    }
}

fn value_here(ui: &mut egui::Ui, desk: &Desk<'_>, shown: &ShownValues) {
    let unit = desk.words.unit(&shown.field.quantity.unit);
    match desk.under.hit.and_then(|hit| shown.value_at(hit.at_m, desk.under.id.as_deref())) {
        Some(value) => {
            let known = desk.words.values(&shown.field.quantity).unwrap_or_default();
            let word = known.into_iter().find(|(known, _)| *known == value).map(|(_, word)| word);
            let digits = digits(shown.range.1 - shown.range.0).max(1);
            let said = word.unwrap_or_else(|| format!("{value:.digits$} {unit}"));
            ui.label(desk.words.format("view-here", &[("value", said.into())]));
        }
        None => theme::note(ui, desk.text("view-point")),
    }
}
