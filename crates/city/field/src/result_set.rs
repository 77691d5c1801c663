//! Everything one run leaves behind.

use futago_geodesy::SiteFrame;
use serde::{Deserialize, Serialize};

use crate::{Field, LineSet, Report, Table};

/// A text in both languages, from a scenario file.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bilingual {
    /// Japanese.
    pub ja: String,
    /// English.
    pub en: String,
}

/// A value in a sentence.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum ArgValue {
    /// A number, shown with the decimals that the text asks for.
    Number(f64),
    /// Words, shown as they are.
    Text(String),
}

impl From<f64> for ArgValue {
    fn from(value: f64) -> Self {
        Self::Number(value)
    }
}

impl From<&str> for ArgValue {
    fn from(value: &str) -> Self {
        Self::Text(value.to_owned())
    }
}

impl From<String> for ArgValue {
    fn from(value: String) -> Self {
        Self::Text(value)
    }
}

/// A sentence: a key of the text catalogues with its values.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Message {
    /// Key in the catalogues.
    pub key: String,
    /// Named values.
    pub args: Vec<(String, ArgValue)>,
}

impl Message {
    /// A sentence without values.
    pub fn new(key: &str) -> Self {
        Self { key: key.to_owned(), args: Vec::new() }
    }

    /// The same with one more value.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<ArgValue>) -> Self {
        self.args.push((name.to_owned(), value.into()));
        self
    }
}

/// How one map of the report is put together. Maps of hourly shadows stand side by side in one figure.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Figure {
    /// Fit for a file name.
    pub key: String,
    /// Caption.
    pub caption: Message,
    /// Keys of grid or point fields, drawn one map each with one common legend.
    pub fields: Vec<String>,
    /// Keys of line sets drawn over every map of the figure.
    pub lines: Vec<String>,
    /// Part of the plan to show, site metres: west, south, east, north.
    pub window_m: [f64; 4],
    /// Ids of buildings to outline and name.
    pub highlight: Vec<String>,
}

/// How long a pass or phase took.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Timing {
    /// Name of the pass or phase.
    pub name: String,
    /// Seconds, summed over all calls.
    pub seconds: f64,
    /// Number of calls.
    pub calls: u64,
}

/// How a result was made.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Provenance {
    /// Version of Futago.
    pub version: String,
    /// Inputs by name with their XXH3-128 hash, hexadecimal.
    pub inputs: Vec<(String, String)>,
    /// Seed of the run.
    pub seed: u64,
    /// `cpu` or `gpu`.
    pub backend: String,
    /// Why this backend, in plain English.
    pub backend_reason: String,
    /// Device name and driver.
    pub device: String,
    /// Threads of the CPU pool.
    pub threads: usize,
    /// UTC, RFC 3339.
    pub started_utc: String,
    /// Wall time, seconds.
    pub wall_s: f64,
    /// Passes and phases.
    pub timings: Vec<Timing>,
}

/// What a result was made from beside the city: counted or measured people, or people that a model made.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Origin {
    /// What it is.
    pub title: Message,
    /// The lines that must be shown, word for word.
    pub credits: Vec<String>,
    /// True for generated data; shown as 'synthetic' wherever it appears.
    pub synthetic: bool,
}

impl Origin {
    /// People whom a model made.
    pub fn made(title: &str) -> Self {
        Self { title: Message::new(title), credits: Vec::new(), synthetic: true }
    }
}

/// Everything one run leaves behind.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ResultSet {
    /// Name of the simulation, for example `sunlight`.
    pub simulation: String,
    /// Title from the scenario.
    pub title: Bilingual,
    /// Frame of every coordinate.
    pub frame: SiteFrame,
    /// Fields, in the order of the report.
    pub fields: Vec<Field>,
    /// Tables, likewise.
    pub tables: Vec<Table>,
    /// Lines, likewise.
    pub lines: Vec<LineSet>,
    /// Maps of the report.
    pub figures: Vec<Figure>,
    /// What was found, as sentences; the first is the answer to the question.
    pub findings: Vec<Message>,
    /// Where the model stops being true, as sentences.
    pub limits: Vec<Message>,
    /// What it was made from beside the city.
    pub origins: Vec<Origin>,
    /// What was wrong with the input.
    pub report: Report,
    /// The findings as data, for `result.json`.
    pub summary: serde_json::Map<String, serde_json::Value>,
}

impl ResultSet {
    /// Results in which nothing is yet.
    pub fn new(simulation: &str, title: Bilingual, frame: SiteFrame) -> Self {
        Self {
            simulation: simulation.to_owned(),
            title,
            frame,
            fields: Vec::new(),
            tables: Vec::new(),
            lines: Vec::new(),
            figures: Vec::new(),
            findings: Vec::new(),
            limits: Vec::new(),
            origins: Vec::new(),
            report: Report::default(),
            summary: serde_json::Map::new(),
        }
    }

    /// The lines that must be shown beside those of the city, each once.
    pub fn credits(&self) -> Vec<&str> {
        let mut lines: Vec<&str> = Vec::new();
        for line in self.origins.iter().flat_map(|origin| &origin.credits) {
            if !lines.contains(&line.as_str()) {
                lines.push(line);
            }
        }
        lines
    }

    /// A field and those that are the same at other times, from the first to the last.
    pub fn series_of<'s>(&'s self, field: &'s Field) -> Vec<&'s Field> {
        let others = self.fields.iter().filter(|other| field.is_at_another_time(other));
        let mut series: Vec<&Field> = std::iter::once(field).chain(others).collect();
        series.sort_by_key(|field| field.time);
        series
    }
}
