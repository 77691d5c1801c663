//! Bytes changed, cut off, put in and doubled all over the files: no panic, no hang, no great memory.

mod common;

use std::time::Instant;

use common::houses;
use futago_damage::{Dice, LONGEST, assert_memory};
use futago_features::{Limits, read};

/// Changes of each file.
const TURNS: usize = 2_000;

/// Most memory that the whole test may take at once, KiB: every file is smaller than 13 KiB.
const MEMORY_KIB: u64 = 512 << 10;

#[test]
fn changed_files_are_read_or_refused_in_time() {
    let files = houses();
    let mut dice = Dice::new(2);
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
            let other = bytes.clone();
            dice.damage(bytes, &other, 3);
            let start = Instant::now();
            match read(&changed, file, &Limits::default()) {
                Ok(_) => whole += 1,
                Err(error) => {
                    assert!(error.to_string().contains("houses."), "{error}");
                    refused += 1;
                }
            }
            let took = start.elapsed();
            assert!(took < LONGEST, "{path}, turn {turn}: {took:?}");
        }
    }
    assert_memory(MEMORY_KIB);
    assert!(whole > 200 && refused > 200, "{whole} read, {refused} refused: changes are too tame or wild");
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

/// The decoder of the `parquet` crate panics when values refer to a dictionary that it never met.
#[test]
fn a_lost_dictionary_is_a_damaged_file() {
    let files = houses();
    let mut bytes = files.0["houses.parquet"].clone();
    // The first page's header (Thrift, compact): field 1, its type; 2 (a dictionary), zigzag, becomes 1 (an index).
    assert_eq!(bytes[4..6], [0x15, 0x04], "the file begins with a dictionary");
    bytes[5] = 0x02;
    let error = files.with("houses.parquet", &bytes).read("houses.parquet").expect_err("values are lost");
    assert!(error.to_string().contains("houses.parquet"), "{error}");
}
