//! Instants: dates and times of day as files write them, to seconds since 1970 UTC.
//!
//! A text with an offset of its own (`Z`, `UTC`, `GMT`, `JST`, `+09:00`) is that instant; a text without
//! stands in the zone of its column. Fractions of a second are cut off. Days by Hinnant's algorithm
//! (`days_from_civil`), years 1900 to 2200.

use serde::{Deserialize, Serialize};

/// Seconds of a day.
pub const DAY_S: i64 = 86_400;

/// A zone of fixed offset. Japan has had no summer time since 1951.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Zone {
    /// Seconds that clocks are ahead of UTC.
    pub offset_s: i32,
}

impl Zone {
    /// Coordinated Universal Time.
    pub const UTC: Self = Self { offset_s: 0 };
    /// Japan Standard Time.
    pub const JST: Self = Self { offset_s: 9 * 3600 };
}

impl std::fmt::Display for Zone {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match *self {
            Self::UTC => f.write_str("UTC"),
            Self::JST => f.write_str("JST"),
            Self { offset_s } => {
                let sign = if offset_s < 0 { '-' } else { '+' };
                let minutes = offset_s.abs() / 60;
                write!(f, "{sign}{:02}:{:02}", minutes / 60, minutes % 60)
            }
        }
    }
}

impl std::str::FromStr for Zone {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        offset(text.trim().as_bytes())
            .map(|offset_s| Self { offset_s })
            .ok_or_else(|| format!("`{text}` is no zone: write JST, UTC or an offset as +09:00"))
    }
}

impl TryFrom<String> for Zone {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        text.parse()
    }
}

impl From<Zone> for String {
    fn from(zone: Zone) -> Self {
        zone.to_string()
    }
}

/// `Z`, `UTC`, `GMT`, `JST` or an offset in hours and minutes, as seconds.
fn offset(text: &[u8]) -> Option<i32> {
    match text {
        b"Z" | b"z" | b"UTC" | b"GMT" | b"utc" | b"gmt" => return Some(0),
        b"JST" | b"jst" => return Some(Zone::JST.offset_s),
        _ => {}
    }
    let (sign, figures) = match text.split_first()? {
        (b'+', rest) => (1, rest),
        (b'-', rest) => (-1, rest),
        _ => return None,
    };
    let (hours, minutes) = match figures.len() {
        2 => (small(figures)?, 0),
        4 => (small(&figures[..2])?, small(&figures[2..])?),
        5 if figures[2] == b':' => (small(&figures[..2])?, small(&figures[3..])?),
        _ => return None,
    };
    (hours <= 14 && minutes < 60).then_some(sign * (hours * 3600 + minutes * 60) as i32)
}

/// A whole number of up to nine figures.
#[inline]
pub(crate) fn small(text: &[u8]) -> Option<u32> {
    if text.is_empty() || text.len() > 9 {
        return None;
    }
    let mut number = 0;
    for byte in text {
        let figure = byte.wrapping_sub(b'0');
        if figure > 9 {
            return None;
        }
        number = number * 10 + u32::from(figure);
    }
    Some(number)
}

/// Days from 1970-01-01; none for a date that is not in the calendar.
#[inline]
pub(crate) fn days(year: u32, month: u32, day: u32) -> Option<i64> {
    const LENGTHS: [u32; 12] = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    if !(1900..=2200).contains(&year) || !(1..=12).contains(&month) {
        return None;
    }
    let leap =
        month == 2 && year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    if day == 0 || day > LENGTHS[month as usize - 1] + u32::from(leap) {
        return None;
    }
    let shifted = i64::from(year) - i64::from(month <= 2);
    let era = shifted / 400;
    let year_of_era = shifted % 400;
    let day_of_year =
        (153 * (i64::from(month) + if month > 2 { -3 } else { 9 }) + 2) / 5 + i64::from(day) - 1;
    Some(era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468)
}

/// Seconds of the day; a leap second is the one before it.
#[inline]
pub(crate) fn clock(hour: u32, minute: u32, second: u32) -> Option<i64> {
    (hour < 24 && minute < 60 && second <= 60).then(|| i64::from(hour * 3600 + minute * 60 + second.min(59)))
}

