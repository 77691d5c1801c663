//! Raw features to [`futago_model::Objects`]: everything that a file says, in site coordinates.
//!
//! Elements, attributes and references are copied as they are; positions are projected. A ring, line or
//! point with a position that has no place loses its vertices, which the Report tells.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use futago_field::Report;
use futago_model::objects::{
    Element, ElementAttribute, NO_INDEX, ObjectGeometry, ObjectLine, ObjectLink, ObjectRing, ObjectSurface,
    Root, TargetKind, Text, TexturedRing,
};
use futago_model::{Objects, StringId};
use futago_raw::{Item, LinkOwner, NONE, NameId, Names, Node, RawObject, Span, Target};
use rustc_hash::FxHashMap;

use crate::codes::{Codes, Meaning};
use crate::site::{Converter, NO_PLACE};

/// Name of the attribute that tells what a code means.
const MEANING: &str = "futago:meaning";

/// Builds a store item by item.
pub(crate) struct ObjectsBuilder<'c> {
    objects: Objects,
    codes: &'c Codes,
    /// Codes that have no meaning here: why, the list, and how many.
    unknown: BTreeMap<(&'static str, String), (String, usize)>,
    known: FxHashMap<String, StringId>,
    /// The names of the last object, which most objects of a stretch share, and their ids here.
    shared: Option<(Arc<Names>, Vec<Option<StringId>>)>,
}

/// Where the arrays of an object begin in the store.
struct Base {
    elements: u32,
    geometries: u32,
    surfaces: u32,
    rings: u32,
    lines: u32,
    points: u32,
    vertices: u32,
    links: u32,
    texture_positions: u32,
    text: u32,
}

/// The positions of an object in the site, one for each of its own.
pub(crate) fn place(object: &RawObject, converter: &mut Converter<'_>) -> Vec<[i32; 3]> {
    converter.next_object();
    let shapes = &object.shapes;
    let mut placed = Vec::with_capacity(shapes.positions.len());
    let system = shapes.geometries.first().and_then(|geometry| geometry.epsg);
    converter.convert(&shapes.positions, system, &mut placed);
    // Members follow what they are members of, so the innermost system has the last word.
    for geometry in shapes.geometries.iter().filter(|geometry| geometry.epsg != system) {
        let rings = shapes.surfaces_of(geometry).iter().flat_map(|surface| shapes.rings_of(surface));
        let lines = &shapes.lines[geometry.lines.start as usize..geometry.lines.end as usize];
        let points = &shapes.points[geometry.points.start as usize..geometry.points.end as usize];
        let ranges = rings.map(|ring| &ring.positions);
        let ranges = ranges.chain(lines.iter().map(|line| &line.positions));
        for range in ranges.chain(points.iter().map(|point| &point.positions)) {
            let mut own = Vec::with_capacity(range.len());
            converter.convert(shapes.at(range), geometry.epsg, &mut own);
            placed[range.start as usize..range.end as usize].copy_from_slice(&own);
        }
    }
    placed
}

impl<'c> ObjectsBuilder<'c> {
    /// Builds in the memory of a store that is empty.
    pub fn new(codes: &'c Codes, objects: Objects) -> Self {
        Self { objects, codes, unknown: BTreeMap::new(), known: FxHashMap::default(), shared: None }
    }

    /// The store. Codes without a meaning are reported, each list once.
    pub fn finish(self, file: &str, report: &mut Report) -> Objects {
        for ((code, list), (example, count)) in self.unknown {
            let action = match code {
                "unknown-code" => {
                    format!("{count} value(s) are not in it, such as {example}; kept as they are")
                }
                _ => format!("{count} code(s) name it and it is not there; kept without a meaning"),
            };
            report.add(code, list, file, action);
        }
        self.objects
    }

