//! Synthetic tracks in the built-in city: what was put in comes back.

#[path = "../examples/common/mod.rs"]
mod common;

use std::collections::BTreeMap;
use std::sync::OnceLock;

use futago_flow::{
    About, Calendar, CellId, DayKind, Estimate, Expansion, Flows, Grid, Period, Policy, Spec, Versus,
    jst_day, jst_second_of_day,
};
use futago_matching::{Counter, Network, Options, Points};
use futago_model::CityModel;
use futago_synthetic::agoop::{AgoopWriter, HEADER, gzip};
use futago_synthetic::{Block, Generator, Question, figures};

fn city() -> &'static CityModel {
    static CITY: OnceLock<CityModel> = OnceLock::new();
    CITY.get_or_init(common::city)
}

fn network() -> &'static Network {
    static NETWORK: OnceLock<Network> = OnceLock::new();
    NETWORK.get_or_init(|| Network::new(city()).unwrap())
}

fn months() -> Spec {
    let month = |name, from, to| Period::between(name, from, to).unwrap();
    Spec {
        bin_minutes: 60,
        periods: vec![
            month("before", "2020-01-01", "2020-01-31"),
            month("after", "2020-04-01", "2020-04-30"),
        ],
        grids: vec![Grid::Mesh { digits: 8 }],
        calendar: Calendar::japan().unwrap(),
    }
}

fn publish(raw: &futago_flow::Raw, factor: f64, matching_error: f64) -> Flows {
    let about = About {
        synthetic: true,
        credits: vec![figures::CREDIT.to_owned()],
        expansion: Expansion { factor, basis: "all synthetic people".to_owned() },
        matching_error,
        ..About::default()
    };
    Flows::publish(raw, about, &Policy::new(10, 1).unwrap()).unwrap()
}

/// Bar: within 2 percentage points. Four days of each kind and month; the chance of the draws is 0.7 points.
#[test]
fn the_published_change_of_the_mesh_comes_back() {
    let question = Question {
        share: 0.012,
        most_days: 4,
        interval_s: 600.0,
        stay_interval_s: 1800.0,
        ..Question::default()
    };
    let generator = Generator::new(city(), question).unwrap();
    let mut counter = Counter::new(network(), months(), Options::default()).unwrap();
    for block in generator.blocks() {
        counter.push(block.points.view()).unwrap();
    }
    let (raw, tally) = counter.finish();
    assert!(tally.points > 50_000, "{tally:?}");
    let flows = publish(&raw, 1.0 / 0.012, 0.0);
    for (kind, published) in [(DayKind::Weekday, -45.88), (DayKind::Holiday, -58.94)] {
        let mean = |period: u8| {
            let days = f64::from(flows.days(usize::from(period), kind)) / 4.0;
            let hours =
                (11..15).map(|hour| flows.cell(0, CellId(figures::MESH), period, kind, hour).unwrap());
            hours.map(|flow| flow.persons() * days).sum::<f64>() / 4.0
        };
        let (before, after) = (mean(0), mean(1));
        let change = 100.0 * (after / before - 1.0);
        assert!((change - published).abs() < 2.0, "{kind:?}: {change} for {published}");
        // The level, too: 226,627 on a weekday of January.
        let level = [226_627.0, 84_936.0][kind as usize];
        assert!((before / level - 1.0).abs() < 0.08, "{kind:?}: {before} for {level}");
    }
}

