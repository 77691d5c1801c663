//! What is dark from the present line on, and to which line at least.
//!
//! Shadows of one sun all run the same way, so everything is carried along the shadow to line 0, where they are
//! strips. These are kept in columns one after the other: to which line a whole column is dark, and the parts of
//! columns that a strip begins or ends in. To add a strip or to ask for one takes a look at its columns, with no
//! search and hardly a branch.

use wide::f32x8;

use super::map::{LANES, Map, STEPS};

/// Width of a column, grid units.
const COLUMN: f32 = 1.0;
/// Columns looked at together.
const GROUP: usize = 32;
/// Parts kept of a column on each side: one may reach further, the other last longer.
const SLOTS: usize = 2;
/// Before all lines.
const NEVER: f32 = f32::NEG_INFINITY;

/// A stretch between two lines along the shadow, carried to line 0, up to a last line.
#[derive(Debug, Clone, Copy)]
pub struct Strip {
    /// Its edges.
    pub west: f32,
    /// Likewise.
    pub east: f32,
    /// Its last line.
    pub last: f32,
}

impl Strip {
    /// Nowhere at all.
    pub const NONE: Self = Self { west: 0.0, east: 0.0, last: NEVER };
}

/// A part of a column: from its own place to the column's end on one side, up to a line.
#[derive(Clone, Copy)]
struct Part {
    place: f32,
    until: f32,
}

/// The numbers below a count, in chunks; the last one is filled up with further numbers.
#[inline(always)]
fn chunks_of(count: f32) -> impl Iterator<Item = [f32; LANES]> {
    (0..(count as usize).div_ceil(LANES)).map(|chunk| STEPS.map(|step| (chunk * LANES) as f32 + step))
}

/// See the module.
pub struct Darkness {
    lean: f32,
    /// West end of column 0, east end of the last one.
    ends: [f32; 2],
    /// To which line whole columns are dark.
    until: Vec<f32>,
    /// Parts at the columns' west sides, at their east sides.
    parts: [Vec<[Part; SLOTS]>; 2],
}

impl Darkness {
    /// No darkness, over all that can be carried onto a map.
    pub fn new(map: &Map<'_>, lean: f32) -> Self {
        let carried = map.last_line * lean;
        let west = (-carried.max(0.0) / COLUMN).floor() * COLUMN - COLUMN;
        let columns = ((map.last_point - carried.min(0.0) - west) / COLUMN) as usize + 2;
        let none = vec![[Part { place: 0.0, until: NEVER }; SLOTS]; columns];
        Self {
            lean,
            ends: [west, west + columns as f32 * COLUMN],
            // Groups are whole.
            until: vec![NEVER; columns.next_multiple_of(GROUP) + GROUP],
            parts: [none.clone(), none],
        }
    }

    #[inline(always)]
    fn column(&self, place: f32) -> usize {
        ((place - self.ends[0]) * (1.0 / COLUMN)) as usize
    }

    /// A strip's edges and columns; none when it cannot be carried onto the map.
    #[inline(always)]
    fn clip(&self, west: f32, east: f32) -> Option<([f32; 2], [usize; 2])> {
        // Half a column of room: no clipped edge falls on the last column's end.
        let west = west.max(self.ends[0]);
        let east = east.min(self.ends[1] - COLUMN * 0.5);
        (west < east).then(|| ([west, east], [self.column(west), self.column(east)]))
    }

    /// Adds a strip that begins at line `y`. What is too narrow for the columns is filled into the map instead.
    #[inline(always)]
    pub fn add(&mut self, strip: Strip, y: f32, map: &mut Map<'_>) {
        let Some(([west, east], [first, last])) = self.clip(strip.west, strip.east) else { return };
        if last < first + 2 {
            let dark = self.covered_to([west, east], y);
            map.fill_lines([y.max(dark + 1.0), strip.last], [west, east], self.lean, &[], &[]);
            return;
        }
        let inner = &mut self.until[first + 1..];
        let count = (last - first - 1) as f32;
        for (untils, numbers) in inner.chunks_exact_mut(LANES).zip(chunks_of(count)) {
            for i in 0..LANES {
                let new = if numbers[i] < count { strip.last } else { NEVER };
                untils[i] = if new > untils[i] { new } else { untils[i] };
            }
        }
        self.add_part(1, first, Part { place: west, until: strip.last }, y, map);
        self.add_part(0, last, Part { place: east, until: strip.last }, y, map);
    }

