//! From counts to results: fields, tables, lines, figures and sentences.

mod change;
mod equal_time;
mod fields;
mod tables;

use std::sync::Arc;

use futago_field::{Figure, Message, PointSet, Quantity, ResultSet, Scale, Span, Variant};
use jiff::Timestamp;
use jiff::civil::{Date, Time};
use jiff::tz::{Offset, TimeZone};

use crate::SunlightError;
use crate::run::SunlightRun;

/// Puts the results of a finished run together.
///
/// # Errors
/// When the shadow rule's lines cannot be drawn.
pub fn results(run: &SunlightRun) -> Result<ResultSet, SunlightError> {
    let mut results = ResultSet {
        limits: limits(run),
        report: run.report.clone(),
        ..ResultSet::new("sunlight", run.title.clone(), run.city.about.frame.clone())
    };
    fields::add(run, &mut results);
    tables::add(run, &mut results);
    change::add(run, &mut results);
    equal_time::add(run, &mut results)?;
    Ok(results)
}

/// Where the model stops being true.
fn limits(run: &SunlightRun) -> Vec<Message> {
    let mut keys = vec![
        "sunlight-limit-ground",
        "sunlight-limit-prisms",
        "sunlight-limit-edition",
        "sunlight-limit-point-sun",
    ];
    if run.question.sky_view.is_some() {
        keys.push("sunlight-limit-sky");
    }
    if run.question.irradiance.is_some() {
        keys.push("sunlight-limit-clear-sky");
    }
    if run.question.equal_time.is_some() {
        keys.push("sunlight-limit-equal-time");
    }
    keys.into_iter().map(Message::new).collect()
}

/// A quantity by its key.
fn quantity(key: &str, unit: &str, scale: Scale) -> Quantity {
    Quantity { key: key.to_owned(), unit: unit.to_owned(), scale }
}

/// What a key ends in for each city.
fn suffix(variant: Variant) -> &'static str {
    match variant {
        Variant::AsIs => "",
        Variant::WhatIf => "-what-if",
        Variant::Difference => "-difference",
    }
}

/// When a field holds: in words, and for clocks.
struct When {
    label: String,
    span: Option<Span>,
}

impl When {
    /// At all times.
    fn always() -> Self {
        Self { label: String::new(), span: None }
    }

    /// At a clock time (JST) of the question's day.
    fn at(run: &SunlightRun, time: Time) -> Self {
        let label = format!("{} {} JST", run.question.date, clock(time));
        Self { label, span: instant(run.question.date, time).map(Span::at) }
    }

    /// In the period of the question: one day, or from the first to the last.
    fn period(run: &SunlightRun) -> Self {
        let first = run.question.date;
        let Some(period) = &run.question.sun_hours else {
            let ends = [
                instant(first, Time::midnight()),
                instant(first.tomorrow().unwrap_or(first), Time::midnight()),
            ];
            return Self { label: first.to_string(), span: span(ends) };
        };
        let last = period.until.unwrap_or(first);
        let day = if last == first { first.to_string() } else { format!("{first} – {last}") };
        let label = format!("{day} {}–{} JST", clock(period.from), clock(period.to));
        Self { label, span: span([instant(first, period.from), instant(last, period.to)]) }
    }
}

fn span([from, until]: [Option<Timestamp>; 2]) -> Option<Span> {
    Some(Span { from: from?, until: until? })
}

/// A date and time of Japan; none beyond all calendars.
fn instant(date: Date, time: Time) -> Option<Timestamp> {
    let japan = TimeZone::fixed(Offset::constant(9));
    Some(date.to_datetime(time).to_zoned(japan).ok()?.timestamp())
}

fn clock(time: Time) -> String {
    format!("{:02}:{:02}", time.hour(), time.minute())
}

/// Hours of sun a day that votes stand for.
fn hours_a_day(run: &SunlightRun, votes: u32) -> f64 {
    f64::from(votes) * run.period.hours_a_vote / f64::from(run.period.days.max(1))
}

/// Votes of all suns of the period.
fn all_votes(run: &SunlightRun) -> u32 {
    run.period.suns.iter().map(|s| s.votes).sum()
}

/// Buildings that a change or the shadow rule is about.
fn highlights(run: &SunlightRun) -> Vec<String> {
    let question = &run.question;
    let mut ids: Vec<String> = question.equal_time.iter().map(|e| e.building.clone()).collect();
    if let Some(what_if) = &question.what_if {
        let raised = what_if.raise.iter().map(|r| &r.building);
        ids.extend(raised.chain(&what_if.remove).chain(what_if.add.iter().map(|a| &a.id)).cloned());
    }
    ids.sort();
    ids.dedup();
    ids
}

fn figure(run: &SunlightRun, key: &str, fields: Vec<String>) -> Figure {
    Figure {
        key: key.to_owned(),
        caption: Message::new(&format!("sunlight-figure-{key}")).with("when", When::period(run).label),
        fields,
        lines: Vec::new(),
        window_m: run.bounds_m,
        highlight: Vec::new(),
    }
}

/// Shared with every field on the same points.
type Points = Arc<PointSet>;
