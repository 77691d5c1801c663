//! What is known of the marked building, what can be changed about it, and what results say of it.

use bevy_egui::egui;
use futago_field::{Support, Variant};
use futago_model::{Building, BuildingFlags, Buildings, StructureFlags, StructureKind, storeys};
use futago_scene::state::Command;
use futago_scene::sunlight::Kind;
use futago_sunlight::scenario::Raise;

use super::{Desk, Kept, inside, published, spot};
use crate::{footprint, theme};

/// Draws it.
pub fn draw(ui: &mut egui::Ui, desk: &mut Desk<'_>, kept: &mut Kept<'_>) {
    let Some(id) = desk.state.selected.clone() else { return };
    if let Some(index) = desk.city.model.structures.find(&id) {
        structure(ui, desk, index);
        published::draw(ui, desk, &mut kept.published, &id);
        return;
    }
    let Some((buildings, building)) = desk.building(&id) else {
        let removed = desk.state.what_if.remove.contains(&id);
        ui.label(desk.text(if removed { "view-building-removed" } else { "view-building-unknown" }));
        actions(ui, desk, &id, 0.0);
        return;
    };
    let title = desk.name_of(buildings, building).unwrap_or_else(|| desk.text("view-building"));
    let facts = facts(buildings, building);
    let (top_m, assumed) = (buildings.top_of(building), building.flags.has(BuildingFlags::HEIGHT_ASSUMED));
    ui.add(egui::Label::new(theme::heading(title).size(16.0)).wrap());
    if desk.state.what_if.raise.iter().any(|r| r.building == id)
        || desk.state.what_if.add.iter().any(|a| a.id == id)
    {
        theme::note(ui, desk.text("view-building-changed"));
    }
    inside::draw(ui, desk, &mut kept.floors, &id);
    fact_table(ui, desk, facts);
    theme::note(ui, desk.text("view-storeys-estimated"));
    if assumed {
        theme::note(ui, desk.text("view-height-assumed"));
    }
    results(ui, desk, &id);
    published::draw(ui, desk, &mut kept.published, &id);
    ui.separator();
    actions(ui, desk, &id, f64::from(top_m));
    ui.separator();
    spot::draw(ui, desk, &mut kept.spot);
}

/// What is known of a bridge or deck.
fn structure(ui: &mut egui::Ui, desk: &Desk<'_>, index: usize) {
    let structures = &desk.city.model.structures;
    let record = &structures.records[index];
    let kind = match StructureKind::from_number(record.kind) {
        StructureKind::Bridge => "view-structure-bridge",
        StructureKind::Deck => "view-structure-deck",
        StructureKind::Other => "view-structure-other",
    };
    let name = structures.strings.get(record.name).filter(|name| !name.is_empty());
    let title = name.map_or_else(|| desk.text(kind), str::to_owned);
    let area_m2: f64 = structures
        .solids_of(record)
        .iter()
        .map(|solid| structures.polygons.get(solid.polygon).area_m2())
        .sum();
    let facts = [
        ("view-fact-id", structures.id_of(record).to_owned()),
        ("view-fact-kind", desk.text(kind)),
        ("view-fact-deck-top", format!("{:.1} m", structures.top_of(record))),
        ("view-fact-foot", format!("T.P. {:.1} m", record.foot_tp_m)),
        ("view-fact-area", format!("{area_m2:.0} m²")),
    ];
    ui.add(egui::Label::new(theme::heading(title).size(16.0)).wrap());
    fact_table(ui, desk, facts);
    if record.flags.has(StructureFlags::GROUND_ASSUMED) {
        theme::note(ui, desk.text("view-structure-ground-assumed"));
    }
    if record.flags.has(StructureFlags::THICKNESS_ASSUMED) {
        theme::note(ui, desk.text("view-structure-thickness-assumed"));
    }
}

fn fact_table(ui: &mut egui::Ui, desk: &Desk<'_>, facts: impl IntoIterator<Item = (&'static str, String)>) {
    egui::Grid::new("facts").num_columns(2).spacing([10.0, 5.0]).show(ui, |ui| {
        for (key, value) in facts {
            ui.label(egui::RichText::new(desk.text(key)).color(theme::soft(ui)));
            ui.add(egui::Label::new(value).wrap());
            ui.end_row();
        }
    });
}

