//! One tree of city objects to one raw object.
//!
//! Every member that is understood becomes what CityGML has for it; every other one becomes an element
//! under its own name, so that nothing can get lost by not being known.

mod appearance;
mod elements;
mod geometry;
mod semantics;

pub(crate) use appearance::{MATERIAL, TEXTURE};

use std::sync::atomic::{AtomicU64, Ordering};

use futago_raw::{Item, ItemKind, NodeRole, ObjectBuilder, RawObject, Target};

use crate::document::{CityObject, Entry};
use crate::family::{self, Family};
use crate::geometry::{Geometry, geometries};
use crate::json::{self, Piece};
use crate::names::{self, CHILD, Class};
use crate::notes::Notes;
use crate::place::Frame;
use crate::{CityJsonError, Limits};

/// What all objects of a document share.
pub(crate) struct Context<'a> {
    pub file: &'a str,
    /// Of a sequence: the line, from 1.
    pub line: Option<u64>,
    pub limits: &'a Limits,
    pub frame: Frame,
    pub entries: &'a [Entry<'a>],
    pub family: Family,
    /// Positions in the order of the system.
    pub positions: Vec<[f64; 3]>,
    pub texture_positions: Vec<[f64; 2]>,
    pub templates: &'a Templates<'a>,
    /// What a feature says of its own textures and materials, for its first object.
    pub appearance: Option<Piece<'a>>,
    /// Where the text of the document begins: in memory, and in the file.
    pub text: &'a str,
    pub byte: u64,
    /// Vertices used by all objects of the file.
    pub spent: &'a AtomicU64,
}

/// Geometries that instances repeat.
#[derive(Debug, Default)]
pub(crate) struct Templates<'a> {
    pub geometries: Vec<Option<Geometry<'a>>>,
    pub vertices: Vec<[f64; 3]>,
}

/// A finished object and what was noticed.
pub(crate) struct Built {
    pub object: RawObject,
    pub notes: Notes,
}

impl Context<'_> {
    /// Builds the tree below an object that stands in no other.
    pub fn build(&self, root: u32) -> Result<Built, CityJsonError> {
        let entry = &self.entries[root as usize];
        let kind = entry.object.as_ref().map(CityObject::kind).unwrap_or_default();
        let name = element_name(&kind);
        let place = entry.object.as_ref().and_then(CityObject::first);
        let mut builder = Builder {
            context: self,
            out: ObjectBuilder::new(&name, place.map_or(self.byte, |piece| self.byte_of(piece))),
            notes: Notes::new(self.file, self.line, self.limits.entries_per_code),
            path: String::new(),
            id: entry.id.clone().into_owned(),
            name: String::new(),
            class: None,
            bytes: 0,
        };
        if let Some(appearance) = self.appearance {
            // Attributes of the object come first: they belong to the element opened last.
            builder.out.attribute("gml:id", &entry.id);
            builder.definitions(appearance)?;
        }
        builder.city_object(root, true)?;
        Ok(Built { object: builder.out.finish(), notes: builder.notes })
    }

    /// Place of a piece of the document in the file.
    fn byte_of(&self, piece: Piece<'_>) -> u64 {
        let (piece, text) = (piece.get().as_ptr().addr(), self.text.as_ptr().addr());
        self.byte + piece.saturating_sub(text) as u64
    }
}

/// Builds one object.
struct Builder<'c> {
    context: &'c Context<'c>,
    out: ObjectBuilder,
    notes: Notes,
    /// Place of what is being read, for the Report.
    path: String,
    /// Of the city object that is being read.
    id: String,
    /// What ids of its surfaces begin with.
    name: String,
    class: Option<Class>,
    /// Text of the objects so far.
    bytes: usize,
}

/// The element of a type, with its prefix.
fn element_name(kind: &str) -> String {
    match names::class_of(kind) {
        Some(Class { prefix, element, .. }) => format!("{prefix}:{element}"),
        None if kind.is_empty() => "core:CityObject".to_owned(),
        None => kind.to_owned(),
    }
}

/// The longest id that ids of surfaces are made of, bytes: they repeat it.
const LONGEST_ID: usize = 128;

