//! `futago import`: files of city data to a city pack.
//!
//! The pack is written beside its place and renamed, the report too: an import that fails or is cancelled
//! leaves nothing. One that `--strict` refuses leaves the report, which says why.

use std::ops::ControlFlow;
use std::path::Path;
use std::sync::atomic::Ordering;

use futago_assemble::{AssembleError, Import, ImportError, ImportLimits, OsmError, Packs};
use futago_citygml::CityGmlError;
use futago_export::{ImportSubject, write_import_report};
use futago_field::Report;
use futago_model::Source;
use futago_pack::{Pack, PackError};
use futago_terrain::TerrainError;
use futago_texts::{Arg, Lang, Texts};
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
    let Packs { city, osm } = packs.map_err(|error| in_words(&error, texts))?;
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
    if let Some(ways) = osm.as_ref().or(has_ways(&city).then_some(&city)) {
        say_ways(ways, texts);
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

fn check_ending(path: &Path, endings: &[&str], texts: &Texts) -> Result<(), Failure> {
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

/// What is wrong with a file, in the user's language; what only a developer can use stays English.
fn in_words(error: &AssembleError, texts: &Texts) -> Failure {
    let failed = |key: &str, args: &[(&str, Arg<'_>)]| Failure::failed(texts, key, args);
    let byte = |byte: &u64| Arg::from(*byte as f64);
    let error = match error {
        AssembleError::CityGml(error) => error,
        AssembleError::Osm(error) => return osm_in_words(error, texts),
        AssembleError::Stopped { .. } => return failed("cli-import-cancelled", &[]),
        AssembleError::Input(error) => return input_in_words(error, texts),
        AssembleError::NoPlace { file } => {
            return failed("cli-import-no-place", &[("file", file.as_str().into())]);
        }
        AssembleError::NoObjects { file } => {
            return failed("cli-import-nothing", &[("file", file.as_str().into())]);
        }
        AssembleError::Terrain(error) => return terrain_in_words(error, texts),
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
        CityGmlError::TooLarge { file, what, name, limit, .. } => failed(
            "cli-import-too-large",
            &[
                ("file", file.as_str().into()),
                ("what", (*what).into()),
                ("name", (*name).into()),
                ("limit", (*limit as f64).into()),
            ],
        ),
        other => Failure::failed_in_words(other.to_string()),
    }
}

fn terrain_in_words(error: &TerrainError, texts: &Texts) -> Failure {
    let failed = |key: &str, args: &[(&str, Arg<'_>)]| Failure::failed(texts, key, args);
    match error {
        TerrainError::Unreadable { file, what, problem } => failed(
            "cli-import-terrain-unreadable",
            &[("file", file.as_str().into()), ("what", (*what).into()), ("problem", problem.as_str().into())],
        ),
        TerrainError::NotHeights { file, found } => failed(
            "cli-import-terrain-values",
            &[("file", file.as_str().into()), ("found", found.as_str().into())],
        ),
        TerrainError::NoPlace { file, problem } => failed(
            "cli-import-terrain-place",
            &[("file", file.as_str().into()), ("problem", problem.as_str().into())],
        ),
        TerrainError::UnknownSystem { file, epsg } => failed(
            "cli-import-terrain-system",
            &[("file", file.as_str().into()), ("epsg", epsg.to_string().into())],
        ),
        TerrainError::TooLarge { file, what, found, limit } => failed(
            "cli-import-terrain-large",
            &[
                ("file", file.as_str().into()),
                ("what", (*what).into()),
                ("found", (*found as f64).into()),
                ("limit", (*limit as f64).into()),
            ],
        ),
    }
}

fn osm_in_words(error: &OsmError, texts: &Texts) -> Failure {
    let failed = |key: &str, args: &[(&str, Arg<'_>)]| Failure::failed(texts, key, args);
    let byte = |byte: &u64| Arg::from(*byte as f64);
    match error {
        OsmError::Io { file, source } => failed(
            "cli-import-unreadable",
            &[("file", file.as_str().into()), ("why", io_words(texts, source).into())],
        ),
        OsmError::NotOsm { file } => failed("cli-import-not-osm", &[("file", file.as_str().into())]),
        OsmError::NotXml { file, byte: at, problem } | OsmError::BadBlock { file, byte: at, problem } => {
            failed(
                "cli-import-osm-damaged",
                &[("file", file.as_str().into()), ("byte", byte(at)), ("problem", problem.as_str().into())],
            )
        }
        OsmError::Cut { file, byte: at, inside } => failed(
            "cli-import-cut",
            &[("file", file.as_str().into()), ("byte", byte(at)), ("inside", (*inside).into())],
        ),
        OsmError::Compression { file, method, .. } => failed(
            "cli-import-osm-compression",
            &[("file", file.as_str().into()), ("method", (*method).into())],
        ),
        OsmError::Feature { file, feature } => failed(
            "cli-import-osm-feature",
            &[("file", file.as_str().into()), ("feature", feature.as_str().into())],
        ),
        OsmError::TooLarge { file, what, name, limit } => failed(
            "cli-import-too-large",
            &[
                ("file", file.as_str().into()),
                ("what", (*what).into()),
                ("name", (*name).into()),
                ("limit", (*limit as f64).into()),
            ],
        ),
        OsmError::Stopped { .. } => failed("cli-import-cancelled", &[]),
    }
}

fn input_in_words(error: &ImportError, texts: &Texts) -> Failure {
    let failed = |key: &str, args: &[(&str, Arg<'_>)]| Failure::failed(texts, key, args);
    match error {
        ImportError::Unreadable { input, source } => failed(
            "cli-import-unreadable",
            &[("file", input.as_str().into()), ("why", io_words(texts, source).into())],
        ),
        ImportError::BadZip { input, problem } => failed(
            "cli-import-bad-zip",
            &[("file", input.as_str().into()), ("problem", problem.as_str().into())],
        ),
        ImportError::TooLarge { input, what, name, limit } => failed(
            "cli-import-too-large",
            &[
                ("file", input.as_str().into()),
                ("what", (*what).into()),
                ("name", (*name).into()),
                ("limit", (*limit as f64).into()),
            ],
        ),
        ImportError::Nothing { input } => failed("cli-import-nothing", &[("file", input.as_str().into())]),
    }
}
