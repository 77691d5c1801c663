//! Dirty files in the real formats: what is kept, what is changed, and that the Report says so.

use futago_assemble::{AssembleError, BuildingFiles, Rules, assemble_buildings};
use futago_field::Report;
use futago_geodesy::{LonLat, SiteFrame};
use futago_geojson::{read_buildings, read_landmarks, read_roof_pieces};
use futago_model::{Building, BuildingFlags, Buildings};
use futago_raw::Raw;

const BUILDINGS: &[u8] = include_bytes!("data/dirty_buildings.geojson");
const PIECES: &[u8] = include_bytes!("data/dirty_pieces.geojson");

fn frame() -> SiteFrame {
    SiteFrame::around(6677, LonLat::new(139.6917, 35.6895).expect("a place"), 35.0).expect("a frame")
}

fn files() -> BuildingFiles {
    let landmarks = b"bldg_id,name_ja,name_en\ngood,\xE5\xBA\x81\xE8\x88\x8E,Hall\ngone,a,Gone Tower\n";
    BuildingFiles {
        buildings: read_buildings(BUILDINGS, "dirty_buildings.geojson").expect("a collection"),
        roof_pieces: read_roof_pieces(PIECES, "dirty_pieces.geojson").expect("a collection"),
        landmarks: read_landmarks(landmarks, "landmarks.csv").expect("a table"),
    }
}

fn city() -> (Buildings, Report) {
    assemble_buildings(&files(), &frame(), &Rules::default()).expect("a city")
}

fn building<'a>(city: &'a Buildings, id: &str) -> &'a Building {
    let index = city.find(id).unwrap_or_else(|| panic!("{id} is not there"));
    &city.records[index]
}

fn reported(report: &Report, code: &str, feature: &str) -> bool {
    report.entries.iter().any(|entry| entry.code == code && entry.feature.starts_with(feature))
}

#[test]
fn every_defect_is_in_the_report() {
    let (_, report) = city();
    let expected = [
        ("self-intersection", "bow-tie"),
        ("missing-id", "no-id-3"),
        ("missing-height", "no-id-3"),
        ("clipped", "edge"),
        ("duplicate-feature", "good"),
        ("duplicate-id", "good"),
        ("swapped-coordinates", "swapped"),
        ("bad-feature", ""),
        ("wrong-orientation", "clockwise"),
        ("zero-area", "flat"),
        ("no-outline", "flat"),
        ("bad-hole", "hole-outside"),
        ("duplicate-vertices", "repeats"),
        ("unclosed-ring", "repeats"),
        ("bad-height", "below-ground"),
        ("missing-height", "below-ground"),
        ("bad-coordinates", "osaka"),
        ("self-intersection", "spike"),
        ("joined-by-position", "roof piece 104"),
        ("orphan-roof-piece", "nobody"),
        ("roof-cover-low", "edge"),
        ("bad-height", "clockwise, roof piece 107"),
        ("landmark-without-building", "gone"),
    ];
    for (code, feature) in expected {
        assert!(reported(&report, code, feature), "{code} of {feature} is missing: {report:#?}");
    }
    assert!(report.entries.iter().all(|e| !e.place.is_empty() && !e.action.is_empty()), "{report:#?}");
}

#[test]
fn what_is_usable_is_kept() {
    let (city, _) = city();
    let mut ids: Vec<&str> = city.records.iter().map(|b| city.id_of(b)).collect();
    ids.sort_unstable();
    let expected = [
        "below-ground",
        "bow-tie",
        "clockwise",
        "edge",
        "good",
        "good-2",
        "hole-outside",
        "no-id-3",
        "repeats",
        "spike",
        "swapped",
        "two-parts",
    ];
    assert_eq!(ids, expected);
    assert!(
        building(&city, "no-id-3").flags.has(BuildingFlags::ID_ASSUMED.with(BuildingFlags::HEIGHT_ASSUMED))
    );
    assert!(building(&city, "edge").flags.has(BuildingFlags::CLIPPED));
    assert!(building(&city, "bow-tie").flags.has(BuildingFlags::REPAIRED));
    let good = building(&city, "good");
    assert_eq!(city.strings.get(good.name_en), Some("Hall"));
    assert_eq!(city.strings.get(good.town_code), Some("13104001"));
    assert!(good.flood_depth_m == 0.5 && building(&city, "edge").flood_depth_m.is_nan());
}

