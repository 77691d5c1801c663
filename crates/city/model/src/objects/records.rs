//! The records, and how two stores become one.

use std::collections::HashMap;

use bytemuck::{Pod, Zeroable};

use super::{NO_INDEX, Objects};
use crate::StringId;

/// Room beyond what a part of the whole lets expect.
const SLACK: f64 = 1.05;

/// No more is expected than this many times what is there.
const LEAST_SHARE: f64 = 1.0 / 256.0;

/// A range of the store's text, bytes.
#[repr(C)]
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Pod, Zeroable)]
pub struct Text {
    /// First byte.
    pub start: u32,
    /// Byte after the last.
    pub end: u32,
}

impl Text {
    /// Nothing in it.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }
}

/// A top-level object, or what else stands at the top of a file.
#[repr(C)]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Pod, Zeroable)]
pub struct Root {
    /// Its first element.
    pub element: u32,
    /// A [`super::RootKind`].
    pub kind: u32,
    /// Name of the file that it comes from.
    pub file: StringId,
    /// Keeps the place aligned.
    pub reserved: u32,
    /// Place in the file, bytes.
    pub byte: u64,
}

/// An element that is neither geometry nor coordinates.
#[repr(C)]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Pod, Zeroable)]
pub struct Element {
    /// Its name, such as `bldg:Building`.
    pub name: StringId,
    /// A [`super::ElementRole`].
    pub role: u32,
    /// The element around it; [`NO_INDEX`] at the top.
    pub parent: u32,
    /// After its last descendant. Its children come right after itself.
    pub end: u32,
    /// Text between its tags.
    pub text: Text,
    /// First and after the last of its attributes.
    pub attributes: [u32; 2],
}

/// An XML attribute.
#[repr(C)]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Pod, Zeroable)]
pub struct ElementAttribute {
    /// Its name, such as `gml:id` or `uom`.
    pub name: StringId,
    /// Its value.
    pub value: Text,
}

/// A geometry of an element.
#[repr(C)]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Pod, Zeroable)]
pub struct ObjectGeometry {
    /// A [`super::GeometryKind`].
    pub kind: u32,
    /// Level of detail; [`NO_INDEX`] where its property names none.
    pub lod: u32,
    /// The element that holds it.
    pub element: u32,
    /// The geometry that it is a member of, or [`NO_INDEX`].
    pub parent: u32,
    /// After its last member that is a geometry.
    pub end: u32,
    /// A [`super::GeometryRole`].
    pub role: u32,
    /// 1 when its surfaces or lines run the other way.
    pub reversed: u32,
    /// Numbers of a position in the source: with 2 there is no height.
    pub dimension: u32,
    /// `gml:id`.
    pub id: Text,
    /// Its surfaces and those of its members: first, and after the last.
    pub surfaces: [u32; 2],
    /// Its lines, likewise.
    pub lines: [u32; 2],
    /// Its points, likewise.
    pub points: [u32; 2],
    /// Its references, likewise.
    pub links: [u32; 2],
}

/// A flat surface.
#[repr(C)]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Pod, Zeroable)]
pub struct ObjectSurface {
    /// `gml:id`.
    pub id: Text,
    /// Its rings, outside first: first, and after the last.
    pub rings: [u32; 2],
    /// A [`super::SurfaceKind`].
    pub kind: u32,
}

/// A ring, as published: usually closed.
#[repr(C)]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Pod, Zeroable)]
pub struct ObjectRing {
    /// `gml:id`.
    pub id: Text,
    /// Its vertices: first, and after the last.
    pub vertices: [u32; 2],
    /// 1 for a hole.
    pub interior: u32,
}

/// A line, or a point with its one vertex.
#[repr(C)]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Pod, Zeroable)]
pub struct ObjectLine {
    /// `gml:id`.
    pub id: Text,
    /// Its vertices: first, and after the last.
    pub vertices: [u32; 2],
}

