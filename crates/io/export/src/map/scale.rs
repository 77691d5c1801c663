//! From values to colours: the common range of the fields of a figure, and its legend.

use futago_field::{Field, LEVEL_RANGE, LEVEL_UNIT, Palette, Quantity, Rgba, Scale, values_in_words};
use futago_texts::{Texts, format_number};

use crate::style::MapStyle;

/// The values at the two ends of a scale, shared by every field of one quantity in a figure.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct ColourRange {
    pub quantity: Quantity,
    pub low: f64,
    pub high: f64,
    pub ticks: Vec<f64>,
}

impl ColourRange {
    /// A round range that holds every value: from zero where values start near it, symmetric for differences.
    pub(crate) fn of(fields: &[&Field]) -> Option<Self> {
        let quantity = fields.first()?.quantity.clone();
        let known = fields.iter().filter_map(|field| field.range());
        let (low, high) = known.reduce(|a, b| (a.0.min(b.0), a.1.max(b.1))).unwrap_or((0.0, 1.0));
        let (low, high) = (f64::from(low), f64::from(high));
        let (low, high) = match quantity.scale {
            Scale::Load if quantity.unit == LEVEL_UNIT => return Some(Self::of_levels(quantity)),
            Scale::Binary => return Some(Self { quantity, low: 0.0, high: 1.0, ticks: vec![0.0, 1.0] }),
            Scale::Diverging => {
                let most = low.abs().max(high.abs());
                // No change at all is the middle of the scale, not its end.
                let most = if most > 0.0 { most } else { 1.0 };
                (-most, most)
            }
            _ if quantity.unit == "1" && low >= 0.0 && high <= 1.0 => (0.0, 1.0),
            _ if low >= 0.0 && low <= high / 2.0 => (0.0, high),
            _ => (low, high),
        };
        let ticks = ticks(low, high);
        let (low, high) = (ticks[0], ticks[ticks.len() - 1]);
        Some(Self { quantity, low, high, ticks })
    }

    /// Levels of service A to F as 0 to 5.
    fn of_levels(quantity: Quantity) -> Self {
        let [low, high] = LEVEL_RANGE;
        Self { quantity, low, high, ticks: (0..=high as u32).map(f64::from).collect() }
    }

    /// Place of a value on the scale, 0 to 1.
    pub(crate) fn place(&self, value: f64) -> f64 {
        ((value - self.low) / (self.high - self.low)).clamp(0.0, 1.0)
    }

    pub(crate) fn palette(&self) -> &'static Palette {
        Palette::of(self.quantity.scale)
    }
}

/// About five round values that reach from at most `low` to at least `high`.
pub(crate) fn ticks(low: f64, high: f64) -> Vec<f64> {
    let span = if high - low > 1e-9 { high - low } else { low.abs().max(1.0) };
    let rough = span / 4.5;
    let power = 10_f64.powf(rough.log10().floor());
    let step = [1.0, 2.0, 2.5, 5.0, 10.0].into_iter().map(|s| s * power).find(|s| *s >= rough * 0.999);
    let step = step.unwrap_or(power * 10.0);
    // A hair of slack, lest 0.30000000000000004 ask for one tick more.
    let first = (low / step + 1e-6).floor();
    let last = (high / step - 1e-6).ceil().max(first + 1.0);
    (0..=(last - first) as usize).map(|i| (first + i as f64) * step).collect()
}

/// A legend in one language.
#[derive(Debug, Clone)]
pub(crate) struct Legend {
    /// What is shown.
    pub title: String,
    /// Unit, empty for bare ratios.
    pub unit: String,
    /// Places (0 to 1) and figures.
    pub ticks: Vec<(f64, String)>,
    /// Colours as they are seen on the paper, evenly spaced.
    pub colours: Vec<Rgba>,
    /// For fields of a few kinds, yes or no and levels: colours and words instead of figures.
    pub words: Option<Vec<(Rgba, String)>>,
}

impl Legend {
    pub(crate) fn new(range: &ColourRange, texts: &Texts) -> Self {
        let paper = MapStyle::get().paper;
        let key = &range.quantity.key;
        let steps = range.palette().steps();
        let colour = |value: f64| range.palette().colour(range.place(value) as f32).onto(paper);
        let words = values_in_words(texts, &range.quantity);
        let words = words
            .map(|known| known.into_iter().map(|(value, word)| (colour(f64::from(value)), word)).collect());
        let step = range.ticks[1] - range.ticks[0];
        let decimals = (0..4).find(|d| is_whole(step * 10_f64.powi(*d))).unwrap_or(4) as usize;
        let signed = range.quantity.scale == Scale::Diverging;
        let figure = |v: f64| {
            let shown = format_number(v, decimals, decimals, true);
            if signed && v > step / 2.0 { format!("+{shown}") } else { shown }
        };
        Self {
            title: texts.text(&format!("quantity-{key}")),
            unit: futago_field::unit_in_words(texts, &range.quantity.unit),
            ticks: range.ticks.iter().map(|v| (range.place(*v), figure(*v))).collect(),
            colours: steps.iter().step_by(254 / 16).map(|c| c.onto(paper)).collect(),
            words,
        }
    }
}

fn is_whole(v: f64) -> bool {
    (v - v.round()).abs() < 1e-6
}

#[cfg(test)]
mod tests {
    use futago_texts::Lang;

    use super::*;
    use crate::fixtures;

    #[test]
    fn ticks_are_round_and_hold_the_values() {
        assert_eq!(ticks(0.0, 8.3), [0.0, 2.0, 4.0, 6.0, 8.0, 10.0]);
        assert_eq!(ticks(0.0, 1.0), [0.0, 0.25, 0.5, 0.75, 1.0]);
        assert_eq!(ticks(-3.0, 3.0), [-4.0, -2.0, 0.0, 2.0, 4.0]);
        assert_eq!(ticks(5.0, 5.0).len(), 2 + (ticks(5.0, 5.0).len() - 2));
        assert!(ticks(5.0, 5.0)[0] <= 5.0 && *ticks(5.0, 5.0).last().unwrap() > 5.0);
    }

    #[test]
    fn levels_have_six_words_and_a_fixed_place() {
        let mut field = fixtures::results().fields[0].clone();
        field.quantity.unit = LEVEL_UNIT.to_owned();
        field.quantity.scale = Scale::Load;
        field.values = vec![1.0];
        let range = ColourRange::of(&[&field]).unwrap();
        assert_eq!([range.place(0.0), range.place(5.0)], [0.25, 1.0]);
        let words = Legend::new(&range, &Texts::new(Lang::En)).words.expect("words");
        let letters: Vec<_> = words.iter().map(|(_, word)| word.chars().next().unwrap()).collect();
        assert_eq!(letters, ['A', 'B', 'C', 'D', 'E', 'F']);
        assert!(words.windows(2).all(|pair| pair[0].0 != pair[1].0));
    }

    #[test]
    fn differences_are_symmetric_about_zero() {
        let mut field = fixtures::results().fields[0].clone();
        field.quantity.scale = Scale::Diverging;
        field.values = vec![-0.2, f32::NAN, 1.7];
        let range = ColourRange::of(&[&field]).unwrap();
        assert_eq!(range.low, -range.high);
        assert_eq!(range.place(0.0), 0.5);
        let legend = Legend::new(&range, &Texts::new(Lang::En));
        assert!(legend.ticks.iter().any(|(_, t)| t.starts_with('+')), "{:?}", legend.ticks);
        assert_eq!(legend.unit, "h");
    }
}
