//! Maps: the city on paper, a field multiplied onto it, lines and names on top.
//!
//! One drawing serves two media. The report embeds each panel as SVG and lets HTML set title, legend, names and
//! scale, so that text stays readable on a phone; the PNG files bring all of that with them. Both are made from
//! the same [`Sheet`]: a window of the plan, panels that share one legend, and the layers as SVG in map units.
//!
//! Map units are whole numbers, [`Window::UNITS`] to the width of the window, x to the east and y to the south.

mod built;
mod city;
mod compose;
mod features;
mod keys;
mod labels;
mod raster;
mod render;
mod scale;
mod sheet;
mod window;

use futago_texts::Lang;

pub(crate) use compose::compose;
pub(crate) use features::LineKey;
pub(crate) use keys::{length_text, swatch};
pub(crate) use labels::place as place_labels;
pub(crate) use render::png;
pub(crate) use scale::{ColourRange, Legend, ticks};
pub(crate) use sheet::{Panel, Sheet};
pub(crate) use window::Window;

/// A short text on a map, in map units.
#[derive(Debug, Clone)]
pub(crate) struct Label {
    /// Where it belongs.
    pub at: [f64; 2],
    /// In Japanese.
    pub ja: String,
    /// In English.
    pub en: String,
}

impl Label {
    /// The text in a language.
    pub(crate) fn spoken(&self, lang: Lang) -> &str {
        match lang {
            Lang::Ja | Lang::JaEasy => &self.ja,
            Lang::En => &self.en,
        }
    }
}
