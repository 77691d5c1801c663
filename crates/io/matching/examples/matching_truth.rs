//! How often the matched link is the true one, by accuracy, interval and kind of error; and how fast.
//!
//! `cargo run --release -p futago_matching --example matching_truth [points]`

mod common;

use std::time::Instant;

use futago_matching::{Matched, Matcher, Network, Options, Points, sections_of};
use futago_synthetic::{Generator, Question};

/// A place on the network that is no farther from the true one is as good as GPS can say, metres.
const NEAR_M: f64 = 10.0;
/// Links that are long enough for their ends not to matter much, metres.
const LONG_M: f32 = 50.0;

fn main() {
    let wanted: usize = std::env::args().nth(1).and_then(|text| text.parse().ok()).unwrap_or(300_000);
    let options = options();
    let city = common::city();
    let sections = sections_of(&city.walk);
    let start = Instant::now();
    let network = Network::new(&city).expect("a network");
    println!(
        "{} nodes, {} links, {} segments, prepared in {:.2} s; links of {:.1} m in the mean, by length {:.1} m",
        city.walk.nodes.len(),
        city.walk.links.len(),
        network.segments.len(),
        start.elapsed().as_secs_f64(),
        mean(&network, 1) / mean(&network, 0),
        mean(&network, 2) / mean(&network, 1),
    );
    println!(
        "accuracy interval correlation | hmm link  section  adjoins  within {NEAR_M} m | way known | nearest link | M points/s \
         hmm, nearest"
    );
    for (accuracy_m, interval_s, correlation_s) in [
        (3.0, 5.0, 0.0),
        (10.0, 1.0, 0.0),
        (10.0, 5.0, 0.0),
        (10.0, 15.0, 0.0),
        (10.0, 30.0, 0.0),
        (10.0, 60.0, 0.0),
        (10.0, 5.0, 15.0),
        (30.0, 1.0, 0.0),
        (30.0, 5.0, 0.0),
        (30.0, 30.0, 0.0),
        (30.0, 5.0, 15.0),
    ] {
        let question = Question {
            accuracy_m,
            interval_s,
            correlation_s,
            canyon: 0.0,
            roofed_share: 0.0,
            most_days: 1,
            share: 0.1,
            ..Question::default()
        };
        let generator = Generator::new(&city, question).expect("a generator");
        let (points, truth) = common::points(&generator, wanted);
        // Ways between nodes are kept: the first run makes them.
        let _ = network.match_points(points.view(), &options).expect("in order");
        let (start, cpu_s) = (Instant::now(), common::cpu_s());
        let matched = network.match_points(points.view(), &options).expect("in order");
        let hmm_s = [start.elapsed().as_secs_f64(), (common::cpu_s() - cpu_s) / 2.0];
        let (start, cpu_s) = (Instant::now(), common::cpu_s());
        let nearest = network.nearest(points.view());
        let nearest_s = [start.elapsed().as_secs_f64(), (common::cpu_s() - cpu_s) / 2.0];
        let (mut wrong, mut long) = ([0; 5], [0; 2]);
        let bound = on_known_ways(&network, &options, &points, &truth);
        let (mut all, mut right, mut section, mut within, mut near, mut known, mut plain) =
            (0, 0, 0, 0, 0, 0, 0);
        for (at, (truth, offset_m)) in truth.iter().copied().enumerate() {
            if truth == u32::MAX {
                continue;
            }
            all += 1;
            right += usize::from(matched[at].link == truth);
            known += usize::from(bound[at].link == truth);
            let true_place = Matched { link: truth, offset_m, ..matched[at] };
            within += usize::from(apart_m(&network, &matched[at], &true_place) <= NEAR_M);
            let section_of = |link: u32| sections.get(link as usize);
            section += usize::from(section_of(matched[at].link) == section_of(truth));
            near += usize::from(adjoins(&network, matched[at].link, truth));
            plain += usize::from(nearest[at].link == truth);
            if network.links[truth as usize].length_m >= LONG_M {
                long[0] += 1;
                long[1] += u32::from(matched[at].link == truth);
            }
            if matched[at].link != truth {
                wrong[kind_of_error(&city, &network, &matched[at], truth)] += 1;
            }
        }
        let share = |count: usize| 100.0 * count as f64 / all as f64;
        // By the clock, and by processor time of two cores.
        let speed = |seconds: [f64; 2]| seconds.map(|seconds| points.id.len() as f64 / seconds / 1e6);
        println!(
            "{accuracy_m:5} m {interval_s:5} s {correlation_s:6} s | {:6.2} % {:6.2} % {:6.2} % {:6.2} % | {:6.2} % | {:6.2} % | {:.2?} {:.2?}  ({} points, {all} on links)",
            share(right),
            share(section),
            share(near),
            share(within),
            share(known),
            share(plain),
            speed(hmm_s),
            speed(nearest_s),
            points.id.len(),
        );
        let [none, straight, corner, level, other] = wrong.map(share);
        println!(
            "    wrong: no link {none:.2}, straight on {straight:.2}, round the corner {corner:.2}, other level \
             {level:.2}, other {other:.2} %; of the {:.0} % on links of {LONG_M} m and more {:.2} % are right",
            share(long[0] as usize),
            100.0 * f64::from(long[1]) / f64::from(long[0]),
        );
    }
}

