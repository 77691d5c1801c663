//! What is picked is what is drawn: random pixels of the built-in city, against the triangles of its meshes.

use bevy::math::Vec3;
use futago_model::CityModel;
use futago_pack::Pack;
use futago_scene::camera::transform_of;
use futago_scene::material::FIRST_BUILDING;
use futago_scene::mesh::Triangles;
use futago_scene::mesh::buildings::blocks;
use futago_scene::pick::{Face, Hit, Ray, pick};
use futago_scene::state::Pose;
use rayon::prelude::*;

const PIXELS: u64 = 10_000;
/// Two surfaces this close to each other along a ray, metres: f32 corners cannot tell which is first.
const CLOSE_M: f64 = 0.02;

fn city() -> CityModel {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../assets/nishi-shinjuku/buildings.city");
    Pack::open(std::path::Path::new(path)).unwrap().city
}

/// Counter-based dice, 0 to 1.
fn dice(index: u64) -> f64 {
    let mut z = index.wrapping_mul(0x9E37_79B9_7F4A_7C15);
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    ((z ^ (z >> 27)) >> 11) as f64 / (1_u64 << 53) as f64
}

/// A ray through a random pixel of a random view of the towers.
fn ray(index: u64) -> Ray {
    let at = |k: u64| dice(index * 8 + k);
    let pose = Pose {
        target_m: [at(0) * 1600.0 - 800.0, at(1) * 1600.0 - 800.0, 40.0],
        heading_deg: at(2) * 360.0,
        pitch_deg: 8.0 + at(3) * 80.0,
        distance_m: 300.0 + at(4) * 1500.0,
    };
    let eye = transform_of(&pose);
    let half = 21_f32.to_radians().tan();
    let (x, y) = ((at(5) * 2.0 - 1.0) as f32 * half * 16.0 / 9.0, (at(6) * 2.0 - 1.0) as f32 * half);
    let toward = eye.rotation * Vec3::new(x, y, -1.0).normalize();
    let site = |v: Vec3| [f64::from(v.x), f64::from(-v.z), f64::from(v.y)];
    Ray { from_m: site(eye.translation), toward: site(toward) }
}

/// Whether a place is inside a building: there walls between its pieces would be seen that are not drawn.
fn is_inside(city: &CityModel, [x, y, z]: [f64; 3]) -> bool {
    let buildings = &city.buildings;
    buildings
        .solids
        .iter()
        .any(|solid| z < f64::from(solid.top_m) && buildings.polygons.get(solid.polygon).contains_m([x, y]))
}

/// Corners of a triangle in site metres.
fn corners(mesh: &Triangles, triangle: &[u32]) -> [[f64; 3]; 3] {
    std::array::from_fn(|i| {
        let [x, y, z] = mesh.positions[triangle[i] as usize].map(f64::from);
        [x, -z, y]
    })
}

fn minus(a: [f64; 3], b: [f64; 3]) -> [f64; 3] {
    std::array::from_fn(|i| a[i] - b[i])
}

fn cross(a: [f64; 3], b: [f64; 3]) -> [f64; 3] {
    [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]]
}

fn dot(a: [f64; 3], b: [f64; 3]) -> f64 {
    a[0] * b[0] + a[1] * b[1] + a[2] * b[2]
}

/// How far a triangle seen from its front is along a ray (Möller and Trumbore).
fn meets(ray: &Ray, [a, b, c]: [[f64; 3]; 3]) -> Option<f64> {
    let (e, f) = (minus(b, a), minus(c, a));
    let p = cross(ray.toward, f);
    let det = dot(e, p);
    if det <= 1e-12 {
        return None;
    }
    let from = minus(ray.from_m, a);
    let u = dot(from, p);
    let q = cross(from, e);
    let v = dot(ray.toward, q);
    (u >= 0.0 && v >= 0.0 && u + v <= det).then(|| dot(f, q) / det).filter(|t| *t > 0.0)
}

/// The nearest drawn thing: distance, slot in the colour table, kind of face.
fn drawn(ray: &Ray, meshes: &[(Triangles, [[f64; 3]; 2])]) -> Option<(f64, usize, Face)> {
    let mut best: Option<(f64, usize, Face)> = None;
    for (mesh, [low, high]) in meshes {
        if !crosses(ray, *low, *high) {
            continue;
        }
        for triangle in mesh.indices.chunks_exact(3) {
            let Some(distance) = meets(ray, corners(mesh, triangle)) else { continue };
            if best.is_none_or(|(nearest, ..)| distance < nearest) {
                let first = triangle[0] as usize;
                let face = if mesh.normals[first][1] > 0.5 { Face::Roof } else { Face::Wall };
                best = Some((distance, mesh.objects[first][0] as usize, face));
            }
        }
    }
    best
}

fn crosses(ray: &Ray, low: [f64; 3], high: [f64; 3]) -> bool {
    let (mut enter, mut leave) = (0.0_f64, f64::INFINITY);
    for i in 0..3 {
        let (a, b) = ((low[i] - ray.from_m[i]) / ray.toward[i], (high[i] - ray.from_m[i]) / ray.toward[i]);
        enter = enter.max(a.min(b));
        leave = leave.min(a.max(b));
    }
    enter <= leave
}

fn bounds(mesh: &Triangles) -> [[f64; 3]; 2] {
    let mut bounds = [[f64::INFINITY; 3], [f64::NEG_INFINITY; 3]];
    for [x, y, z] in &mesh.positions {
        for (i, v) in [*x, -*z, *y].into_iter().enumerate() {
            bounds[0][i] = bounds[0][i].min(f64::from(v) - 0.01);
            bounds[1][i] = bounds[1][i].max(f64::from(v) + 0.01);
        }
    }
    bounds
}

#[test]
fn random_pixels_are_picked_as_they_are_drawn() {
    let city = city();
    let mesh = |tile: futago_scene::mesh::buildings::BlockMesh| {
        let [full, ..] = tile.levels;
        let bounds = bounds(&full);
        (full, bounds)
    };
    let meshes: Vec<_> = blocks(&city, FIRST_BUILDING).into_iter().map(mesh).collect();
    let wrong: Vec<String> = (0..PIXELS)
        .into_par_iter()
        .filter_map(|index| {
            let ray = ray(index);
            if is_inside(&city, ray.from_m) {
                return None;
            }
            let picked = pick(&city, &ray).filter(|hit| hit.building.is_some());
            differs(picked, drawn(&ray, &meshes)).map(|why| format!("pixel {index}: {why}"))
        })
        .collect();
    let hits =
        (0..PIXELS).into_par_iter().filter(|i| pick(&city, &ray(*i)).is_some_and(|h| h.building.is_some()));
    let hits = hits.count();
    assert!(hits as u64 > PIXELS / 3, "the pixels must show buildings: {hits}");
    assert!(wrong.is_empty(), "{} of {PIXELS}: {:#?}", wrong.len(), &wrong[..wrong.len().min(8)]);
}

/// Why two answers are not the same, if they are not.
fn differs(picked: Option<Hit>, drawn: Option<(f64, usize, Face)>) -> Option<String> {
    match (picked, drawn) {
        (None, None) => None,
        (Some(hit), Some((distance, slot, face))) => {
            let away = (hit.distance - distance).abs();
            let same = hit.building == Some(slot - FIRST_BUILDING) && hit.face == face;
            // At a common edge of two faces either is right.
            (away > CLOSE_M || !same && away > 1e-4)
                .then(|| format!("{hit:?} is drawn as {slot} {face:?} at {distance}"))
        }
        (picked, drawn) => Some(format!("{picked:?} is drawn as {drawn:?}")),
    }
}
