//! Sunlight in the view: the questions that can be asked of it, as a small form that becomes a scenario.

use std::sync::Arc;

use bevy::prelude::*;
use futago_field::Bilingual;
use futago_geodesy::{GeodesyError, LonLat};
use futago_model::CityModel;
use futago_sunlight::scenario::{
    AreaOfInterest, EqualTimeQuestion, GroundTarget, Question, ShadowQuestion, ShadowZone, SkyViewQuestion,
    SunHoursQuestion, SurfaceTarget, Targets, WhatIf,
};
use jiff::civil::{Time, time};
use serde::{Deserialize, Serialize};

use crate::state::{Pose, ViewState};
use crate::study::Study;

/// What is asked.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Hours of sun on the ground round the place that is looked at.
    #[default]
    SunHours,
    /// Hours of sun on walls and roofs of the marked building.
    Facades,
    /// Share of the sky that is seen from the ground.
    SkyView,
    /// 日影: hours of shadow of the marked building, held against the rule.
    EqualTime,
    /// Who is in the shade when: the ground at many times of the day, to be played.
    Shadows,
}

impl Kind {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::SunHours, Self::Shadows, Self::Facades, Self::SkyView, Self::EqualTime];

    /// Key of its name.
    pub fn key(self) -> &'static str {
        match self {
            Self::SunHours => "view-ask-sun-hours",
            Self::Facades => "view-ask-facades",
            Self::SkyView => "view-ask-sky-view",
            Self::EqualTime => "view-ask-equal-time",
            Self::Shadows => "view-ask-shadows",
        }
    }

    /// Whether it is about the marked building.
    pub fn needs_building(self) -> bool {
        matches!(self, Self::Facades | Self::EqualTime)
    }
}

/// What is set in the form.
#[derive(Resource, Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Form {
    /// What is asked.
    pub kind: Kind,
    /// First and last full hour, Japan Standard Time.
    pub hours: [i8; 2],
    /// Minutes from sun to sun.
    pub step_min: f64,
    /// Minutes from picture to picture of shadows over the day.
    pub picture_min: f64,
    /// Side of the area on the ground, metres.
    pub side_m: f64,
    /// Distance of the grid's points, metres.
    pub spacing_m: f64,
    /// Zone of the shadow rule.
    pub zone: ShadowZone,
}

impl Default for Form {
    fn default() -> Self {
        Self {
            kind: Kind::default(),
            hours: [8, 16],
            step_min: 5.0,
            picture_min: 30.0,
            side_m: 1200.0,
            spacing_m: 2.0,
            zone: ShadowZone::MidHighRiseResidential,
        }
    }
}

impl Form {
    /// The scenario's question, about the state's day and changes.
    ///
    /// # Errors
    /// When the place that is looked at lies outside the plane zone.
    pub fn question(&self, city: &CityModel, state: &ViewState) -> Result<Question, GeodesyError> {
        let building = state.selected.clone().unwrap_or_default();
        let [east, north, _] = state.camera.target_m;
        let middle = if self.kind.needs_building() { place_of(city, state) } else { None };
        let hour = |hour: i8| time(hour.clamp(0, 23), 0, 0, 0);
        let hours: [Time; 2] = self.hours.map(hour);
        let sun_hours = SunHoursQuestion {
            from: hours[0],
            to: hours[1],
            step_min: self.step_min,
            until: None,
            every_days: 1,
        };
        let (ground, surface) =
            (GroundTarget { spacing_m: self.spacing_m, height_m: 0.0 }, self.surface(&building));
        let side_m = if self.kind == Kind::Facades { 400.0 } else { self.side_m };
        let area = area_round(city, middle.unwrap_or([east, north]), side_m)?;
        let sunny = matches!(self.kind, Kind::SunHours | Kind::Facades);
        Ok(Question {
            area,
            date: state.clock.local().date(),
            shadow: (self.kind == Kind::Shadows).then(|| ShadowQuestion { at: self.times() }),
            sun_hours: sunny.then_some(sun_hours),
            sky_view: (self.kind == Kind::SkyView).then_some(SkyViewQuestion { azimuths: 64 }),
            irradiance: None,
            equal_time: (self.kind == Kind::EqualTime).then(|| self.equal_time(building)),
            targets: match self.kind {
                Kind::SunHours | Kind::Shadows | Kind::SkyView => {
                    Targets { ground: Some(ground), ..Targets::default() }
                }
                Kind::Facades => {
                    Targets { walls: Some(surface.clone()), roofs: Some(surface), ..Targets::default() }
                }
                Kind::EqualTime => Targets::default(),
            },
            what_if: (state.what_if != WhatIf::default()).then(|| state.what_if.clone()),
        })
    }

