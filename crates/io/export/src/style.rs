//! How the ground, the buildings and the lines of a map look: types of `assets/palettes/map.json` and `lines.json`.

use std::sync::LazyLock;

use futago_field::Rgba;
use futago_model::{AreaKind, StreetClass};
use serde::Deserialize;

/// How a line or area of a simulation looks.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LineStyle {
    /// Style key; one that ends in `*` stands for every key that begins so.
    pub style: String,
    /// Key of its text in a legend; the text takes `$label`.
    pub text: String,
    /// Colour of the line.
    pub stroke: Rgba,
    /// Width of the line in pixels of a map about 900 pixels wide.
    pub width_px: f32,
    /// Lengths of dash and gap, pixels; empty for a full line.
    #[serde(default)]
    pub dash_px: Vec<f32>,
    /// Colour inside, if any.
    #[serde(default)]
    pub fill: Option<Rgba>,
    /// Opacity of that colour.
    #[serde(default)]
    pub fill_opacity: f32,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LineStyles {
    #[serde(rename = "about")]
    _about: String,
    #[serde(rename = "source")]
    _source: String,
    styles: Vec<LineStyle>,
}

/// Fill and outline.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Shape {
    pub fill: Rgba,
    pub stroke: Rgba,
    pub width_px: f32,
}

/// Colour of one kind of ground.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct AreaStyle {
    pub kind: String,
    pub fill: Rgba,
}

/// Colour and width of one class of street.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct StreetStyle {
    pub class: String,
    pub colour: Rgba,
    pub width_m: f32,
    pub min_px: f32,
}

/// Paper, ink, ground and buildings.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct MapStyle {
    #[serde(rename = "about")]
    _about: String,
    #[serde(rename = "source")]
    _source: String,
    pub paper: Rgba,
    pub ink: Rgba,
    pub ink_soft: Rgba,
    pub halo: Rgba,
    pub building: Shape,
    pub highlight: Shape,
    pub areas: Vec<AreaStyle>,
    pub streets: Vec<StreetStyle>,
}

static LINES: LazyLock<Vec<LineStyle>> = LazyLock::new(|| {
    let file: LineStyles = serde_json::from_str(include_str!("../../../../assets/palettes/lines.json"))
        .expect("the styles built in are held to their schema by a test");
    file.styles
});

static MAP: LazyLock<MapStyle> = LazyLock::new(|| {
    serde_json::from_str(include_str!("../../../../assets/palettes/map.json"))
        .expect("the styles built in are held to their schema by a test")
});

impl LineStyle {
    /// The style of a key: its own, else the longest pattern that fits.
    pub fn of(style: &str) -> &'static LineStyle {
        let fits = |s: &&LineStyle| match s.style.strip_suffix('*') {
            Some(beginning) => style.starts_with(beginning),
            None => s.style == style,
        };
        // A full key is one longer than the pattern of the same text would be, without its star.
        let rank = |s: &&LineStyle| (!s.style.ends_with('*'), s.style.len());
        LINES.iter().filter(fits).max_by_key(rank).unwrap_or(&LINES[LINES.len() - 1])
    }
}

impl MapStyle {
    pub(crate) fn get() -> &'static MapStyle {
        &MAP
    }

    /// The style of a street class; `None` where the map does not draw it (underground, platforms).
    pub(crate) fn street(&self, class: StreetClass) -> Option<&StreetStyle> {
        let key = match class {
            StreetClass::Motorway => "motorway",
            StreetClass::Main => "main",
            StreetClass::Local => "local",
            StreetClass::Service => "service",
            StreetClass::Footway => "footway",
            StreetClass::Steps => "steps",
            StreetClass::Rail => "rail",
            StreetClass::Waterway => "waterway",
            StreetClass::Subway | StreetClass::Platform | StreetClass::Other => return None,
        };
        self.streets.iter().find(|s| s.class == key)
    }

    /// The colour of a kind of ground.
    pub(crate) fn area(&self, kind: AreaKind) -> Option<Rgba> {
        let key = match kind {
            AreaKind::Water => "water",
            AreaKind::Grass => "grass",
            AreaKind::Wood => "wood",
            AreaKind::LandUse => "land-use",
            AreaKind::Roadway => "roadway",
            AreaKind::Pavement => "pavement",
            AreaKind::RailBed => "rail-bed",
        };
        self.areas.iter().find(|a| a.kind == key).map(|a| a.fill)
    }
}

#[cfg(test)]
mod tests {
    use futago_texts::{Lang, Texts};

    use super::*;

    #[test]
    fn a_key_finds_its_own_style_then_the_longest_pattern() {
        assert_eq!(LineStyle::of("boundary").style, "boundary");
        assert_eq!(LineStyle::of("iso-2.5h").style, "iso-2.5*");
        assert_eq!(LineStyle::of("iso-9h").style, "iso-*");
        assert_eq!(LineStyle::of("limit-line-5m").style, "limit-line*");
        assert_eq!(LineStyle::of("never seen").style, "*");
    }

    #[test]
    fn the_map_knows_every_ground_and_street() {
        let map = MapStyle::get();
        for kind in AreaKind::ALL {
            assert!(map.area(kind).is_some(), "{kind:?}");
        }
        let drawn = StreetClass::ALL.into_iter().filter(|class| map.street(*class).is_some()).count();
        assert_eq!(drawn, map.streets.len());
    }

    #[test]
    fn every_style_has_a_text() {
        for lang in Lang::ALL {
            let texts = Texts::new(lang);
            assert!(LINES.iter().all(|style| texts.has(&style.text)));
        }
    }
}
