//! What files say, and what becomes of it.

mod common;

use common::{Memory, generic, houses};
use futago_features::{FeaturesError, Limits, read};
use futago_geodesy::{PlanePoint, PlaneZone};
use futago_raw::{GeometryKind, RawCity, RawObject};

const FORMATS: [&str; 4] = ["houses.geojson", "houses.fgb", "houses.parquet", "houses.shp"];

/// Rings of an object in degrees, each from its smallest vertex on, as files may begin anywhere.
fn rings(object: &RawObject) -> Vec<Vec<[f64; 2]>> {
    let epsg = object.shapes.geometries[0].epsg.expect("a system");
    let zone = PlaneZone::from_epsg(6677).expect("a zone");
    let degrees = |at: &[f64; 3]| match epsg {
        6677 => {
            let at = zone.lonlat_from_plane(PlanePoint { north_m: at[0], east_m: at[1] }).expect("a place");
            [at.lat_deg, at.lon_deg]
        }
        _ => [at[0], at[1]],
    };
    let mut rings: Vec<Vec<[f64; 2]>> = Vec::new();
    for ring in &object.shapes.rings {
        let mut ring: Vec<_> = object.shapes.at(&ring.positions).iter().map(degrees).collect();
        assert!((ring[0][0] - ring[ring.len() - 1][0]).abs() < 1e-9, "rings are closed");
        ring.pop();
        let first = (0..ring.len())
            .min_by(|a, b| (ring[*a][0] + ring[*a][1]).total_cmp(&(ring[*b][0] + ring[*b][1])));
        ring.rotate_left(first.unwrap_or(0));
        rings.push(ring);
    }
    rings
}

/// An object by its id: FlatGeobuf has its own order.
fn by_id<'c>(city: &'c RawCity, id: &str) -> &'c RawObject {
    city.objects.iter().find(|object| object.id() == Some(id)).unwrap_or_else(|| panic!("no {id}"))
}

fn codes(city: &RawCity) -> Vec<(&str, &str)> {
    city.report.entries.iter().map(|e| (e.code.as_str(), e.feature.as_str())).collect()
}

#[test]
fn four_formats_say_the_same() {
    let files = houses();
    let plain = files.read("houses.geojson").expect("GeoJSON");
    for file in FORMATS {
        let city = files.read(file).unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(city.objects.len(), 3, "{file}");
        for same in &plain.objects {
            let object = by_id(&city, same.id().expect("an id"));
            assert_eq!(object.kind(), "bldg:Building", "{file}");
            let root = object.root();
            assert_eq!(root.value("gml:name"), same.root().value("gml:name"), "{file}");
            let height = |object: &RawObject| {
                object.root().value("bldg:measuredHeight").and_then(|text| text.parse::<f64>().ok())
            };
            assert_eq!(height(object), height(same), "{file}");
            assert_eq!(generic(root, "levels"), generic(same.root(), "levels"), "{file}");
            assert_eq!(generic(root, "built").is_some(), generic(same.root(), "built").is_some(), "{file}");
            let [ours, theirs] = [rings(object), rings(same)];
            assert_eq!(ours.len(), theirs.len(), "{file}");
            for (a, b) in ours.iter().flatten().zip(theirs.iter().flatten()) {
                assert!((a[0] - b[0]).abs() < 1e-8 && (a[1] - b[1]).abs() < 1e-8, "{file}: {a:?} {b:?}");
            }
        }
        let expected = [
            ("guessed-fields", "gml_id"),
            ("guessed-fields", "name"),
            ("guessed-fields", "height"),
            ("guessed-fields", "levels"),
            ("guessed-kind", "bldg:Building"),
            ("height-from-storeys", ""),
        ];
        assert_eq!(codes(&city), expected, "{file}");
    }
}

