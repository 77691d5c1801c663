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
        Self::join(paths, |_| true, texts)?.ok_or_else(|| Failure::failed(texts, "cli-pack-none", &[]).into())
    }

    /// The same, refused unless it has buildings: what simulations need.
    pub fn open_with_buildings(paths: &[PathBuf], texts: &Texts) -> anyhow::Result<Self> {
        let city = Self::open(paths, texts)?;
        if has_buildings(&city.model) { Ok(city) } else { Err(no_buildings(paths, texts).into()) }
    }

    /// Only the packs with buildings: what is made of them alone owes the others no credit.
    pub fn open_buildings_only(paths: &[PathBuf], texts: &Texts) -> anyhow::Result<Self> {
        Self::join(paths, has_buildings, texts)?.ok_or_else(|| no_buildings(paths, texts).into())
    }

    /// Only the packs with a terrain.
    pub fn open_terrain_only(paths: &[PathBuf], texts: &Texts) -> anyhow::Result<Self> {
        Self::join(paths, |model| model.terrain.is_some(), texts)?
            .ok_or_else(|| refused("cli-pack-no-terrain", paths, texts).into())
    }

    fn join(
        paths: &[PathBuf],
        wanted: fn(&CityModel) -> bool,
        texts: &Texts,
    ) -> anyhow::Result<Option<Self>> {
        let mut city = None;
        if paths.is_empty() {
            for (name, bytes) in builtin::PACKS {
                add(&mut city, name, bytes, wanted, texts)?;
            }
        }
        for path in paths {
            add(&mut city, &path.display().to_string(), &read(path, texts)?, wanted, texts)?;
        }
        Ok(city)
    }
}

fn has_buildings(model: &CityModel) -> bool {
    !model.buildings.records.is_empty()
}

fn no_buildings(paths: &[PathBuf], texts: &Texts) -> Failure {
    refused("cli-pack-no-buildings", paths, texts)
}

fn refused(key: &str, paths: &[PathBuf], texts: &Texts) -> Failure {
    let names: Vec<String> = paths.iter().map(|path| path.display().to_string()).collect();
    Failure::wrong_use(texts, key, &[("file", names.join(", ").into())])
}

/// Reads a pack and joins it to the city, if it is wanted.
fn add(
    city: &mut Option<City>,
    name: &str,
    bytes: &[u8],
    wanted: fn(&CityModel) -> bool,
    texts: &Texts,
) -> anyhow::Result<()> {
    let pack = Pack::read(bytes).map_err(|error| {
        let args = [("file", name.into()), ("why", in_words(&error, texts).into())];
        Failure::failed(texts, "cli-pack-failed", &args)
    })?;
    if !wanted(&pack.city) {
        return Ok(());
    }
    let facts = PackFacts {
        name: short_name(name),
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

/// Without the folders: where somebody keeps their files is their own.
fn short_name(name: &str) -> String {
    Path::new(name).file_name().map_or_else(|| name.to_owned(), |file| file.to_string_lossy().into_owned())
}

/// The bytes of a pack file. The size is looked at first, so that a wrong file does not fill the memory.
fn read(path: &Path, texts: &Texts) -> anyhow::Result<Vec<u8>> {
    let shown = path.display().to_string();
    let refuse = |why: String| {
        Failure::failed(texts, "cli-pack-unreadable", &[("file", shown.as_str().into()), ("why", why.into())])
    };
    let size = std::fs::metadata(path).map_err(|error| refuse(io_words(texts, &error)))?.len();
    if size > MAX_FILE_BYTES {
        let large =
            PackError::TooLarge { what: "the file size in bytes", found: size, limit: MAX_FILE_BYTES };
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
