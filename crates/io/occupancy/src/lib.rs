//! How many people are on which floor when: CSV and Parquet to [`futago_model::Occupancy`].
//!
//! A table has a row for each sample of a floor. Columns are found by name, in any order and any case:
//! `building`, `floor`, `time`, `persons`, and optionally `capacity` and `area_m2` ([`columns`] lists what else
//! they may be called, in English and Japanese). Times are Japan Standard Time unless the value carries an offset or
//! the column's name, or its type in Parquet, says UTC. Floors are `3`, `3F`, `3階`, `B1`, `地下1階`, `-1`.
//!
//! CSV may be divided by commas, semicolons or tabs, in UTF-8 or CP932. What a format is, its content says and not its
//! name. Rows that cannot be used are counted by reason in the Report; an empty number of persons is a gap and stays
//! one. A file is streamed row by row; in memory are only the samples that are kept (16 bytes each).

mod cells;
pub mod columns;
mod csv_file;
mod error;
mod gather;
mod parquet_file;

use std::fs::File;
use std::io::{Read, Seek};
use std::path::Path;

use bytes::Bytes;
use futago_field::Report;
use futago_model::Occupancy;

pub use error::OccupancyError;

/// What is taken from a file, at most.
#[derive(Debug, Clone, PartialEq)]
pub struct Limits {
    /// Size of the file, bytes.
    pub file_bytes: u64,
    /// Size of one row of CSV, bytes.
    pub row_bytes: u64,
    /// Rows.
    pub rows: u64,
    /// Different floors.
    pub floors: usize,
    /// Entries of one reason in the Report; what is more is counted in one last entry.
    pub entries_per_code: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            file_bytes: 16 << 30,
            row_bytes: 1 << 20,
            rows: 200_000_000,
            floors: 200_000,
            entries_per_code: 20,
        }
    }
}

/// What was read, and what could not be.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    /// The floors with their samples.
    pub occupancy: Occupancy,
    /// Rows of the file.
    pub rows: u64,
    /// Samples that are kept.
    pub samples: u64,
    /// What was left out, by reason.
    pub report: Report,
}

/// The first bytes of a Parquet file, and its last.
const PARQUET: &[u8; 4] = b"PAR1";

/// Reads a file.
///
/// # Errors
/// When it cannot be read, is neither format, lacks a column, is damaged, or is beyond a limit.
pub fn read(path: &Path, limits: &Limits) -> Result<Found, OccupancyError> {
    let name = path.file_name().map_or_else(|| path.display().to_string(), |n| n.to_string_lossy().into());
    let io = |source| OccupancyError::Io { file: name.clone(), source };
    let mut file = File::open(path).map_err(io)?;
    let bytes = file.metadata().map_err(io)?.len();
    check_size(&name, bytes, limits)?;
    let mut head = Vec::new();
    (&mut file).take(PARQUET.len() as u64).read_to_end(&mut head).map_err(io)?;
    file.rewind().map_err(io)?;
    if head == PARQUET {
        parquet_file::read(file, &name, limits)
    } else {
        csv_file::read(file, &name, limits)
    }
}

/// Reads a file that is in memory. `name` is for messages and the source.
///
/// # Errors
/// As [`read`].
pub fn read_bytes(bytes: Vec<u8>, name: &str, limits: &Limits) -> Result<Found, OccupancyError> {
    check_size(name, bytes.len() as u64, limits)?;
    if bytes.starts_with(PARQUET) {
        parquet_file::read(Bytes::from(bytes), name, limits)
    } else {
        csv_file::read(bytes.as_slice(), name, limits)
    }
}

fn check_size(name: &str, bytes: u64, limits: &Limits) -> Result<(), OccupancyError> {
    if bytes > limits.file_bytes {
        return Err(OccupancyError::too_large(name, "file_bytes", limits.file_bytes));
    }
    Ok(())
}
