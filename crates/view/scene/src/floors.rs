//! Results on floors: the storeys of a building as slabs, one above the other, drawn apart when asked for.
//!
//! A slab is what the building's solids cover at half the storey's height, so that a tower that steps back does so
//! here. The building itself is hidden meanwhile. When a building of the result is marked only it is stacked; else
//! all of them are.

use std::collections::HashSet;
use std::sync::Arc;

use bevy::prelude::*;
use futago_field::{FloorSet, Support};
use futago_model::{Buildings, PolygonView, Solid};

use crate::city::{TheCity, TheMaterial};
use crate::field_layer::{ShownField, ShownValues};
use crate::material::{STRUCTURE_SLOT, Side, side_slot};
use crate::mesh::{Triangles, metres};
use crate::state::ViewState;

/// The slabs.
#[derive(Component)]
pub struct Slabs;

/// Part of a storey's height that its slab takes; the rest is the gap to the next.
const SLAB: f32 = 0.66;
/// Storeys are drawn as many times higher at most.
const FARTHEST: f32 = 3.0;

/// How much higher storeys lie when they are drawn apart, 0 to 1.
pub fn stretch(apart: f64) -> f64 {
    1.0 + (f64::from(FARTHEST) - 1.0) * apart
}

/// The floors that a result is on.
fn floors_of(shown: &ShownValues) -> Option<&Arc<FloorSet>> {
    match &shown.field.support {
        Support::Floors(floors) => Some(floors),
        _ => None,
    }
}

/// Numbers of the buildings that are drawn as slabs.
pub fn stacked(city: &TheCity, shown: &ShownField, state: &ViewState) -> HashSet<usize> {
    let Some(floors) = shown.field.as_deref().and_then(floors_of) else { return HashSet::new() };
    let all: HashSet<usize> = floors.buildings.index.iter().map(|index| *index as usize).collect();
    let marked = state.selected.as_deref().and_then(|id| city.find(id)).filter(|index| all.contains(index));
    marked.map_or(all, |index| HashSet::from([index]))
}

/// What slabs depend on: the fields, the marked building, how far apart.
type Key = (Vec<usize>, Option<String>, u64);

/// Draws them anew when something about them changed.
#[expect(clippy::too_many_arguments, reason = "a system names what it touches")]
pub fn stack(
    shown: Res<ShownField>,
    state: Res<ViewState>,
    city: Res<TheCity>,
    material: Res<TheMaterial>,
    mut meshes: ResMut<Assets<Mesh>>,
    old: Query<Entity, With<Slabs>>,
    mut last: Local<Key>,
    mut commands: Commands,
) {
    let on_floors: Vec<_> =
        shown.sides().into_iter().filter(|(_, shown)| floors_of(shown).is_some()).collect();
    let now: Key = if on_floors.is_empty() {
        Key::default()
    } else {
        let fields = on_floors.iter().map(|(_, shown)| Arc::as_ptr(shown) as usize).collect();
        (fields, state.selected.clone(), state.apart.to_bits())
    };
    if *last == now {
        return;
    }
    *last = now;
    for entity in &old {
        commands.entity(entity).despawn();
    }
    let wanted = stacked(&city, &shown, &state);
    for (side, shown) in on_floors {
        let triangles = slabs(&city.model.buildings, shown, &wanted, side, stretch(state.apart) as f32);
        if !triangles.is_empty() {
            let mesh = Mesh3d(meshes.add(triangles.into_mesh()));
            commands.spawn((Slabs, mesh, MeshMaterial3d(material.0.clone())));
        }
    }
}

/// A slab a floor of the wanted buildings.
fn slabs(
    buildings: &Buildings,
    shown: &ShownValues,
    wanted: &HashSet<usize>,
    side: Side,
    stretch: f32,
) -> Triangles {
    let mut triangles = Triangles::default();
    let Some(floors) = floors_of(shown) else { return triangles };
    for (floor, value) in shown.field.values.iter().enumerate() {
        let index = floors.buildings.index[floors.building[floor] as usize] as usize;
        let Some(record) = buildings.records.get(index).filter(|_| wanted.contains(&index)) else { continue };
        let (bottom, top) = (floors.bottom_m[floor], floors.top_m[floor]);
        let slot = match value.is_nan() {
            true => STRUCTURE_SLOT,
            false => side_slot(buildings.records.len(), side, shown.step(*value)),
        };
        let middle = (bottom + top) * 0.5;
        let is_there = |solid: &&Solid| (solid.bottom_m..solid.top_m).contains(&middle);
        let mut plans: Vec<PolygonView<'_>> = buildings
            .solids_of(record)
            .iter()
            .filter(is_there)
            .map(|solid| buildings.polygons.get(solid.polygon))
            .collect();
        if plans.is_empty() {
            plans.push(buildings.polygons.get(record.footprint));
        }
        let low = bottom * stretch;
        slab(&mut triangles, &plans, [low, low + (top - bottom) * SLAB], slot);
    }
    triangles
}

/// Tells the shader that a result's colour is that of a slab: darker towards its foot, so that storeys part.
const IS_SLAB: f32 = 1.0;

type Edge = ([i32; 2], [i32; 2]);

