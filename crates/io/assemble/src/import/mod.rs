//! Files to a pack: what `futago import` does.
//!
//! Files are read one after the other, each on all cores: a stretch of a file is parsed, its positions
//! are projected, its objects become records and its buildings plans with triangles, all on one thread,
//! while other stretches are on others. What comes out is put together in the order of the files.

mod elevation;
mod formats;
mod gather;
mod ground;
mod inputs;
mod limits;
mod osm;
mod zip_file;

use std::io::Read;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use futago_citygml::{CityGmlError, read_header, stream_mapped};
use futago_geodesy::{Crs, LonLat, MapSystem};
use futago_model::Source;
use futago_pack::{Input, Pack};
use futago_raw::{Header, Item};
use rayon::prelude::*;
use xxhash_rust::xxh3::Xxh3;

use crate::batch::{Context, Spare, batch};
use crate::site::{Site, lonlat_of};
use crate::{AssembleError, Rules};
use elevation::Heights;
use formats::Format;
use gather::Gathered;
use inputs::{DataFile, Inputs};
pub use limits::ImportLimits;

/// Objects that are worked on together, of formats that come object by object.
const STRETCH: usize = 1024;

/// Hears how many bytes of a file are read.
type Progress<'p> = &'p mut (dyn FnMut(u64) -> ControlFlow<()> + Send);

/// What an import is told.
#[derive(Debug, Clone)]
pub struct Import {
    /// Name of the city.
    pub name: String,
    /// What must be said of the data.
    pub source: Source,
    /// What is taken at most.
    pub limits: ImportLimits,
    /// Limits of cleaning.
    pub rules: Rules,
    /// Only what touches this rectangle: west, south, east, north, degrees.
    pub bounds: Option<[f64; 4]>,
    /// The highest level of detail that is taken; none for all.
    pub lod: Option<u8>,
    /// Height of the geoid above the ellipsoid, metres, for heights that count from the ellipsoid.
    pub geoid_m: f64,
    /// The program that imports, and its version, for the manifest.
    pub tool: [String; 2],
}

/// What an import gives.
#[derive(Debug, Clone, PartialEq)]
pub struct Packs {
    /// The city.
    pub city: Pack,
    /// What OpenStreetMap adds to it, where other inputs make the city: streets and ways, under the ODbL.
    pub osm: Option<Pack>,
}

/// An input that cannot be opened.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// A file or folder that cannot be read.
    #[error("{input} cannot be read: {source}")]
    Unreadable {
        /// Its path.
        input: String,
        /// Why.
        source: std::io::Error,
    },
    /// A zip file that is none, or a dangerous one.
    #[error("{input} cannot be read as a zip file: {problem}. Unpack it and import the folder")]
    BadZip {
        /// Its path.
        input: String,
        /// What is wrong.
        problem: String,
    },
    /// Beyond a limit.
    #[error("{input}: {what} is more than {limit}. Raise the limit `{name}` if that is meant")]
    TooLarge {
        /// Path of the input.
        input: String,
        /// What is too large.
        what: &'static str,
        /// Name of the limit.
        name: &'static str,
        /// The limit.
        limit: u64,
    },
    /// Nothing that can be imported.
    #[error("{input} holds no file of city objects. Name a CityGML file, or a folder or zip file with some")]
    Nothing {
        /// The inputs.
        input: String,
    },
}

impl Import {
    /// An import of everything, with the usual limits.
    pub fn new(name: &str, source: Source, tool: [String; 2]) -> Self {
        Self {
            name: name.to_owned(),
            source,
            limits: ImportLimits::default(),
            rules: Rules::default(),
            bounds: None,
            lod: None,
            geoid_m: futago_tiles::GEOID_M,
            tool,
        }
    }

