//! One tree of city objects to one raw object.
//!
//! Every member that is understood becomes what CityGML has for it; every other one becomes an element
//! under its own name, so that nothing can get lost by not being known.

mod appearance;
mod elements;
mod geometry;
mod semantics;

pub(crate) use appearance::{MATERIAL, TEXTURE};

use std::borrow::Cow;
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
    /// Builds the tree below an object that stands in no other. Its names are those of the builder.
    pub fn build(&self, root: u32, out: &mut ObjectBuilder) -> Result<Built, CityJsonError> {
        let entry = &self.entries[root as usize];
        let kind = entry.object.as_ref().map(CityObject::kind).unwrap_or_default();
        let place = entry.object.as_ref().and_then(CityObject::first);
        out.start(&element_name(&kind), place.map_or(self.byte, |piece| self.byte_of(piece)));
        let mut builder = Builder::new(self, out, "CityObjects/");
        if let Some(appearance) = self.appearance {
            // Attributes of the object come first: they belong to the element opened last.
            builder.out.attribute("gml:id", &entry.id);
            builder.definitions(appearance)?;
        }
        builder.city_object(root, true)?;
        builder.settle()?;
        let notes = builder.notes;
        Ok(Built { object: out.take(), notes })
    }

    /// Place of a piece of the document in the file.
    fn byte_of(&self, piece: Piece<'_>) -> u64 {
        let (piece, text) = (piece.get().as_ptr().addr(), self.text.as_ptr().addr());
        self.byte + piece.saturating_sub(text) as u64
    }
}

/// Builds one object.
struct Builder<'c, 'o> {
    context: &'c Context<'c>,
    out: &'o mut ObjectBuilder,
    notes: Notes,
    /// Place of what is being read, for the Report: what comes before the id, and the geometry.
    path: &'o str,
    number: Option<usize>,
    /// Of the city object that is being read.
    id: &'c str,
    /// What ids of its surfaces begin with.
    name: Cow<'c, str>,
    class: Option<Class>,
    /// Text of the objects so far.
    bytes: usize,
    /// Vertices that the other threads do not know of yet.
    unsettled: u64,
    /// Used again and again: an id, the corners of a surface, where its rings end.
    word: String,
    corners: Vec<[f64; 3]>,
    ends: Vec<usize>,
}

/// The element of a type, with its prefix.
fn element_name(kind: &str) -> String {
    match names::class_of(kind) {
        Some(Class { prefix, element, .. }) => format!("{prefix}:{element}"),
        None if kind.is_empty() => "core:CityObject".to_owned(),
        None => kind.to_owned(),
    }
}

/// Vertices that a thread counts for itself before the others hear of them.
const SETTLED_AT: u64 = 4096;

/// The longest id that ids of surfaces are made of, bytes: they repeat it.
const LONGEST_ID: usize = 128;

impl<'c, 'o> Builder<'c, 'o> {
    fn new(context: &'c Context<'c>, out: &'o mut ObjectBuilder, path: &'o str) -> Self {
        Self {
            context,
            out,
            notes: Notes::new(context.file, context.line, context.limits.entries_per_code),
            path,
            number: None,
            id: "",
            name: Cow::Borrowed(""),
            class: None,
            bytes: 0,
            unsettled: 0,
            word: String::new(),
            corners: Vec::new(),
            ends: Vec::new(),
        }
    }

    fn city_object(&mut self, number: u32, root: bool) -> Result<(), CityJsonError> {
        let context = self.context;
        let entry = &context.entries[number as usize];
        self.id = &entry.id;
        let short = entry.id.len() <= LONGEST_ID;
        self.name = if short { Cow::Borrowed(self.id) } else { Cow::Owned(format!("object-{number}")) };
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
        for (number, geometry) in all.iter().enumerate() {
            self.number = Some(number);
            match geometry {
                Some(geometry) => self.geometry(geometry, number)?,
                None => self.note("unknown-geometry", || "it is no geometry; left out".to_owned()),
            }
        }
        self.number = None;
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
        let object = self.out.vertex_count() + vertices;
        let limit = self.context.limits.object_vertices.min(u32::MAX as usize);
        self.check(object, limit, "the number of vertices of an object", "object_vertices")?;
        self.unsettled += vertices as u64;
        if self.unsettled > SETTLED_AT { self.settle() } else { Ok(()) }
    }

    /// Adds what was counted to the vertices of all objects.
    fn settle(&mut self) -> Result<(), CityJsonError> {
        let more = std::mem::take(&mut self.unsettled);
        let limit = self.context.limits.vertices;
        if self.context.spent.fetch_add(more, Ordering::Relaxed) + more <= limit {
            return Ok(());
        }
        // Which object is the first one beyond the limit depends on the threads, so none is named.
        let (file, place) = (self.context.file.to_owned(), "CityObjects".to_owned());
        let what = "the number of vertices of all objects";
        Err(CityJsonError::TooLarge { file, place, what, name: "vertices", limit })
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
        let place = format!("{line}{}", path(self.path, self.id, self.number));
        let (file, limit) = (self.context.file.to_owned(), limit as u64);
        Err(CityJsonError::TooLarge { file, place, what, name, limit })
    }

    /// An entry of the Report about what is being read.
    fn note(&mut self, code: &'static str, action: impl FnOnce() -> String) {
        let (before, id, number) = (self.path, self.id, self.number);
        self.notes.add(code, id, || path(before, id, number), action);
    }
}

fn path(before: &str, id: &str, number: Option<usize>) -> String {
    let geometry = number.map_or_else(String::new, |number| format!("/geometry/{number}"));
    format!("{before}{id}{geometry}")
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
    let mut out = ObjectBuilder::new(name, context.byte_of(piece));
    let mut builder = Builder::new(context, &mut out, name);
    match fill {
        Fill::Content => builder.content(piece, 1)?,
        Fill::Nothing => {}
        Fill::Envelope => builder.envelope(piece)?,
        Fill::Texture(number) => builder.texture_definition(number, piece)?,
        Fill::Material(number) => builder.material_definition(number, piece)?,
    }
    let notes = builder.notes;
    Ok((Item { kind, object: out.finish() }, notes))
}

/// Gives objects of one builder their names.
pub(crate) fn name_all(built: &mut [Built], out: ObjectBuilder) {
    let names = out.into_names();
    built.iter_mut().for_each(|built| built.object.names = names.clone());
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
