//! The built-in city: `info` has the figures that the city must have, `export` writes files that open.

mod common;

use common::{folder, futago, names, root};

#[test]
fn the_figures_of_the_built_in_city() {
    let folder = folder();
    let info = futago(folder.path(), &["info", "--json"]).json();
    let count = |key: &str| info["counts"][key].as_f64().unwrap_or_else(|| panic!("no count {key}"));
    assert!(count("buildings") >= 25_400.0);
    assert!(count("buildings_lod2") >= 2_000.0);
    assert!(count("buildings_over_100_m_in_core") >= 50.0);
    assert!(count("buildings_over_60_m") > count("buildings_over_100_m"));
    assert!(count("streets_km") > 50.0 && count("areas") > 0.0 && count("shelters") > 0.0);
    let landmarks = info["landmarks"].as_array().unwrap();
    let tocho = landmarks.iter().find(|l| l["name_ja"] == "東京都庁第一本庁舎").expect("the landmark");
    assert!((tocho["main_roof_m"].as_f64().unwrap() - 242.7).abs() <= 0.5, "{tocho}");
    assert!(tocho["top_m"].as_f64().unwrap() > 255.0, "{tocho}");
    let credits = info["credits"].to_string();
    assert!(credits.contains("PLATEAU") && credits.contains("OpenStreetMap"), "{credits}");
    assert_eq!(info["frame"]["epsg"], 6677);
    assert!(info["import_report"].as_object().is_some_and(|report| !report.is_empty()));
}

#[test]
fn the_same_in_words() {
    let folder = folder();
    let english = futago(folder.path(), &["info"]).stdout;
    assert!(english.contains("Tokyo Metropolitan Government Building No.1: 242.7"), "{english}");
    let japanese = futago(folder.path(), &["info", "--lang", "ja"]).stdout;
    assert!(japanese.contains("東京都庁第一本庁舎: 242.7") && japanese.contains("出典"), "{japanese}");
}

#[test]
fn one_pack_is_a_city_too() {
    let folder = folder();
    let streets = root().join("assets/nishi-shinjuku/streets.city");
    let info = futago(folder.path(), &["info", "--json", streets.to_str().unwrap()]).json();
    assert_eq!(info["counts"]["buildings"], 0);
    assert_eq!(info["packs"][0]["name"], "streets.city", "no folders of anybody's machine");
}

#[test]
fn the_walk_network_is_one_of_both_packs() {
    let folder = folder();
    let walk = futago(folder.path(), &["info", "--json"]).json()["walk"].clone();
    let count = |key: &str| walk[key].as_f64().unwrap_or_else(|| panic!("no {key}"));
    assert!(count("links") > 10_000.0 && count("joins") > 300.0 && count("stand_ins") == 0.0, "{walk}");
    assert!(count("largest_component_m") > 0.95 * count("length_m"), "{walk}");
    let levels = walk["levels"].as_array().unwrap();
    let plaza = levels.iter().find(|level| level["level"] == -1.0).expect("the first basement");
    assert_eq!((&plaza["height_m"], &plaza["height_assumed"]), (&(-5.0).into(), &false.into()));
    assert!(walk["floors"]["floors"].as_u64().unwrap() >= 200, "{walk}");
    let words = [
        ("en", ["Walk network: ", "escalators", "B1", "(assumed)"]),
        ("ja", ["歩行ネットワーク", "エスカレーター", "地下1階", "仮定"]),
    ];
    for (lang, words) in words {
        let text = futago(folder.path(), &["info", "--lang", lang]).stdout;
        assert!(words.iter().all(|word| text.contains(word)), "{text}");
    }
}

#[test]
fn packs_stay_small() {
    let packs = root().join("assets/nishi-shinjuku");
    let sizes = std::fs::read_dir(packs).unwrap().map(|entry| entry.unwrap());
    let packs = sizes.filter(|entry| entry.path().extension().is_some_and(|e| e == "city"));
    let total: u64 = packs.map(|entry| entry.metadata().unwrap().len()).sum();
    assert!((1..=12_000_000).contains(&total), "{total} bytes");
}

#[test]
fn the_mesh_is_glb_with_credit() {
    let folder = folder();
    let done = futago(folder.path(), &["export", "mesh", "-o", "city.glb"]);
    assert_eq!(done.code, 0, "{}", done.stderr);
    assert!(done.stderr.contains("PLATEAU") && !done.stderr.contains("OpenStreetMap"), "{}", done.stderr);
    let bytes = std::fs::read(folder.path().join("city.glb")).unwrap();
    assert_eq!(&bytes[..4], b"glTF");
    assert_eq!(u32::from_le_bytes(bytes[8..12].try_into().unwrap()) as usize, bytes.len());
    assert_eq!(names(folder.path()), ["city.glb"]);
}

#[test]
fn buildings_are_geojson_parquet_or_csv_by_their_ending() {
    let folder = folder();
    for file in ["b.geojson", "b.parquet", "b.csv"] {
        assert_eq!(futago(folder.path(), &["export", "buildings", "-o", file]).code, 0);
    }
    let text = std::fs::read_to_string(folder.path().join("b.geojson")).unwrap();
    let layer: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert!(layer["features"].as_array().unwrap().len() >= 25_400);
    assert!(text.contains("PLATEAU"), "the credit goes with the file");
    let parquet = std::fs::read(folder.path().join("b.parquet")).unwrap();
    assert!(parquet.starts_with(b"PAR1") && parquet.ends_with(b"PAR1"));
    let csv = std::fs::read_to_string(folder.path().join("b.csv")).unwrap();
    assert!(csv.contains("# ") && csv.contains("PLATEAU"), "the credit goes with the file");
    assert!(csv.lines().count() > 25_400);
    futago(folder.path(), &["export", "buildings", "-o", "b.shp"]).refuses(2, &["b.shp", ".geojson"]);
}
