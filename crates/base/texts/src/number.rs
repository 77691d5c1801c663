//! How a number is written: fixed decimals, a comma between thousands, a true minus sign.
//!
//! Japanese and English write figures alike, so one function serves both.

use fluent_bundle::{FluentValue, types::FluentNumber};

/// Decimals of a number that no sentence gave any: Fluent's own default.
const DEFAULT_MAX_DECIMALS: usize = 3;

/// A number with `min` to `max` decimals, thousands grouped. Not-a-number becomes an en dash.
///
/// ```
/// assert_eq!(futago_texts::format_number(12345.678, 1, 1, true), "12,345.7");
/// assert_eq!(futago_texts::format_number(-0.04, 1, 1, true), "0.0");
/// ```
pub fn format_number(value: f64, min_decimals: usize, max_decimals: usize, grouped: bool) -> String {
    if value.is_nan() {
        return "–".to_owned();
    }
    if value.is_infinite() {
        return if value > 0.0 { "∞" } else { "−∞" }.to_owned();
    }
    let max_decimals = max_decimals.max(min_decimals).min(12);
    let mut digits = format!("{:.*}", max_decimals, value.abs());
    if let Some(point) = digits.find('.') {
        let shortest = point + 1 + min_decimals.min(max_decimals);
        while digits.len() > shortest && digits.ends_with('0') {
            digits.pop();
        }
        if digits.ends_with('.') {
            digits.pop();
        }
    }
    let whole_end = digits.find('.').unwrap_or(digits.len());
    let mut shown = String::with_capacity(digits.len() + 4);
    // A value that rounds to nothing has no sign.
    if value < 0.0 && digits.bytes().any(|b| (b'1'..=b'9').contains(&b)) {
        shown.push('−');
    }
    for (place, digit) in digits.char_indices() {
        if grouped && place > 0 && place < whole_end && (whole_end - place).is_multiple_of(3) {
            shown.push(',');
        }
        shown.push(digit);
    }
    shown
}

/// Decimals that show about three figures of the largest of some values, at most `max`: for a column or a legend.
pub fn shown_decimals(values: impl IntoIterator<Item = f64>, max: usize) -> usize {
    let known: Vec<f64> = values.into_iter().filter(|v| v.is_finite()).collect();
    if known.iter().all(|v| v.fract() == 0.0) {
        return 0;
    }
    let largest = known.iter().fold(0.0_f64, |m, v| m.max(v.abs()));
    let decimals = match largest {
        l if l >= 100.0 => 0,
        l if l >= 10.0 => 1,
        l if l >= 1.0 => 2,
        _ => 3,
    };
    decimals.min(max)
}

/// The bundle's formatter: Fluent's own does not round and does not group.
pub(crate) fn fluent_formatter<M>(value: &FluentValue<'_>, _memoizer: &M) -> Option<String> {
    let FluentValue::Number(FluentNumber { value, options }) = value else { return None };
    let min = options.minimum_fraction_digits.unwrap_or(0);
    let max = options.maximum_fraction_digits.unwrap_or(DEFAULT_MAX_DECIMALS.max(min));
    Some(format_number(*value, min, max, options.use_grouping))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_groups_and_signs() {
        assert_eq!(format_number(3.0, 0, 3, true), "3");
        assert_eq!(format_number(2.5, 0, 3, true), "2.5");
        assert_eq!(format_number(2.5, 2, 2, true), "2.50");
        assert_eq!(format_number(1_234_567.0, 0, 0, true), "1,234,567");
        assert_eq!(format_number(2026.0, 0, 0, false), "2026");
        assert_eq!(format_number(-1.25, 1, 1, true), "−1.2");
        assert_eq!(format_number(-0.001, 1, 1, true), "0.0");
        assert_eq!(format_number(f64::NAN, 1, 1, true), "–");
        assert_eq!(format_number(100.0, 0, 0, true), "100");
    }

    #[test]
    fn decimals_follow_the_size() {
        assert_eq!(shown_decimals([1.0, 2.0], 3), 0);
        assert_eq!(shown_decimals([1.25, f64::NAN], 3), 2);
        assert_eq!(shown_decimals([0.123], 2), 2);
        assert_eq!(shown_decimals([1234.5], 3), 0);
    }
}
