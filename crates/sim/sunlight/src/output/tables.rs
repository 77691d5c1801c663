//! Tables: faces, buildings, probes.

use std::collections::BTreeMap;

use futago_field::{Column, ColumnData, Message, ResultSet, Table};
use futago_model::CityModel;

use super::{hours_a_day, suffix};
use crate::prepare::solid_index::SolidIndex;
use crate::run::{Case, SunlightRun, Surface};

/// Rows of a table that a report shows.
const ROWS_SHOWN: usize = 12;

/// Adds the tables of every case.
pub fn add(run: &SunlightRun, results: &mut ResultSet) {
    for case in &run.cases {
        for surface in &case.surfaces {
            if surface.set.kind == "probes" {
                results.tables.push(probes(run, surface, suffix(case.variant)));
                if suffix(case.variant).is_empty() {
                    probe_findings(run, case, surface, results);
                }
            } else if run.question.sun_hours.is_some() {
                results.tables.push(faces(run, surface, suffix(case.variant)));
                results.tables.push(buildings(run, surface, suffix(case.variant)));
            }
        }
    }
}

/// What a group of points has: area, area x hours, area x sky.
#[derive(Default, Clone, Copy)]
struct Sum {
    area: f64,
    hours: f64,
    sky: f64,
    normal: [f32; 3],
}

fn sums<K: Ord>(run: &SunlightRun, surface: &Surface, key: impl Fn(usize) -> K) -> BTreeMap<K, Sum> {
    let mut groups: BTreeMap<K, Sum> = BTreeMap::new();
    for i in 0..surface.set.at_m.len() {
        let sum = groups.entry(key(i)).or_default();
        let area = f64::from(surface.set.area_m2[i]);
        sum.area += area;
        sum.hours += area * hours_a_day(run, surface.seen[i][0]);
        sum.sky += area * surface.sky.get(i).map_or(f64::NAN, |s| f64::from(*s));
        sum.normal = surface.set.normal[i];
    }
    groups
}

fn faces(run: &SunlightRun, surface: &Surface, end: &str) -> Table {
    let groups = sums(run, surface, |i| (surface.set.owner[i].clone(), surface.set.face[i]));
    let all: Vec<_> = groups.into_iter().collect();
    let azimuth = |n: [f32; 3]| {
        if n[2] > 0.5 {
            f64::NAN
        } else {
            f64::from(n[0]).atan2(f64::from(n[1])).to_degrees().rem_euclid(360.0)
        }
    };
    let mut columns = vec![
        text("building_id", all.iter().map(|((id, _), _)| id.clone())),
        whole("face", all.iter().map(|((_, face), _)| i64::from(*face))),
        number("azimuth_deg", "°", all.iter().map(|(_, s)| azimuth(s.normal))),
        number("area_m2", "m2", all.iter().map(|(_, s)| s.area)),
        number("sun_hours_h", "h", all.iter().map(|(_, s)| s.hours / s.area)),
    ];
    if !surface.sky.is_empty() {
        columns.push(number("sky_view", "1", all.iter().map(|(_, s)| s.sky / s.area)));
    }
    // Files hold every face; a report has no use for thousands.
    Table { key: format!("faces-{}{end}", surface.set.kind), columns, rows_in_report: 0 }
}

fn buildings(run: &SunlightRun, surface: &Surface, end: &str) -> Table {
    let mut all: Vec<_> = sums(run, surface, |i| surface.set.owner[i].clone()).into_iter().collect();
    all.sort_by(|a, b| (a.1.hours / a.1.area).total_cmp(&(b.1.hours / b.1.area)).then_with(|| a.0.cmp(&b.0)));
    let names: Vec<_> = all.iter().map(|(id, _)| names_of(&run.city, id)).collect();
    let mut columns = vec![
        text("building_id", all.iter().map(|(id, _)| id.clone())),
        text("name_ja", names.iter().map(|n| n.0.clone())),
        text("name_en", names.iter().map(|n| n.1.clone())),
        number("area_m2", "m2", all.iter().map(|(_, s)| s.area)),
        number("sun_hours_h", "h", all.iter().map(|(_, s)| s.hours / s.area)),
    ];
    if !surface.sky.is_empty() {
        columns.push(number("sky_view", "1", all.iter().map(|(_, s)| s.sky / s.area)));
    }
    Table { key: format!("buildings-{}{end}", surface.set.kind), columns, rows_in_report: ROWS_SHOWN }
}

