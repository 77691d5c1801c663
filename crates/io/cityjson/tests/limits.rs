//! Files that are not what they say, and files that are too much.

mod common;

use std::ops::ControlFlow;

use common::{HOUSE, SEQUENCE, STREET, try_city};
use futago_cityjson::{CityJsonError, Limits, read, read_file, stream};

#[test]
fn files_that_are_no_cityjson_are_refused_with_place_and_way_out() {
    for text in ["", " \n ", "hello", "<core:CityModel/>", "{]", "{\"type\":\"CityJSON\",}"] {
        let error = try_city(text).expect_err(text);
        assert!(matches!(error, CityJsonError::NotJson { .. }), "{text}: {error:?}");
        assert!(error.to_string().contains("t.json") && error.to_string().contains("line"), "{error}");
    }
    for text in
        ["[]", "5", "{}", "{\"type\":\"FeatureCollection\"}", "{\"type\":\"CityJSON\",\"CityObjects\":[]}"]
    {
        let error = try_city(text).expect_err(text);
        assert!(matches!(error, CityJsonError::NotCityJson { .. }), "{text}: {error:?}");
    }
    let transform = HOUSE.replacen("\"scale\"", "\"size\"", 1);
    assert!(matches!(try_city(&transform), Err(CityJsonError::NotCityJson { .. })));
    let wide: Vec<u8> = "\u{feff}{}".encode_utf16().flat_map(u16::to_le_bytes).collect();
    for bytes in [&wide[..], b"{\"type\":\"CityJSON\xff\"}"] {
        let error = read(bytes, "t.json", &Limits::default()).unwrap_err();
        assert!(matches!(error, CityJsonError::Encoding { .. }), "{error:?}");
        let error = stream(bytes, "t.json", &Limits::default(), |_| ControlFlow::Continue(())).unwrap_err();
        assert!(matches!(error, CityJsonError::Encoding { .. }), "{error:?}");
    }
}

#[test]
fn other_versions_are_refused_and_patches_are_fine() {
    for version in ["0.9", "3.0", "2.01", "2", "", "two"] {
        let text = HOUSE.replacen("\"version\": \"2.0\"", &format!("\"version\": \"{version}\""), 1);
        assert!(matches!(try_city(&text), Err(CityJsonError::Version { .. })), "{version}");
    }
    for version in ["1.0", "1.1", "2.0", "2.0.1", "1.1.3"] {
        let text = HOUSE.replacen("\"version\": \"2.0\"", &format!("\"version\": \"{version}\""), 1);
        assert_eq!(try_city(&text).unwrap().objects.len(), 3, "{version}");
    }
    let error = try_city(&HOUSE.replacen("\"version\": \"2.0\"", "\"version\": \"3.0\"", 1)).unwrap_err();
    assert!(error.to_string().contains("3.0") && error.to_string().contains("cjio"), "{error}");
}

#[test]
fn features_without_a_head_are_refused() {
    let (_, features) = SEQUENCE.split_once('\n').unwrap();
    for text in [features, features.lines().next().unwrap()] {
        assert!(matches!(try_city(text), Err(CityJsonError::NoHeader { .. })), "{text}");
    }
}

