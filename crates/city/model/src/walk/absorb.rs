//! Two networks of one city become one.
//!
//! Nodes with the same published id are the same node when at least one of the two is a stand-in; the real one's
//! record is kept, at the stand-in's place in the order when the stand-in came first. Everything else is
//! appended, with its indices and texts carried over. Two real nodes with one id are two copies of the same
//! part, which is refused.

use std::collections::HashMap;

use super::{WalkLevel, WalkNetwork, WalkNode, WalkNodeFlags, WalkNodeId};
use crate::StringId;
use crate::strings::merge_strings;

impl WalkNetwork {
    /// Whether both hold the same real node, and so the same part of a city.
    pub fn clashes(&self, other: &Self) -> bool {
        let real = |network: &Self, node: &WalkNode| {
            !node.flags.has(WalkNodeFlags::ELSEWHERE) && network.strings.get(node.id).is_some()
        };
        let mut known: Vec<&str> = (self.nodes.iter().filter(|node| real(self, node)))
            .filter_map(|node| self.strings.get(node.id))
            .collect();
        known.sort_unstable();
        let mut others = other.nodes.iter().filter(|node| real(other, node));
        others.any(|node| other.strings.get(node.id).is_some_and(|id| known.binary_search(&id).is_ok()))
    }

    /// Takes `other` in: the joined network, with stand-ins replaced by the nodes they stand for.
    ///
    /// # Errors
    /// Gives `other` back when both hold the same real node.
    pub fn absorb(&mut self, other: Self) -> Result<(), Box<Self>> {
        if self.clashes(&other) {
            return Err(Box::new(other));
        }
        if self.is_empty() {
            *self = other;
            return Ok(());
        }
        let texts = merge_strings(&mut self.strings, &other.strings);
        let text = |id: StringId| texts.get(id.0 as usize).copied().unwrap_or(StringId::NONE);
        let mut by_id: HashMap<StringId, u32> = HashMap::new();
        for (index, node) in self.nodes.iter().enumerate() {
            if node.id != StringId::NONE {
                by_id.insert(node.id, index as u32);
            }
        }
        let mut places = Vec::with_capacity(other.nodes.len());
        for node in &other.nodes {
            let node = WalkNode { id: text(node.id), ..*node };
            places.push(self.take_node(node, &by_id));
        }
        let first_vertex = self.vertices_mm.len() as u32;
        self.vertices_mm.extend_from_slice(&other.vertices_mm);
        for link in &other.links {
            let mut link = *link;
            (link.id, link.name, link.source) = (text(link.id), text(link.name), text(link.source));
            (link.from, link.to) = (places[link.from.0 as usize], places[link.to.0 as usize]);
            link.vertex_end += first_vertex;
            self.links.push(link);
        }
        for level in &other.levels {
            self.take_level(WalkLevel { reason: text(level.reason), ..*level });
        }
        Ok(())
    }

    fn take_node(&mut self, node: WalkNode, by_id: &HashMap<StringId, u32>) -> WalkNodeId {
        if let Some(index) = by_id.get(&node.id).filter(|_| node.id != StringId::NONE) {
            let mine = &mut self.nodes[*index as usize];
            if mine.flags.has(WalkNodeFlags::ELSEWHERE) {
                *mine = node;
            }
            return WalkNodeId(*index);
        }
        self.nodes.push(node);
        WalkNodeId(self.nodes.len() as u32 - 1)
    }

    /// Of two rows of one level the first stays.
    fn take_level(&mut self, level: WalkLevel) {
        if let Err(at) = self.levels.binary_search_by(|mine| mine.level.total_cmp(&level.level)) {
            self.levels.insert(at, level);
        }
    }
}
