//! Faces that look up or down, cut into pieces that are nearly level.
//!
//! A level face stays whole. A sloped one is cut along its contour lines, which are whole multiples of
//! [`StructureRules::step_m`] T.P. for all faces, so that the pieces of neighbouring triangles of a ramp meet in
//! one step. A face that is not flat is taken triangle by triangle.

use futago_field::Report;

use super::faces::{Face, Facing};
use crate::boolean::{Shapes, intersection};
use crate::clean::{Cleaned, Subject};
use crate::plan::{Ring, bounds, doubled_area_mm2, m2};
use crate::rules::Rules;

/// A face whose heights differ by less than this is level, metres.
const LEVEL_M: f64 = 0.1;
/// A face with a corner farther than this from its plane is not flat, millimetres.
const BENT_MM: f64 = 100.0;
/// Most pieces of one structure.
const MOST_PIECES: usize = 50_000;

/// The plane of a face: height over the plan, millimetres.
#[derive(Debug, Clone, Copy)]
pub(super) struct Plane {
    at: [f64; 3],
    /// Rise per millimetre east and north.
    gradient: [f64; 2],
}

impl Plane {
    fn of(face: &Face) -> Self {
        let [east, north, up] = face.normal;
        Self { at: face.middle(), gradient: [-east / up, -north / up] }
    }

    /// Height at a place, metres T.P.
    pub fn height_m(&self, [east, north]: [f64; 2]) -> f64 {
        let rise = (east - self.at[0]) * self.gradient[0] + (north - self.at[1]) * self.gradient[1];
        (self.at[2] + rise) / 1000.0
    }
}

/// What pieces are put together by: those of one step, or of one height.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Level {
    /// No face: assumed.
    Assumed,
    /// A level face: its height in whole centimetres.
    Flat(i64),
    /// A part of a sloped face: the number of its step.
    Step(i64),
}

/// A nearly level piece of a face.
#[derive(Debug, Clone)]
pub(super) struct Piece {
    /// One polygon, the outside first.
    pub rings: Vec<Ring>,
    /// West, south, east, north, millimetres.
    pub bounds: [i32; 4],
    pub plane: Plane,
    pub level: Level,
    /// Height in its middle, metres T.P.
    pub height_m: f64,
}

/// The pieces of a structure.
#[derive(Default)]
pub(super) struct Pieces {
    pub up: Vec<Piece>,
    pub down: Vec<Piece>,
}

/// Cuts the faces of a structure.
pub(super) fn steps(faces: &[Face], rules: &Rules, subject: &mut Subject<'_>) -> Pieces {
    let mut pieces = Pieces::default();
    for face in faces.iter().filter(|face| face.facing != Facing::Upright) {
        let into = if face.facing == Facing::Up { &mut pieces.up } else { &mut pieces.down };
        if is_flat(face) {
            cut(face, rules, subject, into);
            continue;
        }
        let (triangles, _) = face.triangles();
        for corners in triangles {
            let triangle = Face::of(vec![corners.to_vec()], Some(face.role));
            if let Some(triangle) = triangle.filter(|triangle| triangle.facing == face.facing) {
                cut(&triangle, rules, subject, into);
            }
        }
    }
    let found = pieces.up.len().max(pieces.down.len());
    if found > MOST_PIECES {
        let action = format!("{found} pieces of decks, at most {MOST_PIECES} are used; it has no solid");
        subject.note("too-many-vertices", action);
        return Pieces::default();
    }
    pieces
}

fn is_flat(face: &Face) -> bool {
    let middle = face.middle();
    face.rings.iter().flatten().all(|at| {
        let off = (0..3).map(|i| (f64::from(at[i]) - middle[i]) * face.normal[i]).sum::<f64>();
        off.abs() <= BENT_MM
    })
}

fn cut(face: &Face, rules: &Rules, subject: &mut Subject<'_>, into: &mut Vec<Piece>) {
    if into.len() > MOST_PIECES {
        return;
    }
    let rings = face.plan();
    // Slivers are nothing to remark on: the steep edge of a slab is one.
    if m2(doubled_area_mm2(&rings[0]).abs()) < rules.min_area_m2 {
        return;
    }
    let mut cleaned = Cleaned::default();
    let mut quiet = Report::default();
    let mut own = Subject { name: subject.name, place: subject.place, report: &mut quiet };
    cleaned.add(rings, rules, &mut own);
    // The mesh has remarked on triangles already, and corners that fall on one place in plan are no defect.
    for entry in quiet.entries {
        if matches!(entry.code.as_str(), "self-intersection" | "bad-hole" | "too-many-vertices") {
            subject.report.entries.push(entry);
        }
    }
    let plane = Plane::of(face);
    for plan in cleaned.plans {
        cut_plan(plan.rings, plane, rules, into);
    }
}

