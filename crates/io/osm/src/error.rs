//! What can be wrong with a whole extract.

/// An extract that is not what it says. Each message names the file, the place and the way out.
#[derive(Debug, thiserror::Error)]
pub enum OsmError {
    /// The file cannot be read.
    #[error("{file} cannot be read: {source}")]
    Io {
        /// Name of the file.
        file: String,
        /// Why.
        source: std::io::Error,
    },
    /// Neither OSM XML nor PBF.
    #[error(
        "{file} is no OpenStreetMap extract: it begins neither with an OSMHeader (.osm.pbf) nor with an element osm (.osm). Unpack .gz and .bz2 files first"
    )]
    NotOsm {
        /// Name of the file.
        file: String,
    },
    /// Not well-formed XML.
    #[error("{file}: not readable as XML at byte {byte}: {problem}. Fetch the extract again")]
    NotXml {
        /// Name of the file.
        file: String,
        /// Where.
        byte: u64,
        /// What the XML reader says.
        problem: String,
    },
    /// The file ends too early.
    #[error("{file} ends at byte {byte}, inside {inside}. Fetch the file again")]
    Cut {
        /// Name of the file.
        file: String,
        /// Where it ends.
        byte: u64,
        /// Inside what.
        inside: &'static str,
    },
    /// A block of a PBF file that is damaged.
    #[error("{file}: the block at byte {byte} cannot be read: {problem}. Fetch the file again")]
    BadBlock {
        /// Name of the file.
        file: String,
        /// Where the block begins.
        byte: u64,
        /// What is wrong with it.
        problem: String,
    },
    /// A compression that is not read.
    #[error(
        "{file}: the block at byte {byte} is compressed by {method}, which is not read. Write it again with zlib: osmium cat {file} -o plain.osm.pbf"
    )]
    Compression {
        /// Name of the file.
        file: String,
        /// Where the block begins.
        byte: u64,
        /// The compression.
        method: &'static str,
    },
    /// The file needs something that a reader must know.
    #[error("{file} needs the feature {feature}, which is not known. Write a plain extract without history")]
    Feature {
        /// Name of the file.
        file: String,
        /// The feature.
        feature: String,
    },
    /// Beyond a limit.
    #[error(
        "{file}: {what} is more than {limit}. Cut the extract to the place, name --bounds, or raise the limit `{name}`"
    )]
    TooLarge {
        /// Name of the file.
        file: String,
        /// What is too large.
        what: &'static str,
        /// Name of the limit.
        name: &'static str,
        /// The limit.
        limit: u64,
    },
    /// Whoever listens to the progress had enough.
    #[error("reading {file} was cancelled")]
    Stopped {
        /// Name of the file.
        file: String,
    },
}
