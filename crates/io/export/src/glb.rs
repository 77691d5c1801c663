//! The buildings as binary glTF 2.0 (GLB): one node a tile, y up, metres from the site origin.
//!
//! glTF's axes are x east, y up, z south, so a corner (east, north, up) becomes (east, up, -north). Faces are flat:
//! every face has its own corners and normals. Each corner carries the index of its building (EXT_mesh_features), and
//! one table for the whole file tells its id, names and height (EXT_structural_metadata). Viewers that know
//! neither extension draw the same city without the ids.

use futago_model::{Building, CityModel};
use serde_json::{Value, json};

use crate::ExportError;
use crate::attribution::Attribution;
use crate::mesh::{SolidMesh, solid_mesh};

const FLOAT: u32 = 5126;
const UNSIGNED_INT: u32 = 5125;
const ARRAY_BUFFER: u32 = 34962;
const ELEMENT_ARRAY_BUFFER: u32 = 34963;

/// The file.
pub(crate) fn encode(city: &CityModel) -> Result<Vec<u8>, ExportError> {
    let mut file = Builder::default();
    let records = &city.buildings.records;
    if city.buildings.tiles.is_empty() {
        file.add_tile(city, "city", 0..records.len());
    }
    for tile in &city.buildings.tiles {
        let first = tile.first_building as usize;
        let last = first + tile.building_count as usize;
        if last > records.len() {
            let what = format!("tile {}, {} names buildings that are not there", tile.column, tile.row);
            return Err(ExportError::BadResult { what });
        }
        file.add_tile(city, &format!("tile {} {}", tile.column, tile.row), first..last);
    }
    let table = file.add_property_table(city);
    file.finish(city, table)
}

/// Corners of one tile in glTF's axes.
#[derive(Default)]
struct TileMesh {
    positions: Vec<[f32; 3]>,
    normals: Vec<[f32; 3]>,
    features: Vec<f32>,
    indices: Vec<u32>,
}

impl TileMesh {
    fn add_solid(&mut self, mesh: &SolidMesh, feature: f32) {
        let half = mesh.corners.len() / 2;
        let (underside, rest) = mesh.triangles.split_at(mesh.cap_count);
        let (top, walls) = rest.split_at(mesh.cap_count);
        self.add_cap(&mesh.corners[..half], underside, 0, -1.0, feature);
        self.add_cap(&mesh.corners[half..], top, half as u32, 1.0, feature);
        for wall in walls.chunks_exact(2) {
            let corners = [wall[0][0], wall[0][1], wall[0][2], wall[1][2]];
            self.add_wall(corners.map(|i| mesh.corners[i as usize]), feature);
        }
    }

    fn add_cap(&mut self, corners: &[[f32; 3]], triangles: &[[u32; 3]], first: u32, up: f32, feature: f32) {
        let start = self.positions.len() as u32;
        self.positions.extend(corners.iter().copied().map(y_up));
        self.normals.extend(corners.iter().map(|_| [0.0, up, 0.0]));
        self.features.extend(corners.iter().map(|_| feature));
        self.indices.extend(triangles.iter().flatten().map(|i| i - first + start));
    }

    fn add_wall(&mut self, corners: [[f32; 3]; 4], feature: f32) {
        let start = self.positions.len() as u32;
        let [dx, dy] = [corners[1][0] - corners[0][0], corners[1][1] - corners[0][1]];
        let length = dx.hypot(dy).max(f32::MIN_POSITIVE);
        // The inside lies to the left of a wall's foot, so its outside lies to the right.
        let normal = y_up([dy / length, -dx / length, 0.0]);
        self.positions.extend(corners.map(y_up));
        self.normals.extend([normal; 4]);
        self.features.extend([feature; 4]);
        self.indices.extend([0, 1, 2, 0, 2, 3].map(|i| i + start));
    }
}

fn y_up(site: [f32; 3]) -> [f32; 3] {
    [site[0], site[2], -site[1]]
}

/// The parts of the file as they grow.
#[derive(Default)]
struct Builder {
    bytes: Vec<u8>,
    views: Vec<Value>,
    accessors: Vec<Value>,
    meshes: Vec<Value>,
    nodes: Vec<Value>,
}

impl Builder {
    /// A buffer view; starts at a multiple of 8 bytes, which property tables ask for.
    fn add_view(&mut self, bytes: impl IntoIterator<Item = u8>, target: Option<u32>) -> usize {
        self.bytes.resize(self.bytes.len().next_multiple_of(8), 0);
        let start = self.bytes.len();
        self.bytes.extend(bytes);
        let mut view = json!({ "buffer": 0, "byteOffset": start, "byteLength": self.bytes.len() - start });
        if let Some(target) = target {
            view["target"] = json!(target);
        }
        self.views.push(view);
        self.views.len() - 1
    }

