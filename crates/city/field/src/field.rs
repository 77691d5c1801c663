//! A field: one quantity over a support, at an instant or over a period.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{BuildingSet, FloorSet};

/// What is measured. Titles are texts `quantity-<key>`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quantity {
    /// Key in kebab case, for example `sun-hours`.
    pub key: String,
    /// Unit symbol, for example `h`, `1` for a bare ratio.
    pub unit: String,
    /// How a map colours it.
    pub scale: Scale,
}

/// How values are turned into colours. The colours themselves are in `assets/palettes`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scale {
    /// More is brighter (sun hours, sky view, irradiance).
    Sequential,
    /// More is darker and heavier (shadow hours, crowding).
    Load,
    /// Loss and gain about zero.
    Diverging,
    /// No or yes: 0 or 1.
    Binary,
}

/// Which city a result is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Variant {
    /// The city as it is.
    AsIs,
    /// The city with the scenario's changes.
    WhatIf,
    /// What-if less as-is.
    Difference,
}

/// A regular grid in the plan. Values run west to east, then south to north.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Grid {
    /// Centre of the first (south-west) cell, site metres.
    pub first_m: [f64; 2],
    /// Distance of cell centres, metres.
    pub spacing_m: f64,
    /// Cells west to east.
    pub columns: u32,
    /// Cells south to north.
    pub rows: u32,
    /// Height above the ground, metres.
    pub height_m: f64,
}

impl Grid {
    /// Number of cells.
    pub fn len(&self) -> usize {
        self.columns as usize * self.rows as usize
    }

    /// True without cells.
    pub fn is_empty(&self) -> bool {
        self.columns == 0 || self.rows == 0
    }

    /// Centre of a cell, site metres.
    pub fn centre_m(&self, column: u32, row: u32) -> [f64; 2] {
        [
            self.first_m[0] + f64::from(column) * self.spacing_m,
            self.first_m[1] + f64::from(row) * self.spacing_m,
        ]
    }

    /// West, south, east, north of the cells' outer edges, site metres.
    pub fn bounds_m(&self) -> [f64; 4] {
        let half = self.spacing_m / 2.0;
        let last = self.centre_m(self.columns.saturating_sub(1), self.rows.saturating_sub(1));
        [self.first_m[0] - half, self.first_m[1] - half, last[0] + half, last[1] + half]
    }
}

/// Sample points on roofs, walls or at probes. All vectors have one entry a point, or are empty.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct PointSet {
    /// What the points are on: `roofs`, `walls` or `probes`.
    pub kind: String,
    /// East, north (site), height above the ground, metres.
    pub at_m: Vec<[f32; 3]>,
    /// Outward unit normal: east, north, up.
    pub normal: Vec<[f32; 3]>,
    /// Area that a point stands for, square metres.
    pub area_m2: Vec<f32>,
    /// Published building id, or the probe's name.
    pub owner: Vec<String>,
    /// Index of the face within the building.
    pub face: Vec<u32>,
}

/// Lines that values hold for as a whole: streets, ways on foot. One entry a line in all but `vertices_m`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct LinkSet {
    /// What the lines are, in kebab case, for example `streets`.
    pub kind: String,
    /// East, north (site), height above the ground at the origin, metres; line after line.
    pub vertices_m: Vec<[f32; 3]>,
    /// Last vertex of each line, exclusive.
    pub ends: Vec<u32>,
    /// Published id of each.
    pub id: Vec<String>,
    /// Name of each; may be empty.
    pub name: Vec<String>,
    /// Clear width of each, metres.
    pub width_m: Vec<f32>,
}

impl LinkSet {
    /// Number of lines.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// True without lines.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// Vertices of a line.
    pub fn line_m(&self, index: usize) -> &[[f32; 3]] {
        let start = if index == 0 { 0 } else { self.ends[index - 1] as usize };
        &self.vertices_m[start..self.ends[index] as usize]
    }
}

