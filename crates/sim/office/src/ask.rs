//! One spot: how full the offices of the building there are at a clock time.
//!
//! The same run as a scenario's, for one building and five minutes, with everything as usual but the attendance.

use std::sync::Arc;

use futago_geodesy::LonLat;
use futago_model::CityModel;
use jiff::civil::{Date, Time};
use serde::Serialize;

use crate::output::Sums;
use crate::scenario::Question;
use crate::{Inputs, OfficeError, OfficeRun};

/// Minutes that the answer is the mean of.
const STEP_MIN: i8 = 5;

/// The offices of a spot.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Spot {
    /// Published id of the building.
    pub building: String,
    /// Its name in Japanese; may be empty.
    pub name_ja: String,
    /// Its name in English; may be empty.
    pub name_en: String,
    /// Storeys above the ground, published or estimated.
    pub storeys: u32,
    /// Floors with offices.
    pub floors: usize,
    /// Persons on them; none where measured floors have gaps or are withheld.
    pub persons: Option<f64>,
    /// Persons that the floors are for.
    pub capacity: f64,
    /// Persons by capacity.
    pub level: Option<f64>,
    /// Persons/m2 of offices.
    pub density_m2: Option<f64>,
    /// Longest wait at the lifts that morning, seconds; none where nobody came.
    pub lift_wait_s: Option<f64>,
    /// True where the people are made, and not counted.
    pub synthetic: bool,
}

/// When and how many come.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct When {
    /// The day (JST).
    pub date: Date,
    /// The clock time (JST); the answer is the mean of the five minutes that it is in.
    pub time: Time,
    /// Share of the workers who come, 0 to 1.
    pub attendance: f64,
}

/// How full the offices of a spot are.
///
/// # Errors
/// No building there, one that does not count as offices, or a share that is none.
pub fn at_spot(
    city: &Arc<CityModel>,
    place: LonLat,
    when: When,
    inputs: Inputs,
) -> Result<Spot, OfficeError> {
    let at_m = city
        .about
        .frame
        .site_from_lonlat(place)
        .map_err(|fault| OfficeError::question("office.area", fault))?;
    let buildings = &city.buildings;
    let here = buildings.records.iter().position(|b| buildings.polygons.get(b.footprint).contains_m(at_m));
    let index = here.ok_or(OfficeError::NoBuildingHere)?;
    let id = buildings.id_of(&buildings.records[index]).to_owned();
    let [x, y] = buildings.polygons.get(buildings.records[index].footprint).middle_m();
    let from = start_of(when.time);
    let question = Question {
        attendance: when.attendance,
        bounds_m: Some([x - 1.0, y - 1.0, x + 1.0, y + 1.0]),
        from,
        to: from.wrapping_add(jiff::Span::new().minutes(STEP_MIN)),
        step_min: STEP_MIN.unsigned_abs().into(),
        ..Question::on(when.date)
    };
    let not_offices = || OfficeError::NotOffices { building: id.clone() };
    let mut run = match OfficeRun::prepare(Arc::clone(city), &question, inputs) {
        Err(OfficeError::NoOffices { .. }) => return Err(not_offices()),
        other => other?,
    };
    run.do_all();
    let number = run.offices.iter().position(|office| office.index == index).ok_or_else(not_offices)?;
    let (office, case) = (&run.offices[number], &run.cases[0]);
    let sum = Sums::of(&run, case).offices[number][0];
    let known = |value: f64| value.is_finite().then_some(value);
    let waits = case.lifts.iter().filter(|zone| zone.office == number).map(|zone| zone.wait_s);
    let floors = &run.floors[office.floors.clone()];
    Ok(Spot {
        building: id,
        name_ja: office.name_ja.clone(),
        name_en: office.name_en.clone(),
        storeys: office.storeys,
        floors: floors.len(),
        persons: known(sum.persons()),
        capacity: floors.iter().map(|floor| floor.capacity).sum(),
        level: known(sum.level()),
        density_m2: known(sum.density()),
        lift_wait_s: waits.filter(|wait| wait.is_finite()).reduce(f64::max),
        synthetic: floors.iter().any(|floor| floor.measured.is_none()),
    })
}

/// The start of the five minutes that a time is in; the last ones of the day have no end on the same day, and are
/// answered by those before.
fn start_of(time: Time) -> Time {
    let minute = (i32::from(time.hour()) * 60 + i32::from(time.minute())) / 5 * 5;
    let minute = minute.min(24 * 60 - 10);
    Time::constant((minute / 60) as i8, (minute % 60) as i8, 0, 0)
}
