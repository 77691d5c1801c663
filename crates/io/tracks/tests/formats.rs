//! Every format gives the same walk; packed, in folders, with a mapping file; and what is none is told.

mod common;

use common::*;
use futago_tracks::{Mapping, Points, ReadOptions, ReadReport, Reason, TracksError, Zone, read_all};

fn walk_of(name: &str, points: &Points) {
    assert_eq!(points.len(), 3, "{name}");
    for (at, (time_s, lon_deg, lat_deg)) in WALK.into_iter().enumerate() {
        assert_eq!(points.time_s[at], time_s, "{name}, point {at}");
        assert_eq!((points.lon_deg[at], points.lat_deg[at]), (lon_deg, lat_deg), "{name}, point {at}");
    }
    assert!(points.id.iter().all(|id| *id == points.id[0]), "{name} is one track");
}

fn read_one(name: &str, bytes: &[u8], options: &ReadOptions) -> Result<(Points, ReadReport), TracksError> {
    let folder = tempfile::tempdir().unwrap();
    read_all(&[put(folder.path(), name, bytes)], options)
}

#[test]
fn every_text_format_gives_the_same_walk_plain_and_packed() {
    for (name, text) in TEXTS {
        let plain = read_one(name, text.as_bytes(), &ReadOptions::default()).unwrap();
        walk_of(name, &plain.0);
        assert_eq!(plain.1.rows(), 3, "{name}");
        for (ending, packed) in [("gz", gzip(text.as_bytes())), ("zst", zstandard(text.as_bytes()))] {
            let name = format!("{name}.{ending}");
            let (points, report) = read_one(&name, &packed, &ReadOptions::default()).unwrap();
            walk_of(&name, &points);
            assert!(report.files[0].format.contains(if ending == "gz" { "gzip" } else { "Zstandard" }));
        }
        // Lines of Windows, and a mark of byte order ahead.
        let other = format!("\u{FEFF}{}", text.replace("\r\n", "\n").replace('\n', "\r\n"));
        if name != "a.plt" {
            walk_of(name, &read_one(name, other.as_bytes(), &ReadOptions::default()).unwrap().0);
        }
    }
}

#[test]
fn what_was_decided_is_told() {
    let told = |text: &str| {
        let report = read_one("a.csv", text.as_bytes(), &ReadOptions::default()).unwrap().1;
        let file = &report.files[0];
        (file.format.clone(), file.zone.clone(), file.columns.join(" "))
    };
    let (format, zone, columns) = told(AGOOP);
    assert!(format.starts_with("Agoop PDP: `dailyid`"), "{format}");
    assert_eq!(zone, "JST, by the format");
    assert!(
        columns.contains("accuracy = accuracy") && !columns.contains("home") && !columns.contains("gender")
    );
    assert!(told(UNERRY).0.starts_with("unerry"));
    assert!(told(BLOGWATCHER).2.contains("time = unixtime"));
    assert!(told(PSEUDO).0.starts_with("pseudo people flow"));
    assert!(told(PFLOW).2.contains("longitude = column 3"));
    assert_eq!(told(GENERIC).1, "JST, by the option `zone`");
}

#[test]
fn speeds_and_courses_that_devices_do_not_know_are_nan() {
    let (points, report) = read_one("a.csv", AGOOP.as_bytes(), &ReadOptions::default()).unwrap();
    assert_eq!(points.accuracy_m, [10.0, 12.5, 15.0]);
    assert_eq!((points.speed_mps[0], points.course_deg[0]), (1.2, 90.0));
    assert!(points.speed_mps[1..].iter().chain(&points.course_deg[1..]).all(|value| value.is_nan()));
    assert_eq!(report.files[0].without_accuracy, 0);
}

#[test]
fn a_daily_id_is_another_on_another_day() {
    let next_day = AGOOP.replace("2020,4,1,3,10,1,", "2020,4,2,4,10,1,");
    let (points, _) = read_one("a.csv", next_day.as_bytes(), &ReadOptions::default()).unwrap();
    assert_eq!(points.id[0], points.id[2]);
    assert_ne!(points.id[0], points.id[1]);
    // A quarter to midnight in Japan is still the day before in UTC.
    let late = AGOOP.replace("1,3,10,2,", "1,3,23,59,");
    let (points, _) = read_one("a.csv", late.as_bytes(), &ReadOptions::default()).unwrap();
    assert_eq!(points.id[0], points.id[2]);
}

