//! When the place under the last click is in the sun: sentences and a small chart over the day.

use bevy::prelude::*;
use bevy_egui::egui;
use egui_plot::{Line, Plot, PlotPoints, Polygon};
use futago_contract::Explained;
use futago_scene::clock::Clock;
use futago_scene::sky::sun_at;
use futago_sunlight::{SunAsker, SunlightError, SunnyTimes};

use super::Desk;
use crate::theme;

/// The answer for a place and a day.
#[derive(Resource, Default)]
pub struct SunnySpot {
    asked: Option<([f64; 3], jiff::civil::Date)>,
    answer: Option<Result<SunnyTimes, futago_field::Message>>,
    altitudes: Vec<[f64; 2]>,
    /// Made for the first question.
    asker: Option<SunAsker>,
}

/// Draws it.
pub fn draw(ui: &mut egui::Ui, desk: &mut Desk<'_>, spot: &mut SunnySpot) {
    ui.label(theme::heading(desk.text("view-spot")));
    let Some(at_m) = desk.under.clicked_m else {
        theme::note(ui, desk.text("view-spot-hint"));
        return;
    };
    let date = desk.state.clock.local().date();
    if spot.asked != Some((at_m, date)) {
        if ui.button(desk.text("view-spot-ask")).clicked() {
            ask(desk, spot, at_m, date);
        }
        return;
    }
    match &spot.answer {
        Some(Ok(times)) => {
            let args = [("hours", format!("{:.1}", times.sun_h).into()), ("date", date.to_string().into())];
            ui.add(egui::Label::new(desk.words.format("view-spot-hours", &args)).wrap());
            for stretch in &times.intervals {
                let (from, to) = (stretch.from, stretch.to);
                ui.label(format!(
                    "{:02}:{:02}–{:02}:{:02} JST",
                    from.hour(),
                    from.minute(),
                    to.hour(),
                    to.minute()
                ));
            }
            chart(ui, desk, times, &spot.altitudes);
        }
        Some(Err(why)) => {
            ui.colored_label(theme::BAD, desk.words.sentence(why));
        }
        None => {}
    }
}

fn ask(desk: &Desk<'_>, spot: &mut SunnySpot, at_m: [f64; 3], date: jiff::civil::Date) {
    let answer = times_at(desk, spot, at_m, date);
    spot.answer = Some(answer.map_err(|error| error.message()));
    spot.altitudes = (0..=96)
        .filter_map(|quarter| {
            let mut clock = Clock::standing_at(date, jiff::civil::Time::midnight());
            clock.set_minute_of_day(f64::from(quarter) * 15.0);
            let sun = sun_at(&clock, &desk.city)?;
            Some([f64::from(quarter) * 0.25, sun.altitude_rad.to_degrees()])
        })
        .filter(|[_, altitude]| *altitude > -2.0)
        .collect();
    spot.asked = Some((at_m, date));
}

fn times_at(
    desk: &Desk<'_>,
    spot: &mut SunnySpot,
    at_m: [f64; 3],
    date: jiff::civil::Date,
) -> Result<SunnyTimes, SunlightError> {
    let city = &desk.city.model;
    let place = city.about.frame.lonlat_from_site([at_m[0], at_m[1]])?;
    let asker = match spot.asker.take() {
        Some(asker) => asker,
        None => SunAsker::new(city.clone())?,
    };
    // A hand's breadth off the face, so that it does not shade itself.
    spot.asker.insert(asker).ask(place, at_m[2] + 0.1, date)
}

/// Altitude of the sun over the hours, with the sunny stretches filled.
fn chart(ui: &mut egui::Ui, desk: &Desk<'_>, times: &SunnyTimes, altitudes: &[[f64; 2]]) {
    let hour = |time: jiff::civil::Time| f64::from(time.hour()) + f64::from(time.minute()) / 60.0;
    Plot::new("spot")
        .height(110.0)
        .allow_drag(false)
        .allow_zoom(false)
        .allow_scroll(false)
        .include_y(0.0)
        .x_axis_label(desk.text("view-axis-hour"))
        .y_axis_label(desk.text("view-axis-altitude"))
        .show(ui, |plot| {
            for stretch in &times.intervals {
                let (from, to) = (hour(stretch.from), hour(stretch.to));
                let mut corners: Vec<[f64; 2]> = vec![[from, 0.0]];
                corners.extend(altitudes.iter().filter(|[h, _]| (from..=to).contains(h)));
                corners.push([to, 0.0]);
                let fill = egui::Color32::from_rgb(240, 180, 60);
                plot.polygon(
                    Polygon::new("", PlotPoints::from(corners)).fill_color(fill).stroke((0.0, fill)),
                );
            }
            plot.line(Line::new("", PlotPoints::from(altitudes.to_vec())).color(theme::ACCENT));
        });
}
