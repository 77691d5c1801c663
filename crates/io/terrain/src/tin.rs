//! Triangles of the ground, and the heights of a grid from them.
//!
//! A sample that lies in a triangle or on its edge gets the height of its plane. Where triangles overlap the
//! first one counts, so the result does not depend on the number of threads. A triangle is walked row by row;
//! a proper TIN covers the grid once, and one that covers it many times over is cut short.

use futago_model::{Terrain, TerrainGrid};
use rayon::prelude::*;

/// Rows that are worked on together.
const BAND: usize = 32;

/// Samples that triangles may cover, as a multiple of those of the grid: a TIN covers it once.
const MOST_COVERS: u64 = 16;

/// Rows or samples that one triangle costs at least.
const LEAST_COST: u64 = 4;

/// A surface of triangles.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Tin {
    /// What it is called in the Report.
    pub name: String,
    /// Corners: east, north, millimetres from the site origin, and height, millimetres T.P. Coordinates lie
    /// within 1,000 km.
    pub triangles: Vec<[[i32; 3]; 3]>,
}

/// A sample grid as the triangles see it: heights in millimetres T.P. or [`Terrain::NO_DATA`].
pub(crate) struct Layer {
    pub heights_mm: Vec<i32>,
    /// Triangles that were left out, because those before them cover the grid too often.
    pub left_out: usize,
}

impl Tin {
    /// West, south, east, north, site metres; none without triangles.
    pub fn bounds_m(&self) -> Option<[f64; 4]> {
        let corners = self.triangles.iter().flatten();
        let bounds = corners.fold(None, |bounds: Option<[i32; 4]>, [e, n, _]| {
            let [west, south, east, north] = bounds.unwrap_or([*e, *n, *e, *n]);
            Some([west.min(*e), south.min(*n), east.max(*e), north.max(*n)])
        });
        bounds.map(|bounds| bounds.map(futago_model::metres_from_mm))
    }

    /// Distance of its points, metres, were they on a square grid: two triangles a square.
    pub fn spacing_m(&self) -> Option<f64> {
        let area_m2: f64 = self.triangles.iter().map(|t| twice_area(t).unsigned_abs() as f64 / 2e6).sum();
        (area_m2 > 0.0).then(|| (2.0 * area_m2 / self.triangles.len() as f64).sqrt())
    }

    /// Heights at the samples of a grid.
    pub(crate) fn rasterise(&self, grid: &TerrainGrid) -> Layer {
        let columns = grid.columns as usize;
        let bands = (grid.rows as usize).div_ceil(BAND);
        let mut budget = MOST_COVERS * grid.len() as u64 + 64 * self.triangles.len() as u64;
        let mut of_band: Vec<Vec<u32>> = vec![Vec::new(); bands];
        let mut left_out = 0;
        for (index, triangle) in self.triangles.iter().enumerate() {
            let Some([first, last]) = rows_of(triangle, grid) else { continue };
            match budget.checked_sub(cost(triangle, [first, last], grid)) {
                Some(left) => budget = left,
                None => {
                    left_out += 1;
                    continue;
                }
            }
            for band in &mut of_band[first / BAND..=last / BAND] {
                band.push(index as u32);
            }
        }
        let mut heights_mm = vec![Terrain::NO_DATA; grid.len()];
        heights_mm.par_chunks_mut(BAND * columns).zip(of_band).enumerate().for_each(
            |(band, (heights, triangles))| {
                for index in triangles {
                    draw(&self.triangles[index as usize], grid, band * BAND, heights);
                }
            },
        );
        Layer { heights_mm, left_out }
    }
}

/// Twice the area in plan, square millimetres, positive counter-clockwise. Differences are within 2e9.
fn twice_area([a, b, c]: &[[i32; 3]; 3]) -> i64 {
    let d = |p: &[i32; 3], q: &[i32; 3], i: usize| i64::from(q[i]) - i64::from(p[i]);
    d(a, b, 0) * d(a, c, 1) - d(a, b, 1) * d(a, c, 0)
}

/// The rows of samples between the southern and northern corner; none when there are none.
fn rows_of(triangle: &[[i32; 3]; 3], grid: &TerrainGrid) -> Option<[usize; 2]> {
    if twice_area(triangle) == 0 {
        return None;
    }
    let south = triangle.iter().map(|corner| corner[1]).min()?;
    let north = triangle.iter().map(|corner| corner[1]).max()?;
    steps(south, north, grid.first_mm[1], grid)
        .map(|[first, last]| [first, last.min(i64::from(grid.rows) - 1)])
        .filter(|[first, last]| first <= last)
        .map(|range| range.map(|row| row as usize))
}

/// Whole steps of the grid between two coordinates, from the first sample on.
fn steps(low: i32, high: i32, first: i32, grid: &TerrainGrid) -> Option<[i64; 2]> {
    let spacing = i64::from(grid.spacing_mm);
    let [low, high] = [low, high].map(|mm| i64::from(mm) - i64::from(first));
    let range = [(low + spacing - 1).div_euclid(spacing).max(0), high.div_euclid(spacing)];
    (range[0] <= range[1]).then_some(range)
}

/// Samples and rows that a triangle may cost.
fn cost(triangle: &[[i32; 3]; 3], [first, last]: [usize; 2], grid: &TerrainGrid) -> u64 {
    let cell = u64::from(grid.spacing_mm) * u64::from(grid.spacing_mm);
    let whole_rows = (last - first + 1) as u64 * u64::from(grid.columns);
    (twice_area(triangle).unsigned_abs() / (2 * cell)).min(whole_rows) + (last - first) as u64 + LEAST_COST
}

