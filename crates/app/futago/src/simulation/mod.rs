//! The simulations that a scenario may ask: one arm each in [`Asked`], one module of the scenario format.

mod beside;
pub mod words;

use std::sync::Arc;

use futago_contract::{Run, SimError};
use futago_crowd::Question as CrowdQuestion;
use futago_model::CityModel;
use futago_office::{Inputs, Question as OfficeQuestion};
use futago_sunlight::Question as SunlightQuestion;

use crate::scenario::{Loaded, Scenario};

pub use beside::{Beside, flows_of, occupancy_of};

/// The question of a scenario.
#[derive(Debug, Clone, Copy)]
pub enum Asked<'s> {
    /// `[sunlight]`
    Sunlight(&'s SunlightQuestion),
    /// `[crowd]`
    Crowd(&'s CrowdQuestion),
    /// `[office]`
    Office(&'s OfficeQuestion),
}

impl<'s> Asked<'s> {
    /// Every question of a scenario, in the order of the format.
    pub fn all(scenario: &'s Scenario) -> Vec<Self> {
        let sunlight = scenario.sunlight.as_ref().map(Asked::Sunlight);
        let crowd = scenario.crowd.as_ref().map(Asked::Crowd);
        let office = scenario.office.as_ref().map(Asked::Office);
        [sunlight, crowd, office].into_iter().flatten().collect()
    }

    /// Its table in the scenario.
    pub fn table(self) -> &'static str {
        match self {
            Self::Sunlight(_) => "sunlight",
            Self::Crowd(_) => "crowd",
            Self::Office(_) => "office",
        }
    }

    /// What is wrong with it by itself.
    pub fn check(self) -> Result<(), SimError> {
        match self {
            Self::Sunlight(question) => question.check()?,
            Self::Crowd(question) => question.check()?,
            Self::Office(question) => question.check()?,
        }
        Ok(())
    }

    /// The run that answers it.
    pub fn prepare(
        self,
        city: Arc<CityModel>,
        scenario: &Loaded,
        beside: &Beside,
        seed: u64,
    ) -> Result<Box<dyn Run>, SimError> {
        let title = scenario.scenario.title.clone().into();
        match self {
            Self::Sunlight(question) => futago_sunlight::prepare(city, question, title),
            Self::Crowd(question) => {
                futago_crowd::prepare_with_flows(city, question, title, beside.flows.clone())
            }
            Self::Office(question) => {
                let (occupancy, published) = (beside.occupancy.clone(), beside.published.clone());
                futago_office::prepare(city, question, Inputs { occupancy, published, seed, title })
            }
        }
    }
}
