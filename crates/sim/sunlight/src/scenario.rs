//! The question: what a scenario file may ask of sunlight.
//!
//! Lengths in metres, angles in degrees, clock times in Japan Standard Time, dates as `YYYY-MM-DD`.
//! Unknown keys are errors. [`Question::check`] finds what types cannot: empty questions, steps of zero,
//! places outside the city.

use futago_contract::ValueFault;
use jiff::civil::{Date, Time};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{QuestionFault as Fault, SunlightError};

pub use futago_contract::AreaOfInterest;

/// The `[sunlight]` table of a scenario.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Question {
    /// The part of the city to answer for.
    pub area: AreaOfInterest,
    /// The day (JST). Years -2000 to 6000.
    pub date: Date,
    /// Shadows at clock times of that day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shadow: Option<ShadowQuestion>,
    /// Hours of direct sun over a day or a period.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sun_hours: Option<SunHoursQuestion>,
    /// Share of the sky that is seen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sky_view: Option<SkyViewQuestion>,
    /// Clear-sky irradiation over the period of `sun_hours`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub irradiance: Option<IrradianceQuestion>,
    /// Equal-time shadow (日影) of one building, held against the building law.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub equal_time: Option<EqualTimeQuestion>,
    /// Where to answer.
    #[serde(default)]
    pub targets: Targets,
    /// Changes to the city; every answer is then given for both cities and for the difference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub what_if: Option<WhatIf>,
}

/// Shadows at instants.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ShadowQuestion {
    /// Clock times (JST), for example `["09:00", "12:00"]`.
    pub at: Vec<Time>,
}

/// Hours of direct sun. The sun is looked at every `step_min` minutes from `from` to `to`, both included;
/// the first and last look count half.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SunHoursQuestion {
    /// Start of the day's period (JST).
    pub from: Time,
    /// End of the day's period (JST).
    pub to: Time,
    /// Minutes between two looks at the sun.
    #[serde(default = "default_step_min")]
    pub step_min: f64,
    /// Last day of a period of days; only `date` when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Date>,
    /// Every how many days within the period.
    #[serde(default = "default_every_days")]
    pub every_days: u32,
}

/// Sky view factor: the share of the sky's light that an unshaded surface of the same tilt would get.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SkyViewQuestion {
    /// Directions looked into, evenly spread.
    #[serde(default = "default_azimuths")]
    pub azimuths: u32,
}

/// Clear-sky irradiation.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct IrradianceQuestion {
    /// Which clear-sky model.
    #[serde(default)]
    pub model: ClearSkyModel,
    /// Linke turbidity at air mass 2; about 3 on a clear winter day in Tokyo, 4 to 5 in summer.
    #[serde(default = "default_turbidity")]
    pub linke_turbidity: f64,
}

/// Models of the clear sky.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ClearSkyModel {
    /// Ineichen and Perez (2002).
    #[default]
    Ineichen,
}

/// Equal-time shadow (日影規制, Building Standards Act article 56-2).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EqualTimeQuestion {
    /// Id of the building that is judged; in a what-if also the `id` of an added one.
    pub building: String,
    /// Site boundary as longitude, latitude corners; the footprint when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub boundary: Option<Vec<[f64; 2]>>,
    /// Zone whose limits apply.
    pub zone: ShadowZone,
    /// Limits in hours between 5 m and 10 m, and beyond 10 m. The zone's strictest pair when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limits_h: Option<[f64; 2]>,
    /// Height of the measuring plane above the ground, metres. The zone's when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub plane_m: Option<f64>,
    /// Spacing of the measuring grid, metres.
    #[serde(default = "default_shadow_spacing")]
    pub spacing_m: f64,
    /// Minutes between two looks at the sun.
    #[serde(default = "default_shadow_step")]
    pub step_min: f64,
    /// How far round the boundary to look, metres.
    #[serde(default = "default_reach")]
    pub reach_m: f64,
}

/// Zones of 別表第4. Each has a plane and pairs of limits that the local government chooses from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ShadowZone {
    /// 第一種・第二種低層住居専用地域, 田園住居地域: plane 1.5 m; 3/2, 4/2.5 or 5/3 h.
    LowRiseResidential,
    /// 第一種・第二種中高層住居専用地域: plane 4 m; 3/2, 4/2.5 or 5/3 h.
    MidHighRiseResidential,
    /// 第一種・第二種住居, 準住居, 近隣商業, 準工業地域: plane 4 m; 4/2.5 or 5/3 h.
    ResidentialCommercialIndustrial,
}

/// Where to answer.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Targets {
    /// A grid above the ground.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ground: Option<GroundTarget>,
    /// Points on roofs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub roofs: Option<SurfaceTarget>,
    /// Points on walls.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub walls: Option<SurfaceTarget>,
    /// Named places.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub probes: Vec<Probe>,
}

