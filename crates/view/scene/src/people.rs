//! People on the streets, as marks that walk while the clock plays.
//!
//! A result says how many pass each street in an hour ([`flow_of`]); `futago_crowd::animate` makes places of that. The
//! result does not say which way people go, so half of them go each way. They walk faster than real people, at one
//! speed however fast the clock runs, and how many there are follows the clock. One mark stands for [`People::one_of`]
//! people: it is a picture of flows, and nobody's way.

use bevy::camera::visibility::NoFrustumCulling;
use bevy::prelude::*;
use futago_crowd::animate::{Lane, Walker, Walkers};
use futago_crowd::fundamental::{density_of_flow_m2, weidmann_speed_m_s};
use futago_field::{Field, LinkSet, Support, Variant};

use crate::camera::Eye;
use crate::city::{TheCity, TheMaterial};
use crate::field_layer::{ShownField, flow_of, style_slot};
use crate::material::Side;
use crate::mesh::Triangles;
use crate::state::ViewState;
use crate::study::Results;

/// Everyone who walks.
#[derive(Resource, Default)]
pub struct People {
    /// How many people a mark stands for; none when nobody is shown.
    pub one_of: Option<u64>,
    crowds: Vec<(Side, Walkers)>,
    of: Vec<(Side, usize)>,
    time_s: f64,
    drawn: Option<Drawn>,
}

/// What the marks that are drawn depend on: time, place of the eye.
type Drawn = (u64, Vec3);

/// The marks.
#[derive(Component)]
pub struct Marks;

/// Marks at once, at most about.
const MOST: f64 = 4_000.0;
/// So many times faster than people walk.
const FASTER: f64 = 8.0;
/// The longest frame that people walk on in, seconds.
const LONGEST_S: f64 = 0.25;
/// When the picture begins, everybody is on their way, seconds.
const BEGIN_S: f64 = 7_200.0;
/// Length of the one bin; nobody looks so long, seconds.
const BIN_S: f64 = 1e9;
/// Half of a mark, as a part of its distance from the eye, and at least, metres.
const SIZE: f32 = 0.0028;
const SMALLEST_M: f32 = 0.9;
/// Marks farther than this are not drawn, metres.
const REACH_M: f32 = 2_600.0;
/// Height of a mark's middle over its street, metres.
const OVER_M: f32 = 1.9;

/// Lets people walk.
#[expect(clippy::too_many_arguments, reason = "a system names what it touches")]
pub fn walk(
    state: Res<ViewState>,
    shown: Res<ShownField>,
    results: Res<Results>,
    city: Res<TheCity>,
    material: Res<TheMaterial>,
    time: Res<Time>,
    eye: Single<&Transform, With<Eye>>,
    old: Query<Entity, With<Marks>>,
    mut people: ResMut<People>,
    mut meshes: ResMut<Assets<Mesh>>,
    mut commands: Commands,
) {
    if shown.is_changed() || results.is_changed() || state.is_changed() {
        gather(&mut people, &state, &shown, &results);
    }
    if people.crowds.is_empty() {
        old.iter().for_each(|entity| commands.entity(entity).despawn());
        return;
    }
    if state.clock.playing {
        people.time_s += time.delta_secs_f64().min(LONGEST_S) * FASTER;
    }
    let now = (people.time_s.to_bits(), eye.translation);
    if people.drawn == Some(now) {
        return;
    }
    people.drawn = Some(now);
    old.iter().for_each(|entity| commands.entity(entity).despawn());
    let mut triangles = Triangles::default();
    for (side, walkers) in &people.crowds {
        let buildings = city.model.buildings.records.len();
        let slot = |style| style_slot(style, buildings, *side).unwrap_or_default() as f32;
        let slots = ["walker-rim", "walker"].map(slot);
        for walker in walkers.positions(BEGIN_S + people.time_s) {
            mark(&mut triangles, &walker, &eye, slots);
        }
    }
    let mesh = Mesh3d(meshes.add(triangles.into_mesh()));
    let part = (Marks, mesh, MeshMaterial3d(material.0.clone()));
    commands.spawn((part, NoFrustumCulling, bevy::light::NotShadowCaster));
}

/// Finds the flows that belong to what is shown.
fn gather(people: &mut People, state: &ViewState, shown: &ShownField, results: &Results) {
    let set = results.set.as_deref().filter(|_| state.layers.people);
    let flow = |side: Side, field: &Field| {
        // A difference is no flow: people walk as after the change.
        let field = match field.variant {
            Variant::Difference => {
                let is_after = |f: &&Field| {
                    f.variant == Variant::WhatIf
                        && f.time == field.time
                        && matches!(f.support, Support::Links(_))
                };
                set?.fields.iter().find(is_after)?
            }
            _ => field,
        };
        Some((side, flow_of(set?, field)?))
    };
    let flows: Vec<(Side, &Field)> =
        shown.sides().into_iter().filter_map(|(side, shown)| flow(side, &shown.field)).collect();
    // Fields of other results are others in memory.
    let of: Vec<(Side, usize)> =
        flows.iter().map(|(side, f)| (*side, std::ptr::from_ref(*f) as usize)).collect();
    if people.of == of {
        return;
    }
    (people.of, people.drawn) = (of, None);
    people.crowds = flows.iter().filter_map(|(side, field)| Some((*side, walkers(field)?))).collect();
    let most = people.crowds.iter().map(|(_, walkers)| expected(walkers)).fold(0.0, f64::max);
    let one_of = [1, 2, 5, 10, 20, 50, 100, 200, 500].into_iter().find(|n| most / *n as f64 <= MOST);
    let one_of = one_of.unwrap_or(1_000);
    people.crowds.iter_mut().for_each(|(_, walkers)| walkers.one_of = one_of);
    people.one_of = (!people.crowds.is_empty()).then_some(one_of);
}

