//! The tree: elements, their XML attributes and texts.

use std::borrow::Cow;

use super::{Builder, Frame};
use crate::CityGmlError;
use crate::lexicon::{Class, Key, Word};
use crate::markup::Attribute;
use futago_geodesy::Crs;
use futago_raw::{Link, LinkOwner, NONE, Node, NodeRole, Span, Target, XmlAttribute};

/// Text of one object that may be moved because elements stand within it, bytes. Each piece moves all before
/// it, so that without an end to it a small file would take any memory.
const MOST_MOVED: usize = 1 << 20;

/// What an element is by its name alone.
pub(crate) fn role_of(class: Class) -> NodeRole {
    match class {
        Class::Part => NodeRole::Part,
        Class::Property | Class::Members | Class::Exterior | Class::Interior => NodeRole::Property,
        _ => NodeRole::Value,
    }
}

impl Builder<'_> {
    /// Opens an element of the tree.
    pub(super) fn begin_node(
        &mut self,
        word: Word,
        attributes: &[Attribute<'_>],
        role: NodeRole,
    ) -> Result<(), CityGmlError> {
        let named = self.push_node(word, attributes, role)?;
        let node = &mut self.object.nodes[self.node as usize];
        if word.class == Class::PartIfNamed && named {
            node.role = NodeRole::Part;
        }
        let is_part = node.role == NodeRole::Part;
        if self.settings.crs.is_none() && self.lexicon.name(word.id) == "gml:Envelope" {
            self.own_system(attributes);
        }
        let outer_lod = self.lod;
        self.lod = if is_part { None } else { word.lod.or(outer_lod) };
        self.frames.push(Frame::Node { outer_lod });
        Ok(())
    }

    /// The system of an envelope of the object itself, where the file names none.
    fn own_system(&mut self, attributes: &[Attribute<'_>]) {
        let named = attributes.iter().find(|(name, _)| *name == b"srsName");
        let crs = named.and_then(|(_, value)| Crs::from_srs_name(&String::from_utf8_lossy(value)));
        if crs.is_some() {
            self.set_system(crs);
        }
    }

    /// Opens an element of the tree inside a geometry.
    pub(super) fn begin_foreign(
        &mut self,
        word: Word,
        attributes: &[Attribute<'_>],
    ) -> Result<(), CityGmlError> {
        self.push_node(word, attributes, role_of(word.class))?;
        self.frames.push(Frame::Foreign);
        Ok(())
    }

    /// Adds the node; true when it has a `gml:id`.
    fn push_node(
        &mut self,
        word: Word,
        attributes: &[Attribute<'_>],
        role: NodeRole,
    ) -> Result<bool, CityGmlError> {
        let limit = self.settings.limits.object_nodes.min(NONE as usize - 1);
        if self.object.nodes.len() >= limit {
            return Err(self.too_large("the number of elements of an object", "object_nodes", limit));
        }
        let index = self.object.nodes.len() as u32;
        let first_attribute = self.object.attributes.len() as u32;
        let named = self.push_attributes(index, attributes);
        let end_attribute = self.object.attributes.len() as u32;
        let (parent, text) = (self.node, Span::default());
        let name = word.id;
        self.object.nodes.push(Node {
            name,
            role,
            parent,
            end: index + 1,
            text,
            first_attribute,
            end_attribute,
        });
        self.node = index;
        Ok(named)
    }

    fn push_attributes(&mut self, node: u32, attributes: &[Attribute<'_>]) -> bool {
        let mut named = false;
        for (raw, value) in attributes.iter().filter(|(raw, _)| !raw.starts_with(b"xmlns")) {
            let (name, key) = self.lexicon.attribute(raw);
            let value = self.push_value(value);
            self.object.attributes.push(XmlAttribute { name, value });
            match key {
                Key::Id => named = true,
                Key::Href => self.push_link(value, LinkOwner::Node(node)),
                _ => {}
            }
        }
        named
    }

    pub(super) fn push_link(&mut self, href: Span, owner: LinkOwner) {
        let after_surfaces = self.object.shapes.surfaces.len() as u32;
        self.object.links.push(Link { href, owner, after_surfaces, target: Target::Outside });
    }

    /// Adds the value of an XML attribute to the text.
    pub(super) fn push_value(&mut self, value: &[u8]) -> Span {
        let start = self.object.text.len() as u32;
        let value = self.words(value);
        self.object.text.push_str(&value);
        Span { start, end: self.object.text.len() as u32 }
    }

    /// Bytes to text: UTF-8, with entities put in. What cannot be read is kept as it stands and reported.
    fn words<'t>(&mut self, bytes: &'t [u8]) -> Cow<'t, str> {
        let text = match std::str::from_utf8(bytes) {
            Ok(text) => Cow::Borrowed(text),
            Err(error) => {
                self.note("bad-text", format!("not UTF-8 ({error}); unreadable letters were replaced"));
                String::from_utf8_lossy(bytes)
            }
        };
        if memchr::memchr(b'&', bytes).is_none() {
            return text;
        }
        match quick_xml::escape::unescape(&text) {
            Ok(unescaped) => Cow::Owned(unescaped.into_owned()),
            Err(error) => {
                self.note("bad-text", format!("`&` is used wrongly ({error}); kept as it stands"));
                text
            }
        }
    }

    /// Adds to the text of the innermost node. White space round it goes, that within it stays.
    pub(super) fn node_text(&mut self, bytes: &[u8]) {
        let blank = bytes.iter().all(u8::is_ascii_whitespace);
        let Span { start, end } = self.object.nodes[self.node as usize].text;
        if blank && start == end {
            return;
        }
        let words = self.words(bytes);
        let words = if start == end { words.trim_start() } else { &words };
        let text = &mut self.object.text;
        let start = if start == end || end as usize == text.len() {
            if start == end { text.len() } else { start as usize }
        } else {
            // Children came in between: the text so far moves behind theirs.
            let told = self.moved > MOST_MOVED;
            self.moved += (end - start) as usize;
            if self.moved > MOST_MOVED {
                if !told {
                    self.note("stray-text", "too much of it stands between elements; left out from here");
                }
                return;
            }
            let moved = text.len();
            text.extend_from_within(start as usize..end as usize);
            moved
        };
        text.push_str(words);
        let span = Span { start: start as u32, end: text.len() as u32 };
        self.object.nodes[self.node as usize].text = span;
    }

    /// Text where geometry should be.
    pub(super) fn stray_text(&mut self, bytes: &[u8]) {
        if bytes.iter().all(u8::is_ascii_whitespace) {
            return;
        }
        let text: String = String::from_utf8_lossy(bytes).trim().chars().take(40).collect();
        self.note("stray-text", format!("`{text}` stands between the tags of a geometry; left out"));
    }

    pub(super) fn end_node(&mut self) {
        let end = self.object.nodes.len() as u32;
        let node = &mut self.object.nodes[self.node as usize];
        node.end = end;
        let Span { start, end } = node.text;
        let trimmed = self.object.text[start as usize..end as usize].trim_end().len() as u32;
        node.text.end = start + trimmed;
        self.node = node.parent;
    }

    pub(crate) fn not_xml(&self, problem: String) -> CityGmlError {
        CityGmlError::NotXml { file: self.settings.file.to_owned(), byte: self.byte, problem }
    }
}
