//! What is imported: files, folders and zip files, told apart by what is in them.
//!
//! A delivery is a folder (or the zip of one) with `udx/`, `codelists/` and folders of images. Its files are
//! read where they are, in the order of their paths, and are called by their paths within it, so that a
//! folder and its zip are the same.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use futago_citygml::{CodeList, read_code_list};
use futago_field::Report;

use super::elevation::Elevation;
use super::formats::Format;
use super::zip_file::ZipFile;
use super::{ImportError, ImportLimits, unreadable};
use crate::codes::Codes;

/// Bytes that are looked at to tell what a file is.
const LOOK: usize = 1 << 16;

/// A file of city objects.
#[derive(Debug)]
pub(crate) struct DataFile {
    /// Path within its input, with `/`.
    pub name: String,
    pub bytes: u64,
    pub format: Format,
    pub place: Place,
    /// Images of its input, by path from the file; none for a file on its own.
    pub images: Option<BTreeSet<String>>,
}

#[derive(Debug, Clone)]
pub(crate) enum Place {
    File(PathBuf),
    /// An entry of a zip, by its place among the entries.
    Entry(Arc<ZipFile>, usize),
}

/// Everything that is to be read.
#[derive(Debug, Default)]
pub(crate) struct Inputs {
    pub files: Vec<DataFile>,
    pub codes: Codes,
    /// Files that are not taken, by ending, and code lists that cannot be read.
    pub report: Report,
}

/// A file of an input before it is known what it is.
struct Found {
    name: String,
    bytes: u64,
    place: Place,
}

impl DataFile {
    /// Opens it for reading.
    pub fn open(&self) -> Result<Box<dyn Read + Send>, ImportError> {
        self.place.open()
    }
}

impl Place {
    fn open(&self) -> Result<Box<dyn Read + Send>, ImportError> {
        match self {
            Self::File(path) => Ok(Box::new(File::open(path).map_err(|e| unreadable(path, e))?)),
            Self::Entry(zip, entry) => zip.reader(*entry),
        }
    }

    /// The first bytes; what cannot be read is told when it is wanted.
    fn start(&self) -> Result<Vec<u8>, ImportError> {
        match self {
            Self::File(_) => {
                let mut start = Vec::with_capacity(LOOK);
                let _ = self.open()?.take(LOOK as u64).read_to_end(&mut start);
                Ok(start)
            }
            Self::Entry(zip, entry) => Ok(zip.start(*entry, LOOK)),
        }
    }
}

impl Inputs {
    /// Looks through inputs in the order in which they are named.
    pub fn open(paths: &[PathBuf], limits: &ImportLimits) -> Result<Self, ImportError> {
        let mut inputs = Self::default();
        for path in paths {
            let alone = path.is_file() && !is_zip(path)?;
            let mut found = if path.is_dir() {
                let mut found = Vec::new();
                walk(path, path, limits, &mut found)?;
                found
            } else if alone {
                let bytes = std::fs::metadata(path).map_err(|e| unreadable(path, e))?.len();
                vec![Found { name: name_of(path), bytes, place: Place::File(path.clone()) }]
            } else {
                entries(path, limits)?
            };
            found.sort_by(|a, b| a.name.cmp(&b.name));
            if alone {
                code_lists_beside(path, &mut inputs);
            } else {
                without_common_folder(&mut found);
            }
            inputs.take(found, alone)?;
        }
        Ok(inputs)
    }

