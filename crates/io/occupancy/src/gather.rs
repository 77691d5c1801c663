//! Rows to floors: each sample to its floor, and what cannot be used to the Report.

use std::collections::BTreeMap;

use futago_field::CappedReport;
use futago_model::{FloorOccupancy, Occupancy};

use crate::cells::Cell;
use crate::columns::Role;
use crate::{Found, Limits, OccupancyError};

/// Most persons of one floor, and most square metres: beyond them a number is a mistake.
const MOST_PERSONS: f64 = 100_000.0;
const MOST_AREA_M2: f64 = 1e6;

/// Longest id of a building, bytes.
const MOST_ID: usize = 200;

/// What was gathered so far.
pub(crate) struct Gather<'l> {
    file: String,
    limits: &'l Limits,
    /// Whether clocks without an offset show UTC.
    utc: bool,
    /// How a row is named in the Report: `line` or `row`.
    unit: &'static str,
    rows: u64,
    floors: BTreeMap<String, BTreeMap<i32, FloorOccupancy>>,
    floor_count: usize,
    notes: CappedReport,
}

impl<'l> Gather<'l> {
    pub fn new(file: &str, limits: &'l Limits, utc: bool, unit: &'static str) -> Self {
        let notes = CappedReport::new(limits.entries_per_code);
        let file = file.to_owned();
        Self { file, limits, utc, unit, rows: 0, floors: BTreeMap::new(), floor_count: 0, notes }
    }