/// A grid above the ground.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GroundTarget {
    /// Distance of grid points, metres.
    pub spacing_m: f64,
    /// Height above the ground, metres.
    #[serde(default)]
    pub height_m: f64,
}

/// Points on surfaces.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SurfaceTarget {
    /// Distance of points, metres.
    pub spacing_m: f64,
    /// Only these buildings; all in the area when empty.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub buildings: Vec<String>,
}

/// A named place: a point, or the south-facing window of a storey.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Probe {
    /// Name in the results.
    pub name: String,
    /// Longitude, degrees.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lon: Option<f64>,
    /// Latitude, degrees.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lat: Option<f64>,
    /// Height above the ground, metres.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub height_m: Option<f64>,
    /// Building id, instead of a place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub building: Option<String>,
    /// Storey of that building, from 1; the eye is 1.5 m above a floor of 4 m a storey.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub storey: Option<u32>,
}

/// Changes to the city.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WhatIf {
    /// Ids of buildings to take away.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub remove: Vec<String>,
    /// Buildings with a new height.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub raise: Vec<Raise>,
    /// New buildings.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub add: Vec<Add>,
}

/// A building with a new height: its roofs are moved up or down together.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Raise {
    /// Id of the building.
    pub building: String,
    /// Height of its highest roof afterwards, metres above the ground.
    pub height_m: f64,
}

/// A new building: an upright prism.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Add {
    /// Id in the results.
    pub id: String,
    /// Corners as longitude, latitude; at least three.
    pub footprint: Vec<[f64; 2]>,
    /// Height above the ground, metres.
    pub height_m: f64,
}

fn default_step_min() -> f64 {
    5.0
}
fn default_every_days() -> u32 {
    1
}
fn default_azimuths() -> u32 {
    64
}
fn default_turbidity() -> f64 {
    3.0
}
fn default_shadow_spacing() -> f64 {
    0.5
}
fn default_shadow_step() -> f64 {
    1.0
}
fn default_reach() -> f64 {
    300.0
}

impl ShadowZone {
    /// Height of the measuring plane above the mean ground, metres (別表第4).
    pub fn plane_m(self) -> f64 {
        match self {
            Self::LowRiseResidential => 1.5,
            Self::MidHighRiseResidential | Self::ResidentialCommercialIndustrial => 4.0,
        }
    }

    /// Strictest pair of limits: hours between 5 m and 10 m, and beyond 10 m (別表第4).
    pub fn limits_h(self) -> [f64; 2] {
        match self {
            Self::LowRiseResidential | Self::MidHighRiseResidential => [3.0, 2.0],
            Self::ResidentialCommercialIndustrial => [4.0, 2.5],
        }
    }
}

/// Most values that one run may hold; keeps memory in bounds.
const MOST_GRID_POINTS: f64 = 24e6;
const MOST_SUNS: f64 = 200_000.0;

impl Question {
    /// Finds what the types cannot.
    ///
    /// # Errors
    /// Names the key, what is wrong with it and what would be right.
    pub fn check(&self) -> Result<(), SunlightError> {
        let asks_points = self.shadow.is_some() || self.sun_hours.is_some() || self.sky_view.is_some();
        if !asks_points && self.irradiance.is_none() && self.equal_time.is_none() {
            return Err(SunlightError::question("sunlight", Fault::NothingAsked));
        }
        if asks_points && self.targets == Targets::default() {
            return Err(SunlightError::question("sunlight.targets", Fault::NoTargets));
        }
        self.area
            .check("sunlight.area", 1.0, 20_000.0)
            .map_err(|(key, fault)| SunlightError::question(&key, fault))?;
        self.check_times()?;
        self.check_targets()?;
        if let Some(equal_time) = &self.equal_time {
            equal_time.check()?;
        }
        self.what_if.iter().try_for_each(WhatIf::check)
    }

    fn check_times(&self) -> Result<(), SunlightError> {
        if let Some(shadow) = &self.shadow
            && shadow.at.is_empty()
        {
            return Err(SunlightError::question("sunlight.shadow.at", Fault::NoTimes));
        }
        if self.irradiance.is_some() && self.sun_hours.is_none() {
            return Err(SunlightError::question("sunlight.irradiance", Fault::NoPeriod));
        }
        if let Some(irradiance) = &self.irradiance {
            within("sunlight.irradiance.linke_turbidity", irradiance.linke_turbidity, 1.0, 10.0)?;
        }
        if let Some(sky) = &self.sky_view {
            within("sunlight.sky_view.azimuths", f64::from(sky.azimuths), 8.0, 720.0)?;
        }
        self.sun_hours.as_ref().map_or(Ok(()), |period| period.check(self.date))
    }

