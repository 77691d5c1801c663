//! A feature as its file has it, before anybody says what it is.

use std::sync::Arc;

use serde_json::Value as Json;

use crate::shape::Shape;

/// The value of a field. A field without one is left out.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Value {
    /// Any text, also `true`, `false` and dates.
    Text(String),
    /// A whole number, in the figures of the file.
    Whole(String),
    /// Another number, in the figures of the file.
    Real(String),
    /// A list or an object.
    Nested(Json),
}

impl Value {
    /// Its text; none of what is nested, and none when there is nothing in it.
    pub(crate) fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) | Self::Whole(text) | Self::Real(text) => {
                Some(text.trim()).filter(|text| !text.is_empty())
            }
            Self::Nested(_) => None,
        }
    }

    /// A number of a format that has them in binary: the shortest figures that are the same number.
    pub(crate) fn real(number: f64) -> Option<Self> {
        number.is_finite().then(|| Self::Real(number.to_string()))
    }
}

/// A feature.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Row {
    /// Its number in the file, from 0.
    pub index: u64,
    /// Where it begins in the file, bytes; its number in GeoParquet, which keeps fields apart.
    pub place: u64,
    /// Id outside of its fields, as GeoJSON has it.
    pub id: Option<String>,
    /// Names and values of its fields.
    pub fields: Vec<(Arc<str>, Value)>,
    pub shape: Shape,
    /// Why its geometry could not be taken, when it has one.
    pub lost: Option<String>,
}

impl Row {
    pub(crate) fn field(&self, name: &str) -> Option<&Value> {
        self.fields.iter().find(|(field, _)| **field == *name).map(|(_, value)| value)
    }

    /// The text of a field, by the name of the field where there is one.
    pub(crate) fn text(&self, name: Option<&str>) -> Option<&str> {
        self.field(name?)?.text()
    }
}

/// What a layer has, before its features are read.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Layer {
    /// Its fields, in the order of the file.
    pub fields: Vec<Arc<str>>,
    /// Whether there are polygons in it.
    pub polygons: bool,
    /// Its system; the words of the file where that is not known here, none when it says nothing.
    pub system: Option<crate::system::Told>,
}
