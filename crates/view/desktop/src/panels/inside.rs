//! What results say of the marked building beyond its walls: over the day, floor by floor, and the street beside it.

use std::sync::Arc;

use bevy::prelude::*;
use bevy_egui::egui;
use egui_extras::{Column, TableBuilder};
use futago_field::{ColumnData, Field, ResultSet, Support, Table, Variant};
use futago_scene::clock::jst;
use futago_scene::field_layer::{ShownValues, element_at, field_at, flow_of};

use super::{Desk, legend, over_time};
use crate::theme;

/// The floors of the marked building as the result's table has them.
#[derive(Resource, Default)]
pub struct FloorRows {
    /// The results, in memory, and the building.
    of: (usize, String),
    rows: Vec<FloorRow>,
}

struct FloorRow {
    floor: i64,
    /// Begin of the part of the day, `09:00`.
    time: String,
    /// Persons and share of the capacity, before and after.
    before: [f64; 2],
    after: Option<[f64; 2]>,
}

/// Draws it, as far as there is a result.
pub fn draw(ui: &mut egui::Ui, desk: &Desk<'_>, floors: &mut FloorRows, id: &str) {
    let Some(set) = desk.results.set.clone() else { return };
    over_day(ui, desk, &set, id);
    by_floor(ui, desk, &set, floors, id);
    street(ui, desk, &set, id);
}

/// The building as a whole over the day, before and after.
fn over_day(ui: &mut egui::Ui, desk: &Desk<'_>, set: &ResultSet, id: &str) {
    let first = |variant: Variant| {
        let is_whole = |f: &&Field| f.variant == variant && matches!(f.support, Support::Buildings(_));
        set.fields.iter().find(is_whole)
    };
    let Some(before) = first(Variant::AsIs) else { return };
    let Some(element) = element_at(&before.support, [0.0; 3], Some(id)) else { return };
    let values = |field: &Field| over_time::values(&set.series_of(field), element);
    let (now, then) = match first(Variant::WhatIf) {
        Some(after) => (values(after), Some(values(before))),
        None => (values(before), None),
    };
    let range = ShownValues::of(set, before).map_or((0.0, 1.0), |shown| shown.range);
    ui.add_space(4.0);
    ui.label(theme::heading(desk.text("view-inside-day")));
    let axis = desk.words.text(&format!("quantity-{}", before.quantity.key));
    theme::note(ui, axis);
    over_time::chart(ui, desk, "inside", &desk.text("view-inside-level"), range, then, now);
}

/// A row a floor at the clock's time, from above.
fn by_floor(ui: &mut egui::Ui, desk: &Desk<'_>, set: &Arc<ResultSet>, floors: &mut FloorRows, id: &str) {
    let Some(field) = set.fields.iter().find(|f| matches!(f.support, Support::Floors(_))) else { return };
    let of = (Arc::as_ptr(set) as usize, id.to_owned());
    if floors.of != of {
        let table = set.tables.iter().find(|table| table.key == "office-floors");
        floors.rows = table.map(|table| rows(table, id)).unwrap_or_default();
        floors.of = of;
    }
    let time = field_at(set, &field.key, desk.state.clock.at).and_then(|field| field.time);
    let Some(time) = time.map(|time| time.from.to_zoned(jst()).strftime("%H:%M").to_string()) else { return };
    let mut now: Vec<&FloorRow> = floors.rows.iter().filter(|row| row.time == time).collect();
    if now.is_empty() {
        return;
    }
    now.sort_by_key(|row| -row.floor);
    ui.add_space(4.0);
    ui.label(theme::heading(format!("{} · {time}", desk.text("view-inside-floors"))));
    let compared = now.iter().any(|row| row.after.is_some());
    let columns = ["view-inside-floor", "view-inside-persons", "view-inside-level"];
    TableBuilder::new(ui)
        .id_salt("inside-floors")
        .striped(true)
        .max_scroll_height(150.0)
        .column(Column::exact(44.0))
        .columns(Column::remainder(), 2)
        .header(18.0, |mut header| {
            for key in columns {
                header.col(|ui| {
                    ui.small(desk.text(key));
                });
            }
        })
        .body(|body| {
            body.rows(18.0, now.len(), |mut row| {
                let floor = now[row.index()];
                let cells = [
                    floor_name(floor.floor),
                    both(floor, 0, compared, |v| format!("{v:.0}")),
                    both(floor, 1, compared, |v| format!("{:.0} %", v * 100.0)),
                ];
                for cell in cells {
                    row.col(|ui| {
                        ui.small(cell);
                    });
                }
            });
        });
}

