//! GeoTIFF (OGC 19-008) with one band of heights, and the notes of GDAL on missing ones.
//!
//! The decoder is the `tiff` crate: strips and tiles, deflate and LZW, integers and floats. Of several bands the
//! first is taken. `GTRasterType` says whether a tie point is the corner or the centre of a cell.

use std::collections::BTreeMap;
use std::io::Cursor;

use futago_geodesy::MapSystem;
use tiff::decoder::{Decoder, DecodingResult};
use tiff::tags::Tag;
use tiff::{ColorType, TiffResult};

use crate::error::within;
use crate::{HEIGHTS_M, Limits, Placement, Raster, TerrainError};

const WHAT: &str = "GeoTIFF";
const GDAL_NODATA: Tag = Tag::Unknown(42113);

/// Keys of the GeoKeyDirectory.
const RASTER_TYPE: u16 = 1025;
const GEOGRAPHIC_SYSTEM: u16 = 2048;
const PROJECTED_SYSTEM: u16 = 3072;

/// Value of a key that says the system is none with a code.
const USER_DEFINED: u16 = 32767;

type File<'b> = Decoder<Cursor<&'b [u8]>>;

/// Whether a file that begins so is a TIFF, of either byte order, or a BigTIFF.
pub fn looks_like_tiff(head: &[u8]) -> bool {
    [b"II*\0", b"MM\0*", b"II+\0", b"MM\0+"].iter().any(|magic| head.starts_with(*magic))
}

/// Whether a whole TIFF says where on Earth it is; a texture does not.
pub fn is_geotiff(bytes: &[u8]) -> bool {
    let keys = open(bytes).and_then(|mut file| file.find_tag(Tag::GeoKeyDirectoryTag));
    keys.is_ok_and(|keys| keys.is_some())
}

fn open(bytes: &[u8]) -> TiffResult<File<'_>> {
    Decoder::new(Cursor::new(bytes))
}

/// Reads the first image of a GeoTIFF.
///
/// # Errors
/// When it is damaged, holds no heights, does not say where it is, or is too large.
pub fn read_geotiff(bytes: &[u8], file: &str, limits: &Limits) -> Result<Raster, TerrainError> {
    within(file, "the size in bytes", bytes.len() as u64, limits.file_bytes)?;
    let broken = |error: tiff::TiffError| TerrainError::unreadable(file, WHAT, error);
    let mut image = open(bytes).map_err(broken)?;
    let [columns, rows] = image.dimensions().map_err(broken)?.into();
    let samples = u64::from(columns) * u64::from(rows);
    within(file, "the number of samples", samples, limits.samples)?;
    if samples == 0 {
        return Err(TerrainError::unreadable(file, WHAT, "it has no samples"));
    }
    let keys = geo_keys(&mut image).map_err(broken)?;
    let system = system(&keys, file)?;
    let placement = placement(&mut image, keys.get(&RASTER_TYPE) == Some(&2), file)?;
    let no_data = no_data(&mut image);
    let bands = bands(image.colortype().map_err(broken)?, file)?;
    let mut limit = tiff::decoder::Limits::default();
    limit.decoding_buffer_size = (samples as usize).saturating_mul(8 * bands);
    limit.intermediate_buffer_size = limit.decoding_buffer_size;
    // The directory was read above; tables of strips and tiles are as long as the image needs.
    image = image.with_limits(limit);
    let values = image.read_image().map_err(broken)?;
    let values = first_band(values, bands, samples as usize, file)?;
    let (heights, dropped) = heights(&values, no_data);
    let blocks = BTreeMap::from([([0, 0], heights)]);
    let name = file.to_owned();
    Ok(Raster { name, system, placement, block: [columns, rows], blocks, dropped })
}

/// Numbers by key; keys whose value is elsewhere are not needed.
fn geo_keys(image: &mut File<'_>) -> TiffResult<BTreeMap<u16, u16>> {
    let Some(directory) = image.find_tag(Tag::GeoKeyDirectoryTag)? else { return Ok(BTreeMap::new()) };
    let directory = directory.into_u16_vec()?;
    let keys = directory.chunks_exact(4).skip(1).filter(|key| key[1] == 0);
    Ok(keys.map(|key| (key[0], key[3])).collect())
}

fn system(keys: &BTreeMap<u16, u16>, file: &str) -> Result<MapSystem, TerrainError> {
    let code = [PROJECTED_SYSTEM, GEOGRAPHIC_SYSTEM].into_iter().find_map(|key| keys.get(&key));
    match code {
        None => Err(TerrainError::no_place(file, "it names no coordinate system")),
        Some(&(0 | USER_DEFINED)) => {
            Err(TerrainError::no_place(file, "its coordinate system has no EPSG code"))
        }
        Some(code) => {
            let epsg = u32::from(*code);
            let unknown = || TerrainError::UnknownSystem { file: file.to_owned(), epsg };
            MapSystem::from_epsg(epsg).ok_or_else(unknown)
        }
    }
}