    /// Takes a row: its number in the file, and its cells in the order of [`Role`].
    pub fn row(&mut self, number: u64, cells: [Cell<'_>; 6]) -> Result<(), OccupancyError> {
        self.rows += 1;
        if self.rows > self.limits.rows {
            return Err(OccupancyError::too_large(&self.file, "rows", self.limits.rows));
        }
        let cells = cells.map(Cell::trimmed);
        let cell = |role: Role| cells[role as usize];
        let number_text;
        let building = match cell(Role::Building) {
            Cell::Text(text) if text.len() <= MOST_ID => text,
            // Ids that are all figures come as numbers from typed columns.
            Cell::Number(id) if id.fract() == 0.0 => {
                number_text = id.to_string();
                &number_text
            }
            _ => return self.left_out(number, "occupancy-no-building", "", cell(Role::Building)),
        };
        let Some(floor) = cell(Role::Floor).floor() else {
            return self.left_out(number, "occupancy-bad-floor", building, cell(Role::Floor));
        };
        let Some(at_s) = cell(Role::Time).instant(self.utc) else {
            return self.left_out(number, "occupancy-bad-time", building, cell(Role::Time));
        };
        if cell(Role::Persons) == Cell::Empty {
            return self.left_out(number, "occupancy-empty", building, Cell::Empty);
        }
        let persons = cell(Role::Persons).number().filter(|p| (0.0..=MOST_PERSONS).contains(p));
        let Some(persons) = persons else {
            return self.left_out(number, "occupancy-bad-persons", building, cell(Role::Persons));
        };
        let capacity = self.optional(number, building, cell(Role::Capacity), MOST_PERSONS);
        let area = self.optional(number, building, cell(Role::Area), MOST_AREA_M2);
        self.sample(building, floor, number, [capacity, area], (at_s, persons))
    }

    fn sample(
        &mut self,
        building: &str,
        floor: i32,
        number: u64,
        [capacity, area]: [Option<f64>; 2],
        (at_s, persons): (i64, f64),
    ) -> Result<(), OccupancyError> {
        // Most rows are of a building that is known, and need no copy of its id.
        let floors = match self.floors.get_mut(building) {
            Some(floors) => floors,
            None => self.floors.entry(building.to_owned()).or_default(),
        };
        let mut is_new = false;
        let found = floors.entry(floor).or_insert_with(|| {
            is_new = true;
            FloorOccupancy { building: building.to_owned(), floor, ..FloorOccupancy::default() }
        });
        found.at_s.push(at_s);
        found.persons.push(persons);
        let mut changed = false;
        for (known, said) in [(&mut found.capacity_persons, capacity), (&mut found.area_m2, area)] {
            match (*known, said) {
                (None, Some(_)) => *known = said,
                (Some(first), Some(now)) if first != now => changed = true,
                _ => {}
            }
        }
        if changed {
            self.note(
                number,
                "occupancy-changing-size",
                building,
                "another capacity or area than before; the first counts",
            );
        }
        self.floor_count += usize::from(is_new);
        if self.floor_count > self.limits.floors {
            return Err(OccupancyError::too_large(&self.file, "floors", self.limits.floors as u64));
        }
        Ok(())
    }

    /// A capacity or an area: none where it is empty or no number.
    fn optional(&mut self, number: u64, building: &str, cell: Cell<'_>, most: f64) -> Option<f64> {
        let value = cell.number().filter(|value| *value > 0.0 && *value <= most);
        if value.is_none() && cell != Cell::Empty {
            let action = format!("{} is no capacity or area; left out of the row", shown(cell));
            self.note(number, "occupancy-bad-size", building, &action);
        }
        value
    }

    fn left_out(
        &mut self,
        number: u64,
        code: &str,
        building: &str,
        cell: Cell<'_>,
    ) -> Result<(), OccupancyError> {
        let action = match code {
            "occupancy-no-building" => format!("{} is no id of a building; the row is left out", shown(cell)),
            "occupancy-bad-floor" => format!("{} is no floor; the row is left out", shown(cell)),
            "occupancy-bad-time" => format!("{} is no instant; the row is left out", shown(cell)),
            "occupancy-empty" => "no number of persons: a gap, which stays one".to_owned(),
            _ => format!("{} is no number of persons; the row is left out", shown(cell)),
        };
        self.note(number, code, building, &action);
        Ok(())
    }

    fn note(&mut self, number: u64, code: &str, building: &str, action: &str) {
        let place = format!("{}, {} {number}", self.file, self.unit);
        self.notes.add(code, building, &place, action);
    }

    /// A row that is not even one.
    pub fn broken_row(&mut self, number: u64, problem: &str) {
        self.rows += 1;
        self.note(number, "occupancy-bad-row", "", problem);
    }

    /// The floors, their samples in the order of time, each instant once.
    pub fn finish(mut self) -> Result<Found, OccupancyError> {
        let mut occupancy = Occupancy { source: self.file.clone(), floors: Vec::new() };
        let mut samples = 0;
        let floors = std::mem::take(&mut self.floors);
        for mut floor in floors.into_values().flat_map(BTreeMap::into_values) {
            let doubled = order(&mut floor);
            if doubled > 0 {
                let action = format!("{doubled} samples of instants that are known; the first counts");
                let feature = format!("{}, floor {}", floor.building, floor.floor);
                let file = self.file.clone();
                self.notes.add("occupancy-duplicate", &feature, &file, action);
            }
            samples += floor.at_s.len() as u64;
            occupancy.floors.push(floor);
        }
        let report = self.notes.finish(&self.file);
        if samples == 0 {
            let first =
                report.entries.first().map_or("It has none", |entry| entry.action.as_str()).to_owned();
            return Err(OccupancyError::NothingUsable { file: self.file, rows: self.rows, first });
        }
        Ok(Found { occupancy, rows: self.rows, samples, report })
    }
}

/// Sorts samples by time, the earlier row first, and drops all but the first of an instant; gives their number.
fn order(floor: &mut FloorOccupancy) -> usize {
    let count = floor.at_s.len();
    if floor.at_s.is_sorted_by(|a, b| a < b) {
        return 0;
    }
    let mut samples: Vec<(i64, f64)> = floor.at_s.drain(..).zip(floor.persons.drain(..)).collect();
    samples.sort_by_key(|(at, _)| *at);
    samples.dedup_by_key(|(at, _)| *at);
    (floor.at_s, floor.persons) = samples.into_iter().unzip();
    count - floor.at_s.len()
}

/// A cell in a message, not too long.
fn shown(cell: Cell<'_>) -> String {
    match cell {
        Cell::Empty => "nothing".to_owned(),
        Cell::Text(text) => format!("`{}`", text.chars().take(40).collect::<String>()),
        Cell::Number(number) => format!("`{number}`"),
        Cell::Instant(seconds) => format!("`{seconds} s`"),
    }
}
