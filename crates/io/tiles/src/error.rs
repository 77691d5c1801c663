//! What can be wrong with a whole file.

/// A file that is not what it says. Each message names the file, the place and the way out.
///
/// A tile of a tileset that is so becomes a line of the Report, and the other tiles are read; only what is
/// beyond the [`crate::Limits`] ends the reading.
#[derive(Debug, thiserror::Error)]
pub enum TilesError {
    /// The disk says no.
    #[error("{file}: it cannot be read ({source})")]
    Io {
        /// Name of the file.
        file: String,
        /// What the system says.
        source: std::io::Error,
    },
    /// Neither 3D Tiles nor glTF.
    #[error(
        "{file}: it begins with {found}, which is neither 3D Tiles nor glTF. Give a tileset.json or its folder, a .b3dm, a .glb or a .gltf"
    )]
    UnknownFormat {
        /// Name of the file.
        file: String,
        /// What was found.
        found: String,
    },
    /// A format, or a version of one, that is not read here.
    #[error("{file}: {what} is not read here. {remedy}")]
    Unsupported {
        /// Name of the file.
        file: String,
        /// What it is.
        what: String,
        /// What to do.
        remedy: &'static str,
    },
    /// Not JSON, or broken JSON.
    #[error("{file}: {place} is not readable as JSON ({problem}). Fetch it again")]
    NotJson {
        /// Name of the file.
        file: String,
        /// Which JSON: of the file, or of a part of it.
        place: &'static str,
        /// What the JSON reader says, with line and column.
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
    /// A reference that may not be followed.
    #[error(
        "{file}: the reference `{uri}` {problem}. Only files in the same folder and below are opened; fetch it and write its relative path"
    )]
    Path {
        /// The file that names it.
        file: String,
        /// As written.
        uri: String,
        /// Why it is refused.
        problem: &'static str,
    },
    /// More than the limits allow.
    #[error("{file}: {what} is beyond the limit of {limit}. Split the file, or raise `{name}`")]
    TooLarge {
        /// Name of the file.
        file: String,
        /// What is too large.
        what: &'static str,
        /// Name of the limit in [`crate::Limits`].
        name: &'static str,
        /// What is allowed.
        limit: u64,
    },
    /// A model that does not say where on Earth it is.
    #[error(
        "{file}: none of its {triangles} triangles is on Earth, so it does not say where it is. Write {sidecar} beside it with latitude, longitude and height_tp_m, or give the tileset.json that places it"
    )]
    NotPlaced {
        /// Name of the file.
        file: String,
        /// Triangles that it has.
        triangles: usize,
        /// Name of the file that would place it.
        sidecar: String,
    },
    /// A file beside a model that does not place it.
    #[error("{file}: {problem}. See docs/placing.md for what it may say")]
    Sidecar {
        /// Name of the file.
        file: String,
        /// What is wrong.
        problem: String,
    },
    /// No object could be taken.
    #[error("{file}: none of its {tiles} tile(s) with content could be taken; the first problem: {first}")]
    Nothing {
        /// Name of the file.
        file: String,
        /// Tiles with content that were tried.
        tiles: usize,
        /// What was wrong with the first.
        first: String,
    },
}

impl TilesError {
    /// Code of the Report's line when one tile of many is so.
    pub(crate) fn code(&self) -> &'static str {
        match self {
            Self::Io { .. } => "missing-content",
            Self::UnknownFormat { .. } => "unknown-content",
            Self::Unsupported { .. } => "unsupported-content",
            Self::Path { .. } => "refused-reference",
            Self::NotPlaced { .. } => "not-placed",
            _ => "broken-content",
        }
    }

    /// Whether it ends the reading even when it is of one tile of many.
    pub(crate) fn is_final(&self) -> bool {
        matches!(self, Self::TooLarge { .. })
    }
}
