//! The one clock of a view: an instant, shown in Japan Standard Time, and how fast it runs.

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::{Offset, TimeZone};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// Japan Standard Time.
pub fn jst() -> TimeZone {
    TimeZone::fixed(Offset::constant(9))
}

/// Minutes of a day.
pub const DAY_MIN: f64 = 24.0 * 60.0;

/// The clock.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Clock {
    /// The instant that is shown.
    pub at: Timestamp,
    /// Whether it runs.
    #[serde(default)]
    pub playing: bool,
    /// Minutes of the city a second of the viewer's.
    #[serde(default = "default_speed")]
    pub minutes_a_second: f64,
}

fn default_speed() -> f64 {
    30.0
}

impl Clock {
    /// A clock that stands at a date and time of Japan.
    pub fn standing_at(date: Date, time: Time) -> Self {
        let mut clock = Self { at: Timestamp::UNIX_EPOCH, playing: false, minutes_a_second: default_speed() };
        clock.set_local(date.to_datetime(time));
        clock
    }

    /// Date and time in Japan.
    pub fn local(&self) -> DateTime {
        self.at.to_zoned(jst()).datetime()
    }

    /// Sets date and time in Japan; stays where it is when that is beyond all calendars.
    pub fn set_local(&mut self, at: DateTime) {
        if let Ok(zoned) = at.to_zoned(jst()) {
            self.at = zoned.timestamp();
        }
    }

    /// Minutes after midnight in Japan.
    pub fn minute_of_day(&self) -> f64 {
        let at = self.local().time();
        f64::from(at.hour()) * 60.0 + f64::from(at.minute()) + f64::from(at.second()) / 60.0
    }

    /// Goes to a minute of the same day.
    pub fn set_minute_of_day(&mut self, minute: f64) {
        let seconds = (minute.clamp(0.0, DAY_MIN - 1.0) * 60.0) as i64;
        let midnight = self.local().date().to_datetime(Time::midnight());
        if let Ok(at) = midnight.checked_add(SignedDuration::from_secs(seconds)) {
            self.set_local(at);
        }
    }
}
