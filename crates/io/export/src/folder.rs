//! A results folder appears whole or not at all.
//!
//! Everything is written into a hidden sibling folder, which takes the final name at the end. A folder of an
//! earlier run is put aside first and removed last, so that a failure leaves the old results in place. What is
//! not ours is never touched: a folder without our `result.json`, or with a file that it does not list.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use crate::ExportError;

/// The file that marks a folder as ours and lists what is in it.
pub(crate) const MARKER: &str = "result.json";

/// The value of `program` in the marker.
pub(crate) const PROGRAM: &str = "futago";

/// A results folder in the making. Dropped before [`Staging::commit`], it removes itself.
pub(crate) struct Staging {
    temporary: PathBuf,
    target: PathBuf,
}

impl Staging {
    /// Checks the target and makes the hidden folder beside it.
    pub(crate) fn begin(target: &Path) -> Result<Self, ExportError> {
        check_replaceable(target)?;
        let temporary = hidden_sibling(target, "part")?;
        // What a crashed run of the same process number left.
        if temporary.exists() {
            fs::remove_dir_all(&temporary).map_err(|e| ExportError::from_io(&temporary, e))?;
        }
        fs::create_dir(&temporary).map_err(|e| ExportError::from_io(target, e))?;
        Ok(Self { temporary, target: target.to_owned() })
    }

    /// Writes one file, making its folder. Errors name the final place, which is the one the user knows.
    pub(crate) fn save(&self, relative: &str, bytes: &[u8]) -> Result<(), ExportError> {
        let shown = self.target.join(relative);
        let path = self.temporary.join(relative);
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).map_err(|e| ExportError::from_io(&shown, e))?;
        }
        fs::write(&path, bytes).map_err(|e| ExportError::from_io(&shown, e))
    }

    /// Gives the folder its name.
    pub(crate) fn commit(self) -> Result<(), ExportError> {
        let failed = |e| ExportError::from_io(&self.target, e);
        check_replaceable(&self.target)?;
        if !self.target.exists() {
            return fs::rename(&self.temporary, &self.target).map_err(failed);
        }
        let aside = hidden_sibling(&self.target, "old.part")?;
        fs::rename(&self.target, &aside).map_err(failed)?;
        if let Err(error) = fs::rename(&self.temporary, &self.target) {
            // The old results go back; the first error is the one to tell.
            let _ = fs::rename(&aside, &self.target);
            return Err(failed(error));
        }
        fs::remove_dir_all(&aside).map_err(|e| ExportError::from_io(&aside, e))
    }
}

impl Drop for Staging {
    fn drop(&mut self) {
        // After a commit the hidden folder is gone and this does nothing.
        let _ = fs::remove_dir_all(&self.temporary);
    }
}

/// Writes one file beside its final place and renames it there.
///
/// A device or a pipe is written to as it is: renamed over it, the file would take its place. A folder is refused.
///
/// # Errors
/// When the place cannot be written to; what was there before stays.
pub fn save_file(path: &Path, bytes: &[u8]) -> Result<(), ExportError> {
    if let Ok(there) = fs::metadata(path)
        && !there.is_file()
    {
        if there.is_dir() {
            return Err(ExportError::IsFolder { path: path.to_owned() });
        }
        return fs::write(path, bytes).map_err(|error| ExportError::from_io(path, error));
    }
    let temporary = hidden_sibling(path, "part")?;
    let written = fs::write(&temporary, bytes).and_then(|()| fs::rename(&temporary, path));
    written.map_err(|error| {
        let _ = fs::remove_file(&temporary);
        ExportError::from_io(path, error)
    })
}

fn hidden_sibling(target: &Path, ending: &str) -> Result<PathBuf, ExportError> {
    let name = target.file_name().ok_or_else(|| ExportError::Exists { path: target.to_owned() })?;
    let parent = match target.parent() {
        Some(parent) if parent != Path::new("") => parent,
        _ => Path::new("."),
    };
    if !parent.is_dir() {
        return Err(ExportError::MissingParent { path: parent.to_owned() });
    }
    Ok(parent.join(format!(".{}.{}.{ending}", name.to_string_lossy(), std::process::id())))
}

/// A target may be absent, empty, or wholly ours.
fn check_replaceable(target: &Path) -> Result<(), ExportError> {
    let exists = || ExportError::Exists { path: target.to_owned() };
    if !target.exists() {
        return Ok(());
    }
    if !target.is_dir() {
        return Err(exists());
    }
    let mut present = Vec::new();
    list_files(target, target, &mut present)?;
    if present.is_empty() {
        return Ok(());
    }
    let listed = listed_files(target).ok_or_else(exists)?;
    match present.into_iter().find(|file| file != MARKER && !listed.contains(file)) {
        Some(file) => Err(ExportError::ForeignFile { path: target.to_owned(), file }),
        None => Ok(()),
    }
}

