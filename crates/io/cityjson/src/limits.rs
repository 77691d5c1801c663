//! What is taken from a file, at most.

/// Limits on input. Every one can be raised or lowered; a file beyond one is refused with its name.
#[derive(Debug, Clone, PartialEq)]
pub struct Limits {
    /// Size of the file, bytes.
    pub file_bytes: u64,
    /// Size of what must be in memory at once, bytes: a CityJSON, or one line of a CityJSONSeq.
    pub text_bytes: usize,
    /// Text of one top-level object with its children, bytes.
    pub object_bytes: usize,
    /// Objects inside each other, and elements of an attribute inside each other. At most 256.
    pub depth: usize,
    /// City objects of the file, children counted.
    pub objects: usize,
    /// Vertices that the objects of the file have together, each counted where it is used; a ring, a
    /// surface and a geometry count one more.
    pub vertices: u64,
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
    /// In which order vertices stand. No limit, but the way out for a file that does not show it.
    pub axis_order: AxisOrder,
}

/// In which order a file writes its vertices. CityJSON says x, y, z and not which is east.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum AxisOrder {
    /// Found out: by degrees that can be no latitude, else by which way solids are turned.
    #[default]
    ByContent,
    /// East or longitude first.
    EastFirst,
    /// As EPSG orders the system: latitude or north first.
    Authority,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            file_bytes: 64 << 30,
            text_bytes: 4 << 30,
            object_bytes: 512 << 20,
            depth: 64,
            objects: 10_000_000,
            vertices: 500_000_000,
            object_vertices: 50_000_000,
            object_nodes: 20_000_000,
            height_m: 20_000.0,
            plane_m: 3_000_000.0,
            entries_per_code: 10_000,
            axis_order: AxisOrder::ByContent,
        }
    }
}
