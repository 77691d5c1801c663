//! `futago import`: a pack that opens, or words and nothing.

mod common;

use common::{folder, futago};

const FILE: &str = r#"<core:CityModel xmlns:core="http://www.opengis.net/citygml/2.0" xmlns:gml="http://www.opengis.net/gml" xmlns:bldg="http://www.opengis.net/citygml/building/2.0">
<gml:boundedBy><gml:Envelope srsName="EPSG:6697" srsDimension="3"/></gml:boundedBy>
<core:cityObjectMember><bldg:Building gml:id="a"><bldg:measuredHeight uom="m">9.5</bldg:measuredHeight><bldg:lod0RoofEdge><gml:MultiSurface><gml:surfaceMember><gml:Polygon><gml:exterior><gml:LinearRing>
<gml:posList>35.69 139.69 0 35.69 139.6902 0 35.6902 139.6902 0 35.6902 139.69 0 35.69 139.69 0</gml:posList>
</gml:LinearRing></gml:exterior></gml:Polygon></gml:surfaceMember></gml:MultiSurface></bldg:lod0RoofEdge></bldg:Building></core:cityObjectMember>
</core:CityModel>
"#;

#[test]
fn a_file_becomes_a_pack_with_its_credit_and_report() {
    let folder = folder();
    std::fs::write(folder.path().join("t.gml"), FILE).unwrap();
    let args = ["import", "t.gml", "-o", "t.city", "--report", "r.json", "--credit", "made by nobody"];
    let done = futago(folder.path(), &args);
    assert_eq!((done.code, done.stdout.as_str()), (0, ""), "{}", done.stderr);
    assert!(done.stderr.contains("1 buildings"), "{}", done.stderr);
    let info = futago(folder.path(), &["info", "--json", "t.city"]).json();
    assert_eq!((&info["counts"]["buildings"], &info["frame"]["epsg"]), (&1.into(), &6677.into()));
    assert!(info["credits"].to_string().contains("made by nobody"), "{info}");
    let report: serde_json::Value =
        serde_json::from_slice(&std::fs::read(folder.path().join("r.json")).unwrap()).unwrap();
    assert_eq!((&report["buildings"], &report["inputs"][0]["file"]), (&1.into(), &"t.gml".into()));
}

#[test]
fn a_bad_file_leaves_nothing() {
    let folder = folder();
    std::fs::write(folder.path().join("cut.gml"), &FILE[..FILE.len() - 60]).unwrap();
    std::fs::write(folder.path().join("no.gml"), "{}").unwrap();
    let cut = futago(folder.path(), &["import", "cut.gml", "-o", "t.city", "--report", "r.json"]);
    cut.refuses(1, &["cut.gml", "ends at byte", "Fetch the file again"]);
    futago(folder.path(), &["import", "no.gml", "-o", "t.city"]).refuses(1, &["no.gml", "XML"]);
    futago(folder.path(), &["import", "gone.gml", "-o", "t.city"]).refuses(1, &["gone.gml"]);
    futago(folder.path(), &["import", "cut.gml", "-o", "t.zip"]).refuses(2, &[".city"]);
    let left: Vec<_> =
        std::fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(left.len(), 2, "{left:?}");
}

#[test]
fn strict_refuses_dirty_data_and_the_report_says_why() {
    let folder = folder();
    std::fs::write(folder.path().join("clean.gml"), FILE).unwrap();
    let dirty = FILE.replace("35.69 139.69 0</gml:posList>", "35.69 139.69 0 35.69 139.69 0</gml:posList>");
    std::fs::write(folder.path().join("dirty.gml"), dirty).unwrap();
    let strict = |file: &str| {
        futago(folder.path(), &["import", file, "-o", "t.city", "--strict", "--report", "r.html"])
    };
    strict("dirty.gml").refuses(1, &["1 remarks", "repeats"]);
    assert!(!folder.path().join("t.city").exists());
    let page = std::fs::read_to_string(folder.path().join("r.html")).unwrap();
    for words in ["duplicate-vertices", "Corners that repeat", "dirty.gml", "<svg", "取り込み"] {
        assert!(page.contains(words), "{words}");
    }
    assert_eq!(strict("clean.gml").code, 0);
    assert!(folder.path().join("t.city").exists());
}

