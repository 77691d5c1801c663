//! The day of a table as a line chart: tables whose first column is `time`, one row a time.
//!
//! Drawn are the first column of numbers and the one of the same name that ends in `after`: before and after. What a
//! line is, is told by colour, dash and the words below the chart; the table under it says the same in figures.

use std::fmt::Write as _;

use futago_field::{Column, ColumnData, Table, unit_in_words};
use futago_texts::format_number;

use super::words::Words;
use crate::map::ticks;

const WIDTH: f64 = 720.0;
const HEIGHT: f64 = 240.0;
/// Room for figures: left, top, right, bottom.
const ROOM: [f64; 4] = [58.0, 12.0, 14.0, 26.0];
/// Fewer times make no line.
const LEAST_TIMES: usize = 3;
/// Labels of times, at most.
const MOST_LABELS: usize = 12;

/// The chart of a table as HTML; nothing for tables that are no day.
pub(super) fn of(table: &Table, words: &Words) -> Option<String> {
    let times = times(table)?;
    let series = series(table);
    let known = series.iter().flat_map(|(_, values)| values.iter()).filter(|v| v.is_finite());
    let most = known.copied().fold(0.0, f64::max);
    if most <= 0.0 {
        return None;
    }
    let ticks = ticks(0.0, most);
    let top = ticks[ticks.len() - 1];
    let [left, above, right, below] = ROOM;
    let x = |row: usize| left + (WIDTH - left - right) * (row as f64 + 0.5) / times.len() as f64;
    let y = |value: f64| HEIGHT - below - (HEIGHT - above - below) * value / top;
    let mut svg = format!(
        r#"<svg class="chart" viewBox="0 0 {WIDTH} {HEIGHT}" aria-hidden="true" focusable="false"><g class="chart-rules">"#
    );
    for tick in &ticks {
        let _ = write!(svg, r#"<path d="M{left} {:.1}H{}"/>"#, y(*tick), WIDTH - right);
    }
    svg.push_str(r#"</g><g class="chart-figures">"#);
    for tick in &ticks {
        let (at, figure) = (y(*tick) + 4.0, format_number(*tick, 0, 2, true));
        let _ = write!(svg, r#"<text x="{}" y="{at:.1}" text-anchor="end">{figure}</text>"#, left - 8.0);
    }
    let every = times.len().div_ceil(MOST_LABELS);
    for (row, time) in times.iter().enumerate().step_by(every) {
        let time = super::words::escaped(time);
        let _ =
            write!(svg, r#"<text x="{:.1}" y="{}" text-anchor="middle">{time}</text>"#, x(row), HEIGHT - 6.0);
    }
    svg.push_str("</g>");
    for (index, (_, values)) in series.iter().enumerate() {
        let _ = write!(svg, r#"<path class="chart-line line-{index}" d="{}"/>"#, path(values, x, y));
    }
    svg.push_str("</svg>");
    Some(format!(r#"<div class="chart-box">{svg}{}</div>"#, keys(&series, words)))
}

/// The times, when every row is another one.
fn times(table: &Table) -> Option<&[String]> {
    let first = table.columns.first().filter(|column| column.key == "time")?;
    let ColumnData::Text(times) = &first.data else { return None };
    let rises = times.windows(2).all(|pair| pair[0] < pair[1]);
    (rises && times.len() >= LEAST_TIMES).then_some(times)
}

/// The first column of numbers, and what it is after.
fn series(table: &Table) -> Vec<(&Column, &[f64])> {
    let numbers = |column: &'_ Column| matches!(column.data, ColumnData::Number(_));
    let Some(first) = table.columns.iter().find(|column| numbers(column)) else { return Vec::new() };
    let after = format!("{}_after", first.key);
    let drawn = table.columns.iter().filter(|column| column.key == first.key || column.key == after);
    drawn
        .filter_map(|column| match &column.data {
            ColumnData::Number(values) => Some((column, values.as_slice())),
            _ => None,
        })
        .collect()
}

/// A line with gaps where nothing is known.
fn path(values: &[f64], x: impl Fn(usize) -> f64, y: impl Fn(f64) -> f64) -> String {
    let (mut path, mut pen_down) = (String::new(), false);
    for (row, value) in values.iter().enumerate() {
        if value.is_finite() {
            let _ = write!(path, "{}{:.1} {:.1}", if pen_down { 'L' } else { 'M' }, x(row), y(*value));
            // A value without neighbours is a dot: a line of no length with round ends.
            if !pen_down && values.get(row + 1).is_none_or(|next| !next.is_finite()) {
                path.push_str("h0");
            }
        }
        pen_down = value.is_finite();
    }
    path
}

fn keys(series: &[(&Column, &[f64])], words: &Words) -> String {
    let mut html = String::from(r#"<ul class="line-keys">"#);
    for (index, (column, _)) in series.iter().enumerate() {
        let key = format!("column-{}", column.key.replace('_', "-"));
        let _ = write!(
            html,
            r#"<li><svg viewBox="0 0 32 18" width="32" height="18" aria-hidden="true"><path class="chart-line line-{index}" d="M2 9h28"/></svg>{} <span class="unit">{}</span></li>"#,
            words.key_or(&key, &column.key),
            words.each(|texts| unit_in_words(texts, &column.unit))
        );
    }
    html.push_str("</ul>");
    html
}

#[cfg(test)]
mod tests {
    use futago_texts::Lang;

    use super::*;

    fn day(times: &[&str], columns: &[(&str, &[f64])]) -> Table {
        let time = ColumnData::Text(times.iter().map(|time| (*time).to_owned()).collect());
        let mut all = vec![Column { key: "time".to_owned(), unit: String::new(), data: time }];
        all.extend(columns.iter().map(|(key, values)| Column {
            key: (*key).to_owned(),
            unit: "persons".to_owned(),
            data: ColumnData::Number(values.to_vec()),
        }));
        Table { key: "office-hours".to_owned(), columns: all, rows_in_report: 9 }
    }

    #[test]
    fn before_and_after_are_two_lines_with_gaps() {
        let words = Words::new(&[Lang::En]);
        let times = ["08:00", "09:00", "10:00", "11:00"];
        let table = day(
            &times,
            &[
                ("persons", &[10.0, f64::NAN, 40.0, 20.0]),
                ("persons_after", &[1.0; 4]),
                ("persons_change", &[0.0; 4]),
            ],
        );
        let html = of(&table, &words).expect("a day");
        assert_eq!(html.matches("<li>").count(), 2);
        let first = html.split("line-0\" d=\"").nth(1).unwrap().split('"').next().unwrap();
        assert_eq!(first.matches(['M', 'L']).count(), 3);
        assert_eq!(first.matches('M').count(), 2, "a gap lifts the pen: {first}");
        assert_eq!(first.matches("h0M").count(), 1, "the lone first value is a dot: {first}");
        assert!(html.contains(">40<") && html.contains(">08:00<") && html.contains("People <span"), "{html}");
    }

    #[test]
    fn tables_that_are_no_day_have_no_chart() {
        let words = Words::new(&[Lang::En]);
        let short = day(&["08:00", "09:00"], &[("persons", &[1.0, 2.0])]);
        let twice = day(&["08:00", "08:00", "09:00"], &[("persons", &[1.0, 2.0, 3.0])]);
        let empty = day(&["08:00", "09:00", "10:00"], &[("persons", &[f64::NAN; 3])]);
        for table in [short, twice, empty] {
            assert!(of(&table, &words).is_none());
        }
    }
}
