//! Days in Japan: which kind each is, and which period it belongs to.
//!
//! A day is a whole number, days since 1970-01-01 in Japan Standard Time (UTC+9, no summer time). Weekends and
//! national holidays (国民の祝日) are holidays; the days off round the New Year are not in the law and not here.

use std::sync::LazyLock;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::FlowError;

/// Seconds from UTC to Japan Standard Time.
pub const JST_OFFSET_S: i64 = 9 * 3600;
/// Seconds of a day.
pub const DAY_S: i64 = 86_400;

/// The national holidays of 2019 to 2027, by the Cabinet Office's list.
const HOLIDAYS: &str = include_str!("../../../../assets/people-flow/japan-holidays.csv");

/// The day in Japan of an instant.
pub fn jst_day(time_s: i64) -> i64 {
    (time_s + JST_OFFSET_S).div_euclid(DAY_S)
}

/// Seconds since midnight in Japan.
pub fn jst_second_of_day(time_s: i64) -> i64 {
    (time_s + JST_OFFSET_S).rem_euclid(DAY_S)
}

/// What kind of day it is.
#[repr(u8)]
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DayKind {
    /// Monday to Friday, no holiday.
    Weekday = 0,
    /// Saturday, Sunday or a national holiday.
    Holiday = 1,
}

impl DayKind {
    /// Both, by number.
    pub const ALL: [Self; 2] = [Self::Weekday, Self::Holiday];

    /// For texts that choose their words by it.
    pub fn key(self) -> &'static str {
        match self {
            Self::Weekday => "weekday",
            Self::Holiday => "holiday",
        }
    }
}

/// Which days are holidays.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Calendar {
    holidays: Vec<i64>,
}

impl Calendar {
    /// Japan's, with the national holidays of 2019 to 2027; in other years only weekends.
    ///
    /// # Errors
    /// When the list that is built in cannot be read.
    pub fn japan() -> Result<Self, FlowError> {
        let mut holidays = Vec::new();
        for line in HOLIDAYS.lines().skip(1) {
            holidays.push(day_of(line.split(',').next().unwrap_or_default())?);
        }
        holidays.sort_unstable();
        Ok(Self { holidays })
    }

    /// With these holidays beside the weekends, as days since 1970-01-01.
    pub fn with_holidays(mut holidays: Vec<i64>) -> Self {
        holidays.sort_unstable();
        Self { holidays }
    }

    /// The kind of a day.
    pub fn kind_of(&self, day: i64) -> DayKind {
        // 1970-01-01 was a Thursday; 0 is Monday.
        let weekday = (day + 3).rem_euclid(7);
        if weekday >= 5 || self.holidays.binary_search(&day).is_ok() {
            DayKind::Holiday
        } else {
            DayKind::Weekday
        }
    }
}

/// The kind of a date in Japan.
pub fn kind_of_date(date: Date) -> DayKind {
    // A test reads the list that is built in.
    static JAPAN: LazyLock<Calendar> =
        LazyLock::new(|| Calendar::japan().unwrap_or_else(|_| Calendar::with_holidays(Vec::new())));
    JAPAN.kind_of(number_of(date))
}

/// The day number of a date such as `2020-04-01`.
fn day_of(text: &str) -> Result<i64, FlowError> {
    let date: Date = text.trim().parse().map_err(|_| FlowError::NoDate { text: text.to_owned() })?;
    Ok(number_of(date))
}

fn number_of(date: Date) -> i64 {
    date.duration_since(Date::constant(1970, 1, 1)).as_hours() / 24
}

/// Some days that are looked at together, for example January 2020.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Period {
    /// What it is called.
    pub name: String,
    /// Its first day, days since 1970-01-01.
    pub first_day: i64,
    /// The day after its last.
    pub end_day: i64,
}

impl Period {
    /// From the first to the last date, both included.
    ///
    /// # Errors
    /// When a date is none, or the last comes before the first.
    pub fn between(name: &str, first: &str, last: &str) -> Result<Self, FlowError> {
        let (first_day, end_day) = (day_of(first)?, day_of(last)? + 1);
        if end_day <= first_day || end_day - first_day > 3660 {
            return Err(FlowError::PeriodLength { name: name.to_owned() });
        }
        Ok(Self { name: name.to_owned(), first_day, end_day })
    }

    /// Its days of a kind.
    pub fn days_of(&self, kind: DayKind, calendar: &Calendar) -> u32 {
        (self.first_day..self.end_day).filter(|day| calendar.kind_of(*day) == kind).count() as u32
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_of_april_2020() {
        let calendar = Calendar::japan().unwrap();
        let april = Period::between("after", "2020-04-01", "2020-04-30").unwrap();
        // 30 days, 8 of them weekends, and Showa day on Wednesday the 29th.
        assert_eq!(april.days_of(DayKind::Holiday, &calendar), 9);
        assert_eq!(april.days_of(DayKind::Weekday, &calendar), 21);
        assert_eq!(april.first_day, 18_353);
    }

    #[test]
    fn dates_of_this_decade_are_known() {
        // Labour Thanksgiving on a Monday, the day between two holidays, a substitute, a Tuesday like others.
        for date in ["2026-11-23", "2026-09-22", "2027-03-22"] {
            assert_eq!(kind_of_date(date.parse().unwrap()), DayKind::Holiday, "{date}");
        }
        assert_eq!(kind_of_date("2026-11-24".parse().unwrap()), DayKind::Weekday);
    }

    #[test]
    fn midnight_is_that_of_japan() {
        // 2020-04-01T00:00:00+09:00
        let midnight = 1_585_666_800;
        assert_eq!(jst_day(midnight), 18_353);
        assert_eq!(jst_day(midnight - 1), 18_352);
        assert_eq!(jst_second_of_day(midnight + 61), 61);
    }

    #[test]
    fn no_date_is_an_error() {
        assert!(Period::between("x", "2020-02-30", "2020-03-01").is_err());
        assert!(Period::between("x", "2020-03-02", "2020-03-01").is_err());
    }
}
