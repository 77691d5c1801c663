//! The arrows of this very workspace, and what ARCHITECTURE.md says of it.

use std::path::Path;

#[test]
fn this_workspace_keeps_its_architecture() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../..");
    let root = root.canonicalize().expect("the workspace is there");
    match futago_testkit::check_architecture(&root) {
        Ok(problems) => assert!(problems.is_empty(), "\n  {}", problems.join("\n  ")),
        Err(error) => panic!("{error}"),
    }
}
