//! `cargo xtask flows`: the crowds of the built-in city, from tracks of people who are not there (合成データ).
//!
//! Seeded tracks on the built-in walk network, calibrated on the published population of the mesh 53394525, go the
//! same way as real ones: map matching, counting, noise and suppression (`Flows::publish`). The key of the noise is
//! known here, because there is nobody to protect; the file shows what real flows would.
//!
//! **Expansion.** One in fifty people is made, but a count stands for fewer than fifty: points every 30 s also see those
//! who only pass through the mesh, whom the calibration of the generator leaves out. So the factor is the published
//! population of the mesh on weekdays of January, 11 to 15 h, by the persons counted there; the same for all else.

use std::path::{Path, PathBuf};

use anyhow::Context;
use futago_flow::{About, Calendar, DayKind, Expansion, Flows, Grid, Period, Policy, Raw, RawKey, Spec};
use futago_matching::{Counter, Network, Options};
use futago_model::CityModel;
use futago_pack::Pack;
use futago_synthetic::figures::{self, Population};
use futago_synthetic::{Generator, Question};

use crate::stages::Stages;

/// The file beside the packs.
pub const FILE: &str = "crowds.flow";
/// Packs that people walk by: buildings, and the two parts of the walk network.
const PACKS: [&str; 3] = ["buildings.city", "station.city", "footways.city"];
/// Seed of the tracks, and key of the noise.
const SEED: u64 = 20_200_407;
/// Days of the month: Monday to Sunday in January and in April 2020.
const DAYS: [u8; 2] = [6, 12];
/// Hours by which the level of the mesh is set.
const HOURS: std::ops::Range<u16> = 11..15;
/// Standard error of a street's count from points on the wrong street, as a share (docs/crowds.md).
const MATCHING_ERROR: f64 = 0.3;

/// Arguments of `cargo xtask flows`.
#[derive(clap::Args)]
pub struct FlowsArguments {
    /// Folder with the packs, into which the flows are written.
    #[arg(long, default_value = "assets/nishi-shinjuku")]
    city: PathBuf,
    /// Threads; all cores by default. The flows do not depend on it.
    #[arg(long)]
    threads: Option<usize>,
}

/// Makes and writes the flows, and says what is in them.
pub fn run(arguments: &FlowsArguments) -> anyhow::Result<()> {
    if let Some(threads) = arguments.threads {
        rayon::ThreadPoolBuilder::new().num_threads(threads).build_global()?;
    }
    let mut stages = Stages::new(3);
    stages.begin("open the city");
    let city = city(&arguments.city)?;
    stages.begin("walk, match and count");
    let flows = make(&city, question())?;
    stages.begin("write");
    let path = arguments.city.join(FILE);
    flows.write(&path)?;
    let wall = stages.finish();
    let bytes = std::fs::metadata(&path)?.len();
    println!("{FILE}: {:.2} MB, {} street hours", bytes as f64 / 1e6, flows.links().len());
    println!("  about {} kept back", flows.suppressed_link_bins());
    let Expansion { factor, basis } = &flows.about().expansion;
    println!("  each person counted stands for {factor} ({basis})");
    println!("made in {:.1} s", wall.as_secs_f64());
    Ok(())
}

/// A week of January and of April 2020, Monday to Sunday, each day a mean one of its month and kind; one in fifty
/// people carries a phone.
pub fn question() -> Question {
    Question {
        seed: SEED,
        months: vec![(2020, 1), (2020, 4)],
        days_of_month: DAYS,
        share: 0.02,
        stay_interval_s: 1800.0,
        ..Question::default()
    }
}

/// The city as far as people on foot need it.
pub fn city(folder: &Path) -> anyhow::Result<CityModel> {
    let mut whole: Option<CityModel> = None;
    for name in PACKS {
        let path = folder.join(name);
        let part = Pack::open(&path).with_context(|| path.display().to_string())?.city;
        match &mut whole {
            None => whole = Some(part),
            Some(whole) => whole
                .absorb(part)
                .map_err(|_| anyhow::anyhow!("{name} is of another city than {}", PACKS[0]))?,
        }
    }
    whole.context("a city has packs")
}

/// Tracks, matched, counted and published.
pub fn make(city: &CityModel, question: Question) -> anyhow::Result<Flows> {
    let network = Network::new(city)?;
    let date = |month: u8, day: u8| format!("2020-{month:02}-{day:02}");
    let spec = Spec {
        bin_minutes: 60,
        periods: vec![
            Period::between("2020-01", &date(1, DAYS[0]), &date(1, DAYS[1]))?,
            Period::between("2020-04", &date(4, DAYS[0]), &date(4, DAYS[1]))?,
        ],
        grids: vec![Grid::Mesh { digits: 8 }],
        calendar: Calendar::japan()?,
    };
    let mut about = about(city, &question);
    let generator = Generator::new(city, question)?;
    let mut counter = Counter::new(&network, spec, Options::default())?;
    for block in generator.blocks() {
        counter.push(block.points.view())?;
    }
    let (raw, _) = counter.finish();
    about.expansion = expansion(&raw)?;
    Ok(Flows::publish(&raw, about, &Policy::new(Policy::DEFAULT_K, SEED)?)?)
}

fn about(city: &CityModel, question: &Question) -> About {
    let options = [
        ("tool", "cargo xtask flows".to_owned()),
        ("tool_version", env!("CARGO_PKG_VERSION").to_owned()),
        ("tracks", "synthetic (合成データ)".to_owned()),
        ("seed", question.seed.to_string()),
        ("share_of_people", question.share.to_string()),
        ("interval_s", question.interval_s.to_string()),
        ("stay_interval_s", question.stay_interval_s.to_string()),
        ("accuracy_m", question.accuracy_m.to_string()),
    ];
    let mut credits = vec![figures::CREDIT.to_owned()];
    credits.extend(city.credits().into_iter().map(str::to_owned));
    About {
        synthetic: true,
        credits,
        options: options.into_iter().map(|(name, value)| (name.to_owned(), value)).collect(),
        matching_error: MATCHING_ERROR,
        ..About::default()
    }
}

/// How many people a counted person stands for: published by counted, in the first period.
fn expansion(raw: &Raw) -> anyhow::Result<Expansion> {
    let kind = DayKind::Weekday;
    let published = Population::published(2020, 1, kind)?.day;
    let in_question = |key: &RawKey| {
        let day = i64::from(key.day);
        let first_period = raw.spec.period_of(day) == Some(0) && raw.spec.calendar.kind_of(day) == kind;
        key.place == figures::MESH && HOURS.contains(&key.bin) && first_period
    };
    let counts = raw.cells[0].iter().filter(|(key, _)| in_question(key));
    let persons: u64 = counts.map(|(_, counts)| u64::from(counts.persons)).sum();
    let days = raw.spec.periods[0].days_of(kind, &raw.spec.calendar);
    let counted = persons as f64 / (HOURS.len() as f64 * f64::from(days));
    anyhow::ensure!(counted > 0.0, "nobody was counted in the mesh {}", figures::MESH);
    Ok(Expansion {
        factor: (100.0 * published / counted).round() / 100.0,
        basis: format!(
            "2020-01 平日 11-15 時 滞在人口 1 km メッシュ {} (MLIT): {published} / {counted:.1}",
            figures::MESH
        ),
    })
}
