//! From people of floors to results: sums, fields, tables, sentences.

mod fields;
mod findings;
mod sums;
mod tables;

use futago_field::{Message, Origin, ResultSet, Variant};

use crate::run::OfficeRun;

pub use sums::{Sum, Sums};

/// Puts the results of a finished run together.
pub fn results(run: &OfficeRun) -> ResultSet {
    let mut results = ResultSet {
        limits: limits(run),
        origins: origins(run),
        report: run.report(),
        ..ResultSet::new("office", run.inputs.title.clone(), run.city.about.frame.clone())
    };
    let sums: Vec<Sums> = run.cases.iter().map(|case| Sums::of(run, case)).collect();
    // A city of no floors has no values that a file could hold.
    if !run.floors.is_empty() {
        fields::add(run, &sums, &mut results);
    }
    tables::add(run, &sums, &mut results);
    findings::add(run, &sums, &mut results);
    results
}

fn origins(run: &OfficeRun) -> Vec<Origin> {
    let (synthetic, measured) = run.kinds();
    let mut origins = Vec::new();
    if let (true, Some(occupancy)) = (measured, &run.inputs.occupancy) {
        let title = Message::new("office-origin-measured").with("name", occupancy.source.as_str());
        origins.push(Origin { title, credits: Vec::new(), synthetic: false });
    }
    if synthetic {
        origins.push(Origin::made("office-origin-made"));
    }
    origins
}

/// Where the model stops being true.
fn limits(run: &OfficeRun) -> Vec<Message> {
    let (synthetic, measured) = run.kinds();
    let by_rule = run.offices.iter().any(|office| office.basis == crate::prepare::Basis::Rule);
    let estimated = run.offices.iter().any(|office| !office.storeys_known);
    let mut limits = Vec::new();
    if synthetic {
        limits.push(Message::new("office-limit-synthetic"));
    }
    if by_rule {
        let rule = &run.question.rule;
        limits.push(
            Message::new("office-limit-rule")
                .with("height", rule.min_height_m)
                .with("area", rule.min_floor_area_m2),
        );
    }
    if estimated {
        limits.push(Message::new("office-limit-storeys").with("storey", run.question.floors.storey_m));
    }
    if synthetic {
        let floors = &run.question.floors;
        let message = Message::new("office-limit-area")
            .with("share", 100.0 * floors.net_share)
            .with("density", floors.density_m2)
            .with("staffing", 100.0 * floors.staffing)
            .with("prism", floors.prism_storey_m2);
        limits.push(message);
    }
    if measured {
        let message = Message::new("office-limit-measured")
            .with("least", run.question.least_persons)
            .with("bridge", run.question.bridge_min);
        limits.push(message);
    }
    limits.push(Message::new("office-limit-lifts"));
    limits
}

/// What a key ends in for each case.
fn suffix(variant: Variant) -> &'static str {
    match variant {
        Variant::AsIs => "",
        Variant::WhatIf => "-what-if",
        Variant::Difference => "-difference",
    }
}

/// Where a floor's people come from, as in tables; `scaled` is measured, times the ratio of two attendances.
fn source(measured: bool, factor: f64) -> &'static str {
    match (measured, factor == 1.0) {
        (false, _) => "synthetic",
        (true, true) => "measured",
        (true, false) => "measured, scaled",
    }
}
