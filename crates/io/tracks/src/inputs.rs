//! The files of an import: those named, and those found in folders, in a fixed order.

use std::path::{Path, PathBuf};

use crate::{Limits, TracksError};

/// A file to read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct InputFile {
    pub path: PathBuf,
    /// Below what was asked for, with `/`: the same on every machine.
    pub name: String,
    pub bytes: u64,
    /// Somebody named it, so it must be what it should be; files found in folders may be something else.
    pub asked_for: bool,
}

/// Files that are left aside, and why.
pub(crate) type Skipped = Vec<(String, String)>;

const ENDINGS: [&str; 15] = [
    "csv",
    "tsv",
    "txt",
    "plt",
    "gpx",
    "json",
    "geojson",
    "mfjson",
    "parquet",
    "geoparquet",
    "pq",
    "csv.gz",
    "dat",
    "gz",
    "zst",
];

/// Every file, folders walked through and sorted by name; and those left aside with the reason.
pub(crate) fn list(inputs: &[PathBuf], limits: &Limits) -> Result<(Vec<InputFile>, Skipped), TracksError> {
    let (mut files, mut skipped) = (Vec::new(), Skipped::new());
    for input in inputs {
        let name =
            input.file_name().map_or_else(|| ".".to_owned(), |name| name.to_string_lossy().into_owned());
        let about = std::fs::metadata(input).map_err(TracksError::io(&name))?;
        if about.is_dir() {
            walk(input, &name, limits.folders, limits, &mut files, &mut skipped)?;
        } else {
            files.push(InputFile { path: input.clone(), name, bytes: about.len(), asked_for: true });
        }
    }
    if files.is_empty() {
        let what = inputs.first().and_then(|input| input.file_name());
        let what = what.map_or_else(|| "the input".to_owned(), |name| name.to_string_lossy().into_owned());
        return Err(TracksError::Nothing { what });
    }
    Ok((files, skipped))
}

fn walk(
    folder: &Path,
    name: &str,
    depth: usize,
    limits: &Limits,
    files: &mut Vec<InputFile>,
    skipped: &mut Skipped,
) -> Result<(), TracksError> {
    let deeper = depth.checked_sub(1).ok_or_else(|| {
        TracksError::too_large(name, "folders in folders", "folders", limits.folders as u64)
    })?;
    let entries = std::fs::read_dir(folder).map_err(TracksError::io(name))?;
    let mut entries: Vec<_> = entries.collect::<Result<_, _>>().map_err(TracksError::io(name))?;
    entries.sort_by_key(std::fs::DirEntry::file_name);
    for entry in entries {
        let file = entry.file_name().to_string_lossy().into_owned();
        let below = format!("{name}/{file}");
        if file.starts_with('.') {
            continue;
        }
        let path = entry.path();
        let about = std::fs::metadata(&path).map_err(TracksError::io(&below))?;
        if about.is_dir() {
            walk(&path, &below, deeper, limits, files, skipped)?;
        } else if is_mapping(&file) {
        } else if !ENDINGS.iter().any(|ending| has_ending(&file, ending)) {
            skipped.push((below, "its ending is none of GPS files".to_owned()));
        } else if about.len() == 0 {
            skipped.push((below, "it is empty".to_owned()));
        } else if files.len() >= limits.files {
            return Err(TracksError::too_large(name, "the number of files", "files", limits.files as u64));
        } else {
            files.push(InputFile { path, name: below, bytes: about.len(), asked_for: false });
        }
    }
    Ok(())
}

fn has_ending(file: &str, ending: &str) -> bool {
    let file = file.to_ascii_lowercase();
    file.strip_suffix(ending).is_some_and(|stem| stem.ends_with('.'))
}

fn is_mapping(file: &str) -> bool {
    has_ending(file, "toml")
}

/// The mapping file that speaks for a table: beside it, or for its folder.
pub(crate) fn mapping_file(file: &InputFile) -> Option<(PathBuf, String)> {
    let mut beside = file.path.clone().into_os_string();
    beside.push(".toml");
    let beside = PathBuf::from(beside);
    let folder = file.path.with_file_name("tracks.toml");
    let found = [beside, folder].into_iter().find(|path| path.is_file())?;
    let name = found.file_name()?.to_string_lossy().into_owned();
    Some((found, name))
}
