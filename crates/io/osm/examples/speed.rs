//! How fast an extract is read: `cargo run --release -p futago_osm --example speed -- FILE [WEST,SOUTH,EAST,NORTH]`.
//! Threads by `RAYON_NUM_THREADS`.

use std::fs::File;
use std::io::Read;
use std::ops::ControlFlow;
use std::time::Instant;

use futago_osm::{Extract, Options, read};
use rayon::prelude::*;

/// That of the program.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

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
    let read_s = start.elapsed().as_secs_f64();
    let made = made(&found);
    let seconds = start.elapsed().as_secs_f64();
    println!(
        "{:.1} MB in {seconds:.2} s ({read_s:.2} s to read, the rest to make features), {:.1} MB/s: {made}",
        bytes as f64 / 1e6,
        bytes as f64 / 1e6 / seconds,
    );
    Ok(())
}

/// Makes every feature, kind by kind, as an importer does; how many there are.
fn made(found: &Extract) -> String {
    let mut remarks = found.report.entries.len();
    let lines = found.lines().features.len();
    let areas = found.areas().features.len();
    let ways = found.walk_ways();
    remarks += ways.report.entries.len() + found.walk_spots().report.entries.len();
    let ways = ways.features.len();
    let buildings = found.buildings();
    let made: Vec<usize> = (0..buildings.len())
        .into_par_iter()
        .map(|index| {
            let (building, report) = buildings.get(index);
            assert!(!building.parts.is_empty());
            report.entries.len()
        })
        .collect();
    remarks += made.iter().sum::<usize>();
    format!(
        "{lines} lines, {areas} areas, {ways} ways for people, {} buildings; {remarks} remarks",
        made.len()
    )
}
