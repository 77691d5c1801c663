//! Files: there and back, damage, and files that break the promise.

use std::io::{Read, Write};

use flate2::Compression;
use flate2::read::DeflateDecoder;
use flate2::write::DeflateEncoder;
use futago_flow::{
    About, Calendar, DayKind, Expansion, FlowError, Flows, Fruin, Grid, LinkShape, Period, Policy, Raw,
    RawCounts, RawKey, Spec,
};

fn flows() -> Flows {
    let spec = Spec {
        bin_minutes: 15,
        periods: vec![Period::between("january", "2020-01-06", "2020-01-10").unwrap()],
        grids: vec![Grid::Mesh { digits: 8 }],
        calendar: Calendar::japan().unwrap(),
    };
    let shape = LinkShape { length_m: 50.0, width_m: 4.0, width_assumed: 0 };
    let first = spec.periods[0].first_day as i32;
    let mut raw = Raw::new(spec, vec![shape; 4], 77);
    let counts = RawCounts {
        persons: 900,
        forward: 500,
        backward: 400,
        stays: 100,
        speed_sum_mmps: 900 * 1200,
        dwell_sum_ms: 900 * 40_000,
    };
    for day in 0..5 {
        let key = |place| RawKey { place, day: first + day, bin: 34 };
        raw.links.push((key(3), counts));
        raw.links.push((key(1), counts));
        raw.cells[0].push((key(53_394_525), counts));
    }
    let about = About {
        synthetic: true,
        credits: vec!["「全国の人流オープンデータ」（国土交通省）を加工して作成".to_owned()],
        expansion: Expansion { factor: 2.0, basis: "a test".to_owned() },
        ..About::default()
    };
    Flows::publish(&raw, about, &Policy::new(10, 3).unwrap()).unwrap()
}

/// Writes the checksum that the bytes should have.
fn seal(bytes: &mut [u8]) {
    let mut hash = xxhash_rust::xxh3::Xxh3::new();
    hash.update(&bytes[8..40]);
    hash.update(&bytes[64..]);
    let sum = hash.digest();
    bytes[40..48].copy_from_slice(&sum.to_le_bytes());
}

#[test]
fn there_and_back() {
    let flows = flows();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.flow");
    flows.write(&path).unwrap();
    let back = Flows::open(&path).unwrap();
    assert_eq!(back, flows);
    assert_eq!(back.to_bytes().unwrap(), std::fs::read(&path).unwrap());
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1, "nothing stays beside it");
    let flow = back.link(3, 0, DayKind::Weekday, 34).unwrap();
    // 900 a day, twice, and noise of at most 5 on the sum of five days.
    assert!((flow.persons() - 1800.0).abs() <= 2.0, "{}", flow.persons());
    assert!((flow.speed_mps() - 1.2).abs() < 0.11);
    // 1800 persons for 40 s in 900 s on 200 m2.
    assert!((flow.density_per_m2() - 0.4).abs() < 0.02, "{}", flow.density_per_m2());
    assert_eq!(flow.fruin(), Fruin::B);
    assert!((flow.stay_share().unwrap() - 100.0 / 1000.0).abs() < 0.01);
    assert!(back.link(2, 0, DayKind::Weekday, 34).is_none());
    assert!(back.about().synthetic && back.about().credits.len() == 1);
}

#[test]
fn every_damaged_byte_is_seen() {
    let bytes = flows().to_bytes().unwrap();
    for at in 0..bytes.len() {
        let mut damaged = bytes.clone();
        damaged[at] ^= 0x10;
        // Bytes 48 to 63 are reserved and mean nothing.
        assert!((48..64).contains(&at) || Flows::read(&damaged).is_err(), "byte {at}");
    }
    for length in 0..bytes.len() {
        assert!(Flows::read(&bytes[..length]).is_err(), "{length} bytes");
    }
    assert!(matches!(Flows::read(b"GIF89a...."), Err(FlowError::NotFlows { .. })));
}

/// A whole file with a right checksum, but with a count that may not be there.
#[test]
fn a_file_that_breaks_the_promise_is_refused() {
    let bytes = flows().to_bytes().unwrap();
    let manifest = u32::from_le_bytes(bytes[12..16].try_into().unwrap()) as usize;
    let tables = 64 + manifest;
    let mut rows = Vec::new();
    DeflateDecoder::new(&bytes[tables..]).read_to_end(&mut rows).unwrap();
    // Two rows of links, byte by byte; their persons begin at the ninth.
    rows[8 * 2..12 * 2].copy_from_slice(&[3, 3, 0, 0, 0, 0, 0, 0]);
    let mut deflate = DeflateEncoder::new(bytes[..tables].to_vec(), Compression::fast());
    deflate.write_all(&rows).unwrap();
    let mut forged = deflate.finish().unwrap();
    seal(&mut forged);
    let error = Flows::read(&forged).unwrap_err().to_string();
    assert!(error.contains("below 15"), "{error}");
}

/// A header that promises more rows than its bytes can hold is refused, not believed.
#[test]
fn a_file_of_endless_rows_asks_for_no_memory() {
    let mut forged = flows().to_bytes().unwrap();
    forged[16..24].copy_from_slice(&(u64::MAX / 32).to_le_bytes());
    seal(&mut forged);
    let error = Flows::read(&forged).unwrap_err().to_string();
    assert!(error.contains("no room"), "{error}");
}

#[test]
fn what_cannot_be_counted_is_refused() {
    let period = |first, last| Period::between("p", first, last).unwrap();
    let spec = |bin_minutes, periods| Spec {
        bin_minutes,
        periods,
        grids: Vec::new(),
        calendar: Calendar::japan().unwrap(),
    };
    let a = period("2020-01-01", "2020-01-31");
    assert!(spec(60, vec![a.clone(), period("2020-02-01", "2020-02-29")]).check().is_ok());
    assert!(spec(60, vec![a.clone(), period("2020-01-31", "2020-02-29")]).check().is_err());
    assert!(spec(7, vec![a]).check().is_err());
    assert!(spec(60, Vec::new()).check().is_err());
}
