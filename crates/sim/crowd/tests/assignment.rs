//! Equilibria that are known: two ways, Braess' paradox, and Sioux Falls as published.

use std::path::Path;

use futago_crowd::assign::{
    Arc, Assignment, Cost, Demand, Graph, Method, Settings, equilibrium, shortest_tree,
};

const METHODS: [Method; 3] =
    [Method::GradientProjection, Method::ConjugateFrankWolfe, Method::SuccessiveAverages];

fn settings(method: Method, gap: f64, rounds: u32) -> Settings {
    Settings { method, gap, rounds }
}

fn one_link_an_arc(nodes: usize, arcs: &[(u32, u32, Cost)]) -> Graph {
    let costs = arcs.iter().map(|(.., cost)| *cost).collect();
    let arcs =
        arcs.iter().enumerate().map(|(link, (from, to, _))| Arc { from: *from, to: *to, link: link as u32 });
    Graph::new(nodes, arcs.collect(), costs)
}

/// Braess 1968: six travellers, 83 minutes without the short cut, 92 with it.
#[test]
fn braess_gets_worse_with_the_short_cut() {
    let linear = |free, slope| Cost::Linear { free, slope };
    let roads = [
        (0, 1, linear(0.0, 10.0)),
        (1, 3, linear(50.0, 1.0)),
        (0, 2, linear(50.0, 1.0)),
        (2, 3, linear(0.0, 10.0)),
    ];
    let with_cut: Vec<_> = roads.iter().copied().chain([(1, 2, linear(10.0, 1.0))]).collect();
    let demand = [Demand { origin: 0, destination: 3, rate: 6.0 }];
    for method in METHODS {
        let settings = settings(method, 1e-6, 20_000);
        let without = equilibrium(&one_link_an_arc(4, &roads), &demand, &settings);
        let with = equilibrium(&one_link_an_arc(4, &with_cut), &demand, &settings);
        let minutes = |found: &Assignment| found.total_time / 6.0;
        assert!((minutes(&without) - 83.0).abs() < 0.01, "{method:?}: {without:?}");
        assert!((minutes(&with) - 92.0).abs() < 0.01, "{method:?}: {with:?}");
        assert!((with.link_flows[4] - 2.0).abs() < 0.01, "{method:?}: two take the short cut");
    }
}

/// Two streets between two squares: both take equally long, and density * area is flow * time.
#[test]
fn people_spread_over_two_streets_until_both_take_equally_long() {
    let street = |length_m, width_m| Cost::Walk { length_m, width_m, pace: 1.0, wait_s: 0.0 };
    let graph = one_link_an_arc(2, &[(0, 1, street(100.0, 2.0)), (0, 1, street(130.0, 4.0))]);
    let few = [Demand { origin: 0, destination: 1, rate: 0.5 }];
    let found = equilibrium(&graph, &few, &Settings::default());
    assert_eq!(found.link_flows, [0.5, 0.0], "few all take the short one");
    let many = [Demand { origin: 0, destination: 1, rate: 5.5 }];
    for method in [Method::GradientProjection, Method::ConjugateFrankWolfe] {
        let found = equilibrium(&graph, &many, &settings(method, 1e-9, 500));
        assert!((found.times[0] - found.times[1]).abs() < 1e-4, "{method:?}: {found:?}");
        assert!(found.link_flows[1] > 1.0 && (found.link_flows.iter().sum::<f64>() - 5.5).abs() < 1e-9);
    }
}

/// Both directions share a street: those who come against them make it slower.
#[test]
fn both_directions_share_the_width() {
    let arcs = vec![Arc { from: 0, to: 1, link: 0 }, Arc { from: 1, to: 0, link: 0 }];
    let graph =
        Graph::new(2, arcs, vec![Cost::Walk { length_m: 50.0, width_m: 2.0, pace: 1.0, wait_s: 0.0 }]);
    let go = |origin, destination, rate| Demand { origin, destination, rate };
    let alone = equilibrium(&graph, &[go(0, 1, 1.0)], &Settings::default());
    let both = equilibrium(&graph, &[go(0, 1, 1.0), go(1, 0, 0.9)], &Settings::default());
    assert_eq!((both.arc_flows.clone(), both.link_flows.clone()), (vec![1.0, 0.9], vec![1.9]));
    assert!(both.times[0] > 1.02 * alone.times[0]);
}

#[test]
fn demand_without_a_way_is_counted() {
    let graph = one_link_an_arc(3, &[(0, 1, Cost::Fixed { time: 1.0 })]);
    let go = |origin, destination, rate| Demand { origin, destination, rate };
    let demands = [go(0, 1, 2.0), go(0, 2, 3.0), go(9, 1, 4.0), go(0, 1, f64::NAN), go(1, 1, 5.0)];
    for method in METHODS {
        let found = equilibrium(&graph, &demands, &settings(method, 1e-6, 10));
        assert_eq!((found.assigned, found.unreached, found.link_flows.as_slice()), (2.0, 7.0, &[2.0][..]));
        let nothing = equilibrium(&graph, &[], &settings(method, 1e-6, 10));
        assert_eq!((nothing.gap, nothing.link_flows.as_slice()), (0.0, &[0.0][..]));
    }
}

struct SiouxFalls {
    graph: Graph,
    demands: Vec<Demand>,
    published: Vec<f64>,
}

fn rows(name: &str) -> Vec<Vec<f64>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data").join(name);
    let mut reader = csv::Reader::from_path(path).expect("the data of the test");
    let row = |row: csv::StringRecord| row.iter().map(|field| field.parse().expect("a number")).collect();
    reader.records().map(|found| row(found.expect("a row"))).collect()
}

