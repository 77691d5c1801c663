// Walking a ray over the plan: see crates/sim/sunlight/src/passes/march.rs.

struct WallGrid {
    west_m: f32,
    south_m: f32,
    cell_m: f32,
    top_m: f32,
    columns: u32,
    rows: u32,
    levels: u32,
    slabs: u32,
}

struct TraceParams {
    point_count: u32,
    sun_count: u32,
    reserved: vec2<u32>,
}

struct SurfacePoint {
    at: vec4<f32>,
    normal: vec4<f32>,
}

@group(0) @binding(0) var<uniform> grid: WallGrid;
@group(0) @binding(1) var<uniform> params: TraceParams;
@group(0) @binding(2) var<storage, read> points: array<SurfacePoint>;
@group(0) @binding(4) var<storage, read> cell_blocks: array<u32>;
@group(0) @binding(5) var<storage, read> blocks: array<f32>;
@group(0) @binding(6) var<storage, read> pyramid: array<f32>;

const OVERSHOOT_M: f32 = 0.004;
const FAR: f32 = 1.0e30;
const LANES: u32 = 8u;
const BLOCK_LEN: u32 = 40u;
const SLAB_LEN: u32 = 8u;

struct Crossing {
    run: f32,
    across: f32,
    share: f32,
}

fn crossing(block: u32, lane: u32, origin: vec3<f32>, along: vec2<f32>) -> Crossing {
    let start = block * BLOCK_LEN + lane;
    let to = vec2<f32>(blocks[start], blocks[start + LANES]) - origin.xy;
    let e = vec2<f32>(blocks[start + 2u * LANES], blocks[start + 3u * LANES]);
    let across = along.x * e.y - along.y * e.x;
    let facing = select(1.0, -1.0, across < 0.0);
    let run = (to.x * e.y - to.y * e.x) * facing;
    let share = (to.x * along.y - to.y * along.x) * facing;
    return Crossing(run, across * facing, share);
}

fn wall_top(block: u32, lane: u32) -> f32 {
    return blocks[block * BLOCK_LEN + 4u * LANES + lane];
}

// Numbers of a pyramid: where that of the slabs begins.
fn pyramid_len() -> u32 {
    var len = 0u;
    var size = vec2<u32>(grid.columns, grid.rows);
    for (var i = 0u; i < grid.levels; i++) {
        len += size.x * size.y;
        size = (size + vec2<u32>(1u)) / 2u;
    }
    return len;
}

fn top_of(pyramid_start: u32, level: u32, cell: vec2<u32>) -> f32 {
    var start = pyramid_start;
    var size = vec2<u32>(grid.columns, grid.rows);
    for (var i = 0u; i < level; i++) {
        start += size.x * size.y;
        size = (size + vec2<u32>(1u)) / 2u;
    }
    return pyramid[start + (cell.y >> level) * size.x + (cell.x >> level)];
}

// Where a walk stands: run along the ray and the finest level to try next.
struct Walk {
    run: f32,
    level: u32,
    // First and last block to look at; equal when there is none.
    first: u32,
    last: u32,
    // First and last slab to look at.
    first_slab: u32,
    last_slab: u32,
    done: bool,
}

// The start of a walk: rays from outside the grid start at its edge.
fn walk_from(origin: vec3<f32>, along: vec2<f32>) -> Walk {
    let start = origin.xy - vec2<f32>(grid.west_m, grid.south_m);
    let extent = vec2<f32>(f32(grid.columns), f32(grid.rows)) * grid.cell_m;
    let entries = (select(extent, vec2<f32>(0.0), along > vec2<f32>(0.0)) - start) * inverse_of(along);
    let entry = max(entries.x, entries.y);
    let outside = any(start < vec2<f32>(0.0)) || any(start >= extent);
    return Walk(select(0.0, entry + OVERSHOOT_M, outside && entry > 0.0), 0u, 0u, 0u, 0u, 0u, false);
}

fn inverse_of(along: vec2<f32>) -> vec2<f32> {
    return select(vec2<f32>(FAR), 1.0 / along, abs(along) > vec2<f32>(1e-9));
}

// One stride: to the next cell whose walls must be looked at, or past a cell that lies below the ray.
fn stride(walk: Walk, origin: vec3<f32>, along: vec2<f32>, slope: f32) -> Walk {
    return stride_under(0u, walk, origin, along, slope);
}

// The same under a pyramid that begins there: that of the slabs leaves out cells without them.
fn stride_under(pyramid_start: u32, walk: Walk, origin: vec3<f32>, along: vec2<f32>, slope: f32) -> Walk {
    var next = walk;
    next.first = 0u;
    next.last = 0u;
    next.first_slab = 0u;
    next.last_slab = 0u;
    let height = origin.z + slope * walk.run;
    let start = origin.xy - vec2<f32>(grid.west_m, grid.south_m);
    let at = (start + along * walk.run) * (1.0 / grid.cell_m);
    let inside = at.x >= 0.0 && at.y >= 0.0 && at.x < f32(grid.columns) && at.y < f32(grid.rows);
    if !inside || height >= grid.top_m {
        next.done = true;
        return next;
    }
    let cell = vec2<u32>(at);
    var level = walk.level;
    var below = top_of(pyramid_start, level, cell) <= height;
    while !below && level > 0u {
        level -= 1u;
        below = top_of(pyramid_start, level, cell) <= height;
    }
    if !below {
        let index = cell.y * grid.columns + cell.x;
        next.first = cell_blocks[index];
        next.last = cell_blocks[index + 1u];
        if grid.slabs != 0u {
            next.first_slab = cell_blocks[grid.slabs + index];
            next.last_slab = cell_blocks[grid.slabs + index + 1u];
        }
    }
    let size = grid.cell_m * f32(1u << level);
    let ahead = select(vec2<u32>(0u), vec2<u32>(1u), along > vec2<f32>(0.0));
    let edge = vec2<f32>((cell >> vec2<u32>(level)) + ahead) * size;
    let exits = (edge - start) * inverse_of(along);
    next.run = max(min(exits.x, exits.y), walk.run) + OVERSHOOT_M;
    next.level = min(level + 1u, grid.levels - 1u);
    return next;
}

// The part of a ray that lies over the plan of a slab: run at its beginning and end; empty when there is none.
fn over_slab(slab: u32, origin: vec3<f32>, along: vec2<f32>) -> vec2<f32> {
    let start = slab * SLAB_LEN;
    var near = 0.0;
    var far = FAR;
    for (var i = 0u; i < 3u; i++) {
        let a = vec2<f32>(blocks[start + 2u * i], blocks[start + 2u * i + 1u]);
        let next = start + (2u * i + 2u) % 6u;
        let e = vec2<f32>(blocks[next], blocks[next + 1u]) - a;
        let inside = e.x * (origin.y - a.y) - e.y * (origin.x - a.x);
        let growth = e.x * along.y - e.y * along.x;
        if growth > 0.0 {
            near = max(near, -inside / growth);
        } else if growth < 0.0 {
            far = min(far, -inside / growth);
        } else if inside < 0.0 {
            far = -1.0;
        }
    }
    return vec2<f32>(near, far);
}

// Underside and top of a slab.
fn slab_heights(slab: u32) -> vec2<f32> {
    return vec2<f32>(blocks[slab * SLAB_LEN + 6u], blocks[slab * SLAB_LEN + 7u]);
}
