//! The real tiles, where they are: `../shared/data/plateau` beside the workspace. The same building is there as
//! 3D Tiles and as CityGML; both must say the same.

use std::fs::File;
use std::path::{Path, PathBuf};

use futago_raw::{NodeView, RawObject};
use futago_tiles::{Format, Options, looks_like, read_path};

/// Height of the sea level above the ellipsoid that the tiles were made with. Their region begins at
/// 71.3381 m, their `_zmin` says 34.5060 m.
const GEOID_M: f64 = 36.832;

/// What is asked of places, metres.
const TOLERANCE_M: f64 = 0.1;

fn folder() -> Option<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../../../shared/data/plateau/other_cities/shinjuku_53394517_2025");
    if !root.join("bldg_3dtiles_lod2.zip").exists() {
        eprintln!("SKIPPED: there is no bldg_3dtiles_lod2.zip in {}", root.display());
        return None;
    }
    Some(root)
}

/// Lowest and highest latitude, longitude, height of surfaces.
fn bounds<'a>(positions: impl Iterator<Item = &'a [f64; 3]>) -> [[f64; 3]; 2] {
    let none = [[f64::INFINITY; 3], [f64::NEG_INFINITY; 3]];
    positions.fold(none, |[low, high], at| {
        [std::array::from_fn(|i| low[i].min(at[i])), std::array::from_fn(|i| high[i].max(at[i]))]
    })
}

/// Positions of the surfaces of one level of detail.
fn of_lod(object: &RawObject, lod: u8) -> impl Iterator<Item = &[f64; 3]> {
    let shapes = &object.shapes;
    let geometries = shapes.geometries.iter().filter(move |geometry| geometry.lod == Some(lod));
    let surfaces = geometries.flat_map(|geometry| shapes.surfaces_of(geometry));
    surfaces.flat_map(|surface| shapes.rings_of(surface)).flat_map(|ring| shapes.at(&ring.positions))
}

#[test]
fn tiles_and_citygml_say_the_same_of_a_building() {
    let Some(root) = folder() else { return };
    let unpacked = tempfile::tempdir().expect("a folder");
    let archive = File::open(root.join("bldg_3dtiles_lod2.zip")).expect("the archive");
    zip::ZipArchive::new(archive).expect("a zip").extract(unpacked.path()).expect("it unpacks");
    let head = std::fs::read(unpacked.path().join("tileset.json")).expect("a tileset");
    assert_eq!(looks_like(&head), Some(Format::Tileset));

    let options = Options { geoid_m: GEOID_M, ..Options::default() };
    let tiles = read_path(unpacked.path(), &options).unwrap_or_else(|error| panic!("{error}"));
    let gml = root.join("53394517_bldg_6697_op.gml");
    let gml = futago_citygml::read_file(&gml, &futago_citygml::Limits::default())
        .unwrap_or_else(|error| panic!("{error}"));
    assert_eq!((tiles.objects.len(), gml.objects.len()), (1, 1));
    let (tile, building) = (&tiles.objects[0], &gml.objects[0]);
    assert_eq!((tile.id(), tile.kind()), (building.id(), building.kind()));
    assert_eq!(tiles.header.crs, gml.header.crs);

    // The finer of the two tiles: (300 + 6162) / 3 triangles, all of them taken.
    assert_eq!(tile.shapes.surfaces.len(), 2_154);
    assert_eq!(tiles.report.counts(), [("coarser-tiles", 1), ("geoid-height", 1)]);

    let (ours, theirs) = (bounds(of_lod(tile, 2)), bounds(of_lod(building, 2)));
    for end in 0..2 {
        let north = (ours[end][0] - theirs[end][0]) * 110_950.0;
        let east = (ours[end][1] - theirs[end][1]) * 90_516.0;
        let up = ours[end][2] - theirs[end][2];
        println!("end {end}: north {north:.4}, east {east:.4}, up {up:.4} m");
        assert!(north.abs() < TOLERANCE_M && east.abs() < TOLERANCE_M, "north {north}, east {east}");
        assert!(up.abs() < TOLERANCE_M, "{up}");
    }
}

#[test]
fn attributes_have_the_same_names_and_values() {
    let Some(root) = folder() else { return };
    let unpacked = tempfile::tempdir().expect("a folder");
    let archive = File::open(root.join("bldg_3dtiles_lod2.zip")).expect("the archive");
    zip::ZipArchive::new(archive).expect("a zip").extract(unpacked.path()).expect("it unpacks");
    let tiles = read_path(unpacked.path(), &Options::default()).unwrap_or_else(|error| panic!("{error}"));
    let gml = futago_citygml::read_file(
        &root.join("53394517_bldg_6697_op.gml"),
        &futago_citygml::Limits::default(),
    )
    .unwrap_or_else(|error| panic!("{error}"));
    let (tile, building) = (&tiles.objects[0], &gml.objects[0]);
    let number = |object: &RawObject, name: &str| object.root().value(name)?.parse::<f64>().ok();
    for name in ["bldg:measuredHeight", "bldg:storeysAboveGround", "bldg:storeysBelowGround"] {
        let value = number(building, name);
        assert!(value.is_some() && number(tile, name) == value, "{name}: {value:?}");
    }
    assert_eq!(tile.root().value("core:creationDate"), building.root().value("core:creationDate"));
    // Nested, from the JSON in the tile's `attributes`.
    let deep = |object: &RawObject, name: &str| {
        object.nodes().find(|node| node.name() == name).map(NodeView::text).map(str::to_owned)
    };
    assert_eq!(deep(tile, "uro:buildingID"), deep(building, "uro:buildingID"));
    assert!(deep(tile, "uro:buildingID").is_some());
    let generic = |object: &RawObject, name: &str| {
        let mut named = object.nodes().filter(|node| node.attribute("name") == Some(name));
        named.find_map(|node| node.value("gen:value").map(str::to_owned))
    };
    for name in ["大字・町コード", "延べ面積換算係数", "再開発等促進区を定める地区計画"]
    {
        assert!(generic(tile, name).is_some() && generic(tile, name) == generic(building, name), "{name}");
    }
    let image =
        tile.root().child("app:ParameterizedTexture").and_then(|texture| texture.value("app:imageURI"));
    assert_eq!(image, Some("data/data0.glb#image0"));
}
