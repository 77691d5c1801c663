//! The same answer, bit for bit, on any number of threads and however the suns are cut into chunks.

mod common;

use common::{marked, random_prisms, square_grid, surface_points, winter_suns};
use futago_compute::Engine;
use futago_field::Grid;
use futago_sunlight::passes::trace_sun::SurfacePoint;
use futago_sunlight::prepare::scene::Scene;
use futago_sunlight::prepare::wall_index::{CELL_M, WallIndex};
use futago_sunlight::step::ground::GroundSweep;
use futago_sunlight::step::surface::{IndexBuffers, azimuths, traced_suns};
use futago_testkit::same_on_any_thread_count;
use pollster::block_on;

const EXTENT_M: f64 = 240.0;
const SUNS: u32 = 18;

fn district() -> (Scene, Grid) {
    (Scene::from_prisms(&random_prisms(70, EXTENT_M)), square_grid(EXTENT_M, 1.3, 0.0))
}

/// More points than a task takes, so that there is something to share out.
fn many_points(scene: &Scene) -> Vec<SurfacePoint> {
    let points = surface_points(scene, &square_grid(EXTENT_M, 6.0, 0.0), 5.0);
    assert!(points.len() > 2_000, "{} points are too few for several threads", points.len());
    points
}

#[test]
fn the_sweep_is_the_same_on_any_thread_count() {
    let (scene, grid) = district();
    let sweep = GroundSweep::build(grid, &scene, &marked(&winter_suns(SUNS)), true);
    same_on_any_thread_count("sweep and count", async |engine| {
        let missed = sweep.run(engine).await?;
        assert!(missed.votes.iter().filter(|v| **v > 0).count() > grid.len() / 4, "hardly any shadow");
        Ok::<_, futago_compute::ComputeError>([missed.votes, missed.energy].concat())
    });
}

#[test]
fn traced_suns_are_the_same_on_any_thread_count() {
    let (scene, _) = district();
    let (index, points) = (WallIndex::build(&scene, CELL_M), many_points(&scene));
    let suns = traced_suns(&marked(&winter_suns(SUNS)));
    same_on_any_thread_count("trace", async |engine| {
        let seen = IndexBuffers::upload(engine, &index)?.trace(engine, &points, &suns).await?;
        assert!(seen.iter().filter(|s| s[0] > 0).count() > points.len() / 8, "hardly any light");
        Ok::<_, futago_compute::ComputeError>(seen.into_flattened())
    });
}

#[test]
fn sky_views_are_the_same_on_any_thread_count() {
    let (scene, _) = district();
    let (index, points, directions) = (WallIndex::build(&scene, CELL_M), many_points(&scene), azimuths(64));
    same_on_any_thread_count("sky view", async |engine| {
        let sky = IndexBuffers::upload(engine, &index)?.sky(engine, &points, &directions).await?;
        assert!(sky.iter().any(|s| *s < 0.3) && sky.iter().any(|s| *s > 0.9), "the sky is alike everywhere");
        // Bits, so that -0 is not 0.
        Ok::<_, futago_compute::ComputeError>(sky.into_iter().map(f32::to_bits).collect::<Vec<u32>>())
    });
}

/// What preparing makes of the built-in city, with so many threads.
fn prepared(
    city: &futago_model::CityModel,
    threads: usize,
) -> (Scene, WallIndex, Vec<bool>, Vec<SurfacePoint>) {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
    pool.install(|| {
        let scene = common::scene_of(city);
        let grid = Grid { first_m: [0.5, 0.5], spacing_m: 2.0, columns: 100, rows: 150, height_m: 0.0 };
        let mask = futago_sunlight::prepare::grid_mask::inside_solids(&grid, &scene);
        let points = surface_points(&scene, &grid, 10.0);
        (scene.clone(), WallIndex::build(&scene, CELL_M), mask, points)
    })
}

#[test]
fn preparing_is_the_same_on_any_thread_count() {
    let Some(city) = common::built_in_city("preparing on any thread count") else { return };
    let (scene, index, mask, points) = prepared(&city, 1);
    assert!(scene.walls.len() > 10_000 && mask.iter().any(|m| *m) && !points.is_empty());
    for threads in [2, 4] {
        let other = prepared(&city, threads);
        assert!(
            scene.walls == other.0.walls && scene.solids == other.0.solids,
            "{threads} threads: the scene"
        );
        let same_bits =
            |a: &[f32], b: &[f32]| bytemuck::cast_slice::<_, u32>(a) == bytemuck::cast_slice::<_, u32>(b);
        assert!(index.cell_blocks == other.1.cell_blocks, "{threads} threads: the cells");
        assert!(same_bits(&index.blocks, &other.1.blocks), "{threads} threads: the walls");
        assert!(same_bits(&index.pyramid, &other.1.pyramid), "{threads} threads: the pyramid");
        assert!(mask == other.2, "{threads} threads: the mask");
        assert!(
            bytemuck::cast_slice::<_, u8>(&points) == bytemuck::cast_slice::<_, u8>(&other.3),
            "the points"
        );
    }
}

#[test]
fn chunks_add_up_to_the_whole() {
    let (scene, grid) = district();
    let sweep = GroundSweep::build(grid, &scene, &marked(&winter_suns(SUNS)), true);
    let (engine, whole) = (Engine::cpu(), block_on(sweep.run(&Engine::cpu())).unwrap());
    let (mut pieces, mut buffers) = (sweep.nothing_missed(), None);
    let mut runs = 0;
    for (part, first, last) in sweep.chunks() {
        for start in (first..last).step_by(2) {
            let chunk = (part, start, (start + 2).min(last));
            block_on(sweep.run_chunk(&engine, chunk, &mut buffers, &mut pieces)).unwrap();
            runs += 1;
        }
    }
    assert!(runs > sweep.chunks().len() + 2, "nothing was cut");
    assert!(pieces == whole, "the pieces are not the whole");
}
