//! One spot, one day: when is it in the sun?

use std::sync::Arc;

use futago_contract::ValueFault;
use futago_field::Report;
use futago_geodesy::LonLat;
use futago_model::CityModel;
use jiff::Timestamp;
use jiff::civil::{Date, Time};
use serde::Serialize;

use crate::passes::march::Walls;
use crate::passes::trace_sun::{SurfacePoint, trace_sun};
use crate::prepare::scene::Scene;
use crate::prepare::solid_index::SolidIndex;
use crate::prepare::sun_list::{Station, WeighedSun, instant_jst, jst};
use crate::prepare::targets;
use crate::prepare::wall_index::{CELL_M, WallIndex};
use crate::scenario::WhatIf;
use crate::step::surface::traced_suns;
use crate::{Outside, SunlightError};

/// Minutes of a day.
const MINUTES: i64 = 24 * 60;

/// A stretch of direct sun, Japan Standard Time to the minute.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct SunnyInterval {
    /// First minute.
    pub from: Time,
    /// Last minute.
    pub to: Time,
}

/// The day of one spot, Japan Standard Time to the minute.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SunnyTimes {
    /// Stretches of direct sun.
    pub intervals: Vec<SunnyInterval>,
    /// First minute with the sun over the horizon; none in polar night.
    pub sunrise: Option<Time>,
    /// Last one.
    pub sunset: Option<Time>,
    /// Hours of direct sun.
    pub sun_h: f64,
    /// The building that the spot is inside of, if it is.
    pub inside: Option<String>,
}

/// A city made ready to be asked about one spot after the other.
#[derive(Debug)]
pub struct SunAsker {
    city: Arc<CityModel>,
    scene: Scene,
    walls: WallIndex,
    solids: SolidIndex,
}

impl SunAsker {
    /// Sorts the city's walls and solids, once for all spots.
    ///
    /// # Errors
    /// When the city is too large for the index.
    pub fn new(city: Arc<CityModel>) -> Result<Self, SunlightError> {
        Self::of_scene(city, None)
    }

    /// The same for the city as a what-if changes it.
    ///
    /// # Errors
    /// When the changed city is too large, or the what-if names a building that is not there.
    pub fn changed(city: Arc<CityModel>, what_if: &WhatIf) -> Result<Self, SunlightError> {
        Self::of_scene(city, Some(what_if))
    }

    fn of_scene(city: Arc<CityModel>, what_if: Option<&WhatIf>) -> Result<Self, SunlightError> {
        let scene = Scene::build(&city, what_if, &mut Report::default())?;
        let walls = WallIndex::build(&scene, CELL_M);
        let solids = SolidIndex::new(&scene);
        Ok(Self { city, scene, walls, solids })
    }

    /// Answers for a spot `height_m` above the ground.
    ///
    /// # Errors
    /// When the spot lies outside the city, its height is none, or SPA does not cover the date.
    pub fn ask(&self, place: LonLat, height_m: f64, date: Date) -> Result<SunnyTimes, SunlightError> {
        if !(0.0..=2000.0).contains(&height_m) {
            let fault = ValueFault::Range { value: height_m, low: 0.0, high: 2000.0 };
            return Err(SunlightError::question("height", fault));
        }
        let [x, y] = self.city.about.frame.site_from_lonlat(place)?;
        let [west, south, east, north] = self.city.about.bounds_m;
        if !(x >= west && x <= east && y >= south && y <= north) {
            return Err(targets::outside(&self.city, Outside::Spot));
        }
        let inside = self
            .solids
            .covering(&self.scene, [x, y])
            .find(|s| self.scene.solids[*s as usize].fills(height_m));
        let suns = suns_of_day(&self.city, place, date)?;
        let lit = match inside {
            Some(_) => vec![false; suns.len()],
            None => self.lit_minutes([x, y, height_m], &suns),
        };
        Ok(SunnyTimes {
            intervals: stretches(&suns, &lit),
            sunrise: suns.first().map(|s| clock(s.instant)),
            sunset: suns.last().map(|s| clock(s.instant)),
            sun_h: lit.iter().filter(|l| **l).count() as f64 / 60.0,
            inside: inside.map(|s| self.scene.owners[self.scene.solids[s as usize].owner as usize].clone()),
        })
    }

    fn lit_minutes(&self, at: [f64; 3], suns: &[WeighedSun]) -> Vec<bool> {
        let index = &self.walls;
        let walls = Walls::new(index.grid, &index.cell_blocks, &index.blocks, &index.pyramid);
        let at = [at[0] as f32, at[1] as f32, at[2] as f32, 0.0];
        let point = SurfacePoint { at, normal: [0.0, 0.0, 1.0, 0.0] };
        let lit = traced_suns(suns).into_iter().map(|sun| {
            let mut seen = [[0; 2]];
            trace_sun(&walls, &[point], &[sun], &mut seen);
            seen[0][0] > 0
        });
        lit.collect()
    }
}

fn clock(instant: Timestamp) -> Time {
    instant.to_zoned(jst()).time()
}

/// The suns of every minute of the day that are over the horizon.
fn suns_of_day(city: &CityModel, place: LonLat, date: Date) -> Result<Vec<WeighedSun>, SunlightError> {
    let station = Station::at(&city.about.frame, place)?;
    let midnight = instant_jst(date, Time::midnight())?;
    let mut suns = Vec::new();
    for minute in 0..MINUTES {
        let instant = Timestamp::from_second(midnight.as_second() + minute * 60).unwrap_or(midnight);
        let (sun, _) = station.sun_at(instant)?;
        if sun.is_up() {
            suns.push(WeighedSun { sun, instant, votes: 1, direct_wh_m2: 0.0 });
        }
    }
    Ok(suns)
}

fn stretches(suns: &[WeighedSun], lit: &[bool]) -> Vec<SunnyInterval> {
    let mut found: Vec<SunnyInterval> = Vec::new();
    let mut before = false;
    for (sun, lit) in suns.iter().zip(lit) {
        let now = clock(sun.instant);
        match (found.last_mut(), *lit) {
            (Some(last), true) if before => last.to = now,
            (_, true) => found.push(SunnyInterval { from: now, to: now }),
            _ => {}
        }
        before = *lit;
    }
    found
}