#[test]
fn a_bow_tie_becomes_two_solids_and_the_larger_is_the_footprint() {
    let (city, _) = city();
    let building = building(&city, "bow-tie");
    let areas: Vec<f64> =
        city.solids_of(building).iter().map(|solid| city.polygons.get(solid.polygon).area_m2()).collect();
    assert_eq!(areas.len(), 2);
    assert!(areas[0] >= areas[1] && areas[1] > 1.0, "{areas:?}");
    assert_eq!(city.solids_of(building)[0].polygon, building.footprint);
}

#[test]
fn roof_pieces_make_the_solids() {
    let (city, _) = city();
    let good = building(&city, "good");
    // The twin of piece 102 is left out; its two parts are two solids.
    let tops: Vec<f32> = city.solids_of(good).iter().map(|solid| solid.top_m).collect();
    assert_eq!(tops, [4.0, 10.0, 10.0]);
    assert!(good.flags.has(BuildingFlags::LOD2));
    assert_eq!(city.main_roof_of(good), Some(4.0));
    // A made-up id and no height: the piece that stands in it gives the height.
    assert_eq!(building(&city, "no-id-3").height_m, 33.0);
    // A quarter is covered: the rest is filled up to the published height.
    let edge = building(&city, "edge");
    let solids: Vec<(f32, f64)> =
        city.solids_of(edge).iter().map(|s| (s.top_m, city.polygons.get(s.polygon).area_m2())).collect();
    let whole = city.polygons.get(edge.footprint).area_m2();
    assert_eq!(solids.iter().map(|s| s.0).collect::<Vec<_>>(), [5.0, 8.0]);
    assert!((solids.iter().map(|s| s.1).sum::<f64>() - whole).abs() < 0.1 && solids[1].1 > 2.9 * solids[0].1);
    // A piece without a usable height has that of its building.
    assert_eq!(city.top_of(building(&city, "clockwise")), 6.0);
}

#[test]
fn a_missing_height_without_pieces_is_the_median_of_the_neighbours() {
    let (city, _) = city();
    let heights = [10.0, 20.0, 8.0, 12.0, 6.0, 6.0, 6.0, 6.0, 9.0, 6.0];
    let mut sorted = heights;
    sorted.sort_unstable_by(f32::total_cmp);
    let median = (sorted[4] + sorted[5]) / 2.0;
    assert_eq!(building(&city, "below-ground").height_m, median);
}

#[test]
fn polygons_are_sound() {
    let (city, _) = city();
    for index in 0..city.polygons.len() {
        let polygon = city.polygons.get(futago_model::PolygonId(index as u32));
        let rings: Vec<_> = polygon.rings_mm().collect();
        let signed = |ring: &[[i32; 2]]| -> i64 {
            (0..ring.len())
                .map(|i| (ring[i].map(i64::from), ring[(i + 1) % ring.len()].map(i64::from)))
                .map(|(a, b)| a[0] * b[1] - b[0] * a[1])
                .sum()
        };
        assert!(signed(rings[0]) > 0 && rings[1..].iter().all(|hole| signed(hole) < 0), "polygon {index}");
        let covered: i64 =
            polygon.triangles.iter().map(|t| signed(&t.map(|i| polygon.vertices_mm[usize::from(i)]))).sum();
        assert_eq!(covered, rings.iter().map(|ring| signed(ring)).sum::<i64>(), "polygon {index}");
    }
}

#[test]
fn the_number_of_threads_changes_nothing() {
    let build = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("a pool");
        // As text: a depth that is not known is NaN, which equals nothing.
        pool.install(|| format!("{:?}", city()))
    };
    let one = build(1);
    assert_eq!(one, build(2));
    assert_eq!(one, build(4));
}

#[test]
fn no_building_at_all_is_an_error() {
    let files = BuildingFiles { buildings: Raw::empty("none.geojson"), ..files() };
    let error = assemble_buildings(&files, &frame(), &Rules::default()).expect_err("nothing");
    assert!(matches!(&error, AssembleError::NoBuildings { file } if file == "none.geojson"), "{error}");
}
