//! Gradient projection: each pair of origin and destination keeps the paths it uses, and shifts people from each to
//! the shortest by as much as makes both take equally long, to first order (Jayakrishnan, Tsai, Prashker and
//! Rajadhyaksha 1994). Paths are added round by round; within a round the shifts are done one after the other, each
//! at the times that the one before has left.

use super::equilibrium::{Origin, trees};
use super::{Assignment, Graph, Settings};

/// Shifts over all pairs between two rounds of trees.
const SWEEPS: u32 = 8;

struct Path {
    arcs: Box<[u32]>,
    flow: f64,
}

struct Pair {
    origin: u32,
    to: u32,
    rate: f64,
    paths: Vec<Path>,
}

struct State<'g> {
    graph: &'g Graph,
    flows: Vec<f64>,
    times: Vec<f64>,
    /// Number of the shift that last met an arc, to find arcs that two paths share.
    met: Vec<u32>,
    shift: u32,
}

/// Assigns; gives arc flows, gap and rounds.
pub(super) fn assign(graph: &Graph, origins: &[Origin], settings: &Settings) -> Assignment {
    let pair = |(index, origin): (usize, &Origin)| {
        let trips = origin.trips.clone();
        trips.into_iter().map(move |(to, rate)| Pair { origin: index as u32, to, rate, paths: Vec::new() })
    };
    let mut pairs: Vec<Pair> = origins.iter().enumerate().flat_map(pair).collect();
    let links = graph.costs().len();
    let flows = vec![0.0; links];
    let times = graph.times(&flows);
    let mut state = State { graph, flows, times, met: vec![0; graph.arcs().len()], shift: 0 };
    let mut found = Assignment { gap: f64::INFINITY, ..Assignment::default() };
    // Near the end rounding moves the gap up and down; the best round is kept.
    let mut done = 0;
    for round in 0..=settings.rounds {
        let trees = trees(graph, origins, &state.times);
        if round > 0 {
            let total: f64 = state.flows.iter().zip(&state.times).map(|(flow, time)| flow * time).sum();
            let gap = excess(&state, &pairs, &trees) / total.max(f64::MIN_POSITIVE);
            done = round;
            if gap < found.gap {
                found.gap = gap;
                found.arc_flows = arc_flows(graph, &pairs);
            }
            if found.gap <= settings.gap || round == settings.rounds {
                break;
            }
        }
        for pair in &mut pairs {
            let path = trees[pair.origin as usize].path(graph, pair.to);
            pair.add(path);
        }
        state.reload(&pairs);
        for _ in 0..SWEEPS {
            pairs.iter_mut().filter(|pair| pair.paths.len() > 1).for_each(|pair| state.balance(pair));
        }
        state.reload(&pairs);
    }
    found.rounds = done;
    if pairs.is_empty() {
        found =
            Assignment { arc_flows: vec![0.0; graph.arcs().len()], rounds: done, ..Assignment::default() };
    }
    found
}

/// What all could save: summed path by path, which loses no digits to the totals.
fn excess(state: &State<'_>, pairs: &[Pair], trees: &[super::Tree]) -> f64 {
    let of = |pair: &Pair| -> f64 {
        let best = trees[pair.origin as usize].times[pair.to as usize];
        pair.paths.iter().map(|path| path.flow * (state.time_of(&path.arcs) - best).max(0.0)).sum()
    };
    pairs.iter().map(of).sum()
}

fn arc_flows(graph: &Graph, pairs: &[Pair]) -> Vec<f64> {
    let mut flows = vec![0.0; graph.arcs().len()];
    for path in pairs.iter().flat_map(|pair| &pair.paths) {
        path.arcs.iter().for_each(|arc| flows[*arc as usize] += path.flow);
    }
    flows
}

impl Pair {
    fn add(&mut self, arcs: Vec<u32>) {
        if self.paths.iter().any(|path| *path.arcs == *arcs) {
            return;
        }
        let flow = if self.paths.is_empty() { self.rate } else { 0.0 };
        self.paths.push(Path { arcs: arcs.into(), flow });
    }
}

impl State<'_> {
    /// Flows and times afresh, so that rounding does not pile up over the shifts.
    fn reload(&mut self, pairs: &[Pair]) {
        self.flows = self.graph.link_flows(&arc_flows(self.graph, pairs));
        self.times = self.graph.times(&self.flows);
    }

    fn time_of(&self, arcs: &[u32]) -> f64 {
        arcs.iter().map(|arc| self.times[self.link(*arc)]).sum()
    }

    fn link(&self, arc: u32) -> usize {
        self.graph.arcs()[arc as usize].link as usize
    }

    /// Shifts people of one pair to its shortest path.
    fn balance(&mut self, pair: &mut Pair) {
        let times: Vec<f64> = pair.paths.iter().map(|path| self.time_of(&path.arcs)).collect();
        let best = (0..times.len()).min_by(|a, b| times[*a].total_cmp(&times[*b])).unwrap_or(0);
        for other in (0..pair.paths.len()).filter(|other| *other != best) {
            if pair.paths[other].flow <= 0.0 {
                continue;
            }
            let (from, to) = (pair.paths[other].arcs.clone(), pair.paths[best].arcs.clone());
            let moved = self.shift_size(&from, &to, pair.paths[other].flow);
            if moved != 0.0 {
                // Never more than the better path has when its turn comes to give some back.
                let moved = moved.max(-pair.paths[best].flow);
                pair.paths[other].flow -= moved;
                pair.paths[best].flow += moved;
                self.move_flow(&from, -moved);
                self.move_flow(&to, moved);
            }
        }
        let mut index = 0;
        pair.paths.retain(|path| {
            index += 1;
            path.flow > 0.0 || index - 1 == best
        });
    }

    /// How many to move so that both ways take equally long, to first order; at most all.
    fn shift_size(&mut self, from: &[u32], to: &[u32], flow: f64) -> f64 {
        self.shift += 2;
        let (in_from, shared) = (self.shift, self.shift + 1);
        from.iter().for_each(|arc| self.met[*arc as usize] = in_from);
        let (mut gain, mut slope) = (0.0, 0.0);
        for arc in to {
            let at = self.link(*arc);
            if self.met[*arc as usize] == in_from {
                self.met[*arc as usize] = shared;
            } else {
                gain -= self.times[at];
                slope += self.graph.costs()[at].slope(self.flows[at]);
            }
        }
        for arc in from.iter().filter(|arc| self.met[**arc as usize] == in_from) {
            let at = self.link(*arc);
            gain += self.times[at];
            slope += self.graph.costs()[at].slope(self.flows[at]);
        }
        if slope > 0.0 {
            (gain / slope).min(flow)
        } else if gain > 0.0 {
            flow
        } else {
            0.0
        }
    }

    fn move_flow(&mut self, arcs: &[u32], by: f64) {
        for arc in arcs {
            let at = self.link(*arc);
            self.flows[at] = (self.flows[at] + by).max(0.0);
            self.times[at] = self.graph.costs()[at].time(self.flows[at]);
        }
    }
}
