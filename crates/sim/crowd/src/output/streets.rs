//! The table of streets: one row a link and time, the most changed or the fullest first.

use futago_field::{Column, ColumnData, ResultSet, Table};

use super::{clock, density_m2, persons_h, shown};
use crate::fundamental::FruinLevel;
use crate::run::{Answer, CrowdRun, Moment};

/// Rows of a table that a report shows.
const ROWS_SHOWN: usize = 20;

struct Row<'r> {
    moment: &'r Moment,
    link: usize,
    persons_h: [f64; 2],
    density_m2: [f64; 2],
}

/// Adds the table.
pub fn add(run: &CrowdRun, results: &mut ResultSet) {
    let Some(last) = run.cases.last() else { return };
    let links = &last.changed.streets.links;
    let changes = run.cases.len() > 1;
    let row = |moment: &'_ Moment, link: usize| {
        let both =
            |of: &dyn Fn(&Answer) -> f64| [of(&moment.answers[0]), moment.answers.last().map_or(0.0, of)];
        (both(&|answer| persons_h(answer, link)), both(&|answer| density_m2(&links[link], answer, link)))
    };
    let shown = shown(run);
    let mut rows = Vec::new();
    for moment in &run.moments {
        for link in &shown {
            let (persons_h, density_m2) = row(moment, *link);
            if persons_h.iter().any(|h| *h > 0.0) {
                rows.push(Row { moment, link: *link, persons_h, density_m2 });
            }
        }
    }
    let weight =
        |row: &Row<'_>| if changes { (row.persons_h[1] - row.persons_h[0]).abs() } else { row.density_m2[0] };
    rows.sort_by(|a, b| {
        weight(b).total_cmp(&weight(a)).then(a.moment.time.cmp(&b.moment.time)).then(a.link.cmp(&b.link))
    });
    let level = |density: f64| FruinLevel::of_density(density).letter().to_owned();
    let mut columns = vec![
        text("time", rows.iter().map(|row| clock(row.moment.time))),
        text("street_id", rows.iter().map(|row| links[row.link].id.clone())),
        text("street_name", rows.iter().map(|row| links[row.link].name.clone())),
        text("street_kind", rows.iter().map(|row| links[row.link].kind.name().to_owned())),
        number("street_length_m", "m", rows.iter().map(|row| f64::from(links[row.link].length_m))),
        number("street_width_m", "m", rows.iter().map(|row| f64::from(links[row.link].width_m))),
        number("persons_h", "1/h", rows.iter().map(|row| row.persons_h[0])),
        number("density_m2", "1/m2", rows.iter().map(|row| row.density_m2[0])),
        text("fruin_level", rows.iter().map(|row| level(row.density_m2[0]))),
    ];
    if changes {
        columns.extend([
            number("persons_after_h", "1/h", rows.iter().map(|row| row.persons_h[1])),
            number("persons_change_h", "1/h", rows.iter().map(|row| row.persons_h[1] - row.persons_h[0])),
            number("density_after_m2", "1/m2", rows.iter().map(|row| row.density_m2[1])),
            text("fruin_level_after", rows.iter().map(|row| level(row.density_m2[1]))),
        ]);
    }
    results.tables.push(Table { key: "crowd-streets".to_owned(), columns, rows_in_report: ROWS_SHOWN });
}

/// A column of words.
pub(crate) fn text(key: &str, values: impl Iterator<Item = String>) -> Column {
    Column { key: key.to_owned(), unit: String::new(), data: ColumnData::Text(values.collect()) }
}

/// A column of numbers.
pub(crate) fn number(key: &str, unit: &str, values: impl Iterator<Item = f64>) -> Column {
    Column { key: key.to_owned(), unit: unit.to_owned(), data: ColumnData::Number(values.collect()) }
}