impl<'c> Builder<'c> {
    fn city_object(&mut self, number: u32, root: bool) -> Result<(), CityJsonError> {
        let context = self.context;
        let entry = &context.entries[number as usize];
        self.id = entry.id.clone().into_owned();
        self.path = format!("CityObjects/{}", entry.id);
        self.name = if entry.id.len() <= LONGEST_ID { self.id.clone() } else { format!("object-{number}") };
        if !(root && context.appearance.is_some()) {
            self.out.attribute("gml:id", &entry.id);
        }
        let Some(object) = &entry.object else {
            self.note("bad-feature", || "it is no JSON object; kept without content".to_owned());
            return Ok(());
        };
        self.bytes += object.bytes();
        self.check(self.bytes, context.limits.object_bytes, "the text of an object", "object_bytes")?;
        let kind = object.kind();
        self.class = names::class_of(&kind);
        self.check_type(object, &kind);
        self.members_of(object)?;
        self.geometries_of(object)?;
        for child in &context.family.children[number as usize] {
            self.child(*child)?;
        }
        Ok(())
    }

    fn check_type(&mut self, object: &CityObject<'_>, kind: &str) {
        if self.class.is_none() && !kind.starts_with('+') {
            self.note("unknown-type", || match object.kind {
                Some(piece) => format!("its type {} is not known; kept under this name", excerpt(piece)),
                None => "it has no type; kept as core:CityObject".to_owned(),
            });
        }
    }

    fn child(&mut self, number: u32) -> Result<(), CityJsonError> {
        let object = self.context.entries[number as usize].object.as_ref();
        let kind = object.map(CityObject::kind).unwrap_or_default();
        let property = match names::class_of(&kind) {
            Some(Class { prefix, property, .. }) if !property.is_empty() => format!("{prefix}:{property}"),
            _ => CHILD.to_owned(),
        };
        self.begin(&property, NodeRole::Property)?;
        self.begin(&element_name(&kind), NodeRole::Part)?;
        self.city_object(number, false)?;
        self.out.end();
        self.out.end();
        Ok(())
    }

    /// All that is neither geometry nor children.
    fn members_of(&mut self, object: &CityObject<'c>) -> Result<(), CityJsonError> {
        if let Some(extent) = object.extent {
            self.extent(extent)?;
        }
        match object.attributes.map(|piece| (piece, json::members(piece))) {
            Some((_, Some(attributes))) => {
                for (name, piece) in attributes {
                    let known = names::attribute(self.class, &name);
                    self.element(known.as_deref().unwrap_or(&name), piece, 1)?;
                }
            }
            Some((piece, None)) if !json::is_null(piece) => self.element("attributes", piece, 1)?,
            _ => {}
        }
        let group = object.kind() == "CityObjectGroup";
        for (name, piece) in &object.others {
            match &**name {
                "address" => self.addresses(piece)?,
                "children_roles" if group => {}
                _ => self.element(name, piece, 1)?,
            }
        }
        if group {
            self.group_members(object)?;
        }
        Ok(())
    }

    /// A group points to its members; they stand by themselves.
    fn group_members(&mut self, object: &CityObject<'_>) -> Result<(), CityJsonError> {
        let roles = object.others.iter().find(|(name, _)| name == "children_roles");
        let roles = roles.and_then(|(_, piece)| json::items(piece)).unwrap_or_default();
        for (at, id) in family::ids(object.children).into_iter().enumerate() {
            let href = format!("#{id}");
            self.begin("grp:groupMember", NodeRole::Property)?;
            self.out.attribute("xlink:href", &href);
            if let Some(role) = roles.get(at).and_then(|piece| json::scalar(piece)) {
                self.out.attribute("role", &role);
            }
            self.out.link(&href, Target::Outside);
            self.out.end();
        }
        Ok(())
    }

