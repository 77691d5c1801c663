//! Raw features of files that hold footprints, lines, areas and lists rather than city objects.

use futago_field::Report;

/// Longitude and latitude, degrees.
pub type LonLatPair = [f64; 2];

/// The features of one file and what was wrong with it.
#[derive(Debug, Clone, PartialEq)]
pub struct Raw<T> {
    /// Name of the file, for the Report.
    pub file: String,
    /// The features, in the order of the file.
    pub features: Vec<T>,
    /// What could not be taken as it stood.
    pub report: Report,
    /// Ids of OpenStreetMap by the index of the feature; empty for other sources.
    pub osm_ids: Vec<OsmId>,
}

impl<T> Raw<T> {
    /// A file without features.
    pub fn empty(file: &str) -> Self {
        Self { file: file.to_owned(), features: Vec::new(), report: Report::default(), osm_ids: Vec::new() }
    }

    /// How a feature is named in the Report: file and index from 0, or its OpenStreetMap id.
    pub fn place(&self, index: u32) -> String {
        match self.osm_ids.get(index as usize) {
            Some(id) => format!("{}, {id}", self.file),
            None => place_in(&self.file, index),
        }
    }
}

/// How a feature is named in the Report by its index in a file.
pub fn place_in(file: &str, index: u32) -> String {
    format!("{file}, feature {index}")
}

/// What an element of OpenStreetMap is called.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum OsmId {
    /// A node.
    Node(i64),
    /// A way.
    Way(i64),
    /// A relation.
    Relation(i64),
}

impl std::fmt::Display for OsmId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Node(id) => write!(f, "node {id}"),
            Self::Way(id) => write!(f, "way {id}"),
            Self::Relation(id) => write!(f, "relation {id}"),
        }
    }
}

/// Rings of one polygon, the outside first, as written (usually closed).
#[derive(Debug, Clone, Default, PartialEq)]
pub struct RawPolygon {
    /// Longitude and latitude of each vertex.
    pub rings: Vec<Vec<LonLatPair>>,
}

/// A building footprint of `buildings_lod0.geojson`.
#[derive(Debug, Clone, PartialEq)]
pub struct RawBuilding {
    /// Place in the file, from 0.
    pub index: u32,
    /// `id` of the GeoJSON feature, as text.
    pub feature_id: Option<String>,
    /// Property `id`: published building id.
    pub id: Option<String>,
    /// Property `h`: measured height above ground, metres.
    pub height_m: Option<f64>,
    /// Property `town_code`: code of the town (町字).
    pub town_code: Option<String>,
    /// Property `flood_depth`: expected depth, metres.
    pub flood_depth_m: Option<f64>,
    /// Property `clipped`: cut at the edge of the data.
    pub clipped: bool,
    /// Outline, one polygon or several.
    pub parts: Vec<RawPolygon>,
}

/// A roof face of `roof_pieces_lod2_core.geojson`.
#[derive(Debug, Clone, PartialEq)]
pub struct RawRoofPiece {
    /// Place in the file, from 0.
    pub index: u32,
    /// `id` of the GeoJSON feature, as text.
    pub feature_id: Option<String>,
    /// Property `bldg_id`: published id of its building.
    pub building_id: Option<String>,
    /// Property `z`: height of the roof above the ground, metres.
    pub top_m: Option<f64>,
    /// Outline, one polygon or several.
    pub parts: Vec<RawPolygon>,
}

/// A line of an OpenMapTiles layer (`transportation`, `waterway`).
#[derive(Debug, Clone, PartialEq)]
pub struct RawLine {
    /// Place in the file, from 0.
    pub index: u32,
    /// Property `class`, for example `minor`, `path`, `rail`.
    pub class: String,
    /// Property `subclass`, for example `footway`, `steps`.
    pub subclass: Option<String>,
    /// Property `brunnel`: `bridge` or `tunnel`.
    pub brunnel: Option<String>,
    /// Property `name`, else `name:latin`.
    pub name: Option<String>,
    /// The line, or its parts.
    pub lines: Vec<Vec<LonLatPair>>,
}

/// An area of an OpenMapTiles layer (`landuse`, `landcover`, `water`).
#[derive(Debug, Clone, PartialEq)]
pub struct RawArea {
    /// Place in the file, from 0.
    pub index: u32,
    /// Property `class`, for example `grass`, `wood`, `lake`, `school`.
    pub class: String,
    /// Property `subclass`, for example `park`.
    pub subclass: Option<String>,
    /// Outline, one polygon or several.
    pub parts: Vec<RawPolygon>,
}

/// A row of a list of shelters or of wide-area evacuation sites.
#[derive(Debug, Clone, PartialEq)]
pub struct RawShelter {
    /// Row in the file, from 0, without the header.
    pub index: u32,
    /// Name as published.
    pub name: String,
    /// Kind as published.
    pub kind: String,
    /// Longitude and latitude.
    pub at: LonLatPair,
    /// Persons.
    pub capacity_persons: Option<u32>,
    /// Square metres.
    pub area_m2: Option<f64>,
    /// A wide-area evacuation site (広域避難場所).
    pub wide_area: bool,
}

/// A named building of `landmarks.csv`.
#[derive(Debug, Clone, PartialEq)]
pub struct RawLandmark {
    /// Row in the file, from 0, without the header.
    pub index: u32,
    /// Published building id.
    pub building_id: String,
    /// Name in Japanese.
    pub name_ja: String,
    /// Name in English.
    pub name_en: String,
    /// Height of the largest roof face where the list gives one, metres: only for checks.
    pub main_roof_m: Option<f64>,
}
