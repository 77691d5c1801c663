//! What can be wrong with flows. Each message says what, where and the way out.

use std::path::PathBuf;

use futago_field::Message;

/// Flows that cannot be made, read or written. People read the texts that [`FlowError::message`] names.
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
    /// Bins of a length that does not divide hours.
    #[error("bins of {minutes} minutes are not counted. Ask for 15 or 60")]
    BinLength {
        /// What was asked for.
        minutes: u16,
    },
    /// No period, or too many.
    #[error("{count} periods. Name one to sixteen")]
    PeriodCount {
        /// How many there are.
        count: usize,
    },
    /// A period without days, or of too many.
    #[error("the period `{name}` is empty or longer than ten years. Write the earlier day first")]
    PeriodLength {
        /// What it is called.
        name: String,
    },
    /// Days that would count twice.
    #[error(
        "the periods `{first}` and `{second}` overlap: a day would count twice. Give them days of their own"
    )]
    Overlap {
        /// One of them.
        first: String,
        /// The other.
        second: String,
    },
    /// A text that is no date.
    #[error("`{text}` is no date. Write it as 2020-04-01")]
    NoDate {
        /// What was written.
        text: String,
    },
    /// Grids that cannot be counted in.
    #[error(
        "a grid cannot be counted in. At most eight: squares of 5 to 10,000 m, or meshes of 8 to 11 digits"
    )]
    Grids,
    /// A smallest count that protects nobody, or leaves nothing.
    #[error("{k} persons a bin protect nobody or leave nothing. Ask for {least} to {most}")]
    SmallestCount {
        /// What was asked for.
        k: u32,
        /// The smallest that may be asked for.
        least: u32,
        /// The largest.
        most: u32,
    },
    /// A factor that no count can be multiplied with.
    #[error("an expansion of {factor} does not fit. Give a factor of 0.000001 to 1,000,000")]
    Expansion {
        /// What was asked for.
        factor: f64,
    },
}

impl FlowError {
    pub(crate) fn invalid(problem: impl Into<String>) -> Self {
        Self::Invalid(problem.into())
    }

    /// The same as a text of the catalogues; the text of `<key>-remedy` takes the same values.
    pub fn message(&self) -> Message {
        match self {
            Self::InFile { path, source } => source.told_of(&path.display().to_string()),
            error => error.told_of(".flow"),
        }
    }

    fn told_of(&self, file: &str) -> Message {
        let about_file = |key: &str| Message::new(key).with("file", file);
        match self {
            Self::Io { path, source, .. } => Message::new("error-flow-io")
                .with("file", path.display().to_string())
                .with("cause", source.to_string()),
            Self::InFile { source, .. } => source.told_of(file),
            Self::NotFlows { .. } => about_file("error-flow-not-flows"),
            Self::NewerVersion { .. } => about_file("error-flow-newer"),
            // What exactly is damaged is of use to a developer only.
            Self::Length { .. } | Self::Checksum => about_file("error-flow-damaged"),
            Self::Invalid(_) => about_file("error-flow-invalid"),
            Self::BinLength { minutes } => {
                Message::new("error-flow-bin-length").with("minutes", f64::from(*minutes))
            }
            Self::PeriodCount { count } => {
                Message::new("error-flow-period-count").with("count", *count as f64)
            }
            Self::PeriodLength { name } => {
                Message::new("error-flow-period-length").with("name", name.as_str())
            }
            Self::Overlap { first, second } => Message::new("error-flow-overlap")
                .with("first", first.as_str())
                .with("second", second.as_str()),
            Self::NoDate { text } => Message::new("error-flow-no-date").with("text", text.as_str()),
            Self::Grids => Message::new("error-flow-grids"),
            Self::SmallestCount { k, least, most } => Message::new("error-flow-smallest-count")
                .with("k", f64::from(*k))
                .with("least", f64::from(*least))
                .with("most", f64::from(*most)),
            Self::Expansion { factor } => Message::new("error-flow-expansion").with("factor", *factor),
        }
    }
}
