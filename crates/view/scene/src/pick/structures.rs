//! Bridges and decks under the pointer: a ray against their published triangles, which are what is drawn.

use futago_model::{CityModel, SurfaceRole};
use rayon::prelude::*;

use super::{Face, Hit, Ray, nearer};

/// The nearest face of a structure that a ray meets, from either side.
pub(super) fn pick_structure(city: &CityModel, ray: &Ray) -> Option<Hit> {
    let structures = &city.structures;
    let hit_of = |index: usize| {
        let record = &structures.records[index];
        let hits = structures.triangles_of(record).iter().filter_map(|triangle| {
            let distance = crossing(ray, structures.corners_m(triangle))?;
            let face = match SurfaceRole::from_number(triangle.role) {
                SurfaceRole::Top => Face::Deck,
                _ => Face::Structure,
            };
            Some(Hit { structure: Some(index), ..super::hit(ray, distance, None, face) })
        });
        hits.reduce(nearer)
    };
    (0..structures.records.len()).into_par_iter().filter_map(hit_of).reduce_with(nearer)
}

/// How far a triangle is along a ray, in lengths of its direction (Möller and Trumbore 1997).
fn crossing(ray: &Ray, [a, b, c]: [[f64; 3]; 3]) -> Option<f64> {
    let minus = |u: [f64; 3], v: [f64; 3]| std::array::from_fn::<f64, 3, _>(|i| u[i] - v[i]);
    let dot = |u: [f64; 3], v: [f64; 3]| u[0] * v[0] + u[1] * v[1] + u[2] * v[2];
    let cross = |u: [f64; 3], v: [f64; 3]| {
        [u[1] * v[2] - u[2] * v[1], u[2] * v[0] - u[0] * v[2], u[0] * v[1] - u[1] * v[0]]
    };
    let (edge_b, edge_c) = (minus(b, a), minus(c, a));
    let across = cross(ray.toward, edge_c);
    let volume = dot(edge_b, across);
    if volume == 0.0 {
        return None;
    }
    let from = minus(ray.from_m, a);
    let share_b = dot(from, across) / volume;
    let other = cross(from, edge_b);
    let share_c = dot(ray.toward, other) / volume;
    let inside = share_b >= 0.0 && share_c >= 0.0 && share_b + share_c <= 1.0;
    let distance = dot(edge_c, other) / volume;
    (inside && distance > 0.0).then_some(distance)
}

#[cfg(test)]
mod tests {
    use futago_model::{
        Structure, StructureFlags, StructureKind, StructureSolid, StructureTriangle, Structures,
    };
    use futago_testkit::{BoxSpec, box_city};

    use super::super::pick;
    use super::*;

    /// A deck 20 m by 4 m at 6 m height, over a low building.
    fn city() -> CityModel {
        let mut city = box_city(&[BoxSpec::new("low", [0.0, 0.0, 10.0, 10.0], 5.0)]);
        let mut structures = Structures::default();
        let id = structures.strings.push("deck");
        structures.vertices_mm =
            vec![[-5000, 3000, 6000], [15_000, 3000, 6000], [15_000, 7000, 6000], [-5000, 7000, 6000]];
        let role = SurfaceRole::Top as u32;
        structures.triangles =
            [[0, 1, 2], [0, 2, 3]].map(|corners| StructureTriangle { corners, role }).to_vec();
        let polygon =
            structures.polygons.push(&[[[-5000, 3000], [15_000, 3000], [15_000, 7000]]], &[[0, 1, 2]]);
        structures.solids.push(StructureSolid { polygon, structure: 0, bottom_m: 5.5, top_m: 6.0 });
        structures.records.push(Structure {
            id,
            name: futago_model::StringId::NONE,
            kind: StructureKind::Deck as u32,
            flags: StructureFlags::default(),
            foot_tp_m: 33.0,
            first_solid: 0,
            solid_count: 1,
            first_triangle: 0,
            triangle_count: 2,
        });
        city.structures = structures;
        city
    }

    #[test]
    fn a_deck_is_met_before_what_is_under_it() {
        let city = city();
        let down = |east: f64, north: f64| Ray { from_m: [east, north, 90.0], toward: [0.0, 0.0, -1.0] };
        let hit = pick(&city, &down(5.0, 5.0)).unwrap();
        assert_eq!((hit.structure, hit.building, hit.face, hit.at_m[2]), (Some(0), None, Face::Deck, 6.0));
        let beside = pick(&city, &down(5.0, 1.0)).unwrap();
        assert_eq!((beside.structure, beside.building, beside.at_m[2]), (None, Some(0), 5.0));
        let up = Ray { from_m: [12.0, 5.0, 1.0], toward: [0.0, 0.0, 2.0] };
        assert_eq!(pick(&city, &up).map(|hit| (hit.structure, hit.distance)), Some((Some(0), 2.5)));
        let under = Ray { from_m: [-20.0, 5.0, 5.5], toward: [1.0, 0.0, 0.0] };
        assert_eq!(pick(&city, &under), None, "between roof and deck is nothing");
    }
}
