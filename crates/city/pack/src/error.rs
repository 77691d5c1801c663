//! What can be wrong with a pack. Each message says what, where and the way out.

use std::path::PathBuf;

/// A pack that cannot be read or written.
#[derive(Debug, thiserror::Error)]
pub enum PackError {
    /// The file system said no.
    #[error("{}: {source}. Check that the path exists and may be {doing}", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// `read` or `written`.
        doing: &'static str,
        /// What the system said.
        source: std::io::Error,
    },
    /// Another error, with the file it is about.
    #[error("{}: {source}", path.display())]
    InFile {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        source: Box<PackError>,
    },
    /// The first bytes are not those of a pack.
    #[error("not a .city pack: the file starts with {found:02x?}. Import the file instead, or give a pack")]
    NotAPack {
        /// The first bytes, at most eight.
        found: Vec<u8>,
    },
    /// Written by a newer Futago.
    #[error("the pack has format version {found}, this program reads up to {known}. Update Futago")]
    NewerVersion {
        /// Version of the pack.
        found: u32,
        /// Version of this program.
        known: u32,
    },
    /// The file ends too early.
    #[error("the pack is cut: {found} bytes of {expected}. Copy or fetch it again")]
    Cut {
        /// Bytes that are there.
        found: u64,
        /// Bytes that there should be.
        expected: u64,
    },
    /// Bytes changed since it was written.
    #[error("the pack is damaged: the checksum of {section} does not match. Copy or fetch it again")]
    Checksum {
        /// Which section.
        section: String,
    },
    /// Whole, but with contents that cannot be.
    #[error("the pack is not valid: {section}: {problem}. Rebuild it from its sources")]
    Invalid {
        /// Which section.
        section: String,
        /// What cannot be.
        problem: String,
    },
    /// More than a pack may hold.
    #[error(
        "the pack is too large: {what} is {found}, the limit is {limit}. Cut the area into several cities"
    )]
    TooLarge {
        /// What is too large.
        what: &'static str,
        /// What was found.
        found: u64,
        /// What is allowed.
        limit: u64,
    },
}

impl PackError {
    pub(crate) fn invalid(section: impl std::fmt::Display, problem: impl Into<String>) -> Self {
        Self::Invalid { section: section.to_string(), problem: problem.into() }
    }
}
