//! The digital elevation model of the Geospatial Information Authority's base map
//! (基盤地図情報 数値標高モデル, `FG-GML-*-DEM5A-*.xml`).
//!
//! One file is one mesh: degrees of JGD2011 or JGD2000, rows from north to south, each sample the centre of a cell,
//! written as a kind of place and a height (`地表面,35.20`), -9999 where nothing is known. The list begins at
//! `startPoint` and may end early; what is before and after it is not known.
//! Source: the specification of the download files (基盤地図情報 ダウンロードデータ ファイル仕様書).

use std::collections::BTreeMap;

use futago_geodesy::MapSystem;
use memchr::memmem;
use quick_xml::Reader;
use quick_xml::events::Event;

use crate::error::within;
use crate::{HEIGHTS_M, Limits, Placement, Raster, TerrainError};

const WHAT: &str = "a base map of heights (FG-GML DEM)";

/// The number that stands for none.
const NONE: f64 = -9999.0;

/// Elements inside each other, at most.
const DEPTH: usize = 64;

/// Whether a file that begins so is a base map of heights.
pub fn looks_like_base_map(head: &[u8]) -> bool {
    let has = |words: &[u8]| memmem::find(head, words).is_some();
    has(b"fgd.gsi.go.jp") && has(b"<DEM")
}

/// What a file says, before it is put together.
#[derive(Default)]
struct Said {
    system: Option<u32>,
    lower: Option<[f64; 2]>,
    upper: Option<[f64; 2]>,
    low: Option<[f64; 2]>,
    high: Option<[f64; 2]>,
    start: Option<[f64; 2]>,
    order: Option<String>,
    list: Option<String>,
}

/// Reads a file. The meshes of one kind and system are pieces of one raster when they are of one size.
///
/// # Errors
/// When it is damaged, is no base map of heights, or is too large.
pub fn read_base_map(bytes: &[u8], file: &str, limits: &Limits) -> Result<Raster, TerrainError> {
    within(file, "the size in bytes", bytes.len() as u64, limits.file_bytes)?;
    let broken = |problem: &str| TerrainError::unreadable(file, WHAT, problem);
    let said = said(bytes, file)?;
    let (Some([south, west]), Some([north, east])) = (said.lower, said.upper) else {
        return Err(broken("it does not say which part of the map it is (lowerCorner, upperCorner)"));
    };
    let (Some(low), Some(high)) = (said.low, said.high) else {
        return Err(broken("it does not say how many samples it has (GridEnvelope)"));
    };
    let counts = [0, 1].map(|i| high[i] - low[i] + 1.0);
    let whole = counts.iter().all(|n| *n >= 1.0 && *n <= 65_535.0 && n.fract() == 0.0);
    if !whole || north <= south || east <= west || north - south > 10.0 || east - west > 10.0 {
        return Err(broken("its extent or its number of samples cannot be"));
    }
    if said.order.as_deref().is_some_and(|order| order != "+x-y") {
        return Err(broken("its rows do not run from north to south (sequenceRule)"));
    }
    let block = counts.map(|n| n as u32);
    let samples = u64::from(block[0]) * u64::from(block[1]);
    within(file, "the number of samples", samples, limits.samples)?;
    let start = said.start.unwrap_or(low);
    let skipped = (start[1] - low[1]) * counts[0] + start[0] - low[0];
    if !(skipped >= 0.0 && skipped <= samples as f64) {
        return Err(broken("its first sample lies outside of it (startPoint)"));
    }
    let list = said.list.ok_or_else(|| broken("it has no list of heights (tupleList)"))?;
    let (heights, dropped) = heights(&list, skipped as usize, samples as usize, file)?;
    let epsg = said.system.ok_or_else(|| broken("it names no system that is known (srsName)"))?;
    let system = MapSystem::from_epsg(epsg).ok_or_else(|| broken("its system is not known"))?;
    let mesh = [east - west, north - south];
    let (key, placement) = place(mesh, [west, north], block);
    let blocks = BTreeMap::from([(key, heights)]);
    let name = format!("base map {}, EPSG:{epsg}", kind_of(file));
    Ok(Raster { name, system, placement, block, blocks, dropped })
}

/// Meshes divide the world from (0, 0) on: the number of this one, and the lattice of all.
fn place(mesh: [f64; 2], [west, north]: [f64; 2], block: [u32; 2]) -> ([i32; 2], Placement) {
    // Corners are rounded in the files; the size of a mesh is a whole number of quarters of a second.
    let size = mesh.map(|side| (side * 14_400.0).round() / 14_400.0);
    let numbers = [west / size[0], -north / size[1]];
    let cell = [size[0] / f64::from(block[0]), size[1] / f64::from(block[1])];
    let steps = |first| Placement { first, column: [cell[0], 0.0], row: [0.0, -cell[1]] };
    let on_lattice = size.iter().all(|side| *side > 0.0)
        && numbers.iter().all(|n| (n - n.round()).abs() < 1e-3 && n.abs() < 1e6);
    match on_lattice {
        true => (numbers.map(|n| n.round() as i32), steps([cell[0] / 2.0, -cell[1] / 2.0])),
        false => {
            let cell = [mesh[0] / f64::from(block[0]), mesh[1] / f64::from(block[1])];
            let first = [west + cell[0] / 2.0, north - cell[1] / 2.0];
            ([0, 0], Placement { first, column: [cell[0], 0.0], row: [0.0, -cell[1]] })
        }
    }
}

