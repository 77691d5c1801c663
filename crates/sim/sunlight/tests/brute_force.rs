//! The CPU's passes against the plainest possible truth: every wall looked at for every ray, in f64.

mod common;

use common::{
    cell_point, in_shadow, is_edge, marked, random, random_prisms, sky_of_azimuth, square_grid, upward,
    winter_suns, with_decks,
};
use futago_sunlight::passes::march::{Ray, Walls, march, steepest};
use futago_sunlight::passes::sky_view::{sky_view, slice_of_sky};
use futago_sunlight::passes::sweep_shadow::{Order, sweep_shadow};
use futago_sunlight::passes::trace_sun::{SurfacePoint, trace_sun};
use futago_sunlight::prepare::grid_mask;
use futago_sunlight::prepare::scene::Scene;
use futago_sunlight::prepare::sweep_input::{Side, SweepInput};
use futago_sunlight::prepare::wall_index::{CELL_M, WallIndex};
use futago_sunlight::solar::Sun;
use futago_sunlight::step::surface::{azimuths, traced_suns};

const EXTENT_M: f64 = 400.0;
const SUNS: u32 = 9;

fn district(prisms: u64) -> Scene {
    Scene::from_prisms(&random_prisms(prisms, EXTENT_M))
}

/// Without decks and with some.
fn districts(prisms: u64) -> [Scene; 2] {
    [district(prisms), with_decks(district(prisms), prisms / 4, EXTENT_M)]
}

/// Random places in the district and round it, of these heights in turn.
fn places(count: u64, heights_m: &[f64]) -> Vec<SurfacePoint> {
    let coordinate = |i: u64| random(1_000_000 + i) * (EXTENT_M + 80.0) - 40.0;
    let place = |i: u64| [coordinate(2 * i), coordinate(2 * i + 1), heights_m[i as usize % heights_m.len()]];
    (0..count).map(|i| upward(place(i))).collect()
}

#[test]
fn traced_shadows_are_those_of_every_wall() {
    districts(220).iter().for_each(check_traced);
}

fn check_traced(scene: &Scene) {
    let index = WallIndex::build(scene, CELL_M);
    let walls = Walls::new(index.grid, &index.cell_blocks, &index.blocks, &index.pyramid);
    let (suns, points) = (winter_suns(SUNS), places(2000, &[0.0, 4.0, 0.0]));
    let mut seen = vec![[0; 2]; points.len()];
    trace_sun(&walls, &points, &traced_suns(&marked(&suns)), &mut seen);
    let mut shaded = 0;
    for (point, [votes, _]) in points.iter().zip(seen) {
        for (k, sun) in suns.iter().enumerate() {
            let truth = in_shadow(scene, common::at_of(point), *sun);
            shaded += u32::from(truth);
            let lit = votes >> k & 1 == 1;
            assert!(lit != truth || is_edge(scene, point, *sun), "sun {k}, {point:?}");
        }
    }
    assert!((2000..16_000).contains(&shaded), "the scene must have both: {shaded}");
}

#[test]
fn swept_shadows_are_those_of_every_wall() {
    districts(220).iter().for_each(|scene| check_swept(scene, 0.0));
    // At this height some decks lie below the grid, some cut it, and most are over it.
    check_swept(&districts(220)[1], 6.0);
}

fn check_swept(scene: &Scene, height_m: f64) {
    let grid = square_grid(EXTENT_M, 1.7, height_m);
    let inside = grid_mask::inside_solids(&grid, scene);
    let (mut shaded, mut looked_at) = (0, 0);
    // Shadows to the south, too, where no sun of Tokyo throws them.
    let others = [0.3, 1.2, 4.9, 5.9].map(|azimuth_rad| Sun { azimuth_rad, altitude_rad: 0.5 });
    for sun in winter_suns(SUNS).into_iter().chain(others) {
        let input = SweepInput::build(&grid, scene, &[sun], Side::for_sun(sun));
        let mut map = vec![0_u32; (input.params.lines * input.params.words) as usize];
        sweep_shadow(
            &input.params,
            &input.solids,
            &input.walls,
            &Order::of(&input.solids),
            input.shift(sun),
            &mut Vec::new(),
            &mut map,
        );
        // No multiple of the columns, so that all of them have their turn.
        for cell in (0..grid.len()).step_by(7).filter(|cell| !inside[*cell]) {
            let at = input.count_index(cell as u32 % grid.columns, cell as u32 / grid.columns);
            let dark = map[at / 32] >> (at % 32) & 1 == 1;
            let point = cell_point(&grid, cell);
            let truth = in_shadow(scene, common::at_of(&point), sun);
            looked_at += 1;
            shaded += u32::from(truth);
            assert!(dark == truth || is_edge(scene, &point, sun), "{point:?} {sun:?}: {dark}");
        }
    }
    assert!(looked_at > 20_000 && shaded > looked_at / 10, "{shaded} of {looked_at}");
}

#[test]
fn sky_views_are_those_of_every_wall() {
    districts(150).iter().for_each(check_skies);
}

fn check_skies(scene: &Scene) {
    let index = WallIndex::build(scene, CELL_M);
    let walls = Walls::new(index.grid, &index.cell_blocks, &index.blocks, &index.pyramid);
    let (points, directions) = (places(400, &[0.0]), azimuths(32));
    let mut sky = vec![0.0; points.len()];
    sky_view(&walls, &points, &directions, &mut sky);
    let mut worst = 0.0_f64;
    for (point, seen) in points.iter().zip(sky) {
        let slice = |along: &[f32; 2]| {
            let along = along.map(f64::from);
            sky_of_azimuth(scene, common::at_of(point), point.normal, along)
        };
        let truth = directions.iter().map(slice).sum::<f64>() / directions.len() as f64;
        worst = worst.max((truth - f64::from(seen)).abs());
    }
    // One azimuth that just touches a corner may see past it: 1/32 at most, and rarely.
    assert!(worst < 1.0 / 32.0, "{worst}");
}

#[test]
fn packets_see_what_single_rays_see() {
    let scene = district(200);
    let index = WallIndex::build(&scene, CELL_M);
    let walls = Walls::new(index.grid, &index.cell_blocks, &index.blocks, &index.pyramid);
    let directions = azimuths(64);
    // On the ground, inside buildings and outside the city; also walls that look south and roofs.
    let mut points = places(3000, &[0.0, 6.0, 30.0]);
    points.iter_mut().step_by(5).for_each(|point| point.normal = [0.0, -1.0, 0.0, 0.0]);
    let mut together = vec![0.0; points.len()];
    sky_view(&walls, &points, &directions, &mut together);
    for (point, seen) in points.iter().zip(together) {
        let mut alone = 0.0;
        for along in &directions {
            let outward = point.normal[0] * along[0] + point.normal[1] * along[1];
            if outward > 0.0 || point.normal[2] > 0.0 {
                let from = [point.at[0], point.at[1], point.at[2]];
                let horizon = march(&walls, Ray { from, along: *along, slope: 0.0 }, steepest);
                alone += slice_of_sky(outward, point.normal[2], horizon);
            }
        }
        assert_eq!(seen, alone / directions.len() as f32, "{point:?}");
    }
}
