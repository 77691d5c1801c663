//! Japan Plane Rectangular CS (JGD2011): 19 transverse Mercator zones.
//! Source of the origins: survey law notice, Ministry of Land notice 9 of 2002 (zones I to XIX).

use proj4rs::Proj;

use crate::GeodesyError;

/// Longitude and latitude, degrees, JGD2011.
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct LonLat {
    /// East positive.
    pub lon_deg: f64,
    /// North positive.
    pub lat_deg: f64,
}

impl LonLat {
    /// Checks that both are numbers in range; swapped coordinates get a hint in the error.
    pub fn new(lon_deg: f64, lat_deg: f64) -> Result<Self, GeodesyError> {
        let fits = lon_deg.abs() <= 180.0 && lat_deg.abs() <= 90.0;
        if fits { Ok(Self { lon_deg, lat_deg }) } else { Err(GeodesyError::NotAPlace { lon_deg, lat_deg }) }
    }
}

/// A point of a plane system, metres. Japan's own axis names are the other way round (x is north).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PlanePoint {
    /// Metres east of the zone's origin.
    pub east_m: f64,
    /// Metres north of the zone's origin.
    pub north_m: f64,
}

/// Origin latitude and longitude of zones I to XIX, degrees and minutes.
const ZONE_ORIGINS: [[f64; 4]; 19] = [
    [33.0, 0.0, 129.0, 30.0],
    [33.0, 0.0, 131.0, 0.0],
    [36.0, 0.0, 132.0, 10.0],
    [33.0, 0.0, 133.0, 30.0],
    [36.0, 0.0, 134.0, 20.0],
    [36.0, 0.0, 136.0, 0.0],
    [36.0, 0.0, 137.0, 10.0],
    [36.0, 0.0, 138.0, 30.0],
    [36.0, 0.0, 139.0, 50.0],
    [40.0, 0.0, 140.0, 50.0],
    [44.0, 0.0, 140.0, 15.0],
    [44.0, 0.0, 142.0, 15.0],
    [44.0, 0.0, 144.0, 15.0],
    [26.0, 0.0, 142.0, 0.0],
    [26.0, 0.0, 127.0, 30.0],
    [26.0, 0.0, 124.0, 0.0],
    [26.0, 0.0, 131.0, 0.0],
    [20.0, 0.0, 136.0, 0.0],
    [26.0, 0.0, 154.0, 0.0],
];

/// One zone of the Japan Plane Rectangular CS, ready to project.
#[derive(Debug, Clone)]
pub struct PlaneZone {
    epsg: u32,
    origin: LonLat,
    geographic: Proj,
    plane: Proj,
}

impl PlaneZone {
    /// Zone IX: Tokyo (the islands apart), Fukushima, Tochigi, Ibaraki, Saitama, Chiba, Gunma, Kanagawa.
    pub const TOKYO_EPSG: u32 = 6677;

    /// The zone of an EPSG code from 6669 (zone I) to 6687 (zone XIX).
    pub fn from_epsg(epsg: u32) -> Result<Self, GeodesyError> {
        let index = epsg.checked_sub(6669).filter(|i| *i < 19).ok_or(GeodesyError::NoSuchZone(epsg))?;
        let [lat, lat_min, lon, lon_min] = ZONE_ORIGINS[index as usize];
        let origin = LonLat { lon_deg: lon + lon_min / 60.0, lat_deg: lat + lat_min / 60.0 };
        let definition = format!(
            "+proj=etmerc +lat_0={} +lon_0={:.15} +k=0.9999 +x_0=0 +y_0=0 +ellps=GRS80 +units=m +no_defs",
            origin.lat_deg, origin.lon_deg
        );
        let no_zone = |_| GeodesyError::NoSuchZone(epsg);
        let plane = Proj::from_proj_string(&definition).map_err(no_zone)?;
        let geographic = Proj::from_proj_string("+proj=longlat +ellps=GRS80 +no_defs").map_err(no_zone)?;
        Ok(Self { epsg, origin, geographic, plane })
    }

    /// EPSG code of the zone whose origin is nearest. The law gives zones to prefectures, so near the edge
    /// of one the zone in use may be another.
    pub fn nearest(at: LonLat) -> u32 {
        let distance = |[lat, lat_min, lon, lon_min]: &[f64; 4]| {
            let north = lat + lat_min / 60.0 - at.lat_deg;
            let east = (lon + lon_min / 60.0 - at.lon_deg) * at.lat_deg.to_radians().cos();
            north * north + east * east
        };
        let zones = (6669..).zip(&ZONE_ORIGINS);
        let nearest = zones.min_by(|(_, a), (_, b)| distance(a).total_cmp(&distance(b)));
        nearest.map_or(Self::TOKYO_EPSG, |(epsg, _)| epsg)
    }

    /// EPSG code, 6669 to 6687.
    pub fn epsg(&self) -> u32 {
        self.epsg
    }

