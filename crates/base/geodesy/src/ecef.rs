//! Earth-centred coordinates: metres from the middle of the Earth, as satellites and 3D Tiles have them.
//!
//! X points to longitude 0 on the equator, Y to longitude 90 east, Z to the north pole. Heights here are
//! metres above the ellipsoid, not T.P.: in Nishi-Shinjuku the sea level that T.P. stands for lies about
//! 36.7 m above the ellipsoid.
//!
//! Back to degrees by Bowring's iteration on the parametric latitude (Survey Review 23, 1976), which is
//! good to less than a micrometre from 100 km below the ellipsoid to 10,000 km above it.

use crate::LonLat;

/// An ellipsoid of revolution.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Ellipsoid {
    /// Half of the long axis, metres.
    pub semi_major_m: f64,
    /// One over the flattening.
    pub inverse_flattening: f64,
}

/// Turns of Bowring's iteration. Two are enough near the ground, three far above it.
const TURNS: usize = 3;

/// Deepest and highest places that are told, metres.
const DEEPEST_M: f64 = -100_000.0;
const HIGHEST_M: f64 = 10_000_000.0;

impl Ellipsoid {
    /// GRS 80, which JGD2011 uses.
    pub const GRS80: Self = Self { semi_major_m: 6_378_137.0, inverse_flattening: 298.257_222_101 };
    /// WGS 84, which satellites and 3D Tiles use. It differs from GRS 80 by 0.1 mm at the poles.
    pub const WGS84: Self = Self { semi_major_m: 6_378_137.0, inverse_flattening: 298.257_223_563 };

    /// Half of the short axis, metres.
    pub fn semi_minor_m(self) -> f64 {
        self.semi_major_m * (1.0 - 1.0 / self.inverse_flattening)
    }

    /// Square of the first eccentricity.
    fn eccentricity2(self) -> f64 {
        let flattening = 1.0 / self.inverse_flattening;
        flattening * (2.0 - flattening)
    }

    /// Degrees and metres above the ellipsoid to Earth-centred metres.
    pub fn ecef_from_lonlat(self, at: LonLat, height_m: f64) -> [f64; 3] {
        let (sin_lat, cos_lat) = at.lat_deg.to_radians().sin_cos();
        let (sin_lon, cos_lon) = at.lon_deg.to_radians().sin_cos();
        let e2 = self.eccentricity2();
        let normal_m = self.semi_major_m / (1.0 - e2 * sin_lat * sin_lat).sqrt();
        let from_axis_m = (normal_m + height_m) * cos_lat;
        [from_axis_m * cos_lon, from_axis_m * sin_lon, (normal_m * (1.0 - e2) + height_m) * sin_lat]
    }

    /// Earth-centred metres to degrees and metres above the ellipsoid. None when a number is none, or the
    /// place is deeper than 100 km or higher than 10,000 km.
    pub fn lonlat_from_ecef(self, at_m: [f64; 3]) -> Option<(LonLat, f64)> {
        let [x, y, z] = at_m;
        let from_axis = x.hypot(y);
        let from_centre = from_axis.hypot(z);
        let reach = self.semi_minor_m() + 2.0 * DEEPEST_M..self.semi_major_m + 2.0 * HIGHEST_M;
        if !reach.contains(&from_centre) {
            return None;
        }
        let (a, b, e2) = (self.semi_major_m, self.semi_minor_m(), self.eccentricity2());
        let second_e2 = e2 / (1.0 - e2);
        let mut parametric = (z * a).atan2(from_axis * b);
        let mut lat = 0.0;
        for _ in 0..TURNS {
            let (sin, cos) = parametric.sin_cos();
            lat = (z + second_e2 * b * sin * sin * sin).atan2(from_axis - e2 * a * cos * cos * cos);
            parametric = (b * lat.sin()).atan2(a * lat.cos());
        }
        let (sin, cos) = lat.sin_cos();
        // Along the normal: holds on the axis too, where dividing by the cosine would not.
        let height_m = from_axis * cos + z * sin - a * (1.0 - e2 * sin * sin).sqrt();
        if !(DEEPEST_M..=HIGHEST_M).contains(&height_m) {
            return None;
        }
        let lonlat = LonLat { lon_deg: y.atan2(x).to_degrees(), lat_deg: lat.to_degrees() };
        Some((lonlat, height_m))
    }