    /// The times that shadows are looked at: from the first full hour to the last.
    fn times(&self) -> Vec<Time> {
        times(self.hours, self.picture_min)
    }

    fn surface(&self, building: &str) -> SurfaceTarget {
        SurfaceTarget { spacing_m: self.spacing_m, buildings: vec![building.to_owned()] }
    }

    fn equal_time(&self, building: String) -> EqualTimeQuestion {
        EqualTimeQuestion {
            building,
            boundary: None,
            zone: self.zone,
            limits_h: None,
            plane_m: None,
            spacing_m: 1.0,
            step_min: 2.0,
            reach_m: 300.0,
        }
    }

    /// The form that comes nearest to a question.
    pub fn of(question: &Question) -> Self {
        let usual = Self::default();
        let surface = question.targets.walls.as_ref().or(question.targets.roofs.as_ref());
        let kind = match question {
            Question { equal_time: Some(_), .. } => Kind::EqualTime,
            Question { sky_view: Some(_), sun_hours: None, .. } => Kind::SkyView,
            Question { shadow: Some(_), sun_hours: None, .. } => Kind::Shadows,
            _ if surface.is_some() && question.targets.ground.is_none() => Kind::Facades,
            _ => Kind::SunHours,
        };
        let spacing = question.targets.ground.as_ref().map(|ground| ground.spacing_m);
        let hours = question.sun_hours.as_ref();
        let times = question.shadow.as_ref().and_then(|q| Some([q.at.first()?.hour(), q.at.last()?.hour()]));
        Self {
            kind,
            hours: hours.map(|q| [q.from.hour(), q.to.hour()]).or(times).unwrap_or(usual.hours),
            picture_min: question.shadow.as_ref().and_then(step_of).unwrap_or(usual.picture_min),
            step_min: hours.map_or(usual.step_min, |q| q.step_min),
            side_m: question.area.width_m.max(question.area.height_m),
            spacing_m: spacing.or(surface.map(|s| s.spacing_m)).unwrap_or(usual.spacing_m),
            zone: question.equal_time.as_ref().map_or(usual.zone, |q| q.zone),
        }
    }

    /// Starts the study.
    pub fn start(&self, city: &Arc<CityModel>, state: &ViewState, study: &mut Study) {
        start(city, self.question(city, state), study);
    }
}

/// Times of the day from the first full hour to the last, every so many minutes.
pub(crate) fn times(hours: [i8; 2], step_min: f64) -> Vec<Time> {
    let step = step_min.clamp(5.0, 120.0) as i16;
    let [first, last] = hours.map(|hour| i16::from(hour.clamp(0, 23)) * 60);
    let minutes = (0..).map(|k| first + k * step).take_while(|minute| *minute <= last);
    minutes.map(|minute| time((minute / 60) as i8, (minute % 60) as i8, 0, 0)).collect()
}

/// Minutes between the first two times.
fn step_of(question: &ShadowQuestion) -> Option<f64> {
    let [first, second, ..] = question.at.as_slice() else { return None };
    (*second - *first).total(jiff::Unit::Minute).ok().filter(|minutes| *minutes > 0.0)
}

/// Starts the study of a question.
fn start(city: &Arc<CityModel>, question: Result<Question, GeodesyError>, study: &mut Study) {
    let city = city.clone();
    study.start(move || futago_sunlight::prepare(city, &question?, Bilingual::default()));
}

