//! Lines, areas and points that go on a map and into GeoJSON.

use serde::{Deserialize, Serialize};

/// A shape in site metres.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Geometry {
    /// One point.
    Point([f64; 2]),
    /// An open or closed line.
    Line(Vec<[f64; 2]>),
    /// Rings of one polygon, outside first, closed implicitly.
    Polygon(Vec<Vec<[f64; 2]>>),
}

/// A shape with what is known of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct MapFeature {
    /// The shape.
    pub geometry: Geometry,
    /// Style on a map, a key of `assets/palettes`: `limit-line`, `iso-2.5h`, `violation`, `boundary`, ...
    pub style: String,
    /// Properties for the file; keys carry their unit.
    pub properties: serde_json::Map<String, serde_json::Value>,
    /// Short label on a map, for example `3 h`; may be empty.
    pub label: String,
}

/// Features that belong together: one file, one map layer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LineSet {
    /// Unique within the results and fit for a file name. The title is the text `lines-<key>`.
    pub key: String,
    /// Key of the field it is drawn on, if any.
    pub on_field: Option<String>,
    /// The features.
    pub features: Vec<MapFeature>,
}
