//! What goes in comes out, to the byte.

mod common;

use common::{hilly, text, tiny};
use futago_model::{Buildings, CityModel, Floors, Streets, Structures, WalkNetwork};
use futago_pack::{Manifest, Pack, SectionKind};

#[test]
fn a_pack_comes_back_as_it_went() {
    let bytes = tiny().to_bytes().expect("a pack");
    let back = Pack::read(&bytes).expect("readable");
    assert_eq!(text(&back), text(&tiny()));
    assert_eq!(back.to_bytes().expect("a pack"), bytes);
}

#[test]
fn a_part_of_a_city_is_a_pack_too() {
    let whole = tiny();
    let mut buildings = tiny();
    buildings.city.streets = Streets::default();
    buildings.city.shelters.clear();
    let mut streets = tiny();
    streets.city.buildings = Buildings::default();
    (streets.city.walk, streets.city.floors) = (WalkNetwork::default(), Floors::default());
    streets.city.structures = Structures::default();
    let read = |pack: &Pack| Pack::read(&pack.to_bytes().expect("a pack")).expect("readable").city;
    let mut city = read(&buildings);
    city.absorb(read(&streets)).expect("they fit together");
    assert_eq!(format!("{city:?}"), format!("{:?}", whole.city));
}

#[test]
fn the_manifest_is_read_alone() {
    let pack = tiny();
    let manifest = Manifest::read(&pack.to_bytes().expect("a pack")).expect("a manifest");
    assert_eq!(manifest, pack.manifest());
    assert_eq!((manifest.counts.buildings, manifest.counts.solids, manifest.counts.street_m), (2, 4, 60));
    assert_eq!(manifest.report_counts["missing-height"], 1);
}

#[test]
fn files_are_written_whole_or_not_at_all() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("tiny.city");
    tiny().write(&path).expect("written");
    let back = Pack::open(&path).expect("opened");
    assert_eq!(text(&back), text(&tiny()));
    tiny().write(&path).expect("written over");

    let mut bad = tiny();
    bad.city.buildings.solids[0].top_m = f32::NAN;
    bad.write(&path).expect_err("a pack that could not be read back");
    assert_eq!(text(&Pack::open(&path).expect("the old one is still there")), text(&tiny()));
    let left = std::fs::read_dir(folder.path()).expect("a folder").count();
    assert_eq!(left, 1, "nothing half-written stays");
}

#[test]
fn section_numbers_are_unique_and_known() {
    let mut numbers: Vec<u32> = SectionKind::ALL.iter().map(|kind| *kind as u32).collect();
    numbers.dedup();
    assert_eq!(numbers.len(), SectionKind::ALL.len());
    assert!(SectionKind::ALL.iter().all(|kind| SectionKind::from_number(*kind as u32) == Some(*kind)));
    assert_eq!(SectionKind::from_number(999), None);
}

#[test]
fn a_terrain_comes_back_and_joins_a_city_without_one() {
    let bytes = hilly().to_bytes().expect("a pack");
    let back = Pack::read(&bytes).expect("readable");
    assert_eq!(text(&back), text(&hilly()));
    assert_eq!(back.manifest().counts.terrain_samples, 6);
    assert_eq!(back.to_bytes().expect("a pack"), bytes);

    let mut alone = hilly().city;
    alone.buildings = Buildings::default();
    alone.streets = Streets::default();
    alone.shelters.clear();
    (alone.walk, alone.floors) = (WalkNetwork::default(), Floors::default());
    alone.structures = Structures::default();
    let mut city = tiny().city;
    city.absorb(alone.clone()).expect("they fit together");
    assert_eq!(format!("{city:?}"), format!("{:?}", hilly().city));
    assert_eq!((city.ground_height_m([-10.0, -10.0]), city.ground_height_m([15.0, -10.0])), (0.0, 0.625));
    assert_eq!(city.ground_height_m([500.0, 0.0]), 0.0, "flat beyond the terrain");
    city.absorb(alone).expect_err("two terrains");
}

#[test]
fn a_pack_without_a_terrain_does_not_speak_of_it() {
    let bytes = tiny().to_bytes().expect("a pack");
    let words = String::from_utf8_lossy(&bytes);
    assert!(!words.contains("terrain"), "{words}");
}

/// Packs from before the walk network have no counts of it, and are still written so.
#[test]
fn a_manifest_without_a_walk_network_does_not_speak_of_it() {
    let mut pack = tiny();
    assert_eq!(pack.manifest().counts.walk_links, 2);
    (pack.city.walk, pack.city.floors) = (WalkNetwork::default(), Floors::default());
    let bytes = pack.to_bytes().expect("a pack");
    let words = String::from_utf8_lossy(&bytes);
    assert!(words.contains("shelters") && !words.contains("walk"), "{words}");
    assert_eq!(Pack::read(&bytes).expect("readable").manifest().counts.walk_links, 0);
}

/// A pack without structures is, byte by byte, what it was before there were any.
#[test]
fn a_pack_without_structures_does_not_speak_of_them() {
    let mut pack = tiny();
    assert_eq!((pack.manifest().counts.structures, pack.manifest().counts.structure_solids), (2, 2));
    pack.city.structures = Structures::default();
    let bytes = pack.to_bytes().expect("a pack");
    assert!(!String::from_utf8_lossy(&bytes).contains("structure"));
    let kinds: Vec<u32> = bytes[64..64 + 32 * usize::from(bytes[12])]
        .chunks(32)
        .map(|entry| u32::from_le_bytes([entry[0], entry[1], entry[2], entry[3]]))
        .collect();
    assert!(kinds.len() > 20 && kinds.iter().all(|kind| *kind < 88), "{kinds:?}");
}

#[test]
fn structures_are_joined_once() {
    let structures = tiny().city.structures;
    let mut city = CityModel::empty(tiny().city.about);
    city.absorb(CityModel { structures: structures.clone(), ..city.clone() }).expect("they fit");
    assert_eq!(city.structures, structures);
    city.absorb(CityModel { structures, ..CityModel::empty(city.about.clone()) }).expect_err("twice");
    let deck = city.structures.records[city.structures.find("bridge-0").expect("a deck")];
    assert_eq!((city.structures.top_of(&deck), city.structures.solids_of(&deck).len()), (6.0, 2));
    let corners = city.structures.corners_m(&city.structures.triangles_of(&deck)[1]);
    assert_eq!(corners[2], [0.0, 4.0, -0.02]);
}
