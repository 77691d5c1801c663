//! A source of heights that cannot be used. Each message says what, where and the way out.

/// Why a file gives no heights.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum TerrainError {
    /// The file is not what it says, or is damaged.
    #[error("{file} cannot be read as {what}: {problem}. Fetch the file again")]
    Unreadable {
        /// Name of the file.
        file: String,
        /// What it should be.
        what: &'static str,
        /// What is wrong.
        problem: String,
    },
    /// Heights are not stored in a way that is read.
    #[error("{file} has {found}, which are no heights. Write it with one band of numbers of 16 bits or more")]
    NotHeights {
        /// Name of the file.
        file: String,
        /// What was found.
        found: String,
    },
    /// Nothing says where it is.
    #[error(
        "{file}: {problem}. Write it as GeoTIFF with an EPSG code and a place (gdalwarp -t_srs EPSG:6677)"
    )]
    NoPlace {
        /// Name of the file.
        file: String,
        /// What is missing.
        problem: String,
    },
    /// A coordinate system that is not known.
    #[error(
        "{file} is in EPSG:{epsg}, which Futago does not know. Use degrees (EPSG:6668, 4326), a plane zone (6669 to 6687) or UTM (gdalwarp -t_srs EPSG:6677), or build Futago with the feature `proj`"
    )]
    UnknownSystem {
        /// Name of the file.
        file: String,
        /// The system.
        epsg: u32,
    },
    /// Beyond a limit.
    #[error("{file}: {what} is {found}, at most {limit} are read. Cut the file to the city (gdalwarp -te)")]
    TooLarge {
        /// Name of the file.
        file: String,
        /// What is too large.
        what: &'static str,
        /// What was found.
        found: u64,
        /// What is allowed.
        limit: u64,
    },
}

impl TerrainError {
    pub(crate) fn unreadable(file: &str, what: &'static str, problem: impl std::fmt::Display) -> Self {
        Self::Unreadable { file: file.to_owned(), what, problem: problem.to_string() }
    }

    pub(crate) fn no_place(file: &str, problem: impl Into<String>) -> Self {
        Self::NoPlace { file: file.to_owned(), problem: problem.into() }
    }
}

/// The error when something is larger than it may be.
pub(crate) fn within(file: &str, what: &'static str, found: u64, limit: u64) -> Result<(), TerrainError> {
    if found <= limit {
        return Ok(());
    }
    Err(TerrainError::TooLarge { file: file.to_owned(), what, found, limit })
}
