//! Offices in the view: how full floors and buildings are, as a small form that becomes a scenario.

use std::sync::Arc;

use bevy::prelude::*;
use futago_model::{CityModel, Occupancy};
use futago_office::Inputs;
use futago_office::scenario::{After, KnownStoreys, Question};
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::clock::jst;
use crate::state::ViewState;
use crate::study::Study;
use crate::sunlight::look_at;

/// Which buildings are asked about.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// All offices of the city.
    #[default]
    City,
    /// The marked building, whatever its use.
    Building,
}

impl Scope {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::City, Self::Building];

    /// Key of its name.
    pub fn key(self) -> &'static str {
        match self {
            Self::City => "view-ask-office-city",
            Self::Building => "view-ask-office-building",
        }
    }
}

/// Measured occupancy that was opened, where some was.
#[derive(Resource, Debug, Clone, Default)]
pub struct Measured(pub Option<Arc<Occupancy>>);

impl Measured {
    /// The first day that was measured, Japan Standard Time; none without a sample.
    pub fn first_day(&self) -> Option<Date> {
        let floors = self.0.as_ref().map(|occupancy| occupancy.floors.as_slice()).unwrap_or_default();
        let first_s = floors.iter().filter_map(|floor| floor.at_s.first()).min()?;
        Some(Timestamp::from_second(*first_s).ok()?.to_zoned(jst()).date())
    }
}

/// What is set in the form.
#[derive(Resource, Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Form {
    /// Which buildings.
    pub scope: Scope,
    /// What was measured, where a file of it was opened; otherwise a model.
    pub measured: bool,
    /// Share of the workers who come.
    pub attendance: f64,
    /// The same after a change; none compares nothing.
    pub after: Option<f64>,
    /// Minutes of one value.
    pub step_min: u32,
    /// Numbers of storeys that somebody knows.
    pub storeys: Vec<KnownStoreys>,
    /// Seed of how much buildings and floors differ.
    pub seed: u64,
}

impl Default for Form {
    fn default() -> Self {
        Self {
            scope: Scope::City,
            measured: false,
            attendance: 1.0,
            after: Some(0.3),
            step_min: 60,
            storeys: Vec::new(),
            seed: 1,
        }
    }
}

impl Form {
    /// The scenario's question, about the state's day and marked building; of what was measured, where it is asked for
    /// and there.
    pub fn question(&self, state: &ViewState, measured: &Measured) -> Question {
        let occupancy = measured.0.as_ref().filter(|_| self.measured);
        let marked = state.selected.clone().filter(|_| self.scope == Scope::Building);
        let compared = self.after.filter(|_| occupancy.is_none());
        let after = compared.map(|share| After { attendance: Some(share), dates: Vec::new() });
        let asked = |known: &&KnownStoreys| marked.as_ref().is_none_or(|id| *id == known.building);
        Question {
            attendance: self.attendance,
            after,
            step_min: self.step_min,
            occupancy: occupancy.map(|occupancy| occupancy.source.clone()),
            storeys: self.storeys.iter().filter(asked).cloned().collect(),
            buildings: marked.into_iter().collect(),
            ..Question::on(state.clock.local().date())
        }
    }

    /// The form that comes nearest to a question.
    pub fn of(question: &Question, seed: u64) -> Self {
        Self {
            scope: if question.buildings.is_empty() { Scope::City } else { Scope::Building },
            measured: question.occupancy.is_some(),
            attendance: question.attendance,
            after: question.after.as_ref().and_then(|after| after.attendance),
            step_min: question.step_min,
            storeys: question.storeys.clone(),
            seed,
        }
    }

    /// Starts the study.
    pub fn start(&self, city: &Arc<CityModel>, state: &ViewState, measured: &Measured, study: &mut Study) {
        let (city, question, seed) = (city.clone(), self.question(state, measured), self.seed);
        let occupancy = measured.0.clone().filter(|_| question.occupancy.is_some());
        let inputs = Inputs { occupancy, seed, ..Inputs::default() };
        study.start(move || futago_office::prepare(city, &question, inputs));
    }

