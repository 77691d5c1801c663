//! What questions have in common: a part of the plan, and what may be wrong with a number or a place.
//!
//! A key is where in the scenario a value stands, `sunlight.area.width_m`; the simulation's own error carries it beside
//! the [`ValueFault`].

use futago_field::Message;
use futago_geodesy::{GeodesyError, LonLat};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A rectangle of the plan, its sides along the site frame.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AreaOfInterest {
    /// Longitude of the centre, degrees.
    pub lon: f64,
    /// Latitude of the centre, degrees.
    pub lat: f64,
    /// Extent west to east, metres.
    pub width_m: f64,
    /// Extent south to north, metres.
    pub height_m: f64,
}

impl AreaOfInterest {
    /// Its centre.
    ///
    /// # Errors
    /// When that is no place.
    pub fn centre(&self) -> Result<LonLat, ValueFault> {
        Ok(LonLat::new(self.lon, self.lat)?)
    }

    /// Whether its sides are within limits, metres, and its centre is a place. `key` is that of the area.
    ///
    /// # Errors
    /// The key of what is wrong, and what.
    pub fn check(&self, key: &str, low_m: f64, high_m: f64) -> Result<(), (String, ValueFault)> {
        for (name, side_m) in [("width_m", self.width_m), ("height_m", self.height_m)] {
            within(side_m, low_m, high_m).map_err(|fault| (format!("{key}.{name}"), fault))?;
        }
        self.centre().map(|_| ()).map_err(|fault| (key.to_owned(), fault))
    }
}

/// What is wrong with a value, whatever it is of.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum ValueFault {
    /// A number too small or too large.
    #[error("is {value}; it must be from {low} to {high}")]
    Range {
        /// The number.
        value: f64,
        /// The least allowed.
        low: f64,
        /// The most allowed.
        high: f64,
    },
    /// A day's period that ends before it starts.
    #[error("ends before it starts; `to` must be later than `from`")]
    EndsBeforeStart,
    /// An outline without an inside.
    #[error("has fewer than three corners")]
    Corners,
    /// A place that is none.
    #[error(transparent)]
    Place(#[from] GeodesyError),
}

impl ValueFault {
    /// The same as a text of the catalogues, to be shown beside the key.
    pub fn message(&self) -> Message {
        match self {
            // As written: rounded for reading, a value might seem to be within.
            Self::Range { value, low, high } => Message::new("error-question-range")
                .with("value", value.to_string())
                .with("low", *low)
                .with("high", *high),
            Self::EndsBeforeStart => Message::new("error-question-ends-before-start"),
            Self::Corners => Message::new("error-question-corners"),
            Self::Place(error) => place_message(error),
        }
    }
}

/// A number within limits; NaN is not.
///
/// # Errors
/// [`ValueFault::Range`].
pub fn within(value: f64, low: f64, high: f64) -> Result<(), ValueFault> {
    if value >= low && value <= high { Ok(()) } else { Err(ValueFault::Range { value, low, high }) }
}

/// A place that is none, as a text of the catalogues. Numbers are shown as given.
pub fn place_message(error: &GeodesyError) -> Message {
    let at = |key: &str, lon_deg: f64, lat_deg: f64| {
        Message::new(key).with("lon", lon_deg.to_string()).with("lat", lat_deg.to_string())
    };
    match *error {
        GeodesyError::NotAPlace { lon_deg, lat_deg } => {
            let swapped = LonLat::new(lat_deg, lon_deg).is_ok();
            at(if swapped { "error-place-swapped" } else { "error-place" }, lon_deg, lat_deg)
        }
        GeodesyError::NoSuchZone(zone) => Message::new("error-place-zone").with("zone", zone.to_string()),
        GeodesyError::TooFar { lon_deg, lat_deg, epsg } => {
            at("error-place-too-far", lon_deg, lat_deg).with("epsg", epsg.to_string())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_area_names_the_key_that_is_wrong() {
        let good = AreaOfInterest { lon: 139.69, lat: 35.69, width_m: 500.0, height_m: 500.0 };
        assert_eq!(good.check("crowd.area", 1.0, 1000.0), Ok(()));
        let key = |area: AreaOfInterest| area.check("crowd.area", 1.0, 1000.0).map_err(|(key, _)| key);
        assert_eq!(key(AreaOfInterest { width_m: f64::NAN, ..good }), Err("crowd.area.width_m".to_owned()));
        assert_eq!(key(AreaOfInterest { height_m: 1001.0, ..good }), Err("crowd.area.height_m".to_owned()));
        let swapped = AreaOfInterest { lon: good.lat, lat: good.lon, ..good };
        let (key, fault) = swapped.check("crowd.area", 1.0, 1000.0).expect_err("swapped");
        assert_eq!((key.as_str(), fault.message().key.as_str()), ("crowd.area", "error-place-swapped"));
    }
}
