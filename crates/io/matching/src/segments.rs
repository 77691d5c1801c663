//! The links of a walk network as straight segments in columns, and which of them matter in which cell.
//!
//! The plan is halved again and again; a child keeps those of its parent's segments that can still matter, so
//! the lists of the leaves are complete by construction: from a cell with middle `c` and half diagonal `h`, the
//! nearest segment of any of its points has `dist(c, s) <= min dist(c, .) + 2 h`, and all within a radius `r` of
//! any of its points have `dist(c, s) <= r + h`.

use futago_model::{WalkNetwork, metres_from_mm};

/// Straight pieces of links, in columns.
#[derive(Debug, Clone, Default)]
pub struct Segments {
    /// Beginning, east, metres.
    pub x: Vec<f64>,
    /// Beginning, north, metres.
    pub y: Vec<f64>,
    /// To the end, east, metres.
    pub dx: Vec<f64>,
    /// To the end, north, metres.
    pub dy: Vec<f64>,
    /// One by the squared length.
    pub per_length2: Vec<f64>,
    /// Length, metres.
    pub length_m: Vec<f32>,
    /// Index of the link.
    pub link: Vec<u32>,
    /// Way along the link to the beginning, metres in plan.
    pub start_m: Vec<f32>,
    /// Level of the link.
    pub level: Vec<f32>,
}

impl Segments {
    /// Every piece of every link that has a length in plan, in the order of the links.
    pub fn of(network: &WalkNetwork) -> Self {
        let mut all = Self::default();
        for (index, link) in network.links.iter().enumerate() {
            let mut way_m = 0.0;
            for pair in network.line_mm(futago_model::WalkLinkId(index as u32)).windows(2) {
                let [x, y] = pair[0].map(metres_from_mm);
                let [x1, y1] = pair[1].map(metres_from_mm);
                let (dx, dy) = (x1 - x, y1 - y);
                let length2 = dx * dx + dy * dy;
                if length2 == 0.0 {
                    continue;
                }
                all.x.push(x);
                all.y.push(y);
                all.dx.push(dx);
                all.dy.push(dy);
                all.per_length2.push(1.0 / length2);
                all.length_m.push(length2.sqrt() as f32);
                all.link.push(index as u32);
                all.start_m.push(way_m as f32);
                all.level.push(link.level);
                way_m += length2.sqrt();
            }
        }
        all
    }

    /// Number of segments.
    pub fn len(&self) -> usize {
        self.x.len()
    }

    /// True without segments.
    pub fn is_empty(&self) -> bool {
        self.x.is_empty()
    }

    /// Squared distance of a place from a segment, square metres, and how far along it the nearest point is, 0 to
    /// 1.
    #[inline]
    pub fn distance2(&self, segment: u32, x: f64, y: f64) -> (f64, f64) {
        let at = segment as usize;
        let (px, py) = (x - self.x[at], y - self.y[at]);
        let (dx, dy) = (self.dx[at], self.dy[at]);
        let along = ((px * dx + py * dy) * self.per_length2[at]).clamp(0.0, 1.0);
        let (ex, ey) = (px - along * dx, py - along * dy);
        (ex * ex + ey * ey, along)
    }

    /// Way along the link to a point of a segment, metres in plan.
    #[inline]
    pub fn offset_m(&self, segment: u32, along: f64) -> f32 {
        let at = segment as usize;
        self.start_m[at] + along as f32 * self.length_m[at]
    }

    /// West, south, east, north of all, metres.
    pub fn bounds_m(&self) -> [f64; 4] {
        let mut bounds = [f64::MAX, f64::MAX, f64::MIN, f64::MIN];
        for at in 0..self.len() {
            for (x, y) in [(self.x[at], self.y[at]), (self.x[at] + self.dx[at], self.y[at] + self.dy[at])] {
                bounds = [bounds[0].min(x), bounds[1].min(y), bounds[2].max(x), bounds[3].max(y)];
            }
        }
        bounds
    }
}

