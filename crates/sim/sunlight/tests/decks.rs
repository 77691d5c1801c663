//! Decks against what can be worked out by hand: their shadow on the ground, the light under them, the sky that is
//! left.

mod common;

use common::{marked, upward};
use futago_field::{Grid, Report};
use futago_geodesy::SiteFrame;
use futago_model::{
    About, CityModel, Ground, Structure, StructureFlags, StructureKind, StructureSolid, Structures,
};
use futago_sunlight::passes::march::Walls;
use futago_sunlight::passes::sky_view::sky_view;
use futago_sunlight::passes::sweep_shadow::{Order, sweep_shadow};
use futago_sunlight::passes::trace_sun::{SurfacePoint, trace_sun};
use futago_sunlight::prepare::grid_mask::inside_solids;
use futago_sunlight::prepare::scene::Scene;
use futago_sunlight::prepare::sweep_input::{Side, SweepInput};
use futago_sunlight::prepare::wall_index::{CELL_M, WallIndex};
use futago_sunlight::solar::Sun;
use futago_sunlight::step::surface::{azimuths, traced_suns};

/// 10 m x 4 m, from 5 m to 5.5 m over the ground.
const DECK: [[f64; 2]; 4] = [[0.0, 0.0], [10.0, 0.0], [10.0, 4.0], [0.0, 4.0]];
const BOTTOM_M: f64 = 5.0;
const TOP_M: f64 = 5.5;
/// Nearer than this to an edge of the shadow a point may be on either side, metres.
const NEAR_M: f64 = 0.01;

fn deck() -> Scene {
    let mut scene = Scene::default();
    scene.push_slab(&DECK, BOTTOM_M, TOP_M, "deck");
    scene
}

/// The same deck with a notch that is none, so that its outline is not convex and its triangles are swept.
fn deck_in_triangles() -> Scene {
    let mut polygons = futago_model::Polygons::default();
    let ring = [[0, 0], [10_000, 0], [10_000, 4000], [5000, 3999], [0, 4000]];
    let triangles = [[0, 1, 3], [1, 2, 3], [0, 3, 4]];
    let polygon = polygons.push(&[ring], &triangles);
    let mut strings = futago_model::Strings::default();
    let id = strings.push("deck");
    let solid = StructureSolid { polygon, structure: 0, bottom_m: BOTTOM_M as f32, top_m: TOP_M as f32 };
    let structures = Structures {
        records: vec![Structure {
            id,
            name: futago_model::StringId::NONE,
            kind: StructureKind::Deck as u32,
            flags: StructureFlags::default(),
            foot_tp_m: 35.0,
            first_solid: 0,
            solid_count: 1,
            first_triangle: 0,
            triangle_count: 0,
        }],
        solids: vec![solid],
        polygons,
        strings,
        ..Structures::default()
    };
    let about = About {
        name_ja: String::new(),
        name_en: String::new(),
        frame: SiteFrame { epsg: 6677, origin_east_m: 0.0, origin_north_m: 0.0, origin_height_m: 0.0 },
        bounds_m: [-50.0, -50.0, 50.0, 50.0],
        ground: Ground::Constant { height_tp_m: 0.0, note: String::new() },
        sources: Vec::new(),
    };
    let city = CityModel { structures, ..CityModel::empty(about) };
    let mut report = Report::default();
    let scene = Scene::build(&city, None, &mut report).expect("a scene");
    assert!(report.entries.is_empty() && scene.triangles.len() == 3 && scene.structures == (0..1));
    scene
}

fn sun(azimuth_deg: f64, altitude_deg: f64) -> Sun {
    Sun { azimuth_rad: azimuth_deg.to_radians(), altitude_rad: altitude_deg.to_radians() }
}

