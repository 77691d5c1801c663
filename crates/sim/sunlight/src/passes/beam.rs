//! Horizons of many neighbouring points at once: the way the CPU takes for [`super::sky_view`].
//!
//! Rays of neighbours in one direction cross the same cells. So points are put into packets, and a packet walks
//! its beam of cells once, column by column away from it. A wall that could rise above the lowest horizon of the
//! packet is then held against all its points with the very arithmetic of [`super::march::steepest`], so the
//! answers are those of single rays, bit by bit.

use wide::f32x8;

use super::march::Walls;
use super::trace_sun::SurfacePoint;
use crate::prepare::wall_index::{BLOCK_LEN, LANES as WALLS};

/// Points a packet.
pub const LANES: usize = 64;
/// Points that share a square of this width may share a packet; a power of two, metres.
const TILE_M: u32 = 16;
/// What the bounds of a beam are widened by, metres, against rounding.
const SLACK_M: f32 = 0.02;

/// Some neighbouring points.
pub struct Packet {
    numbers: [u32; LANES],
    len: usize,
    x: [f32; LANES],
    y: [f32; LANES],
    z: [f32; LANES],
}

/// All points in packets of neighbours; the order depends on the points alone.
pub fn packets_of(points: &[SurfacePoint]) -> Vec<Packet> {
    let mut order: Vec<(u64, u32)> = points.iter().zip(0..).map(|(p, number)| (place(p), number)).collect();
    order.sort_unstable();
    let squares = u64::from(TILE_M * TILE_M);
    let tiles = order.chunk_by(|p, q| p.0 / squares == q.0 / squares);
    tiles.flat_map(|tile| tile.chunks(LANES)).map(|some| Packet::of(points, some)).collect()
}

/// Metres east and north, their bits taken in turns: near in this order is near in the plan.
fn place(point: &SurfacePoint) -> u64 {
    let metre = |v: f32| u64::from((v as i32 as u32) ^ 0x8000_0000);
    let spread = |v: u64| (0..32).fold(0, |all, bit| all | (v >> bit & 1) << (2 * bit));
    spread(metre(point.at[0].floor())) | spread(metre(point.at[1].floor())) << 1
}

/// What a packet needs to know of one direction. `major` is the axis that the direction follows more.
struct Beam {
    major: usize,
    forward: bool,
    lean: f32,
    steepness: f32,
    /// Extent of the points along the major axis, metres.
    low: f32,
    high: f32,
    /// Where the outermost rays cross the other axis, metres.
    side: [f32; 2],
    bottom: f32,
}

impl Packet {
    fn of(points: &[SurfacePoint], some: &[(u64, u32)]) -> Self {
        let number = |lane: usize| some[lane.min(some.len() - 1)].1;
        let numbers = std::array::from_fn(number);
        let axis = |axis: usize| numbers.map(|n| points[n as usize].at[axis]);
        Self { numbers, len: some.len(), x: axis(0), y: axis(1), z: axis(2) }
    }

    /// Numbers of its points.
    pub fn points(&self) -> &[u32] {
        &self.numbers[..self.len]
    }

    /// Lifts the slope of each point to the steepest under which a wall is seen along a direction. Slopes that
    /// are infinite ask for nothing.
    #[inline(always)]
    pub fn raise_horizons(&self, walls: &Walls<'_>, along: [f32; 2], slopes: &mut [f32; LANES]) {
        let grid = walls.grid;
        let beam = self.beam(along);
        let origin = [grid.west_m, grid.south_m];
        let (from_m, from_n) = (origin[beam.major], origin[1 - beam.major]);
        let (count_m, count_n, stride_m, stride_n) = match beam.major {
            0 => (grid.columns, grid.rows, 1, grid.columns),
            _ => (grid.rows, grid.columns, grid.columns, 1),
        };
        let cell = |v: f32, count: u32| ((v / grid.cell_m).max(0.0) as u32).min(count - 1);
        let mut lowest = smallest(slopes);
        let first = cell(if beam.forward { beam.low } else { beam.high } - from_m, count_m);
        let last = if beam.forward { count_m - 1 } else { 0 };
        let mut column = first;
        loop {
            let near = from_m + column as f32 * grid.cell_m;
            let far = near + grid.cell_m;
            let gap = if beam.forward { near - beam.high } else { beam.low - far } - SLACK_M;
            let run = gap.max(0.0) * beam.steepness;
            let clear = beam.bottom + lowest * run;
            if clear >= grid.top_m {
                break;
            }
            let (a, b) = (near * beam.lean, far * beam.lean);
            let low = cell(beam.side[0] + a.min(b) - SLACK_M - from_n, count_n);
            let high = cell(beam.side[1] + a.max(b) + SLACK_M - from_n, count_n);
            let mut raised = false;
            for row in low..=high {
                let at = (column * stride_m + row * stride_n) as usize;
                if walls.pyramid[at] > clear {
                    let span = walls.cell_blocks[at] as usize..walls.cell_blocks[at + 1] as usize;
                    let (blocks, _) =
                        walls.blocks[span.start * BLOCK_LEN..span.end * BLOCK_LEN].as_chunks::<BLOCK_LEN>();
                    for block in blocks {
                        raised |= self.look_at(block, &beam, along, clear, slopes);
                    }
                }
            }
            if raised {
                lowest = smallest(slopes);
            }
            if column == last {
                break;
            }
            column = if beam.forward { column + 1 } else { column - 1 };
        }
    }

