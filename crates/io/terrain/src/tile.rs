//! Elevation tiles of the Geospatial Information Authority (標高タイル).
//!
//! A tile is 256 by 256 pixels of Web Mercator, called `z/x/y.png` or `z/x/y.txt`. PNG: the red, green and blue
//! bytes are one number, hundredths of a metre, negative from 2^23 on, none at 2^23. Text: numbers between commas,
//! one row a line, `e` where nothing is known. A pixel's height is taken at its centre.
//! Source: maps.gsi.go.jp/development/demtile.html.

use std::collections::BTreeMap;
use std::f64::consts::PI;
use std::io::Cursor;

use futago_geodesy::MapSystem;

use crate::{HEIGHTS_M, Placement, Raster, TerrainError};

/// Pixels of a side.
const SIDE: u32 = 256;
const PIXELS: usize = (SIDE * SIDE) as usize;

/// Deepest zoom: pixels of a centimetre.
const DEEPEST: u8 = 24;

/// Half the width of the world in Web Mercator, metres.
const HALF_WORLD_M: f64 = PI * 6_378_137.0;

/// How a tile is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TileKind {
    /// An image of numbers.
    Png,
    /// Numbers as text.
    Text,
}

/// Where a tile is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TileAddress {
    /// Zoom level.
    pub zoom: u8,
    /// From the west.
    pub x: u32,
    /// From the north.
    pub y: u32,
}

impl TileAddress {
    /// The address in a path that ends in `z/x/y.png`, `z/x/y@2x.png` not being one.
    pub fn of_path(path: &str) -> Option<Self> {
        let (rest, _) = path.rsplit_once('.')?;
        let mut parts = rest.rsplit(['/', '\\']);
        let [y, x, zoom] = [parts.next()?, parts.next()?, parts.next()?];
        let zoom: u8 = zoom.parse().ok().filter(|zoom| *zoom <= DEEPEST)?;
        let inside = |text: &str| text.parse().ok().filter(|i: &u32| *i < 1 << zoom);
        Some(Self { zoom, x: inside(x)?, y: inside(y)? })
    }
}

/// What a file is that begins so and is called so; none when it is no elevation tile.
pub fn looks_like_tile(head: &[u8], path: &str) -> Option<(TileKind, TileAddress)> {
    let address = TileAddress::of_path(path)?;
    let sides = [SIDE.to_be_bytes(), SIDE.to_be_bytes()].concat();
    if head.starts_with(b"\x89PNG\r\n\x1a\n") {
        return (head.get(16..24) == Some(&sides)).then_some((TileKind::Png, address));
    }
    let line = head.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let line = std::str::from_utf8(line).ok()?.trim_end();
    let numbers = line.split(',').take_while(|text| number(text).is_some()).count();
    (numbers >= SIDE as usize).then_some((TileKind::Text, address))
}

/// Reads a tile. All tiles of a zoom level and kind are pieces of one raster.
///
/// # Errors
/// When it is damaged or no elevation tile.
pub fn read_tile(
    bytes: &[u8],
    kind: TileKind,
    address: TileAddress,
    file: &str,
) -> Result<Raster, TerrainError> {
    let (heights, dropped) = match kind {
        TileKind::Png => png(bytes, file)?,
        TileKind::Text => text(bytes, file)?,
    };
    let cell_m = 2.0 * HALF_WORLD_M / (f64::from(SIDE) * f64::from(1_u32 << address.zoom));
    let placement = Placement {
        first: [cell_m / 2.0 - HALF_WORLD_M, HALF_WORLD_M - cell_m / 2.0],
        column: [cell_m, 0.0],
        row: [0.0, -cell_m],
    };
    let system = MapSystem::from_epsg(MapSystem::WEB_MERCATOR)
        .ok_or_else(|| TerrainError::no_place(file, "its system is not known"))?;
    let ending = if kind == TileKind::Png { "png" } else { "txt" };
    let name = format!("elevation tiles {}/x/y.{ending}", address.zoom);
    let blocks = BTreeMap::from([([address.x as i32, address.y as i32], heights)]);
    Ok(Raster { name, system, placement, block: [SIDE; 2], blocks, dropped })
}

type Heights = (Vec<f32>, usize);

fn png(bytes: &[u8], file: &str) -> Result<Heights, TerrainError> {
    const WHAT: &str = "an elevation tile (PNG)";
    let broken = |error: png::DecodingError| TerrainError::unreadable(file, WHAT, error);
    let mut decoder = png::Decoder::new(Cursor::new(bytes));
    decoder.set_transformations(png::Transformations::EXPAND);
    let mut reader = decoder.read_info().map_err(broken)?;
    let info = reader.info();
    let (width, height) = (info.width, info.height);
    if [width, height] != [SIDE; 2] {
        let problem = format!("it has {width} by {height} pixels, not 256 by 256");
        return Err(TerrainError::unreadable(file, WHAT, problem));
    }
    let (colour, depth) = reader.output_color_type();
    let channels = match (colour, depth) {
        (png::ColorType::Rgb, png::BitDepth::Eight) => 3,
        (png::ColorType::Rgba, png::BitDepth::Eight) => 4,
        _ => {
            let found = format!("{colour:?} pixels of {depth:?} bits");
            return Err(TerrainError::unreadable(file, WHAT, found));
        }
    };
    let mut pixels = vec![0; PIXELS * channels];
    reader.next_frame(&mut pixels).map_err(broken)?;
    let heights = pixels.chunks_exact(channels).map(|pixel| {
        let code = i32::from_be_bytes([0, pixel[0], pixel[1], pixel[2]]);
        let transparent = pixel.get(3) == Some(&0);
        let none = code == 1 << 23 || transparent;
        let signed = if code > 1 << 23 { code - (1 << 24) } else { code };
        (!none).then(|| f64::from(signed) * 0.01)
    });
    Ok(usable(heights))
}

fn text(bytes: &[u8], file: &str) -> Result<Heights, TerrainError> {
    const WHAT: &str = "an elevation tile (text)";
    let broken = |problem: String| TerrainError::unreadable(file, WHAT, problem);
    let text = std::str::from_utf8(bytes).map_err(|error| broken(error.to_string()))?;
    let mut found = Vec::with_capacity(PIXELS);
    for (row, line) in text.lines().filter(|line| !line.trim().is_empty()).enumerate() {
        let before = found.len();
        for cell in line.trim_end().trim_end_matches(',').split(',').take(SIDE as usize + 1) {
            let value = number(cell);
            found.push(value.ok_or_else(|| broken(format!("line {}: `{cell:.20}` is no height", row + 1)))?);
        }
        if found.len() - before != SIDE as usize || row >= SIDE as usize {
            return Err(broken(format!("line {} is not one of 256 with 256 numbers", row + 1)));
        }
    }
    if found.len() != PIXELS {
        return Err(broken(format!("{} numbers, not {PIXELS}", found.len())));
    }
    Ok(usable(found.into_iter()))
}

/// A cell of a text tile: a number, none for `e`; nothing when it is neither.
fn number(text: &str) -> Option<Option<f64>> {
    match text.trim() {
        "e" => Some(None),
        digits => digits.parse().ok().filter(|value: &f64| value.is_finite()).map(Some),
    }
}

fn usable(found: impl Iterator<Item = Option<f64>>) -> Heights {
    let mut dropped = 0;
    let heights = found.map(|height| match height {
        Some(height) if HEIGHTS_M.contains(&height) => height as f32,
        Some(_) => {
            dropped += 1;
            f32::NAN
        }
        None => f32::NAN,
    });
    (heights.collect(), dropped)
}
