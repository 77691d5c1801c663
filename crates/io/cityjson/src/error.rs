//! What can be wrong with a whole file.

/// A file that is not what it says. Each message names the file, the place and the way out.
#[derive(Debug, thiserror::Error)]
pub enum CityJsonError {
    /// The disk says no.
    #[error("{file}: it cannot be read ({source})")]
    Io {
        /// Name of the file.
        file: String,
        /// What the system says.
        source: std::io::Error,
    },
    /// Another encoding than UTF-8.
    #[error("{file}: it is in {encoding}. Save it as UTF-8")]
    Encoding {
        /// Name of the file.
        file: String,
        /// The encoding as recognised, or the first byte that is none of UTF-8.
        encoding: String,
    },
    /// Not JSON, or broken JSON.
    #[error(
        "{file}: not readable as JSON at line {line}, column {column}: {problem}. Check that the file is CityJSON, and fetch it again"
    )]
    NotJson {
        /// Name of the file.
        file: String,
        /// Line, from 1.
        line: u64,
        /// Column in bytes, from 1.
        column: u64,
        /// What the JSON reader says.
        problem: String,
    },
    /// The file ends too early.
    #[error("{file}: the file ends inside line {line}, after {whole} whole objects. Fetch it again")]
    Cut {
        /// Name of the file.
        file: String,
        /// The line that is cut, from 1.
        line: u64,
        /// Objects that were handed over: those of the lines before. None for one that is no sequence.
        whole: usize,
    },
    /// JSON, but not CityJSON.
    #[error("{file}: {found}, so it is not CityJSON. Give a file whose `type` is `CityJSON`")]
    NotCityJson {
        /// Name of the file.
        file: String,
        /// What was found.
        found: String,
    },
    /// A version that is not read.
    #[error(
        "{file}: it is CityJSON {version}; 1.0, 1.1 and 2.0 are read. Bring it to 2.0 with a tool such as `cjio`"
    )]
    Version {
        /// Name of the file.
        file: String,
        /// The version as written; `without a version` when there is none.
        version: String,
    },
    /// A sequence of features without the line that says what their numbers mean.
    #[error(
        "{file}: it begins with a CityJSONFeature. Put the CityJSON object with `transform` and `metadata` on a line before it"
    )]
    NoHeader {
        /// Name of the file.
        file: String,
    },
    /// More than the limits allow.
    #[error("{file}: {what} at {place} is beyond the limit of {limit}. Split the file, or raise `{name}`")]
    TooLarge {
        /// Name of the file.
        file: String,
        /// Place in the file: a line, or a path such as `CityObjects/id-1`.
        place: String,
        /// What is too large.
        what: &'static str,
        /// Name of the limit in [`crate::Limits`].
        name: &'static str,
        /// What is allowed.
        limit: u64,
    },
    /// The receiver of the objects said stop.
    #[error("{file}: stopped")]
    Stopped {
        /// Name of the file.
        file: String,
    },
}

impl CityJsonError {
    /// What the JSON reader says of the text that begins at a line.
    pub(crate) fn of_json(file: &str, first_line: u64, whole: usize, error: &serde_json::Error) -> Self {
        let file = file.to_owned();
        let line = first_line + (error.line() as u64).saturating_sub(1);
        let words = error.to_string();
        // The reader appends the place, which stands in our own words.
        let problem = words.rsplit_once(" at line ").map_or(words.as_str(), |(problem, _)| problem);
        match error.classify() {
            serde_json::error::Category::Eof => Self::Cut { file, line, whole },
            serde_json::error::Category::Data => {
                Self::NotCityJson { file, found: format!("line {line}: {problem}") }
            }
            _ => Self::NotJson { file, line, column: error.column() as u64, problem: problem.to_owned() },
        }
    }
}
