//! Who goes where: gravity keeps its shares, and a fit to counts finds what the counts tell.

mod common;

use common::{crooked, random};
use futago_crowd::assign::Demand;
use futago_crowd::demand::{fit_to_counts, gravity, homeward};
use futago_crowd::prepare::zones::Zone;

fn zones(nodes: &[(u32, f64)]) -> Vec<Zone> {
    nodes.iter().map(|(node, share)| Zone { node: *node, share: *share }).collect()
}

#[test]
fn gravity_keeps_rows_and_columns_and_favours_the_near() {
    let streets = crooked(8);
    let graph = streets.graph(&[]);
    let (doors, buildings) = (zones(&[(0, 0.7), (63, 0.3)]), zones(&[(9, 0.25), (54, 0.25), (31, 0.5)]));
    let table = gravity(&graph, &doors, &buildings, 3600.0, 120.0);
    assert_eq!(table.len(), 6);
    let sum = |test: &dyn Fn(&Demand) -> bool| table.iter().filter(|d| test(d)).map(|d| d.rate).sum::<f64>();
    assert!((sum(&|_| true) - 1.0).abs() < 1e-6);
    for zone in &doors {
        assert!((sum(&|d| d.origin == zone.node) - zone.share).abs() < 1e-6, "{zone:?}");
    }
    for zone in &buildings {
        assert!((sum(&|d| d.destination == zone.node) - zone.share).abs() < 1e-6, "{zone:?}");
    }
    let rate = |o, d| table.iter().find(|t| (t.origin, t.destination) == (o, d)).expect("a pair").rate;
    // Over what the shares alone would give: near pairs more, far pairs less.
    assert!(rate(0, 9) > 1.1 * 0.7 * 0.25 && rate(0, 54) < 0.9 * 0.7 * 0.25);
    assert_eq!(
        homeward(&table)[0],
        Demand { origin: table[0].destination, destination: table[0].origin, rate: table[0].rate }
    );
    assert!(gravity(&graph, &[], &buildings, 3600.0, 120.0).is_empty());
}

#[test]
fn a_fit_finds_the_table_that_made_the_counts() {
    let streets = crooked(7);
    let graph = streets.graph(&[]);
    let times = graph.times(&vec![0.0; graph.costs().len()]);
    let ends: Vec<u32> = vec![0, 6, 24, 42, 48];
    let pairs = || ends.iter().flat_map(|o| ends.iter().map(move |d| (*o, *d))).filter(|(o, d)| o != d);
    let table = |rate: &dyn Fn(u64) -> f64| -> Vec<Demand> {
        pairs()
            .enumerate()
            .map(|(i, (origin, destination))| Demand { origin, destination, rate: rate(i as u64) })
            .collect()
    };
    let truth = table(&|i| 0.2 + random(i));
    let even = table(&|_| 0.7);
    let tree = |demands: &[Demand]| {
        let mut counts = vec![0.0; graph.arcs().len()];
        for demand in demands {
            let tree = futago_crowd::assign::shortest_tree(&graph, demand.origin, &times);
            tree.path(&graph, demand.destination).iter().for_each(|arc| counts[*arc as usize] += demand.rate);
        }
        counts
    };
    let mut counts = tree(&truth);
    let few = fit_to_counts(&graph, &even, &counts, &times, 3);
    let many = fit_to_counts(&graph, &even, &counts, &times, 300);
    assert!(few.after_s < few.before_s && many.after_s < 0.02 * many.before_s, "{few:?}");
    // What was counted twice over is twice as many.
    counts.iter_mut().for_each(|count| *count *= 2.0);
    let doubled = fit_to_counts(&graph, &truth, &counts, &times, 10);
    for (found, given) in doubled.demands.iter().zip(&truth) {
        assert!((found.rate - 2.0 * given.rate).abs() < 1e-9);
    }
}

#[test]
fn arcs_without_a_count_say_nothing() {
    let streets = crooked(4);
    let graph = streets.graph(&[]);
    let times = graph.times(&vec![0.0; graph.costs().len()]);
    let demands = [Demand { origin: 0, destination: 15, rate: 1.0 }];
    let unknown = vec![f64::NAN; graph.arcs().len()];
    let fit = fit_to_counts(&graph, &demands, &unknown, &times, 10);
    assert_eq!((fit.demands[0].rate, fit.counted, fit.unexplained), (1.0, 0, 0));
    let nobody = vec![0.0; graph.arcs().len()];
    let fit = fit_to_counts(&graph, &demands, &nobody, &times, 10);
    assert_eq!((fit.demands[0].rate, fit.counted), (0.0, graph.arcs().len()));
}
