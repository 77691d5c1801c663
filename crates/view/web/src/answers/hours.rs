//! Clock times and parts of the day, as every question tells them.

use jiff::civil::Time;
use serde::Serialize;

/// One part of a day.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Hour {
    /// First minute after midnight, Japan Standard Time.
    pub from: u16,
    /// The minute after its last.
    pub until: u16,
    /// Length of its bar, 0 to 1; none where nothing is known.
    pub share: Option<f64>,
    /// How full it is, the class of its bar: 0 is empty.
    pub class: u8,
}

/// Minutes after midnight.
pub fn minute(time: Time) -> u16 {
    u16::from(time.hour().unsigned_abs()) * 60 + u16::from(time.minute().unsigned_abs())
}

/// A clock time as people read it: `9:05`.
pub fn clock(time: Time) -> String {
    said(minute(time))
}

/// Minutes after midnight as people read them.
pub fn said(minute: u16) -> String {
    format!("{}:{:02}", minute / 60, minute % 60)
}
