//! The question: what a scenario file may ask of crowds.
//!
//! Lengths in metres, clock times in Japan Standard Time, dates as `YYYY-MM-DD`, places as longitude, latitude.
//! Unknown keys are errors. [`Question::check`] finds what types cannot.

use futago_contract::ValueFault;
use futago_flow::DayKind;
use futago_geodesy::LonLat;
use jiff::civil::{Date, Time};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::CrowdError;

pub use futago_contract::AreaOfInterest;

/// The `[crowd]` table of a scenario.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Question {
    /// The part of the city to answer for; people come from all of it.
    pub area: AreaOfInterest,
    /// The day (JST).
    pub date: Date,
    /// Clock times (JST) of that day, for example `["08:30", "12:00"]`.
    pub at: Vec<Time>,
    /// `synthetic`, `built-in`, or the path of a file of flows on the streets (`.flow`), relative to the scenario file.
    #[serde(default = "default_flows")]
    pub flows: String,
    /// What is taken from a file of flows.
    #[serde(default)]
    pub counts: CountsQuestion,
    /// Distance of grid points, metres.
    #[serde(default = "default_spacing")]
    pub spacing_m: f64,
    /// Over how far people are spread along a street of usual density, metres.
    #[serde(default = "default_bandwidth")]
    pub bandwidth_m: f64,
    /// Who goes where when nobody has measured it, and how it is found out.
    #[serde(default)]
    pub demand: DemandQuestion,
    /// Changes; every answer is then given before, after, and for the difference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub what_if: Option<WhatIf>,
}

/// What is taken from a file of flows, and whether a model is made of it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct CountsQuestion {
    /// Name of the period; the first of the file when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub period: Option<String>,
    /// Which days of the period; those of the kind of `date` when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub days: Option<Days>,
    /// Name of a later period that is shown beside it, with the difference; nothing but counts is shown then.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub compare: Option<String>,
    /// Show what was counted, hour by hour, without a model of who goes where.
    pub only: bool,
}

impl CountsQuestion {
    /// Whether counts are shown as they are, without a model.
    pub fn without_model(&self) -> bool {
        self.only || self.compare.is_some()
    }
}

/// Kinds of days.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Days {
    /// Monday to Friday, no holiday.
    Weekday,
    /// Saturday, Sunday or a national holiday.
    Holiday,
}

impl From<Days> for DayKind {
    fn from(days: Days) -> Self {
        match days {
            Days::Weekday => Self::Weekday,
            Days::Holiday => Self::Holiday,
        }
    }
}

/// Who goes where.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct DemandQuestion {
    /// People on their way between doors and buildings in the busiest hour; with measured flows only a beginning.
    pub persons_per_hour: f64,
    /// Walking time over which the readiness to walk falls to 1/e, minutes.
    pub scale_min: f64,
    /// Rounds of the fit to counts.
    pub fit_rounds: u32,
    /// Relative gap of the equilibrium that is good enough.
    pub gap: f64,
    /// Most rounds of the equilibrium.
    pub rounds: u32,
}

impl Default for DemandQuestion {
    fn default() -> Self {
        Self { persons_per_hour: 60_000.0, scale_min: 8.0, fit_rounds: 30, gap: 1e-4, rounds: 40 }
    }
}

/// Changes to the streets and to who uses them.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WhatIf {
    /// Streets that nobody can walk on.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub close: Vec<Closure>,
    /// New ways.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub deck: Vec<NewDeck>,
    /// Crowds that leave a place.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub event: Vec<Event>,
    /// New buildings with people who work there.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub building: Vec<NewBuilding>,
}

/// What is closed: exactly one of the three.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Closure {
    /// Every way of this name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub street: Option<String>,
    /// The way with this id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link: Option<String>,
    /// Every way outside that touches this area; corners as longitude, latitude.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub polygon: Option<Vec<[f64; 2]>>,
}

/// A new way between two places, straight, joined to the nearest nodes of the network.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NewDeck {
    /// What it is called in the results.
    pub name: String,
    /// Longitude, latitude of one end.
    pub from: [f64; 2],
    /// Longitude, latitude of the other.
    pub to: [f64; 2],
    /// Clear width, metres.
    pub width_m: f64,
}

/// People who leave a place.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Event {
    /// What it is called in the results.
    pub name: String,
    /// Longitude, latitude.
    pub at: [f64; 2],
    /// Where they go, as longitude, latitude, in equal parts; to the doors of the station when empty.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub to: Vec<[f64; 2]>,
    /// How many leave in an hour.
    pub persons_per_hour: f64,
}

/// A new building with people who work there.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NewBuilding {
    /// What it is called in the results.
    pub name: String,
    /// Longitude, latitude of its entrance.
    pub at: [f64; 2],
    /// People who work there.
    pub workers: f64,
    /// Part of them that is on the way in the busiest hour.
    #[serde(default = "default_busiest")]
    pub busiest_hour_share: f64,
}

