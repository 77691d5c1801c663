//! The links between two places of a track, and when each was walked.

use crate::network::Network;
use crate::{Matched, routes};

/// A part of a link that was walked.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Part {
    /// Index of the link.
    pub link: u32,
    /// Where on it the walk begins, metres in plan.
    pub from_m: f32,
    /// Where it ends.
    pub to_m: f32,
}

impl Part {
    /// How far it goes, metres.
    pub fn length_m(&self) -> f32 {
        (self.to_m - self.from_m).abs()
    }
}

impl Network {
    /// The shortest way between two places on the network, as parts of links; none beyond the bound of ways.
    pub fn way(&self, from: &Matched, to: &Matched, parts: &mut Vec<Part>) {
        parts.clear();
        if from.link == Matched::NONE || to.link == Matched::NONE {
            return;
        }
        // Most ways are short, and the small rows stay in the caches. What they have is the shortest up to their bound.
        if !self.way_by(|node| self.routes.near_row(node), routes::NEAR_M, from, to, parts) {
            self.way_by(|node| self.routes.row(node), f32::INFINITY, from, to, parts);
        }
    }

    /// The shortest way by some rows; false, and no parts, where it is longer than `most_m`.
    fn way_by<'a>(
        &'a self,
        row: impl Fn(u32) -> routes::RowRef<'a>,
        most_m: f32,
        from: &Matched,
        to: &Matched,
        parts: &mut Vec<Part>,
    ) -> bool {
        let (a, b) = (&self.links[from.link as usize], &self.links[to.link as usize]);
        let end_m = |first: bool, length_m: f32| if first { 0.0 } else { length_m };
        let mut best: Option<(f32, bool, bool)> = None;
        // Ends by which the first link is left and the last one entered; `true` is where it begins.
        for leave in [false, true] {
            if leave && a.one_way {
                continue;
            }
            let row = row(if leave { a.from } else { a.to });
            let left_m = (end_m(leave, a.length_m) - from.offset_m).abs();
            for enter in [true, false] {
                if !enter && b.one_way {
                    continue;
                }
                let between_m = row.distance_m(if enter { b.from } else { b.to });
                let way_m = left_m + between_m + (end_m(enter, b.length_m) - to.offset_m).abs();
                if between_m < routes::NO_WAY && best.is_none_or(|(least_m, ..)| way_m < least_m) {
                    best = Some((way_m, leave, enter));
                }
            }
        }
        let along_m = (from.offset_m - to.offset_m).abs();
        let short = along_m <= most_m && best.is_none_or(|(way_m, ..)| along_m <= way_m);
        if from.link == to.link && short {
            parts.push(Part { link: from.link, from_m: from.offset_m, to_m: to.offset_m });
            return true;
        }
        let Some((_, leave, enter)) = best.filter(|(way_m, ..)| *way_m <= most_m) else { return false };
        let start = if leave { a.from } else { a.to };
        parts.push(Part { link: to.link, from_m: end_m(enter, b.length_m), to_m: to.offset_m });
        let row = row(start);
        let mut node = if enter { b.from } else { b.to };
        while node != start {
            let Some(index) = row.last_link(node) else { break };
            let link = &self.links[index as usize];
            let forward = link.to == node && row.distance_m(link.from) <= row.distance_m(node);
            let ends = if forward { (0.0, link.length_m) } else { (link.length_m, 0.0) };
            parts.push(Part { link: index, from_m: ends.0, to_m: ends.1 });
            node = if forward { link.from } else { link.to };
        }
        parts.push(Part { link: from.link, from_m: from.offset_m, to_m: end_m(leave, a.length_m) });
        parts.reverse();
        true
    }
}
