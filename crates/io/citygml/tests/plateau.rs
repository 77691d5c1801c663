//! The real files, where they are: `../shared/data/plateau` beside the workspace. Their counts are held
//! against an independent count by `tools/peers/citygml_counts.py`.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use futago_citygml::{CityGmlError, Limits, read, read_code_list, read_file};
use futago_raw::{RawCity, Target};

/// The files that end so; none, said aloud, where the data is not there.
fn files(ending: &str) -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../../shared/data/plateau");
    let mut found = Vec::new();
    let mut folders = vec![root.clone()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.to_string_lossy().ends_with(ending) {
                found.push(path);
            }
        }
    }
    if found.is_empty() {
        eprintln!("SKIPPED: there are no {ending} files in {}", root.display());
    }
    found.sort();
    found
}

fn city(path: &Path) -> RawCity {
    read_file(path, &Limits::default()).unwrap_or_else(|error| panic!("{error}"))
}

#[test]
fn every_file_comes_in_whole_without_a_defect_but_known_ones() {
    let files = files(".gml");
    let mut objects = 0;
    for path in &files {
        let city = city(path);
        assert!(city.header.crs.is_some(), "{}", path.display());
        assert!(city.report.entries.is_empty(), "{}: {:?}", path.display(), city.report.entries);
        assert!(!city.objects.is_empty(), "{}", path.display());
        objects += city.objects.len();
    }
    // What `xmllint --xpath 'count(//core:cityObjectMember)'` says of all 35 files.
    assert!(
        files.is_empty() || (files.len(), objects) == (35, 1519),
        "{} files, {objects} objects",
        files.len()
    );
}

#[test]
fn the_surfaces_of_solids_are_found() {
    let mut links = 0;
    for path in files("bldg_6697_2_op.gml").iter().chain(&files("bldg_6697_op2.gml")) {
        for object in &city(path).objects {
            let solved = object.links.iter().filter(|link| matches!(link.target, Target::Surface(_)));
            assert_eq!(solved.count(), object.links.len(), "{}", path.display());
            links += object.links.len();
        }
    }
    assert!(links > 100 || files(".gml").is_empty(), "only {links} references");
}

#[test]
fn utilities_keep_lines_points_and_attributes() {
    for path in files("08EE754_unf_10169_water_op.gml") {
        let city = city(&path);
        let pipe = city.objects.iter().find(|o| o.kind() == "uro:WaterPipe").expect("a pipe");
        assert!(!pipe.shapes.lines.is_empty() && pipe.root().child("uro:frnDmAttribute").is_some());
        let point = city.objects.iter().find(|o| !o.shapes.points.is_empty()).expect("a manhole");
        let [north, east, _] = point.shapes.positions[0];
        assert!(north > 150_000.0 && east < 30_000.0, "north comes first: {north} {east}");
    }
}

#[test]
fn code_lists_have_texts() {
    for path in files(".xml").iter().filter(|path| path.to_string_lossy().contains("codelists")) {
        let bytes = std::fs::read(path).expect("a file");
        let list = read_code_list(&bytes, "x").unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        assert!(!list.texts.is_empty() && !list.name.is_empty(), "{}", path.display());
    }
}

/// 100 places of every file.
#[test]
fn a_cut_file_is_an_error() {
    for path in files(".gml") {
        let bytes = std::fs::read(&path).expect("a file");
        let end = memchr::memmem::rfind(&bytes, b"</core:CityModel>").expect("an end");
        for turn in 0..100 {
            let at = end * turn / 99;
            let error = read(&bytes[..at], "cut", &Limits::default()).expect_err("cut");
            let known = matches!(error, CityGmlError::Cut { .. } | CityGmlError::NotXml { .. });
            assert!(known && error.to_string().contains("cut"), "{} at {at}: {error}", path.display());
        }
    }
}

/// Single bytes changed all over each file: no panic, no hang.
#[test]
fn a_changed_file_is_read_or_refused_in_time() {
    for path in files(".gml") {
        let mut bytes = std::fs::read(&path).expect("a file");
        let start = Instant::now();
        for turn in 1..=40_usize {
            let at = bytes.len() / 41 * turn + turn * 7919 % 97;
            let before = std::mem::replace(&mut bytes[at], b"<>\"x/&0- "[turn % 9]);
            // Which it is does not matter here.
            let _ = read(&bytes, "changed", &Limits::default());
            bytes[at] = before;
        }
        assert!(start.elapsed() < Duration::from_secs(60), "{} takes too long", path.display());
    }
}
