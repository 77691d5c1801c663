//! Objects put together by hand: for readers of formats that are not XML.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::{
    Geometry, GeometryKind, GeometryRole, Line, NONE, NameId, Names, Node, NodeRole, Point, RawObject, Ring,
    Span, Surface, SurfaceKind, XmlAttribute,
};

/// Builds one object: elements are opened and closed like tags, geometries likewise.
///
/// Attributes belong to the element that was opened last, so they come right after [`Self::begin`].
///
/// ```
/// use futago_raw::{GeometryKind, NodeRole, ObjectBuilder};
///
/// let mut house = ObjectBuilder::new("bldg:Building", 0);
/// house.attribute("gml:id", "house-1");
/// house.value("bldg:measuredHeight", "9.5");
/// house.begin("bldg:lod1Solid", NodeRole::Property);
/// house.begin_geometry(GeometryKind::Solid, Some(1), Some(6697));
/// house.surface("", &[&[[35.0, 139.0, 0.0], [35.0, 139.1, 0.0], [35.1, 139.1, 0.0]]]);
/// house.end_geometry();
/// house.end();
/// let house = house.finish();
/// assert_eq!(house.id(), Some("house-1"));
/// assert_eq!(house.shapes.surfaces.len(), 1);
/// ```
#[derive(Debug)]
pub struct ObjectBuilder {
    object: RawObject,
    names: Names,
    known: FxHashMap<String, NameId>,
    node: u32,
    geometry: Option<u32>,
}

impl ObjectBuilder {
    /// Begins an object of a kind such as `bldg:Building`, found at a byte of its file.
    pub fn new(kind: &str, byte: u64) -> Self {
        let mut builder = Self {
            object: RawObject::empty(),
            names: Names::default(),
            known: FxHashMap::default(),
            node: NONE,
            geometry: None,
        };
        builder.object.byte = byte;
        builder.begin(kind, NodeRole::Part);
        builder
    }

    /// Opens an element inside the one that is open.
    pub fn begin(&mut self, name: &str, role: NodeRole) {
        let index = self.object.nodes.len() as u32;
        let attributes = self.object.attributes.len() as u32;
        let name = self.name(name);
        self.object.nodes.push(Node {
            name,
            role,
            parent: self.node,
            end: index + 1,
            text: Span::default(),
            first_attribute: attributes,
            end_attribute: attributes,
        });
        self.node = index;
    }

    /// An attribute of the element that was opened last, for example `gml:id` or `uom`.
    pub fn attribute(&mut self, name: &str, value: &str) {
        let (name, value) = (self.name(name), self.push_text(value));
        self.object.attributes.push(XmlAttribute { name, value });
        let end = self.object.attributes.len() as u32;
        if let Some(last) = self.object.nodes.last_mut() {
            last.end_attribute = end;
        }
    }

    /// The text of the open element.
    pub fn text(&mut self, text: &str) {
        let text = self.push_text(text);
        self.object.nodes[self.node as usize].text = text;
    }

    /// A property with a text and nothing else.
    pub fn value(&mut self, name: &str, text: &str) {
        self.begin(name, NodeRole::Property);
        self.text(text);
        self.end();
    }

    /// Closes the open element. The object itself is closed by [`Self::finish`].
    pub fn end(&mut self) {
        let end = self.object.nodes.len() as u32;
        let node = &mut self.object.nodes[self.node as usize];
        node.end = end;
        if node.parent != NONE {
            self.node = node.parent;
        }
    }

    /// Opens a geometry of the open element, or a member of the open geometry.
    pub fn begin_geometry(&mut self, kind: GeometryKind, lod: Option<u8>, epsg: Option<u32>) {
        let (index, shapes) = (self.object.shapes.geometries.len() as u32, &self.object.shapes);
        let (surfaces, lines) = (shapes.surfaces.len() as u32, shapes.lines.len() as u32);
        let (points, links) = (shapes.points.len() as u32, self.object.links.len() as u32);
        self.object.shapes.geometries.push(Geometry {
            kind,
            lod,
            node: self.node,
            parent: self.geometry,
            end: index + 1,
            role: GeometryRole::Member,
            reversed: false,
            dimension: 3,
            epsg,
            id: Span::default(),
            surfaces: surfaces..surfaces,
            lines: lines..lines,
            points: points..points,
            links: links..links,
        });
        self.geometry = Some(index);
    }

