//! How the results were made, what was wrong with the data, and which files lie beside the page.

use futago_texts::Arg;
use minijinja::Value;
use serde::Serialize;

use super::Subject;
use super::words::Words;
use crate::FileKind;

#[derive(Serialize)]
pub(super) struct MethodView {
    /// Term and description.
    facts: Vec<(Value, Value)>,
    /// Name and hash.
    inputs: Vec<(String, String)>,
    /// Name, calls, seconds.
    timings: Vec<(String, String, String)>,
}

pub(super) fn method(subject: &Subject<'_>, words: &Words) -> MethodView {
    let made = subject.provenance;
    let safe = Value::from_safe_string;
    let said = |key: &str, args: &[(&str, Arg<'_>)]| safe(words.each(|texts| texts.format(key, args)));
    let mut facts: Vec<(&str, Value)> = vec![
        ("report-version", Value::from(format!("Futago {}", made.version))),
        ("report-backend", safe(words.key_or(&format!("backend-{}", made.backend), &made.backend))),
    ];
    let mut plain = |key, value: &str| {
        if !value.is_empty() {
            facts.push((key, Value::from(value)));
        }
    };
    plain("report-backend-reason", &made.backend_reason);
    plain("report-device", &made.device);
    plain("report-threads", &made.threads.to_string());
    plain("report-seed", &made.seed.to_string());
    plain("report-started", &made.started_utc);
    facts.push(("report-wall", said("report-seconds", &[("seconds", made.wall_s.into())])));
    let epsg = f64::from(subject.results.frame.epsg);
    facts.push(("report-frame", said("report-frame-value", &[("epsg", epsg.into())])));
    let timing = |t: &futago_field::Timing| {
        let seconds = futago_texts::format_number(t.seconds, 3, 3, true);
        (t.name.clone(), futago_texts::format_number(t.calls as f64, 0, 0, true), seconds)
    };
    MethodView {
        facts: facts.into_iter().map(|(key, value)| (safe(words.key(key)), value)).collect(),
        inputs: made.inputs.clone(),
        timings: made.timings.iter().map(timing).collect(),
    }
}

#[derive(Serialize)]
pub(super) struct DefectsView {
    /// Defect and number of cases.
    counts: Vec<(Value, String)>,
    lead: Value,
}

pub(super) fn defects(subject: &Subject<'_>, words: &Words) -> DefectsView {
    let counts = subject.results.report.counts().into_iter().map(|(code, count)| {
        let name = Value::from_safe_string(words.key_or(&format!("defect-{code}"), code));
        (name, futago_texts::format_number(count as f64, 0, 0, true))
    });
    let file = "data-report.csv";
    DefectsView {
        counts: counts.collect(),
        lead: Value::from_safe_string(
            words.each(|texts| texts.format("report-data-lead", &[("file", file.into())])),
        ),
    }
}

#[derive(Serialize)]
pub(super) struct FilesView {
    kind: Value,
    paths: Vec<String>,
}

/// The files beside the page, by kind; files of two formats stand together.
pub(super) fn files(subject: &Subject<'_>, words: &Words) -> Vec<FilesView> {
    let kinds = [
        (FileKind::Map, "report-file-kind-map"),
        (FileKind::Grid, "report-file-kind-grid"),
        (FileKind::Points, "report-file-kind-points"),
        (FileKind::Layer, "report-file-kind-layer"),
        (FileKind::Lines, "report-file-kind-lines"),
        (FileKind::Table, "report-file-kind-table"),
        (FileKind::DataReport, "report-file-kind-data-report"),
    ];
    let of_kind = |(kind, key): (FileKind, &str)| {
        let paths = subject.files.iter().filter(|f| f.kind == kind).map(|f| f.path.clone());
        FilesView { kind: Value::from_safe_string(words.key(key)), paths: paths.collect() }
    };
    kinds.into_iter().map(of_kind).filter(|view| !view.paths.is_empty()).collect()
}
