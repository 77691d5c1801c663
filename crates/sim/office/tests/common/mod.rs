//! A small city with offices, and a run from start to end.
#![allow(dead_code)]

use std::sync::Arc;

use futago_compute::Engine;
use futago_contract::Run;
use futago_field::ResultSet;
use futago_model::{CityModel, FloorOccupancy, Occupancy};
use futago_office::{Inputs, OfficeError, OfficeRun, Question};
use futago_testkit::{BoxSpec, box_city};
use jiff::civil::{Date, date};
use pollster::block_on;

/// A Tuesday.
pub const DAY: Date = date(2026, 11, 24);

/// Midnight of it in Japan, seconds from 1970.
pub const MIDNIGHT_S: i64 = 1_795_446_000;

/// Two towers (one steps back at 38 m) in one square, a wide block in another, and a house.
pub fn city() -> Arc<CityModel> {
    Arc::new(box_city(&[
        BoxSpec::new("stepped", [10.0, 10.0, 60.0, 60.0], 38.0),
        BoxSpec::new("stepped", [10.0, 10.0, 40.0, 40.0], 114.0).from_height(38.0),
        BoxSpec::new("plain", [100.0, 10.0, 140.0, 60.0], 76.0),
        BoxSpec::new("block", [300.0, 10.0, 400.0, 60.0], 38.0),
        BoxSpec::new("house", [70.0, 10.0, 80.0, 20.0], 8.0),
    ]))
}

pub fn inputs(seed: u64) -> Inputs {
    Inputs { seed, ..Inputs::default() }
}

/// A run that has done all its steps.
pub fn run(
    city: &Arc<CityModel>,
    question: &Question,
    inputs: Inputs,
) -> Result<Box<OfficeRun>, OfficeError> {
    let mut run = Box::new(OfficeRun::prepare(city.clone(), question, inputs)?);
    let engine = Engine::cpu();
    for step in 0..run.steps() {
        block_on(run.step(step, &engine)).expect("no step of offices fails");
    }
    Ok(run)
}

pub fn results(city: &Arc<CityModel>, question: &Question, inputs: Inputs) -> ResultSet {
    run(city, question, inputs).expect("a run").finish().expect("results")
}

/// Samples of one floor: clock hours of [`DAY`] with persons.
pub fn floor(building: &str, floor: i32, samples: &[(f64, f64)]) -> FloorOccupancy {
    FloorOccupancy {
        building: building.to_owned(),
        floor,
        capacity_persons: Some(100.0),
        area_m2: Some(1000.0),
        at_s: samples.iter().map(|(hour, _)| MIDNIGHT_S + (hour * 3600.0) as i64).collect(),
        persons: samples.iter().map(|(_, persons)| *persons).collect(),
    }
}

pub fn measured(floors: Vec<FloorOccupancy>) -> Inputs {
    let occupancy = Occupancy { source: "sensors.csv".to_owned(), floors };
    Inputs { occupancy: Some(Arc::new(occupancy)), ..inputs(1) }
}
