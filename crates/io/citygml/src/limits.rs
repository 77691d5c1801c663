//! What is taken from a file, at most.

/// Limits on input. Every one can be raised or lowered; a file beyond one is refused with its name.
#[derive(Debug, Clone, PartialEq)]
pub struct Limits {
    /// Size of the file, bytes.
    pub file_bytes: u64,
    /// Size of one member of the file, bytes. Also the most memory that its text takes.
    pub member_bytes: usize,
    /// Elements inside each other.
    pub depth: usize,
    /// Top-level objects and surface data of the file.
    pub objects: usize,
    /// Vertices of one object.
    pub object_vertices: usize,
    /// Elements of one object that are neither geometry nor coordinates.
    pub object_nodes: usize,
    /// Greatest height or depth, metres. A vertex beyond it is no place.
    pub height_m: f64,
    /// Greatest distance from the origin of a plane zone of Japan, metres.
    pub plane_m: f64,
    /// Entries of one code in the Report of a file; what is more is counted in one last entry.
    pub entries_per_code: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            file_bytes: 64 << 30,
            member_bytes: 1 << 30,
            depth: 256,
            objects: 20_000_000,
            object_vertices: 50_000_000,
            object_nodes: 20_000_000,
            height_m: 20_000.0,
            plane_m: 3_000_000.0,
            entries_per_code: 10_000,
        }
    }
}
