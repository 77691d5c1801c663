//! Tags that mean something here, and how their values are read.

use std::borrow::Borrow;
use std::sync::Arc;

use crate::element::Tag;

macro_rules! keys {
    ($($key:ident = $text:literal,)*) => {
        /// A key of a tag that means something here.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub(crate) enum Key {
            $(#[doc = $text] $key,)*
        }

        /// Every key, in the order of [`Key`].
        const KEYS: &[(Key, &str)] = &[$((Key::$key, $text),)*];

        impl Key {
            /// The key of this name.
            pub fn of(text: &str) -> Option<Self> {
                match text {
                    $($text => Some(Self::$key),)*
                    _ => None,
                }
            }
        }
    };
}

keys! {
    Access = "access",
    Amenity = "amenity",
    Area = "area",
    Bridge = "bridge",
    Building = "building",
    BuildingLevels = "building:levels",
    BuildingMinLevel = "building:min_level",
    BuildingPart = "building:part",
    Conveying = "conveying",
    Covered = "covered",
    Crossing = "crossing",
    Door = "door",
    Entrance = "entrance",
    EstWidth = "est_width",
    Foot = "foot",
    Footway = "footway",
    Height = "height",
    Highway = "highway",
    Incline = "incline",
    Indoor = "indoor",
    Landuse = "landuse",
    Layer = "layer",
    Leisure = "leisure",
    Level = "level",
    Location = "location",
    MinHeight = "min_height",
    Motorroad = "motorroad",
    Name = "name",
    NameEn = "name:en",
    NameJa = "name:ja",
    Natural = "natural",
    Oneway = "oneway",
    OnewayFoot = "oneway:foot",
    PublicTransport = "public_transport",
    Railway = "railway",
    RepeatOn = "repeat_on",
    Room = "room",
    Service = "service",
    Sidewalk = "sidewalk",
    Tunnel = "tunnel",
    Type = "type",
    Water = "water",
    Waterway = "waterway",
    Wheelchair = "wheelchair",
    Width = "width",
}

impl Key {
    pub fn name(self) -> &'static str {
        KEYS[self as usize].1
    }
}

/// Longest value that is kept, bytes: OpenStreetMap has 255 letters at most.
const MAX_VALUE: usize = 1024;

/// Most levels that one feature lies on.
const MAX_LEVELS: usize = 100;

/// Highest and lowest level that can be.
const MAX_LEVEL: f64 = 100.0;

/// The tags of an element, as far as they mean something.
///
/// One text: of each tag the place of its key in [`KEYS`], the length of its value in two digits of 7 bits, and the
/// value. So lots of tags are compared and looked up as a whole, and the same lot is kept once.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Tags(Arc<str>);