/// `3F`, `B1F`.
fn floor_name(floor: i64) -> String {
    if floor < 0 { format!("B{}F", -floor) } else { format!("{floor}F") }
}

/// A value, or one before and one after.
fn both(row: &FloorRow, which: usize, compared: bool, words: impl Fn(f64) -> String) -> String {
    let say = |value: f64| if value.is_nan() { "–".to_owned() } else { words(value) };
    match row.after.filter(|_| compared) {
        Some(after) => format!("{} → {}", say(row.before[which]), say(after[which])),
        None => say(row.before[which]),
    }
}

fn rows(table: &Table, id: &str) -> Vec<FloorRow> {
    let column = |key: &str| table.columns.iter().find(|c| c.key == key).map(|c| &c.data);
    let number = |key: &str, row: usize| match column(key) {
        Some(ColumnData::Number(values)) => Some(values[row]),
        _ => None,
    };
    let (Some(ColumnData::Text(ids)), Some(ColumnData::Text(times)), Some(ColumnData::Integer(floors))) =
        (column("building_id"), column("time"), column("floor"))
    else {
        return Vec::new();
    };
    let row = |row: usize| {
        let before = [number("persons", row)?, number("level", row)?];
        let after = number("persons_after", row).zip(number("level_after", row));
        Some(FloorRow {
            floor: floors[row],
            time: times[row].clone(),
            before,
            after: after.map(|(persons, level)| [persons, level]),
        })
    };
    let mine = ids.iter().enumerate().filter(|(_, other)| *other == id);
    mine.filter_map(|(index, _)| row(index)).collect()
}

/// Streets beside a building are at most this far from its outline, metres.
const BESIDE_M: f64 = 25.0;

/// The fullest street beside it.
fn street(ui: &mut egui::Ui, desk: &Desk<'_>, set: &ResultSet, id: &str) {
    let Some(shown) = desk.shown.field.as_ref() else { return };
    let (Some(flow), Support::Links(links)) = (flow_of(set, &shown.field), &shown.field.support) else {
        return;
    };
    let Some((buildings, building)) = desk.building(id) else { return };
    let [west, south, east, north] = buildings.polygons.get(building.footprint).bounds_m();
    let is_beside = |[x, y, _]: &[f32; 3]| {
        let (x, y) = (f64::from(*x), f64::from(*y));
        (west - BESIDE_M..=east + BESIDE_M).contains(&x) && (south - BESIDE_M..=north + BESIDE_M).contains(&y)
    };
    let near = (0..links.len()).filter(|index| links.line_m(*index).iter().any(is_beside));
    let known = near.filter(|index| !flow.values[*index].is_nan());
    let Some(fullest) = known.max_by(|a, b| flow.values[*a].total_cmp(&flow.values[*b])) else { return };
    let name = Some(links.name[fullest].clone()).filter(|name| !name.is_empty());
    let name = name.unwrap_or_else(|| desk.text("view-inside-street-unnamed"));
    ui.add_space(4.0);
    let text = desk.words.format("view-inside-street", &[("street", name.into())]);
    ui.add(egui::Label::new(text).wrap());
    let other = (shown.field.key != flow.key).then_some(&shown.field);
    for field in std::iter::once(flow).chain(other) {
        let unit = desk.words.unit(&field.quantity.unit);
        let value = field.values[fullest];
        let digits = if value.abs() >= 10.0 { 0 } else { legend::digits(value.abs()) };
        ui.label(format!("{}: {value:.digits$} {unit}", desk.words.field_name(field)));
    }
}