    fn add_accessor(&mut self, view: usize, component: u32, kind: &str, count: usize) -> usize {
        let accessor =
            json!({ "bufferView": view, "componentType": component, "type": kind, "count": count });
        self.accessors.push(accessor);
        self.accessors.len() - 1
    }

    fn add_vectors(&mut self, vectors: &[[f32; 3]], with_bounds: bool) -> usize {
        let view = self.add_view(vectors.iter().flatten().flat_map(|v| v.to_le_bytes()), Some(ARRAY_BUFFER));
        let accessor = self.add_accessor(view, FLOAT, "VEC3", vectors.len());
        if with_bounds {
            let bound = |pick: fn(f32, f32) -> f32| -> Vec<f32> {
                (0..3).filter_map(|i| vectors.iter().map(|v| v[i]).reduce(pick)).collect()
            };
            self.accessors[accessor]["min"] = json!(bound(f32::min));
            self.accessors[accessor]["max"] = json!(bound(f32::max));
        }
        accessor
    }

    fn add_tile(&mut self, city: &CityModel, name: &str, buildings: std::ops::Range<usize>) {
        let mut mesh = TileMesh::default();
        let count = buildings.len();
        for index in buildings {
            for solid in city.buildings.solids_of(&city.buildings.records[index]) {
                // f32 holds whole numbers up to 16 million exactly.
                mesh.add_solid(&solid_mesh(&city.buildings, solid), index as f32);
            }
        }
        if mesh.indices.is_empty() {
            return;
        }
        let positions = self.add_vectors(&mesh.positions, true);
        let normals = self.add_vectors(&mesh.normals, false);
        let view = self.add_view(mesh.features.iter().flat_map(|v| v.to_le_bytes()), Some(ARRAY_BUFFER));
        let features = self.add_accessor(view, FLOAT, "SCALAR", mesh.features.len());
        let view =
            self.add_view(mesh.indices.iter().flat_map(|v| v.to_le_bytes()), Some(ELEMENT_ARRAY_BUFFER));
        let indices = self.add_accessor(view, UNSIGNED_INT, "SCALAR", mesh.indices.len());
        self.nodes.push(json!({ "name": name, "mesh": self.meshes.len() }));
        self.meshes.push(json!({
            "name": name,
            "primitives": [{
                "attributes": { "POSITION": positions, "NORMAL": normals, "_FEATURE_ID_0": features },
                "indices": indices,
                "material": 0,
                "mode": 4,
                "extensions": { "EXT_mesh_features": { "featureIds": [
                    { "featureCount": count, "attribute": 0, "propertyTable": 0 }
                ] } }
            }]
        }));
    }

    /// Ids, names and heights of all buildings, by their index.
    fn add_property_table(&mut self, city: &CityModel) -> Value {
        let b = &city.buildings;
        let text = |of: fn(&Building) -> futago_model::StringId| {
            let strings = b.records.iter().map(|r| b.strings.get(of(r)).unwrap_or_default());
            strings.collect::<Vec<_>>()
        };
        let (ids, names_ja, names_en) = (text(|r| r.id), text(|r| r.name_ja), text(|r| r.name_en));
        let heights = self.add_view(b.records.iter().flat_map(|r| r.height_m.to_le_bytes()), None);
        json!({
            "name": "buildings",
            "class": "building",
            "count": b.records.len(),
            "properties": {
                "id": self.add_strings(&ids),
                "name_ja": self.add_strings(&names_ja),
                "name_en": self.add_strings(&names_en),
                "height_m": { "values": heights },
            }
        })
    }

    fn add_strings(&mut self, strings: &[&str]) -> Value {
        let mut ends = vec![0_u32];
        for string in strings {
            ends.push(ends[ends.len() - 1] + string.len() as u32);
        }
        // A view may not be empty, even when no building has a name.
        let mut bytes = strings.concat().into_bytes();
        if bytes.is_empty() {
            bytes.push(0);
        }
        let values = self.add_view(bytes, None);
        let offsets = self.add_view(ends.iter().flat_map(|v| v.to_le_bytes()), None);
        json!({ "values": values, "stringOffsets": offsets, "stringOffsetType": "UINT32" })
    }