/// What half of the people show, against what all of them truly walked: changes lie in their intervals as often as
/// these say. Counts themselves carry the error of matching (parallel ways, doors), which has heavy tails.
#[test]
fn the_truth_of_single_streets_lies_in_the_stated_intervals() {
    let question = Question {
        share: 0.006,
        most_days: 1,
        interval_s: 20.0,
        stay_interval_s: 1800.0,
        true_walks: true,
        ..Question::default()
    };
    let generator = Generator::new(city(), question).unwrap();
    let spec = months();
    let mut counter = Counter::new(network(), spec.clone(), Options::default()).unwrap();
    let mut truth: BTreeMap<(u32, u8, u16, DayKind), std::collections::BTreeSet<u64>> = BTreeMap::new();
    for block in generator.blocks() {
        for walk in &block.walks {
            let (day, hour) = (jst_day(walk.begin_s), (jst_second_of_day(walk.begin_s) / 3600) as u16);
            let Some(period) = spec.period_of(day) else { continue };
            truth.entry((walk.link, period, hour, spec.calendar.kind_of(day))).or_default().insert(walk.id);
        }
        let mut panel = Points::default();
        for track in
            block.points.view().tracks().into_iter().filter(|track| block.points.id[track.start] % 2 == 0)
        {
            panel.append(block.points.view().part(track));
        }
        counter.push(panel.view()).unwrap();
    }
    let (raw, _) = counter.finish();
    let flows = publish(&raw, 2.0, MATCHING_ERROR);
    let mean = |link: u32, period: u8, hour: u16, kind: DayKind| {
        let persons = truth.get(&(link, period, hour, kind)).map_or(0, |set| set.len());
        persons as f64 / f64::from(flows.days(usize::from(period), kind))
    };
    let inside = |estimate: Estimate, value: f64| (estimate.low..=estimate.high).contains(&value);
    let on_ground = |link: u32| network().links[link as usize].level == 0.0;
    let counts: Vec<bool> = (flows.links().filter(|flow| on_ground(flow.link())))
        .map(|f| inside(flows.estimate(&f), mean(f.link(), f.period(), f.bin(), f.day_kind())))
        .collect();
    let bare = publish(&raw, 2.0, 0.0);
    let mut changes = Vec::new();
    for day_kind in DayKind::ALL {
        for change in bare.link_changes(Versus { before: 0, after: 1, day_kind }) {
            let of = |period| mean(change.place, period, change.bin, day_kind);
            changes.push(inside(change.ratio, of(1) / of(0)));
        }
    }
    let share = |all: &[bool]| all.iter().filter(|inside| **inside).count() as f64 / all.len() as f64;
    assert!(changes.len() > 300 && share(&changes) > 0.90, "{} of {}", share(&changes), changes.len());
    assert!(counts.len() > 1000 && share(&counts) > 0.80, "{} of {}", share(&counts), counts.len());
    // The intervals are no wider than they need to be: moved by half, the truth lies outside of many.
    let moved = bare
        .links()
        .filter(|f| inside(bare.estimate(f), 1.5 * mean(f.link(), f.period(), f.bin(), f.day_kind())));
    assert!((moved.count() as f64) < 0.7 * bare.links().len() as f64);
}

/// Standard error of a count by matching to the wrong link; `docs/crowds.md` has how it was measured.
const MATCHING_ERROR: f64 = 0.3;

#[test]
fn the_same_bytes_on_any_number_of_threads() {
    let question = Question { share: 0.0005, most_days: 1, interval_s: 60.0, ..Question::default() };
    let all = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| {
            let generator = Generator::new(city(), question.clone()).unwrap();
            let mut counter = Counter::new(network(), months(), Options::default()).unwrap();
            let blocks: Vec<Block> = generator.blocks().collect();
            blocks.iter().for_each(|block| counter.push(block.points.view()).unwrap());
            let flows = publish(&counter.finish().0, 1.0, 0.0);
            let mut writer = AgoopWriter::new(gzip(Vec::new()), 1).unwrap();
            blocks.iter().for_each(|block| writer.write(block).unwrap());
            (writer.finish().unwrap().finish().unwrap(), flows.to_bytes().unwrap())
        })
    };
    let (one, four) = (all(1), all(4));
    assert!(one.0.len() > 10_000);
    assert!(one == four);
}

