//! The days of a question, and the parts of a day that have a value each.

use jiff::civil::{Date, Time};
use jiff::tz::{Offset, TimeZone};

use crate::scenario::{Question, minute_of};

/// Seconds of a minute.
const MINUTE_S: f64 = 60.0;

/// Part of a day that has one value.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bin {
    /// Its begin, minutes after midnight.
    pub from_min: f64,
    /// Its end.
    pub until_min: f64,
}

impl Bin {
    /// The parts of a question's period.
    pub fn of(question: &Question) -> Vec<Self> {
        let (from, to) = (minute_of(question.from), minute_of(question.to));
        let step = f64::from(question.step_min);
        let count = ((to - from) / step).round() as u32;
        let bin =
            |i: u32| Self { from_min: from + f64::from(i) * step, until_min: from + f64::from(i + 1) * step };
        (0..count).map(bin).collect()
    }

    /// Its begin as people read it: `09:00`.
    pub fn from_clock(&self) -> String {
        clock(self.from_min)
    }

    /// Its end.
    pub fn until_clock(&self) -> String {
        clock(self.until_min)
    }
}

/// A minute of the day as people read it.
pub fn clock(minute: f64) -> String {
    let minute = minute.round() as i64;
    format!("{:02}:{:02}", minute / 60, minute % 60)
}

/// The days of a case.
#[derive(Debug, Clone, PartialEq)]
pub struct Days {
    /// The days, as given.
    pub dates: Vec<Date>,
    /// How many of them are holidays.
    pub holidays: usize,
}

impl Days {
    /// The days with what they are.
    pub fn of(question: &Question, dates: &[Date]) -> Self {
        let holidays = dates.iter().filter(|date| question.is_holiday(**date)).count();
        Self { dates: dates.to_vec(), holidays }
    }

    /// People of the mean day, as a share of a weekday's.
    pub fn share_of_weekday(&self, holiday_share: f64) -> f64 {
        let (all, holidays) = (self.dates.len() as f64, self.holidays as f64);
        ((all - holidays) + holidays * holiday_share) / all
    }

    /// People of the fullest kind of day, as a share of a weekday's.
    pub fn fullest(&self, holiday_share: f64) -> f64 {
        if self.holidays < self.dates.len() { 1.0 } else { holiday_share }
    }

    /// Midnight of each day (JST), seconds from 1970; days beyond the calendar are left out.
    pub fn midnights_s(&self) -> Vec<i64> {
        let midnight = |date: &Date| {
            let japan = TimeZone::fixed(Offset::constant(9));
            Some(date.to_datetime(Time::midnight()).to_zoned(japan).ok()?.timestamp().as_second())
        };
        self.dates.iter().filter_map(midnight).collect()
    }

    /// The days as people read them: one, or the first and the last.
    pub fn label(&self) -> String {
        match (self.dates.iter().min(), self.dates.iter().max()) {
            (Some(first), Some(last)) if first != last => format!("{first} – {last}"),
            (Some(first), _) => first.to_string(),
            _ => String::new(),
        }
    }
}

/// An instant of a day: seconds from its midnight.
pub fn seconds(minute: f64) -> i64 {
    (minute * MINUTE_S).round() as i64
}
