//! Which tiles are taken, and what becomes of an object in several.

mod common;

use common::*;
use serde_json::{Value, json};

/// A b3dm of the boxes with these ids.
fn boxes(ids: &[&str]) -> Vec<u8> {
    b3dm(None, json!({ "gml_id": ids }), &[])
}

fn tileset(root: &Value) -> String {
    json!({ "asset": { "version": "1.0" }, "geometricError": 1, "root": root }).to_string()
}

/// Ids of objects, and triangles of each.
fn taken(files: &Memory) -> Vec<(String, usize)> {
    let city = city(files, "tileset.json");
    let each = city.objects.iter();
    each.map(|object| (object.id().unwrap_or_default().to_owned(), object.shapes.surfaces.len())).collect()
}

fn owned(list: &[(&str, usize)]) -> Vec<(String, usize)> {
    list.iter().map(|(id, count)| ((*id).to_owned(), *count)).collect()
}

fn three_levels(refine: &str) -> Memory {
    let root = json!({
        "transform": at_place(0.0, 0.0), "refine": refine,
        "content": { "url": "coarse.b3dm" },
        "children": [
            { "content": { "uri": "fine/1.b3dm" } },
            { "content": { "uri": "fine/tileset.json" } },
            { "children": [] }
        ]
    });
    let inner = tileset(&json!({
        "transform": shift(0.0, 0.0, 5.0), "content": { "uri": "../fine/2.b3dm" }
    }));
    Memory::default()
        .with("tileset.json", tileset(&root))
        .with("coarse.b3dm", boxes(&["a", "rough"]))
        .with("fine/1.b3dm", boxes(&["a", "b"]))
        .with("fine/2.b3dm", boxes(&["b", "c"]))
        .with("fine/tileset.json", inner)
}

#[test]
fn finer_tiles_replace_coarser_ones_and_parts_are_joined() {
    let files = three_levels("REPLACE");
    assert_eq!(taken(&files), owned(&[("a", 12), ("b", 24), ("c", 12)]));
    let city = city(&files, "tileset.json");
    assert_eq!(codes(&city), [("coarser-tiles", 1), ("kind-assumed", 1)]);
    // The nested tileset's own transform counts too.
    let [lat, lon, height] = CORNERS[3].1;
    assert!(nearest_m(object(&city, "c"), [lat, lon, height + 5.0]) < 1e-3);
}

#[test]
fn added_tiles_are_all_taken() {
    assert_eq!(taken(&three_levels("ADD")), owned(&[("a", 24), ("rough", 12), ("b", 24), ("c", 12)]));
}

#[test]
fn a_tile_that_is_missing_is_told_and_the_rest_is_taken() {
    let mut files = three_levels("REPLACE");
    files.0.remove("fine/2.b3dm");
    files.0.insert("fine/1.b3dm".to_owned(), b"b3dm".to_vec());
    let error = fault(&files, "tileset.json").to_string();
    assert!(error.contains("none of its 2 tile(s)") && error.contains("fine/1.b3dm"), "{error}");
    let mut files = three_levels("REPLACE");
    files.0.remove("fine/2.b3dm");
    let city = city(&files, "tileset.json");
    assert_eq!(codes(&city), [("coarser-tiles", 1), ("kind-assumed", 1), ("missing-content", 1)]);
    assert_eq!(city.objects.len(), 2);
}

#[test]
fn several_contents_and_composite_tiles() {
    let mut composite = b"cmpt\x01\0\0\0".to_vec();
    let parts = [boxes(&["a", "b"]), b"pnts\x01\0\0\0\x0c\0\0\0".to_vec(), boxes(&["c", "d"])];
    let length = 16 + parts.iter().map(Vec::len).sum::<usize>();
    composite.extend((length as u32).to_le_bytes());
    composite.extend(3_u32.to_le_bytes());
    composite.extend(parts.concat());
    let root = json!({
        "transform": at_place(0.0, 0.0),
        "contents": [{ "uri": "1.cmpt" }, { "uri": "2.b3dm" }],
        "extensions": { "3DTILES_multiple_contents": { "content": [{ "uri": "3.b3dm" }] } }
    });
    let files = Memory::default()
        .with("tileset.json", tileset(&root))
        .with("1.cmpt", composite)
        .with("2.b3dm", boxes(&["e", "f"]))
        .with("3.b3dm", boxes(&["g", "h"]));
    let ids: Vec<_> = taken(&files).into_iter().map(|(id, _)| id).collect();
    assert_eq!(ids, ["a", "b", "c", "d", "e", "f", "g", "h"]);
    assert_eq!(codes(&city(&files, "tileset.json")), [("kind-assumed", 1), ("unsupported-content", 1)]);
}

