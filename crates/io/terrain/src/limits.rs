//! What is taken at most.

/// Limits on input. A source beyond one is refused with its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// Size of a file, bytes.
    pub file_bytes: u64,
    /// Samples of one raster.
    pub samples: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self { file_bytes: 2 << 30, samples: 200_000_000 }
    }
}
