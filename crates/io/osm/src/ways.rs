//! Ways that are kept, as flat arrays: an extract has millions.

use rayon::prelude::*;
use rustc_hash::FxHashSet;

use crate::element::{Collect, Tag};
use crate::kept::Bad;
use crate::nodes::Ids;
use crate::sets::TagSets;

/// Nodes that are looked up together.
const TOGETHER: usize = 1 << 14;

/// Ways in the order of the file. Their nodes are ids while ways are gathered, places in the row of
/// nodes afterwards.
#[derive(Debug)]
pub(crate) struct Ways<N> {
    ids: Vec<i64>,
    /// Number of the tags of each.
    sets: Vec<u32>,
    ends: Vec<u32>,
    nodes: Vec<N>,
    /// Ways by their id; empty where they come sorted.
    order: Vec<u32>,
    /// Ways that came twice.
    pub twice: usize,
}

impl<N> Default for Ways<N> {
    fn default() -> Self {
        Self {
            ids: Vec::new(),
            sets: Vec::new(),
            ends: Vec::new(),
            nodes: Vec::new(),
            order: Vec::new(),
            twice: 0,
        }
    }
}

impl<N> Ways<N> {
    pub fn len(&self) -> usize {
        self.ids.len()
    }

    pub fn id(&self, index: usize) -> i64 {
        self.ids[index]
    }

    /// The number of its tags.
    pub fn set(&self, index: usize) -> u32 {
        self.sets[index]
    }

    /// Nodes of all ways, each as often as ways go through it.
    pub fn node_count(&self) -> usize {
        self.nodes.len()
    }

    pub fn nodes(&self, index: usize) -> &[N] {
        let start = if index == 0 { 0 } else { self.ends[index - 1] };
        &self.nodes[start as usize..self.ends[index] as usize]
    }

    /// Where the way of an id stands; once they are sorted.
    pub fn find(&self, id: i64) -> Option<usize> {
        if self.order.is_empty() {
            return self.ids.binary_search(&id).ok();
        }
        let found = self.order.binary_search_by_key(&id, |way| self.ids[*way as usize]).ok()?;
        Some(self.order[found] as usize)
    }
}

impl Ways<i64> {
    fn push(&mut self, id: i64, set: u32, nodes: &[i64]) {
        self.ids.push(id);
        self.sets.push(set);
        self.nodes.extend_from_slice(nodes);
        self.ends.push(self.nodes.len() as u32);
    }

    /// Takes over those of a stretch; `numbers` are those of their tags here.
    pub fn take(&mut self, other: &mut Self, numbers: &[u32]) {
        let before = self.nodes.len() as u32;
        self.ids.append(&mut other.ids);
        self.sets.extend(other.sets.drain(..).map(|set| numbers[set as usize]));
        self.ends.extend(other.ends.drain(..).map(|end| before + end));
        self.nodes.append(&mut other.nodes);
    }

    /// Makes ways ready to be found; of those that come twice the first is left.
    pub fn sort(&mut self) {
        self.order.clear();
        if self.ids.is_sorted_by(|a, b| a < b) {
            return;
        }
        let mut order: Vec<u32> = (0..self.ids.len() as u32).collect();
        order.sort_unstable_by_key(|way| (self.ids[*way as usize], *way));
        let count = order.len();
        order.dedup_by_key(|way| self.ids[*way as usize]);
        if order.len() < count {
            let mut first = vec![false; count];
            order.iter().for_each(|way| first[*way as usize] = true);
            let mut left = Self { twice: self.twice + count - order.len(), ..Self::default() };
            for way in (0..count).filter(|way| first[*way]) {
                left.push(self.ids[way], self.sets[way], self.nodes(way));
            }
            *self = left;
            return self.sort();
        }
        self.order = order;
    }

    /// The nodes of all ways.
    pub fn all_nodes(&self) -> Vec<i64> {
        self.nodes.clone()
    }

    /// The same ways with places in a row of ids, which holds all of their nodes.
    pub fn resolve(self, ids: &Ids) -> Ways<u32> {
        let mut nodes = vec![0; self.nodes.len()];
        nodes.par_chunks_mut(TOGETHER).zip(self.nodes.par_chunks(TOGETHER)).for_each(|(places, nodes)| {
            let mut near = 0;
            for (place, node) in places.iter_mut().zip(nodes) {
                *place = ids.find_near(*node, &mut near).unwrap_or_default() as u32;
            }
        });
        let Self { ids, sets, ends, order, twice, .. } = self;
        Ways { ids, sets, ends, nodes, order, twice }
    }
}

