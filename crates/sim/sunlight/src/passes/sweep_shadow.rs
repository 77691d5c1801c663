//! Shadows on a level plane, all points of a grid at once. Twin of `shaders/sunlight/sweep_shadow.wgsl`.
//!
//! On a level plane the shadow of an upright prism is its outline swept along the shadow's direction: the
//! outline itself and one parallelogram a wall that faces away from the sun. It is filled line by line into a
//! map of one bit a grid point, so that a whole line of a shadow costs a few operations. It is exact: a bit is
//! set when the point itself lies in the shadow.
//!
//! On the CPU the lines between outline and shadow's end, where a shadow is one stretch whatever its outline,
//! are joined for all solids ([`darkness`]); only the two ends of each shadow are filled by themselves
//! ([`ends`]), as far as they are not dark anyway. So what is dark for many reasons is filled once.
//!
//! A prism with air below throws the shadow that its plan would throw from where the underside's shadow lies: the
//! outline carried along by the underside's height, then swept by the prism's own height. Such outlines are convex;
//! they are few, and filled one by one.
//!
//! Everything is in grid units: grid point (i, j) lies at x = i, y = j; lines run along x. The caller turns
//! the grid so that shadows fall towards higher lines and mainly across them (`shift.y >= |shift.x|`). So the
//! line at which a shadow begins, and the one at which its outline ends, are the same for all suns of a run.

mod darkness;
mod ends;
mod map;

use futago_compute::{Binding, CpuPass, Pass, gpu_struct};
use multiversion::multiversion;
use rayon::prelude::*;

use self::darkness::Darkness;
pub use self::darkness::Strip;
use self::map::Map;

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
        /// Height of the top above the plane, or above the underside where there is air below.
        pub rise: f32,
        /// First of its walls.
        pub first_wall: u32,
        /// Number of its walls.
        pub wall_count: u32,
        /// How many of its walls, the first ones, can add to the shadow; behind each of the others stands a
        /// solid as high.
        pub shown_walls: u32,
        /// 1 when the outline is convex and has at most [`MOST_CONVEX_WALLS`] walls, else 0.
        pub convex: u32,
        /// Height of the underside above the plane; 0 without air below. Solids with air below come last and are
        /// convex.
        pub lift: f32,
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
        // Shadow of a height of 1: x, y; y is positive.
        Binding::read::<[f32; 2]>("shifts"),
        Binding::read_write::<u32>("bits"),
    ],
    cpu,
};

/// Outlines with more walls are swept wall by wall.
pub const MOST_CONVEX_WALLS: usize = 8;

fn cpu(pass: &CpuPass<'_>) {
    let params = pass.uniform::<SweepParams>(0);
    let (solids, walls, shifts) =
        (pass.read::<SweepSolid>(1), pass.read::<SweepWall>(2), pass.read::<[f32; 2]>(3));
    let mut bits = pass.write::<u32>(4);
    let map_len = (params.lines * params.words) as usize;
    let solids = &solids[..params.solid_count as usize];
    let order = Order::of(solids);
    bits.par_chunks_mut(map_len)
        .zip(&shifts[..params.sun_count as usize])
        .for_each_init(Vec::new, |middles, (map, shift)| {
            sweep_shadow(&params, solids, &walls, &order, *shift, middles, map)
        });
}

/// The order in which a sweep comes to the solids, whatever the sun.
#[derive(Debug, Clone)]
pub struct Order {
    /// By the first line of outline and shadow.
    begins: Vec<u32>,
    /// By the last line of the outline.
    ends: Vec<u32>,
}

impl Order {
    /// Of those of these solids that stand on the ground.
    pub fn of(solids: &[SweepSolid]) -> Self {
        let count = solids.partition_point(|solid| solid.lift <= 0.0);
        let by = |line: fn(&SweepSolid) -> f32| {
            let mut numbers: Vec<u32> = (0..count as u32).collect();
            let line_of = |number: &u32| line(&solids[*number as usize]);
            numbers.sort_by(|a, b| line_of(a).total_cmp(&line_of(b)));
            numbers
        };
        Self { begins: by(|solid| solid.low[1]), ends: by(|solid| solid.high[1]) }
    }
}

