//! Walking a ray over the plan: what `trace_sun` and `sky_view` share. Twin of `shaders/sunlight/march.wgsl`.
//!
//! A ray is a start, a unit direction in the plan and a slope (rise over run). The walk strides over cells of
//! the pyramid that lie wholly below it and hands every other cell's walls to the caller, who may lift the
//! slope (to find the horizon) or stop the walk (when a shadow is all that matters).

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
    blocks.chunks_exact(BLOCK_LEN).any(|block| {
        let mut hit = [false; LANES];
        for (lane, hit) in hit.iter_mut().enumerate() {
            let (run, across, share) = crossing(block, lane, ray);
            let low = (ray.from[2] - block[4 * LANES + lane]) * across + ray.slope * run < 0.0;
            *hit = share >= 0.0 && share <= across && run > 0.0 && low;
        }
        hit.iter().fold(false, |any, h| any | h)
    })
}

/// The steepest slope under which any wall of the blocks is seen, or the ray's own if that is steeper.
#[inline(always)]
pub fn steepest(blocks: &[f32], ray: Ray) -> f32 {
    let mut best = [ray.slope; LANES];
    for block in blocks.chunks_exact(BLOCK_LEN) {
        for (lane, best) in best.iter_mut().enumerate() {
            let (run, across, share) = crossing(block, lane, ray);
            let slope = (block[4 * LANES + lane] - ray.from[2]) * across / run;
            let seen = share >= 0.0 && share <= across && run > 0.0;
            *best = if seen && slope > *best { slope } else { *best };
        }
    }
    best.iter().copied().fold(ray.slope, f32::max)
}

/// Where a ray crosses a wall's line, as numerators over one denominator that is not negative: run along the
/// ray, the denominator itself, share along the wall.
#[inline(always)]
fn crossing(block: &[f32], lane: usize, ray: Ray) -> (f32, f32, f32) {
    let (to_x, to_y) = (block[lane] - ray.from[0], block[LANES + lane] - ray.from[1]);
    let (ex, ey) = (block[2 * LANES + lane], block[3 * LANES + lane]);
    let across = ray.along[0] * ey - ray.along[1] * ex;
    let sign = if across < 0.0 { -1.0 } else { 1.0 };
    let run = (to_x * ey - to_y * ex) * sign;
    let share = (to_x * ray.along[1] - to_y * ray.along[0]) * sign;
    (run, across * sign, share)
}
