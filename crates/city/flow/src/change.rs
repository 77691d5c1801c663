//! What changed from one period to another, and how sure that is.
//!
//! A count `N` of person-days has the variance of a Poisson law, that of the noise, and that of matching:
//! `var N = N + v + (c N)^2`, with `v` the noise's variance and `c` the stated matching error
//! ([`About::matching_error`](crate::About)). The mean of a day is `f N / d`, with the expansion `f` and `d` days.
//! Difference: normal, variances added. Ratio: normal in the logarithm, variance `var N1 / N1^2 + var N2 / N2^2`
//! (delta method); 95 % is 1.96 standard errors either way.
//!
//! Persons are taken as independent. Groups that walk together, and the same person on several days, make real
//! intervals wider; the error of the expansion factor itself is not in it, and cancels in a ratio.

use crate::noise::variance;
use crate::{CellFlow, CellId, DayKind, Flows, LinkFlow};

/// Standard errors of a two-sided interval of 95 %.
const Z_95: f64 = 1.96;

/// A value with its interval of 95 %.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Estimate {
    /// The value.
    pub value: f64,
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

/// Which two periods, and on which days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Versus {
    /// Index of the period before.
    pub before: u8,
    /// Index of the period after.
    pub after: u8,
    /// Kind of days.
    pub day_kind: DayKind,
}

/// From one period to another. A place that was kept back in either has none.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Change<Place> {
    /// The link or cell.
    pub place: Place,
    /// Bin of the day.
    pub bin: u16,
    /// Persons of a mean day before.
    pub before: f64,
    /// Persons of a mean day after.
    pub after: f64,
    /// Persons of a mean day more (or, below 0, fewer).
    pub difference: Estimate,
    /// After by before.
    pub ratio: Estimate,
}

impl Flows {
    /// Change of every link and bin that stayed in both periods.
    pub fn link_changes(&self, versus: Versus) -> Vec<Change<u32>> {
        let before = self.links().filter(|f| f.period() == versus.before && f.day_kind() == versus.day_kind);
        let pairs = before.filter_map(|before| {
            let after = self.link(before.link(), versus.after, versus.day_kind, before.bin())?;
            Some(self.change(
                before.link(),
                before.bin(),
                [before.persons(), after.persons()],
                [self.standard_error(&before), self.standard_error(&after)],
            ))
        });
        pairs.collect()
    }

    /// Change of every cell and bin of a grid that stayed in both periods.
    pub fn cell_changes(&self, grid: u32, versus: Versus) -> Vec<Change<CellId>> {
        let before = self
            .cells()
            .filter(|f| f.grid() == grid && f.period() == versus.before && f.day_kind() == versus.day_kind);
        let pairs = before.filter_map(|before| {
            let after = self.cell(grid, before.cell(), versus.after, versus.day_kind, before.bin())?;
            let errors = [&before, &after].map(|flow| self.cell_error(flow));
            Some(self.change(before.cell(), before.bin(), [before.persons(), after.persons()], errors))
        });
        pairs.collect()
    }

    /// Standard error of [`LinkFlow::persons`].
    pub fn standard_error(&self, flow: &LinkFlow<'_>) -> f64 {
        self.error(flow.counted(), flow.persons(), self.about().matching_error)
    }

    /// Standard error of [`CellFlow::persons`]: as of a link, but without matching.
    pub fn cell_error(&self, flow: &CellFlow<'_>) -> f64 {
        self.error(flow.counted(), flow.persons(), 0.0)
    }

    /// [`LinkFlow::persons`] with its interval.
    pub fn estimate(&self, flow: &LinkFlow<'_>) -> Estimate {
        let (value, error) = (flow.persons(), Z_95 * self.standard_error(flow));
        Estimate { value, low: (value - error).max(0.0), high: value + error }
    }

    fn error(&self, counted: u32, persons: f64, matching: f64) -> f64 {
        let counted = f64::from(counted);
        let noise = variance(self.manifest.epsilon, self.manifest.noise_most);
        (counted + noise + (matching * counted).powi(2)).sqrt() * persons / counted
    }

    fn change<P>(&self, place: P, bin: u16, persons: [f64; 2], errors: [f64; 2]) -> Change<P> {
        let [before, after] = persons;
        let apart = Z_95 * errors[0].hypot(errors[1]);
        let factor = (Z_95 * (errors[0] / before).hypot(errors[1] / after)).exp();
        let (difference, ratio) = (after - before, after / before);
        Change {
            place,
            bin,
            before,
            after,
            difference: Estimate { value: difference, low: difference - apart, high: difference + apart },
            ratio: Estimate { value: ratio, low: ratio / factor, high: ratio * factor },
        }
    }
}