#[test]
fn parquet_gives_the_walk_and_knows_what_is_missing() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("p.parquet");
    parquet_file(&path);
    let (points, report) = read_all(std::slice::from_ref(&path), &ReadOptions::default()).unwrap();
    walk_of("parquet", &points);
    assert_eq!((points.accuracy_m[0], points.accuracy_m[2]), (10.0, 15.0));
    assert!(points.accuracy_m[1].is_nan());
    assert_eq!(report.files[0].without_accuracy, 1);
    let packed = put(folder.path(), "p.parquet.zst", &zstandard(&std::fs::read(&path).unwrap()));
    walk_of("packed parquet", &read_all(&[packed], &ReadOptions::default()).unwrap().0);

    let path = folder.path().join("g.parquet");
    geoparquet_file(&path, r#","crs":{"id":{"authority":"EPSG","code":6668}}"#);
    walk_of("geoparquet", &read_all(std::slice::from_ref(&path), &ReadOptions::default()).unwrap().0);
    geoparquet_file(&path, r#","crs":{"id":{"authority":"EPSG","code":6677}}"#);
    let error = read_all(&[path], &ReadOptions::default()).unwrap_err().to_string();
    assert!(error.contains("6677") && error.contains("Project"), "{error}");
}

#[test]
fn the_same_id_is_the_same_in_a_table_and_in_parquet() {
    let folder = tempfile::tempdir().unwrap();
    put(folder.path(), "a.csv", GENERIC.replace("\n1;", "\n7;").as_bytes());
    geoparquet_file(&folder.path().join("b.parquet"), "");
    let (points, report) = read_all(&[folder.path().to_owned()], &ReadOptions::default()).unwrap();
    assert_eq!(report.files.len(), 2);
    assert_eq!(points.len(), 6);
    assert!(points.id.iter().all(|id| *id == points.id[0]));
}

#[test]
fn folders_are_read_in_order_and_other_files_are_told() {
    let folder = tempfile::tempdir().unwrap();
    let inner = folder.path().join("PDP_001");
    std::fs::create_dir(&inner).unwrap();
    put(&inner, "b.csv", AGOOP.as_bytes());
    put(&inner, "a.csv.gz", &gzip(BLOGWATCHER.as_bytes()));
    put(&inner, "readme.md", b"hello");
    put(&inner, "codes.csv", b"prefcode,prefname\n13,Tokyo\n");
    put(&inner, "empty.csv", b"");
    let (points, report) = read_all(&[folder.path().to_owned()], &ReadOptions::default()).unwrap();
    assert_eq!(points.len(), 6);
    let names: Vec<_> = report.files.iter().map(|file| file.file.rsplit('/').next().unwrap()).collect();
    assert_eq!(names, ["a.csv.gz", "b.csv"]);
    assert_eq!(report.skipped.len(), 3, "{:?}", report.skipped);
    // Asked for by name it is an error.
    assert!(matches!(
        read_all(&[inner.join("codes.csv")], &ReadOptions::default()),
        Err(TracksError::UnknownFormat { .. })
    ));
}

#[test]
fn a_mapping_file_says_what_other_columns_mean() {
    let table = "when|who|E|N|r|kmh\n01/x|a|1|2|3|4\n2020-04-01 01:00|a|139.691|35.6895|10|36\n";
    let mapping = "time = 'WHEN'\nid = 'who'\nlongitude = 'e'\nlatitude = 'n'\naccuracy_m = 'r'\nspeed_kmh = 'kmh'\nzone = 'UTC'\ndelimiter = '|'\n";
    let folder = tempfile::tempdir().unwrap();
    let path = put(folder.path(), "own.csv", table.as_bytes());
    put(folder.path(), "own.csv.toml", mapping.as_bytes());
    let (points, report) = read_all(std::slice::from_ref(&path), &ReadOptions::default()).unwrap();
    assert_eq!((points.time_s[0], points.speed_mps[0]), (1_585_702_800, 10.0));
    assert_eq!(report.first(Reason::UnreadableTime).unwrap().1, 2, "line 2");
    assert_eq!(report.files[0].zone, "UTC, by the mapping file");

    let refused = |text: &str| {
        put(folder.path(), "own.csv.toml", text.as_bytes());
        read_all(std::slice::from_ref(&path), &ReadOptions::default()).unwrap_err().to_string()
    };
    assert!(refused(&mapping.replace("'who'", "'home_citycode'")).contains("never read"));
    assert!(refused(&mapping.replace("'who'", "'nobody'")).contains("no such column"));
    assert!(refused(&mapping.replace("zone", "zones")).contains("zones"));
    assert!(refused(&mapping.replace("time = 'WHEN'\n", "")).contains("one of"));
}

#[test]
fn times_of_day_need_a_day() {
    let table = PFLOW.replace("2020-04-01 ", "");
    let error = read_one("a.csv", table.as_bytes(), &ReadOptions::default()).unwrap_err();
    assert!(matches!(error, TracksError::NoDay { .. }), "{error}");
    let options = ReadOptions { day: Some(18_353), ..ReadOptions::default() };
    walk_of("clock", &read_one("a.csv", table.as_bytes(), &options).unwrap().0);
}

#[test]
fn numbered_columns_and_the_zone_of_the_options() {
    let table = "139.691,35.6895,2020-04-01 01:00:00,1\n";
    let text = "head = false\nlongitude = 1\nlatitude = 2\ntime = 3\nid = [4]\n";
    let mapping = Some(Mapping::parse(text, "m.toml").unwrap());
    let options = ReadOptions { mapping, zone: Zone::UTC, ..ReadOptions::default() };
    let (points, _) = read_one("a.csv", table.as_bytes(), &options).unwrap();
    assert_eq!(points.time_s, [1_585_702_800]);
}

#[test]
fn what_is_no_gps_file_is_told_with_the_way_out() {
    for (name, bytes, word) in [
        ("a.csv", &b"a,b,c\n1,2,3\n"[..], "a.csv.toml"),
        ("a.bin", &[0, 1, 2, 3, 200], "no text"),
        ("a.zip", b"PK\x03\x04....", "Unpack"),
        ("a.csv", &[0xFF, 0xFE, 65, 0], "UTF-8"),
        ("a.xml", b"<kml></kml>", "no GPX"),
        ("a.json", br#"{"type":"FeatureCollection","features":[]}"#, "moving point"),
        ("a.json", br#"{"type":"#, "line 1"),
        ("a.parquet", b"PAR1 and no more", "metadata"),
        ("a.gpx", b"<gpx><trk>", "middle"),
    ] {
        let error = read_one(name, bytes, &ReadOptions::default()).unwrap_err().to_string();
        assert!(error.contains(name) && error.contains(word), "{error}");
    }
    let mut cut = gzip(AGOOP.as_bytes());
    cut.truncate(cut.len() / 2);
    let error = read_one("a.csv.gz", &cut, &ReadOptions::default()).unwrap_err();
    assert!(matches!(error, TracksError::Broken { .. }), "{error}");
}
