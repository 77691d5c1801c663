//! A tileset or a model to raw features.

use std::path::Path;

use futago_geodesy::Crs;
use futago_raw::{Folder, Header, RawCity};

use crate::content::Loader;
use crate::detect::{Format, beginning, looks_like};
use crate::files::{self, Files};
use crate::gather::Gather;
use crate::matrix::Matrix;
use crate::object::EPSG;
use crate::sidecar::Sidecar;
use crate::tileset::Tileset;
use crate::walk::{Chosen, Walk};
use crate::{Limits, TilesError};
use futago_field::CappedReport;

/// Height of the sea level of T.P. above the ellipsoid in Nishi-Shinjuku, metres.
pub const GEOID_M: f64 = 36.7;

/// What the files do not say.
#[derive(Debug, Clone, PartialEq)]
pub struct Options {
    /// Height of the sea level of T.P. above the ellipsoid there, metres. Heights of 3D Tiles are above the
    /// ellipsoid; T.P. is that less this. It changes by some centimetres a kilometre.
    pub geoid_m: f64,
    /// What an object is that does not say.
    pub default_kind: String,
    /// What is taken at most.
    pub limits: Limits,
}

impl Default for Options {
    fn default() -> Self {
        let (default_kind, limits) = ("bldg:Building".to_owned(), Limits::default());
        Self { geoid_m: GEOID_M, default_kind, limits }
    }
}

/// Reads a folder with a `tileset.json`, or one file.
///
/// # Errors
/// When it is not what it says, nothing in it can be taken, or it is more than the limits allow.
pub fn read_path(path: &Path, options: &Options) -> Result<RawCity, TilesError> {
    if path.is_dir() {
        return read(&Folder::new(path), "tileset.json", options);
    }
    let (folder, name) = Folder::of_file(path);
    read(&folder, &name, options)
}

/// Reads a tileset, or one model, from anything that opens files. What else it needs is looked for beside
/// it and below.
///
/// # Errors
/// When it is not what it says, nothing in it can be taken, or it is more than the limits allow.
pub fn read(files: &dyn Files, file: &str, options: &Options) -> Result<RawCity, TilesError> {
    let limits = &options.limits;
    let bytes = files::read(files, file, limits)?;
    let format = looks_like(&bytes);
    let mut loader = Loader {
        files,
        options,
        gather: Gather::new(&options.default_kind, limits),
        notes: CappedReport::new(limits.entries_per_code),
        copyrights: Default::default(),
        sidecar: None,
        from_ellipsoid: false,
    };
    let mut attributes = Vec::new();
    match format {
        None => return Err(TilesError::UnknownFormat { file: file.to_owned(), found: beginning(&bytes) }),
        Some(Format::Tileset) => tileset(&mut loader, &bytes, file, &mut attributes)?,
        Some(_) => model(&mut loader, &bytes, file, &mut attributes)?,
    }
    if loader.from_ellipsoid {
        let geoid_m = options.geoid_m;
        let action = format!(
            "heights above the ellipsoid less {geoid_m} m, as stated for this place, are taken as T.P."
        );
        loader.notes.add("geoid-height", "", file, action);
    }
    attributes.extend(loader.copyrights.into_iter().map(|copyright| ("copyright".to_owned(), copyright)));
    let mut notes = loader.notes;
    let objects = loader.gather.finish(file, &mut notes)?;
    let header = Header {
        file: file.to_owned(),
        namespaces: Vec::new(),
        attributes,
        crs: Some(Crs { epsg: EPSG }),
        dimension: 3,
        corners: None,
    };
    let report = notes.finish(file);
    Ok(RawCity { header, objects, appearances: Vec::new(), properties: Vec::new(), report })
}

type Told = Vec<(String, String)>;

fn tileset(loader: &mut Loader<'_>, bytes: &[u8], file: &str, told: &mut Told) -> Result<(), TilesError> {
    let limits = &loader.options.limits;
    let tileset = Tileset::parse(bytes, file, limits)?;
    told.push(("version".to_owned(), tileset.asset.version.clone()));
    told.extend(tileset.asset.tileset_version.clone().map(|version| ("tilesetVersion".to_owned(), version)));
    let mut walk = Walk::new(loader.files, limits, &mut loader.notes);
    let chosen = walk.tileset(&tileset, file, Matrix::IDENTITY, 0)?;
    let (mut first, tiles) = (None, chosen.len() + walk.failed.len());
    let coarser = walk.coarser;
    let (copyrights, failed) = (walk.copyrights, walk.failed);
    loader.copyrights.extend(copyrights);
    if coarser > 0 {
        let action = format!("{coarser} content(s) are replaced by finer ones, which are taken instead");
        loader.notes.add("coarser-tiles", "", file, action);
    }
    for one in &chosen {
        if let Err(error) = loader.content(one) {
            if error.is_final() {
                return Err(error);
            }
            loader.notes.add(error.code(), "", &one.path, format!("{error}; this tile is left out"));
            first.get_or_insert(error);
        }
    }
    if loader.gather.is_empty() {
        let first = failed.into_iter().next().or(first);
        let none = || "it has no content with triangles".to_owned();
        let first = first.map_or_else(none, |error| error.to_string());
        return Err(TilesError::Nothing { file: file.to_owned(), tiles, first });
    }
    Ok(())
}

fn model(loader: &mut Loader<'_>, bytes: &[u8], file: &str, told: &mut Told) -> Result<(), TilesError> {
    if let Some((_, sidecar)) = Sidecar::beside(loader.files, file, &loader.options.limits)? {
        let credits = [("credit", &sidecar.credit), ("licence", &sidecar.licence)];
        let credits = credits.into_iter().filter_map(|(key, value)| Some((key.to_owned(), value.clone()?)));
        told.extend(credits);
        loader.sidecar = Some(sidecar);
    }
    let (transform, up) = (Matrix::IDENTITY, Matrix::Z_UP_FROM_Y_UP);
    loader.bytes(bytes, &Chosen { path: file.to_owned(), transform, up }, 0)?;
    if loader.gather.is_empty() {
        let first = "it has no triangles".to_owned();
        return Err(TilesError::Nothing { file: file.to_owned(), tiles: 1, first });
    }
    Ok(())
}
