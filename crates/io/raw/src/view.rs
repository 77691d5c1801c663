//! Walking the elements of an object.

use crate::{Geometry, Node, NodeRole, RawObject};

/// One element of an object.
#[derive(Debug, Clone, Copy)]
pub struct NodeView<'a> {
    object: &'a RawObject,
    index: u32,
}

impl<'a> NodeView<'a> {
    /// An element of an object.
    pub fn new(object: &'a RawObject, index: u32) -> Self {
        Self { object, index }
    }

    fn record(self) -> &'a Node {
        &self.object.nodes[self.index as usize]
    }

    /// Place among the object's elements.
    pub fn index(self) -> u32 {
        self.index
    }

    /// Name with the usual prefix, for example `bldg:measuredHeight`.
    pub fn name(self) -> &'a str {
        self.object.names.get(self.record().name)
    }

    /// What it is.
    pub fn role(self) -> NodeRole {
        self.record().role
    }

    /// Text between its tags, trimmed; empty when there is none.
    pub fn text(self) -> &'a str {
        self.object.text(self.record().text)
    }

    /// XML attributes: name and value.
    pub fn attributes(self) -> impl Iterator<Item = (&'a str, &'a str)> {
        let record = self.record();
        let range = record.first_attribute as usize..record.end_attribute as usize;
        let object = self.object;
        object.attributes[range].iter().map(|a| (object.names.get(a.name), object.text(a.value)))
    }

    /// Value of an XML attribute, for example `uom`, `codeSpace`, `name`, `xlink:href`.
    pub fn attribute(self, name: &str) -> Option<&'a str> {
        self.attributes().find(|(found, _)| *found == name).map(|(_, value)| value)
    }

    /// `gml:id`.
    pub fn id(self) -> Option<&'a str> {
        self.attribute("gml:id")
    }

    /// The element around it.
    pub fn parent(self) -> Option<Self> {
        let parent = self.record().parent;
        (parent != crate::NONE).then(|| Self::new(self.object, parent))
    }

    /// The city object that it belongs to; itself when it is one.
    pub fn part(self) -> Self {
        let mut node = self;
        while node.role() != NodeRole::Part {
            match node.parent() {
                Some(parent) => node = parent,
                None => break,
            }
        }
        node
    }

    /// The elements right inside it.
    pub fn children(self) -> impl Iterator<Item = Self> {
        let end = self.record().end;
        let mut next = self.index + 1;
        std::iter::from_fn(move || {
            let child = (next < end).then(|| Self::new(self.object, next))?;
            next = child.record().end;
            Some(child)
        })
    }

    /// The first child of a name.
    pub fn child(self, name: &str) -> Option<Self> {
        self.children().find(|child| child.name() == name)
    }

    /// The text of the first child of a name, where there is any.
    pub fn value(self, name: &str) -> Option<&'a str> {
        self.child(name).map(Self::text).filter(|text| !text.is_empty())
    }

    /// Geometries that this element holds itself, not those of its children. Aggregates come without
    /// their members, which are geometries with a `parent`.
    pub fn geometries(self) -> impl Iterator<Item = &'a Geometry> {
        let index = self.index;
        let all = self.object.shapes.geometries.iter();
        all.filter(move |geometry| geometry.node == index && geometry.parent.is_none())
    }
}
