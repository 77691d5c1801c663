//! The question and the answer of an assignment, and what its methods share: trees of all origins, grown on all cores,
//! and the gap. Everything that adds up does so in the order of the demands, so the answer is the same on any number
//! of threads.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::dijkstra::{Tree, shortest_tree};
use super::{Graph, frank_wolfe, projection};

/// People who go from one node to another.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Demand {
    /// Node they come from.
    pub origin: u32,
    /// Node they go to.
    pub destination: u32,
    /// How many, in the flow unit of the costs; those that are not over 0 are left out.
    pub rate: f64,
}

/// How the equilibrium is found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Method {
    /// Gradient projection on paths (Jayakrishnan and others 1994), demand by demand: reaches any gap, keeps every
    /// used path in memory.
    #[default]
    GradientProjection,
    /// Frank-Wolfe with conjugate directions (Mitradjieva and Lindberg 2013): little memory, gaps to about 1e-5.
    ConjugateFrankWolfe,
    /// Successive averages: step 1/(n + 1). The plainest, for comparison.
    SuccessiveAverages,
}

/// When to stop.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Settings {
    /// How.
    pub method: Method,
    /// Relative gap that is good enough.
    pub gap: f64,
    /// Most rounds.
    pub rounds: u32,
}

impl Default for Settings {
    fn default() -> Self {
        Self { method: Method::default(), gap: 1e-5, rounds: 200 }
    }
}

/// An assignment.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Assignment {
    /// Flow of each arc.
    pub arc_flows: Vec<f64>,
    /// Flow of each link: its arcs together.
    pub link_flows: Vec<f64>,
    /// Time of each link at its flow.
    pub times: Vec<f64>,
    /// Relative gap: what all could save by taking the shortest way at these times, over what all spend.
    pub gap: f64,
    /// The same for one traveller on average, in the unit of time.
    pub mean_excess: f64,
    /// Rounds done.
    pub rounds: u32,
    /// Sum of flow times time.
    pub total_time: f64,
    /// Demand that arrives.
    pub assigned: f64,
    /// Demand without any way.
    pub unreached: f64,
}

/// Demands of one origin.
pub(super) struct Origin {
    pub node: u32,
    /// Destination and rate.
    pub trips: Vec<(u32, f64)>,
}

/// The demands that can be met, by origin, and the rate of those that cannot.
pub(super) fn by_origin(graph: &Graph, demands: &[Demand]) -> (Vec<Origin>, f64) {
    let nodes = graph.nodes() as u32;
    let (mut groups, mut lost) = (BTreeMap::<u32, Vec<(u32, f64)>>::new(), 0.0);
    for demand in demands.iter().filter(|d| d.rate.is_finite() && d.rate > 0.0 && d.origin != d.destination) {
        if demand.origin < nodes && demand.destination < nodes {
            groups.entry(demand.origin).or_default().push((demand.destination, demand.rate));
        } else {
            lost += demand.rate;
        }
    }
    let free = graph.times(&vec![0.0; graph.costs().len()]);
    let mut origins: Vec<Origin> = groups.into_iter().map(|(node, trips)| Origin { node, trips }).collect();
    let trees = trees(graph, &origins, &free);
    for (origin, tree) in origins.iter_mut().zip(&trees) {
        let reached = |to: u32| tree.times[to as usize].is_finite();
        lost += origin.trips.iter().filter(|(to, _)| !reached(*to)).map(|(_, rate)| rate).sum::<f64>();
        origin.trips.retain(|(to, _)| reached(*to));
    }
    origins.retain(|origin| !origin.trips.is_empty());
    (origins, lost)
}

/// Trees of all origins, in their order.
pub(super) fn trees(graph: &Graph, origins: &[Origin], times: &[f64]) -> Vec<Tree> {
    origins.par_iter().map(|origin| shortest_tree(graph, origin.node, times)).collect()
}

/// Sum of the demands times their shortest times.
pub(super) fn shortest_total(origins: &[Origin], trees: &[Tree]) -> f64 {
    let of = |(origin, tree): (&Origin, &Tree)| -> f64 {
        origin.trips.iter().map(|(to, rate)| rate * tree.times[*to as usize]).sum()
    };
    origins.iter().zip(trees).map(of).sum()
}

/// Assigns demands to a graph in user equilibrium.
///
/// Demand that no way leads for is left out and counted in [`Assignment::unreached`]. Whether the gap was reached
/// shows in [`Assignment::gap`].
pub fn equilibrium(graph: &Graph, demands: &[Demand], settings: &Settings) -> Assignment {
    let (origins, unreached) = by_origin(graph, demands);
    let assigned = origins.iter().flat_map(|o| &o.trips).map(|(_, rate)| rate).sum();
    let mut found = match settings.method {
        Method::GradientProjection => projection::assign(graph, &origins, settings),
        Method::ConjugateFrankWolfe | Method::SuccessiveAverages => {
            frank_wolfe::assign(graph, &origins, settings)
        }
    };
    found.unreached = unreached;
    found.assigned = assigned;
    found.link_flows = graph.link_flows(&found.arc_flows);
    found.times = graph.times(&found.link_flows);
    found.total_time = found.link_flows.iter().zip(&found.times).map(|(flow, time)| flow * time).sum();
    found.mean_excess = if assigned > 0.0 { found.gap * found.total_time / assigned } else { 0.0 };
    found
}
