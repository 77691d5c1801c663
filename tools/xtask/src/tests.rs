//! The built-in city: the packs as they lie in the repository, and rebuilding them from the data.
//!
//! Rebuilding needs the published data (`FUTAGO_DATA`, or `shared/data` beside the checkout) and is
//! skipped out loud where it is not there.

use std::path::{Path, PathBuf};
use std::time::Instant;

use futago_flow::{CellId, DayKind, Flows};
use futago_geodesy::LonLat;
use futago_geojson::read_landmarks;
use futago_matching::Network;
use futago_model::{
    BuildingFlags, CityModel, StreetClass, StructureSolid, WalkLinkId, WalkNodeFlags, metres_from_mm,
};
use futago_pack::{Manifest, Pack};
use futago_synthetic::{Question, figures};

use crate::city::build;
use crate::recipe::Recipe;
use crate::stages::Stages;

const PACKS: [&str; 6] =
    ["buildings.city", "streets.city", "shelters.city", "station.city", "footways.city", "bridges.city"];

/// What all packs together may take in the repository.
const PACKS_MAX_BYTES: u64 = 12_000_000;

/// What the crowds may take beside them.
const FLOWS_MAX_BYTES: usize = 1_500_000;

/// Opening the buildings in a release build; about five times what two busy cores need.
const OPEN_MAX_MS: f64 = 50.0;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn city_folder() -> PathBuf {
    root().join("assets/nishi-shinjuku")
}

fn recipe() -> Recipe {
    let text = std::fs::read_to_string(city_folder().join("recipe.toml")).expect("the recipe");
    Recipe::parse(&text).expect("a recipe")
}

fn bytes_of(name: &str) -> Vec<u8> {
    std::fs::read(city_folder().join(name)).expect("a built-in pack; build it with `cargo xtask city`")
}

fn city() -> CityModel {
    let read = |name: &str| Pack::read(&bytes_of(name)).expect("a pack").city;
    let mut city = read(PACKS[0]);
    for name in &PACKS[1..] {
        city.absorb(read(name)).expect("packs of one city");
    }
    city
}

/// The data folder, or `None` with a line that says so.
fn data(test: &str) -> Option<PathBuf> {
    let folder = std::env::var_os("FUTAGO_DATA").map_or_else(|| root().join("../shared/data"), PathBuf::from);
    if folder.join("plateau").is_dir() {
        return Some(folder);
    }
    eprintln!("SKIPPED {test}: no data at {}; set FUTAGO_DATA to the data folder", folder.display());
    None
}

#[test]
fn the_built_in_city_has_what_it_should() {
    let city = city();
    let buildings = &city.buildings;
    assert!(buildings.records.len() >= 25_400, "{}", buildings.records.len());
    let corner =
        |lon_deg, lat_deg| city.about.frame.site_from_lonlat(LonLat { lon_deg, lat_deg }).expect("a place");
    let (south_west, north_east) = (corner(139.683, 35.68), corner(139.7055, 35.6985));
    let tall = buildings.records.iter().filter(|building| {
        let [west, south, east, north] = buildings.polygons.get(building.footprint).bounds_m();
        let centre = [(west + east) / 2.0, (south + north) / 2.0];
        building.height_m > 100.0 && (0..2).all(|a| (south_west[a]..=north_east[a]).contains(&centre[a]))
    });
    let tall = tall.count();
    assert!(tall >= 50, "{tall} buildings over 100 m in the core");
    let lod2 = buildings.records.iter().filter(|b| b.flags.has(BuildingFlags::LOD2)).count();
    assert!(lod2 >= 2_500, "{lod2} buildings with roof pieces");
    let assumed = buildings.records.iter().filter(|b| b.flags.has(BuildingFlags::HEIGHT_ASSUMED)).count();
    assert_eq!(assumed, 8);
    assert!(city.streets.street_length_m() > 300_000.0);
    let classes =
        |class: StreetClass| city.streets.records.iter().filter(|s| s.class == class as u32).count();
    assert!(classes(StreetClass::Footway) > 1_000 && classes(StreetClass::Steps) > 300);
    assert!(city.streets.areas.len() > 300);
    assert_eq!(city.shelters.iter().filter(|s| s.wide_area).count(), 4);
    assert!(city.shelters.len() >= 25);
}

