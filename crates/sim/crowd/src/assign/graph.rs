//! A directed graph for assignment: arcs, each on a link whose flow and cost it shares with others.

use super::Cost;

/// One way along a link.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Arc {
    /// Node it begins at.
    pub from: u32,
    /// Node it ends at.
    pub to: u32,
    /// Index of its link in [`Graph::costs`]. Both directions of a street are arcs of one link: they share its width.
    pub link: u32,
}

/// Nodes 0 to `nodes() - 1`, arcs, and the costs of the links they are on.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Graph {
    arcs: Vec<Arc>,
    costs: Vec<Cost>,
    /// Arcs of each node: `order[starts[n]..starts[n + 1]]`, in the order of the arcs.
    starts: Vec<u32>,
    order: Vec<u32>,
}

impl Graph {
    /// A graph. Arcs that name a node or a link that is not there are a mistake of the caller and panic.
    pub fn new(nodes: usize, arcs: Vec<Arc>, costs: Vec<Cost>) -> Self {
        let mut starts = vec![0_u32; nodes + 1];
        for arc in &arcs {
            assert!((arc.to as usize) < nodes && (arc.link as usize) < costs.len(), "{arc:?} leads nowhere");
            starts[arc.from as usize + 1] += 1;
        }
        for node in 0..nodes {
            starts[node + 1] += starts[node];
        }
        let mut next = starts.clone();
        let mut order = vec![0; arcs.len()];
        for (index, arc) in arcs.iter().enumerate() {
            let place = &mut next[arc.from as usize];
            order[*place as usize] = index as u32;
            *place += 1;
        }
        Self { arcs, costs, starts, order }
    }

    /// Number of nodes.
    pub fn nodes(&self) -> usize {
        self.starts.len().saturating_sub(1)
    }

    /// The arcs.
    pub fn arcs(&self) -> &[Arc] {
        &self.arcs
    }

    /// The costs of the links.
    pub fn costs(&self) -> &[Cost] {
        &self.costs
    }

    /// Arcs that leave a node, as indices of [`Graph::arcs`].
    pub fn leaving(&self, node: u32) -> &[u32] {
        &self.order[self.starts[node as usize] as usize..self.starts[node as usize + 1] as usize]
    }

    /// Flows of the links from those of the arcs.
    pub fn link_flows(&self, arc_flows: &[f64]) -> Vec<f64> {
        let mut flows = vec![0.0; self.costs.len()];
        for (arc, flow) in self.arcs.iter().zip(arc_flows) {
            flows[arc.link as usize] += flow;
        }
        flows
    }

    /// Times of the links at their flows.
    pub fn times(&self, link_flows: &[f64]) -> Vec<f64> {
        self.costs.iter().zip(link_flows).map(|(cost, flow)| cost.time(*flow)).collect()
    }
}
