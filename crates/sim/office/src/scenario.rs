//! The question: what a scenario file may ask of offices.
//!
//! Lengths in metres, places in degrees or site metres, clock times in Japan Standard Time, dates as `YYYY-MM-DD`,
//! shares from 0 to 1. Unknown keys are errors. [`Question::check`] finds what types cannot.

use futago_contract::ValueFault;
use jiff::civil::{Date, Time};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::lifts::Car;
use crate::schedule::{Day, Moment};
use crate::{OfficeError, QuestionFault as Fault};

pub use futago_contract::AreaOfInterest;

/// The `[office]` table of a scenario.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Question {
    /// The days (JST); the answer is that of their mean day. Saturdays, Sundays and national holidays are holidays.
    pub dates: Vec<Date>,
    /// Which of the days are holidays too, such as those round the New Year.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub holidays: Vec<Date>,
    /// Start of the day's period (JST).
    #[serde(default = "default_from")]
    pub from: Time,
    /// End of the day's period (JST).
    #[serde(default = "default_to")]
    pub to: Time,
    /// Minutes of one value; the period must be a whole number of them.
    #[serde(default = "default_step_min")]
    pub step_min: u32,
    /// Share of the workers who come.
    #[serde(default = "default_attendance")]
    pub attendance: f64,
    /// What it is compared with: another attendance, other days, or both.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<After>,
    /// Only these buildings, whatever their use.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub buildings: Vec<String>,
    /// Only buildings whose middle lies here; the whole city when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub area: Option<AreaOfInterest>,
    /// The same in site metres: west, south, east, north.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bounds_m: Option<[f64; 4]>,
    /// Which buildings without a published use count as offices.
    #[serde(default)]
    pub rule: Rule,
    /// From buildings to people.
    #[serde(default)]
    pub floors: Floors,
    /// Buildings whose number of storeys is known.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub storeys: Vec<KnownStoreys>,
    /// The day of an office.
    #[serde(default)]
    pub schedule: Schedule,
    /// How much buildings and floors differ.
    #[serde(default)]
    pub variation: Variation,
    /// Lifts.
    #[serde(default)]
    pub lifts: Lifts,
    /// What areas are.
    #[serde(default)]
    pub areas: Areas,
    /// A file of measured occupancy (CSV or Parquet), relative to the scenario file. Buildings that it tells of have
    /// the floors that it tells of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub occupancy: Option<String>,
    /// Longest gap between two measured samples that is bridged by a straight line, minutes; 0 leaves gaps.
    #[serde(default)]
    pub bridge_min: f64,
    /// Measured floors with fewer people than this are withheld.
    #[serde(default = "default_least_persons")]
    pub least_persons: f64,
}

/// What the answer is compared with.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct After {
    /// Share of the workers who come; as before when absent. Measured floors are scaled by the ratio of both.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attendance: Option<f64>,
    /// The days (JST); as before when empty. Measured floors are then those of these days, unscaled.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub dates: Vec<Date>,
}

/// Which buildings count as offices where no use is published: tall, large, and of no name that says otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Rule {
    /// Least height, metres.
    pub min_height_m: f64,
    /// Least floor area of all storeys, square metres.
    pub min_floor_area_m2: f64,
}

/// From buildings to people.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Floors {
    /// Height of a storey where their number is not published, metres.
    pub storey_m: f64,
    /// Share of a storey that is offices; the rest is cores, corridors, lobbies and machines.
    pub net_share: f64,
    /// Persons that a square metre of offices is for.
    pub density_m2: f64,
    /// Workers as a share of the capacity.
    pub staffing: f64,
    /// Most area of a storey over 31 m in a building of which only the outline is known (LOD1): towers on podiums are
    /// drawn as one prism there. Square metres.
    pub prism_storey_m2: f64,
    /// Storeys smaller than this are no offices, square metres.
    pub min_storey_m2: f64,
}

/// Storeys of one building.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct KnownStoreys {
    /// Id of the building.
    pub building: String,
    /// Storeys above the ground.
    pub storeys: u32,
}

