//! Elements of one object to its tree and arrays.
//!
//! Everything becomes an element of the tree, except what is understood as geometry or texture
//! coordinates. So nothing can get lost by not being known.

mod coordinates;
mod shape;
mod tree;

use futago_field::Report;
use futago_geodesy::Crs;

use crate::lexicon::{Class, Lexicon, Word};
use crate::markup::Attribute;
use crate::range::Range;
use crate::{CityGmlError, Limits, links};
use futago_raw::{NodeRole, RawObject};

/// What holds for a whole file.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Settings<'a> {
    pub file: &'a str,
    pub limits: &'a Limits,
    pub crs: Option<Crs>,
    pub dimension: u8,
}

/// An open element.
#[derive(Debug, Clone, Copy)]
enum Frame {
    /// A node of the tree, and the level of detail around it.
    Node {
        outer_lod: Option<u8>,
    },
    /// A node inside a geometry, where nothing is geometry any more.
    Foreign,
    /// A geometry, and the one around it.
    Geometry {
        index: u32,
        outer: Option<u32>,
    },
    /// `alone`: it is a geometry itself, not a member of one.
    Surface {
        alone: bool,
    },
    Line {
        alone: bool,
    },
    Point {
        alone: bool,
    },
    Ring,
    Side {
        interior: bool,
    },
    Pass,
    Coordinates,
    Texture,
    /// An element that is left out with all that is in it.
    Skipped,
}

/// Builds objects, one after the other.
pub(crate) struct Builder<'a> {
    settings: Settings<'a>,
    pub lexicon: Lexicon<'a>,
    /// The object on its way. Its arrays keep their memory for the next one.
    object: RawObject,
    frames: Vec<Frame>,
    /// The innermost open node.
    node: u32,
    lod: Option<u8>,
    open: shape::Open,
    list: coordinates::List,
    /// System of geometries that name none: that of the file, else that of the object's own envelope.
    crs: Option<Crs>,
    range: Range,
    /// Text of the object that was moved so far, bytes.
    moved: usize,
    /// Place of the event, bytes from the start of the file.
    pub byte: u64,
    pub report: Report,
    /// Hashes of every id.
    pub ids: Vec<u64>,
    /// References that lead out of their object.
    pub outside: Vec<links::Outside>,
}

impl<'a> Builder<'a> {
    pub fn new(settings: Settings<'a>, lexicon: Lexicon<'a>) -> Self {
        Self {
            settings,
            lexicon,
            object: RawObject::empty(),
            frames: Vec::new(),
            node: futago_raw::NONE,
            lod: None,
            open: shape::Open::default(),
            list: coordinates::List::default(),
            crs: settings.crs,
            range: Range::of(settings.crs, settings.limits),
            moved: 0,
            byte: 0,
            report: Report::default(),
            ids: Vec::new(),
            outside: Vec::new(),
        }
    }

    /// Whether an object is open.
    #[inline]
    pub fn is_open(&self) -> bool {
        !self.frames.is_empty()
    }

    /// Opens an object with its first element.
    pub fn begin(
        &mut self,
        word: Word,
        attributes: &[Attribute<'_>],
        role: NodeRole,
    ) -> Result<(), CityGmlError> {
        self.object.byte = self.byte;
        self.set_system(self.settings.crs);
        self.moved = 0;
        self.begin_node(word, attributes, role)
    }

    /// An element inside the object.
    #[inline]
    pub fn start(&mut self, word: Word, attributes: &[Attribute<'_>]) -> Result<(), CityGmlError> {
        match self.frames.last() {
            Some(Frame::Node { .. }) => match word.class {
                Class::Aggregate(_) | Class::Surface(_) | Class::Line(_) | Class::Point => {
                    self.start_shape(word, attributes)
                }
                Class::TextureCoordinates => {
                    self.start_texture(attributes);
                    Ok(())
                }
                Class::Points => {
                    self.note("point-cloud", "the points of a point cloud are not read; left out");
                    self.skip()
                }
                _ => self.begin_node(word, attributes, tree::role_of(word.class)),
            },
            Some(Frame::Foreign) => self.begin_foreign(word, attributes),
            Some(Frame::Skipped) => self.skip(),
            _ => self.start_shape(word, attributes),
        }
    }

    /// Leaves out the element that begins.
    fn skip(&mut self) -> Result<(), CityGmlError> {
        self.frames.push(Frame::Skipped);
        Ok(())
    }

    /// Text inside the object, still escaped.
    #[inline]
    pub fn text(&mut self, text: &[u8]) {
        match self.frames.last() {
            Some(Frame::Coordinates) => self.numbers(text),
            Some(Frame::Texture) => self.texture_numbers(text),
            Some(Frame::Node { .. } | Frame::Foreign) => self.node_text(text),
            Some(Frame::Skipped) => {}
            _ => self.stray_text(text),
        }
    }

    /// The innermost element ends. The finished object when that was its first element.
    #[inline]
    pub fn end(&mut self) -> Result<Option<RawObject>, CityGmlError> {
        match self.frames.pop() {
            Some(Frame::Node { outer_lod }) => {
                self.lod = outer_lod;
                self.end_node();
                if self.frames.is_empty() {
                    return self.finish().map(Some);
                }
            }
            Some(Frame::Foreign) => self.end_node(),
            Some(Frame::Geometry { index, outer }) => self.end_geometry(index, outer),
            Some(Frame::Surface { alone }) => self.end_surface(alone),
            Some(Frame::Line { alone }) => self.end_line(alone),
            Some(Frame::Point { alone }) => self.end_point(alone),
            Some(Frame::Ring) => self.end_ring(),
            Some(Frame::Coordinates) => self.end_coordinates()?,
            Some(Frame::Texture) => self.end_texture(),
            Some(Frame::Side { .. } | Frame::Pass | Frame::Skipped) | None => {}
        }
        Ok(None)
    }

    fn finish(&mut self) -> Result<RawObject, CityGmlError> {
        let nameless = links::name_texture_rings(&mut self.object, &self.lexicon);
        if nameless > 0 {
            let action = format!("{nameless} list(s) of texture coordinates name no ring; kept without one");
            self.note("bad-texture-coordinates", action);
        }
        links::resolve(&mut self.object, &self.lexicon, &mut self.ids, &mut self.outside);
        let finished = self.object.clone();
        self.object.clear();
        Ok(finished)
    }

    fn set_system(&mut self, crs: Option<Crs>) {
        if self.crs != crs {
            self.crs = crs;
            self.range = Range::of(crs, self.settings.limits);
        }
    }

    /// An entry of the Report about the open object.
    pub fn note(&mut self, code: &str, action: impl Into<String>) {
        self.note_at(code, self.byte, action);
    }

    fn note_at(&mut self, code: &str, byte: u64, action: impl Into<String>) {
        let name = self.object_name();
        self.report.add(code, name, format!("{}, byte {byte}", self.settings.file), action);
    }

    /// The id of the open object; what it is when it has none; empty when none is open.
    fn object_name(&self) -> String {
        let Some(root) = self.object.nodes.first() else { return String::new() };
        let attributes = &self.object.attributes[root.first_attribute as usize..root.end_attribute as usize];
        let id = attributes.iter().find(|a| self.lexicon.name(a.name) == "gml:id");
        let name = id.map_or_else(|| self.lexicon.name(root.name), |id| self.object.text(id.value));
        name.to_owned()
    }

    fn too_large(&self, what: &'static str, name: &'static str, limit: usize) -> CityGmlError {
        let file = self.settings.file.to_owned();
        CityGmlError::TooLarge { file, byte: self.byte, what, name, limit: limit as u64 }
    }
}
