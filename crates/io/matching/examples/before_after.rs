//! Two months of synthetic tracks: does what was put in come back? The change of the mesh, and single streets
//! against what was truly walked.
//!
//! `cargo run --release -p futago_matching --example before_after [share] [panel] [days] [file]`: `share` of all people
//! are made, `panel` of these carry a phone that is counted, on the first `days` days of each kind.

mod common;

use std::collections::HashMap;
use std::time::Instant;

use futago_flow::{
    About, Calendar, CellId, DayKind, Expansion, Flows, Grid, Period, Policy, Spec, Versus, jst_day,
    jst_second_of_day,
};
use futago_matching::{Counter, Network, Options, Points};
use futago_synthetic::{Block, Generator, Question, figures};

/// Link, period, kind of day, hour.
type Key = (u32, u8, DayKind, u16);

fn main() {
    let argument = |index: usize, default: f64| {
        std::env::args().nth(index).and_then(|text| text.parse().ok()).unwrap_or(default)
    };
    let (share, panel, days) = (argument(1, 0.02), argument(2, 0.5), argument(3, 5.0));
    let city = common::city();
    let network = Network::new(&city).expect("a network");
    let question = Question { share, most_days: days as u32, true_walks: true, ..Question::default() };
    let generator = Generator::new(&city, question).expect("a generator");
    let month = |name, from, to| Period::between(name, from, to).expect("dates");
    let spec = Spec {
        bin_minutes: 60,
        periods: vec![
            month("before", "2020-01-01", "2020-01-31"),
            month("after", "2020-04-01", "2020-04-30"),
        ],
        grids: vec![Grid::Mesh { digits: 8 }],
        calendar: Calendar::japan().expect("the list"),
    };
    let mut counter = Counter::new(&network, spec.clone(), Options::default()).expect("a question");
    let mut truth: HashMap<Key, u32> = HashMap::new();
    let start = Instant::now();
    for block in generator.blocks() {
        add_truth(&spec, &block, &mut truth);
        let mut points = Points::default();
        for track in block.points.view().tracks() {
            if counted(block.points.id[track.start], panel) {
                points.append(block.points.view().part(track));
            }
        }
        counter.push(points.view()).expect("in order");
    }
    let (raw, tally) = counter.finish();
    println!(
        "{tally:?}\n{:.1} s by the clock, {:.1} s of processor",
        start.elapsed().as_secs_f64(),
        common::cpu_s()
    );
    // Published means are of all days of the kind; only some were made.
    for (index, period) in spec.periods.iter().enumerate() {
        for kind in DayKind::ALL {
            let made = generator.days().iter().filter(|d| spec.period_of(d.day) == Some(index as u8));
            println!("{}: {} days of {kind:?} made", period.name, made.filter(|d| d.kind == kind).count());
        }
    }
    for matching_error in [0.0, 0.1, 0.2, 0.3] {
        let about = About {
            synthetic: true,
            credits: vec![figures::CREDIT.to_owned()],
            expansion: Expansion { factor: 1.0 / panel, basis: "all synthetic people".to_owned() },
            matching_error,
            ..About::default()
        };
        let flows = Flows::publish(&raw, about, &Policy::new(10, 1).expect("k")).expect("counts");
        if matching_error == 0.0 {
            mesh(&flows, &generator);
            if let Some(path) = std::env::args().nth(4) {
                flows.write(std::path::Path::new(&path)).expect("written");
            }
        }
        streets(&flows, &truth, matching_error);
    }
}

fn counted(id: u64, panel: f64) -> bool {
    let hash = id.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 11;
    (hash as f64 / (1_u64 << 53) as f64) < panel
}

/// Distinct persons by link and hour, from what was truly walked.
fn add_truth(spec: &Spec, block: &Block, truth: &mut HashMap<Key, u32>) {
    let mut seen = std::collections::HashSet::new();
    for walk in &block.walks {
        let day = jst_day(walk.begin_s);
        let Some(period) = spec.period_of(day) else { continue };
        let hour = (jst_second_of_day(walk.begin_s) / 3600) as u16;
        if seen.insert((walk.id, walk.link, hour)) {
            *truth.entry((walk.link, period, spec.calendar.kind_of(day), hour)).or_default() += 1;
        }
    }
}

fn mesh(flows: &Flows, generator: &Generator) {
    println!("kept back: about {} of {} bins of links", flows.suppressed_link_bins(), flows.links().len());
    for (kind, published) in [(DayKind::Weekday, -45.9), (DayKind::Holiday, -58.9)] {
        let mean = |period: u8| {
            // The flows divide by all days of the period; the generator made the first few.
            let all = f64::from(flows.days(usize::from(period), kind));
            let of_period = generator.days().iter().filter(|day| {
                let period = &flows.periods()[usize::from(period)];
                day.kind == kind && (period.first_day..period.end_day).contains(&day.day)
            });
            let made = of_period.count() as f64;
            let hours = (11..15).map(|hour| flows.cell(0, CellId(figures::MESH), period, kind, hour));
            hours.map(|flow| flow.map_or(0.0, |flow| flow.persons())).sum::<f64>() / 4.0 * all / made
        };
        let (before, after) = (mean(0), mean(1));
        let change = 100.0 * (after / before - 1.0);
        println!("{kind:?} 11-15 h: {before:.1} -> {after:.1}: {change:.2} %, published {published} %");
    }
}

/// How often the truth lies in the stated interval.
fn streets(flows: &Flows, truth: &HashMap<Key, u32>, matching_error: f64) {
    let (mut all, mut inside, mut relative) = (0, 0, Vec::new());
    for flow in flows.links() {
        let key = (flow.link(), flow.period(), flow.day_kind(), flow.bin());
        let days = f64::from(flows.days(usize::from(flow.period()), flow.day_kind()));
        let true_mean = f64::from(truth.get(&key).copied().unwrap_or_default()) / days;
        let estimate = flows.estimate(&flow);
        all += 1;
        inside += usize::from((estimate.low..=estimate.high).contains(&true_mean));
        relative.push(estimate.value / true_mean.max(1e-9) - 1.0);
    }
    relative.sort_by(f64::total_cmp);
    let quantile = |q: f64| relative[((relative.len() - 1) as f64 * q) as usize];
    let of = |kind| Versus { before: 0, after: 1, day_kind: kind };
    let (mut pairs, mut right) = (0, 0);
    for kind in DayKind::ALL {
        for change in flows.link_changes(of(kind)) {
            let count =
                |period| truth.get(&(change.place, period, kind, change.bin)).copied().unwrap_or_default();
            let days = |period| f64::from(flows.days(period, kind));
            let ratio = (f64::from(count(1)) / days(1)) / (f64::from(count(0)) / days(0)).max(1e-9);
            pairs += 1;
            right += usize::from((change.ratio.low..=change.ratio.high).contains(&ratio));
        }
    }
    println!(
        "matching error {matching_error}: {all} street hours, truth in the interval of {:.1} %; error of the count \
         10 % {:+.3}, 25 % {:+.3}, median {:+.3}, 75 % {:+.3}, 90 % {:+.3}; {pairs} changes, true ratio in the interval of {:.1} %",
        100.0 * inside as f64 / all as f64,
        quantile(0.1),
        quantile(0.25),
        quantile(0.5),
        quantile(0.75),
        quantile(0.9),
        100.0 * right as f64 / pairs.max(1) as f64,
    );
}