    fn take(&mut self, found: Vec<Found>, alone: bool) -> Result<(), ImportError> {
        let names: Vec<String> = found.iter().map(|file| file.name.clone()).collect();
        let beside = futago_features::side_files(&names);
        let mut others: BTreeMap<String, usize> = BTreeMap::new();
        let mut taken = Vec::new();
        for Found { name, bytes, place } in found {
            if name.split('/').any(|part| part == "codelists") && name.ends_with(".xml") {
                self.code_list(&name, &place)?;
                continue;
            }
            // What is named on its own and looks like nothing is told by the reader what it is not.
            let format = format_of(&name, &place, alone)?.or(alone.then_some(Format::CityGml));
            // The index of a Shapefile begins as the Shapefile does.
            match format.filter(|_| alone || ending_of(&name) != "shx") {
                Some(format) => {
                    let images = (!alone && format == Format::CityGml).then(|| images_from(&name, &names));
                    taken.push(DataFile { name, bytes, format, place, images });
                }
                None if is_image(&name) || beside.contains(&name) => {}
                None => *others.entry(ending_of(&name)).or_default() += 1,
            }
        }
        if !alone {
            without_parts_of_tilesets(&mut taken, &names);
        }
        self.files.extend(taken);
        for (ending, count) in others {
            let action = format!("{count} file(s) hold no city objects that are read; left out");
            self.report.add("other-file", ending, "", action);
        }
        Ok(())
    }

    fn code_list(&mut self, name: &str, place: &Place) -> Result<(), ImportError> {
        match code_list_in(place.open()?, name) {
            Ok(list) => self.codes.insert(name_in(name), list),
            Err(problem) => self.report.add("bad-codelist", name, "", format!("{problem}; not used")),
        }
        Ok(())
    }
}

/// Leaves only the outermost tilesets of a folder, and of single models those that say where they stand.
fn without_parts_of_tilesets(files: &mut Vec<DataFile>, names: &[String]) {
    let folder = |name: &str| name.rsplit_once('/').map_or(String::new(), |(folder, _)| format!("{folder}/"));
    let tilesets: Vec<String> =
        files.iter().filter(|f| f.format == Format::Tileset).map(|f| folder(&f.name)).collect();
    files.retain(|file| {
        let own = folder(&file.name);
        let inside = |other: &String| own.starts_with(other.as_str()) && own.len() > other.len();
        match file.format {
            Format::Tileset => !tilesets.iter().any(inside),
            Format::Model => {
                let in_tileset = tilesets.iter().any(|other| own.starts_with(other.as_str()));
                let local = name_in(&file.name);
                let beside = |sidecar: String| names.contains(&format!("{own}{sidecar}"));
                !in_tileset && futago_tiles::Sidecar::names(local).into_iter().any(beside)
            }
            Format::CityGml | Format::CityJson | Format::Features | Format::Elevation(_) | Format::Osm => {
                true
            }
        }
    });
}

/// What a file is: heights, or city objects.
fn format_of(name: &str, place: &Place, alone: bool) -> Result<Option<Format>, ImportError> {
    let start = place.start()?;
    // Tiles are called by their place, which may be in the names of the folders above.
    let path = match place {
        Place::File(path) => path.to_string_lossy(),
        Place::Entry(..) => name.into(),
    };
    match Elevation::of(&start, &path) {
        Some(Elevation::GeoTiff) if !alone && !Elevation::is_geotiff(name, place.open()?) => Ok(None),
        Some(elevation) => Ok(Some(Format::Elevation(elevation))),
        None => Ok(Format::of(&start)),
    }
}

/// The code list of a file; the problem when it is none.
fn code_list_in(mut input: impl Read, name: &str) -> Result<CodeList, String> {
    let mut text = Vec::new();
    input.read_to_end(&mut text).map_err(|error| error.to_string())?;
    read_code_list(&text, name).map_err(|error| error.to_string())
}

/// Code lists of a single file: in the folder that PLATEAU puts them in, and beside it.
fn code_lists_beside(path: &Path, inputs: &mut Inputs) {
    let folders = path.ancestors().skip(1).take(3).map(|folder| folder.join("codelists"));
    let Some(folder) = folders.into_iter().find(|folder| folder.is_dir()) else { return };
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for path in entries.flatten().map(|entry| entry.path()).filter(|path| path.is_file()) {
        let name = name_of(&path);
        let list = File::open(&path).map_err(|e| e.to_string()).and_then(|file| code_list_in(file, &name));
        // A list that cannot be read is as good as none: its codes are reported.
        if let Ok(list) = list {
            inputs.codes.insert(&name, list);
        }
    }
}

