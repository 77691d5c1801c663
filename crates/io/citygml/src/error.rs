//! What can be wrong with a whole file.

/// A file that is not what it says. Each message names the file, the place and the way out.
#[derive(Debug, thiserror::Error)]
pub enum CityGmlError {
    /// The disk says no.
    #[error("{file}: it cannot be read ({source})")]
    Io {
        /// Name of the file.
        file: String,
        /// What the system says.
        source: std::io::Error,
    },
    /// Not XML, or broken XML.
    #[error(
        "{file}: not readable as XML at byte {byte}: {problem}. Check that the file is CityGML, and fetch it again"
    )]
    NotXml {
        /// Name of the file.
        file: String,
        /// Place in the file, from 0.
        byte: u64,
        /// What the XML reader says.
        problem: String,
    },
    /// The file ends too early.
    #[error(
        "{file}: the file ends at byte {byte} inside {inside}, after {whole} whole objects. Fetch it again"
    )]
    Cut {
        /// Name of the file.
        file: String,
        /// Where it ends.
        byte: u64,
        /// The element or markup that is open.
        inside: String,
        /// Objects before the cut.
        whole: usize,
    },
    /// XML, but not CityGML.
    #[error(
        "{file}: its first element is {found}, not a CityModel of CityGML 1.0, 2.0 or 3.0. Give a file with a core:CityModel"
    )]
    NotCityGml {
        /// Name of the file.
        file: String,
        /// What was found.
        found: String,
    },
    /// Another encoding than UTF-8.
    #[error("{file}: it is in {encoding}. Save it as UTF-8")]
    Encoding {
        /// Name of the file.
        file: String,
        /// The encoding as named or recognised.
        encoding: String,
    },
    /// A DOCTYPE, which could make entities that grow without end.
    #[error(
        "{file}: it has a DOCTYPE at byte {byte}, which CityGML does not use and which is not read. Remove it"
    )]
    Doctype {
        /// Name of the file.
        file: String,
        /// Place in the file, from 0.
        byte: u64,
    },
    /// More than the limits allow.
    #[error(
        "{file}: {what} at byte {byte} is beyond the limit of {limit}. Split the file, or raise `{name}`"
    )]
    TooLarge {
        /// Name of the file.
        file: String,
        /// Place in the file, from 0.
        byte: u64,
        /// What is too large.
        what: &'static str,
        /// Name of the limit in [`crate::Limits`].
        name: &'static str,
        /// What is allowed.
        limit: u64,
    },
    /// The receiver of the objects said stop.
    #[error("{file}: stopped")]
    Stopped {
        /// Name of the file.
        file: String,
    },
    /// A code list that is not one.
    #[error("{file}: not a gml:Dictionary ({problem}). Give a file of a `codelists` folder")]
    NotACodeList {
        /// Name of the file.
        file: String,
        /// What is wrong.
        problem: String,
    },
}
