//! Which cells of a grid lie inside a building: nobody walks there.

use futago_field::Grid;
use futago_model::CityModel;
use rayon::prelude::*;

/// A solid whose underside is higher has people below it, metres above the ground.
const HEADROOM_M: f32 = 2.0;
/// Rows that one task fills.
const BAND_ROWS: usize = 32;

/// One flag a cell, in the grid's order: true where its centre is inside a building.
pub fn inside_buildings(grid: &Grid, city: &CityModel) -> Vec<bool> {
    let bounds = grid.bounds_m();
    let standing = city.buildings.solids.iter().filter(|solid| solid.bottom_m < HEADROOM_M);
    let rings: Vec<Vec<[[f64; 2]; 2]>> = standing
        .map(|solid| city.buildings.polygons.get(solid.polygon))
        .filter(|polygon| {
            let b = polygon.bounds_m();
            b[0] <= bounds[2] && bounds[0] <= b[2] && b[1] <= bounds[3] && bounds[1] <= b[3]
        })
        .map(|polygon| polygon.edges_m().collect())
        .collect();
    inside_rings(grid, &rings)
}

/// The same for outlines given as edges: inside by the even-odd rule of at least one.
pub fn inside_rings(grid: &Grid, outlines: &[Vec<[[f64; 2]; 2]>]) -> Vec<bool> {
    let columns = grid.columns.max(1) as usize;
    let mut mask = vec![false; grid.len()];
    mask.par_chunks_mut(columns * BAND_ROWS).enumerate().for_each(|(band, rows)| {
        let mut crossings = Vec::new();
        for edges in outlines {
            let (mut south, mut north) = (f64::INFINITY, f64::NEG_INFINITY);
            for y in edges.iter().flatten().map(|at| at[1]) {
                (south, north) = (south.min(y), north.max(y));
            }
            for (row, line) in rows.chunks_mut(columns).enumerate() {
                let y = grid.first_m[1] + (band * BAND_ROWS + row) as f64 * grid.spacing_m;
                if y < south || y > north {
                    continue;
                }
                crossings.clear();
                crossings.extend(
                    edges
                        .iter()
                        .filter(|[a, b]| (a[1] > y) != (b[1] > y))
                        .map(|[a, b]| a[0] + (y - a[1]) / (b[1] - a[1]) * (b[0] - a[0])),
                );
                crossings.sort_by(f64::total_cmp);
                crossings.chunks_exact(2).for_each(|pair| fill(grid, line, pair[0], pair[1]));
            }
        }
    });
    mask
}

fn fill(grid: &Grid, line: &mut [bool], from_m: f64, to_m: f64) {
    let cell =
        |x: f64| ((x - grid.first_m[0]) / grid.spacing_m).ceil().clamp(0.0, line.len() as f64) as usize;
    let (first, end) = (cell(from_m), cell(to_m));
    if first < end {
        line[first..end].fill(true);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_inside_and_courtyards() {
        let grid = Grid { first_m: [0.5, 0.5], spacing_m: 1.0, columns: 10, rows: 10, height_m: 0.0 };
        let ring = |w: f64, e: f64| {
            let c = [[w, w], [e, w], [e, e], [w, e]];
            (0..4).map(|i| [c[i], c[(i + 1) % 4]]).collect::<Vec<_>>()
        };
        let house: Vec<_> = ring(1.0, 8.0).into_iter().chain(ring(3.0, 5.0)).collect();
        let mask = inside_rings(&grid, &[house]);
        assert_eq!(mask.iter().filter(|inside| **inside).count(), 49 - 4);
        assert!(mask[11] && !mask[33] && !mask[0] && !mask[99]);
    }
}