    fn check_targets(&self) -> Result<(), SunlightError> {
        if let Some(ground) = &self.targets.ground {
            within("sunlight.targets.ground.spacing_m", ground.spacing_m, 0.1, 1000.0)?;
            within("sunlight.targets.ground.height_m", ground.height_m, 0.0, 1000.0)?;
            let points = self.area.width_m * self.area.height_m / ground.spacing_m.powi(2);
            if points > MOST_GRID_POINTS {
                let fault = Fault::GridPoints { points, most: MOST_GRID_POINTS };
                return Err(SunlightError::question("sunlight.targets.ground.spacing_m", fault));
            }
        }
        for (key, surface) in [("roofs", &self.targets.roofs), ("walls", &self.targets.walls)] {
            if let Some(surface) = surface {
                within(&format!("sunlight.targets.{key}.spacing_m"), surface.spacing_m, 0.25, 1000.0)?;
            }
        }
        self.targets.probes.iter().try_for_each(Probe::check)
    }
}

impl SunHoursQuestion {
    fn check(&self, date: Date) -> Result<(), SunlightError> {
        within("sunlight.sun_hours.step_min", self.step_min, 0.1, 240.0)?;
        if self.from >= self.to {
            return Err(SunlightError::question("sunlight.sun_hours", ValueFault::EndsBeforeStart));
        }
        if self.every_days == 0 {
            return Err(SunlightError::question("sunlight.sun_hours.every_days", Fault::EveryNoDays));
        }
        let last = self.until.unwrap_or(date);
        if last < date {
            return Err(SunlightError::question(
                "sunlight.sun_hours.until",
                Fault::LastBeforeFirst { last, first: date },
            ));
        }
        let days = (last - date).get_days() as f64 / f64::from(self.every_days) + 1.0;
        let minutes = (self.to - self.from).total(jiff::Unit::Minute).unwrap_or(0.0);
        let suns = days * (minutes / self.step_min + 1.0);
        if suns > MOST_SUNS {
            return Err(SunlightError::question("sunlight.sun_hours", Fault::Suns { suns, most: MOST_SUNS }));
        }
        Ok(())
    }
}

impl EqualTimeQuestion {
    fn check(&self) -> Result<(), SunlightError> {
        within("sunlight.equal_time.spacing_m", self.spacing_m, 0.1, 10.0)?;
        within("sunlight.equal_time.step_min", self.step_min, 0.1, 30.0)?;
        within("sunlight.equal_time.reach_m", self.reach_m, 15.0, 2000.0)?;
        within("sunlight.equal_time.plane_m", self.plane_m.unwrap_or(0.0), 0.0, 100.0)?;
        for limit in self.limits_h.into_iter().flatten() {
            within("sunlight.equal_time.limits_h", limit, 0.0, 8.0)?;
        }
        self.boundary.iter().try_for_each(|ring| check_ring("sunlight.equal_time.boundary", ring))
    }
}

impl Probe {
    fn check(&self) -> Result<(), SunlightError> {
        let place = self.lon.zip(self.lat);
        match (place, &self.building) {
            (Some((lon, lat)), None) => {
                within("sunlight.targets.probes.height_m", self.height_m.unwrap_or(0.0), 0.0, 1000.0)?;
                futago_geodesy::LonLat::new(lon, lat)
                    .map(|_| ())
                    .map_err(|e| SunlightError::question("sunlight.targets.probes", e))
            }
            (None, Some(_)) if self.storey.is_some_and(|s| s > 0) => Ok(()),
            _ => Err(SunlightError::question(
                "sunlight.targets.probes",
                Fault::ProbePlace { name: self.name.clone() },
            )),
        }
    }
}

impl WhatIf {
    fn check(&self) -> Result<(), SunlightError> {
        for raise in &self.raise {
            within("sunlight.what_if.raise.height_m", raise.height_m, 0.1, 2000.0)?;
        }
        for add in &self.add {
            within("sunlight.what_if.add.height_m", add.height_m, 0.1, 2000.0)?;
            check_ring("sunlight.what_if.add.footprint", &add.footprint)?;
        }
        Ok(())
    }
}

fn check_ring(key: &str, ring: &[[f64; 2]]) -> Result<(), SunlightError> {
    if ring.len() < 3 {
        return Err(SunlightError::question(key, ValueFault::Corners));
    }
    ring.iter().try_for_each(|[lon, lat]| {
        futago_geodesy::LonLat::new(*lon, *lat).map(|_| ()).map_err(|e| SunlightError::question(key, e))
    })
}

fn within(key: &str, value: f64, low: f64, high: f64) -> Result<(), SunlightError> {
    futago_contract::within(value, low, high).map_err(|fault| SunlightError::question(key, fault))
}
