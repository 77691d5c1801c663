//! A folder that readers may open files of.

use std::fs::File;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

/// A folder on disk. Links that lead out of it are not followed.
#[derive(Debug, Clone)]
pub struct Folder {
    root: PathBuf,
}

impl Folder {
    /// The files of a folder.
    pub fn new(root: impl Into<PathBuf>) -> Self {
        Self { root: root.into() }
    }

    /// The folder that a file is in, and the file's name there. A link that a user names is followed: what lies
    /// beside the file counts.
    pub fn of_file(path: &Path) -> (Self, String) {
        let followed = path.is_symlink().then(|| path.canonicalize().ok()).flatten();
        let path = followed.as_deref().unwrap_or(path);
        let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
        (Self::new(path.parent().unwrap_or(Path::new(""))), name)
    }

    /// Opens a file in it by its relative path.
    ///
    /// # Errors
    /// When there is none, it is a folder, it cannot be opened, or a link or `..` leads out of the folder.
    pub fn file(&self, path: &str) -> io::Result<File> {
        let root = if self.root.as_os_str().is_empty() { Path::new(".") } else { &self.root };
        let root = root.canonicalize()?;
        let file = root.join(path).canonicalize()?;
        if !file.starts_with(&root) {
            return Err(io::Error::new(ErrorKind::PermissionDenied, "a link leads out of the folder"));
        }
        if file.is_dir() {
            return Err(io::Error::new(ErrorKind::IsADirectory, "it is a folder"));
        }
        File::open(file)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_in_the_folder_is_opened() {
        let place = tempfile::tempdir().expect("a folder");
        let inside = place.path().join("in");
        std::fs::create_dir_all(inside.join("deep")).expect("made");
        std::fs::write(place.path().join("secret"), b"s").expect("written");
        std::fs::write(inside.join("a"), b"a").expect("written");
        let folder = Folder::new(&inside);
        assert!(folder.file("a").is_ok() && folder.file("deep/../a").is_ok());
        let kind = |path: &str| folder.file(path).map_err(|error| error.kind()).err();
        assert_eq!(kind("../secret"), Some(ErrorKind::PermissionDenied));
        assert_eq!(kind("deep"), Some(ErrorKind::IsADirectory));
        assert_eq!(kind("none"), Some(ErrorKind::NotFound));
        #[cfg(unix)]
        {
            std::os::unix::fs::symlink(place.path().join("secret"), inside.join("link")).expect("a link");
            assert_eq!(kind("link"), Some(ErrorKind::PermissionDenied));
            let (folder, name) = Folder::of_file(&inside.join("link"));
            assert!(name == "secret" && folder.file(&name).is_ok(), "what a user names is followed");
        }
        let (folder, name) = Folder::of_file(&inside.join("a"));
        assert!(name == "a" && folder.file(&name).is_ok());
    }
}