    /// Reads the inputs and puts a city together. What comes from OpenStreetMap is a pack of its own beside that of
    /// other inputs, since its licence is another one; alone it is the pack of the city. `progress` hears how many bytes of all files are read;
    /// when it breaks, the import ends. The same files give the same pack, on any number of threads.
    ///
    /// # Errors
    /// When an input cannot be read or is not what it says, or nothing in it can be used.
    pub fn run(
        &self,
        inputs: &[PathBuf],
        mut progress: impl FnMut(u64, u64) -> ControlFlow<()> + Send,
    ) -> Result<Packs, AssembleError> {
        let mut opened = Inputs::open(inputs, &self.limits)?;
        if opened.files.is_empty() {
            let input = inputs.iter().map(|path| path.display().to_string()).collect::<Vec<_>>().join(", ");
            return Err(ImportError::Nothing { input }.into());
        }
        let total = opened.files.iter().map(|file| file.bytes).sum::<u64>();
        let extracts = opened.files.extract_if(.., |file| file.format == Format::Osm).collect::<Vec<_>>();
        if opened.files.is_empty() {
            let city = self.osm_city(&extracts, opened.report, &mut |byte| progress(byte, total))?;
            return Ok(Packs { city, osm: None });
        }
        let mut heights = Heights::default();
        let mut done = 0;
        for file in &opened.files {
            if let Format::Elevation(kind) = file.format {
                heights.read(file, kind, &self.limits)?;
                done += file.bytes;
                if progress(done, total).is_break() {
                    return Err(AssembleError::Stopped { file: file.name.clone() });
                }
            }
        }
        let site = self.site(&opened.files, &heights)?;
        let mut gathered = Gathered::new(self.limits.entries_per_code, opened.report, total);
        gathered.note(std::mem::take(&mut heights.report));
        let spare = Spare::default();
        for file in &opened.files {
            if matches!(file.format, Format::Elevation(_)) {
                gathered.inputs.extend(heights.next_input());
                continue;
            }
            let context = Context {
                site: &site,
                rules: &self.rules,
                file: &file.name,
                codes: &opened.codes,
                images: file.images.as_ref(),
                lod: self.lod,
                spare: &spare,
            };
            gathered.begin(done);
            let read = match file.format {
                Format::CityGml => {
                    self.city_gml(file, &context, &mut gathered, &mut |byte| progress(done + byte, total))
                }
                _ => self.others(file, &context, &mut gathered, &mut |byte| progress(done + byte, total)),
            };
            let input = read?;
            done += input.bytes;
            gathered.inputs.push(input);
        }
        let city = gathered.pack(self, site, heights.mosaic)?;
        let osm = match extracts.is_empty() {
            true => None,
            false => Some(self.osm_beside(&city, &extracts, &mut |byte| progress(done + byte, total))?),
        };
        Ok(Packs { city, osm })
    }

    /// A CityGML file: what is made of its objects is made where they are parsed.
    fn city_gml(
        &self,
        file: &DataFile,
        context: &Context<'_>,
        gathered: &mut Gathered,
        progress: Progress<'_>,
    ) -> Result<Input, AssembleError> {
        let mut input = Hashed { input: file.open()?, hash: Xxh3::new(), bytes: 0 };
        let mut trouble = None;
        let read = stream_mapped(
            &mut input,
            &file.name,
            &self.limits.citygml,
            |items| batch(items, context),
            |batch, byte| match gathered.take(batch, byte) {
                Ok(objects) => {
                    context.spare.put(objects);
                    progress(byte)
                }
                Err(error) => {
                    trouble = Some(error);
                    ControlFlow::Break(())
                }
            },
        );
        match (trouble, read) {
            (Some(error), _) => return Err(error),
            (None, Err(CityGmlError::Stopped { file })) => return Err(AssembleError::Stopped { file }),
            (None, read) => gathered.note(read?.report),
        }
        input.finish(&file.name)
    }

    /// A file of another format: its objects in stretches of [`STRETCH`], each on all cores.
    fn others(
        &self,
        file: &DataFile,
        context: &Context<'_>,
        gathered: &mut Gathered,
        progress: Progress<'_>,
    ) -> Result<Input, AssembleError> {
        let mut waiting: Vec<Item> = Vec::with_capacity(STRETCH);
        let mut trouble = None;
        let report = formats::items(file, self, |item| {
            let byte = item.object.byte;
            waiting.push(item);
            if waiting.len() < STRETCH {
                return ControlFlow::Continue(());
            }
            match take(std::mem::take(&mut waiting), context, gathered, byte) {
                Ok(()) => progress(byte),
                Err(error) => {
                    trouble = Some(error);
                    ControlFlow::Break(())
                }
            }
        });
        if let Some(error) = trouble {
            return Err(error);
        }
        gathered.note(report?);
        take(waiting, context, gathered, file.bytes)?;
        let input = Hashed { input: file.open()?, hash: Xxh3::new(), bytes: 0 };
        if progress(0).is_break() {
            return Err(AssembleError::Stopped { file: file.name.clone() });
        }
        input.finish(&file.name)
    }