    fn geometries_of(&mut self, object: &CityObject<'c>) -> Result<(), CityJsonError> {
        let Some(piece) = object.geometry else { return Ok(()) };
        let Some(all) = geometries(piece) else {
            if !json::is_null(piece) {
                self.note("unknown-geometry", || "`geometry` is no array; kept as an element".to_owned());
                self.element("geometry", piece, 1)?;
            }
            return Ok(());
        };
        let path = self.path.len();
        for (number, geometry) in all.iter().enumerate() {
            self.path += &format!("/geometry/{number}");
            match geometry {
                Some(geometry) => self.geometry(geometry, number)?,
                None => self.note("unknown-geometry", || "it is no geometry; left out".to_owned()),
            }
            self.path.truncate(path);
        }
        Ok(())
    }

    /// Opens an element, and sees to it that there are not too many.
    fn begin(&mut self, name: &str, role: NodeRole) -> Result<(), CityJsonError> {
        let (nodes, limit) = (self.out.node_count(), self.context.limits.object_nodes);
        self.check(nodes + 1, limit, "the number of elements of an object", "object_nodes")?;
        // Spans of the text are 32 bits wide.
        let bytes = self.out.text_bytes();
        self.check(bytes, (u32::MAX / 2) as usize, "the text of an object", "object_bytes")?;
        self.out.begin(name, role);
        Ok(())
    }

    /// Counts vertices before they are written.
    fn spend(&mut self, vertices: usize) -> Result<(), CityJsonError> {
        let limits = self.context.limits;
        let object = self.out.vertex_count() + vertices;
        let limit = limits.object_vertices.min(u32::MAX as usize);
        self.check(object, limit, "the number of vertices of an object", "object_vertices")?;
        let spent = self.context.spent.fetch_add(vertices as u64, Ordering::Relaxed) + vertices as u64;
        if spent <= limits.vertices {
            return Ok(());
        }
        // Which object is the first one beyond the limit depends on the threads, so none is named.
        Err(CityJsonError::TooLarge {
            file: self.context.file.to_owned(),
            place: "CityObjects".to_owned(),
            what: "the number of vertices of all objects",
            name: "vertices",
            limit: limits.vertices,
        })
    }

    fn check(
        &self,
        value: usize,
        limit: usize,
        what: &'static str,
        name: &'static str,
    ) -> Result<(), CityJsonError> {
        if value <= limit {
            return Ok(());
        }
        let line = self.context.line.map_or_else(String::new, |line| format!("line {line}, "));
        let place = format!("{line}{}", self.path);
        let (file, limit) = (self.context.file.to_owned(), limit as u64);
        Err(CityJsonError::TooLarge { file, place, what, name, limit })
    }

    /// An entry of the Report about what is being read.
    fn note(&mut self, code: &'static str, action: impl FnOnce() -> String) {
        let path = &self.path;
        self.notes.add(code, &self.id, || path.clone(), action);
    }
}

/// The beginning of a piece, for messages.
fn excerpt(piece: Piece<'_>) -> String {
    let text: String = piece.get().chars().take(40).collect();
    if text.len() < piece.get().len() { format!("{text}…") } else { text }
}

/// A member of a document that is no city object, such as its metadata, as an item.
pub(crate) fn item(
    context: &Context<'_>,
    kind: ItemKind,
    name: &str,
    piece: Piece<'_>,
    fill: Fill,
) -> Result<(Item, Notes), CityJsonError> {
    let mut builder = Builder {
        context,
        out: ObjectBuilder::new(name, context.byte_of(piece)),
        notes: Notes::new(context.file, context.line, context.limits.entries_per_code),
        path: name.to_owned(),
        id: String::new(),
        name: String::new(),
        class: None,
        bytes: 0,
    };
    match fill {
        Fill::Content => builder.content(piece, 1)?,
        Fill::Nothing => {}
        Fill::Envelope => builder.envelope(piece)?,
        Fill::Texture(number) => builder.texture_definition(number, piece)?,
        Fill::Material(number) => builder.material_definition(number, piece)?,
    }
    Ok((Item { kind, object: builder.out.finish() }, builder.notes))
}

/// What an item is filled with.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Fill {
    /// All that is in the piece.
    Content,
    Nothing,
    Envelope,
    Texture(usize),
    Material(usize),
}