    #[inline(always)]
    fn add_part(&mut self, side: usize, column: usize, new: Part, y: f32, map: &mut Map<'_>) {
        if self.until[column] >= new.until {
            return;
        }
        let reaches = |a: Part, b: Part| if side == 0 { a.place >= b.place } else { a.place <= b.place };
        let parts = &mut self.parts[side][column];
        if parts.iter().any(|old| old.until >= new.until && reaches(*old, new)) {
            return;
        }
        // In place of one that has ended or that it outdoes in both ways.
        let free =
            parts.iter().position(|old| old.until < y || (new.until >= old.until && reaches(new, *old)));
        if let Some(free) = free {
            parts[free] = new;
        } else {
            let border = self.ends[0] + (column + side) as f32 * COLUMN;
            let strip = if side == 0 { [border, new.place] } else { [new.place, border] };
            let from = y.max(self.until[column] + 1.0);
            map.fill_lines([from, new.until], strip, self.lean, &[], &[]);
            return;
        }
        for other in self.parts[1 - side][column] {
            let meet = if side == 0 { new.place >= other.place } else { other.place >= new.place };
            if meet && other.until >= y {
                self.until[column] = self.until[column].max(new.until.min(other.until));
            }
        }
    }

    /// The line up to which a whole strip is dark from line `y` on; before all lines when it is not.
    #[inline(always)]
    pub fn covered_to(&self, [west, east]: [f32; 2], y: f32) -> f32 {
        let Some(([west, east], [first, last])) = self.clip(west, east) else { return f32::INFINITY };
        let (mut at_west, mut at_east) = (NEVER, NEVER);
        for i in 0..SLOTS {
            let (part_west, part_east) = (self.parts[0][last][i], self.parts[1][first][i]);
            at_east = if part_west.place >= east { part_west.until.max(at_east) } else { at_east };
            at_west = if part_east.place <= west { part_east.until.max(at_west) } else { at_west };
        }
        let mut covered = if first == last {
            self.until[first].max(at_west).max(at_east)
        } else {
            self.until[first].max(at_west).min(self.until[last].max(at_east))
        };
        let count = (last as f32 - first as f32 - 1.0).max(0.0);
        let mut least = [f32::INFINITY; LANES];
        for (untils, numbers) in self.until[first + 1..].chunks_exact(LANES).zip(chunks_of(count)) {
            for i in 0..LANES {
                let until = if numbers[i] < count { untils[i] } else { f32::INFINITY };
                least[i] = if until < least[i] { until } else { least[i] };
            }
        }
        for until in least {
            covered = if until < covered { until } else { covered };
        }
        if covered >= y { covered } else { NEVER }
    }

    /// Fills what is dark of a line, each stretch once.
    #[inline(always)]
    pub fn fill_line(&self, line: usize, map: &mut Map<'_>) {
        let y = line as f32;
        let line_y = f32x8::splat(y);
        let carried = y * self.lean;
        // One column more on both sides: parts belong to whole columns beside them.
        let first = (self.column(-carried) - 1) / GROUP;
        let last = (self.column(map.last_point - carried) + 1) / GROUP;
        let mut from = None;
        let mut before = 0;
        for group in first..=last {
            let untils = &self.until[group * GROUP..][..GROUP];
            let mut dark = 0_u32;
            for (i, untils) in untils.as_chunks::<8>().0.iter().enumerate() {
                dark |= f32x8::from(*untils).simd_ge(line_y).to_bitmask() << (8 * i);
            }
            let mut changes = dark ^ (dark << 1 | before);
            before = dark >> (GROUP - 1);
            while changes != 0 {
                let column = group * GROUP + changes.trailing_zeros() as usize;
                changes &= changes - 1;
                from = match from {
                    None => Some(self.begin(column, y)),
                    Some(west) => {
                        map.fill_between(line, west + carried, self.end(column, y) + carried);
                        None
                    }
                };
            }
        }
        if let Some(west) = from {
            map.fill_between(line, west + carried, f32::INFINITY);
        }
    }

    /// Where the darkness begins whose first whole column this is.
    #[inline(always)]
    fn begin(&self, column: usize, y: f32) -> f32 {
        let border = self.ends[0] + column as f32 * COLUMN;
        let parts = column.checked_sub(1).map(|before| &self.parts[1][before]);
        let dark = parts.into_iter().flatten().filter(|part| part.until >= y);
        dark.fold(border, |west, part| west.min(part.place))
    }

    /// Where the darkness ends that has its last whole column before this one.
    #[inline(always)]
    fn end(&self, column: usize, y: f32) -> f32 {
        let border = self.ends[0] + column as f32 * COLUMN;
        let parts = self.parts[0].get(column).into_iter().flatten().filter(|part| part.until >= y);
        parts.fold(border, |east, part| east.max(part.place))
    }
}