    /// The site: round the wanted rectangle, else round the envelopes of the files, else round the first
    /// object that has a place, else round the heights.
    fn site(&self, files: &[DataFile], heights: &Heights) -> Result<Site, AssembleError> {
        if let Some(bounds) = self.bounds {
            let [west, south, east, north] = bounds;
            let centre = LonLat::new((west + east) / 2.0, (south + north) / 2.0)?;
            return Site::around(centre, self.geoid_m, &self.rules)?.within(bounds);
        }
        let mut bounds: Option<[f64; 4]> = None;
        for file in files {
            if file.format != Format::CityGml {
                continue;
            }
            let header = read_header(file.open()?, &file.name)?;
            for [lon, lat] in corners_of(&header).into_iter().flatten() {
                let [west, south, east, north] = bounds.unwrap_or([lon, lat, lon, lat]);
                bounds = Some([west.min(lon), south.min(lat), east.max(lon), north.max(lat)]);
            }
        }
        let centre = match bounds {
            Some([west, south, east, north]) => [(west + east) / 2.0, (south + north) / 2.0],
            None => match (self.first_place(files), heights.middle()) {
                (Err(AssembleError::NoPlace { .. }), Some(middle)) => middle,
                (place, _) => place?,
            },
        };
        Site::around(LonLat::new(centre[0], centre[1])?, self.geoid_m, &self.rules)
    }

    /// Longitude and latitude of the first position that has a system.
    fn first_place(&self, files: &[DataFile]) -> Result<[f64; 2], AssembleError> {
        for file in files {
            let mut found = None;
            let ended = formats::items(file, self, |item| {
                let shapes = &item.object.shapes;
                let epsg = shapes.geometries.first().and_then(|geometry| geometry.epsg);
                found =
                    found.or(epsg.zip(shapes.positions.first()).and_then(|(epsg, at)| degrees(epsg, *at)));
                if found.is_some() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
            });
            match (found, ended) {
                (Some(place), _) => return Ok(place),
                (None, Ok(_) | Err(AssembleError::Stopped { .. })) => {}
                (None, Err(error)) => return Err(error),
            }
        }
        let file = files.iter().map(|file| file.name.as_str()).collect::<Vec<_>>().join(", ");
        Err(AssembleError::NoPlace { file })
    }
}

fn unreadable(path: &Path, source: std::io::Error) -> ImportError {
    ImportError::Unreadable { input: path.display().to_string(), source }
}

/// Makes items part of the city, on all cores and in their order.
fn take(
    items: Vec<Item>,
    context: &Context<'_>,
    gathered: &mut Gathered,
    byte: u64,
) -> Result<(), AssembleError> {
    let mut shares: Vec<Vec<Item>> = Vec::new();
    let mut items = items.into_iter().peekable();
    while items.peek().is_some() {
        shares.push(items.by_ref().take(STRETCH / 16).collect());
    }
    let batches: Vec<_> = shares.into_par_iter().with_max_len(1).map(|share| batch(share, context)).collect();
    batches
        .into_iter()
        .try_for_each(|batch| gathered.take(batch, byte).map(|objects| context.spare.put(objects)))
}

/// Longitude and latitude of a position of a system.
fn degrees(epsg: u32, at: [f64; 3]) -> Option<[f64; 2]> {
    let lonlat = lonlat_of(&MapSystem::from_epsg(epsg)?, Crs { epsg }.axes(), [at[0], at[1]])?;
    Some([lonlat.lon_deg, lonlat.lat_deg])
}

fn corners_of(header: &Header) -> Option<[[f64; 2]; 2]> {
    let (crs, [lower, upper]) = (header.crs?, header.corners?);
    Some([degrees(crs.epsg, lower)?, degrees(crs.epsg, upper)?])
}

/// Reads and remembers what was read.
struct Hashed<R> {
    input: R,
    hash: Xxh3,
    bytes: u64,
}

impl<R: Read> Hashed<R> {
    /// Reads what is left: a reader may stop at the end of the model, and the hash is of the whole file.
    fn finish(mut self, name: &str) -> Result<Input, AssembleError> {
        std::io::copy(&mut self, &mut std::io::sink())
            .map_err(|source| ImportError::Unreadable { input: name.to_owned(), source })?;
        let xxh3 = format!("{:032x}", self.hash.digest128());
        Ok(Input { file: name.to_owned(), bytes: self.bytes, xxh3 })
    }
}

impl<R: Read> Read for Hashed<R> {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        let count = self.input.read(into)?;
        self.hash.update(&into[..count]);
        self.bytes += count as u64;
        Ok(count)
    }
}
