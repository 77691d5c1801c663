//! Synthetic tracks as an Agoop file, gzipped where the name ends in `.gz`.
//!
//! `cargo run --release -p futago_matching --example write_tracks FILE [share] [days] [interval_s]`

mod common;

use std::fs::File;
use std::io::{BufWriter, Write};

use futago_synthetic::agoop::{AgoopWriter, gzip};
use futago_synthetic::{Generator, Question};

fn main() {
    let path = std::env::args().nth(1).expect("the name of a file");
    let argument = |index: usize, default: f64| {
        std::env::args().nth(index).and_then(|t| t.parse().ok()).unwrap_or(default)
    };
    let question = Question {
        share: argument(2, 0.001),
        most_days: argument(3, 31.0) as u32,
        interval_s: argument(4, 30.0),
        ..Question::default()
    };
    let generator = Generator::new(&common::city(), question).expect("a generator");
    let file = BufWriter::new(File::create(&path).expect("the file can be made"));
    let start = std::time::Instant::now();
    let rows = if path.ends_with(".gz") {
        let (zipped, rows) = write(gzip(file), &generator);
        zipped.finish().expect("written");
        rows
    } else {
        write(file, &generator).1
    };
    let (clock_s, cpu_s) = (start.elapsed().as_secs_f64(), common::cpu_s());
    println!("{rows} rows, {clock_s:.1} s by the clock, {cpu_s:.1} s of processor");
}

fn write<W: Write>(out: W, generator: &Generator) -> (W, u64) {
    let mut writer = AgoopWriter::new(out, generator.question().seed).expect("written");
    for block in generator.blocks() {
        writer.write(&block).expect("written");
    }
    let rows = writer.rows();
    (writer.finish().expect("written"), rows)
}
