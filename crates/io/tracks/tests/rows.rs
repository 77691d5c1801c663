//! Rows that are left out, and why; and that threads change nothing.

mod common;

use std::fmt::Write as _;
use std::ops::ControlFlow;
use std::path::PathBuf;

use common::*;
use futago_tracks::bin::{Binner, Bins, Grid, Steps};
use futago_tracks::clean::{CleanOptions, TrackStore, Tracks};
use futago_tracks::{
    Bounds, Limits, Period, Points, ReadOptions, Reason, TracksError, read, read_all, read_in_order,
};

const BOUNDS: Bounds = Bounds { west_deg: 139.6, south_deg: 35.6, east_deg: 139.8, north_deg: 35.8 };

fn dirty() -> String {
    let row = |id: &str, minute: &str, lat: &str, accuracy: &str, speed: &str| {
        format!("{id},2020,4,1,10,{minute},{lat},139.691,{accuracy},{speed}\n")
    };
    let mut text = "dailyid,year,month,day,hour,minute,latitude,longitude,accuracy,speed\n".to_owned();
    text += &row("a", "1", "35.69", "10", "1");
    text += &row("", "1", "35.69", "10", "1"); // 3: no id
    text += &row("a", "61", "35.69", "10", "1"); // 4: time
    text += &row("a", "1", "north", "10", "1"); // 5: place
    text += &row("a", "1", "95", "10", "1"); // 6: place
    text += &row("a", "1", "35.69", "ten", "1"); // 7: number
    text += &row("a", "1", "35.69", "51", "1"); // 8: accuracy
    text += &row("a", "1", "35.69", "-1", "1"); // 9: accuracy
    text += &row("a", "1", "35.69", "10", "60"); // 10: speed
    text += &row("a", "1", "35.5", "10", "1"); // 11: outside
    text += &row("a", "9", "35.69", "10", "1"); // 12: period
    text += "a,2020\n\n"; // 13: row; 14 is blank
    text += &row("a", "2", "35.69", "", "");
    text
}

#[test]
fn every_reason_is_counted_with_its_first_line() {
    let folder = tempfile::tempdir().unwrap();
    let path = put(folder.path(), "dirty.csv", dirty().as_bytes());
    let options = ReadOptions {
        max_accuracy_m: Some(50.0),
        max_speed_mps: Some(50.0),
        bounds: Some(BOUNDS),
        period: Some(Period { from_s: 1_585_702_800, until_s: 1_585_703_100 }),
        ..ReadOptions::default()
    };
    let (points, report) = read_all(&[path], &options).unwrap();
    assert_eq!((points.len(), report.rows(), report.files[0].without_accuracy), (2, 13, 1));
    let expected = [
        (Reason::UnreadableRow, 1, 13),
        (Reason::NoId, 1, 3),
        (Reason::UnreadableTime, 1, 4),
        (Reason::UnreadablePlace, 2, 5),
        (Reason::UnreadableNumber, 1, 7),
        (Reason::Accuracy, 2, 8),
        (Reason::Speed, 1, 10),
        (Reason::OutsideBounds, 1, 11),
        (Reason::OutsidePeriod, 1, 12),
    ];
    for (reason, count, line) in expected {
        assert_eq!(report.rejected(reason), count, "{reason:?}");
        assert_eq!(report.first(reason).unwrap().1, line, "{reason:?}");
    }
    let rejected: u64 = Reason::ALL.into_iter().map(|reason| report.rejected(reason)).sum();
    assert_eq!(rejected + report.points(), report.rows());
}

/// A large table: several blocks, quotes, and a bad row far down.
fn large(rows: u32) -> String {
    let mut text = "id,timestamp,longitude,latitude,accuracy,note\n".to_owned();
    for row in 0..rows {
        let time = 1_585_702_800 + i64::from(row % 90_000);
        let lon = 139.69 + f64::from(row % 10_007 * 7919 % 10_007) * 1e-6;
        let lat = 35.68 + f64::from(row % 10_009 * 4_729 % 10_009) * 1e-6;
        let place = if row == rows - 5 { "nowhere".to_owned() } else { format!("{lon:.6}") };
        writeln!(text, "u{},{time},{place},{lat:.6},{},\"a,\nb\"", row % 701, row % 60).unwrap();
    }
    text
}

fn bins(path: &PathBuf, threads: usize, memory_bytes: u64) -> Bins {
    let grid = Grid::plane(BOUNDS, 6677, 100.0).unwrap();
    let binner = Binner::within(grid, Steps::QUARTERS, memory_bytes, None).unwrap();
    let options = ReadOptions { threads: Some(threads), ..ReadOptions::default() };
    read(std::slice::from_ref(path), &options, &binner).unwrap();
    assert_eq!(binner.outside(), 0);
    binner.finish().unwrap()
}