/// Some plans as one slab. Where two of them meet there is no wall.
fn slab(triangles: &mut Triangles, plans: &[PolygonView<'_>], [low, high]: [f32; 2], slot: usize) {
    let edges = |plan: &PolygonView<'_>| -> Vec<Edge> {
        let rings = plan.rings_mm();
        rings.flat_map(|ring| (0..ring.len()).map(move |i| (ring[i], ring[(i + 1) % ring.len()]))).collect()
    };
    let all: HashSet<Edge> = plans.iter().flat_map(edges).collect();
    let object = [slot as f32, IS_SLAB];
    for plan in plans {
        for (up, height) in [(1.0, high), (-1.0, low)] {
            let first = triangles.positions.len() as u32;
            for vertex in plan.vertices_mm {
                let [x, y] = metres(*vertex);
                triangles.corner([x, y, height], [0.0, 0.0, up], [x, up.max(0.0)], object);
            }
            for [a, b, c] in plan.triangles.iter().map(|corners| corners.map(|c| first + u32::from(c))) {
                triangles.indices.extend(if up > 0.0 { [a, b, c] } else { [a, c, b] });
            }
        }
        for (start, end) in edges(plan).into_iter().filter(|(a, b)| !all.contains(&(*b, *a))) {
            wall(triangles, [metres(start), metres(end)], [low, high], object);
        }
    }
}

fn wall(triangles: &mut Triangles, [a, b]: [[f32; 2]; 2], [low, high]: [f32; 2], object: [f32; 2]) {
    let length = (b[0] - a[0]).hypot(b[1] - a[1]);
    if length <= 0.0 {
        return;
    }
    let normal = [(b[1] - a[1]) / length, (a[0] - b[0]) / length, 0.0];
    let corners = [(a, low, 0.0), (b, low, 0.0), (b, high, 1.0), (a, high, 1.0)]
        .map(|(at, z, share)| triangles.corner([at[0], at[1], z], normal, [0.0, share], object));
    triangles.indices.extend([0, 1, 2, 0, 2, 3].map(|corner: usize| corners[corner]));
}

#[cfg(test)]
mod tests {
    use futago_field::{BuildingSet, Field, Quantity, Scale, Variant};
    use futago_testkit::{BoxSpec, box_city};

    use super::*;
    use crate::clock::Clock;
    use crate::state::Pose;

    /// Two towers of which one has a wide foot of two pieces, with two floors each.
    fn city() -> TheCity {
        let foot = BoxSpec::new("a", [0.0, 0.0, 10.0, 10.0], 8.0);
        let more = BoxSpec::new("a", [10.0, 0.0, 20.0, 10.0], 4.0);
        let other = BoxSpec::new("b", [50.0, 0.0, 60.0, 10.0], 8.0);
        TheCity::new(Arc::new(box_city(&[foot, more, other])))
    }

    fn shown() -> ShownValues {
        let floors = FloorSet {
            buildings: BuildingSet { id: vec!["a".to_owned(), "b".to_owned()], index: vec![0, 1] },
            building: vec![0, 0, 1, 1],
            floor: vec![1, 2, 1, 2],
            bottom_m: vec![0.0, 4.0, 0.0, 4.0],
            top_m: vec![4.0, 8.0, 4.0, 8.0],
            area_m2: vec![100.0; 4],
        };
        let quantity = Quantity { key: "level".to_owned(), unit: "1".to_owned(), scale: Scale::Load };
        let field = Field {
            key: "level-floors".to_owned(),
            quantity,
            variant: Variant::AsIs,
            support: Support::Floors(Arc::new(floors)),
            values: vec![0.1, 0.2, 0.3, f32::NAN],
            time_label: String::new(),
            time: None,
        };
        ShownValues::new(field).unwrap()
    }

    /// Corners of the triangles of a box.
    const BOX: usize = 3 * (2 + 2 + 4 * 2);

    #[test]
    fn a_slab_is_what_stands_at_its_height() {
        let (city, shown) = (city(), shown());
        let a = slabs(&city.model.buildings, &shown, &HashSet::from([0]), Side::Both, 1.0);
        // Below two pieces without the wall between them, above one.
        assert_eq!(a.indices.len(), (2 * BOX - 3 * 2 * 2) + BOX);
        let b = slabs(&city.model.buildings, &shown, &HashSet::from([1]), Side::Both, 1.0);
        assert_eq!(b.indices.len(), 2 * BOX);
        assert!(
            b.objects.iter().any(|object| object[0] as usize == STRUCTURE_SLOT),
            "a floor without a value"
        );
    }

    #[test]
    fn storeys_are_drawn_apart_and_keep_their_thickness() {
        let (city, shown) = (city(), shown());
        let heights = |stretch| {
            let slabs = slabs(&city.model.buildings, &shown, &HashSet::from([1]), Side::Both, stretch);
            let mut heights: Vec<i32> =
                slabs.positions.iter().map(|at| (at[1] * 100.0).round() as i32).collect();
            heights.sort_unstable();
            heights.dedup();
            heights
        };
        assert_eq!(heights(1.0), [0, 264, 400, 664]);
        assert_eq!(heights(stretch(1.0) as f32), [0, 264, 1200, 1464]);
    }

    #[test]
    fn the_marked_building_alone_is_stacked() {
        let city = city();
        let field = ShownField { field: Some(Arc::new(shown())), before: None };
        let clock = Clock { at: jiff::Timestamp::UNIX_EPOCH, playing: false, minutes_a_second: 1.0 };
        let mut state = ViewState::new(Pose::TOWERS, clock);
        assert_eq!(stacked(&city, &field, &state), HashSet::from([0, 1]));
        state.selected = Some("b".to_owned());
        assert_eq!(stacked(&city, &field, &state), HashSet::from([1]));
        assert!(stacked(&city, &ShownField::default(), &state).is_empty());
    }
}
