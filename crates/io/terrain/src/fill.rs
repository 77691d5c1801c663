//! Holes between known heights: ponds, rivers, what a survey left out.
//!
//! From a sample without a height one looks in eight directions, at most [`REACH_M`] far. When heights are met in
//! two opposite directions, the hole lies between them, and the sample gets the mean of all heights met, each with
//! the weight of one over its distance. So holes and rivers are closed, and nothing grows at the outer edge.

use futago_model::{Terrain, TerrainGrid};
use rayon::prelude::*;

/// How far away a height may be that fills a hole, metres.
pub(crate) const REACH_M: f64 = 100.0;

/// Four directions; the other four are opposite to them.
const DIRECTIONS: [[i64; 2]; 4] = [[1, 0], [0, 1], [1, 1], [1, -1]];

/// Fills what lies between known heights, and marks it; how many samples that were.
pub(crate) fn fill(grid: &TerrainGrid, heights_mm: &mut [i32], origins: &mut [u8]) -> usize {
    let columns = grid.columns as usize;
    let known: &[i32] = heights_mm;
    let near = Near::of(grid, known);
    let found: Vec<(usize, i32)> = (0..grid.len())
        .into_par_iter()
        .filter(|index| known[*index] == Terrain::NO_DATA)
        .filter(|index| near.holds([index % columns, index / columns]))
        .filter_map(|index| Some((index, between(grid, known, [index % columns, index / columns])?)))
        .collect();
    for (index, height) in &found {
        heights_mm[*index] = *height;
        origins[*index] = Terrain::FILLED;
    }
    found.len()
}

/// Which blocks, as wide as one looks, have a height in them or beside them. From anywhere else there is nothing to
/// be seen: two small surveys far apart leave millions of such samples.
struct Near {
    side: usize,
    across: usize,
    blocks: Vec<bool>,
}

impl Near {
    fn of(grid: &TerrainGrid, known: &[i32]) -> Self {
        let side = (REACH_M / grid.spacing_m()).ceil().max(1.0) as usize;
        let [columns, rows] = [grid.columns, grid.rows].map(|count| count as usize);
        let across = columns.div_ceil(side);
        let has_height = |block: usize| {
            let [west, south] = [block % across, block / across].map(|at| at * side);
            let mut lines = south..rows.min(south + side);
            lines.any(|row| {
                let line = &known[row * columns + west..row * columns + columns.min(west + side)];
                line.iter().any(|height| *height != Terrain::NO_DATA)
            })
        };
        let down = rows.div_ceil(side);
        let own: Vec<bool> = (0..across * down).into_par_iter().map(has_height).collect();
        let around = |at: usize, count: usize| at.saturating_sub(1)..count.min(at + 2);
        let is_near = |block: usize| {
            let mut lines = around(block / across, down);
            lines.any(|line| around(block % across, across).any(|column| own[line * across + column]))
        };
        Self { side, across, blocks: (0..own.len()).map(is_near).collect() }
    }

    fn holds(&self, [column, row]: [usize; 2]) -> bool {
        self.blocks[row / self.side * self.across + column / self.side]
    }
}

fn between(grid: &TerrainGrid, known: &[i32], at: [usize; 2]) -> Option<i32> {
    let (mut sum, mut weights, mut opposite) = (0.0, 0.0, false);
    for direction in DIRECTIONS {
        let back = direction.map(|step| -step);
        let ends = [direction, back].map(|way| first_known(grid, known, at, way));
        opposite |= ends.iter().all(Option::is_some);
        for (height, steps) in ends.into_iter().flatten() {
            let length = if direction[0] * direction[1] == 0 { 1.0 } else { std::f64::consts::SQRT_2 };
            let weight = 1.0 / (steps as f64 * length);
            sum += weight * f64::from(height);
            weights += weight;
        }
    }
    opposite.then(|| (sum / weights).round() as i32)
}

/// The first height in a direction and how many steps away it is.
fn first_known(grid: &TerrainGrid, known: &[i32], at: [usize; 2], way: [i64; 2]) -> Option<(i32, i64)> {
    let diagonal = way[0] * way[1] != 0;
    let length_m = grid.spacing_m() * if diagonal { std::f64::consts::SQRT_2 } else { 1.0 };
    let [columns, rows] = [grid.columns, grid.rows].map(i64::from);
    for steps in 1..=(REACH_M / length_m) as i64 {
        let [column, row] = [0, 1].map(|i| at[i] as i64 + steps * way[i]);
        if !(0..columns).contains(&column) || !(0..rows).contains(&row) {
            return None;
        }
        let height = known[(row * columns + column) as usize];
        if height != Terrain::NO_DATA {
            return Some((height, steps));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn holes_and_rivers_are_closed_and_edges_do_not_grow() {
        let grid = TerrainGrid { first_mm: [0, 0], spacing_mm: 5000, columns: 60, rows: 50 };
        let mut heights = vec![Terrain::NO_DATA; grid.len()];
        for row in 0..50 {
            for column in 0..40 {
                // A river along a column, a pond in a slope, nothing east of column 40.
                let pond = (10..15).contains(&row) && (5..9).contains(&column);
                if column != 20 && !pond {
                    heights[row * 60 + column] = 100 * column as i32;
                }
            }
        }
        let mut origins: Vec<u8> =
            heights.iter().map(|h| if *h == Terrain::NO_DATA { Terrain::NO_SOURCE } else { 0 }).collect();
        let filled = fill(&grid, &mut heights, &mut origins);
        assert_eq!(filled, 50 + 20);
        assert_eq!((heights[7 * 60 + 20], origins[7 * 60 + 20]), (2000, Terrain::FILLED));
        let pond = heights[12 * 60 + 6];
        assert!((500..=800).contains(&pond), "{pond}");
        assert!((0..50).all(|row| heights[row * 60 + 40] == Terrain::NO_DATA));
    }
    #[test]
    fn what_is_seen_from_a_block_beside_is_filled() {
        // Two walls 95 m apart, wherever they lie to the blocks of 20 samples; far away there is nothing.
        let grid = TerrainGrid { first_mm: [0, 0], spacing_mm: 5000, columns: 200, rows: 45 };
        for first in 40..60 {
            let mut heights = vec![Terrain::NO_DATA; grid.len()];
            for row in 0..45 {
                heights[row * 200 + first] = 1000;
                heights[row * 200 + first + 19] = 1000;
            }
            let mut origins = vec![Terrain::NO_SOURCE; grid.len()];
            assert_eq!(fill(&grid, &mut heights, &mut origins), 45 * 18, "{first}");
        }
        let near = Near::of(&grid, &vec![Terrain::NO_DATA; grid.len()]);
        assert!(near.blocks.len() == 10 * 3 && !near.holds([199, 44]));
    }
}
