//! The `.flow` file.
//!
//! # Layout (format version 2, little-endian)
//!
//! | offset | bytes | what |
//! |---|---|---|
//! | 0 | 8 | magic `FUTAFLW\n` |
//! | 8 | 4 | format version, 2 |
//! | 12 | 4 | length of the manifest, bytes |
//! | 16 | 8 | rows of links |
//! | 24 | 8 | rows of cells |
//! | 32 | 8 | links with length and width |
//! | 40 | 8 | XXH3-64 of bytes 8 to 40 and of all that follows the header |
//! | 48 | 16 | zero |
//! | 64 | | manifest (JSON), then the tables, deflated (RFC 1951) |
//!
//! The tables are rows of links (32 bytes), of cells (24), lengths and widths (12). Of each table all first bytes of
//! its rows come first, then all second ones, and so on: neighbouring hours of a street differ in few of them.
//!
//! A `.city` pack has sections of a city and its own magic; flows are three tables beside words, so they have a
//! smaller container of the same make. Reading checks lengths and checksum, and then every number: order of the
//! rows, indices, and that no count lies under the file's own floor. The same flows give the same bytes.

use std::io::{Read, Write};
use std::path::Path;

use bytemuck::Pod;
use flate2::Compression;
use flate2::read::DeflateDecoder;
use flate2::write::DeflateEncoder;
use xxhash_rust::xxh3::Xxh3;

use crate::rows::{LinkShape, Manifest, WITHHELD};
use crate::{FlowError, Flows, Policy, publish_floor};

/// First bytes of the file.
pub const MAGIC: [u8; 8] = *b"FUTAFLW\n";
/// Version that is written and read.
pub const FORMAT_VERSION: u32 = 2;
/// Largest file.
pub const MAX_FILE_BYTES: u64 = 4 << 30;
/// Largest manifest.
const MAX_MANIFEST_BYTES: u32 = 1 << 20;
const HEADER_BYTES: usize = 64;
/// Deflated bytes grow no more than this (RFC 1951: 258 bytes from two codes of one bit); a file that promises more
/// is refused before memory is asked for.
const MOST_GROWTH: u64 = 1032;

#[cfg(target_endian = "big")]
compile_error!("flows are little-endian and are read by copying memory");

impl Flows {
    /// The file as bytes.
    ///
    /// # Errors
    /// When the manifest is too large.
    pub fn to_bytes(&self) -> Result<Vec<u8>, FlowError> {
        let manifest = serde_json::to_vec(&self.manifest).map_err(|e| FlowError::invalid(e.to_string()))?;
        if manifest.len() > MAX_MANIFEST_BYTES as usize {
            return Err(FlowError::invalid("credits and options are larger than 1 MiB"));
        }
        let mut bytes = vec![0_u8; HEADER_BYTES];
        bytes[..8].copy_from_slice(&MAGIC);
        bytes[8..12].copy_from_slice(&FORMAT_VERSION.to_le_bytes());
        bytes[12..16].copy_from_slice(&(manifest.len() as u32).to_le_bytes());
        let counts = [self.links.len(), self.cells.len(), self.shapes.len()];
        for (index, count) in counts.into_iter().enumerate() {
            bytes[16 + index * 8..24 + index * 8].copy_from_slice(&(count as u64).to_le_bytes());
        }
        bytes.extend_from_slice(&manifest);
        let mut deflate = DeflateEncoder::new(bytes, Compression::best());
        let tables = [planes(&self.links), planes(&self.cells), planes(&self.shapes)];
        let deflated = tables.iter().try_for_each(|table| deflate.write_all(table));
        let mut bytes = deflated
            .and_then(|()| deflate.finish())
            .map_err(|error| FlowError::invalid(format!("the tables: {error}")))?;
        let checksum = checksum(&bytes);
        bytes[40..48].copy_from_slice(&checksum.to_le_bytes());
        Ok(bytes)
    }