/// Places of points whose true links are given.
fn on_known_ways(
    network: &Network,
    options: &Options,
    points: &Points,
    truth: &[(u32, f32)],
) -> Vec<Matched> {
    let known = |(link, offset_m): &(u32, f32)| Matched {
        link: *link,
        offset_m: *offset_m,
        stay: false,
        ambiguous: false,
    };
    let mut known: Vec<Matched> = truth.iter().map(known).collect();
    let mut matcher = Matcher::new(network, *options);
    for track in points.view().tracks() {
        matcher.place_on_known_way(points.view().part(track.clone()), &known[track.clone()]);
        for placed in matcher.placed.iter().filter(|placed| !placed.observation.stay) {
            known[track.start + placed.observation.first_point as usize] = placed.matched;
        }
    }
    known
}

/// How far apart two places on the network are in plan, metres.
fn apart_m(network: &Network, a: &Matched, b: &Matched) -> f64 {
    let segments = &network.segments;
    let place = |matched: &Matched| {
        let first = segments.link.partition_point(|link| *link < matched.link);
        let end = segments.link.partition_point(|link| *link <= matched.link);
        let own = first..end;
        let at = own.rev().find(|at| segments.start_m[*at] <= matched.offset_m)?;
        let share = f64::from((matched.offset_m - segments.start_m[at]) / segments.length_m[at]);
        Some([segments.x[at] + share * segments.dx[at], segments.y[at] + share * segments.dy[at]])
    };
    place(a).zip(place(b)).map_or(f64::INFINITY, |(a, b)| (a[0] - b[0]).hypot(a[1] - b[1]))
}

fn kind_of_error(city: &futago_model::CityModel, network: &Network, matched: &Matched, truth: u32) -> usize {
    let Some(link) = network.links.get(matched.link as usize) else { return 0 };
    if same_street(city, network, matched, truth) {
        1
    } else if adjoins(network, matched.link, truth) {
        2
    } else if (link.level - network.links[truth as usize].level).abs() >= 0.5 {
        3
    } else {
        4
    }
}

/// The defaults, or what `MATCHING_OPTIONS=velocity_memory_s=60,least_sigma_m=2` says.
fn options() -> Options {
    let mut options = Options::default();
    let text = std::env::var("MATCHING_OPTIONS").unwrap_or_default();
    for (name, value) in text.split(',').filter_map(|pair| pair.split_once('=')) {
        let value: f64 = value.parse().expect("a number");
        match name {
            "velocity_memory_s" => options.velocity_memory_s = value,
            "velocity_mps" => options.velocity_mps = value,
            "least_sigma_m" => options.least_sigma_m = value,
            "beta_per_sigma" => options.beta_per_sigma = value,
            "least_beta_m" => options.least_beta_m = value,
            "speed_mps" => options.speed_mps = value,
            "speed_memory_s" => options.speed_memory_s = value,
            "off_ground" => options.off_ground = value,
            "covered" => options.covered = value,
            "step_sigmas" => options.step_sigmas = value,
            _ => panic!("no option {name}"),
        }
    }
    options
}

fn mean(network: &Network, power: i32) -> f64 {
    network.links.iter().map(|link| f64::from(link.length_m).powi(power)).sum()
}

fn adjoins(network: &Network, link: u32, truth: u32) -> bool {
    let Some(a) = network.links.get(link as usize) else { return false };
    let b = &network.links[truth as usize];
    link == truth || [a.from, a.to].iter().any(|node| [b.from, b.to].contains(node))
}

/// The same link, or one of the same way of the source that adjoins it.
fn same_street(city: &futago_model::CityModel, network: &Network, matched: &Matched, truth: u32) -> bool {
    if matched.link == truth {
        return true;
    }
    let Some(link) = city.walk.links.get(matched.link as usize) else { return false };
    let other = &city.walk.links[truth as usize];
    adjoins(network, matched.link, truth) && link.kind == other.kind && link.level == other.level && {
        let bearing = |index: u32| {
            let line = city.walk.line_mm(futago_model::WalkLinkId(index));
            let (a, b) = (line[0], line[line.len() - 1]);
            (f64::from(b[1] - a[1])).atan2(f64::from(b[0] - a[0]))
        };
        // Straight on, either way.
        (bearing(matched.link) - bearing(truth)).sin().abs() < 0.5
    }
}
