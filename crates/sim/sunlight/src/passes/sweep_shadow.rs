//! Shadows on a level plane, all points of a grid at once. Twin of `shaders/sunlight/sweep_shadow.wgsl`.
//!
//! On a level plane the shadow of an upright prism is its outline swept along the shadow's direction: the
//! outline itself and one parallelogram a wall that faces away from the sun. Each parallelogram is filled line
//! by line into a map of one bit a grid point, so that a whole line of a shadow costs a few operations and no
//! point is ever asked twice. It is exact: a bit is set when the point itself lies in the parallelogram.
//!
//! Everything is in grid units: grid point (i, j) lies at x = i, y = j; lines run along x. The caller turns
//! the grid so that shadows fall mainly across the lines (`|shift.y| >= |shift.x|`).

use futago_compute::{Binding, CpuPass, Pass, gpu_struct};
use multiversion::multiversion;
use rayon::prelude::*;

gpu_struct! {
    /// Sizes of one run.
    pub struct SweepParams {
        /// Lines of the grid.
        pub lines: u32,
        /// Points a line.
        pub points: u32,
        /// Words of 32 bits a line.
        pub words: u32,
        /// Solids.
        pub solid_count: u32,
        /// Suns.
        pub sun_count: u32,
        /// Keeps the size a multiple of 16 bytes.
        pub reserved_a: u32,
        /// Likewise.
        pub reserved_b: u32,
        /// Likewise.
        pub reserved_c: u32,
    }
}

gpu_struct! {
    /// A solid, in grid units.
    pub struct SweepSolid {
        /// Smallest x, smallest y.
        pub low: [f32; 2],
        /// Largest x, largest y.
        pub high: [f32; 2],
        /// Height of the top above the plane.
        pub rise: f32,
        /// First of its walls.
        pub first_wall: u32,
        /// Number of its walls.
        pub wall_count: u32,
        /// Keeps the size a multiple of 16 bytes.
        pub reserved: u32,
    }
}

gpu_struct! {
    /// A wall, in grid units; the inside lies to the left of `a` to `b`.
    pub struct SweepWall {
        /// Start.
        pub a: [f32; 2],
        /// End.
        pub b: [f32; 2],
    }
}

/// Sets the bits of all grid points in shadow: one map (lines x words) a sun.
pub static SWEEP_SHADOW: Pass = Pass {
    name: "sweep_shadow",
    source: &[futago_shaders::sunlight::SWEEP_PARAMS, futago_shaders::sunlight::SWEEP_SHADOW],
    workgroup: [16, 1, 1],
    bindings: &[
        Binding::uniform::<SweepParams>("params"),
        Binding::read::<SweepSolid>("solids"),
        Binding::read::<SweepWall>("walls"),
        // Shadow of a height of 1: x, y.
        Binding::read::<[f32; 2]>("shifts"),
        Binding::read_write::<u32>("bits"),
    ],
    cpu,
};

/// Walls this close to a line's direction (grid units) are taken as parallel to it.
const LEVEL: f32 = 1e-3;

fn cpu(pass: &CpuPass<'_>) {
    let params = pass.uniform::<SweepParams>(0);
    let (solids, walls, shifts) =
        (pass.read::<SweepSolid>(1), pass.read::<SweepWall>(2), pass.read::<[f32; 2]>(3));
    let mut bits = pass.write::<u32>(4);
    let map_len = (params.lines * params.words) as usize;
    let solids = &solids[..params.solid_count as usize];
    bits.par_chunks_mut(map_len)
        .zip(&shifts[..params.sun_count as usize])
        .for_each(|(map, shift)| sweep_shadow(&params, solids, &walls, *shift, map));
}

/// Sets the bits of one sun's map.
#[multiversion(targets("x86_64+avx2+fma+bmi2"))]
pub fn sweep_shadow(
    params: &SweepParams,
    solids: &[SweepSolid],
    walls: &[SweepWall],
    shift: [f32; 2],
    map: &mut [u32],
) {
    let (last_line, last_point) = (params.lines as f32 - 1.0, params.points as f32 - 1.0);
    for solid in solids {
        let v = [shift[0] * solid.rise, shift[1] * solid.rise];
        if solid.high[0] + v[0].max(0.0) < 0.0
            || solid.low[0] + v[0].min(0.0) > last_point
            || solid.high[1] + v[1].max(0.0) < 0.0
            || solid.low[1] + v[1].min(0.0) > last_line
        {
            continue;
        }
        let first = solid.first_wall as usize;
        let walls = &walls[first..first + solid.wall_count as usize];
        let middle = sweep_middle(params, solid, walls, v, map);
        for wall in walls {
            sweep_wall(params, wall, v, middle, map);
        }
    }
}

