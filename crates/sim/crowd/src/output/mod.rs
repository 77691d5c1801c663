//! From equilibria to results: fields, one table of streets, maps and sentences.

mod fields;
mod findings;
mod streets;

pub use fields::link_set;
pub(crate) use findings::name_of;
pub(crate) use streets::{number, text};

use futago_field::{Message, ResultSet, Variant};
use jiff::civil::Time;

use crate::prepare::network::Link;
use crate::run::{Answer, CrowdRun, Moment};

/// Puts the results of a finished run together.
pub fn results(run: &CrowdRun) -> ResultSet {
    let mut results = ResultSet {
        limits: limits(run),
        origins: vec![run.origin.clone()],
        ..ResultSet::new("crowd", run.title.clone(), run.city.about.frame.clone())
    };
    fields::add(run, &mut results);
    streets::add(run, &mut results);
    findings::add(run, &mut results);
    results
}

/// Where the model stops being true.
fn limits(run: &CrowdRun) -> Vec<Message> {
    let mut keys =
        vec!["crowd-limit-static", "crowd-limit-ways", "crowd-limit-density", "crowd-limit-demand"];
    if run.counts.is_empty() {
        keys.push("crowd-limit-synthetic");
    } else {
        keys.push("crowd-limit-pivot");
    }
    keys.into_iter().map(Message::new).collect()
}

/// What a key ends in for each city.
fn suffix(variant: Variant) -> &'static str {
    match variant {
        Variant::AsIs => "",
        Variant::WhatIf => "-what-if",
        Variant::Difference => "-difference",
    }
}

fn clock(time: Time) -> String {
    format!("{:02}:{:02}", time.hour(), time.minute())
}

/// A time as shown to people.
fn label(run: &CrowdRun, moment: &Moment) -> String {
    format!("{} {} JST", run.question.date, clock(moment.time))
}

/// Persons/h on a link, both directions.
fn persons_h(answer: &Answer, link: usize) -> f64 {
    let of = |way: &Vec<f64>| way.get(link).copied().unwrap_or(0.0);
    answer.flows_s.iter().map(of).sum::<f64>() * 3600.0
}

/// Density of a link in an answer, persons/m2.
fn density_m2(link: &Link, answer: &Answer, index: usize) -> f64 {
    link.density_m2(persons_h(answer, index) / 3600.0)
}

/// Links that results tell of: outside, and near the area. The streets of the last case have all of them.
fn shown(run: &CrowdRun) -> Vec<usize> {
    let Some(case) = run.cases.last() else { return Vec::new() };
    let [west, south, east, north] = run.grid.bounds_m();
    let near = |link: &Link| {
        let inside = |at: &[f64; 2]| at[0] >= west && at[0] <= east && at[1] >= south && at[1] <= north;
        link.is_outside && link.line_m.iter().any(inside)
    };
    let links = &case.changed.streets.links;
    (0..links.len()).filter(|index| near(&links[*index])).collect()
}
