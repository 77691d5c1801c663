//! Faces of a structure in space: normals, roles, triangles.
//!
//! A ring in space is triangulated in the plane of its two smaller normal components, so that an upright face
//! keeps its area.

use std::ops::Range;

use futago_model::SurfaceRole;
use futago_raw::{RawObject, Surface};
use rustc_hash::FxHashMap;

use crate::clean::Subject;
use crate::plan::{Ring, doubled_area_mm2};
use crate::site::NO_PLACE;
use crate::triangles::{MAX_VERTICES, triangles_of};

/// A face is upright when the upward part of its unit normal is less than this: steeper than 84 degrees.
const UPRIGHT: f64 = 0.1;

/// A triangulation may miss so much of the area before it is reported.
const MISSED_SHARE: f64 = 1e-6;

/// A corner in the site: east, north, height T.P., millimetres.
pub(crate) type Corner = [i32; 3];

/// Which way a face looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Facing {
    Up,
    Down,
    Upright,
}

/// A face of a structure.
pub(super) struct Face {
    /// Open rings, the outside first; the outside runs counter-clockwise about the normal.
    pub rings: Vec<Vec<Corner>>,
    /// Unit normal.
    pub normal: [f64; 3],
    pub facing: Facing,
    pub role: SurfaceRole,
}

/// The faces as triangles, for drawing.
#[derive(Debug, Default)]
pub(crate) struct Mesh {
    pub vertices: Vec<Corner>,
    pub triangles: Vec<([u32; 3], SurfaceRole)>,
}

impl Mesh {
    pub fn lowest_mm(&self) -> Option<i32> {
        self.vertices.iter().map(|at| at[2]).min()
    }

    pub fn highest_mm(&self) -> Option<i32> {
        self.vertices.iter().map(|at| at[2]).max()
    }

    /// Middle of its bounds in plan, metres.
    pub fn middle_m(&self) -> [f64; 2] {
        [0, 1].map(|axis| {
            let along = || self.vertices.iter().map(|at| f64::from(at[axis]));
            (along().fold(f64::INFINITY, f64::min) + along().fold(f64::NEG_INFINITY, f64::max)) / 2000.0
        })
    }
}

/// Every face of a level of detail that has a place and a direction. Rooms and furniture inside are none of them.
pub(super) fn faces_of(object: &RawObject, placed: &[Corner], lod: u8) -> Vec<Face> {
    let mut faces = Vec::new();
    for geometry in object.shapes.geometries.iter().filter(|g| g.parent.is_none() && g.lod == Some(lod)) {
        let mut part = Some(object.node(geometry.node).part());
        let mut fixed = None;
        let mut inside = false;
        while let Some(node) = part {
            match node.name().rsplit(':').next().unwrap_or_default() {
                "BridgeConstructionElement" => fixed = Some(SurfaceRole::Support),
                "BridgeInstallation" => fixed = Some(SurfaceRole::Installation),
                "BridgeRoom" | "BridgeFurniture" | "IntBridgeInstallation" => inside = true,
                _ => {}
            }
            part = node.parent().map(|parent| parent.part()).filter(|above| above.index() < node.index());
        }
        if !inside {
            let surfaces = object.shapes.surfaces_of(geometry).iter();
            faces.extend(surfaces.filter_map(|surface| face(object, surface, placed, fixed)));
        }
    }
    faces
}

fn face(
    object: &RawObject,
    surface: &Surface,
    placed: &[Corner],
    fixed: Option<SurfaceRole>,
) -> Option<Face> {
    let rings = object.shapes.rings_of(surface);
    let of = |range: &Range<u32>| &placed[range.start as usize..range.end as usize];
    if rings.first()?.interior || rings.iter().any(|ring| of(&ring.positions).contains(&NO_PLACE)) {
        return None;
    }
    let rings: Vec<Vec<Corner>> = rings.iter().map(|ring| opened(of(&ring.positions))).collect();
    Face::of(rings.into_iter().filter(|ring| ring.len() >= 3).collect(), fixed)
}

/// Without its closing and repeated vertices.
fn opened(ring: &[Corner]) -> Vec<Corner> {
    let mut ring = ring.to_vec();
    ring.dedup();
    while ring.len() > 1 && ring.first() == ring.last() {
        ring.pop();
    }
    ring
}

impl Face {
    /// A face of open rings; none when they enclose nothing.
    pub fn of(rings: Vec<Vec<Corner>>, fixed: Option<SurfaceRole>) -> Option<Self> {
        let normal = normal_of(rings.first()?)?;
        let facing = match normal[2] {
            up if up > UPRIGHT => Facing::Up,
            up if up < -UPRIGHT => Facing::Down,
            _ => Facing::Upright,
        };
        let role = fixed.unwrap_or(match facing {
            Facing::Up => SurfaceRole::Top,
            Facing::Down => SurfaceRole::Underside,
            Facing::Upright => SurfaceRole::Side,
        });
        Some(Self { rings, normal, facing, role })
    }

    /// Its rings in plan, the outside counter-clockwise seen from above.
    pub fn plan(&self) -> Vec<Ring> {
        let flat = |ring: &Vec<Corner>| ring.iter().map(|at| [at[0], at[1]]).collect::<Ring>();
        let mut rings: Vec<Ring> = self.rings.iter().map(flat).collect();
        if self.facing == Facing::Down {
            rings.iter_mut().for_each(|ring| ring.reverse());
        }
        rings
    }

