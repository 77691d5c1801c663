//! Distances, feet of perpendiculars and samples of lines on the millimetre grid.

use rstar::{AABB, PointDistance, RTree, RTreeObject};

use crate::project::Mm;

pub(crate) fn distance_m(a: Mm, b: Mm) -> f64 {
    f64::hypot(f64::from(a[0]) - f64::from(b[0]), f64::from(a[1]) - f64::from(b[1])) / 1000.0
}

pub(crate) fn length_m(line: &[Mm]) -> f64 {
    line.windows(2).map(|pair| distance_m(pair[0], pair[1])).sum()
}

/// Place along a segment, from 0 to 1, that is nearest to a point.
pub(crate) fn foot(at: Mm, [a, b]: [Mm; 2]) -> f64 {
    let v = [0, 1].map(|i| f64::from(b[i]) - f64::from(a[i]));
    let w = [0, 1].map(|i| f64::from(at[i]) - f64::from(a[i]));
    let square = v[0] * v[0] + v[1] * v[1];
    if square == 0.0 { 0.0 } else { ((v[0] * w[0] + v[1] * w[1]) / square).clamp(0.0, 1.0) }
}

/// The point at a place along a segment.
pub(crate) fn along([a, b]: [Mm; 2], share: f64) -> Mm {
    [0, 1].map(|i| (f64::from(a[i]) + share * (f64::from(b[i]) - f64::from(a[i]))).round() as i32)
}

/// Where two segments cross within both, as shares of each; none when they only touch, or are parallel.
pub(crate) fn crossing([a, b]: [Mm; 2], [c, d]: [Mm; 2]) -> Option<[f64; 2]> {
    let vector = |from: Mm, to: Mm| [0, 1].map(|i| i64::from(to[i]) - i64::from(from[i]));
    let cross = |u: [i64; 2], v: [i64; 2]| u[0] * v[1] - u[1] * v[0];
    let (r, s, w) = (vector(a, b), vector(c, d), vector(a, c));
    let denominator = cross(r, s);
    if denominator == 0 {
        return None;
    }
    let [t, u] = [cross(w, s), cross(w, r)].map(|n| n as f64 / denominator as f64);
    let inside = |share: f64| share > 0.0 && share < 1.0;
    (inside(t) && inside(u)).then_some([t, u])
}

/// Points on a line, about `step_m` apart, its ends left out unless it is shorter than a step.
pub(crate) fn samples(line: &[Mm], step_m: f64) -> Vec<Mm> {
    let total = length_m(line);
    let count = (total / step_m).ceil().max(1.0) as usize;
    let mut points = Vec::with_capacity(count);
    let (mut segments, mut before) = (line.windows(2), 0.0);
    let Some(mut segment) = segments.next().map(|w| [w[0], w[1]]) else { return line.to_vec() };
    for index in 0..count {
        let wanted = (index as f64 + 0.5) / count as f64 * total;
        let mut long = distance_m(segment[0], segment[1]);
        while before + long < wanted {
            let Some(next) = segments.next() else { break };
            before += long;
            segment = [next[0], next[1]];
            long = distance_m(segment[0], segment[1]);
        }
        points.push(along(segment, if long > 0.0 { ((wanted - before) / long).min(1.0) } else { 0.0 }));
    }
    points
}

/// A segment of a line, for finding what is near.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Segment {
    /// Index of its line.
    pub line: u32,
    /// Its number in the line, from 0.
    pub number: u32,
    /// Its ends.
    pub ends: [Mm; 2],
}

impl RTreeObject for Segment {
    type Envelope = AABB<[f64; 2]>;

    fn envelope(&self) -> Self::Envelope {
        AABB::from_corners(self.ends[0].map(f64::from), self.ends[1].map(f64::from))
    }
}

impl PointDistance for Segment {
    fn distance_2(&self, point: &[f64; 2]) -> f64 {
        let at = point.map(|m| m.round() as i32);
        let near = along(self.ends, foot(at, self.ends)).map(f64::from);
        (near[0] - point[0]).powi(2) + (near[1] - point[1]).powi(2)
    }
}

/// Segments of many lines, found by place.
pub(crate) struct Near {
    tree: RTree<Segment>,
}

/// A segment found, and how far it is.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Found {
    pub segment: Segment,
    /// Where on it, from 0 to 1.
    pub share: f64,
    /// The place there.
    pub at: Mm,
    pub distance_m: f64,
}

impl Near {
    pub fn new<'a>(lines: impl Iterator<Item = (u32, &'a [Mm])>) -> Self {
        let mut segments = Vec::new();
        for (line, vertices) in lines {
            for (number, pair) in vertices.windows(2).enumerate() {
                segments.push(Segment { line, number: number as u32, ends: [pair[0], pair[1]] });
            }
        }
        Self { tree: RTree::bulk_load(segments) }
    }

    /// The nearest segment within a distance that `wanted` lets through; of equals the first line's.
    pub fn nearest(&self, at: Mm, within_m: f64, wanted: impl Fn(&Segment) -> bool) -> Option<Found> {
        let mut best: Option<Found> = None;
        for segment in self.around(at, within_m) {
            if !wanted(&segment) {
                continue;
            }
            let share = foot(at, segment.ends);
            let place = along(segment.ends, share);
            let found = Found { segment, share, at: place, distance_m: distance_m(at, place) };
            let key = |f: &Found| (f.segment.line, f.segment.number);
            let better = best.is_none_or(|b| {
                found.distance_m < b.distance_m || found.distance_m == b.distance_m && key(&found) < key(&b)
            });
            if found.distance_m <= within_m && better {
                best = Some(found);
            }
        }
        best
    }

    /// The segments whose box reaches the square around a point.
    pub fn around(&self, at: Mm, within_m: f64) -> impl Iterator<Item = Segment> + '_ {
        let reach = within_m * 1000.0;
        let low = at.map(|m| f64::from(m) - reach);
        let high = at.map(|m| f64::from(m) + reach);
        self.tree.locate_in_envelope_intersecting(&AABB::from_corners(low, high)).copied()
    }

    /// The segments whose box meets that of a segment, in the order of lines.
    pub fn meeting(&self, ends: [Mm; 2]) -> Vec<Segment> {
        let envelope = AABB::from_corners(ends[0].map(f64::from), ends[1].map(f64::from));
        let mut found: Vec<Segment> = self.tree.locate_in_envelope_intersecting(&envelope).copied().collect();
        found.sort_unstable_by_key(|segment| (segment.line, segment.number));
        found
    }
}