#[test]
fn limits_are_refused_by_name_and_can_be_raised() {
    let all = Limits::default;
    let deep = HOUSE.replacen(
        "\"heated\": true",
        &format!("\"deep\": {}1{}", "{\"a\":".repeat(70), "}".repeat(70)),
        1,
    );
    let cases = [
        (HOUSE, "file_bytes", Limits { file_bytes: 1000, ..all() }),
        (HOUSE, "text_bytes", Limits { text_bytes: 1000, ..all() }),
        (SEQUENCE, "file_bytes", Limits { file_bytes: 900, ..all() }),
        (SEQUENCE, "text_bytes", Limits { text_bytes: 300, ..all() }),
        (HOUSE, "object_bytes", Limits { object_bytes: 1000, ..all() }),
        (HOUSE, "objects", Limits { objects: 3, ..all() }),
        (SEQUENCE, "objects", Limits { objects: 2, ..all() }),
        (HOUSE, "object_vertices", Limits { object_vertices: 20, ..all() }),
        (STREET, "vertices", Limits { vertices: 100, ..all() }),
        (HOUSE, "object_nodes", Limits { object_nodes: 20, ..all() }),
        (&deep, "depth", all()),
        (HOUSE, "depth", Limits { depth: 1, ..all() }),
    ];
    for (text, name, low) in cases {
        let words = read(text.as_bytes(), "t.json", &low).map(|_| ()).expect_err(name).to_string();
        assert!(words.contains(&format!("`{name}`")) && words.contains("t.json"), "{name}: {words}");
        let high = Limits { depth: 200, ..all() };
        read(text.as_bytes(), "t.json", &high).unwrap_or_else(|error| panic!("{name}: {error}"));
        let mut lines = 0;
        let taken = stream(text.as_bytes(), "t.json", &low, |_| {
            lines += 1;
            ControlFlow::Continue(())
        });
        assert!(matches!(taken, Err(CityJsonError::TooLarge { name: found, .. }) if found == name), "{name}");
    }
}

#[test]
fn depth_has_a_ceiling_that_the_stack_bears() {
    let limits = Limits { depth: usize::MAX, ..Limits::default() };
    for levels in [200, 255, 300, 50_000] {
        let deep = format!("\"deep\": {}1{}", "[[{\"a\":".repeat(levels), "}]]".repeat(levels));
        let text = HOUSE.replacen("\"heated\": true", &deep, 1);
        let found = read(text.as_bytes(), "t.json", &limits);
        assert!(matches!(found, Ok(_) | Err(CityJsonError::TooLarge { name: "depth", .. })), "{levels}");
    }
}

#[test]
fn templates_cannot_multiply_without_end() {
    let rings = vec!["[[0,1,2]]"; 1000].join(",");
    let template =
        STREET.replacen("\"boundaries\": [[[0, 1, 2]]] }]", &format!("\"boundaries\": [{rings}] }}]"), 1);
    let one = r#"{"type":"GeometryInstance","template":0,"boundaries":[8]}"#;
    let many = vec![one; 1000].join(",");
    let text = template.replacen(
        "\"attributes\": { \"function\": \"lamp\" },",
        &format!("\"geometry\": [{many}],\"attributes\": {{}},"),
        1,
    );
    let text = text.replacen(
        "\"geometry\": [\n        {\n          \"type\": \"GeometryInstance\"",
        "\"g\": [{\"type\": \"x\"",
        1,
    );
    let limits = Limits { vertices: 100_000, ..Limits::default() };
    let error = read(text.as_bytes(), "t.json", &limits).unwrap_err();
    assert!(matches!(error, CityJsonError::TooLarge { name: "vertices", .. }), "{error:?}");
    let found = read(text.as_bytes(), "t.json", &Limits::default()).unwrap();
    assert_eq!(found.objects[0].shapes.surfaces.len(), 1_000_000);
}

#[test]
fn a_sink_may_stop() {
    for text in [HOUSE, SEQUENCE] {
        let mut seen = 0;
        let error = stream(text.as_bytes(), "t.json", &Limits::default(), |_| {
            seen += 1;
            ControlFlow::Break(())
        });
        assert!(matches!(error, Err(CityJsonError::Stopped { .. })) && seen == 1);
    }
}

#[test]
fn a_file_on_disk_is_named_without_its_folder() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.city.json");
    let error = read_file(&path, &Limits::default()).unwrap_err();
    assert!(matches!(error, CityJsonError::Io { .. }), "{error:?}");
    std::fs::write(&path, HOUSE).unwrap();
    let city = read_file(&path, &Limits::default()).unwrap();
    assert_eq!((city.header.file.as_str(), city.objects.len()), ("a.city.json", 3));
    std::fs::write(&path, "{\"type\":\"CityJSON\"").unwrap();
    let error = read_file(&path, &Limits::default()).unwrap_err().to_string();
    assert!(error.starts_with("a.city.json:"), "{error}");
}
