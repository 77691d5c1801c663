//! What files from outside may ask for. The size of a file is not limited: tables are read as a stream.

/// Limits of reading; [`Limits::default`] suits every publisher known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// Most bytes of one line of a table; a longer one is counted as unreadable and left out.
    pub line_bytes: usize,
    /// Most columns of a table.
    pub columns: usize,
    /// Most that a compressed file may grow, as a factor, beyond its first 64 MiB.
    pub growth: u64,
    /// Most points of one feature of an MF-JSON file.
    pub feature_points: usize,
    /// Most elements inside each other in XML. (JSON has 128.)
    pub nesting: usize,
    /// Most files of one import.
    pub files: usize,
    /// Most folders inside each other.
    pub folders: usize,
    /// Most rows of a row group of a Parquet file.
    pub group_rows: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            line_bytes: 1 << 20,
            columns: 2_048,
            growth: 400,
            feature_points: 20_000_000,
            nesting: 64,
            files: 1_000_000,
            folders: 32,
            group_rows: 100_000_000,
        }
    }
}
