//! Geometries with their semantic surfaces, textures and materials.

use std::collections::{BTreeMap, HashMap, HashSet};

use futago_model::Objects;
use futago_model::objects::{ElementView, GeometryKind, GeometryRole, ObjectGeometry, TargetKind};
use serde_json::{Value, json};

use super::appearance::Appearance;
use super::faces::{Bounded, Face, Semantics, Vertices, Written, lod};
use super::{is_city_object, kinds};

/// What is known of an object's geometries before they are written.
struct Scene<'a> {
    objects: &'a Objects,
    appearance: &'a Appearance<'a>,
    /// The boundary surface of each surface that belongs to one.
    owners: HashMap<u32, ElementView<'a>>,
    /// What surfaces on their own are written as.
    surfaces: &'static str,
    /// Parts that are semantics of a geometry.
    told: HashSet<u32>,
}

/// The geometries of an object, without those of the city objects in it. Parts that are told as semantics go
/// into `told`.
pub(super) fn of<'a>(
    objects: &'a Objects,
    appearance: &'a Appearance<'a>,
    object: ElementView<'a>,
    kind: &str,
    vertices: &mut Vertices,
    told: &mut HashSet<u32>,
) -> Vec<Value> {
    let (mut plain, mut bounding, mut owners) = (Vec::new(), Vec::new(), HashMap::new());
    for (index, geometry) in object.geometries_within() {
        let part = objects.element(geometry.element).part();
        if owner_object(part).index() != object.index() {
            continue;
        }
        if part.index() == object.index() {
            plain.push((index, geometry));
        } else if kinds::surface(part.name()).is_none() {
            bounding.push((index, geometry));
        } else {
            owners.extend((geometry.surfaces[0]..geometry.surfaces[1]).map(|surface| (surface, part)));
            bounding.push((index, geometry));
        }
    }
    let surfaces = if kind == "TINRelief" { "CompositeSurface" } else { "MultiSurface" };
    let mut scene = Scene { objects, appearance, owners, surfaces, told: HashSet::new() };
    let (mut written, mut used) = (Vec::new(), HashSet::new());
    for (index, geometry) in plain {
        used.extend(scene.faces(index, geometry).iter().map(|face| face.surface));
        written.extend(scene.geometry(index, geometry, vertices));
    }
    // Boundary surfaces that no solid refers to are a geometry of their own, one a level of detail.
    let mut left: BTreeMap<u32, Vec<Face>> = BTreeMap::new();
    for (index, geometry) in bounding {
        let faces = scene.faces(index, geometry).into_iter().filter(|face| !used.contains(&face.surface));
        left.entry(geometry.lod).or_default().extend(faces);
        written.extend(scene.lines_and_points(geometry, vertices));
    }
    for (lod, faces) in left {
        written.extend(scene.multi_surface(surfaces, lod, &faces, vertices));
    }
    told.extend(scene.told);
    written
}

/// For each index of a range, whether an odd number of the turned ranges within it hold the index.
fn flips([first, end]: [u32; 2], turned: impl Iterator<Item = [u32; 2]>) -> Vec<bool> {
    let mut flips = vec![false; (end - first) as usize + 1];
    for [from, to] in turned {
        flips[(from - first) as usize] ^= true;
        flips[(to - first) as usize] ^= true;
    }
    let mut odd = false;
    for flip in &mut flips {
        odd ^= *flip;
        *flip = odd;
    }
    flips
}

