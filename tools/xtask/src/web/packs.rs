//! The city for the page: the packs that it draws and answers from, without what it does not use.

use std::path::Path;

use anyhow::Context;
use futago_flow::Flows;
use futago_model::Objects;
use futago_pack::Pack;
use serde::Serialize;

/// Packs of the first picture.
const PACKS: [&str; 4] = ["buildings.city", "streets.city", "bridges.city", "shelters.city"];
/// Packs that only the question about crowds needs: the walk network, in the order of the built-in city.
const WALK: [&str; 2] = ["station.city", "footways.city"];
/// Counts on that network.
const FLOWS: &str = "crowds.flow";

#[derive(Serialize)]
struct List {
    packs: Vec<Entry>,
    /// Flows, then packs, for the question about crowds; nothing where there are no flows.
    crowds: Vec<Entry>,
}

#[derive(Serialize)]
struct Entry {
    name: String,
    bytes: usize,
}

/// What the page says of its city.
pub struct Written {
    /// The lines that must be shown.
    pub credits: Vec<String>,
    /// Names of the packs of the first picture.
    pub first: Vec<String>,
    /// Whether crowds can be asked about: without counts beside the packs they cannot.
    pub crowds: bool,
}

/// Writes packs, flows and list.
pub fn write(root: &Path, out: &Path) -> anyhow::Result<Written> {
    std::fs::create_dir_all(out)?;
    let from = root.join("assets/nishi-shinjuku");
    let mut credits: Vec<String> = Vec::new();
    let packs: Vec<Entry> =
        PACKS.iter().map(|name| pack(&from, out, name, &mut credits)).collect::<Result<_, _>>()?;
    let mut crowds = Vec::new();
    if from.join(FLOWS).exists() {
        crowds.push(flows(&from, out, &mut credits)?);
        for name in WALK {
            crowds.push(pack(&from, out, name, &mut credits)?);
        }
    }
    let first = packs.iter().map(|pack| pack.name.clone()).collect();
    let written = Written { credits, first, crowds: !crowds.is_empty() };
    std::fs::write(out.join("city.json"), serde_json::to_vec(&List { packs, crowds })?)?;
    Ok(written)
}

/// One pack without what the sources say object by object and the remarks of the import, which are for planners.
fn pack(from: &Path, out: &Path, name: &str, credits: &mut Vec<String>) -> anyhow::Result<Entry> {
    let path = from.join(name);
    let bytes = std::fs::read(&path).with_context(|| format!("reading {}", path.display()))?;
    let pack = Pack::read(&bytes).with_context(|| format!("opening {}", path.display()))?;
    add(credits, pack.city.credits());
    let bare = Pack { objects: Objects::default(), report: Default::default(), ..pack };
    let bytes = bare.to_bytes().with_context(|| format!("writing {name}"))?;
    std::fs::write(out.join(name), &bytes)?;
    Ok(Entry { name: name.to_owned(), bytes: bytes.len() })
}

fn flows(from: &Path, out: &Path, credits: &mut Vec<String>) -> anyhow::Result<Entry> {
    let path = from.join(FLOWS);
    let bytes = std::fs::read(&path).with_context(|| format!("reading {}", path.display()))?;
    let flows = Flows::read(&bytes).with_context(|| format!("opening {}", path.display()))?;
    add(credits, flows.about().credits.iter().map(String::as_str));
    std::fs::write(out.join(FLOWS), &bytes)?;
    Ok(Entry { name: FLOWS.to_owned(), bytes: bytes.len() })
}

/// Adds credits that are not there yet.
fn add<'c>(credits: &mut Vec<String>, more: impl IntoIterator<Item = &'c str>) {
    for credit in more {
        if !credits.iter().any(|known| known == credit) {
            credits.push(credit.to_owned());
        }
    }
}