    /// Adds an item with its placed positions.
    pub fn push(&mut self, item: &Item, placed: &[[i32; 3]], file: &str, report: &mut Report) {
        let (object, base) = (&item.object, self.base());
        let file_id = self.name(file);
        self.objects.roots.push(Root {
            element: base.elements,
            kind: item.kind as u32,
            file: file_id,
            reserved: 0,
            byte: object.byte,
        });
        self.objects.text.extend_from_slice(object.text.as_bytes());
        self.elements(object, &base);
        self.geometries(object, &base);
        let lost = self.shapes(object, placed, &base);
        self.links(object, &base);
        if lost > 0 {
            let action = format!(
                "{lost} ring(s), line(s) or point(s) have no place in the city; kept without vertices"
            );
            let name = object.id().unwrap_or_else(|| object.kind());
            report.add("bad-coordinates", name, format!("{file}, byte {}", object.byte), action);
        }
    }

    fn base(&self) -> Base {
        let all = &self.objects;
        Base {
            elements: all.elements.len() as u32,
            geometries: all.geometries.len() as u32,
            surfaces: all.surfaces.len() as u32,
            rings: all.rings.len() as u32,
            lines: all.lines.len() as u32,
            points: all.points.len() as u32,
            vertices: all.vertices_mm.len() as u32,
            links: all.links.len() as u32,
            texture_positions: all.texture_positions.len() as u32,
            text: all.text.len() as u32,
        }
    }

    fn name(&mut self, name: &str) -> StringId {
        if let Some(id) = self.known.get(name) {
            return *id;
        }
        let id = self.objects.names.push(name);
        self.known.insert(name.to_owned(), id);
        id
    }

    /// The id of a name of an object.
    fn name_of(&mut self, names: &Arc<Names>, id: NameId) -> StringId {
        let index = id.0 as usize;
        if let Some((last, ids)) = &self.shared
            && Arc::ptr_eq(last, names)
            && let Some(Some(known)) = ids.get(index)
        {
            return *known;
        }
        let found = self.name(names.get(id));
        if !self.shared.as_ref().is_some_and(|(last, _)| Arc::ptr_eq(last, names)) {
            self.shared = Some((Arc::clone(names), Vec::new()));
        }
        if let Some((_, ids)) = &mut self.shared {
            ids.resize(ids.len().max(index + 1), None);
            ids[index] = Some(found);
        }
        found
    }

    fn elements(&mut self, object: &RawObject, base: &Base) {
        for node in &object.nodes {
            let name = self.name_of(&object.names, node.name);
            let first = self.objects.attributes.len() as u32;
            self.attributes(object, node, base);
            self.objects.elements.push(Element {
                name,
                role: node.role as u32,
                parent: if node.parent == NONE { NO_INDEX } else { node.parent + base.elements },
                end: node.end + base.elements,
                text: base.text_of(node.text),
                attributes: [first, self.objects.attributes.len() as u32],
            });
        }
    }

    /// The attributes of an element, and what its code means when it has one.
    fn attributes(&mut self, object: &RawObject, node: &Node, base: &Base) {
        let own = node.first_attribute as usize..node.end_attribute as usize;
        let mut space = None;
        for attribute in &object.attributes[own] {
            let name = self.name_of(&object.names, attribute.name);
            if object.names.get(attribute.name) == "codeSpace" {
                space = Some(object.text(attribute.value));
            }
            let value = base.text_of(attribute.value);
            self.objects.attributes.push(ElementAttribute { name, value });
        }
        let code = object.text(node.text);
        let Some(space) = space.filter(|space| space.ends_with(".xml") && !code.is_empty()) else { return };
        match self.codes.meaning(space, code) {
            Meaning::Text(words) => {
                let start = self.objects.text.len() as u32;
                self.objects.text.extend_from_slice(words.as_bytes());
                let value = Text { start, end: self.objects.text.len() as u32 };
                let name = self.name(MEANING);
                self.objects.attributes.push(ElementAttribute { name, value });
            }
            Meaning::UnknownCode => self.note_code("unknown-code", space, code),
            Meaning::NoList => self.note_code("missing-codelist", space, code),
        }
    }

    fn note_code(&mut self, why: &'static str, space: &str, code: &str) {
        let found = self.unknown.entry((why, space.to_owned()));
        found.or_insert_with(|| (code.to_owned(), 0)).1 += 1;
    }

