//! Implicit tiling: tiles in a quadtree or octree, told by bits in subtree files.
//!
//! A subtree covers some levels. Its bits say which tiles there are, which have content, and below which of
//! its lowest tiles another subtree follows. Bits of a level stand in Morton order: the bits of x, y (and z)
//! by turns, x lowest.

use serde::Deserialize;
use serde_json::Value;

use crate::accessor::range;
use crate::files::{self, Files, resolve};
use crate::tileset::{Implicit, Scheme, json};
use crate::{Limits, TilesError};
use futago_field::CappedReport;

/// Bytes before the JSON of a subtree.
const HEADER: usize = 24;

/// Most levels of all: beyond, a Morton index does not fit.
const MOST_LEVELS: u32 = 20;

/// Reads the subtrees of one implicit tile.
pub(crate) struct Reader<'a> {
    files: &'a dyn Files,
    limits: &'a Limits,
    file: &'a str,
    implicit: &'a Implicit,
    templates: &'a [&'a str],
    /// Children replace their tile's content.
    replace: bool,
    levels: u32,
    /// Tiles that there are.
    pub(crate) tiles: usize,
    /// Contents that finer ones replace.
    pub(crate) coarser: usize,
}

/// A tile by its level and place in it.
#[derive(Debug, Clone, Copy)]
struct At {
    level: u32,
    morton: u64,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Subtree {
    buffers: Vec<Buffer>,
    buffer_views: Vec<View>,
    tile_availability: Bits,
    content_availability: Value,
    child_subtree_availability: Bits,
}

#[derive(Debug, Deserialize)]
struct Buffer {
    uri: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct View {
    buffer: usize,
    #[serde(default)]
    byte_offset: u64,
    byte_length: u64,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Bits {
    constant: Option<u8>,
    #[serde(alias = "bufferView")]
    bitstream: Option<usize>,
}

/// Bits that are all the same, or in bytes.
enum Available<'b> {
    Constant(bool),
    Bytes(&'b [u8]),
}

impl Available<'_> {
    fn has(&self, index: u64) -> bool {
        match self {
            Self::Constant(all) => *all,
            Self::Bytes(bytes) => {
                let byte = usize::try_from(index / 8).ok().and_then(|byte| bytes.get(byte));
                byte.is_some_and(|byte| byte >> (index % 8) & 1 == 1)
            }
        }
    }
}

impl<'a> Reader<'a> {
    pub(crate) fn new(
        files: &'a dyn Files,
        limits: &'a Limits,
        file: &'a str,
        implicit: &'a Implicit,
        templates: &'a [&'a str],
        replace: bool,
    ) -> Self {
        let maximum = implicit.maximum_level.map(|level| level.saturating_add(1));
        let levels = implicit.available_levels.or(maximum).unwrap_or_default();
        Self { files, limits, file, implicit, templates, replace, levels, tiles: 0, coarser: 0 }
    }

    fn broken(&self, problem: impl Into<String>) -> TilesError {
        let place = "the implicit tiling".to_owned();
        TilesError::Broken { file: self.file.to_owned(), place, problem: problem.into() }
    }

    /// Bits of a Morton index that one level takes.
    fn axes(&self) -> u32 {
        if self.implicit.scheme == Scheme::Quadtree { 2 } else { 3 }
    }

    /// References of the contents that are shown in the end.
    pub(crate) fn read(&mut self, notes: &mut CappedReport) -> Result<Vec<String>, TilesError> {
        let each = self.implicit.subtree_levels;
        if each == 0 || self.levels == 0 || self.levels > MOST_LEVELS || each > MOST_LEVELS {
            let problem =
                format!("{each} levels a subtree and {} in all; 1 to {MOST_LEVELS} are read", self.levels);
            return Err(self.broken(problem));
        }
        self.subtree(At { level: 0, morton: 0 }, notes)
    }

    fn subtree(&mut self, root: At, notes: &mut CappedReport) -> Result<Vec<String>, TilesError> {
        let path = resolve(self.file, &self.named(&self.implicit.subtrees.uri, root))?;
        let bytes = files::read(self.files, &path, self.limits)?;
        let (subtree, buffers) = self.parts(&bytes, &path)?;
        let contents = match &subtree.content_availability {
            Value::Array(all) => all.clone(),
            Value::Null => Vec::new(),
            one => vec![one.clone()],
        };
        let contents: Vec<Bits> = contents
            .into_iter()
            .map(|bits| serde_json::from_value(bits).map_err(|error| self.broken(error.to_string())))
            .collect::<Result<_, _>>()?;
        let open = |bits: &Bits| -> Result<Available<'_>, TilesError> {
            if let Some(constant) = bits.constant {
                return Ok(Available::Constant(constant != 0));
            }
            let Some(view) = bits.bitstream else { return Ok(Available::Constant(false)) };
            let view = subtree.buffer_views.get(view);
            let found = view.and_then(|view| {
                range(buffers.get(view.buffer)?.as_slice(), view.byte_offset, view.byte_length)
            });
            found
                .map(Available::Bytes)
                .ok_or_else(|| self.broken(format!("{path} has bits outside its bytes")))
        };
        let tiles = open(&subtree.tile_availability)?;
        let below = open(&subtree.child_subtree_availability)?;
        let contents = contents.iter().map(open).collect::<Result<Vec<_>, _>>()?;
        let bits = Opened { root, tiles, below, contents };
        self.tile(&bits, root, notes)
    }

