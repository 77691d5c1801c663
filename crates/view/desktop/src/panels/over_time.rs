//! What a result says of one place over time: a small chart.

use bevy_egui::egui;
use egui_plot::{Line, Plot, PlotPoints, Points, VLine};
use futago_field::Field;
use futago_scene::clock::jst;
use futago_scene::field_layer::element_at;
use jiff::Timestamp;

use super::Desk;
use crate::theme;

/// Draws the chart of the clicked place, where the shown field is one of several in time.
pub fn draw(ui: &mut egui::Ui, desk: &mut Desk<'_>) {
    let (Some(set), Some(shown)) = (desk.results.set.clone(), desk.shown.field.clone()) else { return };
    let series = set.series_of(&shown.field);
    if series.len() < 2 {
        return;
    }
    let Some(at_m) = desk.under.clicked_m else {
        theme::note(ui, desk.text("view-over-time-hint"));
        return;
    };
    let unit = desk.words.unit(&shown.field.quantity.unit);
    let element = element_at(&shown.field.support, at_m, desk.under.clicked_id.as_deref());
    let values = element.map(|element| values(&series, element)).unwrap_or_default();
    if values.is_empty() {
        theme::note(ui, desk.text("view-over-time-none"));
        return;
    }
    let quantity = desk.words.text(&format!("quantity-{}", shown.field.quantity.key));
    let axis = if unit.is_empty() { quantity } else { format!("{quantity} [{unit}]") };
    let changed = desk.shown.before.as_ref().zip(element).map(|(before, element)| {
        let field = set.fields.iter().find(|field| field.key == before.field.key);
        field.map(|field| self::values(&set.series_of(field), element)).unwrap_or_default()
    });
    ui.label(desk.text("view-over-time"));
    chart(ui, desk, "over-time", &axis, shown.range, changed, values);
}

/// A line over the hours of the day, with the one before a change behind it in grey and the clock's time.
pub fn chart(
    ui: &mut egui::Ui,
    desk: &Desk<'_>,
    id: &str,
    axis: &str,
    (low, high): (f32, f32),
    before: Option<Vec<[f64; 2]>>,
    values: Vec<[f64; 2]>,
) {
    Plot::new(id)
        .height(110.0)
        .allow_drag(false)
        .allow_zoom(false)
        .allow_scroll(false)
        .include_y(f64::from(low))
        .include_y(f64::from(high))
        .x_axis_label(desk.text("view-axis-hour"))
        .y_axis_label(axis)
        .show(ui, |plot| {
            if let Some(before) = before {
                let grey = egui::Color32::GRAY;
                plot.line(Line::new(desk.text("variant-as-is"), PlotPoints::from(before)).color(grey));
            }
            plot.line(Line::new("", PlotPoints::from(values.clone())).color(theme::ACCENT));
            plot.points(Points::new("", PlotPoints::from(values)).radius(2.5).color(theme::ACCENT));
            plot.vline(
                VLine::new("", hour(desk.state.clock.at)).color(egui::Color32::from_rgb(240, 180, 60)),
            );
        });
}

/// Hour of the day and value of one place, where there is one. Of a period its middle counts.
pub fn values(series: &[&Field], element: usize) -> Vec<[f64; 2]> {
    let first = series.first().and_then(|field| field.time);
    let one = |field: &&Field| {
        let (time, first) = (field.time?, first?);
        let value = field.values.get(element).copied().filter(|value| !value.is_nan())?;
        let middle = time.from.as_second().midpoint(time.until.as_second());
        // Hours go on after midnight, so that a night is one line.
        let since = (middle - first.from.as_second()) as f64 / 3600.0;
        Some([hour(first.from) + since, f64::from(value)])
    };
    series.iter().filter_map(one).collect()
}

/// Hour of the day in Japan.
fn hour(at: Timestamp) -> f64 {
    let time = at.to_zoned(jst()).time();
    f64::from(time.hour()) + f64::from(time.minute()) / 60.0
}

#[cfg(test)]
mod tests {
    use futago_field::{Grid, Quantity, Scale, Span, Support, Variant};

    use super::*;

    fn field(minutes: i64, value: f32) -> Field {
        let grid = Grid { first_m: [0.0, 0.0], spacing_m: 1.0, columns: 1, rows: 1, height_m: 0.0 };
        // Nine in the morning in Japan is midnight in UTC.
        let at = Timestamp::from_second(minutes * 60).expect("a time");
        Field {
            key: format!("shadow-{minutes}"),
            quantity: Quantity { key: "shadow".to_owned(), unit: "1".to_owned(), scale: Scale::Binary },
            variant: Variant::AsIs,
            support: Support::Grid(grid),
            values: vec![value],
            time_label: String::new(),
            time: Some(Span::at(at)),
        }
    }

    #[test]
    fn hours_are_those_of_japan_and_go_on_after_midnight() {
        let fields = [field(0, 1.0), field(30, 0.0), field(16 * 60, 1.0)];
        let series: Vec<&Field> = fields.iter().collect();
        assert_eq!(values(&series, 0), [[9.0, 1.0], [9.5, 0.0], [25.0, 1.0]]);
        assert_eq!(values(&series, 9), Vec::<[f64; 2]>::new());
    }
}
