//! Buildings as triangles, in site metres: east, north, up.
//!
//! Every solid is an upright prism: its plan as top and, turned over, as underside, and a wall for every edge on the
//! rim of the plan's triangulation. Walls follow the rim of the triangles and not the rings, because a triangulation
//! may leave out corners on a straight edge; so every solid is closed by construction. Triangles run
//! counter-clockwise seen from outside.

use std::collections::HashSet;

use futago_model::{Buildings, CityModel, Solid, metres_from_mm};
use geo::{Coord, LineString, Polygon, TriangulateEarcut};

/// One solid as triangles over its own corners.
pub(crate) struct SolidMesh {
    /// Plan corners at the bottom, then the same at the top; east, north, up, metres.
    pub corners: Vec<[f32; 3]>,
    /// Underside, top, then two for each wall.
    pub triangles: Vec<[u32; 3]>,
    /// Number of triangles of the underside, and of the top.
    pub cap_count: usize,
}

/// All buildings of a city as one soup of closed solids: corners and triangles.
///
/// Solids share no corners with each other. For ray casters and other tools that want no buildings, only shapes.
pub fn triangles(city: &CityModel) -> (Vec<[f32; 3]>, Vec<[u32; 3]>) {
    let (mut corners, mut triangles) = (Vec::new(), Vec::new());
    for solid in &city.buildings.solids {
        let mesh = solid_mesh(&city.buildings, solid);
        let first = corners.len() as u32;
        corners.extend(mesh.corners);
        triangles.extend(mesh.triangles.iter().map(|t| t.map(|i| i + first)));
    }
    (corners, triangles)
}

/// The triangles of one solid; none when its plan has no area.
pub(crate) fn solid_mesh(buildings: &Buildings, solid: &Solid) -> SolidMesh {
    let plan = buildings.polygons.get(solid.polygon);
    let flat = |up: f32| {
        plan.vertices_mm.iter().map(move |v| {
            let [east, north] = v.map(|mm| metres_from_mm(mm) as f32);
            [east, north, up]
        })
    };
    let stored = plan.triangles.iter().map(|t| t.map(u32::from)).collect::<Vec<_>>();
    let caps = if stored.is_empty() { triangulated(plan.rings_m()) } else { stored };
    let count = plan.vertices_mm.len() as u32;
    let mut triangles = Vec::with_capacity(caps.len() * 2 + plan.vertices_mm.len() * 2);
    triangles.extend(caps.iter().map(|[a, b, c]| [*a, *c, *b]));
    triangles.extend(caps.iter().map(|t| t.map(|i| i + count)));
    for [a, b] in rim(&caps) {
        triangles.push([a, b, b + count]);
        triangles.push([a, b + count, a + count]);
    }
    let corners = flat(solid.bottom_m).chain(flat(solid.top_m)).collect();
    SolidMesh { corners, triangles, cap_count: caps.len() }
}

/// Edges that only one triangle has, in its direction: the solid lies to their left.
fn rim(triangles: &[[u32; 3]]) -> Vec<[u32; 2]> {
    let edges = || triangles.iter().flat_map(|[a, b, c]| [[*a, *b], [*b, *c], [*c, *a]]);
    let all: HashSet<[u32; 2]> = edges().collect();
    edges().filter(|[a, b]| !all.contains(&[*b, *a])).collect()
}

/// For a plan that was stored without triangles. Corners keep their order: the triangulation works on open rings too.
fn triangulated(rings_m: impl Iterator<Item = Vec<[f64; 2]>>) -> Vec<[u32; 3]> {
    let mut rings = rings_m.map(|ring| ring.into_iter().map(|[x, y]| Coord { x, y }).collect::<LineString>());
    let Some(outside) = rings.next() else { return Vec::new() };
    let holes: Vec<LineString> = rings.collect();
    // Rings are checked on import; the triangulation takes nothing under three corners.
    if std::iter::once(&outside).chain(&holes).any(|ring| ring.0.len() < 3) {
        return Vec::new();
    }
    let raw = Polygon::new(outside, holes).earcut_triangles_raw();
    let outwards = |t: &[usize]| {
        let [a, b, c] = [raw.vertices[t[0]], raw.vertices[t[1]], raw.vertices[t[2]]];
        let left_turn = (b[0] - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (b[1] - a[1]) > 0.0;
        let [i, j, k] = [t[0] as u32, t[1] as u32, t[2] as u32];
        if left_turn { [i, j, k] } else { [i, k, j] }
    };
    raw.triangle_indices.chunks_exact(3).map(outwards).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::*;
    use crate::fixtures;

    /// Whether every edge is met by its opposite: then the surface has no border.
    fn is_closed(triangles: &[[u32; 3]]) -> bool {
        let mut balance: HashMap<(u32, u32), i32> = HashMap::new();
        for [a, b, c] in triangles {
            for (from, to) in [(a, b), (b, c), (c, a)] {
                *balance.entry((*from.min(to), *from.max(to))).or_default() += if from < to { 1 } else { -1 };
            }
        }
        balance.values().all(|sum| *sum == 0)
    }

    /// Signed volume by the divergence theorem: positive when triangles face outwards.
    fn volume_m3(mesh: &SolidMesh) -> f64 {
        let corner = |i: u32| mesh.corners[i as usize].map(f64::from);
        let signed = mesh.triangles.iter().map(|t| {
            let [a, b, c] = t.map(corner);
            a[0] * (b[1] * c[2] - b[2] * c[1])
                + a[1] * (b[2] * c[0] - b[0] * c[2])
                + a[2] * (b[0] * c[1] - b[1] * c[0])
        });
        signed.sum::<f64>() / 6.0
    }

    #[test]
    fn every_solid_is_closed_and_faces_outwards() {
        let city = fixtures::city();
        assert!(city.buildings.solids.len() >= 4);
        for solid in &city.buildings.solids {
            let mesh = solid_mesh(&city.buildings, solid);
            assert!(!mesh.triangles.is_empty() && is_closed(&mesh.triangles));
            let area = city.buildings.polygons.get(solid.polygon).area_m2();
            let expected = area * f64::from(solid.top_m - solid.bottom_m);
            assert!((volume_m3(&mesh) / expected - 1.0).abs() < 1e-3, "{} for {expected}", volume_m3(&mesh));
        }
    }

    #[test]
    fn a_solid_with_a_missing_wall_is_noticed() {
        let city = fixtures::city();
        let mut mesh = solid_mesh(&city.buildings, &city.buildings.solids[0]);
        mesh.triangles.pop();
        assert!(!is_closed(&mesh.triangles));
    }

    #[test]
    fn one_soup_of_all_solids() {
        let city = fixtures::city();
        let (corners, triangles) = triangles(&city);
        assert!(is_closed(&triangles));
        assert!(triangles.iter().flatten().all(|i| (*i as usize) < corners.len()));
        let top = corners.iter().map(|c| c[2]).fold(0.0, f32::max);
        assert_eq!(top, 100.0);
    }
}