/// How many people are on the streets.
fn expected(walkers: &Walkers) -> f64 {
    let on = |lane: &Lane| {
        let plan = lane.line_m.windows(2).map(|w| (w[1][0] - w[0][0]).hypot(w[1][1] - w[0][1]));
        let flow_s: f64 = lane.flows_s.iter().flatten().sum();
        flow_s * plan.sum::<f64>() / lane.speeds_m_s.first().copied().unwrap_or(1.0).max(0.05)
    };
    walkers.lanes.iter().map(on).sum()
}

/// Half of the people of each street walk each way.
fn walkers(flow: &Field) -> Option<Walkers> {
    let Support::Links(links) = &flow.support else { return None };
    let lanes = flow.values.iter().enumerate().map(|(index, persons_h)| lane(links, index, *persons_h));
    Some(Walkers { lanes: lanes.collect(), bin_s: BIN_S, one_of: 1, seed: 1 })
}

fn lane(links: &LinkSet, index: usize, persons_h: f32) -> Lane {
    let line = links.line_m(index);
    let height = |vertex: Option<&[f32; 3]>| vertex.map_or(0.0, |v| f64::from(v[2]));
    let width_m = f64::from(links.width_m[index]);
    let flow_s = if persons_h.is_finite() { f64::from(persons_h.max(0.0)) / 3600.0 } else { 0.0 };
    let speed_m_s = weidmann_speed_m_s(density_of_flow_m2(flow_s / width_m.max(0.1)));
    Lane {
        line_m: line.iter().map(|[x, y, _]| [f64::from(*x), f64::from(*y)]).collect(),
        heights_m: [height(line.first()), height(line.last())],
        width_m,
        flows_s: [vec![flow_s * 0.5], vec![flow_s * 0.5]],
        speeds_m_s: vec![speed_m_s],
    }
}

/// A diamond that faces the eye, with a dark rim.
fn mark(triangles: &mut Triangles, walker: &Walker, eye: &Transform, [rim, inner]: [f32; 2]) {
    let [east, north, up] = walker.at_m;
    let at = Vec3::new(east, up + OVER_M, -north);
    let away = at.distance(eye.translation);
    if away > REACH_M {
        return;
    }
    let half = (away * SIZE).max(SMALLEST_M);
    let toward = (eye.translation - at) / away.max(0.1);
    for (size, slot, nearer) in [(half, rim, 0.0), (half * 0.62, inner, half * 0.3)] {
        let at = at + toward * nearer;
        let corners = [-eye.right(), -eye.up(), eye.right(), eye.up()].map(|side| {
            let corner = at + side * size;
            triangles.corner([corner.x, -corner.z, corner.y], [0.0, 0.0, 1.0], [0.0; 2], [slot, 0.0])
        });
        triangles.indices.extend([0, 1, 2, 0, 2, 3].map(|corner: usize| corners[corner]));
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use futago_field::{Quantity, Scale};

    use super::*;

    #[test]
    fn as_many_walk_as_the_flow_says_and_they_move() {
        let links = LinkSet {
            kind: "streets".to_owned(),
            vertices_m: vec![[0.0, 0.0, 0.0], [1_000.0, 0.0, 10.0], [0.0, 50.0, 0.0], [10.0, 50.0, 0.0]],
            ends: vec![2, 4],
            id: vec!["a".to_owned(), "b".to_owned()],
            name: vec![String::new(); 2],
            width_m: vec![10.0; 2],
        };
        let field = Field {
            key: "flow".to_owned(),
            quantity: Quantity { key: "flow".to_owned(), unit: "1/h".to_owned(), scale: Scale::Load },
            variant: Variant::AsIs,
            support: Support::Links(Arc::new(links)),
            values: vec![1_800.0, f32::NAN],
            time_label: String::new(),
            time: None,
        };
        let walkers = walkers(&field).unwrap();
        let people = walkers.positions(BEGIN_S);
        // Half a person a second on a kilometre at 1.34 m/s, and nobody where nothing is known.
        let wanted = 0.5 * 1_000.0 / 1.34;
        assert!((expected(&walkers) / wanted - 1.0).abs() < 0.02, "{}", expected(&walkers));
        assert!((people.len() as f64 / wanted - 1.0).abs() < 0.1, "{} of {wanted}", people.len());
        assert!(people.iter().all(|walker| walker.at_m[1].abs() <= 5.0));
        assert_ne!(people, walkers.positions(BEGIN_S + 1.0));
    }
}