    /// Degrees to plane metres. Millimetre accurate within the zone.
    pub fn plane_from_lonlat(&self, at: LonLat) -> Result<PlanePoint, GeodesyError> {
        let mut point = (at.lon_deg.to_radians(), at.lat_deg.to_radians(), 0.0);
        proj4rs::transform::transform(&self.geographic, &self.plane, &mut point)
            .map_err(|_| self.too_far(at))?;
        Ok(PlanePoint { east_m: point.0, north_m: point.1 })
    }

    /// Plane metres to degrees.
    pub fn lonlat_from_plane(&self, at: PlanePoint) -> Result<LonLat, GeodesyError> {
        let mut point = (at.east_m, at.north_m, 0.0);
        proj4rs::transform::transform(&self.plane, &self.geographic, &mut point)
            .map_err(|_| self.too_far(LonLat { lon_deg: f64::NAN, lat_deg: f64::NAN }))?;
        LonLat::new(point.0.to_degrees(), point.1.to_degrees())
    }

    /// Angle from grid north to true north, radians, clockwise positive: an azimuth from grid north is
    /// the azimuth from true north less the meridian convergence. First-order series, good to 1e-6 rad
    /// within 1 degree of the central meridian.
    pub fn meridian_convergence_rad(&self, at: LonLat) -> f64 {
        let dlon = (at.lon_deg - self.origin.lon_deg).to_radians();
        dlon * at.lat_deg.to_radians().sin()
    }

    fn too_far(&self, at: LonLat) -> GeodesyError {
        GeodesyError::TooFar { lon_deg: at.lon_deg, lat_deg: at.lat_deg, epsg: self.epsg }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Meridian arc by quadrature: an independent truth for the northing on the central meridian.
    fn meridian_arc_m(from_deg: f64, to_deg: f64) -> f64 {
        let (a, f) = (6_378_137.0_f64, 1.0 / 298.257_222_101);
        let e2 = f * (2.0 - f);
        let n = 20_000;
        let h = (to_deg - from_deg).to_radians() / n as f64;
        let radius = |lat: f64| a * (1.0 - e2) / (1.0 - e2 * lat.sin().powi(2)).powf(1.5);
        (0..n).map(|i| radius(from_deg.to_radians() + (i as f64 + 0.5) * h) * h).sum()
    }

    #[test]
    fn northing_on_the_central_meridian_is_the_scaled_arc() {
        let zone = PlaneZone::from_epsg(6677).unwrap();
        let at = LonLat::new(139.0 + 50.0 / 60.0, 35.69).unwrap();
        let plane = zone.plane_from_lonlat(at).unwrap();
        assert!(plane.east_m.abs() < 1e-6);
        assert!((plane.north_m - 0.9999 * meridian_arc_m(36.0, 35.69)).abs() < 1e-3, "{plane:?}");
    }

    #[test]
    fn there_and_back_within_a_tenth_of_a_millimetre() {
        let zone = PlaneZone::from_epsg(6677).unwrap();
        let at = LonLat::new(139.691737, 35.689487).unwrap();
        let back = zone.lonlat_from_plane(zone.plane_from_lonlat(at).unwrap()).unwrap();
        assert!((back.lon_deg - at.lon_deg).abs() < 1e-9 && (back.lat_deg - at.lat_deg).abs() < 1e-9);
    }

    #[test]
    fn convergence_matches_the_direction_of_a_short_step_north() {
        let zone = PlaneZone::from_epsg(6677).unwrap();
        let at = LonLat::new(139.69, 35.69).unwrap();
        let a = zone.plane_from_lonlat(at).unwrap();
        let b = zone.plane_from_lonlat(LonLat::new(at.lon_deg, at.lat_deg + 1e-4).unwrap()).unwrap();
        let grid_azimuth_of_north = (b.east_m - a.east_m).atan2(b.north_m - a.north_m);
        assert!((grid_azimuth_of_north + zone.meridian_convergence_rad(at)).abs() < 1e-6);
        assert!(zone.meridian_convergence_rad(at) < -1e-3, "Nishi-Shinjuku lies west of the meridian");
    }

    #[test]
    fn the_nearest_zone_is_the_usual_one_well_inside_it() {
        let places = [
            (139.69, 35.69, 6677),
            (138.85, 37.45, 6676),
            (135.5, 34.7, 6674),
            (130.4, 33.6, 6670),
            (141.35, 43.06, 6680),
        ];
        for (lon, lat, epsg) in places {
            assert_eq!(PlaneZone::nearest(LonLat::new(lon, lat).unwrap()), epsg, "{lon} {lat}");
        }
    }

    #[test]
    fn bad_places_are_named() {
        assert!(LonLat::new(f64::NAN, 35.0).is_err());
        let swapped = LonLat::new(35.69, 139.69).unwrap_err().to_string();
        assert!(swapped.contains("swapped"), "{swapped}");
        assert_eq!(PlaneZone::from_epsg(4326).unwrap_err(), GeodesyError::NoSuchZone(4326));
    }
}
