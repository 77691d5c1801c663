//! Every code of the Report has a name in both languages and a row in the documentation.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../..")
}

fn read(path: &str) -> String {
    std::fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// What stands between two marks, wherever both do.
fn between<'t>(text: &'t str, before: &str, after: &str) -> BTreeSet<&'t str> {
    text.split(before).skip(1).filter_map(|rest| rest.split_once(after)).map(|(word, _)| word).collect()
}

#[test]
fn names_and_rows_are_the_same_codes() {
    let [en, ja] = ["en", "ja"].map(|lang| read(&format!("assets/texts/{lang}/defects.ftl")));
    let docs = read("docs/defects.md");
    let named = between(&en, "\ndefect-", " = ");
    assert!(named.len() > 100, "{}", named.len());
    assert_eq!(named, between(&ja, "\ndefect-", " = "));
    assert_eq!(named, between(&docs, "<a id=\"", "\"></a>"));
}

#[test]
fn codes_of_the_sources_have_a_name() {
    let named = read("assets/texts/en/defects.ftl");
    let named = between(&named, "\ndefect-", " = ");
    let mut found = 0;
    for file in sources(&root().join("crates/io")) {
        let text = std::fs::read_to_string(&file).expect("a source file");
        for call in [
            ".note(\"",
            ".note(\n            \"",
            "report.add(\"",
            "note_code(\"",
            "notes.add(\"",
            "notes.at(\"",
        ] {
            for code in between(&text, call, "\"") {
                found += 1;
                assert!(named.contains(code), "{}: `{code}` has no name", file.display());
            }
        }
    }
    assert!(found > 60, "{found} codes were found");
}

/// Rust files of the readers and of this crate, without their tests.
fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).expect("a folder").flatten() {
        let path = entry.path();
        let name = entry.file_name();
        if path.is_dir()
            && !["tests", "export", "target", "benches", "examples"].iter().any(|skip| name == *skip)
        {
            files.extend(sources(&path));
        } else if path.extension().is_some_and(|ending| ending == "rs") && name != "tests.rs" {
            files.push(path);
        }
    }
    files
}
