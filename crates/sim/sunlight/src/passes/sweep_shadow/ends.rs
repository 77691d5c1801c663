//! The two ends of a shadow: the lines that its outline or the shadow of its top touches.

use super::map::{Edge, Map};
use super::{MOST_CONVEX_WALLS, Shadow, SweepWall};

/// Edges this close to a line's direction (grid units) do not bound the stretches.
const LEVEL: f32 = 1e-3;

/// Some of a polygon's edges: those to the west of it, those to the east.
struct Edges {
    sides: [[Edge; MOST_CONVEX_WALLS]; 2],
    counts: [usize; 2],
}

impl Edges {
    #[inline(always)]
    fn none() -> Self {
        Self { sides: [[Edge { at: [0.0; 2], run: 0.0 }; MOST_CONVEX_WALLS]; 2], counts: [0; 2] }
    }

    /// Adds an edge through a place; the polygon lies to the left of its direction.
    #[inline(always)]
    fn add(&mut self, at: [f32; 2], e: [f32; 2]) {
        // Written without branches: which way an edge runs cannot be foretold.
        let side = usize::from(e[1] > 0.0);
        self.sides[side][self.counts[side] & (MOST_CONVEX_WALLS - 1)] = Edge { at, run: e[0] / e[1] };
        self.counts[side] += usize::from(e[1].abs() >= LEVEL);
    }

    #[inline(always)]
    fn side(&self, side: usize) -> &[Edge] {
        &self.sides[side][..self.counts[side]]
    }
}

/// Fills the ends of a convex outline's shadow from a line on: outline and shadow of the top enclose one convex
/// polygon, the edges of the outline towards the sun and those of the top's shadow away from it.
#[inline(always)]
pub fn fill_outline(shadow: &Shadow, walls: &[SweepWall], from: f32, map: &mut Map<'_>) {
    let v = shadow.v;
    // Towards the sun, away from it; without a middle both ends are on the same lines and share all edges.
    let mut edges = [Edges::none(), Edges::none()];
    for wall in walls {
        let e = [wall.b[0] - wall.a[0], wall.b[1] - wall.a[1]];
        let away = faces_away(e, v);
        let at = if away { [wall.a[0] + v[0], wall.a[1] + v[1]] } else { wall.a };
        edges[usize::from(away & shadow.has_middle())].add(at, e);
    }
    let [near, far] = &edges;
    let lines = [shadow.lines[0].max(from), shadow.lines[1]];
    if shadow.has_middle() {
        let [low, high] = shadow.ends(lines);
        map.fill_lines(low, shadow.strip, shadow.lean, near.side(0), near.side(1));
        map.fill_lines(high, shadow.strip, shadow.lean, far.side(0), far.side(1));
    } else {
        map.fill_lines(lines, shadow.strip, shadow.lean, near.side(0), near.side(1));
    }
}

/// Fills the ends of any outline's shadow from a line on: the parallelograms of the walls that face away from the sun.
#[inline(always)]
pub fn fill_walls(shadow: &Shadow, walls: &[SweepWall], from: f32, map: &mut Map<'_>) {
    for wall in walls {
        let e = [wall.b[0] - wall.a[0], wall.b[1] - wall.a[1]];
        if faces_away(e, shadow.v) {
            fill_wall(shadow, wall, e, from, map);
        }
    }
}

#[inline(always)]
fn fill_wall(shadow: &Shadow, wall: &SweepWall, e: [f32; 2], from: f32, map: &mut Map<'_>) {
    let (a, b, v) = (wall.a, wall.b, shadow.v);
    // Between the two lines along the shadow ...
    let (from_a, from_b) = (a[0] - a[1] * shadow.lean, b[0] - b[1] * shadow.lean);
    let strip = [from_a.min(from_b), from_a.max(from_b)];
    let lines = [a[1].min(b[1]).ceil(), (a[1].max(b[1]) + v[1]).floor()];
    let lines = [lines[0].max(from), lines[1]];
    if lines[0] > lines[1].min(map.last_line) {
        return;
    }
    // ... and between the wall and its shadow's end.
    let run = e[0] / e[1];
    let (near, end) = (Edge { at: a, run }, Edge { at: [a[0] + v[0], a[1] + v[1]], run });
    let [low, high] = shadow.ends(lines);
    if e[1].abs() < LEVEL {
        map.fill_lines(low, strip, shadow.lean, &[], &[]);
        map.fill_lines(high, strip, shadow.lean, &[], &[]);
    } else {
        // Where the shadow's end crosses the line of its start.
        let (left, right) = if v[0] > v[1] * run { (near, end) } else { (end, near) };
        map.fill_lines(low, strip, shadow.lean, &[left], &[right]);
        map.fill_lines(high, strip, shadow.lean, &[left], &[right]);
    }
}

/// Whether the inside of a wall of this direction is towards the sun.
#[inline(always)]
fn faces_away(e: [f32; 2], v: [f32; 2]) -> bool {
    e[0] * v[1] - e[1] * v[0] < 0.0
}

impl Shadow {
    /// The lines of a range that are not in the middle.
    #[inline(always)]
    fn ends(&self, lines: [f32; 2]) -> [[f32; 2]; 2] {
        let [low, high] = lines;
        if self.has_middle() {
            [[low, high.min(self.middle[0] - 1.0)], [low.max(self.middle[1] + 1.0), high]]
        } else {
            [lines, [0.0, -1.0]]
        }
    }
}
