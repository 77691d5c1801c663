//! Tables: floors, buildings, areas and all, hour by hour; the days of buildings; lifts.

use futago_field::{Column, ColumnData, ResultSet, Table};

use super::source;
use super::sums::{Sum, Sums, mean, peak, ratio};
use crate::prepare::{Office, OfficeFloor};
use crate::run::OfficeRun;
use crate::step::ZoneLifts;

/// Rows of a table that a report shows.
const ROWS_SHOWN: usize = 12;

/// Adds the tables.
pub fn add(run: &OfficeRun, sums: &[Sums], results: &mut ResultSet) {
    results.tables.push(hours(run, sums));
    results.tables.push(buildings(run, sums));
    results.tables.push(lifts(run));
    results.tables.push(areas(run, sums));
    results.tables.push(building_hours(run, sums));
    results.tables.push(floors(run));
}

/// The district, hour by hour.
fn hours(run: &OfficeRun, sums: &[Sums]) -> Table {
    let rows: Vec<usize> = (0..run.bins.len()).collect();
    let mut columns = vec![text("time", rows.iter().map(|bin| run.bins[*bin].from_clock()))];
    columns.extend(sum_columns(&rows, run.cases.len(), |bin, case| sums[case].all[*bin]));
    Table { key: "office-hours".to_owned(), columns, rows_in_report: 48 }
}

/// One row a building, the fullest first.
fn buildings(run: &OfficeRun, sums: &[Sums]) -> Table {
    let persons = |office: &usize| peak(&sums[0].offices[*office]).map_or(-1.0, |(_, persons)| persons);
    let mut rows: Vec<usize> = (0..run.offices.len()).collect();
    rows.sort_by(|a, b| persons(b).total_cmp(&persons(a)).then(a.cmp(b)));
    let office = |row: &usize| &run.offices[*row];
    let floors_of = |row: &usize| &run.floors[office(row).floors.clone()];
    let total = |row: &usize, value: fn(&OfficeFloor) -> f64| floors_of(row).iter().map(value).sum::<f64>();
    let at_peak = |row: &usize, case: usize| {
        let own = &sums[case].offices[*row];
        peak(own).map(|(bin, _)| own[bin]).unwrap_or_default()
    };
    let place = |row: &usize| run.city.about.frame.lonlat_from_site(office(row).at_m).ok();
    let mut columns = vec![
        text("building_id", rows.iter().map(|row| office(row).id.clone())),
        text("name_ja", rows.iter().map(|row| office(row).name_ja.clone())),
        text("name_en", rows.iter().map(|row| office(row).name_en.clone())),
        number("height_m", "m", rows.iter().map(|row| office(row).height_m)),
        whole("storeys", rows.iter().map(|row| i64::from(office(row).storeys))),
        number("office_area_m2", "m2", rows.iter().map(|row| total(row, |floor| floor.area_m2))),
        number("capacity_persons", "persons", rows.iter().map(|row| total(row, |floor| floor.capacity))),
        text(
            "peak_time",
            rows.iter().map(|row| {
                peak(&sums[0].offices[*row]).map_or_else(String::new, |(bin, _)| run.bins[bin].from_clock())
            }),
        ),
        number("persons_peak", "persons", rows.iter().map(|row| at_peak(row, 0).persons())),
        number("density_p_m2", "persons/m2", rows.iter().map(|row| at_peak(row, 0).density())),
        number("level", "1", rows.iter().map(|row| at_peak(row, 0).level())),
        number("persons_mean", "persons", rows.iter().map(|row| mean(&sums[0].offices[*row]))),
    ];
    if run.cases.len() > 1 {
        let change = |row: &usize| at_peak(row, 1).persons() - at_peak(row, 0).persons();
        columns.extend([
            number("persons_after", "persons", rows.iter().map(|row| at_peak(row, 1).persons())),
            number("level_after", "1", rows.iter().map(|row| at_peak(row, 1).level())),
            number("persons_change", "persons", rows.iter().map(change)),
        ]);
    }
    let waits = |row: &usize| {
        let own = run.cases[0].lifts.iter().filter(|zone| zone.office == *row);
        own.map(|zone| zone.wait_s).fold(f64::NAN, f64::max)
    };
    columns.extend([
        number("lift_wait_s", "s", rows.iter().map(waits)),
        text("basis", rows.iter().map(|row| office(row).basis.key().to_owned())),
        text("source", rows.iter().map(|row| source(is_measured(run, office(row)), 1.0).to_owned())),
        number("lon_deg", "deg", rows.iter().map(|row| place(row).map_or(f64::NAN, |p| p.lon_deg))),
        number("lat_deg", "deg", rows.iter().map(|row| place(row).map_or(f64::NAN, |p| p.lat_deg))),
    ]);
    Table { key: "office-buildings".to_owned(), columns, rows_in_report: ROWS_SHOWN }
}