#[test]
fn a_house_has_a_footprint_and_all_its_fields() {
    let city = houses().read("houses.geojson").expect("GeoJSON");
    let house = &city.objects[0];
    let footprint = house.root().child("bldg:lod0FootPrint").expect("a footprint");
    let geometry = footprint.geometries().next().expect("a geometry");
    assert_eq!(
        (geometry.kind, geometry.lod, geometry.epsg),
        (GeometryKind::MultiSurface, Some(0), Some(4326))
    );
    assert_eq!(house.shapes.positions[0], [35.6890, 139.6910, 0.0]);
    assert!(house.shapes.rings[1].interior);
    assert_eq!(generic(house.root(), "height"), Some("9.5"));
    assert_eq!(generic(house.root(), "built"), Some("1991-03-09"));
    assert_eq!(generic(house.root(), "feature_id"), Some("7"));
    assert_eq!(house.root().value("bldg:storeysAboveGround"), Some("3"));
    let assumed = city.objects[1].root().child("bldg:measuredHeight").expect("a height");
    assert_eq!((assumed.text(), assumed.attribute("futago:assumed")), ("6", Some("storeys x 3 m")));
    let text = include_str!("data/houses.geojson");
    let begins = &text[house.byte as usize..];
    assert!(begins.starts_with("{\"type\":\"Feature\",\"id\":7"));
}

#[test]
fn a_sidecar_says_what_fields_are() {
    let sidecar = "kind = 'bldg:Building'\nid = 'gml_id'\nheight_m = 'height'\nstorey_height_m = 3.5\nstoreys = 'levels'\n\
        [elements]\n'bldg:yearOfConstruction' = 'built'\n";
    let city = houses().with("houses.fgb.toml", sidecar).read("houses.fgb").expect("FlatGeobuf");
    assert_eq!(by_id(&city, "house-2").root().value("bldg:measuredHeight"), Some("7"));
    assert!(
        by_id(&city, "house-1").root().value("bldg:yearOfConstruction").expect("a year").starts_with("1991")
    );
    let wrong =
        houses().with("houses.fgb.toml", "height_m = 'hoehe'").read("houses.fgb").unwrap_err().to_string();
    assert!(
        wrong.contains("`hoehe`") && wrong.contains("houses.fgb.toml") && wrong.contains("levels"),
        "{wrong}"
    );
}

#[test]
fn a_shapefile_without_its_files_says_what_is_missing() {
    let mut files = houses();
    files.0.remove("houses.prj");
    let error = files.read("houses.shp").unwrap_err().to_string();
    assert!(error.contains("houses.shp.toml") && error.contains("epsg"), "{error}");
    let mut files = files.with("houses.shp.toml", "epsg = 6677");
    files.0.remove("houses.cpg");
    let city = files.read("houses.shp").expect("a Shapefile");
    assert_eq!(generic(city.objects[0].root(), "name"), Some("都庁第一"));
    assert!(codes(&city).contains(&("assumed-encoding", "houses.dbf")));
    files.0.remove("houses.dbf");
    let city = files.read("houses.shp").expect("a Shapefile");
    assert_eq!((city.objects.len(), city.objects[0].kind()), (3, "gen:GenericCityObject"));
    assert_eq!(codes(&city), [("missing-table", "houses.dbf")]);
    let tokyo = files
        .with("houses.shp.toml", "")
        .with("houses.prj", "PROJCS[\"Japan_Zone_9\",GEOGCS[\"GCS_Tokyo\"]]");
    assert!(tokyo.read("houses.shp").unwrap_err().to_string().contains("Japan_Zone_9"));
}

