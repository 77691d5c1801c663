//! Colour scales: the numbers are in `assets/palettes`, this is how they are read and mixed.
//!
//! A scale is a list of stops. Between stops colours are mixed in OKLab (Ottosson 2020), where equal steps look
//! equal. On a map a colour is multiplied onto the paper, so that streets and green stay visible below it; a
//! legend must show the same mixture, hence [`Rgba::onto`].

use std::fmt;
use std::sync::LazyLock;

use serde::{Deserialize, Deserializer};

use crate::Scale;

/// A colour of sRGB with its opacity, 0 to 1 each.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rgba {
    /// Red, green, blue, gamma-encoded.
    pub rgb: [f32; 3],
    /// 0 transparent, 1 opaque.
    pub alpha: f32,
}

impl Rgba {
    /// An opaque colour from `#rrggbb`.
    pub fn from_hex(hex: &str) -> Option<Self> {
        let digits = hex.strip_prefix('#').filter(|d| d.len() == 6 && d.is_ascii())?;
        let channel = |i: usize| u8::from_str_radix(&digits[i..i + 2], 16).ok().map(|v| f32::from(v) / 255.0);
        Some(Self { rgb: [channel(0)?, channel(2)?, channel(4)?], alpha: 1.0 })
    }

    /// Red, green, blue, opacity as bytes.
    pub fn bytes(self) -> [u8; 4] {
        let byte = |v: f32| (v.clamp(0.0, 1.0) * 255.0).round() as u8;
        [byte(self.rgb[0]), byte(self.rgb[1]), byte(self.rgb[2]), byte(self.alpha)]
    }

    /// What is seen when this is multiplied onto an opaque ground.
    pub fn onto(self, ground: Rgba) -> Rgba {
        let mixed = std::array::from_fn(|i| ground.rgb[i] * (1.0 - self.alpha + self.alpha * self.rgb[i]));
        Rgba { rgb: mixed, alpha: 1.0 }
    }

    /// Lightness, green-red and blue-yellow of OKLab.
    pub fn oklab(self) -> [f32; 3] {
        let [r, g, b] = self.rgb.map(linear_from_srgb);
        let l = (0.412_221_46 * r + 0.536_332_55 * g + 0.051_445_995 * b).cbrt();
        let m = (0.211_903_5 * r + 0.680_699_5 * g + 0.107_396_96 * b).cbrt();
        let s = (0.088_302_46 * r + 0.281_718_85 * g + 0.629_978_7 * b).cbrt();
        [
            0.210_454_26 * l + 0.793_617_8 * m - 0.004_072_047 * s,
            1.977_998_5 * l - 2.428_592_2 * m + 0.450_593_7 * s,
            0.025_904_037 * l + 0.782_771_77 * m - 0.808_675_77 * s,
        ]
    }

    fn from_oklab(lab: [f32; 3], alpha: f32) -> Self {
        let l = (lab[0] + 0.396_337_78 * lab[1] + 0.215_803_76 * lab[2]).powi(3);
        let m = (lab[0] - 0.105_561_346 * lab[1] - 0.063_854_17 * lab[2]).powi(3);
        let s = (lab[0] - 0.089_484_18 * lab[1] - 1.291_485_5 * lab[2]).powi(3);
        let rgb = [
            4.076_741_7 * l - 3.307_711_6 * m + 0.230_969_94 * s,
            -1.268_438 * l + 2.609_757_4 * m - 0.341_319_38 * s,
            -0.004_196_086_3 * l - 0.703_418_6 * m + 1.707_614_7 * s,
        ];
        Self { rgb: rgb.map(srgb_from_linear), alpha }
    }
}

impl fmt::Display for Rgba {
    /// `#rrggbb`, or `#rrggbbaa` when not opaque.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [r, g, b, a] = self.bytes();
        write!(f, "#{r:02x}{g:02x}{b:02x}")?;
        if a == 255 { Ok(()) } else { write!(f, "{a:02x}") }
    }
}

impl<'de> Deserialize<'de> for Rgba {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let hex = String::deserialize(deserializer)?;
        Self::from_hex(&hex)
            .ok_or_else(|| serde::de::Error::custom(format!("'{hex}' is not a colour like #1a2b3c")))
    }
}

fn linear_from_srgb(v: f32) -> f32 {
    if v <= 0.040_45 { v / 12.92 } else { ((v + 0.055) / 1.055).powf(2.4) }
}

fn srgb_from_linear(v: f32) -> f32 {
    let v = v.clamp(0.0, 1.0);
    if v <= 0.003_130_8 { v * 12.92 } else { 1.055 * v.powf(1.0 / 2.4) - 0.055 }
}

/// One stop of a scale.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stop {
    /// Place on the scale, 0 to 1.
    pub at: f32,
    /// Colour there.
    pub colour: Rgba,
    /// Opacity there.
    #[serde(default = "opaque")]
    pub opacity: f32,
}

fn opaque() -> f32 {
    1.0
}

/// A colour scale.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Palette {
    /// Name of the file.
    pub key: String,
    /// What it is for, in plain English.
    pub about: String,
    /// Where its numbers come from.
    pub source: String,
    /// Runs both ways from its middle: its legend is symmetric about zero.
    #[serde(default)]
    pub symmetric: bool,
    /// At least two, rising.
    pub stops: Vec<Stop>,
}

static PALETTES: LazyLock<[Palette; 4]> = LazyLock::new(|| {
    let parse =
        |json| serde_json::from_str(json).expect("the palettes built in are held to their schema by a test");
    [
        parse(include_str!("../../../../assets/palettes/sequential.json")),
        parse(include_str!("../../../../assets/palettes/load.json")),
        parse(include_str!("../../../../assets/palettes/diverging.json")),
        parse(include_str!("../../../../assets/palettes/binary.json")),
    ]
});

