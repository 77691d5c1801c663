//! What a cell says: a floor, an instant, a number.

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::fmt::strtime;
use jiff::tz::{Offset, TimeZone};

/// A value of a row.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Cell<'a> {
    /// Nothing.
    Empty,
    /// As written.
    Text(&'a str),
    /// A number of a typed column.
    Number(f64),
    /// Seconds from 1970, UTC.
    Instant(i64),
}

/// Floors that a building may have.
const FLOORS: std::ops::RangeInclusive<i32> = -20..=250;

/// Instants that a sensor may tell: 1990 to 2100, seconds from 1970.
const INSTANTS: std::ops::Range<i64> = 631_152_000..4_102_444_800;

/// Ways to write a time that ISO 8601 does not know.
const FORMATS: [&str; 6] = [
    "%Y/%m/%d %H:%M:%S",
    "%Y/%m/%d %H:%M",
    "%Y-%m-%d %H:%M:%S",
    "%Y-%m-%d %H:%M",
    "%Y年%m月%d日 %H:%M",
    "%Y年%m月%d日 %H時%M分",
];

impl Cell<'_> {
    /// The cell without blanks round it; empty texts and NaN are nothing.
    pub fn trimmed(self) -> Self {
        match self {
            Self::Text(text) if text.trim().is_empty() => Self::Empty,
            Self::Text(text) => Self::Text(text.trim()),
            // What many programs write for a missing number.
            Self::Number(number) if number.is_nan() => Self::Empty,
            other => other,
        }
    }

    /// A finite number.
    pub fn number(self) -> Option<f64> {
        match self {
            Self::Number(number) => Some(number),
            Self::Text(text) => narrow(text).replace(',', "").parse().ok(),
            Self::Empty | Self::Instant(_) => None,
        }
        .filter(|number: &f64| number.is_finite())
    }

    /// A floor: 1 is the one at the ground, -1 the first below, and there is no 0.
    pub fn floor(self) -> Option<i32> {
        let number = match self {
            Self::Number(number) => number,
            Self::Text(text) => floor_of_text(text)?,
            Self::Empty | Self::Instant(_) => return None,
        };
        let floor = (number.fract() == 0.0 && number.abs() < 1e6).then_some(number as i32)?;
        (floor != 0 && FLOORS.contains(&floor)).then_some(floor)
    }

    /// Seconds from 1970, UTC. Clocks without an offset show UTC or else Japan Standard Time.
    pub fn instant(self, utc: bool) -> Option<i64> {
        let instant = match self {
            Self::Instant(instant) => instant,
            Self::Number(number) => epoch(number)?,
            Self::Text(text) => instant_of_text(&narrow(text), utc)?,
            Self::Empty => return None,
        };
        INSTANTS.contains(&instant).then_some(instant)
    }
}

/// Seconds or milliseconds from 1970.
fn epoch(number: f64) -> Option<i64> {
    let seconds = if number.abs() >= 1e11 { number / 1000.0 } else { number };
    (seconds.abs() < 1e11).then_some(seconds.floor() as i64)
}

fn instant_of_text(text: &str, utc: bool) -> Option<i64> {
    if text.bytes().all(|b| b.is_ascii_digit()) {
        return match text.len() {
            // A clock without signs between: 202611240900, 20261124090000.
            12 | 14 => {
                let whole = if text.len() == 12 { format!("{text}00") } else { text.to_owned() };
                let time = strtime::parse("%Y%m%d%H%M%S", &whole).ok()?.to_datetime().ok()?;
                clock(time, utc)
            }
            _ => epoch(text.parse().ok()?),
        };
    }
    if let Ok(instant) = text.parse::<Timestamp>() {
        return Some(instant.as_second());
    }
    // A day without a clock is no instant.
    if !text.contains(':') && !text.contains('時') {
        return None;
    }
    let parsed = FORMATS.iter().find_map(|format| strtime::parse(format, text).ok()?.to_datetime().ok());
    clock(parsed.or_else(|| text.parse::<DateTime>().ok())?, utc)
}

fn clock(time: DateTime, utc: bool) -> Option<i64> {
    let zone = TimeZone::fixed(Offset::constant(if utc { 0 } else { 9 }));
    Some(time.to_zoned(zone).ok()?.timestamp().as_second())
}

fn floor_of_text(text: &str) -> Option<f64> {
    let text = narrow(text).to_uppercase();
    let text = ["FL", "F", "階"].iter().find_map(|end| text.strip_suffix(end)).unwrap_or(&text);
    let (text, sign) = match text.strip_prefix('B').or_else(|| text.strip_prefix("地下")) {
        Some(below) => (below, -1.0),
        None => (text.strip_prefix("地上").unwrap_or(text), 1.0),
    };
    let number: f64 = text.trim().parse().ok()?;
    // `B-1` is nothing.
    (sign > 0.0 || number > 0.0).then_some(sign * number)
}

/// Full-width letters, figures and signs as plain ones: `Ｂ１Ｆ` is `B1F`.
fn narrow(text: &str) -> String {
    let plain = |c: char| match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        '\u{3000}' => ' ',
        other => other,
    };
    text.trim().chars().map(plain).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn floors_as_people_write_them() {
        let floor = |text| Cell::Text(text).floor();
        let read =
            ["3", "3F", "12階", "B1", "B1F", "地下2階", "Ｂ１Ｆ", "-1", "3.0", "地上4階", "2fl"].map(floor);
        let expected = [3, 3, 12, -1, -1, -2, -1, -1, 3, 4, 2].map(Some);
        assert_eq!(read, expected);
        assert_eq!(["0", "R", "3.5", "B-1", "999", "", "NaN", "1e300"].map(floor), [None; 8]);
        assert_eq!((Cell::Number(-2.0).floor(), Cell::Number(0.0).floor()), (Some(-2), None));
    }

    #[test]
    fn times_with_and_without_an_offset() {
        // 2026-11-24 00:00 UTC is 09:00 in Japan.
        let nine = 1_795_478_400;
        let read = |text| Cell::Text(text).instant(false);
        for text in [
            "2026-11-24T09:00:00+09:00",
            "2026-11-24T00:00:00Z",
            "2026-11-24 09:00",
            "2026-11-24T09:00:00",
            "2026/11/24 9:00",
            "2026/11/24 09:00:00",
            "2026年11月24日 9:00",
            "2026年11月24日 9時00分",
            "202611240900",
            "1795478400",
            "1795478400000",
        ] {
            assert_eq!(read(text), Some(nine), "{text}");
        }
        assert_eq!(Cell::Text("2026-11-24 00:00").instant(true), Some(nine));
        assert_eq!(Cell::Text("2026-11-24T09:00:00+09:00").instant(true), Some(nine));
        let bad =
            ["2026-11-24", "noon", "2026-13-01 09:00", "0201-11-24 09:00", "25:00", "99999999999999999"];
        assert_eq!(bad.map(read), [None; 6]);
    }

    #[test]
    fn numbers_are_finite() {
        let number = |text| Cell::Text(text).number();
        assert_eq!([number("1,234"), number("１２"), number("3.5")], [Some(1234.0), Some(12.0), Some(3.5)]);
        assert_eq!([number("inf"), number("NaN"), number("12人")], [None; 3]);
    }
}
