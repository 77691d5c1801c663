//! Nodes that kept ways go through: a sorted row of ids, and their places.

use futago_raw::LonLatPair;

use crate::element::{At, Collect, NOWHERE, Tag, degrees};
use crate::kept::Bad;
use crate::tags::{Key, Tags};

/// Ids that share an entry of the table of [`Ids`], on average.
const PER_ENTRY: usize = 4;

/// Nodes that are looked at one after the other before the table is asked.
const AHEAD: usize = 8;

/// Nodes of a usual block.
const USUAL: usize = 8000;

/// A sorted row of ids that is quick to search.
#[derive(Debug, Default)]
pub(crate) struct Ids {
    ids: Vec<i64>,
    /// Where the ids of each stretch of numbers begin.
    table: Vec<u32>,
    /// Length of a stretch, as a power of two.
    shift: u32,
}

impl Ids {
    /// Ids in any order, some of them several times; at most 4,294,967,295.
    pub fn of(mut ids: Vec<i64>) -> Self {
        let middle = ids.len() / 2;
        let (low, high) = ids.split_at_mut(middle);
        rayon::join(|| low.sort(), || high.sort());
        // Stretches that are sorted already are merged, not sorted again.
        ids.sort();
        ids.dedup();
        ids.shrink_to_fit();
        let span = match (ids.first(), ids.last()) {
            (Some(first), Some(last)) => last.abs_diff(*first),
            _ => return Self::default(),
        };
        let entries = (ids.len() / PER_ENTRY).max(1) as u64;
        let shift = (0..u64::BITS).find(|shift| span >> shift < entries).unwrap_or(u64::BITS - 1);
        let mut table = vec![0_u32; (span >> shift) as usize + 2];
        for id in &ids {
            table[(id.abs_diff(ids[0]) >> shift) as usize + 1] += 1;
        }
        let mut sum = 0;
        for entry in &mut table {
            sum += *entry;
            *entry = sum;
        }
        Self { ids, table, shift }
    }

    pub fn len(&self) -> usize {
        self.ids.len()
    }

    pub fn id(&self, index: u32) -> i64 {
        self.ids[index as usize]
    }

    /// Where an id stands.
    pub fn find(&self, id: i64) -> Option<usize> {
        let index = self.at_least(id);
        (self.ids.get(index) == Some(&id)).then_some(index)
    }

    /// The same for ids that often follow one another: `near` is where the last one stood.
    pub fn find_near(&self, id: i64, near: &mut usize) -> Option<usize> {
        let found = [*near + 1, *near].into_iter().find(|index| self.ids.get(*index) == Some(&id));
        let found = found.or_else(|| self.find(id));
        *near = found.unwrap_or(*near);
        found
    }

    /// The first id that is not below this one.
    fn at_least(&self, id: i64) -> usize {
        match (self.ids.first(), self.ids.last()) {
            (Some(first), Some(last)) if id > *first && id <= *last => {
                let entry = (id.abs_diff(*first) >> self.shift) as usize;
                let [from, to] = [self.table[entry], self.table[entry + 1]].map(|index| index as usize);
                from + self.ids[from..to].partition_point(|known| *known < id)
            }
            (_, Some(last)) if id > *last => self.ids.len(),
            _ => 0,
        }
    }

    /// The same for ids that come sorted as a rule: `last` is what was said before.
    fn at_least_from(&self, id: i64, last: usize) -> usize {
        if last > 0 && self.ids[last - 1] >= id {
            return self.at_least(id);
        }
        let ahead = self.ids[last..].iter().take(AHEAD).position(|known| *known >= id);
        ahead.map_or_else(|| self.at_least(id), |ahead| last + ahead)
    }
}

/// Places of the nodes that are wanted.
#[derive(Debug, Default)]
pub(crate) struct Nodes {
    pub ids: Ids,
    /// By place in `ids`; [`NOWHERE`] of those that the extract lacks.
    pub at: Vec<At>,
    /// Tags of those that mean something, by place in `ids`, in that order.
    pub spots: Vec<(u32, Tags)>,
}

impl Nodes {
    pub fn of(ids: Ids) -> Self {
        let at = vec![NOWHERE; ids.len()];
        Self { ids, at, spots: Vec::new() }
    }

    /// Longitude and latitude of nodes, degrees; none when the extract lacks one.
    pub fn line(&self, nodes: &[u32]) -> Option<Vec<LonLatPair>> {
        let whole = nodes.iter().all(|node| self.is_there(*node));
        whole.then(|| nodes.iter().map(|node| degrees(self.at[*node as usize])).collect())
    }

    /// The stretches of a way: it is cut where the extract lacks a node.
    pub fn stretches<'w>(&self, way: &'w [u32]) -> impl Iterator<Item = &'w [u32]> {
        way.split(|node| !self.is_there(*node)).filter(|stretch| stretch.len() > 1)
    }

    /// Whether the extract has a node.
    pub fn is_there(&self, node: u32) -> bool {
        self.at[node as usize] != NOWHERE
    }
}

/// The third pass: places of nodes.
pub(crate) struct Third<'p> {
    ids: &'p Ids,
    last: usize,
    pub at: Vec<(u32, At)>,
    pub spots: Vec<(u32, Tags)>,
    pub bad: Vec<Bad>,
}

impl<'p> Third<'p> {
    pub fn new(ids: &'p Ids) -> Self {
        Self { ids, last: 0, at: Vec::with_capacity(USUAL), spots: Vec::new(), bad: Vec::new() }
    }
}

impl Collect for Third<'_> {
    fn node(&mut self, id: i64, at: At, tags: &[Tag<'_>]) {
        self.last = self.ids.at_least_from(id, self.last);
        if self.ids.ids.get(self.last) != Some(&id) {
            return;
        }
        if at == NOWHERE {
            self.bad("a node", Some(id), "it is no place on Earth");
            return;
        }
        self.at.push((self.last as u32, at));
        let means = |(key, value): &Tag<'_>| match key {
            Key::Entrance | Key::Door => true,
            Key::Highway => *value == "elevator",
            _ => false,
        };
        if tags.iter().any(means) {
            self.spots.push((self.last as u32, Tags::of(tags)));
        }
    }

    fn bad(&mut self, kind: &'static str, id: Option<i64>, problem: &'static str) {
        self.bad.push(Bad { kind, id, problem });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_found_however_they_lie() {
        let rows = [
            vec![],
            vec![7],
            vec![5, -3, 5, 9],
            vec![i64::MIN, i64::MAX, 0],
            (0..1000).map(|step| step * step * step).collect(),
            (0..1000).chain(9_000_000_000..9_000_000_500).collect(),
        ];
        for row in rows {
            let ids = Ids::of(row.clone());
            let (mut near, mut last) = (0, 0);
            for id in row.iter().flat_map(|id| [id.saturating_sub(1), *id, id.saturating_add(1)]) {
                let expected = ids.ids.binary_search(&id);
                assert_eq!(ids.find(id), expected.ok(), "{id}");
                assert_eq!(ids.find_near(id, &mut near), expected.ok(), "{id}");
                last = ids.at_least_from(id, last);
                assert_eq!(last, expected.unwrap_or_else(|next| next), "{id}");
            }
        }
    }
}
