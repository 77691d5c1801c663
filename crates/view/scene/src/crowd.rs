//! Crowds in the view: how full the streets are, as a small form that becomes a scenario; closed streets and events.

use std::sync::{Arc, OnceLock};

use bevy::prelude::*;
use futago_crowd::prepare::network::{Link, Streets};
use futago_crowd::scenario::{
    AreaOfInterest, BUILT_IN, Closure, CountsQuestion, NewBuilding, Question, SYNTHETIC, WhatIf,
};
use futago_field::Bilingual;
use futago_flow::{Flows, Period};
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
use crate::sunlight::{area_round, look_at, times};

/// Where flows come from.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Flow {
    /// A made-up working day.
    #[default]
    Synthetic,
    /// The flows that the window has: what was counted, the first period and the last; with a change of the streets
    /// a model fitted to the first.
    Counted,
}

/// Counted flows on the streets, where there are some.
#[derive(Resource, Debug, Clone, Default)]
pub struct CountedFlows(pub Option<Arc<Flows>>);

/// What is set in the form.
#[derive(Resource, Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Form {
    /// Where flows come from.
    pub flow: Flow,
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
        Self {
            flow: Flow::Synthetic,
            day: false,
            hours: [7, 20],
            step_min: 60.0,
            side_m: 1600.0,
            spacing_m: 4.0,
            workers: true,
        }
    }
}

impl Form {
    /// The scenario's question, about the state's place, day and changes; counted flows are asked for where there are
    /// some.
    ///
    /// # Errors
    /// When the place that is looked at lies outside the plane zone.
    pub fn question(
        &self,
        city: &CityModel,
        state: &ViewState,
        flows: &CountedFlows,
    ) -> Result<Question, GeodesyError> {
        let [east, north, _] = state.camera.target_m;
        let area = area_round(city, [east, north], self.side_m)?;
        let (lon, lat, width_m, height_m) = (area.lon, area.lat, area.width_m, area.height_m);
        let local = state.clock.local();
        let now = Time::constant(local.hour(), local.minute(), 0, 0);
        let mut what_if = state.walks.clone();
        if self.workers {
            what_if.building.extend(state.what_if.add.iter().filter_map(|add| new_building(city, add)));
        }
        let what_if = (what_if != WhatIf::default()).then_some(what_if);
        let flows = flows.0.as_deref().filter(|_| self.flow == Flow::Counted);
        let counts = match (flows, &what_if) {
            (Some(flows), None) => compared(flows),
            _ => CountsQuestion::default(),
        };
        Ok(Question {
            area: AreaOfInterest { lon, lat, width_m, height_m },
            date: local.date(),
            at: if self.day { times(self.hours, self.step_min) } else { vec![now] },
            flows: if flows.is_some() { BUILT_IN } else { SYNTHETIC }.to_owned(),
            counts,
            spacing_m: self.spacing_m,
            bandwidth_m: 20.0,
            demand: futago_crowd::scenario::DemandQuestion::default(),
            what_if,
        })
    }

    /// The form that comes nearest to a question.
    pub fn of(question: &Question) -> Self {
        let usual = Self::default();
        let (first, last) = (question.at.iter().min(), question.at.iter().max());
        let step = question.at.get(1).zip(first).map(|(second, first)| *second - *first);
        let step_min = step.and_then(|step| step.total(jiff::Unit::Minute).ok()).filter(|step| *step > 0.0);
        Self {
            flow: if question.is_synthetic() { Flow::Synthetic } else { Flow::Counted },
            day: question.at.len() > 1,
            hours: first.zip(last).map_or(usual.hours, |(first, last)| [first.hour(), last.hour()]),
            step_min: step_min.unwrap_or(usual.step_min),
            side_m: question.area.width_m.max(question.area.height_m),
            spacing_m: question.spacing_m,
            workers: usual.workers,
        }
    }

    /// Starts the study.
    pub fn start(&self, city: &Arc<CityModel>, state: &ViewState, flows: &CountedFlows, study: &mut Study) {
        let (city, question, flows) = (city.clone(), self.question(city, state, flows), flows.0.clone());
        study.start(move || futago_crowd::prepare_with_flows(city, &question?, Bilingual::default(), flows));
    }
}

/// A view of what a question is about: its area, its day and first time, its changes.
pub(crate) fn view_of(question: &Question, city: &CityModel, view: ViewState) -> ViewState {
    let mut view = ViewState { walks: question.what_if.clone().unwrap_or_default(), ..view };
    let time = question.at.iter().min().copied().unwrap_or_else(|| view.clock.local().time());
    view.clock.set_local(question.date.to_datetime(time));
    look_at(&question.area, city, &mut view);
    view
}

