//! `futago view` without a display, and with files it cannot use.

#![cfg(feature = "window")]

mod common;

use common::{command, futago};

#[test]
fn without_a_display_it_says_so_and_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    // Elsewhere there is always a display.
    if cfg!(target_os = "linux") {
        futago(folder.path(), &["view"]).refuses(1, &["display", "futago run"]);
        futago(folder.path(), &["--lang", "ja", "view"]).refuses(1, &["futago run"]);
    }
}

#[test]
fn files_that_are_not_views_are_named() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
    write("torn.json", "{\"camera\": {\"target_m\": [0, 0");
    write("other.json", "{\"name\": \"not a view\"}");
    write("wrong.jsonl", "{\"play\": true}\n{\"paly\": true}\n");
    futago(folder.path(), &["view", "--state", "missing.json"]).refuses(1, &["missing.json"]);
    futago(folder.path(), &["view", "--state", "torn.json"]).refuses(2, &["torn.json"]);
    futago(folder.path(), &["view", "--state", "other.json"]).refuses(2, &["other.json", "name"]);
    futago(folder.path(), &["view", "--commands", "wrong.jsonl"]).refuses(2, &["wrong.jsonl", "line 2"]);
    futago(folder.path(), &["view", "--state", "futago-view:1:torn"]).refuses(2, &["link"]);
    futago(folder.path(), &["view", "--scenario", "missing.toml"]).refuses(1, &["missing.toml"]);
    futago(folder.path(), &["view", "--size", "wide"]).refuses(2, &["wide"]);
    futago(folder.path(), &["view", "nothing.city"]).refuses(1, &["nothing.city"]);
}

#[test]
fn a_display_that_is_not_there_is_no_crash() {
    let folder = tempfile::tempdir().unwrap();
    if !cfg!(target_os = "linux") {
        return;
    }
    let ended = command(folder.path()).env("DISPLAY", ":4711").arg("view").output().unwrap();
    let told = String::from_utf8_lossy(&ended.stderr);
    assert_eq!(ended.status.code(), Some(1), "{told}");
    assert!(told.contains("futago run"), "{told}");
    assert!(!told.contains("panicked"), "{told}");
}
