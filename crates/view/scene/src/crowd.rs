//! Crowds in the view: how full the streets are, as a small form that becomes a scenario; closed streets and events.

use std::sync::{Arc, OnceLock};

use bevy::prelude::*;
use futago_crowd::prepare::network::{Link, Streets};
use futago_crowd::scenario::{AreaOfInterest, Closure, NewBuilding, Question, WhatIf};
use futago_field::Bilingual;
use futago_geodesy::{GeodesyError, LonLat};
use futago_model::CityModel;
use futago_office::scenario::Floors;
use futago_sunlight::prepare::scene::{ring_in_site, twice_area};
use futago_sunlight::scenario::Add;
use jiff::civil::Time;
use serde::{Deserialize, Serialize};

use crate::city::{TheCity, TheMaterial};
use crate::field_layer::style_slot;
use crate::material::Side;
use crate::mesh::Triangles;
use crate::mesh::ground::{band, ribbon};
use crate::state::ViewState;
use crate::study::Study;
use crate::sunlight::{area_round, times};

/// What is set in the form.
#[derive(Resource, Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Form {
    /// The whole day, to be played; otherwise the clock's time alone.
    pub day: bool,
    /// First and last full hour of the day, Japan Standard Time.
    pub hours: [i8; 2],
    /// Minutes from time to time over the day.
    pub step_min: f64,
    /// Side of the area, metres.
    pub side_m: f64,
    /// Distance of the points of the density on the ground, metres.
    pub spacing_m: f64,
    /// Whether new buildings of the what-if have workers.
    pub workers: bool,
}

impl Default for Form {
    fn default() -> Self {
        Self { day: false, hours: [7, 20], step_min: 60.0, side_m: 1600.0, spacing_m: 4.0, workers: true }
    }
}

impl Form {
    /// The scenario's question, about the state's place, day and changes. Flows are synthetic.
    ///
    /// # Errors
    /// When the place that is looked at lies outside the plane zone.
    pub fn question(&self, city: &CityModel, state: &ViewState) -> Result<Question, GeodesyError> {
        let [east, north, _] = state.camera.target_m;
        let area = area_round(city, [east, north], self.side_m)?;
        let (lon, lat, width_m, height_m) = (area.lon, area.lat, area.width_m, area.height_m);
        let local = state.clock.local();
        let now = Time::constant(local.hour(), local.minute(), 0, 0);
        let mut what_if = state.walks.clone();
        if self.workers {
            what_if.building.extend(state.what_if.add.iter().filter_map(|add| new_building(city, add)));
        }
        Ok(Question {
            area: AreaOfInterest { lon, lat, width_m, height_m },
            date: local.date(),
            at: if self.day { times(self.hours, self.step_min) } else { vec![now] },
            flows: futago_crowd::scenario::SYNTHETIC.to_owned(),
            spacing_m: self.spacing_m,
            bandwidth_m: 20.0,
            demand: futago_crowd::scenario::DemandQuestion::default(),
            what_if: (what_if != WhatIf::default()).then_some(what_if),
        })
    }

    /// Starts the study.
    pub fn start(&self, city: &Arc<CityModel>, state: &ViewState, study: &mut Study) {
        let (city, question) = (city.clone(), self.question(city, state));
        study.start(move || futago_crowd::prepare(city, &question?, Bilingual::default(), Vec::new()));
    }
}

/// A new building with the people that the model of offices would have work there; none that are too few.
fn new_building(city: &CityModel, add: &Add) -> Option<NewBuilding> {
    let ring = ring_in_site(city, &add.footprint).ok()?;
    let usual = Floors::default();
    let storeys = (add.height_m / usual.storey_m).floor();
    let workers =
        (twice_area(&ring) * 0.5).abs() * storeys * usual.net_share * usual.density_m2 * usual.staffing;
    let corners = ring.len().max(1) as f64;
    let at_m = [0, 1].map(|i| ring.iter().map(|at| at[i]).sum::<f64>() / corners);
    let at = city.about.frame.lonlat_from_site(at_m).ok()?;
    let building = NewBuilding {
        name: add.id.clone(),
        at: [at.lon_deg, at.lat_deg],
        workers: workers.round(),
        busiest_hour_share: 0.5,
    };
    (workers >= 1.0).then_some(building)
}

/// The ways on foot of the city, made when they are first asked for.
#[derive(Resource, Default)]
pub struct Ways(OnceLock<Streets>);

