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
        /// How many of its walls, the first ones, can add to the shadow; behind each of the others stands a
        /// solid as high.
        pub shown_walls: u32,
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
///
/// Line by line the strips of all solids ([`Shadow::strip`]) are joined, so that what is dark for many reasons is
/// filled once, and what walls would add is only worked out where it is not dark yet.
#[multiversion(targets("x86_64+avx2+fma+bmi2"))]
pub fn sweep_shadow(
    params: &SweepParams,
    solids: &[SweepSolid],
    walls: &[SweepWall],
    shift: [f32; 2],
    map: &mut [u32],
) {
    let (last_line, last_point) = (params.lines as f32 - 1.0, params.points as f32 - 1.0);
    let mut map = Map { last_line, last_point, words: params.words as usize, bits: map };
    let mut shadows = Vec::new();
    let (mut arrivals, mut strips) = (Vec::new(), Vec::new());
    for solid in solids {
        let v = [shift[0] * solid.rise, shift[1] * solid.rise];
        if solid.high[0] + v[0].max(0.0) < 0.0
            || solid.low[0] + v[0].min(0.0) > last_point
            || solid.high[1] + v[1].max(0.0) < 0.0
            || solid.low[1] + v[1].min(0.0) > last_line
        {
            continue;
        }
        let shadow = Shadow::of(solid, walls, shift);
        let number = shadows.len() as u64;
        let first = shadow.lines[0].max(0.0);
        if first <= shadow.lines[1].min(last_line) {
            arrivals.push((first as u64) << 32 | number);
        }
        let first = shadow.middle[0].max(0.0);
        if first <= shadow.middle[1].min(last_line) {
            strips.push((first as u64) << 32 | number);
        }
        shadows.push(shadow);
    }
    arrivals.sort_unstable();
    strips.sort_unstable();
    let (mut arrivals, mut strips) = (arrivals.into_iter().peekable(), strips.into_iter().peekable());
    let mut hidden = vec![false; shadows.len()];
    let lean = shift[0] / shift[1];
    let mut dark = Skyline::default();
    for line in 0..u64::from(params.lines) {
        let y = line as f32;
        while let Some(at) = strips.next_if(|at| at >> 32 == line) {
            let number = at as u32 as usize;
            if !hidden[number] {
                let [west, east] = shadows[number].strip;
                dark.add(Strip { west, east, last: shadows[number].middle[1].min(last_line) }, y);
            }
        }
        while let Some(at) = arrivals.next_if(|at| at >> 32 == line) {
            let number = at as u32 as usize;
            let shadow = &shadows[number];
            let near = dark.from(shadow.strip[0]);
            hidden[number] = covered_to(near, shadow.strip, y) >= shadow.lines[1].min(last_line);
            if !hidden[number] {
                for wall in &walls[shadow.first..shadow.end] {
                    sweep_wall(shadow, wall, near, y, &mut map);
                }
            }
        }
        map.fill_joined(line as usize, y * lean, &mut dark);
    }
}

/// A stretch between two lines along the shadow, carried to line 0, up to a last line.
#[derive(Clone, Copy)]
struct Strip {
    west: f32,
    east: f32,
    last: f32,
}

/// What is dark from the present line on, and to which line at least: strips that do not overlap, west to east.
#[derive(Default)]
struct Skyline {
    strips: Vec<Strip>,
    part: Vec<Strip>,
}

impl Skyline {
    /// Adds a strip that begins at line `y`; where another lasts as long, that one stays.
    #[inline(always)]
    fn add(&mut self, new: Strip, y: f32) {
        let first = self.strips.partition_point(|s| s.east < new.west);
        let end = first + self.strips[first..].iter().take_while(|s| s.west <= new.east).count();
        let mut from = new.west;
        self.part.clear();
        for old in &self.strips[first..end] {
            if old.last < y {
                continue;
            }
            if old.last >= new.last {
                if from < old.west {
                    self.part.push(Strip { west: from, east: old.west, last: new.last });
                }
                self.part.push(*old);
                from = if old.east > from { old.east } else { from };
            } else {
                if old.west < new.west {
                    self.part.push(Strip { east: new.west, ..*old });
                }
                if old.east > new.east {
                    if from < new.east {
                        self.part.push(Strip { west: from, ..new });
                    }
                    self.part.push(Strip { west: new.east, ..*old });
                    from = new.east;
                }
            }
        }
        if from < new.east {
            self.part.push(Strip { west: from, ..new });
        }
        self.strips.splice(first..end, self.part.iter().copied());
    }

    /// The strips that end east of a place.
    #[inline(always)]
    fn from(&self, west: f32) -> &[Strip] {
        &self.strips[self.strips.partition_point(|s| s.east < west)..]
    }
}

