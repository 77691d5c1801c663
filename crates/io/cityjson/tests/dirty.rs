//! What is wrong inside a file is reported, and the rest is there.

mod common;

use common::{HOUSE, SEQUENCE, STREET, city, codes, object, try_city, with_geometry};
use futago_cityjson::{AxisOrder, CityJsonError, Limits, read, stream};

#[test]
fn a_bad_index_costs_its_surface_and_a_bad_place_its_ring() {
    let text = with_geometry(
        r#"[{"type":"MultiSurface","lod":"2","boundaries":
        [[[0,1,2]],[[0,1,99]],[[0,1,-2]],[[0,1,8]],[[4,5,6],[0,1,9]],[[0,1,10]],[[0,1,"x"]],[[]],[[3,4,5]]]}]"#,
    );
    let city = city(&text);
    let counts = city.report.counts();
    assert_eq!(counts, [("bad-coordinates", 3), ("broken-index", 3), ("empty-geometry", 1)]);
    let shapes = &object(&city, "a").shapes;
    assert_eq!((shapes.surfaces.len(), shapes.rings.len()), (6, 3), "a surface stays when a ring goes");
    assert!(city.report.entries[0].place.contains("t.json, CityObjects/a/geometry/0"), "{:?}", city.report);
    assert_eq!(object(&city, "z").shapes.surfaces.len(), 6);
}

