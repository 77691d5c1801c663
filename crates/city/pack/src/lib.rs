//! The `.city` container: one city, or a part of one under one licence, in one file.
//!
//! # Layout (format version 1, little-endian)
//!
//! | offset | bytes | what |
//! |---|---|---|
//! | 0 | 8 | magic `FUTAGO\r\n` |
//! | 8 | 4 | format version, 1 |
//! | 12 | 4 | number of sections, at most 256 |
//! | 16 | 8 | length of the file |
//! | 24 | 8 | XXH3-64 of bytes 8 to 24 and of the section table |
//! | 32 | 32 | zero |
//! | 64 | 32 each | section table |
//! | then | | sections, each on a multiple of 64, zeros between |
//!
//! One entry of the section table:
//!
//! | offset | bytes | what |
//! |---|---|---|
//! | 0 | 4 | kind of the section, a number of [`SectionKind`] |
//! | 4 | 4 | size of one element, bytes |
//! | 8 | 8 | offset in the file |
//! | 16 | 8 | length, bytes |
//! | 24 | 8 | XXH3-64 of the section |
//!
//! A section is an array of plain records as `futago_model` defines them, or JSON. A reader skips kinds
//! that it does not know; a change that a reader must know raises the format version. Streets, buildings,
//! shelters, the walk network, floors, structures and the terrain are groups: a pack without buildings has none
//! of their sections. City objects as published are a group too, read only when asked for. Their sections and the
//! samples of the terrain are compressed (LZ4 in blocks).
//!
//! # What opening guarantees
//!
//! [`Pack::read`] checks lengths, checksums, and then every index, range and number, so that no method of
//! the model can panic on a city from a pack, whoever wrote it. Limits: files up to [`MAX_FILE_BYTES`],
//! coordinates within 1,000 km of the site origin, 25 million samples of terrain.
//!
//! Same city, same bytes: nothing of the time or the machine is written.

mod check;
mod check_objects;
mod check_structures;
mod check_walk;
mod error;
mod layout;
mod manifest;
mod objects;
mod packed;
mod read;
mod terrain;
mod write;

use futago_field::Report;
use futago_model::{CityModel, Objects};

pub use error::PackError;
pub use layout::{FORMAT_VERSION, MAX_FILE_BYTES, SectionKind};
pub use manifest::{Build, Counts, Input, Manifest};
pub use objects::{open_objects, read_objects};

/// A city with how it was built and what was wrong with its sources.
#[derive(Debug, Clone, PartialEq)]
pub struct Pack {
    /// The city, or the part of it that this pack holds.
    pub city: CityModel,
    /// How it was built.
    pub build: Build,
    /// What was wrong with the sources, and what was done.
    pub report: Report,
    /// What the sources say, object by object. Written when there are any; [`Pack::read`] leaves them where
    /// they are, [`read_objects`] reads them.
    pub objects: Objects,
}

#[cfg(target_endian = "big")]
compile_error!("packs are little-endian and are read by copying memory");