/// The second pass: ways of use, and members of relations.
pub(crate) struct Second<'p> {
    wanted: Wanted<'p>,
    longest: usize,
    pub sets: TagSets,
    pub ways: Ways<i64>,
    /// Their nodes, at the end sorted and each once.
    pub nodes: Vec<i64>,
    pub bad: Vec<Bad>,
}

/// Which ways are kept.
#[derive(Clone, Copy)]
pub(crate) struct Wanted<'w> {
    /// Only those with a node among these.
    pub inside: Option<&'w Ids>,
    /// Members of relations, of use by themselves or not.
    pub members: &'w FxHashSet<i64>,
    /// Only these, whatever they are.
    pub only: Option<&'w FxHashSet<i64>>,
}

impl<'p> Second<'p> {
    /// Ways of more than `longest` nodes are left out.
    pub fn new(wanted: Wanted<'p>, longest: usize) -> Self {
        let (sets, ways) = (TagSets::default(), Ways::default());
        Self { wanted, longest, sets, ways, nodes: Vec::new(), bad: Vec::new() }
    }

    fn is_wanted(&self, id: i64, set: u32, nodes: &[i64]) -> bool {
        let Wanted { inside, members, only } = self.wanted;
        match only {
            Some(only) => only.contains(&id),
            None => {
                (self.sets.uses(set).any() || members.contains(&id))
                    && inside.is_none_or(|inside| nodes.iter().any(|node| inside.find(*node).is_some()))
            }
        }
    }
}

impl Collect for Second<'_> {
    fn way(&mut self, id: i64, nodes: &[i64], tags: &[Tag<'_>]) {
        let set = self.sets.number_of(tags);
        if !self.is_wanted(id, set, nodes) {
            return;
        }
        match nodes.len() {
            0 | 1 => self.bad("a way", Some(id), "it has fewer than two nodes"),
            count if count > self.longest => self.bad("a way", Some(id), "it has too many nodes"),
            _ => self.ways.push(id, set, nodes),
        }
    }

    fn bad(&mut self, kind: &'static str, id: Option<i64>, problem: &'static str) {
        self.bad.push(Bad { kind, id, problem });
    }

    fn end(&mut self) {
        for way in 0..self.ways.len() {
            let nodes = self.ways.nodes(way);
            // The last node of a ring is its first.
            let closed = usize::from(nodes.first() == nodes.last());
            self.nodes.extend_from_slice(&nodes[..nodes.len() - closed]);
        }
        self.nodes.sort();
        self.nodes.dedup();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ways(ids: &[i64]) -> Ways<i64> {
        let mut ways = Ways::default();
        for (place, id) in ids.iter().enumerate() {
            ways.push(*id, place as u32, &[*id, 7, place as i64]);
        }
        ways.sort();
        ways
    }

    #[test]
    fn ways_are_found_sorted_or_not() {
        for ids in [&[1, 4, 9][..], &[9, 1, 4]] {
            let ways = ways(ids);
            let found = ids.iter().map(|id| ways.find(*id)).collect::<Vec<_>>();
            assert_eq!((found, ways.find(5)), (vec![Some(0), Some(1), Some(2)], None));
        }
    }

    #[test]
    fn of_twins_the_first_is_left() {
        let ways = ways(&[4, 1, 4, 9, 1]);
        assert_eq!(
            (ways.ids.as_slice(), ways.sets.as_slice(), ways.twice),
            (&[4, 1, 9][..], &[0, 1, 3][..], 2)
        );
        assert_eq!((ways.nodes(2), ways.find(9), ways.node_count()), (&[9, 7, 3][..], Some(2), 9));
    }

    #[test]
    fn nodes_become_places() {
        let ways = ways(&[4, 1, 9]);
        let ids = Ids::of(ways.all_nodes());
        let resolved = ways.resolve(&ids);
        let back: Vec<i64> = resolved.nodes(2).iter().map(|place| ids.id(*place)).collect();
        assert_eq!((back, resolved.find(1)), (vec![9, 7, 2], Some(1)));
    }
}
