//! Which crate may depend on which, and whether ARCHITECTURE.md says so.
//!
//! Arrows run one way: `base` <- `city` <- {`io`, `sim`} <- `view` <- `app`. The layer of a crate is the
//! folder it is in. The rules are checked on what `cargo metadata` says, so nothing has to be built.

mod document;
mod graph;

use std::path::Path;

use cargo_metadata::{DependencyKind, MetadataCommand};

pub use document::document_problems;
pub use graph::{CrateInfo, Dependency, graph_problems};

/// Everything in a workspace that breaks the rules, one line each; an empty list when all is well.
///
/// # Errors
/// A text when `cargo metadata` or ARCHITECTURE.md cannot be read.
pub fn check_architecture(workspace_root: &Path) -> Result<Vec<String>, String> {
    let crates = read_crates(workspace_root)?;
    let path = workspace_root.join("ARCHITECTURE.md");
    let document = std::fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
    let mut problems = graph_problems(&crates);
    problems.extend(document_problems(&document, &crates));
    let gone =
        document::tree_folders(&document).into_iter().filter(|folder| !workspace_root.join(folder).is_dir());
    problems
        .extend(gone.map(|folder| format!("ARCHITECTURE.md names the folder {folder}, which is not there")));
    Ok(problems)
}

fn read_crates(workspace_root: &Path) -> Result<Vec<CrateInfo>, String> {
    let mut command = MetadataCommand::new();
    command.manifest_path(workspace_root.join("Cargo.toml")).no_deps();
    command.other_options(["--offline".to_owned()]);
    let metadata = command.exec().map_err(|error| format!("cargo metadata: {error}"))?;
    let mut crates = Vec::new();
    for package in &metadata.packages {
        let manifest = package.manifest_path.strip_prefix(&metadata.workspace_root);
        let manifest = manifest.map_err(|_| format!("{} is outside the workspace", package.manifest_path))?;
        let folder = manifest.parent().map(|folder| folder.as_str().replace('\\', "/")).unwrap_or_default();
        let dependencies = package.dependencies.iter().map(|dependency| Dependency {
            name: dependency.name.clone(),
            dev: dependency.kind == DependencyKind::Development,
        });
        let dependencies = dependencies.collect();
        crates.push(CrateInfo { name: package.name.to_string(), folder, dependencies });
    }
    crates.sort_by(|a, b| a.folder.cmp(&b.folder));
    Ok(crates)
}