/// How far inside the deck's shadow a point of a plane lies, metres; negative outside. A shadow of the deck at
/// height h covers the point when the deck covers the point carried towards the sun by h.
fn depth(at: [f64; 2], plane_m: f64, sun: Sun) -> f64 {
    let [x, y, z] = sun.toward();
    let steps = 400;
    (0..=steps)
        .map(|i| {
            let height = BOTTOM_M + (TOP_M - BOTTOM_M) * f64::from(i) / f64::from(steps) - plane_m;
            let (e, n) = (at[0] + x / z * height, at[1] + y / z * height);
            e.min(10.0 - e).min(n).min(4.0 - n)
        })
        .fold(f64::NEG_INFINITY, f64::max)
}

fn swept(scene: &Scene, grid: &Grid, sun: Sun) -> Vec<bool> {
    let input = SweepInput::build(grid, scene, &[sun], Side::for_sun(sun));
    let mut map = vec![0_u32; (input.params.lines * input.params.words) as usize];
    let order = Order::of(&input.solids);
    sweep_shadow(
        &input.params,
        &input.solids,
        &input.walls,
        &order,
        input.shift(sun),
        &mut Vec::new(),
        &mut map,
    );
    (0..grid.len() as u32)
        .map(|cell| input.count_index(cell % grid.columns, cell / grid.columns))
        .map(|at| map[at / 32] >> (at % 32) & 1 == 1)
        .collect()
}

#[test]
fn the_shadow_of_a_deck_is_its_plan_carried_along() {
    let mut shaded = 0;
    for scene in [deck(), deck_in_triangles()] {
        for (azimuth, altitude) in
            [(180.0, 77.0), (180.0, 45.0), (225.0, 31.0), (100.0, 25.0), (300.0, 40.0), (20.0, 60.0)]
        {
            for height_m in [0.0, 1.5] {
                let sun = sun(azimuth, altitude);
                // Points off the deck's own lines, and some on its diagonal.
                let grid =
                    Grid { first_m: [-20.0, -20.0], spacing_m: 0.25, columns: 200, rows: 200, height_m };
                assert!(
                    !inside_solids(&grid, &scene).contains(&true),
                    "nothing lies in a deck over the grid"
                );
                let dark = swept(&scene, &grid, sun);
                for (cell, dark) in dark.iter().enumerate() {
                    let at = grid.centre_m(cell as u32 % grid.columns, cell as u32 / grid.columns);
                    let depth = depth(at, height_m, sun);
                    shaded += usize::from(*dark);
                    assert!(*dark == (depth > 0.0) || depth.abs() < NEAR_M, "{at:?} {sun:?}: {dark} {depth}");
                }
            }
        }
    }
    assert!(shaded > 24 * 500, "{shaded}");
}

/// At 45 degrees from the south the shadow is 10 m x 4.5 m, 5 m to the north: one square metre is 64 points.
#[test]
fn the_shadow_has_the_area_that_it_should() {
    let grid = Grid { first_m: [-19.95, -19.93], spacing_m: 0.125, columns: 400, rows: 400, height_m: 0.0 };
    let dark = swept(&deck(), &grid, sun(180.0, 45.0)).iter().filter(|dark| **dark).count();
    assert!((dark as f64 / 64.0 - 45.0).abs() < 1.0, "{dark}");
}

fn lit(scene: &Scene, at: [f64; 3], sun: Sun) -> bool {
    let index = WallIndex::build(scene, CELL_M);
    let walls = Walls::new(index.grid, &index.cell_blocks, &index.blocks, &index.pyramid);
    let mut seen = [[0; 2]];
    trace_sun(&walls, &[upward(at)], &traced_suns(&marked(&[sun])), &mut seen);
    seen[0][0] == 1
}

