//! The gate between readers and points: the filters of rows, and their counts.

use crate::report::Counts;
use crate::time::epoch;
use crate::{Bounds, EpochUnit, Period, Point, Points, ReadOptions, Reason};

/// The filters, ready to ask.
#[derive(Debug, Clone)]
pub(crate) struct Gate {
    accuracy_m: f32,
    speed_mps: f32,
    bounds: Bounds,
    period: Period,
}

impl Gate {
    pub fn new(options: &ReadOptions) -> Self {
        let world = Bounds {
            west_deg: f64::NEG_INFINITY,
            south_deg: f64::NEG_INFINITY,
            east_deg: f64::INFINITY,
            north_deg: f64::INFINITY,
        };
        Self {
            accuracy_m: options.max_accuracy_m.unwrap_or(f32::INFINITY),
            speed_mps: options.max_speed_mps.unwrap_or(f32::INFINITY),
            bounds: options.bounds.unwrap_or(world),
            period: options.period.unwrap_or(Period { from_s: i64::MIN, until_s: i64::MAX }),
        }
    }

    /// Lets a point through, or says why not. NaN compares as false, so what is unknown passes.
    #[inline]
    fn judge(&self, point: &Point) -> Result<(), Reason> {
        if !(point.lon_deg.abs() <= 180.0 && point.lat_deg.abs() <= 90.0) {
            return Err(Reason::UnreadablePlace);
        }
        if !self.bounds.contains(point.lon_deg, point.lat_deg) {
            return Err(Reason::OutsideBounds);
        }
        if !(self.period.from_s..self.period.until_s).contains(&point.time_s) {
            return Err(Reason::OutsidePeriod);
        }
        if point.accuracy_m > self.accuracy_m || point.accuracy_m < 0.0 {
            return Err(Reason::Accuracy);
        }
        if point.speed_mps > self.speed_mps {
            return Err(Reason::Speed);
        }
        Ok(())
    }
}

/// Points that passed, and counts of those that did not.
#[derive(Debug, Default)]
pub(crate) struct Gather {
    pub points: Points,
    pub counts: Counts,
}

impl Gather {
    /// Takes a row: a point, or the reason why it is none. `place` is asked only for the first of a reason.
    #[inline]
    pub fn row(&mut self, gate: &Gate, row: Result<Point, Reason>, place: impl FnOnce() -> u64) {
        self.counts.rows += 1;
        match row.and_then(|point| gate.judge(&point).map(|()| point)) {
            Ok(mut point) => {
                // Devices write -1 where they do not know.
                if point.speed_mps < 0.0 {
                    point.speed_mps = f32::NAN;
                }
                if point.course_deg < 0.0 {
                    point.course_deg = f32::NAN;
                }
                self.counts.points += 1;
                self.counts.without_accuracy += u64::from(point.accuracy_m.is_nan());
                self.points.push(point);
            }
            Err(reason) => self.counts.reject(reason, place),
        }
    }
}

/// Seconds of a count since 1970 that may have a fraction, as some tables have it.
#[inline]
pub(crate) fn epoch_of_text(text: &[u8], unit: EpochUnit) -> Option<i64> {
    if let Some(count) = figures(text) {
        return epoch(count, unit);
    }
    let whole = match memchr::memchr(b'.', text) {
        Some(dot) if text[dot + 1..].iter().all(u8::is_ascii_digit) => &text[..dot],
        Some(_) => return epoch_of_float(fast_float2::parse(text).ok()?, unit),
        None => text,
    };
    if whole.is_empty() || whole.len() > 19 {
        return None;
    }
    let (negative, figures) = match whole[0] {
        b'-' => (true, &whole[1..]),
        _ => (false, whole),
    };
    let mut count = 0_u64;
    for byte in figures {
        let figure = byte.wrapping_sub(b'0');
        if figure > 9 {
            return epoch_of_float(fast_float2::parse(text).ok()?, unit);
        }
        count = count * 10 + u64::from(figure);
    }
    if figures.is_empty() {
        return None;
    }
    let count = i64::try_from(count).ok()?;
    epoch(if negative { -count } else { count }, unit)
}

/// A whole number of up to 18 figures.
#[inline]
fn figures(text: &[u8]) -> Option<i64> {
    if text.is_empty() || text.len() > 18 {
        return None;
    }
    let mut number = 0;
    for byte in text {
        let figure = byte.wrapping_sub(b'0');
        if figure > 9 {
            return None;
        }
        number = number * 10 + i64::from(figure);
    }
    Some(number)
}

/// A decimal number. Up to 15 figures are a whole number over a power of ten, both exact in f64, so that their
/// quotient is the nearest f64 (Clinger 1990); what is longer or has an exponent goes to `fast-float2`.
#[inline]
pub(crate) fn decimal(text: &[u8]) -> Option<f64> {
    const TENS: [f64; 16] =
        [1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15];
    let (negative, plain) = match text {
        [b'-', rest @ ..] => (true, rest),
        _ => (false, text),
    };
    if (1..=16).contains(&plain.len()) {
        let (mut number, mut after, mut dots) = (0_u64, 0_usize, 0_usize);
        let mut odd = false;
        for byte in plain {
            let figure = byte.wrapping_sub(b'0');
            if figure <= 9 {
                number = number * 10 + u64::from(figure);
                after += dots;
            } else {
                odd |= *byte != b'.';
                dots += 1;
            }
        }
        // A dot alone is no number.
        if !odd && dots <= 1 && plain.len() > dots && plain.len() - dots <= 15 {
            let number = number as f64 / TENS[after];
            return Some(if negative { -number } else { number });
        }
    }
    fast_float2::parse(text).ok()
}

/// Seconds of a count since 1970 as a floating number.
pub(crate) fn epoch_of_float(count: f64, unit: EpochUnit) -> Option<i64> {
    (count.abs() < 9e18).then(|| epoch(count.floor() as i64, unit)).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::mix;

    #[test]
    fn decimals_are_those_of_the_standard_library_bit_by_bit() {
        for number in 0..200_000_u64 {
            let (dice, places) = (mix(number), number as usize % 9);
            let text = format!("{:.places$}", (dice >> 20) as f64 / (1_u64 << 36) as f64 - 100.0);
            assert_eq!(decimal(text.as_bytes()), text.parse().ok(), "{text}");
        }
        for text in [
            "0",
            "-0.0",
            "139.",
            ".5",
            "1e3",
            "1234567890.123456789",
            "999999999999999",
            "nan",
            "inf",
            "+1.5",
        ] {
            let (found, expected) = (decimal(text.as_bytes()).unwrap(), text.parse::<f64>().unwrap());
            assert!(found.to_bits() == expected.to_bits() || found.is_nan() && expected.is_nan(), "{text}");
        }
        for text in ["", ".", "-", "1.2.3", "1,5", "12a", "-.", "--1"] {
            assert_eq!(decimal(text.as_bytes()), None, "{text}");
        }
    }

    #[test]
    fn counts_may_have_fractions() {
        assert_eq!(epoch_of_text(b"1585666800", EpochUnit::Auto), Some(1_585_666_800));
        assert_eq!(epoch_of_text(b"1585666800.9", EpochUnit::Auto), Some(1_585_666_800));
        assert_eq!(epoch_of_text(b"1585666800123", EpochUnit::Auto), Some(1_585_666_800));
        assert_eq!(epoch_of_text(b"-5", EpochUnit::S), Some(-5));
        assert_eq!(epoch_of_text(b"12x", EpochUnit::S), None);
        assert_eq!(epoch_of_text(b"", EpochUnit::S), None);
    }
}