/// Fills the lines that neither the outline nor the shadow of the top touches. There every shadow line is one
/// stretch between the outermost corners, whatever the outline's shape, because the outline hangs together.
/// Gives those lines: first, and the one after the last; empty when there are none.
#[inline(always)]
fn sweep_middle(
    params: &SweepParams,
    solid: &SweepSolid,
    walls: &[SweepWall],
    v: [f32; 2],
    map: &mut [u32],
) -> [f32; 2] {
    let from = (solid.high[1] + v[1].min(0.0)).ceil().max(0.0);
    let to = (solid.low[1] + v[1].max(0.0)).floor().min(params.lines as f32 - 1.0);
    if from > to {
        return [0.0, 0.0];
    }
    let lean = v[0] / v[1];
    let (mut west, mut east) = (f32::INFINITY, f32::NEG_INFINITY);
    for wall in walls {
        let foot = wall.a[0] - wall.a[1] * lean;
        west = west.min(foot);
        east = east.max(foot);
    }
    let (last_point, words) = (params.points as f32 - 1.0, params.words as usize);
    for line in from as u32..=to as u32 {
        let first = (west + line as f32 * lean).max(0.0).ceil();
        let last = (east + line as f32 * lean).min(last_point).floor();
        if first <= last {
            let start = line as usize * words;
            fill(&mut map[start..start + words], first as u32, last as u32);
        }
    }
    [from, to + 1.0]
}

/// Fills the parallelogram of one wall, if it faces away from the sun, but for the lines of the middle.
#[inline(always)]
fn sweep_wall(params: &SweepParams, wall: &SweepWall, v: [f32; 2], middle: [f32; 2], map: &mut [u32]) {
    let (a, b) = (wall.a, wall.b);
    let e = [b[0] - a[0], b[1] - a[1]];
    if e[0] * v[1] - e[1] * v[0] >= 0.0 {
        return;
    }
    let low = (a[1].min(b[1]) + v[1].min(0.0)).ceil().max(0.0);
    let high = (a[1].max(b[1]) + v[1].max(0.0)).floor().min(params.lines as f32 - 1.0);
    if middle[0] < middle[1] {
        sweep_lines(params, wall, v, [low, high.min(middle[0] - 1.0)], map);
        sweep_lines(params, wall, v, [low.max(middle[1]), high], map);
    } else {
        sweep_lines(params, wall, v, [low, high], map);
    }
}

/// Fills some lines of a wall's parallelogram.
#[inline(always)]
fn sweep_lines(params: &SweepParams, wall: &SweepWall, v: [f32; 2], lines: [f32; 2], map: &mut [u32]) {
    if lines[0] > lines[1] {
        return;
    }
    let (a, b) = (wall.a, wall.b);
    let e = [b[0] - a[0], b[1] - a[1]];
    // Between the two lines along the shadow ...
    let lean = v[0] / v[1];
    let (from_a, from_b) = (a[0] - a[1] * lean, b[0] - b[1] * lean);
    let (side_low, side_high) = (from_a.min(from_b), from_a.max(from_b));
    // ... and between the wall and its shadow's end.
    let level = e[1].abs() < LEVEL;
    let run = if level { 0.0 } else { e[0] / e[1] };
    let far = if level { f32::INFINITY } else { 0.0 };
    let (last_point, words) = (params.points as f32 - 1.0, params.words as usize);
    for line in lines[0] as u32..=lines[1] as u32 {
        let y = line as f32;
        let near_x = a[0] + (y - a[1]) * run;
        let end_x = a[0] + v[0] + (y - (a[1] + v[1])) * run;
        let from = (side_low + y * lean).max(near_x.min(end_x) - far).max(0.0).ceil();
        let to = (side_high + y * lean).min(near_x.max(end_x) + far).min(last_point).floor();
        if from <= to {
            let start = line as usize * words;
            fill(&mut map[start..start + words], from as u32, to as u32);
        }
    }
}

/// Sets the bits `from..=to` of a line.
#[inline(always)]
fn fill(line: &mut [u32], from: u32, to: u32) {
    let (first, last) = ((from >> 5) as usize, (to >> 5) as usize);
    let head = u32::MAX << (from & 31);
    let tail = u32::MAX >> (31 - (to & 31));
    if first == last {
        line[first] |= head & tail;
    } else {
        line[first] |= head;
        line[first + 1..last].fill(u32::MAX);
        line[last] |= tail;
    }
}
