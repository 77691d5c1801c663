//! What can be wrong with flows. Each message says what, where and the way out.

use std::path::PathBuf;

/// Flows that cannot be made, read or written.
#[derive(Debug, thiserror::Error)]
pub enum FlowError {
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
        source: Box<FlowError>,
    },
    /// The first bytes are not those of flows.
    #[error("not a .flow file: it starts with {found:02x?}. Import tracks first, or give a .flow file")]
    NotFlows {
        /// The first bytes, at most eight.
        found: Vec<u8>,
    },
    /// Written by a newer Futago.
    #[error("the flows have format version {found}, this program reads up to {known}. Update Futago")]
    NewerVersion {
        /// Version of the file.
        found: u32,
        /// Version of this program.
        known: u32,
    },
    /// The file is shorter or longer than it says.
    #[error("the flows are cut or lengthened: {found} bytes, not {expected}. Copy the file again")]
    Length {
        /// Bytes that are there.
        found: u64,
        /// Bytes that there should be.
        expected: u64,
    },
    /// Bytes changed since it was written.
    #[error("the flows are damaged: the checksum does not match. Copy the file again, or import again")]
    Checksum,
    /// Whole, but with contents that cannot be.
    #[error("the flows are not valid: {0}. Import the tracks again")]
    Invalid(String),
    /// What was asked for cannot be counted or published.
    #[error("{0}")]
    Question(String),
}

impl FlowError {
    pub(crate) fn invalid(problem: impl Into<String>) -> Self {
        Self::Invalid(problem.into())
    }
}