    fn geometries(&mut self, object: &RawObject, base: &Base) {
        self.objects.geometries.extend(object.shapes.geometries.iter().map(|g| ObjectGeometry {
            kind: g.kind as u32,
            lod: g.lod.map_or(NO_INDEX, u32::from),
            element: g.node + base.elements,
            parent: g.parent.map_or(NO_INDEX, |parent| parent + base.geometries),
            end: g.end + base.geometries,
            role: g.role as u32,
            reversed: u32::from(g.reversed),
            dimension: u32::from(g.dimension),
            id: base.text_of(g.id),
            surfaces: up(&g.surfaces, base.surfaces),
            lines: up(&g.lines, base.lines),
            points: up(&g.points, base.points),
            links: up(&g.links, base.links),
        }));
    }

    /// Adds surfaces, lines and points; how many of them lost their vertices.
    fn shapes(&mut self, object: &RawObject, placed: &[[i32; 3]], base: &Base) -> usize {
        let (shapes, store) = (&object.shapes, &mut self.objects);
        let mut lost = 0;
        let mut vertices = |range: &Range<u32>| {
            let whole = !placed[range.start as usize..range.end as usize].contains(&NO_PLACE);
            lost += usize::from(!whole);
            let end = if whole { range.end } else { range.start };
            [range.start + base.vertices, end + base.vertices]
        };
        store.surfaces.extend(shapes.surfaces.iter().map(|surface| ObjectSurface {
            id: base.text_of(surface.id),
            rings: up(&surface.rings, base.rings),
            kind: surface.kind as u32,
        }));
        store.rings.extend(shapes.rings.iter().map(|ring| ObjectRing {
            id: base.text_of(ring.id),
            vertices: vertices(&ring.positions),
            interior: u32::from(ring.interior),
        }));
        let mut line = |id, positions| ObjectLine { id: base.text_of(id), vertices: vertices(positions) };
        store.lines.extend(shapes.lines.iter().map(|l| line(l.id, &l.positions)));
        store.points.extend(shapes.points.iter().map(|p| line(p.id, &p.positions)));
        store.vertices_mm.extend(placed.iter().map(|at| if *at == NO_PLACE { [0; 3] } else { *at }));
        lost
    }

    fn links(&mut self, object: &RawObject, base: &Base) {
        self.objects.links.extend(object.links.iter().map(|link| {
            let (kind, target) = match link.target {
                Target::Surface(i) => (TargetKind::Surface, i + base.surfaces),
                Target::Geometry(i) => (TargetKind::Geometry, i + base.geometries),
                Target::Ring(i) => (TargetKind::Ring, i + base.rings),
                Target::Line(i) => (TargetKind::Line, i + base.lines),
                Target::Point(i) => (TargetKind::Point, i + base.points),
                Target::Node(i) => (TargetKind::Element, i + base.elements),
                Target::Outside => (TargetKind::Outside, NO_INDEX),
            };
            let (geometry, element) = match link.owner {
                LinkOwner::Geometry(i) => (i + base.geometries, NO_INDEX),
                LinkOwner::Node(i) => (NO_INDEX, i + base.elements),
            };
            ObjectLink {
                href: base.text_of(link.href),
                geometry,
                element,
                after_surfaces: link.after_surfaces + base.surfaces,
                target_kind: kind as u32,
                target,
            }
        }));
        self.objects.textured_rings.extend(object.texture_rings.iter().map(|ring| TexturedRing {
            element: ring.node + base.elements,
            ring: base.text_of(ring.ring),
            positions: up(&ring.positions, base.texture_positions),
        }));
        self.objects.texture_positions.extend_from_slice(&object.texture_positions);
    }
}

impl Base {
    fn text_of(&self, span: Span) -> Text {
        Text { start: span.start + self.text, end: span.end + self.text }
    }
}

fn up(range: &Range<u32>, by: u32) -> [u32; 2] {
    [range.start + by, range.end + by]
}
