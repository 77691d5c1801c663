//! What stayed: rows of links and of cells, and what can be asked of them.

use bytemuck::{Pod, Zeroable};
use serde::{Deserialize, Serialize};

use crate::{CellId, DayKind, Fruin, Grid, Period};

/// In a record: kept back, though the bin itself stayed.
pub(crate) const WITHHELD: u32 = u32::MAX;
/// Step of mean speeds, m/s.
pub(crate) const SPEED_STEP_MPS: f64 = 0.1;
/// Step of mean times on a link, s.
pub(crate) const DWELL_STEP_S: f64 = 1.0;

/// A row as it is in the file.
#[repr(C)]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Pod, Zeroable)]
pub(crate) struct LinkRow {
    pub link: u32,
    pub bin: u16,
    pub period: u8,
    pub day_kind: u8,
    pub persons: u32,
    pub forward: u32,
    pub backward: u32,
    pub stays: u32,
    /// In steps of [`SPEED_STEP_MPS`].
    pub speed_steps: u32,
    /// In steps of [`DWELL_STEP_S`].
    pub dwell_steps: u32,
}

impl LinkRow {
    pub fn key(&self) -> (u32, u8, u8, u16) {
        (self.link, self.period, self.day_kind, self.bin)
    }
}

/// A row of a grid as it is in the file.
#[repr(C)]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Pod, Zeroable)]
pub(crate) struct CellRow {
    pub cell: u64,
    pub bin: u16,
    pub period: u8,
    pub day_kind: u8,
    pub persons: u32,
    pub grid: u32,
    pub reserved: u32,
}

impl CellRow {
    pub fn key(&self) -> (u32, u64, u8, u8, u16) {
        (self.grid, self.cell, self.period, self.day_kind, self.bin)
    }
}

/// Length and clear width of a link.
#[repr(C)]
#[derive(Debug, Clone, Copy, PartialEq, Pod, Zeroable)]
pub struct LinkShape {
    /// Length, metres.
    pub length_m: f32,
    /// Clear width, metres.
    pub width_m: f32,
    /// 1 where the width is assumed, else 0.
    pub width_assumed: u32,
}

impl LinkShape {
    /// Width where none is known, metres: two people pass each other.
    pub const DEFAULT_WIDTH_M: f32 = 2.0;
}

/// From counted persons to all persons.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Expansion {
    /// Persons for each person counted.
    pub factor: f64,
    /// Where the factor comes from, for example the published total that it reaches.
    pub basis: String,
}

impl Default for Expansion {
    fn default() -> Self {
        Self { factor: 1.0, basis: String::new() }
    }
}

/// What must be said of flows wherever they are shown.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct About {
    /// True for generated tracks; shown as 'synthetic' (合成データ).
    pub synthetic: bool,
    /// The lines that must be shown, word for word.
    pub credits: Vec<String>,
    /// How the tracks were matched and cleaned, by name.
    pub options: std::collections::BTreeMap<String, String>,
    /// From counted persons to all.
    pub expansion: Expansion,
    /// Standard error of a link's count from matching to the wrong street, as a share of the count.
    pub matching_error: f64,
}

/// The manifest of a file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Manifest {
    pub about: About,
    pub bin_minutes: u16,
    pub periods: Vec<Period>,
    /// Days of each period by kind: weekdays, holidays.
    pub days: Vec<[u32; 2]>,
    pub grids: Vec<Grid>,
    pub k: u32,
    pub epsilon: f64,
    pub noise_most: u32,
    pub network_xxh3: String,
    /// Bins of links that were kept back, with noise; then of each grid.
    pub suppressed: Vec<u64>,
}

/// Counts that may leave the program. Only [`Flows::publish`] and [`Flows::read`] make them.
#[derive(Debug, Clone, PartialEq)]
pub struct Flows {
    pub(crate) manifest: Manifest,
    pub(crate) links: Vec<LinkRow>,
    pub(crate) cells: Vec<CellRow>,
    pub(crate) shapes: Vec<LinkShape>,
}

/// A link in a time bin.
#[derive(Debug, Clone, Copy)]
pub struct LinkFlow<'a> {
    pub(crate) flows: &'a Flows,
    pub(crate) row: &'a LinkRow,
}

/// A cell of a grid in a time bin.
#[derive(Debug, Clone, Copy)]
pub struct CellFlow<'a> {
    pub(crate) flows: &'a Flows,
    pub(crate) row: &'a CellRow,
}

impl Flows {
    /// What must be said of them.
    pub fn about(&self) -> &About {
        &self.manifest.about
    }

    /// Length of a bin, minutes.
    pub fn bin_minutes(&self) -> u16 {
        self.manifest.bin_minutes
    }

    /// The periods.
    pub fn periods(&self) -> &[Period] {
        &self.manifest.periods
    }

    /// Days of a period and kind.
    pub fn days(&self, period: usize, kind: DayKind) -> u32 {
        self.manifest.days.get(period).map_or(0, |days| days[kind as usize])
    }

    /// The grids beside the links.
    pub fn grids(&self) -> &[Grid] {
        &self.manifest.grids
    }

    /// The smallest number of persons that any bin here was counted from.
    pub fn k(&self) -> u32 {
        self.manifest.k
    }

    /// About how many bins of links were kept back (with noise, as every count).
    pub fn suppressed_link_bins(&self) -> u64 {
        self.manifest.suppressed.first().copied().unwrap_or_default()
    }

