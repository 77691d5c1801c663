//! Walking a ray over the plan: what `trace_sun` and `sky_view` share. Twin of `shaders/sunlight/march.wgsl`.
//!
//! A ray is a start, a unit direction in the plan and a slope (rise over run). The walk strides over cells of
//! the pyramid that lie wholly below it and hands every other cell's walls to the caller, who may lift the
//! slope (to find the horizon) or stop the walk (when a shadow is all that matters).

use wide::f32x8;

use crate::prepare::wall_index::{BLOCK_LEN, LANES, MOST_LEVELS, WallGrid};

/// How far a stride goes past a cell's edge, metres. Less than the margin by which walls overlap cells.
pub const OVERSHOOT_M: f32 = 0.004;
/// Stands for 1/0.
const FAR: f32 = 1.0e30;

/// The index as the kernels see it.
#[derive(Clone, Copy)]
pub struct Walls<'a> {
    /// Its shape.
    pub grid: WallGrid,
    /// First block of each cell.
    pub cell_blocks: &'a [u32],
    /// Blocks of walls.
    pub blocks: &'a [f32],
    /// Highest tops.
    pub pyramid: &'a [f32],
    /// Start in `pyramid` and width of each level.
    levels: [(u32, u32); MOST_LEVELS],
}

impl<'a> Walls<'a> {
    /// Puts the arrays of an index together.
    pub fn new(grid: WallGrid, cell_blocks: &'a [u32], blocks: &'a [f32], pyramid: &'a [f32]) -> Self {
        let mut levels = [(0, 0); MOST_LEVELS];
        let (mut start, mut width, mut height) = (0, grid.columns, grid.rows);
        for level in &mut levels {
            *level = (start, width);
            start += width * height;
            (width, height) = (width.div_ceil(2), height.div_ceil(2));
        }
        Self { grid, cell_blocks, blocks, pyramid, levels }
    }

    /// Highest top of the cell of a level that holds the given finest cell.
    #[inline(always)]
    fn top_of(&self, level: u32, cell_x: u32, cell_y: u32) -> f32 {
        let (start, width) = self.levels[level as usize];
        self.pyramid[(start + (cell_y >> level) * width + (cell_x >> level)) as usize]
    }
}

/// A ray in the plan.
#[derive(Debug, Clone, Copy)]
pub struct Ray {
    /// Start: east, north, up, metres.
    pub from: [f32; 3],
    /// Unit direction: east, north.
    pub along: [f32; 2],
    /// Rise over run.
    pub slope: f32,
}

/// Walks a ray and gives the slope at the end. `visit` is called with the blocks of a cell and the ray, and
/// returns the slope to go on with; infinity stops the walk.
#[inline(always)]
pub fn march(walls: &Walls<'_>, mut ray: Ray, visit: impl Fn(&[f32], Ray) -> f32) -> f32 {
    let grid = walls.grid;
    let [dx, dy] = ray.along;
    let inverse_x = if dx.abs() > 1e-9 { 1.0 / dx } else { FAR };
    let inverse_y = if dy.abs() > 1e-9 { 1.0 / dy } else { FAR };
    let (ahead_x, ahead_y) = (u32::from(dx > 0.0), u32::from(dy > 0.0));
    let from = [ray.from[0] - grid.west_m, ray.from[1] - grid.south_m];
    let inverse_cell = 1.0 / grid.cell_m;
    let extent = [grid.columns as f32 * grid.cell_m, grid.rows as f32 * grid.cell_m];
    let entry = ((if dx > 0.0 { 0.0 } else { extent[0] } - from[0]) * inverse_x)
        .max((if dy > 0.0 { 0.0 } else { extent[1] } - from[1]) * inverse_y);
    // Rays from outside the grid start at its edge.
    let outside = from[0] < 0.0 || from[1] < 0.0 || from[0] >= extent[0] || from[1] >= extent[1];
    let mut run = if outside && entry > 0.0 { entry + OVERSHOOT_M } else { 0.0 };
    let mut level = 0_u32;
    while ray.from[2] + ray.slope * run < grid.top_m {
        let x = (from[0] + dx * run) * inverse_cell;
        let y = (from[1] + dy * run) * inverse_cell;
        // Also false for NaN.
        if !(x >= 0.0 && y >= 0.0 && x < grid.columns as f32 && y < grid.rows as f32) {
            break;
        }
        let (cell_x, cell_y) = (x as u32, y as u32);
        // The finest level is the start; go down until the ray clears the cell or walls must be looked at.
        let height = ray.from[2] + ray.slope * run;
        let mut below = walls.top_of(level, cell_x, cell_y) <= height;
        while !below && level > 0 {
            level -= 1;
            below = walls.top_of(level, cell_x, cell_y) <= height;
        }
        if !below {
            let cell = (cell_y * grid.columns + cell_x) as usize;
            let span = walls.cell_blocks[cell] as usize..walls.cell_blocks[cell + 1] as usize;
            ray.slope = visit(&walls.blocks[span.start * BLOCK_LEN..span.end * BLOCK_LEN], ray);
        }
        let size = grid.cell_m * (1_u32 << level) as f32;
        let edge_x = ((cell_x >> level) + ahead_x) as f32 * size;
        let edge_y = ((cell_y >> level) + ahead_y) as f32 * size;
        let exit = ((edge_x - from[0]) * inverse_x).min((edge_y - from[1]) * inverse_y);
        run = exit.max(run) + OVERSHOOT_M;
        level = (level + 1).min(grid.levels - 1);
    }
    ray.slope
}

