//! Networks, floors and underground ways, good and bad, through the public readers.

use futago_geojson::{
    GeoJsonError, read_floor_parts, read_underground_ways, read_walk_links, read_walk_nodes,
};
use futago_raw::Raw;

const CRS: &str = r#""crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::6677"}},"#;

const NODES: &str = r#"[
    {"type":"Feature","properties":{"node_id":"n1","ordinal":-1.0,"in_out":"3"},"geometry":{"type":"Point","coordinates":[-12100.5,-34100.25]}},
    {"type":"Feature","properties":{"node_id":"n2","ordinal":"high","in_out":"2.5"},"geometry":{"type":"Point","coordinates":[-12090,-34100]}},
    {"type":"Feature","properties":{"node_id":"far"},"geometry":{"type":"Point","coordinates":[1e9,0]}},
    {"type":"Feature","properties":{"node_id":"none"},"geometry":null}]"#;

const LINKS: &str = r#"[
    {"type":"Feature","properties":{"link_id":"l1","start_id":"n1","end_id":"n2","distance":10.5,"rt_struct":"7","route_type":"6","direction":"1","width":"3","vtcl_slope":"1","lev_diff":"1","elevator":"1","roof":"2"},"geometry":{"type":"LineString","coordinates":[[-12100.5,-34100.25],[-12090,-34100]]}},
    {"type":"Feature","properties":{"link_id":"l2","end_id":null,"route_type":"many"},"geometry":{"type":"Point","coordinates":[0,0]}}]"#;

const FLOORS: &str = r#"[
    {"type":"Feature","properties":{"id":"f1","category":"2","name":"グランドレベル","ordinal":0},"geometry":{"type":"Polygon","coordinates":[[[0,0],[0,9],[9,9],[9,0],[0,0]]]}},
    {"type":"Feature","properties":{"id":"s1","category":"B021","floor_id":"f1","name":"不明","restricted":"1","toll":"3"},"geometry":{"type":"MultiPolygon","coordinates":[[[[1,1],[1,2],[2,2],[1,1]]]]}}]"#;

const WAYS: &str = r#"{"ways":[{"p":[1.5,2.0,3.0,4.0],"e":-6.5},{"p":[1,2,3]},{"p":[1,2,9e9,4]},{"p":"x"},7,
    {"p":[0,0,5,5]}],"areas":[],"labels":[{"t":"通り"}]}"#;

