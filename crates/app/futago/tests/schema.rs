//! The schema that is checked in is the one that the program has, and every scenario of the repository fits
//! the program.

mod common;

use common::{folder, futago, root};

#[test]
fn the_schema_is_up_to_date() {
    let folder = folder();
    let made = futago(folder.path(), &["schema"]).json();
    let path = root().join("assets/scenarios/scenario.schema.json");
    let kept = std::fs::read_to_string(path).expect("the schema is checked in");
    let kept: serde_json::Value = serde_json::from_str(&kept).expect("it is JSON");
    assert_eq!(kept, made, "run `futago schema > assets/scenarios/scenario.schema.json`");
    assert!(made["properties"]["sunlight"].is_object() && made["additionalProperties"] == false);
}

/// Every property of the schema is in the documentation.
#[test]
fn every_key_is_documented() {
    let folder = folder();
    let schema = futago(folder.path(), &["schema"]).json();
    let document = std::fs::read_to_string(root().join("docs/scenario.md")).unwrap();
    let mut keys = Vec::new();
    collect_keys(&schema, &mut keys);
    keys.sort();
    keys.dedup();
    let missing: Vec<_> = keys.iter().filter(|key| !document.contains(key.as_str())).collect();
    assert!(keys.len() > 30 && missing.is_empty(), "not in docs/scenario.md: {missing:?}");
}

fn collect_keys(schema: &serde_json::Value, keys: &mut Vec<String>) {
    match schema {
        serde_json::Value::Object(map) => {
            if let Some(properties) = map.get("properties").and_then(|p| p.as_object()) {
                keys.extend(properties.keys().cloned());
            }
            map.values().for_each(|value| collect_keys(value, keys));
        }
        serde_json::Value::Array(items) => items.iter().for_each(|value| collect_keys(value, keys)),
        _ => {}
    }
}
