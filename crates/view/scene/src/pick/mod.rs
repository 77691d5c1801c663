//! What is under the pointer: a ray against the prisms of the model itself, not against what is drawn.

mod structures;

use std::collections::HashSet;

use bevy::prelude::{Camera, GlobalTransform, Vec2, Vec3};
use futago_model::{Buildings, CityModel};
use rayon::prelude::*;

use crate::edits::Edited;

/// A ray in site metres; the direction need not be a unit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Ray {
    /// East, north, up of its start.
    pub from_m: [f64; 3],
    /// Its direction.
    pub toward: [f64; 3],
}

impl Ray {
    /// Through a place of the picture (logical pixels); none where the eye sees nothing there.
    pub fn through(camera: &Camera, transform: &GlobalTransform, at: Vec2) -> Option<Self> {
        let ray = camera.viewport_to_world(transform, at).ok()?;
        let site = |v: Vec3| [f64::from(v.x), f64::from(-v.z), f64::from(v.y)];
        Some(Self { from_m: site(ray.origin), toward: site(*ray.direction) })
    }
}

/// What was hit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Hit {
    /// Number of the building, if it is one.
    pub building: Option<usize>,
    /// Number of the bridge or other structure, if it is one. Neither is the ground.
    pub structure: Option<usize>,
    /// The face.
    pub face: Face,
    /// Place, site metres.
    pub at_m: [f64; 3],
    /// In lengths of the ray's direction.
    pub distance: f64,
}

/// A kind of face.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Face {
    /// The ground.
    Ground,
    /// A flat top.
    Roof,
    /// A wall.
    Wall,
    /// What looks up on a bridge: a deck, a stair.
    Deck,
    /// Another face of a bridge.
    Structure,
}

/// The nearest thing a ray meets in the city as it is shown, and the id of a building or structure. The number of a
/// changed building is that among the changed ones.
pub fn pick_edited(city: &CityModel, edited: &Edited, ray: &Ray) -> Option<(Hit, Option<String>)> {
    pick_stacked(city, edited, (&HashSet::new(), 1.0), ray)
}

/// The same where some buildings are drawn so many times higher, as storeys apart; a place on them is where it would
/// be on the building itself.
pub fn pick_stacked(
    city: &CityModel,
    edited: &Edited,
    (stacked, stretch): (&HashSet<usize>, f64),
    ray: &Ray,
) -> Option<(Hit, Option<String>)> {
    let id = |city: &CityModel, hit: &Hit| {
        let building = hit.building.map(|index| city.buildings.id_of(&city.buildings.records[index]));
        let structure = || hit.structure.map(|index| city.structures.id_of(&city.structures.records[index]));
        building.or_else(structure).map(str::to_owned)
    };
    let real = pick_among(city, ray, |index| !edited.hidden.contains(&index) && !stacked.contains(&index));
    // Pressed together, the ray meets the building after the same share of its way.
    let pressed = |[east, north, up]: [f64; 3]| [east, north, up / stretch];
    let flat = Ray { from_m: pressed(ray.from_m), toward: pressed(ray.toward) };
    let high = (!stacked.is_empty()).then(|| pick_among(city, &flat, |index| stacked.contains(&index)));
    let high = high.flatten().filter(|hit| hit.building.is_some());
    let real = [real, high].into_iter().flatten().reduce(nearer);
    let changed = pick_among(&edited.city, ray, |_| true).filter(|hit| hit.building.is_some());
    match (real, changed) {
        (Some(a), Some(b)) if a.distance <= b.distance => Some((a, id(city, &a))),
        (_, Some(b)) => Some((b, id(&edited.city, &b))),
        (a, None) => a.map(|a| (a, id(city, &a))),
    }
}

/// The nearest thing a ray meets.
pub fn pick(city: &CityModel, ray: &Ray) -> Option<Hit> {
    pick_among(city, ray, |_| true)
}

fn pick_among(city: &CityModel, ray: &Ray, is_there: impl Fn(usize) -> bool + Sync) -> Option<Hit> {
    let buildings = &city.buildings;
    let ground = plane(ray, 0.0).map(|distance| hit(ray, distance, None, Face::Ground));
    let nearest = buildings
        .tiles
        .par_iter()
        .filter(|tile| {
            let [west, south, east, north] = tile.bounds_m.map(f64::from);
            crosses_box(ray, [west, south, 0.0], [east, north, f64::from(tile.top_m)])
        })
        .flat_map_iter(|tile| tile.first_building..tile.first_building + tile.building_count)
        .filter(|index| is_there(*index as usize))
        .filter_map(|index| pick_building(buildings, index as usize, ray))
        .reduce_with(nearer);
    [nearest, structures::pick_structure(city, ray), ground].into_iter().flatten().reduce(nearer)
}

