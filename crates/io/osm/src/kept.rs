//! What the passes keep: relations, ways, and the places of the nodes that they go through.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::classes::{area_class, is_building, is_of_use};
use crate::element::{At, Collect, Member, NOWHERE, Tag};
use crate::tags::Tags;

/// An element that cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Bad {
    pub kind: &'static str,
    pub id: Option<i64>,
    pub problem: &'static str,
}

#[derive(Debug, Clone)]
pub(crate) struct KeptRelation {
    pub id: i64,
    pub members: Vec<Member>,
    pub tags: Tags,
}

/// West, south, east, north in 1e-7 degrees.
pub(crate) type Box7 = [i32; 4];

/// The first pass: relations and, where only a rectangle is wanted, the nodes in it.
pub(crate) struct First {
    pub within: Option<Box7>,
    pub inside: Vec<i64>,
    pub relations: Vec<KeptRelation>,
    pub bad: Vec<Bad>,
}

impl First {
    pub fn new(within: Option<Box7>) -> Self {
        Self { within, inside: Vec::new(), relations: Vec::new(), bad: Vec::new() }
    }
}

impl Collect for First {
    fn node(&mut self, id: i64, at: At, _: &[Tag<'_>]) {
        let holds = |b: Box7| at[0] >= b[0] && at[0] <= b[2] && at[1] >= b[1] && at[1] <= b[3];
        if self.within.is_some_and(holds) {
            self.inside.push(id);
        }
    }

    fn relation(&mut self, id: i64, members: &[Member], tags: &[Tag<'_>]) {
        let tags = Tags::of(tags);
        let of_use = match tags.get("type") {
            Some("multipolygon") => area_class(&tags).is_some() || is_building(&tags),
            Some("building") => true,
            _ => false,
        };
        if of_use && !members.is_empty() {
            self.relations.push(KeptRelation { id, members: members.to_vec(), tags });
        }
    }

    fn bad(&mut self, kind: &'static str, id: Option<i64>, problem: &'static str) {
        self.bad.push(Bad { kind, id, problem });
    }
}

/// Ways in the order of the file.
#[derive(Debug, Default)]
pub(crate) struct Ways {
    pub ids: Vec<i64>,
    pub tags: Vec<Tags>,
    ends: Vec<usize>,
    refs: Vec<i64>,
    by_id: FxHashMap<i64, u32>,
    /// Ways that came twice.
    pub twice: usize,
}

impl Ways {
    fn push(&mut self, id: i64, refs: &[i64], tags: Tags) {
        self.ids.push(id);
        self.tags.push(tags);
        self.refs.extend_from_slice(refs);
        self.ends.push(self.refs.len());
    }

    /// Takes over those of a stretch that are not there yet.
    pub fn take(&mut self, other: &mut Self) {
        for (index, tags) in std::mem::take(&mut other.tags).into_iter().enumerate() {
            let id = other.ids[index];
            if self.by_id.contains_key(&id) {
                self.twice += 1;
                continue;
            }
            self.by_id.insert(id, self.ids.len() as u32);
            self.push(id, other.refs(index), tags);
        }
    }

    pub fn len(&self) -> usize {
        self.ids.len()
    }

    /// Nodes of all ways, each as often as ways go through it.
    pub fn ref_count(&self) -> usize {
        self.refs.len()
    }

    pub fn refs(&self, index: usize) -> &[i64] {
        let start = if index == 0 { 0 } else { self.ends[index - 1] };
        &self.refs[start..self.ends[index]]
    }

    pub fn find(&self, id: i64) -> Option<usize> {
        self.by_id.get(&id).map(|index| *index as usize)
    }

    /// Every node, each once, sorted.
    pub fn nodes(&self) -> Vec<i64> {
        let mut nodes = self.refs.clone();
        nodes.sort_unstable();
        nodes.dedup();
        nodes
    }
}

/// The second pass: ways of use, and members of relations.
pub(crate) struct Second<'p> {
    /// Sorted.
    pub inside: Option<&'p [i64]>,
    pub members: &'p FxHashSet<i64>,
    /// Only these, whatever they are.
    pub only: Option<&'p FxHashSet<i64>>,
    pub longest: usize,
    pub ways: Ways,
    pub bad: Vec<Bad>,
}

impl Collect for Second<'_> {
    fn way(&mut self, id: i64, refs: &[i64], tags: &[Tag<'_>]) {
        if let Some(only) = self.only {
            if !only.contains(&id) {
                return;
            }
        } else if self
            .inside
            .is_some_and(|inside| !refs.iter().any(|node| inside.binary_search(node).is_ok()))
        {
            return;
        }
        let tags = Tags::of(tags);
        if self.only.is_none() && !is_of_use(&tags) && !self.members.contains(&id) {
            return;
        }
        match refs.len() {
            0 | 1 => self.bad("a way", Some(id), "it has fewer than two nodes"),
            count if count > self.longest => self.bad("a way", Some(id), "it has too many nodes"),
            _ => self.ways.push(id, refs, tags),
        }
    }

    fn bad(&mut self, kind: &'static str, id: Option<i64>, problem: &'static str) {
        self.bad.push(Bad { kind, id, problem });
    }
}

/// Places of the nodes that are wanted.
#[derive(Debug, Default)]
pub(crate) struct Nodes {
    /// Sorted.
    pub ids: Vec<i64>,
    pub at: Vec<At>,
    /// Tags of those that mean something, by place in `ids`, in that order.
    pub spots: Vec<(u32, Tags)>,
}

impl Nodes {
    pub fn of(ids: Vec<i64>) -> Self {
        let at = vec![NOWHERE; ids.len()];
        Self { ids, at, spots: Vec::new() }
    }

