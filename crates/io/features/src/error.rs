//! What can be wrong with a whole file.

/// A file that is not what it says. Each message names the file, the place and the way out.
///
/// What is wrong with one feature is a line of the Report, and the others are read.
#[derive(Debug, thiserror::Error)]
pub enum FeaturesError {
    /// The disk says no.
    #[error("{file}: it cannot be read ({source})")]
    Io {
        /// Name of the file.
        file: String,
        /// What the system says.
        source: std::io::Error,
    },
    /// None of the four formats.
    #[error(
        "{file}: it is none of GeoJSON, FlatGeobuf, GeoParquet and Shapefile ({found}). Name the .geojson, .fgb, .parquet or .shp"
    )]
    UnknownFormat {
        /// Name of the file.
        file: String,
        /// What was found.
        found: String,
    },
    /// Not JSON, or broken JSON.
    #[error("{file}: line {line}, column {column} is not readable as JSON ({problem}). Fetch it again")]
    NotJson {
        /// Name of the file.
        file: String,
        /// From 1.
        line: usize,
        /// From 1.
        column: usize,
        /// What the JSON reader says.
        problem: String,
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
    /// Nobody says where on Earth it is.
    #[error(
        "{file}: its coordinate system is not known here ({found}). Write {sidecar} beside it with `epsg = 6677` or the code that it has: 4326, 6668, 4612, a plane zone 6669 to 6687 or 2443 to 2461. Other systems must be projected to one of these first, or Futago be built with the feature `proj`"
    )]
    NoSystem {
        /// Name of the file.
        file: String,
        /// What it says of its system.
        found: String,
        /// Name of the file that would say it.
        sidecar: String,
    },
    /// A file beside the data that does not fit it.
    #[error("{file}: {problem}. See docs/features.md for what it may say")]
    Sidecar {
        /// Name of the file.
        file: String,
        /// What is wrong.
        problem: String,
    },
    /// The sink had enough.
    #[error("reading {file} was stopped")]
    Stopped {
        /// Name of the file.
        file: String,
    },
}

impl FeaturesError {
    pub(crate) fn broken(file: &str, place: impl Into<String>, problem: impl ToString) -> Self {
        Self::Broken { file: file.to_owned(), place: place.into(), problem: problem.to_string() }
    }

    pub(crate) fn too_large(file: &str, what: impl Into<String>, name: &'static str, limit: u64) -> Self {
        Self::TooLarge { file: file.to_owned(), what: what.into(), name, limit }
    }

    pub(crate) fn io(file: &str) -> impl Fn(std::io::Error) -> Self {
        move |source| Self::Io { file: file.to_owned(), source }
    }
}