/// Top of the highest building that a place is inside of, metres; none in the open.
pub fn roof_over(city: &CityModel, edited: &Edited, at_m: [f64; 3]) -> Option<f64> {
    let real = roof_among(city, at_m, |index| !edited.hidden.contains(&index));
    let changed = roof_among(&edited.city, at_m, |_| true);
    real.into_iter().chain(changed).reduce(f64::max)
}

fn roof_among(city: &CityModel, at_m: [f64; 3], is_there: impl Fn(usize) -> bool) -> Option<f64> {
    let buildings = &city.buildings;
    let [east, north, up] = at_m;
    let tiles = buildings.tiles.iter().filter(|tile| {
        let [w, s, e, n] = tile.bounds_m.map(f64::from);
        (w..=e).contains(&east) && (s..=n).contains(&north) && up <= f64::from(tile.top_m)
    });
    let inside = |solid: &&futago_model::Solid| {
        (f64::from(solid.bottom_m)..=f64::from(solid.top_m)).contains(&up)
            && buildings.polygons.get(solid.polygon).contains_m([east, north])
    };
    tiles
        .flat_map(|tile| tile.first_building..tile.first_building + tile.building_count)
        .filter(|index| is_there(*index as usize))
        .flat_map(|index| buildings.solids_of(&buildings.records[index as usize]))
        .filter(inside)
        .map(|solid| f64::from(solid.top_m))
        .reduce(f64::max)
}

/// The nearer of two; of equals the one of the lower number, so that the order of work does not matter.
fn nearer(a: Hit, b: Hit) -> Hit {
    let first = |h: &Hit| h.building.unwrap_or(usize::MAX);
    if (b.distance, first(&b)) < (a.distance, first(&a)) { b } else { a }
}

fn hit(ray: &Ray, distance: f64, building: Option<usize>, face: Face) -> Hit {
    let at_m = std::array::from_fn(|i| ray.from_m[i] + ray.toward[i] * distance);
    Hit { building, structure: None, face, at_m, distance }
}

/// How far a level plane is along a ray.
fn plane(ray: &Ray, height_m: f64) -> Option<f64> {
    let distance = (height_m - ray.from_m[2]) / ray.toward[2];
    (distance.is_finite() && distance > 0.0).then_some(distance)
}

fn crosses_box(ray: &Ray, low: [f64; 3], high: [f64; 3]) -> bool {
    let (mut enter, mut leave) = (0.0_f64, f64::INFINITY);
    for i in 0..3 {
        if ray.toward[i] == 0.0 {
            if ray.from_m[i] < low[i] || ray.from_m[i] > high[i] {
                return false;
            }
            continue;
        }
        let a = (low[i] - ray.from_m[i]) / ray.toward[i];
        let b = (high[i] - ray.from_m[i]) / ray.toward[i];
        enter = enter.max(a.min(b));
        leave = leave.min(a.max(b));
    }
    enter <= leave
}

fn pick_building(buildings: &Buildings, index: usize, ray: &Ray) -> Option<Hit> {
    let building = &buildings.records[index];
    let mut best: Option<Hit> = None;
    let mut keep = |new: Hit| best = Some(best.map_or(new, |old| nearer(old, new)));
    for solid in buildings.solids_of(building) {
        let polygon = buildings.polygons.get(solid.polygon);
        let (bottom, top) = (f64::from(solid.bottom_m), f64::from(solid.top_m));
        let [west, south, east, north] = polygon.bounds_m();
        if !crosses_box(ray, [west, south, bottom], [east, north, top]) {
            continue;
        }
        if let Some(distance) = plane(ray, top).filter(|_| ray.toward[2] < 0.0) {
            let new = hit(ray, distance, Some(index), Face::Roof);
            if polygon.contains_m([new.at_m[0], new.at_m[1]]) {
                keep(new);
            }
        }
        for [a, b] in polygon.edges_m() {
            if let Some(distance) = wall(ray, a, b) {
                let new = hit(ray, distance, Some(index), Face::Wall);
                if (bottom..=top).contains(&new.at_m[2]) {
                    keep(new);
                }
            }
        }
    }
    best
}

/// How far an upright wall is along a ray, if the ray comes from outside (the right of `a` to `b`).
fn wall(ray: &Ray, a: [f64; 2], b: [f64; 2]) -> Option<f64> {
    let e = [b[0] - a[0], b[1] - a[1]];
    let cross = |u: [f64; 2], v: [f64; 2]| u[0] * v[1] - u[1] * v[0];
    let toward = [ray.toward[0], ray.toward[1]];
    let across = cross(e, toward);
    if across <= 0.0 {
        return None;
    }
    let from = [ray.from_m[0] - a[0], ray.from_m[1] - a[1]];
    let distance = -cross(e, from) / across;
    let share = cross(from, toward) / across;
    (distance > 0.0 && (0.0..=1.0).contains(&share)).then_some(distance)
}

