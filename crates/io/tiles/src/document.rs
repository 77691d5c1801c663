//! A glTF model: its JSON and its buffers.
//!
//! The schema is `gltf-json`'s, but for three things. Transforms of nodes are read in f64 here (there they
//! are f32, which is 0.25 m on Earth-centred coordinates). What is only for drawing (materials, textures,
//! images, animations) stays plain JSON, so that an extension of it cannot stop the reading. And nothing is
//! asked of the schema's own validator, which takes indices on trust; every index is checked at its use.

use std::borrow::Cow;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use gltf_json::Root;
use percent_encoding::percent_decode_str;
use serde::Deserialize;
use serde_json::{Map, Value, json};

use crate::b3dm::u32_at;
use crate::files::{Files, read, resolve};
use crate::matrix::Matrix;
use crate::tileset;
use crate::{Limits, TilesError};

/// A model.
#[derive(Debug)]
pub(crate) struct Document<'a> {
    /// Path of the file that it is in.
    pub(crate) file: &'a str,
    /// Accessors, buffer views, meshes and scenes.
    pub(crate) root: Root,
    /// Nodes of its scenes.
    pub(crate) nodes: Vec<Node>,
    /// What the model says of itself besides its version.
    pub(crate) asset: Map<String, Value>,
    /// Extensions of the whole model.
    pub(crate) extensions: Map<String, Value>,
    /// Materials, textures and images as they stand.
    pub(crate) drawing: Map<String, Value>,
    /// What each buffer holds; none where it could not be had.
    pub(crate) buffers: Vec<Held<'a>>,
}

/// The bytes of a buffer, or why they could not be had.
type Held<'a> = Result<Cow<'a, [u8]>, String>;

/// A node of a scene.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Node {
    pub(crate) name: Option<String>,
    pub(crate) mesh: Option<usize>,
    pub(crate) children: Vec<usize>,
    matrix: Option<Vec<f64>>,
    translation: Option<[f64; 3]>,
    rotation: Option<[f64; 4]>,
    scale: Option<[f64; 3]>,
    pub(crate) extras: Value,
    pub(crate) extensions: Map<String, Value>,
}

impl Node {
    /// To the node around it; none when a number is none.
    pub(crate) fn transform(&self) -> Option<Matrix> {
        if let Some(matrix) = &self.matrix {
            return Matrix::from_slice(matrix);
        }
        let turn = self.rotation.unwrap_or([0.0, 0.0, 0.0, 1.0]);
        let parts =
            Matrix::from_parts(self.translation.unwrap_or_default(), turn, self.scale.unwrap_or([1.0; 3]));
        Matrix::from_slice(&parts.0)
    }
}

/// Parts of the JSON that only say how to draw.
const DRAWING: [&str; 4] = ["materials", "textures", "images", "samplers"];
const UNUSED: [&str; 3] = ["animations", "cameras", "skins"];

impl<'a> Document<'a> {
    /// Reads a model; its buffers may be other files.
    pub(crate) fn read(
        bytes: &'a [u8],
        file: &'a str,
        files: &dyn Files,
        limits: &Limits,
    ) -> Result<Self, TilesError> {
        let (text, binary) = if bytes.starts_with(b"glTF") { split(bytes, file)? } else { (bytes, None) };
        let mut model: Map<String, Value> = tileset::json(text, file, "the model", limits)?;
        let asset = model.get("asset").and_then(Value::as_object).cloned().unwrap_or_default();
        let version = asset.get("version").and_then(Value::as_str);
        if !version.is_some_and(|version| version.starts_with("2.")) {
            return Err(old(file, version.unwrap_or("unknown")));
        }
        model.insert("asset".to_owned(), json!({ "version": "2.0" }));
        let mut drawing = Map::new();
        for name in DRAWING {
            if let Some((name, value)) = model.remove_entry(name) {
                drawing.insert(name, value);
            }
        }
        for name in UNUSED {
            model.remove(name);
        }
        let broken = |place: &str, problem: String| TilesError::Broken {
            file: file.to_owned(),
            place: place.to_owned(),
            problem,
        };
        let nodes = model.remove("nodes").unwrap_or_else(|| Value::Array(Vec::new()));
        let nodes = serde_json::from_value(nodes).map_err(|error| broken("nodes", error.to_string()))?;
        let extensions = match model.remove("extensions") {
            Some(Value::Object(extensions)) => extensions,
            _ => Map::new(),
        };
        let root: Root = serde_json::from_value(Value::Object(model))
            .map_err(|error| broken("the model's JSON", error.to_string()))?;
        let buffers = buffers(&root, binary, file, files, limits)?;
        Ok(Self { file, root, nodes, asset, extensions, drawing, buffers })
    }

    /// A part of the JSON that only says how to draw.
    fn drawn(&self, list: &str, index: u64) -> Option<&Value> {
        self.drawing.get(list)?.get(usize::try_from(index).ok()?)
    }

    /// What a material's colour is read from: an image's path, or its number in the file.
    pub(crate) fn image_of(&self, material: Option<usize>) -> Option<String> {
        let material = self.drawn("materials", material? as u64)?;
        let texture = material.pointer("/pbrMetallicRoughness/baseColorTexture/index")?.as_u64()?;
        let texture = self.drawn("textures", texture)?;
        let by_extension = ["EXT_texture_webp", "KHR_texture_basisu", "MSFT_texture_dds"]
            .iter()
            .find_map(|name| texture.get("extensions")?.get(name)?.get("source")?.as_u64());
        let index = by_extension.or_else(|| texture.get("source")?.as_u64())?;
        let image = self.drawn("images", index)?;
        match image.get("uri").and_then(Value::as_str) {
            Some(uri) if !uri.starts_with("data:") => {
                Some(resolve(self.file, uri).unwrap_or_else(|_| uri.to_owned()))
            }
            _ => Some(format!("{}#image{index}", self.file)),
        }
    }

