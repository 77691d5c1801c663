//! Bytes changed, cut off, put in and doubled all over the files: no panic, no hang, no great memory.

mod common;

use std::time::{Duration, Instant};

use common::houses;
use futago_features::{Limits, read};

/// Changes of each file.
const TURNS: usize = 2_000;

/// Most memory that the whole test may take at once, KiB: every file is smaller than 13 KiB.
const MEMORY_KIB: u64 = 512 << 10;

/// A small generator with a seed (xorshift), so that a failure can be had again.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % end.max(1) as u64) as usize
    }
}

/// One change.
fn change(bytes: &mut Vec<u8>, dice: &mut Dice) {
    let at = dice.below(bytes.len());
    match dice.below(7) {
        0 => bytes[at] = dice.below(256) as u8,
        1 => bytes[at] ^= 1 << dice.below(8),
        2 => bytes[at] = b"0123456789-e.,:\"{}[]"[dice.below(20)],
        3 => bytes.truncate(at),
        4 => {
            let end = (at + dice.below(64)).min(bytes.len());
            bytes.drain(at..end);
        }
        5 => {
            let part = bytes[at..(at + dice.below(64)).min(bytes.len())].to_vec();
            bytes.splice(at..at, part);
        }
        _ => {
            let number = [0, 1, u32::MAX, i32::MAX as u32, 0x7FC0_0000][dice.below(5)];
            let end = (at + 4).min(bytes.len());
            bytes[at..end].copy_from_slice(&number.to_le_bytes()[..end - at]);
        }
    }
}

#[test]
fn changed_files_are_read_or_refused_in_time() {
    let files = houses();
    let mut dice = Dice(0x2026_1122_5EED_0002);
    let (mut whole, mut refused) = (0, 0);
    let pairs = [
        ("houses.geojson", "houses.geojson"),
        ("houses.fgb", "houses.fgb"),
        ("houses.parquet", "houses.parquet"),
        ("houses.shp", "houses.shp"),
        ("houses.dbf", "houses.shp"),
        ("houses.prj", "houses.shp"),
        ("houses.cpg", "houses.shp"),
    ];
    for (path, file) in pairs {
        for turn in 0..TURNS {
            let mut changed = files.clone();
            let bytes = changed.0.get_mut(path).expect("a file");
            for _ in 0..=turn % 3 {
                if !bytes.is_empty() {
                    change(bytes, &mut dice);
                }
            }
            let start = Instant::now();
            match read(&changed, file, &Limits::default()) {
                Ok(_) => whole += 1,
                Err(error) => {
                    assert!(error.to_string().contains("houses."), "{error}");
                    refused += 1;
                }
            }
            let took = start.elapsed();
            assert!(took < Duration::from_secs(10), "{path}, turn {turn}: {took:?}");
        }
    }
    match peak_kib() {
        Some(peak) => assert!(peak < MEMORY_KIB, "{peak} KiB at the most"),
        None => eprintln!("SKIPPED: the system does not tell the memory of a process"),
    }
    assert!(whole > 200 && refused > 200, "{whole} read, {refused} refused: changes are too tame or wild");
}

/// The most memory that this process had so far; none where the system does not say.
fn peak_kib() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().trim_end_matches("kB").trim().parse().ok()
}

#[test]
fn every_cut_is_told() {
    let files = houses();
    for file in ["houses.geojson", "houses.fgb", "houses.parquet", "houses.shp"] {
        let bytes = &files.0[file];
        for turn in 0..100 {
            let cut = &bytes[..bytes.len() * turn / 100];
            let error = files.clone().with(file, cut).read(file).expect_err("a cut file is not whole");
            assert!(error.to_string().contains(file), "{error}");
        }
    }
}
