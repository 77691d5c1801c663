//! Links cut into straight pieces of about equal length, and how far they are from each other along the streets.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BinaryHeap};

use rayon::prelude::*;

use super::network::Streets;
use crate::passes::kernel::Near;

/// Length of a piece, metres; what is left of a link makes all its pieces a little longer or shorter.
pub const PIECE_M: f64 = 10.0;

/// A straight piece of a link.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct StreetPiece {
    /// The link.
    pub link: u32,
    /// Its ends, site metres.
    pub ends_m: [[f64; 2]; 2],
    /// Part of the link's persons that it holds.
    pub share: f64,
    /// Joints at its ends: a node of the network, or a place between two pieces of a link.
    joints: [u32; 2],
    /// Length along the link, metres.
    walk_m: f64,
}

/// Cuts every link that `wanted` names.
pub fn cut(streets: &Streets, wanted: impl Fn(u32) -> bool) -> Vec<StreetPiece> {
    let mut pieces = Vec::new();
    let mut next_joint = streets.nodes.len() as u32;
    for (index, link) in streets.links.iter().enumerate().filter(|(index, _)| wanted(*index as u32)) {
        let line_m = length_m(&link.line_m);
        if link.line_m.len() < 2 || line_m <= 0.0 {
            continue;
        }
        let count = (line_m / PIECE_M).round().max(1.0) as u32;
        for number in 0..count {
            let at = |n: u32| along(&link.line_m, line_m * f64::from(n) / f64::from(count));
            let begin = if number == 0 { link.from } else { next_joint - 1 };
            let end = if number + 1 == count { link.to } else { next_joint };
            next_joint += u32::from(number + 1 < count);
            pieces.push(StreetPiece {
                link: index as u32,
                ends_m: [at(number), at(number + 1)],
                share: 1.0 / f64::from(count),
                joints: [begin, end],
                walk_m: f64::from(link.length_m) / f64::from(count),
            });
        }
    }
    pieces
}

/// Length of a line in plan, metres.
pub fn length_m(line: &[[f64; 2]]) -> f64 {
    line.windows(2).map(|w| distance_m(w[0], w[1])).sum()
}

/// The place so far along a line; its ends beyond them. Empty lines are at the origin.
pub fn along(line: &[[f64; 2]], mut left_m: f64) -> [f64; 2] {
    for pair in line.windows(2) {
        let length = distance_m(pair[0], pair[1]);
        if left_m < length {
            let share = left_m.max(0.0) / length;
            return [0, 1].map(|axis| pair[0][axis] + share * (pair[1][axis] - pair[0][axis]));
        }
        left_m -= length;
    }
    line.last().copied().unwrap_or_default()
}

fn distance_m(a: [f64; 2], b: [f64; 2]) -> f64 {
    (b[0] - a[0]).hypot(b[1] - a[1])
}

/// For each piece those within `reach_m` along the streets, itself among them, by number: `starts` and entries.
pub fn near(pieces: &[StreetPiece], reach_m: f64) -> (Vec<u32>, Vec<Near>) {
    let mut at_joint: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    for (index, piece) in pieces.iter().enumerate() {
        piece.joints.iter().for_each(|joint| at_joint.entry(*joint).or_default().push(index as u32));
    }
    let lists: Vec<Vec<Near>> =
        (0..pieces.len()).into_par_iter().map(|from| around(pieces, &at_joint, from, reach_m)).collect();
    let mut starts = vec![0];
    starts.extend(lists.iter().scan(0, |sum, list| {
        *sum += list.len() as u32;
        Some(*sum)
    }));
    (starts, lists.concat())
}

#[derive(PartialEq)]
struct Front(f64, u32);

impl Eq for Front {}

impl Ord for Front {
    fn cmp(&self, other: &Self) -> Ordering {
        other.0.total_cmp(&self.0).then(other.1.cmp(&self.1))
    }
}

impl PartialOrd for Front {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

fn around(
    pieces: &[StreetPiece],
    at_joint: &BTreeMap<u32, Vec<u32>>,
    from: usize,
    reach_m: f64,
) -> Vec<Near> {
    let mut found = BTreeMap::from([(from as u32, 0.0)]);
    let mut best: BTreeMap<u32, f64> = BTreeMap::new();
    let mut front = BinaryHeap::new();
    for joint in pieces[from].joints {
        front.push(Front(pieces[from].walk_m / 2.0, joint));
    }
    while let Some(Front(away_m, joint)) = front.pop() {
        if away_m >= reach_m || best.get(&joint).is_some_and(|known| *known <= away_m) {
            continue;
        }
        best.insert(joint, away_m);
        for index in at_joint.get(&joint).into_iter().flatten() {
            let piece = &pieces[*index as usize];
            let middle_m = away_m + piece.walk_m / 2.0;
            if middle_m < reach_m {
                let known = found.entry(*index).or_insert(middle_m);
                *known = known.min(middle_m);
            }
            let beyond = if piece.joints[0] == joint { piece.joints[1] } else { piece.joints[0] };
            front.push(Front(away_m + piece.walk_m, beyond));
        }
    }
    found.into_iter().map(|(piece, distance_m)| Near { piece, distance_m: distance_m as f32 }).collect()
}
