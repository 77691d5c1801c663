//! Neighbours and connected parts, built when they are asked for.

use super::{WalkLinkFlags, WalkLinkId, WalkNetwork, WalkNodeId};

/// One way on from a node.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step {
    /// Where it leads.
    pub to: WalkNodeId,
    /// By which link.
    pub link: WalkLinkId,
}

/// Who is next to whom: the steps of all nodes in one array, node after node, each in the order of the links.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WalkGraph {
    ends: Vec<u32>,
    steps: Vec<Step>,
}

impl WalkGraph {
    /// The steps from a node; a one-way link is only a step at its beginning.
    pub fn neighbours(&self, node: WalkNodeId) -> &[Step] {
        let index = node.0 as usize;
        let start = if index == 0 { 0 } else { self.ends[index - 1] as usize };
        &self.steps[start..self.ends[index] as usize]
    }
}

/// The parts of a network that hang together, one-way links counting both ways.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Components {
    /// The part of each node; parts are numbered by their first node.
    pub of_node: Vec<u32>,
    /// Number of nodes of each part.
    pub sizes: Vec<u32>,
}

impl Components {
    /// Number of parts.
    pub fn count(&self) -> usize {
        self.sizes.len()
    }

    /// Number of nodes of the largest part; 0 without nodes.
    pub fn largest(&self) -> u32 {
        self.sizes.iter().copied().max().unwrap_or(0)
    }
}

impl WalkNetwork {
    /// Neighbours of every node.
    pub fn graph(&self) -> WalkGraph {
        let mut counts = vec![0_u32; self.nodes.len() + 1];
        self.each_step(|from, _| counts[from.0 as usize + 1] += 1);
        for index in 1..counts.len() {
            counts[index] += counts[index - 1];
        }
        let nowhere = Step { to: WalkNodeId(0), link: WalkLinkId(0) };
        let mut steps = vec![nowhere; counts.last().copied().unwrap_or(0) as usize];
        let mut next = counts.clone();
        self.each_step(|from, step| {
            let place = &mut next[from.0 as usize];
            steps[*place as usize] = step;
            *place += 1;
        });
        counts.remove(0);
        WalkGraph { ends: counts, steps }
    }

    fn each_step(&self, mut take: impl FnMut(WalkNodeId, Step)) {
        for (index, link) in self.links.iter().enumerate() {
            let id = WalkLinkId(index as u32);
            take(link.from, Step { to: link.to, link: id });
            if !link.flags.has(WalkLinkFlags::ONE_WAY) {
                take(link.to, Step { to: link.from, link: id });
            }
        }
    }

    /// The parts that hang together.
    pub fn components(&self) -> Components {
        let mut parents: Vec<u32> = (0..self.nodes.len() as u32).collect();
        for link in &self.links {
            let (a, b) = (root(&mut parents, link.from.0), root(&mut parents, link.to.0));
            // The lower index is the root, so the result does not depend on the order of links.
            parents[a.max(b) as usize] = a.min(b);
        }
        let mut parts = Components::default();
        let mut number = vec![u32::MAX; parents.len()];
        for node in 0..parents.len() as u32 {
            let top = root(&mut parents, node) as usize;
            if number[top] == u32::MAX {
                number[top] = parts.sizes.len() as u32;
                parts.sizes.push(0);
            }
            parts.of_node.push(number[top]);
            parts.sizes[number[top] as usize] += 1;
        }
        parts
    }
}

fn root(parents: &mut [u32], mut node: u32) -> u32 {
    while parents[node as usize] != node {
        parents[node as usize] = parents[parents[node as usize] as usize];
        node = parents[node as usize];
    }
    node
}
