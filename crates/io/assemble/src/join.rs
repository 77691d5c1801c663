//! Which roof piece belongs to which building.
//!
//! By published id first. Pieces without one, or with an unknown one, are joined by position: the
//! building whose footprint holds a point well inside the piece. Where several footprints do, one without
//! a published id goes first, since the pieces of the others carry theirs; then the published order.

use std::collections::HashMap;

use futago_field::Report;
use rayon::prelude::*;
use rstar::primitives::{GeomWithData, Rectangle};
use rstar::{AABB, RTree};

use crate::boolean::{area_m2, intersection};
use crate::footprints::Footprint;
use crate::pieces::Piece;
use crate::plan::Plan;

/// How a piece found its building.
enum Found {
    ById(usize),
    /// The footprint holds a point well inside the piece.
    Inside(usize),
    /// The footprint that shares the most area, square metres.
    Overlap(usize, f64),
    Nowhere,
}

/// Bounds of every plan of every footprint, millimetres, with footprint and part. Whole numbers would
/// overflow in the tree's area sums.
type Boxes = RTree<GeomWithData<Rectangle<[f64; 2]>, (u32, u32)>>;

/// The pieces of each footprint, in the published order of pieces.
pub(crate) fn join(footprints: &[Footprint], pieces: &[Piece], report: &mut Report) -> Vec<Vec<u32>> {
    let by_id: HashMap<&str, usize> =
        footprints.iter().enumerate().map(|(i, f)| (f.id.as_str(), i)).collect();
    let boxes = boxes(footprints);
    let owner = |piece: &Piece| match piece.building_id.as_deref().and_then(|id| by_id.get(id)) {
        Some(index) => Found::ById(*index),
        None => by_position(&piece.plans[0], footprints, &boxes),
    };
    let owners: Vec<Found> = pieces.par_iter().map(owner).collect();
    let mut pieces_of = vec![Vec::new(); footprints.len()];
    for (index, (piece, found)) in pieces.iter().zip(owners).enumerate() {
        if let Some(owner) = note(piece, &found, footprints, report) {
            pieces_of[owner].push(index as u32);
        }
    }
    drop_duplicates(pieces, &mut pieces_of, report);
    pieces_of
}

fn boxes(footprints: &[Footprint]) -> Boxes {
    let boxes = footprints.iter().enumerate().flat_map(|(owner, footprint)| {
        footprint.plans.iter().enumerate().map(move |(part, plan)| {
            let [west, south, east, north] = plan.bounds().map(f64::from);
            let rectangle = Rectangle::from_corners([west, south], [east, north]);
            GeomWithData::new(rectangle, (owner as u32, part as u32))
        })
    });
    RTree::bulk_load(boxes.collect())
}

fn by_position(piece: &Plan, footprints: &[Footprint], boxes: &Boxes) -> Found {
    let [west, south, east, north] = piece.bounds().map(f64::from);
    let window = AABB::from_corners([west, south], [east, north]);
    let mut near: Vec<(u32, u32)> = boxes.locate_in_envelope_intersecting(&window).map(|b| b.data).collect();
    near.sort_unstable_by_key(|(owner, part)| (!footprints[*owner as usize].id_assumed, *owner, *part));
    let plan = |(owner, part): (u32, u32)| &footprints[owner as usize].plans[part as usize];
    let at = piece.interior_point();
    if let Some((owner, _)) = near.iter().find(|candidate| plan(**candidate).contains(at)) {
        return Found::Inside(*owner as usize);
    }
    let mut best = Found::Nowhere;
    let mut most = 0.0;
    for candidate in near {
        let shared = area_m2(&intersection(&piece.rings, &plan(candidate).rings));
        if shared > most {
            most = shared;
            best = Found::Overlap(candidate.0 as usize, shared);
        }
    }
    best
}

fn note(piece: &Piece, found: &Found, footprints: &[Footprint], report: &mut Report) -> Option<usize> {
    let why = match &piece.building_id {
        None => "no building id is published".to_owned(),
        Some(id) => format!("no building has the id {id}"),
    };
    let area = piece.plans[0].area_m2();
    let (code, action, owner) = match found {
        Found::ById(owner) => return Some(*owner),
        Found::Inside(owner) => {
            let id = &footprints[*owner].id;
            (
                "joined-by-position",
                format!("{why}; it stands in the footprint of {id} and joined it"),
                Some(*owner),
            )
        }
        Found::Overlap(owner, shared) => {
            let id = &footprints[*owner].id;
            let action = format!("{why}; {shared:.2} of its {area:.2} m2 lie on {id}, which it joined");
            ("joined-by-position", action, Some(*owner))
        }
        Found::Nowhere => {
            let action = format!("{why} and no footprint lies under its {area:.2} m2; left out");
            ("orphan-roof-piece", action, None)
        }
    };
    report.add(code, piece.name.as_str(), piece.place.as_str(), action);
    owner
}

/// A piece published twice (same outline, same height) would only cost time.
fn drop_duplicates(pieces: &[Piece], pieces_of: &mut [Vec<u32>], report: &mut Report) {
    for own in pieces_of {
        let mut kept: Vec<u32> = Vec::with_capacity(own.len());
        for index in own.iter().copied() {
            let piece = &pieces[index as usize];
            let twin = kept
                .iter()
                .map(|k| &pieces[*k as usize])
                .find(|k| k.top_m == piece.top_m && k.plans == piece.plans);
            match twin {
                None => kept.push(index),
                Some(twin) => {
                    let action = format!("the same outline and height as {}; left out", twin.place);
                    report.add("duplicate-feature", piece.name.as_str(), piece.place.as_str(), action);
                }
            }
        }
        *own = kept;
    }
}