/// A reference to another element.
#[repr(C)]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Pod, Zeroable)]
pub struct ObjectLink {
    /// As written.
    pub href: Text,
    /// The geometry that has the target as a member, or [`NO_INDEX`].
    pub geometry: u32,
    /// The element that names the target, or [`NO_INDEX`].
    pub element: u32,
    /// Surfaces before it, which tells its place among them.
    pub after_surfaces: u32,
    /// A [`super::TargetKind`].
    pub target_kind: u32,
    /// Index of the target; [`NO_INDEX`] when it is not in the same object.
    pub target: u32,
}

/// Texture coordinates of a ring.
#[repr(C)]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Pod, Zeroable)]
pub struct TexturedRing {
    /// The element that holds them.
    pub element: u32,
    /// The ring as written: `#` and its id.
    pub ring: Text,
    /// Its texture positions: first, and after the last.
    pub positions: [u32; 2],
}

/// How far everything of another store moves up when it comes behind this one.
struct Shift {
    elements: u32,
    attributes: u32,
    geometries: u32,
    surfaces: u32,
    rings: u32,
    lines: u32,
    points: u32,
    vertices: u32,
    links: u32,
    texture_positions: u32,
    text: u32,
    names: Vec<StringId>,
}

pub(super) fn append(store: &mut Objects, other: &Objects, share: f64) {
    make_room(store, other, share);
    let shift = Shift {
        elements: store.elements.len() as u32,
        attributes: store.attributes.len() as u32,
        geometries: store.geometries.len() as u32,
        surfaces: store.surfaces.len() as u32,
        rings: store.rings.len() as u32,
        lines: store.lines.len() as u32,
        points: store.points.len() as u32,
        vertices: store.vertices_mm.len() as u32,
        links: store.links.len() as u32,
        texture_positions: store.texture_positions.len() as u32,
        text: store.text.len() as u32,
        names: joined_names(store, other),
    };
    store.roots.extend(other.roots.iter().map(|root| shift.root(*root)));
    store.elements.extend(other.elements.iter().map(|element| shift.element(*element)));
    store.attributes.extend(other.attributes.iter().map(|attribute| shift.attribute(*attribute)));
    store.geometries.extend(other.geometries.iter().map(|geometry| shift.geometry(*geometry)));
    store.surfaces.extend(other.surfaces.iter().map(|surface| shift.surface(*surface)));
    store.rings.extend(other.rings.iter().map(|ring| shift.ring(*ring)));
    store.lines.extend(other.lines.iter().map(|line| shift.line(*line)));
    store.points.extend(other.points.iter().map(|point| shift.line(*point)));
    store.vertices_mm.extend_from_slice(&other.vertices_mm);
    store.links.extend(other.links.iter().map(|link| shift.link(*link)));
    store.textured_rings.extend(other.textured_rings.iter().map(|ring| shift.textured(*ring)));
    store.texture_positions.extend_from_slice(&other.texture_positions);
    store.text.extend_from_slice(&other.text);
}

/// Room for both, and where an array must move at all for the whole of which both are this share: moving large arrays
/// again and again costs more than all the rest of joining.
fn make_room(store: &mut Objects, other: &Objects, share: f64) {
    fn one<T>(array: &mut Vec<T>, more: &[T], share: f64) {
        let both = array.len() + more.len();
        if both > array.capacity() {
            let whole = (both as f64 / share.clamp(LEAST_SHARE, 1.0) * SLACK) as usize;
            array.reserve(whole - array.len());
        }
    }
    one(&mut store.roots, &other.roots, share);
    one(&mut store.elements, &other.elements, share);
    one(&mut store.attributes, &other.attributes, share);
    one(&mut store.geometries, &other.geometries, share);
    one(&mut store.surfaces, &other.surfaces, share);
    one(&mut store.rings, &other.rings, share);
    one(&mut store.lines, &other.lines, share);
    one(&mut store.points, &other.points, share);
    one(&mut store.vertices_mm, &other.vertices_mm, share);
    one(&mut store.links, &other.links, share);
    one(&mut store.textured_rings, &other.textured_rings, share);
    one(&mut store.texture_positions, &other.texture_positions, share);
    one(&mut store.text, &other.text, share);
}

