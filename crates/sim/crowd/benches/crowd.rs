//! How fast the density field and the assignment are, on a made-up mesh of streets.

#[path = "../tests/common/mod.rs"]
mod common;

use std::hint::black_box;

use common::{crooked, district, random};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use futago_compute::Engine;
use futago_crowd::assign::{Demand, Method, Settings, equilibrium, shortest_tree};
use futago_crowd::step::DensityField;
use pollster::block_on;

fn density(criterion: &mut Criterion) {
    let (_, input, persons) = district(24);
    let engine = Engine::cpu();
    let field =
        block_on(DensityField::new(&engine, &input)).expect("the CPU does not fail").expect("streets");
    let mut group = criterion.benchmark_group("density");
    group.throughput(Throughput::Elements(input.cells.len() as u64));
    group.bench_function("cells of 1 km2 of streets at 2 m, one time", |b| {
        b.iter(|| block_on(field.density(&engine, black_box(&persons))).expect("the CPU does not fail"));
    });
    group.finish();
}

fn assignment(criterion: &mut Criterion) {
    let streets = crooked(40);
    let graph = streets.graph(&[]);
    let free = graph.times(&vec![0.0; graph.costs().len()]);
    let mut group = criterion.benchmark_group("assignment");
    group.throughput(Throughput::Elements(graph.nodes() as u64));
    group.bench_function("one tree over 1,600 nodes", |b| {
        b.iter(|| shortest_tree(&graph, black_box(0), &free))
    });
    let ends: Vec<u32> = (0..30).map(|i| (random(i) * 1600.0) as u32).collect();
    let pairs = ends.iter().flat_map(|o| ends.iter().map(move |d| (*o, *d)));
    let demands: Vec<Demand> =
        pairs.map(|(origin, destination)| Demand { origin, destination, rate: 0.03 }).collect();
    group.throughput(Throughput::Elements(demands.len() as u64));
    for method in [Method::GradientProjection, Method::ConjugateFrankWolfe] {
        let settings = Settings { method, gap: 1e-4, rounds: 200 };
        group.bench_function(format!("30 x 30 demands to a gap of 1e-4, {method:?}"), |b| {
            b.iter(|| equilibrium(&graph, black_box(&demands), &settings));
        });
    }
    group.finish();
}

criterion_group! {
    name = crowd;
    config = Criterion::default().sample_size(10);
    targets = density, assignment
}
criterion_main!(crowd);