/// Seconds since 1970 of a text with date and time of day: `2022-12-01 10:05:30`, `2024/7/1  0:00:00`,
/// `2020-04-01T03:15:00.250Z`, `2020-04-01 12:15+09:00`. A date alone is its midnight.
#[inline]
pub(crate) fn instant(text: &[u8], zone: Zone) -> Option<i64> {
    if let Some(local) = text.first_chunk::<19>().and_then(usual)
        && text.len() == 19
    {
        return Some(local - i64::from(zone.offset_s));
    }
    let (date, rest) = leading_date(text)?;
    let rest = rest.strip_prefix(b"T").unwrap_or(rest).trim_ascii_start();
    if rest.is_empty() {
        return Some(date * DAY_S - i64::from(zone.offset_s));
    }
    let (seconds, rest) = leading_clock(rest)?;
    let own = match rest.trim_ascii() {
        b"" => zone.offset_s,
        other => offset(other)?,
    };
    Some(date * DAY_S + seconds - i64::from(own))
}

/// `2022-12-01 10:05:30` figure by figure.
#[inline]
fn usual(text: &[u8; 19]) -> Option<i64> {
    let marks = matches!(text[4], b'-' | b'/') && text[7] == text[4] && matches!(text[10], b' ' | b'T');
    if !marks || text[13] != b':' || text[16] != b':' {
        return None;
    }
    let mut bad = 0;
    let mut figure = |at: usize| {
        let figure = text[at].wrapping_sub(b'0');
        bad |= u8::from(figure > 9);
        u32::from(figure)
    };
    let mut pair = |at: usize| figure(at) * 10 + figure(at + 1);
    let year = pair(0) * 100 + pair(2);
    let [month, day, hour, minute, second] = [pair(5), pair(8), pair(11), pair(14), pair(17)];
    if bad != 0 {
        return None;
    }
    Some(days(year, month, day)? * DAY_S + clock(hour, minute, second)?)
}

/// Days since 1970 of a date alone: `2022-12-01`, `2024/7/1`, `20240701`.
pub(crate) fn date(text: &[u8]) -> Option<i64> {
    let (days, rest) = leading_date(text.trim_ascii())?;
    rest.is_empty().then_some(days)
}

fn leading_date(text: &[u8]) -> Option<(i64, &[u8])> {
    let (year, rest) = figures(text, 8)?;
    if text.len() - rest.len() == 8 {
        return Some((days(year / 10_000, year / 100 % 100, year % 100)?, rest));
    }
    let (mark, rest) = rest.split_first()?;
    let (month, rest) = figures(rest, 2)?;
    let rest = rest.strip_prefix(&[*mark][..]).filter(|_| matches!(mark, b'-' | b'/' | b'.'))?;
    let (day, rest) = figures(rest, 2)?;
    Some((days(year, month, day)?, rest))
}

/// Seconds of the day of a time of day alone: `10:05:30`, `9:05`.
pub(crate) fn time_of_day(text: &[u8]) -> Option<i64> {
    let (seconds, rest) = leading_clock(text.trim_ascii())?;
    rest.is_empty().then_some(seconds)
}

fn leading_clock(text: &[u8]) -> Option<(i64, &[u8])> {
    let (hour, rest) = figures(text, 2)?;
    let (minute, mut rest) = figures(rest.strip_prefix(b":")?, 2)?;
    let mut second = 0;
    if let Some(after) = rest.strip_prefix(b":") {
        (second, rest) = figures(after, 2)?;
        if let Some(after) = rest.strip_prefix(b".").or_else(|| rest.strip_prefix(b",")) {
            let end = after.iter().position(|byte| !byte.is_ascii_digit()).unwrap_or(after.len());
            rest = &after[end..];
        }
    }
    Some((clock(hour, minute, second)?, rest))
}

/// A number of up to so many figures at the beginning, and what follows it.
fn figures(text: &[u8], most: usize) -> Option<(u32, &[u8])> {
    let end = text.iter().position(|byte| !byte.is_ascii_digit()).unwrap_or(text.len());
    if end > most {
        return None;
    }
    Some((small(&text[..end])?, &text[end..]))
}

/// The unit of a number that counts from 1970 UTC, by its size where nobody says it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum EpochUnit {
    /// By size: under 1e11 seconds, under 1e14 milliseconds, under 1e17 microseconds, else nanoseconds.
    #[default]
    Auto,
    /// Seconds.
    S,
    /// Milliseconds.
    Ms,
    /// Microseconds.
    Us,
    /// Nanoseconds.
    Ns,
}

