//! What tiles say arrives: positions to the millimetre, attributes whole, features apart.

mod common;

use common::*;
use futago_raw::{NodeView, RawObject};
use futago_tiles::{Options, read};
use serde_json::{Value, json};

fn generic<'a>(object: &'a RawObject, name: &str) -> Vec<(&'a str, &'a str)> {
    let named = object.root().children().filter(|node| node.attribute("name") == Some(name));
    named.map(|node| (node.name(), node.value("gen:value").unwrap_or_default())).collect()
}

#[test]
fn a_table_of_1_1_and_nested_transforms() {
    let (file, files) = &fixtures()[0];
    let city = city(files, file);
    assert_eq!(city.objects.len(), 2);
    assert_boxes(&city);
    assert_eq!(codes(&city), []);
    assert!(city.header.attributes.contains(&("copyright".to_owned(), "a city".to_owned())));
    let (a, b) = (object(&city, "bldg_a"), object(&city, "bldg_b"));
    assert_eq!(a.kind(), "bldg:Building");
    assert_eq!(a.root().value("bldg:measuredHeight"), Some("12.0"));
    assert_eq!(b.root().value("bldg:measuredHeight"), Some("20.5"));
    assert_eq!(generic(a, "storeys"), [("gen:intAttribute", "3")]);
    assert_eq!(generic(b, "storeys"), [], "-1 is no value");
    assert_eq!(generic(b, "usage"), [("gen:stringAttribute", "shop")]);
    assert_eq!(generic(b, "source"), [("gen:stringAttribute", "survey")]);
    let names: Vec<_> =
        a.root().children().filter(|node| node.name() == "names").map(NodeView::text).collect();
    assert_eq!(names, ["塔", "Tower"]);
    let id = a.nodes().find(|node| node.name() == "uro:buildingID").map(NodeView::text);
    assert_eq!(id, Some("13104-bldg-1"));
    let geometry = a.root().child("bldg:lod2MultiSurface").unwrap().geometries().next().unwrap();
    assert_eq!((geometry.lod, a.shapes.surfaces_of(geometry).len()), (Some(2), 12));
}

#[test]
fn a_batch_table_of_1_0() {
    let (file, files) = &fixtures()[1];
    let city = city(files, file);
    assert_boxes(&city);
    let (a, b) = (object(&city, "bldg_a"), object(&city, "bldg_b"));
    assert_eq!(b.root().value("bldg:measuredHeight"), Some("20.1"));
    assert_eq!(a.root().child("address").unwrap().value("city"), Some("新宿区"));
    assert!(b.root().child("address").is_none());
    let centre: Vec<_> =
        b.root().children().filter(|node| node.name() == "centre").map(NodeView::text).collect();
    assert_eq!(centre, ["3.0", "4.0"]);
    assert_eq!(codes(&city), [("kind-assumed", 1)]);
}

/// Orientation matters: of a box seen from outside every triangle turns counter-clockwise.
#[test]
fn triangles_face_outwards_also_when_mirrored() {
    for mirrored in [false, true] {
        let mut tileset = nested("1.b3dm");
        if mirrored {
            // East becomes west: the triangles must turn round with it.
            let transform = &mut tileset["root"]["children"][0]["transform"];
            transform[0] = json!(-1.0);
        }
        let files = Memory::default()
            .with("tileset.json", tileset.to_string())
            .with("1.b3dm", b3dm(None, json!({ "gml_id": IDS }), &[]));
        let city = city(&files, "tileset.json");
        let volume: f64 = object(&city, "bldg_a")
            .shapes
            .positions
            .chunks(4)
            .map(|ring| {
                let metres = |at: [f64; 3]| {
                    [(at[1] - PLACE[1]) * 90_516.0, (at[0] - PLACE[0]) * 110_950.0, at[2] - 40.0]
                };
                let [a, b, c] = [metres(ring[0]), metres(ring[1]), metres(ring[2])];
                let cross = [b[1] * c[2] - b[2] * c[1], b[2] * c[0] - b[0] * c[2], b[0] * c[1] - b[1] * c[0]];
                (a[0] * cross[0] + a[1] * cross[1] + a[2] * cross[2]) / 6.0
            })
            .sum();
        assert!((volume - 960.0).abs() < 2.0, "mirrored {mirrored}: {volume} m3");
    }
}

#[test]
fn a_centre_places_a_single_b3dm() {
    // RTC_CENTER is z up and not turned: the boxes lie along the axes of the Earth then.
    let (file, files) = &fixtures()[2];
    let city = city(files, file);
    let miss = nearest_m(object(&city, "bldg_a"), CORNERS[0].1);
    assert!(miss < 1e-3, "{miss}");
    assert_eq!(city.objects.len(), 2);
}

