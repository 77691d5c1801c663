//! Binning with exact counts of different ids, in memory: `cargo bench -p futago_tracks`.

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use futago_tracks::bin::{Binner, Grid, Steps};
use futago_tracks::{Bounds, Point, Points};

const BOUNDS: Bounds = Bounds { west_deg: 139.67, south_deg: 35.67, east_deg: 139.72, north_deg: 35.71 };
const POINTS: u64 = 2_000_000;

fn part(number: u64) -> f64 {
    (number.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 11) as f64 / (1_u64 << 53) as f64
}

fn points() -> Points {
    let one = |number: u64| Point {
        id: (number % 10_000).wrapping_mul(0x9E37_79B9_7F4A_7C15),
        time_s: 1_585_666_800 + (part(number * 3) * 604_800.0) as i64,
        lon_deg: BOUNDS.west_deg + part(number * 3 + 1) * (BOUNDS.east_deg - BOUNDS.west_deg),
        lat_deg: BOUNDS.south_deg + part(number * 3 + 2) * (BOUNDS.north_deg - BOUNDS.south_deg),
        accuracy_m: 10.0,
        speed_mps: f32::NAN,
        course_deg: f32::NAN,
    };
    (0..POINTS).map(one).collect()
}

fn bins(criterion: &mut Criterion) {
    let points = points();
    let mut group = criterion.benchmark_group("bins");
    group.throughput(Throughput::Elements(POINTS)).sample_size(20);
    let grids = [
        ("25 m, an hour, degrees", Grid::degrees(BOUNDS, 0.000_276_5, 0.000_225_3)),
        ("25 m, an hour, plane", Grid::plane(BOUNDS, 6677, 25.0)),
    ];
    for (name, grid) in grids {
        let grid = grid.expect("it is a grid");
        group.bench_function(name, |bencher| {
            bencher.iter(|| {
                let binner = Binner::new(grid.clone(), Steps::HOURS).expect("hours");
                binner.add(&points).expect("memory is enough");
                binner.finish().expect("memory is enough")
            });
        });
    }
    group.finish();
}

criterion_group!(benches, bins);
criterion_main!(benches);