/// A view of what a question is about: its area, its day, its changes, its building.
pub fn view_of(question: &Question, city: &CityModel, view: ViewState) -> ViewState {
    let surface = question.targets.walls.as_ref().or(question.targets.roofs.as_ref());
    let building = question.equal_time.as_ref().map(|q| q.building.clone());
    let mut view = ViewState {
        what_if: question.what_if.clone().unwrap_or_default(),
        selected: building.or_else(|| surface.and_then(|s| s.buildings.first().cloned())),
        ..view
    };
    view.clock.set_local(question.date.to_datetime(view.clock.local().time()));
    look_at(&question.area, city, &mut view);
    view
}

/// Looks at an area from above.
pub(crate) fn look_at(area: &AreaOfInterest, city: &CityModel, view: &mut ViewState) {
    // An area beyond the zone is refused by the simulation, with a reason.
    let at = city.about.frame.site_from_lonlat(LonLat { lon_deg: area.lon, lat_deg: area.lat });
    if let Ok([east, north]) = at {
        let distance_m = area.width_m.max(area.height_m) * 1.3;
        view.camera =
            Pose { target_m: [east, north, 0.0], pitch_deg: 48.0, distance_m, ..view.camera }.held();
    }
}

/// A square round a place, as far as there is a city.
pub(crate) fn area_round(
    city: &CityModel,
    at_m: [f64; 2],
    side_m: f64,
) -> Result<AreaOfInterest, GeodesyError> {
    let bounds = city.about.bounds_m;
    let ends = |i: usize| {
        let (low, high) = (at_m[i] - side_m * 0.5, at_m[i] + side_m * 0.5);
        let cut = [low.max(bounds[i]), high.min(bounds[i + 2])];
        // Beyond the city the question is asked as it is, and refused with a reason.
        if cut[0] < cut[1] { cut } else { [low, high] }
    };
    let [[west, east], [south, north]] = [ends(0), ends(1)];
    let centre = city.about.frame.lonlat_from_site([(west + east) * 0.5, (south + north) * 0.5])?;
    // A hand's breadth less, so that rounding does not put it outside.
    let (width_m, height_m) = (east - west - 0.2, north - south - 0.2);
    Ok(AreaOfInterest { lon: centre.lon_deg, lat: centre.lat_deg, width_m, height_m })
}

/// The middle of the marked building, site metres.
fn place_of(city: &CityModel, state: &ViewState) -> Option<[f64; 2]> {
    let id = state.selected.as_deref()?;
    if let Some(new) = state.what_if.add.iter().find(|add| add.id == id) {
        let ring = futago_sunlight::prepare::scene::ring_in_site(city, &new.footprint).ok()?;
        let sum = ring.iter().fold([0.0; 2], |s, p| [s[0] + p[0], s[1] + p[1]]);
        return Some(sum.map(|v| v / ring.len().max(1) as f64));
    }
    let record = &city.buildings.records[city.buildings.find(id)?];
    Some(city.buildings.polygons.get(record.footprint).middle_m())
}

#[cfg(test)]
mod tests {
    use futago_testkit::{BoxSpec, box_city};
    use jiff::civil::date;

    use super::*;
    use crate::clock::Clock;
    use crate::state::Pose;

    #[test]
    fn every_question_of_the_form_can_be_asked() {
        let (a, b) = ([0.0, 0.0, 30.0, 30.0], [100.0, 100.0, 110.0, 110.0]);
        let city = Arc::new(box_city(&[BoxSpec::new("a", a, 60.0), BoxSpec::new("b", b, 8.0)]));
        let pose = Pose { target_m: [15.0, 15.0, 0.0], ..Pose::TOWERS };
        let clock = Clock::standing_at(date(2026, 12, 22), time(12, 0, 0, 0));
        let state = ViewState { selected: Some("a".to_owned()), ..ViewState::new(pose, clock) };
        for kind in Kind::ALL {
            let form = Form { kind, side_m: 100.0, spacing_m: 4.0, ..Form::default() };
            let question = form.question(&city, &state).unwrap();
            let run = futago_sunlight::prepare(city.clone(), &question, Bilingual::default());
            let run = run.unwrap_or_else(|error| panic!("{kind:?}: {error}"));
            assert!(run.steps() > 0, "{kind:?}");
            let back = Form::of(&question);
            assert_eq!((back.kind, back.hours, back.zone), (kind, form.hours, form.zone));
        }
    }
}