fn facts(buildings: &Buildings, building: &Building) -> Vec<(&'static str, String)> {
    let area = buildings.polygons.get(building.footprint).area_m2();
    let top_m = buildings.top_of(building);
    let mut facts = vec![
        ("view-fact-id", buildings.id_of(building).to_owned()),
        ("view-fact-height", format!("{:.1} m", building.height_m)),
        ("view-fact-top", format!("{top_m:.1} m")),
        ("view-fact-storeys", format!("≈ {}", storeys(building.height_m))),
        ("view-fact-area", format!("{area:.0} m²")),
        ("view-fact-pieces", building.solid_count.to_string()),
    ];
    if !building.flood_depth_m.is_nan() {
        facts.push(("view-fact-flood", format!("{:.2} m", building.flood_depth_m)));
    }
    if let Some(town) = buildings.strings.get(building.town_code).filter(|code| !code.is_empty()) {
        facts.push(("view-fact-town", town.to_owned()));
    }
    facts
}

/// Means of fields on this building's walls and roofs.
fn results(ui: &mut egui::Ui, desk: &Desk<'_>, id: &str) {
    let Some(set) = &desk.results.set else { return };
    for field in set.fields.iter().filter(|f| f.variant != Variant::Difference) {
        let Support::Points(points) = &field.support else { continue };
        let mine = points.owner.iter().zip(&field.values).filter(|(owner, v)| *owner == id && !v.is_nan());
        let (sum, count) = mine.fold((0.0, 0_u32), |(sum, count), (_, v)| (sum + f64::from(*v), count + 1));
        if count > 0 {
            let unit = desk.words.unit(&field.quantity.unit);
            let name = desk.words.field_name(field);
            let args =
                [("name", name.into()), ("value", format!("{:.1} {unit}", sum / f64::from(count)).into())];
            ui.add(egui::Label::new(desk.words.format("view-mean", &args)).wrap());
        }
    }
}

fn actions(ui: &mut egui::Ui, desk: &mut Desk<'_>, id: &str, top_m: f64) {
    ui.label(theme::heading(desk.text("view-what-if")));
    if top_m > 0.0 {
        let mut height_m = top_m;
        ui.horizontal(|ui| {
            ui.label(desk.text("view-fact-height"));
            ui.add(egui::Slider::new(&mut height_m, 3.0..=400.0).suffix(" m").fixed_decimals(0));
        });
        if (height_m - top_m).abs() > 0.4 {
            desk.commands
                .write(Command::Raise(Raise { building: id.to_owned(), height_m: height_m.round() }));
        }
    }
    let changes = &desk.state.what_if;
    let changed = changes.remove.iter().any(|other| other == id)
        || changes.raise.iter().any(|raise| raise.building == id)
        || changes.add.iter().any(|add| add.id == id);
    ui.horizontal(|ui| {
        if top_m > 0.0 && ui.button(desk.text("view-remove")).clicked() {
            desk.commands.write(Command::Remove(id.to_owned()));
        }
        if changed && ui.button(desk.text("view-restore")).clicked() {
            desk.commands.write(Command::Restore(id.to_owned()));
        }
    });
    move_new(ui, desk, id);
    if top_m > 0.0 {
        ui.horizontal_wrapped(|ui| {
            for kind in [Kind::Facades, Kind::EqualTime] {
                if ui.button(desk.text(kind.key())).clicked() {
                    desk.form.kind = kind;
                    let form = desk.form.clone();
                    form.start(&desk.city.model, &desk.state, &mut desk.study);
                }
            }
        });
    }
    if ui.button(desk.text("view-close")).clicked() {
        desk.commands.write(Command::Select(None));
    }
}

/// A new building can be moved and turned.
fn move_new(ui: &mut egui::Ui, desk: &mut Desk<'_>, id: &str) {
    let Some(add) = desk.state.what_if.add.iter().find(|add| add.id == id).cloned() else { return };
    let steps = [
        ("view-west", [-5.0, 0.0, 0.0]),
        ("view-east", [5.0, 0.0, 0.0]),
        ("view-south", [0.0, -5.0, 0.0]),
        ("view-north", [0.0, 5.0, 0.0]),
        ("view-turn-left", [0.0, 0.0, 5.0]),
        ("view-turn-right", [0.0, 0.0, -5.0]),
    ];
    ui.horizontal_wrapped(|ui| {
        for (key, [east, north, turn]) in steps {
            let step = if turn == 0.0 { "5 m" } else { "5°" };
            if ui.small_button(format!("{} {step}", desk.text(key))).clicked()
                && let Some(moved) = footprint::moved(&desk.city.model, &add, [east, north], turn)
            {
                desk.commands.write(Command::Add(moved));
            }
        }
    });
}