fn placement(image: &mut File<'_>, at_centres: bool, file: &str) -> Result<Placement, TerrainError> {
    let mut numbers = |tag| image.find_tag(tag).ok().flatten().and_then(|value| value.into_f64_vec().ok());
    let matrix = numbers(Tag::ModelTransformationTag);
    let (scale, tie) = (numbers(Tag::ModelPixelScaleTag), numbers(Tag::ModelTiepointTag));
    let corner = match (matrix.as_deref(), scale.as_deref(), tie.as_deref()) {
        (Some([a, b, _, d, e, f, _, h, ..]), _, _) => {
            Placement { first: [*d, *h], column: [*a, *e], row: [*b, *f] }
        }
        (None, Some([across, down, ..]), Some([column, row, _, x, y, _])) => Placement {
            first: [x - column * across, y + row * down],
            column: [*across, 0.0],
            row: [0.0, -down],
        },
        (None, _, Some([_, _, _, _, _, _, _, ..])) => {
            return Err(TerrainError::no_place(file, "it is placed by many control points"));
        }
        _ => return Err(TerrainError::no_place(file, "it has no place (ModelPixelScale and ModelTiepoint)")),
    };
    let first = if at_centres { corner.first } else { corner.xy([0.5, 0.5]) };
    let placement = Placement { first, ..corner };
    match placement.is_usable() {
        true => Ok(placement),
        false => Err(TerrainError::no_place(file, "its place or the size of its cells cannot be")),
    }
}

/// The number that stands for none, as GDAL notes it: a text.
fn no_data(image: &mut File<'_>) -> Option<f64> {
    let text = image.find_tag(GDAL_NODATA).ok().flatten()?.into_string().ok()?;
    text.trim_matches(|c: char| c == '\0' || c.is_whitespace()).parse().ok()
}

/// Numbers of a sample.
fn bands(kind: ColorType, file: &str) -> Result<usize, TerrainError> {
    let bits = kind.bit_depth();
    let bands = usize::from(kind.num_samples());
    let grey = matches!(kind, ColorType::Gray(_) | ColorType::GrayA(_) | ColorType::Multiband { .. });
    if grey && bits >= 16 && bands > 0 {
        return Ok(bands);
    }
    Err(TerrainError::NotHeights { file: file.to_owned(), found: format!("{kind:?} samples of {bits} bits") })
}

fn first_band(
    values: DecodingResult,
    bands: usize,
    samples: usize,
    file: &str,
) -> Result<Vec<f64>, TerrainError> {
    fn every<T: Into<f64> + Copy>(values: &[T], step: usize) -> Vec<f64> {
        values.iter().step_by(step).map(|value| (*value).into()).collect()
    }
    // An image of separate planes comes with its first one only.
    let step_of = |len: usize| if len >= samples.saturating_mul(bands) { bands } else { 1 };
    let mut found = match &values {
        DecodingResult::U16(v) => every(v, step_of(v.len())),
        DecodingResult::I16(v) => every(v, step_of(v.len())),
        DecodingResult::U32(v) => every(v, step_of(v.len())),
        DecodingResult::I32(v) => every(v, step_of(v.len())),
        DecodingResult::F32(v) => every(v, step_of(v.len())),
        DecodingResult::F64(v) => every(v, step_of(v.len())),
        _ => {
            let found = "samples of an unusual kind".to_owned();
            return Err(TerrainError::NotHeights { file: file.to_owned(), found });
        }
    };
    if found.len() < samples {
        let problem = format!("{} of {samples} samples are there", found.len());
        return Err(TerrainError::unreadable(file, WHAT, problem));
    }
    found.truncate(samples);
    Ok(found)
}

/// Heights, and how many numbers were neither a height nor the one that stands for none.
fn heights(values: &[f64], no_data: Option<f64>) -> (Vec<f32>, usize) {
    let mut dropped = 0;
    let heights = values.iter().map(|value| {
        // Writers round the number to the samples' type in one place and not in the other.
        let none =
            value.is_nan() || no_data.is_some_and(|none| *value == none || *value as f32 == none as f32);
        if !none && HEIGHTS_M.contains(value) {
            return *value as f32;
        }
        // The usual number for none is often not declared.
        dropped += usize::from(!none && *value != -9999.0);
        f32::NAN
    });
    (heights.collect(), dropped)
}
