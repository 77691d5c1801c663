//! Files that a question needs beside the city: flows of people, measured occupancy, published objects.
//!
//! Paths are relative to the scenario file. What was read goes with the results: its hash and its remarks.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use futago_crowd::scenario::BUILT_IN;
use futago_field::Report;
use futago_flow::{FlowError, Flows};
use futago_model::Occupancy;
use futago_occupancy::{Found, Limits};
use futago_office::prepare::Published;
use futago_texts::{Arg, Texts};
use xxhash_rust::xxh3::xxh3_128;

use super::Asked;
use crate::builtin;
use crate::failure::{ExitKind, Failure, io_words};
use crate::scenario::Loaded;

/// What was read beside the city.
#[derive(Default)]
pub struct Beside {
    /// Counts on the streets.
    pub flows: Option<Arc<Flows>>,
    /// People on floors.
    pub occupancy: Option<Arc<Occupancy>>,
    /// Uses and storeys that the sources of the city publish.
    pub published: Published,
    /// What was wrong with the files.
    pub report: Report,
    /// Names and hashes.
    pub inputs: Vec<(String, String)>,
}

impl Beside {
    /// Reads what a question needs.
    pub fn read(
        asked: Asked<'_>,
        scenario: &Loaded,
        packs: &[PathBuf],
        texts: &Texts,
    ) -> anyhow::Result<Self> {
        let mut beside = Self::default();
        match asked {
            Asked::Sunlight(_) => {}
            Asked::Crowd(question) if question.is_synthetic() => {}
            Asked::Crowd(question) => {
                let flows = if question.flows == BUILT_IN {
                    flows_of(None, texts)?
                } else {
                    flows_of(Some(&scenario.beside(&question.flows)), texts)?
                };
                beside.inputs.push(flows.input);
                beside.flows = Some(Arc::new(flows.flows));
            }
            Asked::Office(question) => {
                if let Some(file) = &question.occupancy {
                    beside.take_occupancy(&scenario.beside(file), texts)?;
                }
                for path in packs {
                    // A pack without objects has none; a damaged one was refused when the city was opened.
                    if let Ok(objects) = futago_pack::open_objects(path) {
                        beside.published.by_id.extend(Published::of(&objects).by_id);
                    }
                }
            }
        }
        Ok(beside)
    }

    fn take_occupancy(&mut self, path: &Path, texts: &Texts) -> anyhow::Result<()> {
        let found = occupancy_of(path, texts)?;
        let hash = hash_of(path).map_err(|error| {
            let args = [("file", path.display().to_string().into()), ("why", io_words(texts, &error).into())];
            Failure::failed(texts, "cli-flows-unreadable", &args)
        })?;
        self.inputs.push((short_name(path), hash));
        self.occupancy = Some(Arc::new(found.occupancy));
        self.report = found.report;
        Ok(())
    }
}

/// Flows with their name and hash.
pub struct OpenFlows {
    pub flows: Flows,
    pub input: (String, String),
}

/// The flows of a file; of none, those that are built in.
pub fn flows_of(path: Option<&Path>, texts: &Texts) -> Result<OpenFlows, Failure> {
    let (name, shown, bytes) = match path {
        Some(path) => {
            let shown = path.display().to_string();
            (short_name(path), shown.clone(), read(path, &shown, texts)?)
        }
        None => {
            let (name, bytes) =
                builtin::FLOWS.first().ok_or_else(|| Failure::wrong_use(texts, "cli-flows-none", &[]))?;
            ((*name).to_owned(), (*name).to_owned(), bytes.to_vec())
        }
    };
    let flows = Flows::read(&bytes).map_err(|error| in_words(&error, &shown, texts))?;
    Ok(OpenFlows { flows, input: (name, format!("{:032x}", xxh3_128(&bytes))) })
}

/// The occupancy of a file, with what could not be used of it.
pub fn occupancy_of(path: &Path, texts: &Texts) -> Result<Found, Failure> {
    futago_occupancy::read(path, &Limits::default())
        .map_err(|error| Failure::of_message(ExitKind::Failed, texts, error.message()))
}

fn read(path: &Path, shown: &str, texts: &Texts) -> Result<Vec<u8>, Failure> {
    let refuse = |error: std::io::Error| {
        let args = [("file", shown.into()), ("why", io_words(texts, &error).into())];
        Failure::failed(texts, "cli-flows-unreadable", &args)
    };
    let size = std::fs::metadata(path).map_err(refuse)?.len();
    if size > futago_flow::format::MAX_FILE_BYTES {
        return Err(Failure::failed(texts, "cli-flows-cut", &[("file", shown.into())]));
    }
    std::fs::read(path).map_err(refuse)
}

/// XXH3-128 of a file, read piece by piece: occupancy may be larger than memory.
fn hash_of(path: &Path) -> std::io::Result<String> {
    use std::io::Read;
    let mut file = std::fs::File::open(path)?;
    let (mut hash, mut piece) = (xxhash_rust::xxh3::Xxh3::new(), vec![0; 1 << 20]);
    loop {
        match file.read(&mut piece)? {
            0 => return Ok(format!("{:032x}", hash.digest128())),
            read => hash.update(&piece[..read]),
        }
    }
}

/// Without the folders: where somebody keeps their files is their own.
fn short_name(path: &Path) -> String {
    path.file_name().map_or_else(|| path.display().to_string(), |name| name.to_string_lossy().into_owned())
}

/// What is wrong with flows, in the user's language; what only a developer can use is left out.
fn in_words(error: &FlowError, file: &str, texts: &Texts) -> Failure {
    let mut args: Vec<(&str, Arg<'_>)> = vec![("file", file.into())];
    let key = match error {
        FlowError::NotFlows { .. } => "cli-flows-not-flows",
        FlowError::NewerVersion { found, known } => {
            args.push(("found", f64::from(*found).into()));
            args.push(("known", f64::from(*known).into()));
            "cli-flows-newer"
        }
        FlowError::Length { .. } => "cli-flows-cut",
        _ => "cli-flows-damaged",
    };
    Failure::failed(texts, key, &args)
}