fn collection(crs: &str, features: &str) -> Vec<u8> {
    format!(r#"{{"type":"FeatureCollection","name":"x",{crs}"features":{features}}}"#).into_bytes()
}

fn codes<T>(raw: &Raw<T>) -> Vec<&str> {
    raw.report.entries.iter().map(|entry| entry.code.as_str()).collect()
}

#[test]
fn nodes_have_their_level_and_bad_ones_are_reported() {
    let raw = read_walk_nodes(&collection(CRS, NODES), "n.geojson", 6677).expect("a collection");
    assert_eq!(raw.features.len(), 2);
    let node = &raw.features[0];
    assert_eq!(
        (node.id.as_deref(), node.at, node.ordinal, node.in_out),
        (Some("n1"), [-12100.5, -34100.25], Some(-1.0), Some(3))
    );
    assert_eq!((raw.features[1].ordinal, raw.features[1].in_out), (None, None));
    assert_eq!(codes(&raw), ["bad-property", "bad-property", "bad-coordinates", "no-geometry"]);
    assert_eq!(raw.report.entries[0].feature, "n2");
}

#[test]
fn links_have_their_codes() {
    let raw = read_walk_links(&collection(CRS, LINKS), "l.geojson", 6677).expect("a collection");
    let [link] = raw.features.as_slice() else { panic!("{:?}", raw.features) };
    assert_eq!((link.start_id.as_deref(), link.end_id.as_deref()), (Some("n1"), Some("n2")));
    assert_eq!((link.distance_m, link.route_type, link.roof), (Some(10.5), Some(6), Some(2)));
    assert_eq!(link.line.len(), 2);
    assert_eq!(codes(&raw), ["unusable-geometry"]);
}

#[test]
fn floors_and_spaces() {
    let raw = read_floor_parts(&collection("", FLOORS), "f.geojson", 6677).expect("a collection");
    let [floor, space] = raw.features.as_slice() else { panic!("{:?}", raw.features) };
    assert_eq!((floor.ordinal, floor.category.as_deref()), (Some(0.0), Some("2")));
    assert_eq!((space.floor_id.as_deref(), space.name.as_deref()), (Some("f1"), None), "不明 is no name");
    assert_eq!((space.restricted, space.toll), (Some(1), Some(3)));
    assert!(raw.report.entries.is_empty(), "{:?}", raw.report);
}

#[test]
fn another_system_is_an_error_with_both_names() {
    let crs = CRS.replace("6677", "6676");
    let error = read_walk_nodes(&collection(&crs, NODES), "n.geojson", 6677).expect_err("another zone");
    assert!(matches!(error, GeoJsonError::OtherPlane { epsg: 6677, .. }), "{error}");
    assert!(error.to_string().contains("6676") && error.to_string().contains("n.geojson"), "{error}");
}

#[test]
fn underground_ways_and_what_is_none() {
    let raw = read_underground_ways(WAYS.as_bytes(), "t.json").expect("ways");
    assert_eq!(raw.features.iter().map(|way| way.index).collect::<Vec<_>>(), [0, 5]);
    assert_eq!((raw.features[0].line[1], raw.features[0].height_m), ([3.0, 4.0], Some(-6.5)));
    assert_eq!(codes(&raw), ["bad-coordinates", "bad-coordinates", "bad-feature", "bad-feature"]);
    for text in ["[]", "{}", r#"{"ways":5}"#] {
        let error = read_underground_ways(text.as_bytes(), "t.json").expect_err(text);
        assert!(matches!(error, GeoJsonError::NotUnderground { .. }), "{text}: {error}");
    }
    let error = read_underground_ways(&WAYS.as_bytes()[..40], "t.json").expect_err("cut");
    assert!(matches!(error, GeoJsonError::NotJson { .. }), "{error}");
}

/// SplitMix64, so that every run breaks the same bytes.
fn next(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mut z = *state;
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// Whatever the bytes: features, Report or an error, and nothing that is no finite place.
#[test]
fn broken_bytes_never_panic() {
    let files =
        [collection(CRS, NODES), collection(CRS, LINKS), collection(CRS, FLOORS), WAYS.as_bytes().to_vec()];
    let (mut state, mut refused, mut read) = (26, 0, 0);
    for round in 0..6000 {
        let mut bytes = files[round % files.len()].clone();
        for _ in 0..1 + next(&mut state) % 4 {
            let at = next(&mut state) as usize % bytes.len();
            match next(&mut state) % 12 {
                0..=5 => bytes[at] = next(&mut state) as u8,
                6..=10 => bytes[at] = b"0123456789-.eE,[]{}\"n"[next(&mut state) as usize % 21],
                _ => bytes.truncate(at.max(1)),
            }
        }
        let places: Vec<[f64; 2]> = match round % files.len() {
            0 => read_walk_nodes(&bytes, "x", 6677)
                .map(|raw| raw.features.iter().map(|node| node.at).collect()),
            1 => read_walk_links(&bytes, "x", 6677)
                .map(|raw| raw.features.into_iter().flat_map(|link| link.line).collect()),
            2 => read_floor_parts(&bytes, "x", 6677).map(|raw| {
                raw.features
                    .into_iter()
                    .flat_map(|part| part.parts)
                    .flat_map(|part| part.rings)
                    .flatten()
                    .collect()
            }),
            _ => read_underground_ways(&bytes, "x")
                .map(|raw| raw.features.into_iter().flat_map(|way| way.line).collect()),
        }
        .unwrap_or_else(|_| {
            refused += 1;
            Vec::new()
        });
        read += usize::from(!places.is_empty());
        assert!(places.iter().flatten().all(|m| m.abs() <= 1e7), "{}", String::from_utf8_lossy(&bytes));
    }
    assert!(refused > 500 && read > 300, "{refused} refused, {read} read");
}