/// The first period of some flows beside the last.
fn compared(flows: &Flows) -> CountsQuestion {
    let name = |period: Option<&Period>| period.map(|period| period.name.clone());
    let (first, last) = (name(flows.periods().first()), name(flows.periods().last()));
    CountsQuestion {
        compare: last.filter(|last| Some(last) != first.as_ref()),
        period: first,
        days: None,
        only: true,
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
#[expect(clippy::too_many_arguments, reason = "a system names what it touches")]
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
        ribbon(&mut triangles, &ring, width_m, [over_m; 2], slot("event"));
    }
    triangles
}

#[cfg(test)]
mod tests {
    use futago_crowd::scenario::Event;
    use futago_testkit::{BoxSpec, box_city};
    use jiff::civil::date;

    use super::*;
    use crate::clock::Clock;
    use crate::state::{Command, History, Pose};

    fn city() -> CityModel {
        box_city(&[
            BoxSpec::new("a", [0.0, 0.0, 30.0, 30.0], 60.0),
            BoxSpec::new("b", [300.0, 300.0, 310.0, 310.0], 8.0),
        ])
    }

    fn state() -> ViewState {
        let pose = Pose { target_m: [15.0, 15.0, 0.0], ..Pose::TOWERS };
        ViewState::new(pose, Clock::standing_at(date(2026, 11, 24), Time::constant(8, 30, 0, 0)))
    }

    #[test]
    fn the_form_asks_at_the_clock_or_over_the_day() {
        let (city, state, none) = (city(), state(), CountedFlows::default());
        let now = Form::default().question(&city, &state, &none).unwrap();
        now.check().unwrap();
        assert_eq!((now.at.as_slice(), now.what_if.is_none()), (&[Time::constant(8, 30, 0, 0)][..], true));
        let day = Form { day: true, flow: Flow::Counted, ..Form::default() };
        let day = day.question(&city, &state, &none).unwrap();
        assert_eq!(day.at.len(), 14);
        assert!(day.is_synthetic(), "nobody counted");
    }

    #[test]
    fn a_new_tower_brings_its_workers() {
        let (city, mut state) = (city(), state());
        let corner = |at| city.about.frame.lonlat_from_site(at).map(|p| [p.lon_deg, p.lat_deg]).unwrap();
        let footprint = [[60.0, 0.0], [100.0, 0.0], [100.0, 50.0], [60.0, 50.0]].map(corner).to_vec();
        state.what_if.add.push(Add { id: "new".to_owned(), footprint, height_m: 38.5 });
        let ask = |workers| {
            let form = Form { workers, ..Form::default() };
            form.question(&city, &state, &CountedFlows::default()).unwrap().what_if
        };
        // 2,000 m2 on 10 storeys, 65 % of it offices for 0.125 persons/m2, of which 64 % work there.
        let workers = ask(true).unwrap().building[0].workers;
        assert!((workers - 20_000.0 * 0.65 * 0.125 * 0.64).abs() < 5.0, "{workers}");
        assert!(ask(false).is_none());
    }

    #[test]
    fn closures_and_events_are_drawn_and_taken_back() {
        let (city, mut state, mut history) = (city(), state(), History::default());
        let start = state.clone();
        let street = |name: &str| Closure { street: Some(name.to_owned()), ..Closure::default() };
        let at = city.about.frame.lonlat_from_site([10.0, 10.0]).unwrap();
        let event = Event {
            name: "concert".to_owned(),
            at: [at.lon_deg, at.lat_deg],
            to: Vec::new(),
            persons_per_hour: 500.0,
        };
        for _ in 0..2 {
            history.apply(&mut state, &Command::Close(street("a")));
            history.apply(&mut state, &Command::Gather(event.clone()));
        }
        assert_eq!((state.walks.close.len(), state.walks.event.len()), (1, 1), "once each");
        let link = |name: &str| Link {
            id: name.to_owned(),
            name: name.to_owned(),
            from: 0,
            to: 0,
            kind: futago_model::WalkKind::Walkway,
            level: 0.0,
            width_m: 3.0,
            length_m: 10.0,
            one_way: false,
            is_outside: true,
            line_m: vec![[0.0, 0.0], [10.0, 0.0]],
        };
        let node = futago_crowd::prepare::network::Node {
            at_m: [0.0; 3],
            level: 0.0,
            is_door: false,
            is_joined: true,
        };
        let streets = Streets { nodes: vec![node], links: vec![link("a"), link("b")] };
        let both = changes(&state.walks, &streets, &city).indices.len();
        history.apply(&mut state, &Command::Reopen(street("a")));
        assert_eq!(both - changes(&state.walks, &streets, &city).indices.len(), 6, "one street of one piece");
        history.apply(&mut state, &Command::Disperse("concert".to_owned()));
        assert!(changes(&state.walks, &streets, &city).is_empty());
        for _ in 0..4 {
            history.apply(&mut state, &Command::Undo);
        }
        assert_eq!(state, start);
    }
}