/// The word for flows that are made up.
pub const SYNTHETIC: &str = "synthetic";
/// The word for the flows that come with the program.
pub const BUILT_IN: &str = "built-in";

fn default_flows() -> String {
    SYNTHETIC.to_owned()
}
fn default_spacing() -> f64 {
    2.0
}
fn default_bandwidth() -> f64 {
    20.0
}
fn default_busiest() -> f64 {
    0.5
}

/// Most cells of a grid; keeps memory in bounds.
const MOST_CELLS: f64 = 24e6;
/// Most clock times of a run.
const MOST_TIMES: usize = 96;
/// Most changes of one kind.
const MOST_CHANGES: usize = 1000;

impl Question {
    /// Whether its flows are made up.
    pub fn is_synthetic(&self) -> bool {
        self.flows == SYNTHETIC
    }

    /// Finds what the types cannot.
    ///
    /// # Errors
    /// Names the key, what is wrong with it and what would be right.
    pub fn check(&self) -> Result<(), CrowdError> {
        self.area
            .check("crowd.area", 10.0, 50_000.0)
            .map_err(|(key, fault)| CrowdError::question(&key, fault))?;
        if self.at.is_empty() || self.at.len() > MOST_TIMES {
            return Err(CrowdError::Times { count: self.at.len(), most: MOST_TIMES });
        }
        within("crowd.spacing_m", self.spacing_m, 0.5, 50.0)?;
        within("crowd.bandwidth_m", self.bandwidth_m, 5.0, 200.0)?;
        let cells = self.area.width_m * self.area.height_m / self.spacing_m.powi(2);
        if cells > MOST_CELLS {
            return Err(CrowdError::GridCells { cells, most: MOST_CELLS });
        }
        let demand = &self.demand;
        within("crowd.demand.persons_per_hour", demand.persons_per_hour, 0.0, 1e7)?;
        within("crowd.demand.scale_min", demand.scale_min, 0.5, 120.0)?;
        within("crowd.demand.fit_rounds", f64::from(demand.fit_rounds), 0.0, 1000.0)?;
        within("crowd.demand.gap", demand.gap, 1e-12, 0.5)?;
        within("crowd.demand.rounds", f64::from(demand.rounds), 1.0, 10_000.0)?;
        self.check_counts()?;
        self.what_if.as_ref().map_or(Ok(()), WhatIf::check)
    }

    fn check_counts(&self) -> Result<(), CrowdError> {
        if self.is_synthetic() && self.counts != CountsQuestion::default() {
            return Err(CrowdError::CountsWithoutFlows);
        }
        if self.counts.without_model() && self.what_if.is_some() {
            return Err(CrowdError::ChangeWithoutModel);
        }
        Ok(())
    }
}

impl WhatIf {
    fn check(&self) -> Result<(), CrowdError> {
        let most =
            [self.close.len(), self.deck.len(), self.event.len(), self.building.len()].into_iter().max();
        within("crowd.what_if", most.unwrap_or(0) as f64, 0.0, MOST_CHANGES as f64)?;
        self.close.iter().try_for_each(Closure::check)?;
        for deck in &self.deck {
            within("crowd.what_if.deck.width_m", deck.width_m, 0.6, 200.0)?;
            places("crowd.what_if.deck", &[deck.from, deck.to])?;
        }
        for event in &self.event {
            within("crowd.what_if.event.persons_per_hour", event.persons_per_hour, 1.0, 1e6)?;
            places("crowd.what_if.event", &event.to)?;
            places("crowd.what_if.event", &[event.at])?;
        }
        for building in &self.building {
            within("crowd.what_if.building.workers", building.workers, 1.0, 1e6)?;
            within("crowd.what_if.building.busiest_hour_share", building.busiest_hour_share, 0.0, 1.0)?;
            places("crowd.what_if.building", &[building.at])?;
        }
        Ok(())
    }
}

impl Closure {
    fn check(&self) -> Result<(), CrowdError> {
        let named = [self.street.is_some(), self.link.is_some(), self.polygon.is_some()];
        if named.iter().filter(|is| **is).count() != 1 {
            return Err(CrowdError::WhatToClose);
        }
        let Some(ring) = &self.polygon else { return Ok(()) };
        let key = "crowd.what_if.close.polygon";
        if ring.len() < 3 {
            return Err(CrowdError::question(key, ValueFault::Corners));
        }
        places(key, ring)
    }
}

fn places(key: &str, places: &[[f64; 2]]) -> Result<(), CrowdError> {
    places.iter().try_for_each(|[lon, lat]| {
        LonLat::new(*lon, *lat).map(|_| ()).map_err(|fault| CrowdError::question(key, fault))
    })
}

fn within(key: &str, value: f64, low: f64, high: f64) -> Result<(), CrowdError> {
    futago_contract::within(value, low, high).map_err(|fault| CrowdError::question(key, fault))
}
