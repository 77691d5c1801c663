//! What can go wrong, as data. `Display` is English, for developers; people read the texts that
//! [`SunlightError::message`] names, in their language, and so no value in them is a sentence.

use std::fmt;

use futago_contract::{Explained, ValueFault, compute_message, place_message};
use futago_field::Message;
use futago_geodesy::{GeodesyError, LonLat};
use jiff::Timestamp;
use jiff::civil::Date;

/// What can go wrong with a question about sunlight.
#[derive(Debug, thiserror::Error)]
pub enum SunlightError {
    /// A value of the scenario makes no sense.
    #[error("`{key}` {fault}")]
    Question {
        /// Where in the scenario.
        key: String,
        /// What is wrong and what would be right.
        fault: QuestionFault,
    },
    /// A building that the city has not.
    #[error(
        "there is no building `{id}` in this city; ids look like `{example}` (`futago export buildings` lists them)"
    )]
    NoBuilding {
        /// The id asked for.
        id: String,
        /// An id that exists.
        example: String,
    },
    /// A new building with an id that is taken.
    #[error("`sunlight.what_if.add`: the city already has a building `{id}`; choose another id")]
    IdTaken {
        /// The id.
        id: String,
    },
    /// A place outside the data.
    #[error("{what} lies outside the city's data, which covers {covers}")]
    OutsideCity {
        /// What lies outside.
        what: Outside,
        /// What the data covers.
        covers: Covers,
    },
    /// No solar position.
    #[error("no solar position for {instant}: {fault}")]
    Sun {
        /// When.
        instant: Timestamp,
        /// Why not.
        fault: SunFault,
    },
    /// A place that is none.
    #[error(transparent)]
    Place(#[from] GeodesyError),
    /// A device that failed.
    #[error(transparent)]
    Compute(#[from] futago_compute::ComputeError),
}

/// What is wrong with the value of a key.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum QuestionFault {
    /// No question at all.
    #[error("asks for nothing; add sun_hours, shadow, sky_view, irradiance or equal_time")]
    NothingAsked,
    /// Nowhere to answer.
    #[error("is empty; add ground, roofs, walls or probes")]
    NoTargets,
    /// Shadows at no time.
    #[error("has no clock time; write for example [\"12:00\"]")]
    NoTimes,
    /// Irradiation over no period.
    #[error("needs sun_hours, which gives it the period")]
    NoPeriod,
    /// A number, a period, an outline or a place that makes no sense by itself.
    #[error(transparent)]
    Value(#[from] ValueFault),
    /// A grid too fine for its area.
    #[error("gives {points:.0} grid points; at most {most:.0}: make it larger")]
    GridPoints {
        /// Points of the grid.
        points: f64,
        /// The most allowed.
        most: f64,
    },
    /// Every no days.
    #[error("is 0; write 1 for every day")]
    EveryNoDays,
    /// A period of days that ends before it starts.
    #[error("{last} is before the date {first}")]
    LastBeforeFirst {
        /// The last day.
        last: Date,
        /// The first day.
        first: Date,
    },
    /// Too many looks at the sun.
    #[error("asks for {suns:.0} sun positions; at most {most:.0}")]
    Suns {
        /// Looks at the sun.
        suns: f64,
        /// The most allowed.
        most: f64,
    },
    /// A probe that is nowhere, or at two places.
    #[error("`{name}` needs either lon and lat, or building and storey (from 1)")]
    ProbePlace {
        /// Name of the probe.
        name: String,
    },
    /// A storey that the building has not.
    #[error("{storey} of `{building}` would be {height_m} m up, over its roof ({storey_m} m a storey)")]
    StoreyOverRoof {
        /// The storey.
        storey: u32,
        /// Id of the building.
        building: String,
        /// Height of the eyes in that storey, metres.
        height_m: f64,
        /// Height of a storey, metres.
        storey_m: f64,
    },
    /// A day that the calendar cannot turn into an instant.
    #[error("{date} is beyond the calendar")]
    Calendar {
        /// The day.
        date: Date,
    },
    /// No lines of equal time, which is a fault of this crate.
    #[error("gives no equal-time lines: {cause}")]
    NoLines {
        /// What the tracing of lines said.
        cause: String,
    },
}

/// What lies outside the city.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outside {
    /// The area of a scenario.
    Area,
    /// A probe, by name.
    Probe(String),
    /// The one spot that is asked about.
    Spot,
}

/// A rectangle of the plan in degrees.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Covers {
    /// Its south-western corner.
    pub low: LonLat,
    /// Its north-eastern corner.
    pub high: LonLat,
}

/// Why there is no solar position.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum SunFault {
    /// A date that the algorithm does not cover.
    #[error("dates from -2000 to 6000 are covered")]
    Date,
    /// A height that is none.
    #[error("{value} m is no height")]
    Height {
        /// Metres above sea level.
        value: f64,
    },
    /// An air pressure that is none.
    #[error("{value} hPa is no air pressure; it must be over 0 and at most 2000")]
    Pressure {
        /// Hectopascals.
        value: f64,
    },
    /// A temperature that is none.
    #[error("{value} degrees C is no temperature of the air; it must be over -273 and at most 100")]
    Temperature {
        /// Degrees Celsius.
        value: f64,
    },
    /// A fault of the algorithm.
    #[error("{cause}")]
    Failed {
        /// What the algorithm said.
        cause: String,
    },
}

