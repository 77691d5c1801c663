//! What is taken from an extract, at most.

/// Limits on input. A file beyond one is refused with its name.
#[derive(Debug, Clone, PartialEq)]
pub struct Limits {
    /// Size of the file, bytes.
    pub file_bytes: u64,
    /// Ways that are kept.
    pub ways: usize,
    /// Nodes that are kept: those that kept ways go through.
    pub nodes: usize,
    /// Multipolygons and buildings of several parts that are kept.
    pub relations: usize,
    /// Nodes of one way, members of one relation.
    pub members: usize,
    /// Size of one element of an XML file, bytes.
    pub element_bytes: usize,
    /// Entries of one code in the Report; what is more is counted in one last entry.
    pub entries_per_code: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            file_bytes: 64 << 30,
            ways: 20_000_000,
            nodes: 100_000_000,
            relations: 5_000_000,
            members: 1_000_000,
            element_bytes: 1 << 20,
            entries_per_code: 10_000,
        }
    }
}

/// The largest block of a PBF file, unpacked, bytes: what the format allows.
pub(crate) const MAX_BLOCK: usize = 32 << 20;

/// The largest heading of a block, bytes: what the format allows.
pub(crate) const MAX_HEADING: usize = 64 << 10;
