//! Coordinate systems of city files, by EPSG code.
//!
//! | code | system | order in the file |
//! |---|---|---|
//! | 6697 | JGD2011 with T.P. height | latitude, longitude, height |
//! | 6668, 4612, 4326 | JGD2011, JGD2000, WGS 84 | latitude, longitude (PLATEAU writes a third value, 0) |
//! | 6667, 4979 | JGD2011, WGS 84 with ellipsoidal height | latitude, longitude, height |
//! | 6669 to 6687 | plane zones I to XIX | north, east |
//! | 2443 to 2461 | plane zones I to XIX of JGD2000 | north, east |
//! | 10162 to 10174 | plane zones I to XIII with T.P. height | north, east, height |
//! | 6688 to 6692, 3097 to 3101, 32601 to 32660 | UTM zones of JGD2011, JGD2000, WGS 84 | east, north |
//! | 3857 | Web Mercator | east, north |
//!
//! With the feature `proj`, PROJ is asked about any other code.
//!
//! Japan's plane systems call north X and write it first; EPSG says the same. JGD2000 is taken as JGD2011,
//! which is true but for what earthquakes have moved: some decimetres in Tokyo, metres along the coast of Tohoku.

/// No map of the world has greater numbers: half round it are 20,000 km, in feet three times as many, and some
/// systems write the number of the zone before the metres.
const WORLD: f64 = 1e8;

/// A coordinate system that a file names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Crs {
    /// EPSG code.
    pub epsg: u32,
}

/// What the numbers of a position are, in the order of the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Axes {
    /// Degrees north, degrees east, metres.
    LatitudeLongitude,
    /// Metres north, metres east, metres.
    NorthEast,
    /// Metres east, metres north, metres.
    EastNorth,
    /// A system that is not known here; numbers are kept unchecked.
    Unknown,
}

impl Axes {
    /// The first two numbers of a position with east or longitude first, as [`MapSystem`](crate::MapSystem)
    /// takes them. None where the order is not known.
    pub fn east_first(self, [a, b]: [f64; 2]) -> Option<[f64; 2]> {
        match self {
            Self::LatitudeLongitude | Self::NorthEast => Some([b, a]),
            Self::EastNorth => Some([a, b]),
            Self::Unknown => None,
        }
    }
}

/// What the third number of a position is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Heights {
    /// Metres above Tokyo Peil. The sea levels of other height systems are taken for it.
    TokyoPeil,
    /// Metres above the ellipsoid: in Tokyo about 37 m more than T.P.
    Ellipsoid,
    /// Not a height; usually 0.
    None,
}

/// What the numbers of a position mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Meaning {
    pub axes: Axes,
    pub heights: Heights,
}

impl Crs {
    /// Reads `EPSG:6697`, `urn:ogc:def:crs:EPSG::6697` or `http://www.opengis.net/def/crs/EPSG/0/6697`.
    pub fn from_srs_name(name: &str) -> Option<Self> {
        let after = &name[name.to_ascii_uppercase().find("EPSG")? + 4..];
        let first = after.split(',').next()?;
        let digits = first.rsplit(|c: char| !c.is_ascii_digit()).find(|part| !part.is_empty())?;
        digits.parse().ok().map(|epsg| Self { epsg })
    }

    /// Order and meaning of a position's numbers.
    pub fn axes(self) -> Axes {
        self.meaning().map_or(Axes::Unknown, |meaning| meaning.axes)
    }

    /// What the third number is.
    pub fn heights(self) -> Heights {
        self.meaning().map_or(Heights::None, |meaning| meaning.heights)
    }

    fn meaning(self) -> Option<Meaning> {
        let (axes, heights) = match self.epsg {
            6697 => (Axes::LatitudeLongitude, Heights::TokyoPeil),
            6667 | 4979 => (Axes::LatitudeLongitude, Heights::Ellipsoid),
            6668 | 4612 | 4326 => (Axes::LatitudeLongitude, Heights::None),
            10162..=10174 => (Axes::NorthEast, Heights::TokyoPeil),
            6669..=6687 | 2443..=2461 => (Axes::NorthEast, Heights::None),
            6688..=6692 | 3097..=3101 | 32601..=32660 | 3857 => (Axes::EastNorth, Heights::None),
            _ => return self.registered(),
        };
        Some(Meaning { axes, heights })
    }

