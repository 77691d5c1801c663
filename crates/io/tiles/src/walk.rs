//! Through a tileset to the contents that are shown in the end: the finest.
//!
//! Where children replace their tile and have content, the tile's own content is left out; where they add
//! to it, both are kept. A tileset named as content is walked like children.

use std::collections::BTreeSet;
use std::io::Read;

use crate::detect::{Format, looks_like};
use crate::files::{self, Files, resolve};
use crate::implicit;
use crate::matrix::Matrix;
use crate::tileset::{Content, Implicit, Refine, Tile, Tileset};
use crate::{Limits, TilesError};
use futago_field::CappedReport;

/// A content to be read.
#[derive(Debug)]
pub(crate) struct Chosen {
    /// Its file.
    pub(crate) path: String,
    /// From its tile to Earth-centred metres.
    pub(crate) transform: Matrix,
    /// From the model's axes to its tile's.
    pub(crate) up: Matrix,
}

/// Walks.
pub(crate) struct Walk<'a> {
    pub(crate) files: &'a dyn Files,
    pub(crate) limits: &'a Limits,
    pub(crate) notes: &'a mut CappedReport,
    /// Tilesets that are open, the outermost first.
    open: Vec<String>,
    tiles: usize,
    /// Contents that finer ones replace.
    pub(crate) coarser: usize,
    /// What the tilesets say of their owners.
    pub(crate) copyrights: BTreeSet<String>,
    /// Contents that could not even be looked at.
    pub(crate) failed: Vec<TilesError>,
}

/// What holds for a tile because of those around it.
#[derive(Debug, Clone, Copy)]
struct Around<'t> {
    file: &'t str,
    transform: Matrix,
    refine: Refine,
    up: Matrix,
    depth: usize,
}

impl<'a> Walk<'a> {
    pub(crate) fn new(files: &'a dyn Files, limits: &'a Limits, notes: &'a mut CappedReport) -> Self {
        let (open, copyrights, failed) = (Vec::new(), BTreeSet::new(), Vec::new());
        Self { files, limits, notes, open, tiles: 0, coarser: 0, copyrights, failed }
    }

    /// Contents of a tileset that lies in a tile with this transform.
    pub(crate) fn tileset(
        &mut self,
        tileset: &Tileset,
        file: &str,
        transform: Matrix,
        depth: usize,
    ) -> Result<Vec<Chosen>, TilesError> {
        if let Some(copyright) = &tileset.asset.copyright {
            self.copyrights.insert(copyright.clone());
        }
        for name in &tileset.extensions_required {
            if !KNOWN.contains(&name.as_str()) {
                let action =
                    format!("the tileset needs {name}, which is not read; what it changes is missing");
                self.notes.add("unread-extension", "", file, action);
            }
        }
        let up = match tileset.asset.gltf_up_axis.as_deref() {
            Some("Z" | "z") => Matrix::IDENTITY,
            Some("X" | "x") => Matrix::Z_UP_FROM_X_UP,
            _ => Matrix::Z_UP_FROM_Y_UP,
        };
        self.open.push(file.to_owned());
        let around = Around { file, transform, refine: Refine::Replace, up, depth };
        let chosen = self.tile(&tileset.root, around);
        self.open.pop();
        chosen
    }

    fn too_large(&self, file: &str, what: &'static str, name: &'static str, limit: usize) -> TilesError {
        TilesError::TooLarge { file: file.to_owned(), what, name, limit: limit as u64 }
    }

    /// Counts tiles.
    fn count(&mut self, file: &str, tiles: usize) -> Result<(), TilesError> {
        self.tiles = self.tiles.saturating_add(tiles);
        if self.tiles > self.limits.tiles {
            return Err(self.too_large(file, "the number of tiles", "tiles", self.limits.tiles));
        }
        Ok(())
    }

    fn tile(&mut self, tile: &Tile, around: Around<'_>) -> Result<Vec<Chosen>, TilesError> {
        self.count(around.file, 1)?;
        let file = around.file;
        if around.depth > self.limits.depth {
            let what = "the number of tiles inside each other";
            return Err(self.too_large(file, what, "depth", self.limits.depth));
        }
        let own = match &tile.transform {
            None => Some(Matrix::IDENTITY),
            Some(numbers) => Matrix::from_slice(numbers),
        };
        let Some(own) = own else {
            let action = "the transform of a tile is not 16 numbers; the tile and what is in it are left out";
            self.notes.add("broken-tile", "", file, action);
            return Ok(Vec::new());
        };
        let refine = tile.refine.unwrap_or(around.refine);
        let inside =
            Around { transform: around.transform.after(&own), refine, depth: around.depth + 1, ..around };
        let extensions = tile.extensions.as_deref();
        if let Some(implicit) = tile.implicit.as_deref().or(extensions.and_then(|e| e.implicit.as_ref())) {
            return self.implicit(tile, implicit, inside);
        }
        let mut finer = Vec::new();
        for child in &tile.children {
            finer.extend(self.tile(child, inside)?);
        }
        let more = extensions.and_then(|e| e.contents.as_ref()).map_or(&[][..], |more| &more.contents);
        let contents = tile.content.as_deref().into_iter().chain(&tile.contents).chain(more);
        if refine == Refine::Replace && !finer.is_empty() {
            self.coarser += contents.count();
            return Ok(finer);
        }
        let mut chosen = Vec::new();
        for content in contents {
            chosen.extend(self.content(content, inside)?);
        }
        chosen.extend(finer);
        Ok(chosen)
    }