#[test]
fn lines_points_and_collections_are_kept() {
    let line = r#"{"type":"Feature","properties":{"bldg:usage":"401","n":NaN,"tags":{"a":[1,"x"]}},"geometry":{"type":"LineString","coordinates":[[139.69,35.69,3],[139.70,35.69]]}}"#;
    let all = r#"{"type":"Feature","id":"p","note":true,"properties":null,"geometry":{"type":"GeometryCollection","geometries":[{"type":"Point","coordinates":[139.69,35.69]},{"type":"MultiLineString","coordinates":[[[139.69,35.69],[139.7,35.7]]]}]}}"#;
    let none = r#"{"type":"Feature","properties":{},"geometry":null}"#;
    // A sequence, with and without separators, and with a broken text in it.
    let text = format!("\u{1e}{line}\n{all}\n{{\"type\":\n{none}\n");
    let city = Memory::default().with("a.geojsonl", text).read("a.geojsonl").expect("a sequence");
    assert_eq!(city.objects.len(), 3);
    let first = city.objects[0].root();
    assert_eq!((first.name(), first.value("bldg:usage")), ("gen:GenericCityObject", Some("401")));
    assert_eq!(first.child("tags").expect("nested").children().count(), 2);
    assert_eq!(city.objects[0].shapes.positions, [[35.69, 139.69, 3.0], [35.69, 139.70, 0.0]]);
    let second = &city.objects[1];
    assert_eq!((second.id(), generic(second.root(), "note")), (Some("p"), Some("true")));
    assert_eq!((second.shapes.points.len(), second.shapes.lines.len()), (1, 1));
    assert_eq!(codes(&city), [("bad-feature", ""), ("no-geometry", "")]);
}

#[test]
fn the_old_crs_member_and_swapped_degrees_are_understood() {
    let file = |crs: &str, at: &str| {
        let text = format!(
            r#"{{"type":"FeatureCollection",{crs}"features":[{{"type":"Feature","properties":{{}},"geometry":{{"type":"Point","coordinates":{at}}}}}]}}"#
        );
        Memory::default().with("a.json", text).read("a.json")
    };
    let named = |name: &str| format!(r#""crs":{{"type":"name","properties":{{"name":"{name}"}}}},"#);
    let plane = file(&named("urn:ogc:def:crs:EPSG::6677"), "[-12900.5,-34400]").expect("a plane");
    assert_eq!(plane.objects[0].shapes.positions[0], [-34400.0, -12900.5, 0.0]);
    assert_eq!(plane.objects[0].shapes.geometries[0].epsg, Some(6677));
    assert!(matches!(file(&named("EPSG:99999"), "[1,2]"), Err(FeaturesError::NoSystem { .. })));
    let mercator = file(&named("EPSG:3857"), "[15550413,4257979]").expect("web Mercator");
    assert_eq!(mercator.objects[0].shapes.positions[0], [15_550_413.0, 4_257_979.0, 0.0]);
    let swapped = file("", "[35.69,139.69]").expect("a point");
    assert_eq!(swapped.objects[0].shapes.positions[0], [35.69, 139.69, 0.0]);
    assert_eq!(codes(&swapped), [("swapped-coordinates", "")]);
}

#[test]
fn faces_in_space_are_no_footprint() {
    let text = r#"{"type":"Feature","properties":{"height":3},"geometry":{"type":"MultiPolygon","coordinates":[[[[139.69,35.69,40],[139.69,35.69,43],[139.70,35.69,43],[139.69,35.69,40]]]]}}"#;
    let city = Memory::default().with("a.geojson", text).read("a.geojson").expect("a face");
    assert!(city.objects[0].root().child("bldg:lod2MultiSurface").is_some());
}

#[test]
fn what_is_not_a_layer_is_refused_with_its_name() {
    let cases: [(&[u8], &str); 6] = [
        (b"", "it is empty"),
        (b"plain words", "begins with"),
        (b"{\"type\":\"FeatureCollection\",\"features\":[", "ends too early"),
        (b"{\"type\":\"FeatureCollection\"}", "without `features`"),
        (b"PAR1 and nothing", "the table"),
        (b"fgb\x03fgb\x00\x08\x00", "the header"),
    ];
    for (bytes, want) in cases {
        let error = Memory::default().with("x", bytes).read("x").unwrap_err().to_string();
        assert!(error.starts_with("x: ") && error.contains(want), "{error}");
    }
    let limits = [
        (Limits { file_bytes: 100, ..Limits::default() }, "file_bytes"),
        (Limits { features: 2, ..Limits::default() }, "features"),
        (Limits { feature_bytes: 50, ..Limits::default() }, "feature_bytes"),
    ];
    for (limits, name) in limits {
        for file in ["houses.geojson", "houses.fgb", "houses.shp"] {
            let error = read(&houses(), file, &limits).expect_err("beyond the limit").to_string();
            assert!(error.contains(name), "{file}: {error}");
        }
    }
}
