//! A whole file.

use futago_field::Report;
use futago_geodesy::Crs;

use crate::{ItemKind, RawObject};

/// What a file says before its first object.
#[derive(Debug, Clone, PartialEq)]
pub struct Header {
    /// Name of the file, for the Report.
    pub file: String,
    /// Prefix and address of each namespace, as the file has them.
    pub namespaces: Vec<(String, String)>,
    /// Other XML attributes of the CityModel, such as `gml:id`.
    pub attributes: Vec<(String, String)>,
    /// Coordinate system of the envelope; none when the file does not say, which the Report tells.
    pub crs: Option<Crs>,
    /// Numbers of a position where a geometry does not say.
    pub dimension: u8,
    /// Lower and upper corner of the envelope, in the order of its system; with two numbers the third is 0.
    pub corners: Option<[[f64; 3]; 2]>,
}

/// Something that stands right in the CityModel, or in an appearance of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    /// What it is.
    pub kind: ItemKind,
    /// Its content.
    pub object: RawObject,
}

/// What is left to tell when all items are handed over.
#[derive(Debug, Clone, PartialEq)]
pub struct Summary {
    /// What the file says of itself.
    pub header: Header,
    /// City objects.
    pub objects: usize,
    /// Size of the file, bytes.
    pub bytes: u64,
    /// What could not be taken as it stood.
    pub report: Report,
}

/// An appearance of the whole file. Appearances inside an object are elements of the object.
#[derive(Debug, Clone, PartialEq)]
pub struct RawAppearance {
    /// Its `app:Appearance` without what is in it.
    pub head: RawObject,
    /// Its theme and what else it says.
    pub properties: Vec<RawObject>,
    /// Textures and materials.
    pub surface_data: Vec<RawObject>,
}

/// A whole file in memory.
#[derive(Debug, Clone, PartialEq)]
pub struct RawCity {
    /// What the file says of itself.
    pub header: Header,
    /// City objects, in the order of the file.
    pub objects: Vec<RawObject>,
    /// Appearances of the file.
    pub appearances: Vec<RawAppearance>,
    /// Other elements of the CityModel, such as its envelope.
    pub properties: Vec<RawObject>,
    /// What could not be taken as it stood.
    pub report: Report,
}

impl RawAppearance {
    /// Its theme, for example `rgbTexture`.
    pub fn theme(&self) -> Option<&str> {
        self.properties.iter().find(|p| p.kind() == "app:theme").map(|theme| theme.root().text())
    }
}