/// The city object that a part belongs to; itself when it is one.
fn owner_object(part: ElementView<'_>) -> ElementView<'_> {
    let mut element = part;
    while !is_city_object(element) {
        match element.parent() {
            Some(parent) => element = parent.part(),
            None => break,
        }
    }
    element
}

impl<'a> Scene<'a> {
    /// Surfaces of a geometry and those that it refers to, in order.
    fn faces(&self, index: u32, geometry: &ObjectGeometry) -> Vec<Face> {
        let objects = self.objects;
        let members = &objects.geometries[index as usize..geometry.end as usize];
        let turned = || members.iter().filter(|member| member.reversed == 1);
        let surface_flips = flips(geometry.surfaces, turned().map(|member| member.surfaces));
        let link_flips = flips(geometry.links, turned().map(|member| member.links));
        let mut links = geometry.links[0]..geometry.links[1];
        let mut next_link = links.next();
        let mut faces = Vec::new();
        for surface in geometry.surfaces[0]..=geometry.surfaces[1] {
            while let Some(link) =
                next_link.filter(|link| objects.links[*link as usize].after_surfaces <= surface)
            {
                self.linked(link, link_flips[(link - geometry.links[0]) as usize], &mut faces);
                next_link = links.next();
            }
            if surface < geometry.surfaces[1] {
                let flipped = surface_flips[(surface - geometry.surfaces[0]) as usize];
                faces.push(Face { surface, flipped });
            }
        }
        faces
    }

    /// What a reference adds: a surface, or those of a geometry.
    fn linked(&self, link: u32, flipped: bool, faces: &mut Vec<Face>) {
        let link = self.objects.links[link as usize];
        match TargetKind::from_number(link.target_kind) {
            Some(TargetKind::Surface) => faces.push(Face { surface: link.target, flipped }),
            Some(TargetKind::Geometry) => {
                let target = self.objects.geometries[link.target as usize];
                let flipped = flipped != (target.reversed == 1);
                faces.extend(
                    (target.surfaces[0]..target.surfaces[1]).map(|surface| Face { surface, flipped }),
                );
            }
            _ => {}
        }
    }

    fn geometry(&mut self, index: u32, geometry: &ObjectGeometry, vertices: &mut Vertices) -> Vec<Value> {
        let kind = GeometryKind::from_number(geometry.kind);
        let mut written: Vec<Value> = self.lines_and_points(geometry, vertices);
        let surfaces = match kind {
            Some(GeometryKind::Solid) => self.solid(index, geometry, vertices),
            Some(GeometryKind::CompositeSolid) => self.solids("CompositeSolid", index, geometry, vertices),
            Some(GeometryKind::MultiSolid) => self.solids("MultiSolid", index, geometry, vertices),
            Some(GeometryKind::Tin | GeometryKind::TriangulatedSurface | GeometryKind::CompositeSurface) => {
                self.multi_surface("CompositeSurface", geometry.lod, &self.faces(index, geometry), vertices)
            }
            _ => self.multi_surface(self.surfaces, geometry.lod, &self.faces(index, geometry), vertices),
        };
        written.extend(surfaces);
        written
    }

    /// The shells of a solid, outside first.
    fn shells(&self, index: u32, geometry: &ObjectGeometry) -> Vec<Vec<Face>> {
        let all = &self.objects.geometries;
        let members = (index + 1..geometry.end).filter(|member| all[*member as usize].parent == index);
        let shells: Vec<Vec<Face>> = members
            .filter(|member| all[*member as usize].role != GeometryRole::Member as u32)
            .map(|member| self.faces(member, &all[member as usize]))
            .filter(|shell| !shell.is_empty())
            .collect();
        if shells.is_empty() { vec![self.faces(index, geometry)] } else { shells }
    }

    fn solid(&mut self, index: u32, geometry: &ObjectGeometry, vertices: &mut Vertices) -> Option<Value> {
        let shells = self.shells(index, geometry);
        self.bounded(&[shells], vertices).record("Solid", geometry.lod)
    }

    fn solids(
        &mut self,
        kind: &str,
        index: u32,
        geometry: &ObjectGeometry,
        vertices: &mut Vertices,
    ) -> Option<Value> {
        let all = &self.objects.geometries;
        let solid = GeometryKind::Solid as u32;
        let members = (index + 1..geometry.end).filter(|member| all[*member as usize].kind == solid);
        let solids: Vec<_> = members.map(|member| self.shells(member, &all[member as usize])).collect();
        self.bounded(&solids, vertices).record(kind, geometry.lod)
    }

    fn multi_surface(
        &mut self,
        kind: &str,
        lod: u32,
        faces: &[Face],
        vertices: &mut Vertices,
    ) -> Option<Value> {
        self.bounded(&[vec![faces.to_vec()]], vertices).record(kind, lod)
    }

    /// Solids as shells as faces. Faces without vertices go, then shells without faces and solids without
    /// shells.
    fn bounded(&mut self, solids: &[Vec<Vec<Face>>], vertices: &mut Vertices) -> Bounded<'a> {
        let mut semantics = Semantics::default();
        let mut bounded = Bounded::default();
        for shells in solids {
            let mut solid = Vec::new();
            for shell in shells {
                let mut faces = Vec::new();
                for face in shell {
                    if let Some(written) = Written::of(*face, self.objects, self.appearance, vertices) {
                        let owner = self.owners.get(&face.surface).copied();
                        faces.push(written.meaning(semantics.number(owner)));
                    }
                }
                solid.extend((!faces.is_empty()).then_some(faces));
            }
            bounded.solids.extend((!solid.is_empty()).then_some(solid));
        }
        self.told.extend(semantics.known.keys());
        bounded.surfaces = semantics.surfaces;
        bounded
    }

    fn lines_and_points(&self, geometry: &ObjectGeometry, vertices: &mut Vertices) -> Vec<Value> {
        let objects = self.objects;
        let mut written = Vec::new();
        let mut indices = |range: [u32; 2]| -> Vec<u32> {
            objects.vertices_of(range).iter().map(|at| vertices.index(*at)).collect()
        };
        let lines = &objects.lines[geometry.lines[0] as usize..geometry.lines[1] as usize];
        let lines: Vec<_> =
            lines.iter().map(|line| indices(line.vertices)).filter(|line| line.len() > 1).collect();
        if !lines.is_empty() {
            written.push(json!({ "type": "MultiLineString", "lod": lod(geometry.lod), "boundaries": lines }));
        }
        let points = &objects.points[geometry.points[0] as usize..geometry.points[1] as usize];
        let points: Vec<u32> = points.iter().flat_map(|point| indices(point.vertices)).collect();
        if !points.is_empty() {
            written.push(json!({ "type": "MultiPoint", "lod": lod(geometry.lod), "boundaries": points }));
        }
        written
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_turned_twice_stands_as_it_was() {
        let turned = [[10, 14], [11, 13], [12, 12], [13, 15]];
        let found = flips([10, 15], turned.into_iter());
        assert_eq!(found[..5], [true, false, false, false, true]);
        assert_eq!(flips([3, 3], [[3, 3]].into_iter()), [false]);
    }
}
