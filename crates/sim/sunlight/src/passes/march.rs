//! Walking a ray over the plan: what `trace_sun` and `sky_view` share. Twin of `shaders/sunlight/march.wgsl`.
//!
//! A ray is a start, a unit direction in the plan and a slope (rise over run). The walk strides over cells of
//! the pyramid that lie wholly below it and hands every other cell's walls to the caller, who may lift the
//! slope (to find the horizon) or stop the walk (when a shadow is all that matters).
//!
//! A slab, an upright prism with air below, stands in a ray when the part of the ray over its plan is somewhere
//! between its underside and its top.

use wide::f32x8;

use crate::prepare::wall_index::{BLOCK_LEN, LANES, MOST_LEVELS, SLAB_LEN, WallGrid};

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
    /// Start in a pyramid and width of each level.
    levels: [(u32, u32); MOST_LEVELS],
    /// Where the slabs' own pyramid begins.
    slab_pyramid: usize,
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
        // The level after the last would begin where the pyramid ends.
        let cells = |level: u32| grid.columns.div_ceil(1 << level) * grid.rows.div_ceil(1 << level);
        let slab_pyramid = (0..grid.levels).map(cells).sum::<u32>() as usize;
        Self { grid, cell_blocks, blocks, pyramid, levels, slab_pyramid }
    }

    /// Whether the city has solids with air below.
    #[inline(always)]
    pub fn has_slabs(&self) -> bool {
        self.grid.slabs != 0
    }

    /// The blocks of walls of a cell.
    #[inline(always)]
    pub fn blocks_of(&self, cell: usize) -> &'a [f32] {
        let span = self.cell_blocks[cell] as usize..self.cell_blocks[cell + 1] as usize;
        &self.blocks[span.start * BLOCK_LEN..span.end * BLOCK_LEN]
    }

    /// The slabs of a cell of a city that has some.
    #[inline(always)]
    pub fn slabs_of(&self, cell: usize) -> &'a [[f32; SLAB_LEN]] {
        let cell = cell + self.grid.slabs as usize;
        let span = self.cell_blocks[cell] as usize..self.cell_blocks[cell + 1] as usize;
        self.blocks[span.start * SLAB_LEN..span.end * SLAB_LEN].as_chunks().0
    }

    /// Highest top of the cell of a level that holds the given finest cell.
    #[inline(always)]
    fn top_of(&self, pyramid: usize, level: u32, cell_x: u32, cell_y: u32) -> f32 {
        let (start, width) = self.levels[level as usize];
        self.pyramid[pyramid + (start + (cell_y >> level) * width + (cell_x >> level)) as usize]
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
pub fn march(walls: &Walls<'_>, ray: Ray, visit: impl Fn(&[f32], Ray) -> f32) -> f32 {
    march_cells(walls, ray, |cell, ray| visit(walls.blocks_of(cell), ray))
}

/// As [`march`], with the number of the cell in place of its blocks.
#[inline(always)]
pub fn march_cells(walls: &Walls<'_>, ray: Ray, visit: impl FnMut(usize, Ray) -> f32) -> f32 {
    march_under(walls, 0, ray, visit)
}

/// As [`march_cells`], but only cells in which slabs rise over the ray are visited. The city has slabs.
#[inline(always)]
pub fn march_slabs(walls: &Walls<'_>, ray: Ray, visit: impl FnMut(usize, Ray) -> f32) -> f32 {
    march_under(walls, walls.slab_pyramid, ray, visit)
}

#[inline(always)]
fn march_under(
    walls: &Walls<'_>,
    pyramid: usize,
    mut ray: Ray,
    mut visit: impl FnMut(usize, Ray) -> f32,
) -> f32 {
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
        let mut below = walls.top_of(pyramid, level, cell_x, cell_y) <= height;
        while !below && level > 0 {
            level -= 1;
            below = walls.top_of(pyramid, level, cell_x, cell_y) <= height;
        }
        if !below {
            let cell = (cell_y * grid.columns + cell_x) as usize;
            ray.slope = visit(cell, ray);
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

/// The part of a ray that lies over the plan of a slab: run at its beginning and end. None when there is none.
#[inline(always)]
pub fn over_slab(slab: &[f32; SLAB_LEN], ray: Ray) -> Option<[f32; 2]> {
    let (mut near, mut far) = (0.0_f32, FAR);
    for i in 0..3 {
        let (a, b) = (2 * i, (2 * i + 2) % 6);
        let (ex, ey) = (slab[b] - slab[a], slab[b + 1] - slab[a + 1]);
        // How far inside of the edge the ray is, times the edge's length, and how that grows with the run.
        let inside = ex * (ray.from[1] - slab[a + 1]) - ey * (ray.from[0] - slab[a]);
        let growth = ex * ray.along[1] - ey * ray.along[0];
        let run = -inside / growth;
        if growth > 0.0 {
            near = near.max(run);
        } else if growth < 0.0 {
            far = far.min(run);
        } else if inside < 0.0 {
            return None;
        }
    }
    (near < far).then_some([near, far])
}

/// Whether any slab stands in a ray that does not go down.
#[inline(always)]
pub fn slabs_hit(slabs: &[[f32; SLAB_LEN]], ray: Ray) -> bool {
    slabs.iter().any(|slab| {
        over_slab(slab, ray).is_some_and(|[near, far]| {
            ray.from[2] + ray.slope * far > slab[6] && ray.from[2] + ray.slope * near < slab[7]
        })
    })
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
