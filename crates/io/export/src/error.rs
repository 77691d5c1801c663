//! What can go wrong while writing, said so that a person knows what to do next.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use futago_field::Message;

/// Why nothing was written. Whatever the reason, nothing half-written is left behind.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ExportError {
    /// The folder is there and was not made by Futago.
    #[error("{} is there already and was not made by Futago; choose another folder, or move it away", .path.display())]
    Exists {
        /// The folder.
        path: PathBuf,
    },
    /// The folder is ours, but holds a file that we did not write and would lose.
    #[error("{} holds {file}, which Futago did not write; move that file away, or choose another folder", .path.display())]
    ForeignFile {
        /// The folder.
        path: PathBuf,
        /// The file, relative to the folder.
        file: String,
    },
    /// A folder is where the file should be.
    #[error("{} is a folder; name a file in it, or another file", .path.display())]
    IsFolder {
        /// The folder.
        path: PathBuf,
    },
    /// No space left on the disk, or the quota is used up.
    #[error("the disk is full: {} could not be written; free some space, or choose a folder on another disk", .path.display())]
    DiskFull {
        /// The file.
        path: PathBuf,
    },
    /// The place cannot be written to.
    #[error("{} cannot be written to; choose a folder that you may write to", .path.display())]
    ReadOnly {
        /// The file or folder.
        path: PathBuf,
    },
    /// The folder that should hold the results is not there.
    #[error("the folder {} does not exist; make it first, or choose another", .path.display())]
    MissingParent {
        /// The folder.
        path: PathBuf,
    },
    /// Any other trouble with a file.
    #[error("{} could not be written: {source}", .path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// A pack without city objects as published.
    #[error("the pack holds no city objects as published; import the city from its CityGML files")]
    NoObjects,
    /// A pack without heights of the ground.
    #[error("the city has no terrain; import one with a terrain file (GeoTIFF, elevation tiles, dem gml)")]
    NoTerrain,
    /// The results contradict themselves: a field with too few values, a column too short.
    #[error("the results cannot be written: {what}")]
    BadResult {
        /// What is wrong, with the key of the field or table.
        what: String,
    },
    /// The ending of a file name is not one that can be written.
    #[error("{} does not end in a known format; use one of: {known}", .path.display())]
    UnknownFormat {
        /// The file.
        path: PathBuf,
        /// The endings that can be written.
        known: &'static str,
    },
    /// An encoder refused: a mistake of this crate.
    #[error("{what} could not be encoded: {cause}")]
    Encode {
        /// What was encoded.
        what: String,
        /// What the encoder said.
        cause: String,
    },
}

impl ExportError {
    /// Sorts an error of the system by what a person can do about it.
    pub(crate) fn from_io(path: &Path, source: std::io::Error) -> Self {
        let path = path.to_owned();
        match source.kind() {
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded => Self::DiskFull { path },
            ErrorKind::ReadOnlyFilesystem | ErrorKind::PermissionDenied => Self::ReadOnly { path },
            _ => Self::Io { path, source },
        }
    }

    /// An encoder's refusal.
    pub(crate) fn encode(what: &str, cause: impl std::fmt::Display) -> Self {
        Self::Encode { what: what.to_owned(), cause: cause.to_string() }
    }

    /// The same as a sentence of the catalogues, for a message in the user's language.
    pub fn message(&self) -> Message {
        let shown = |path: &Path| path.display().to_string();
        match self {
            Self::Exists { path } => Message::new("error-export-exists").with("path", shown(path)),
            Self::ForeignFile { path, file } => Message::new("error-export-foreign-file")
                .with("path", shown(path))
                .with("file", file.as_str()),
            Self::IsFolder { path } => Message::new("error-export-is-folder").with("path", shown(path)),
            Self::DiskFull { path } => Message::new("error-export-full").with("path", shown(path)),
            Self::ReadOnly { path } => Message::new("error-export-read-only").with("path", shown(path)),
            Self::MissingParent { path } => {
                Message::new("error-export-missing-parent").with("path", shown(path))
            }
            Self::Io { path, source } => {
                Message::new("error-export-io").with("path", shown(path)).with("cause", source.to_string())
            }
            Self::NoObjects => Message::new("error-export-no-objects"),
            Self::NoTerrain => Message::new("error-export-no-terrain"),
            Self::BadResult { what } => Message::new("error-export-result").with("what", what.as_str()),
            Self::UnknownFormat { path, known } => {
                Message::new("error-export-format").with("path", shown(path)).with("known", *known)
            }
            Self::Encode { what, cause } => {
                Message::new("error-export-encode").with("path", what.as_str()).with("cause", cause.as_str())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use futago_texts::{Lang, Texts};

    use super::*;

    #[test]
    fn a_full_disk_and_a_locked_folder_are_told_apart() {
        let place = Path::new("somewhere/map.png");
        let full = ExportError::from_io(place, ErrorKind::StorageFull.into());
        assert!(full.to_string().contains("disk is full: somewhere/map.png"), "{full}");
        let locked = ExportError::from_io(place, ErrorKind::PermissionDenied.into());
        assert!(locked.to_string().contains("choose a folder that you may write to"), "{locked}");
    }

    #[test]
    fn every_error_has_a_sentence_in_both_languages() {
        let path = PathBuf::from("folder");
        let all = [
            ExportError::Exists { path: path.clone() },
            ExportError::ForeignFile { path: path.clone(), file: "notes.txt".to_owned() },
            ExportError::IsFolder { path: path.clone() },
            ExportError::NoObjects,
            ExportError::NoTerrain,
            ExportError::DiskFull { path: path.clone() },
            ExportError::ReadOnly { path: path.clone() },
            ExportError::MissingParent { path: path.clone() },
            ExportError::Io { path: path.clone(), source: ErrorKind::Other.into() },
            ExportError::BadResult { what: "folder".to_owned() },
            ExportError::UnknownFormat { path, known: ".glb" },
            ExportError::encode("folder", "cause"),
        ];
        for lang in Lang::ALL {
            let texts = Texts::new(lang);
            for error in &all {
                let shown = futago_field::sentence(&texts, &error.message());
                let named = shown.contains("folder")
                    || matches!(error, ExportError::NoObjects | ExportError::NoTerrain);
                assert!(named && !shown.contains('{') && !shown.contains('⟨'), "{shown}");
            }
        }
    }
}
