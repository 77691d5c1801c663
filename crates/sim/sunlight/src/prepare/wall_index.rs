//! The walls sorted into the cells of a plan grid, with a pyramid of highest tops over it.
//!
//! A ray that climbs is above most of the city after a few metres. So it walks the plan: where the highest
//! wall of a cell lies below the ray the cell is left in one stride, and the pyramid makes the strides longer
//! the freer the sky. Only in the few cells that remain are walls looked at, eight at a time.
//!
//! Solids with air below are not known by their walls, since a ray may come through their underside. They are kept
//! as slabs, upright prisms over triangles, behind the blocks of walls; which slabs a cell has is told behind the
//! cells' blocks. A city without such solids has neither.

use futago_compute::gpu_struct;
use rayon::prelude::*;

use super::scene::{PlanTriangle, Scene, SceneSolid, SceneWall};

/// Walls a block. One block is five rows of eight numbers: ax, ay, ex, ey, top.
pub const LANES: usize = 8;
/// Numbers a block.
pub const BLOCK_LEN: usize = 5 * LANES;
/// Numbers a slab: three corners, counter-clockwise, then underside and top. Blocks hold a whole number of slabs.
pub const SLAB_LEN: usize = 8;
const _: () = assert!(BLOCK_LEN.is_multiple_of(SLAB_LEN));
/// Levels of the pyramid at most, the cells included.
pub const MOST_LEVELS: usize = 12;
/// Walls are put into every cell they come this close to, so that strides may overshoot a little less.
const MARGIN_M: f64 = 0.02;
/// The top of a filler wall: below everything.
const FILLER_TOP: f32 = -1.0e30;
/// Cell width that keeps a few blocks a cell in this city's density.
pub const CELL_M: f64 = 8.0;

gpu_struct! {
    /// Shape of a [`WallIndex`], as the kernels see it.
    pub struct WallGrid {
        /// West edge, metres.
        pub west_m: f32,
        /// South edge, metres.
        pub south_m: f32,
        /// Cell width, metres.
        pub cell_m: f32,
        /// Highest top, metres.
        pub top_m: f32,
        /// Cells west to east.
        pub columns: u32,
        /// Cells south to north.
        pub rows: u32,
        /// Levels of the pyramid.
        pub levels: u32,
        /// Where in the cells' list the first slab of each cell is told; 0 when there are no slabs.
        pub slabs: u32,
    }
}

/// Walls by cell.
#[derive(Debug, Clone)]
pub struct WallIndex {
    /// Its shape.
    pub grid: WallGrid,
    /// First block of each cell, and the end; rows x columns + 1. With slabs the same once more for them, counted
    /// in slabs from the beginning of `blocks`.
    pub cell_blocks: Vec<u32>,
    /// The blocks, then the slabs.
    pub blocks: Vec<f32>,
    /// Highest top of each cell, then of 2 x 2 cells, and so on; with slabs the same once more for them alone.
    pub pyramid: Vec<f32>,
}

