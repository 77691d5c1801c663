//! A network on its way: nodes and links that can still be left out, split and added to.

use std::collections::BTreeMap;

use futago_model::{WalkKind, WalkPlace};

use crate::project::Mm;

use super::geometry::{Found, Near, distance_m};

/// A node on its way.
#[derive(Debug, Clone)]
pub(crate) struct WebNode {
    pub at: Mm,
    pub level: f32,
    pub level_assumed: bool,
    /// Of a stand-in: published id and place of the node of another network.
    pub stands_for: Option<(String, WalkPlace)>,
}

/// A link on its way.
#[derive(Debug, Clone)]
pub(crate) struct WebLink {
    pub from: u32,
    pub to: u32,
    pub line: Vec<Mm>,
    /// Index of the line it is a part of; of a join none.
    pub way: Option<u32>,
    /// Own level of the line.
    pub level: f32,
    pub steps: bool,
    pub crossing: bool,
    /// False once it is left out.
    pub live: bool,
}

impl WebLink {
    /// A short link that joins what was apart.
    fn join(from: u32, to: u32, line: Vec<Mm>, level: f32) -> Self {
        Self { from, to, line, way: None, level, steps: false, crossing: false, live: true }
    }
}

/// Nodes and links on their way.
#[derive(Debug, Clone, Default)]
pub(crate) struct Web {
    pub nodes: Vec<WebNode>,
    pub links: Vec<WebLink>,
}

/// A node that is to be led to a place on a link.
#[derive(Debug, Clone)]
pub(crate) struct Attachment {
    pub node: u32,
    /// Vertices between the node and the place.
    pub via: Vec<Mm>,
    pub to: Found,
}

impl Web {
    /// How many live links end at each node.
    pub fn degrees(&self) -> Vec<u32> {
        let mut degrees = vec![0; self.nodes.len()];
        for link in self.links.iter().filter(|link| link.live) {
            degrees[link.from as usize] += 1;
            degrees[link.to as usize] += 1;
        }
        degrees
    }

    /// Whether a link is on one level, and so can be met at any place of it.
    pub fn is_flat(&self, link: &WebLink) -> bool {
        let level = self.nodes[link.from as usize].level;
        !link.steps && level == self.nodes[link.to as usize].level && level == link.level
    }

    /// The live links that `wanted` lets through, found by place.
    pub fn near(&self, wanted: impl Fn(&WebLink) -> bool) -> Near {
        let links = self.links.iter().enumerate().filter(|(_, link)| link.live && wanted(link));
        Near::new(links.map(|(index, link)| (index as u32, link.line.as_slice())))
    }

    /// Adds a link between two nodes that were apart, over some places between them.
    pub fn join(&mut self, from: u32, via: &[Mm], to: u32, level: f32) {
        let mut line = vec![self.nodes[from as usize].at];
        line.extend_from_slice(via);
        line.push(self.nodes[to as usize].at);
        line.dedup();
        if from != to {
            if line.len() == 1 {
                // Two nodes on one place: a link without length keeps both.
                line.push(line[0]);
            }
            self.links.push(WebLink::join(from, to, line, level));
        }
    }

    /// Leads nodes to places on links: links are split there, unless one of their ends is within `end_m`.
    /// All places are of the links as they are now.
    pub fn attach(&mut self, attachments: &[Attachment], end_m: f64) {
        let mut by_link: BTreeMap<u32, Vec<Attachment>> = BTreeMap::new();
        for attachment in attachments {
            by_link.entry(attachment.to.segment.line).or_default().push(attachment.clone());
        }
        for (link, mut places) in by_link {
            places.sort_by(|a, b| {
                let by_number = a.to.segment.number.cmp(&b.to.segment.number);
                by_number.then(a.to.share.total_cmp(&b.to.share)).then(a.node.cmp(&b.node))
            });
            self.attach_to(link as usize, &places, end_m);
        }
    }

    fn attach_to(&mut self, link: usize, places: &[Attachment], end_m: f64) {
        let whole = self.links[link].clone();
        let level = whole.level;
        let ends = [whole.from, whole.to].map(|node| (node, self.nodes[node as usize].at));
        let mut pieces = vec![(whole.from, vec![whole.line[0]])];
        let mut next_vertex = 1;
        let mut joins = Vec::new();
        for place in places {
            let at = place.to.at;
            if let Some((end, _)) = ends.iter().find(|(_, end)| distance_m(*end, at) <= end_m) {
                joins.push((place, *end));
                continue;
            }
            let Some((piece, line)) = pieces.last_mut() else { continue };
            while next_vertex <= place.to.segment.number as usize {
                line.push(whole.line[next_vertex]);
                next_vertex += 1;
            }
            line.dedup();
            if line.last() == Some(&at) && line.len() == 1 {
                // The place of the one before, on the millimetre.
                joins.push((place, *piece));
                continue;
            }
            line.push(at);
            line.dedup();
            let node = self.nodes.len() as u32;
            self.nodes.push(WebNode { at, level, level_assumed: false, stands_for: None });
            pieces.push((node, vec![at]));
            joins.push((place, node));
        }
        if let Some((_, line)) = pieces.last_mut() {
            line.extend_from_slice(&whole.line[next_vertex..]);
            line.dedup();
        }
        self.replace(link, &whole, pieces);
        for (place, to) in joins {
            self.join(place.node, &place.via, to, level);
        }
    }

    /// Puts the pieces in the place of a link; each begins at its node and ends at the next one's.
    fn replace(&mut self, link: usize, whole: &WebLink, pieces: Vec<(u32, Vec<Mm>)>) {
        let starts: Vec<u32> = pieces.iter().map(|(node, _)| *node).collect();
        for (index, (from, line)) in pieces.into_iter().enumerate() {
            let to = starts.get(index + 1).copied().unwrap_or(whole.to);
            let piece = WebLink { from, to, line, ..whole.clone() };
            if index == 0 {
                self.links[link] = piece;
            } else {
                self.links.push(piece);
            }
        }
    }
}

/// Kind of a link without stairs, by its level.
pub(crate) fn kind_on(level: f32) -> WalkKind {
    match level {
        below if below < 0.0 => WalkKind::Corridor,
        above if above > 1.0 => WalkKind::Deck,
        _ => WalkKind::Walkway,
    }
}