fn probes(run: &SunlightRun, surface: &Surface, end: &str) -> Table {
    let set = &surface.set;
    let frame = &run.city.about.frame;
    let places: Vec<_> =
        set.at_m.iter().map(|p| frame.lonlat_from_site([f64::from(p[0]), f64::from(p[1])]).ok()).collect();
    let mut columns = vec![
        text("probe", set.owner.iter().cloned()),
        number("lon_deg", "°", places.iter().map(|p| p.map_or(f64::NAN, |p| p.lon_deg))),
        number("lat_deg", "°", places.iter().map(|p| p.map_or(f64::NAN, |p| p.lat_deg))),
        number("height_m", "m", set.at_m.iter().map(|p| f64::from(p[2]))),
    ];
    if run.question.sun_hours.is_some() {
        columns.push(number("sun_hours_h", "h", surface.seen.iter().map(|s| hours_a_day(run, s[0]))));
    }
    if !surface.sky.is_empty() {
        columns.push(number("sky_view", "1", surface.sky.iter().map(|s| f64::from(*s))));
    }
    Table { key: format!("probes{end}"), columns, rows_in_report: ROWS_SHOWN }
}

/// Probes named in the answer.
const PROBES_TOLD: usize = 4;

fn probe_findings(run: &SunlightRun, case: &Case, surface: &Surface, results: &mut ResultSet) {
    if run.question.sun_hours.is_none() {
        return;
    }
    let solids = SolidIndex::new(&case.scene);
    for i in 0..surface.set.owner.len().min(PROBES_TOLD) {
        let (name, [x, y, z]) = (surface.set.owner[i].as_str(), surface.set.at_m[i].map(f64::from));
        let is_place = surface.set.normal[i][2] > 0.5;
        let above = |s: &u32| case.scene.solids[*s as usize].fills(z);
        // No sun inside a house is not the shadow of another one, and should be said.
        let message = match solids.covering(&case.scene, [x, y]).find(above).filter(|_| is_place) {
            Some(solid) => {
                let owner = case.scene.solids[solid as usize].owner as usize;
                Message::new("sunlight-finding-probe-inside")
                    .with("building", case.scene.owners[owner].as_str())
            }
            None => {
                Message::new("sunlight-finding-probe").with("hours", hours_a_day(run, surface.seen[i][0]))
            }
        };
        results.findings.push(message.with("name", name));
    }
}

/// Japanese and English name of a building; empty where it has none.
pub fn names_of(city: &CityModel, id: &str) -> (String, String) {
    let buildings = &city.buildings;
    let Some(record) = buildings.find(id).map(|i| &buildings.records[i]) else { return Default::default() };
    let name = |id| buildings.strings.get(id).unwrap_or_default().to_owned();
    (name(record.name_ja), name(record.name_en))
}

/// A column of words.
pub fn text(key: &str, values: impl Iterator<Item = String>) -> Column {
    Column { key: key.to_owned(), unit: String::new(), data: ColumnData::Text(values.collect()) }
}

/// A column of numbers with their unit.
pub fn number(key: &str, unit: &str, values: impl Iterator<Item = f64>) -> Column {
    Column { key: key.to_owned(), unit: unit.to_owned(), data: ColumnData::Number(values.collect()) }
}

/// A column of whole numbers.
pub fn whole(key: &str, values: impl Iterator<Item = i64>) -> Column {
    Column { key: key.to_owned(), unit: String::new(), data: ColumnData::Integer(values.collect()) }
}
