//! The site frame: metres east, north and up from a site origin.

use serde::{Deserialize, Serialize};

use crate::{GeodesyError, LonLat, PlanePoint, PlaneZone};

/// A plane system less an origin. Everything inside Futago is in such a frame.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SiteFrame {
    /// Plane system, EPSG:6669 to 6687.
    pub epsg: u32,
    /// Origin in the plane system, metres east. A whole number keeps rounding out of conversions.
    pub origin_east_m: f64,
    /// Origin in the plane system, metres north.
    pub origin_north_m: f64,
    /// Origin height, metres T.P.
    pub origin_height_m: f64,
}

impl SiteFrame {
    /// A frame round a place, its origin rounded to whole hundred metres.
    pub fn around(epsg: u32, centre: LonLat, origin_height_m: f64) -> Result<Self, GeodesyError> {
        let plane = PlaneZone::from_epsg(epsg)?.plane_from_lonlat(centre)?;
        Ok(Self {
            epsg,
            origin_east_m: (plane.east_m / 100.0).round() * 100.0,
            origin_north_m: (plane.north_m / 100.0).round() * 100.0,
            origin_height_m,
        })
    }

    /// The plane system, ready to project many points.
    pub fn zone(&self) -> Result<PlaneZone, GeodesyError> {
        PlaneZone::from_epsg(self.epsg)
    }

    /// Plane metres to site metres.
    pub fn site_from_plane(&self, at: PlanePoint) -> [f64; 2] {
        [at.east_m - self.origin_east_m, at.north_m - self.origin_north_m]
    }

    /// Site metres to plane metres.
    pub fn plane_from_site(&self, at: [f64; 2]) -> PlanePoint {
        PlanePoint { east_m: at[0] + self.origin_east_m, north_m: at[1] + self.origin_north_m }
    }

    /// Degrees to site metres. Loops should take [`SiteFrame::zone`] once instead.
    pub fn site_from_lonlat(&self, at: LonLat) -> Result<[f64; 2], GeodesyError> {
        Ok(self.site_from_plane(self.zone()?.plane_from_lonlat(at)?))
    }

    /// Site metres to degrees.
    pub fn lonlat_from_site(&self, at: [f64; 2]) -> Result<LonLat, GeodesyError> {
        self.zone()?.lonlat_from_plane(self.plane_from_site(at))
    }
}
