//! `futago run`: a scenario from its file to its results folder.
//!
//! Reads as the way of the data: scenario, city, simulation, device, files. What can be refused without
//! computing is refused first. Ctrl-C is looked at between steps and before writing; from then on the
//! folder is as good as there, and appears whole or not at all.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;

use futago_contract::{Control, Progress, Run, RunError, run_to_end};
use futago_field::sentence;
use futago_field::{Provenance, ResultSet};
use futago_model::CityModel;
use futago_texts::{Lang, Texts};
use xxhash_rust::xxh3::xxh3_128;

use crate::cancel;
use crate::city::City;
use crate::cli::RunArgs;
use crate::device::{open_engine, set_threads};
use crate::failure::Failure;
use crate::out_dir::OutDir;
use crate::print;
use crate::progress::ProgressLine;
use crate::provenance::Started;
use crate::scenario::Loaded;
use crate::simulation::{Beside, words};

pub fn run(args: &RunArgs, texts: &Texts) -> anyhow::Result<()> {
    let started = Started::now();
    let scenario = Loaded::open(args.scenario.as_deref(), texts)?;
    set_threads(args.threads, texts)?;
    let out = OutDir::choose(args.out.as_deref(), &scenario.scenario.name, texts)?;
    let cancel = cancel::listen(texts);
    let mut line = ProgressLine::new(texts);

    line.phase("cli-phase-open");
    let paths = if args.city.is_empty() { scenario.city_paths() } else { args.city.clone() };
    let City { model, packs } = City::open_with_buildings(&paths, texts)?;
    let city = Arc::new(model);
    let asked = scenario.asked(texts)?;
    let mut beside = Beside::read(asked, &scenario, &paths, texts)?;
    line.phase("cli-phase-prepare");
    let seed = args.seed.unwrap_or(scenario.scenario.seed);
    let run = asked
        .prepare(city.clone(), &scenario, &beside, seed)
        .map_err(|error| words::failure_of_run(&error, &scenario, texts))?;
    let (engine, words) = open_engine(args.backend, texts)?;
    line.say(&words);
    let mut results = drive(run, &engine, &mut line, cancel, &scenario, texts)?;
    results.report.extend(std::mem::take(&mut beside.report));

    let mut inputs = vec![(scenario.short_name(), format!("{:032x}", xxh3_128(scenario.text.as_bytes())))];
    inputs.extend(packs.into_iter().map(|pack| (pack.name, pack.xxh3)));
    inputs.extend(std::mem::take(&mut beside.inputs));
    let provenance = started.provenance(inputs, seed, &engine);
    line.phase("cli-phase-write");
    write(&out.path, &results, &city, &provenance, texts)?;
    line.clear();
    let seconds = started.seconds();
    let answer = Answer { folder: &out.path, results: &results, provenance: &provenance, seconds };
    if args.json {
        print::json(texts, &answer.as_json(texts))
    } else {
        print::answer(texts, &answer.in_words(texts))
    }
}

/// Steps the run to its end, with progress, until Ctrl-C.
fn drive(
    run: Box<dyn Run>,
    engine: &futago_compute::Engine,
    line: &mut ProgressLine<'_>,
    cancel: &AtomicBool,
    scenario: &Loaded,
    texts: &Texts,
) -> anyhow::Result<ResultSet> {
    let start = Instant::now();
    let clock = || start.elapsed();
    let mut show = |progress: &Progress| line.step(progress);
    let ended = pollster::block_on(run_to_end(run, engine, Control::new(cancel, &mut show, &clock)));
    if ended.is_err() {
        line.clear();
    }
    match ended {
        Ok(_) if cancel.load(Ordering::Relaxed) => Err(Failure::failed(texts, "cli-cancelled", &[]).into()),
        Ok(results) => Ok(results),
        Err(RunError::Cancelled { .. }) => Err(Failure::failed(texts, "cli-cancelled", &[]).into()),
        Err(RunError::Step { cause, .. } | RunError::Finish { cause }) => {
            Err(words::failure_of_run(&cause, scenario, texts).into())
        }
        Err(other) => Err(other.into()),
    }
}

fn write(
    folder: &Path,
    results: &ResultSet,
    city: &CityModel,
    provenance: &Provenance,
    texts: &Texts,
) -> anyhow::Result<()> {
    // Both languages are in the files; a reader sees the caller's first.
    let other = Lang::ALL.into_iter().filter(|lang| *lang != texts.lang());
    let langs = std::iter::once(texts.lang()).chain(other).collect();
    let options = futago_export::Options { langs, ..futago_export::Options::default() };
    futago_export::write_results(folder, results, city, provenance, &options)
        .map_err(|error| Failure::failed_in_words(sentence(texts, &error.message())))?;
    Ok(())
}

/// What is told at the end.
struct Answer<'a> {
    folder: &'a Path,
    results: &'a ResultSet,
    provenance: &'a Provenance,
    /// From the start to the last file.
    seconds: f64,
}

impl Answer<'_> {
    fn in_words(&self, texts: &Texts) -> String {
        let path = |path: &Path| [("path", path.display().to_string().into())];
        let mut lines = self.findings(texts);
        lines.push(String::new());
        let defects = self.results.report.entries.len();
        if defects > 0 {
            lines.push(texts.format("cli-run-defects", &[("count", defects.into())]));
        }
        lines.push(texts.format("cli-run-done", &[("seconds", self.seconds.into())]));
        lines.push(texts.format("cli-run-folder", &path(self.folder)));
        lines.push(texts.format("cli-run-report", &path(&self.folder.join("report.html"))));
        lines.join("\n")
    }

    fn as_json(&self, texts: &Texts) -> serde_json::Value {
        serde_json::json!({
            "folder": self.folder,
            "report": self.folder.join("report.html"),
            "simulation": self.results.simulation,
            "findings": self.findings(texts),
            "summary": self.results.summary,
            "provenance": self.provenance,
        })
    }

    fn findings(&self, texts: &Texts) -> Vec<String> {
        self.results.findings.iter().map(|finding| sentence(texts, finding)).collect()
    }
}
