//! The clock: day, time, play.

use bevy_egui::egui;
use futago_field::Span;
use futago_scene::clock::{Clock, DAY_MIN};
use futago_scene::state::Command;
use jiff::civil::{Date, date};

use super::Desk;
use crate::theme;

/// Days of the year that shadows are judged by.
const DAYS: [(&str, i8, i8); 3] =
    [("view-day-winter", 12, 22), ("view-day-equinox", 3, 21), ("view-day-summer", 6, 21)];

/// Draws it.
pub fn draw(ui: &mut egui::Ui, desk: &mut Desk<'_>) {
    let clock = desk.state.clock;
    let local = clock.local();
    ui.horizontal(|ui| {
        let key = if clock.playing { "view-pause" } else { "view-play" };
        if ui.add(egui::Button::new(desk.words.text(key)).min_size(egui::vec2(72.0, 28.0))).clicked() {
            desk.commands.write(Command::Play(!clock.playing));
        }
        let time = format!("{:02}:{:02}", local.hour(), local.minute());
        ui.label(theme::heading(time).size(20.0));
        ui.label(egui::RichText::new("JST").color(theme::soft(ui)).small());
        slider(ui, desk, clock);
        steps(ui, desk);
        day(ui, desk, clock);
        speed(ui, desk, clock);
        ui.separator();
        if ui.small_button(desk.words.text("view-now")).clicked() {
            desk.commands.write(Command::GoTo(jiff::Timestamp::now()));
        }
        let short = ["view-day-winter-short", "view-day-equinox-short", "view-day-summer-short"];
        for ((key, month, day), short) in DAYS.into_iter().zip(short) {
            let button = ui.small_button(desk.words.text(short)).on_hover_text(desk.words.text(key));
            if button.clicked() {
                go_to_day(desk, clock, date(local.year(), month, day));
            }
        }
    });
    if let Some(sun) = &desk.sun {
        let altitude = sun.sun.altitude_rad.to_degrees();
        let key = if altitude > 0.0 { "view-sun" } else { "view-sun-down" };
        let args = [
            ("altitude", format!("{altitude:.1}").into()),
            ("azimuth", format!("{:.1}", sun.sun.azimuth_rad.to_degrees().rem_euclid(360.0)).into()),
        ];
        ui.label(egui::RichText::new(desk.words.format(key, &args)).color(theme::soft(ui)).small());
    }
}

/// Minutes of the city a second.
fn speed(ui: &mut egui::Ui, desk: &mut Desk<'_>, clock: Clock) {
    let mut minutes = clock.minutes_a_second;
    let suffix = desk.words.text("view-minutes-a-second");
    ui.add(egui::DragValue::new(&mut minutes).range(1.0..=240.0).speed(1.0).suffix(suffix).fixed_decimals(0));
    if minutes != clock.minutes_a_second {
        desk.commands.write(Command::Speed(minutes));
    }
}

fn slider(ui: &mut egui::Ui, desk: &mut Desk<'_>, clock: Clock) {
    let mut minute = clock.minute_of_day();
    ui.spacing_mut().slider_width = 230.0;
    let slider = egui::Slider::new(&mut minute, 0.0..=1439.0).show_value(false).step_by(5.0);
    let response = ui.add(slider);
    covered(ui, desk, response.rect);
    if response.changed() {
        let mut next = clock;
        next.set_minute_of_day(minute);
        desk.commands.write(Command::GoTo(next.at));
    }
}

/// The times that the shown result covers, under the timeline: a band for a period, a tick for an instant.
fn covered(ui: &egui::Ui, desk: &Desk<'_>, rect: egui::Rect) {
    let today = desk.state.clock.local().date();
    let minute = |at: jiff::Timestamp| {
        let mut clock = desk.state.clock;
        clock.at = at;
        let away = clock.local().date().since(today).map_or(0, |span| span.get_days());
        f64::from(away) * DAY_MIN + clock.minute_of_day()
    };
    let colour = egui::Color32::from_rgb(240, 180, 60);
    for span in times(desk) {
        let at = |instant| rect.left() + rect.width() * (minute(instant) / DAY_MIN) as f32;
        let (from, until) = (at(span.from).max(rect.left()), at(span.until).min(rect.right()));
        if from > until {
            continue;
        }
        let until = until.max(from + 1.5);
        let band = egui::Rect::from_x_y_ranges(from..=until, rect.bottom() - 3.0..=rect.bottom());
        ui.painter().rect_filled(band, 0.5, colour);
    }
}

/// When the shown field and its series hold, from the first to the last.
fn times(desk: &Desk<'_>) -> Vec<Span> {
    let shown = desk.results.set.as_ref().zip(desk.shown.field.as_ref());
    let series = shown.map(|(set, shown)| set.series_of(&shown.field)).unwrap_or_default();
    series.into_iter().filter_map(|field| field.time).collect()
}

/// Steps from time to time of a result that has several.
fn steps(ui: &mut egui::Ui, desk: &mut Desk<'_>) {
    let times = times(desk);
    if times.len() < 2 {
        return;
    }
    let now = desk.shown.field.as_ref().and_then(|shown| shown.field.time);
    let index = times.iter().position(|time| Some(*time) == now).unwrap_or(0);
    let places = [("◀", "view-time-before", index.checked_sub(1)), ("▶", "view-time-after", Some(index + 1))];
    for (sign, key, place) in places {
        let time = place.and_then(|place| times.get(place));
        let button = egui::Button::new(sign).min_size(egui::vec2(26.0, 26.0));
        let response = ui.add_enabled(time.is_some(), button).on_hover_text(desk.text(key));
        if let Some(time) = time.filter(|_| response.clicked()) {
            desk.commands.write(Command::GoTo(time.from));
        }
    }
}

fn day(ui: &mut egui::Ui, desk: &mut Desk<'_>, clock: Clock) {
    let local = clock.local();
    let (mut year, mut month, mut day) = (local.year(), local.month(), local.day());
    let a = ui.add(egui::DragValue::new(&mut year).range(1950..=2100).speed(0.1));
    let b = ui.add(egui::DragValue::new(&mut month).range(1..=12).speed(0.05));
    let c = ui.add(egui::DragValue::new(&mut day).range(1..=31).speed(0.1));
    if a.changed() || b.changed() || c.changed() {
        // The 31st of a short month is its last day.
        let date = (0..4).find_map(|back| Date::new(year, month, day - back).ok());
        if let Some(date) = date {
            go_to_day(desk, clock, date);
        }
    }
}

fn go_to_day(desk: &mut Desk<'_>, clock: Clock, date: Date) {
    let mut next = clock;
    next.set_local(date.to_datetime(clock.local().time()));
    desk.commands.write(Command::GoTo(next.at));
}