    /// What PROJ tells of a system that is not in the table.
    #[cfg(feature = "proj")]
    fn registered(self) -> Option<Meaning> {
        crate::register::meaning(self.epsg)
    }

    #[cfg(not(feature = "proj"))]
    fn registered(self) -> Option<Meaning> {
        None
    }

    /// The greatest numbers that the first two of a position can be, signs aside: degrees, or metres. A plane zone
    /// of Japan reaches `plane_m` from its origin. None where the system is not known.
    pub fn reach(self, plane_m: f64) -> Option<[f64; 2]> {
        match self.axes() {
            Axes::Unknown => None,
            Axes::LatitudeLongitude => Some([90.0, 180.0]),
            _ if self.plane_zone_epsg().is_some() => Some([plane_m; 2]),
            Axes::NorthEast | Axes::EastNorth => Some([WORLD; 2]),
        }
    }

    /// The plane zone of a plane system, EPSG:6669 (I) to EPSG:6687 (XIX).
    pub fn plane_zone_epsg(self) -> Option<u32> {
        match self.epsg {
            6669..=6687 => Some(self.epsg),
            2443..=2461 => Some(self.epsg - 2443 + 6669),
            10162..=10174 => Some(self.epsg - 10162 + 6669),
            _ => None,
        }
    }

    /// Numbers of a position where the file does not say.
    pub fn dimension(self) -> u8 {
        if self.heights() == Heights::None && self.axes() != Axes::Unknown { 2 } else { 3 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::PlaneZone;

    #[test]
    fn names_of_systems() {
        let names = [
            ("http://www.opengis.net/def/crs/EPSG/0/6697", 6697),
            ("EPSG:6668", 6668),
            ("urn:ogc:def:crs:EPSG::10169", 10169),
            ("urn:ogc:def:crs:EPSG:9.6:6677", 6677),
            ("urn:ogc:def:crs,crs:EPSG::6697,crs:EPSG::5773", 6697),
        ];
        for (name, epsg) in names {
            assert_eq!(Crs::from_srs_name(name), Some(Crs { epsg }), "{name}");
        }
        for name in ["", "EPSG", "EPSG:", "WGS84", "EPSG:99999999999"] {
            assert_eq!(Crs::from_srs_name(name), None, "{name}");
        }
    }

    #[test]
    fn plane_systems_put_north_first_and_know_their_zone() {
        let nagaoka = Crs { epsg: 10169 };
        assert_eq!((nagaoka.axes(), nagaoka.plane_zone_epsg()), (Axes::NorthEast, Some(6676)));
        assert_eq!((nagaoka.heights(), nagaoka.dimension()), (Heights::TokyoPeil, 3));
        let footprint = Crs { epsg: 6668 };
        assert_eq!((footprint.axes(), footprint.dimension()), (Axes::LatitudeLongitude, 2));
        assert_eq!(Crs { epsg: 6697 }.plane_zone_epsg(), None);
        assert_eq!(Crs { epsg: 2451 }.plane_zone_epsg(), Some(PlaneZone::TOKYO_EPSG));
    }

    #[test]
    fn every_order_of_axes_puts_east_first() {
        let east_first = |epsg: u32| Crs { epsg }.axes().east_first([1.0, 2.0]);
        assert_eq!([6668, 6677, 2451].map(east_first), [Some([2.0, 1.0]); 3]);
        assert_eq!([6691, 3100, 32654, 3857].map(east_first), [Some([1.0, 2.0]); 4]);
        assert_eq!(east_first(0), None);
    }

    #[test]
    fn positions_reach_as_far_as_their_system() {
        let reach = |epsg: u32| Crs { epsg }.reach(3e6);
        assert_eq!((reach(6697), reach(10169)), (Some([90.0, 180.0]), Some([3e6, 3e6])));
        // Web Mercator has Tokyo 15,550 km east.
        assert!(reach(3857).is_some_and(|[east, _]| east > 2e7));
        assert_eq!(reach(0), None);
    }
}
