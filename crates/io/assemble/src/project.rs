//! Degrees to site millimetres.

use futago_geodesy::{GeodesyError, LonLat, PlaneZone, SiteFrame};
use futago_geojson::LonLatPair;
use futago_model::mm_from_metres;

/// East and north from the site origin, millimetres.
pub(crate) type Mm = [i32; 2];

/// Projects many points into one site frame.
pub(crate) struct Projector<'a> {
    frame: &'a SiteFrame,
    zone: PlaneZone,
    max_distance_m: f64,
}

impl<'a> Projector<'a> {
    pub fn new(frame: &'a SiteFrame, max_distance_m: f64) -> Result<Self, GeodesyError> {
        // Millimetres are 32 bit: 1,000 km is as far as they go with room for differences.
        Ok(Self { frame, zone: frame.zone()?, max_distance_m: max_distance_m.min(1_000_000.0) })
    }

    /// Site metres; the sentence of the trouble when the place cannot be used.
    pub fn metres(&self, [lon_deg, lat_deg]: LonLatPair) -> Result<[f64; 2], String> {
        let at = LonLat::new(lon_deg, lat_deg).map_err(|error| error.to_string())?;
        let plane = self.zone.plane_from_lonlat(at).map_err(|error| error.to_string())?;
        let site = self.frame.site_from_plane(plane);
        if site.iter().all(|m| m.abs() <= self.max_distance_m) {
            return Ok(site);
        }
        let km = self.max_distance_m / 1000.0;
        Err(format!("longitude {lon_deg}, latitude {lat_deg} is more than {km} km from the site origin"))
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
