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
//! Everything is in grid units: grid point (i, j) lies at x = i, y = j; lines run along x. The caller turns
//! the grid so that shadows fall mainly across the lines (`|shift.y| >= |shift.x|`).

mod darkness;
mod ends;
mod map;

use futago_compute::{Binding, CpuPass, Pass, gpu_struct};
use multiversion::multiversion;
use rayon::prelude::*;

use self::darkness::{Darkness, Strip};
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
        /// Height of the top above the plane.
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
        /// Keeps the size a multiple of 8 bytes.
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

/// Outlines with more walls are swept wall by wall.
pub const MOST_CONVEX_WALLS: usize = 8;

fn cpu(pass: &CpuPass<'_>) {
    let params = pass.uniform::<SweepParams>(0);
    let (solids, walls, shifts) =
        (pass.read::<SweepSolid>(1), pass.read::<SweepWall>(2), pass.read::<[f32; 2]>(3));
    let mut bits = pass.write::<u32>(4);
    let map_len = (params.lines * params.words) as usize;
    let solids = &solids[..params.solid_count as usize];
    bits.par_chunks_mut(map_len).zip(&shifts[..params.sun_count as usize]).for_each_init(
        Scratch::default,
        |scratch, (map, shift)| {
            sweep_shadow(&params, solids, &walls, *shift, scratch, map);
        },
    );
}

/// Memory that one map after the other uses.
#[derive(Default)]
pub struct Scratch {
    shadows: Vec<Shadow>,
    /// Shadows by their first line.
    arrivals: Queue,
    /// Shadows by the first line of their middle.
    middles: Queue,
}

/// Sets the bits of one sun's map.
#[multiversion(targets("x86_64+avx512f+avx512vl+avx512dq+avx512bw+avx2+fma+bmi2", "x86_64+avx2+fma+bmi2"))]
pub fn sweep_shadow(
    params: &SweepParams,
    solids: &[SweepSolid],
    walls: &[SweepWall],
    shift: [f32; 2],
    scratch: &mut Scratch,
    map: &mut [u32],
) {
    let mut map = Map::new(params, map);
    let lean = shift[0] / shift[1];
    let mut dark = Darkness::new(&map, lean);
    let Scratch { shadows, arrivals, middles } = scratch;
    shadows.clear();
    arrivals.restart(params.lines);
    middles.restart(params.lines);
    for solid in solids {
        let Some(shadow) = Shadow::of(solid, walls, shift, &map) else { continue };
        arrivals.push(shadow.lines[0]);
        // One without a middle is never due.
        middles.push(if shadow.has_middle() { shadow.middle[0] } else { f32::INFINITY });
        shadows.push(shadow);
    }
    for line in 0..params.lines as usize {
        let y = line as f32;
        for number in middles.due(line) {
            let shadow = &shadows[number];
            if !shadow.hidden {
                let [west, east] = shadow.strip;
                dark.add(Strip { west, east, last: shadow.middle[1] }, y, &mut map);
            }
        }
        for number in arrivals.due(line) {
            let shadow = &mut shadows[number];
            let covered = dark.covered_to(shadow.strip, y);
            shadow.hidden = covered >= shadow.lines[1];
            if !shadow.hidden {
                let walls = &walls[shadow.first_wall as usize..][..shadow.wall_count as usize];
                if shadow.convex {
                    ends::fill_outline(shadow, walls, covered + 1.0, &mut map);
                } else {
                    let shown = &walls[..shadow.shown_walls as usize];
                    ends::fill_walls(shadow, shown, y, &dark, &mut map);
                }
            }
        }
        dark.fill_line(line, &mut map);
    }
}

/// The shadow of a solid as a whole.
struct Shadow {
    first_wall: u32,
    wall_count: u32,
    shown_walls: u32,
    convex: bool,
    /// Whether all of it is dark anyway.
    hidden: bool,
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
    /// None when it misses the map or can add nothing.
    #[inline(always)]
    fn of(solid: &SweepSolid, walls: &[SweepWall], shift: [f32; 2], map: &Map<'_>) -> Option<Self> {
        let v = [shift[0] * solid.rise, shift[1] * solid.rise];
        let low = [solid.low[0] + v[0].min(0.0), solid.low[1] + v[1].min(0.0)];
        let high = [solid.high[0] + v[0].max(0.0), solid.high[1] + v[1].max(0.0)];
        let lines = [low[1].max(0.0).ceil(), high[1].min(map.last_line).floor()];
        if high[0] < 0.0 || low[0] > map.last_point || lines[0] > lines[1] {
            return None;
        }
        let lean = shift[0] / shift[1];
        let walls = &walls[solid.first_wall as usize..][..solid.wall_count as usize];
        let (mut west, mut east) = (f32::INFINITY, f32::NEG_INFINITY);
        for wall in walls {
            let foot = wall.a[0] - wall.a[1] * lean;
            west = if foot < west { foot } else { west };
            east = if foot > east { foot } else { east };
        }
        let middle = [(solid.high[1] + v[1].min(0.0)).ceil(), (solid.low[1] + v[1].max(0.0)).floor()];
        Some(Self {
            first_wall: solid.first_wall,
            wall_count: solid.wall_count,
            shown_walls: solid.shown_walls,
            convex: solid.convex != 0,
            hidden: false,
            v,
            lean,
            strip: [west, east],
            lines,
            middle: [middle[0].max(0.0), middle[1].min(map.last_line)],
        })
    }

    #[inline(always)]
    fn has_middle(&self) -> bool {
        self.middle[0] <= self.middle[1]
    }
}

/// Numbers 0, 1, 2, ... by the line at which they are due.
#[derive(Default)]
struct Queue {
    heads: Vec<u32>,
    next: Vec<u32>,
}

const END: u32 = u32::MAX;

impl Queue {
    fn restart(&mut self, lines: u32) {
        self.heads.clear();
        self.heads.resize(lines as usize, END);
        self.next.clear();
    }

    /// The next number is due at a line; beyond the last line, never.
    #[inline(always)]
    fn push(&mut self, line: f32) {
        let number = self.next.len() as u32;
        let head = self.heads.get_mut(line as usize);
        self.next.push(head.map_or(END, |head| std::mem::replace(head, number)));
    }

    #[inline(always)]
    fn due(&self, line: usize) -> impl Iterator<Item = usize> + '_ {
        let mut at = self.heads[line];
        std::iter::from_fn(move || {
            let number = at;
            (number != END).then(|| {
                at = self.next[number as usize];
                number as usize
            })
        })
    }
}