#[test]
fn a_centre_of_cesium_rtc_is_the_same() {
    let mut glb = Glb::default();
    let shape = primitive(&mut glb, None);
    let mut rest = scene(json!([shape]));
    rest["extensionsRequired"] = json!(["CESIUM_RTC"]);
    rest["extensions"]["CESIUM_RTC"]["center"] = json!(ECEF);
    let files = Memory::default().with("1.glb", glb.finish(rest));
    let city = city(&files, "1.glb");
    assert!(nearest_m(&city.objects[0], CORNERS[0].1) < 1e-3);
}

/// The node carries Earth-centred metres: in f32 they would be off by up to a quarter of a metre.
#[test]
fn nodes_are_read_in_f64() {
    let mut glb = Glb::default();
    let shape = primitive(&mut glb, None);
    let mut rest = scene(json!([shape]));
    let [x, y, z] = ECEF;
    rest["nodes"] = json!([{ "children": [1], "translation": [x, z, -y] }, { "mesh": 0, "name": "塔" }]);
    let files = Memory::default().with("1.glb", glb.finish(rest));
    let city = city(&files, "1.glb");
    assert!(nearest_m(&city.objects[0], CORNERS[0].1) < 1e-3);
    assert_eq!(city.objects[0].root().value("gml:name"), Some("塔"));
    assert_eq!(codes(&city), [("kind-assumed", 1), ("no-id", 1)]);
}

#[test]
fn quantized_positions_strips_and_sparse_changes() {
    let mut glb = Glb::default();
    // A square as a strip: 0 to 100 in whole numbers, of which one stands wrong and is set right.
    let corners: [[i16; 4]; 4] = [[0, 0, 0, 0], [100, 0, 0, 0], [0, 0, -100, 0], [7, 7, 7, 0]];
    let bytes: Vec<u8> = corners.iter().flatten().flat_map(|v| v.to_le_bytes()).collect();
    let view = glb.view(&bytes);
    glb.views[view]["byteStride"] = json!(8);
    let places = glb.view(&[3]);
    let values: Vec<u8> = [100_i16, 0, -100].iter().flat_map(|v| v.to_le_bytes()).collect();
    let values = glb.view(&values);
    glb.accessors.push(json!({
        "bufferView": view, "componentType": 5122, "type": "VEC3", "count": 4,
        "sparse": {
            "count": 1,
            "indices": { "bufferView": places, "componentType": 5121 },
            "values": { "bufferView": values }
        }
    }));
    let mut rest = scene(json!([{ "attributes": { "POSITION": 0 }, "mode": 5 }]));
    rest["nodes"][0]["scale"] = json!([0.1, 0.1, 0.1]);
    rest["extensionsRequired"] = json!(["KHR_mesh_quantization"]);
    let files =
        Memory::default().with("tileset.json", nested("1.glb").to_string()).with("1.glb", glb.finish(rest));
    let city = city(&files, "tileset.json");
    let square = &city.objects[0];
    assert_eq!(square.shapes.surfaces.len(), 2);
    let far = square.shapes.positions.iter().map(|at| apart_m(*at, CORNERS[0].1)).fold(0.0, f64::max);
    assert!((far - 200_f64.sqrt()).abs() < 1e-2, "{far}");
    assert!(nearest_m(square, CORNERS[1].1) < 1e-3);
}

#[test]
fn draco_is_decoded() {
    for level in 0..DRACO.len() {
        let files = Memory::default()
            .with("tileset.json", nested("1.b3dm").to_string())
            .with("1.b3dm", draco_b3dm(level));
        assert_boxes(&city(&files, "tileset.json"));
    }
}

#[test]
fn images_stay_names() {
    let mut glb = Glb::default();
    let mut shape = primitive(&mut glb, None);
    shape["material"] = json!(0);
    let mut rest = scene(json!([shape]));
    rest["materials"] = json!([{ "pbrMetallicRoughness": { "baseColorTexture": { "index": 0 } } }]);
    rest["textures"] = json!([{ "extensions": { "EXT_texture_webp": { "source": 0 } } }]);
    rest["images"] = json!([{ "uri": "../images/wall.webp" }]);
    rest["extensionsRequired"] = json!(["EXT_texture_webp"]);
    let files = Memory::default()
        .with("tileset.json", nested("data/1.glb").to_string())
        .with("data/1.glb", glb.finish(rest));
    let city = city(&files, "tileset.json");
    let texture = city.objects[0].root().child("app:ParameterizedTexture").expect("a texture");
    assert_eq!(texture.value("app:imageURI"), Some("images/wall.webp"));
}