    #[inline(always)]
    fn beam(&self, along: [f32; 2]) -> Beam {
        let major = usize::from(along[1].abs() > along[0].abs());
        let lean = along[1 - major] / along[major];
        let (m, n) = if major == 0 { (&self.x, &self.y) } else { (&self.y, &self.x) };
        let crossings: [f32; LANES] = std::array::from_fn(|i| n[i] - m[i] * lean);
        Beam {
            major,
            forward: along[major] > 0.0,
            lean,
            steepness: 1.0 / along[major].abs(),
            low: smallest(m),
            high: largest(m),
            side: [smallest(&crossings), largest(&crossings)],
            bottom: smallest(&self.z),
        }
    }

    /// Holds the walls of a block that reach into the beam against all points. Whether there were any.
    #[inline(always)]
    fn look_at(
        &self,
        block: &[f32; BLOCK_LEN],
        beam: &Beam,
        along: [f32; 2],
        clear: f32,
        slopes: &mut [f32; LANES],
    ) -> bool {
        let (rows, _) = block.as_chunks::<WALLS>();
        let [am, an, em, en] =
            [beam.major, 1 - beam.major, 2 + beam.major, 3 - beam.major].map(|r| f32x8::new(rows[r]));
        let lean = f32x8::splat(beam.lean);
        let from = an - am * lean;
        let to = from + (en - em * lean);
        let inside = from.max(to).simd_ge(f32x8::splat(beam.side[0] - SLACK_M))
            & from.min(to).simd_le(f32x8::splat(beam.side[1] + SLACK_M))
            & f32x8::new(rows[4]).simd_gt(f32x8::splat(clear));
        let mut which = inside.to_bitmask();
        let any = which != 0;
        while which != 0 {
            let lane = which.trailing_zeros() as usize;
            which &= which - 1;
            self.hold([0, 1, 2, 3, 4].map(|row: usize| rows[row][lane]), along, slopes);
        }
        any
    }

    /// Lifts the slopes of the points whose ray crosses a wall: ax, ay, ex, ey, top.
    #[inline(always)]
    fn hold(&self, [ax, ay, ex, ey, top]: [f32; 5], along: [f32; 2], slopes: &mut [f32; LANES]) {
        let turn = along[0] * ey - along[1] * ex;
        let sign = 1.0_f32.copysign(turn);
        let across = turn * sign;
        let (ex, ey, along_x, along_y) = (ex * sign, ey * sign, along[0] * sign, along[1] * sign);
        for (i, held) in slopes.iter_mut().enumerate() {
            let (to_x, to_y) = (ax - self.x[i], ay - self.y[i]);
            let run = to_x * ey - to_y * ex;
            let share = to_x * along_y - to_y * along_x;
            let slope = (top - self.z[i]) * across / run;
            let seen = (share >= 0.0) & (share <= across) & (run > 0.0) & (slope > *held);
            *held = if seen { slope } else { *held };
        }
    }
}

#[inline(always)]
fn smallest(values: &[f32; LANES]) -> f32 {
    let mut best = f32x8::splat(f32::INFINITY);
    for some in values.as_chunks::<8>().0 {
        best = best.min(f32x8::new(*some));
    }
    best.to_array().into_iter().fold(f32::INFINITY, f32::min)
}

#[inline(always)]
fn largest(values: &[f32; LANES]) -> f32 {
    let mut best = f32x8::splat(f32::NEG_INFINITY);
    for some in values.as_chunks::<8>().0 {
        best = best.max(f32x8::new(*some));
    }
    best.to_array().into_iter().fold(f32::NEG_INFINITY, f32::max)
}
