//! The tree in ARCHITECTURE.md against the folders that are there.
//!
//! The tree is the first fenced code block with a line `crates/`. A line whose first word ends in `/` is a
//! folder, inside the folder above it that is indented less; other lines and all further words are prose.
//! So one crate stands on one line:
//!
//! ```text
//! crates/
//!   base/
//!     geodesy/            where things are
//! shaders/                every WGSL file
//! ```

use super::CrateInfo;

/// Crates that the tree of a document leaves out, and those it names that are not there, one line each.
pub fn document_problems(document: &str, crates: &[CrateInfo]) -> Vec<String> {
    let folders = tree_folders(document);
    if folders.is_empty() {
        return vec!["ARCHITECTURE.md has no code block with the tree (a line `crates/`)".to_owned()];
    }
    let mut problems = Vec::new();
    for there in crates {
        match folders.iter().filter(|folder| **folder == there.folder).count() {
            0 => problems.push(format!("ARCHITECTURE.md leaves out {}", there.folder)),
            1 => {}
            times => problems.push(format!("ARCHITECTURE.md names {} {times} times", there.folder)),
        }
    }
    for folder in folders.iter().filter(|folder| is_place_of_crates(folder)) {
        let holds = |there: &CrateInfo| format!("{}/", there.folder).starts_with(&format!("{folder}/"));
        if !crates.iter().any(holds) {
            problems.push(format!("ARCHITECTURE.md names {folder}, where no crate is"));
        }
    }
    problems
}

/// Every folder of the tree, from the root, with `/` between: `crates`, `crates/base`, ...
pub(super) fn tree_folders(document: &str) -> Vec<String> {
    let mut folders = Vec::new();
    let mut open: Vec<(usize, &str)> = Vec::new();
    for line in find_tree(document) {
        let indent = line.len() - line.trim_start().len();
        let Some(name) = line.split_whitespace().next().and_then(|word| word.strip_suffix('/')) else {
            continue;
        };
        open.retain(|(outer, _)| *outer < indent);
        open.push((indent, name));
        folders.push(open.iter().map(|(_, name)| *name).collect::<Vec<_>>().join("/"));
    }
    folders
}

fn is_place_of_crates(folder: &str) -> bool {
    ["crates", "tools", "shaders"].contains(&folder.split('/').next().unwrap_or_default())
}

/// The lines of the block that has the tree.
fn find_tree(document: &str) -> Vec<&str> {
    let mut block: Option<Vec<&str>> = None;
    for line in document.lines() {
        let is_fence = line.trim_start().starts_with("```");
        match (&mut block, is_fence) {
            (None, true) => block = Some(Vec::new()),
            (Some(lines), true) => {
                if lines.iter().any(|line| line.trim_end() == "crates/") {
                    return std::mem::take(lines);
                }
                block = None;
            }
            (Some(lines), false) => lines.push(line),
            (None, false) => {}
        }
    }
    Vec::new()
}

#[cfg(test)]
mod tests {
    use super::super::graph::tests::good;
    use super::*;

    const DOCUMENT: &str = "# Architecture\n\n```sh\ncargo run\n```\n\n```\n\
README.md  Cargo.toml
assets/
  fonts/                fonts
crates/
  base/
    compute/            device, buffers
  city/
    model/              the city
  io/
    geojson/            one format
    assemble/           raw features -> city
  sim/
    contract/           what a simulation is
    sunlight/           sun
    wind/               wind
  view/
    scene/              entities
  app/
    futago/             the command line
  test/
    testkit/            twin checks
shaders/                every WGSL file
tools/
  xtask/                chores
```\n";

    #[test]
    fn a_complete_tree_passes() {
        assert_eq!(document_problems(DOCUMENT, &good()), Vec::<String>::new());
        let folders = tree_folders(DOCUMENT);
        assert_eq!(folders[..4], ["assets", "assets/fonts", "crates", "crates/base"]);
        assert_eq!(folders.len(), 23);
    }

    #[test]
    fn gone_and_missing_crates_are_found() {
        let cases = [
            ("    wind/               wind\n", "", "leaves out crates/sim/wind"),
            ("shaders/    ", "pictures/   ", "leaves out shaders"),
            ("  xtask/ ", "  chore/ ", "names tools/chore, where no crate is"),
            ("    wind/ ", "    crowd/", "names crates/sim/crowd, where no crate is"),
            ("    scene/", "    wind/ ", "leaves out crates/view/scene"),
            ("  test/\n", "  extra/\n  test/\n", "names crates/extra, where no crate is"),
            ("    wind/ ", "    wind/\n    wind/ ", "names crates/sim/wind 2 times"),
            ("crates/\n", "packages/\n", "no code block with the tree"),
        ];
        for (from, to, wanted) in cases {
            let document = DOCUMENT.replacen(from, to, 1);
            assert_ne!(document, DOCUMENT, "{from} must be there to be disturbed");
            let problems = document_problems(&document, &good());
            assert!(problems.iter().any(|problem| problem.contains(wanted)), "{wanted}: {problems:?}");
        }
    }
}
