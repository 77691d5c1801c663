//! What is imported: files, folders and zip files, told apart by what is in them.
//!
//! A delivery is a folder (or the zip of one) with `udx/`, `codelists/` and folders of images. Its files are
//! read where they are, in the order of their paths, and are called by their paths within it, so that a
//! folder and its zip are the same.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{BufReader, Read};
use std::path::{Path, PathBuf};

use futago_citygml::{CodeList, read_code_list};
use futago_field::Report;
use zip::ZipArchive;

use super::formats::Format;
use super::{ImportError, ImportLimits};
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
    Entry { zip: PathBuf, index: usize },
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
        open(&self.place, self.bytes)
    }
}

fn open(place: &Place, bytes: u64) -> Result<Box<dyn Read + Send>, ImportError> {
    match place {
        Place::File(path) => Ok(Box::new(File::open(path).map_err(|e| unreadable(path, e))?)),
        Place::Entry { zip, index } => entry_reader(zip, *index, bytes),
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
        let mut others: BTreeMap<String, usize> = BTreeMap::new();
        let mut taken = Vec::new();
        for Found { name, bytes, place } in found {
            if name.split('/').any(|part| part == "codelists") && name.ends_with(".xml") {
                self.code_list(&name, bytes, &place)?;
                continue;
            }
            // What is named on its own and looks like nothing is told by the reader what it is not.
            match format_of(&place, bytes)?.or(alone.then_some(Format::CityGml)) {
                Some(format) => {
                    let images = (!alone && format == Format::CityGml).then(|| images_from(&name, &names));
                    taken.push(DataFile { name, bytes, format, place, images });
                }
                None if is_image(&name) => {}
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

    fn code_list(&mut self, name: &str, bytes: u64, place: &Place) -> Result<(), ImportError> {
        match code_list_in(open(place, bytes)?, name) {
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
            Format::CityGml | Format::CityJson => true,
        }
    });
}

fn format_of(place: &Place, bytes: u64) -> Result<Option<Format>, ImportError> {
    let mut start = Vec::with_capacity(LOOK);
    // What cannot be read is told when it is wanted.
    let _ = open(place, bytes)?.take(LOOK as u64).read_to_end(&mut start);
    Ok(Format::of(&start))
}

/// The files of a zip below the folder of one of them.
pub(crate) struct ZipFolder {
    zip: PathBuf,
    /// Entry and size by path from the folder.
    entries: BTreeMap<String, (usize, u64)>,
}

impl ZipFolder {
    /// The folder that an entry is in.
    pub fn around(zip: &Path, index: usize) -> Result<Self, ImportError> {
        let found = entries(zip, &ImportLimits::default())?;
        let place_of = |file: &Found| match file.place {
            Place::Entry { index, .. } => index,
            Place::File(_) => usize::MAX,
        };
        let center = found.iter().find(|file| place_of(file) == index);
        let folder = center.and_then(|file| file.name.rsplit_once('/')).map_or("", |(folder, _)| folder);
        let prefix = if folder.is_empty() { String::new() } else { format!("{folder}/") };
        let entries = found
            .iter()
            .filter_map(|file| {
                Some((file.name.strip_prefix(&prefix)?.to_owned(), (place_of(file), file.bytes)))
            })
            .collect();
        Ok(Self { zip: zip.to_owned(), entries })
    }

    /// The path of an entry from the folder.
    pub fn name_of(&self, index: usize) -> &str {
        self.entries.iter().find(|(_, (at, _))| *at == index).map_or("", |(name, _)| name)
    }
}

impl futago_tiles::Files for ZipFolder {
    fn open(&self, path: &str) -> std::io::Result<Box<dyn Read + '_>> {
        let (index, bytes) = self.entries.get(path).ok_or(std::io::ErrorKind::NotFound)?;
        let reader = entry_reader(&self.zip, *index, *bytes).map_err(std::io::Error::other)?;
        Ok(reader)
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

fn entries(path: &Path, limits: &ImportLimits) -> Result<Vec<Found>, ImportError> {
    let mut zip = archive(path)?;
    too_many(path, zip.len(), limits)?;
    let mut found = Vec::new();
    for index in 0..zip.len() {
        let entry = zip.by_index_raw(index).map_err(|e| bad_zip(path, &e.to_string()))?;
        if entry.is_dir() {
            continue;
        }
        let called = String::from_utf8_lossy(entry.name_raw()).into_owned();
        let Some(name) = entry.enclosed_name() else {
            return Err(bad_zip(path, &format!("the entry `{called}` leads out of it")));
        };
        if entry.encrypted() {
            return Err(bad_zip(path, &format!("the entry `{called}` is encrypted")));
        }
        let ratio = entry.size() / entry.compressed_size().max(1);
        if ratio > limits.zip_ratio {
            let (input, limit) = (format!("{}, {called}", path.display()), limits.zip_ratio);
            let what = "how many times larger than compressed an entry is";
            return Err(ImportError::TooLarge { input, what, name: "zip_ratio", limit });
        }
        let parts: Vec<_> =
            name.components().map(|part| part.as_os_str().to_string_lossy().into_owned()).collect();
        let place = Place::Entry { zip: path.to_owned(), index };
        found.push(Found { name: parts.join("/"), bytes: entry.size(), place });
    }
    Ok(found)
}

fn archive(path: &Path) -> Result<ZipArchive<BufReader<File>>, ImportError> {
    let file = File::open(path).map_err(|e| unreadable(path, e))?;
    ZipArchive::new(BufReader::new(file)).map_err(|e| bad_zip(path, &e.to_string()))
}

/// An entry, inflated by a thread of its own a few blocks ahead of the reader.
fn entry_reader(path: &Path, index: usize, bytes: u64) -> Result<Box<dyn Read + Send>, ImportError> {
    let mut zip = archive(path)?;
    // The name is only looked up here, so that an error comes before the thread does.
    zip.by_index(index).map_err(|e| bad_zip(path, &e.to_string()))?;
    let (send, receive) = std::sync::mpsc::sync_channel::<std::io::Result<Vec<u8>>>(4);
    std::thread::spawn(move || {
        let entry = match zip.by_index(index) {
            Ok(entry) => entry,
            Err(error) => {
                // Nobody listens any more when this fails.
                let _ = send.send(Err(std::io::Error::other(error)));
                return;
            }
        };
        // An entry that is longer than its heading says is cut there; the reader then finds it cut.
        let mut entry = entry.take(bytes);
        loop {
            let mut block = Vec::with_capacity(1 << 20);
            let sent = match (&mut entry).take(1 << 20).read_to_end(&mut block) {
                Ok(0) => return,
                Ok(_) => send.send(Ok(block)),
                Err(error) => send.send(Err(error)),
            };
            if sent.is_err() {
                return;
            }
        }
    });
    Ok(Box::new(Blocks { receive, block: Vec::new(), at: 0 }))
}

struct Blocks {
    receive: std::sync::mpsc::Receiver<std::io::Result<Vec<u8>>>,
    block: Vec<u8>,
    at: usize,
}

impl Read for Blocks {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        if self.at == self.block.len() {
            match self.receive.recv() {
                Ok(block) => (self.block, self.at) = (block?, 0),
                Err(_) => return Ok(0),
            }
        }
        let count = into.len().min(self.block.len() - self.at);
        into[..count].copy_from_slice(&self.block[self.at..self.at + count]);
        self.at += count;
        Ok(count)
    }
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
        if first == "udx/" || !found.iter().all(|file| file.name.starts_with(&first)) {
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

fn unreadable(path: &Path, source: std::io::Error) -> ImportError {
    ImportError::Unreadable { input: path.display().to_string(), source }
}

fn bad_zip(path: &Path, problem: &str) -> ImportError {
    ImportError::BadZip { input: path.display().to_string(), problem: problem.to_owned() }
}
