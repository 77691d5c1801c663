//! What the last study found: its sentences, its tables, the limits of its model.

use bevy_egui::egui;
use egui_extras::{Column, TableBuilder};
use futago_field::{ColumnData, Table};

use super::Desk;
use crate::files::Want;
use crate::settings::Pane;
use crate::theme;

/// Rows of a table that are shown here; all of them are in the files.
const ROWS: usize = 12;

/// Draws the pane.
pub fn draw(ctx: &egui::Context, desk: &mut Desk<'_>) {
    super::pane(ctx, desk, Pane::Findings, "view-findings", [440.0, 300.0], |ui, desk| {
        let Some(set) = desk.results.set.clone() else { return };
        egui::ScrollArea::vertical().max_height(230.0).show(ui, |ui| {
            for finding in &set.findings {
                ui.add(egui::Label::new(desk.words.sentence(finding)).wrap());
            }
            for table in set.tables.iter().filter(|t| !t.is_empty()) {
                ui.add_space(6.0);
                ui.label(theme::heading(desk.text(&format!("table-{}", table.key))));
                draw_table(ui, desk, table);
            }
            ui.add_space(6.0);
            ui.label(theme::heading(desk.text("view-limits")));
            for limit in &set.limits {
                theme::note(ui, desk.words.sentence(limit));
            }
            for credit in desk.results.credits(&desk.city.model) {
                theme::note(ui, credit);
            }
        });
        if ui.button(desk.text("view-save-results")).clicked() {
            desk.files.ask(Want::Results);
        }
    });
}

fn draw_table(ui: &mut egui::Ui, desk: &mut Desk<'_>, table: &Table) {
    let mut go_to = None;
    ui.push_id(&table.key, |ui| {
        TableBuilder::new(ui)
            .striped(true)
            .columns(Column::auto().at_least(70.0), table.columns.len())
            .header(20.0, |mut header| {
                for column in &table.columns {
                    let unit = desk.words.unit(&column.unit);
                    let name = desk.words.column(&column.key);
                    let text = if unit.is_empty() { name } else { format!("{name} ({unit})") };
                    header.col(|ui| {
                        ui.small(text);
                    });
                }
            })
            .body(|body| {
                body.rows(20.0, table.len().min(ROWS), |mut row| {
                    let index = row.index();
                    for column in &table.columns {
                        row.col(|ui| {
                            let text = cell(&column.data, &column.unit, index);
                            if column.key == "building_id" {
                                if ui.link(&text).clicked() {
                                    go_to = Some(text);
                                }
                            } else {
                                ui.label(text);
                            }
                        });
                    }
                });
            });
    });
    if table.len() > ROWS {
        let args = [("shown", (ROWS as f64).into()), ("all", (table.len() as f64).into())];
        theme::note(ui, desk.words.format("view-rows", &args));
    }
    if let Some(id) = go_to {
        desk.go_to_building(&id);
    }
}

fn cell(data: &ColumnData, unit: &str, row: usize) -> String {
    match data {
        // A metre is a hundred-thousandth of a degree.
        ColumnData::Number(v) if unit == "°" && !v[row].is_nan() => format!("{:.5}", v[row]),
        ColumnData::Text(v) => v[row].clone(),
        ColumnData::Number(v) if v[row].is_nan() => "–".to_owned(),
        ColumnData::Number(v) if v[row].abs() >= 1000.0 => format!("{:.0}", v[row]),
        ColumnData::Number(v) => format!("{:.2}", v[row]),
        ColumnData::Integer(v) => v[row].to_string(),
        ColumnData::Flag(v) => if v[row] { "✔" } else { "–" }.to_owned(),
    }
}