impl WallIndex {
    /// Sorts all walls of a scene.
    pub fn build(scene: &Scene, cell_m: f64) -> Self {
        let frame = CellFrame::around(scene, cell_m);
        let rows: Vec<Vec<(u32, u32)>> = sort_into_rows(scene, &frame);
        let walls: Vec<(SceneWall, f32)> =
            standing(scene).flat_map(|s| scene.walls_of(s).iter().map(|w| (*w, s.top_m as f32))).collect();
        let parts: Vec<(Vec<u32>, Vec<f32>, Vec<f32>)> =
            rows.into_par_iter().map(|row| fill_row(&walls, row, frame.columns)).collect();
        let cells = frame.columns * frame.rows;
        let mut cell_blocks = Vec::with_capacity(cells + 1);
        let mut blocks = Vec::with_capacity(parts.iter().map(|p| p.1.len()).sum());
        let mut tops = Vec::with_capacity(cells);
        cell_blocks.push(0);
        for (counts, row_blocks, row_tops) in parts {
            for count in counts {
                cell_blocks.push(cell_blocks[cell_blocks.len() - 1] + count);
            }
            blocks.extend(row_blocks);
            tops.extend(row_tops);
        }
        if blocks.is_empty() {
            // A binding must not be empty.
            blocks.resize(BLOCK_LEN, 0.0);
        }
        let slabs = Slabs::of(scene, &frame);
        let first_slab = if slabs.records.is_empty() { 0 } else { cell_blocks.len() as u32 };
        slabs.append_to(&mut cell_blocks, &mut blocks, &mut tops);
        let (mut pyramid, levels) = pyramid_over(tops, frame.columns, frame.rows);
        if first_slab != 0 {
            pyramid.extend(pyramid_over(slabs.tops(), frame.columns, frame.rows).0);
        }
        let grid = WallGrid {
            west_m: frame.west_m as f32,
            south_m: frame.south_m as f32,
            cell_m: cell_m as f32,
            top_m: scene.top_m() as f32,
            columns: frame.columns as u32,
            rows: frame.rows as u32,
            levels: levels as u32,
            slabs: first_slab,
        };
        Self { grid, cell_blocks, blocks, pyramid }
    }
}

/// The solids that stand on the ground.
fn standing(scene: &Scene) -> impl Iterator<Item = &SceneSolid> {
    scene.solids.iter().filter(|solid| !solid.floats())
}

/// The slabs and the cells they lie in.
struct Slabs {
    records: Vec<[f32; SLAB_LEN]>,
    /// (cell, slab), in this order.
    pairs: Vec<(u32, u32)>,
    cells: usize,
}

impl Slabs {
    fn of(scene: &Scene, frame: &CellFrame) -> Self {
        let mut slabs = Self { records: Vec::new(), pairs: Vec::new(), cells: frame.columns * frame.rows };
        for solid in scene.solids.iter().filter(|solid| solid.floats()) {
            for triangle in scene.triangles_of(solid) {
                let number = slabs.records.len() as u32;
                slabs.pairs.extend(cells_of(triangle, frame).map(|cell| (cell, number)));
                let [a, b, c] = triangle.map(|at| at.map(|m| m as f32));
                let (bottom, top) = (solid.bottom_m as f32, solid.top_m as f32);
                slabs.records.push([a[0], a[1], b[0], b[1], c[0], c[1], bottom, top]);
            }
        }
        slabs.pairs.sort_unstable();
        slabs
    }

    /// Highest top of each cell.
    fn tops(&self) -> Vec<f32> {
        let mut tops = vec![FILLER_TOP; self.cells];
        for (cell, number) in &self.pairs {
            let top = &mut tops[*cell as usize];
            *top = top.max(self.records[*number as usize][SLAB_LEN - 1]);
        }
        tops
    }

    /// Puts the list behind the cells' blocks and the slabs behind the blocks, and raises the tops of the cells.
    fn append_to(&self, cell_blocks: &mut Vec<u32>, blocks: &mut Vec<f32>, tops: &mut [f32]) {
        if self.records.is_empty() {
            return;
        }
        let mut next = (blocks.len() / SLAB_LEN) as u32;
        let mut pairs = self.pairs.iter().peekable();
        for (cell, top) in tops.iter_mut().enumerate() {
            cell_blocks.push(next);
            while let Some((_, number)) = pairs.next_if(|(of, _)| *of as usize == cell) {
                let record = &self.records[*number as usize];
                blocks.extend(record);
                *top = top.max(record[SLAB_LEN - 1]);
                next += 1;
            }
        }
        cell_blocks.push(next);
    }
}

