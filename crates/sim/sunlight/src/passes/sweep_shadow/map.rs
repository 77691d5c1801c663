//! A map of one bit a grid point, filled stretch by stretch.

use super::SweepParams;

/// Lines worked out at once.
pub const LANES: usize = 8;
/// The most points that lie in eight bytes wherever they begin.
const SHORT: u32 = 57;
/// Bytes of a word hold the points in order only where the lowest byte comes first.
const _: () =
    assert!(cfg!(target_endian = "little"), "the shadow maps are written for little-endian processors");
/// 0, 1, 2, ...
pub const STEPS: [f32; LANES] = [0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0];

/// A map that is being filled.
pub struct Map<'a> {
    /// Number of the last line.
    pub last_line: f32,
    /// Number of the last point of each line.
    pub last_point: f32,
    words: usize,
    bits: &'a mut [u32],
}

/// A straight line across the lines of the map: where it is at which line, and how it goes on.
#[derive(Clone, Copy)]
pub struct Edge {
    /// A place on it.
    pub at: [f32; 2],
    /// Step along the line for a step to the next line.
    pub run: f32,
}

impl<'a> Map<'a> {
    /// A map over its bits.
    pub fn new(params: &SweepParams, bits: &'a mut [u32]) -> Self {
        let (last_line, last_point) = (params.lines as f32 - 1.0, params.points as f32 - 1.0);
        Self { last_line, last_point, words: params.words as usize, bits }
    }

    /// Fills on each line of a range what lies between west and east strip edges (at line 0, going on by `lean`),
    /// east of some edges and west of others.
    #[inline(always)]
    pub fn fill_lines(&mut self, lines: [f32; 2], strip: [f32; 2], lean: f32, west: &[Edge], east: &[Edge]) {
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
            for edge in west {
                for i in 0..LANES {
                    let x = edge.at[0] + (ys[i] - edge.at[1]) * edge.run;
                    from[i] = if x > from[i] { x } else { from[i] };
                }
            }
            for edge in east {
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
            let mut widest = 0;
            for i in 0..LANES {
                end[i] = end[i].max(first[i]);
                widest = widest.max(end[i] - first[i]);
            }
            if widest <= SHORT && self.bits.len() >= 2 {
                for i in 0..count {
                    self.fill_short(line + i, first[i], end[i] - first[i]);
                }
            } else {
                for i in 0..count {
                    if first[i] < end[i] {
                        fill(&mut self.bits[(line + i) * self.words..], first[i], end[i] - 1);
                    }
                }
            }
            line += LANES;
            y += LANES as f32;
        }
    }

    /// Fills at most [`SHORT`] points of a line, or none, in the same time whatever they are.
    #[inline(always)]
    fn fill_short(&mut self, line: usize, first: u32, count: u32) {
        let bytes: &mut [u8] = bytemuck::cast_slice_mut(self.bits);
        let bit = line * self.words * 32 + first as usize;
        let byte = (bit / 8).min(bytes.len() - 8);
        let mask = ((1_u64 << count) - 1) << (bit - byte * 8);
        if let Some(word) = bytes[byte..].first_chunk_mut() {
            *word = (u64::from_le_bytes(*word) | mask).to_le_bytes();
        }
    }

    /// Fills the points of a line from `west` to `east`.
    #[inline(always)]
    pub fn fill_between(&mut self, line: usize, west: f32, east: f32) {
        let (from, to) = (west.max(0.0).ceil(), east.min(self.last_point).floor());
        if from <= to {
            fill(&mut self.bits[line * self.words..], from as u32, to as u32);
        }
    }
}

/// A whole number from 0 to 2^23 - 1 as an integer, in a way that compilers turn into vector code.
#[inline(always)]
fn whole(v: f32) -> u32 {
    (v + 8_388_608.0).to_bits() & 0x007F_FFFF
}

/// Sets the bits `from..=to` of a line.
#[inline(always)]
fn fill(line: &mut [u32], from: u32, to: u32) {
    let (first, last) = ((from >> 5) as usize, (to >> 5) as usize);
    let words = &mut line[first..=last];
    let head = u32::MAX << (from & 31);
    let tail = u32::MAX >> (31 - (to & 31));
    match words {
        [one] => *one |= head & tail,
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
