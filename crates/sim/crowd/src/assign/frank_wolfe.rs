//! Frank-Wolfe with conjugate directions, and successive averages: all demand on the shortest ways is a target, and
//! the flows go part of the way to it.
//!
//! Plain Frank-Wolfe zigzags near the end; a target mixed with the last one, so that the two directions are conjugate
//! with respect to the slopes of the costs, does so far less (Mitradjieva and Lindberg 2013, CFW).

use super::equilibrium::{Origin, shortest_total, trees};
use super::{Assignment, Graph, Method, Settings, Tree};

/// Most of the old target that the new one may hold.
const MOST_OLD: f64 = 0.99;

/// Assigns; gives arc flows, gap and rounds.
pub(super) fn assign(graph: &Graph, origins: &[Origin], settings: &Settings) -> Assignment {
    let free = graph.times(&vec![0.0; graph.costs().len()]);
    let mut flows = all_on_shortest(graph, origins, &trees(graph, origins, &free));
    let mut target: Option<Vec<f64>> = None;
    let mut found = Assignment { gap: f64::INFINITY, ..Assignment::default() };
    for round in 1..=settings.rounds.max(1) {
        let links = graph.link_flows(&flows);
        let times = graph.times(&links);
        let trees = trees(graph, origins, &times);
        let total: f64 = links.iter().zip(&times).map(|(flow, time)| flow * time).sum();
        let saved = total - shortest_total(origins, &trees);
        found.gap = if total > 0.0 { (saved / total).max(0.0) } else { 0.0 };
        found.rounds = round;
        if found.gap <= settings.gap || round == settings.rounds {
            break;
        }
        let shortest = all_on_shortest(graph, origins, &trees);
        let (next, step) = if settings.method == Method::SuccessiveAverages {
            (shortest, 1.0 / (f64::from(round) + 1.0))
        } else {
            let next = conjugate(graph, &links, target.as_deref(), shortest);
            let step = best_step(graph, &links, &graph.link_flows(&next));
            (next, step)
        };
        mix(&mut flows, &next, step);
        // After a full step there is no old direction to be conjugate to.
        target = (step < 1.0).then_some(next);
    }
    found.arc_flows = flows;
    found
}

fn all_on_shortest(graph: &Graph, origins: &[Origin], trees: &[Tree]) -> Vec<f64> {
    let mut flows = vec![0.0; graph.arcs().len()];
    for (origin, tree) in origins.iter().zip(trees) {
        for (to, rate) in &origin.trips {
            let mut node = *to as usize;
            while tree.by[node] != u32::MAX {
                flows[tree.by[node] as usize] += rate;
                node = graph.arcs()[tree.by[node] as usize].from as usize;
            }
        }
    }
    flows
}

fn mix(flows: &mut [f64], target: &[f64], share: f64) {
    flows.iter_mut().zip(target).for_each(|(flow, to)| *flow += share * (to - *flow));
}

/// The new target: the shortest ways with as much of the old target as makes the directions conjugate.
fn conjugate(graph: &Graph, links: &[f64], old: Option<&[f64]>, shortest: Vec<f64>) -> Vec<f64> {
    let Some(old) = old else { return shortest };
    let (old_links, new_links) = (graph.link_flows(old), graph.link_flows(&shortest));
    let (mut above, mut below) = (0.0, 0.0);
    for (link, cost) in graph.costs().iter().enumerate() {
        let weight = cost.slope(links[link]) * (old_links[link] - links[link]);
        above += weight * (new_links[link] - links[link]);
        below += weight * (new_links[link] - old_links[link]);
    }
    let share = above / below;
    // Not a number when the old target was reached; then the new one stands alone.
    let share = if share.is_finite() { share.clamp(0.0, MOST_OLD) } else { 0.0 };
    let mut target = shortest;
    mix(&mut target, old, share);
    target
}

/// How far to go: where the sum of times along the direction is zero, by halving.
fn best_step(graph: &Graph, links: &[f64], target: &[f64]) -> f64 {
    let along = |share: f64| -> f64 {
        let each = graph.costs().iter().zip(links.iter().zip(target));
        each.map(|(cost, (from, to))| (to - from) * cost.time(from + share * (to - from))).sum()
    };
    if along(1.0) <= 0.0 {
        return 1.0;
    }
    let (mut low, mut high) = (0.0, 1.0);
    for _ in 0..50 {
        let middle = (low + high) / 2.0;
        if along(middle) < 0.0 { low = middle } else { high = middle }
    }
    (low + high) / 2.0
}
