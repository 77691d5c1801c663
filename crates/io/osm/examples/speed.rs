//! How fast an extract is read: `cargo run --release -p futago_osm --example speed -- FILE [WEST,SOUTH,EAST,NORTH]`.
//! Threads by `RAYON_NUM_THREADS`.

use std::fs::File;
use std::io::Read;
use std::ops::ControlFlow;
use std::time::Instant;

use futago_osm::{Options, read};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut args = std::env::args().skip(1);
    let path = args.next().ok_or("name a file")?;
    let bounds = match args.next() {
        None => None,
        Some(text) => {
            let numbers: Vec<f64> = text.split(',').map(str::parse).collect::<Result<_, _>>()?;
            Some(<[f64; 4]>::try_from(numbers).map_err(|_| "four numbers")?)
        }
    };
    let bytes = std::fs::metadata(&path)?.len();
    let options = Options { bounds, ..Options::default() };
    let mut open = || -> std::io::Result<Box<dyn Read + Send>> { Ok(Box::new(File::open(&path)?)) };
    let start = Instant::now();
    let found = read(&mut open, &path, &options, &mut |_| ControlFlow::Continue(()))?;
    let seconds = start.elapsed().as_secs_f64();
    println!(
        "{:.1} MB in {seconds:.2} s, {:.1} MB/s: {} lines, {} areas, {} ways for people, {} buildings; {} remarks",
        bytes as f64 / 1e6,
        bytes as f64 / 1e6 / seconds,
        found.lines.features.len(),
        found.areas.features.len(),
        found.walk_ways.features.len(),
        found.buildings.features.len(),
        found.report.entries.len()
    );
    Ok(())
}
