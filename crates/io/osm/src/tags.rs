//! Tags that mean something here, and how their values are read.

use crate::element::Tag;

/// The keys that are kept, sorted.
const KEYS: [&str; 44] = [
    "access",
    "amenity",
    "area",
    "bridge",
    "building",
    "building:levels",
    "building:min_level",
    "building:part",
    "conveying",
    "covered",
    "crossing",
    "door",
    "entrance",
    "est_width",
    "foot",
    "footway",
    "height",
    "highway",
    "incline",
    "indoor",
    "landuse",
    "layer",
    "leisure",
    "level",
    "location",
    "min_height",
    "motorroad",
    "name",
    "name:en",
    "name:ja",
    "natural",
    "oneway",
    "oneway:foot",
    "public_transport",
    "railway",
    "repeat_on",
    "service",
    "sidewalk",
    "tunnel",
    "type",
    "water",
    "waterway",
    "wheelchair",
    "width",
];

/// Longest value that is kept, bytes: OpenStreetMap has 255 letters at most.
const MAX_VALUE: usize = 1024;

/// Most levels that one feature lies on.
const MAX_LEVELS: usize = 100;

/// Highest and lowest level that can be.
const MAX_LEVEL: f64 = 100.0;

/// The tags of an element, as far as they mean something.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Tags(Box<[(u8, Box<str>)]>);

impl Tags {
    pub fn of(tags: &[Tag<'_>]) -> Self {
        let kept = tags.iter().filter(|(_, value)| value.len() <= MAX_VALUE);
        let kept = kept.filter_map(|(key, value)| {
            Some((KEYS.binary_search(key).ok()? as u8, Box::<str>::from(value.trim())))
        });
        Self(kept.collect())
    }

    pub fn get(&self, key: &str) -> Option<&str> {
        let found = self.0.iter().find(|(known, _)| KEYS[usize::from(*known)] == key)?;
        Some(&*found.1).filter(|value| !value.is_empty())
    }

    pub fn is(&self, key: &str, value: &str) -> bool {
        self.get(key) == Some(value)
    }

    /// A value other than `no`.
    pub fn has(&self, key: &str) -> bool {
        self.get(key).is_some_and(|value| value != "no")
    }

    /// `yes` or something like it, `no`, or not said.
    pub fn flag(&self, key: &str) -> Option<bool> {
        self.get(key).map(|value| value != "no")
    }

    /// Name in Japan's language, else in English.
    pub fn name(&self) -> Option<String> {
        ["name", "name:ja", "name:en"].iter().find_map(|key| self.get(key)).map(str::to_owned)
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
    fn keys_are_sorted() {
        assert!(KEYS.is_sorted());
        let tags = Tags::of(&[("name:en", "Park"), ("colour", "red"), ("bridge", "no"), ("width", "")]);
        assert_eq!(tags.name().as_deref(), Some("Park"));
        assert!(tags.get("colour").is_none() && !tags.has("bridge") && tags.get("width").is_none());
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
