//! What can be wrong with a whole file.

/// A file that is not what it says. Each message names the file, the place and the way out.
///
/// What is wrong with one row is counted in the [`crate::ReadReport`], and the others are read.
#[derive(Debug, thiserror::Error)]
pub enum TracksError {
    /// The disk says no.
    #[error("{file}: it cannot be read ({source})")]
    Io {
        /// Name of the file.
        file: String,
        /// What the system says.
        source: std::io::Error,
    },
    /// None of the formats, or a table whose columns say nothing.
    #[error(
        "{file}: it is no GPS file that is known here ({found}). Describe its columns in {sidecar} beside it (docs/tracks.md)"
    )]
    UnknownFormat {
        /// Name of the file.
        file: String,
        /// What was found.
        found: String,
        /// Name of the mapping file that would say it.
        sidecar: String,
    },
    /// A file that is cut, or contradicts itself.
    #[error("{file}: {place}: {problem}. Fetch it again, or write it anew")]
    Broken {
        /// Name of the file.
        file: String,
        /// Where in the file.
        place: String,
        /// What is wrong there.
        problem: String,
    },
    /// A version or variant that is not read here.
    #[error("{file}: {what} is not read here. {remedy}")]
    Unsupported {
        /// Name of the file.
        file: String,
        /// What it is.
        what: String,
        /// What to do.
        remedy: &'static str,
    },
    /// More than the limits allow.
    #[error("{file}: {what} is beyond the limit of {limit}. Split the file, or raise `{name}`")]
    TooLarge {
        /// Name of the file.
        file: String,
        /// What is too large.
        what: String,
        /// Name of the limit in [`crate::Limits`].
        name: &'static str,
        /// What is allowed.
        limit: u64,
    },
    /// Times of day, and nobody says of which day.
    #[error(
        "{file}: its column `{column}` has times without a day. Say the day with the option `day`, or as `on = \"2013-07-01\"` in a mapping file"
    )]
    NoDay {
        /// Name of the file.
        file: String,
        /// The column of times.
        column: String,
    },
    /// A mapping file that cannot be used.
    #[error("{file}: {problem}. See docs/tracks.md for what it may say")]
    Mapping {
        /// Name of the file.
        file: String,
        /// What is wrong.
        problem: String,
    },
    /// Nothing to read.
    #[error(
        "{what}: no GPS file is there. Name a file, or a folder with .csv, .parquet, .gpx, .plt or .json files"
    )]
    Nothing {
        /// What was looked at.
        what: String,
    },
    /// A grid or a period that cannot be binned.
    #[error("{what} cannot be binned: {problem}")]
    Grid {
        /// The grid.
        what: String,
        /// What is wrong with it.
        problem: String,
    },
    /// The disk that holds points for a while says no.
    #[error(
        "points cannot be kept on the disk for a while ({source}). Make room in {folder}, or name another folder"
    )]
    Spill {
        /// The folder.
        folder: String,
        /// What the system says.
        source: std::io::Error,
    },
    /// The sink had enough.
    #[error("reading was stopped")]
    Stopped,
}

impl TracksError {
    pub(crate) fn io(file: &str) -> impl Fn(std::io::Error) -> Self {
        move |source| Self::Io { file: file.to_owned(), source }
    }

    pub(crate) fn broken(file: &str, place: impl Into<String>, problem: impl ToString) -> Self {
        Self::Broken { file: file.to_owned(), place: place.into(), problem: problem.to_string() }
    }

    pub(crate) fn too_large(file: &str, what: impl Into<String>, name: &'static str, limit: u64) -> Self {
        Self::TooLarge { file: file.to_owned(), what: what.into(), name, limit }
    }

    pub(crate) fn unsupported(file: &str, what: impl Into<String>, remedy: &'static str) -> Self {
        Self::Unsupported { file: file.to_owned(), what: what.into(), remedy }
    }

    pub(crate) fn unknown(file: &str, found: impl Into<String>) -> Self {
        Self::UnknownFormat { file: file.to_owned(), found: found.into(), sidecar: format!("{file}.toml") }
    }

    pub(crate) fn mapping(file: &str, problem: impl Into<String>) -> Self {
        Self::Mapping { file: file.to_owned(), problem: problem.into() }
    }
}