#[test]
fn points_have_the_errors_they_state() {
    let question = Question {
        share: 0.001,
        most_days: 1,
        interval_s: 20.0,
        canyon: 0.0,
        roofed_share: 0.0,
        ..Question::default()
    };
    let generator = Generator::new(city(), question).unwrap();
    let (mut within, mut all) = (0, 0);
    for block in generator.blocks() {
        let nearest = |at: usize| {
            let [x, y] = network().plane.site_m(block.points.lon_deg[at], block.points.lat_deg[at]);
            let own =
                (0..network().segments.len()).filter(|s| network().segments.link[*s] == block.true_link[at]);
            own.map(|s| network().segments.distance2(s as u32, x, y).0.sqrt()).fold(f64::MAX, f64::min)
        };
        let walking = (0..block.points.id.len()).filter(|at| block.true_link[*at] != Block::NO_LINK);
        for at in walking.step_by(40).take(400) {
            all += 1;
            within += usize::from(nearest(at) <= f64::from(block.points.accuracy_m[at]));
        }
    }
    // 68 % of places are within the radius; the nearest point of the link is mostly nearer than the true place.
    let share = within as f64 / all as f64;
    assert!(all > 200 && (0.68..0.97).contains(&share), "{share} of {all}");
}

/// 93.8 % of 57,614 points when this was written; docs/crowds.md has what the rest are.
#[test]
fn most_points_of_walkers_are_on_their_link() {
    let question = Question {
        share: 0.01,
        most_days: 1,
        interval_s: 1.0,
        correlation_s: 0.0,
        canyon: 0.0,
        roofed_share: 0.0,
        ..Question::default()
    };
    let generator = Generator::new(city(), question).unwrap();
    let (points, truth) = common::points(&generator, 10_000);
    let matched = network().match_points(points.view(), &Options::default()).unwrap();
    let known = matched.iter().zip(&truth).filter(|(_, truth)| truth.0 != Block::NO_LINK);
    let right: Vec<bool> = known.map(|(matched, truth)| matched.link == truth.0).collect();
    let share = right.iter().filter(|right| **right).count() as f64 / right.len() as f64;
    assert!(right.len() > 5000 && share > 0.91, "{share} of {}", right.len());
}

#[test]
fn agoop_files_have_31_columns_and_no_homes() {
    let question = Question { share: 0.0002, months: vec![(2020, 4)], most_days: 1, ..Question::default() };
    let generator = Generator::new(city(), question).unwrap();
    let mut writer = AgoopWriter::new(Vec::new(), 1).unwrap();
    let block = generator.blocks().next().unwrap();
    writer.write(&block).unwrap();
    let text = String::from_utf8(writer.finish().unwrap()).unwrap();
    let mut lines = text.lines();
    let names: Vec<&str> = lines.next().unwrap().split(',').collect();
    assert_eq!(names.join(","), HEADER);
    let column = |name: &str| names.iter().position(|other| *other == name).unwrap();
    let mut rows = 0;
    for (at, line) in lines.enumerate() {
        let cells: Vec<&str> = line.split(',').collect();
        assert_eq!(cells.len(), 31, "{line}");
        assert_eq!([column("year"), column("month"), column("day")].map(|c| cells[c]), ["2020", "4", "1"]);
        let lat_deg: f64 = cells[column("latitude")].parse().unwrap();
        assert!((lat_deg - block.points.lat_deg[at]).abs() < 1e-6);
        let minutes: i64 = cells[column("hour")].parse::<i64>().unwrap() * 60
            + cells[column("minute")].parse::<i64>().unwrap();
        assert_eq!(minutes, jst_second_of_day(block.points.time_s[at]) / 60);
        for empty in ["home_prefcode", "home_citycode", "workplace_prefcode", "workplace_citycode", "gender"]
        {
            assert_eq!(cells[column(empty)], "");
        }
        rows += 1;
    }
    assert_eq!(rows, block.points.id.len());
    assert!(rows > 100);
}

#[test]
fn a_month_without_figures_is_refused() {
    let question = Question { months: vec![(2031, 1)], ..Question::default() };
    let error = Generator::new(city(), question).unwrap_err().to_string();
    assert!(error.contains("2031-01"), "{error}");
    let question = Question { share: 0.0, ..Question::default() };
    assert!(Generator::new(city(), question).is_err());
}
