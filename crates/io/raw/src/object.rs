//! One top-level object: a tree of elements, and its geometries as flat arrays.

use std::sync::Arc;

use crate::{Link, NameId, Names, NodeRole, NodeView, Shapes, TextureRing};

/// No index: the parent of an object's first element.
pub const NONE: u32 = u32::MAX;

/// A piece of the object's text.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// Byte after the last.
    pub end: u32,
}

impl Span {
    /// Nothing in it.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }
}

/// An element that is neither geometry nor coordinates.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Node {
    /// Its name.
    pub name: NameId,
    /// What it is.
    pub role: NodeRole,
    /// The element around it; `u32::MAX` for the object itself.
    pub parent: u32,
    /// Index after its last descendant. Its children come right after itself.
    pub end: u32,
    /// Text between its tags.
    pub text: Span,
    /// First of its attributes.
    pub first_attribute: u32,
    /// After the last of its attributes.
    pub end_attribute: u32,
}

/// An XML attribute of a node.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct XmlAttribute {
    /// Its name.
    pub name: NameId,
    /// Its value.
    pub value: Span,
}

/// A top-level object of a file with everything under it, in the order of the file.
///
/// Names have the usual prefixes (`bldg:`, `uro:`, `gml:`, ...), whatever the file calls them. Texts are
/// trimmed; numbers, codes and dates stay text. Element 0 is the object itself.
#[derive(Debug, Clone, PartialEq)]
pub struct RawObject {
    /// Where its first element ends in the file, bytes from 0.
    pub byte: u64,
    /// Names of elements and attributes; objects may share them.
    pub names: Arc<Names>,
    /// Elements, parents before children.
    pub nodes: Vec<Node>,
    /// Attributes of the elements.
    pub attributes: Vec<XmlAttribute>,
    /// Every text, which spans point into.
    pub text: String,
    /// Geometries of every part.
    pub shapes: Shapes,
    /// References to other elements (`xlink:href`).
    pub links: Vec<Link>,
    /// Texture coordinates (`app:textureCoordinates`).
    pub texture_rings: Vec<TextureRing>,
    /// Texture coordinates of all rings: right and up, 0 to 1 of the image.
    pub texture_positions: Vec<[f32; 2]>,
}

impl RawObject {
    /// Nothing yet: a reader fills it.
    pub fn empty() -> Self {
        Self {
            byte: 0,
            names: Arc::default(),
            nodes: Vec::new(),
            attributes: Vec::new(),
            text: String::new(),
            shapes: Shapes::default(),
            links: Vec::new(),
            texture_rings: Vec::new(),
            texture_positions: Vec::new(),
        }
    }

    /// Empties the arrays and keeps their memory.
    pub fn clear(&mut self) {
        self.nodes.clear();
        self.attributes.clear();
        self.text.clear();
        self.links.clear();
        self.texture_rings.clear();
        self.texture_positions.clear();
        let shapes = &mut self.shapes;
        shapes.geometries.clear();
        shapes.surfaces.clear();
        shapes.rings.clear();
        shapes.lines.clear();
        shapes.points.clear();
        shapes.positions.clear();
    }

    /// The object itself.
    pub fn root(&self) -> NodeView<'_> {
        self.node(0)
    }

    /// What it is, for example `bldg:Building`.
    pub fn kind(&self) -> &str {
        self.root().name()
    }

    /// Its `gml:id`.
    pub fn id(&self) -> Option<&str> {
        self.root().id()
    }

    /// One element. Panics when the index is of another object.
    pub fn node(&self, index: u32) -> NodeView<'_> {
        NodeView::new(self, index)
    }

    /// Every element that is neither geometry nor coordinates.
    pub fn nodes(&self) -> impl Iterator<Item = NodeView<'_>> {
        (0..self.nodes.len() as u32).map(|index| self.node(index))
    }

    /// The object itself and every city object in it.
    pub fn parts(&self) -> impl Iterator<Item = NodeView<'_>> {
        self.nodes().filter(|node| node.role() == NodeRole::Part)
    }

    /// A piece of text. Panics when the span is of another object.
    pub fn text(&self, span: Span) -> &str {
        &self.text[span.start as usize..span.end as usize]
    }
}
