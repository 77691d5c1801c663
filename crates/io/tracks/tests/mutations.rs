//! Bytes changed, cut off, put in and doubled all over small files of every format: no panic, no hang, and what
//! is read or refused adds up.

mod common;

use std::time::{Duration, Instant};

use common::*;
use futago_tracks::{Limits, ReadOptions, Reason, read_all};

/// Changes of each file.
const TURNS: usize = 250;

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
        2 => bytes[at] = b"0123456789-e.,:;\"{}[]<>/\n\r\t "[dice.below(28)],
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
fn changed_files_are_read_or_refused() {
    let folder = tempfile::tempdir().unwrap();
    let mut files: Vec<(String, Vec<u8>)> =
        TEXTS.iter().map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec())).collect();
    files.push(("a.csv.gz".to_owned(), gzip(AGOOP.as_bytes())));
    files.push(("a.csv.zst".to_owned(), zstandard(AGOOP.as_bytes())));
    for (name, make) in [
        ("p.parquet", (|path| parquet_file(path)) as fn(&std::path::Path)),
        ("g.parquet", |path| geoparquet_file(path, "")),
    ] {
        let path = folder.path().join(name);
        make(&path);
        files.push((name.to_owned(), std::fs::read(&path).unwrap()));
    }
    let limits = Limits { group_rows: 1_000_000, ..Limits::default() };
    let options = ReadOptions { threads: Some(1), limits, ..ReadOptions::default() };
    let mut dice = Dice(0x2026_1122_5EED_0002);
    for (name, bytes) in files {
        let (mut whole, mut refused) = (0, 0);
        for turn in 0..TURNS {
            let mut changed = bytes.clone();
            for _ in 0..=turn % 3 {
                if !changed.is_empty() {
                    change(&mut changed, &mut dice);
                }
            }
            let path = put(folder.path(), &name, &changed);
            let start = Instant::now();
            match read_all(&[path], &options) {
                Ok((points, report)) => {
                    whole += 1;
                    let rejected: u64 = Reason::ALL.into_iter().map(|reason| report.rejected(reason)).sum();
                    assert_eq!(points.len() as u64, report.points(), "{name}, turn {turn}");
                    assert_eq!(rejected + report.points(), report.rows(), "{name}, turn {turn}");
                    assert!(points.lon_deg.iter().all(|lon| lon.abs() <= 180.0));
                }
                Err(error) => {
                    refused += 1;
                    assert!(error.to_string().contains(&name), "{error}");
                }
            }
            assert!(start.elapsed() < Duration::from_secs(10), "{name}, turn {turn}");
        }
        assert!(whole + refused == TURNS && refused > 0, "{name}: {whole} read, {refused} refused");
    }
}

/// The decoder of Parquet panics on some pages; whoever imports is told that the file is damaged.
#[test]
fn no_damaged_byte_of_a_table_ends_the_program() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("p.parquet");
    parquet_file(&path);
    let bytes = std::fs::read(&path).unwrap();
    let options = ReadOptions { threads: Some(1), ..ReadOptions::default() };
    let mut refused = 0;
    for at in 0..bytes.len() {
        for mask in [0x02, 0x18, 0xff] {
            let mut damaged = bytes.clone();
            damaged[at] ^= mask;
            let path = put(folder.path(), "p.parquet", &damaged);
            refused += u32::from(read_all(&[path], &options).is_err());
        }
    }
    assert!(refused > 100, "{refused}");
}
