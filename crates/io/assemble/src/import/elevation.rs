//! Files of heights: which one a file is, and what it says.
//!
//! They are read before everything else and whole, since a raster is sampled only when the site is known. Tiles and
//! meshes that fit together become one raster. A damaged one among many is a line in the Report; a GeoTIFF that
//! cannot be used is an error, as any other file.

use std::collections::VecDeque;
use std::io::{Cursor, Read};

use futago_field::Report;
use futago_pack::Input;
use futago_terrain::{Mosaic, Raster, TerrainError, TileAddress, TileKind};
use xxhash_rust::xxh3::xxh3_128;
use zip::ZipArchive;

use super::inputs::DataFile;
use super::{ImportError, ImportLimits};
use crate::AssembleError;

/// Samples of all files together.
const MOST_SAMPLES: u64 = 400_000_000;

/// A kind of file of heights.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Elevation {
    GeoTiff,
    /// An elevation tile, which its path places.
    Tile(TileKind, TileAddress),
    /// A mesh of the base map.
    BaseMap,
    /// A zip in a zip or folder with meshes of the base map, as the download has it.
    BaseMapZip,
}

impl Elevation {
    /// What a file is that begins so and lies there.
    pub fn of(head: &[u8], path: &str) -> Option<Self> {
        if futago_terrain::looks_like_tiff(head) {
            return Some(Self::GeoTiff);
        }
        if let Some((kind, address)) = futago_terrain::looks_like_tile(head, path) {
            return Some(Self::Tile(kind, address));
        }
        let name = path.rsplit(['/', '\\']).next().unwrap_or(path);
        if head.starts_with(b"PK\x03\x04") && name.starts_with("FG-GML-") {
            return Some(Self::BaseMapZip);
        }
        futago_terrain::looks_like_base_map(head).then_some(Self::BaseMap)
    }

    /// Whether a TIFF among other files is placed on the map, and no texture.
    pub fn is_geotiff(name: &str, mut input: impl Read) -> bool {
        let mut bytes = Vec::new();
        let texture = name.split('/').any(|folder| folder.ends_with("_appearance"));
        !texture && input.read_to_end(&mut bytes).is_ok() && futago_terrain::is_geotiff(&bytes)
    }
}

/// The heights of an import on their way.
#[derive(Debug, Default)]
pub(super) struct Heights {
    pub mosaic: Mosaic,
    pub report: Report,
    /// What the files were, in their order.
    inputs: VecDeque<Input>,
}

impl Heights {
    /// Reads a file of heights.
    ///
    /// # Errors
    /// When it cannot be read or is too large; when it is a GeoTIFF of no use.
    pub fn read(
        &mut self,
        file: &DataFile,
        kind: Elevation,
        import: &ImportLimits,
    ) -> Result<(), AssembleError> {
        let limits = import.terrain.clone();
        if file.bytes > limits.file_bytes {
            let (input, limit) = (file.name.clone(), limits.file_bytes);
            return Err(ImportError::TooLarge { input, what: "its size", name: "file_bytes", limit }.into());
        }
        let mut bytes = Vec::new();
        let read = file.open()?.take(limits.file_bytes).read_to_end(&mut bytes);
        read.map_err(|source| ImportError::Unreadable { input: file.name.clone(), source })?;
        let xxh3 = format!("{:032x}", xxh3_128(&bytes));
        let input = Input { file: file.name.clone(), bytes: bytes.len() as u64, xxh3 };
        self.inputs.push_back(input);
        match kind {
            Elevation::GeoTiff => {
                self.mosaic.push(futago_terrain::read_geotiff(&bytes, &file.name, &limits)?)
            }
            Elevation::Tile(kind, address) => {
                self.piece(futago_terrain::read_tile(&bytes, kind, address, &file.name), &file.name);
            }
            Elevation::BaseMap => {
                self.piece(futago_terrain::read_base_map(&bytes, &file.name, &limits), &file.name);
            }
            Elevation::BaseMapZip => self.meshes(&bytes, &file.name, &limits, import),
        }
        match self.mosaic.samples() {
            samples if samples <= MOST_SAMPLES => Ok(()),
            found => {
                let what = "the number of samples with those of the files before";
                let error =
                    TerrainError::TooLarge { file: file.name.clone(), what, found, limit: MOST_SAMPLES };
                Err(error.into())
            }
        }
    }

    /// Takes one of many pieces, or a line in the Report.
    fn piece(&mut self, read: Result<Raster, TerrainError>, name: &str) {
        match read {
            Ok(raster) => self.mosaic.push(raster),
            Err(error) => self.report.add("terrain-unreadable", name, name, format!("{error}; left out")),
        }
    }

    /// The meshes of a zip in a zip or folder.
    fn meshes(&mut self, bytes: &[u8], file: &str, limits: &futago_terrain::Limits, inputs: &ImportLimits) {
        let mut left_out = |what: &str| {
            self.report.add("terrain-unreadable", file, file, format!("{what}; left out"));
        };
        let mut zip = match ZipArchive::new(Cursor::new(bytes)) {
            Ok(zip) if zip.len() <= inputs.files => zip,
            Ok(_) => return left_out("it holds too many files"),
            Err(error) => return left_out(&format!("it cannot be read as a zip file: {error}")),
        };
        for index in 0..zip.len() {
            let mut entry = match zip.by_index(index) {
                Ok(entry) if entry.is_file() => entry,
                Ok(_) => continue,
                Err(error) => {
                    let error = format!("an entry cannot be read: {error}");
                    self.report.add("terrain-unreadable", file, file, format!("{error}; left out"));
                    continue;
                }
            };
            let name = format!("{file}/{}", String::from_utf8_lossy(entry.name_raw()));
            let most = entry.compressed_size().max(1).saturating_mul(inputs.zip_ratio).min(limits.file_bytes);
            let mut content = Vec::new();
            let read = (&mut entry).take(most).read_to_end(&mut content);
            drop(entry);
            match read {
                Ok(_) if futago_terrain::looks_like_base_map(&content[..content.len().min(1 << 16)]) => {
                    self.piece(futago_terrain::read_base_map(&content, &name, limits), &name);
                }
                Ok(_) => {}
                Err(error) => {
                    self.report.add("terrain-unreadable", &name, &name, format!("{error}; left out"));
                }
            }
        }
    }

    /// What the next file of heights was.
    pub fn next_input(&mut self) -> Option<Input> {
        self.inputs.pop_front()
    }

    /// Longitude and latitude of the middle of the first raster.
    pub fn middle(&self) -> Option<[f64; 2]> {
        let at = self.mosaic.rasters.first()?.middle().ok()?;
        Some([at.lon_deg, at.lat_deg])
    }
}