/// Which segments of a cell are kept.
#[derive(Debug, Clone, Copy)]
pub enum Keep {
    /// All that are nearest to some point of the cell, or so much farther than the nearest, metres; none of cells
    /// that are all farther from the network than `reach_m`.
    Nearest {
        /// Metres farther than the nearest.
        margin_m: f64,
        /// Metres from the network.
        reach_m: f64,
    },
    /// All within this many metres of some point of the cell.
    Within(f64),
}

/// Lists of segments of a grid of square cells.
#[derive(Debug, Clone)]
pub struct CellLists {
    origin_m: [f64; 2],
    per_cell: f64,
    side: u32,
    starts: Vec<u32>,
    lists: Vec<u32>,
}

impl CellLists {
    /// Lists for a network, in cells of about `cell_m`, `around_m` beyond the network.
    pub fn build(segments: &Segments, cell_m: f64, around_m: f64, keep: Keep) -> Self {
        let [west, south, east, north] = segments.bounds_m();
        let edge_m = (east - west).max(north - south) + 2.0 * around_m;
        // The grid is a power of two; no more than 16 million cells.
        let depth = ((edge_m / cell_m).log2().ceil().max(0.0) as u32).min(12);
        let mut level = vec![(0_u32..segments.len() as u32).collect::<Vec<u32>>()];
        let origin_m = [west - around_m, south - around_m];
        for step in 1..=depth {
            level = halved(segments, &level, origin_m, edge_m, step, keep);
        }
        let mut starts = vec![0];
        let mut lists = Vec::new();
        for list in &level {
            lists.extend_from_slice(list);
            starts.push(lists.len() as u32);
        }
        let side = 1 << depth;
        Self { origin_m, per_cell: f64::from(side) / edge_m, side, starts, lists }
    }

    /// The segments that matter at a place; none outside.
    #[inline]
    pub fn at(&self, x: f64, y: f64) -> &[u32] {
        let column = (x - self.origin_m[0]) * self.per_cell;
        let row = (y - self.origin_m[1]) * self.per_cell;
        let side = f64::from(self.side);
        // Also false for what is no number.
        if !(column >= 0.0 && column < side && row >= 0.0 && row < side) {
            return &[];
        }
        let cell = row as usize * self.side as usize + column as usize;
        &self.lists[self.starts[cell] as usize..self.starts[cell + 1] as usize]
    }

    /// Length of all lists.
    pub fn entries(&self) -> usize {
        self.lists.len()
    }
}

/// The lists of cells half as wide.
fn halved(
    segments: &Segments,
    parents: &[Vec<u32>],
    origin_m: [f64; 2],
    edge_m: f64,
    step: u32,
    keep: Keep,
) -> Vec<Vec<u32>> {
    use rayon::prelude::*;
    let side = 1_usize << step;
    let cell_m = edge_m / side as f64;
    // A little more than half the diagonal: rounding must not lose a segment.
    let half_m = cell_m * std::f64::consts::FRAC_1_SQRT_2 * (1.0 + 1e-9) + 1e-6;
    (0..side * side)
        .into_par_iter()
        .map(|cell| {
            let (row, column) = (cell / side, cell % side);
            let parent = &parents[(row / 2) * (side / 2) + column / 2];
            let x = origin_m[0] + (column as f64 + 0.5) * cell_m;
            let y = origin_m[1] + (row as f64 + 0.5) * cell_m;
            let distances: Vec<f64> =
                parent.iter().map(|segment| segments.distance2(*segment, x, y).0.sqrt()).collect();
            let nearest_m = distances.iter().copied().fold(f64::MAX, f64::min);
            let most_m = match keep {
                Keep::Nearest { reach_m, .. } if nearest_m - half_m > reach_m => -1.0,
                Keep::Nearest { margin_m, .. } => nearest_m + 2.0 * half_m + margin_m,
                Keep::Within(radius_m) => radius_m + half_m,
            };
            let kept = parent.iter().zip(&distances).filter(|(_, distance_m)| **distance_m <= most_m);
            kept.map(|(segment, _)| *segment).collect()
        })
        .collect()
}
