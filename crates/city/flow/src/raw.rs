//! What aggregation counts, before anything may leave: small numbers in memory, without ids.

use crate::{Calendar, FlowError, Grid, LinkShape, Period};

/// What is counted: bins, periods, grids.
#[derive(Debug, Clone, PartialEq)]
pub struct Spec {
    /// Length of a time bin, minutes: 15 or 60.
    pub bin_minutes: u16,
    /// The periods, in order, without overlap.
    pub periods: Vec<Period>,
    /// Grids beside the links, at most eight.
    pub grids: Vec<Grid>,
    /// Which days are holidays.
    pub calendar: Calendar,
}

impl Spec {
    /// Bins of a day.
    pub fn bins_per_day(&self) -> u32 {
        1440 / u32::from(self.bin_minutes)
    }

    /// The period of a day.
    pub fn period_of(&self, day: i64) -> Option<u8> {
        let found = self.periods.iter().position(|p| p.first_day <= day && day < p.end_day)?;
        Some(found as u8)
    }

    /// Refuses what cannot be counted.
    ///
    /// # Errors
    /// With the reason and what is possible instead.
    pub fn check(&self) -> Result<(), FlowError> {
        if ![15, 60].contains(&self.bin_minutes) {
            return Err(FlowError::BinLength { minutes: self.bin_minutes });
        }
        if self.periods.is_empty() || self.periods.len() > 16 {
            return Err(FlowError::PeriodCount { count: self.periods.len() });
        }
        if let Some(period) = self.periods.iter().find(|period| period.end_day <= period.first_day) {
            return Err(FlowError::PeriodLength { name: period.name.clone() });
        }
        let together = |a: &Period, b: &Period| a.first_day < b.end_day && b.first_day < a.end_day;
        for (index, second) in self.periods.iter().enumerate() {
            if let Some(first) = self.periods[..index].iter().find(|first| together(first, second)) {
                return Err(FlowError::Overlap { first: first.name.clone(), second: second.name.clone() });
            }
        }
        if self.grids.len() > 8 || !self.grids.iter().all(|grid| grid.is_valid()) {
            return Err(FlowError::Grids);
        }
        Ok(())
    }
}

/// One place, day and time bin.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RawKey {
    /// Index of the link, or the cell's number in its grid.
    pub place: u64,
    /// Day in Japan.
    pub day: i32,
    /// Bin of the day.
    pub bin: u16,
}

/// Counts of one place, day and time bin. Persons are distinct ids; all sums are whole numbers, so that they do
/// not depend on the order of adding.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct RawCounts {
    /// Of a link: persons who walked there. Of a cell: persons who were there.
    pub persons: u32,
    /// Of them, those who went along the link from its first node to its last.
    pub forward: u32,
    /// Of them, those who went the other way.
    pub backward: u32,
    /// Beside them, persons who stayed and did not walk there.
    pub stays: u32,
    /// Speeds of the persons, each the mean of the person, mm/s.
    pub speed_sum_mmps: u64,
    /// Time that the persons were walking on the link, ms.
    pub dwell_sum_ms: u64,
}

impl RawCounts {
    /// Both together.
    pub fn add(&mut self, other: &Self) {
        self.persons += other.persons;
        self.forward += other.forward;
        self.backward += other.backward;
        self.stays += other.stays;
        self.speed_sum_mmps += other.speed_sum_mmps;
        self.dwell_sum_ms += other.dwell_sum_ms;
    }
}

/// All counts of a set of tracks. Not for anybody's eyes: [`crate::Flows::publish`] makes of it what is.
#[derive(Debug, Clone)]
pub struct Raw {
    /// What was counted.
    pub spec: Spec,
    /// Counts of links; `place` is the link's index. Any order, one entry a key.
    pub links: Vec<(RawKey, RawCounts)>,
    /// Counts of each grid of the spec, in its order.
    pub cells: Vec<Vec<(RawKey, RawCounts)>>,
    /// Length and width of every link.
    pub shapes: Vec<LinkShape>,
    /// Hash of the walk network, which links are indices of.
    pub network_xxh3: u64,
    /// Hash of all that was counted, the same in any order.
    pub digest: u64,
}

impl Raw {
    /// Nothing counted yet.
    pub fn new(spec: Spec, shapes: Vec<LinkShape>, network_xxh3: u64) -> Self {
        let cells = vec![Vec::new(); spec.grids.len()];
        Self { spec, links: Vec::new(), cells, shapes, network_xxh3, digest: 0 }
    }
}
