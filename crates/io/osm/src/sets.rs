//! Lots of tags, each different one once.
//!
//! An extract has millions of ways and few ways to tag them: `building=yes` alone is most of a city. So tags are
//! kept, and what they mean is worked out, once for all ways that have the same.

use rustc_hash::FxHashMap;

use crate::classes::{area_class, is_area, is_building, line_class, way_kind};
use crate::element::Tag;
use crate::indoor::is_part;
use crate::tags::{Tags, pack};
use futago_raw::WayKind;

/// What tags make of a way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Uses {
    /// A line that is drawn.
    pub line: bool,
    /// An area that is drawn.
    pub area: bool,
    /// A building or a part of one.
    pub building: bool,
    /// Somebody walks on it.
    pub walk: bool,
    /// People walk all over it, not along it: its outline is a way for them.
    pub walk_outline: bool,
    /// Closed, it is a room, or another part of a floor.
    pub floor_part: bool,
    /// Closed, it is an area rather than a line.
    pub closes: bool,
}

impl Uses {
    pub fn of(tags: &Tags) -> Self {
        let kind = way_kind(tags);
        Self {
            line: line_class(tags).is_some(),
            area: area_class(tags).is_some(),
            building: is_building(tags),
            walk: kind.is_some(),
            walk_outline: kind.is_some_and(|kind| kind != WayKind::Street),
            floor_part: is_part(tags),
            closes: is_area(tags),
        }
    }

    /// Whether a way may become a feature.
    pub fn any(self) -> bool {
        self.line || self.area || self.building || self.walk || self.floor_part
    }
}

/// Lots of tags by their number.
#[derive(Debug, Default)]
pub(crate) struct TagSets {
    rows: Vec<(Tags, Uses)>,
    numbers: FxHashMap<Tags, u32>,
    packed: String,
}

impl TagSets {
    /// The number of these tags.
    pub fn number_of(&mut self, tags: &[Tag<'_>]) -> u32 {
        pack(tags, &mut self.packed);
        match self.numbers.get(self.packed.as_str()) {
            Some(number) => *number,
            None => self.add(Tags::of_packed(&self.packed)),
        }
    }

    /// The number of tags of other lots.
    pub fn take(&mut self, tags: &Tags) -> u32 {
        match self.numbers.get(tags) {
            Some(number) => *number,
            None => self.add(tags.clone()),
        }
    }

    pub fn tags(&self, number: u32) -> &Tags {
        &self.rows[number as usize].0
    }

    pub fn uses(&self, number: u32) -> Uses {
        self.rows[number as usize].1
    }

    pub fn len(&self) -> usize {
        self.rows.len()
    }

    fn add(&mut self, tags: Tags) -> u32 {
        let number = self.rows.len() as u32;
        self.rows.push((tags.clone(), Uses::of(&tags)));
        self.numbers.insert(tags, number);
        number
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tags::Key;

    #[test]
    fn the_same_tags_have_one_number() {
        let mut sets = TagSets::default();
        let [house, path] = [[(Key::Building, "yes")], [(Key::Highway, "path")]];
        let numbers = [&house, &path, &house].map(|tags| sets.number_of(tags));
        assert_eq!((numbers, sets.len()), ([0, 1, 0], 2));
        assert!(sets.uses(0).building && !sets.uses(0).walk && sets.uses(1).walk && sets.uses(1).line);
        let mut others = TagSets::default();
        assert_eq!(
            [others.take(sets.tags(1)), others.number_of(&path), others.take(sets.tags(0))],
            [0, 0, 1]
        );
        // Neither the end of a value nor the next key can be mistaken.
        let [one, two] = [vec![(Key::Name, "ab")], vec![(Key::Name, "a"), (Key::Name, "b")]];
        assert_ne!(sets.number_of(&one), sets.number_of(&two));
    }
}
