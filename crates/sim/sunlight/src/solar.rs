//! Where the sun is.
//!
//! Two ways, for two purposes. [`position`] is NREL's Solar Position Algorithm (Reda and Andreas 2004,
//! 0.0003 degrees, years -2000 to 6000) for instants; [`true_solar_sun`] is the plain spherical formula at a
//! fixed declination in true solar time, as the building law's shadow rules are worked out.
//!
//! Azimuths run clockwise from true north; [`Sun::toward`] turns them into the site frame's grid north by the
//! meridian convergence. Refraction is left out of shadows (it is under 0.1 degrees above 8 degrees) and used
//! in [`position`] when pressure and temperature are given.

use futago_geodesy::GeodesyError;
use jiff::Timestamp;
use solar_positioning::time::JulianDate;
use solar_positioning::{Location, RefractionCorrection, SolarPositions};

use crate::{SunFault, SunlightError};

/// Declination of the winter solstice used for shadow rules, degrees.
pub const SOLSTICE_DECLINATION_DEG: f64 = -23.44;

/// Where the sun stands, and what was found on the way.
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize)]
pub struct Position {
    /// Clockwise from true north, degrees.
    pub azimuth_deg: f64,
    /// From the zenith, degrees, refracted when an atmosphere was given.
    pub zenith_deg: f64,
    /// Declination (geocentric), degrees.
    pub declination_deg: f64,
    /// Apparent less mean solar time, minutes. Nutation by its four largest terms: good to 0.001 min.
    pub equation_of_time_min: f64,
    /// Distance to the sun, astronomical units.
    pub distance_au: f64,
    /// TT less UT1 used, seconds.
    pub delta_t_s: f64,
}

/// Who looks at the sun from where.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Observer {
    /// Longitude, degrees.
    pub lon_deg: f64,
    /// Latitude, degrees.
    pub lat_deg: f64,
    /// Height above sea level, metres.
    pub elevation_m: f64,
    /// Air pressure (hPa) and temperature (degrees C) for refraction; none leaves it out.
    pub atmosphere: Option<(f64, f64)>,
    /// TT less UT1, seconds; estimated from the date when absent.
    pub delta_t_s: Option<f64>,
}

impl Observer {
    /// At sea level, without refraction.
    pub fn at(lon_deg: f64, lat_deg: f64) -> Self {
        Self { lon_deg, lat_deg, elevation_m: 0.0, atmosphere: None, delta_t_s: None }
    }
}

/// The sun at an instant.
///
/// # Errors
/// For dates outside -2000 to 6000, places that are none, and atmospheres that are none.
pub fn position(instant: Timestamp, observer: Observer) -> Result<Position, SunlightError> {
    let refuse = |error| refusal(error, instant, &observer);
    let utc = instant.to_zoned(jiff::tz::TimeZone::UTC).datetime();
    let (year, month) = (i32::from(utc.year()), utc.month() as u32);
    let delta_t_s = match observer.delta_t_s {
        Some(given) => given,
        None => solar_positioning::delta_t::estimate_from_date(year, month)
            .unwrap_or_else(|_| far_delta_t_s(year)),
    };
    let second = f64::from(utc.second()) + f64::from(utc.subsec_nanosecond()) / 1e9;
    let julian = JulianDate::from_utc(
        year,
        month,
        utc.day() as u32,
        utc.hour() as u32,
        utc.minute() as u32,
        second,
        delta_t_s,
    )
    .map_err(refuse)?;
    let prepared = SolarPositions::new().for_time_from_julian(julian).map_err(refuse)?;
    let place = Location { latitude: observer.lat_deg, longitude: observer.lon_deg };
    let air =
        observer.atmosphere.map(|(p, t)| RefractionCorrection::new(p, t)).transpose().map_err(refuse)?;
    let seen = prepared.at(place, observer.elevation_m, air).map_err(refuse)?;
    Ok(Position {
        azimuth_deg: seen.azimuth(),
        zenith_deg: seen.zenith_angle(),
        declination_deg: prepared.declination(),
        equation_of_time_min: equation_of_time_min(
            julian.julian_ephemeris_millennium(),
            prepared.right_ascension(),
        ),
        distance_au: prepared.earth_radius_vector().unwrap_or(1.0),
        delta_t_s,
    })
}

/// The algorithm's refusal as ours.
fn refusal(error: solar_positioning::Error, instant: Timestamp, observer: &Observer) -> SunlightError {
    use solar_positioning::Error;
    let fault = match error {
        Error::InvalidLatitude { .. } | Error::InvalidLongitude { .. } => {
            let Observer { lon_deg, lat_deg, .. } = *observer;
            return GeodesyError::NotAPlace { lon_deg, lat_deg }.into();
        }
        Error::InvalidDateTime { .. } => SunFault::Date,
        Error::InvalidHeight { value } => SunFault::Height { value },
        Error::InvalidPressure { value } => SunFault::Pressure { value },
        Error::InvalidTemperature { value } => SunFault::Temperature { value },
        other => SunFault::Failed { cause: other.to_string() },
    };
    SunlightError::Sun { instant, fault }
}

/// TT less UT1 where no closer estimate reaches: the long-term parabola of Morrison and Stephenson (2004).
fn far_delta_t_s(year: i32) -> f64 {
    -20.0 + 32.0 * ((f64::from(year) - 1820.0) / 100.0).powi(2)
}

