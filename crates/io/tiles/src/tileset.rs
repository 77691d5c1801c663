//! The schema of `tileset.json`, 1.0 and 1.1, as far as it matters here.

use serde::Deserialize;

use crate::detect::without_mark;
use crate::{Limits, TilesError};

/// A tileset.
#[derive(Debug, Deserialize)]
pub(crate) struct Tileset {
    pub(crate) asset: Asset,
    pub(crate) root: Tile,
    #[serde(default, rename = "extensionsRequired")]
    pub(crate) extensions_required: Vec<String>,
}

/// What it says of itself.
#[derive(Debug, Deserialize)]
pub(crate) struct Asset {
    pub(crate) version: String,
    #[serde(rename = "tilesetVersion")]
    pub(crate) tileset_version: Option<String>,
    pub(crate) copyright: Option<String>,
    /// Before 1.0: which axis of its models is up.
    #[serde(rename = "gltfUpAxis")]
    pub(crate) gltf_up_axis: Option<String>,
}

/// A tile, its content and what is in it.
#[derive(Debug, Deserialize)]
pub(crate) struct Tile {
    /// To the tile around it, columns first.
    pub(crate) transform: Option<Vec<f64>>,
    /// Whether its children replace its content or add to it; as the tile around it where it is silent.
    pub(crate) refine: Option<Refine>,
    #[serde(default)]
    pub(crate) content: Option<Box<Content>>,
    #[serde(default)]
    pub(crate) contents: Vec<Content>,
    #[serde(default)]
    pub(crate) children: Vec<Tile>,
    #[serde(rename = "implicitTiling")]
    pub(crate) implicit: Option<Box<Implicit>>,
    pub(crate) extensions: Option<Box<TileExtensions>>,
}

/// What children do to the content of their tile.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub(crate) enum Refine {
    /// They show the same, finer.
    #[serde(rename = "REPLACE", alias = "replace")]
    Replace,
    /// They show more.
    #[serde(rename = "ADD", alias = "add")]
    Add,
}

/// Where a content is.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Content {
    /// 1.0 and later; `url` before.
    #[serde(alias = "url")]
    pub(crate) uri: Option<String>,
}

/// The same things by extension of 1.0.
#[derive(Debug, Deserialize)]
pub(crate) struct TileExtensions {
    #[serde(rename = "3DTILES_implicit_tiling")]
    pub(crate) implicit: Option<Implicit>,
    #[serde(rename = "3DTILES_multiple_contents")]
    pub(crate) contents: Option<MultipleContents>,
}

#[derive(Debug, Deserialize)]
pub(crate) struct MultipleContents {
    #[serde(default, alias = "content")]
    pub(crate) contents: Vec<Content>,
}

/// Tiles that are told by bits instead of written out.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Implicit {
    #[serde(rename = "subdivisionScheme")]
    pub(crate) scheme: Scheme,
    #[serde(rename = "subtreeLevels")]
    pub(crate) subtree_levels: u32,
    /// 1.1; `maximumLevel`, one less, in the extension.
    #[serde(rename = "availableLevels")]
    pub(crate) available_levels: Option<u32>,
    #[serde(rename = "maximumLevel")]
    pub(crate) maximum_level: Option<u32>,
    pub(crate) subtrees: Subtrees,
}

/// Into how many a tile is cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub(crate) enum Scheme {
    /// Four.
    #[serde(rename = "QUADTREE")]
    Quadtree,
    /// Eight.
    #[serde(rename = "OCTREE")]
    Octree,
}

/// Where the bits are.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Subtrees {
    pub(crate) uri: String,
}

impl Tileset {
    /// Reads the JSON.
    pub(crate) fn parse(text: &[u8], file: &str, limits: &Limits) -> Result<Self, TilesError> {
        let tileset: Self = json(text, file, "the tileset", limits)?;
        let major = tileset.asset.version.split('.').next().unwrap_or_default();
        if !matches!(major, "0" | "1") {
            let what = format!("version {} of 3D Tiles", tileset.asset.version);
            let remedy = "Give a tileset of version 1.0 or 1.1";
            return Err(TilesError::Unsupported { file: file.to_owned(), what, remedy });
        }
        Ok(tileset)
    }
}

/// A piece of JSON as a type.
pub(crate) fn json<T: serde::de::DeserializeOwned>(
    text: &[u8],
    file: &str,
    place: &'static str,
    limits: &Limits,
) -> Result<T, TilesError> {
    if text.len() as u64 > limits.json_bytes {
        let (file, limit) = (file.to_owned(), limits.json_bytes);
        let what = "the size of its JSON in bytes";
        return Err(TilesError::TooLarge { file, what, name: "json_bytes", limit });
    }
    serde_json::from_slice(without_mark(text)).map_err(|error| TilesError::NotJson {
        file: file.to_owned(),
        place,
        problem: error.to_string(),
    })
}
