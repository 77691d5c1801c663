//! Bridges and decks by their published faces, so that slopes, railings and stairs look right.

use futago_model::{CityModel, SurfaceRole};

use super::Triangles;
use crate::material::{DECK_SLOT, STRUCTURE_SLOT};

/// Faces smaller than this are nobody's, square metres.
const LEAST_M2: f32 = 1e-6;

/// All structures of a city.
pub fn structures(city: &CityModel) -> Triangles {
    let mut triangles = Triangles::default();
    for triangle in city.structures.records.iter().flat_map(|record| city.structures.triangles_of(record)) {
        let corners = city.structures.corners_m(triangle).map(|corner| corner.map(|metres| metres as f32));
        let Some(normal) = normal_of(&corners) else { continue };
        // What people walk and drive on is paved, whatever the rest is made of.
        let paved = SurfaceRole::from_number(triangle.role) == SurfaceRole::Top && normal[2] > 0.7;
        let object = [if paved { DECK_SLOT } else { STRUCTURE_SLOT } as f32, 0.0];
        for corner in corners {
            let number = triangles.corner(corner, normal, [0.0, corner[2]], object);
            triangles.indices.push(number);
        }
    }
    triangles
}

/// The way a face looks; none when it has no area.
fn normal_of([a, b, c]: &[[f32; 3]; 3]) -> Option<[f32; 3]> {
    let (u, v): ([f32; 3], [f32; 3]) =
        (std::array::from_fn(|i| b[i] - a[i]), std::array::from_fn(|i| c[i] - a[i]));
    let cross = [u[1] * v[2] - u[2] * v[1], u[2] * v[0] - u[0] * v[2], u[0] * v[1] - u[1] * v[0]];
    let length = cross.iter().map(|x| x * x).sum::<f32>().sqrt();
    (length > 2.0 * LEAST_M2).then(|| cross.map(|x| x / length))
}

#[cfg(test)]
mod tests {
    use futago_model::{StringId, Structure, StructureFlags, StructureTriangle, Structures};
    use futago_testkit::box_city;

    use super::*;

    #[test]
    fn faces_are_drawn_from_outside_and_specks_are_not() {
        let mut city = box_city(&[]);
        let triangle = |corners, role: SurfaceRole| StructureTriangle { corners, role: role as u32 };
        city.structures = Structures {
            records: vec![Structure {
                id: StringId::NONE,
                name: StringId::NONE,
                kind: 0,
                flags: StructureFlags::default(),
                foot_tp_m: 30.0,
                first_solid: 0,
                solid_count: 0,
                first_triangle: 0,
                triangle_count: 3,
            }],
            triangles: vec![
                triangle([0, 1, 2], SurfaceRole::Top),
                triangle([0, 2, 1], SurfaceRole::Underside),
                triangle([0, 1, 1], SurfaceRole::Side),
            ],
            vertices_mm: vec![[0, 0, 5000], [4000, 0, 5000], [0, 4000, 5000]],
            ..Structures::default()
        };
        let drawn = structures(&city);
        assert_eq!(drawn.indices.len(), 6);
        // Bevy's axes: up is the second.
        assert_eq!((drawn.normals[0], drawn.normals[3]), ([0.0, 1.0, 0.0], [0.0, -1.0, 0.0]));
        assert_eq!((drawn.objects[0][0], drawn.objects[3][0]), (DECK_SLOT as f32, STRUCTURE_SLOT as f32));
        assert_eq!(drawn.positions[1], [4.0, 5.0, 0.0]);
    }
}