/// A building is of a file or of the schedule as a whole.
fn is_measured(run: &OfficeRun, office: &Office) -> bool {
    run.floors[office.floors.clone()].iter().any(|floor| floor.measured.is_some())
}

/// One row a zone, the longest wait first.
fn lifts(run: &OfficeRun) -> Table {
    let mut rows: Vec<usize> = (0..run.cases[0].lifts.len()).collect();
    let before = |row: &usize| &run.cases[0].lifts[*row];
    rows.sort_by(|a, b| before(b).wait_s.total_cmp(&before(a).wait_s).then(a.cmp(b)));
    let office = |row: &usize| &run.offices[before(row).office];
    let of = |key: &str, unit: &str, value: fn(&ZoneLifts) -> f64| {
        number(key, unit, rows.iter().map(|row| value(before(row))))
    };
    let mut columns = vec![
        text("building_id", rows.iter().map(|row| office(row).id.clone())),
        text("name_ja", rows.iter().map(|row| office(row).name_ja.clone())),
        text("name_en", rows.iter().map(|row| office(row).name_en.clone())),
        whole("zone", rows.iter().map(|row| i64::from(before(row).zone))),
        whole("lowest_floor", rows.iter().map(|row| i64::from(before(row).floors[0]))),
        whole("highest_floor", rows.iter().map(|row| i64::from(before(row).floors[1]))),
        whole("cars", rows.iter().map(|row| i64::from(before(row).cars))),
        text(
            "cars_source",
            rows.iter().map(|row| if before(row).designed { "designed" } else { "known" }.to_owned()),
        ),
        of("speed_m_s", "m/s", |zone| zone.speed_m_s),
        of("round_trip_s", "s", |zone| zone.round_trip_s),
        of("interval_s", "s", |zone| zone.interval_s),
        of("handling_5_min", "persons", |zone| zone.handling_5_min),
        of("arrivals_5_min", "persons", |zone| zone.queue.arrivals_5_min),
        of("queue_persons", "persons", |zone| zone.queue.persons),
        of("wait_s", "s", |zone| zone.wait_s),
    ];
    if let Some(after) = run.cases.get(1) {
        // Zones are those of the building, not of the day, and so are the same in both.
        columns.extend([
            number(
                "arrivals_5_min_after",
                "persons",
                rows.iter().map(|row| after.lifts[*row].queue.arrivals_5_min),
            ),
            number("queue_persons_after", "persons", rows.iter().map(|row| after.lifts[*row].queue.persons)),
            number("wait_s_after", "s", rows.iter().map(|row| after.lifts[*row].wait_s)),
        ]);
    }
    Table { key: "office-lifts".to_owned(), columns, rows_in_report: ROWS_SHOWN }
}

/// One row an area and part of the day.
fn areas(run: &OfficeRun, sums: &[Sums]) -> Table {
    let rows = pairs(run.areas.len(), run.bins.len());
    let area = |(area, _): &(usize, usize)| &run.areas[*area];
    let place = |row| run.city.about.frame.lonlat_from_site(area(row).at_m).ok();
    let mut columns = vec![
        text("area", rows.iter().map(|row| area(row).key.clone())),
        text("time", rows.iter().map(|(_, bin)| run.bins[*bin].from_clock())),
    ];
    columns.extend(sum_columns(&rows, run.cases.len(), |(area, bin), case| sums[case].areas[*area][*bin]));
    columns.extend([
        number("lon_deg", "deg", rows.iter().map(|row| place(row).map_or(f64::NAN, |p| p.lon_deg))),
        number("lat_deg", "deg", rows.iter().map(|row| place(row).map_or(f64::NAN, |p| p.lat_deg))),
    ]);
    Table { key: "office-areas".to_owned(), columns, rows_in_report: 0 }
}

