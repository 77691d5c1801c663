//! How fast one thread goes through each kernel, on a made-up district: 2,500 prisms over 1 km x 1 km.

#[path = "../tests/common/mod.rs"]
mod common;

use std::hint::black_box;

use common::{marked, random_prisms, surface_points, winter_suns};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use futago_field::Grid;
use futago_sunlight::passes::march::Walls;
use futago_sunlight::passes::sky_view::sky_view;
use futago_sunlight::passes::sweep_shadow::{Order, sweep_shadow};
use futago_sunlight::passes::trace_sun::trace_sun;
use futago_sunlight::prepare::scene::Scene;
use futago_sunlight::prepare::sweep_input::{Side, SweepInput};
use futago_sunlight::prepare::wall_index::{CELL_M, WallIndex};
use futago_sunlight::step::surface::{azimuths, traced_suns};

const EXTENT_M: f64 = 1000.0;
const PRISMS: u64 = 2500;

fn district() -> Scene {
    Scene::from_prisms(&random_prisms(PRISMS, EXTENT_M))
}

fn grid(spacing_m: f64) -> Grid {
    let cells = (EXTENT_M / spacing_m) as u32;
    Grid { first_m: [0.0, 0.0], spacing_m, columns: cells, rows: cells, height_m: 0.0 }
}

fn sweeping(criterion: &mut Criterion) {
    let (scene, grid) = (district(), grid(1.0));
    // The third of nine: mid-morning.
    let sun = winter_suns(9)[2];
    let input = SweepInput::build(&grid, &scene, &[sun], Side::for_sun(sun));
    let shift = input.shift(sun);
    let (order, mut middles) = (Order::of(&input.solids), Vec::new());
    let mut map = vec![0_u32; (input.params.lines * input.params.words) as usize];
    let mut group = criterion.benchmark_group("sweep_shadow");
    group.throughput(Throughput::Elements(grid.len() as u64));
    group.bench_function("one sun, 1 km2 at 1 m", |b| {
        b.iter(|| {
            map.fill(0);
            sweep_shadow(
                &input.params,
                &input.solids,
                &input.walls,
                &order,
                black_box(shift),
                &mut middles,
                &mut map,
            );
            black_box(&map);
        });
    });
    group.finish();
}

fn tracing(criterion: &mut Criterion) {
    let scene = district();
    let index = WallIndex::build(&scene, CELL_M);
    let walls = Walls::new(index.grid, &index.cell_blocks, &index.blocks, &index.pyramid);
    let points = surface_points(&scene, &grid(50.0), 20.0);
    let (suns, directions) = (traced_suns(&marked(&winter_suns(9))), azimuths(64));

    let mut group = criterion.benchmark_group("trace_sun");
    group.throughput(Throughput::Elements((points.len() * suns.len()) as u64));
    group.bench_function("nine suns, ground, roofs and walls", |b| {
        b.iter(|| {
            let mut seen = vec![[0_u32; 2]; points.len()];
            trace_sun(&walls, black_box(&points), &suns, &mut seen);
            seen
        });
    });
    group.finish();

    let mut group = criterion.benchmark_group("sky_view");
    group.throughput(Throughput::Elements(points.len() as u64));
    group.bench_function("64 directions, ground, roofs and walls", |b| {
        b.iter(|| {
            let mut sky = vec![0.0_f32; points.len()];
            sky_view(&walls, black_box(&points), &directions, &mut sky);
            sky
        });
    });
    group.finish();
}

criterion_group! {
    name = kernels;
    config = Criterion::default().sample_size(20);
    targets = sweeping, tracing
}
criterion_main!(kernels);
