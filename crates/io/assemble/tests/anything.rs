//! Any rings at all: never a panic, and what comes out is sound.

use std::cell::Cell;

use futago_assemble::{AssembleError, BuildingFiles, Rules, assemble_buildings};
use futago_geodesy::{LonLat, SiteFrame};
use futago_model::PolygonId;
use futago_raw::{Raw, RawBuilding, RawPolygon};
use proptest::prelude::*;
use proptest::test_runner::TestRunner;

/// A coarse grid, so that vertices coincide, edges overlap and rings touch.
fn ring() -> impl Strategy<Value = Vec<[f64; 2]>> {
    prop::collection::vec((0..12, 0..12), 0..14).prop_map(|ring| {
        ring.into_iter().map(|(x, y)| [139.69 + f64::from(x) * 1e-5, 35.69 + f64::from(y) * 1e-5]).collect()
    })
}

fn building() -> impl Strategy<Value = RawBuilding> {
    let part = prop::collection::vec(ring(), 0..4).prop_map(|rings| RawPolygon { rings });
    (prop::collection::vec(part, 0..3), prop::option::of(-1.0..50.0)).prop_map(|(parts, height_m)| {
        RawBuilding {
            index: 0,
            feature_id: None,
            id: None,
            height_m,
            town_code: None,
            flood_depth_m: Some(f64::NAN),
            clipped: false,
            parts,
        }
    })
}

fn check(building: RawBuilding) -> Result<usize, TestCaseError> {
    let mut buildings = Raw::empty("any");
    buildings.features.push(building);
    let files = BuildingFiles { buildings, roof_pieces: Raw::empty("r"), landmarks: Raw::empty("l") };
    let frame = SiteFrame::around(6677, LonLat { lon_deg: 139.69, lat_deg: 35.69 }, 0.0).expect("a frame");
    let city = match assemble_buildings(&files, &frame, &Rules::default()) {
        Ok((city, _)) => city,
        Err(AssembleError::NoBuildings { .. }) => return Ok(0),
        Err(error) => return Err(TestCaseError::fail(error.to_string())),
    };
    for index in 0..city.polygons.len() {
        let polygon = city.polygons.get(PolygonId(index as u32));
        let corner = |i: u16| polygon.vertices_mm[usize::from(i)].map(f64::from);
        let triangle = |t: &[u16; 3]| {
            let [a, b, c] = t.map(corner);
            ((b[0] - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (b[1] - a[1])) / 2e6
        };
        let covered: f64 = polygon.triangles.iter().map(triangle).sum();
        prop_assert!(polygon.area_m2() > 0.0);
        prop_assert!((covered - polygon.area_m2()).abs() < 1e-6 * polygon.area_m2().max(1.0));
    }
    Ok(city.polygons.len())
}

#[test]
fn any_rings_give_sound_polygons() {
    let made = Cell::new(0);
    let mut runner = TestRunner::new(ProptestConfig::with_cases(2000));
    let result = runner.run(&building(), |building| {
        made.set(made.get() + check(building)?);
        Ok(())
    });
    result.expect("sound polygons");
    assert!(made.get() > 2000, "only {} polygons were made: the test tests nothing", made.get());
}
