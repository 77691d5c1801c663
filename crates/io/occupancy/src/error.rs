//! What can be wrong with a whole file. What is wrong with one row is a line of the Report.

use futago_field::Message;

/// A file that is not what it says. Each message names the file, the place and the way out; people read the texts
/// that [`OccupancyError::message`] names.
#[derive(Debug, thiserror::Error)]
pub enum OccupancyError {
    /// The disk says no.
    #[error("{file}: it cannot be read ({source})")]
    Io {
        /// Name of the file.
        file: String,
        /// What the system says.
        source: std::io::Error,
    },
    /// A column that must be there is not.
    #[error(
        "{file}: line 1 has no column `{missing}` (found: {found}). Name the columns building, floor, time, persons"
    )]
    NoColumn {
        /// Name of the file.
        file: String,
        /// Name of the column.
        missing: &'static str,
        /// The columns that are there.
        found: String,
    },
    /// Two columns for the same.
    #[error("{file}: line 1 has two columns for `{column}`: {first} and {second}. Rename or remove one")]
    TwoColumns {
        /// Name of the file.
        file: String,
        /// What they are both for.
        column: &'static str,
        /// The first.
        first: String,
        /// The second.
        second: String,
    },
    /// Neither format, cut, or contradicting itself.
    #[error("{file}: {place}: {problem}. Fetch it again, or write it anew as CSV or Parquet")]
    Broken {
        /// Name of the file.
        file: String,
        /// Where in the file.
        place: String,
        /// What is wrong there.
        problem: String,
    },
    /// More than the limits allow.
    #[error("{file}: more than {limit} are not read (`{name}`). Split the file")]
    TooLarge {
        /// Name of the file.
        file: String,
        /// Name of the limit in [`crate::Limits`].
        name: &'static str,
        /// What is allowed.
        limit: u64,
    },
    /// Not one row that can be used.
    #[error("{file}: none of its {rows} rows can be used. {first}")]
    NothingUsable {
        /// Name of the file.
        file: String,
        /// Rows of it.
        rows: u64,
        /// What was wrong with the first of them.
        first: String,
    },
}

impl OccupancyError {
    pub(crate) fn broken(file: &str, place: impl Into<String>, problem: impl ToString) -> Self {
        Self::Broken { file: file.to_owned(), place: place.into(), problem: problem.to_string() }
    }

    pub(crate) fn too_large(file: &str, name: &'static str, limit: u64) -> Self {
        Self::TooLarge { file: file.to_owned(), name, limit }
    }

    /// The same as a text of the catalogues; the text of `<key>-remedy` takes the same values.
    pub fn message(&self) -> Message {
        match self {
            Self::Io { file, source } => Message::new("error-occupancy-io")
                .with("file", file.as_str())
                .with("cause", source.to_string()),
            Self::NoColumn { file, missing, found } => Message::new("error-occupancy-no-column")
                .with("file", file.as_str())
                .with("column", *missing)
                .with("found", found.as_str()),
            Self::TwoColumns { file, column, first, second } => Message::new("error-occupancy-two-columns")
                .with("file", file.as_str())
                .with("column", *column)
                .with("first", first.as_str())
                .with("second", second.as_str()),
            // What the library says of a damaged table is of use to a developer only.
            Self::Broken { file, place, .. } => Message::new("error-occupancy-broken")
                .with("file", file.as_str())
                .with("place", place.as_str()),
            Self::TooLarge { file, name, limit } => Message::new("error-occupancy-too-large")
                .with("file", file.as_str())
                .with("name", *name)
                .with("limit", *limit as f64),
            Self::NothingUsable { file, rows, .. } => Message::new("error-occupancy-nothing-usable")
                .with("file", file.as_str())
                .with("rows", *rows as f64),
        }
    }
}
