//! Coordinates of files to site millimetres: degrees, plane metres, metres of a tangent plane.

use futago_geodesy::{GeodesyError, LonLat, PlanePoint, PlaneZone, SiteFrame};
use futago_model::mm_from_metres;
use futago_raw::LonLatPair;

/// East and north from the site origin, millimetres.
pub(crate) type Mm = [i32; 2];

/// Semi-major axis and squared eccentricity of GRS 80.
const GRS80: (f64, f64) = (6_378_137.0, 0.006_694_380_022_903_416);

/// What the pairs of a file are.
enum Pairs {
    /// Longitude and latitude.
    Degrees,
    /// East and north in this plane system, when it is not the frame's own.
    Plane(Option<Box<PlaneZone>>),
    /// East and north in the plane that touches the ellipsoid here.
    Tangent(LonLat),
}

/// Projects many points into one site frame.
pub(crate) struct Projector<'a> {
    frame: &'a SiteFrame,
    zone: PlaneZone,
    pairs: Pairs,
    max_distance_m: f64,
}

impl<'a> Projector<'a> {
    pub fn new(frame: &'a SiteFrame, max_distance_m: f64) -> Result<Self, GeodesyError> {
        // Millimetres are 32 bit: 1,000 km is as far as they go with room for differences.
        Ok(Self {
            frame,
            zone: frame.zone()?,
            pairs: Pairs::Degrees,
            max_distance_m: max_distance_m.min(1_000_000.0),
        })
    }

    /// For pairs that are metres east and north of a plane system.
    pub fn of_plane(frame: &'a SiteFrame, epsg: u32, max_distance_m: f64) -> Result<Self, GeodesyError> {
        let other = if epsg == frame.epsg { None } else { Some(Box::new(PlaneZone::from_epsg(epsg)?)) };
        Ok(Self { pairs: Pairs::Plane(other), ..Self::new(frame, max_distance_m)? })
    }

    /// For pairs that are metres east and north in the tangent plane at a place.
    pub fn of_tangent(frame: &'a SiteFrame, at: LonLat, max_distance_m: f64) -> Result<Self, GeodesyError> {
        Ok(Self { pairs: Pairs::Tangent(at), ..Self::new(frame, max_distance_m)? })
    }

    /// Site metres; the sentence of the trouble when the place cannot be used.
    pub fn metres(&self, pair: LonLatPair) -> Result<[f64; 2], String> {
        let plane = self.plane(pair).map_err(|error| error.to_string())?;
        let site = self.frame.site_from_plane(plane);
        if site.iter().all(|m| m.abs() <= self.max_distance_m) {
            return Ok(site);
        }
        let (km, [a, b]) = (self.max_distance_m / 1000.0, pair);
        let place = match self.pairs {
            Pairs::Degrees => format!("longitude {a}, latitude {b}"),
            Pairs::Plane(_) | Pairs::Tangent(_) => format!("east {a} m, north {b} m"),
        };
        Err(format!("{place} is more than {km} km from the site origin"))
    }

    fn plane(&self, [a, b]: LonLatPair) -> Result<PlanePoint, GeodesyError> {
        let at = match &self.pairs {
            Pairs::Degrees => LonLat::new(a, b)?,
            Pairs::Plane(None) => return Ok(PlanePoint { east_m: a, north_m: b }),
            Pairs::Plane(Some(zone)) => zone.lonlat_from_plane(PlanePoint { east_m: a, north_m: b })?,
            Pairs::Tangent(origin) => lonlat_from_tangent(*origin, [a, b])?,
        };
        self.zone.plane_from_lonlat(at)
    }

    /// Site millimetres.
    pub fn mm(&self, at: LonLatPair) -> Result<Mm, String> {
        Ok(self.metres(at)?.map(mm_from_metres))
    }

    /// A line or ring in site millimetres.
    pub fn line_mm(&self, line: &[LonLatPair]) -> Result<Vec<Mm>, String> {
        line.iter().map(|at| self.mm(*at)).collect()
    }
}

/// The place of a point of the plane that touches the ellipsoid at `origin`, by the radii of curvature there.
/// What the plane leaves out grows with the square of the distance: 0.15 m at 1.5 km.
fn lonlat_from_tangent(origin: LonLat, [east_m, north_m]: [f64; 2]) -> Result<LonLat, GeodesyError> {
    let (axis, e2) = GRS80;
    let (sin, cos) = origin.lat_deg.to_radians().sin_cos();
    let bulge = 1.0 - e2 * sin * sin;
    let (across, along) = (axis / bulge.sqrt(), axis * (1.0 - e2) / (bulge * bulge.sqrt()));
    let lon_deg = origin.lon_deg + (east_m / (across * cos)).to_degrees();
    LonLat::new(lon_deg, origin.lat_deg + (north_m / along).to_degrees())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One minute of latitude is 1,849.2 m here and one of longitude 1,508.6 m (the usual series for the
    /// length of a degree at 35.69 N).
    #[test]
    fn tangent_metres_are_degrees_again() {
        let origin = LonLat { lon_deg: 139.7005, lat_deg: 35.69 };
        let at = lonlat_from_tangent(origin, [1508.6, 1849.2]).expect("a place");
        assert!((at.lon_deg - origin.lon_deg - 1.0 / 60.0).abs() < 2e-6, "{at:?}");
        assert!((at.lat_deg - origin.lat_deg - 1.0 / 60.0).abs() < 2e-6, "{at:?}");
    }
}