    /// A point of it: the mean of the outside's corners, millimetres.
    pub fn middle(&self) -> [f64; 3] {
        let outside = &self.rings[0];
        let sum = outside.iter().fold([0.0; 3], |s, at| [0, 1, 2].map(|i| s[i] + f64::from(at[i])));
        sum.map(|s| s / outside.len() as f64)
    }

    /// Its triangles as corners, counter-clockwise about the normal, and the share of the area that they miss.
    pub fn triangles(&self) -> (Vec<[Corner; 3]>, f64) {
        let (along, up) = axes_of(self.normal);
        let flat = |ring: &Vec<Corner>| ring.iter().map(|at| [at[along], at[up]]).collect::<Ring>();
        let mut corners = self.rings.clone();
        let mut rings: Vec<Ring> = corners.iter().map(flat).collect();
        for (index, (ring, corners)) in rings.iter_mut().zip(&mut corners).enumerate() {
            if (doubled_area_mm2(ring) > 0) != (index == 0) {
                ring.reverse();
                corners.reverse();
            }
        }
        let (triangles, missed) = triangles_of(&rings);
        let corners: Vec<Corner> = corners.into_iter().flatten().collect();
        (triangles.into_iter().map(|t| t.map(|i| corners[usize::from(i)])).collect(), missed)
    }
}

/// The axes of the plane that a face of this normal is laid into, so that it runs counter-clockwise there.
fn axes_of(normal: [f64; 3]) -> (usize, usize) {
    let size = normal.map(f64::abs);
    let main = if size[2] >= size[0] && size[2] >= size[1] { 2 } else { usize::from(size[1] > size[0]) };
    let (along, up) = ((main + 1) % 3, (main + 2) % 3);
    if normal[main] >= 0.0 { (along, up) } else { (up, along) }
}

/// Unit normal of a ring by Newell's sums, about its first corner; none when it encloses nothing.
fn normal_of(ring: &[Corner]) -> Option<[f64; 3]> {
    let from = |at: &Corner| [0, 1, 2].map(|i| f64::from(at[i]) - f64::from(ring[0][i]));
    let mut sum = [0.0; 3];
    for (a, b) in ring.iter().zip(ring.iter().cycle().skip(1)) {
        let (a, b) = (from(a), from(b));
        for (i, part) in sum.iter_mut().enumerate() {
            let (j, k) = ((i + 1) % 3, (i + 2) % 3);
            *part += a[j] * b[k] - a[k] * b[j];
        }
    }
    let length = sum.iter().map(|part| part * part).sum::<f64>().sqrt();
    // Twice the area in square millimetres; below this it is a line.
    (length >= 1.0).then(|| sum.map(|part| part / length))
}

/// The triangles of all faces, corners shared.
pub(super) fn mesh_of(faces: &[Face], subject: &mut Subject<'_>) -> Mesh {
    let mut mesh = Mesh::default();
    let mut known: FxHashMap<Corner, u32> = FxHashMap::default();
    let (mut missed_faces, mut large) = (0, 0);
    for face in faces {
        if face.rings.iter().map(Vec::len).sum::<usize>() > MAX_VERTICES {
            large += 1;
            continue;
        }
        let (triangles, missed) = face.triangles();
        missed_faces += usize::from(missed > MISSED_SHARE);
        for corners in triangles {
            let corners = corners.map(|at| {
                *known.entry(at).or_insert_with(|| {
                    mesh.vertices.push(at);
                    mesh.vertices.len() as u32 - 1
                })
            });
            mesh.triangles.push((corners, face.role));
        }
    }
    if missed_faces > 0 {
        subject.note("triangulation", format!("triangles of {missed_faces} face(s) miss a part of it; kept"));
    }
    if large > 0 {
        let action = format!("{large} face(s) have more than {MAX_VERTICES} vertices; left out");
        subject.note("too-many-vertices", action);
    }
    mesh
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn faces_of_a_box_are_known_by_their_normals() {
        let wall = vec![[0, 0, 0], [4000, 0, 0], [4000, 0, 3000], [0, 0, 3000]];
        let top = vec![[0, 0, 3000], [4000, 0, 3000], [4000, 9000, 3000], [0, 9000, 3000]];
        let mut foot = top.clone();
        foot.reverse();
        let role = |ring: &Vec<Corner>| Face::of(vec![ring.clone()], None).expect("a face").role;
        assert_eq!(
            [&wall, &top, &foot].map(role),
            [SurfaceRole::Side, SurfaceRole::Top, SurfaceRole::Underside]
        );
        for ring in [wall, top, foot] {
            let face = Face::of(vec![ring], None).expect("a face");
            let (triangles, missed) = face.triangles();
            assert_eq!((triangles.len(), missed), (2, 0.0));
            for corners in triangles {
                let normal = normal_of(&corners).expect("a triangle");
                assert!((0..3).all(|i| (normal[i] - face.normal[i]).abs() < 1e-9), "{normal:?}");
            }
        }
        assert!(Face::of(vec![vec![[0, 0, 0], [5, 5, 5], [10, 10, 10]]], None).is_none());
    }

    #[test]
    fn an_upright_face_with_a_hole_keeps_its_hole() {
        let outside = vec![[0, 0, 0], [9000, 0, 0], [9000, 0, 9000], [0, 0, 9000]];
        let hole = vec![[3000, 0, 3000], [6000, 0, 3000], [6000, 0, 6000], [3000, 0, 6000]];
        let face = Face::of(vec![outside, hole], None).expect("a face");
        assert_eq!((face.triangles().0.len(), face.triangles().1), (8, 0.0));
    }
}
