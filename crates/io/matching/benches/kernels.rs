//! How fast one thread goes through each hot loop, in the built-in city.

#[path = "../examples/common/mod.rs"]
mod common;

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use futago_flow::{Calendar, Grid, Period, Spec};
use futago_matching::{Counter, Matcher, Network, Options};
use futago_synthetic::{Generator, Question};

const POINTS: usize = 50_000;

fn kernels(criterion: &mut Criterion) {
    let city = common::city();
    let network = Network::new(&city).expect("a network");
    let question = Question { most_days: 1, share: 0.01, interval_s: 5.0, ..Question::default() };
    let generator = Generator::new(&city, question).expect("a generator");
    let (points, _) = common::points(&generator, POINTS);
    let (view, tracks) = (points.view(), points.view().tracks());
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build().expect("a pool");
    let mut group = criterion.benchmark_group("matching");
    group.throughput(Throughput::Elements(view.len() as u64)).sample_size(20);
    group.bench_function("nearest", |bencher| {
        bencher.iter(|| pool.install(|| black_box(network.nearest(view))));
    });
    group.bench_function("hmm", |bencher| {
        let mut matcher = Matcher::new(&network, Options::default());
        bencher.iter(|| {
            for track in &tracks {
                black_box(matcher.place(view.part(track.clone())));
            }
        });
    });
    group.bench_function("count", |bencher| {
        let period = Period::between("all", "2020-01-01", "2020-12-31").expect("dates");
        let spec = Spec {
            bin_minutes: 15,
            periods: vec![period],
            grids: vec![Grid::Squares { edge_m: 25 }],
            calendar: Calendar::japan().expect("the list"),
        };
        bencher.iter(|| {
            pool.install(|| {
                let mut counter =
                    Counter::new(&network, spec.clone(), Options::default()).expect("a question");
                counter.push(view).expect("in order");
                black_box(counter.finish())
            })
        });
    });
    group.bench_function("generate", |bencher| {
        bencher.iter(|| pool.install(|| black_box(generator.blocks().next())));
    });
    group.finish();
}

criterion_group!(benches, kernels);
criterion_main!(benches);