    /// The storeys that are known of a building.
    pub fn storeys_of(&self, id: &str) -> Option<u32> {
        self.storeys.iter().find(|known| known.building == id).map(|known| known.storeys)
    }

    /// Notes how many storeys a building has, or that nobody knows.
    pub fn set_storeys(&mut self, id: &str, storeys: Option<u32>) {
        self.storeys.retain(|known| known.building != id);
        self.storeys.extend(storeys.map(|storeys| KnownStoreys { building: id.to_owned(), storeys }));
    }
}

/// A view of what a question is about: its area or its building, and its day.
pub(crate) fn view_of(question: &Question, city: &CityModel, view: ViewState) -> ViewState {
    let mut view = ViewState { selected: question.buildings.first().cloned(), ..view };
    if let Some(date) = question.dates.first() {
        view.clock.set_local(date.to_datetime(view.clock.local().time()));
    }
    if let Some(area) = &question.area {
        look_at(area, city, &mut view);
    }
    view
}

#[cfg(test)]
mod tests {
    use futago_model::FloorOccupancy;
    use futago_testkit::{BoxSpec, box_city};
    use jiff::civil::{date, time};

    use super::*;
    use crate::clock::Clock;
    use crate::state::Pose;

    #[test]
    fn both_scopes_can_be_asked() {
        let tower = BoxSpec::new("a", [0.0, 0.0, 60.0, 60.0], 60.0);
        let house = BoxSpec::new("b", [100.0, 100.0, 110.0, 112.0], 8.0);
        let city = Arc::new(box_city(&[tower, house]));
        let clock = Clock::standing_at(date(2026, 11, 24), time(8, 30, 0, 0));
        let state = ViewState { selected: Some("b".to_owned()), ..ViewState::new(Pose::TOWERS, clock) };
        let mut form = Form::default();
        form.set_storeys("a", Some(12));
        for (scope, wanted) in [(Scope::City, "a"), (Scope::Building, "b")] {
            let form = Form { scope, ..form.clone() };
            let inputs = Inputs { seed: form.seed, ..Inputs::default() };
            let run = futago_office::OfficeRun::prepare(
                city.clone(),
                &form.question(&state, &Measured::default()),
                inputs,
            )
            .unwrap();
            let ids: Vec<&str> = run.offices.iter().map(|office| office.id.as_str()).collect();
            assert_eq!((ids, run.cases.len()), (vec![wanted], 2));
        }
        assert_eq!(form.storeys_of("a"), Some(12));
        form.set_storeys("a", None);
        assert_eq!(form.storeys_of("a"), None);
    }

    #[test]
    fn what_was_measured_is_asked_about_when_a_file_is_there() {
        let tower = BoxSpec::new("a", [0.0, 0.0, 60.0, 60.0], 60.0);
        let city = Arc::new(box_city(&[tower]));
        let clock = Clock::standing_at(date(2026, 11, 24), time(8, 30, 0, 0));
        let state = ViewState::new(Pose::TOWERS, clock);
        let nine: Timestamp = "2026-11-24T00:00:00Z".parse().unwrap();
        let floor = FloorOccupancy {
            building: "a".to_owned(),
            floor: 3,
            at_s: vec![nine.as_second()],
            persons: vec![40.0],
            ..FloorOccupancy::default()
        };
        let occupancy = Occupancy { source: "sensors.csv".to_owned(), floors: vec![floor] };
        let measured = Measured(Some(Arc::new(occupancy)));
        assert_eq!(measured.first_day(), Some(date(2026, 11, 24)));
        assert_eq!(Measured::default().first_day(), None);
        let form = Form { measured: true, ..Form::default() };
        let question = form.question(&state, &measured);
        assert_eq!(question.occupancy.as_deref(), Some("sensors.csv"));
        assert_eq!(question.after, None, "another attendance changes nothing of what was measured");
        assert!(Form::of(&question, 1).measured);
        let inputs = Inputs { occupancy: measured.0.clone(), ..Inputs::default() };
        let run = futago_office::OfficeRun::prepare(city, &question, inputs).unwrap();
        assert_eq!(run.cases.len(), 1);
        assert_eq!(form.question(&state, &Measured::default()).occupancy, None, "no file, the model");
    }
}
