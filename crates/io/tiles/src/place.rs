//! From the coordinates of tiles and models to latitude, longitude and T.P. height.

use futago_geodesy::{Ellipsoid, LonLat, PlaneZone, SiteFrame};

use crate::matrix::Matrix;

/// Farthest from the origin of a plane system that a model is taken, metres.
const PLANE_REACH_M: f64 = 1_000_000.0;

/// What the coordinates of a model are, once every transform is applied and z is up.
#[derive(Debug)]
pub(crate) enum Ground {
    /// Earth-centred metres (WGS 84).
    Earth,
    /// Metres from the origin of a site frame, as Futago's own export writes them.
    Site(Box<Site>),
}

/// A frame and its plane system.
#[derive(Debug)]
pub(crate) struct Site {
    zone: PlaneZone,
    frame: SiteFrame,
}

impl Site {
    pub(crate) fn new(frame: SiteFrame) -> Option<Self> {
        let numbers = [frame.origin_east_m, frame.origin_north_m, frame.origin_height_m];
        let zone = frame.zone().ok()?;
        numbers.iter().all(|number| number.is_finite()).then_some(Self { zone, frame })
    }
}

/// Places points.
#[derive(Debug)]
pub(crate) struct Placer<'a> {
    pub(crate) ground: &'a Ground,
    /// Height of the sea level of T.P. above the ellipsoid, metres.
    pub(crate) geoid_m: f64,
    /// Greatest height or depth, metres.
    pub(crate) height_m: f64,
}

impl Placer<'_> {
    /// Latitude, longitude (degrees) and T.P. height (metres); none when it is no place on Earth.
    pub(crate) fn place(&self, at: [f64; 3]) -> Option<[f64; 3]> {
        let (lonlat, height_m) = match self.ground {
            Ground::Earth => {
                let (lonlat, height_m) = Ellipsoid::WGS84.lonlat_from_ecef(at)?;
                (lonlat, height_m - self.geoid_m)
            }
            Ground::Site(site) => {
                let plane = site.frame.plane_from_site([at[0], at[1]]);
                if !(plane.east_m.abs() < PLANE_REACH_M && plane.north_m.abs() < PLANE_REACH_M) {
                    return None;
                }
                (site.zone.lonlat_from_plane(plane).ok()?, at[2] + site.frame.origin_height_m)
            }
        };
        (height_m.abs() <= self.height_m).then_some([lonlat.lat_deg, lonlat.lon_deg, height_m])
    }
}

/// East, north, up at a place to Earth-centred metres, turned clockwise by a heading and scaled.
pub(crate) fn earth_from_local(at: LonLat, height_m: f64, heading_deg: f64, scale: f64) -> Matrix {
    let [east, north, up] = Ellipsoid::east_north_up(at);
    let (sin, cos) = heading_deg.to_radians().sin_cos();
    let mix = |a: f64, b: f64| std::array::from_fn(|i| (a * east[i] + b * north[i]) * scale);
    let axes = [mix(cos, -sin), mix(sin, cos), up.map(|part| part * scale)];
    Matrix::from_axes(axes, Ellipsoid::WGS84.ecef_from_lonlat(at, height_m))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_heading_of_90_turns_north_to_east() {
        let at = LonLat::new(139.69, 35.69).unwrap();
        let placer = Placer { ground: &Ground::Earth, geoid_m: 36.7, height_m: 1e4 };
        let matrix = earth_from_local(at, 40.0 + 36.7, 90.0, 2.0);
        let [lat, lon, height] = placer.place(matrix.point([0.0, 10.0, 5.0])).unwrap();
        assert!((lat - 35.69).abs() < 1e-9 && lon > 139.69, "{lat} {lon}");
        assert!((height - 50.0).abs() < 1e-3, "{height}");
        // 20 m east at this latitude.
        assert!(((lon - 139.69) * 90_540.0 - 20.0).abs() < 0.02, "{lon}");
    }

    #[test]
    fn a_site_frame_is_undone() {
        let centre = LonLat::new(139.6917, 35.6895).unwrap();
        let frame = SiteFrame::around(6677, centre, 38.0).unwrap();
        let [east, north] = frame.site_from_lonlat(centre).unwrap();
        let ground = Ground::Site(Box::new(Site::new(frame).unwrap()));
        let placer = Placer { ground: &ground, geoid_m: 36.7, height_m: 1e4 };
        let [lat, lon, height] = placer.place([east, north, 12.0]).unwrap();
        assert!((lat - 35.6895).abs() < 1e-9 && (lon - 139.6917).abs() < 1e-9);
        assert_eq!(height, 50.0);
        assert_eq!(placer.place([f64::NAN, 0.0, 0.0]), None);
    }
}
