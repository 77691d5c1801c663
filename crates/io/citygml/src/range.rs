//! Which numbers can be a position.

use futago_geodesy::Crs;

use crate::Limits;

/// Greatest value of each number of a position. NaN is never within.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Range([f64; 3]);

impl Range {
    pub fn of(crs: Option<Crs>, limits: &Limits) -> Self {
        match crs.and_then(|crs| crs.reach(limits.plane_m)) {
            Some([first, second]) => Self([first, second, limits.height_m]),
            None => Self([f64::MAX; 3]),
        }
    }

    #[inline]
    pub fn holds(&self, at: [f64; 3]) -> bool {
        // `&`, not `&&`: three comparisons without a branch.
        (at[0].abs() <= self.0[0]) & (at[1].abs() <= self.0[1]) & (at[2].abs() <= self.0[2])
    }

    /// Whether the position is one with its first two numbers swapped.
    pub fn holds_swapped(&self, at: [f64; 3]) -> bool {
        self.holds([at[1], at[0], at[2]])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_that_is_none() {
        let range = Range::of(Some(Crs { epsg: 6697 }), &Limits::default());
        assert!(range.holds([35.69, 139.69, -9999.0]));
        assert!(!range.holds([139.69, 35.69, 0.0]) && range.holds_swapped([139.69, 35.69, 0.0]));
        for bad in [[f64::NAN, 139.0, 0.0], [35.0, f64::INFINITY, 0.0], [35.0, 139.0, 1e9]] {
            assert!(!range.holds(bad) && !range.holds_swapped(bad), "{bad:?}");
        }
    }
}
