//! Coordinate systems of maps, ready to convert: what a grid of heights or a city may be written in.
//!
//! | EPSG | system | first, second number |
//! |---|---|---|
//! | 6668, 6697, 6667 | JGD2011, degrees | longitude, latitude |
//! | 4612 | JGD2000, degrees | longitude, latitude |
//! | 4326, 4979 | WGS 84, degrees | longitude, latitude |
//! | 6669 to 6687, 10162 to 10174 | JGD2011, plane zones I to XIX | east, north |
//! | 2443 to 2461 | JGD2000, plane zones I to XIX | east, north |
//! | 6688 to 6692 | JGD2011, UTM zones 51 to 55 | east, north |
//! | 3097 to 3101 | JGD2000, UTM zones 51 to 55 | east, north |
//! | 32601 to 32660 | WGS 84, UTM zones 1 to 60, north | east, north |
//! | 3857 | Web Mercator | east, north |
//!
//! With the feature `proj`, any other system of the EPSG register is converted by PROJ.
//!
//! East comes first here, as rasters have it, whatever EPSG says of the order ([`Axes::east_first`](crate::Axes)). WGS 84 is taken as JGD2011, which is true to about 1 m;
//! so is JGD2000, which the earthquake of 2011 moved by up to 5 m in the north-east and by centimetres elsewhere.

use proj4rs::Proj;

use crate::{Crs, GeodesyError, LonLat, PlanePoint, PlaneZone};

/// Radius of the sphere of Web Mercator, metres.
const MERCATOR_RADIUS_M: f64 = 6_378_137.0;

/// What an error names where numbers have no place.
const NOWHERE: LonLat = LonLat { lon_deg: f64::NAN, lat_deg: f64::NAN };

/// A coordinate system of maps, ready to convert many places.
#[derive(Debug, Clone)]
pub struct MapSystem {
    epsg: u32,
    way: Way,
}

#[derive(Debug, Clone)]
enum Way {
    Degrees,
    Plane(Box<PlaneZone>),
    Utm {
        geographic: Box<Proj>,
        plane: Box<Proj>,
    },
    WebMercator,
    /// A system that PROJ converts.
    #[cfg(feature = "proj")]
    Registered {
        degrees: bool,
    },
}

impl MapSystem {
    /// JGD2011, degrees.
    pub const JGD2011: u32 = 6668;
    /// JGD2000, degrees.
    pub const JGD2000: u32 = 4612;
    /// Web Mercator, the system of map tiles.
    pub const WEB_MERCATOR: u32 = 3857;

    /// The system of an EPSG code; none when it is none of those above.
    pub fn from_epsg(epsg: u32) -> Option<Self> {
        let plane = |zone| PlaneZone::from_epsg(zone).ok().map(|zone| Way::Plane(Box::new(zone)));
        let way = match epsg {
            6668 | 6697 | 6667 | 4612 | 4326 | 4979 => Way::Degrees,
            2443..=2461 => plane(epsg - 2443 + 6669)?,
            6688..=6692 => utm(epsg - 6688 + 51)?,
            3097..=3101 => utm(epsg - 3097 + 51)?,
            32601..=32660 => utm(epsg - 32600)?,
            Self::WEB_MERCATOR => Way::WebMercator,
            _ => match (Crs { epsg }).plane_zone_epsg() {
                Some(zone) => plane(zone)?,
                None => registered(epsg)?,
            },
        };
        Some(Self { epsg, way })
    }

    /// EPSG code.
    pub fn epsg(&self) -> u32 {
        self.epsg
    }

    /// The numbers are degrees rather than metres.
    pub fn is_degrees(&self) -> bool {
        match self.way {
            #[cfg(feature = "proj")]
            Way::Registered { degrees } => degrees,
            _ => matches!(self.way, Way::Degrees),
        }
    }

    /// The system is of JGD2000, which is taken as JGD2011.
    pub fn is_jgd2000(&self) -> bool {
        matches!(self.epsg, Self::JGD2000 | 2443..=2461 | 3097..=3101)
    }

    /// The plane zone of this system on JGD2011; none when it is no plane zone.
    pub fn plane_zone_epsg(&self) -> Option<u32> {
        match &self.way {
            Way::Plane(zone) => Some(zone.epsg()),
            _ => None,
        }
    }

    /// Longitude and latitude, or metres east and north, of a place. Systems that PROJ converts may have
    /// other units.
    ///
    /// # Errors
    /// When the projection does not reach that far.
    pub fn xy_from_lonlat(&self, at: LonLat) -> Result<[f64; 2], GeodesyError> {
        match &self.way {
            Way::Degrees => Ok([at.lon_deg, at.lat_deg]),
            Way::Plane(zone) => zone.plane_from_lonlat(at).map(|plane| [plane.east_m, plane.north_m]),
            Way::Utm { geographic, plane } => {
                let mut point = (at.lon_deg.to_radians(), at.lat_deg.to_radians(), 0.0);
                proj4rs::transform::transform(geographic, plane, &mut point).map_err(|_| self.too_far(at))?;
                Ok([point.0, point.1])
            }
            Way::WebMercator if at.lat_deg.abs() < 89.0 => {
                let north = at.lat_deg.to_radians().tan().asinh();
                Ok([at.lon_deg.to_radians(), north].map(|angle| angle * MERCATOR_RADIUS_M))
            }
            Way::WebMercator => Err(self.too_far(at)),
            #[cfg(feature = "proj")]
            Way::Registered { .. } => {
                let xy = crate::register::xy_from_lonlat(self.epsg, [at.lon_deg, at.lat_deg]);
                xy.ok_or_else(|| self.too_far(at))
            }
        }
    }

