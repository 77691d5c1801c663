//! From the numbers of a vertex to a position: scale, translation, order of axes, and what is no place.

use futago_geodesy::{Axes, Crs};

use crate::Limits;

/// What `transform` says.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Transform {
    pub scale: [f64; 3],
    pub translate: [f64; 3],
}

impl Default for Transform {
    fn default() -> Self {
        Self { scale: [1.0; 3], translate: [0.0; 3] }
    }
}

impl Transform {
    pub fn apply(&self, vertex: [f64; 3]) -> [f64; 3] {
        std::array::from_fn(|axis| vertex[axis] * self.scale[axis] + self.translate[axis])
    }
}

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

    pub fn holds(&self, at: [f64; 3]) -> bool {
        // `&`, not `&&`: three comparisons without a branch.
        (at[0].abs() <= self.0[0]) & (at[1].abs() <= self.0[1]) & (at[2].abs() <= self.0[2])
    }
}

/// What turns the numbers of a file into positions.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Frame {
    pub crs: Option<Crs>,
    pub transform: Transform,
    /// East stands first in the file, but not in its system.
    pub swap: bool,
    pub range: Range,
}

impl Frame {
    /// Positions of the file in the order of their system; and back.
    pub fn ordered(&self, [x, y, z]: [f64; 3]) -> [f64; 3] {
        if self.swap { [y, x, z] } else { [x, y, z] }
    }

    /// A position that lies this far from another, in metres along the axes of the file.
    ///
    /// Where the system has degrees, metres become degrees at the other position, by the radii of GRS80.
    pub fn offset(&self, from: [f64; 3], metres: [f64; 3]) -> [f64; 3] {
        let [first, second, up] = self.ordered(metres);
        let [north, east] = match self.crs.map(Crs::axes) {
            Some(Axes::LatitudeLongitude) => {
                let [meridian_m, parallel_m] = metres_of_a_degree(from[0]);
                [first / meridian_m, second / parallel_m]
            }
            _ => [first, second],
        };
        [from[0] + north, from[1] + east, from[2] + up]
    }
}

/// Metres of a degree of latitude and of longitude on GRS80.
fn metres_of_a_degree(latitude_deg: f64) -> [f64; 2] {
    const MAJOR_M: f64 = 6_378_137.0;
    const ECCENTRICITY_SQUARED: f64 = 0.006_694_380_022_90;
    let (sin, cos) = latitude_deg.to_radians().sin_cos();
    let root = (1.0 - ECCENTRICITY_SQUARED * sin * sin).sqrt();
    let meridian_m = MAJOR_M * (1.0 - ECCENTRICITY_SQUARED) / root.powi(3);
    [meridian_m.to_radians(), (MAJOR_M / root * cos).to_radians()]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn frame(epsg: u32, swap: bool) -> Frame {
        let crs = Some(Crs { epsg });
        Frame { crs, transform: Transform::default(), swap, range: Range::of(crs, &Limits::default()) }
    }

    #[test]
    fn a_transform_scales_and_then_moves() {
        let transform = Transform { scale: [0.5, 2.0, 1.0], translate: [10.0, 0.0, -1.0] };
        assert_eq!(transform.apply([4.0, 3.0, 1.0]), [12.0, 6.0, 0.0]);
    }

    #[test]
    fn metres_stay_metres_on_a_plane_and_become_degrees_on_the_globe() {
        let plane = frame(6677, true);
        assert_eq!(plane.offset([100.0, 200.0, 3.0], [1.0, 2.0, 0.5]), [102.0, 201.0, 3.5]);
        let globe = frame(6697, true).offset([35.69, 139.69, 40.0], [100.0, 50.0, 1.0]);
        // By the Geospatial Information Authority's formula, 1" at this latitude is 30.82 m and 25.15 m.
        assert!((globe[0] - 35.69 - 50.0 / 30.82 / 3600.0).abs() < 1e-7, "{globe:?}");
        assert!((globe[1] - 139.69 - 100.0 / 25.15 / 3600.0).abs() < 1e-6, "{globe:?}");
    }

    #[test]
    fn a_place_that_is_none() {
        let range = frame(6697, false).range;
        assert!(range.holds([35.69, 139.69, 40.0]));
        for bad in
            [[139.69, 35.69, 0.0], [f64::NAN, 139.0, 0.0], [35.0, 139.0, 1e9], [35.0, f64::INFINITY, 0.0]]
        {
            assert!(!range.holds(bad), "{bad:?}");
        }
    }
}
