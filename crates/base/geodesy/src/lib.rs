//! Where things are: coordinate reference systems, heights and the site frame.
//!
//! Inside Futago a place is east, north, up in metres from the site origin ([`SiteFrame`]).
//! The site frame is a Japan Plane Rectangular zone (JGD2011, EPSG:6669 to 6687) less an
//! origin; heights are T.P. (Tokyo Peil), also less the origin's height. Longitude and latitude
//! come in as degrees, JGD2011; WGS 84 is taken as the same, which is true to about 1 m for
//! coordinates without an epoch.
//!
//! The projection is Gauss-Krueger with the constants of the Japanese survey law
//! (scale 0.9999 on the central meridian, GRS 80), computed by `proj4rs`. Earth-centred coordinates are
//! turned to degrees and heights above the ellipsoid by [`Ellipsoid`].
//!
//! That is all of Japan's present systems in Rust alone. The feature `proj` adds the library PROJ for every other
//! EPSG code and for datum grids; it needs a C++ compiler (README.md tells more).

mod crs;
mod ecef;
mod frame;
mod local;
mod map_system;
mod mesh;
mod plane;
#[cfg(feature = "proj")]
mod register;

pub use crs::{Axes, Crs, Heights};
pub use ecef::Ellipsoid;
pub use frame::SiteFrame;
pub use local::LocalPlane;
pub use map_system::MapSystem;
pub use mesh::{MeshCell, MeshLevel};
pub use plane::{LonLat, PlanePoint, PlaneZone};

/// What can be wrong with a place.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum GeodesyError {
    /// Not a number, or outside -180..=180, -90..=90.
    #[error("longitude {lon_deg}, latitude {lat_deg} is not a place on Earth{}", swapped_hint(*.lon_deg, *.lat_deg))]
    NotAPlace {
        /// Longitude as given, degrees.
        lon_deg: f64,
        /// Latitude as given, degrees.
        lat_deg: f64,
    },
    /// A plane zone that does not exist.
    #[error("Japan Plane Rectangular CS has zones 1 to 19 (EPSG:6669 to 6687), not {0}")]
    NoSuchZone(u32),
    /// The projection does not converge that far from its central meridian.
    #[error("longitude {lon_deg}, latitude {lat_deg} is too far from the central meridian of EPSG:{epsg}")]
    TooFar {
        /// Longitude, degrees.
        lon_deg: f64,
        /// Latitude, degrees.
        lat_deg: f64,
        /// The plane system asked for.
        epsg: u32,
    },
}

fn swapped_hint(lon_deg: f64, lat_deg: f64) -> &'static str {
    if lat_deg.abs() > 90.0 && lon_deg.abs() <= 90.0 { " (longitude and latitude look swapped)" } else { "" }
}