/// The day of an office. Spreads are standard deviations.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Schedule {
    /// Mean time of arrival.
    pub arrive: Time,
    /// Its spread, minutes.
    pub arrive_spread_min: f64,
    /// Mean time of departure.
    pub leave: Time,
    /// Its spread, minutes.
    pub leave_spread_min: f64,
    /// Mean time of going out for lunch.
    pub lunch_out: Time,
    /// Mean time of coming back.
    pub lunch_back: Time,
    /// Spread of both, minutes.
    pub lunch_spread_min: f64,
    /// Share of those who are there that goes out for lunch.
    pub lunch_share: f64,
    /// Share of a weekday's people who come on a holiday.
    pub holiday_share: f64,
}

/// How much buildings and floors differ from the mean, evenly spread to both sides.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Variation {
    /// Workers of a building, share.
    pub building: f64,
    /// Workers of a floor, share.
    pub floor: f64,
    /// Hours of a building, minutes.
    pub building_min: f64,
    /// Hours of a floor, minutes.
    pub floor_min: f64,
}

/// Lifts. What is not known is designed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Lifts {
    /// Persons of a car, rated.
    pub car_persons: f64,
    /// Share of them in a car that leaves the ground at the peak.
    pub load: f64,
    /// Doors closing and opening, with the pause between, seconds.
    pub door_s: f64,
    /// One person through the door, seconds.
    pub transfer_s: f64,
    /// Acceleration, m/s2.
    pub acceleration_m_s2: f64,
    /// Most floors of one zone.
    pub zone_floors: u32,
    /// Share of the workers that the cars of a designed zone carry in five minutes.
    pub design_share: f64,
    /// Longest interval of a designed zone, seconds.
    pub design_interval_s: f64,
    /// Buildings whose number of cars is known.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub known: Vec<KnownLifts>,
}

/// Lifts of one building.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct KnownLifts {
    /// Id of the building.
    pub building: String,
    /// Passenger cars of all zones together.
    pub cars: u32,
}

/// What areas are.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Areas {
    /// Squares of the plan, or towns (町丁目).
    pub by: AreaKind,
    /// Side of a square, metres.
    pub side_m: f64,
}

/// Kinds of areas.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum AreaKind {
    /// Squares from the site origin, by a building's middle.
    #[default]
    Square,
    /// Towns, by the code that buildings carry.
    Town,
}

impl Default for Rule {
    fn default() -> Self {
        Self { min_height_m: 31.0, min_floor_area_m2: 10_000.0 }
    }
}

impl Default for Floors {
    fn default() -> Self {
        let storey_m = 3.8; // futago_model::STOREY_M, written as people read it
        Self {
            storey_m,
            net_share: 0.65,
            density_m2: 0.125,
            staffing: 0.64,
            prism_storey_m2: 3000.0,
            min_storey_m2: 100.0,
        }
    }
}

impl Default for Schedule {
    fn default() -> Self {
        Self {
            arrive: Time::constant(8, 45, 0, 0),
            arrive_spread_min: 25.0,
            leave: Time::constant(18, 30, 0, 0),
            leave_spread_min: 70.0,
            lunch_out: Time::constant(12, 5, 0, 0),
            lunch_back: Time::constant(12, 55, 0, 0),
            lunch_spread_min: 8.0,
            lunch_share: 0.35,
            holiday_share: 0.08,
        }
    }
}

impl Default for Variation {
    fn default() -> Self {
        Self { building: 0.1, floor: 0.15, building_min: 15.0, floor_min: 10.0 }
    }
}

impl Default for Lifts {
    fn default() -> Self {
        Self {
            car_persons: 24.0,
            load: 0.8,
            door_s: 4.5,
            transfer_s: 1.2,
            acceleration_m_s2: 1.0,
            zone_floors: 15,
            design_share: 0.12,
            design_interval_s: 30.0,
            known: Vec::new(),
        }
    }
}

impl Default for Areas {
    fn default() -> Self {
        Self { by: AreaKind::Square, side_m: 250.0 }
    }
}

fn default_from() -> Time {
    Time::constant(6, 0, 0, 0)
}
fn default_to() -> Time {
    Time::constant(22, 0, 0, 0)
}
fn default_step_min() -> u32 {
    60
}
fn default_attendance() -> f64 {
    1.0
}
fn default_least_persons() -> f64 {
    10.0
}

