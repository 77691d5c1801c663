//! Files in the real formats, good and bad, through the public readers.

use futago_geojson::{
    GeoJsonError, read_areas, read_buildings, read_landmarks, read_lines, read_roof_pieces, read_shelters,
    read_wide_area_sites,
};
use futago_raw::{Raw, RawBuilding};

const RING: &str = "[[139.69,35.69],[139.691,35.69],[139.691,35.691],[139.69,35.69]]";

fn feature(properties: &str, geometry: &str) -> String {
    format!(r#"{{"type":"Feature","id":7,"properties":{properties},"geometry":{geometry}}}"#)
}

fn polygon(ring: &str) -> String {
    format!(r#"{{"type":"Polygon","coordinates":[{ring}]}}"#)
}

fn collection(features: &[String]) -> String {
    let features = features.join(",");
    format!(r#"{{"type":"FeatureCollection","name":"x","bbox":[139,35,140,36],"features":[{features}]}}"#)
}

fn buildings(features: &[String]) -> Raw<RawBuilding> {
    read_buildings(collection(features).as_bytes(), "b.geojson").expect("a collection")
}

fn codes<T>(raw: &Raw<T>) -> Vec<&str> {
    raw.report.entries.iter().map(|entry| entry.code.as_str()).collect()
}

#[test]
fn a_good_building_has_all_its_properties() {
    let properties =
        r#"{"id":"13104-bldg-1","h":12.5,"town_code":"13104001","flood_depth":0.5,"clipped":true}"#;
    let raw = buildings(&[feature(properties, &polygon(RING))]);
    let building = &raw.features[0];
    assert_eq!((building.id.as_deref(), building.feature_id.as_deref()), (Some("13104-bldg-1"), Some("7")));
    assert_eq!((building.height_m, building.flood_depth_m), (Some(12.5), Some(0.5)));
    assert_eq!((building.town_code.as_deref(), building.clipped), (Some("13104001"), true));
    assert_eq!(building.parts[0].rings[0].len(), 4);
    assert!(raw.report.entries.is_empty(), "{:?}", raw.report);
}

#[test]
fn a_bbox_before_the_features_is_no_feature() {
    let pieces = collection(&[feature(r#"{"z":9,"bldg_id":"a"}"#, &polygon(RING))]);
    let raw = read_roof_pieces(pieces.as_bytes(), "r.geojson").expect("a collection");
    assert_eq!((raw.features.len(), raw.features[0].top_m), (1, Some(9.0)));
}

#[test]
fn swapped_coordinates_are_swapped_back_and_reported() {
    let ring = "[[35.69,139.69],[35.69,139.691],[35.691,139.691],[35.69,139.69]]";
    let raw = buildings(&[feature(r#"{"id":"a"}"#, &polygon(ring))]);
    assert_eq!(raw.features[0].parts[0].rings[0][1], [139.691, 35.69]);
    assert_eq!(codes(&raw), ["swapped-coordinates"]);
    assert_eq!(raw.report.entries[0].place, "b.geojson, feature 0");
}

#[test]
fn a_feature_with_a_bad_number_goes_and_the_rest_stays() {
    let good = feature(r#"{"id":"good","h":3}"#, &polygon(RING));
    for bad in ["NaN", "-Infinity", "null", "\"x\"", "1e999", "200"] {
        let ring = format!("[[{bad},35.69],[139.691,35.69],[139.691,35.691],[139.69,35.69]]");
        let raw = buildings(&[feature(r#"{"id":"bad"}"#, &polygon(&ring)), good.clone()]);
        assert_eq!(raw.features.len(), 1, "{bad}");
        assert_eq!((raw.features[0].id.as_deref(), raw.features[0].index), (Some("good"), 1), "{bad}");
        assert_eq!(raw.report.entries.len(), 1, "{bad}: {:?}", raw.report);
        assert!(["bad-feature", "bad-coordinates"].contains(&codes(&raw)[0]), "{bad}: {:?}", raw.report);
    }
}

#[test]
fn a_property_of_the_wrong_type_counts_as_not_known() {
    let raw = buildings(&[
        feature(r#"{"id":"a","h":"tall"}"#, &polygon(RING)),
        feature(r#"{"id":5,"h":"4.5"}"#, &polygon(RING)),
        feature(r#"{"id":"c","h":NaN}"#, &polygon(RING)),
    ]);
    let heights: Vec<_> = raw.features.iter().map(|b| b.height_m).collect();
    assert_eq!(heights, [None, Some(4.5), None]);
    assert_eq!(raw.features[1].id.as_deref(), Some("5"));
    assert_eq!(codes(&raw), ["bad-property", "bad-property"]);
}

#[test]
fn a_feature_of_another_shape_or_none_is_left_out() {
    let point = r#"{"type":"Point","coordinates":[139.69,35.69]}"#;
    let raw = buildings(&[feature("{}", point), feature("{}", "null"), "5".to_owned()]);
    assert!(raw.features.is_empty());
    assert_eq!(codes(&raw), ["unusable-geometry", "no-geometry", "bad-feature"]);
}

#[test]
fn lines_and_areas_carry_their_class() {
    let line = r#"{"type":"MultiLineString","coordinates":[[[139.69,35.69],[139.7,35.69]]]}"#;
    let river = feature(r#"{"class":"river","name:latin":"神田川","brunnel":"tunnel"}"#, line);
    let raw = read_lines(collection(&[river]).as_bytes(), "w.geojson").expect("a collection");
    let found = &raw.features[0];
    assert_eq!((found.class.as_str(), found.name.as_deref()), ("river", Some("神田川")));
    assert_eq!(found.brunnel.as_deref(), Some("tunnel"));
    let park = feature(r#"{"class":"grass","subclass":"park"}"#, &polygon(RING));
    let raw = read_areas(collection(&[park]).as_bytes(), "a.geojson").expect("a collection");
    assert_eq!(raw.features[0].subclass.as_deref(), Some("park"));
}

#[test]
fn files_that_are_not_what_they_say_are_errors_with_place_and_remedy() {
    let whole = collection(&[feature(r#"{"id":"a"}"#, &polygon(RING))]);
    let cut = read_buildings(&whole.as_bytes()[..whole.len() - 20], "cut.geojson").expect_err("cut");
    assert!(matches!(&cut, GeoJsonError::NotJson { line: 1, .. }), "{cut}");
    assert!(cut.to_string().contains("cut.geojson") && cut.to_string().contains("fetch it again"), "{cut}");

    for text in ["<gml/>", "", "PK\u{3}\u{4}"] {
        let error = read_buildings(text.as_bytes(), "x").expect_err(text);
        assert!(matches!(error, GeoJsonError::NotJson { .. }), "{error}");
    }
    for text in [r#"{"type":"Feature"}"#, "{}", "[1]", r#"{"type":"FeatureCollection"}"#] {
        let error = read_buildings(text.as_bytes(), "x").expect_err(text);
        assert!(matches!(error, GeoJsonError::NotACollection { .. }), "{text}: {error}");
    }
    let crs = r#"{"type":"FeatureCollection","crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::6677"}},"features":[]}"#;
    let error = read_buildings(crs.as_bytes(), "x").expect_err("plane coordinates");
    assert!(matches!(error, GeoJsonError::OtherSystem { .. }), "{error}");
}

#[test]
fn shelters_and_sites() {
    let text = "\u{feff}admin_code,name,facility_type,capacity,area_m2,lat,lon\n\
                13104,小学校,避難所,300,,35.69,139.69\n\
                13104,中学校,避難所,many,-1,139.69,35.69\n\
                13104,壊れた行,避難所,,,here,139.69\n\
                13104,海の外,避難所,,,95,500\n";
    let raw = read_shelters(text.as_bytes(), "s.csv").expect("csv");
    assert_eq!(raw.features.len(), 2);
    assert_eq!((raw.features[0].capacity_persons, raw.features[0].area_m2), (Some(300), None));
    assert_eq!((raw.features[1].at, raw.features[1].capacity_persons), ([139.69, 35.69], None));
    let found = codes(&raw);
    assert_eq!(found, ["swapped-coordinates", "bad-property", "bad-property", "bad-row", "bad-coordinates"]);

    let text = "name,kind,lat,lon,effective_area_m2,capacity_persons,source,note\n中央公園,避難場所,35.69,139.69,185200,72700,P20,\"a, b\"\n";
    let raw = read_wide_area_sites(text.as_bytes(), "w.csv").expect("csv");
    assert_eq!((raw.features[0].capacity_persons, raw.features[0].wide_area), (Some(72_700), true));
}

#[test]
fn a_table_without_a_needed_column_is_an_error() {
    let error = read_landmarks(b"id,name\n1,a\n", "l.csv").expect_err("no bldg_id");
    assert!(error.to_string().contains("`bldg_id`") && error.to_string().contains("id, name"), "{error}");
    let raw = read_landmarks(b"bldg_id,name_ja,name_en,lod2_main_roof_m\nx,a,b,\ny,a,b,2.5\n", "l.csv")
        .expect("csv");
    assert_eq!(raw.features.iter().map(|l| l.main_roof_m).collect::<Vec<_>>(), [None, Some(2.5)]);
}
