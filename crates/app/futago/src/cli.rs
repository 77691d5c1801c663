//! The command line as types.
//!
//! Help texts are not here: they are keys of `assets/texts/<language>/cli.ftl`, put in by
//! [`crate::localise`] when the program starts, so that `futago --help` speaks the user's language. A test
//! there walks every command and option and fails when one has no text.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use futago_texts::Lang;

#[derive(Debug, Parser)]
#[command(name = "futago", version)]
pub struct Cli {
    #[arg(long, global = true, value_name = "ja|en")]
    pub lang: Option<LangArg>,

    // None: `view` where there is a display, else `run` with the built-in scenario.
    #[command(subcommand)]
    pub command: Option<Command>,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    #[cfg(feature = "window")]
    View(ViewArgs),
    Run(RunArgs),
    Schema,
    #[cfg(feature = "serve")]
    Serve(ServeArgs),
    Info(InfoArgs),
    Import(Box<ImportCommand>),
    Export {
        #[command(subcommand)]
        what: ExportWhat,
    },
    Ask {
        #[command(subcommand)]
        what: AskWhat,
    },
    SunPosition(SunPositionArgs),
}

#[cfg(feature = "window")]
#[derive(Debug, Args)]
pub struct ViewArgs {
    // Empty: the built-in city.
    #[arg(value_name = "PACK")]
    pub packs: Vec<PathBuf>,

    #[arg(long, value_name = "SCENARIO.toml")]
    pub scenario: Option<PathBuf>,

    // A file, or a link.
    #[arg(long, value_name = "FILE|LINK")]
    pub state: Option<String>,

    #[arg(long, value_name = "FILE")]
    pub commands: Option<PathBuf>,

    #[arg(long, value_name = "FILE.png")]
    pub screenshot: Option<PathBuf>,

    #[arg(long, value_name = "WxH", default_value = "1280x720", value_parser = size)]
    pub size: [u32; 2],

    #[arg(long, value_enum, default_value_t)]
    pub wait_for: WaitFor,
}

/// What a picture or the next command waits for.
#[cfg(feature = "window")]
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub enum WaitFor {
    /// The end of what is being computed.
    #[default]
    Result,
    /// Only what is being drawn.
    Nothing,
}

#[cfg(feature = "window")]
impl Default for ViewArgs {
    fn default() -> Self {
        Self {
            packs: Vec::new(),
            scenario: None,
            state: None,
            commands: None,
            screenshot: None,
            size: [1280, 720],
            wait_for: WaitFor::default(),
        }
    }
}

/// Width and height in pixels.
#[cfg(feature = "window")]
fn size(text: &str) -> Result<[u32; 2], String> {
    let (width, height) = text.split_once('x').ok_or_else(|| text.to_owned())?;
    let pixels = |t: &str| t.parse::<u32>().ok().filter(|v| (320..=8192).contains(v));
    pixels(width).zip(pixels(height)).map(|(w, h)| [w, h]).ok_or_else(|| text.to_owned())
}

#[cfg(feature = "serve")]
#[derive(Debug, Args)]
pub struct ServeArgs {
    #[arg(value_name = "DIR", default_value = "dist")]
    pub folder: PathBuf,

    #[arg(long, value_name = "N", default_value_t = 8080)]
    pub port: u16,

    #[arg(long, value_name = "IP", default_value = "127.0.0.1")]
    pub address: std::net::IpAddr,
}

#[derive(Debug, Default, Args)]
pub struct RunArgs {
    // None: the built-in scenario.
    #[arg(value_name = "SCENARIO.toml")]
    pub scenario: Option<PathBuf>,

    #[arg(long, value_name = "PACK", num_args = 1..)]
    pub city: Vec<PathBuf>,

    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,

    #[arg(long, value_name = "auto|gpu|cpu", default_value = "auto")]
    pub backend: BackendArg,

    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub threads: Option<u16>,

    #[arg(long, value_name = "N")]
    pub seed: Option<u64>,

    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
pub struct InfoArgs {
    // Empty: the built-in city.
    #[arg(value_name = "PACK")]
    pub packs: Vec<PathBuf>,

    #[arg(long)]
    pub json: bool,
}

/// Files of a city, or one of the things beside it.
#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
pub struct ImportCommand {
    #[command(subcommand)]
    pub what: Option<ImportWhat>,