fn sioux_falls() -> SiouxFalls {
    let links = rows("sioux_falls_links.csv");
    let node = |number: f64| number as u32 - 1;
    let roads: Vec<_> = links
        .iter()
        .map(|row| {
            (node(row[0]), node(row[1]), Cost::Bpr { free: row[3], capacity: row[2], alpha: 0.15, beta: 4.0 })
        })
        .collect();
    let trips = rows("sioux_falls_trips.csv");
    let demands: Vec<_> = trips
        .iter()
        .map(|row| Demand { origin: node(row[0]), destination: node(row[1]), rate: row[2] })
        .collect();
    assert_eq!((roads.len(), demands.len()), (76, 528));
    assert_eq!(demands.iter().map(|d| d.rate).sum::<f64>(), 360_600.0);
    SiouxFalls {
        graph: one_link_an_arc(24, &roads),
        demands,
        published: links.iter().map(|row| row[4]).collect(),
    }
}

/// Beckmann's integral of the costs, which the equilibrium makes smallest.
fn objective(case: &SiouxFalls, flows: &[f64]) -> f64 {
    let of = |(cost, x): (&Cost, &f64)| {
        let Cost::Bpr { free, capacity, alpha, beta } = *cost else { panic!("a road") };
        free * (x + alpha * capacity / (beta + 1.0) * (x / capacity).powf(beta + 1.0))
    };
    case.graph.costs().iter().zip(flows).map(of).sum()
}

fn worst_share(case: &SiouxFalls, found: &Assignment) -> f64 {
    found.link_flows.iter().zip(&case.published).map(|(a, b)| (a - b).abs() / b).fold(0.0, f64::max)
}

/// What one traveller on average could save, by totals as the publishers count it.
fn mean_excess(case: &SiouxFalls, flows: &[f64]) -> f64 {
    let times = case.graph.times(flows);
    let total: f64 = flows.iter().zip(&times).map(|(flow, time)| flow * time).sum();
    let shortest: f64 = (0..24)
        .map(|origin| {
            let tree = shortest_tree(&case.graph, origin, &times);
            let mine = case.demands.iter().filter(|d| d.origin == origin);
            mine.map(|d| d.rate * tree.times[d.destination as usize]).sum::<f64>()
        })
        .sum();
    (total - shortest) / 360_600.0
}

/// Largest difference of a link's flow from the published one, as a part of it. The published flows have 17 digits.
const LINK_SHARE: f64 = 1e-12;
/// The published objective.
const OBJECTIVE: f64 = 4_231_335.287_107_44;
/// Mean excess that rounding alone leaves: times of pairs are about 20, so one unit in the last place of each is 3.6e-15,
/// and a pair's time is a sum of some five links. The published 3.9e-15 is of this kind.
const ROUNDING: f64 = 2e-14;

/// The published solution has a mean excess cost of 3.9e-15 and an objective of 42.31335287107440e5.
#[test]
fn sioux_falls_comes_out_as_published() {
    let case = sioux_falls();
    assert!((objective(&case, &case.published) / OBJECTIVE - 1.0).abs() < 1e-14, "the data");
    println!("published: mean excess by totals {:e}", mean_excess(&case, &case.published));
    for rounds in [20, 50, 100, 300] {
        let found =
            equilibrium(&case.graph, &case.demands, &settings(Method::GradientProjection, 1e-16, rounds));
        println!(
            "gradient projection: {} rounds, gap {:e}, mean excess {:e} by paths, {:e} by totals, objective {:.9}, worst link {:e}",
            found.rounds,
            found.gap,
            found.mean_excess,
            mean_excess(&case, &found.link_flows),
            objective(&case, &found.link_flows),
            worst_share(&case, &found)
        );
        if rounds == 300 {
            assert!(found.mean_excess <= ROUNDING, "{:e}", found.mean_excess);
            assert!(worst_share(&case, &found) < LINK_SHARE);
            assert!((objective(&case, &found.link_flows) / OBJECTIVE - 1.0).abs() < 1e-14);
        }
    }
}

#[test]
fn conjugate_frank_wolfe_goes_to_the_same_end() {
    let case = sioux_falls();
    let found = equilibrium(&case.graph, &case.demands, &settings(Method::ConjugateFrankWolfe, 1e-5, 3000));
    println!(
        "conjugate Frank-Wolfe: {} rounds, gap {:e}, worst link {:e}",
        found.rounds,
        found.gap,
        worst_share(&case, &found)
    );
    assert!(found.gap <= 1e-5 && worst_share(&case, &found) < 0.01);
    let plain =
        equilibrium(&case.graph, &case.demands, &settings(Method::SuccessiveAverages, 1e-5, found.rounds));
    assert!(plain.gap > found.gap, "averaging is no better than the conjugate directions");
}

#[test]
fn another_capacity_gives_other_flows() {
    let mut case = sioux_falls();
    let mut costs = case.graph.costs().to_vec();
    if let Cost::Bpr { capacity, .. } = &mut costs[27] {
        *capacity *= 1.05;
    }
    case.graph = Graph::new(24, case.graph.arcs().to_vec(), costs);
    let found = equilibrium(&case.graph, &case.demands, &settings(Method::GradientProjection, 1e-12, 500));
    assert!(worst_share(&case, &found) > 1e-3, "5 % more capacity of one link must show");
}

#[test]
fn any_number_of_threads_gives_the_same_bytes() {
    let case = sioux_falls();
    for method in METHODS {
        let run = |threads| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("a pool");
            pool.install(|| equilibrium(&case.graph, &case.demands, &settings(method, 1e-8, 30)))
        };
        let alone = run(1);
        for threads in [2, 7] {
            assert!(alone == run(threads), "{method:?} on {threads} threads");
        }
    }
}
