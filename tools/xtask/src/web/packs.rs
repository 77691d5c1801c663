//! The city for the page: the packs that it draws and answers from, without what it does not use.

use std::path::Path;

use anyhow::Context;
use futago_model::Objects;
use futago_pack::Pack;
use serde::Serialize;

/// Packs of the page; those for walking inside are for simulations that it does not have yet.
const PACKS: [&str; 4] = ["buildings.city", "streets.city", "bridges.city", "shelters.city"];

#[derive(Serialize)]
struct List {
    packs: Vec<Entry>,
}

#[derive(Serialize)]
struct Entry {
    name: String,
    bytes: usize,
}

/// Writes packs and list; gives the credits.
pub fn write(root: &Path, out: &Path) -> anyhow::Result<Vec<String>> {
    std::fs::create_dir_all(out)?;
    let mut list = List { packs: Vec::new() };
    let mut credits: Vec<String> = Vec::new();
    for name in PACKS {
        let path = root.join("assets/nishi-shinjuku").join(name);
        let bytes = std::fs::read(&path).with_context(|| format!("reading {}", path.display()))?;
        let pack = Pack::read(&bytes).with_context(|| format!("opening {}", path.display()))?;
        for credit in pack.city.credits() {
            if !credits.iter().any(|known| known == credit) {
                credits.push(credit.to_owned());
            }
        }
        // What the sources say object by object, and the remarks of the import, are for planners.
        let bare = Pack { objects: Objects::default(), report: Default::default(), ..pack };
        let bytes = bare.to_bytes().with_context(|| format!("writing {name}"))?;
        list.packs.push(Entry { name: name.to_owned(), bytes: bytes.len() });
        std::fs::write(out.join(name), bytes)?;
    }
    std::fs::write(out.join("city.json"), serde_json::to_vec(&list)?)?;
    Ok(credits)
}
