//! The part of the plan that a map shows, and site metres to map units.

use std::fmt::Write as _;

/// A window of the plan.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Window {
    /// West, south, east, north, site metres.
    pub bounds_m: [f64; 4],
}

impl Window {
    /// Map units to the width of a window: about a third of a pixel on a full-width map.
    pub(crate) const UNITS: f64 = 4000.0;

    /// The window asked for, or `otherwise` where that has no area, or 100 m round the origin.
    pub(crate) fn new(asked_m: [f64; 4], otherwise_m: [f64; 4]) -> Self {
        let usable =
            |b: &[f64; 4]| b.iter().all(|v| v.is_finite()) && b[2] - b[0] >= 1.0 && b[3] - b[1] >= 1.0;
        let bounds_m = [asked_m, otherwise_m].into_iter().find(usable);
        Self { bounds_m: bounds_m.unwrap_or([-50.0, -50.0, 50.0, 50.0]) }
    }

    pub(crate) fn width_m(&self) -> f64 {
        self.bounds_m[2] - self.bounds_m[0]
    }

    pub(crate) fn height_m(&self) -> f64 {
        self.bounds_m[3] - self.bounds_m[1]
    }

    pub(crate) fn units_per_m(&self) -> f64 {
        Self::UNITS / self.width_m()
    }

    /// Height of the map, map units.
    pub(crate) fn height_units(&self) -> f64 {
        self.height_m() * self.units_per_m()
    }

    /// A place in map units.
    pub(crate) fn units(&self, at_m: [f64; 2]) -> [f64; 2] {
        let k = self.units_per_m();
        [(at_m[0] - self.bounds_m[0]) * k, (self.bounds_m[3] - at_m[1]) * k]
    }

    /// Whether a place is inside.
    pub(crate) fn contains(&self, at_m: [f64; 2]) -> bool {
        let [w, s, e, n] = self.bounds_m;
        (w..=e).contains(&at_m[0]) && (s..=n).contains(&at_m[1])
    }

    /// Whether any part of a box may be inside.
    pub(crate) fn meets(&self, bounds_m: [f64; 4]) -> bool {
        let [w, s, e, n] = self.bounds_m;
        bounds_m[0] <= e && bounds_m[2] >= w && bounds_m[1] <= n && bounds_m[3] >= s
    }

    /// Adds a line to SVG path data, in relative whole units, without points that fall on the one before.
    pub(crate) fn add_path(
        &self,
        path: &mut String,
        line_m: impl IntoIterator<Item = [f64; 2]>,
        closed: bool,
    ) {
        let mut last: Option<[i64; 2]> = None;
        for at in line_m {
            let at = self.units(at).map(|v| v.round() as i64);
            // Writing to a String cannot fail.
            let _ = match last {
                None => write!(path, "M{} {}l", at[0], at[1]),
                Some(last) if last == at => continue,
                Some(last) => write!(path, "{} {} ", at[0] - last[0], at[1] - last[1]),
            };
            last = Some(at);
        }
        if path.ends_with('l') {
            // A single point: drawn as a dot by round line ends.
            path.push_str("0 0");
        }
        if closed && last.is_some() {
            path.push('z');
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn north_is_up_and_paths_are_relative() {
        let window = Window::new([0.0, 0.0, 40.0, 20.0], [0.0; 4]);
        assert_eq!(window.units([10.0, 20.0]), [1000.0, 0.0]);
        assert_eq!(window.height_units(), 2000.0);
        let mut path = String::new();
        window.add_path(&mut path, [[0.0, 20.0], [10.0, 20.0], [10.0, 20.0], [10.0, 10.0]], true);
        assert_eq!(path, "M0 0l1000 0 0 1000 z");
    }

    #[test]
    fn a_window_without_area_becomes_a_usable_one() {
        assert_eq!(Window::new([f64::NAN; 4], [0.0, 0.0, 9.0, 9.0]).bounds_m, [0.0, 0.0, 9.0, 9.0]);
        assert_eq!(Window::new([5.0, 5.0, 5.0, 5.0], [0.0; 4]).width_m(), 100.0);
    }
}
