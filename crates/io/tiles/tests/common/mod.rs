//! Small tilesets, built in code: two boxes near the towers of Nishi-Shinjuku.
#![allow(dead_code, reason = "each test file uses a part")]

use std::collections::BTreeMap;
use std::io::{self, Cursor, Read};

use base64::Engine;
use futago_raw::{RawCity, RawObject};
use futago_tiles::{Files, Options, TilesError, read};
use serde_json::{Value, json};

/// Where the boxes' origin stands: latitude, longitude, and metres above the ellipsoid (40 m T.P.).
pub const PLACE: [f64; 3] = [35.6895, 139.6917, 76.7];

/// The same Earth-centred, by PROJ 9.5.1 (`+proj=cart +ellps=WGS84`).
pub const ECEF: [f64; 3] = [-3_954_891.793_514, 3_354_977.231_476, 3_700_309.534_221];

/// Corners east, north, up of the origin, and where they are by PROJ 9.5.1 (`+proj=topocentric`): latitude,
/// longitude, T.P. height with a geoid of 36.7 m.
pub const CORNERS: [([f64; 3], [f64; 3]); 5] = [
    ([0.0, 0.0, 0.0], [35.689_5, 139.691_7, 40.0]),
    ([10.0, 0.0, 0.0], [35.689_499_999_949, 139.691_810_476_620, 40.000_008]),
    ([0.0, 8.0, 12.0], [35.689_572_101_430, 139.691_7, 52.000_005]),
    ([30.0, 40.0, 0.0], [35.689_860_507_364, 139.692_031_431_350, 40.000_196]),
    ([36.0, 46.0, 20.0], [35.689_914_582_030, 139.692_097_716_643, 60.000_268]),
];

/// Boxes by origin and size, metres east, north, up.
pub const BOXES: [([f64; 3], [f64; 3]); 2] =
    [([0.0, 0.0, 0.0], [10.0, 8.0, 12.0]), ([30.0, 40.0, 0.0], [6.0, 6.0, 20.0])];

pub const IDS: [&str; 2] = ["bldg_a", "bldg_b"];

/// Files in memory.
#[derive(Debug, Clone, Default)]
pub struct Memory(pub BTreeMap<String, Vec<u8>>);

impl Memory {
    pub fn with(mut self, path: &str, bytes: impl Into<Vec<u8>>) -> Self {
        self.0.insert(path.to_owned(), bytes.into());
        self
    }
}

impl Files for Memory {
    fn open(&self, path: &str) -> io::Result<Box<dyn Read + '_>> {
        match self.0.get(path) {
            Some(bytes) => Ok(Box::new(Cursor::new(bytes.as_slice()))),
            None => Err(io::ErrorKind::NotFound.into()),
        }
    }
}

pub fn city(files: &Memory, file: &str) -> RawCity {
    read(files, file, &Options::default()).unwrap_or_else(|error| panic!("{error}"))
}

pub fn fault(files: &Memory, file: &str) -> TilesError {
    read(files, file, &Options::default()).expect_err("it should be refused")
}

/// Codes of the Report and how often, but for the geoid's, which is there once where a geoid was used.
pub fn codes(city: &RawCity) -> Vec<(&str, usize)> {
    let counts = city.report.counts();
    counts.into_iter().filter(|(code, _)| *code != "geoid-height").collect()
}

/// An object by its id.
pub fn object<'a>(city: &'a RawCity, id: &str) -> &'a RawObject {
    city.objects.iter().find(|object| object.id() == Some(id)).unwrap_or_else(|| panic!("no {id}"))
}

/// Metres between two places near each other.
pub fn apart_m(a: [f64; 3], b: [f64; 3]) -> f64 {
    let north = (a[0] - b[0]) * 110_950.0;
    let east = (a[1] - b[1]) * 90_516.0;
    (north * north + east * east + (a[2] - b[2]).powi(2)).sqrt()
}

/// Metres from the nearest corner of an object to a place.
pub fn nearest_m(object: &RawObject, place: [f64; 3]) -> f64 {
    object.shapes.positions.iter().map(|at| apart_m(*at, place)).fold(f64::INFINITY, f64::min)
}

