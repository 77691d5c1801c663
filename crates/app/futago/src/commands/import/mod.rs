//! `futago import`: files of city data to a city pack.
//!
//! The pack is written beside its place and renamed, the report too: an import that fails or is cancelled
//! leaves nothing. One that `--strict` refuses leaves the report, which says why.

pub(super) mod words;

use std::ops::ControlFlow;
use std::path::Path;
use std::sync::atomic::Ordering;

use futago_assemble::{Import, ImportLimits, Packs};
use futago_export::{ImportSubject, write_import_report};
use futago_field::Report;
use futago_model::Source;
use futago_pack::{Pack, PackError};
use futago_texts::{Lang, Texts};
use indicatif::{ProgressBar, ProgressStyle};

use crate::cancel;
use crate::cli::ImportArgs;
use crate::device::set_threads;
use crate::failure::{Failure, io_words};
use crate::print;

pub fn run(args: &ImportArgs, texts: &Texts) -> anyhow::Result<()> {
    check_ending(&args.output, &["city"], texts)?;
    if let Some(report) = &args.report {
        check_ending(report, &["html", "htm", "json"], texts)?;
    }
    set_threads(args.threads, texts)?;
    let cancel = cancel::listen(texts);
    let bar = bar();
    let mut import = import(args);
    set_limits(&mut import, args, texts)?;
    let packs = import.run(&args.inputs, |done, total| {
        bar.set_length(total);
        bar.set_position(done);
        if cancel.load(Ordering::Relaxed) { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    });
    bar.finish_and_clear();
    let Packs { city, osm } = packs.map_err(|error| words::failure(&error, texts))?;
    let remarks = city.report.entries.iter().chain(osm.iter().flat_map(|osm| &osm.report.entries));
    let remarks = Report { entries: remarks.cloned().collect() };
    if args.strict
        && let Some(first) = remarks.entries.first()
    {
        let first = format!("{} ({}, {})", first.action, first.feature, first.place);
        let words = [("remarks", remarks.entries.len().into()), ("first", first.into())];
        write_report(args, &city, osm.as_ref(), &remarks, texts)?;
        return Err(Failure::failed(texts, "cli-import-strict", &words).into());
    }
    let beside = args.output.with_extension("osm.city");
    if let Some(osm) = &osm {
        osm.write(&beside).map_err(|error| write_failed(&beside, &error, texts))?;
    }
    city.write(&args.output).map_err(|error| write_failed(&args.output, &error, texts))?;
    write_report(args, &city, osm.as_ref(), &remarks, texts)?;
    say_done(args, &city, &remarks, texts);
    // What has no published objects is OpenStreetMap alone.
    match osm.as_ref().or(city.objects.is_empty().then_some(&city)).filter(|pack| has_ways(pack)) {
        Some(ways) => say_ways(ways, texts),
        None => say_streets(&city, texts),
    }
    if osm.is_some() {
        let words = [
            ("file", beside.display().to_string().into()),
            ("city", args.output.display().to_string().into()),
        ];
        print::message(&texts.format("cli-import-osm-beside", &words));
    }
    Ok(())
}

fn has_ways(pack: &Pack) -> bool {
    !pack.city.streets.is_empty() || !pack.city.walk.is_empty()
}

/// What lies on the ground, of published objects.
fn say_streets(pack: &Pack, texts: &Texts) {
    let streets = &pack.city.streets;
    if !streets.is_empty() {
        let km = streets.street_length_m() / 1000.0;
        let words = [("areas", streets.areas.len().into()), ("km", km.into())];
        print::message(&texts.format("cli-import-streets", &words));
    }
}

/// What came from OpenStreetMap.
fn say_ways(pack: &Pack, texts: &Texts) {
    let words = [
        ("km", (pack.city.streets.street_length_m() / 1000.0).into()),
        ("areas", pack.city.streets.areas.len().into()),
        ("links", pack.city.walk.links.len().into()),
        ("walk-km", (pack.city.walk.length_m() / 1000.0).into()),
        ("credit", pack.city.credits().join(", ").into()),
    ];
    print::message(&texts.format("cli-import-ways", &words));
}

fn import(args: &ImportArgs) -> Import {
    let name = args.output.file_stem().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    let source = Source {
        key: "import".to_owned(),
        // Not the names of the inputs: a folder and its zip are the same data.
        title: name.clone(),
        licence: args.licence.clone().unwrap_or_default(),
        credit: args.credit.clone().unwrap_or_default(),
        url: String::new(),
        synthetic: false,
    };
    let tool = ["futago import", env!("CARGO_PKG_VERSION")].map(str::to_owned);
    let import = Import::new(&name, source, tool);
    Import { bounds: args.bounds, lod: args.lod, geoid_m: args.geoid.unwrap_or(import.geoid_m), ..import }
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

pub(super) fn check_ending(path: &Path, endings: &[&str], texts: &Texts) -> Result<(), Failure> {
    let ending = path.extension().map(|ending| ending.to_string_lossy().to_ascii_lowercase());
    if ending.is_some_and(|ending| endings.contains(&ending.as_str())) {
        return Ok(());
    }
    let known = endings.iter().map(|ending| format!(".{ending}")).collect::<Vec<_>>().join(", ");
    let args = [("file", path.display().to_string().into()), ("endings", known.into())];
    Err(Failure::wrong_use(texts, "cli-usage-ending", &args))
}

/// Sets the limits that are named.
fn set_limits(import: &mut Import, args: &ImportArgs, texts: &Texts) -> Result<(), Failure> {
    for (name, value) in &args.limits {
        if !import.limits.set(name, *value) {
            let known = ImportLimits::names().collect::<Vec<_>>().join(", ");
            let words = [("name", name.as_str().into()), ("known", known.into())];
            return Err(Failure::wrong_use(texts, "cli-import-unknown-limit", &words));
        }
    }
    Ok(())
}

fn write_report(
    args: &ImportArgs,
    pack: &Pack,
    osm: Option<&Pack>,
    remarks: &Report,
    texts: &Texts,
) -> anyhow::Result<()> {
    let Some(path) = &args.report else { return Ok(()) };
    let all = pack.build.inputs.iter().chain(osm.iter().flat_map(|osm| &osm.build.inputs));
    let inputs: Vec<_> = all.map(|input| (input.file.clone(), input.bytes, input.xxh3.clone())).collect();
    let other = Lang::ALL.into_iter().filter(|lang| *lang != texts.lang());
    let langs: Vec<Lang> = std::iter::once(texts.lang()).chain(other).collect();
    let subject = ImportSubject {
        city: &pack.city,
        objects: &pack.objects,
        entries: &remarks.entries,
        inputs: &inputs,
        version: env!("CARGO_PKG_VERSION"),
        langs: &langs,
    };
    write_import_report(&subject, path)
        .map_err(|error| Failure::failed_in_words(futago_field::sentence(texts, &error.message())).into())
}

fn say_done(args: &ImportArgs, pack: &Pack, remarks: &Report, texts: &Texts) {
    let words = [
        ("file", args.output.display().to_string().into()),
        ("objects", pack.objects.objects().count().into()),
        ("buildings", pack.city.buildings.records.len().into()),
        ("solids", pack.city.buildings.solids.len().into()),
        ("remarks", remarks.entries.len().into()),
    ];
    print::message(&texts.format("cli-import-done", &words));
    for (code, count) in remarks.counts() {
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