fn cut_plan(rings: Vec<Ring>, plane: Plane, rules: &Rules, into: &mut Vec<Piece>) {
    let heights = rings[0].iter().map(|at| plane.height_m(at.map(f64::from)));
    let (low, high) =
        heights.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), h| (low.min(h), high.max(h)));
    if high - low <= LEVEL_M {
        push(rings, plane, None, into);
        return;
    }
    let step_m = rules.structures.step_m.max(LEVEL_M);
    let (first, last) = ((low / step_m).floor() as i64, (high / step_m).ceil() as i64);
    if (last - first) as usize > MOST_PIECES {
        return;
    }
    for step in first..last {
        let strip = strip(&rings, plane, [step as f64 * step_m, (step + 1) as f64 * step_m]);
        let parts: Shapes = intersection(&rings, &[strip]);
        for part in parts {
            if into.len() > MOST_PIECES {
                return;
            }
            if m2(part.iter().map(|ring| doubled_area_mm2(ring)).sum()) >= rules.min_area_m2 {
                push(part, plane, Some(step), into);
            }
        }
    }
}

fn push(rings: Vec<Ring>, plane: Plane, step: Option<i64>, into: &mut Vec<Piece>) {
    let height_m = plane.height_m(centroid(&rings));
    let level = step.map_or(Level::Flat((height_m * 100.0).round() as i64), Level::Step);
    into.push(Piece { bounds: bounds(&rings[..1]), rings, plane, level, height_m });
}

/// The part of the plan where a plane lies between two heights, as far as the rings reach.
fn strip(rings: &[Ring], plane: Plane, heights_m: [f64; 2]) -> Ring {
    let [west, south, east, north] = bounds(&rings[..1]).map(f64::from);
    let steepness = plane.gradient[0].hypot(plane.gradient[1]);
    let up = plane.gradient.map(|part| part / steepness);
    let across = [-up[1], up[0]];
    let middle = [(west + east) / 2.0, (south + north) / 2.0];
    let reach = (east - west).hypot(north - south) / 2.0 + 1000.0;
    let at_middle = plane.height_m(middle);
    let [from, to] = heights_m.map(|h| ((h - at_middle) * 1000.0 / steepness).clamp(-reach, reach));
    [[from, -reach], [to, -reach], [to, reach], [from, reach]]
        .map(|[along, aside]| {
            [0, 1].map(|axis| (middle[axis] + up[axis] * along + across[axis] * aside).round() as i32)
        })
        .into_iter()
        .collect::<Ring>()
        .into_ccw()
}

trait Ccw {
    fn into_ccw(self) -> Self;
}

impl Ccw for Ring {
    fn into_ccw(mut self) -> Self {
        if doubled_area_mm2(&self) < 0 {
            self.reverse();
        }
        self
    }
}

/// Centre of gravity of a polygon, millimetres; the middle of its bounds when it encloses nothing.
pub(super) fn centroid(rings: &[Ring]) -> [f64; 2] {
    let Some(origin) = rings.first().and_then(|ring| ring.first()) else { return [0.0; 2] };
    let (mut sum, mut weight) = ([0.0; 2], 0.0);
    for ring in rings {
        for (a, b) in ring.iter().zip(ring.iter().cycle().skip(1)) {
            let a = [0, 1].map(|i| f64::from(a[i]) - f64::from(origin[i]));
            let b = [0, 1].map(|i| f64::from(b[i]) - f64::from(origin[i]));
            let cross = a[0] * b[1] - b[0] * a[1];
            weight += cross;
            for axis in 0..2 {
                sum[axis] += cross * (a[axis] + b[axis]) / 3.0;
            }
        }
    }
    if weight.abs() < 1.0 {
        let [west, south, east, north] = bounds(&rings[..1]).map(f64::from);
        return [(west + east) / 2.0, (south + north) / 2.0];
    }
    [0, 1].map(|axis| f64::from(origin[axis]) + sum[axis] / weight)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pieces_of(ring: Vec<[i32; 3]>) -> Vec<Piece> {
        let face = Face::of(vec![ring], None).expect("a face");
        let mut report = Report::default();
        let mut subject = Subject { name: "t", place: "t", report: &mut report };
        let pieces = steps(&[face], &Rules::default(), &mut subject);
        assert!(report.entries.is_empty(), "{report:?}");
        pieces.up.into_iter().chain(pieces.down).collect()
    }

    fn area(pieces: &[Piece]) -> f64 {
        m2(pieces.iter().flat_map(|p| &p.rings).map(|ring| doubled_area_mm2(ring)).sum())
    }

    /// A ramp from 36.2 to 38.2 m T.P. crosses five steps of half a metre; the first and last are cut short.
    #[test]
    fn a_ramp_is_cut_along_its_contours() {
        let ramp = vec![[0, 0, 36_200], [20_000, 0, 38_200], [20_000, 3000, 38_200], [0, 3000, 36_200]];
        let pieces = pieces_of(ramp);
        let heights: Vec<f64> = pieces.iter().map(|p| (p.height_m * 1000.0).round() / 1000.0).collect();
        assert_eq!(heights, [36.35, 36.75, 37.25, 37.75, 38.1]);
        assert!((area(&pieces) - 60.0).abs() < 1e-6, "nothing is lost: {}", area(&pieces));
    }

    #[test]
    fn a_level_face_stays_whole_and_one_from_below_is_turned() {
        let mut top = vec![[0, 0, 41_160], [9000, 0, 41_160], [9000, 4000, 41_160], [0, 4000, 41_150]];
        for _ in 0..2 {
            let pieces = pieces_of(top.clone());
            assert_eq!((pieces.len(), area(&pieces)), (1, 36.0));
            assert!(matches!(pieces[0].level, Level::Flat(4116 | 4115)));
            top.reverse();
        }
    }
}