fn walk(
    root: &Path,
    folder: &Path,
    limits: &ImportLimits,
    found: &mut Vec<Found>,
) -> Result<(), ImportError> {
    let entries = std::fs::read_dir(folder).map_err(|e| unreadable(folder, e))?;
    for entry in entries {
        let entry = entry.map_err(|e| unreadable(folder, e))?;
        let (path, kind) = (entry.path(), entry.file_type().map_err(|e| unreadable(folder, e))?);
        if kind.is_dir() {
            walk(root, &path, limits, found)?;
        } else if kind.is_file() {
            let bytes = entry.metadata().map_err(|e| unreadable(&path, e))?.len();
            let parts = path.strip_prefix(root).unwrap_or(&path).components();
            let parts: Vec<_> = parts.map(|part| part.as_os_str().to_string_lossy().into_owned()).collect();
            found.push(Found { name: parts.join("/"), bytes, place: Place::File(path) });
            too_many(root, found.len(), limits)?;
        }
    }
    Ok(())
}

fn too_many(input: &Path, count: usize, limits: &ImportLimits) -> Result<(), ImportError> {
    if count <= limits.files {
        return Ok(());
    }
    let (input, limit) = (input.display().to_string(), limits.files as u64);
    Err(ImportError::TooLarge { input, what: "the number of files", name: "files", limit })
}

/// The files of a zip.
fn entries(path: &Path, limits: &ImportLimits) -> Result<Vec<Found>, ImportError> {
    let zip = Arc::new(ZipFile::open(path, limits)?);
    let found = zip.entries.iter().enumerate().map(|(index, entry)| Found {
        name: entry.name.clone(),
        bytes: entry.bytes,
        place: Place::Entry(Arc::clone(&zip), index),
    });
    Ok(found.collect())
}

fn is_zip(path: &Path) -> Result<bool, ImportError> {
    let mut start = [0; 4];
    let mut file = File::open(path).map_err(|e| unreadable(path, e))?;
    let read = file.read(&mut start).map_err(|e| unreadable(path, e))?;
    // A local entry, or the end of an archive without any.
    Ok([b"PK\x03\x04", b"PK\x05\x06"].contains(&&start) && read == start.len())
}

fn is_image(name: &str) -> bool {
    matches!(ending_of(name).as_str(), "png" | "jpg" | "jpeg" | "tif" | "tiff" | "gif" | "bmp" | "webp")
}

fn ending_of(name: &str) -> String {
    name.rsplit_once('.').map_or("", |(_, ending)| ending).to_ascii_lowercase()
}

/// The images of an input by their path from the folder of a file.
fn images_from(file: &str, names: &[String]) -> BTreeSet<String> {
    let folder = file.rsplit_once('/').map_or(String::new(), |(folder, _)| format!("{folder}/"));
    let images = names.iter().filter(|name| is_image(name));
    images.filter_map(|name| name.strip_prefix(&folder)).map(str::to_owned).collect()
}

/// Takes away the folders that every file is in: a zip often holds the delivery in a folder of its name.
fn without_common_folder(found: &mut [Found]) {
    while let Some((first, _)) = found.first().and_then(|file| file.name.split_once('/')) {
        let first = format!("{first}/");
        // The folders of map tiles are their place.
        let is_place = first.trim_end_matches('/').bytes().all(|byte| byte.is_ascii_digit());
        if first == "udx/" || is_place || !found.iter().all(|file| file.name.starts_with(&first)) {
            return;
        }
        for file in found.iter_mut() {
            file.name.drain(..first.len());
        }
    }
}

fn name_of(path: &Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}

fn name_in(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}
