//! The page's texts: each is used, and each that is used is there.

use std::collections::BTreeSet;
use std::path::Path;

use futago_texts::{Lang, Texts, keys};

/// Numbered on the page about the page.
const NUMBERED: [&str; 2] = ["page-statement-does-", "page-statement-not-"];

/// Everything that the page is made of, as one text.
fn sources(folder: &Path, into: &mut String) {
    for entry in std::fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display())) {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            sources(&path, into);
        } else if let Ok(text) = std::fs::read_to_string(&path) {
            into.push_str(&text);
        }
    }
}

/// Words of a text that begin like a key of the page.
fn named(text: &str) -> BTreeSet<&str> {
    let key = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    text.split(|c| !key(c)).filter(|word| word.starts_with("page-")).collect()
}

#[test]
fn every_text_of_the_page_is_used() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut text = String::new();
    sources(&root.join("page"), &mut text);
    sources(&root.join("src"), &mut text);
    let used = named(&text);
    let known: Vec<String> = keys(Lang::En).into_iter().filter(|key| key.starts_with("page-")).collect();
    assert!(known.len() > 80, "{} texts", known.len());
    let unused: Vec<_> = known
        .iter()
        .filter(|key| {
            !used.contains(key.as_str()) && !NUMBERED.iter().any(|numbered| key.starts_with(numbered))
        })
        .collect();
    assert!(unused.is_empty(), "texts that nothing shows: {unused:?}");
    let english = Texts::new(Lang::En);
    let missing: Vec<_> = used.iter().filter(|key| !key.ends_with('-') && !english.has(key)).collect();
    assert!(missing.is_empty(), "texts that are not there: {missing:?}");
}