    #[command(flatten)]
    pub city: Option<ImportArgs>,
}

#[derive(Debug, Subcommand)]
pub enum ImportWhat {
    Tracks(TracksArgs),
}

#[derive(Debug, Args)]
pub struct TracksArgs {
    #[arg(value_name = "INPUT", required = true)]
    pub inputs: Vec<PathBuf>,

    #[arg(short = 'o', long = "output", value_name = "FLOW.flow")]
    pub output: PathBuf,

    // Name, first and last day, for example before=2020-01-01..2020-01-31.
    #[arg(long = "period", value_name = "NAME=DAY..DAY", required = true, value_parser = period)]
    pub periods: Vec<(String, [String; 2])>,

    // Empty: the built-in city.
    #[arg(long, value_name = "PACK", num_args = 1..)]
    pub city: Vec<PathBuf>,

    #[arg(long, value_name = "15|60", default_value = "60", value_parser = clap::value_parser!(u16))]
    pub bin_minutes: u16,

    #[arg(long, value_name = "M", default_value = "100")]
    pub accuracy: f32,

    #[arg(short, value_name = "PERSONS", default_value = "10")]
    pub k: u32,

    #[arg(long, value_name = "N")]
    pub key: Option<u64>,

    #[arg(long, value_name = "FACTOR", default_value = "1")]
    pub expand: f64,

    #[arg(long, value_name = "TEXT", requires = "expand")]
    pub basis: Option<String>,

    #[arg(long, value_name = "TEXT")]
    pub credit: Vec<String>,

    #[arg(long)]
    pub synthetic: bool,

    #[arg(long, value_name = "FILE.json")]
    pub report: Option<PathBuf>,

    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub threads: Option<u16>,
}

#[derive(Debug, Args)]
pub struct ImportArgs {
    #[arg(value_name = "INPUT", required = true)]
    pub inputs: Vec<PathBuf>,

    #[arg(short = 'o', long = "output", value_name = "CITY.city")]
    pub output: PathBuf,

    // .json or .html
    #[arg(long, value_name = "FILE")]
    pub report: Option<PathBuf>,

    #[arg(long, value_name = "W,S,E,N", allow_hyphen_values = true, value_parser = bounds)]
    pub bounds: Option<[f64; 4]>,

    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u8).range(0..=4))]
    pub lod: Option<u8>,

    #[arg(long)]
    pub strict: bool,

    #[arg(long, value_name = "M", allow_hyphen_values = true)]
    pub geoid: Option<f64>,

    #[arg(long = "limit", value_name = "NAME=N", value_parser = limit)]
    pub limits: Vec<(String, u64)>,

    #[arg(long, value_name = "TEXT")]
    pub credit: Option<String>,

    #[arg(long, value_name = "TEXT")]
    pub licence: Option<String>,

    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub threads: Option<u16>,
}

#[derive(Debug, Subcommand)]
pub enum ExportWhat {
    Mesh(ExportArgs),
    Buildings(ExportArgs),
    Cityjson(CityjsonArgs),
    Terrain(ExportArgs),
}

#[derive(Debug, Args)]
pub struct ExportArgs {
    // Empty: the built-in city.
    #[arg(value_name = "PACK")]
    pub packs: Vec<PathBuf>,

    #[arg(short = 'o', long = "output", value_name = "FILE")]
    pub output: PathBuf,
}

#[derive(Debug, Args)]
pub struct CityjsonArgs {
    #[command(flatten)]
    pub export: ExportArgs,

    // The folder that was imported.
    #[arg(long, value_name = "FOLDER")]
    pub images: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
pub enum AskWhat {
    Sun(AskSunArgs),
    Crowd(AskCrowdArgs),
    Office(AskOfficeArgs),
}

/// The place that is asked about, and how the answer is told.
#[derive(Debug, Args)]
pub struct SpotArgs {
    #[arg(long, value_name = "DEG", allow_negative_numbers = true, value_parser = finite)]
    pub lon: f64,

    #[arg(long, value_name = "DEG", allow_negative_numbers = true, value_parser = finite)]
    pub lat: f64,

    // None: the built-in city.
    #[arg(long, value_name = "PACK", num_args = 1..)]
    pub city: Vec<PathBuf>,

    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
pub struct AskCrowdArgs {
    #[command(flatten)]
    pub spot: SpotArgs,

    // None: now in Japan.
    #[arg(long, value_name = "HH:MM", allow_hyphen_values = true)]
    pub time: Option<String>,

    // None: as today in Japan.
    #[arg(long, value_name = "weekday|holiday")]
    pub days: Option<DaysArg>,