/// One row a building and part of the day.
fn building_hours(run: &OfficeRun, sums: &[Sums]) -> Table {
    let rows = pairs(run.offices.len(), run.bins.len());
    let mut columns = vec![
        text("building_id", rows.iter().map(|(office, _)| run.offices[*office].id.clone())),
        text("time", rows.iter().map(|(_, bin)| run.bins[*bin].from_clock())),
    ];
    columns
        .extend(sum_columns(&rows, run.cases.len(), |(office, bin), case| sums[case].offices[*office][*bin]));
    Table { key: "office-building-hours".to_owned(), columns, rows_in_report: 0 }
}

/// One row a floor and part of the day.
fn floors(run: &OfficeRun) -> Table {
    let rows = pairs(run.floors.len(), run.bins.len());
    let floor = |(floor, _): &(usize, usize)| &run.floors[*floor];
    let persons = |(floor, bin): &(usize, usize), case: usize| run.cases[case].filled[*floor].persons[*bin];
    let factor = |case: usize| run.cases.get(case).map_or(1.0, |case| case.measured_factor);
    let sources = |case: usize| {
        let word = move |row: &(usize, usize)| source(floor(row).measured.is_some(), factor(case)).to_owned();
        rows.iter().map(word).collect::<Vec<_>>().into_iter()
    };
    let mut columns = vec![
        text("building_id", rows.iter().map(|row| run.offices[floor(row).office].id.clone())),
        whole("floor", rows.iter().map(|row| i64::from(floor(row).floor))),
        text("time", rows.iter().map(|(_, bin)| run.bins[*bin].from_clock())),
        number("bottom_m", "m", rows.iter().map(|row| floor(row).bottom_m)),
        number("office_area_m2", "m2", rows.iter().map(|row| floor(row).area_m2)),
        number("capacity_persons", "persons", rows.iter().map(|row| floor(row).capacity)),
        number("persons", "persons", rows.iter().map(|row| persons(row, 0))),
        number(
            "density_p_m2",
            "persons/m2",
            rows.iter().map(|row| ratio(persons(row, 0), floor(row).area_m2)),
        ),
        number("level", "1", rows.iter().map(|row| ratio(persons(row, 0), floor(row).capacity))),
        text("source", sources(0)),
    ];
    if run.cases.len() > 1 {
        columns.extend([
            number("persons_after", "persons", rows.iter().map(|row| persons(row, 1))),
            number("level_after", "1", rows.iter().map(|row| ratio(persons(row, 1), floor(row).capacity))),
            number("persons_change", "persons", rows.iter().map(|row| persons(row, 1) - persons(row, 0))),
            text("source_after", sources(1)),
        ]);
    }
    Table { key: "office-floors".to_owned(), columns, rows_in_report: 0 }
}

fn pairs(things: usize, bins: usize) -> Vec<(usize, usize)> {
    (0..things).flat_map(|thing| (0..bins).map(move |bin| (thing, bin))).collect()
}

/// Persons, persons/m2, level and known floors of sums, before and after.
fn sum_columns<R>(rows: &[R], cases: usize, sum: impl Fn(&R, usize) -> Sum) -> Vec<Column> {
    let mut columns = vec![
        number("persons", "persons", rows.iter().map(|row| sum(row, 0).persons())),
        number("density_p_m2", "persons/m2", rows.iter().map(|row| sum(row, 0).density())),
        number("level", "1", rows.iter().map(|row| sum(row, 0).level())),
        whole("floors_known", rows.iter().map(|row| sum(row, 0).known as i64)),
        whole("floors", rows.iter().map(|row| sum(row, 0).floors as i64)),
    ];
    if cases > 1 {
        let change = |row: &R| sum(row, 1).persons() - sum(row, 0).persons();
        columns.extend([
            number("persons_after", "persons", rows.iter().map(|row| sum(row, 1).persons())),
            number("level_after", "1", rows.iter().map(|row| sum(row, 1).level())),
            number("persons_change", "persons", rows.iter().map(change)),
        ]);
    }
    columns
}

fn text(key: &str, values: impl Iterator<Item = String>) -> Column {
    Column { key: key.to_owned(), unit: String::new(), data: ColumnData::Text(values.collect()) }
}

fn number(key: &str, unit: &str, values: impl Iterator<Item = f64>) -> Column {
    Column { key: key.to_owned(), unit: unit.to_owned(), data: ColumnData::Number(values.collect()) }
}

fn whole(key: &str, values: impl Iterator<Item = i64>) -> Column {
    Column { key: key.to_owned(), unit: String::new(), data: ColumnData::Integer(values.collect()) }
}
