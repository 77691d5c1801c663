//! How fast a file is read: `rate FILE [ROUNDS [WAY]]`. Rates are MB of XML a second of wall time, best,
//! median and worst of the rounds; the four ways take turns, so that what else the machine does
//! hits all of them. With a number from 0 to 3 only that way is taken, for counting instructions. CPU seconds are those of the best round (Linux; ticks of 10 ms).

use std::fs::File;
use std::io::BufReader;
use std::ops::ControlFlow;
use std::time::Instant;

use futago_citygml::{Limits, stream};
use futago_raw::ItemKind;
use quick_xml::Reader;
use quick_xml::events::Event;

type Way<'a> = (&'static str, Box<dyn Fn() -> u64 + 'a>);

fn main() {
    let mut arguments = std::env::args().skip(1);
    let file = arguments.next().expect("rate FILE [ROUNDS]");
    let rounds: usize = arguments.next().map_or(5, |text| text.parse().expect("a number of rounds"));
    let only: Option<usize> = arguments.next().map(|text| text.parse().expect("a number from 0 to 3"));
    let bytes = std::fs::read(&file).expect("a file");
    let one = pool(1);
    let two = pool(2);
    let ways: [Way<'_>; 4] = [
        ("quick-xml, buffered events", Box::new(|| buffered(&file))),
        ("quick-xml, slice events", Box::new(|| slice(&bytes))),
        ("raw features, 1 thread", Box::new(|| one.install(|| parse(&file)))),
        ("raw features, 2 threads", Box::new(|| two.install(|| parse(&file)))),
    ];
    if let Some(way) = only {
        (0..rounds).for_each(|_| assert!(ways[way].1() > 0, "nothing was read"));
        return;
    }
    let mut taken: [Vec<(f64, f64)>; 4] = Default::default();
    for _ in 0..rounds {
        for ((_, way), taken) in ways.iter().zip(&mut taken) {
            let (start, cpu) = (Instant::now(), cpu_s());
            assert!(way() > 0, "nothing was read");
            taken.push((start.elapsed().as_secs_f64(), cpu_s() - cpu));
        }
    }
    let megabytes = bytes.len() as f64 / 1e6;
    println!("{megabytes:.0} MB, {rounds} rounds");
    let mut best = Vec::new();
    for ((name, _), taken) in ways.iter().zip(&mut taken) {
        taken.sort_by(|a, b| a.0.total_cmp(&b.0));
        let rate = |at: usize| megabytes / taken[at].0;
        let (median, worst) = (rate(rounds / 2), rate(rounds - 1));
        println!(
            "{name}: {:.0} MB/s (median {median:.0}, worst {worst:.0}), {:.2} s CPU",
            rate(0),
            taken[0].1
        );
        best.push(rate(0));
    }
    println!(
        "1 thread is {:.0} % of buffered, {:.0} % of slice",
        100.0 * best[2] / best[0],
        100.0 * best[2] / best[1]
    );
    println!("2 threads are {:.2} times 1 thread", best[3] / best[2]);
}

fn pool(threads: usize) -> rayon::ThreadPool {
    rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads")
}

fn buffered(file: &str) -> u64 {
    let mut reader = Reader::from_reader(BufReader::new(File::open(file).expect("a file")));
    let (mut buffer, mut events) = (Vec::new(), 0);
    loop {
        match reader.read_event_into(&mut buffer).expect("XML") {
            Event::Eof => return events,
            _ => events += 1,
        }
        buffer.clear();
    }
}

fn slice(bytes: &[u8]) -> u64 {
    let mut reader = Reader::from_reader(bytes);
    let mut events = 0;
    while reader.read_event().expect("XML") != Event::Eof {
        events += 1;
    }
    events
}

fn parse(file: &str) -> u64 {
    let mut surfaces = 0;
    let input = File::open(file).expect("a file");
    stream(input, file, &Limits::default(), |item| {
        if item.kind == ItemKind::Object {
            surfaces += item.object.shapes.surfaces.len() as u64;
        }
        ControlFlow::Continue(())
    })
    .expect("CityGML");
    surfaces
}

/// CPU time of the process; 0 where the system does not tell.
fn cpu_s() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let after = stat.rsplit(')').next().unwrap_or_default();
    let ticks = after.split_whitespace().skip(11).take(2).filter_map(|word| word.parse::<f64>().ok());
    ticks.sum::<f64>() / 100.0
}
