//! `futago import tracks`: GPS points of people to flows on the streets of a city.
//!
//! Points are read, cleaned and matched id by id; what is written are counts with noise, and none of few people
//! (docs/crowds.md). Points wait in a file without a name where memory does not hold them, so that a command that is
//! cancelled leaves nothing behind.

use std::hash::{BuildHasher, RandomState};
use std::io::Write;
use std::path::Path;

use anyhow::Context;
use futago_flow::{About, Calendar, Expansion, FlowError, Flows, Grid, Period, Policy, Spec};
use futago_matching::{Counter, MatchingError, Network, Options, Tally};
use futago_model::CityModel;
use futago_texts::Texts;
use futago_tracks::clean::{CleanCounts, CleanOptions, TrackStore};
use futago_tracks::{Bounds, ReadOptions, ReadReport, Reason, TracksError};
use serde::Serialize;

use super::import::{check_ending, words};
use crate::city::City;
use crate::cli::TracksArgs;
use crate::device::set_threads;
use crate::failure::{ExitKind, Failure};
use crate::print;

/// Points that are kept in memory; more wait on the disk. Half of what an import may take.
const MEMORY_BYTES: u64 = 512 << 20;

/// Squares beside the streets, and the mesh of the published figures.
const GRIDS: [Grid; 2] = [Grid::Squares { edge_m: 100 }, Grid::Mesh { digits: 8 }];

pub fn run(args: &TracksArgs, texts: &Texts) -> anyhow::Result<()> {
    check_ending(&args.output, &["flow"], texts)?;
    if let Some(report) = &args.report {
        check_ending(report, &["json"], texts)?;
    }
    set_threads(args.threads, texts)?;
    let city = City::open(&args.city, texts)?.model;
    if city.walk.links.is_empty() {
        return Err(Failure::wrong_use(texts, "cli-tracks-no-network", &[]).into());
    }
    let asked = |error: FlowError| Failure::of_message(ExitKind::WrongUse, texts, error.message());
    let matching = |error: MatchingError| Failure::of_message(ExitKind::Failed, texts, error.message());
    let network = Network::new(&city).map_err(matching)?;
    let spec = spec(args).map_err(asked)?;
    let key = args.key.unwrap_or_else(|| RandomState::new().hash_one("futago"));
    let policy = Policy::new(args.k, key).map_err(asked)?;
    let counted = count(args, &city, &network, spec).map_err(|trouble| match trouble {
        Trouble::Tracks(error) => words::of_tracks(&error, texts),
        Trouble::Matching(error) => matching(error),
    })?;
    let Counted { read, clean, raw, tally } = counted;
    let flows = Flows::publish(&raw, about(args, &city), &policy).map_err(asked)?;
    let written = flows.write(&args.output);
    written.map_err(|error| Failure::of_message(ExitKind::Failed, texts, error.message()))?;
    if let Some(path) = &args.report {
        let report = Report::of(&read, &clean, &tally, &flows);
        write_json(path, &report).with_context(|| path.display().to_string())?;
    }
    say(args, &read, &tally, &flows, texts);
    Ok(())
}

fn spec(args: &TracksArgs) -> Result<Spec, FlowError> {
    let period = |(name, [first, last]): &(String, [String; 2])| Period::between(name, first, last);
    let periods = args.periods.iter().map(period).collect::<Result<_, _>>()?;
    let (bin_minutes, grids) = (args.bin_minutes, GRIDS.to_vec());
    let spec = Spec { bin_minutes, periods, grids, calendar: Calendar::japan()? };
    spec.check()?;
    Ok(spec)
}

/// What is said of the flows wherever they are shown.
fn about(args: &TracksArgs, city: &CityModel) -> About {
    let mut credits = args.credit.clone();
    credits.extend(city.credits().into_iter().map(str::to_owned));
    let options = [("worst_accuracy_m", args.accuracy.to_string())];
    About {
        synthetic: args.synthetic,
        credits,
        options: options.into_iter().map(|(name, value)| (name.to_owned(), value)).collect(),
        expansion: Expansion { factor: args.expand, basis: args.basis.clone().unwrap_or_default() },
        matching_error: MATCHING_ERROR,
    }
}

/// Standard error of a street's count from points on the wrong street, as a share: measured on synthetic walkers
/// (docs/crowds.md).
const MATCHING_ERROR: f64 = 0.3;

struct Counted {
    read: ReadReport,
    clean: CleanCounts,
    raw: futago_flow::Raw,
    tally: Tally,
}

enum Trouble {
    Tracks(TracksError),
    Matching(MatchingError),
}

