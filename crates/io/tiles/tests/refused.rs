//! What is refused, and how it is told: the file, the place, the problem and the way out.

mod common;

use common::*;
use futago_tiles::{Limits, Options, TilesError, read, read_path};
use serde_json::{Value, json};

fn one(name: &str, bytes: impl Into<Vec<u8>>) -> Memory {
    Memory::default().with(name, bytes)
}

fn tileset_of(uri: &str) -> Memory {
    one("tileset.json", nested(uri).to_string()).with("1.glb", glb_with_table())
}

#[test]
fn messages_name_the_file_and_the_way_out() {
    let good = glb_with_table();
    let text = |value: &Value| value.to_string();
    let cases: Vec<(&str, Memory, &str, &str)> = vec![
        ("x.glb", one("x.glb", *b""), "nothing (it is empty)", "Give a tileset.json"),
        ("x.zip", one("x.zip", *b"PK\x03\x04"), "`PK", "Give a tileset.json"),
        ("x.glb", one("x.glb", good[..100].to_vec()), "the glTF container", "Fetch it again"),
        ("x.glb", one("x.glb", *b"glTF\x01\0\0\0\x0c\0\0\0"), "glTF of version 1", "Convert it to glTF 2.0"),
        ("x.pnts", one("x.pnts", *b"pnts"), "point cloud", "Give tiles with triangles"),
        ("x.i3dm", one("x.i3dm", *b"i3dm"), "instanced", "Convert"),
        ("x.b3dm", one("x.b3dm", *b"b3dm\x02\0\0\0\0\0\0\0"), "version 2", "Convert"),
        ("x.b3dm", one("x.b3dm", *b"b3dm\x01\0\0\0\x1c\0\0\0"), "the header", "Fetch it again"),
        ("t.json", one("t.json", r#"{"asset":{"version":"1.0"},"root":{"#), "line 1", "Fetch it again"),
        ("t.json", one("t.json", r#"{"geometricError":1,"asset":{"version":"1.0"}}"#), "`root`", "Fetch"),
        (
            "t.json",
            one("t.json", text(&json!({ "asset": { "version": "2.0" }, "root": {}, "geometricError": 1 }))),
            "version 2.0 of 3D Tiles",
            "version 1.0 or 1.1",
        ),
        ("missing.json", Memory::default(), "cannot be read", ""),
    ];
    for (file, files, problem, remedy) in cases {
        let error = fault(&files, file).to_string();
        assert!(error.starts_with(file), "{error}");
        assert!(error.contains(problem) && error.contains(remedy), "{problem}: {error}");
    }
}

#[test]
fn a_model_without_a_place_names_the_sidecar() {
    let mut glb = Glb::default();
    let shape = primitive(&mut glb, None);
    let files = one("m.glb", glb.finish(scene(json!([shape]))));
    let error = fault(&files, "m.glb").to_string();
    assert!(error.contains("m.glb.toml") && error.contains("height_tp_m"), "{error}");
    let wrong = files.with("m.glb.toml", "latitude = 139.7\nlongitude = 35.7\nheight_tp_m = 40\n");
    let error = fault(&wrong, "m.glb").to_string();
    assert!(error.starts_with("m.glb.toml") && error.contains("swapped"), "{error}");
}

#[test]
fn references_out_of_the_folder_are_refused() {
    for uri in ["../1.glb", "/etc/passwd", "https://example.org/1.glb", "%2e%2e/1.glb", "C:\\1.glb"] {
        let error = fault(&tileset_of(uri), "tileset.json");
        assert!(matches!(&error, TilesError::Nothing { .. }), "{error:?}");
        let text = error.to_string();
        assert!(text.contains(uri) && text.contains("Only files in the same folder"), "{text}");
    }
}

#[cfg(unix)]
#[test]
fn links_out_of_the_folder_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let (inside, outside) = (folder.path().join("in"), folder.path().join("1.glb"));
    std::fs::create_dir(&inside).unwrap();
    std::fs::write(inside.join("tileset.json"), nested("1.glb").to_string()).unwrap();
    std::fs::write(&outside, glb_with_table()).unwrap();
    std::os::unix::fs::symlink(&outside, inside.join("1.glb")).unwrap();
    let error = read_path(&inside, &Options::default()).unwrap_err().to_string();
    assert!(error.contains("leads out of the folder"), "{error}");
    std::fs::remove_file(inside.join("1.glb")).unwrap();
    std::fs::rename(&outside, inside.join("1.glb")).unwrap();
    assert_boxes(&read_path(&inside, &Options::default()).unwrap());
    assert_boxes(&read_path(&inside.join("tileset.json"), &Options::default()).unwrap());
}

#[test]
fn circles_are_told() {
    let mut tileset = nested("tileset.json");
    tileset["root"]["content"] = json!({ "uri": "1.glb" });
    let files = one("tileset.json", tileset.to_string()).with("1.glb", glb_with_table());
    let told = city(&files, "tileset.json");
    assert_eq!(codes(&told), [("broken-content", 1)]);
    let error = fault(&one("tileset.json", nested("tileset.json").to_string()), "tileset.json").to_string();
    assert!(error.contains("a tileset that this one lies in"), "{error}");
    // Nodes in a circle, and one node in two places.
    let mut glb = Glb::default();
    let shape = primitive(&mut glb, None);
    let mut rest = scene(json!([shape]));
    rest["nodes"] = json!([{ "children": [1, 1, 7] }, { "mesh": 0, "children": [0] }]);
    let files = tileset_of("2.glb").with("2.glb", glb.finish(rest));
    let told = city(&files, "tileset.json");
    assert_eq!(told.objects[0].shapes.surfaces.len(), 24);
    assert!(codes(&told).contains(&("broken-node", 3)), "{:?}", codes(&told));
}

#[test]
fn limits_are_named() {
    let files = tileset_of("1.glb");
    let refused = |limits: Limits| {
        let options = Options { limits, ..Options::default() };
        read(&files, "tileset.json", &options).expect_err("beyond a limit").to_string()
    };
    let all = Limits::default;
    let cases = [
        ("file_bytes", Limits { file_bytes: 1000, ..all() }),
        ("json_bytes", Limits { json_bytes: 100, ..all() }),
        ("tiles", Limits { tiles: 1, ..all() }),
        ("depth", Limits { depth: 0, ..all() }),
        ("content_vertices", Limits { content_vertices: 80, ..all() }),
        ("vertices", Limits { vertices: 40, ..all() }),
        ("attribute_bytes", Limits { attribute_bytes: 10, ..all() }),
    ];
    for (name, limits) in cases {
        let error = refused(limits);
        assert!(error.contains(&format!("raise `{name}`")), "{error}");
    }
    let low = Options { limits: Limits { height_m: 30.0, ..all() }, ..Options::default() };
    assert!(read(&files, "tileset.json", &low).unwrap_err().to_string().contains("not say where it is"));
}

/// Each of these is one line of the Report, and the good tile beside it is taken.
#[test]
fn broken_parts_are_lines_of_the_report() {
    let with = |change: &dyn Fn(&mut Glb, &mut Value)| {
        let mut glb = Glb::default();
        let shape = primitive(&mut glb, Some("_FEATURE_ID_0"));
        let mut rest = scene(json!([shape]));
        change(&mut glb, &mut rest);
        glb.finish(rest)
    };
    let cases: Vec<(&str, Vec<u8>)> = vec![
        ("broken-mesh", with(&|glb, _| glb.views[0]["byteOffset"] = json!(1_u64 << 60))),
        ("broken-mesh", with(&|glb, _| glb.views[0]["byteLength"] = json!(10))),
        ("broken-mesh", with(&|glb, _| glb.views[0]["byteStride"] = json!(usize::MAX))),
        ("broken-mesh", with(&|glb, _| glb.accessors[0]["type"] = json!("VEC2"))),
        ("broken-mesh", with(&|glb, _| glb.accessors[0]["bufferView"] = json!(99))),
        ("broken-mesh", with(&|glb, _| glb.accessors[0]["componentType"] = json!(1))),
        ("broken-mesh", with(&|_, rest| rest["meshes"][0]["primitives"][0]["attributes"] = json!({}))),
        ("no-place", with(&|glb, _| glb.bytes[0..4].copy_from_slice(&f32::NAN.to_le_bytes()))),
        ("no-place", with(&|glb, _| glb.bytes[0..4].copy_from_slice(&f32::INFINITY.to_le_bytes()))),
        ("not-triangles", with(&|_, rest| rest["meshes"][0]["primitives"][0]["mode"] = json!(0))),
        ("broken-node", with(&|_, rest| rest["nodes"][0]["matrix"] = json!([1, 2]))),
        ("broken-node", with(&|_, rest| rest["nodes"][0]["mesh"] = json!(5))),
        ("unread-extension", with(&|_, rest| rest["extensionsRequired"] = json!(["EXT_new"]))),
        (
            "packed-mesh",
            with(&|glb, _| {
                glb.views[0]["extensions"] = json!({ "EXT_meshopt_compression": { "buffer": 0 } });
            }),
        ),
        (
            "broken-mesh",
            with(&|_, rest| {
                rest["meshes"][0]["primitives"][0]["extensions"] = json!({
                    "KHR_draco_mesh_compression": { "bufferView": 0, "attributes": { "POSITION": 0 } }
                });
            }),
        ),
        ("broken-metadata", with(&|_, rest| rest["extensions"]["EXT_structural_metadata"] = json!({}))),
        ("broken-content", with(&|_, rest| rest["nodes"] = json!("none"))),
    ];
    for (code, bytes) in cases {
        let mut tileset = nested("1.glb");
        tileset["root"]["children"].as_array_mut().unwrap().push(json!({
            "transform": shift(200.0, 50.0, 0.0), "content": { "uri": "bad.glb" }
        }));
        let files = tileset_of("1.glb").with("tileset.json", tileset.to_string()).with("bad.glb", bytes);
        let city = city(&files, "tileset.json");
        let codes = codes(&city);
        assert!(codes.iter().any(|(found, _)| *found == code), "{code}: {codes:?}");
        assert_eq!(object(&city, "bldg_a").shapes.surfaces.len(), 12);
    }
}

#[test]
fn indices_out_of_range_lose_only_their_triangles() {
    let mut glb = Glb::default();
    let shape = primitive(&mut glb, None);
    let corners = glb.views[1]["byteOffset"].as_u64().unwrap() as usize;
    glb.bytes[corners..corners + 4].copy_from_slice(&77_u32.to_le_bytes());
    let files = tileset_of("1.glb").with("1.glb", glb.finish(scene(json!([shape]))));
    let city = city(&files, "tileset.json");
    assert_eq!(city.objects[0].shapes.surfaces.len(), 23);
    assert!(codes(&city).contains(&("bad-index", 1)));
}

#[test]
fn broken_properties_leave_the_others() {
    let batch = json!({
        "gml_id": IDS, "short": [1],
        "outside": { "byteOffset": 90, "componentType": "FLOAT", "type": "SCALAR" },
        "strange": { "byteOffset": 0, "componentType": "HALF", "type": "SCALAR" },
        "extensions": { "3DTILES_batch_table_hierarchy": {} }
    });
    let files = tileset_of("1.b3dm").with("1.b3dm", b3dm(None, batch, &[0; 16]));
    let told = city(&files, "tileset.json");
    assert_boxes(&told);
    assert_eq!(codes(&told), [("broken-property", 3), ("kind-assumed", 1), ("unread-extension", 1)]);
}
