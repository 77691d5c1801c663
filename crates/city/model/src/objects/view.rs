//! Walking the elements of an object.

use super::{Element, ElementRole, NO_INDEX, ObjectGeometry, Objects};

/// One element of a store.
#[derive(Debug, Clone, Copy)]
pub struct ElementView<'a> {
    store: &'a Objects,
    index: u32,
}

impl<'a> ElementView<'a> {
    pub(super) fn new(store: &'a Objects, index: u32) -> Self {
        Self { store, index }
    }

    fn record(self) -> &'a Element {
        &self.store.elements[self.index as usize]
    }

    /// Index among all elements.
    pub fn index(self) -> u32 {
        self.index
    }

    /// Name with the usual prefix, for example `bldg:measuredHeight`.
    pub fn name(self) -> &'a str {
        self.store.name(self.record().name)
    }

    /// What it is.
    pub fn role(self) -> ElementRole {
        ElementRole::from_number(self.record().role).unwrap_or(ElementRole::Property)
    }

    /// Text between its tags; empty when there is none.
    pub fn text(self) -> &'a str {
        self.store.text(self.record().text)
    }

    /// XML attributes: name and value.
    pub fn attributes(self) -> impl Iterator<Item = (&'a str, &'a str)> {
        let [first, end] = self.record().attributes;
        let store = self.store;
        store.attributes[first as usize..end as usize]
            .iter()
            .map(|a| (store.name(a.name), store.text(a.value)))
    }

    /// Value of an XML attribute, for example `uom` or `codeSpace`.
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
        (parent != NO_INDEX).then(|| Self::new(self.store, parent))
    }

    /// The elements right inside it.
    pub fn children(self) -> impl Iterator<Item = Self> {
        let end = self.record().end;
        let mut next = self.index + 1;
        std::iter::from_fn(move || {
            let child = (next < end).then(|| Self::new(self.store, next))?;
            next = child.record().end;
            Some(child)
        })
    }

    /// Itself and every element in it.
    pub fn descendants(self) -> impl Iterator<Item = Self> {
        (self.index..self.record().end).map(move |index| Self::new(self.store, index))
    }

    /// The first child of a name.
    pub fn child(self, name: &str) -> Option<Self> {
        self.children().find(|child| child.name() == name)
    }

    /// The text of the first child of a name, where there is any.
    pub fn value(self, name: &str) -> Option<&'a str> {
        self.child(name).map(Self::text).filter(|text| !text.is_empty())
    }

    /// The element at the top, which has none around it.
    pub fn root(self) -> Self {
        std::iter::successors(Some(self), |element| element.parent()).last().unwrap_or(self)
    }

    /// The city object that it belongs to; itself when it is one.
    pub fn part(self) -> Self {
        let mut element = self;
        while element.role() != ElementRole::Part {
            match element.parent() {
                Some(parent) => element = parent,
                None => break,
            }
        }
        element
    }

    /// Geometries of itself and of everything in it that are no members of others, with their indices.
    pub fn geometries_within(self) -> impl Iterator<Item = (u32, &'a ObjectGeometry)> {
        let root = self.root().record();
        let (first, last) = (self.root().index, root.end);
        let all = &self.store.geometries;
        // Objects follow each other; within one a geometry may come after those of a child element.
        let start = all.partition_point(|geometry| geometry.element < first);
        let of_object = all[start..].iter().take_while(move |geometry| geometry.element < last);
        let own = self.index..self.record().end;
        let numbered = of_object.enumerate().map(move |(i, geometry)| ((start + i) as u32, geometry));
        numbered.filter(move |(_, g)| g.parent == NO_INDEX && own.contains(&g.element))
    }

    /// Geometries that this very element holds.
    pub fn geometries(self) -> impl Iterator<Item = (u32, &'a ObjectGeometry)> {
        let index = self.index;
        self.geometries_within().filter(move |(_, geometry)| geometry.element == index)
    }
}