impl SunlightError {
    pub(crate) fn question(key: &str, fault: impl Into<QuestionFault>) -> Self {
        Self::Question { key: key.to_owned(), fault: fault.into() }
    }

    pub(crate) fn no_building(city: &futago_model::CityModel, id: &str) -> Self {
        let first = city.buildings.records.first();
        let example = first.map_or("", |b| city.buildings.id_of(b)).to_owned();
        Self::NoBuilding { id: id.to_owned(), example }
    }
}

impl Explained for SunlightError {
    fn key(&self) -> Option<&str> {
        match self {
            Self::Question { key, .. } => Some(key),
            _ => None,
        }
    }

    fn message(&self) -> Message {
        match self {
            Self::Question { fault, .. } => fault.message(),
            Self::NoBuilding { id, example } => Message::new("error-sunlight-no-building")
                .with("id", id.as_str())
                .with("example", example.as_str()),
            Self::IdTaken { id } => Message::new("error-sunlight-id-taken").with("id", id.as_str()),
            Self::OutsideCity { what, covers } => covers.add_to(what.message()),
            Self::Sun { instant, fault } => fault.message().with("instant", instant.to_string()),
            Self::Place(error) => place_message(error),
            Self::Compute(error) => compute_message(error),
        }
    }

    fn is_machine(&self) -> bool {
        matches!(self, Self::Compute(_))
    }
}

impl From<GeodesyError> for QuestionFault {
    fn from(error: GeodesyError) -> Self {
        Self::Value(error.into())
    }
}

impl QuestionFault {
    /// The same as a text of the catalogues.
    pub fn message(&self) -> Message {
        match self {
            Self::NothingAsked => Message::new("error-question-nothing-asked"),
            Self::NoTargets => Message::new("error-question-no-targets"),
            Self::NoTimes => Message::new("error-question-no-times"),
            Self::NoPeriod => Message::new("error-question-no-period"),
            Self::Value(fault) => fault.message(),
            Self::GridPoints { points, most } => {
                Message::new("error-question-grid-points").with("points", *points).with("most", *most)
            }
            Self::EveryNoDays => Message::new("error-question-every-no-days"),
            Self::LastBeforeFirst { last, first } => Message::new("error-question-last-before-first")
                .with("last", last.to_string())
                .with("first", first.to_string()),
            Self::Suns { suns, most } => {
                Message::new("error-question-suns").with("suns", *suns).with("most", *most)
            }
            Self::ProbePlace { name } => {
                Message::new("error-question-probe-place").with("name", name.as_str())
            }
            Self::StoreyOverRoof { storey, building, height_m, storey_m } => {
                Message::new("error-question-storey-over-roof")
                    .with("storey", f64::from(*storey))
                    .with("building", building.as_str())
                    .with("height", *height_m)
                    .with("each", *storey_m)
            }
            Self::Calendar { date } => Message::new("error-question-calendar").with("date", date.to_string()),
            // The cause is of use to a developer only.
            Self::NoLines { .. } => Message::new("error-question-no-lines"),
        }
    }
}

impl SunFault {
    fn message(&self) -> Message {
        match self {
            Self::Date => Message::new("error-sun-date"),
            Self::Height { value } => Message::new("error-sun-height").with("value", value.to_string()),
            Self::Pressure { value } => Message::new("error-sun-pressure").with("value", value.to_string()),
            Self::Temperature { value } => {
                Message::new("error-sun-temperature").with("value", value.to_string())
            }
            // The cause is of use to a developer only.
            Self::Failed { .. } => Message::new("error-sun-failed"),
        }
    }
}

impl Outside {
    fn message(&self) -> Message {
        match self {
            Self::Area => Message::new("error-outside-area"),
            Self::Probe(name) => Message::new("error-outside-probe").with("name", name.as_str()),
            Self::Spot => Message::new("error-outside-spot"),
        }
    }
}

impl fmt::Display for Outside {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Area => f.write_str("`sunlight.area`"),
            Self::Probe(name) => write!(f, "probe `{name}`"),
            Self::Spot => f.write_str("this spot"),
        }
    }
}

impl Covers {
    fn add_to(&self, message: Message) -> Message {
        let degrees = |value: f64| format!("{value:.4}");
        message
            .with("west", degrees(self.low.lon_deg))
            .with("east", degrees(self.high.lon_deg))
            .with("south", degrees(self.low.lat_deg))
            .with("north", degrees(self.high.lat_deg))
    }
}

impl fmt::Display for Covers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { low, high } = self;
        write!(f, "longitude {:.4} to {:.4}, ", low.lon_deg, high.lon_deg)?;
        write!(f, "latitude {:.4} to {:.4}", low.lat_deg, high.lat_deg)
    }
}