fn count(args: &TracksArgs, city: &CityModel, network: &Network, spec: Spec) -> Result<Counted, Trouble> {
    let options = ReadOptions {
        max_accuracy_m: Some(args.accuracy),
        bounds: bounds(city),
        threads: args.threads.map(usize::from),
        ..ReadOptions::default()
    };
    let store = TrackStore::new(MEMORY_BYTES, None);
    let read = futago_tracks::read(&args.inputs, &options, &store).map_err(Trouble::Tracks)?;
    let matching = Options { worst_accuracy_m: args.accuracy, ..Options::default() };
    let mut counter = Counter::new(network, spec, matching).map_err(Trouble::Matching)?;
    let mut trouble = None;
    let clean = store.each(&CleanOptions::default(), |tracks| {
        counter.push(tracks.points.view()).map_err(|error| {
            trouble = Some(error);
            TracksError::Stopped
        })
    });
    if let Some(error) = trouble {
        return Err(Trouble::Matching(error));
    }
    let clean = clean.map_err(Trouble::Tracks)?;
    let (raw, tally) = counter.finish();
    Ok(Counted { read, clean, raw, tally })
}

/// The rectangle of degrees round the city.
fn bounds(city: &CityModel) -> Option<Bounds> {
    let [west, south, east, north] = city.about.bounds_m;
    let corners = [[west, south], [west, north], [east, south], [east, north]];
    let degrees: Vec<_> = corners
        .iter()
        .map(|corner| city.about.frame.lonlat_from_site(*corner))
        .collect::<Result<_, _>>()
        .ok()?;
    let (lons, lats) = (degrees.iter().map(|at| at.lon_deg), degrees.iter().map(|at| at.lat_deg));
    Some(Bounds {
        west_deg: lons.clone().fold(f64::INFINITY, f64::min),
        south_deg: lats.clone().fold(f64::INFINITY, f64::min),
        east_deg: lons.fold(f64::NEG_INFINITY, f64::max),
        north_deg: lats.fold(f64::NEG_INFINITY, f64::max),
    })
}

/// What the report holds. Of persons it has rounded numbers only.
#[derive(Serialize)]
struct Report<'a> {
    version: &'static str,
    read: &'a ReadReport,
    clean: &'a CleanCounts,
    observations: u64,
    off_network_share: f64,
    ambiguous_level_share: f64,
    street_bins: usize,
    street_bins_kept_back_about: u64,
}

impl<'a> Report<'a> {
    fn of(read: &'a ReadReport, clean: &'a CleanCounts, tally: &Tally, flows: &Flows) -> Self {
        let share = |part: u64| (100.0 * part as f64 / tally.observations.max(1) as f64).round() / 100.0;
        Self {
            version: env!("CARGO_PKG_VERSION"),
            read,
            clean,
            observations: rounded(tally.observations),
            off_network_share: share(tally.off_network),
            ambiguous_level_share: share(tally.ambiguous),
            street_bins: flows.links().len(),
            street_bins_kept_back_about: flows.suppressed_link_bins(),
        }
    }
}

/// To the hundred, so that one person more does not show.
fn rounded(count: u64) -> u64 {
    (count + 50) / 100 * 100
}

/// Beside its place first, then renamed. A temporary file is for its owner alone; this one has the mode of any other
/// new file.
fn write_json(path: &Path, report: &Report<'_>) -> anyhow::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    #[cfg_attr(not(unix), expect(unused_mut, reason = "modes are of Unix"))]
    let mut beside = tempfile::Builder::new();
    #[cfg(unix)]
    beside.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let mut file = beside.tempfile_in(folder)?;
    serde_json::to_writer_pretty(&mut file, report)?;
    file.flush()?;
    file.persist(path)?;
    Ok(())
}

fn say(args: &TracksArgs, read: &ReadReport, tally: &Tally, flows: &Flows, texts: &Texts) {
    let words = [
        ("file", args.output.display().to_string().into()),
        ("rows", (read.rows() as f64).into()),
        ("points", (read.points() as f64).into()),
        ("bins", flows.links().len().into()),
        ("kept-back", (flows.suppressed_link_bins() as f64).into()),
        ("k", f64::from(args.k).into()),
    ];
    print::message(&texts.format("cli-tracks-done", &words));
    for reason in Reason::ALL {
        let Some((file, first)) = read.first(reason) else { continue };
        let words = [
            ("what", texts.text(&format!("cli-tracks-reason-{}", reason.name())).into()),
            ("count", (read.rejected(reason) as f64).into()),
            ("file", file.file.as_str().into()),
            ("first", (first as f64).into()),
        ];
        print::message(&texts.format("cli-tracks-rejected", &words));
    }
    let ambiguous = 100.0 * tally.ambiguous as f64 / tally.observations.max(1) as f64;
    print::message(&texts.format("cli-tracks-levels", &[("share", ambiguous.into())]));
    if args.synthetic {
        print::message(&texts.text("cli-tracks-synthetic"));
    }
}
