//! Opening cities: the packs that are named, or the one that is built into the program.
//!
//! Packs are joined in the order given; each keeps its licence and credit. Every pack's XXH3-128 hash is
//! kept, because results say what they were made from.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use futago_model::CityModel;
use futago_pack::{MAX_FILE_BYTES, Pack, PackError};
use futago_texts::{Arg, Texts};
use serde::Serialize;
use xxhash_rust::xxh3::xxh3_128;

use crate::builtin;
use crate::failure::{Failure, io_words};

/// A city that is open, and what it was opened from.
pub struct City {
    pub model: CityModel,
    pub packs: Vec<PackFacts>,
}

/// What is told of a pack.
#[derive(Debug, Clone, Serialize)]
pub struct PackFacts {
    /// File name, or that of the built-in pack.
    pub name: String,
    pub bytes: usize,
    /// XXH3-128 of the file, hexadecimal.
    pub xxh3: String,
    /// Remarks of the import by kind.
    #[serde(skip)]
    pub import_report: BTreeMap<String, usize>,
}

impl City {
    /// The city of these packs; of none, the built-in one.
    pub fn open(paths: &[PathBuf], texts: &Texts) -> anyhow::Result<Self> {
        let mut city = None;
        if paths.is_empty() {
            for (name, bytes) in builtin::PACKS {
                add(&mut city, name, bytes, texts)?;
            }
        }
        for path in paths {
            add(&mut city, &path.display().to_string(), &read(path, texts)?, texts)?;
        }
        city.ok_or_else(|| Failure::failed(texts, "cli-pack-none", &[]).into())
    }

    /// The same, but with buildings: what simulations and exports need.
    pub fn open_with_buildings(paths: &[PathBuf], texts: &Texts) -> anyhow::Result<Self> {
        let city = Self::open(paths, texts)?;
        if city.model.buildings.records.is_empty() {
            let names: Vec<&str> = city.packs.iter().map(|pack| pack.name.as_str()).collect();
            let args = [("file", names.join(", ").into())];
            return Err(Failure::wrong_use(texts, "cli-pack-no-buildings", &args).into());
        }
        Ok(city)
    }
}

fn add(city: &mut Option<City>, name: &str, bytes: &[u8], texts: &Texts) -> anyhow::Result<()> {
    let pack = Pack::read(bytes).map_err(|error| {
        let args = [("file", name.into()), ("why", in_words(&error, texts).into())];
        Failure::failed(texts, "cli-pack-failed", &args)
    })?;
    let facts = PackFacts {
        name: name.to_owned(),
        bytes: bytes.len(),
        xxh3: format!("{:032x}", xxh3_128(bytes)),
        import_report: pack.report.counts().into_iter().map(|(code, n)| (code.to_owned(), n)).collect(),
    };
    match city {
        None => *city = Some(City { model: pack.city, packs: vec![facts] }),
        Some(city) => {
            let joined = city.model.absorb(pack.city);
            joined.map_err(|_| Failure::wrong_use(texts, "cli-pack-mismatch", &[("file", name.into())]))?;
            city.packs.push(facts);
        }
    }
    Ok(())
}

/// The bytes of a pack file. The size is looked at first, so that a wrong file does not fill the memory.
fn read(path: &Path, texts: &Texts) -> anyhow::Result<Vec<u8>> {
    let shown = path.display().to_string();
    let refuse = |why: String| {
        Failure::failed(texts, "cli-pack-unreadable", &[("file", shown.as_str().into()), ("why", why.into())])
    };
    let size = std::fs::metadata(path).map_err(|error| refuse(io_words(texts, &error)))?.len();
    if size > MAX_FILE_BYTES {
        let large = PackError::TooLarge { what: "the file size in bytes", found: size, limit: MAX_FILE_BYTES };
        return Err(refuse(in_words(&large, texts)).into());
    }
    Ok(std::fs::read(path).map_err(|error| refuse(io_words(texts, &error)))?)
}

/// What is wrong with a pack, in the user's language; what only a developer can use stays English.
fn in_words(error: &PackError, texts: &Texts) -> String {
    let (key, args): (&str, Vec<(&str, Arg<'_>)>) = match error {
        PackError::NotAPack { .. } => ("cli-pack-not-a-pack", vec![]),
        PackError::NewerVersion { found, known } => {
            ("cli-pack-newer", vec![("found", f64::from(*found).into()), ("known", f64::from(*known).into())])
        }
        PackError::Cut { found, expected } => {
            ("cli-pack-cut", vec![("found", (*found as f64).into()), ("expected", (*expected as f64).into())])
        }
        PackError::Checksum { section } => ("cli-pack-damaged", vec![("section", section.as_str().into())]),
        PackError::Invalid { section, problem } => (
            "cli-pack-invalid",
            vec![("section", section.as_str().into()), ("problem", problem.as_str().into())],
        ),
        PackError::TooLarge { found, limit, .. } => {
            ("cli-pack-too-large", vec![("found", (*found as f64).into()), ("limit", (*limit as f64).into())])
        }
        other => return other.to_string(),
    };
    texts.format(key, &args)
}