    /// Longitude and latitude of a node, degrees; none when the extract lacks it.
    pub fn find(&self, id: i64) -> Option<[f64; 2]> {
        let at = self.at[self.ids.binary_search(&id).ok()?];
        (at != NOWHERE).then(|| crate::element::degrees(at))
    }
}

/// The third pass: places of nodes.
pub(crate) struct Third<'p> {
    ids: &'p [i64],
    /// Where the last one stands: nodes come sorted as a rule.
    last: usize,
    pub at: Vec<(u32, At)>,
    pub spots: Vec<(u32, Tags)>,
    pub bad: Vec<Bad>,
}

impl<'p> Third<'p> {
    pub fn new(ids: &'p [i64]) -> Self {
        Self { ids, last: 0, at: Vec::new(), spots: Vec::new(), bad: Vec::new() }
    }

    fn place(&mut self, id: i64) -> Option<usize> {
        for ahead in self.last..self.ids.len().min(self.last + 4) {
            if self.ids[ahead] >= id {
                self.last = ahead;
                if self.ids[ahead] == id {
                    return Some(ahead);
                }
                if ahead > 0 && self.ids[ahead - 1] < id {
                    return None;
                }
                break;
            }
        }
        match self.ids.binary_search(&id) {
            Ok(index) => {
                self.last = index;
                Some(index)
            }
            Err(next) => {
                self.last = next;
                None
            }
        }
    }
}

impl Collect for Third<'_> {
    fn node(&mut self, id: i64, at: At, tags: &[Tag<'_>]) {
        let Some(index) = self.place(id) else { return };
        if at == NOWHERE {
            self.bad("a node", Some(id), "it is no place on Earth");
            return;
        }
        self.at.push((index as u32, at));
        let means = |(key, value): &Tag<'_>| {
            *key == "entrance" || *key == "door" || *key == "highway" && *value == "elevator"
        };
        if tags.iter().any(means) {
            self.spots.push((index as u32, Tags::of(tags)));
        }
    }

    fn bad(&mut self, kind: &'static str, id: Option<i64>, problem: &'static str) {
        self.bad.push(Bad { kind, id, problem });
    }
}