#[test]
fn threads_and_the_disk_change_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let path = put(folder.path(), "large.csv", large(60_000).as_bytes());
    let options = |threads| ReadOptions { threads: Some(threads), ..ReadOptions::default() };
    let one = read_all(std::slice::from_ref(&path), &options(1)).unwrap();
    assert_eq!(one.0.len(), 59_999);
    // Each row has two lines; the head is line 1.
    assert_eq!(one.1.first(Reason::UnreadablePlace).unwrap().1, 2 + 2 * (60_000 - 5));
    for threads in [2, 5] {
        assert!(
            read_all(std::slice::from_ref(&path), &options(threads)).unwrap() == one,
            "{threads} threads"
        );
    }
    let counted = bins(&path, 1, u64::MAX);
    assert_eq!(counted.points.iter().map(|count| u64::from(*count)).sum::<u64>(), 59_999);
    assert_eq!(counted, bins(&path, 4, u64::MAX));
    assert_eq!(counted, bins(&path, 3, 0));
    // The same by hand.
    let binner = Binner::new(Grid::plane(BOUNDS, 6677, 100.0).unwrap(), Steps::QUARTERS).unwrap();
    binner.add(&one.0).unwrap();
    assert_eq!(counted, binner.finish().unwrap());
    let (kept, few, points) = counted.of_at_least(10);
    assert!(kept.ids.iter().all(|ids| *ids >= 10) && few > 0 && points > 0);
    assert_eq!(kept.len() as u64 + few, counted.len() as u64);
}

#[test]
fn a_store_of_tracks_gives_the_same_from_memory_and_from_the_disk() {
    let folder = tempfile::tempdir().unwrap();
    let path = put(folder.path(), "large.csv", large(30_000).as_bytes());
    let all = |threads: usize, memory_bytes: u64| {
        let store = TrackStore::new(memory_bytes, Some(folder.path().to_owned()));
        let options = ReadOptions { threads: Some(threads), ..ReadOptions::default() };
        read(std::slice::from_ref(&path), &options, &store).unwrap();
        let mut parts: Vec<Tracks> = Vec::new();
        let counts = store
            .each(&CleanOptions::default(), |part| {
                parts.push(part);
                Ok(())
            })
            .unwrap();
        (format!("{parts:?}"), counts)
    };
    let (whole, counts) = all(1, u64::MAX);
    assert_eq!(counts.points, 29_999);
    assert!(all(3, 0) == (whole, counts));
    let left: Vec<_> = std::fs::read_dir(folder.path()).unwrap().collect();
    assert_eq!(left.len(), 1, "nothing is left on the disk");
}

#[test]
fn a_reader_can_be_stopped() {
    let folder = tempfile::tempdir().unwrap();
    let path = put(folder.path(), "large.csv", large(60_000).as_bytes());
    let options = ReadOptions { threads: Some(4), ..ReadOptions::default() };
    let mut chunks = 0;
    let stopped = read_in_order(&[path], &options, |_: &mut Points| {
        chunks += 1;
        if chunks == 3 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    });
    assert!(matches!(stopped, Err(TracksError::Stopped)));
    assert_eq!(chunks, 3);
}

#[test]
fn limits_hold() {
    let folder = tempfile::tempdir().unwrap();
    let limits = |limits| ReadOptions { limits, ..ReadOptions::default() };
    // 100 MB of blanks in 100 kB.
    let bomb =
        put(folder.path(), "bomb.csv.gz", &gzip(&[GENERIC.as_bytes(), &vec![b'\n'; 100 << 20]].concat()));
    let error = read_all(&[bomb], &limits(Limits { growth: 10, ..Limits::default() })).unwrap_err();
    assert!(matches!(error, TracksError::TooLarge { name: "growth", .. }), "{error}");
    let wide = put(folder.path(), "wide.csv", "a,".repeat(3000).as_bytes());
    assert!(matches!(read_all(&[wide], &ReadOptions::default()), Err(TracksError::TooLarge { .. })));
    let deep = put(folder.path(), "deep.gpx", format!("<gpx>{}", "<a>".repeat(100)).as_bytes());
    let error = read_all(&[deep], &ReadOptions::default()).unwrap_err();
    assert!(matches!(error, TracksError::TooLarge { name: "nesting", .. }), "{error}");
    let json = format!(r#"{{"features":[{{"geometry":{{"coordinates":{}"#, "[".repeat(100_000));
    let deep = put(folder.path(), "deep.json", json.as_bytes());
    assert!(matches!(read_all(&[deep], &ReadOptions::default()), Err(TracksError::Broken { .. })));
    let long = format!("{GENERIC}1;2020-04-01T01:00:00Z;139.691;{}\n", "3".repeat(2 << 20));
    let long = put(folder.path(), "long.csv", long.as_bytes());
    let (points, report) = read_all(&[long], &ReadOptions::default()).unwrap();
    assert_eq!((points.len(), report.rejected(Reason::UnreadableRow)), (3, 1));
}