#[cfg(test)]
mod tests {
    use futago_testkit::{BoxSpec, box_city};

    use super::*;

    fn city() -> CityModel {
        box_city(&[
            BoxSpec::new("low", [0.0, 0.0, 10.0, 10.0], 5.0),
            BoxSpec::new("high", [20.0, 0.0, 30.0, 10.0], 40.0),
        ])
    }

    fn id(city: &CityModel, hit: Hit) -> Option<&str> {
        hit.building.map(|index| city.buildings.id_of(&city.buildings.records[index]))
    }

    #[test]
    fn the_nearest_face_is_hit() {
        let city = city();
        let eastward = Ray { from_m: [-50.0, 5.0, 3.0], toward: [2.0, 0.0, 0.0] };
        let hit = pick(&city, &eastward).unwrap();
        assert_eq!((id(&city, hit), hit.face, hit.at_m), (Some("low"), Face::Wall, [0.0, 5.0, 3.0]));
        assert_eq!(hit.distance, 25.0);
        let over_the_low_one = Ray { from_m: [-50.0, 5.0, 8.0], toward: [1.0, 0.0, 0.0] };
        let hit = pick(&city, &over_the_low_one).unwrap();
        assert_eq!((id(&city, hit), hit.at_m[0]), (Some("high"), 20.0));
        let down = Ray { from_m: [25.0, 5.0, 90.0], toward: [0.0, 0.0, -1.0] };
        let hit = pick(&city, &down).unwrap();
        assert_eq!((id(&city, hit), hit.face, hit.at_m[2]), (Some("high"), Face::Roof, 40.0));
    }

    #[test]
    fn what_is_removed_is_not_hit_and_what_is_raised_is() {
        use futago_sunlight::scenario::{Raise, WhatIf};
        let city = city();
        let raise = vec![Raise { building: "low".to_owned(), height_m: 20.0 }];
        let edited = Edited::of(&city, &WhatIf { remove: vec!["high".to_owned()], raise, add: Vec::new() });
        let picked =
            |z: f64| pick_edited(&city, &edited, &Ray { from_m: [-50.0, 5.0, z], toward: [1.0, 0.0, 0.0] });
        assert_eq!(picked(15.0).and_then(|(_, id)| id).as_deref(), Some("low"));
        assert_eq!(picked(30.0), None, "the high one is gone");
    }

    #[test]
    fn a_place_inside_a_building_has_a_roof_over_it() {
        use futago_sunlight::scenario::WhatIf;
        let city = city();
        let none = Edited::of(&city, &WhatIf::default());
        assert_eq!(roof_over(&city, &none, [25.0, 5.0, 10.0]), Some(40.0));
        assert_eq!(roof_over(&city, &none, [25.0, 5.0, 41.0]), None, "above it");
        assert_eq!(roof_over(&city, &none, [15.0, 5.0, 1.6]), None, "beside it");
        let gone = Edited::of(&city, &WhatIf { remove: vec!["high".to_owned()], ..WhatIf::default() });
        assert_eq!(roof_over(&city, &gone, [25.0, 5.0, 10.0]), None, "it is not there");
    }

    #[test]
    fn between_buildings_is_the_ground_and_above_them_nothing() {
        let city = city();
        let down = Ray { from_m: [15.0, 5.0, 90.0], toward: [0.0, 0.0, -1.0] };
        let hit = pick(&city, &down).unwrap();
        assert_eq!((hit.building, hit.face, hit.at_m), (None, Face::Ground, [15.0, 5.0, 0.0]));
        assert_eq!(pick(&city, &Ray { from_m: [15.0, 5.0, 90.0], toward: [0.1, 0.2, 1.0] }), None);
    }

    #[test]
    fn storeys_that_are_drawn_apart_are_picked_where_they_are_drawn() {
        let city = box_city(&[BoxSpec::new("a", [0.0, 0.0, 10.0, 10.0], 20.0)]);
        let edited = Edited::of(&city, &futago_sunlight::scenario::WhatIf::default());
        let ray = Ray { from_m: [-50.0, 5.0, 45.0], toward: [1.0, 0.0, 0.0] };
        assert!(pick_edited(&city, &edited, &ray).is_none(), "over the roof");
        let (hit, id) = pick_stacked(&city, &edited, (&HashSet::from([0]), 3.0), &ray).unwrap();
        assert_eq!(id.as_deref(), Some("a"));
        assert!((hit.at_m[2] - 15.0).abs() < 1e-9 && (hit.distance - 50.0).abs() < 1e-9, "{hit:?}");
    }
}