    /// One content, or those of the tileset that it is.
    fn content(&mut self, content: &Content, around: Around<'_>) -> Result<Vec<Chosen>, TilesError> {
        let Some(uri) = content.uri.as_deref() else { return Ok(Vec::new()) };
        match self.followed(uri, around) {
            Ok(chosen) => Ok(chosen),
            Err(error) if error.is_final() => Err(error),
            Err(error) => {
                self.notes.add(error.code(), "", around.file, format!("{error}; this tile is left out"));
                self.failed.push(error);
                Ok(Vec::new())
            }
        }
    }

    fn followed(&mut self, uri: &str, around: Around<'_>) -> Result<Vec<Chosen>, TilesError> {
        let path = resolve(around.file, uri)?;
        if !self.is_tileset(&path)? {
            return Ok(vec![Chosen { path, transform: around.transform, up: around.up }]);
        }
        if self.open.contains(&path) {
            let place = format!("the content `{path}`");
            let problem = "it is a tileset that this one lies in".to_owned();
            return Err(TilesError::Broken { file: around.file.to_owned(), place, problem });
        }
        let text = files::read(self.files, &path, self.limits)?;
        let tileset = Tileset::parse(&text, &path, self.limits)?;
        self.tileset(&tileset, &path, around.transform, around.depth)
    }

    /// By its name where that is clear, else by its first bytes.
    fn is_tileset(&self, path: &str) -> Result<bool, TilesError> {
        let ending = path.rsplit_once('.').map_or("", |(_, ending)| ending).to_ascii_lowercase();
        if MODELS.contains(&ending.as_str()) {
            return Ok(false);
        }
        let io = |source| TilesError::Io { file: path.to_owned(), source };
        let mut head = Vec::new();
        let input = self.files.open(path).map_err(io)?;
        input.take(HEAD_BYTES).read_to_end(&mut head).map_err(io)?;
        // A packed one is taken for a tileset only by its name.
        let packed = head.starts_with(&[0x1F, 0x8B]) && ending == "json";
        Ok(packed || looks_like(&head) == Some(Format::Tileset))
    }

    fn implicit(
        &mut self,
        tile: &Tile,
        implicit: &Implicit,
        around: Around<'_>,
    ) -> Result<Vec<Chosen>, TilesError> {
        let templates: Vec<&str> = tile
            .content
            .as_deref()
            .into_iter()
            .chain(&tile.contents)
            .filter_map(|content| content.uri.as_deref())
            .collect();
        let replace = around.refine == Refine::Replace;
        let mut reader =
            implicit::Reader::new(self.files, self.limits, around.file, implicit, &templates, replace);
        let found = reader.read(self.notes);
        self.coarser += reader.coarser;
        self.count(around.file, reader.tiles)?;
        let uris = match found {
            Ok(uris) => uris,
            Err(error) if error.is_final() => return Err(error),
            Err(error) => {
                let action = format!("{error}; this tile and what is in it are left out");
                self.notes.add(error.code(), "", around.file, action);
                self.failed.push(error);
                return Ok(Vec::new());
            }
        };
        let mut chosen = Vec::new();
        for uri in uris {
            chosen.extend(self.content(&Content { uri: Some(uri) }, around)?);
        }
        Ok(chosen)
    }
}

/// Endings of files that are models.
const MODELS: [&str; 6] = ["b3dm", "cmpt", "glb", "gltf", "i3dm", "pnts"];

/// Bytes that are looked at to tell a tileset.
const HEAD_BYTES: u64 = 64 << 10;

/// Extensions of tilesets that are read, or change nothing here.
const KNOWN: [&str; 7] = [
    "3DTILES_bounding_volume_S2",
    "3DTILES_bounding_volume_cylinder",
    "3DTILES_content_gltf",
    "3DTILES_implicit_tiling",
    "3DTILES_metadata",
    "3DTILES_multiple_contents",
    "MAXAR_content_geojson",
];