    /// Reads flows from memory.
    ///
    /// # Errors
    /// When the bytes are no flows, are cut or damaged, are of a newer version, or hold what cannot be.
    pub fn read(bytes: &[u8]) -> Result<Self, FlowError> {
        if bytes.len() < 8 || bytes[..8] != MAGIC {
            return Err(FlowError::NotFlows { found: bytes[..bytes.len().min(8)].to_vec() });
        }
        let cut = |expected| FlowError::Length { found: bytes.len() as u64, expected };
        let header = bytes.get(..HEADER_BYTES).ok_or_else(|| cut(HEADER_BYTES as u64))?;
        let version = u32_at(header, 8);
        if version > FORMAT_VERSION {
            return Err(FlowError::NewerVersion { found: version, known: FORMAT_VERSION });
        }
        if version < FORMAT_VERSION {
            return Err(FlowError::invalid(format!("format version {version} is no longer read")));
        }
        let tables_at = HEADER_BYTES as u64 + u64::from(u32_at(header, 12));
        if tables_at > bytes.len() as u64 || u32_at(header, 12) > MAX_MANIFEST_BYTES {
            return Err(cut(tables_at));
        }
        if checksum(bytes) != u64_at(header, 40) {
            return Err(FlowError::Checksum);
        }
        let (manifest, deflated) = bytes[HEADER_BYTES..].split_at(tables_at as usize - HEADER_BYTES);
        let manifest = serde_json::from_slice(manifest)
            .map_err(|error| FlowError::invalid(format!("the manifest: {error}")))?;
        let [links, cells, shapes] = [16, 24, 32].map(|at| u64_at(header, at));
        let mut tables = Tables::of(deflated);
        let flows = Self {
            manifest,
            links: tables.next(links)?,
            cells: tables.next(cells)?,
            shapes: tables.next(shapes)?,
        };
        tables.end()?;
        check(&flows)?;
        Ok(flows)
    }

    /// Opens a file.
    ///
    /// # Errors
    /// As [`Flows::read`], and when the file cannot be read; the path is in the error.
    pub fn open(path: &Path) -> Result<Self, FlowError> {
        let io = |source| FlowError::Io { path: path.to_owned(), doing: "read", source };
        let in_file = |source| FlowError::InFile { path: path.to_owned(), source: Box::new(source) };
        let found = std::fs::metadata(path).map_err(io)?.len();
        if found > MAX_FILE_BYTES {
            return Err(in_file(FlowError::Length { found, expected: MAX_FILE_BYTES }));
        }
        Self::read(&std::fs::read(path).map_err(io)?).map_err(in_file)
    }

    /// Writes the file: first beside it, then renamed.
    ///
    /// # Errors
    /// When the disk says no.
    pub fn write(&self, path: &Path) -> Result<(), FlowError> {
        let bytes = self.to_bytes()?;
        let mut beside = path.as_os_str().to_owned();
        beside.push(format!(".{}.part", std::process::id()));
        let beside = Path::new(&beside);
        let write = || {
            let mut file = std::fs::File::create(beside)?;
            file.write_all(&bytes)?;
            file.sync_all()?;
            std::fs::rename(beside, path)
        };
        write().map_err(|source| {
            // The first error is the one to tell.
            let _ = std::fs::remove_file(beside);
            FlowError::Io { path: path.to_owned(), doing: "written", source }
        })
    }
}

/// The bytes of a table: all first bytes of its rows, all second ones, and so on.
fn planes<T: Pod>(rows: &[T]) -> Vec<u8> {
    let bytes: &[u8] = bytemuck::cast_slice(rows);
    let plane = |first: usize| bytes.iter().skip(first).step_by(size_of::<T>()).copied();
    (0..size_of::<T>()).flat_map(plane).collect()
}

/// The tables of a file, one after the other.
struct Tables<'a> {
    inflate: DeflateDecoder<&'a [u8]>,
    /// What can still come out, bytes.
    left: u64,
}

impl<'a> Tables<'a> {
    fn of(deflated: &'a [u8]) -> Self {
        let left = (deflated.len() as u64).saturating_mul(MOST_GROWTH).min(MAX_FILE_BYTES);
        Self { inflate: DeflateDecoder::new(deflated), left }
    }

    fn next<T: Pod>(&mut self, count: u64) -> Result<Vec<T>, FlowError> {
        let size = count.checked_mul(size_of::<T>() as u64).filter(|size| *size <= self.left);
        let size = size.ok_or_else(|| FlowError::invalid(format!("no room for {count} rows")))?;
        self.left -= size;
        let mut bytes = vec![0_u8; size as usize];
        self.inflate.read_exact(&mut bytes).map_err(unpacked)?;
        let mut rows = vec![T::zeroed(); count as usize];
        let plane_bytes = rows.len().max(1);
        let target: &mut [u8] = bytemuck::cast_slice_mut(&mut rows);
        for (first, plane) in bytes.chunks_exact(plane_bytes).enumerate() {
            for (row, byte) in plane.iter().enumerate() {
                target[row * size_of::<T>() + first] = *byte;
            }
        }
        Ok(rows)
    }