/// The boxes where they should be, to the millimetre, each in its object.
pub fn assert_boxes(city: &RawCity) {
    for (index, (enu, place)) in CORNERS.iter().enumerate() {
        let id = IDS[usize::from(index >= 3)];
        let miss = nearest_m(object(city, id), *place);
        assert!(miss < 1e-3, "corner {enu:?} of {id} misses by {miss} m");
    }
    for id in IDS {
        let object = object(city, id);
        assert_eq!(object.shapes.surfaces.len(), 12, "{id}");
        assert_eq!(object.shapes.geometries[0].epsg, Some(6697));
    }
}

/// A model as it grows.
#[derive(Debug, Default)]
pub struct Glb {
    pub bytes: Vec<u8>,
    pub views: Vec<Value>,
    pub accessors: Vec<Value>,
}

impl Glb {
    pub fn view(&mut self, bytes: &[u8]) -> usize {
        self.bytes.resize(self.bytes.len().next_multiple_of(8), 0);
        self.views.push(json!({ "buffer": 0, "byteOffset": self.bytes.len(), "byteLength": bytes.len() }));
        self.bytes.extend(bytes);
        self.views.len() - 1
    }

    pub fn accessor(&mut self, bytes: &[u8], component: u32, kind: &str, count: usize) -> usize {
        let view = self.view(bytes);
        self.accessors
            .push(json!({ "bufferView": view, "componentType": component, "type": kind, "count": count }));
        self.accessors.len() - 1
    }

    /// Texts as the views of a property table's column.
    pub fn texts(&mut self, texts: &[&str]) -> Value {
        let mut ends = vec![0_u32];
        for text in texts {
            ends.push(ends[ends.len() - 1] + text.len() as u32);
        }
        let values = self.view(texts.concat().as_bytes());
        let offsets = self.view(&ends.iter().flat_map(|end| end.to_le_bytes()).collect::<Vec<_>>());
        json!({ "values": values, "stringOffsets": offsets })
    }

    /// The container, with what else the JSON says.
    pub fn finish(mut self, mut rest: Value) -> Vec<u8> {
        rest["asset"]["version"] = json!("2.0");
        rest["bufferViews"] = Value::Array(self.views);
        rest["accessors"] = Value::Array(self.accessors);
        rest["buffers"] = json!([{ "byteLength": self.bytes.len() }]);
        self.bytes.resize(self.bytes.len().next_multiple_of(4), 0);
        container(&rest, &self.bytes)
    }
}

/// A GLB of JSON and bytes.
pub fn container(json: &Value, bytes: &[u8]) -> Vec<u8> {
    let mut text = json.to_string().into_bytes();
    text.resize(text.len().next_multiple_of(4), b' ');
    let length = (12 + 8 + text.len() + 8 + bytes.len()) as u32;
    let mut glb = b"glTF\x02\0\0\0".to_vec();
    glb.extend(length.to_le_bytes());
    glb.extend((text.len() as u32).to_le_bytes());
    glb.extend(b"JSON");
    glb.extend(text);
    glb.extend((bytes.len() as u32).to_le_bytes());
    glb.extend(b"BIN\0");
    glb.extend(bytes);
    glb
}

/// Corners of a box and the triangles between them, seen from outside.
pub fn boxed(origin: [f64; 3], size: [f64; 3]) -> (Vec<[f64; 3]>, Vec<u32>) {
    let at =
        |x: f64, y: f64, z: f64| [origin[0] + size[0] * x, origin[1] + size[1] * y, origin[2] + size[2] * z];
    let plan = [(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0)];
    let corners = [0.0, 1.0].iter().flat_map(|z| plan.map(|(x, y)| at(x, y, *z))).collect();
    let mut triangles = vec![0, 2, 1, 0, 3, 2, 4, 5, 6, 4, 6, 7];
    for i in 0..4 {
        let j = (i + 1) % 4;
        triangles.extend([i, j, 4 + j, i, 4 + j, 4 + i]);
    }
    (corners, triangles)
}