/// The cells that a triangle of the plan meets, and perhaps some beside it.
fn cells_of(triangle: &PlanTriangle, frame: &CellFrame) -> impl Iterator<Item = u32> + use<> {
    let edges: [SceneWall; 3] =
        std::array::from_fn(|i| SceneWall { a: triangle[i], b: triangle[(i + 1) % 3] });
    let low = triangle.iter().map(|at| at[1]).fold(f64::INFINITY, f64::min) - MARGIN_M;
    let high = triangle.iter().map(|at| at[1]).fold(f64::NEG_INFINITY, f64::max) + MARGIN_M;
    let frame = *frame;
    (frame.row(low)..=frame.row(high)).flat_map(move |row| {
        let south = frame.south_m + row as f64 * frame.cell_m;
        let (south, north) = (south - MARGIN_M, south + frame.cell_m + MARGIN_M);
        let ends = edges.iter().map(|edge| columns_in_band(edge, south, north));
        let none = (f64::INFINITY, f64::NEG_INFINITY);
        let (from, to) = ends.fold(none, |(from, to), (a, b)| (from.min(a), to.max(b)));
        let columns = frame.column(from - MARGIN_M)..=frame.column(to + MARGIN_M);
        columns.map(move |column| (row * frame.columns + column) as u32)
    })
}

#[derive(Clone, Copy)]
struct CellFrame {
    west_m: f64,
    south_m: f64,
    cell_m: f64,
    columns: usize,
    rows: usize,
}

impl CellFrame {
    fn around(scene: &Scene, cell_m: f64) -> Self {
        let none = [f64::INFINITY, f64::INFINITY, f64::NEG_INFINITY, f64::NEG_INFINITY];
        let all = scene.solids.iter().fold(none, |b, s| {
            let o = s.bounds_m;
            [b[0].min(o[0]), b[1].min(o[1]), b[2].max(o[2]), b[3].max(o[3])]
        });
        if all[0] > all[2] {
            return Self { west_m: 0.0, south_m: 0.0, cell_m, columns: 1, rows: 1 };
        }
        // Whole metres keep the f32 edges exact.
        let (west_m, south_m) = ((all[0] - 1.0).floor(), (all[1] - 1.0).floor());
        let count = |from: f64, to: f64| ((to + 1.0 - from) / cell_m).ceil() as usize;
        Self { west_m, south_m, cell_m, columns: count(west_m, all[2]), rows: count(south_m, all[3]) }
    }

    fn column(&self, x: f64) -> usize {
        (((x - self.west_m) / self.cell_m).max(0.0) as usize).min(self.columns - 1)
    }

    fn row(&self, y: f64) -> usize {
        (((y - self.south_m) / self.cell_m).max(0.0) as usize).min(self.rows - 1)
    }
}

/// For each row of cells the (column, wall) pairs, in column order and then wall order.
fn sort_into_rows(scene: &Scene, frame: &CellFrame) -> Vec<Vec<(u32, u32)>> {
    let mut rows = vec![Vec::new(); frame.rows];
    let mut number = 0_u32;
    for solid in standing(scene) {
        for wall in scene.walls_of(solid) {
            let (low, high) = (wall.a[1].min(wall.b[1]) - MARGIN_M, wall.a[1].max(wall.b[1]) + MARGIN_M);
            for (row, pairs) in rows.iter_mut().enumerate().take(frame.row(high) + 1).skip(frame.row(low)) {
                let south = frame.south_m + row as f64 * frame.cell_m;
                let (from, to) = columns_in_band(wall, south - MARGIN_M, south + frame.cell_m + MARGIN_M);
                let columns = frame.column(from - MARGIN_M)..=frame.column(to + MARGIN_M);
                pairs.extend(columns.map(|c| (c as u32, number)));
            }
            number += 1;
        }
    }
    rows.par_iter_mut().for_each(|pairs| pairs.sort_unstable());
    rows
}

/// West and east end of the part of a wall within a band of northings.
fn columns_in_band(wall: &SceneWall, south: f64, north: f64) -> (f64, f64) {
    let (a, b) = (wall.a, wall.b);
    let rise = b[1] - a[1];
    if rise.abs() < 1e-9 {
        return (a[0].min(b[0]), a[0].max(b[0]));
    }
    let at = |y: f64| a[0] + ((y - a[1]) / rise).clamp(0.0, 1.0) * (b[0] - a[0]);
    let (x, z) = (at(south), at(north));
    (x.min(z), x.max(z))
}

