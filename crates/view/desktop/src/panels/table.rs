//! The table of buildings: searched, sorted, linked to the picture.

use bevy::prelude::*;
use bevy_egui::egui;
use egui_extras::{Column, TableBuilder};
use futago_model::Buildings;

use super::Desk;
use crate::settings::Pane;
use crate::theme;

/// Which rows there are and in which order.
#[derive(Resource, Default)]
pub struct TableRows {
    filter: String,
    sort: Sort,
    descending: bool,
    made_for: Option<(String, Sort, bool, u32)>,
    rows: Vec<u32>,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Sort {
    Id,
    Name,
    #[default]
    Height,
    Area,
    Flood,
}

const COLUMNS: [(Sort, &str); 5] = [
    (Sort::Id, "view-fact-id"),
    (Sort::Name, "view-fact-name"),
    (Sort::Height, "view-fact-height"),
    (Sort::Area, "view-fact-area"),
    (Sort::Flood, "view-fact-flood"),
];

impl TableRows {
    /// Makes the rows anew when the filter or the order changed.
    fn renew(&mut self, buildings: &Buildings, least_m: f64) {
        let now = (self.filter.clone(), self.sort, self.descending, least_m as u32);
        if self.made_for.as_ref() == Some(&now) {
            return;
        }
        let wanted = self.filter.to_lowercase();
        let text = |id| buildings.strings.get(id).unwrap_or_default();
        let records = &buildings.records;
        let fits = |i: &u32| {
            let b = &records[*i as usize];
            let named = || {
                [b.id, b.name_ja, b.name_en].into_iter().any(|id| text(id).to_lowercase().contains(&wanted))
            };
            f64::from(b.height_m) >= least_m && (wanted.is_empty() || named())
        };
        self.rows = (0..records.len() as u32).filter(fits).collect();
        let area = |i: u32| buildings.polygons.get(records[i as usize].footprint).area_m2();
        let number = |i: u32| match self.sort {
            Sort::Height => f64::from(records[i as usize].height_m),
            Sort::Area => area(i),
            // Unknown depths come last, falling or rising.
            Sort::Flood if records[i as usize].flood_depth_m.is_nan() => f64::NEG_INFINITY,
            Sort::Flood => f64::from(records[i as usize].flood_depth_m),
            Sort::Id | Sort::Name => 0.0,
        };
        match self.sort {
            Sort::Id => self.rows.sort_by_key(|i| text(records[*i as usize].id)),
            // Those without a name come last.
            Sort::Name => self.rows.sort_by_key(|i| {
                let name = text(records[*i as usize].name_ja);
                (name.is_empty(), name)
            }),
            _ => self.rows.sort_by(|a, b| number(*b).total_cmp(&number(*a))),
        }
        if self.descending {
            self.rows.reverse();
        }
        self.made_for = Some(now);
    }
}

/// Draws the pane.
pub fn draw(ctx: &egui::Context, desk: &mut Desk<'_>, rows: &mut TableRows) {
    super::pane(ctx, desk, Pane::Table, "view-table-title", [720.0, 380.0], |ui, desk| {
        let city = desk.city.model.clone();
        rows.renew(&city.buildings, desk.state.least_height_m);
        ui.horizontal(|ui| {
            ui.label(desk.text("view-filter"));
            ui.add(egui::TextEdit::singleline(&mut rows.filter).desired_width(180.0));
            let args = [
                ("shown", (rows.rows.len() as f64).into()),
                ("all", (city.buildings.records.len() as f64).into()),
            ];
            theme::note(ui, desk.words.format("view-rows", &args));
        });
        body(ui, desk, rows, &city.buildings);
    });
}

fn body(ui: &mut egui::Ui, desk: &mut Desk<'_>, rows: &mut TableRows, buildings: &Buildings) {
    let mut go_to = None;
    let mut resort = None;
    TableBuilder::new(ui)
        .striped(true)
        .sense(egui::Sense::click())
        .column(Column::exact(150.0))
        .column(Column::remainder().at_least(180.0).clip(true))
        .columns(Column::exact(98.0), 3)
        .min_scrolled_height(280.0)
        .header(24.0, |mut header| {
            for (sort, key) in COLUMNS {
                header.col(|ui| {
                    let mark = if sort != rows.sort {
                        ""
                    } else if rows.descending {
                        " ▲"
                    } else {
                        " ▼"
                    };
                    if ui.button(format!("{}{mark}", desk.text(key))).clicked() {
                        resort = Some(sort);
                    }
                });
            }
        })
        .body(|body| {
            body.rows(22.0, rows.rows.len(), |mut row| {
                let building = &buildings.records[rows.rows[row.index()] as usize];
                let id = buildings.id_of(building);
                row.set_selected(desk.state.selected.as_deref() == Some(id));
                let flood = building.flood_depth_m;
                let cells = [
                    id.to_owned(),
                    desk.name_of(buildings, building).unwrap_or_else(|| "–".to_owned()),
                    format!("{:.1} m", building.height_m),
                    format!("{:.0} m²", buildings.polygons.get(building.footprint).area_m2()),
                    if flood.is_nan() { "–".to_owned() } else { format!("{flood:.2} m") },
                ];
                for cell in cells {
                    row.col(|ui| {
                        ui.add(egui::Label::new(cell).selectable(false).truncate());
                    });
                }
                if row.response().clicked() {
                    go_to = Some(id.to_owned());
                }
            });
        });
    if let Some(sort) = resort {
        rows.descending = rows.sort == sort && !rows.descending;
        rows.sort = sort;
    }
    if let Some(id) = go_to {
        desk.go_to_building(&id);
    }
}

#[cfg(test)]
mod tests {
    use futago_testkit::{BoxSpec, box_city};

    use super::*;

    #[test]
    fn rows_are_filtered_and_sorted() {
        let boxes = [("a1", 10.0), ("b", 90.0), ("a2", 40.0)];
        let boxes: Vec<BoxSpec> = boxes
            .iter()
            .enumerate()
            .map(|(i, (id, top))| {
                BoxSpec::new(id, [i as f64 * 20.0, 0.0, i as f64 * 20.0 + 10.0, 10.0], *top)
            })
            .collect();
        let buildings = box_city(&boxes).buildings;
        let mut rows = TableRows::default();
        let ids = |rows: &TableRows| {
            let id = |i: &u32| buildings.id_of(&buildings.records[*i as usize]).to_owned();
            rows.rows.iter().map(id).collect::<Vec<_>>()
        };
        rows.renew(&buildings, 0.0);
        assert_eq!(ids(&rows), ["b", "a2", "a1"]);
        rows.filter = "A".to_owned();
        rows.sort = Sort::Id;
        rows.renew(&buildings, 0.0);
        assert_eq!(ids(&rows), ["a1", "a2"]);
        rows.descending = true;
        rows.renew(&buildings, 20.0);
        assert_eq!(ids(&rows), ["a2"]);
    }
}
