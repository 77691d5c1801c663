//! The density field: against what can be worked out, on CPU and GPU, and with something moved.

mod common;

use common::{district, district_with, grid, streets};
use futago_compute::{ComputeError, Engine, Limits};
use futago_crowd::passes::kernel::{DensityParams, Near, Piece, across_weight, along_kernel, bandwidth_m};
use futago_crowd::prepare::density::DensityInput;
use futago_crowd::step::DensityField;
use futago_testkit::{
    Tolerance, compare, gpu_engine_or_skip, must_fail, same_on_any_thread_count, twin_check,
};
use pollster::block_on;

/// Persons/m2 on both sides.
const DENSITY: Tolerance = Tolerance {
    name: "DENSITY",
    value: 2e-5,
    reason: "densities to about 3 persons/m2, sums of some tens of f32 products that a GPU may fuse, and a square root",
};
/// Part of the persons that may get lost.
const MASS: f64 = 1e-5;

async fn field(engine: &Engine, input: &DensityInput, persons: &[f64]) -> Result<Vec<f32>, ComputeError> {
    match DensityField::new(engine, input).await? {
        Some(field) => field.density(engine, persons).await,
        None => Ok(vec![0.0; input.grid.len()]),
    }
}

fn on_cpu(input: &DensityInput, persons: &[f64]) -> Vec<f32> {
    block_on(field(&Engine::cpu(), input, persons)).expect("the CPU does not fail")
}

fn mass(input: &DensityInput, density: &[f32]) -> f64 {
    density.iter().map(|d| f64::from(*d)).sum::<f64>() * input.grid.spacing_m.powi(2)
}

/// A straight street of 6 m and 200 m: everywhere persons by area, half at the cells that its edge cuts in two.
#[test]
fn a_straight_street_has_its_persons_by_area() {
    let street = streets(&[[20.0, 50.0], [220.0, 50.0]], &[(0, 1, 6.0)]);
    let grid = grid(2.0, 120, 50);
    let input = DensityInput::build(&street, grid, &vec![false; grid.len()], 20.0, |_| true);
    let density = on_cpu(&input, &[300.0]);
    let at = |x: f64, y: f64| density[((y / 2.0) as usize) * 120 + (x / 2.0) as usize];
    let expected = 300.0 / (200.0 * 6.0);
    for x in [60.0, 99.0, 121.0, 160.0] {
        for (y, share) in [(49.0, 1.0), (51.0, 1.0), (47.0, 0.5), (53.0, 0.5), (45.0, 0.0), (55.0, 0.0)] {
            let found = f64::from(at(x, y));
            assert!((found - expected * share).abs() < 1e-5, "{x} {y}: {found}, not {}", expected * share);
        }
    }
    assert!((mass(&input, &density) - 300.0).abs() < 300.0 * MASS);
}

/// All persons on one of 20 pieces: what comes to its neighbours is Epanechnikov's kernel, by hand.
#[test]
fn along_a_street_people_spread_by_the_kernel() {
    let places: Vec<[f64; 2]> = (0..=20).map(|i| [20.0 + 10.0 * f64::from(i), 51.0]).collect();
    let links: Vec<(u32, u32, f32)> = (0..20).map(|i| (i, i + 1, 2.0)).collect();
    let street = streets(&places, &links);
    let grid = grid(2.0, 120, 50);
    let input = DensityInput::build(&street, grid, &vec![false; grid.len()], 20.0, |_| true);
    let mut persons = vec![0.0; 20];
    persons[10] = 8.0;
    let density = on_cpu(&input, &persons);
    // One piece with people is of usual density: bandwidth 20 m; pieces 0, 10 m away get 1, 3/4, all 1 + 2 * 3/4.
    let middle = |piece: usize| f64::from(density[25 * 120 + (20 + 10 * piece + 5) / 2]);
    for (piece, share) in [(10, 1.0 / 2.5), (9, 0.75 / 2.5), (11, 0.75 / 2.5), (8, 0.0), (12, 0.0)] {
        let expected = 8.0 * share / 20.0;
        assert!((middle(piece) - expected).abs() < 1e-4, "{piece}: {} not {expected}", middle(piece));
    }
}

/// The bandwidth is half where people are many, twice where they are few.
#[test]
fn the_kernel_adapts() {
    let params = DensityParams {
        piece_count: 1,
        cell_count: 1,
        columns: 10,
        spacing_m: 2.0,
        bandwidth_m: 20.0,
        pilot_m2: 0.1,
        first_piece: 0,
        first_cell: 0,
    };
    for (density, expected) in
        [(0.1, 20.0), (0.4, 10.0), (9.0, 10.0), (0.025, 40.0), (0.001, 40.0), (0.0, 40.0)]
    {
        assert!((bandwidth_m(&params, density * 30.0, 30.0) - expected).abs() < 1e-4, "{density}");
    }
    assert_eq!(
        (along_kernel(0.0, 10.0), along_kernel(5.0, 10.0), along_kernel(10.0, 10.0)),
        (1.0, 0.75, 0.0)
    );
    // The ends of two pieces in a row add up to one.
    let piece = |x: f32| Piece {
        start: [x, 9.0],
        along: [1.0, 0.0],
        length_m: 10.0,
        reach_m: 3.0,
        area_m2: 60.0,
        reserved: 0.0,
    };
    for column in 1..9 {
        let cell = 4 * 10 + column;
        let sum: f32 = [-9.0, 1.0, 11.0].iter().map(|x| across_weight(&params, &piece(*x), cell)).sum();
        assert!((sum - 1.0).abs() < 1e-6, "{column}: {sum}");
    }
}

