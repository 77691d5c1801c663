//! One stretch of a file, from one place between members to another.
//!
//! Stretches are parsed on their own, on as many threads as there are. A stretch begins where the one
//! before it is supposed to end; whether it did is checked when both are there ([`crate::read`]).

use std::borrow::Cow;

use futago_field::Report;

use crate::CityGmlError;
use crate::build::{Builder, Settings};
use crate::dialect::Dialect;
use crate::lexicon::{Class, Key, Lexicon, Word};
use crate::links::Outside;
use crate::markup::{self, Attribute, Mark, Marker, MarkupError, Tag};
use futago_raw::{Item, ItemKind, NodeRole};

/// A place between members.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    /// Right in the CityModel.
    Model,
    /// Right in an `app:Appearance` of the CityModel.
    Appearance,
    /// After the CityModel.
    After,
}

/// A stretch of a file.
#[derive(Debug, Clone)]
pub(crate) struct Piece<'a> {
    pub bytes: Cow<'a, [u8]>,
    /// Where it begins in the file.
    pub offset: u64,
    /// What it is supposed to begin in.
    pub start: Place,
    /// Nothing comes after it.
    pub last: bool,
}

/// What a stretch holds: its items, or what became of them.
#[derive(Debug)]
pub(crate) struct Parsed<T = Vec<Item>> {
    pub items: T,
    /// What each item is, its `gml:id` and its place.
    pub heads: Vec<Head>,
    pub report: Report,
    pub ids: Vec<u64>,
    pub outside: Vec<Outside>,
    pub undeclared: Vec<String>,
    pub end: Place,
}

/// What is told of an item when the item itself has become something else.
#[derive(Debug)]
pub(crate) struct Head {
    pub kind: ItemKind,
    pub id: String,
    pub byte: u64,
}

/// What became of a stretch.
#[derive(Debug)]
pub(crate) enum Outcome<T = Vec<Item>> {
    Whole(Parsed<T>),
    /// It ends inside of something: it was cut at the wrong place, or the file was.
    Open {
        whole: usize,
        inside: String,
    },
    Failed(CityGmlError),
}

impl Outcome {
    /// Makes something of the items, on the thread that parsed them.
    pub fn map<T>(self, map: &(impl Fn(Vec<Item>) -> T + ?Sized)) -> Outcome<T> {
        match self {
            Self::Whole(Parsed { items, heads, report, ids, outside, undeclared, end }) => {
                let items = map(items);
                Outcome::Whole(Parsed { items, heads, report, ids, outside, undeclared, end })
            }
            Self::Open { whole, inside } => Outcome::Open { whole, inside },
            Self::Failed(error) => Outcome::Failed(error),
        }
    }
}

/// The elements round an object.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Level {
    Member,
    AppearanceMember,
    Appearance,
    SurfaceDataMember,
}

/// Parses a stretch.
pub(crate) fn parse(piece: &Piece<'_>, settings: Settings<'_>, dialect: &Dialect) -> Outcome {
    let mut parser = Parser {
        builder: Builder::new(settings, Lexicon::new(dialect)),
        settings,
        levels: match piece.start {
            Place::Appearance => vec![Level::AppearanceMember, Level::Appearance],
            Place::Model | Place::After => Vec::new(),
        },
        closed: piece.start == Place::After,
        depth: 0,
        kind: ItemKind::Object,
        items: Vec::new(),
    };
    let mut marker = Marker::new(&piece.bytes);
    loop {
        let mark = marker.next();
        parser.builder.byte = piece.offset + marker.at as u64;
        let done = match mark {
            Ok(Mark::Over) => return parser.finish(marker.innermost()),
            Ok(mark) => parser.mark(mark, &marker),
            Err(error) => return parser.broken(error),
        };
        if let Err(error) = done {
            return Outcome::Failed(error);
        }
    }
}

