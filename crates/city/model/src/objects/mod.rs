//! City objects as published: every element, attribute and geometry of the sources, in site coordinates.
//!
//! Simulations read [`crate::Buildings`] and what else is made of these objects; people, exports and later
//! importers read the objects themselves, so that nothing a source says is lost. The shape is that of
//! CityGML: a tree of elements ([`ElementView`]) with texts and XML attributes, named with the usual prefixes
//! (`bldg:measuredHeight`, `uom`), and the geometries that elements hold. Numbers, dates and codes stay
//! text.
//!
//! Everything lies in flat arrays of plain records, one object after the other; indices run over all
//! objects. Vertices are millimetres: east and north of the site origin, height T.P.

mod heights;
mod kinds;
mod records;
mod view;

pub use heights::{height_rank, length_unit};
pub use kinds::{ElementRole, GeometryKind, GeometryRole, RootKind, SurfaceKind, TargetKind};
pub use records::{
    Element, ElementAttribute, ObjectGeometry, ObjectLine, ObjectLink, ObjectRing, ObjectSurface, Root, Text,
    TexturedRing,
};
pub use view::ElementView;

use crate::Strings;

/// No index: the parent of a root, and of a geometry that is no member.
pub const NO_INDEX: u32 = u32::MAX;

/// Every object of a city.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Objects {
    /// Top-level objects, appearances and properties of their files, in the order of the sources.
    pub roots: Vec<Root>,
    /// Elements, parents before children.
    pub elements: Vec<Element>,
    /// XML attributes, element by element.
    pub attributes: Vec<ElementAttribute>,
    /// Geometries, members after what they are members of.
    pub geometries: Vec<ObjectGeometry>,
    /// Polygons and triangles.
    pub surfaces: Vec<ObjectSurface>,
    /// Their rings.
    pub rings: Vec<ObjectRing>,
    /// Lines.
    pub lines: Vec<ObjectLine>,
    /// Points, as lines of one vertex.
    pub points: Vec<ObjectLine>,
    /// East, north, height T.P., millimetres.
    pub vertices_mm: Vec<[i32; 3]>,
    /// References to other elements (`xlink:href`).
    pub links: Vec<ObjectLink>,
    /// Texture coordinates by ring.
    pub textured_rings: Vec<TexturedRing>,
    /// Texture coordinates: right and up, 0 to 1 of the image.
    pub texture_positions: Vec<[f32; 2]>,
    /// Names of elements and attributes, and of source files, each once.
    pub names: Strings,
    /// Every text, UTF-8; [`Text`] points into it.
    pub text: Vec<u8>,
}

impl Objects {
    /// True with no object.
    pub fn is_empty(&self) -> bool {
        self.roots.is_empty()
    }

    /// The top-level city objects.
    pub fn objects(&self) -> impl Iterator<Item = ElementView<'_>> {
        let objects = self.roots.iter().filter(|root| root.kind == RootKind::Object as u32);
        objects.map(|root| self.element(root.element))
    }

    /// One element. Panics when the index is of another store.
    pub fn element(&self, index: u32) -> ElementView<'_> {
        ElementView::new(self, index)
    }

    /// A piece of text. Panics when it is of another store.
    pub fn text(&self, text: Text) -> &str {
        let bytes = &self.text[text.start as usize..text.end as usize];
        std::str::from_utf8(bytes).unwrap_or_default()
    }

    /// The name of an element, attribute or file.
    pub fn name(&self, id: crate::StringId) -> &str {
        self.names.get(id).unwrap_or_default()
    }

    /// The surfaces of a geometry and its members.
    pub fn surfaces_of(&self, geometry: &ObjectGeometry) -> &[ObjectSurface] {
        &self.surfaces[geometry.surfaces[0] as usize..geometry.surfaces[1] as usize]
    }

    /// The rings of a surface, outside first.
    pub fn rings_of(&self, surface: &ObjectSurface) -> &[ObjectRing] {
        &self.rings[surface.rings[0] as usize..surface.rings[1] as usize]
    }

    /// The vertices of a ring, line or point, millimetres; rings usually repeat the first at the end.
    pub fn vertices_of(&self, range: [u32; 2]) -> &[[i32; 3]] {
        &self.vertices_mm[range[0] as usize..range[1] as usize]
    }

    /// Adds all of another store behind this one. Names are joined, everything else moves up.
    pub fn append(&mut self, other: &Objects) {
        self.append_share(other, 1.0);
    }

    /// As [`append`](Self::append), when both together are about this share (0 to 1) of what is still to come:
    /// then the arrays get their room once.
    pub fn append_share(&mut self, other: &Objects, share: f64) {
        records::append(self, other, share);
    }

    /// Empties the store and keeps its memory.
    pub fn clear(&mut self) {
        // Every array by name, so that none is forgotten.
        let Self {
            roots,
            elements,
            attributes,
            geometries,
            surfaces,
            rings,
            lines,
            points,
            vertices_mm,
            links,
            textured_rings,
            texture_positions,
            names,
            text,
        } = self;
        roots.clear();
        elements.clear();
        attributes.clear();
        geometries.clear();
        surfaces.clear();
        rings.clear();
        lines.clear();
        points.clear();
        vertices_mm.clear();
        links.clear();
        textured_rings.clear();
        texture_positions.clear();
        names.clear();
        text.clear();
    }
}
