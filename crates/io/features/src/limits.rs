//! What is taken from files, at most.

/// Limits on input. Every one can be raised or lowered; what is beyond one is refused with its name.
#[derive(Debug, Clone, PartialEq)]
pub struct Limits {
    /// Size of one file, bytes.
    pub file_bytes: u64,
    /// Size of what must be in memory at once, bytes: a GeoJSON text, or the table of a Shapefile.
    pub memory_bytes: u64,
    /// Size of one feature in its file, bytes.
    pub feature_bytes: u64,
    /// Features of one file.
    pub features: u64,
    /// Geometries inside each other, and values inside each other. At most 100.
    pub depth: usize,
    /// Entries of one code in the Report; what is more is counted in one last entry.
    pub entries_per_code: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            file_bytes: 64 << 30,
            memory_bytes: 4 << 30,
            feature_bytes: 256 << 20,
            features: 50_000_000,
            depth: 32,
            entries_per_code: 10_000,
        }
    }
}