/// Sets the bits of one sun's map. `middles` is memory that one map after the other uses.
#[multiversion(targets("x86_64+avx512f+avx512vl+avx512dq+avx512bw+avx2+fma+bmi2", "x86_64+avx2+fma+bmi2"))]
pub fn sweep_shadow(
    params: &SweepParams,
    solids: &[SweepSolid],
    walls: &[SweepWall],
    order: &Order,
    shift: [f32; 2],
    middles: &mut Vec<Strip>,
    map: &mut [u32],
) {
    let mut map = Map::new(params, map);
    let lean = shift[0] / shift[1];
    let mut dark = Darkness::new(&map, lean);
    // Middles that are still to come: the outline has begun and not ended.
    middles.clear();
    middles.resize(solids.len(), Strip::NONE);
    let (mut begins, mut ends) = (order.begins.iter().peekable(), order.ends.iter().peekable());
    for line in 0..params.lines as usize {
        let y = line as f32;
        while let Some(number) = ends.next_if(|number| solids[**number as usize].high[1] <= y) {
            let middle = middles[*number as usize];
            if middle.last >= y {
                dark.add(middle, y, &mut map);
            }
        }
        while let Some(number) = begins.next_if(|number| solids[**number as usize].low[1] <= y) {
            let solid = &solids[*number as usize];
            let walls = &walls[solid.first_wall as usize..][..solid.wall_count as usize];
            let Some(shadow) = Shadow::of(solid, walls, shift, lean, &map) else { continue };
            let covered = dark.covered_to(shadow.strip, y);
            if covered >= shadow.lines[1] {
                continue;
            }
            if solid.convex != 0 {
                ends::fill_outline(&shadow, walls, covered + 1.0, &mut map);
            } else {
                ends::fill_walls(&shadow, &walls[..solid.shown_walls as usize], covered + 1.0, &mut map);
            }
            if shadow.has_middle() {
                let [west, east] = shadow.strip;
                let middle = Strip { west, east, last: shadow.middle[1] };
                if solid.high[1] <= y {
                    dark.add(middle, y, &mut map);
                } else {
                    middles[*number as usize] = middle;
                }
            }
        }
        dark.fill_line(line, &mut map);
    }
    for solid in &solids[order.begins.len()..] {
        sweep_lifted(solid, walls, shift, lean, &mut map);
    }
}

/// Fills the shadow of a solid with air below.
#[inline(always)]
fn sweep_lifted(solid: &SweepSolid, walls: &[SweepWall], shift: [f32; 2], lean: f32, map: &mut Map<'_>) {
    let carried = [shift[0] * solid.lift, shift[1] * solid.lift];
    let moved = |at: [f32; 2]| [at[0] + carried[0], at[1] + carried[1]];
    let count = (solid.wall_count as usize).min(MOST_CONVEX_WALLS);
    let mut outline = [SweepWall { a: [0.0; 2], b: [0.0; 2] }; MOST_CONVEX_WALLS];
    for (to, wall) in outline.iter_mut().zip(&walls[solid.first_wall as usize..][..count]) {
        *to = SweepWall { a: moved(wall.a), b: moved(wall.b) };
    }
    let outline = &outline[..count];
    let solid = SweepSolid { low: moved(solid.low), high: moved(solid.high), ..*solid };
    let Some(shadow) = Shadow::of(&solid, outline, shift, lean, map) else { return };
    ends::fill_outline(&shadow, outline, f32::NEG_INFINITY, map);
    if shadow.has_middle() {
        map.fill_lines(shadow.middle, shadow.strip, lean, &[], &[]);
    }
}

/// The shadow of a solid as a whole.
struct Shadow {
    /// End of the shadow of a foot.
    v: [f32; 2],
    /// Step along a line for a step to the next one, down the shadow.
    lean: f32,
    /// Its outermost feet, carried along the shadow to line 0.
    strip: [f32; 2],
    /// All its lines on the map: first, last.
    lines: [f32; 2],
    /// Lines that neither the outline nor the shadow of the top touches. There every shadow line is one stretch
    /// between the outermost corners, whatever the outline's shape, because the outline hangs together.
    middle: [f32; 2],
}

impl Shadow {
    /// None when it misses the map.
    #[inline(always)]
    fn of(
        solid: &SweepSolid,
        walls: &[SweepWall],
        shift: [f32; 2],
        lean: f32,
        map: &Map<'_>,
    ) -> Option<Self> {
        let v = [shift[0] * solid.rise, shift[1] * solid.rise];
        let low_x = solid.low[0] + v[0].min(0.0);
        let high = [solid.high[0] + v[0].max(0.0), solid.high[1] + v[1]];
        let lines = [solid.low[1].max(0.0).ceil(), high[1].min(map.last_line).floor()];
        if high[0] < 0.0 || low_x > map.last_point || lines[0] > lines[1] {
            return None;
        }
        let (mut west, mut east) = (f32::INFINITY, f32::NEG_INFINITY);
        for wall in walls {
            let foot = wall.a[0] - wall.a[1] * lean;
            west = if foot < west { foot } else { west };
            east = if foot > east { foot } else { east };
        }
        let middle = [solid.high[1].ceil().max(0.0), (solid.low[1] + v[1]).floor().min(map.last_line)];
        Some(Self { v, lean, strip: [west, east], lines, middle })
    }

    #[inline(always)]
    fn has_middle(&self) -> bool {
        self.middle[0] <= self.middle[1]
    }
}