#[test]
fn the_geoid_is_the_callers() {
    let (file, files) = &fixtures()[0];
    let options = Options { geoid_m: 30.0, ..Options::default() };
    let city = read(files, file, &options).unwrap();
    let [lat, lon, height] = CORNERS[0].1;
    assert!(nearest_m(object(&city, "bldg_a"), [lat, lon, height + 6.7]) < 1e-3);
    let told = city.report.entries.iter().find(|entry| entry.code == "geoid-height").unwrap();
    assert!(told.action.contains("30 m"), "{}", told.action);
}

/// What Futago's own export writes comes back to its place.
#[test]
fn our_own_export_is_placed_by_what_it_says() {
    let mut glb = Glb::default();
    let mut shape = primitive(&mut glb, Some("_FEATURE_ID_0"));
    shape["extensions"]["EXT_mesh_features"] =
        json!({ "featureIds": [{ "featureCount": 2, "attribute": 0, "propertyTable": 0 }] });
    let ids = glb.texts(&IDS);
    let mut rest: Value = scene(json!([shape]));
    rest["asset"] = json!({ "copyright": "a city", "extras": {
        "epsg": 6677, "origin_east_m": -12_800.0, "origin_north_m": -34_400.0, "origin_height_tp_m": 40.0
    } });
    rest["extensions"]["EXT_structural_metadata"] = json!({
        "schema": { "id": "s", "classes": { "building": { "properties": { "id": { "type": "STRING" } } } } },
        "propertyTables": [{ "class": "building", "count": 2, "properties": { "id": ids } }]
    });
    let city = city(&Memory::default().with("city.glb", glb.finish(rest)), "city.glb");
    let zone = futago_geodesy::PlaneZone::from_epsg(6677).unwrap();
    let at =
        zone.lonlat_from_plane(futago_geodesy::PlanePoint { east_m: -12_790.0, north_m: -34_400.0 }).unwrap();
    assert!(nearest_m(object(&city, "bldg_a"), [at.lat_deg, at.lon_deg, 40.0]) < 1e-3);
    assert_eq!(codes(&city), [], "the class of its table says what they are");
}

#[test]
fn a_sidecar_places_names_and_credits() {
    let mut glb = Glb::default();
    let shape = primitive(&mut glb, None);
    let sidecar = json!({
        "latitude": PLACE[0], "longitude": PLACE[1], "height_tp_m": 40, "heading_deg": 0,
        "name": "橋", "id": "b-1", "kind": "brid:Bridge", "credit": "a maker", "licence": "CC0"
    });
    let files = Memory::default()
        .with("model.glb", glb.finish(scene(json!([shape]))))
        .with("model.gltf.json", sidecar.to_string());
    let city = city(&files, "model.glb");
    let bridge = object(&city, "b-1");
    assert_eq!((bridge.kind(), bridge.root().value("gml:name")), ("brid:Bridge", Some("橋")));
    assert!(bridge.root().child("brid:lod2MultiSurface").is_some());
    for (_, place) in CORNERS {
        assert!(nearest_m(bridge, place) < 1e-3);
    }
    let told = [("credit".to_owned(), "a maker".to_owned()), ("licence".to_owned(), "CC0".to_owned())];
    assert_eq!(city.header.attributes, told);
    assert!(
        city.report.entries.iter().all(|entry| entry.code != "geoid-height"),
        "the sidecar's height is T.P."
    );
}

#[test]
fn a_gltf_with_its_buffer_beside_it() {
    let mut glb = Glb::default();
    let shape = primitive(&mut glb, None);
    let mut json = scene(json!([shape]));
    json["asset"]["version"] = json!("2.0");
    json["accessors"] = Value::Array(glb.accessors);
    json["bufferViews"] = Value::Array(glb.views);
    json["buffers"] = json!([{ "byteLength": glb.bytes.len(), "uri": "a%20b.bin" }]);
    let sidecar = "latitude = 35.6895\nlongitude = 139.6917\nheight_tp_m = 40.0\nheading_deg = 360\n";
    let files = Memory::default()
        .with("m/model.gltf", json.to_string())
        .with("m/a b.bin", glb.bytes)
        .with("m/model.gltf.toml", sidecar);
    let city = city(&files, "m/model.gltf");
    for (_, place) in CORNERS {
        assert!(nearest_m(&city.objects[0], place) < 1e-3);
    }
}
