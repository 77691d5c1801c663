//! How fast a file is read: `rate FILE [ROUNDS [WAY]]`. Rates are MB of JSON a second of wall time, best,
//! median and worst of the rounds; the ways take turns, so that what else the machine does hits all of
//! them. With a number from 0 to 2 only that way is taken, for counting instructions.

use std::fs::File;
use std::ops::ControlFlow;
use std::time::Instant;

use futago_cityjson::{Limits, stream};

type Way<'a> = (&'static str, Box<dyn Fn() -> usize + 'a>);

fn main() {
    let mut arguments = std::env::args().skip(1);
    let file = arguments.next().expect("rate FILE [ROUNDS [WAY]]");
    let rounds: usize = arguments.next().map_or(5, |text| text.parse().expect("a number of rounds"));
    let only: Option<usize> = arguments.next().map(|text| text.parse().expect("a number from 0 to 2"));
    let bytes = std::fs::read(&file).expect("a file");
    let pool = |threads| rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
    let (one, two) = (pool(1), pool(2));
    let ways: [Way<'_>; 3] = [
        ("serde_json values", Box::new(|| values(&bytes))),
        ("raw features, 1 thread", Box::new(|| one.install(|| parse(&file)))),
        ("raw features, 2 threads", Box::new(|| two.install(|| parse(&file)))),
    ];
    let mut taken: [Vec<f64>; 3] = Default::default();
    for _ in 0..rounds {
        for (at, (_, way)) in ways.iter().enumerate().filter(|(at, _)| only.is_none_or(|only| only == *at)) {
            let start = Instant::now();
            assert!(way() > 0, "nothing was read");
            taken[at].push(start.elapsed().as_secs_f64());
        }
    }
    let megabytes = bytes.len() as f64 / 1e6;
    println!("{megabytes:.0} MB, {rounds} rounds");
    for ((name, _), taken) in ways.iter().zip(&mut taken).filter(|(_, taken)| !taken.is_empty()) {
        taken.sort_by(f64::total_cmp);
        let rate = |at: usize| megabytes / taken[at];
        let (best, median, worst) = (rate(0), rate(rounds / 2), rate(rounds - 1));
        println!("{name}: {best:.0} MB/s (median {median:.0}, worst {worst:.0})");
    }
}

/// Values of every text of the file.
fn values(bytes: &[u8]) -> usize {
    let texts = serde_json::Deserializer::from_slice(bytes).into_iter::<serde_json::Value>();
    texts.map(|value| usize::from(value.expect("JSON").is_object())).sum()
}

fn parse(file: &str) -> usize {
    let (mut things, input) = (0, File::open(file).expect("a file"));
    let summary = stream(input, file, &Limits::default(), |item| {
        things += item.object.shapes.surfaces.len() + 1;
        ControlFlow::Continue(())
    });
    summary.expect("CityJSON");
    things
}