#[test]
fn under_a_deck_it_is_dark_at_noon_and_lit_from_the_side() {
    for scene in [deck(), deck_in_triangles()] {
        let lit = |at, azimuth, altitude| lit(&scene, at, sun(azimuth, altitude));
        assert!(!lit([5.0, 2.0, 0.0], 180.0, 77.0), "noon in June");
        assert!(lit([5.0, 2.0, 0.0], 180.0, 31.0), "noon in December: 5 m up are 8.3 m to the south");
        assert!(lit([5.0, 2.0, 0.0], 270.0, 10.0), "evening");
        assert!(!lit([-4.0, 2.0, 0.0], 90.0, 30.0), "its underside");
        assert!(!lit([-9.0, 2.0, 0.0], 90.0, 30.0), "its west side");
        assert!(lit([-10.0, 2.0, 0.0], 90.0, 30.0), "over its top: 10 m are 5.77 m up");
        assert!(lit([5.0, 2.0, 5.6], 180.0, 31.0), "on the deck");
        assert!(!lit([5.0, 2.0, 4.9], 180.0, 31.0), "close below it");
        // Steep enough to come in through the underside and out through the top.
        assert!(!lit([5.0, 0.5, 0.0], 0.0, 60.0));
    }
}

fn sky(scene: &Scene, points: &[SurfacePoint], directions: u32) -> Vec<f32> {
    let index = WallIndex::build(scene, CELL_M);
    let walls = Walls::new(index.grid, &index.cell_blocks, &index.blocks, &index.pyramid);
    let mut sky = vec![0.0; points.len()];
    sky_view(&walls, points, &azimuths(directions), &mut sky);
    sky
}

/// Under the middle of a disc of radius R at height H the sky view factor is H² / (H² + R²), whatever its
/// thickness: the view factor of coaxial discs. So it goes to 0 under a wide one.
#[test]
fn under_a_disc_the_sky_is_what_it_should_be() {
    for radius in [2.0_f64, 5.0, 20.0, 300.0] {
        let corners = 64;
        let ring: Vec<[f64; 2]> = (0..corners)
            .map(|i| f64::from(i) / f64::from(corners) * std::f64::consts::TAU)
            .map(|turn| [radius * turn.cos(), radius * turn.sin()])
            .collect();
        let mut scene = Scene::default();
        scene.push_slab(&ring, 5.0, 5.5, "disc");
        let found = f64::from(sky(&scene, &[upward([0.013, 0.007, 0.0])], 256)[0]);
        let truth = 25.0 / (25.0 + radius * radius);
        assert!((found - truth).abs() < 0.003, "radius {radius}: {found}, {truth}");
    }
}

/// Under an endless strip of half width w at height H the sky view factor is 1 - w / sqrt(w² + H²); beside it, at
/// a distance, the strip hides half the difference of the sines of the angles to its ends.
#[test]
fn under_and_beside_a_strip_the_sky_is_what_it_should_be() {
    let ring = [[-20_000.0, -6.0], [20_000.0, -6.0], [20_000.0, 6.0], [-20_000.0, 6.0]];
    let mut scene = Scene::default();
    scene.push_slab(&ring, 8.0, 8.001, "strip");
    let places = [0.0, 3.0, 10.0, 25.0];
    let points: Vec<SurfacePoint> = places.iter().map(|y| upward([0.3, *y, 0.0])).collect();
    for (found, y) in sky(&scene, &points, 2048).into_iter().zip(places) {
        let sine = |to: f64| to / to.hypot(8.0);
        let truth = 1.0 - (sine(6.0 - y) - sine(-6.0 - y)) / 2.0;
        assert!((f64::from(found) - truth).abs() < 0.002, "{y}: {found}, {truth}");
    }
}

/// A house behind a deck: what both hide is taken off once.
#[test]
fn a_deck_before_a_house_hides_nothing_twice() {
    let house = vec![[-2000.0, 30.0], [2000.0, 30.0], [2000.0, 40.0], [-2000.0, 40.0]];
    let alone = Scene::from_prisms(&[(house.clone(), 60.0, "house")]);
    let mut with_deck = alone.clone();
    // From the point the deck is seen between slopes of 0.25 and 0.6, the house up to 2.
    with_deck.push_slab(
        &[[-2000.0, 10.0], [2000.0, 10.0], [2000.0, 20.0], [-2000.0, 20.0]],
        5.0,
        6.0,
        "deck",
    );
    let point = [upward([0.0, 0.0, 0.0])];
    assert_eq!(sky(&alone, &point, 64), sky(&with_deck, &point, 64));
}
