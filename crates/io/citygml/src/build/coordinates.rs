//! Coordinates: numbers to positions, and whether they can be places.

use std::ops::Range;

use super::shape::Marks;
use super::{Builder, Frame};
use crate::CityGmlError;
use crate::markup::Attribute;
use crate::numbers::{NotANumber, NumberList};
use futago_raw::{NONE, Span, TextureRing};

/// The positions of the open ring, line or point; the texture coordinates of the open list.
#[derive(Debug, Default)]
pub(crate) struct List {
    /// First position.
    first: usize,
    /// Numbers of a position.
    dimension: u8,
    /// Numbers of the position on its way.
    numbers: [f64; 3],
    have: u8,
    /// The first word that is no number, and where.
    bad: Option<(u64, String)>,
    /// A position is no place.
    out_of_range: bool,
    /// The ring that texture coordinates belong to.
    ring: Span,
}

impl Builder<'_> {
    pub(super) fn begin_list(&mut self) {
        self.list.first = self.object.shapes.positions.len();
        self.list.bad = None;
        self.list.out_of_range = false;
        self.list.have = 0;
    }

    pub(super) fn begin_coordinates(&mut self, marks: &Marks) {
        self.list.dimension = marks.dimension.unwrap_or_else(|| self.open_dimension());
    }

    /// Adds the numbers of a text to the positions.
    pub(super) fn numbers(&mut self, text: &[u8]) {
        let Self { list, object, range, .. } = self;
        let positions = &mut object.shapes.positions;
        for number in NumberList::new(text) {
            let number = match number {
                Ok(number) => number,
                Err(bad) => return self.bad_number(text, bad),
            };
            list.numbers[usize::from(list.have)] = number;
            list.have += 1;
            if list.have == list.dimension {
                list.have = 0;
                list.out_of_range |= !range.holds(list.numbers);
                positions.push(list.numbers);
            }
        }
    }

    fn bad_number(&mut self, text: &[u8], NotANumber(at): NotANumber) {
        if self.list.bad.is_none() {
            let word = text[at..].split(u8::is_ascii_whitespace).next().unwrap_or_default();
            let word: String = String::from_utf8_lossy(word).chars().take(40).collect();
            // The escaped text of a CDATA section may be longer than all that was read of the file.
            self.list.bad = Some((self.byte.saturating_sub((text.len() - at) as u64), word));
        }
    }

    pub(super) fn end_coordinates(&mut self) -> Result<(), CityGmlError> {
        let limit = self.settings.limits.object_vertices.min(NONE as usize);
        if self.object.shapes.positions.len() > limit {
            return Err(self.too_large("the number of vertices of an object", "object_vertices", limit));
        }
        let List { have, dimension, .. } = self.list;
        if have > 0 && self.list.bad.is_none() {
            let action =
                format!("{have} number(s) are left after the last position of {dimension}; left out");
            self.note("bad-coordinate-count", action);
        }
        self.list.have = 0;
        self.list.numbers = [0.0; 3];
        Ok(())
    }

    /// The positions of a finished ring, line or point; none when they are of no use, which is reported.
    pub(super) fn end_list(&mut self, what: &str) -> Option<Range<u32>> {
        let first = self.list.first;
        if let Some((byte, word)) = self.list.bad.take() {
            self.note_at("bad-coordinates", byte, format!("`{word}` is no number; the {what} was left out"));
            self.object.shapes.positions.truncate(first);
            return None;
        }
        if self.list.out_of_range && !self.swap_back(first, what) {
            self.object.shapes.positions.truncate(first);
            return None;
        }
        if self.object.shapes.positions.len() == first {
            self.note("empty-geometry", format!("a {what} has no coordinates; left out"));
            return None;
        }
        Some(first as u32..self.object.shapes.positions.len() as u32)
    }

    /// Longitude before latitude, or no places at all? True when they are places now.
    fn swap_back(&mut self, first: usize, what: &str) -> bool {
        let range = self.range;
        let positions = &mut self.object.shapes.positions[first..];
        if positions.iter().all(|at| range.holds_swapped(*at)) {
            for at in positions {
                at.swap(0, 1);
            }
            self.note(
                "swapped-coordinates",
                format!("longitude stands before latitude in a {what}; swapped"),
            );
            return true;
        }
        let at = positions.iter().find(|at| !range.holds(**at)).copied().unwrap_or_default();
        self.note("bad-coordinates", format!("{at:?} is not a place; the {what} was left out"));
        false
    }

    pub(super) fn start_texture(&mut self, attributes: &[Attribute<'_>]) {
        let mut ring = Span::default();
        for (name, value) in attributes {
            if *name == b"ring" {
                ring = self.push_value(value);
            } else {
                let name = String::from_utf8_lossy(name);
                self.note(
                    "unknown-attribute",
                    format!("{name} of texture coordinates is not used; left out"),
                );
            }
        }
        let first = self.object.texture_positions.len();
        self.list = List { first, ring, ..List::default() };
        self.frames.push(Frame::Texture);
    }

    pub(super) fn texture_numbers(&mut self, text: &[u8]) {
        for number in NumberList::new(text) {
            let number = match number {
                Ok(number) if number.is_finite() => number,
                Ok(_) => return self.bad_number(text, NotANumber(0)),
                Err(bad) => return self.bad_number(text, bad),
            };
            self.list.numbers[usize::from(self.list.have)] = number;
            self.list.have += 1;
            if self.list.have == 2 {
                self.list.have = 0;
                let [right, up, _] = self.list.numbers;
                self.object.texture_positions.push([right as f32, up as f32]);
            }
        }
    }

    pub(super) fn end_texture(&mut self) {
        let first = self.list.first;
        if let Some((byte, word)) = self.list.bad.take() {
            let action = format!("`{word}` is no number; the texture coordinates were left out");
            self.note_at("bad-texture-coordinates", byte, action);
            self.object.texture_positions.truncate(first);
        } else if self.list.have > 0 {
            self.note("bad-texture-coordinates", "a number is left after the last pair; left out");
        }
        self.list.have = 0;
        let positions = first as u32..self.object.texture_positions.len() as u32;
        self.object.texture_rings.push(TextureRing { node: self.node, ring: self.list.ring, positions });
    }
}