/// `DEM5A` and the like, from the name of the file; the sources of A, B and C differ, their samples do not.
fn kind_of(file: &str) -> &str {
    let name = file.rsplit(['/', '\\']).next().unwrap_or(file);
    let parts = name.split(['-', '.', '_']);
    parts.into_iter().find(|part| part.len() > 3 && part.starts_with("DEM")).unwrap_or("DEM")
}

fn heights(
    list: &str,
    skipped: usize,
    samples: usize,
    file: &str,
) -> Result<(Vec<f32>, usize), TerrainError> {
    let mut heights = vec![f32::NAN; samples];
    let (mut at, mut dropped) = (skipped, 0);
    for (row, line) in list.lines().map(str::trim).filter(|line| !line.is_empty()).enumerate() {
        let value = line.rsplit(',').next().and_then(|number| number.trim().parse::<f64>().ok());
        let (Some(value), Some(height)) = (value, heights.get_mut(at)) else {
            let problem = match value {
                None => format!("row {} of its list, `{line:.40}`, is no height", row + 1),
                Some(_) => format!("its list is longer than its {samples} samples"),
            };
            return Err(TerrainError::unreadable(file, WHAT, problem));
        };
        if HEIGHTS_M.contains(&value) {
            *height = value as f32;
        } else {
            dropped += usize::from(value != NONE);
        }
        at += 1;
    }
    Ok((heights, dropped))
}

fn said(bytes: &[u8], file: &str) -> Result<Said, TerrainError> {
    let mut reader = Reader::from_reader(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes));
    let mut said = Said::default();
    let mut inside: Vec<Vec<u8>> = Vec::new();
    let mut text = String::new();
    loop {
        let broken = |error: &dyn std::fmt::Display| TerrainError::unreadable(file, WHAT, error);
        match reader.read_event().map_err(|error| broken(&error))? {
            Event::Start(element) => {
                let name = element.local_name().as_ref().to_vec();
                for attribute in element.attributes().flatten() {
                    let value = String::from_utf8_lossy(&attribute.value).into_owned();
                    said.attribute(&name, attribute.key.as_ref(), value);
                }
                text.clear();
                inside.push(name);
                if inside.len() > DEPTH {
                    return Err(broken(&"elements lie too deep inside each other"));
                }
            }
            Event::Text(part) => {
                let wanted = inside.last().is_some_and(|name| Said::wants(name));
                if wanted {
                    text.push_str(&part.decode().map_err(|error| broken(&error))?);
                }
            }
            Event::End(_) => {
                if let Some(name) = inside.pop().filter(|name| Said::wants(name)) {
                    said.element(&name, std::mem::take(&mut text));
                }
            }
            Event::Eof if inside.is_empty() => return Ok(said),
            Event::Eof => return Err(broken(&"it ends inside an element")),
            _ => {}
        }
    }
}

impl Said {
    fn wants(name: &[u8]) -> bool {
        const NAMES: [&[u8]; 7] =
            [b"lowerCorner", b"upperCorner", b"low", b"high", b"startPoint", b"tupleList", b"sequenceRule"];
        NAMES.contains(&name)
    }

    fn element(&mut self, name: &[u8], text: String) {
        let pair = || {
            let mut numbers = text.split_whitespace().map(str::parse::<f64>);
            let pair = [numbers.next()?.ok()?, numbers.next()?.ok()?];
            pair.iter().all(|n| n.is_finite()).then_some(pair)
        };
        match name {
            b"lowerCorner" => self.lower = pair(),
            b"upperCorner" => self.upper = pair(),
            b"low" => self.low = pair(),
            b"high" => self.high = pair(),
            b"startPoint" => self.start = pair(),
            b"tupleList" => self.list = Some(text),
            _ => {}
        }
    }

    fn attribute(&mut self, element: &[u8], name: &[u8], value: String) {
        match (element, name) {
            (b"Envelope", b"srsName") if value.contains("jgd2011") => {
                self.system = Some(MapSystem::JGD2011);
            }
            (b"Envelope", b"srsName") if value.contains("jgd2000") => {
                self.system = Some(MapSystem::JGD2000);
            }
            (b"sequenceRule", b"order") => self.order = Some(value),
            _ => {}
        }
    }
}