    /// How the open geometry sits in the one around it.
    pub fn geometry_role(&mut self, role: GeometryRole) {
        if let Some(open) = self.geometry {
            self.object.shapes.geometries[open as usize].role = role;
        }
    }

    /// A surface of the open geometry: its outside ring, then its holes. `id` may be empty.
    pub fn surface(&mut self, id: &str, rings: &[&[[f64; 3]]]) {
        let id = self.push_text(id);
        let shapes = &mut self.object.shapes;
        let first = shapes.rings.len() as u32;
        for (index, ring) in rings.iter().enumerate() {
            let start = shapes.positions.len() as u32;
            shapes.positions.extend_from_slice(ring);
            let positions = start..shapes.positions.len() as u32;
            shapes.rings.push(Ring { id: Span::default(), interior: index > 0, positions });
        }
        let rings = first..shapes.rings.len() as u32;
        let kind = if rings.len() == 1 && shapes.rings[first as usize].positions.len() <= 4 {
            SurfaceKind::Triangle
        } else {
            SurfaceKind::Polygon
        };
        shapes.surfaces.push(Surface { kind, id, rings });
    }

    /// A line of the open geometry.
    pub fn line(&mut self, positions: &[[f64; 3]]) {
        let positions = self.push_positions(positions);
        self.object.shapes.lines.push(Line { id: Span::default(), positions });
    }

    /// A point of the open geometry.
    pub fn point(&mut self, position: [f64; 3]) {
        let positions = self.push_positions(&[position]);
        self.object.shapes.points.push(Point { id: Span::default(), positions });
    }

    /// Closes the open geometry.
    pub fn end_geometry(&mut self) {
        let Some(open) = self.geometry else { return };
        let shapes = &mut self.object.shapes;
        let end = shapes.geometries.len() as u32;
        let geometry = &mut shapes.geometries[open as usize];
        geometry.end = end;
        geometry.surfaces.end = shapes.surfaces.len() as u32;
        geometry.lines.end = shapes.lines.len() as u32;
        geometry.points.end = shapes.points.len() as u32;
        self.geometry = geometry.parent;
    }

    /// The object. What is still open is closed.
    pub fn finish(mut self) -> RawObject {
        while self.geometry.is_some() {
            self.end_geometry();
        }
        while self.object.nodes[self.node as usize].parent != NONE {
            self.end();
        }
        self.end();
        self.object.names = Arc::new(self.names);
        self.object
    }

    fn name(&mut self, name: &str) -> NameId {
        if let Some(id) = self.known.get(name) {
            return *id;
        }
        let id = self.names.push(name);
        self.known.insert(name.to_owned(), id);
        id
    }

    fn push_text(&mut self, text: &str) -> Span {
        let start = self.object.text.len() as u32;
        self.object.text.push_str(text);
        Span { start, end: self.object.text.len() as u32 }
    }

    fn push_positions(&mut self, positions: &[[f64; 3]]) -> std::ops::Range<u32> {
        let start = self.object.shapes.positions.len() as u32;
        self.object.shapes.positions.extend_from_slice(positions);
        start..self.object.shapes.positions.len() as u32
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tree_and_its_geometries_close_in_order() {
        let mut city = ObjectBuilder::new("bldg:Building", 7);
        city.attribute("gml:id", "a");
        city.begin("bldg:boundedBy", NodeRole::Property);
        city.begin("bldg:RoofSurface", NodeRole::Part);
        city.attribute("gml:id", "roof");
        city.begin("bldg:lod2MultiSurface", NodeRole::Property);
        city.begin_geometry(GeometryKind::MultiSurface, Some(2), None);
        city.surface("s", &[&[[0.0; 3], [1.0; 3], [2.0; 3]], &[[0.5; 3], [0.6; 3], [0.7; 3]]]);
        let object = city.finish();
        let roof = object.parts().find(|part| part.id() == Some("roof")).unwrap();
        assert_eq!((object.byte, roof.name()), (7, "bldg:RoofSurface"));
        let geometry = roof.child("bldg:lod2MultiSurface").unwrap().geometries().next().unwrap();
        let surface = &object.shapes.surfaces_of(geometry)[0];
        assert_eq!(object.shapes.rings_of(surface).len(), 2);
        assert_eq!(object.text(surface.id), "s");
        assert_eq!(object.root().children().count(), 1);
    }
}