/// Decks of the tower district hang over their streets, and what carries them stands on the ground.
#[test]
fn the_built_in_city_has_its_decks() {
    let structures = city().structures;
    assert_eq!(structures.records.len(), 21);
    let area = |solid: &StructureSolid| structures.polygons.get(solid.polygon).area_m2();
    let floating: Vec<&StructureSolid> = structures.solids.iter().filter(|s| s.bottom_m > 0.0).collect();
    let in_the_air: f64 = floating.iter().map(|s| area(s)).sum();
    assert!(in_the_air > 12_000.0 && floating.len() > 300, "{in_the_air} m2 in {} solids", floating.len());
    for record in &structures.records {
        let id = structures.id_of(record);
        assert!((32.0..42.0).contains(&record.foot_tp_m), "{id}: {} m", record.foot_tp_m);
        let top = structures.top_of(record);
        assert!((3.0..24.0).contains(&top), "{id}: {top} m");
        let corners = structures.triangles_of(record).iter().flat_map(|t| structures.corners_m(t));
        assert!(corners.into_iter().all(|at| (-0.001..24.0).contains(&at[2])), "{id}");
    }
    // The pedestrian deck by the government buildings: published underside T.P. 40.0 m, top 41.15 m, foot
    // 34.55 m. Its 356 m2 are a deck and, higher by 1 m, two parapets of 19.6 m2.
    let deck = floating.iter().find(|s| (area(s) - 316.8).abs() < 2.0).expect("the deck");
    assert!((deck.bottom_m - 5.46).abs() < 0.02 && (deck.top_m - 6.61).abs() < 0.02, "{deck:?}");
}

#[test]
fn the_first_government_building_has_its_main_roof() {
    let city = city();
    let index = city.buildings.find("13104-bldg-6158").expect("the building");
    let building = &city.buildings.records[index];
    assert_eq!(city.buildings.strings.get(building.name_ja), Some("東京都庁第一本庁舎"));
    let roof = city.buildings.main_roof_of(building).expect("a roof");
    assert!((roof - 242.7).abs() <= 0.5, "{roof} m");
    assert!((city.buildings.top_of(building) - 261.66).abs() < 0.01);
}

#[test]
fn every_building_lies_in_its_tile() {
    let city = city();
    for tile in &city.buildings.tiles {
        let first = tile.first_building as usize;
        for building in &city.buildings.records[first..first + tile.building_count as usize] {
            let view = city.buildings.polygons.get(building.footprint);
            let [west, south, east, north] = view.bounds_m().map(|m| m as f32);
            let b = tile.bounds_m;
            assert!(b[0] <= west && b[1] <= south && b[2] >= east && b[3] >= north, "{tile:?}");
            assert!(city.buildings.top_of(building) <= tile.top_m);
        }
    }
}

/// Every published node and link, one network with the streets, and both orders of opening.
#[test]
fn the_walk_network_is_whole_and_hangs_together() {
    let read = |name: &str| Pack::read(&bytes_of(name)).expect("a pack").city;
    let (station, outdoor) = (read("station.city"), read("footways.city"));
    assert_eq!((station.walk.nodes.len(), station.walk.links.len()), (1985 + 1, 2549));
    let made = station.walk.nodes.iter().filter(|node| node.flags.has(WalkNodeFlags::ASSUMED));
    assert_eq!(made.count(), 1, "the node that links name and the file lacks");
    assert!(outdoor.walk.stand_ins() > 300 && outdoor.floors.is_empty());
    for (mut city, other) in [(station.clone(), outdoor.clone()), (outdoor.clone(), station.clone())] {
        let nodes = city.walk.nodes.len() + other.walk.nodes.len() - outdoor.walk.stand_ins();
        city.absorb(other).expect("two parts");
        assert_eq!((city.walk.nodes.len(), city.walk.stand_ins()), (nodes, 0));
        let parts = city.walk.components();
        assert!(f64::from(parts.largest()) > 0.95 * nodes as f64, "{} of {nodes}", parts.largest());
        let plaza = station.walk.nodes.iter().filter(|node| node.level == -1.0);
        assert!(plaza.clone().count() > 400);
        for node in plaza {
            let id = station.walk.strings.get(node.id).expect("an id");
            let at = city.walk.find(id).expect("the same node");
            assert_eq!(city.walk.node(at).at_mm, node.at_mm);
        }
    }
}

#[test]
fn packs_are_small_and_their_credits_stand_in_the_readme() {
    let sizes: u64 = PACKS.iter().map(|name| bytes_of(name).len() as u64).sum();
    assert!(sizes <= PACKS_MAX_BYTES, "{sizes} bytes");
    let readme = std::fs::read_to_string(city_folder().join("README.md")).expect("the README");
    for name in PACKS {
        let manifest = Manifest::read(&bytes_of(name)).expect("a manifest");
        assert!(!manifest.about.sources.is_empty() && !manifest.build.inputs.is_empty(), "{name}");
        for source in &manifest.about.sources {
            assert!(readme.contains(&source.credit), "{name}: {} is not in the README", source.credit);
            assert!(readme.contains(&source.licence), "{name}: {} is not in the README", source.licence);
        }
        let odbl = manifest.about.sources.iter().filter(|source| source.licence.starts_with("ODbL")).count();
        assert!(odbl == 0 || odbl == manifest.about.sources.len(), "{name} mixes ODbL with something else");
    }
    assert_eq!(city().credits().len(), 6);
}