/// Most days of a question.
const MOST_DATES: usize = 400;

/// Most values of a day.
const MOST_VALUES: u32 = 288;

impl Question {
    /// Everything as usual on one day.
    pub fn on(date: Date) -> Self {
        Self {
            dates: vec![date],
            holidays: Vec::new(),
            from: default_from(),
            to: default_to(),
            step_min: default_step_min(),
            attendance: default_attendance(),
            after: None,
            buildings: Vec::new(),
            area: None,
            bounds_m: None,
            rule: Rule::default(),
            floors: Floors::default(),
            storeys: Vec::new(),
            schedule: Schedule::default(),
            variation: Variation::default(),
            lifts: Lifts::default(),
            areas: Areas::default(),
            occupancy: None,
            bridge_min: 0.0,
            least_persons: default_least_persons(),
        }
    }

    /// Whether a day is a holiday.
    pub fn is_holiday(&self, date: Date) -> bool {
        futago_flow::kind_of_date(date) == futago_flow::DayKind::Holiday || self.holidays.contains(&date)
    }

    /// Finds what the types cannot.
    ///
    /// # Errors
    /// Names the key, what is wrong with it and what would be right.
    pub fn check(&self) -> Result<(), OfficeError> {
        check_dates("office.dates", &self.dates, false)?;
        within("office.attendance", self.attendance, 0.0, 1.0)?;
        if let Some(after) = &self.after {
            if after.attendance.is_none() && after.dates.is_empty() {
                return Err(OfficeError::question("office.after", Fault::NothingCompared));
            }
            within("office.after.attendance", after.attendance.unwrap_or(0.0), 0.0, 1.0)?;
            check_dates("office.after.dates", &after.dates, true)?;
        }
        self.check_period()?;
        self.check_place()?;
        self.floors.check()?;
        for known in &self.storeys {
            within("office.storeys.storeys", f64::from(known.storeys), 1.0, 250.0)?;
        }
        self.schedule.check()?;
        self.lifts.check()?;
        let v = &self.variation;
        within("office.variation.building", v.building, 0.0, 0.5)?;
        within("office.variation.floor", v.floor, 0.0, 0.5)?;
        within("office.variation.building_min", v.building_min, 0.0, 120.0)?;
        within("office.variation.floor_min", v.floor_min, 0.0, 120.0)?;
        within("office.bridge_min", self.bridge_min, 0.0, 720.0)?;
        within("office.least_persons", self.least_persons, 0.0, 1000.0)
    }

    fn check_period(&self) -> Result<(), OfficeError> {
        let minutes = minute_of(self.to) - minute_of(self.from);
        if minutes <= 0.0 {
            return Err(OfficeError::question("office.from", ValueFault::EndsBeforeStart));
        }
        within("office.step_min", f64::from(self.step_min), 5.0, 720.0)?;
        let values = minutes / f64::from(self.step_min);
        if values.fract() != 0.0 || values > f64::from(MOST_VALUES) {
            let fault = Fault::Step { minutes, step_min: f64::from(self.step_min) };
            return Err(OfficeError::question("office.step_min", fault));
        }
        Ok(())
    }

    fn check_place(&self) -> Result<(), OfficeError> {
        if let Some(area) = &self.area {
            area.check("office.area", 1.0, 20_000.0)
                .map_err(|(key, fault)| OfficeError::question(&key, fault))?;
        }
        if let Some([west, south, east, north]) = self.bounds_m {
            if self.area.is_some() {
                return Err(OfficeError::question("office.bounds_m", Fault::TwoAreas));
            }
            within("office.bounds_m", east - west, 1.0, 20_000.0)?;
            within("office.bounds_m", north - south, 1.0, 20_000.0)?;
        }
        within("office.areas.side_m", self.areas.side_m, 20.0, 5000.0)?;
        within("office.rule.min_height_m", self.rule.min_height_m, 0.0, 2000.0)?;
        within("office.rule.min_floor_area_m2", self.rule.min_floor_area_m2, 0.0, 1e7)
    }
}

