//! Distances along the network between nodes that are near each other: Dijkstra (1959) from each node that is
//! asked for, up to a bound, kept for all threads.
//!
//! A row is a hash table of the nodes within the bound, with distance and last link. Rows are pure functions of
//! the network, so it does not matter which thread made them. No more than [`MAX_ROWS`] are kept; the rest are
//! made anew when asked for.

use std::collections::BinaryHeap;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::network::Link;

/// Longest way between two nodes that is known, metres.
pub const REACH_M: f32 = 400.0;
/// Longest way in the small rows, metres: most steps of a track need no more, and these stay in the caches.
pub const NEAR_M: f32 = 110.0;
/// Rows that are kept.
pub const MAX_ROWS: usize = 30_000;
/// No way within the bound.
pub const NO_WAY: f32 = f32::INFINITY;

const EMPTY: u32 = u32::MAX;

#[derive(Debug, Clone, Copy)]
struct Slot {
    node: u32,
    distance_m: f32,
    last_link: u32,
}

/// The nodes within the bound of one.
#[derive(Debug)]
pub struct Row {
    slots: Box<[Slot]>,
    mask: u32,
}

impl Row {
    fn of(mut found: Vec<Slot>) -> Self {
        let size = (found.len() * 2).next_power_of_two().max(4);
        let empty = Slot { node: EMPTY, distance_m: NO_WAY, last_link: EMPTY };
        let mut slots = vec![empty; size].into_boxed_slice();
        let mask = size as u32 - 1;
        for slot in found.drain(..) {
            let mut at = spread(slot.node) & mask;
            while slots[at as usize].node != EMPTY {
                at = (at + 1) & mask;
            }
            slots[at as usize] = slot;
        }
        Self { slots, mask }
    }

    #[inline]
    fn find(&self, node: u32) -> Option<&Slot> {
        let mut at = spread(node) & self.mask;
        loop {
            let slot = &self.slots[at as usize];
            if slot.node == node {
                return Some(slot);
            }
            if slot.node == EMPTY {
                return None;
            }
            at = (at + 1) & self.mask;
        }
    }

    /// Way to a node, metres; [`NO_WAY`] beyond the bound.
    #[inline]
    pub fn distance_m(&self, node: u32) -> f32 {
        self.find(node).map_or(NO_WAY, |slot| slot.distance_m)
    }

    /// The last link of the way to a node.
    pub fn last_link(&self, node: u32) -> Option<u32> {
        self.find(node).map(|slot| slot.last_link).filter(|link| *link != EMPTY)
    }
}

fn spread(node: u32) -> u32 {
    let hash = node.wrapping_mul(0x9e37_79b1);
    hash ^ (hash >> 15)
}

/// A row that is kept, or one that was made for once.
#[derive(Debug)]
pub enum RowRef<'a> {
    /// Kept.
    Shared(&'a Row),
    /// Made for once.
    Own(Box<Row>),
}

impl std::ops::Deref for RowRef<'_> {
    type Target = Row;

    #[inline]
    fn deref(&self) -> &Row {
        match self {
            Self::Shared(row) => row,
            Self::Own(row) => row,
        }
    }
}

/// Ways between near nodes.
#[derive(Debug)]
pub struct Routes {
    /// First step of each node, then the end.
    starts: Vec<u32>,
    /// Node, length and link of each step.
    steps: Vec<(u32, f32, u32)>,
    rows: Vec<OnceLock<Box<Row>>>,
    near: Vec<OnceLock<Box<Row>>>,
    kept: AtomicUsize,
}

impl Routes {
    pub(crate) fn new(nodes: usize, links: &[Link]) -> Self {
        let mut steps_of: Vec<Vec<(u32, f32, u32)>> = vec![Vec::new(); nodes];
        for (index, link) in links.iter().enumerate() {
            steps_of[link.from as usize].push((link.to, link.length_m, index as u32));
            if !link.one_way {
                steps_of[link.to as usize].push((link.from, link.length_m, index as u32));
            }
        }
        let mut starts = vec![0];
        let mut steps = Vec::new();
        for list in steps_of {
            steps.extend(list);
            starts.push(steps.len() as u32);
        }
        let empty = || (0..nodes).map(|_| OnceLock::new()).collect();
        Self { starts, steps, rows: empty(), near: empty(), kept: AtomicUsize::new(0) }
    }

    /// The ways from a node.
    #[inline]
    pub fn row(&self, node: u32) -> RowRef<'_> {
        self.get(&self.rows[node as usize], node, REACH_M)
    }

    /// The ways from a node, up to [`NEAR_M`].
    #[inline]
    pub fn near_row(&self, node: u32) -> RowRef<'_> {
        self.get(&self.near[node as usize], node, NEAR_M)
    }

    #[inline]
    fn get<'a>(&'a self, cell: &'a OnceLock<Box<Row>>, node: u32, reach_m: f32) -> RowRef<'a> {
        if let Some(row) = cell.get() {
            return RowRef::Shared(row);
        }
        if self.kept.fetch_add(1, Ordering::Relaxed) >= MAX_ROWS {
            self.kept.fetch_sub(1, Ordering::Relaxed);
            return RowRef::Own(Box::new(self.search(node, reach_m)));
        }
        RowRef::Shared(cell.get_or_init(|| Box::new(self.search(node, reach_m))))
    }

    fn search(&self, from: u32, reach_m: f32) -> Row {
        let mut found: rustc_hash::FxHashMap<u32, Slot> = rustc_hash::FxHashMap::default();
        let mut done = Vec::new();
        let mut settled = rustc_hash::FxHashSet::default();
        // Nodes break ties, so that the ways do not depend on the heap. The bits of floats that are not negative
        // order as the floats do.
        let mut heap = BinaryHeap::new();
        found.insert(from, Slot { node: from, distance_m: 0.0, last_link: EMPTY });
        heap.push(std::cmp::Reverse((0_u32, from)));
        while let Some(std::cmp::Reverse((bits, node))) = heap.pop() {
            if !settled.insert(node) {
                continue;
            }
            let distance_m = f32::from_bits(bits);
            done.push(found[&node]);
            let range = self.starts[node as usize] as usize..self.starts[node as usize + 1] as usize;
            for (to, length_m, link) in &self.steps[range] {
                let way_m = distance_m + length_m;
                if way_m > reach_m || found.get(to).is_some_and(|slot| slot.distance_m <= way_m) {
                    continue;
                }
                found.insert(*to, Slot { node: *to, distance_m: way_m, last_link: *link });
                heap.push(std::cmp::Reverse((way_m.to_bits(), *to)));
            }
        }
        Row::of(done)
    }
}
