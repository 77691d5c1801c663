//! What can go wrong, as data. `Display` is English, for developers; people read the texts that
//! [`OfficeError::message`] names, in their language.

use futago_contract::{Explained, ValueFault};
use futago_field::Message;
use futago_geodesy::GeodesyError;
use jiff::civil::Date;

/// What can go wrong with a question about offices.
#[derive(Debug, thiserror::Error)]
pub enum OfficeError {
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
    /// Not one office where it was asked for.
    #[error(
        "no building of {looked_at} counts as offices; lower `office.rule.min_height_m` or `min_floor_area_m2`, widen `office.area`, or name `office.buildings`"
    )]
    NoOffices {
        /// Buildings that were looked at.
        looked_at: usize,
    },
    /// A spot outside of buildings.
    #[error("there is no building at this spot")]
    NoBuildingHere,
    /// A building of something else.
    #[error("the building `{building}` does not count as offices")]
    NotOffices {
        /// Its id.
        building: String,
    },
    /// The scenario names a file of occupancy, and nobody read it.
    #[error("`office.occupancy` names `{file}`, which was not handed to the simulation")]
    NoOccupancy {
        /// The file.
        file: String,
    },
    /// A file of occupancy of which no building is asked for.
    #[error(
        "none of the {buildings} buildings of {source_name} is asked for and in this city; compare the ids"
    )]
    OtherOccupancy {
        /// Where the occupancy comes from.
        source_name: String,
        /// Its buildings.
        buildings: usize,
    },
}

/// What is wrong with the value of a key.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum QuestionFault {
    /// No day.
    #[error("has no day; write for example [\"2026-11-24\"]")]
    NoDates,
    /// Too many days.
    #[error("has {found} days; at most {most}")]
    Dates {
        /// Days asked for.
        found: f64,
        /// The most allowed.
        most: f64,
    },
    /// A day twice.
    #[error("has {date} twice")]
    DateTwice {
        /// The day.
        date: Date,
    },
    /// A comparison with the same.
    #[error("compares nothing; add attendance or dates")]
    NothingCompared,
    /// An area in degrees and in metres.
    #[error("and `office.area` are both there; keep one")]
    TwoAreas,
    /// A number, a period or a place that makes no sense by itself.
    #[error(transparent)]
    Value(#[from] ValueFault),
    /// A period that is no whole number of steps.
    #[error(
        "is {step_min}, and the period of {minutes} minutes is no whole number of it, or of more than 288"
    )]
    Step {
        /// The period, minutes.
        minutes: f64,
        /// The step, minutes.
        step_min: f64,
    },
    /// A day out of order.
    #[error("is out of order; people must arrive, go out for lunch, come back and leave, in this order")]
    Order,
}

impl OfficeError {
    pub(crate) fn question(key: &str, fault: impl Into<QuestionFault>) -> Self {
        Self::Question { key: key.to_owned(), fault: fault.into() }
    }

    pub(crate) fn no_building(city: &futago_model::CityModel, id: &str) -> Self {
        let first = city.buildings.records.first();
        let example = first.map_or("", |b| city.buildings.id_of(b)).to_owned();
        Self::NoBuilding { id: id.to_owned(), example }
    }
}

impl Explained for OfficeError {
    fn key(&self) -> Option<&str> {
        match self {
            Self::Question { key, .. } => Some(key),
            _ => None,
        }
    }

    fn message(&self) -> Message {
        match self {
            Self::Question { fault, .. } => fault.message(),
            Self::NoBuilding { id, example } => Message::new("error-office-no-building")
                .with("id", id.as_str())
                .with("example", example.as_str()),
            Self::NoOffices { looked_at } => {
                Message::new("error-office-no-offices").with("count", *looked_at as f64)
            }
            Self::NoBuildingHere => Message::new("error-office-no-building-here"),
            Self::NotOffices { building } => {
                Message::new("error-office-not-offices").with("id", building.as_str())
            }
            Self::NoOccupancy { file } => {
                Message::new("error-office-no-occupancy").with("file", file.as_str())
            }
            Self::OtherOccupancy { source_name, buildings } => Message::new("error-office-other-occupancy")
                .with("file", source_name.as_str())
                .with("count", *buildings as f64),
        }
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
            Self::NoDates => Message::new("error-office-no-dates"),
            Self::Dates { found, most } => {
                Message::new("error-office-dates").with("found", *found).with("most", *most)
            }
            Self::DateTwice { date } => {
                Message::new("error-office-date-twice").with("date", date.to_string())
            }
            Self::TwoAreas => Message::new("error-office-two-areas"),
            Self::NothingCompared => Message::new("error-office-nothing-compared"),
            Self::Value(fault) => fault.message(),
            Self::Step { minutes, step_min } => {
                Message::new("error-office-step").with("minutes", *minutes).with("step", *step_min)
            }
            Self::Order => Message::new("error-office-order"),
        }
    }
}
