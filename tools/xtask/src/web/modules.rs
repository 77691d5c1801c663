//! The WebAssembly modules: compiled by cargo, bound to JavaScript by wasm-bindgen's library.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, bail};
use wasm_bindgen_cli_support::Bindgen;

const TARGET: &str = "wasm32-unknown-unknown";

/// A module: its name, its feature of `futago_web`, its profile for visitors.
struct Module {
    name: &'static str,
    features: &'static [&'static str],
    release: &'static str,
}

const MODULES: [Module; 3] = [
    Module { name: "answers", features: &[], release: "web-worker" },
    Module { name: "webgpu", features: &["webgpu"], release: "web" },
    Module { name: "webgl2", features: &["webgl2"], release: "web" },
];

/// Builds the modules that are wanted; all, when none is named.
pub fn build(root: &Path, out: &Path, release: bool, only: &[String]) -> anyhow::Result<()> {
    if let Some(unknown) = only.iter().find(|name| MODULES.iter().all(|module| module.name != **name)) {
        bail!("there is no module `{unknown}`; there are answers, webgpu and webgl2");
    }
    for module in MODULES.iter().filter(|m| only.is_empty() || only.iter().any(|name| name == m.name)) {
        let wasm = compile(root, module, release)?;
        Bindgen::new()
            .input_bytes(module.name, wasm)
            .web(true)?
            .typescript(false)
            .remove_name_section(release)
            .remove_producers_section(release)
            .generate(out)
            .with_context(|| format!("binding the module {}", module.name))?;
    }
    Ok(())
}

fn compile(root: &Path, module: &Module, release: bool) -> anyhow::Result<Vec<u8>> {
    let profile = if release { module.release } else { "dev" };
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(cargo);
    command.current_dir(root).args(["rustc", "--locked", "--package", "futago_web", "--lib"]);
    command.args(["--crate-type", "cdylib", "--target", TARGET, "--profile", profile]);
    command.args(["--features", &module.features.join(",")]);
    // Every browser with WebGPU, and every one with WebGL2 since 2021, has 128-bit vectors.
    command.env("RUSTFLAGS", "-C target-feature=+simd128");
    command.args(["--message-format", "json-render-diagnostics"]);
    let output = command.stderr(std::process::Stdio::inherit()).output().context("starting cargo")?;
    if !output.status.success() {
        bail!("the module {} was not built; is the target there? rustup target add {TARGET}", module.name);
    }
    let file = artifact(&output.stdout).context("cargo named no wasm file")?;
    std::fs::read(&file).with_context(|| format!("reading {file}"))
}

/// The wasm file that cargo says it made.
fn artifact(messages: &[u8]) -> Option<String> {
    let lines = messages.split(|byte| *byte == b'\n');
    let found = lines.filter_map(|line| serde_json::from_slice::<serde_json::Value>(line).ok());
    let mut files = found.filter(|message| message["target"]["name"] == "futago_web").filter_map(|message| {
        let names = message["filenames"].as_array()?.clone();
        names.into_iter().find_map(|name| name.as_str().filter(|n| n.ends_with(".wasm")).map(str::to_owned))
    });
    files.next_back()
}