impl Palette {
    /// The palette of a scale.
    pub fn of(scale: Scale) -> &'static Palette {
        &PALETTES[match scale {
            Scale::Sequential => 0,
            Scale::Load => 1,
            Scale::Diverging => 2,
            Scale::Binary => 3,
        }]
    }

    /// The colour at a place from 0 to 1; outside it stays at the ends.
    pub fn colour(&self, at: f32) -> Rgba {
        let upper = self.stops.iter().position(|stop| stop.at >= at).unwrap_or(self.stops.len() - 1).max(1);
        let (a, b) = (&self.stops[upper - 1], &self.stops[upper]);
        let share = ((at - a.at) / (b.at - a.at).max(f32::EPSILON)).clamp(0.0, 1.0);
        let mix = |x: f32, y: f32| x + (y - x) * share;
        let (from, to) = (a.colour.oklab(), b.colour.oklab());
        Rgba::from_oklab(std::array::from_fn(|i| mix(from[i], to[i])), mix(a.opacity, b.opacity))
    }

    /// The colours of 255 even steps from 0 to 1.
    pub fn steps(&self) -> Vec<Rgba> {
        (0..255).map(|i| self.colour(i as f32 / 254.0)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SCALES: [Scale; 4] = [Scale::Sequential, Scale::Load, Scale::Diverging, Scale::Binary];

    /// Matrices for linear sRGB at full severity: Machado, Oliveira and Fernandes 2009, table 1 of their
    /// supplementary material, in the order protanopia, deuteranopia, tritanopia.
    const DEFICIENCIES: [[[f32; 3]; 3]; 3] = [
        [
            [0.152_286, 1.052_583, -0.204_868],
            [0.114_503, 0.786_281, 0.099_216],
            [-0.003_882, -0.048_116, 1.051_998],
        ],
        [
            [0.367_322, 0.860_646, -0.227_968],
            [0.280_085, 0.672_501, 0.047_413],
            [-0.011_820, 0.042_940, 0.968_881],
        ],
        [
            [1.255_528, -0.076_749, -0.178_779],
            [-0.078_411, 0.930_809, 0.147_602],
            [0.004_733, 0.691_367, 0.303_900],
        ],
    ];

    fn seen(colour: Rgba, matrix: &[[f32; 3]; 3]) -> Rgba {
        let linear = colour.rgb.map(linear_from_srgb);
        let rgb = matrix.map(|row| srgb_from_linear((0..3).map(|i| row[i] * linear[i]).sum()));
        Rgba { rgb, alpha: colour.alpha }
    }

    fn distance(a: Rgba, b: Rgba) -> f32 {
        let (a, b) = (a.oklab(), b.oklab());
        (0..3).map(|i| (a[i] - b[i]).powi(2)).sum::<f32>().sqrt()
    }

    #[test]
    fn files_fit_their_schema_and_their_scale() {
        for scale in SCALES {
            let palette = Palette::of(scale);
            assert!(palette.stops.len() >= 2 && !palette.about.is_empty() && !palette.source.is_empty());
            assert!(palette.stops.windows(2).all(|w| w[0].at < w[1].at), "{}", palette.key);
            assert_eq!((palette.stops[0].at, palette.stops.last().unwrap().at), (0.0, 1.0));
            assert_eq!(palette.symmetric, scale == Scale::Diverging);
        }
    }

    #[test]
    fn steps_are_even() {
        for scale in [Scale::Sequential, Scale::Load] {
            let colours: Vec<_> = (0..=16).map(|i| Palette::of(scale).colour(i as f32 / 16.0)).collect();
            let steps: Vec<_> = colours.windows(2).map(|w| distance(w[0], w[1])).collect();
            let (small, large) =
                (steps.iter().copied().fold(1.0, f32::min), steps.iter().copied().fold(0.0, f32::max));
            assert!(large / small < 1.4, "{scale:?}: {steps:?}");
        }
    }

    #[test]
    fn lightness_keeps_its_order_for_every_eye() {
        for scale in [Scale::Sequential, Scale::Load, Scale::Diverging] {
            let colours: Vec<_> = (0..=16).map(|i| Palette::of(scale).colour(i as f32 / 16.0)).collect();
            for matrix in &DEFICIENCIES {
                let light: Vec<_> = colours.iter().map(|c| seen(*c, matrix).oklab()[0]).collect();
                let rises = |part: &[f32]| part.windows(2).all(|w| w[0] < w[1]);
                let falls = |part: &[f32]| part.windows(2).all(|w| w[0] > w[1]);
                let kept = match scale {
                    Scale::Sequential => rises(&light),
                    Scale::Load => falls(&light),
                    _ => rises(&light[..=8]) && falls(&light[8..]),
                };
                assert!(kept, "{scale:?}: {light:?}");
            }
        }
    }

    #[test]
    fn loss_and_gain_stay_apart_for_every_eye() {
        let palette = Palette::of(Scale::Diverging);
        for matrix in &DEFICIENCIES {
            let apart = distance(seen(palette.colour(0.0), matrix), seen(palette.colour(1.0), matrix));
            assert!(apart > 0.15, "{apart}");
        }
    }

    #[test]
    fn hex_there_and_back_and_onto_paper() {
        let colour = Rgba::from_hex("#2f3b59").unwrap();
        assert_eq!(colour.to_string(), "#2f3b59");
        assert!(Rgba::from_hex("2f3b59").is_none() && Rgba::from_hex("#2f3bzz").is_none());
        let paper = Rgba::from_hex("#f3f0ea").unwrap();
        assert_eq!(Rgba { alpha: 0.0, ..colour }.onto(paper), paper);
    }
}
