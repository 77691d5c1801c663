//! From what is known to who goes where.
//!
//! Counts on links do not say where people come from: many tables of origins and destinations give the same counts.
//! Two steps, each with a name:
//!
//! 1. **Gravity** ([`gravity`]; Wilson 1967): the most likely table (largest entropy) whose rows are the shares of the
//!    doors, whose columns are those of the buildings, and whose mean way is as long as a scale of time says; balanced
//!    by Furness' iteration.
//! 2. **Fit to counts** ([`fit_to_counts`]): the table is multiplied towards the largest Poisson likelihood of the
//!    counts by expectation and maximisation (Richardson 1972, Lucy 1974; Vardi 1996 for networks), with everyone on
//!    the shortest way at the counted crowding. It begins at the gravity table and stops after some rounds, so what
//!    the counts do not tell stays as gravity has it. Nothing becomes negative, and nobody appears where gravity has
//!    none.
//!
//! Where it stops being true: ways within one building and between buildings are left out; through traffic appears as
//! people of some door; two routes that only one count lies on cannot be told apart.

use rayon::prelude::*;

use crate::assign::{Demand, Graph, shortest_tree};
use crate::prepare::zones::Zone;

/// Rounds of Furness' iteration; shares are met to 1e-6 long before.
const MOST_ROUNDS: u32 = 200;

/// A table by gravity: `total` people an hour from `origins` to `destinations`, in persons/s.
///
/// `scale_s` is the walking time over which the readiness to walk falls to 1/e. Pairs without a way, and those of one
/// node, get nobody; the others get their part.
pub fn gravity(
    graph: &Graph,
    origins: &[Zone],
    destinations: &[Zone],
    total_h: f64,
    scale_s: f64,
) -> Vec<Demand> {
    let free = graph.times(&vec![0.0; graph.costs().len()]);
    let columns = destinations.len();
    let weights: Vec<f64> = origins
        .par_iter()
        .flat_map_iter(|origin| {
            let tree = shortest_tree(graph, origin.node, &free);
            let weight = move |to: &Zone| {
                let time = tree.times[to.node as usize];
                if to.node == origin.node || !time.is_finite() { 0.0 } else { (-time / scale_s).exp() }
            };
            destinations.iter().map(weight).collect::<Vec<f64>>()
        })
        .collect();
    if weights.is_empty() {
        return Vec::new();
    }
    let (mut rows, mut cols) = (vec![1.0; origins.len()], vec![1.0; columns]);
    for _ in 0..MOST_ROUNDS {
        let row_sum = |i: usize| -> f64 { (0..columns).map(|j| weights[i * columns + j] * cols[j]).sum() };
        for (i, origin) in origins.iter().enumerate() {
            rows[i] = ratio(origin.share, row_sum(i));
        }
        let mut worst = 0.0_f64;
        for (j, to) in destinations.iter().enumerate() {
            let sum: f64 = (0..origins.len()).map(|i| weights[i * columns + j] * rows[i]).sum();
            let next = ratio(to.share, sum);
            worst = worst.max((next - cols[j]).abs() / next.max(f64::MIN_POSITIVE));
            cols[j] = next;
        }
        if worst < 1e-9 {
            break;
        }
    }
    let rate = |i: usize, j: usize| weights[i * columns + j] * rows[i] * cols[j] * total_h / 3600.0;
    let pairs = (0..origins.len()).flat_map(|i| (0..columns).map(move |j| (i, j)));
    pairs
        .map(|(i, j)| Demand { origin: origins[i].node, destination: destinations[j].node, rate: rate(i, j) })
        .filter(|demand| demand.rate > 0.0)
        .collect()
}

fn ratio(above: f64, below: f64) -> f64 {
    if below > 0.0 { above / below } else { 0.0 }
}

/// The same people the other way.
pub fn homeward(demands: &[Demand]) -> Vec<Demand> {
    let turned = |d: &Demand| Demand { origin: d.destination, destination: d.origin, rate: d.rate };
    demands.iter().map(turned).collect()
}

/// A table fitted to counts.
#[derive(Debug, Clone, PartialEq)]
pub struct Fit {
    /// The table.
    pub demands: Vec<Demand>,
    /// Root mean square of modelled less counted flow over the counted arcs before the fit, persons/s.
    pub before_s: f64,
    /// The same after it.
    pub after_s: f64,
    /// Arcs with a count.
    pub counted: usize,
    /// Counted arcs that no way of the table leads over: their people are not explained.
    pub unexplained: usize,
}

/// Fits a table to counts on arcs, persons/s; NaN where nobody counted. `times` are those of the links.
pub fn fit_to_counts(graph: &Graph, prior: &[Demand], counts: &[f64], times: &[f64], rounds: u32) -> Fit {
    let mut demands = prior.to_vec();
    let paths = paths(graph, &demands, times);
    let known =
        |arc: u32| counts.get(arc as usize).copied().filter(|count| count.is_finite() && *count >= 0.0);
    let modelled = |demands: &[Demand]| {
        let mut flows = vec![0.0; graph.arcs().len()];
        for (path, demand) in paths.iter().zip(demands) {
            path.iter().for_each(|arc| flows[*arc as usize] += demand.rate);
        }
        flows
    };
    let arcs: Vec<u32> = (0..graph.arcs().len() as u32).filter(|arc| known(*arc).is_some()).collect();
    let error = |flows: &[f64]| {
        let squares = arcs.iter().map(|arc| (flows[*arc as usize] - counts[*arc as usize]).powi(2));
        (squares.sum::<f64>() / arcs.len().max(1) as f64).sqrt()
    };
    let mut flows = modelled(&demands);
    let (before_s, unexplained) =
        (error(&flows), arcs.iter().filter(|arc| flows[**arc as usize] <= 0.0).count());
    for _ in 0..rounds {
        demands.par_iter_mut().zip(&paths).for_each(|(demand, path)| {
            let (mut sum, mut count) = (0.0, 0_u32);
            for arc in path {
                if let Some(counted) = known(*arc) {
                    sum += ratio(counted, flows[*arc as usize]);
                    count += 1;
                }
            }
            if count > 0 {
                demand.rate *= sum / f64::from(count);
            }
        });
        flows = modelled(&demands);
    }
    Fit { demands, before_s, after_s: error(&flows), counted: arcs.len(), unexplained }
}

/// Shortest ways of all demands, in their order.
fn paths(graph: &Graph, demands: &[Demand], times: &[f64]) -> Vec<Vec<u32>> {
    let mut origins: Vec<u32> = demands.iter().map(|demand| demand.origin).collect();
    origins.sort_unstable();
    origins.dedup();
    let by_origin: Vec<Vec<(usize, Vec<u32>)>> = origins
        .par_iter()
        .map(|origin| {
            let tree = shortest_tree(graph, *origin, times);
            let mine = demands.iter().enumerate().filter(|(_, demand)| demand.origin == *origin);
            mine.map(|(index, demand)| (index, tree.path(graph, demand.destination))).collect()
        })
        .collect();
    let mut paths = vec![Vec::new(); demands.len()];
    for (index, path) in by_origin.into_iter().flatten() {
        paths[index] = path;
    }
    paths
}