impl Floors {
    fn check(&self) -> Result<(), OfficeError> {
        within("office.floors.storey_m", self.storey_m, 2.0, 20.0)?;
        within("office.floors.net_share", self.net_share, 0.05, 1.0)?;
        within("office.floors.density_m2", self.density_m2, 0.01, 5.0)?;
        within("office.floors.staffing", self.staffing, 0.0, 3.0)?;
        within("office.floors.prism_storey_m2", self.prism_storey_m2, 100.0, 1e6)?;
        within("office.floors.min_storey_m2", self.min_storey_m2, 1.0, 1e5)
    }
}

impl Schedule {
    /// The day that it describes.
    pub fn day(&self) -> Day {
        let moment = |time, spread_min| Moment { mean_min: minute_of(time), spread_min };
        Day {
            arrive: moment(self.arrive, self.arrive_spread_min),
            leave: moment(self.leave, self.leave_spread_min),
            lunch_out: moment(self.lunch_out, self.lunch_spread_min),
            lunch_back: moment(self.lunch_back, self.lunch_spread_min),
            lunch_share: self.lunch_share,
        }
    }

    fn check(&self) -> Result<(), OfficeError> {
        within("office.schedule.arrive_spread_min", self.arrive_spread_min, 1.0, 240.0)?;
        within("office.schedule.leave_spread_min", self.leave_spread_min, 1.0, 240.0)?;
        within("office.schedule.lunch_spread_min", self.lunch_spread_min, 1.0, 60.0)?;
        within("office.schedule.lunch_share", self.lunch_share, 0.0, 1.0)?;
        within("office.schedule.holiday_share", self.holiday_share, 0.0, 1.0)?;
        let order = [self.arrive, self.lunch_out, self.lunch_back, self.leave];
        if !order.is_sorted_by(|a, b| a < b) {
            return Err(OfficeError::question("office.schedule", Fault::Order));
        }
        Ok(())
    }
}

impl Lifts {
    /// What all cars have in common.
    pub fn car(&self) -> Car {
        Car {
            persons: self.car_persons * self.load,
            door_s: self.door_s,
            transfer_s: self.transfer_s,
            acceleration_m_s2: self.acceleration_m_s2,
        }
    }

    fn check(&self) -> Result<(), OfficeError> {
        within("office.lifts.car_persons", self.car_persons, 2.0, 100.0)?;
        within("office.lifts.load", self.load, 0.1, 1.0)?;
        within("office.lifts.door_s", self.door_s, 0.5, 60.0)?;
        within("office.lifts.transfer_s", self.transfer_s, 0.1, 10.0)?;
        within("office.lifts.acceleration_m_s2", self.acceleration_m_s2, 0.1, 3.0)?;
        within("office.lifts.zone_floors", f64::from(self.zone_floors), 2.0, 100.0)?;
        within("office.lifts.design_share", self.design_share, 0.01, 1.0)?;
        within("office.lifts.design_interval_s", self.design_interval_s, 5.0, 600.0)?;
        let mut known = self.known.iter();
        known.try_for_each(|known| within("office.lifts.known.cars", f64::from(known.cars), 1.0, 200.0))
    }
}

/// Minutes after midnight.
pub(crate) fn minute_of(time: Time) -> f64 {
    f64::from(time.hour()) * 60.0 + f64::from(time.minute()) + f64::from(time.second()) / 60.0
}

fn check_dates(key: &str, dates: &[Date], may_be_empty: bool) -> Result<(), OfficeError> {
    if dates.is_empty() && !may_be_empty {
        return Err(OfficeError::question(key, Fault::NoDates));
    }
    if dates.len() > MOST_DATES {
        let (found, most) = (dates.len() as f64, MOST_DATES as f64);
        return Err(OfficeError::question(key, Fault::Dates { found, most }));
    }
    match dates.iter().enumerate().find(|(i, date)| dates[..*i].contains(date)) {
        Some((_, date)) => Err(OfficeError::question(key, Fault::DateTwice { date: *date })),
        None => Ok(()),
    }
}

fn within(key: &str, value: f64, low: f64, high: f64) -> Result<(), OfficeError> {
    futago_contract::within(value, low, high).map_err(|fault| OfficeError::question(key, fault))
}