struct Parser<'a> {
    builder: Builder<'a>,
    settings: Settings<'a>,
    levels: Vec<Level>,
    closed: bool,
    /// Elements of this stretch that are open.
    depth: usize,
    /// What the open object is.
    kind: ItemKind,
    items: Vec<Item>,
}

impl Parser<'_> {
    #[inline]
    fn mark(&mut self, mark: Mark<'_>, marker: &Marker<'_>) -> Result<(), CityGmlError> {
        match mark {
            Mark::Start { tag, name, empty } => {
                self.start((tag, name), &marker.attributes, marker.declares)?;
                if empty { self.end(name) } else { Ok(()) }
            }
            Mark::End { name } => self.end(name),
            Mark::Text(text) => {
                self.text(text);
                Ok(())
            }
            Mark::Data(data) => {
                let escaped = quick_xml::escape::escape(String::from_utf8_lossy(data)).into_owned();
                self.text(escaped.as_bytes());
                Ok(())
            }
            Mark::Doctype => {
                let (file, byte) = (self.settings.file.to_owned(), self.builder.byte);
                Err(CityGmlError::Doctype { file, byte })
            }
            Mark::Over => Ok(()),
        }
    }

    #[inline]
    fn start(
        &mut self,
        (tag, name): (Tag, &[u8]),
        attributes: &[Attribute<'_>],
        declares: bool,
    ) -> Result<(), CityGmlError> {
        self.depth += 1;
        if self.depth > self.settings.limits.depth {
            return Err(self.too_deep());
        }
        if declares {
            self.declare(attributes);
        }
        let word = self.builder.lexicon.element(tag, name);
        match self.builder.is_open() {
            true => self.builder.start(word, attributes),
            false => self.between(word, attributes),
        }
    }

    /// Namespaces that are declared below the top.
    fn declare(&mut self, attributes: &[Attribute<'_>]) {
        for (name, address) in attributes {
            let Some(prefix) = name.strip_prefix(b"xmlns") else { continue };
            let prefix = String::from_utf8_lossy(prefix.strip_prefix(b":").unwrap_or(prefix));
            self.builder.lexicon.declare(self.depth, &prefix, &String::from_utf8_lossy(address));
        }
    }

    /// An element outside of objects.
    fn between(&mut self, word: Word, attributes: &[Attribute<'_>]) -> Result<(), CityGmlError> {
        if self.closed {
            return Err(self.builder.not_xml("there is more after the end of the CityModel".to_owned()));
        }
        let (kind, role) = match (self.levels.last(), word.class) {
            (None, Class::Member) => return self.enter(Level::Member, attributes),
            (None, Class::AppearanceMember) => return self.enter(Level::AppearanceMember, attributes),
            (Some(Level::Appearance), Class::SurfaceDataMember) => {
                return self.enter(Level::SurfaceDataMember, attributes);
            }
            (Some(Level::AppearanceMember), Class::Appearance) => {
                self.levels.push(Level::Appearance);
                self.begin(ItemKind::Appearance, NodeRole::Value, word, attributes)?;
                return self.end_inner();
            }
            (Some(Level::Member), _) => (ItemKind::Object, NodeRole::Part),
            (Some(Level::SurfaceDataMember), _) => (ItemKind::SurfaceData, NodeRole::Value),
            (Some(Level::Appearance), _) => (ItemKind::AppearanceProperty, NodeRole::Property),
            (None | Some(Level::AppearanceMember), _) => (ItemKind::Property, NodeRole::Property),
        };
        self.begin(kind, role, word, attributes)
    }

    fn enter(&mut self, level: Level, attributes: &[Attribute<'_>]) -> Result<(), CityGmlError> {
        for (name, href) in attributes {
            let (_, key) = self.builder.lexicon.attribute(name);
            if key == Key::Href {
                let action =
                    format!("`{}` is outside of this file; not followed", String::from_utf8_lossy(href));
                self.builder.note("external-member", action);
            }
        }
        self.levels.push(level);
        Ok(())
    }

    fn begin(
        &mut self,
        kind: ItemKind,
        role: NodeRole,
        word: Word,
        attributes: &[Attribute<'_>],
    ) -> Result<(), CityGmlError> {
        self.kind = kind;
        self.builder.begin(word, attributes, role)
    }

    #[inline]
    fn end(&mut self, name: &[u8]) -> Result<(), CityGmlError> {
        if self.builder.is_open() {
            self.end_inner()?;
        } else {
            self.end_level(name)?;
        }
        self.builder.lexicon.leave(self.depth);
        self.depth = self.depth.saturating_sub(1);
        Ok(())
    }

    fn end_inner(&mut self) -> Result<(), CityGmlError> {
        if let Some(object) = self.builder.end()? {
            self.items.push(Item { kind: self.kind, object });
        }
        Ok(())
    }

    fn end_level(&mut self, name: &[u8]) -> Result<(), CityGmlError> {
        let class = self.builder.lexicon.meaning(name).class;
        let fits = match self.levels.pop() {
            Some(Level::Member) => class == Class::Member,
            Some(Level::AppearanceMember) => class == Class::AppearanceMember,
            Some(Level::Appearance) => class == Class::Appearance,
            Some(Level::SurfaceDataMember) => class == Class::SurfaceDataMember,
            None => class == Class::Model && !std::mem::replace(&mut self.closed, true),
        };
        if fits {
            return Ok(());
        }
        let problem = format!("`</{}>` ends nothing that is open", String::from_utf8_lossy(name));
        Err(self.builder.not_xml(problem))
    }

    #[inline]
    fn text(&mut self, text: &[u8]) {
        if self.builder.is_open() {
            self.builder.text(text);
        } else if !markup::is_blank_text(text) {
            let words: String = String::from_utf8_lossy(text).trim().chars().take(40).collect();
            self.builder.note("stray-text", format!("`{words}` stands between members; left out"));
        }
    }

    fn too_deep(&self) -> CityGmlError {
        CityGmlError::TooLarge {
            file: self.settings.file.to_owned(),
            byte: self.builder.byte,
            what: "the number of elements inside each other",
            name: "depth",
            limit: self.settings.limits.depth as u64,
        }
    }

    fn objects(&self) -> usize {
        self.items.iter().filter(|item| item.kind == ItemKind::Object).count()
    }

    fn broken(self, error: MarkupError) -> Outcome {
        match error {
            MarkupError::Open(inside) => Outcome::Open { whole: self.objects(), inside: inside.to_owned() },
            MarkupError::Wrong(problem) => Outcome::Failed(self.builder.not_xml(problem)),
        }
    }

    fn finish(mut self, innermost: Option<String>) -> Outcome {
        let end = match self.levels.as_slice() {
            _ if self.builder.is_open() => None,
            [] if self.closed => Some(Place::After),
            [] => Some(Place::Model),
            [Level::AppearanceMember, Level::Appearance] => Some(Place::Appearance),
            _ => None,
        };
        let Some(end) = end else {
            let inside = innermost.unwrap_or_else(|| "a member".to_owned());
            return Outcome::Open { whole: self.objects(), inside };
        };
        let mut builder = self.builder;
        let report = std::mem::take(&mut builder.report);
        let (ids, outside) = (std::mem::take(&mut builder.ids), std::mem::take(&mut builder.outside));
        let undeclared = std::mem::take(&mut builder.lexicon.undeclared);
        let names = builder.lexicon.into_names();
        for item in &mut self.items {
            item.object.names = names.clone();
        }
        let head = |item: &Item| {
            let id = item.object.id().unwrap_or_default().to_owned();
            Head { kind: item.kind, id, byte: item.object.byte }
        };
        let heads = self.items.iter().map(head).collect();
        Outcome::Whole(Parsed { items: self.items, heads, report, ids, outside, undeclared, end })
    }
}