    // None: the built-in ones.
    #[arg(long, value_name = "FILE.flow")]
    pub flows: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub struct AskOfficeArgs {
    #[command(flatten)]
    pub spot: SpotArgs,

    // None: now in Japan.
    #[arg(long, value_name = "HH:MM", allow_hyphen_values = true)]
    pub time: Option<String>,

    // None: today in Japan.
    #[arg(long, value_name = "YYYY-MM-DD", allow_hyphen_values = true)]
    pub date: Option<String>,

    #[arg(long, value_name = "0-1", default_value = "1", allow_negative_numbers = true, value_parser = finite)]
    pub attendance: f64,

    // CSV or Parquet.
    #[arg(long, value_name = "FILE")]
    pub occupancy: Option<PathBuf>,
}

/// Kinds of days.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum DaysArg {
    Weekday,
    Holiday,
}

impl From<DaysArg> for futago_flow::DayKind {
    fn from(days: DaysArg) -> Self {
        match days {
            DaysArg::Weekday => Self::Weekday,
            DaysArg::Holiday => Self::Holiday,
        }
    }
}

#[derive(Debug, Args)]
pub struct AskSunArgs {
    #[command(flatten)]
    pub spot: SpotArgs,

    #[arg(long, value_name = "M", default_value = "1.5", allow_negative_numbers = true, value_parser = finite)]
    pub height: f64,

    // None: today in Japan.
    #[arg(long, value_name = "YYYY-MM-DD", allow_hyphen_values = true)]
    pub date: Option<String>,
}

#[derive(Debug, Args)]
pub struct SunPositionArgs {
    #[arg(value_name = "TIME", allow_hyphen_values = true)]
    pub time: String,

    #[arg(long, value_name = "DEG", allow_negative_numbers = true, value_parser = finite)]
    pub lon: f64,

    #[arg(long, value_name = "DEG", allow_negative_numbers = true, value_parser = finite)]
    pub lat: f64,

    #[arg(long, value_name = "M", default_value = "0", allow_negative_numbers = true, value_parser = finite)]
    pub elevation: f64,

    // With the temperature: refraction. Without: the geometric position.
    #[arg(long, value_name = "HPA", requires = "temperature", value_parser = finite)]
    pub pressure: Option<f64>,

    #[arg(long, value_name = "C", requires = "pressure", allow_negative_numbers = true, value_parser = finite)]
    pub temperature: Option<f64>,

    // None: estimated from the date.
    #[arg(long, value_name = "S", allow_negative_numbers = true, value_parser = finite)]
    pub delta_t: Option<f64>,

    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum LangArg {
    Ja,
    En,
}

impl From<LangArg> for Lang {
    fn from(arg: LangArg) -> Self {
        match arg {
            LangArg::Ja => Self::Ja,
            LangArg::En => Self::En,
        }
    }
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub enum BackendArg {
    #[default]
    Auto,
    Gpu,
    Cpu,
}

/// A number that is one: `nan` and `inf` parse as f64, but no option means them. The error is the bare
/// word that [`crate::localise`] turns into a sentence.
fn finite(text: &str) -> Result<f64, String> {
    text.parse().ok().filter(|value: &f64| value.is_finite()).ok_or_else(|| "not a finite number".to_owned())
}

/// West, south, east, north, degrees.
fn bounds(text: &str) -> Result<[f64; 4], String> {
    let degrees: Result<Vec<f64>, _> = text.split(',').map(|part| part.trim().parse()).collect();
    match degrees.as_deref() {
        Ok([w, s, e, n])
            if w < e && s < n && [w, e].iter().all(|d| d.abs() <= 180.0) && n.abs().max(s.abs()) <= 90.0 =>
        {
            Ok([*w, *s, *e, *n])
        }
        _ => Err("139.69,35.68,139.71,35.70".to_owned()),
    }
}

/// The name of a period, its first and its last day.
fn period(text: &str) -> Result<(String, [String; 2]), String> {
    let parts = text.split_once('=').and_then(|(name, days)| {
        let (first, last) = days.split_once("..")?;
        Some((name.trim().to_owned(), [first, last].map(|day| day.trim().to_owned())))
    });
    parts.filter(|(name, _)| !name.is_empty()).ok_or_else(|| "before=2020-01-01..2020-01-31".to_owned())
}

/// The name of a limit and its value.
fn limit(text: &str) -> Result<(String, u64), String> {
    let parts = text.split_once('=').and_then(|(name, value)| Some((name.to_owned(), value.parse().ok()?)));
    parts.ok_or_else(|| "depth=512".to_owned())
}