/// The synthetic crowds: whole, said to be synthetic, of this network, and with nothing of few people.
#[test]
fn the_built_in_crowds_belong_to_the_city() {
    let bytes = bytes_of(crate::flows::FILE);
    assert!(bytes.len() <= FLOWS_MAX_BYTES, "{} bytes", bytes.len());
    let flows = Flows::read(&bytes).expect("flows");
    let city = city();
    let network = Network::new(&city).expect("a network");
    assert_eq!(flows.network_xxh3(), format!("{:016x}", network.xxh3()), "run `cargo xtask flows`");
    assert!(flows.about().synthetic && flows.about().credits.iter().any(|credit| credit == figures::CREDIT));
    let names: Vec<&str> = flows.periods().iter().map(|period| period.name.as_str()).collect();
    assert_eq!((names, flows.bin_minutes(), flows.k()), (vec!["2020-01", "2020-04"], 60, 10));
    assert_eq!((flows.days(0, DayKind::Weekday), flows.days(1, DayKind::Holiday)), (5, 2));
    let links = city.walk.links.len();
    for flow in flows.links() {
        assert!((flow.link() as usize) < links && flow.counted() >= 15, "{flow:?}");
    }
    // From the station to the towers, in the morning rush: hundreds of the links between have a value (754).
    let between = |link: &u32| {
        let line = city.walk.line_mm(WalkLinkId(*link));
        let [x, y] = line[line.len() / 2].map(metres_from_mm);
        (-700.0..300.0).contains(&x) && (-400.0..500.0).contains(&y)
    };
    let known = |link: &u32| flows.link(*link, 0, DayKind::Weekday, 8).is_some();
    let count = (0..links as u32).filter(between).filter(known).count();
    assert!(count > 700, "{count} links at 8 to 9 h");
    // The level is the published one, 226,627 persons by day on weekdays of January (MLIT), but for the noise of one
    // bin; and the change that was put in comes back.
    let mean = |period: u8| -> f64 {
        let hours = (11..15).map(|hour| flows.cell(0, CellId(figures::MESH), period, DayKind::Weekday, hour));
        hours.map(|flow| flow.expect("the mesh").persons()).sum::<f64>() / 4.0
    };
    assert!((mean(0) / 226_627.0 - 1.0).abs() < 0.01, "{}", mean(0));
    assert!((100.0 * (mean(1) / mean(0) - 1.0) + 45.9).abs() < 2.0, "{} after {}", mean(1), mean(0));
}

/// A small share of the people, made twice on other numbers of threads.
#[test]
fn crowds_are_the_same_on_any_number_of_threads() {
    let city = crate::flows::city(&city_folder()).expect("the city");
    let make = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("a pool");
        let question = Question { share: 0.0005, most_days: 1, ..crate::flows::question() };
        pool.install(|| crate::flows::make(&city, question)).expect("flows").to_bytes().expect("bytes")
    };
    let one = make(1);
    assert!(one.len() > 10_000 && one == make(3));
}

#[test]
fn opening_is_fast() {
    let bytes = bytes_of(PACKS[0]);
    let mut times: Vec<f64> = (0..9)
        .map(|_| {
            let began = Instant::now();
            let pack = Pack::read(&bytes).expect("a pack");
            assert!(!pack.city.buildings.records.is_empty());
            began.elapsed().as_secs_f64() * 1e3
        })
        .collect();
    times.sort_unstable_by(f64::total_cmp);
    let median = times[times.len() / 2];
    println!("opening {} took {median:.1} ms (median of {})", PACKS[0], times.len());
    assert!(cfg!(debug_assertions) || median < OPEN_MAX_MS, "{median:.1} ms");
}

#[test]
fn rebuilding_gives_the_same_bytes_on_any_number_of_threads() {
    let Some(data) = data("rebuilding_gives_the_same_bytes_on_any_number_of_threads") else { return };
    for threads in [1, 2, 4] {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("a pool");
        let mut stages = Stages::new(9);
        let packs = pool.install(|| build(&recipe(), &data, &mut stages)).expect("the packs");
        for (name, pack) in packs {
            let same = pack.to_bytes().expect("a pack") == bytes_of(name);
            assert!(
                same,
                "{name} on {threads} threads is not the one in the repository: run `cargo xtask city`"
            );
        }
    }
}

#[test]
fn landmarks_have_their_names_and_roofs() {
    let Some(data) = data("landmarks_have_their_names_and_roofs") else { return };
    let table = std::fs::read(data.join(&recipe().buildings.landmarks)).expect("the landmarks");
    let landmarks = read_landmarks(&table, "landmarks.csv").expect("a table").features;
    let city = city();
    let mut roofs = 0;
    for landmark in &landmarks {
        let building =
            &city.buildings.records[city.buildings.find(&landmark.building_id).expect("a building")];
        assert_eq!(city.buildings.strings.get(building.name_en), Some(landmark.name_en.as_str()));
        if let Some(published) = landmark.main_roof_m {
            let roof = f64::from(city.buildings.main_roof_of(building).expect("a roof"));
            assert!((roof - published).abs() < 0.01, "{}: {roof} m, listed {published} m", landmark.name_en);
            roofs += 1;
        }
    }
    assert!(landmarks.len() == 19 && roofs == 18, "{roofs} roofs of {} landmarks", landmarks.len());
}
