//! What can be wrong with a whole file.

/// A file that is not what it says. Each message names the file, the place and the way out.
#[derive(Debug, thiserror::Error)]
pub enum GeoJsonError {
    /// Not JSON at all, or cut in the middle.
    #[error(
        "{file}: not readable as JSON at line {line}, column {column}: {problem}. Check that the file is GeoJSON \
         and complete, and fetch it again if it was cut"
    )]
    NotJson {
        /// Name of the file.
        file: String,
        /// Line, from 1.
        line: usize,
        /// Column, from 1.
        column: usize,
        /// What the JSON reader says.
        problem: String,
    },
    /// JSON, but not a FeatureCollection.
    #[error(
        "{file}: the top of the file is {found}, not a GeoJSON FeatureCollection. Export the layer as a \
         FeatureCollection"
    )]
    NotACollection {
        /// Name of the file.
        file: String,
        /// What was found instead.
        found: String,
    },
    /// Coordinates of another system than longitude and latitude.
    #[error(
        "{file}: its `crs` member says {crs}, but coordinates must be longitude and latitude in degrees. \
         Reproject the layer to EPSG:6668 or EPSG:4326"
    )]
    OtherSystem {
        /// Name of the file.
        file: String,
        /// The system as named in the file.
        crs: String,
    },
    /// JSON, but not a list of underground ways.
    #[error(
        "{file}: the top of the file is {found}, not an object with a list `ways`. Give a file of underground ways \
         (tunnels.json)"
    )]
    NotUnderground {
        /// Name of the file.
        file: String,
        /// What was found instead.
        found: String,
    },
    /// Plane coordinates of another system than the one that was asked for.
    #[error(
        "{file}: its `crs` member says {crs}, but coordinates must be metres in EPSG:{epsg}. Reproject the layer \
         to EPSG:{epsg}, or name the right system"
    )]
    OtherPlane {
        /// Name of the file.
        file: String,
        /// The system as named in the file.
        crs: String,
        /// The system that was asked for.
        epsg: u32,
    },
    /// More than this reader takes.
    #[error("{file}: {what} is {found}, the limit is {limit}. Split the file into parts")]
    TooLarge {
        /// Name of the file.
        file: String,
        /// What is too large.
        what: &'static str,
        /// What was found.
        found: usize,
        /// What is allowed.
        limit: usize,
    },
    /// A CSV file that is not one.
    #[error("{file}: not readable as CSV: {problem}. Save it as UTF-8 with commas and a header row")]
    NotCsv {
        /// Name of the file.
        file: String,
        /// What the CSV reader says.
        problem: String,
    },
    /// A CSV file without a column that is needed.
    #[error("{file}: the header has no column `{column}`. Its columns are: {found}")]
    NoColumn {
        /// Name of the file.
        file: String,
        /// The missing column.
        column: &'static str,
        /// The columns that are there.
        found: String,
    },
}
