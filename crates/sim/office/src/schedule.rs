//! The day of an office: who has come and not yet gone.
//!
//! Arrivals, departures and both ends of lunch are logistic distributions of clock time: much like normal ones, with
//! a distribution function and its integral in closed form, so that the mean over an hour is exact however long the
//! hour. The share of those who come today that are there at minute t is
//!
//! p(t) = F_arrive(t) - F_leave(t) - share * (F_out(t) - F_back(t)).
//!
//! A logistic distribution of standard deviation sd has the scale s = sd * sqrt(3) / pi; its steepest rise is 1/(4 s):
//! with 25 minutes, 9.1 % of all arrivals come in the busiest five minutes.

use std::f64::consts::PI;

/// A moment of the day about which people are spread.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Moment {
    /// Mean, minutes after midnight.
    pub mean_min: f64,
    /// Standard deviation, minutes; over 0.
    pub spread_min: f64,
}

impl Moment {
    fn scale(self) -> f64 {
        self.spread_min * 3.0_f64.sqrt() / PI
    }

    /// Share of people for whom it has come at a minute of the day.
    pub fn share_by(self, minute: f64) -> f64 {
        1.0 / (1.0 + (-(minute - self.mean_min) / self.scale()).exp())
    }

    /// Integral of [`Moment::share_by`] from the beginning of time, minutes.
    fn integral(self, minute: f64) -> f64 {
        let x = (minute - self.mean_min) / self.scale();
        // ln(1 + e^x) that neither overflows nor loses its tail.
        self.scale() * (x.max(0.0) + (-x.abs()).exp().ln_1p())
    }

    fn mean(self, from_min: f64, until_min: f64) -> f64 {
        (self.integral(until_min) - self.integral(from_min)) / (until_min - from_min)
    }
}

/// The day of an office.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Day {
    /// Coming.
    pub arrive: Moment,
    /// Going.
    pub leave: Moment,
    /// Going out for lunch.
    pub lunch_out: Moment,
    /// Coming back from it.
    pub lunch_back: Moment,
    /// Share that goes out.
    pub lunch_share: f64,
}

impl Day {
    /// Share of today's people who are there at a minute of the day, of an office that does everything so many
    /// minutes later.
    pub fn present(&self, minute: f64, shift_min: f64) -> f64 {
        self.combine(|moment| moment.share_by(minute - shift_min))
    }

    /// Its mean over a time.
    pub fn mean_present(&self, from_min: f64, until_min: f64, shift_min: f64) -> f64 {
        self.combine(|moment| moment.mean(from_min - shift_min, until_min - shift_min))
    }

    /// Share of today's people who have come by a minute of the day.
    pub fn arrived(&self, minute: f64, shift_min: f64) -> f64 {
        self.arrive.share_by(minute - shift_min)
    }

    fn combine(&self, value: impl Fn(Moment) -> f64) -> f64 {
        let at_lunch = self.lunch_share * (value(self.lunch_out) - value(self.lunch_back));
        // Where departures are spread wider than arrivals their tails cross before dawn, at 1e-12.
        (value(self.arrive) - value(self.leave) - at_lunch).max(0.0)
    }
}

#[cfg(test)]
mod tests {
    use crate::scenario::Schedule;

    #[test]
    fn a_day_has_its_shape() {
        let day = Schedule::default().day();
        let at = |h: f64| day.present(h * 60.0, 0.0);
        assert!(
            at(5.0) < 0.01 && at(10.5) > 0.98 && at(23.5) < 0.02,
            "{} {} {}",
            at(5.0),
            at(10.5),
            at(23.5)
        );
        assert!(at(12.5) < at(11.0) - 0.25 && at(14.0) > 0.97, "no lunch: {} {}", at(12.5), at(14.0));
        assert!((at(8.75) - 0.5).abs() < 1e-3, "half have come at the mean");
        assert_eq!(day.present(600.0, 30.0), day.present(570.0, 0.0));
    }

    #[test]
    fn the_mean_is_the_integral() {
        let day = Schedule::default().day();
        // The rule of Simpson, which knows nothing of the closed form.
        for (from, until) in [(0.0, 1440.0), (480.0, 540.0), (720.0, 780.0)] {
            let n = 20_000;
            let step = (until - from) / f64::from(n);
            let sum: f64 = (0..=n)
                .map(|i| {
                    let weight = if i == 0 || i == n { 1.0 } else { f64::from(2 + 2 * (i % 2)) };
                    weight * day.present(from + f64::from(i) * step, 7.0)
                })
                .sum();
            let simpson = sum / (3.0 * f64::from(n));
            let mean = day.mean_present(from, until, 7.0);
            assert!((mean - simpson).abs() < 1e-9, "{from}-{until}: {mean} {simpson}");
        }
    }
}
