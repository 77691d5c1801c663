//! What a reader is asked for: filters of rows, zones, limits.

use std::path::PathBuf;

use crate::{Limits, Mapping, Zone};

/// A rectangle of degrees; its west and south edges belong to it, east and north do not.
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Bounds {
    /// Degrees.
    pub west_deg: f64,
    /// Degrees.
    pub south_deg: f64,
    /// Degrees.
    pub east_deg: f64,
    /// Degrees.
    pub north_deg: f64,
}

impl Bounds {
    /// Whether a place lies in it.
    #[inline]
    pub fn contains(&self, lon_deg: f64, lat_deg: f64) -> bool {
        (lon_deg >= self.west_deg)
            & (lon_deg < self.east_deg)
            & (lat_deg >= self.south_deg)
            & (lat_deg < self.north_deg)
    }
}

/// A stretch of time; its first second belongs to it, its end does not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Period {
    /// Seconds since 1970 UTC.
    pub from_s: i64,
    /// Seconds since 1970 UTC.
    pub until_s: i64,
}

/// How to read, and which rows to keep.
#[derive(Debug, Clone, PartialEq)]
pub struct ReadOptions {
    /// Points that state a radius above this are left out, metres. Points that state none are kept and counted.
    pub max_accuracy_m: Option<f32>,
    /// Points that state a speed above this are left out, metres a second. Points that state none are kept.
    pub max_speed_mps: Option<f32>,
    /// Points outside are left out.
    pub bounds: Option<Bounds>,
    /// Points outside are left out.
    pub period: Option<Period>,
    /// Where texts of times say no zone and the format has none: Japan Standard Time when left alone.
    pub zone: Zone,
    /// The day of tables that have times of day only, as days since 1970.
    pub day: Option<i64>,
    /// What the columns of tables mean, where no file beside them says it.
    pub mapping: Option<Mapping>,
    /// How many threads; those of rayon when left alone.
    pub threads: Option<usize>,
    /// Where compressed Parquet is unpacked; the system's folder for such things when left alone.
    pub scratch: Option<PathBuf>,
    /// What files may ask for.
    pub limits: Limits,
}

impl Default for ReadOptions {
    fn default() -> Self {
        Self {
            max_accuracy_m: None,
            max_speed_mps: None,
            bounds: None,
            period: None,
            zone: Zone::JST,
            day: None,
            mapping: None,
            threads: None,
            scratch: None,
            limits: Limits::default(),
        }
    }
}

impl ReadOptions {
    pub(crate) fn threads(&self) -> usize {
        self.threads.unwrap_or_else(rayon::current_num_threads).clamp(1, 256)
    }
}