/// Files below a folder, relative to its root, with forward slashes.
fn list_files(root: &Path, folder: &Path, found: &mut Vec<String>) -> Result<(), ExportError> {
    let failed = |e| ExportError::from_io(folder, e);
    for entry in fs::read_dir(folder).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        // A link is a file here, whatever it points to: it is not followed.
        if entry.file_type().map_err(failed)?.is_dir() {
            list_files(root, &entry.path(), found)?;
        } else {
            let relative = entry.path().strip_prefix(root).map(Path::to_path_buf).unwrap_or_default();
            let parts: Vec<_> = relative.iter().map(|part| part.to_string_lossy().into_owned()).collect();
            found.push(parts.join("/"));
        }
    }
    Ok(())
}

/// What our own marker lists; `None` when there is no marker of ours.
fn listed_files(folder: &Path) -> Option<BTreeSet<String>> {
    let marker: serde_json::Value = serde_json::from_slice(&fs::read(folder.join(MARKER)).ok()?).ok()?;
    if marker.get("program")?.as_str()? != PROGRAM {
        return None;
    }
    let files = marker.get("files")?.as_array()?;
    Some(files.iter().filter_map(|file| Some(file.get("path")?.as_str()?.to_owned())).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marker(files: &[&str]) -> Vec<u8> {
        let files: Vec<_> = files.iter().map(|path| serde_json::json!({ "path": path })).collect();
        serde_json::to_vec(&serde_json::json!({ "program": PROGRAM, "files": files })).unwrap()
    }

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<_> = fs::read_dir(folder)
            .unwrap()
            .map(|e| e.unwrap().file_name().to_string_lossy().into_owned())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn a_folder_appears_whole_and_replaces_only_its_own_kind() {
        let root = tempfile::tempdir().unwrap();
        let target = root.path().join("out");
        for round in ["one", "two"] {
            let staging = Staging::begin(&target).unwrap();
            staging.save("maps/a.txt", round.as_bytes()).unwrap();
            staging.save(MARKER, &marker(&["maps/a.txt"])).unwrap();
            staging.commit().unwrap();
            assert_eq!(fs::read_to_string(target.join("maps/a.txt")).unwrap(), round);
            assert_eq!(names(root.path()), ["out"]);
        }
        fs::write(target.join("notes.txt"), "mine").unwrap();
        let error = Staging::begin(&target).err().unwrap();
        assert!(matches!(&error, ExportError::ForeignFile { file, .. } if file == "notes.txt"), "{error}");
    }

    #[test]
    fn a_foreign_folder_and_a_file_in_the_way_are_left_alone() {
        let root = tempfile::tempdir().unwrap();
        let target = root.path().join("photos");
        fs::create_dir(&target).unwrap();
        fs::write(target.join("a.jpg"), "x").unwrap();
        assert!(matches!(Staging::begin(&target), Err(ExportError::Exists { .. })));
        assert!(matches!(Staging::begin(&target.join("a.jpg")), Err(ExportError::Exists { .. })));
        assert!(matches!(
            Staging::begin(&root.path().join("no/such")),
            Err(ExportError::MissingParent { .. })
        ));
        assert_eq!(names(root.path()), ["photos"]);
    }

    #[test]
    fn an_abandoned_folder_leaves_nothing() {
        let root = tempfile::tempdir().unwrap();
        let staging = Staging::begin(&root.path().join("out")).unwrap();
        staging.save("a.txt", b"half").unwrap();
        drop(staging);
        assert!(names(root.path()).is_empty());
    }

    #[test]
    fn a_folder_in_the_place_of_a_file_is_left_alone() {
        let root = tempfile::tempdir().unwrap();
        let target = root.path().join("city.glb");
        fs::create_dir(&target).unwrap();
        let error = save_file(&target, b"x").unwrap_err();
        assert!(matches!(&error, ExportError::IsFolder { path } if *path == target), "{error}");
        assert!(target.is_dir() && names(root.path()) == ["city.glb"]);
    }

    /// A link to a device stands for the device: nobody but root could replace the device itself.
    #[cfg(target_os = "linux")]
    #[test]
    fn a_device_stays_a_device() {
        use std::os::unix::fs::FileTypeExt;
        let root = tempfile::tempdir().unwrap();
        let target = root.path().join("city.glb");
        for (device, full) in [("/dev/full", true), ("/dev/null", false)] {
            std::os::unix::fs::symlink(device, &target).unwrap();
            match save_file(&target, b"x") {
                Err(error) => assert!(full && matches!(error, ExportError::DiskFull { .. }), "{error}"),
                Ok(()) => assert!(!full, "{device} took the file"),
            }
            assert!(fs::metadata(&target).unwrap().file_type().is_char_device(), "{device}");
            assert_eq!(names(root.path()), ["city.glb"]);
            fs::remove_file(&target).unwrap();
        }
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_full_disk_is_called_so() {
        let error = fs::write("/dev/full", b"x").unwrap_err();
        assert!(matches!(ExportError::from_io(Path::new("x"), error), ExportError::DiskFull { .. }));
    }
}
