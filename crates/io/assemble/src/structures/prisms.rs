//! Pieces that look up, each with what is below it, to prisms.
//!
//! Going down from a piece that looks up one is inside the structure. Every further face that looks up leads
//! deeper in (the top of a pier within a slab), every one that looks down leads out again; the one that leads out
//! for good is the underside. So parts that are closed each for itself may overlap.

use std::collections::BTreeMap;

use super::StructureRules;
use super::steps::{Level, Piece, Pieces, centroid};
use crate::boolean::{Shapes, area_m2, difference, intersection, union};
use crate::clean::{Subject, plans_of_shapes};
use crate::plan::{Plan, Ring, doubled_area_mm2, m2};

/// Faces nearer than this to one another in height are one, metres.
const SAME_M: f64 = 0.02;
/// No prism is thinner, metres: the steps of a sloped top and of its underside are not the same.
const THINNEST_M: f64 = 0.1;
/// Vertices that boolean operations of one structure may see.
const MOST_WORK: usize = 20_000_000;

/// An upright prism; heights in metres T.P.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Prism {
    pub plan: Plan,
    pub bottom_m: f64,
    pub top_m: f64,
}

/// What became of the pieces.
#[derive(Default)]
pub(super) struct Made {
    pub prisms: Vec<Prism>,
    /// Mean height of what looks up, metres T.P.
    pub deck_m: Option<f64>,
    pub thickness_assumed: bool,
}

/// Parts of the same levels, before they are put together.
#[derive(Default)]
struct Group {
    rings: Vec<Ring>,
    area: f64,
    /// Heights times areas: bottom, top.
    weighted: [f64; 2],
}

/// The groups of a structure, by the levels of top and underside.
#[derive(Default)]
struct Groups {
    groups: BTreeMap<(Level, Level), Group>,
    work: usize,
}

impl Groups {
    fn add(&mut self, levels: (Level, Level), rings: Vec<Ring>, bottom_m: f64, top_m: f64) {
        let area = m2(rings.iter().map(|ring| doubled_area_mm2(ring)).sum());
        let group = self.groups.entry(levels).or_default();
        group.rings.extend(rings);
        group.area += area;
        for (sum, height) in group.weighted.iter_mut().zip([bottom_m, top_m]) {
            *sum += area * height;
        }
    }
}

/// Makes the prisms of a structure.
pub(super) fn prisms(pieces: &Pieces, rules: &StructureRules, subject: &mut Subject<'_>) -> Made {
    let mut groups = Groups::default();
    // The highest underside comes first. Sorting is stable.
    let mut below: Vec<&Piece> = pieces.down.iter().collect();
    below.sort_by(|a, b| b.height_m.total_cmp(&a.height_m));
    let (mut bare_m2, mut tired) = (0.0, false);
    for piece in &pieces.up {
        let mut left: Shapes = vec![piece.rings.clone()];
        if groups.work <= MOST_WORK {
            left = find_undersides(piece, left, pieces, &below, rules, &mut groups);
        } else {
            tired = true;
        }
        let left: Shapes = left.into_iter().filter(|shape| shape_m2(shape) >= rules.min_piece_m2).collect();
        bare_m2 += area_m2(&left);
        for shape in left {
            let top_m = piece.plane.height_m(centroid(&shape));
            groups.add((piece.level, Level::Assumed), shape, top_m - rules.thickness_m, top_m);
        }
    }
    if bare_m2 > 0.0 {
        let thickness = rules.thickness_m;
        let action = format!("{bare_m2:.1} m2 of it have nothing below; taken as {thickness} m thick");
        subject.note("no-underside", action);
    }
    if tired {
        let action =
            format!("its faces overlap in more than {MOST_WORK} vertices; the rest has no underside");
        subject.note("too-many-vertices", action);
    }
    let made = groups.groups.into_values().flat_map(|group| united(group, rules)).collect();
    Made { prisms: made, deck_m: deck_m(&pieces.up), thickness_assumed: bare_m2 > 0.0 }
}

fn shape_m2(shape: &[Ring]) -> f64 {
    m2(shape.iter().map(|ring| doubled_area_mm2(ring)).sum())
}

/// Mean height of what looks up, by area.
fn deck_m(up: &[Piece]) -> Option<f64> {
    let (area, sum) = up.iter().fold((0.0, 0.0), |(area, sum), piece| {
        let own = shape_m2(&piece.rings);
        (area + own, sum + own * piece.height_m)
    });
    (area > 0.0).then(|| sum / area)
}

