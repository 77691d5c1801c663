//! Objects put together by hand: for readers of formats that are not XML.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::{
    Geometry, GeometryKind, GeometryRole, Line, Link, LinkOwner, NONE, NameId, Names, Node, NodeRole, Point,
    RawObject, Ring, Span, Surface, SurfaceKind, Target, TextureRing, XmlAttribute,
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
///
/// Many objects are built by one builder with [`Self::start`] and [`Self::take`]: it keeps its memory, and
/// they share their names.
#[derive(Debug)]
pub struct ObjectBuilder {
    object: RawObject,
    names: Names,
    known: FxHashMap<String, NameId>,
    node: u32,
    geometry: Option<u32>,
}

impl Default for ObjectBuilder {
    fn default() -> Self {
        Self {
            object: RawObject::empty(),
            names: Names::default(),
            known: FxHashMap::default(),
            node: NONE,
            geometry: None,
        }
    }
}

impl ObjectBuilder {
    /// Begins an object of a kind such as `bldg:Building`, found at a byte of its file.
    pub fn new(kind: &str, byte: u64) -> Self {
        let mut builder = Self::default();
        builder.start(kind, byte);
        builder
    }

    /// Begins another object; what was not taken of the one before is gone.
    pub fn start(&mut self, kind: &str, byte: u64) {
        self.object.clear();
        self.object.byte = byte;
        (self.node, self.geometry) = (NONE, None);
        self.begin(kind, NodeRole::Part);
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

    /// A surface of the open geometry: its outside ring, then its holes. `id` may be empty. Its number.
    pub fn surface(&mut self, id: &str, rings: &[&[[f64; 3]]]) -> u32 {
        let index = self.begin_surface(id);
        for (index, ring) in rings.iter().enumerate() {
            self.ring("", index > 0, ring.iter().copied());
        }
        self.end_surface();
        index
    }

    /// Opens a surface of the open geometry. `id` may be empty. Its number, for [`Self::link_surface`].
    pub fn begin_surface(&mut self, id: &str) -> u32 {
        let id = self.push_id(id);
        let shapes = &mut self.object.shapes;
        let rings = shapes.rings.len() as u32;
        shapes.surfaces.push(Surface { kind: SurfaceKind::Polygon, id, rings: rings..rings });
        shapes.surfaces.len() as u32 - 1
    }

    /// A ring of the open surface. `id` may be empty.
    pub fn ring(&mut self, id: &str, interior: bool, positions: impl IntoIterator<Item = [f64; 3]>) {
        let id = self.push_id(id);
        let shapes = &mut self.object.shapes;
        let start = shapes.positions.len() as u32;
        shapes.positions.extend(positions);
        let positions = start..shapes.positions.len() as u32;
        shapes.rings.push(Ring { id, interior, positions });
    }

    /// Closes the open surface. One closed ring of three corners makes it a triangle.
    pub fn end_surface(&mut self) {
        let shapes = &mut self.object.shapes;
        let Some(surface) = shapes.surfaces.last_mut() else { return };
        surface.rings.end = shapes.rings.len() as u32;
        let rings = &shapes.rings[surface.rings.start as usize..];
        if let [ring] = rings
            && ring.positions.len() <= 4
        {
            surface.kind = SurfaceKind::Triangle;
        }
    }

    /// Makes a surface of this object that is written already a member of the open geometry.
    pub fn link_surface(&mut self, index: u32) {
        let Span { start, end } = self.object.shapes.surfaces[index as usize].id;
        // The id has a `#` before it (`push_id`), so that one text serves both.
        let href = if start == end { Span::default() } else { Span { start: start - 1, end } };
        self.push_link(href, Target::Surface(index));
    }

    /// A reference of the open geometry or, where none is open, of the open element: `#` and an id.
    pub fn link(&mut self, href: &str, target: Target) {
        let href = self.push_text(href);
        self.push_link(href, target);
    }

    /// Texture coordinates of a ring (`#` and its id), held by the open element.
    pub fn texture_ring(&mut self, ring: &str, positions: impl IntoIterator<Item = [f32; 2]>) {
        let ring = self.push_text(ring);
        let start = self.object.texture_positions.len() as u32;
        self.object.texture_positions.extend(positions);
        let positions = start..self.object.texture_positions.len() as u32;
        self.object.texture_rings.push(TextureRing { node: self.node, ring, positions });
    }

    /// Elements so far.
    pub fn node_count(&self) -> usize {
        self.object.nodes.len()
    }

    /// Vertices so far.
    pub fn vertex_count(&self) -> usize {
        self.object.shapes.positions.len()
    }

    /// Bytes of text so far.
    pub fn text_bytes(&self) -> usize {
        self.object.text.len()
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
        geometry.links.end = self.object.links.len() as u32;
        self.geometry = geometry.parent;
    }

    /// The object. What is still open is closed.
    pub fn finish(mut self) -> RawObject {
        let mut object = self.take();
        object.names = self.into_names();
        object
    }

    /// The object, still without its names: those of all objects of this builder are in
    /// [`Self::into_names`]. What is still open is closed.
    pub fn take(&mut self) -> RawObject {
        while self.geometry.is_some() {
            self.end_geometry();
        }
        while self.node != NONE && self.object.nodes[self.node as usize].parent != NONE {
            self.end();
        }
        if self.node != NONE {
            self.end();
        }
        // A copy has the memory that it needs, and the arrays here keep theirs for the next one.
        self.object.clone()
    }

    /// The names of all objects that were built.
    pub fn into_names(self) -> Arc<Names> {
        Arc::new(self.names)
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

    /// An id with a `#` before it, which is not part of it.
    fn push_id(&mut self, id: &str) -> Span {
        if id.is_empty() {
            return Span::default();
        }
        self.object.text.push('#');
        self.push_text(id)
    }

    fn push_link(&mut self, href: Span, target: Target) {
        let owner = self.geometry.map_or(LinkOwner::Node(self.node), LinkOwner::Geometry);
        let after_surfaces = self.object.shapes.surfaces.len() as u32;
        self.object.links.push(Link { href, owner, after_surfaces, target });
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

    #[test]
    fn a_solid_refers_to_a_surface_that_is_written_elsewhere() {
        let mut city = ObjectBuilder::new("bldg:Building", 0);
        city.begin("bldg:lod2MultiSurface", NodeRole::Property);
        city.begin_geometry(GeometryKind::MultiSurface, Some(2), None);
        let roof = city.begin_surface("roof");
        city.ring("roof-ring", true, [[0.0; 3], [1.0; 3], [2.0; 3], [0.0; 3]]);
        city.end_surface();
        city.end_geometry();
        city.texture_ring("#roof-ring", [[0.0, 0.0], [1.0, 0.0], [1.0, 1.0], [0.0, 0.0]]);
        city.end();
        city.begin("bldg:lod2Solid", NodeRole::Property);
        city.begin_geometry(GeometryKind::Solid, Some(2), None);
        city.link_surface(roof);
        let solid = city.finish();
        let geometry = &solid.shapes.geometries[1];
        let link = &solid.links[geometry.links.start as usize];
        assert_eq!(geometry.links, 0..1);
        assert_eq!((solid.text(link.href), link.target), ("#roof", Target::Surface(roof)));
        assert_eq!((link.owner, link.after_surfaces), (LinkOwner::Geometry(1), 1));
        assert_eq!(solid.text(solid.shapes.surfaces[0].id), "roof");
        assert!(solid.shapes.rings[0].interior && solid.shapes.surfaces[0].kind == SurfaceKind::Triangle);
        let texture = &solid.texture_rings[0];
        assert_eq!((solid.text(texture.ring), texture.positions.len()), ("#roof-ring", 4));
        assert_eq!(solid.node(texture.node).name(), "bldg:lod2MultiSurface");
    }

    #[test]
    fn objects_of_one_builder_share_their_names_and_nothing_else() {
        let mut builder = ObjectBuilder::default();
        builder.start("bldg:Building", 1);
        builder.value("bldg:measuredHeight", "9");
        let first = builder.take();
        builder.start("tran:Road", 2);
        builder.begin("bldg:measuredHeight", NodeRole::Property);
        let mut objects = [first, builder.take()];
        let names = builder.into_names();
        objects.iter_mut().for_each(|object| object.names = names.clone());
        let [first, second] = &objects;
        assert_eq!((first.kind(), first.root().value("bldg:measuredHeight")), ("bldg:Building", Some("9")));
        assert_eq!((second.kind(), second.byte, second.text.as_str()), ("tran:Road", 2, ""));
        assert_eq!(first.nodes[1].name, second.nodes[1].name);
    }
}