impl Tags {
    pub fn of(tags: &[Tag<'_>]) -> Self {
        let mut packed = String::new();
        pack(tags, &mut packed);
        Self::of_packed(&packed)
    }

    /// Tags that [`pack`] wrote.
    pub fn of_packed(packed: &str) -> Self {
        Self(Arc::from(packed))
    }

    pub fn get(&self, key: Key) -> Option<&str> {
        let mut rest = &*self.0;
        while let &[known, high, low, ..] = rest.as_bytes() {
            let end = 3 + (usize::from(high) << 7 | usize::from(low));
            if known == key as u8 {
                return Some(&rest[3..end]).filter(|value| !value.is_empty());
            }
            rest = &rest[end..];
        }
        None
    }

    pub fn is(&self, key: Key, value: &str) -> bool {
        self.get(key) == Some(value)
    }

    /// A value other than `no`.
    pub fn has(&self, key: Key) -> bool {
        self.get(key).is_some_and(|value| value != "no")
    }

    /// `yes` or something like it, `no`, or not said.
    pub fn flag(&self, key: Key) -> Option<bool> {
        self.get(key).map(|value| value != "no")
    }

    /// Name in Japan's language, else in English.
    pub fn name(&self) -> Option<String> {
        [Key::Name, Key::NameJa, Key::NameEn].into_iter().find_map(|key| self.get(key)).map(str::to_owned)
    }
}

impl Borrow<str> for Tags {
    fn borrow(&self) -> &str {
        &self.0
    }
}

/// Writes tags as [`Tags`] keeps them.
pub(crate) fn pack(tags: &[Tag<'_>], to: &mut String) {
    to.clear();
    for (key, value) in tags {
        let value = value.trim();
        if value.len() <= MAX_VALUE {
            // All three are below 128, so the text stays one.
            let digits = [*key as u8, (value.len() >> 7) as u8, (value.len() & 0x7f) as u8];
            to.extend(digits.map(char::from));
            to.push_str(value);
        }
    }
}

/// Metres: a number, with or without `m`, or feet and inches. None when it is neither.
pub(crate) fn metres(text: &str) -> Option<f64> {
    let number = |text: &str| text.trim().parse::<f64>().ok().filter(|m| m.is_finite());
    if let Some((feet, inches)) = text.split_once('\'') {
        let inches = inches.trim().trim_end_matches('"');
        let inches = if inches.is_empty() { 0.0 } else { number(inches)? };
        return Some((number(feet)? + inches / 12.0) * 0.3048);
    }
    number(text.strip_suffix('m').unwrap_or(text))
}

/// Levels: `0`, `-1;0`, `0-3`. Sorted, each once; none when one of them is no level.
pub(crate) fn levels(text: &str) -> Option<Vec<f64>> {
    let number = |text: &str| text.trim().parse::<f64>().ok().filter(|level| level.abs() <= MAX_LEVEL);
    let mut levels = Vec::new();
    for part in text.split([';', ',']).map(str::trim).filter(|part| !part.is_empty()) {
        if let Some(level) = number(part) {
            levels.push(level);
            continue;
        }
        let dash = part.char_indices().skip(1).find(|(_, letter)| *letter == '-')?.0;
        let [from, to] = [number(&part[..dash])?, number(&part[dash + 1..])?];
        let count = (to - from).abs().floor() as usize;
        levels.extend((0..=count).map(|step| from.min(to) + step as f64));
    }
    levels.sort_unstable_by(f64::total_cmp);
    levels.dedup();
    (!levels.is_empty() && levels.len() <= MAX_LEVELS).then_some(levels)
}

/// A slope in percent: `5%`, `-8 %`, `3°`. None for `up`, `down` and what is no slope.
pub(crate) fn percent(text: &str) -> Option<f64> {
    let number = |text: &str| text.trim().parse::<f64>().ok().filter(|slope| slope.abs() <= 1000.0);
    match (text.strip_suffix('%'), text.strip_suffix('°')) {
        (Some(percent), _) => number(percent),
        (_, Some(degrees)) => {
            number(degrees).filter(|d| d.abs() < 89.0).map(|d| d.to_radians().tan() * 100.0)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_have_their_names() {
        for (place, (key, name)) in KEYS.iter().enumerate() {
            assert_eq!((*key as usize, Key::of(name), key.name()), (place, Some(*key), *name));
        }
        assert!(KEYS.len() < 128 && Key::of("colour").is_none());
    }

    #[test]
    fn tags_keep_their_values() {
        let (long, longer) = ("長".repeat(MAX_VALUE / 3), "長".repeat(MAX_VALUE / 3 + 1));
        let tags = Tags::of(&[
            (Key::Name, &long),
            (Key::NameJa, &longer),
            (Key::NameEn, " Park "),
            (Key::Bridge, "no"),
            (Key::Width, ""),
        ]);
        assert_eq!((tags.get(Key::Name), tags.get(Key::NameJa)), (Some(&*long), None));
        assert_eq!((tags.get(Key::NameEn), tags.get(Key::Bridge)), (Some("Park"), Some("no")));
        assert!(!tags.has(Key::Bridge) && tags.get(Key::Width).is_none() && tags.get(Key::Level).is_none());
    }

    #[test]
    fn numbers_with_units() {
        let read = ["3", "3.5 m", "12m", "5'", "5' 6\"", "wide", "3,5", "inf", "'"].map(metres);
        assert_eq!(read[..3], [Some(3.0), Some(3.5), Some(12.0)]);
        assert!((read[3].unwrap() - 1.524).abs() < 1e-9 && (read[4].unwrap() - 1.6764).abs() < 1e-9);
        assert_eq!(read[5..], [None; 4]);
        assert_eq!(["8%", "-8 %", "up", "x%"].map(percent), [Some(8.0), Some(-8.0), None, None]);
        assert!((percent("45°").unwrap() - 100.0).abs() < 1e-9);
    }

    #[test]
    fn levels_lists_and_ranges() {
        assert_eq!(levels("0"), Some(vec![0.0]));
        assert_eq!(levels("0;-1"), Some(vec![-1.0, 0.0]));
        assert_eq!(levels("-2--1"), Some(vec![-2.0, -1.0]));
        assert_eq!(levels("-1-2"), Some(vec![-1.0, 0.0, 1.0, 2.0]));
        assert_eq!(levels("0.5; 0.5"), Some(vec![0.5]));
        assert_eq!(["", "B1", "1-", "-", "1e9", "0-1-2", "日-1"].map(levels), [const { None }; 7]);
    }
}