    /// The roots of what is shown: the default scene, else the first, else nodes that are in no other.
    pub(crate) fn roots(&self) -> Vec<usize> {
        let scene = self.root.scene.map_or(0, |scene| scene.value());
        if let Some(scene) = self.root.scenes.get(scene) {
            return scene.nodes.iter().map(|node| node.value()).collect();
        }
        let mut inside = vec![false; self.nodes.len()];
        for child in self.nodes.iter().flat_map(|node| &node.children) {
            if let Some(inside) = inside.get_mut(*child) {
                *inside = true;
            }
        }
        (0..self.nodes.len()).filter(|node| !inside[*node]).collect()
    }
}

fn old(file: &str, version: &str) -> TilesError {
    let what = format!("glTF of version {version}");
    let remedy = "Convert it to glTF 2.0";
    TilesError::Unsupported { file: file.to_owned(), what, remedy }
}

/// JSON and binary chunk of a GLB. Chunks of other kinds are passed over, as the format asks.
fn split<'a>(bytes: &'a [u8], file: &str) -> Result<(&'a [u8], Option<&'a [u8]>), TilesError> {
    let broken = |problem: String| TilesError::Broken {
        file: file.to_owned(),
        place: "the glTF container".to_owned(),
        problem,
    };
    match u32_at(bytes, 4) {
        Some(2) => {}
        Some(version) => return Err(old(file, &version.to_string())),
        None => return Err(broken("its header is cut".to_owned())),
    }
    let length = u32_at(bytes, 8).unwrap_or_default() as usize;
    let mut rest = bytes.get(12..length).ok_or_else(|| {
        broken(format!("it says that it has {length} bytes; {} are there, at least 12 needed", bytes.len()))
    })?;
    let (mut text, mut binary) = (None, None);
    while rest.len() >= 8 {
        let length = u32_at(rest, 0).unwrap_or_default() as usize;
        let kind = &rest[4..8];
        let (chunk, after) = rest[8..]
            .split_at_checked(length)
            .ok_or_else(|| broken(format!("a chunk says {length} bytes, {} are left", rest.len() - 8)))?;
        match kind {
            b"JSON" if text.is_none() => text = Some(chunk),
            b"BIN\0" if binary.is_none() => binary = Some(chunk),
            _ => {}
        }
        // Chunks begin at multiples of four, even where a writer did not pad the last one.
        rest = after.get(length.next_multiple_of(4) - length..).unwrap_or_default();
    }
    text.map(|text| (text, binary)).ok_or_else(|| broken("it has no JSON chunk".to_owned()))
}

/// What each buffer holds, all together within the limit of a file.
fn buffers<'a>(
    root: &Root,
    binary: Option<&'a [u8]>,
    file: &str,
    files: &dyn Files,
    limits: &Limits,
) -> Result<Vec<Held<'a>>, TilesError> {
    let mut left = limits.file_bytes;
    let mut buffers = Vec::new();
    for (index, buffer) in root.buffers.iter().enumerate() {
        let held = match (&buffer.uri, binary) {
            (None, Some(binary)) if index == 0 => Ok(Cow::Borrowed(binary)),
            (None, _) => Err("it has no data".to_owned()),
            (Some(uri), _) if uri.starts_with("data:") => embedded(uri).map(Cow::Owned),
            (Some(uri), _) => match resolve(file, uri).and_then(|path| read(files, &path, limits)) {
                Ok(bytes) => Ok(Cow::Owned(bytes)),
                Err(error) if error.is_final() => return Err(error),
                Err(error) => Err(error.to_string()),
            },
        };
        let taken = held.as_ref().map_or(0, |bytes| bytes.len() as u64);
        left = left.checked_sub(taken).ok_or(TilesError::TooLarge {
            file: file.to_owned(),
            what: "the size of its buffers in bytes",
            name: "file_bytes",
            limit: limits.file_bytes,
        })?;
        buffers.push(held);
    }
    Ok(buffers)
}

/// The bytes of a `data:` address.
fn embedded(uri: &str) -> Result<Vec<u8>, String> {
    let (head, data) = uri.split_once(',').ok_or("its data: address has no comma")?;
    if head.ends_with(";base64") {
        return STANDARD.decode(data).map_err(|error| format!("its base64 is broken ({error})"));
    }
    Ok(percent_decode_str(data).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chunks_are_found_and_a_wrong_length_is_told() {
        let mut glb = b"glTF\x02\0\0\0\x1c\0\0\0\x02\0\0\0JSON{}  \x00\0\0\0BIN\0".to_vec();
        glb[8] = glb.len() as u8;
        let (text, binary) = split(&glb, "a.glb").unwrap();
        assert_eq!((text, binary), (b"{}".as_slice(), Some(b"".as_slice())));
        for (at, value) in [(4, 1), (4, 3), (8, 5), (8, 200), (12, 90), (16, b'X')] {
            let mut bad = glb.clone();
            bad[at] = value;
            let error = split(&bad, "a.glb").unwrap_err().to_string();
            assert!(error.starts_with("a.glb: "), "{error}");
        }
    }

    #[test]
    fn data_addresses_hold_bytes() {
        assert_eq!(embedded("data:application/octet-stream;base64,AAEC").unwrap(), [0, 1, 2]);
        assert_eq!(embedded("data:,%01a").unwrap(), [1, b'a']);
        assert!(embedded("data:;base64,A").is_err() && embedded("data:").is_err());
    }
}