/// Whether any wall of the blocks stands in the ray: crossed ahead of the start, below the wall's top.
#[inline(always)]
pub fn blocks_hit(blocks: &[f32], ray: Ray) -> bool {
    let (blocks, _) = blocks.as_chunks::<BLOCK_LEN>();
    let (height, slope) = (f32x8::splat(ray.from[2]), f32x8::splat(ray.slope));
    blocks.iter().any(|block| {
        let crossed = Crossed::of(block, ray);
        let low = ((height - crossed.top) * crossed.across + slope * crossed.run).simd_lt(f32x8::ZERO);
        (crossed.ahead() & low).any()
    })
}

/// The steepest slope under which any wall of the blocks is seen, or the ray's own if that is steeper.
#[inline(always)]
pub fn steepest(blocks: &[f32], ray: Ray) -> f32 {
    let (blocks, _) = blocks.as_chunks::<BLOCK_LEN>();
    let (height, mut best) = (f32x8::splat(ray.from[2]), f32x8::splat(ray.slope));
    for block in blocks {
        let crossed = Crossed::of(block, ray);
        let slope = (crossed.top - height) * crossed.across / crossed.run;
        best = (crossed.ahead() & slope.simd_gt(best)).bitselect(slope, best);
    }
    best.to_array().into_iter().fold(ray.slope, f32::max)
}

/// Where a ray crosses the lines of a block's walls, as numerators over one denominator that is not negative:
/// run along the ray, the denominator itself, share along the wall.
struct Crossed {
    run: f32x8,
    across: f32x8,
    share: f32x8,
    top: f32x8,
}

impl Crossed {
    #[inline(always)]
    fn of(block: &[f32; BLOCK_LEN], ray: Ray) -> Self {
        let (rows, _) = block.as_chunks::<LANES>();
        let [ax, ay, ex, ey, top] = [0, 1, 2, 3, 4].map(|row: usize| f32x8::new(rows[row]));
        let (to_x, to_y) = (ax - f32x8::splat(ray.from[0]), ay - f32x8::splat(ray.from[1]));
        let (along_x, along_y) = (f32x8::splat(ray.along[0]), f32x8::splat(ray.along[1]));
        let turn = along_x * ey - along_y * ex;
        let sign = turn & f32x8::splat(-0.0);
        Self {
            run: (to_x * ey - to_y * ex) ^ sign,
            across: turn ^ sign,
            share: (to_x * along_y - to_y * along_x) ^ sign,
            top,
        }
    }

    #[inline(always)]
    fn ahead(&self) -> f32x8 {
        self.share.simd_ge(f32x8::ZERO) & self.share.simd_le(self.across) & self.run.simd_gt(f32x8::ZERO)
    }
}