/// Seconds of a count since 1970; none outside the years 1900 to 2200.
#[inline]
pub(crate) fn epoch(count: i64, unit: EpochUnit) -> Option<i64> {
    let unit = match unit {
        EpochUnit::Auto => match count.unsigned_abs() {
            0..100_000_000_000 => EpochUnit::S,
            100_000_000_000..100_000_000_000_000 => EpochUnit::Ms,
            100_000_000_000_000..100_000_000_000_000_000 => EpochUnit::Us,
            _ => EpochUnit::Ns,
        },
        known => known,
    };
    let seconds = match unit {
        EpochUnit::Auto | EpochUnit::S => count,
        EpochUnit::Ms => count.div_euclid(1_000),
        EpochUnit::Us => count.div_euclid(1_000_000),
        EpochUnit::Ns => count.div_euclid(1_000_000_000),
    };
    (-2_208_988_800..7_289_654_400).contains(&seconds).then_some(seconds)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Option<i64> {
        instant(text.as_bytes(), Zone::JST)
    }

    #[test]
    fn texts_of_one_instant_are_one_instant() {
        // 2022-12-01 01:05:30 UTC by GNU date.
        let same = [
            "2022-12-01 10:05:30",
            "2022/12/01 10:05:30",
            "2022/12/1  10:05:30",
            "2022-12-01T10:05:30",
            "2022-12-01 01:05:30 UTC",
            "2022-12-01T01:05:30Z",
            "2022-12-01T01:05:30.999Z",
            "2022-11-30T20:05:30-05:00",
            "20221201 10:05:30",
            "2022-12-01 10:05:30+0900",
        ];
        for text in same {
            assert_eq!(at(text), Some(1_669_856_730), "{text}");
        }
        assert_eq!(at("2024/7/1  0:00:00"), Some(1_719_759_600));
        assert_eq!(at("2024-07-01"), Some(1_719_759_600));
        assert_eq!(at("2022-12-01 10:05"), Some(1_669_856_700));
    }

    #[test]
    fn what_is_no_instant_is_none() {
        for text in [
            "",
            "2022",
            "2022-13-01 10:05:30",
            "2022-02-29 10:05:30",
            "2022-12-01 24:05:30",
            "2022-12-01 10:65:30",
            "2022-12-01 10:05:3x",
            "2022-12-01 10:05:30 XYZ",
            "0000-00-00 00:00:00",
            "99999-12-01 10:05:30",
            "::",
            "2022-12/01 10:05:30",
        ] {
            assert_eq!(at(text), None, "{text}");
        }
    }

    #[test]
    fn days_count_through_leap_years() {
        assert_eq!(days(1970, 1, 1), Some(0));
        assert_eq!(days(2000, 2, 29), Some(11_016));
        assert_eq!(days(2020, 4, 7), Some(18_359));
        assert_eq!(days(1900, 2, 29), None);
        let (mut expected, mut last) = (0, 0);
        for year in 1970..2100 {
            for month in 1..=12 {
                for day in 1..=31 {
                    if let Some(count) = days(year, month, day) {
                        assert_eq!(count, expected, "{year}-{month}-{day}");
                        (expected, last) = (expected + 1, count);
                    }
                }
            }
        }
        assert_eq!(last, 47_481, "2099-12-31");
    }

    #[test]
    fn counts_know_their_unit() {
        for count in [1_669_856_730, 1_669_856_730_123, 1_669_856_730_123_456, 1_669_856_730_123_456_789] {
            assert_eq!(epoch(count, EpochUnit::Auto), Some(1_669_856_730));
        }
        assert_eq!(epoch(-1, EpochUnit::Ms), Some(-1));
        assert_eq!(epoch(i64::MAX, EpochUnit::S), None);
    }

    #[test]
    fn zones_are_written_as_they_are_read() {
        for text in ["JST", "UTC", "+05:30", "-03:00"] {
            assert_eq!(text.parse::<Zone>().unwrap().to_string(), text);
        }
        assert!("Mars".parse::<Zone>().is_err());
        assert!("+99:00".parse::<Zone>().is_err());
    }
}