/// The line up to which a whole stretch is dark from line `y` on; before all lines when it is not.
#[inline(always)]
fn covered_to(dark: &[Strip], [west, east]: [f32; 2], y: f32) -> f32 {
    let (mut to, mut last) = (west, f32::INFINITY);
    for strip in dark {
        if strip.east < west {
            continue;
        }
        if strip.west > to || strip.last < y {
            break;
        }
        to = strip.east;
        last = if strip.last < last { strip.last } else { last };
        if to >= east {
            return last;
        }
    }
    f32::NEG_INFINITY
}

/// A straight line across the lines of the map: where it is at which line, and how it goes on.
#[derive(Clone, Copy)]
struct Edge {
    at: [f32; 2],
    run: f32,
}

/// The shadow of a solid as a whole.
struct Shadow {
    /// Its walls that can add to the shadow: first, and the one after the last.
    first: usize,
    end: usize,
    /// End of the shadow of a foot.
    v: [f32; 2],
    /// Step along a line for a step to the next one, down the shadow.
    lean: f32,
    /// Its outermost feet, carried along the shadow to line 0.
    strip: [f32; 2],
    /// All its lines: first, last.
    lines: [f32; 2],
    /// Lines that neither the outline nor the shadow of the top touches. There every shadow line is one stretch
    /// between the outermost corners, whatever the outline's shape, because the outline hangs together.
    middle: [f32; 2],
}

impl Shadow {
    #[inline(always)]
    fn of(solid: &SweepSolid, walls: &[SweepWall], shift: [f32; 2]) -> Self {
        let v = [shift[0] * solid.rise, shift[1] * solid.rise];
        let lean = shift[0] / shift[1];
        let first = solid.first_wall as usize;
        let end = first + solid.wall_count as usize;
        let (mut west, mut east) = (f32::INFINITY, f32::NEG_INFINITY);
        for wall in &walls[first..end] {
            let foot = wall.a[0] - wall.a[1] * lean;
            west = if foot < west { foot } else { west };
            east = if foot > east { foot } else { east };
        }
        let lines = [(solid.low[1] + v[1].min(0.0)).ceil(), (solid.high[1] + v[1].max(0.0)).floor()];
        let middle = [(solid.high[1] + v[1].min(0.0)).ceil(), (solid.low[1] + v[1].max(0.0)).floor()];
        Self { first, end: first + solid.shown_walls as usize, v, lean, strip: [west, east], lines, middle }
    }

    /// The lines of a range that are not in the middle.
    #[inline(always)]
    fn ends(&self, lines: [f32; 2]) -> [[f32; 2]; 2] {
        let [low, high] = lines;
        if self.middle[0] <= self.middle[1] {
            [[low, high.min(self.middle[0] - 1.0)], [low.max(self.middle[1] + 1.0), high]]
        } else {
            [lines, [0.0, -1.0]]
        }
    }
}

/// Fills the parallelogram of one wall, if it faces away from the sun, but for the lines of the middle.
#[inline(always)]
fn sweep_wall(shadow: &Shadow, wall: &SweepWall, dark: &[Strip], y: f32, map: &mut Map<'_>) {
    let (a, b, v) = (wall.a, wall.b, shadow.v);
    let e = [b[0] - a[0], b[1] - a[1]];
    if e[0] * v[1] - e[1] * v[0] >= 0.0 {
        return;
    }
    // Between the two lines along the shadow ...
    let (from_a, from_b) = (a[0] - a[1] * shadow.lean, b[0] - b[1] * shadow.lean);
    let strip = [from_a.min(from_b), from_a.max(from_b)];
    let lines = [(a[1].min(b[1]) + v[1].min(0.0)).ceil(), (a[1].max(b[1]) + v[1].max(0.0)).floor()];
    // What is dark anyhow need not be filled again.
    let lines = [lines[0].max(covered_to(dark, strip, y) + 1.0), lines[1]];
    if lines[0] > lines[1].min(map.last_line) {
        return;
    }
    // ... and between the wall and its shadow's end.
    let run = e[0] / e[1];
    let (near, end) = (Edge { at: a, run }, Edge { at: [a[0] + v[0], a[1] + v[1]], run });
    let ends = shadow.ends(lines);
    if e[1].abs() < LEVEL {
        map.fill_lines(ends[0], strip, shadow.lean, &[], &[]);
        map.fill_lines(ends[1], strip, shadow.lean, &[], &[]);
    } else {
        // Where the shadow's end crosses the line of its start.
        let (left, right) = if v[0] > v[1] * run { (near, end) } else { (end, near) };
        map.fill_lines(ends[0], strip, shadow.lean, &[left], &[right]);
        map.fill_lines(ends[1], strip, shadow.lean, &[left], &[right]);
    }
}