#[test]
fn a_bad_geometry_costs_only_itself() {
    let cases = [
        (r#"[{"type":"Solid","lod":"1","boundaries":[[[0,1,2]]]}]"#, "bad-boundaries"),
        (r#"[{"type":"Solid","lod":"1"}]"#, "bad-boundaries"),
        (r#"[{"type":"Sphere","lod":"1","boundaries":[]}]"#, "unknown-geometry"),
        (r#"[5]"#, "unknown-geometry"),
        (r#""none""#, "unknown-geometry"),
        (r#"[{"type":"MultiSurface","boundaries":[[[0,1,2]]]}]"#, "missing-lod"),
        (r#"[{"type":"MultiSurface","lod":"fine","boundaries":[[[0,1,2]]]}]"#, "missing-lod"),
        (r#"[{"type":"GeometryInstance","template":0,"boundaries":[0]}]"#, "broken-template"),
        (r#"[{"type":"MultiPoint","lod":"1","boundaries":[0,77]}]"#, "broken-index"),
        (r#"[{"type":"MultiLineString","lod":"1","boundaries":[[0,8],[]]}]"#, "empty-geometry"),
        (r#"[{"type":"MultiSurface","lod":"2","boundaries":[[[0,1,2]]],"semantics":5}]"#, "bad-semantics"),
        (
            r#"[{"type":"MultiSurface","lod":"2","boundaries":[[[0,1,2]]],"semantics":
            {"surfaces":[{"type":"RoofSurface","parent":7}],"values":[0]}}]"#,
            "bad-semantics",
        ),
        (
            r#"[{"type":"MultiSurface","lod":"2","boundaries":[[[0,1,2]]],"semantics":
            {"surfaces":[{"type":"RoofSurface"}],"values":[3]}}]"#,
            "bad-semantics",
        ),
        (
            r#"[{"type":"MultiSurface","lod":"2","boundaries":[[[0,1,2]]],"semantics":
            {"surfaces":[{"type":"Moss"}],"values":[0]}}]"#,
            "unknown-semantics",
        ),
        (r#"[{"type":"MultiSurface","lod":"2","boundaries":[[[0,1,2]]],"texture":[]}]"#, "bad-appearance"),
    ];
    for (geometry, code) in cases {
        let city = city(&with_geometry(geometry));
        assert!(codes(&city).contains(&code), "{geometry}: {:?}", city.report);
        assert_eq!((city.objects.len(), object(&city, "z").shapes.surfaces.len()), (2, 6), "{geometry}");
    }
}

#[test]
fn objects_that_are_odd_are_kept_and_reported() {
    let cases = [
        (r#""type": "Building","#, r#""type": "Castle","#, "unknown-type"),
        (r#""type": "Building","#, "", "unknown-type"),
        (r#""ward": {"#, r#""odd": 5, "ward": {"#, "bad-feature"),
        (r#""ward": {"#, r#""house-1": {"type": "Road"}, "ward": {"#, "duplicate-id"),
        (r#""parents": ["house-1"]"#, r#""parents": ["nobody"]"#, "broken-parent"),
        (r#""children": ["part-1"]"#, r#""children": ["part-1", "nobody"]"#, "broken-child"),
        (r#""owner": "都庁"#, r#""owner": "\ud800"#, "bad-text"),
        (r#""vertices": ["#, r#""vertices": [], "vertices": ["#, "duplicate-member"),
        (r#""transform": { "scale""#, r#""other": { "scale""#, "missing-transform"),
        ("EPSG/0/6697", "OGC/0/CRS84", "unknown-system"),
        ("referenceSystem", "system", "missing-system"),
    ];
    for (good, bad, code) in cases {
        assert!(HOUSE.contains(good), "{good}");
        let city = city(&HOUSE.replacen(good, bad, 1));
        assert!(codes(&city).contains(&code), "{bad}: {:?}", city.report);
        assert!(city.objects.len() >= 3, "{bad}");
    }
    let castle = city(&HOUSE.replacen(r#""type": "Building","#, r#""type": "Castle","#, 1));
    assert_eq!(object(&castle, "house-1").kind(), "Castle");
    let odd = city(&HOUSE.replacen(r#""ward": {"#, r#""odd": 5, "ward": {"#, 1));
    assert_eq!(object(&odd, "odd").kind(), "core:CityObject");
}

#[test]
fn the_order_of_axes_is_found_or_told() {
    let plain = city(STREET);
    let told = Limits { axis_order: AxisOrder::Authority, ..Limits::default() };
    let other = read(STREET.as_bytes(), "t.json", &told).unwrap();
    let first = |city: &futago_raw::RawCity| object(city, "road-1").shapes.positions[0];
    assert_eq!(first(&plain), [-35000.0, -12000.0, 0.0]);
    assert_eq!(first(&other), [-12000.0, -35000.0, 0.0]);
    let swapped = city(&HOUSE.replacen("[139.69, 35.69, 40.0] }", "[35.69, 139.69, 40.0] }", 1));
    assert_eq!(codes(&swapped), ["swapped-coordinates"]);
    assert!((object(&swapped, "house-1").shapes.positions[0][0] - 35.69).abs() < 1e-3);
    let nowhere = city(&HOUSE.replacen("[139.69, 35.69, 40.0] }", "[2.0, 1.0, 40.0] }", 1));
    assert_eq!(codes(&nowhere), ["assumed-axis-order"]);
}

#[test]
fn a_bad_line_of_a_sequence_costs_only_itself() {
    let lines: Vec<_> = SEQUENCE.lines().collect();
    for bad in [
        "{\"type\":",
        "[]",
        "{\"type\":\"Feature\"}",
        lines[0],
        "{\"type\":\"CityJSONFeature\",\"CityObjects\":[]}",
    ] {
        let city = city(&[lines[0], lines[1], bad, lines[2], ""].join("\n"));
        assert_eq!((city.objects.len(), codes(&city)), (2, vec!["bad-feature"]), "{bad}");
        assert!(city.report.entries[0].place.ends_with("line 3"), "{:?}", city.report);
    }
    let odd = lines[2].replace("\"id\":\"b\"", "\"id\":\"c\",\"transform\":{}");
    let city = city(&[lines[0], lines[1], &odd, lines[1]].join("\n"));
    let mut found = codes(&city);
    found.sort_unstable();
    assert_eq!(found, ["broken-feature-id", "duplicate-id", "duplicate-id", "misplaced-member"]);
    assert_eq!(city.objects.len(), 3);
}

#[test]
fn a_cut_sequence_says_where_and_what_was_whole() {
    let cut = &SEQUENCE[..SEQUENCE.len() - 20];
    let mut seen = 0;
    let error = stream(cut.as_bytes(), "t.jsonl", &Limits::default(), |item| {
        seen += usize::from(item.kind == futago_raw::ItemKind::Object);
        std::ops::ControlFlow::Continue(())
    });
    assert!(matches!(error, Err(CityJsonError::Cut { line: 3, whole: 1, .. })), "{error:?}");
    assert_eq!(seen, 1);
    assert!(matches!(try_city(&HOUSE[..HOUSE.len() - 9]), Err(CityJsonError::Cut { whole: 0, .. })));
}

#[test]
fn a_report_stays_small() {
    let bad = vec!["[[0,1,99]]"; 50].join(",");
    let text = with_geometry(&format!(r#"[{{"type":"MultiSurface","lod":"2","boundaries":[{bad}]}}]"#));
    let limits = Limits { entries_per_code: 5, ..Limits::default() };
    let city = read(text.as_bytes(), "t.json", &limits).unwrap();
    assert_eq!(city.report.entries.len(), 6);
    assert!(city.report.entries[5].action.starts_with("45 more"), "{:?}", city.report.entries[5]);
}