#[test]
fn files_compressed_by_gzip_are_unpacked() {
    use std::io::Write;
    let pack = |bytes: &[u8]| {
        let mut writer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        writer.write_all(bytes).unwrap();
        writer.finish().unwrap()
    };
    let mut files = three_levels("REPLACE");
    files.0.values_mut().for_each(|bytes| *bytes = pack(bytes));
    assert_eq!(taken(&files), owned(&[("a", 12), ("b", 24), ("c", 12)]));
    let small = futago_tiles::Options {
        limits: futago_tiles::Limits { file_bytes: 100_000, ..Default::default() },
        ..Default::default()
    };
    let bomb = files.with("fine/1.b3dm", pack(&vec![0; 10_000_000]));
    assert!(bomb.0["fine/1.b3dm"].len() < 100_000);
    let error = futago_tiles::read(&bomb, "tileset.json", &small).expect_err("too large").to_string();
    assert!(error.starts_with("fine/1.b3dm") && error.contains("file_bytes"), "{error}");
}

/// Bits of a subtree: tiles, contents and subtrees below.
fn subtree(tiles: &[u8], contents: &[u8], below: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut views = Vec::new();
    for bits in [tiles, contents, below] {
        bytes.resize(bytes.len().next_multiple_of(8), 0);
        views.push(json!({ "buffer": 0, "byteOffset": bytes.len(), "byteLength": bits.len() }));
        bytes.extend(bits);
    }
    let json = json!({
        "buffers": [{ "byteLength": bytes.len() }], "bufferViews": views,
        "tileAvailability": { "bitstream": 0 },
        "contentAvailability": [{ "bitstream": 1 }],
        "childSubtreeAvailability": { "bitstream": 2 }
    });
    let mut text = json.to_string().into_bytes();
    text.resize(text.len().next_multiple_of(8), b' ');
    let mut file = b"subt\x01\0\0\0".to_vec();
    file.extend((text.len() as u64).to_le_bytes());
    file.extend((bytes.len() as u64).to_le_bytes());
    file.extend([text, bytes].concat());
    file
}

fn implicit() -> Memory {
    let root = json!({
        "transform": at_place(0.0, 0.0), "refine": "REPLACE",
        "content": { "uri": "{level}/{x}/{y}.b3dm" },
        "implicitTiling": {
            "subdivisionScheme": "QUADTREE", "subtreeLevels": 2, "availableLevels": 3,
            "subtrees": { "uri": "subtrees/{level}.{x}.{y}.subtree" }
        }
    });
    // Root and its children 0, 1 (east) and 2 (north); content of root, 1 and 2. Below 2, its child 3 has a
    // subtree: level 2, x 1, y 3, which has one tile with content.
    Memory::default()
        .with("tileset.json", tileset(&root))
        .with("subtrees/0.0.0.subtree", subtree(&[0b0_1111], &[0b0_1101], &[0, 0b1000]))
        .with("subtrees/2.1.3.subtree", subtree(&[1], &[1], &[0]))
        .with("0/0/0.b3dm", boxes(&["root", "x"]))
        .with("1/1/0.b3dm", boxes(&["east", "y"]))
        .with("1/0/1.b3dm", boxes(&["north", "z"]))
        .with("2/1/3.b3dm", boxes(&["far", "w"]))
}

#[test]
fn implicit_tiles_are_found_by_their_bits() {
    let files = implicit();
    assert_eq!(taken(&files), owned(&[("east", 12), ("y", 12), ("far", 12), ("w", 12)]));
    let told = city(&files, "tileset.json");
    assert_eq!(codes(&told), [("coarser-tiles", 1), ("kind-assumed", 1)]);
    let mut cut = files.clone();
    cut.0.get_mut("subtrees/2.1.3.subtree").unwrap().truncate(40);
    let told = city(&cut, "tileset.json");
    let codes = codes(&told);
    assert!(codes.contains(&("broken-content", 1)), "{codes:?}");
    assert!(told.objects.iter().any(|object| object.id() == Some("north")));
    cut.0.remove("subtrees/0.0.0.subtree");
    assert!(fault(&cut, "tileset.json").to_string().contains("subtrees/0.0.0.subtree"));
}
