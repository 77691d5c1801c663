//! Coordinate systems of PLATEAU files, by EPSG code.
//!
//! | code | system | order in the file |
//! |---|---|---|
//! | 6697 | JGD2011 with T.P. height | latitude, longitude, height |
//! | 6668, 4612, 4326 | JGD2011, JGD2000, WGS 84 | latitude, longitude (PLATEAU writes a third value, 0) |
//! | 6667, 4979 | JGD2011, WGS 84 with ellipsoidal height | latitude, longitude, height |
//! | 6669 to 6687 | plane zones I to XIX | north, east |
//! | 2443 to 2461 | plane zones I to XIX of JGD2000 | north, east |
//! | 10162 to 10174 | plane zones I to XIII with T.P. height | north, east, height |
//!
//! Japan's plane systems call north X and write it first; EPSG says the same. JGD2000 is taken as JGD2011,
//! which is true but for what earthquakes have moved: some decimetres in Tokyo, metres along the coast of Tohoku.

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
    /// A system that is not known here; numbers are kept unchecked.
    Unknown,
}

/// What the third number of a position is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Heights {
    /// Metres above Tokyo Peil.
    TokyoPeil,
    /// Metres above the ellipsoid: in Tokyo about 37 m more than T.P.
    Ellipsoid,
    /// Not a height; usually 0.
    None,
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
        match self.epsg {
            6697 | 6668 | 6667 | 4612 | 4326 | 4979 => Axes::LatitudeLongitude,
            6669..=6687 | 2443..=2461 | 10162..=10174 => Axes::NorthEast,
            _ => Axes::Unknown,
        }
    }

    /// What the third number is.
    pub fn heights(self) -> Heights {
        match self.epsg {
            6697 | 10162..=10174 => Heights::TokyoPeil,
            6667 | 4979 => Heights::Ellipsoid,
            _ => Heights::None,
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
}