#[test]
fn nobody_gets_lost_and_nobody_walks_through_houses() {
    let (streets, input, persons) = district(8);
    let density = on_cpu(&input, &persons);
    let given: f64 = persons.iter().sum();
    let found = mass(&input, &density);
    assert_eq!(input.roofed_persons(&persons), 0.0);
    assert!((found - given).abs() < given * MASS, "{found} of {given}");
    assert!(density.iter().filter(|d| **d > 0.0).count() > 5000 && streets.links.len() == 112);
    // A grid of other cells finds the same people.
    let fine = grid(1.0, 360, 360);
    let other = DensityInput::build(&streets, fine, &vec![false; fine.len()], 12.0, |_| true);
    assert!((mass(&other, &on_cpu(&other, &persons)) - given).abs() < given * MASS);
}

/// A check of the check: one weight gone, and the persons no longer add up.
#[test]
fn a_lost_cell_would_be_noticed() {
    let (_, mut input, persons) = district(5);
    let given: f64 = persons.iter().sum();
    let check = |input: &DensityInput| {
        let found = mass(input, &on_cpu(input, &persons));
        assert!((found - given).abs() < given * MASS, "persons get lost: {found} of {given}");
    };
    check(&input);
    let busy = on_cpu(&input, &persons);
    let fullest = (0..input.cells.len())
        .max_by(|a, b| busy[input.cells[*a] as usize].total_cmp(&busy[input.cells[*b] as usize]));
    let at = input.cell_starts[fullest.expect("cells")] as usize;
    input.cell_pieces[at] = (input.cell_pieces[at] + 40) % input.params.piece_count;
    must_fail("a cell that gathers from another piece", "persons get lost", || check(&input));
}

#[test]
fn the_far_side_of_a_house_is_another_street() {
    // A street along y = 21 with a 16 m wide reach; a wall of 2 m from y = 24 to 26 north of it.
    let street = streets(&[[0.0, 21.0], [80.0, 21.0]], &[(0, 1, 16.0)]);
    let grid = grid(2.0, 40, 20);
    let mut inside = vec![false; grid.len()];
    inside[12 * 40..13 * 40].fill(true);
    let input = DensityInput::build(&street, grid, &inside, 20.0, |_| true);
    let density = on_cpu(&input, &[64.0]);
    let row = |row: usize| density[row * 40 + 20];
    assert!(
        row(11) > 0.0 && row(12) == 0.0 && row(13) == 0.0 && row(8) > 0.0,
        "{:?}",
        (row(11), row(12), row(13))
    );
    assert!((mass(&input, &density) - 64.0).abs() < 64.0 * MASS);
    let open = DensityInput::build(&street, grid, &vec![false; grid.len()], 20.0, |_| true);
    assert!(on_cpu(&open, &[64.0])[13 * 40 + 20] > 0.0, "without the wall people are there");
}

#[test]
fn streets_through_houses_are_counted_apart() {
    let street = streets(&[[0.0, 21.0], [100.0, 21.0], [200.0, 21.0]], &[(0, 1, 4.0), (1, 2, 4.0)]);
    let grid = grid(2.0, 100, 20);
    let mut inside = vec![false; grid.len()];
    for row in 0..20 {
        inside[row * 100..row * 100 + 52].fill(true);
    }
    let input = DensityInput::build(&street, grid, &inside, 20.0, |_| true);
    let persons = [10.0, 30.0];
    assert!((input.roofed_persons(&persons) - 10.0).abs() < 1e-9);
    assert!((mass(&input, &on_cpu(&input, &persons)) - 30.0).abs() < 30.0 * MASS);
    let nothing = DensityInput::build(&street, grid, &vec![true; grid.len()], 20.0, |_| true);
    assert!(on_cpu(&nothing, &persons).iter().all(|d| *d == 0.0));
}

#[test]
fn cpu_and_gpu_agree() {
    let (_, input, persons) = district(9);
    twin_check("density", &DENSITY, async |engine: &Engine| field(engine, &input, &persons).await);
}

/// The comparison sees a street that is a metre wider on one side.
#[test]
fn a_wider_street_would_be_noticed() {
    let (_, input, persons) = district(5);
    let Some(gpu) = gpu_engine_or_skip("a wider street") else { return };
    let mut other = input.clone();
    other.pieces[40].reach_m += 0.5;
    let (cpu, gpu) =
        (on_cpu(&input, &persons), block_on(field(&gpu, &other, &persons)).expect("the GPU runs"));
    must_fail("a street 1 m wider", "over DENSITY", || {
        compare(&cpu, &gpu).assert_within("density", &DENSITY)
    });
}

#[test]
fn any_number_of_threads_and_any_chunks_give_the_same() {
    let (_, input, persons) = district(6);
    same_on_any_thread_count("density", async |engine: &Engine| field(engine, &input, &persons).await);
    // Pieces and neighbours stay whole; only what belongs to cells is cut.
    let (_, input, persons) = district_with(6, 5.0);
    let whole = on_cpu(&input, &persons);
    let kept = (input.near.len() * size_of::<Near>()).max(input.pieces.len() * size_of::<Piece>());
    let small = Limits { max_storage_bytes: kept as u64, ..Limits::WEBGPU };
    assert!(small.chunk_len(4) < input.cell_pieces.len(), "nothing would be cut");
    let pieces = block_on(field(&Engine::cpu_with_limits(small), &input, &persons)).expect("it fits");
    assert!(whole == pieces, "the chunks are not the whole");
}
