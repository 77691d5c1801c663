//! Shortest ways from one node to all others (Dijkstra 1959). Ties go to the lower node and the first arc, so the tree
//! is the same wherever it is grown.

use std::cmp::Ordering;
use std::collections::BinaryHeap;

use super::Graph;

/// The shortest ways from a node.
#[derive(Debug, Clone, PartialEq)]
pub struct Tree {
    /// Time to each node; infinite where no way leads.
    pub times: Vec<f64>,
    /// The arc by which each node is reached; `u32::MAX` at the origin and where no way leads.
    pub by: Vec<u32>,
}

#[derive(PartialEq)]
struct Front {
    time: f64,
    node: u32,
}

impl Eq for Front {}

impl Ord for Front {
    /// The nearest comes out first.
    fn cmp(&self, other: &Self) -> Ordering {
        other.time.total_cmp(&self.time).then(other.node.cmp(&self.node))
    }
}

impl PartialOrd for Front {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// Grows the tree of shortest ways at the times of the links.
pub fn shortest_tree(graph: &Graph, origin: u32, link_times: &[f64]) -> Tree {
    let mut tree = Tree { times: vec![f64::INFINITY; graph.nodes()], by: vec![u32::MAX; graph.nodes()] };
    let mut front = BinaryHeap::new();
    tree.times[origin as usize] = 0.0;
    front.push(Front { time: 0.0, node: origin });
    while let Some(Front { time, node }) = front.pop() {
        if time > tree.times[node as usize] {
            continue;
        }
        for index in graph.leaving(node) {
            let arc = graph.arcs()[*index as usize];
            let there = time + link_times[arc.link as usize];
            if there < tree.times[arc.to as usize] {
                tree.times[arc.to as usize] = there;
                tree.by[arc.to as usize] = *index;
                front.push(Front { time: there, node: arc.to });
            }
        }
    }
    tree
}

impl Tree {
    /// The arcs of the way to a node, from the origin on; empty at the origin and where no way leads.
    pub fn path(&self, graph: &Graph, to: u32) -> Vec<u32> {
        let mut path = Vec::new();
        let mut node = to;
        while let Some(by) = self.by.get(node as usize).copied().filter(|by| *by != u32::MAX) {
            path.push(by);
            node = graph.arcs()[by as usize].from;
        }
        path.reverse();
        path
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Arc, Cost};
    use super::*;

    #[test]
    fn the_shorter_way_is_taken_and_islands_are_not_reached() {
        let arc = |from, to, link| Arc { from, to, link };
        let graph = Graph::new(
            5,
            vec![arc(0, 1, 0), arc(1, 2, 1), arc(0, 2, 2), arc(2, 3, 3)],
            vec![Cost::Fixed { time: 0.0 }; 4],
        );
        let tree = shortest_tree(&graph, 0, &[1.0, 1.0, 3.0, 5.0]);
        assert_eq!(tree.times, [0.0, 1.0, 2.0, 7.0, f64::INFINITY]);
        assert_eq!(tree.path(&graph, 3), [0, 1, 3]);
        assert!(tree.path(&graph, 4).is_empty() && tree.path(&graph, 0).is_empty());
        assert_eq!(shortest_tree(&graph, 0, &[1.0, 1.0, 1.5, 5.0]).path(&graph, 3), [2, 3]);
    }
}
