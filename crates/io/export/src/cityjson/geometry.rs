//! Geometries with their semantic surfaces.

use std::collections::{BTreeMap, HashMap, HashSet};

use futago_model::Objects;
use futago_model::objects::{ElementView, GeometryKind, GeometryRole, NO_INDEX, ObjectGeometry, TargetKind};
use serde_json::{Map, Value, json};

use super::{attributes, is_city_object, kinds};

/// Vertices of the file, each once.
#[derive(Default)]
pub(super) struct Vertices {
    pub list: Vec<[i32; 3]>,
    known: HashMap<[i32; 3], u32>,
}

impl Vertices {
    fn index(&mut self, at: [i32; 3]) -> u32 {
        *self.known.entry(at).or_insert_with(|| {
            self.list.push(at);
            self.list.len() as u32 - 1
        })
    }
}

/// A surface of a geometry, and whether it runs the other way there.
#[derive(Clone, Copy)]
struct Face {
    surface: u32,
    flipped: bool,
}

/// What is known of an object's geometries before they are written.
struct Scene<'a> {
    objects: &'a Objects,
    /// The boundary surface of each surface that belongs to one.
    owners: HashMap<u32, ElementView<'a>>,
    /// What surfaces on their own are written as.
    surfaces: &'static str,
    /// Parts that are semantics of a geometry.
    told: HashSet<u32>,
}

/// The geometries of an object, without those of the city objects in it. Parts that are told as semantics go
/// into `told`.
pub(super) fn of(
    objects: &Objects,
    object: ElementView<'_>,
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
    let mut scene = Scene { objects, owners, surfaces, told: HashSet::new() };
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
        let turned: Vec<&ObjectGeometry> = members.iter().filter(|member| member.reversed == 1).collect();
        let holds = |range: [u32; 2], index: u32| (range[0]..range[1]).contains(&index);
        let flips =
            |of: &dyn Fn(&ObjectGeometry) -> bool| turned.iter().filter(|member| of(member)).count() % 2 == 1;
        let mut links = geometry.links[0]..geometry.links[1];
        let mut next_link = links.next();
        let mut faces = Vec::new();
        for surface in geometry.surfaces[0]..=geometry.surfaces[1] {
            while let Some(link) =
                next_link.filter(|link| objects.links[*link as usize].after_surfaces <= surface)
            {
                let flipped = flips(&|member| holds(member.links, link));
                self.linked(link, flipped, &mut faces);
                next_link = links.next();
            }
            if surface < geometry.surfaces[1] {
                faces.push(Face { surface, flipped: flips(&|member| holds(member.surfaces, surface)) });
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
        let (boundaries, values, surfaces) = self.bounded(&[shells], vertices);
        let (Some(boundaries), Some(values)) = (boundaries.into_iter().next(), values.into_iter().next())
        else {
            return None;
        };
        Some(record("Solid", geometry.lod, boundaries.into(), values.into(), surfaces))
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
        let (boundaries, values, surfaces) = self.bounded(&solids, vertices);
        if boundaries.is_empty() {
            return None;
        }
        Some(record(kind, geometry.lod, boundaries.into(), values.into(), surfaces))
    }

    fn multi_surface(
        &mut self,
        kind: &str,
        lod: u32,
        faces: &[Face],
        vertices: &mut Vertices,
    ) -> Option<Value> {
        let (boundaries, values, surfaces) = self.bounded(&[vec![faces.to_vec()]], vertices);
        let boundaries = boundaries.into_iter().flatten().next()?;
        let values = values.into_iter().flatten().next()?;
        Some(record(kind, lod, boundaries.into(), values.into(), surfaces))
    }

    /// Solids as shells as faces: their boundaries, the numbers of their semantics, and these. Faces
    /// without vertices go, then shells without faces and solids without shells.
    #[expect(clippy::type_complexity, reason = "the nesting is that of the format")]
    fn bounded(
        &mut self,
        solids: &[Vec<Vec<Face>>],
        vertices: &mut Vertices,
    ) -> (Vec<Vec<Vec<Value>>>, Vec<Vec<Vec<Value>>>, Vec<Value>) {
        let mut semantics = Semantics::default();
        let (mut boundaries, mut values) = (Vec::new(), Vec::new());
        for shells in solids {
            let (mut solid, mut solid_values) = (Vec::new(), Vec::new());
            for shell in shells {
                let (mut faces, mut numbers) = (Vec::new(), Vec::new());
                for face in shell {
                    let Some(rings) = self.rings(*face, vertices) else { continue };
                    faces.push(rings);
                    numbers.push(semantics.number(self.owners.get(&face.surface).copied()));
                }
                if !faces.is_empty() {
                    solid.push(faces);
                    solid_values.push(numbers);
                }
            }
            if !solid.is_empty() {
                boundaries.push(solid);
                values.push(solid_values);
            }
        }
        self.told.extend(semantics.known.keys());
        (boundaries, values, semantics.surfaces)
    }

    /// The rings of a face without their closing vertex; none when the outside has no area.
    fn rings(&self, face: Face, vertices: &mut Vertices) -> Option<Value> {
        let surface = &self.objects.surfaces[face.surface as usize];
        let mut rings: Vec<Vec<u32>> = Vec::new();
        for ring in self.objects.rings_of(surface) {
            let mut at = self.objects.vertices_of(ring.vertices).to_vec();
            if at.len() > 1 && at.first() == at.last() {
                at.pop();
            }
            at.dedup();
            if at.len() < 3 {
                if rings.is_empty() {
                    return None;
                }
                continue;
            }
            if face.flipped {
                at.reverse();
            }
            rings.push(at.into_iter().map(|at| vertices.index(at)).collect());
        }
        (!rings.is_empty()).then(|| json!(rings))
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

/// The semantic surfaces of one geometry.
#[derive(Default)]
struct Semantics {
    surfaces: Vec<Value>,
    known: HashMap<u32, usize>,
}

impl Semantics {
    fn number(&mut self, owner: Option<ElementView<'_>>) -> Value {
        let Some(owner) = owner else { return Value::Null };
        if let Some(known) = self.known.get(&owner.index()) {
            return (*known).into();
        }
        let mut surface = Map::new();
        surface.insert("type".to_owned(), kinds::surface(owner.name()).into());
        if let Some(id) = owner.id() {
            surface.insert("@id".to_owned(), id.into());
        }
        surface.extend(attributes::of(owner));
        let number = self.surfaces.len();
        self.surfaces.push(surface.into());
        self.known.insert(owner.index(), number);
        number.into()
    }
}

/// A geometry with its semantics, where there are any.
fn record(kind: &str, level: u32, boundaries: Value, values: Value, surfaces: Vec<Value>) -> Value {
    let mut record = json!({ "type": kind, "lod": lod(level), "boundaries": boundaries });
    if !surfaces.is_empty() {
        record["semantics"] = json!({ "surfaces": surfaces, "values": values });
    }
    record
}

/// The level of detail as a text; terrain and the like name none, and CityJSON ends at 3.
fn lod(level: u32) -> String {
    if level == NO_INDEX { "1".to_owned() } else { level.min(3).to_string() }
}
