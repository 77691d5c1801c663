//! People as places: as many as the flows say, the same whenever asked, and nobody leaps.

mod common;

use common::{crooked, random};
use futago_crowd::animate::{Lane, Walkers};

const SPEED_M_S: f64 = 1.25;

fn lane(flows: [Vec<f64>; 2], speeds: Vec<f64>) -> Lane {
    Lane {
        line_m: vec![[0.0, 0.0], [60.0, 0.0], [60.0, 40.0]],
        heights_m: [0.0, 5.0],
        width_m: 4.0,
        flows_s: flows,
        speeds_m_s: speeds,
    }
}

fn walkers(lanes: Vec<Lane>) -> Walkers {
    Walkers { lanes, bin_s: 900.0, one_of: 1, seed: 7 }
}

#[test]
fn as_many_walk_as_flow_times_time() {
    let all = walkers(vec![lane([vec![0.5, 0.5], vec![0.2, 0.2]], vec![SPEED_M_S; 2])]);
    // 100 m at 1.25 m/s take 80 s: 40 along and 16 against.
    for step in 0..200 {
        let found = all.positions(200.0 + 7.3 * f64::from(step)).len() as i64;
        assert!((found - 56).abs() <= 2, "{found}");
    }
    assert!(all.positions(0.0).is_empty() && all.positions(-50.0).is_empty());
    assert!(all.positions(1800.0 + 81.0).is_empty(), "after the last bin the street empties");
    let none = walkers(vec![lane([vec![0.0], vec![0.0]], vec![SPEED_M_S])]);
    assert!(none.positions(300.0).is_empty());
}

#[test]
fn nobody_leaps_even_where_a_bin_ends() {
    let all = walkers(vec![lane([vec![0.3, 0.9], vec![0.0, 0.1]], vec![1.3, 0.8])]);
    let step_s = 0.05;
    let mut matched = 0;
    for start in [100.0, 899.0, 900.2, 1200.0] {
        for step in 0..40 {
            let now = start + f64::from(step) * step_s;
            let (before, after) = (all.positions(now), all.positions(now + step_s));
            for walker in &after {
                let gap = |other: &futago_crowd::animate::Walker| {
                    (0..3).map(|axis| (walker.at_m[axis] - other.at_m[axis]).powi(2)).sum::<f32>().sqrt()
                };
                let near = before.iter().map(gap).fold(f32::INFINITY, f32::min);
                let line_end =
                    walker.at_m[0].hypot(walker.at_m[1]) < 3.0 || (walker.at_m[1] - 40.0).abs() < 3.0;
                // Walks at most 1.3 m/s, and round the corner aside as well.
                assert!(near < 0.3 || line_end, "{walker:?} was {near} m away");
                matched += 1;
            }
        }
    }
    assert!(matched > 3000);
}

#[test]
fn the_same_people_whenever_asked_and_on_any_number_of_threads() {
    let streets = crooked(6);
    let flows = |k: u64| (0..streets.links.len() as u64).map(|i| random(k * 1000 + i)).collect::<Vec<f64>>();
    let bins = [[flows(1), flows(2)], [flows(3), flows(4)]];
    let all = Walkers::of_flows(&streets, &bins, 900.0, 3);
    let run = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("a pool");
        pool.install(|| all.positions(1000.0))
    };
    let alone = run(1);
    assert!(alone.len() > 1000 && alone == run(2) && alone == run(7));
    assert!(
        alone != Walkers::of_flows(&streets, &bins, 900.0, 4).positions(1000.0),
        "another seed, other people"
    );
    let few = Walkers { one_of: 10, ..all.clone() }.positions(1000.0);
    let share = few.len() as f64 / alone.len() as f64;
    assert!((0.06..0.14).contains(&share) && few.iter().all(|walker| alone.contains(walker)), "{share}");
}

#[test]
fn people_walk_within_the_width_and_look_where_they_go() {
    let all = walkers(vec![lane([vec![0.5], vec![0.5]], vec![SPEED_M_S])]);
    let found = all.positions(400.0);
    let straight: Vec<_> = found.iter().filter(|w| w.at_m[0] > 5.0 && w.at_m[0] < 55.0).collect();
    assert!(straight.len() > 20);
    for walker in &straight {
        assert!(walker.at_m[1].abs() <= 1.7 && (walker.heading_rad.sin()).abs() < 1e-5, "{walker:?}");
        assert!((walker.at_m[2] - walker.at_m[0] / 20.0).abs() < 0.01, "{walker:?}");
    }
    assert!(
        straight.iter().any(|w| w.heading_rad.cos() > 0.99)
            && straight.iter().any(|w| w.heading_rad.cos() < -0.99)
    );
}