/// Equation of time from the apparent right ascension (SPA appendix A.1), minutes.
fn equation_of_time_min(jme: f64, right_ascension_deg: f64) -> f64 {
    let mean_longitude = 280.466_456_7 + jme * (360_007.698_277_9 + jme * (0.030_320_28 + jme / 49_931.0));
    let centuries = jme * 10.0;
    let node = (125.044_52 - 1_934.136_261 * centuries).to_radians();
    let sun = (280.466_5 + 36_000.769_8 * centuries).to_radians();
    let moon = (218.316_5 + 481_267.881_3 * centuries).to_radians();
    let nutation_arcsec = -17.20 * node.sin() - 1.32 * (2.0 * sun).sin() - 0.23 * (2.0 * moon).sin()
        + 0.21 * (2.0 * node).sin();
    let obliquity = 23.4393_f64.to_radians();
    let degrees =
        mean_longitude - 0.005_718_3 - right_ascension_deg + nutation_arcsec / 3600.0 * obliquity.cos();
    let wrapped = (degrees + 180.0).rem_euclid(360.0) - 180.0;
    wrapped * 4.0
}

/// One sun as the kernels use it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Sun {
    /// Clockwise from grid north, radians.
    pub azimuth_rad: f64,
    /// Above the horizon, radians.
    pub altitude_rad: f64,
}

impl Sun {
    /// From degrees about true north to radians about grid north.
    pub fn from_true_north(azimuth_deg: f64, altitude_deg: f64, convergence_rad: f64) -> Self {
        Self {
            azimuth_rad: azimuth_deg.to_radians() - convergence_rad,
            altitude_rad: altitude_deg.to_radians(),
        }
    }

    /// Unit vector toward the sun: east, north, up.
    pub fn toward(self) -> [f64; 3] {
        let (sin_az, cos_az) = self.azimuth_rad.sin_cos();
        let (sin_alt, cos_alt) = self.altitude_rad.sin_cos();
        [sin_az * cos_alt, cos_az * cos_alt, sin_alt]
    }

    /// High enough to be worth tracing: above a tenth of a degree, where a shadow is 573 times the height.
    pub fn is_up(self) -> bool {
        self.altitude_rad > 0.1_f64.to_radians()
    }

    /// Length of a shadow on flat ground over the height that casts it.
    pub fn shadow_ratio(self) -> f64 {
        1.0 / self.altitude_rad.tan()
    }
}

/// The sun in true solar time (12 is noon, when it stands exactly south), degrees: azimuth from true north,
/// altitude. `sin h = sin phi sin delta + cos phi cos delta cos t`, t = 15 degrees an hour from noon.
pub fn true_solar_sun(hour: f64, lat_deg: f64, declination_deg: f64) -> (f64, f64) {
    let (sin_lat, cos_lat) = lat_deg.to_radians().sin_cos();
    let (sin_dec, cos_dec) = declination_deg.to_radians().sin_cos();
    let hour_angle = ((hour - 12.0) * 15.0).to_radians();
    let altitude = (sin_lat * sin_dec + cos_lat * cos_dec * hour_angle.cos()).asin();
    let east = -cos_dec * hour_angle.sin();
    let north = cos_lat * sin_dec - sin_lat * cos_dec * hour_angle.cos();
    (east.atan2(north).to_degrees().rem_euclid(360.0), altitude.to_degrees())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The worked example of NREL/TP-560-34302, table A5.1.
    #[test]
    fn spa_worked_example() {
        let observer = Observer {
            lon_deg: -105.1786,
            lat_deg: 39.742_476,
            elevation_m: 1830.14,
            atmosphere: Some((820.0, 11.0)),
            delta_t_s: Some(67.0),
        };
        let seen = position("2003-10-17T12:30:30-07:00".parse().unwrap(), observer).unwrap();
        assert!((seen.zenith_deg - 50.111_622).abs() < 3e-4, "{seen:?}");
        assert!((seen.azimuth_deg - 194.340_241).abs() < 3e-4, "{seen:?}");
        assert!((seen.equation_of_time_min - 14.641_511).abs() < 2e-3, "{seen:?}");
    }

    /// Altitude, azimuth from south and shadow length at 35.69 N on the winter solstice, true solar time.
    #[test]
    fn tokyo_winter_solstice_table() {
        let rows = [
            (8.0, 8.08, 53.37, 7.046),
            (9.0, 17.15, 42.76, 3.241),
            (10.0, 24.41, 30.25, 2.203),
            (11.0, 29.19, 15.78, 1.790),
            (12.0, 30.87, 0.0, 1.673),
        ];
        for (hour, altitude, from_south, ratio) in rows {
            for (at, side) in [(hour, -1.0), (24.0 - hour, 1.0)] {
                let (azimuth, alt) = true_solar_sun(at, 35.69, SOLSTICE_DECLINATION_DEG);
                let sun = Sun::from_true_north(azimuth, alt, 0.0);
                assert!((alt - altitude).abs() < 0.006, "{at} h: {alt}");
                assert!((azimuth - 180.0 - side * from_south).abs() < 0.006, "{at} h: {azimuth}");
                assert!((sun.shadow_ratio() / ratio - 1.0).abs() < 0.005, "{at} h: {}", sun.shadow_ratio());
            }
        }
    }

    #[test]
    fn the_far_future_within_spa_has_a_sun() {
        let seen = position("5500-06-21T03:00:00Z".parse().unwrap(), Observer::at(139.69, 35.69)).unwrap();
        assert!(seen.zenith_deg < 40.0 && seen.delta_t_s > 10_000.0, "{seen:?}");
    }

    #[test]
    fn dates_outside_spa_are_refused() {
        let far = "9999-01-01T00:00:00Z".parse().unwrap();
        let error = position(far, Observer::at(139.69, 35.69)).unwrap_err().to_string();
        assert!(error.contains("9999"), "{error}");
    }
}
