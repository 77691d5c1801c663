//! The tables of the report: the first rows, figures aligned, one language at a time.

use futago_field::{Column, ColumnData, Table};
use futago_texts::{format_number, shown_decimals};
use minijinja::Value;
use serde::Serialize;

use super::Subject;
use super::words::{Words, escaped};
use crate::FileKind;

#[derive(Serialize)]
pub(super) struct TableView {
    id: String,
    number: Value,
    title: Value,
    chart: Option<Value>,
    rows_note: Value,
    columns: Vec<ColumnView>,
    rows: Vec<Vec<CellView>>,
    files: Vec<String>,
}

#[derive(Serialize)]
struct ColumnView {
    title: Value,
    unit: Value,
    class: String,
}

#[derive(Serialize)]
struct CellView {
    html: Value,
    class: String,
}

pub(super) fn all(subject: &Subject<'_>, words: &Words) -> Vec<TableView> {
    let shown = subject.results.tables.iter().filter(|table| table.rows_in_report > 0 && !table.is_empty());
    shown.enumerate().map(|(index, table)| view(subject, words, table, index + 1)).collect()
}

fn view(subject: &Subject<'_>, words: &Words, table: &Table, number: usize) -> TableView {
    let shown = table.rows_in_report.min(table.len());
    // A column for each language: only the one of the reader is shown. With one language the other goes.
    let langs: Vec<&str> = subject.langs.iter().map(|lang| lang.code()).collect();
    let columns: Vec<(&Column, String)> = table
        .columns
        .iter()
        .map(|column| (column, class_of(column)))
        .filter(|(column, _)| match language_of(column) {
            Some(lang) => langs.contains(&lang),
            None => true,
        })
        .collect();
    let cells = |row: usize| {
        let cell = |(column, class): &(&Column, String)| CellView {
            html: Value::from_safe_string(cell_html(column, row, words)),
            class: class.clone(),
        };
        columns.iter().map(cell).collect()
    };
    let note = if shown < table.len() { "report-rows-shown" } else { "report-rows-all" };
    let counts = [("shown", shown.into()), ("total", table.len().into())];
    let files = subject.files.iter().filter(|f| f.kind == FileKind::Table && f.key == table.key);
    TableView {
        id: format!("table-{}", table.key),
        number: Value::from_safe_string(
            words.each(|texts| texts.format("report-table", &[("number", number.into())])),
        ),
        title: Value::from_safe_string(words.key_or(&format!("table-{}", table.key), &table.key)),
        chart: super::chart::of(table, words).map(Value::from_safe_string),
        rows_note: Value::from_safe_string(words.each(|texts| texts.format(note, &counts))),
        columns: columns.iter().map(|(column, class)| heading(column, class, words)).collect(),
        rows: (0..shown).map(cells).collect(),
        files: files.map(|f| f.path.clone()).collect(),
    }
}

fn language_of(column: &Column) -> Option<&'static str> {
    [("_ja", "ja"), ("_en", "en")]
        .into_iter()
        .find(|(end, _)| column.key.ends_with(end))
        .map(|(_, lang)| lang)
}

fn class_of(column: &Column) -> String {
    let numeric = matches!(column.data, ColumnData::Number(_) | ColumnData::Integer(_));
    // Ids are not broken at their hyphens.
    let is_id = column.key == "id" || column.key.ends_with("_id");
    let kind = match (numeric, is_id) {
        (true, _) => "number",
        (false, true) => "text id",
        (false, false) => "text",
    };
    match language_of(column) {
        Some(lang) => format!("{kind} {lang}"),
        None => kind.to_owned(),
    }
}

fn heading(column: &Column, class: &str, words: &Words) -> ColumnView {
    let key = format!("column-{}", column.key.replace('_', "-"));
    ColumnView {
        title: Value::from_safe_string(words.key_or(&key, &column.key)),
        unit: Value::from_safe_string(words.each(|texts| futago_field::unit_in_words(texts, &column.unit))),
        class: class.to_owned(),
    }
}

fn cell_html(column: &Column, row: usize, words: &Words) -> String {
    match &column.data {
        ColumnData::Text(values) if values[row].is_empty() => words.key("none"),
        ColumnData::Text(values) => escaped(&values[row]),
        ColumnData::Integer(values) => format_number(values[row] as f64, 0, 0, true),
        ColumnData::Flag(values) => words.key(if values[row] { "yes" } else { "no" }),
        ColumnData::Number(values) => {
            // Degrees to a decimetre; all else to about three figures of the largest.
            let decimals = if column.unit == "deg" { 6 } else { shown_decimals(values.iter().copied(), 3) };
            format_number(values[row], decimals, decimals, true)
        }
    }
}

#[cfg(test)]
mod tests {
    use futago_texts::Lang;

    use super::*;
    use crate::fixtures;

    #[test]
    fn cells_are_figures_words_and_dashes() {
        let words = Words::new(&[Lang::En]);
        let results = fixtures::results();
        let columns = &results.tables[0].columns;
        let cell = |column: usize, row: usize| cell_html(&columns[column], row, &words);
        assert_eq!([cell(3, 0), cell(4, 0), cell(4, 2)], ["100", "7.50", "–"]);
        assert_eq!([cell(1, 1), cell(5, 0), cell(6, 0)], ["–", "Yes", "139.690000"]);
        assert_eq!(class_of(&columns[1]), "text ja");
    }
}