    /// A subtree's JSON and what its buffers hold.
    fn parts(&self, bytes: &[u8], path: &str) -> Result<(Subtree, Vec<Vec<u8>>), TilesError> {
        let lengths = bytes.get(..HEADER).filter(|head| head.starts_with(b"subt")).map(|head| {
            let number = |at: usize| u64::from_le_bytes(std::array::from_fn(|i| head[at + i]));
            (number(8), number(16))
        });
        let (text, inside) = match lengths {
            Some((text, inside)) => {
                let text = range(bytes, HEADER as u64, text);
                let inside = text.and_then(|text| range(bytes, (HEADER + text.len()) as u64, inside));
                let cut = || self.broken(format!("{path} is cut"));
                (text.ok_or_else(cut)?, inside.ok_or_else(cut)?)
            }
            None => (bytes, &[][..]),
        };
        let subtree: Subtree = json(text, path, "the subtree", self.limits)?;
        let mut buffers = Vec::new();
        for buffer in &subtree.buffers {
            buffers.push(match &buffer.uri {
                None => inside.to_vec(),
                Some(uri) => files::read(self.files, &resolve(path, uri)?, self.limits)?,
            });
        }
        Ok((subtree, buffers))
    }

    fn tile(
        &mut self,
        bits: &Opened<'_>,
        at: At,
        notes: &mut CappedReport,
    ) -> Result<Vec<String>, TilesError> {
        let (axes, each) = (self.axes(), self.implicit.subtree_levels);
        let (level, morton) = (
            at.level - bits.root.level,
            at.morton - (bits.root.morton << (axes * (at.level - bits.root.level))),
        );
        if level == each {
            if !bits.below.has(morton) || at.level >= self.levels {
                return Ok(Vec::new());
            }
            return match self.subtree(at, notes) {
                Err(error) if !error.is_final() => {
                    let action = format!("{error}; the tiles below are left out");
                    notes.add(error.code(), "", self.file, action);
                    Ok(Vec::new())
                }
                other => other,
            };
        }
        // Tiles of the levels above in this subtree: 1 + 4 + 16 + ..., or with 8.
        let before = ((1_u64 << (axes * level)) - 1) / ((1 << axes) - 1);
        if at.level >= self.levels || !bits.tiles.has(before + morton) {
            return Ok(Vec::new());
        }
        self.tiles += 1;
        if self.tiles > self.limits.tiles {
            let (file, limit) = (self.file.to_owned(), self.limits.tiles as u64);
            return Err(TilesError::TooLarge { file, what: "the number of tiles", name: "tiles", limit });
        }
        let mut finer = Vec::new();
        for child in 0..1 << axes {
            let below = At { level: at.level + 1, morton: (at.morton << axes) + child };
            finer.extend(self.tile(bits, below, notes)?);
        }
        let own =
            self.templates.iter().zip(&bits.contents).filter(|(_, content)| content.has(before + morton));
        let own: Vec<String> = own.map(|(template, _)| self.named(template, at)).collect();
        if self.replace && !finer.is_empty() {
            self.coarser += own.len();
            return Ok(finer);
        }
        Ok(own.into_iter().chain(finer).collect())
    }

    /// A template with the numbers of a tile.
    fn named(&self, template: &str, at: At) -> String {
        let axes = self.axes();
        let part = |axis: u32| {
            (0..at.level)
                .fold(0_u64, |sum, bit| sum | (at.morton >> (axes * bit + axis) & 1) << bit)
                .to_string()
        };
        let named = template.replace("{level}", &at.level.to_string());
        let named = named.replace("{x}", &part(0)).replace("{y}", &part(1));
        if axes == 3 { named.replace("{z}", &part(2)) } else { named }
    }
}

/// A subtree's bits, and where its root is.
struct Opened<'b> {
    root: At,
    tiles: Available<'b>,
    below: Available<'b>,
    contents: Vec<Available<'b>>,
}
