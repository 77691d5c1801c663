//! Site metres to longitude and latitude for the formats that want degrees.

use futago_geodesy::{PlaneZone, SiteFrame};

use crate::ExportError;

/// A frame with its projection made once.
pub(crate) struct Place {
    frame: SiteFrame,
    zone: PlaneZone,
}

impl Place {
    pub(crate) fn new(frame: &SiteFrame) -> Result<Self, ExportError> {
        let bad = |e| ExportError::BadResult { what: format!("their frame is of no use: {e}") };
        Ok(Self { frame: frame.clone(), zone: frame.zone().map_err(bad)? })
    }

    /// Longitude and latitude, degrees, to 8 decimals (about 1 mm).
    pub(crate) fn lonlat(&self, site_m: [f64; 2]) -> Result<[f64; 2], ExportError> {
        let at = self.zone.lonlat_from_plane(self.frame.plane_from_site(site_m));
        let at = at.map_err(|e| ExportError::BadResult {
            what: format!("a place {:.1} m east, {:.1} m north of the origin: {e}", site_m[0], site_m[1]),
        })?;
        let rounded = |v: f64| (v * 1e8).round() / 1e8;
        Ok([rounded(at.lon_deg), rounded(at.lat_deg)])
    }

    /// A closed ring in degrees.
    pub(crate) fn closed_ring(&self, ring_m: &[[f64; 2]]) -> Result<Vec<[f64; 2]>, ExportError> {
        let mut ring = ring_m.iter().map(|v| self.lonlat(*v)).collect::<Result<Vec<_>, _>>()?;
        if let Some(first) = ring.first().copied()
            && ring.last() != Some(&first)
        {
            ring.push(first);
        }
        Ok(ring)
    }
}