/// A way is clicked from this far away, metres.
const NEAR_M: f64 = 25.0;

impl Ways {
    /// All of them.
    pub fn of(&self, city: &CityModel) -> &Streets {
        self.0.get_or_init(|| Streets::of_city(city))
    }

    /// The way under the sky that is nearest to a place of the plan, if one is near.
    pub fn nearest(&self, city: &CityModel, at_m: [f64; 3]) -> Option<&Link> {
        let outside = self.of(city).links.iter().filter(|link| link.is_outside);
        let away = |link: &&Link| {
            let pairs = link.line_m.windows(2).map(|pair| distance_m([pair[0], pair[1]], [at_m[0], at_m[1]]));
            pairs.fold(f64::INFINITY, f64::min)
        };
        let found = outside.map(|link| (away(&link), link)).min_by(|a, b| a.0.total_cmp(&b.0));
        found.filter(|(away, _)| *away <= NEAR_M).map(|(_, link)| link)
    }
}

fn distance_m([a, b]: [[f64; 2]; 2], at: [f64; 2]) -> f64 {
    let (along, to) = ([b[0] - a[0], b[1] - a[1]], [at[0] - a[0], at[1] - a[1]]);
    let square = along[0] * along[0] + along[1] * along[1];
    let share = ((to[0] * along[0] + to[1] * along[1]) / square.max(1e-9)).clamp(0.0, 1.0);
    (to[0] - along[0] * share).hypot(to[1] - along[1] * share)
}

/// Whether a closure means this way. Closed areas are drawn by the result alone.
fn closes(closure: &Closure, link: &Link) -> bool {
    closure.street.as_ref().is_some_and(|name| link.name == *name)
        || closure.link.as_ref().is_some_and(|id| link.id == *id)
}

/// Closed ways and places of events.
#[derive(Component)]
pub struct ChangedWays;

/// Width of a closed way and height over it, metres.
const CLOSED_M: [f32; 2] = [4.0, 1.8];
/// Radius of the ring round an event, metres.
const RING_M: f64 = 14.0;

/// Draws closed ways and events when they changed.
pub fn draw_changes(
    state: Res<ViewState>,
    ways: Res<Ways>,
    city: Res<TheCity>,
    material: Res<TheMaterial>,
    old: Query<Entity, With<ChangedWays>>,
    mut last: Local<WhatIf>,
    mut meshes: ResMut<Assets<Mesh>>,
    mut commands: Commands,
) {
    if *last == state.walks {
        return;
    }
    *last = state.walks.clone();
    old.iter().for_each(|entity| commands.entity(entity).despawn());
    let triangles = changes(&state.walks, ways.of(&city.model), &city.model);
    if !triangles.is_empty() {
        let mesh = Mesh3d(meshes.add(triangles.into_mesh()));
        let part = (ChangedWays, mesh, MeshMaterial3d(material.0.clone()));
        commands.spawn((part, bevy::light::NotShadowCaster));
    }
}

fn changes(walks: &WhatIf, streets: &Streets, city: &CityModel) -> Triangles {
    let mut triangles = Triangles::default();
    let slot = |style| style_slot(style, city.buildings.records.len(), Side::Both).unwrap_or_default();
    let [width_m, over_m] = CLOSED_M;
    for link in streets.links.iter().filter(|link| walks.close.iter().any(|closure| closes(closure, link))) {
        let last = link.line_m.len().saturating_sub(1).max(1) as f64;
        let at = |(i, [x, y]): (usize, &[f64; 2])| {
            let height_m = streets.height_along_m(link, i as f64 / last) as f32;
            [*x as f32, *y as f32, height_m + over_m]
        };
        let line: Vec<[f32; 3]> = link.line_m.iter().enumerate().map(at).collect();
        band(&mut triangles, &line, width_m, slot("violation"));
    }
    for event in &walks.event {
        let place = LonLat { lon_deg: event.at[0], lat_deg: event.at[1] };
        let Ok([x, y]) = city.about.frame.site_from_lonlat(place) else { continue };
        let corner = |i: u32| {
            let (sine, cosine) = (f64::from(i) / 24.0 * std::f64::consts::TAU).sin_cos();
            [(x + RING_M * cosine) as f32, (y + RING_M * sine) as f32]
        };
        let ring: Vec<[f32; 2]> = (0..=24).map(corner).collect();
        ribbon(&mut triangles, &ring, width_m, over_m, slot("event"));
    }
    triangles
}