    /// Refuses bytes after the last table.
    fn end(mut self) -> Result<(), FlowError> {
        match self.inflate.read(&mut [0]).map_err(unpacked)? {
            0 => Ok(()),
            _ => Err(FlowError::invalid("there is more than the tables")),
        }
    }
}

fn unpacked(error: std::io::Error) -> FlowError {
    FlowError::invalid(format!("the tables cannot be unpacked: {error}"))
}

fn checksum(bytes: &[u8]) -> u64 {
    let mut hash = Xxh3::new();
    hash.update(&bytes[8..40]);
    hash.update(&bytes[HEADER_BYTES..]);
    hash.digest()
}

fn u32_at(bytes: &[u8], at: usize) -> u32 {
    u32::from_le_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]])
}

fn u64_at(bytes: &[u8], at: usize) -> u64 {
    u64::from(u32_at(bytes, at)) | u64::from(u32_at(bytes, at + 4)) << 32
}

fn check(flows: &Flows) -> Result<(), FlowError> {
    let manifest = &flows.manifest;
    check_manifest(manifest)?;
    let floor = publish_floor(manifest.k, manifest.noise_most);
    let bins = 1440 / manifest.bin_minutes;
    let in_range = |period: u8, day_kind: u8, bin: u16| {
        usize::from(period) < manifest.periods.len() && day_kind < 2 && bin < bins
    };
    let below = || FlowError::invalid(format!("a count is below {floor}, the smallest that may be there"));
    for row in &flows.links {
        let parts = [row.forward, row.backward, row.stays];
        if row.persons < floor || row.persons == WITHHELD || parts.iter().any(|part| *part < floor) {
            return Err(below());
        }
        let paired = (row.forward == WITHHELD) == (row.backward == WITHHELD);
        let means = row.dwell_steps <= 3601 && row.speed_steps <= 31;
        let known = (row.link as usize) < flows.shapes.len();
        if !(known && paired && means && in_range(row.period, row.day_kind, row.bin)) {
            return Err(FlowError::invalid(format!("a row of link {} cannot be", row.link)));
        }
    }
    for row in &flows.cells {
        if row.persons < floor {
            return Err(below());
        }
        let known = (row.grid as usize) < manifest.grids.len() && row.reserved == 0;
        if !(known && in_range(row.period, row.day_kind, row.bin)) {
            return Err(FlowError::invalid(format!("a row of cell {} cannot be", row.cell)));
        }
    }
    let links = flows.links.windows(2).all(|pair| pair[0].key() < pair[1].key());
    if !(links && flows.cells.windows(2).all(|pair| pair[0].key() < pair[1].key())) {
        return Err(FlowError::invalid("the rows are not in order, or one is there twice"));
    }
    let shape = |shape: &LinkShape| {
        (0.0..=1e6).contains(&shape.length_m) && shape.width_m > 0.0 && shape.width_m <= 1000.0
    };
    if flows.shapes.iter().all(shape) { Ok(()) } else { Err(FlowError::invalid("a width cannot be")) }
}

fn check_manifest(manifest: &Manifest) -> Result<(), FlowError> {
    let holds = [15, 60].contains(&manifest.bin_minutes)
        && (1..=16).contains(&manifest.periods.len())
        && manifest.days.len() == manifest.periods.len()
        && manifest.grids.len() <= 8
        && manifest.grids.iter().all(|grid| grid.is_valid())
        && manifest.suppressed.len() == manifest.grids.len() + 1
        && (Policy::LEAST_K..=Policy::MOST_K).contains(&manifest.k)
        && manifest.epsilon == Policy::EPSILON
        && manifest.noise_most == Policy::NOISE_MOST
        && (1e-6..=1e6).contains(&manifest.about.expansion.factor)
        && (0.0..=10.0).contains(&manifest.about.matching_error);
    if holds { Ok(()) } else { Err(FlowError::invalid("a number of the manifest cannot be")) }
}
