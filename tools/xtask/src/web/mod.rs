//! `cargo xtask web`: the public page, ready for any static host.
//!
//! ```text
//! dist/  index.html about.html page.css icon.svg poster.jpg sw.js
//!        js/      the page's modules, as they are in crates/view/web/page
//!        texts/   one JSON a language, from assets/texts
//!        wasm/    webgpu, webgl2 (the scene) and answers (the worker)
//!        city/    the built-in packs without what the page does not use, and their list
//! ```
//! Beside each file that gets smaller lies one compressed with brotli (`.br`), for servers that send those. Nothing
//! needs to be installed but rustup's target `wasm32-unknown-unknown`.

mod modules;
mod packs;
mod pages;
mod texts;

use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::Args;
use rayon::prelude::*;
use xxhash_rust::xxh3::Xxh3;

/// What `cargo xtask web` can be told.
#[derive(Args)]
pub struct WebArguments {
    /// Optimize for size and speed: what visitors should get. Takes minutes longer.
    #[arg(long)]
    release: bool,
    /// Folder of the page; what was in it is replaced.
    #[arg(long, short, default_value = "dist")]
    out: PathBuf,
    /// Build only some of the modules: answers, webgpu, webgl2.
    #[arg(long, value_delimiter = ',')]
    only: Vec<String>,
}

/// Builds the page.
pub fn run(arguments: &WebArguments) -> anyhow::Result<()> {
    let root = root();
    let out = &arguments.out;
    // Beside its place first, so that a page that is served stays whole until the new one is.
    let fresh = out.with_extension("new");
    if fresh.exists() {
        std::fs::remove_dir_all(&fresh).with_context(|| format!("clearing {}", fresh.display()))?;
    }
    std::fs::create_dir_all(&fresh).with_context(|| format!("making {}", fresh.display()))?;
    let city = packs::write(&root, &fresh.join("city"))?;
    texts::write(&fresh.join("texts"))?;
    modules::build(&root, &fresh.join("wasm"), arguments.release, &arguments.only)?;
    pages::write(&root, &fresh, &city)?;
    let files = listed(&fresh)?;
    pages::write_worker(&root, &fresh, &files, &hash_of(&fresh, &files)?)?;
    compress(&fresh, &listed(&fresh)?, arguments.release)?;
    if out.exists() {
        std::fs::remove_dir_all(out).with_context(|| format!("clearing {}", out.display()))?;
    }
    std::fs::rename(&fresh, out).with_context(|| format!("moving the page to {}", out.display()))?;
    println!("{}: futago serve {}", out.display(), out.display());
    Ok(())
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Every file below a folder, with `/` between its parts, in order.
fn listed(folder: &Path) -> anyhow::Result<Vec<String>> {
    let mut found = Vec::new();
    let mut folders = vec![PathBuf::new()];
    while let Some(inner) = folders.pop() {
        for entry in std::fs::read_dir(folder.join(&inner))? {
            let entry = entry?;
            let path = inner.join(entry.file_name());
            if entry.file_type()?.is_dir() {
                folders.push(path);
            } else {
                let parts: Vec<_> = path.iter().map(|part| part.to_string_lossy()).collect();
                found.push(parts.join("/"));
            }
        }
    }
    found.sort();
    Ok(found)
}

/// What tells one build from another.
fn hash_of(folder: &Path, files: &[String]) -> anyhow::Result<String> {
    let mut hash = Xxh3::new();
    for file in files {
        hash.update(file.as_bytes());
        hash.update(&std::fs::read(folder.join(file))?);
    }
    Ok(format!("{:016x}", hash.digest()))
}

/// Endings of files that are small already.
const PACKED: [&str; 3] = ["jpg", "png", "br"];

fn compress(folder: &Path, files: &[String], well: bool) -> anyhow::Result<()> {
    let quality = if well { 11 } else { 4 };
    files.par_iter().try_for_each(|file| {
        let path = folder.join(file);
        if path.extension().is_some_and(|e| PACKED.iter().any(|packed| e == *packed)) {
            return Ok(());
        }
        let bytes = std::fs::read(&path)?;
        let mut small = Vec::new();
        let parameters = brotli::enc::BrotliEncoderParams { quality, lgwin: 24, ..Default::default() };
        brotli::BrotliCompress(&mut bytes.as_slice(), &mut small, &parameters)?;
        if small.len() < bytes.len() {
            std::fs::write(folder.join(format!("{file}.br")), &small)?;
        }
        if bytes.len() > 100_000 {
            println!(
                "{file}: {:.2} MB, brotli {:.2} MB",
                bytes.len() as f64 * 1e-6,
                small.len() as f64 * 1e-6
            );
        }
        Ok(())
    })
}