/// glTF's axes: y up, z south.
pub fn y_up([east, north, up]: [f64; 3]) -> [f64; 3] {
    [east, up, -north]
}

/// Both boxes as one mesh: positions, feature of each vertex, corners.
pub fn both() -> (Vec<[f64; 3]>, Vec<u8>, Vec<u32>) {
    let (mut positions, mut features, mut corners) = (Vec::new(), Vec::new(), Vec::new());
    for (feature, (origin, size)) in BOXES.into_iter().enumerate() {
        let first = positions.len() as u32;
        let (at, triangles) = boxed(origin, size);
        features.extend(at.iter().map(|_| feature as u8));
        positions.extend(at);
        corners.extend(triangles.iter().map(|corner| corner + first));
    }
    (positions, features, corners)
}

pub fn f32s(positions: &[[f64; 3]]) -> Vec<u8> {
    positions.iter().flatten().flat_map(|part| (*part as f32).to_le_bytes()).collect()
}

pub fn u32s(numbers: &[u32]) -> Vec<u8> {
    numbers.iter().flat_map(|number| number.to_le_bytes()).collect()
}

/// Positions, features under a name, and corners: the attributes and indices of a primitive.
pub fn primitive(glb: &mut Glb, feature_name: Option<&str>) -> Value {
    let (positions, features, corners) = both();
    let positions: Vec<_> = positions.into_iter().map(y_up).collect();
    let mut attributes =
        json!({ "POSITION": glb.accessor(&f32s(&positions), 5126, "VEC3", positions.len()) });
    if let Some(name) = feature_name {
        attributes[name] = json!(glb.accessor(&features, 5121, "SCALAR", features.len()));
    }
    let indices = glb.accessor(&u32s(&corners), 5125, "SCALAR", corners.len());
    json!({ "attributes": attributes, "indices": indices })
}

/// Shows mesh 0 at the origin.
pub fn scene(primitives: Value) -> Value {
    json!({
        "scene": 0, "scenes": [{ "nodes": [0] }], "nodes": [{ "mesh": 0 }],
        "meshes": [{ "primitives": primitives }]
    })
}

