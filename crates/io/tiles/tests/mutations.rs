//! Bytes changed, cut off, put in and doubled all over the fixtures: no panic, no hang, no great memory.

mod common;

use std::time::Instant;

use common::*;
use futago_damage::{Dice, LONGEST, assert_memory};
use futago_tiles::{Limits, Options, read};

/// Changes of each file of each fixture.
const TURNS: usize = 2_000;

/// Most memory that the whole test may take at once, KiB: every fixture is smaller than 4 KiB.
const MEMORY_KIB: u64 = 512 << 10;

#[test]
fn changed_files_are_read_or_refused_in_time() {
    let limits = Limits {
        file_bytes: 1 << 20,
        content_vertices: 100_000,
        vertices: 200_000,
        tiles: 1_000,
        ..Limits::default()
    };
    let options = Options { limits, ..Options::default() };
    let mut dice = Dice::new(1);
    let (mut read_whole, mut refused) = (0, 0);
    for (file, files) in fixtures() {
        read(&files, file, &options).expect("it is whole before it is changed");
        for path in files.0.keys() {
            for turn in 0..TURNS {
                let mut changed = files.clone();
                let bytes = changed.0.get_mut(path).expect("a file");
                let other = bytes.clone();
                dice.damage(bytes, &other, 3);
                let start = Instant::now();
                match read(&changed, file, &options) {
                    Ok(_) => read_whole += 1,
                    Err(error) => {
                        assert!(error.to_string().contains(file) || error.to_string().contains(path));
                        refused += 1;
                    }
                }
                let took = start.elapsed();
                assert!(took < LONGEST, "{path}, turn {turn}: {took:?}");
            }
        }
    }
    assert_memory(MEMORY_KIB);
    assert!(read_whole + refused >= 2_000, "{read_whole} + {refused}");
    assert!(
        read_whole > 200 && refused > 200,
        "{read_whole} read, {refused} refused: changes are too tame or wild"
    );
}

#[test]
fn every_cut_is_told() {
    for (file, files) in fixtures() {
        for (path, bytes) in &files.0 {
            if path.ends_with(".toml") {
                continue;
            }
            for turn in 0..100 {
                let cut = bytes[..bytes.len() * turn / 100].to_vec();
                let error = read(&files.clone().with(path, cut), file, &Options::default())
                    .expect_err("a cut file is not whole");
                assert!(!error.to_string().is_empty());
            }
        }
    }
}
