//! The streets at the asked times, and the day of the area.

use std::collections::BTreeMap;

use futago_field::{ResultSet, Table};
use futago_flow::{Change, Fruin, LinkFlow, Versus};

use super::Shown;
use crate::output::{number, text};

/// Rows of a table that a report shows.
const ROWS_SHOWN: usize = 20;

/// Adds both tables.
pub fn add(shown: &Shown<'_>, results: &mut ResultSet) {
    results.tables.push(hours(shown));
    results.tables.push(streets(shown));
}

/// Sums over the streets of one period and bin.
#[derive(Default)]
pub struct Sum {
    /// Persons who walk at once.
    pub persons: f64,
    /// Streets with a count.
    pub streets: f64,
    /// Length at level D or worse, metres.
    pub crowded_m: f64,
}

impl Sum {
    /// Of a period and bin.
    pub fn of(shown: &Shown<'_>, case: usize, bin: u16) -> Self {
        let bin_s = f64::from(shown.counted.flows.bin_minutes()) * 60.0;
        let mut sum = Self::default();
        for flow in shown.at(case, bin).iter().flatten() {
            sum.persons += flow.persons() * flow.dwell_s() / bin_s;
            sum.streets += 1.0;
            if flow.fruin() >= Fruin::D {
                sum.crowded_m += f64::from(flow.shape().length_m);
            }
        }
        sum
    }
}

/// The day, bin by bin.
fn hours(shown: &Shown<'_>) -> Table {
    let bins = 0..shown.counted.bins();
    let mut columns = vec![text("time", bins.clone().map(|bin| shown.counted.bin_clock(bin)))];
    let sums: Vec<Vec<Sum>> = (0..shown.flows.len())
        .map(|case| bins.clone().map(|bin| Sum::of(shown, case, bin)).collect())
        .collect();
    for (sums, end) in sums.iter().zip(["", "_after"]) {
        columns.push(number(&format!("persons_walking{end}"), "persons", sums.iter().map(|sum| sum.persons)));
    }
    for (sums, end) in sums.iter().zip(["", "_after"]) {
        columns.push(number(&format!("streets_published{end}"), "", sums.iter().map(|sum| sum.streets)));
        columns.push(number(&format!("crowded{end}_m"), "m", sums.iter().map(|sum| sum.crowded_m)));
    }
    Table { key: "crowd-counted-hours".to_owned(), columns, rows_in_report: 24 }
}

/// One street at one time.
struct Row<'s> {
    bin: u16,
    street: &'s crate::prepare::network::Link,
    flows: Vec<Option<LinkFlow<'s>>>,
    change: Option<&'s Change<u32>>,
}

fn streets(shown: &Shown<'_>) -> Table {
    let changes = changes(shown);
    let mut rows = Vec::new();
    for bin in shown.bins_asked() {
        for (row, link) in shown.links.iter().enumerate() {
            let flows: Vec<_> = (0..shown.flows.len()).map(|case| shown.at(case, bin)[row]).collect();
            if flows.iter().any(Option::is_some) {
                let street = &shown.streets.links[*link as usize];
                rows.push(Row { bin, street, flows, change: changes.get(&(*link, bin)) });
            }
        }
    }
    // The largest change first, else the most people; ties as in the city.
    let weight = |row: &Row<'_>| match row.change {
        Some(change) => change.difference.value.abs(),
        None if shown.counted.after.is_some() => -1.0,
        None => row.flows[0].map_or(0.0, |flow| flow.persons()),
    };
    rows.sort_by(|a, b| weight(b).total_cmp(&weight(a)));
    columns(shown, &rows)
}

/// Changes by link and bin.
fn changes(shown: &Shown<'_>) -> BTreeMap<(u32, u16), Change<u32>> {
    let counted = &shown.counted;
    let Some(after) = counted.after else { return BTreeMap::new() };
    let versus = Versus { before: counted.before, after, day_kind: counted.days };
    let all = counted.flows.link_changes(versus).into_iter();
    all.map(|change| ((change.place, change.bin), change)).collect()
}

fn columns(shown: &Shown<'_>, rows: &[Row<'_>]) -> Table {
    let per_h = shown.counted.bins_per_h();
    let mut columns = vec![
        text("time", rows.iter().map(|row| shown.counted.bin_clock(row.bin))),
        text("street_id", rows.iter().map(|row| row.street.id.clone())),
        text("street_name", rows.iter().map(|row| row.street.name.clone())),
        text("street_kind", rows.iter().map(|row| row.street.kind.name().to_owned())),
        number("street_length_m", "m", rows.iter().map(|row| f64::from(row.street.length_m))),
        number("street_width_m", "m", rows.iter().map(|row| f64::from(row.street.width_m))),
    ];
    for (case, end) in ["", "_after"].into_iter().enumerate().take(shown.flows.len()) {
        let of = |row: &Row<'_>, value: &dyn Fn(&LinkFlow<'_>) -> f64| {
            row.flows[case].as_ref().map_or(f64::NAN, value)
        };
        let estimate = |flow: &LinkFlow<'_>| shown.counted.flows.estimate(flow);
        let mut put = |key: &str, unit: &str, value: &dyn Fn(&LinkFlow<'_>) -> f64| {
            columns.push(number(key, unit, rows.iter().map(|row| of(row, value))));
        };
        put(&format!("persons{end}_h"), "1/h", &|flow| flow.persons() * per_h);
        put(&format!("persons_low{end}_h"), "1/h", &|flow| estimate(flow).low * per_h);
        put(&format!("persons_high{end}_h"), "1/h", &|flow| estimate(flow).high * per_h);
        put(&format!("density{end}_m2"), "1/m2", &|flow| flow.density_per_m2());
        let level = |row: &Row<'_>| row.flows[case].map_or_else(String::new, |f| format!("{:?}", f.fruin()));
        columns.push(text(&format!("fruin_level{end}"), rows.iter().map(level)));
    }
    if shown.counted.after.is_some() {
        let mut put = |key: &str, unit: &str, value: &dyn Fn(&Change<u32>) -> f64| {
            columns.push(number(key, unit, rows.iter().map(|row| row.change.map_or(f64::NAN, value))));
        };
        put("persons_change_h", "1/h", &|change| change.difference.value * per_h);
        put("ratio", "1", &|change| change.ratio.value);
        put("ratio_low", "1", &|change| change.ratio.low);
        put("ratio_high", "1", &|change| change.ratio.high);
    }
    Table { key: "crowd-counted-streets".to_owned(), columns, rows_in_report: ROWS_SHOWN }
}