/// Where the values of a field are. Its tag is not `kind`, which points and lines have themselves.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "on", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Support {
    /// Cells of a grid.
    Grid(Grid),
    /// Sample points. Shared, since many fields stand on the same points.
    Points(std::sync::Arc<PointSet>),
    /// Floors of buildings. Shared likewise.
    Floors(std::sync::Arc<FloorSet>),
    /// Whole buildings. Shared likewise.
    Buildings(std::sync::Arc<BuildingSet>),
    /// Lines, one value each. Shared, as points are.
    Links(std::sync::Arc<LinkSet>),
}

impl Support {
    /// Number of values a field on it has.
    pub fn len(&self) -> usize {
        match self {
            Self::Grid(grid) => grid.len(),
            Self::Points(points) => points.at_m.len(),
            Self::Floors(floors) => floors.floor.len(),
            Self::Buildings(buildings) => buildings.id.len(),
            Self::Links(links) => links.len(),
        }
    }

    /// True without values.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// When something holds. An instant begins and ends at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Span {
    /// Begin.
    pub from: Timestamp,
    /// End.
    pub until: Timestamp,
}

impl Span {
    /// An instant.
    pub fn at(instant: Timestamp) -> Self {
        Self { from: instant, until: instant }
    }

    /// How far an instant lies outside; zero inside.
    pub fn distance(&self, instant: Timestamp) -> jiff::SignedDuration {
        let before = self.from.duration_since(instant);
        let after = instant.duration_since(self.until);
        before.max(after).max(jiff::SignedDuration::ZERO)
    }

    fn length(&self) -> jiff::SignedDuration {
        self.until.duration_since(self.from)
    }
}

/// One quantity over a support.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Field {
    /// Unique within the results and fit for a file name, for example `sun-hours-ground`.
    pub key: String,
    /// What is measured.
    pub quantity: Quantity,
    /// Which city.
    pub variant: Variant,
    /// Where.
    pub support: Support,
    /// One value a support element; NaN where there is none (inside a building, say).
    pub values: Vec<f32>,
    /// Instant or period in Japan Standard Time as shown to people, for example `2026-12-22 09:00 JST`. Where that
    /// needs words, the key of a text.
    pub time_label: String,
    /// The same for clocks; none for what holds always, as a sky view does.
    pub time: Option<Span>,
}

impl Field {
    /// Whether another field is this one at another time, and so a picture of the same film.
    pub fn is_at_another_time(&self, other: &Self) -> bool {
        let same_support = match (&self.support, &other.support) {
            (Support::Points(a), Support::Points(b)) => std::sync::Arc::ptr_eq(a, b) || a == b,
            (Support::Floors(a), Support::Floors(b)) => std::sync::Arc::ptr_eq(a, b) || a == b,
            (Support::Buildings(a), Support::Buildings(b)) => std::sync::Arc::ptr_eq(a, b) || a == b,
            (Support::Links(a), Support::Links(b)) => std::sync::Arc::ptr_eq(a, b) || a == b,
            (a, b) => a == b,
        };
        let (Some(a), Some(b)) = (self.time, other.time) else { return false };
        self.quantity == other.quantity
            && self.variant == other.variant
            && a.from != b.from
            && a.length() == b.length()
            && same_support
    }

    /// Smallest and largest value, NaN left out; `None` when there is no value.
    pub fn range(&self) -> Option<(f32, f32)> {
        let known = self.values.iter().copied().filter(|v| !v.is_nan());
        known.fold(None, |range, v| match range {
            None => Some((v, v)),
            Some((low, high)) => Some((low.min(v), high.max(v))),
        })
    }

    /// Mean of the known values; `None` when there is none.
    pub fn mean(&self) -> Option<f64> {
        let (sum, count) = self
            .values
            .iter()
            .filter(|v| !v.is_nan())
            .fold((0.0, 0_u64), |(sum, count), v| (sum + f64::from(*v), count + 1));
        (count > 0).then(|| sum / count as f64)
    }
}
