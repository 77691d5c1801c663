//! Sums of floors: by building, by area and of all.
//!
//! A sum is of the floors that are known, and says how much of the area and capacity these have: persons/m2 and level
//! are those of the known part, so that a broken sensor does not make a building look empty. Sums run in the order of
//! the floors.

use crate::run::{Case, OfficeRun};

/// What some floors hold together in one part of the day.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Sum {
    /// Persons on the floors that are known.
    pub persons: f64,
    /// Area of these, square metres.
    pub area_m2: f64,
    /// Capacity of these, persons.
    pub capacity: f64,
    /// Number of these.
    pub known: usize,
    /// Number of all.
    pub floors: usize,
}

impl Sum {
    fn add(&mut self, persons: f64, area_m2: f64, capacity: f64) {
        self.floors += 1;
        if !persons.is_nan() {
            self.persons += persons;
            self.area_m2 += area_m2;
            self.capacity += capacity;
            self.known += 1;
        }
    }

    fn join(&mut self, other: &Self) {
        self.persons += other.persons;
        self.area_m2 += other.area_m2;
        self.capacity += other.capacity;
        self.known += other.known;
        self.floors += other.floors;
    }

    /// Persons; NaN where no floor is known.
    pub fn persons(&self) -> f64 {
        if self.known == 0 { f64::NAN } else { self.persons }
    }

    /// Persons a square metre.
    pub fn density(&self) -> f64 {
        ratio(self.persons(), self.area_m2)
    }

    /// Persons as a share of the capacity.
    pub fn level(&self) -> f64 {
        ratio(self.persons(), self.capacity)
    }
}

/// NaN where there is nothing to divide by.
pub fn ratio(value: f64, whole: f64) -> f64 {
    if whole > 0.0 { value / whole } else { f64::NAN }
}

/// Every sum of a case: first the thing, then the part of the day.
#[derive(Debug, Clone, PartialEq)]
pub struct Sums {
    /// By office.
    pub offices: Vec<Vec<Sum>>,
    /// By area.
    pub areas: Vec<Vec<Sum>>,
    /// Of all.
    pub all: Vec<Sum>,
}

impl Sums {
    /// The sums of a case.
    pub fn of(run: &OfficeRun, case: &Case) -> Self {
        let empty = vec![Sum::default(); run.bins.len()];
        let mut sums = Self {
            offices: vec![empty.clone(); run.offices.len()],
            areas: vec![empty.clone(); run.areas.len()],
            all: empty,
        };
        for (floor, filled) in run.floors.iter().zip(&case.filled) {
            for (sum, persons) in sums.offices[floor.office].iter_mut().zip(&filled.persons) {
                sum.add(*persons, floor.area_m2, floor.capacity);
            }
        }
        for (office, own) in run.offices.iter().zip(&sums.offices) {
            for (bin, sum) in own.iter().enumerate() {
                sums.areas[office.area][bin].join(sum);
                sums.all[bin].join(sum);
            }
        }
        sums
    }
}

/// The part of the day with the most persons, and these; the first of equal ones. None where nothing is known.
pub fn peak(sums: &[Sum]) -> Option<(usize, f64)> {
    let known = sums.iter().map(Sum::persons).enumerate().filter(|(_, persons)| !persons.is_nan());
    known.fold(None, |most: Option<(usize, f64)>, (bin, persons)| match most {
        Some((_, highest)) if highest >= persons => most,
        _ => Some((bin, persons)),
    })
}

/// Mean persons of the parts of the day that are known; NaN where none is.
pub fn mean(sums: &[Sum]) -> f64 {
    let known: Vec<f64> = sums.iter().map(Sum::persons).filter(|persons| !persons.is_nan()).collect();
    ratio(known.iter().sum(), known.len() as f64)
}