/// Blocks a cell, the blocks, and the highest top a cell, of one row.
fn fill_row(
    walls: &[(SceneWall, f32)],
    pairs: Vec<(u32, u32)>,
    columns: usize,
) -> (Vec<u32>, Vec<f32>, Vec<f32>) {
    let mut counts = vec![0; columns];
    let mut tops = vec![FILLER_TOP; columns];
    let mut blocks = Vec::with_capacity(pairs.len().div_ceil(LANES) * BLOCK_LEN);
    for cell in pairs.chunk_by(|p, q| p.0 == q.0) {
        let column = cell[0].0 as usize;
        counts[column] = cell.len().div_ceil(LANES) as u32;
        for lanes in cell.chunks(LANES) {
            let start = blocks.len();
            blocks.resize(start + BLOCK_LEN, 0.0_f32);
            blocks[start + 4 * LANES..].fill(FILLER_TOP);
            for (lane, (_, number)) in lanes.iter().enumerate() {
                let (wall, top) = &walls[*number as usize];
                let values = [
                    wall.a[0] as f32,
                    wall.a[1] as f32,
                    wall.b[0] as f32 - wall.a[0] as f32,
                    wall.b[1] as f32 - wall.a[1] as f32,
                    *top,
                ];
                for (row, value) in values.into_iter().enumerate() {
                    blocks[start + row * LANES + lane] = value;
                }
                tops[column] = tops[column].max(*top);
            }
        }
    }
    (counts, blocks, tops)
}

/// Adds coarser levels, each the maximum of 2 x 2 of the one before, until one cell is left.
fn pyramid_over(mut tops: Vec<f32>, columns: usize, rows: usize) -> (Vec<f32>, usize) {
    let (mut width, mut height, mut start, mut levels) = (columns, rows, 0, 1);
    while (width > 1 || height > 1) && levels < MOST_LEVELS {
        let (next_width, next_height) = (width.div_ceil(2), height.div_ceil(2));
        for y in 0..next_height {
            for x in 0..next_width {
                let mut top = FILLER_TOP;
                for (cx, cy) in
                    [(2 * x, 2 * y), (2 * x + 1, 2 * y), (2 * x, 2 * y + 1), (2 * x + 1, 2 * y + 1)]
                {
                    if cx < width && cy < height {
                        top = top.max(tops[start + cy * width + cx]);
                    }
                }
                tops.push(top);
            }
        }
        start += width * height;
        (width, height, levels) = (next_width, next_height, levels + 1);
    }
    (tops, levels)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_wall_is_in_the_cells_it_crosses() {
        let ring = vec![[3.0, 2.0], [61.0, 9.0], [40.0, 47.0]];
        let scene = Scene::from_prisms(&[(ring, 12.0, "a")]);
        let index = WallIndex::build(&scene, 8.0);
        let columns = index.grid.columns as usize;
        for (number, wall) in scene.walls.iter().enumerate() {
            for step in 0..=1000 {
                let share = f64::from(step) / 1000.0;
                let x = wall.a[0] + share * (wall.b[0] - wall.a[0]);
                let y = wall.a[1] + share * (wall.b[1] - wall.a[1]);
                let cell = ((y - f64::from(index.grid.south_m)) / 8.0) as usize * columns
                    + ((x - f64::from(index.grid.west_m)) / 8.0) as usize;
                let blocks = index.cell_blocks[cell] as usize..index.cell_blocks[cell + 1] as usize;
                let found = blocks
                    .clone()
                    .any(|b| (0..LANES).any(|l| index.blocks[b * BLOCK_LEN + l] == wall.a[0] as f32));
                assert!(found, "wall {number} at {share}");
                assert_eq!(index.pyramid[cell], 12.0);
            }
        }
        assert_eq!(*index.pyramid.last().unwrap(), 12.0);
    }

    #[test]
    fn an_empty_scene_has_an_index() {
        let index = WallIndex::build(&Scene::default(), 8.0);
        assert_eq!((index.grid.columns, index.grid.rows, index.pyramid.len()), (1, 1, 1));
    }
}
