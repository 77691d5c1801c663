//! Where files come from: a folder, or anything that opens a file by its relative path.

use std::io::{self, Read};

use flate2::read::GzDecoder;
use futago_raw::Folder;
use percent_encoding::percent_decode_str;

use crate::{Limits, TilesError};

/// Opens files by relative path: names with `/` between them, never absolute, never with `..`.
///
/// A zip read in place, an archive in memory or a test's map of bytes are a few lines each.
pub trait Files {
    /// Opens a file for reading.
    ///
    /// # Errors
    /// When there is none, or it cannot be opened.
    fn open(&self, path: &str) -> io::Result<Box<dyn Read + '_>>;
}

impl Files for Folder {
    fn open(&self, path: &str) -> io::Result<Box<dyn Read + '_>> {
        Ok(Box::new(self.file(path)?))
    }
}

/// The bytes of a file; unpacked where they are compressed by gzip, as some servers keep tiles.
pub(crate) fn read(files: &dyn Files, path: &str, limits: &Limits) -> Result<Vec<u8>, TilesError> {
    let io = |source| TilesError::Io { file: path.to_owned(), source };
    let bytes = at_most(files.open(path).map_err(io)?, path, limits)?;
    if bytes.starts_with(&[0x1F, 0x8B]) {
        return at_most(GzDecoder::new(bytes.as_slice()), path, limits);
    }
    Ok(bytes)
}

fn at_most(input: impl Read, path: &str, limits: &Limits) -> Result<Vec<u8>, TilesError> {
    let most = limits.file_bytes;
    let mut bytes = Vec::new();
    let read = input.take(most.saturating_add(1)).read_to_end(&mut bytes);
    read.map_err(|source| TilesError::Io { file: path.to_owned(), source })?;
    if bytes.len() as u64 > most {
        let (file, what) = (path.to_owned(), "the size in bytes");
        return Err(TilesError::TooLarge { file, what, name: "file_bytes", limit: most });
    }
    Ok(bytes)
}

/// The path that a reference in a file leads to.
///
/// `..` is followed as long as it stays in the folder that was given.
pub(crate) fn resolve(file: &str, uri: &str) -> Result<String, TilesError> {
    let refused =
        |problem| TilesError::Path { file: file.to_owned(), uri: uri.chars().take(200).collect(), problem };
    let plain = uri.split(['?', '#']).next().unwrap_or_default();
    let decoded = percent_decode_str(plain).decode_utf8().map_err(|_| refused("is not UTF-8"))?;
    let first = decoded.split('/').next().unwrap_or_default();
    if decoded.is_empty() {
        return Err(refused("is empty"));
    } else if first.contains(':') {
        return Err(refused("is an address"));
    } else if decoded.starts_with('/') {
        return Err(refused("is an absolute path"));
    } else if decoded.contains(|c: char| c == '\\' || c.is_control()) {
        return Err(refused("has a character that paths do not have"));
    }
    let folder = file.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in decoded.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop().ok_or_else(|| refused("leads out of the folder"))?;
            }
            name => parts.push(name),
        }
    }
    if parts.is_empty() { Err(refused("names no file")) } else { Ok(parts.join("/")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_stay_in_the_folder() {
        let good = [
            ("tileset.json", "data/1.glb", "data/1.glb"),
            ("a/b/tileset.json", "./1.glb?v=3#x", "a/b/1.glb"),
            ("a/tileset.json", "../data/1.glb", "data/1.glb"),
            ("t.json", "%E8%A5%BF%20.glb", "西 .glb"),
        ];
        for (file, uri, path) in good {
            assert_eq!(resolve(file, uri).unwrap(), path, "{uri}");
        }
        let bad = [
            ("tileset.json", "../secret"),
            ("a/tileset.json", "../../secret"),
            ("tileset.json", "a/%2e%2e/%2e%2e/secret"),
            ("tileset.json", "/etc/passwd"),
            ("tileset.json", "%2Fetc/passwd"),
            ("tileset.json", "https://example.org/1.b3dm"),
            ("tileset.json", "file:///etc/passwd"),
            ("tileset.json", "C:/windows"),
            ("tileset.json", "..\\secret"),
            ("tileset.json", ""),
            ("tileset.json", "?x"),
            ("tileset.json", "."),
            ("tileset.json", "a\0b"),
        ];
        for (file, uri) in bad {
            let error = resolve(file, uri).unwrap_err().to_string();
            assert!(error.contains(file) && error.contains("relative path"), "{error}");
        }
    }
}
