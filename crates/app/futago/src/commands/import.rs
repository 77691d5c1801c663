//! `futago import`: CityGML files to a city pack.
//!
//! The pack is written beside its place and renamed, the report too, and only when the pack is: an import
//! that fails or is cancelled leaves nothing.

use std::collections::BTreeMap;
use std::io::Write;
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::atomic::Ordering;

use futago_assemble::{AssembleError, Import};
use futago_citygml::CityGmlError;
use futago_field::ReportEntry;
use futago_model::Source;
use futago_pack::{Input, Pack, PackError};
use futago_texts::{Arg, Texts};
use indicatif::{ProgressBar, ProgressStyle};
use serde::Serialize;
use tempfile::NamedTempFile;

use crate::cancel;
use crate::cli::ImportArgs;
use crate::device::set_threads;
use crate::failure::{Failure, io_words};
use crate::print;

/// The file of `--report`.
#[derive(Serialize)]
struct ReportFile<'a> {
    inputs: &'a [Input],
    buildings: usize,
    counts: BTreeMap<&'a str, usize>,
    entries: &'a [ReportEntry],
}

pub fn run(args: &ImportArgs, texts: &Texts) -> anyhow::Result<()> {
    check_ending(&args.output, texts)?;
    set_threads(args.threads, texts)?;
    let cancel = cancel::listen(texts);
    let bar = bar();
    let pack = import(args).run(&args.inputs, |done, total| {
        bar.set_length(total);
        bar.set_position(done);
        if cancel.load(Ordering::Relaxed) { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    });
    bar.finish_and_clear();
    let pack = pack.map_err(|error| in_words(&error, texts))?;
    let report = args.report.as_deref().map(|path| prepare_report(&pack, path, texts)).transpose()?;
    pack.write(&args.output).map_err(|error| write_failed(&args.output, &error, texts))?;
    if let (Some(file), Some(path)) = (report, &args.report) {
        file.persist(path).map_err(|error| not_written(path, io_words(texts, &error.error), texts))?;
    }
    say_done(args, &pack, texts);
    Ok(())
}

fn import(args: &ImportArgs) -> Import {
    let name = args.output.file_stem().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    let files: Vec<_> = args.inputs.iter().filter_map(|path| path.file_name()).collect();
    let title = files.iter().map(|file| file.to_string_lossy()).collect::<Vec<_>>().join(", ");
    let said = |text: &Option<String>| text.clone().unwrap_or_else(|| "not stated".to_owned());
    let source = Source {
        key: "import".to_owned(),
        title,
        licence: said(&args.licence),
        credit: said(&args.credit),
        url: String::new(),
        synthetic: false,
    };
    let tool = ["futago import", env!("CARGO_PKG_VERSION")].map(str::to_owned);
    Import::new(&name, source, tool)
}

/// Bytes and remaining time; hidden where standard error is no terminal.
fn bar() -> ProgressBar {
    let bar = ProgressBar::new(0);
    // The template is constant; should it ever be wrong, the usual one does.
    if let Ok(style) = ProgressStyle::with_template("{bar:32} {bytes}/{total_bytes} {eta}") {
        bar.set_style(style);
    }
    bar
}

fn check_ending(path: &Path, texts: &Texts) -> Result<(), Failure> {
    if path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("city")) {
        return Ok(());
    }
    let args = [("file", path.display().to_string().into()), ("endings", ".city".into())];
    Err(Failure::wrong_use(texts, "cli-usage-ending", &args))
}

/// The report, written beside its place but without its name yet.
fn prepare_report(pack: &Pack, path: &Path, texts: &Texts) -> anyhow::Result<NamedTempFile> {
    let report = ReportFile {
        inputs: &pack.build.inputs,
        buildings: pack.city.buildings.records.len(),
        counts: pack.report.counts().into_iter().collect(),
        entries: &pack.report.entries,
    };
    let json = serde_json::to_string_pretty(&report)?;
    let folder = path.parent().filter(|folder| *folder != Path::new("")).unwrap_or(Path::new("."));
    let write = || -> std::io::Result<NamedTempFile> {
        let mut file = NamedTempFile::new_in(folder)?;
        file.write_all(json.as_bytes())?;
        Ok(file)
    };
    Ok(write().map_err(|error| not_written(path, io_words(texts, &error), texts))?)
}

fn say_done(args: &ImportArgs, pack: &Pack, texts: &Texts) {
    let words = [
        ("file", args.output.display().to_string().into()),
        ("buildings", pack.city.buildings.records.len().into()),
        ("solids", pack.city.buildings.solids.len().into()),
        ("remarks", pack.report.entries.len().into()),
    ];
    print::message(&texts.format("cli-import-done", &words));
    for (code, count) in pack.report.counts() {
        let what = texts.text(&format!("defect-{code}"));
        print::message(&texts.format("cli-import-remark", &[("what", what.into()), ("count", count.into())]));
    }
}

fn not_written(path: &Path, why: String, texts: &Texts) -> Failure {
    let args = [("file", path.display().to_string().into()), ("why", why.into())];
    Failure::failed(texts, "cli-write-failed", &args)
}

fn write_failed(path: &Path, error: &PackError, texts: &Texts) -> Failure {
    let why = match error {
        PackError::Io { source, .. } => io_words(texts, source),
        other => other.to_string(),
    };
    not_written(path, why, texts)
}

/// What is wrong with a file, in the user's language; what only a developer can use stays English.
fn in_words(error: &AssembleError, texts: &Texts) -> Failure {
    let failed = |key: &str, args: &[(&str, Arg<'_>)]| Failure::failed(texts, key, args);
    let byte = |byte: &u64| Arg::from(*byte as f64);
    let error = match error {
        AssembleError::CityGml(error) => error,
        AssembleError::NoBuildings { file } => {
            return failed("cli-import-no-buildings", &[("file", file.as_str().into())]);
        }
        other => return Failure::failed_in_words(other.to_string()),
    };
    match error {
        CityGmlError::Io { file, source } => failed(
            "cli-import-unreadable",
            &[("file", file.as_str().into()), ("why", io_words(texts, source).into())],
        ),
        CityGmlError::NotXml { file, byte: at, problem } => failed(
            "cli-import-not-xml",
            &[("file", file.as_str().into()), ("byte", byte(at)), ("problem", problem.as_str().into())],
        ),
        CityGmlError::Cut { file, byte: at, inside, .. } => failed(
            "cli-import-cut",
            &[("file", file.as_str().into()), ("byte", byte(at)), ("inside", inside.as_str().into())],
        ),
        CityGmlError::NotCityGml { file, found } => failed(
            "cli-import-not-citygml",
            &[("file", file.as_str().into()), ("found", found.as_str().into())],
        ),
        CityGmlError::Encoding { file, encoding } => failed(
            "cli-import-encoding",
            &[("file", file.as_str().into()), ("encoding", encoding.as_str().into())],
        ),
        CityGmlError::Stopped { .. } => failed("cli-import-cancelled", &[]),
        other => Failure::failed_in_words(other.to_string()),
    }
}
