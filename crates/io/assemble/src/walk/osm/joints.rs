//! Where ways meet: the nodes that several name, and their ends.

use futago_raw::{RawWalkSpot, WayKind};
use rustc_hash::FxHashMap;

use crate::project::Mm;

use super::WalkExtract;
use super::pieces::{Piece, Vertex};

/// A place where links end.
pub(super) struct Joint<'r> {
    /// None where a way was cut at the bounds.
    pub node: Option<i64>,
    pub at: Mm,
    pub spot: Option<&'r RawWalkSpot>,
    /// On the outline of a lift.
    pub at_lift: bool,
    pub links: u32,
    /// Level, once it is known.
    pub level: Option<f32>,
    pub level_assumed: bool,
}

/// A stretch of a way between two joints.
pub(super) struct Stretch {
    pub from: u32,
    pub to: u32,
    /// First and last vertex in the line of its piece.
    pub vertices: [usize; 2],
    pub piece: u32,
}

/// Joints, and the stretches between them in the order of the pieces.
#[derive(Default)]
pub(super) struct Joints<'r> {
    pub joints: Vec<Joint<'r>>,
    pub links: Vec<Stretch>,
    /// The joints of each piece, from its first vertex to its last.
    pub of_piece: Vec<Vec<u32>>,
}

impl<'r> Joints<'r> {
    pub fn of(pieces: &[Piece<'_>], extracts: &[WalkExtract<'r>]) -> Self {
        let mut ways_at: FxHashMap<i64, u32> = FxHashMap::default();
        for node in pieces.iter().flat_map(|piece| &piece.line).filter_map(|vertex| vertex.node) {
            *ways_at.entry(node).or_default() += 1;
        }
        let mut spots: FxHashMap<i64, &RawWalkSpot> = FxHashMap::default();
        for spot in extracts.iter().flat_map(|extract| &extract.spots.features) {
            spots.entry(spot.node).or_insert(spot);
        }
        let (mut web, mut known) = (Self::default(), FxHashMap::default());
        for (index, piece) in pieces.iter().enumerate() {
            let lift = piece.raw.kind == WayKind::Elevator;
            let (mut own, mut begun) = (Vec::new(), None);
            for (at, vertex) in piece.line.iter().enumerate() {
                let end = at == 0 || at + 1 == piece.line.len();
                let meets = vertex.node.is_some_and(|node| {
                    ways_at.get(&node).is_some_and(|ways| *ways > 1)
                        || spots.get(&node).is_some_and(|spot| spot.elevator)
                });
                if !end && !meets {
                    continue;
                }
                let joint = web.joint(*vertex, &mut known, &spots);
                web.joints[joint as usize].at_lift |= lift;
                if let Some((from, first)) = begun.filter(|_| !lift) {
                    web.link(from, joint, [first, at], index);
                }
                own.push(joint);
                begun = Some((joint, at));
            }
            web.of_piece.push(own);
        }
        web
    }

    fn link(&mut self, from: u32, to: u32, vertices: [usize; 2], piece: usize) {
        for joint in [from, to] {
            self.joints[joint as usize].links += 1;
        }
        self.links.push(Stretch { from, to, vertices, piece: piece as u32 });
    }

    fn joint(
        &mut self,
        vertex: Vertex,
        known: &mut FxHashMap<i64, u32>,
        spots: &FxHashMap<i64, &'r RawWalkSpot>,
    ) -> u32 {
        if let Some(index) = vertex.node.and_then(|node| known.get(&node)) {
            return *index;
        }
        let index = self.joints.len() as u32;
        self.joints.push(Joint {
            node: vertex.node,
            at: vertex.at,
            spot: vertex.node.and_then(|node| spots.get(&node).copied()),
            at_lift: false,
            links: 0,
            level: None,
            level_assumed: false,
        });
        if let Some(node) = vertex.node {
            known.insert(node, index);
        }
        index
    }
}

impl Joint<'_> {
    /// A lift itself, or on the outline of one: each level has a node of its own here.
    pub fn is_split(&self) -> bool {
        self.at_lift || self.spot.is_some_and(|spot| spot.elevator)
    }
}