    /// East, north and up at a place as Earth-centred unit vectors.
    pub fn east_north_up(at: LonLat) -> [[f64; 3]; 3] {
        let (sin_lat, cos_lat) = at.lat_deg.to_radians().sin_cos();
        let (sin_lon, cos_lon) = at.lon_deg.to_radians().sin_cos();
        [
            [-sin_lon, cos_lon, 0.0],
            [-sin_lat * cos_lon, -sin_lat * sin_lon, cos_lat],
            [cos_lat * cos_lon, cos_lat * sin_lon, sin_lat],
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is asked of positions, metres.
    const MILLIMETRE: f64 = 1e-3;

    fn distance(a: [f64; 3], b: [f64; 3]) -> f64 {
        (0..3).map(|i| (a[i] - b[i]).powi(2)).sum::<f64>().sqrt()
    }

    /// Ellipsoid, longitude, latitude, height, and X, Y, Z to the millimetre.
    ///
    /// The first is the worked example of EPSG guidance note 7-2 (method 9602); the others are of PROJ
    /// 9.5.1 (`+proj=cart`).
    const PUBLISHED: [(Ellipsoid, [f64; 3], [f64; 3]); 3] = [
        (
            Ellipsoid::WGS84,
            [2.0 + 7.0 / 60.0 + 46.380 / 3600.0, 53.0 + 48.0 / 60.0 + 33.820 / 3600.0, 73.0],
            [3_771_793.968, 140_253.342, 5_124_304.349],
        ),
        (
            Ellipsoid::GRS80,
            [139.691_737, 35.689_487, 79.1],
            [-3_954_896.088_24, 3_354_976.482_87, 3_700_309.762_75],
        ),
        (
            Ellipsoid::WGS84,
            [139.691_737, 35.689_487, 79.1],
            [-3_954_896.088_22, 3_354_976.482_85, 3_700_309.762_85],
        ),
    ];

    #[test]
    fn published_places_agree_both_ways() {
        for (ellipsoid, [lon, lat, height], ecef) in PUBLISHED {
            let at = LonLat::new(lon, lat).unwrap();
            let forward = ellipsoid.ecef_from_lonlat(at, height);
            assert!(distance(forward, ecef) < MILLIMETRE, "{forward:?} {ecef:?}");
            let (back, back_height) = ellipsoid.lonlat_from_ecef(ecef).unwrap();
            let again = ellipsoid.ecef_from_lonlat(back, back_height);
            assert!(distance(again, ecef) < MILLIMETRE / 1e3, "{again:?} {ecef:?}");
            assert!((back_height - height).abs() < MILLIMETRE, "{back_height}");
            // A millimetre is 9e-9 degrees of latitude.
            assert!((back.lon_deg - lon).abs() < 9e-9 && (back.lat_deg - lat).abs() < 9e-9, "{back:?}");
        }
    }

    #[test]
    fn axes_are_where_the_ellipsoids_are_defined() {
        assert!((Ellipsoid::GRS80.semi_minor_m() - 6_356_752.314_140).abs() < 1e-5);
        assert!((Ellipsoid::WGS84.semi_minor_m() - 6_356_752.314_245).abs() < 1e-5);
        let pole = Ellipsoid::GRS80.ecef_from_lonlat(LonLat { lon_deg: 0.0, lat_deg: 90.0 }, 0.0);
        assert!(distance(pole, [0.0, 0.0, 6_356_752.314_140]) < MILLIMETRE);
        let (at, height) = Ellipsoid::GRS80.lonlat_from_ecef([0.0, 0.0, -6_356_752.314_140]).unwrap();
        assert!((at.lat_deg + 90.0).abs() < 1e-9 && height.abs() < MILLIMETRE);
        let (at, height) = Ellipsoid::GRS80.lonlat_from_ecef([0.0, 6_378_137.0, 0.0]).unwrap();
        assert!((at.lon_deg - 90.0).abs() < 1e-9 && at.lat_deg.abs() < 1e-9 && height.abs() < MILLIMETRE);
    }

    #[test]
    fn there_and_back_at_every_latitude_and_height() {
        for lat in (-90..=90).step_by(3) {
            for height in [-90_000.0, -100.0, 0.0, 79.1, 20_000.0, 400_000.0, 9_000_000.0] {
                let at = LonLat { lon_deg: 139.7, lat_deg: f64::from(lat) };
                let ecef = Ellipsoid::GRS80.ecef_from_lonlat(at, height);
                let (back, back_height) = Ellipsoid::GRS80.lonlat_from_ecef(ecef).unwrap();
                let again = Ellipsoid::GRS80.ecef_from_lonlat(back, back_height);
                assert!(distance(again, ecef) < MILLIMETRE / 1e3, "{lat} {height}: {again:?}");
                assert!((back_height - height).abs() < MILLIMETRE / 1e3, "{lat} {height}: {back_height}");
            }
        }
    }

    #[test]
    fn no_place_is_told_as_none() {
        for at in
            [[0.0; 3], [1.0, 2.0, 3.0], [f64::NAN, 0.0, 0.0], [f64::INFINITY, 0.0, 0.0], [1e12, 0.0, 0.0]]
        {
            assert_eq!(Ellipsoid::WGS84.lonlat_from_ecef(at), None, "{at:?}");
        }
    }

    #[test]
    fn east_north_and_up_are_the_directions_of_small_steps() {
        let at = LonLat::new(139.691_737, 35.689_487).unwrap();
        let here = Ellipsoid::GRS80.ecef_from_lonlat(at, 10.0);
        let steps = [
            (LonLat { lon_deg: at.lon_deg + 1e-6, ..at }, 10.0),
            (LonLat { lat_deg: at.lat_deg + 1e-6, ..at }, 10.0),
            (at, 10.1),
        ];
        for (direction, (to, height)) in Ellipsoid::east_north_up(at).into_iter().zip(steps) {
            let there = Ellipsoid::GRS80.ecef_from_lonlat(to, height);
            let length = distance(there, here);
            let step: [f64; 3] = std::array::from_fn(|i| (there[i] - here[i]) / length);
            assert!(distance(step, direction) < 1e-6, "{step:?} {direction:?}");
        }
    }
}
