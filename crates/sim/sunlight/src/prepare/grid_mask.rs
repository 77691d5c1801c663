//! Which cells of a grid lie inside a building, where the ground has no sun to count. What lies under a deck is
//! not inside.

use futago_field::Grid;
use rayon::prelude::*;

use super::scene::Scene;

/// One flag a cell (west to east, then south to north): true where a solid fills the grid's height.
pub fn inside_solids(grid: &Grid, scene: &Scene) -> Vec<bool> {
    let mut mask = vec![false; grid.len()];
    let bounds = grid.bounds_m();
    let near: Vec<_> =
        scene.solids.iter().filter(|s| s.fills(grid.height_m) && overlaps(s.bounds_m, bounds)).collect();
    let columns = grid.columns.max(1) as usize;
    const BAND_ROWS: usize = 32;
    mask.par_chunks_mut(columns * BAND_ROWS).enumerate().for_each(|(band, rows)| {
        let first_row = (band * BAND_ROWS) as u32;
        let mut crossings = Vec::new();
        for solid in &near {
            let south = row_of(grid, solid.bounds_m[1]).ceil().max(f64::from(first_row));
            let last = f64::from(first_row) + (rows.len() / columns) as f64 - 1.0;
            let north = row_of(grid, solid.bounds_m[3]).floor().min(last);
            let mut row = south;
            while row <= north {
                let y = grid.first_m[1] + row * grid.spacing_m;
                crossings.clear();
                for wall in scene.walls_of(solid) {
                    if (wall.a[1] > y) != (wall.b[1] > y) {
                        let share = (y - wall.a[1]) / (wall.b[1] - wall.a[1]);
                        crossings.push(wall.a[0] + share * (wall.b[0] - wall.a[0]));
                    }
                }
                crossings.sort_by(f64::total_cmp);
                let line = &mut rows[(row as usize - first_row as usize) * columns..][..columns];
                crossings.chunks_exact(2).for_each(|pair| fill(grid, line, pair[0], pair[1]));
                row += 1.0;
            }
        }
    });
    mask
}

fn fill(grid: &Grid, line: &mut [bool], from_m: f64, to_m: f64) {
    let first = ((from_m - grid.first_m[0]) / grid.spacing_m).ceil().max(0.0) as usize;
    let end = ((to_m - grid.first_m[0]) / grid.spacing_m).ceil().clamp(0.0, line.len() as f64) as usize;
    if first < end {
        line[first..end].fill(true);
    }
}

fn row_of(grid: &Grid, y_m: f64) -> f64 {
    (y_m - grid.first_m[1]) / grid.spacing_m
}

/// Whether two rectangles (west, south, east, north) share a point.
pub fn overlaps(a: [f64; 4], b: [f64; 4]) -> bool {
    a[0] <= b[2] && b[0] <= a[2] && a[1] <= b[3] && b[1] <= a[3]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_mask_is_the_covered_cells() {
        let triangle = vec![[2.3, 1.2], [17.9, 4.4], [6.1, 15.7]];
        let scene = Scene::from_prisms(&[
            (triangle, 10.0, "t"),
            (vec![[0., 0.], [4., 0.], [4., 4.], [0., 4.]], 0.5, "low"),
        ]);
        let grid = Grid { first_m: [-3.0, -3.0], spacing_m: 0.7, columns: 40, rows: 41, height_m: 1.5 };
        let mask = inside_solids(&grid, &scene);
        let solid = scene.solids[0];
        for row in 0..grid.rows {
            for column in 0..grid.columns {
                let expected = scene.covers(&solid, grid.centre_m(column, row));
                assert_eq!(mask[(row * grid.columns + column) as usize], expected, "{column} {row}");
            }
        }
        assert!(mask.iter().filter(|m| **m).count() > 100);
    }
}
