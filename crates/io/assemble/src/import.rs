//! Files to a pack of buildings: what `futago import` does.

use std::fs::File;
use std::io::Read;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use futago_citygml::{CityGmlError, Limits, stream};
use futago_model::{About, Buildings, CityModel, Ground, Source};
use futago_pack::{Build, Input, Pack};
use futago_raw::ItemKind;
use xxhash_rust::xxh3::Xxh3;

use crate::{AssembleError, CityGmlBuildings, Placement, Rules, assemble_buildings};

/// What an import is told.
#[derive(Debug, Clone)]
pub struct Import {
    /// Name of the city.
    pub name: String,
    /// What must be said of the data.
    pub source: Source,
    /// What is taken from a file at most.
    pub limits: Limits,
    /// Limits of cleaning.
    pub rules: Rules,
    /// The program that imports, and its version, for the manifest.
    pub tool: [String; 2],
}

impl Import {
    /// Reads CityGML files, one after the other, each on all cores, and puts their buildings together.
    /// `progress` hears how many bytes of all files are read; when it breaks, the import ends. The same
    /// files give the same pack, on any number of threads.
    ///
    /// # Errors
    /// When a file cannot be read or is not CityGML, or there is no usable building in all of them.
    pub fn run(
        &self,
        files: &[PathBuf],
        mut progress: impl FnMut(u64, u64) -> ControlFlow<()> + Send,
    ) -> Result<Pack, AssembleError> {
        let total = files.iter().map(|file| size_of(file)).sum::<Result<u64, CityGmlError>>()?;
        let (mut gathered, mut inputs, mut done) = (CityGmlBuildings::default(), Vec::new(), 0);
        for path in files {
            let file = name_of(path);
            let input = File::open(path).map_err(|source| io(path, source))?;
            let mut input = Hashed { input, hash: Xxh3::new(), bytes: 0 };
            let summary = stream(&mut input, &file, &self.limits, |item| {
                if item.kind == ItemKind::Object {
                    gathered.add(&item.object, &file);
                }
                progress(done + item.object.byte, total)
            })?;
            gathered.note(summary.report);
            // A reader may stop at the end of the model; the hash is of the whole file.
            std::io::copy(&mut input, &mut std::io::sink()).map_err(|source| io(path, source))?;
            done += input.bytes;
            inputs.push(Input { file, bytes: input.bytes, xxh3: format!("{:032x}", input.hash.digest128()) });
        }
        self.pack(gathered, inputs)
    }

    fn pack(&self, gathered: CityGmlBuildings, inputs: Vec<Input>) -> Result<Pack, AssembleError> {
        let (files, placement) = gathered.finish(&self.name)?;
        let (buildings, report) = assemble_buildings(&files, &placement.frame, &self.rules)?;
        let mut city = CityModel::empty(self.about(placement, &buildings));
        city.buildings = buildings;
        let [tool, tool_version] = self.tool.clone();
        Ok(Pack { city, build: Build { tool, tool_version, inputs, options: Default::default() }, report })
    }

    fn about(&self, placement: Placement, buildings: &Buildings) -> About {
        let note = match placement.ground_tp_m {
            Some(_) => "flat, at the median height of the ground under the buildings",
            None => "flat, at T.P. 0 m: no building says how high the ground is",
        };
        About {
            name_ja: self.name.clone(),
            name_en: self.name.clone(),
            bounds_m: bounds_of(buildings),
            ground: Ground::Constant { height_tp_m: placement.frame.origin_height_m, note: note.to_owned() },
            frame: placement.frame,
            sources: vec![self.source.clone()],
        }
    }
}

/// West, south, east, north of every footprint and solid, in whole metres outwards.
fn bounds_of(buildings: &Buildings) -> [f64; 4] {
    let start = [f64::INFINITY, f64::INFINITY, f64::NEG_INFINITY, f64::NEG_INFINITY];
    buildings.tiles.iter().fold(start, |b, tile| {
        let [west, south, east, north] = tile.bounds_m.map(f64::from);
        [b[0].min(west.floor()), b[1].min(south.floor()), b[2].max(east.ceil()), b[3].max(north.ceil())]
    })
}

fn name_of(path: &Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}

fn io(path: &Path, source: std::io::Error) -> CityGmlError {
    CityGmlError::Io { file: path.display().to_string(), source }
}

fn size_of(path: &Path) -> Result<u64, CityGmlError> {
    let meta = std::fs::metadata(path).map_err(|source| io(path, source))?;
    if meta.is_dir() {
        return Err(io(path, std::io::Error::from(std::io::ErrorKind::IsADirectory)));
    }
    Ok(meta.len())
}

/// Reads and remembers what was read.
struct Hashed<R> {
    input: R,
    hash: Xxh3,
    bytes: u64,
}

impl<R: Read> Read for Hashed<R> {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        let count = self.input.read(into)?;
        self.hash.update(&into[..count]);
        self.bytes += count as u64;
        Ok(count)
    }
}
