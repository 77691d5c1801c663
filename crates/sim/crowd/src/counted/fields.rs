//! Flow, density and level of every street, bin by bin, and the maps of the asked times.

use std::sync::Arc;

use futago_field::{Field, Figure, LinkSet, Message, Quantity, ResultSet, Scale, Span, Support, Variant};
use futago_flow::LinkFlow;
use jiff::Timestamp;
use jiff::tz::{TimeZone, offset};

use super::{SUFFIXES, Shown};
use crate::output::link_set;

/// A quantity of a street: name, unit, and its value.
type Measure<'s> = (&'static str, &'static str, &'s dyn Fn(&LinkFlow<'_>) -> f64);

/// Adds the fields and the figures over them.
pub fn add(shown: &Shown<'_>, results: &mut ResultSet) {
    let links: Vec<usize> = shown.links.iter().map(|link| *link as usize).collect();
    let set = Arc::new(link_set(&shown.streets, &links));
    let persons_h = |flow: &LinkFlow<'_>| shown.persons_h(flow);
    let measures: [Measure<'_>; 3] = [
        ("flow", "1/h", &persons_h),
        ("density", "1/m2", &|flow| flow.density_per_m2()),
        ("level", "level", &|flow| f64::from(flow.fruin() as u8)),
    ];
    for bin in 0..shown.counted.bins() {
        for measure in &measures {
            add_bin(shown, bin, measure, &set, results);
        }
    }
    add_figures(shown, results);
}

fn add_bin(
    shown: &Shown<'_>,
    bin: u16,
    (name, unit, value): &Measure<'_>,
    set: &Arc<LinkSet>,
    results: &mut ResultSet,
) {
    let names = shown.counted.names();
    let mut put = |suffix: &str, variant: Variant, period: &str, values: Vec<f32>| {
        let scale = if variant == Variant::Difference { Scale::Diverging } else { Scale::Load };
        results.fields.push(Field {
            key: key(shown, name, bin, suffix),
            quantity: Quantity {
                key: shown.quantity(&format!("crowd-counted-{name}")),
                unit: (*unit).to_owned(),
                scale,
            },
            variant,
            support: Support::Links(Arc::clone(set)),
            values,
            time_label: format!("{period} {} JST", shown.counted.bin_label(bin)),
            time: span(shown, bin),
        });
    };
    let cases: Vec<Vec<f32>> = (0..names.len())
        .map(|case| {
            shown.at(case, bin).iter().map(|flow| flow.map_or(f32::NAN, |f| value(&f) as f32)).collect()
        })
        .collect();
    if let [before, after] = cases.as_slice() {
        let less = before.iter().zip(after).map(|(before, after)| after - before).collect();
        put("-difference", Variant::Difference, &names.join("→"), less);
    }
    for ((values, (suffix, variant)), period) in cases.into_iter().zip(SUFFIXES).zip(&names) {
        put(suffix, variant, period, values);
    }
}

/// `crowd-counted-flow-0800` with the period.
fn key(shown: &Shown<'_>, name: &str, bin: u16, suffix: &str) -> String {
    format!("crowd-counted-{name}-{}{suffix}", shown.counted.bin_clock(bin).replace(':', ""))
}

/// When a bin is, on the day of the question.
fn span(shown: &Shown<'_>, bin: u16) -> Option<Span> {
    let midnight = shown.question.date.to_zoned(TimeZone::fixed(offset(9))).ok()?.timestamp().as_second();
    let at = |bin: u16| {
        Timestamp::from_second(midnight + i64::from(bin) * i64::from(shown.counted.flows.bin_minutes()) * 60)
    };
    Some(Span { from: at(bin).ok()?, until: at(bin + 1).ok()? })
}

/// One figure of levels an asked time, before and after side by side, and one of what changed.
fn add_figures(shown: &Shown<'_>, results: &mut ResultSet) {
    let names = shown.counted.names();
    for bin in shown.bins_asked() {
        let figure = |name: &str, caption: &str, fields: Vec<String>| Figure {
            key: format!("{name}-{}", shown.counted.bin_clock(bin).replace(':', "")),
            caption: Message::new(caption)
                .with("days", shown.counted.days.key())
                .with("hours", shown.counted.bin_label(bin))
                .with("before", names[0])
                .with("after", names.last().copied().unwrap_or_default()),
            fields,
            lines: Vec::new(),
            window_m: shown.window_m,
            highlight: Vec::new(),
        };
        let levels = SUFFIXES.iter().take(names.len()).map(|(suffix, _)| key(shown, "level", bin, suffix));
        results.figures.push(figure("streets", "crowd-figure-counted", levels.collect()));
        if names.len() > 1 {
            let change = vec![key(shown, "flow", bin, "-difference")];
            results.figures.push(figure("streets-change", "crowd-figure-counted-change", change));
        }
    }
}