    fn finish(mut self, city: &CityModel, table: Value) -> Result<Vec<u8>, ExportError> {
        self.bytes.resize(self.bytes.len().next_multiple_of(4), 0);
        let attribution = Attribution::of(city);
        let frame = &city.about.frame;
        let nodes: Vec<usize> = (0..self.nodes.len()).collect();
        let root = json!({
            "asset": {
                "version": "2.0",
                "generator": "Futago",
                "copyright": attribution.line(),
                "extras": {
                    "synthetic": attribution.synthetic_label(),
                    "epsg": frame.epsg,
                    "origin_east_m": frame.origin_east_m,
                    "origin_north_m": frame.origin_north_m,
                    "origin_height_tp_m": frame.origin_height_m,
                    "axes": "x east, y up, z south; metres from the origin",
                }
            },
            "extensionsUsed": ["EXT_mesh_features", "EXT_structural_metadata"],
            "extensions": { "EXT_structural_metadata": { "schema": schema(), "propertyTables": [table] } },
            "scene": 0,
            "scenes": [{ "name": city.about.name_en, "nodes": nodes }],
            "nodes": self.nodes,
            "meshes": self.meshes,
            "materials": [{
                "name": "building",
                "pbrMetallicRoughness": {
                    "baseColorFactor": [0.82, 0.8, 0.77, 1.0], "metallicFactor": 0.0, "roughnessFactor": 0.95
                }
            }],
            "accessors": self.accessors,
            "bufferViews": self.views,
            "buffers": [{ "byteLength": self.bytes.len() }],
        });
        container(&root, &self.bytes)
    }
}

fn schema() -> Value {
    json!({
        "id": "futago_buildings",
        "classes": { "building": { "name": "Building", "properties": {
            "id": { "name": "Published id", "type": "STRING", "required": true },
            "name_ja": { "name": "Name in Japanese", "type": "STRING", "required": true },
            "name_en": { "name": "Name in English", "type": "STRING", "required": true },
            "height_m": {
                "name": "Height above ground, metres", "type": "SCALAR", "componentType": "FLOAT32",
                "required": true
            }
        } } }
    })
}

/// Header, JSON chunk padded with spaces, binary chunk.
fn container(root: &Value, binary: &[u8]) -> Result<Vec<u8>, ExportError> {
    let mut json = serde_json::to_vec(root).map_err(|e| ExportError::encode("glTF", e))?;
    json.resize(json.len().next_multiple_of(4), b' ');
    let total = 12 + 8 + json.len() + 8 + binary.len();
    let total = u32::try_from(total).map_err(|_| ExportError::encode("glTF", "more than 4 GiB"))?;
    let mut file = Vec::with_capacity(total as usize);
    file.extend(b"glTF");
    for word in [2, total, json.len() as u32] {
        file.extend(word.to_le_bytes());
    }
    file.extend(b"JSON");
    file.extend(json);
    file.extend((binary.len() as u32).to_le_bytes());
    file.extend(b"BIN\0");
    file.extend(binary);
    Ok(file)
}

#[cfg(test)]
mod tests {
    use gltf_json::validation::Validate;

    use super::*;
    use crate::fixtures;

    fn parts(file: &[u8]) -> (Value, &[u8]) {
        let word = |at: usize| u32::from_le_bytes(file[at..at + 4].try_into().unwrap()) as usize;
        assert_eq!((&file[..4], word(8)), (&b"glTF"[..], file.len()));
        let json_end = 20 + word(12);
        (serde_json::from_slice(&file[20..json_end]).unwrap(), &file[json_end + 8..])
    }

    #[test]
    fn it_is_valid_gltf() {
        let file = encode(&fixtures::city()).unwrap();
        let (json, binary) = parts(&file);
        let root: gltf_json::Root = serde_json::from_value(json).unwrap();
        let mut errors = Vec::new();
        root.validate(&root, gltf_json::Path::new, &mut |path, error| {
            errors.push(format!("{}: {error}", path()))
        });
        assert!(errors.is_empty(), "{errors:?}");
        assert_eq!(root.buffers[0].byte_length.0 as usize, binary.len());
        assert_eq!(root.nodes.len(), 1);
    }

    #[test]
    fn ids_names_and_heights_are_kept_and_the_city_stands_upright() {
        let file = encode(&fixtures::city()).unwrap();
        let (json, binary) = parts(&file);
        let metadata = &json["extensions"]["EXT_structural_metadata"]["propertyTables"][0];
        assert_eq!(metadata["count"], 5);
        let view = |index: &Value| {
            let view = &json["bufferViews"][index.as_u64().unwrap() as usize];
            let start = view["byteOffset"].as_u64().unwrap() as usize;
            assert_eq!(start % 8, 0);
            &binary[start..start + view["byteLength"].as_u64().unwrap() as usize]
        };
        assert_eq!(view(&metadata["properties"]["id"]["values"]), b"b-0b-1b-2b-3b-4");
        assert_eq!(view(&metadata["properties"]["name_ja"]["values"]), "東塔".as_bytes());
        let heights = view(&metadata["properties"]["height_m"]["values"]);
        assert_eq!(heights[..4], 100.0_f32.to_le_bytes());
        let position = &json["accessors"][0];
        assert_eq!(position["max"][1], 100.0);
        assert_eq!(position["min"][1], 0.0);
        assert!(json["asset"]["copyright"].as_str().unwrap().contains("PLATEAU"));
    }
}
