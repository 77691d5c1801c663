//! What can go wrong, as data. `Display` is English, for developers; people read the texts that
//! [`CrowdError::message`] names.

use futago_contract::{Explained, ValueFault, compute_message};
use futago_field::Message;

/// What can go wrong with a question about crowds.
#[derive(Debug, thiserror::Error)]
pub enum CrowdError {
    /// A number, an outline or a place of the scenario makes no sense.
    #[error("`{key}` {fault}")]
    Question {
        /// Where in the scenario.
        key: String,
        /// What is wrong and what would be right.
        fault: ValueFault,
    },
    /// A grid too fine for its area.
    #[error(
        "`crowd.spacing_m` gives {cells:.0} grid cells; at most {most:.0}: make it larger, or the area smaller"
    )]
    GridCells {
        /// Cells of the grid.
        cells: f64,
        /// The most allowed.
        most: f64,
    },
    /// No time, or too many.
    #[error("`crowd.at` has {count} clock times; it must have 1 to {most}, for example [\"08:30\"]")]
    Times {
        /// Times given.
        count: usize,
        /// The most allowed.
        most: usize,
    },
    /// A closure that names nothing, or more than one thing.
    #[error("`crowd.what_if.close` needs one of street, link and polygon")]
    WhatToClose,
    /// A street that the city has not.
    #[error("no street or way of this city is called `{name}`; one is called `{example}`")]
    NoStreet {
        /// The name or id asked for.
        name: String,
        /// One that exists.
        example: String,
    },
    /// Nobody can walk near a place.
    #[error("`{name}` is {away_m:.0} m from the nearest way on foot; at most {most_m:.0} m")]
    FarFromStreets {
        /// What the place is called.
        name: String,
        /// Distance to the network, metres.
        away_m: f64,
        /// The most allowed.
        most_m: f64,
    },
    /// The area lies outside the city.
    #[error("`crowd.area` lies outside the city's data")]
    OutsideCity,
    /// A city without ways on foot.
    #[error("this city has no walk network; open or import one (`footways.city`, OpenStreetMap)")]
    NoWalkNetwork,
    /// Counts of another network.
    #[error(
        "{what} has {found} entries, and this city's walk network {wanted}; make the flows anew for this city"
    )]
    OtherNetwork {
        /// Which counts.
        what: &'static str,
        /// Entries given.
        found: usize,
        /// Entries needed.
        wanted: usize,
    },
    /// Flows are named that nobody read.
    #[error("`crowd.flows` names `{name}`, which was not handed to the simulation")]
    NoFlows {
        /// What is named.
        name: String,
    },
    /// A period that the flows do not have.
    #[error("`{key}`: the flows have no period `{name}`; they have {known}")]
    NoPeriod {
        /// Where in the scenario.
        key: &'static str,
        /// The period asked for.
        name: String,
        /// Those that are there.
        known: String,
    },
    /// Counts are asked for where there are none.
    #[error("`crowd.counts` needs flows that were counted; name a .flow file in `crowd.flows`")]
    CountsWithoutFlows,
    /// A change that counts alone cannot answer.
    #[error(
        "`crowd.what_if` needs the model, and `crowd.counts` asks for counts alone; leave out `only` and `compare`"
    )]
    ChangeWithoutModel,
    /// Not one street was published for what is asked.
    #[error("no street of the area has published counts in `{period}` on such days")]
    NothingPublished {
        /// The period.
        period: String,
    },
    /// No street with counts near a spot.
    #[error("the nearest street with a published count is {away_m:.0} m away; at most {most_m:.0} m")]
    NoCountNear {
        /// Distance, metres; infinite where there is none.
        away_m: f64,
        /// The most allowed.
        most_m: f64,
    },
    /// A device that failed.
    #[error(transparent)]
    Compute(#[from] futago_compute::ComputeError),
}

impl CrowdError {
    pub(crate) fn question(key: &str, fault: impl Into<ValueFault>) -> Self {
        Self::Question { key: key.to_owned(), fault: fault.into() }
    }
}

impl Explained for CrowdError {
    fn key(&self) -> Option<&str> {
        match self {
            Self::Question { key, .. } => Some(key),
            Self::NoPeriod { key, .. } => Some(key),
            Self::GridCells { .. } => Some("crowd.spacing_m"),
            Self::Times { .. } => Some("crowd.at"),
            Self::WhatToClose | Self::NoStreet { .. } => Some("crowd.what_if.close"),
            Self::OutsideCity => Some("crowd.area"),
            Self::NoFlows { .. } | Self::OtherNetwork { .. } => Some("crowd.flows"),
            Self::CountsWithoutFlows | Self::NothingPublished { .. } => Some("crowd.counts"),
            Self::ChangeWithoutModel | Self::FarFromStreets { .. } => Some("crowd.what_if"),
            Self::NoWalkNetwork | Self::NoCountNear { .. } | Self::Compute(_) => None,
        }
    }

    fn message(&self) -> Message {
        match self {
            Self::Question { fault, .. } => fault.message(),
            Self::GridCells { cells, most } => {
                Message::new("error-crowd-grid-cells").with("cells", *cells).with("most", *most)
            }
            Self::Times { count, most } => {
                Message::new("error-crowd-times").with("count", *count as f64).with("most", *most as f64)
            }
            Self::WhatToClose => Message::new("error-crowd-what-to-close"),
            Self::NoStreet { name, example } => Message::new("error-crowd-no-street")
                .with("name", name.as_str())
                .with("example", example.as_str()),
            Self::FarFromStreets { name, away_m, most_m } => Message::new("error-crowd-far")
                .with("name", name.as_str())
                .with("away", *away_m)
                .with("most", *most_m),
            Self::OutsideCity => Message::new("error-crowd-outside"),
            Self::NoWalkNetwork => Message::new("error-crowd-no-network"),
            Self::OtherNetwork { found, wanted, .. } => Message::new("error-crowd-other-network")
                .with("found", *found as f64)
                .with("wanted", *wanted as f64),
            Self::NoFlows { name } => Message::new("error-crowd-no-flows").with("name", name.as_str()),
            Self::NoPeriod { name, known, .. } => Message::new("error-crowd-no-period")
                .with("name", name.as_str())
                .with("known", known.as_str()),
            Self::CountsWithoutFlows => Message::new("error-crowd-counts-without-flows"),
            Self::ChangeWithoutModel => Message::new("error-crowd-change-without-model"),
            Self::NothingPublished { period } => {
                Message::new("error-crowd-nothing-published").with("period", period.as_str())
            }
            Self::NoCountNear { most_m, .. } => {
                Message::new("error-crowd-no-count-near").with("most", *most_m)
            }
            Self::Compute(error) => compute_message(error),
        }
    }

    fn is_machine(&self) -> bool {
        matches!(self, Self::Compute(_))
    }
}