    /// The place of a pair of numbers of the system.
    ///
    /// # Errors
    /// When that is no place on Earth.
    pub fn lonlat_from_xy(&self, [x, y]: [f64; 2]) -> Result<LonLat, GeodesyError> {
        match &self.way {
            Way::Degrees => LonLat::new(x, y),
            Way::Plane(zone) => zone.lonlat_from_plane(PlanePoint { east_m: x, north_m: y }),
            Way::Utm { geographic, plane } => {
                let mut point = (x, y, 0.0);
                proj4rs::transform::transform(plane, geographic, &mut point)
                    .map_err(|_| self.too_far(NOWHERE))?;
                LonLat::new(point.0.to_degrees(), point.1.to_degrees())
            }
            Way::WebMercator => {
                let [east, north] = [x, y].map(|m| m / MERCATOR_RADIUS_M);
                LonLat::new(east.to_degrees(), north.sinh().atan().to_degrees())
            }
            #[cfg(feature = "proj")]
            Way::Registered { .. } => {
                let degrees = crate::register::lonlat_from_xy(self.epsg, [x, y]);
                let [lon_deg, lat_deg] = degrees.ok_or_else(|| self.too_far(NOWHERE))?;
                LonLat::new(lon_deg, lat_deg)
            }
        }
    }

    fn too_far(&self, at: LonLat) -> GeodesyError {
        GeodesyError::TooFar { lon_deg: at.lon_deg, lat_deg: at.lat_deg, epsg: self.epsg }
    }
}

fn utm(zone: u32) -> Option<Way> {
    let central = f64::from(zone) * 6.0 - 183.0;
    let definition = format!(
        "+proj=etmerc +lat_0=0 +lon_0={central} +k=0.9996 +x_0=500000 +y_0=0 +ellps=GRS80 +units=m +no_defs"
    );
    let plane = Box::new(Proj::from_proj_string(&definition).ok()?);
    let geographic = Box::new(Proj::from_proj_string("+proj=longlat +ellps=GRS80 +no_defs").ok()?);
    Some(Way::Utm { geographic, plane })
}

#[cfg(feature = "proj")]
fn registered(epsg: u32) -> Option<Way> {
    let meaning = crate::register::meaning(epsg)?;
    Some(Way::Registered { degrees: meaning.axes == crate::Axes::LatitudeLongitude })
}

#[cfg(not(feature = "proj"))]
fn registered(_epsg: u32) -> Option<Way> {
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    const OFFICE: LonLat = LonLat { lon_deg: 139.691737, lat_deg: 35.689487 };

    #[test]
    fn every_system_leads_there_and_back() {
        for epsg in [6668, 4326, 4612, 6677, 10170, 2451, 6691, 3100, 32654, 3857] {
            let system = MapSystem::from_epsg(epsg).unwrap();
            let back = system.lonlat_from_xy(system.xy_from_lonlat(OFFICE).unwrap()).unwrap();
            let off = (back.lon_deg - OFFICE.lon_deg).abs().max((back.lat_deg - OFFICE.lat_deg).abs());
            assert!(off < 1e-9, "EPSG:{epsg}: {back:?}");
        }
        for epsg in [0, 99999] {
            assert!(MapSystem::from_epsg(epsg).is_none(), "EPSG:{epsg}");
        }
    }

    /// The two tables of codes name the same ones.
    #[cfg(not(feature = "proj"))]
    #[test]
    fn a_system_is_known_to_files_and_maps_alike() {
        let known = |epsg: &u32| MapSystem::from_epsg(*epsg).is_some();
        for epsg in 0..40_000 {
            assert_eq!(known(&epsg), Crs { epsg }.axes() != crate::Axes::Unknown, "EPSG:{epsg}");
        }
        assert_eq!((0..40_000).filter(known).count(), 6 + 19 + 13 + 19 + 5 + 5 + 60 + 1);
    }

    /// Figures of PROJ 9 (pyproj), EPSG:4326 to each system.
    #[test]
    fn places_agree_with_proj() {
        let figures = [
            (32654, [381_625.558_9, 3_950_297.421_3]),
            (3857, [15_550_413.030_9, 4_257_978.950_4]),
            (6677, [-12_815.430_4, -34_440.635_9]),
        ];
        for (epsg, want) in figures {
            let found = MapSystem::from_epsg(epsg).unwrap().xy_from_lonlat(OFFICE).unwrap();
            let off = (found[0] - want[0]).hypot(found[1] - want[1]);
            assert!(off < 1e-3, "EPSG:{epsg}: {found:?}, not {want:?}");
        }
    }
}