/// A GLB of 3D Tiles 1.1 with a property table: texts, numbers, lists, an enumeration, JSON in a text.
pub fn glb_with_table() -> Vec<u8> {
    let mut glb = Glb::default();
    let mut primitive = primitive(&mut glb, Some("_FEATURE_ID_0"));
    primitive["extensions"] = json!({ "EXT_mesh_features": { "featureIds": [
        { "featureCount": 2, "attribute": 0, "propertyTable": 0 }
    ] } });
    let heights: Vec<u8> = [12.0_f64, 20.5].iter().flat_map(|v| v.to_le_bytes()).collect();
    let (ids, kinds) = (glb.texts(&IDS), glb.texts(&["bldg:Building", "bldg:Building"]));
    let nested = glb.texts(&[r#"{"uro:BuildingIDAttribute":[{"uro:buildingID":"13104-bldg-1"}]}"#, "{}"]);
    let (heights, storeys, usage) = (glb.view(&heights), glb.view(&[3, 255]), glb.view(&[1, 0, 2, 0]));
    let mut names = glb.texts(&["塔", "Tower", "西"]);
    names["arrayOffsets"] = json!(glb.view(&u32s(&[0, 2, 3])));
    let mut rest = scene(json!([primitive]));
    rest["extensionsUsed"] = json!(["EXT_mesh_features", "EXT_structural_metadata"]);
    rest["extensions"]["EXT_structural_metadata"] = json!({
        "schema": {
            "id": "s",
            "classes": { "row": { "properties": {
                "gml_id": { "type": "STRING" },
                "feature_type": { "type": "STRING" },
                "attributes": { "type": "STRING" },
                "bldg:measuredHeight": { "type": "SCALAR", "componentType": "FLOAT64" },
                "storeys": { "type": "SCALAR", "componentType": "INT8", "noData": -1 },
                "usage": { "type": "ENUM", "enumType": "usages" },
                "names": { "type": "STRING", "array": true },
                "source": { "type": "STRING", "default": "survey" },
            } } },
            "enums": { "usages": { "values": [{ "name": "office", "value": 1 }, { "name": "shop", "value": 2 }] } }
        },
        "propertyTables": [{ "class": "row", "count": 2, "properties": {
            "gml_id": ids, "feature_type": kinds, "attributes": nested,
            "bldg:measuredHeight": { "values": heights }, "storeys": { "values": storeys },
            "usage": { "values": usage }, "names": names
        } }]
    });
    glb.finish(rest)
}

/// A b3dm with a batch table of JSON and bytes; its positions are relative to a centre.
pub fn b3dm(rtc_center: Option<[f64; 3]>, batch: Value, batch_bytes: &[u8]) -> Vec<u8> {
    let mut glb = Glb::default();
    let primitive = primitive(&mut glb, Some("_BATCHID"));
    let glb = glb.finish(scene(json!([primitive])));
    let mut features = json!({ "BATCH_LENGTH": 2 });
    if let Some(center) = rtc_center {
        features["RTC_CENTER"] = json!(center);
    }
    wrap(&glb, &features, &batch, batch_bytes)
}

/// A b3dm round a model.
pub fn wrap(glb: &[u8], features: &Value, batch: &Value, batch_bytes: &[u8]) -> Vec<u8> {
    let padded = |value: &Value| {
        let mut text = value.to_string().into_bytes();
        text.resize(text.len().next_multiple_of(8), b' ');
        text
    };
    let (features, batch) = (padded(features), padded(batch));
    let length = 28 + features.len() + batch.len() + batch_bytes.len() + glb.len();
    let mut tile = b"b3dm\x01\0\0\0".to_vec();
    for number in [length, features.len(), 0, batch.len(), batch_bytes.len()] {
        tile.extend((number as u32).to_le_bytes());
    }
    tile.extend([features.as_slice(), &batch, batch_bytes, glb].concat());
    tile
}

pub fn batch_json() -> Value {
    json!({
        "gml_id": IDS,
        "bldg:measuredHeight": { "byteOffset": 0, "componentType": "FLOAT", "type": "SCALAR" },
        "centre": { "byteOffset": 8, "componentType": "DOUBLE", "type": "VEC2" },
        "address": [{ "city": "新宿区" }, null],
    })
}

pub fn batch_bytes() -> Vec<u8> {
    let heights = [12.0_f32, 20.1].iter().flat_map(|v| v.to_le_bytes());
    heights.chain([1.0_f64, 2.0, 3.0, 4.0].iter().flat_map(|v| v.to_le_bytes())).collect()
}

/// East, north, up at the place to Earth-centred metres, columns first, moved by metres east and north.
pub fn at_place(east: f64, north: f64) -> Vec<f64> {
    let (sin_lat, cos_lat) = PLACE[0].to_radians().sin_cos();
    let (sin_lon, cos_lon) = PLACE[1].to_radians().sin_cos();
    let axes = [
        [-sin_lon, cos_lon, 0.0],
        [-sin_lat * cos_lon, -sin_lat * sin_lon, cos_lat],
        [cos_lat * cos_lon, cos_lat * sin_lon, sin_lat],
    ];
    let origin: [f64; 3] = std::array::from_fn(|i| ECEF[i] + east * axes[0][i] + north * axes[1][i]);
    let columns = [axes[0], axes[1], axes[2], origin];
    let last = [0.0, 0.0, 0.0, 1.0];
    columns.iter().zip(last).flat_map(|(column, last)| [column[0], column[1], column[2], last]).collect()
}

pub fn shift(east: f64, north: f64, up: f64) -> Vec<f64> {
    vec![1.0, 0.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0, 1.0, 0.0, east, north, up, 1.0]
}

/// A tileset whose root stands 100 m west and 50 m south of the place, and whose child makes it good.
pub fn nested(content: &str) -> Value {
    json!({
        "asset": { "version": "1.1", "copyright": "a city" },
        "geometricError": 100,
        "root": {
            "transform": at_place(-100.0, -50.0),
            "boundingVolume": { "sphere": [0, 0, 0, 100] },
            "geometricError": 10,
            "refine": "ADD",
            "children": [{
                "transform": shift(100.0, 50.0, 0.0),
                "boundingVolume": { "sphere": [0, 0, 0, 100] },
                "geometricError": 0,
                "content": { "uri": content }
            }]
        }
    })
}

/// The same boxes, compressed by the reference encoder (DracoPy 2.2.0, 20 bits, levels 1 and 7).
pub const DRACO: [&str; 2] = [
    "RFJBQ08CAgEBAAAAEBgAFgAABm+rlLdVCgEBIAH/AAACBAIBAAcACQMACAECAAEBAAIDAUABAAEBAAAAAAEAAAAAAQEAFUsBIAEgBABQUU1lIcub3oYsBAAAAAAUshAAAHbTGwAADFkIAAAAAAAAAG96AwAAAAAAAGDIwkIW2k1vAAAwZCEAAAAAAE5vCll4yEIAAAAAQCxkAQAgIQsBAMCb3gAAAAAAAAAoZCEAAAAAAAAAspDtpreELAQAAG96AwAAAAAAAAAA//8PAAAAAAAAAAAAAAA4wgAAOEIU",
    "RFJBQ08CAgEBAAAAEBgBFgAABm+rlLdVCgEBIP8CgEICAAAA/wAAAQQCAQAHAQEACQMACAIBAQEAAgMBQAEAAQEAAAAAAQAAAAEBAQAVAwEYQwEQARgFAEgvt3tlIcub3oYsBAAAAAAUshAAAHbTGwAADFkIAAAAAAAAALCb3oUsBHB6U8jCQxYCAAAAAGIhCwAACVkIAADe9AYAgCxkAQAASMhCAAAAAAAAAP//DwAAAAAAAAAAAAAAOMIAADhCFA==",
];

/// A b3dm with them.
pub fn draco_b3dm(level: usize) -> Vec<u8> {
    let mut glb = Glb::default();
    let view = glb.view(&base64::engine::general_purpose::STANDARD.decode(DRACO[level]).unwrap());
    glb.accessors.push(json!({ "componentType": 5126, "type": "VEC3", "count": 16 }));
    glb.accessors.push(json!({ "componentType": 5121, "type": "SCALAR", "count": 16 }));
    glb.accessors.push(json!({ "componentType": 5125, "type": "SCALAR", "count": 72 }));
    let mut rest = scene(json!([{
        "attributes": { "POSITION": 0, "_BATCHID": 1 }, "indices": 2,
        "extensions": { "KHR_draco_mesh_compression": {
            "bufferView": view, "attributes": { "POSITION": 8, "_BATCHID": 7 }
        } }
    }]));
    rest["extensionsRequired"] = json!(["KHR_draco_mesh_compression"]);
    wrap(&glb.finish(rest), &json!({ "BATCH_LENGTH": 2 }), &json!({ "gml_id": IDS }), &[])
}

/// Tilesets and models of every kind, by name of the file to read.
pub fn fixtures() -> Vec<(&'static str, Memory)> {
    let with = |content: &str, bytes: Vec<u8>| {
        Memory::default().with("tileset.json", nested(content).to_string()).with(content, bytes)
    };
    let sidecar = "latitude = 35.6895\nlongitude = 139.6917\nheight_tp_m = 40\nid = 'bldg_a'\n";
    vec![
        ("tileset.json", with("data/1.glb", glb_with_table())),
        ("tileset.json", with("data/1.b3dm", b3dm(None, batch_json(), &batch_bytes()))),
        ("1.b3dm", Memory::default().with("1.b3dm", b3dm(Some(ECEF), json!({ "gml_id": IDS }), &[]))),
        ("tileset.json", with("data/1.b3dm", draco_b3dm(0))),
        ("tileset.json", with("data/1.b3dm", draco_b3dm(1))),
        ("m.glb", Memory::default().with("m.glb", glb_with_table()).with("m.glb.toml", sidecar)),
    ]
}
