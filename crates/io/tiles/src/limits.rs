//! What is taken from files, at most.

/// Limits on input. Every one can be raised or lowered; what is beyond one is refused with its name.
#[derive(Debug, Clone, PartialEq)]
pub struct Limits {
    /// Size of one file, bytes; also of what a file compressed by gzip holds, and of all buffers of a model.
    pub file_bytes: u64,
    /// Size of one piece of JSON, bytes.
    pub json_bytes: u64,
    /// Tiles of a tileset with all those that it names.
    pub tiles: usize,
    /// Tiles inside each other, tilesets in tilesets, and nodes of a model inside each other.
    pub depth: usize,
    /// Vertices of one tile or model, counted as often as triangles use them.
    pub content_vertices: usize,
    /// The same of all tiles together.
    pub vertices: usize,
    /// Text of the attributes of one object, bytes.
    pub attribute_bytes: usize,
    /// Greatest height or depth, metres. A vertex beyond it is no place.
    pub height_m: f64,
    /// Entries of one code in the Report; what is more is counted in one last entry.
    pub entries_per_code: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            file_bytes: 2 << 30,
            json_bytes: 128 << 20,
            tiles: 1_000_000,
            depth: 128,
            content_vertices: 30_000_000,
            vertices: 200_000_000,
            attribute_bytes: 16 << 20,
            height_m: 20_000.0,
            entries_per_code: 10_000,
        }
    }
}
