//! Input files: read, and remembered with size and hash for the manifest.

use std::path::{Path, PathBuf};

use anyhow::Context;
use futago_pack::Input;
use xxhash_rust::xxh3::xxh3_128;

/// The data folder and what was read from it for one pack.
pub struct Inputs {
    folder: PathBuf,
    /// In the order of reading.
    pub read: Vec<Input>,
}

impl Inputs {
    /// Nothing read yet.
    pub fn new(folder: &Path) -> Self {
        Self { folder: folder.to_owned(), read: Vec::new() }
    }

    /// Reads a file of the folder and gives its bytes and the name that the Report uses.
    pub fn bytes(&mut self, file: &str) -> anyhow::Result<(Vec<u8>, String)> {
        let path = self.folder.join(file);
        let bytes = std::fs::read(&path).with_context(|| {
            format!("{} cannot be read; give the data folder with --data", path.display())
        })?;
        let xxh3 = format!("{:032x}", xxh3_128(&bytes));
        self.read.push(Input { file: file.to_owned(), bytes: bytes.len() as u64, xxh3 });
        let name = file.rsplit('/').next().unwrap_or(file).to_owned();
        Ok((bytes, name))
    }
}
