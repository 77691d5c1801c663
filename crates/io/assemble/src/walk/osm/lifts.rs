//! Lifts: a node a level, one above the other.
//!
//! A lift is a node that ways of several levels name, or a closed way whose outline they meet. In the second case the
//! nodes of the lift stand in its middle, and short links lead there from the outline.

use std::collections::BTreeSet;

use futago_raw::WayKind;

use crate::project::Mm;

use super::joints::Joints;
use super::pieces::Piece;
use super::storeys::ordinal;

/// A lift.
pub(super) struct Stack {
    /// Where its nodes are, when they are not a joint's own.
    pub centre: Option<Mm>,
    /// The joints at it, each with the levels of the ways that come there.
    pub doors: Vec<(u32, Vec<f32>)>,
    /// Every level, lowest first.
    pub levels: Vec<f32>,
    /// The way that is the lift, if it is one.
    pub piece: Option<u32>,
    pub wheelchair: bool,
}

/// Every lift: those that are nodes in the order of joints, then those that are ways.
pub(super) fn stacks(pieces: &[Piece<'_>], web: &Joints<'_>) -> Vec<Stack> {
    let mut levels_at: Vec<Vec<f32>> = vec![Vec::new(); web.joints.len()];
    for link in &web.links {
        for joint in [link.from, link.to] {
            if web.joints[joint as usize].is_split() {
                levels_at[joint as usize].push(level_at(pieces, web, link.piece, joint));
            }
        }
    }
    let mut stacks = Vec::new();
    for (index, joint) in web.joints.iter().enumerate() {
        let Some(spot) = joint.spot.filter(|spot| spot.elevator && !joint.at_lift) else { continue };
        let said = spot.levels.iter().map(|level| ordinal(*level)).collect::<Vec<_>>();
        stacks.push(Stack {
            centre: None,
            levels: sorted(said.iter().chain(&levels_at[index])),
            doors: vec![(index as u32, sorted(levels_at[index].iter()))],
            piece: None,
            wheelchair: spot.wheelchair == Some(true),
        });
    }
    for (index, piece) in pieces.iter().enumerate().filter(|(_, p)| p.raw.kind == WayKind::Elevator) {
        let joints: BTreeSet<u32> = web.of_piece[index].iter().copied().collect();
        let doors = joints.into_iter().filter(|joint| !levels_at[*joint as usize].is_empty());
        let doors: Vec<_> = doors.map(|joint| (joint, sorted(levels_at[joint as usize].iter()))).collect();
        let said = piece.storeys.levels.iter().filter(|_| !piece.raw.levels.is_empty());
        stacks.push(Stack {
            centre: Some(middle(piece)),
            levels: sorted(said.chain(doors.iter().flat_map(|(_, levels)| levels))),
            doors,
            piece: Some(index as u32),
            wheelchair: piece.raw.wheelchair == Some(true),
        });
    }
    stacks
}

/// The level on which a way comes to a joint: its own where the joint has a node a level.
pub(super) fn level_at(pieces: &[Piece<'_>], web: &Joints<'_>, piece: u32, joint: u32) -> f32 {
    let (storeys, joint) = (&pieces[piece as usize].storeys, &web.joints[joint as usize]);
    match joint.is_split() && !storeys.climbs {
        true => storeys.lowest(),
        false => joint.level.unwrap_or(0.0),
    }
}

fn sorted<'f>(levels: impl Iterator<Item = &'f f32>) -> Vec<f32> {
    let mut levels: Vec<f32> = levels.copied().collect();
    levels.sort_unstable_by(f32::total_cmp);
    levels.dedup();
    levels
}

fn middle(piece: &Piece<'_>) -> Mm {
    let closed = piece.line.len() > 1 && piece.line.first() == piece.line.last();
    let corners = &piece.line[usize::from(closed)..];
    [0, 1].map(|axis| {
        let sum: i64 = corners.iter().map(|vertex| i64::from(vertex.at[axis])).sum();
        (sum as f64 / corners.len().max(1) as f64).round() as i32
    })
}