    /// About how many bins of a grid were kept back.
    pub fn suppressed_cell_bins(&self, grid: usize) -> u64 {
        self.manifest.suppressed.get(grid + 1).copied().unwrap_or_default()
    }

    /// Hash of the walk network whose links these are, hexadecimal.
    pub fn network_xxh3(&self) -> &str {
        &self.manifest.network_xxh3
    }

    /// Bins of links, by link, period, kind of day and bin.
    pub fn links(&self) -> impl ExactSizeIterator<Item = LinkFlow<'_>> {
        self.links.iter().map(|row| LinkFlow { flows: self, row })
    }

    /// Length and width of every link of the walk network whose links these are.
    pub fn shapes(&self) -> &[LinkShape] {
        &self.shapes
    }

    /// Bins of grids, by grid, cell, period, kind of day and bin.
    pub fn cells(&self) -> impl ExactSizeIterator<Item = CellFlow<'_>> {
        self.cells.iter().map(|row| CellFlow { flows: self, row })
    }

    /// One bin of a link; none where it was kept back or nobody was there.
    pub fn link(&self, link: u32, period: u8, kind: DayKind, bin: u16) -> Option<LinkFlow<'_>> {
        let key = (link, period, kind as u8, bin);
        let at = self.links.binary_search_by_key(&key, LinkRow::key).ok()?;
        Some(LinkFlow { flows: self, row: &self.links[at] })
    }

    /// One bin of a cell; none where it was kept back or nobody was there.
    pub fn cell(&self, grid: u32, cell: CellId, period: u8, kind: DayKind, bin: u16) -> Option<CellFlow<'_>> {
        let key = (grid, cell.0, period, kind as u8, bin);
        let at = self.cells.binary_search_by_key(&key, CellRow::key).ok()?;
        Some(CellFlow { flows: self, row: &self.cells[at] })
    }

    pub(crate) fn per_day(&self, count: u32, period: u8, day_kind: u8) -> f64 {
        let days = self.manifest.days[usize::from(period)][usize::from(day_kind)].max(1);
        f64::from(count) * self.manifest.about.expansion.factor / f64::from(days)
    }
}

pub(crate) fn kind_of(number: u8) -> DayKind {
    if number == 0 { DayKind::Weekday } else { DayKind::Holiday }
}

fn known(count: u32) -> Option<u32> {
    (count != WITHHELD).then_some(count)
}

macro_rules! bin_methods {
    () => {
        /// Index of the period.
        pub fn period(&self) -> u8 {
            self.row.period
        }

        /// Kind of day.
        pub fn day_kind(&self) -> DayKind {
            kind_of(self.row.day_kind)
        }

        /// Number of the bin in the day.
        pub fn bin(&self) -> u16 {
            self.row.bin
        }

        /// Person-days that were counted, with noise, not expanded.
        pub fn counted(&self) -> u32 {
            self.row.persons
        }

        /// Persons of a mean day, expanded.
        pub fn persons(&self) -> f64 {
            self.flows.per_day(self.row.persons, self.row.period, self.row.day_kind)
        }
    };
}

impl CellFlow<'_> {
    bin_methods!();

    /// Index of the grid.
    pub fn grid(&self) -> u32 {
        self.row.grid
    }

    /// The cell.
    pub fn cell(&self) -> CellId {
        CellId(self.row.cell)
    }
}

impl LinkFlow<'_> {
    bin_methods!();

    /// Index of the link.
    pub fn link(&self) -> u32 {
        self.row.link
    }

    /// Persons of a mean day who went from the link's first node to its last, expanded.
    pub fn forward(&self) -> Option<f64> {
        known(self.row.forward).map(|count| self.per_day(count))
    }

    /// Persons of a mean day who went the other way, expanded.
    pub fn backward(&self) -> Option<f64> {
        known(self.row.backward).map(|count| self.per_day(count))
    }

    /// Persons of a mean day who stayed there (mostly in the buildings beside it) and did not walk, expanded. They
    /// are not among [`LinkFlow::persons`].
    pub fn stays(&self) -> Option<f64> {
        known(self.row.stays).map(|count| self.per_day(count))
    }

    /// Share of those who stayed of all, 0 to 1.
    pub fn stay_share(&self) -> Option<f64> {
        self.stays().map(|stays| stays / (stays + self.persons()))
    }

    /// Mean speed, m/s.
    pub fn speed_mps(&self) -> f64 {
        f64::from(self.row.speed_steps) * SPEED_STEP_MPS
    }

    /// Mean time that a person walked on the link, s.
    pub fn dwell_s(&self) -> f64 {
        f64::from(self.row.dwell_steps) * DWELL_STEP_S
    }

    /// Persons per square metre of clear width: how many walk on the link at once in the mean of the bin, by its
    /// area. Those who stay do not count.
    pub fn density_per_m2(&self) -> f64 {
        let shape = self.shape();
        let bin_s = f64::from(self.flows.manifest.bin_minutes) * 60.0;
        let area_m2 = f64::from(shape.length_m.max(1.0)) * f64::from(shape.width_m);
        self.persons() * self.dwell_s() / (bin_s * area_m2)
    }

    /// Length and width that the density is of.
    pub fn shape(&self) -> LinkShape {
        self.flows.shapes[self.row.link as usize]
    }

    /// Level of service.
    pub fn fruin(&self) -> Fruin {
        Fruin::of(self.density_per_m2())
    }

    fn per_day(&self, count: u32) -> f64 {
        self.flows.per_day(count, self.row.period, self.row.day_kind)
    }
}