/// Adds prisms for what has an underside and gives what is left.
fn find_undersides(
    piece: &Piece,
    mut left: Shapes,
    pieces: &Pieces,
    below: &[&Piece],
    rules: &StructureRules,
    groups: &mut Groups,
) -> Shapes {
    let near = |other: &Piece| meets(piece.bounds, other.bounds);
    let lower = |other: &&Piece| near(other) && other.height_m < piece.height_m + rules.step_m;
    let downs: Vec<&Piece> = below.iter().copied().filter(lower).collect();
    let ups: Vec<&Piece> = pieces.up.iter().filter(lower).collect();
    for (index, under) in downs.iter().enumerate() {
        let rings: Vec<Ring> = left.iter().flatten().cloned().collect();
        groups.work += vertices(&rings) + vertices(&under.rings);
        if rings.is_empty() || groups.work > MOST_WORK {
            break;
        }
        let shared = intersection(&rings, &under.rings);
        if shared.is_empty() {
            continue;
        }
        // Where another face that looks up lies between, one may still be inside below the underside.
        let between: Vec<&&Piece> = ups.iter().filter(|up| is_between(up, under, piece)).collect();
        let covers: Vec<Ring> = between.iter().flat_map(|up| up.rings.iter().cloned()).collect();
        let shared_rings: Vec<Ring> = shared.iter().flatten().cloned().collect();
        groups.work += if covers.is_empty() { 0 } else { 2 * (vertices(&covers) + vertices(&shared_rings)) };
        let (mut free, doubtful) = if covers.is_empty() {
            (shared, Shapes::new())
        } else {
            (difference(&shared_rings, &covers), intersection(&shared_rings, &covers))
        };
        free.extend(doubtful.into_iter().filter(|shape| {
            let at = centroid(shape);
            let ins = between.iter().filter(|up| holds(up, at)).count();
            let outs = downs[..index].iter().filter(|down| is_between(down, under, piece) && holds(down, at));
            ins <= outs.count()
        }));
        free.retain(|shape| {
            let at = centroid(shape);
            under.plane.height_m(at) < piece.plane.height_m(at) - SAME_M
        });
        if free.is_empty() {
            continue;
        }
        let used: Vec<Ring> = free.iter().flatten().cloned().collect();
        left = difference(&rings, &used);
        for shape in free.into_iter().filter(|shape| shape_m2(shape) >= rules.min_piece_m2) {
            let at = centroid(&shape);
            let (bottom_m, top_m) = (under.plane.height_m(at), piece.plane.height_m(at));
            groups.add((piece.level, under.level), shape, bottom_m, top_m);
        }
    }
    left
}

/// Whether a piece lies between an underside and a top, where their bounds meet.
fn is_between(other: &Piece, under: &Piece, top: &Piece) -> bool {
    let above = other.height_m > under.height_m + SAME_M && meets(other.bounds, under.bounds);
    above && other.height_m < top.height_m - SAME_M
}

fn meets(a: [i32; 4], b: [i32; 4]) -> bool {
    a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3]
}

fn vertices(rings: &[Ring]) -> usize {
    rings.iter().map(Vec::len).sum()
}

/// Whether a piece covers a place: even-odd over its rings.
fn holds(piece: &Piece, at: [f64; 2]) -> bool {
    let mut inside = false;
    for ring in &piece.rings {
        for (a, b) in ring.iter().zip(ring.iter().cycle().skip(1)) {
            let (a, b) = (a.map(f64::from), b.map(f64::from));
            inside ^= (a[1] > at[1]) != (b[1] > at[1])
                && at[0] < (b[0] - a[0]) * (at[1] - a[1]) / (b[1] - a[1]) + a[0];
        }
    }
    inside
}

/// The prisms of a group, at its mean heights.
fn united(group: Group, rules: &StructureRules) -> Vec<Prism> {
    if group.area <= 0.0 {
        return Vec::new();
    }
    let [bottom_m, top_m] = group.weighted.map(|sum| sum / group.area);
    let bottom_m = bottom_m.min(top_m - THINNEST_M);
    let plans = plans_of_shapes(union(&group.rings), rules.min_piece_m2);
    plans.into_iter().map(|plan| Prism { plan, bottom_m, top_m }).collect()
}
