//! From counts to results: fields, tables, lines, figures and sentences.

mod change;
mod equal_time;
mod fields;
mod tables;

use std::sync::Arc;

use futago_field::{Figure, Message, PointSet, Quantity, ResultSet, Scale, Variant};

use crate::SunlightError;
use crate::run::SunlightRun;

/// Puts the results of a finished run together.
///
/// # Errors
/// When the shadow rule's lines cannot be drawn.
pub fn results(run: &SunlightRun) -> Result<ResultSet, SunlightError> {
    let mut results = ResultSet {
        simulation: "sunlight".to_owned(),
        title: run.title.clone(),
        frame: run.city.about.frame.clone(),
        fields: Vec::new(),
        tables: Vec::new(),
        lines: Vec::new(),
        figures: Vec::new(),
        findings: Vec::new(),
        limits: limits(run),
        report: run.report.clone(),
        summary: serde_json::Map::new(),
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

/// The period in words: one day, or first and last day.
fn period_label(run: &SunlightRun) -> String {
    let Some(period) = &run.question.sun_hours else { return run.question.date.to_string() };
    let day = match period.until {
        Some(last) if last != run.question.date => format!("{} – {last}", run.question.date),
        _ => run.question.date.to_string(),
    };
    format!("{day} {}–{} JST", clock(period.from), clock(period.to))
}

fn clock(time: jiff::civil::Time) -> String {
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
        caption: Message::new(&format!("sunlight-figure-{key}")).with("when", period_label(run)),
        fields,
        lines: Vec::new(),
        window_m: run.bounds_m,
        highlight: Vec::new(),
    }
}

/// Shared with every field on the same points.
type Points = Arc<PointSet>;