/// A map that is being filled.
struct Map<'a> {
    last_line: f32,
    last_point: f32,
    words: usize,
    bits: &'a mut [u32],
}

/// Lines worked out at once.
const LANES: usize = 8;

impl Map<'_> {
    /// Fills what is dark of a line, each stretch once.
    #[inline(always)]
    fn fill_joined(&mut self, line: usize, offset: f32, dark: &mut Skyline) {
        let y = line as f32;
        let words = &mut self.bits[line * self.words..][..self.words];
        let (mut west, mut east, mut over) = (f32::INFINITY, f32::NEG_INFINITY, 0);
        for strip in &dark.strips {
            if strip.last < y {
                over += 1;
                continue;
            }
            if strip.west > east {
                fill_between(words, west + offset, east + offset, self.last_point);
                west = strip.west;
            }
            east = strip.east;
        }
        fill_between(words, west + offset, east + offset, self.last_point);
        if over * 4 > dark.strips.len() {
            dark.strips.retain(|s| s.last >= y);
        }
    }

    /// Fills on each line what lies within a strip along the shadow, right of some edges and left of others.
    #[inline(always)]
    fn fill_lines(&mut self, lines: [f32; 2], strip: [f32; 2], lean: f32, left: &[Edge], right: &[Edge]) {
        let (first, last) = (lines[0].max(0.0), lines[1].min(self.last_line));
        if first > last {
            return;
        }
        let (mut y, mut line, last) = (first, first as usize, last as usize);
        while line <= last {
            let (mut ys, mut from, mut to) = ([0.0_f32; LANES], [0.0_f32; LANES], [0.0_f32; LANES]);
            for i in 0..LANES {
                ys[i] = y + STEPS[i];
                from[i] = strip[0] + ys[i] * lean;
                to[i] = strip[1] + ys[i] * lean;
            }
            for edge in left {
                for i in 0..LANES {
                    let x = edge.at[0] + (ys[i] - edge.at[1]) * edge.run;
                    from[i] = if x > from[i] { x } else { from[i] };
                }
            }
            for edge in right {
                for i in 0..LANES {
                    let x = edge.at[0] + (ys[i] - edge.at[1]) * edge.run;
                    to[i] = if x < to[i] { x } else { to[i] };
                }
            }
            let (mut first, mut end) = ([0_u32; LANES], [0_u32; LANES]);
            for i in 0..LANES {
                let x = if from[i] > 0.0 { from[i] } else { 0.0 };
                let x = if x < self.last_point + 1.0 { x } else { self.last_point + 1.0 };
                first[i] = whole(x.ceil());
                let x = if to[i] < self.last_point { to[i] } else { self.last_point };
                let x = if x > -1.0 { x } else { -1.0 };
                end[i] = whole(x.floor() + 1.0);
            }
            let count = LANES.min(last + 1 - line);
            for (i, words) in
                self.bits[line * self.words..].chunks_exact_mut(self.words).take(count).enumerate()
            {
                if first[i] < end[i] {
                    fill(words, first[i], end[i] - 1);
                }
            }
            line += LANES;
            y += LANES as f32;
        }
    }
}

/// 0, 1, 2, ...
const STEPS: [f32; LANES] = [0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0];

/// A whole number from 0 to 2^23 - 1 as an integer, in a way that compilers turn into vector code.
#[inline(always)]
fn whole(v: f32) -> u32 {
    (v + 8_388_608.0).to_bits() & 0x007F_FFFF
}

/// Sets the bits of the points of a line from `west` to `east`.
#[inline(always)]
fn fill_between(words: &mut [u32], west: f32, east: f32, last_point: f32) {
    let (from, to) = (west.max(0.0).ceil(), east.min(last_point).floor());
    if from <= to {
        fill(words, from as u32, to as u32);
    }
}

/// Sets the bits `from..=to` of a line.
#[inline(always)]
fn fill(line: &mut [u32], from: u32, to: u32) {
    let (first, last) = ((from >> 5) as usize, (to >> 5) as usize);
    let line = &mut line[first..=last];
    let head = u32::MAX << (from & 31);
    let tail = u32::MAX >> (31 - (to & 31));
    match line {
        [one] => *one |= head & tail,
        [one, other] => {
            *one |= head;
            *other |= tail;
        }
        [one, between @ .., other] => {
            *one |= head;
            *other |= tail;
            for word in between {
                *word = u32::MAX;
            }
        }
        [] => {}
    }
}