#[test]
fn what_was_published_comes_out_as_cityjson() {
    let folder = folder();
    std::fs::write(folder.path().join("t.gml"), FILE).unwrap();
    futago(folder.path(), &["import", "t.gml", "-o", "t.city"]);
    let out = futago(folder.path(), &["export", "cityjson", "t.city", "-o", "t.city.json"]);
    assert_eq!(out.code, 0, "{}", out.stderr);
    let bytes = std::fs::read(folder.path().join("t.city.json")).unwrap();
    let city: serde_json::Value = serde_json::from_slice(&bytes).unwrap();
    let house = &city["CityObjects"]["a"];
    assert_eq!((&house["type"], &house["attributes"]["measuredHeight"]), (&"Building".into(), &9.5.into()));
    assert_eq!(house["attributes"]["measuredHeight@uom"], "m");
    assert_eq!(house["geometry"][0]["boundaries"][0][0].as_array().map(Vec::len), Some(4));
    // And back: the same outline, to the millimetre.
    futago(folder.path(), &["import", "t.city.json", "-o", "u.city"]);
    let [a, b] = ["t.city", "u.city"].map(|pack| futago(folder.path(), &["info", "--json", pack]).json());
    assert_eq!(a["counts"], b["counts"]);
    let none = futago(folder.path(), &["export", "cityjson", "-o", "v.city.json"]);
    none.refuses(1, &["no city objects as published"]);
}

#[test]
fn the_third_edition_comes_out_with_its_semantics() {
    let folder = folder();
    let data = concat!(env!("CARGO_MANIFEST_DIR"), "/../../io/citygml/tests/data");
    for name in ["building3.gml", "road3.gml", "others3.gml"] {
        std::fs::copy(format!("{data}/{name}"), folder.path().join(name)).unwrap();
    }
    let args = ["import", "building3.gml", "road3.gml", "others3.gml", "-o", "t.city"];
    let done = futago(folder.path(), &args);
    assert!(done.code == 0 && done.stderr.contains("3 buildings"), "{}", done.stderr);
    futago(folder.path(), &["export", "cityjson", "t.city", "-o", "t.city.json"]);
    let bytes = std::fs::read(folder.path().join("t.city.json")).unwrap();
    let city: serde_json::Value = serde_json::from_slice(&bytes).unwrap();
    let objects = &city["CityObjects"];
    let semantics = |object: &str, kind: &str| -> Vec<String> {
        let geometries = objects[object]["geometry"].as_array().unwrap_or_else(|| panic!("{object}"));
        let of_kind = geometries.iter().find(|g| g["type"] == kind && g.get("semantics").is_some());
        let surfaces = of_kind.unwrap_or_else(|| panic!("{object}"))["semantics"]["surfaces"].as_array();
        surfaces.unwrap().iter().map(|surface| surface["type"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(semantics("tower", "Solid"), ["GroundSurface", "RoofSurface", "WallSurface"]);
    assert_eq!(semantics("terrace-a", "MultiSurface"), ["GroundSurface", "RoofSurface", "WallSurface"]);
    let kinds: std::collections::BTreeSet<_> = semantics("road", "MultiSurface").into_iter().collect();
    assert!(
        kinds.iter().map(String::as_str).eq([
            "AuxiliaryTrafficArea",
            "TrafficArea",
            "TransportationHole",
            "TransportationMarking"
        ]),
        "{kinds:?}"
    );
    let tower = &objects["tower"]["attributes"];
    assert_eq!((&tower["storeysAboveGround"], &tower["壁面率"]), (&3.into(), &0.62.into()));
    assert_eq!(tower["storeyHeightsAboveGround"], serde_json::json!([4.4, 4.0, 4.0]));
    assert_eq!((&tower["耐震"]["等級"], &tower["耐震"]["工法"]), (&3.into(), &"免震".into()));
    assert_eq!(tower["height"][1]["Height"]["value"], "12.4");
    assert_eq!(tower["measuredHeight"], 12.4);
    for (id, kind) in [
        ("t-1f", "BuildingStorey"),
        ("t-hall", "BuildingRoom"),
        ("t-unit", "BuildingUnit"),
        ("terrace-b", "BuildingPart"),
        ("road", "Road"),
        ("square", "TransportSquare"),
        ("canal", "Waterway"),
        ("shelter", "OtherConstruction"),
        ("tank", "GenericCityObject"),
        ("pier", "BridgeConstructiveElement"),
    ] {
        assert_eq!(objects[id]["type"], kind, "{id}");
    }
    assert_eq!(objects["t-1f"]["parents"][0], "tower");
    // And back: the same buildings.
    futago(folder.path(), &["import", "t.city.json", "-o", "u.city"]);
    let [a, b] = ["t.city", "u.city"].map(|pack| futago(folder.path(), &["info", "--json", pack]).json());
    assert_eq!(a["counts"]["buildings"], b["counts"]["buildings"]);
}

#[test]
fn wrong_options_are_explained() {
    let folder = folder();
    std::fs::write(folder.path().join("t.gml"), FILE).unwrap();
    let with = |option: &str, value: &str| {
        futago(folder.path(), &["import", "t.gml", "-o", "t.city", option, value])
    };
    with("--bounds", "1,2,3").refuses(2, &["1,2,3", "--bounds"]);
    with("--limit", "deepness=3").refuses(2, &["deepness", "zip_ratio"]);
    with("--limit", "depth=2").refuses(1, &["t.gml", "--limit depth"]);
    with("--report", "r.pdf").refuses(2, &[".html"]);
    with("--bounds", "140,36,141,37").refuses(1, &["t.gml"]);
}