/// Draws a triangle into the rows of a band that begins at row `from`.
fn draw(triangle: &[[i32; 3]; 3], grid: &TerrainGrid, from: usize, heights: &mut [i32]) {
    let columns = grid.columns as usize;
    let Some([first, last]) = rows_of(triangle, grid) else { return };
    let until = from + heights.len() / columns;
    for row in first.max(from)..=last.min(until - 1) {
        let north = i64::from(grid.first_mm[1]) + row as i64 * i64::from(grid.spacing_mm);
        let Some([west, east]) = crossing(triangle, north) else { continue };
        let spacing = f64::from(grid.spacing_mm);
        let column = |east: f64| (east - f64::from(grid.first_mm[0])) / spacing;
        // Edges are hit exactly by samples on round coordinates: a hair of room, told exactly below.
        let range = [(column(west) - 1e-6).ceil().max(0.0), (column(east) + 1e-6).floor()];
        if range[0] > range[1] {
            continue;
        }
        let line = &mut heights[(row - from) * columns..(row - from + 1) * columns];
        let range = range[0] as usize..=(range[1] as usize).min(columns - 1);
        for column in range {
            let east = i64::from(grid.first_mm[0]) + column as i64 * i64::from(grid.spacing_mm);
            if line[column] == Terrain::NO_DATA
                && let Some(height) = height_at(triangle, [east, north])
            {
                line[column] = height;
            }
        }
    }
}

/// West and east of the cut of a triangle with a line of one northing.
fn crossing(triangle: &[[i32; 3]; 3], north: i64) -> Option<[f64; 2]> {
    let mut range: Option<[f64; 2]> = None;
    let mut grow = |east: f64| {
        let [west, far] = range.unwrap_or([east, east]);
        range = Some([west.min(east), far.max(east)]);
    };
    for i in 0..3 {
        let [a, b] = [triangle[i], triangle[(i + 1) % 3]].map(|corner| [corner[0], corner[1]].map(i64::from));
        if a[1] == north {
            grow(a[0] as f64);
        }
        if (a[1] < north) != (b[1] < north) {
            let t = (north - a[1]) as f64 / (b[1] - a[1]) as f64;
            grow(a[0] as f64 + t * (b[0] - a[0]) as f64);
        }
    }
    range
}

/// The height of a triangle's plane at a place inside of it or on its edge, whole millimetres.
fn height_at(triangle: &[[i32; 3]; 3], at: [i64; 2]) -> Option<i32> {
    let area = twice_area(triangle);
    let side = |a: &[i32; 3], b: &[i32; 3]| {
        let d = [0, 1].map(|i| i64::from(b[i]) - i64::from(a[i]));
        d[0] * (at[1] - i64::from(a[1])) - d[1] * (at[0] - i64::from(a[0]))
    };
    let [a, b, c] = triangle;
    let weights = [side(b, c), side(c, a), side(a, b)];
    let inside = weights.iter().all(|weight| weight.signum() * area.signum() >= 0);
    inside.then(|| {
        let sum: f64 = weights.iter().zip(triangle).map(|(w, corner)| *w as f64 * f64::from(corner[2])).sum();
        (sum / area as f64).round() as i32
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grid() -> TerrainGrid {
        TerrainGrid { first_mm: [0, 0], spacing_mm: 1000, columns: 81, rows: 71 }
    }

    /// A plane of two triangles, as high as east plus twice north.
    fn plane() -> Tin {
        let corner = |e: i32, n: i32| [e, n, e + 2 * n];
        let [a, b, c, d] = [corner(0, 0), corner(60_000, 0), corner(60_000, 50_000), corner(0, 50_000)];
        Tin { name: "plane".to_owned(), triangles: vec![[a, b, c], [a, d, c]] }
    }

    #[test]
    fn a_plane_is_a_plane_with_its_edges_whichever_way_its_triangles_turn() {
        let layer = plane().rasterise(&grid());
        for (index, height) in layer.heights_mm.iter().enumerate() {
            let (column, row) = (index as i32 % 81, index as i32 / 81);
            let want = if column <= 60 && row <= 50 { 1000 * (column + 2 * row) } else { Terrain::NO_DATA };
            assert_eq!(*height, want, "{column}, {row}");
        }
        assert_eq!(layer.left_out, 0);
    }

    #[test]
    fn points_of_a_tin_are_as_far_apart_as_its_triangles_are_large() {
        assert!((plane().spacing_m().unwrap() - 3000.0_f64.sqrt()).abs() < 1e-6);
        assert_eq!(Tin::default().spacing_m(), None);
        assert_eq!(plane().bounds_m(), Some([0.0, 0.0, 60.0, 50.0]));
    }

    #[test]
    fn far_and_flat_and_countless_triangles_are_harmless() {
        let far =
            [[-1_000_000_000, -1_000_000_000, 5], [1_000_000_000, -1_000_000_000, 5], [0, 1_000_000_000, 5]];
        let flat = [[0, 0, 0], [10_000, 0, 0], [20_000, 0, 0]];
        let layer = Tin { name: String::new(), triangles: vec![flat, far] }.rasterise(&grid());
        assert!(layer.heights_mm.iter().all(|height| *height == 5));
        let countless = Tin { name: String::new(), triangles: vec![far; 5000] }.rasterise(&grid());
        assert!(countless.left_out > 4800, "{}", countless.left_out);
        assert!(countless.heights_mm.iter().all(|height| *height == 5));
    }
}