/// The ids here of the names there.
fn joined_names(store: &mut Objects, other: &Objects) -> Vec<StringId> {
    let count = |names: &crate::Strings| (0..names.ends.len() as u32).map(StringId);
    let mut known: HashMap<String, StringId> =
        count(&store.names).map(|id| (store.name(id).to_owned(), id)).collect();
    let mut joined = Vec::with_capacity(other.names.ends.len());
    for id in count(&other.names) {
        let name = other.name(id);
        let id = known.get(name).copied().unwrap_or_else(|| {
            let id = store.names.push(name);
            known.insert(name.to_owned(), id);
            id
        });
        joined.push(id);
    }
    joined
}

fn up(index: u32, by: u32) -> u32 {
    if index == NO_INDEX { NO_INDEX } else { index + by }
}

impl Shift {
    fn text(&self, text: Text) -> Text {
        Text { start: text.start + self.text, end: text.end + self.text }
    }

    fn range(range: [u32; 2], by: u32) -> [u32; 2] {
        range.map(|index| index + by)
    }

    fn root(&self, root: Root) -> Root {
        Root { element: root.element + self.elements, file: self.names[root.file.0 as usize], ..root }
    }

    fn element(&self, element: Element) -> Element {
        Element {
            name: self.names[element.name.0 as usize],
            parent: up(element.parent, self.elements),
            end: element.end + self.elements,
            text: self.text(element.text),
            attributes: Self::range(element.attributes, self.attributes),
            ..element
        }
    }

    fn attribute(&self, attribute: ElementAttribute) -> ElementAttribute {
        ElementAttribute { name: self.names[attribute.name.0 as usize], value: self.text(attribute.value) }
    }

    fn geometry(&self, geometry: ObjectGeometry) -> ObjectGeometry {
        ObjectGeometry {
            element: geometry.element + self.elements,
            parent: up(geometry.parent, self.geometries),
            end: geometry.end + self.geometries,
            id: self.text(geometry.id),
            surfaces: Self::range(geometry.surfaces, self.surfaces),
            lines: Self::range(geometry.lines, self.lines),
            points: Self::range(geometry.points, self.points),
            links: Self::range(geometry.links, self.links),
            ..geometry
        }
    }

    fn surface(&self, surface: ObjectSurface) -> ObjectSurface {
        let (id, rings) = (self.text(surface.id), Self::range(surface.rings, self.rings));
        ObjectSurface { id, rings, ..surface }
    }

    fn ring(&self, ring: ObjectRing) -> ObjectRing {
        let (id, vertices) = (self.text(ring.id), Self::range(ring.vertices, self.vertices));
        ObjectRing { id, vertices, ..ring }
    }

    fn line(&self, line: ObjectLine) -> ObjectLine {
        ObjectLine { id: self.text(line.id), vertices: Self::range(line.vertices, self.vertices) }
    }

    fn link(&self, link: ObjectLink) -> ObjectLink {
        use super::TargetKind::{Element, Geometry, Line, Outside, Point, Ring, Surface};
        let by = match super::TargetKind::from_number(link.target_kind) {
            Some(Surface) => self.surfaces,
            Some(Geometry) => self.geometries,
            Some(Ring) => self.rings,
            Some(Line) => self.lines,
            Some(Point) => self.points,
            Some(Element) => self.elements,
            Some(Outside) | None => 0,
        };
        ObjectLink {
            href: self.text(link.href),
            geometry: up(link.geometry, self.geometries),
            element: up(link.element, self.elements),
            after_surfaces: link.after_surfaces + self.surfaces,
            target: up(link.target, by),
            ..link
        }
    }

    fn textured(&self, ring: TexturedRing) -> TexturedRing {
        TexturedRing {
            element: ring.element + self.elements,
            ring: self.text(ring.ring),
            positions: Self::range(ring.positions, self.texture_positions),
        }
    }
}
