//! Geometries: indices to positions, and who holds which surface.
//!
//! A surface stands in the object once. Where it has semantics, its boundary surface (`bldg:RoofSurface`)
//! holds it and the solid refers to it, as in CityGML. Only the LOD0 of a building is the other way
//! round: a footprint or roof edge holds its surfaces itself, since CityGML has no boundary surfaces there.

use std::fmt::Write;
use std::ops::Range;

use futago_raw::{GeometryKind, GeometryRole, NodeRole, Target};

use super::Builder;
use super::semantics::Semantics;
use crate::CityJsonError;
use crate::geometry::Geometry;
use crate::json;
use crate::layout::{Kind, Layout};
use crate::names::{self, Form};

/// Surfaces that are not written, or not yet.
const NOT_WRITTEN: u32 = u32::MAX;

/// A geometry on its way, and where its surfaces went.
pub(super) struct Work<'g> {
    pub geometry: &'g Geometry<'g>,
    pub kind: Kind,
    pub layout: Layout,
    pub lod: Option<u8>,
    pub source: Source,
    /// What ids of its surfaces begin with; empty when nothing refers to them.
    pub name: String,
    /// Rings need ids, for textures.
    pub textured: bool,
    /// Number in the object of each surface.
    pub written: Vec<u32>,
}

/// Where indices lead.
#[derive(Debug, Clone, Copy)]
pub(super) enum Source {
    /// To the vertices of the document.
    Document,
    /// To those of the templates, which an instance moves.
    Template { matrix: [f64; 16], anchor: [f64; 3] },
}

/// Why a ring is of no use.
enum Bad {
    Index,
    Place([f64; 3]),
}

impl Builder<'_, '_> {
    /// Writes a geometry of the open city object.
    pub(super) fn geometry(&mut self, geometry: &Geometry<'_>, number: usize) -> Result<(), CityJsonError> {
        let name = geometry.kind.and_then(json::string).unwrap_or_default();
        match Kind::of(&name) {
            Some(Kind::GeometryInstance) => self.instance(geometry, number),
            Some(kind) => self.shape(geometry, kind, Source::Document, number, geometry),
            None => {
                self.note("unknown-geometry", || format!("`{name}` is no kind of geometry; left out"));
                Ok(())
            }
        }
    }

    /// A template at its place.
    fn instance(&mut self, instance: &Geometry<'_>, number: usize) -> Result<(), CityJsonError> {
        let context = self.context;
        let template = instance.template.and_then(json::index);
        let found =
            template.and_then(|index| context.templates.geometries.get(index)).and_then(Option::as_ref);
        let kind = |geometry: &Geometry<'_>| Kind::of(&geometry.kind.and_then(json::string)?);
        let Some((geometry, kind)) = found.and_then(|found| Some((found, kind(found)?))) else {
            self.note("broken-template", || "its template is not there; left out".to_owned());
            return Ok(());
        };
        let point =
            Layout::of(Kind::MultiPoint, &instance.boundaries).filter(|_| kind != Kind::GeometryInstance);
        let index =
            point.and_then(|point| instance.boundaries.indices(point.rings[0].clone()).next().flatten());
        let anchor = index.and_then(|index| context.positions.get(index as usize).copied());
        let Some(anchor) = anchor.filter(|at| context.frame.range.holds(*at)) else {
            self.note("bad-coordinates", || "its template stands at no place; left out".to_owned());
            return Ok(());
        };
        let Some(matrix) = instance.matrix.map_or(Some(IDENTITY), json::numbers) else {
            self.note("broken-template", || "its matrix is not 16 numbers; left out".to_owned());
            return Ok(());
        };
        self.shape(geometry, kind, Source::Template { matrix, anchor }, number, instance)
    }

    /// Writes the parts of a geometry. `said` is what the object says itself: an instance, or the same.
    fn shape(
        &mut self,
        geometry: &Geometry<'_>,
        kind: Kind,
        source: Source,
        number: usize,
        said: &Geometry<'_>,
    ) -> Result<(), CityJsonError> {
        let Some(layout) = Layout::of(kind, &geometry.boundaries) else {
            self.note("bad-boundaries", || format!("its brackets are not those of a {kind:?}; left out"));
            return Ok(());
        };
        let semantics = Semantics::of(self, geometry, kind, &layout);
        let lod = self.lod(if said.lod.is_some() { said } else { geometry });
        let marked =
            !semantics.surfaces.is_empty() || geometry.texture.is_some() || geometry.material.is_some();
        let name = if marked { format!("{}_g{number}", self.name) } else { String::new() };
        let (textured, written) = (geometry.texture.is_some(), vec![NOT_WRITTEN; layout.surfaces.len()]);
        let mut work = Work { geometry, kind, layout, lod, source, name, textured, written };
        let form = form(kind, source, &semantics);
        let inside = lod == Some(0) && self.class.is_some_and(|class| class.prefix == "bldg");
        if inside {
            self.main(&mut work, said, form, &semantics, true)?;
            self.semantic_parts(&mut work, &semantics, true)?;
        } else {
            self.semantic_parts(&mut work, &semantics, false)?;
            self.main(&mut work, said, form, &semantics, false)?;
        }
        self.appearances(&work)
    }

    /// The property of the object that holds the geometry, or refers to what holds its surfaces.
    fn main(
        &mut self,
        work: &mut Work<'_>,
        said: &Geometry<'_>,
        form: Form,
        semantics: &Semantics<'_>,
        inside: bool,
    ) -> Result<(), CityJsonError> {
        let relief = self.class.is_some_and(|class| class.element == "ReliefFeature");
        if relief {
            self.begin("dem:reliefComponent", NodeRole::Property)?;
            self.begin("dem:TINRelief", NodeRole::Part)?;
            let lod = work.lod.map_or_else(String::new, |lod| lod.to_string());
            self.out.value("dem:lod", &lod);
        }
        let property = names::geometry_property(self.class, form, work.lod);
        self.begin(&property, NodeRole::Property)?;
        self.lod_attribute(if said.lod.is_some() { said } else { work.geometry });
        if let Some(template) = said.template {
            self.out.attribute("template", template.get());
        }
        if let Some(matrix) = said.matrix {
            self.begin("core:transformationMatrix", NodeRole::Property)?;
            let numbers = json::items(matrix).unwrap_or_default();
            let words: Vec<_> = numbers.into_iter().filter_map(json::scalar).collect();
            self.out.text(&words.join(" "));
            self.out.end();
        }
        for (name, piece) in &said.others {
            self.element(name, piece, 1)?;
        }
        let own =
            |primitive: u32| inside || semantics.values.get(primitive as usize).is_none_or(Option::is_none);
        self.members(work, &own)?;
        self.out.end();
        if relief {
            self.out.end();
            self.out.end();
        }
        Ok(())
    }

    /// All primitives of a geometry: written where `own`, referred to where another part holds them.
    fn members(&mut self, work: &mut Work<'_>, own: &impl Fn(u32) -> bool) -> Result<(), CityJsonError> {
        let kind = match work.kind {
            Kind::MultiPoint | Kind::GeometryInstance => GeometryKind::MultiPoint,
            Kind::MultiLineString => GeometryKind::MultiCurve,
            Kind::CompositeSurface if self.is_terrain(work) => GeometryKind::TriangulatedSurface,
            Kind::MultiSurface => GeometryKind::MultiSurface,
            Kind::CompositeSurface => GeometryKind::CompositeSurface,
            Kind::Solid => GeometryKind::Solid,
            Kind::MultiSolid => GeometryKind::MultiSolid,
            Kind::CompositeSolid => GeometryKind::CompositeSolid,
        };
        self.begin_geometry(kind, work.lod)?;
        match work.kind {
            Kind::MultiSolid | Kind::CompositeSolid => {
                for solid in 0..work.layout.solids.len() {
                    self.begin_geometry(GeometryKind::Solid, work.lod)?;
                    let shells = work.layout.solids[solid].clone();
                    self.shells(work, shells, own)?;
                    self.out.end_geometry();
                }
            }
            Kind::Solid => {
                let shells = 0..work.layout.shells.len() as u32;
                self.shells(work, shells, own)?;
            }
            Kind::MultiSurface | Kind::CompositeSurface => {
                let surfaces = 0..work.layout.surfaces.len() as u32;
                self.surfaces(work, surfaces, own)?;
            }
            _ => {
                let primitives = work.layout.primitives(work.kind) as u32;
                for primitive in (0..primitives).filter(|primitive| own(*primitive)) {
                    self.line_or_point(work, primitive)?;
                }
            }
        }
        self.out.end_geometry();
        Ok(())
    }

    fn shells(
        &mut self,
        work: &mut Work<'_>,
        shells: Range<u32>,
        own: &impl Fn(u32) -> bool,
    ) -> Result<(), CityJsonError> {
        let first = shells.start;
        for shell in shells {
            self.begin_geometry(GeometryKind::CompositeSurface, work.lod)?;
            let outside = shell == first;
            self.out.geometry_role(if outside { GeometryRole::Exterior } else { GeometryRole::Interior });
            let surfaces = work.layout.shells[shell as usize].clone();
            self.surfaces(work, surfaces, own)?;
            self.out.end_geometry();
        }
        Ok(())
    }

    fn surfaces(
        &mut self,
        work: &mut Work<'_>,
        surfaces: Range<u32>,
        own: &impl Fn(u32) -> bool,
    ) -> Result<(), CityJsonError> {
        for surface in surfaces {
            if own(surface) {
                self.surface(work, surface)?;
            } else {
                self.link_surface(work, surface);
            }
        }
        Ok(())
    }

    /// Makes a surface that was written before a member of the open geometry.
    pub(super) fn link_surface(&mut self, work: &Work<'_>, surface: u32) {
        match work.written[surface as usize] {
            // It was left out, which is reported already.
            NOT_WRITTEN => {}
            written => self.out.link_surface(written),
        }
    }

    /// Writes a surface into the open geometry; one that points to a vertex that is not there is left out.
    pub(super) fn surface(&mut self, work: &mut Work<'_>, surface: u32) -> Result<(), CityJsonError> {
        let rings = work.layout.surfaces[surface as usize].clone();
        let corners = |ring: u32| work.layout.rings[ring as usize].len() + 1;
        self.spend(1 + rings.clone().map(corners).sum::<usize>())?;
        let (mut all, mut ends) = (std::mem::take(&mut self.corners), std::mem::take(&mut self.ends));
        all.clear();
        ends.clear();
        for ring in rings {
            let start = all.len();
            match self.corners(work, ring, &mut all) {
                Ok(()) => {}
                Err(Bad::Index) => {
                    self.note("broken-index", || {
                        format!("surface {surface} points to a vertex that is not there; left out")
                    });
                    return Ok(());
                }
                Err(Bad::Place(at)) => {
                    self.note("bad-coordinates", || {
                        format!("{at:?} is not a place; a ring of surface {surface} was left out")
                    });
                    all.truncate(start);
                }
            }
            ends.push(all.len());
        }
        work.written[surface as usize] = self.write_surface(work, surface, &all, &ends);
        (self.corners, self.ends) = (all, ends);
        Ok(())
    }

    /// Writes the rings of a surface, but for empty ones. Its number.
    fn write_surface(&mut self, work: &Work<'_>, surface: u32, all: &[[f64; 3]], ends: &[usize]) -> u32 {
        self.word.clear();
        if !work.name.is_empty() {
            let _ = write!(self.word, "{}_s{surface}", work.name);
        }
        let written = self.out.begin_surface(&self.word);
        let (id, mut start) = (self.word.len(), 0);
        for (number, end) in ends.iter().copied().enumerate() {
            self.word.truncate(id);
            if work.textured {
                let _ = write!(self.word, "_r{number}");
            }
            if start < end {
                let ring = if work.textured { &*self.word } else { "" };
                self.out.ring(ring, number > 0, all[start..end].iter().copied());
            }
            start = end;
        }
        self.out.end_surface();
        written
    }

    /// Adds the corners of a ring, the first one again at the end.
    fn corners(&mut self, work: &Work<'_>, ring: u32, all: &mut Vec<[f64; 3]>) -> Result<(), Bad> {
        let start = all.len();
        for index in work.geometry.boundaries.indices(work.layout.rings[ring as usize].clone()) {
            all.push(self.position(work.source, index)?);
        }
        match &all[start..] {
            [] => self.note("empty-geometry", || "a ring has no corners; left out".to_owned()),
            [first, .., last] if first == last => {}
            [first, ..] => all.push(*first),
        }
        Ok(())
    }

    fn position(&self, source: Source, index: Option<u32>) -> Result<[f64; 3], Bad> {
        let context = self.context;
        let index = index.ok_or(Bad::Index)? as usize;
        let at = match source {
            Source::Document => *context.positions.get(index).ok_or(Bad::Index)?,
            Source::Template { matrix, anchor } => {
                let vertex = *context.templates.vertices.get(index).ok_or(Bad::Index)?;
                context.frame.offset(anchor, moved(&matrix, vertex))
            }
        };
        if context.frame.range.holds(at) { Ok(at) } else { Err(Bad::Place(at)) }
    }

    /// Writes a line, or a point of points.
    pub(super) fn line_or_point(&mut self, work: &Work<'_>, primitive: u32) -> Result<(), CityJsonError> {
        let line = work.kind == Kind::MultiLineString;
        let Some(ring) = work.layout.rings.get(if line { primitive as usize } else { 0 }) else {
            return Ok(());
        };
        let indices = work.geometry.boundaries.indices(ring.clone());
        let (skip, take) = if line { (0, usize::MAX) } else { (primitive as usize, 1) };
        let positions = indices.skip(skip).take(take).map(|index| self.position(work.source, index));
        let what = if line { "line" } else { "point" };
        match positions.collect::<Result<Vec<_>, Bad>>() {
            Ok(positions) if positions.is_empty() => {
                self.note("empty-geometry", || format!("{what} {primitive} has no corners; left out"));
            }
            Ok(positions) => {
                self.spend(positions.len())?;
                if line { self.out.line(&positions) } else { self.out.point(positions[0]) }
            }
            Err(Bad::Index) => self.note("broken-index", || {
                format!("{what} {primitive} points to a vertex that is not there; left out")
            }),
            Err(Bad::Place(at)) => {
                self.note("bad-coordinates", || {
                    format!("{at:?} is not a place; {what} {primitive} was left out")
                });
            }
        }
        Ok(())
    }

    pub(super) fn begin_geometry(
        &mut self,
        kind: GeometryKind,
        lod: Option<u8>,
    ) -> Result<(), CityJsonError> {
        self.spend(1)?;
        self.out.begin_geometry(kind, lod, self.context.frame.crs.map(|crs| crs.epsg));
        Ok(())
    }

    /// A terrain of triangles and nothing else.
    fn is_terrain(&self, work: &Work<'_>) -> bool {
        let layout = &work.layout;
        let triangle = |rings: &Range<u32>| rings.len() == 1 && layout.rings[rings.start as usize].len() == 3;
        self.class.is_some_and(|class| class.prefix == "dem") && layout.surfaces.iter().all(triangle)
    }

    /// The level of detail: `2` of `2.2`. None when it does not say one, which is reported.
    pub(super) fn lod(&mut self, geometry: &Geometry<'_>) -> Option<u8> {
        let text = geometry.lod.and_then(json::scalar).unwrap_or_default();
        let digit = text.split('.').next().and_then(|first| first.parse().ok()).filter(|digit| *digit <= 9);
        if digit.is_none() {
            self.note("missing-lod", || format!("its level of detail `{text}` is none; kept without one"));
        }
        digit
    }

    /// The level of detail as written, at the element opened last.
    pub(super) fn lod_attribute(&mut self, geometry: &Geometry<'_>) {
        if let Some(text) = geometry.lod.and_then(json::scalar) {
            self.out.attribute("lod", &text);
        }
    }

    /// A member of a geometry that holds nothing of its own: what it leads to in this object.
    pub(super) fn link(&mut self, href: &str) {
        self.out.link(href, Target::Outside);
    }
}

const IDENTITY: [f64; 16] = [1.0, 0.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0, 1.0];

/// A vertex by a matrix whose rows come one after the other.
fn moved(matrix: &[f64; 16], [x, y, z]: [f64; 3]) -> [f64; 3] {
    let row =
        |r: usize| matrix[4 * r] * x + matrix[4 * r + 1] * y + matrix[4 * r + 2] * z + matrix[4 * r + 3];
    let weight = row(3);
    std::array::from_fn(|r| row(r) / weight)
}

fn form(kind: Kind, source: Source, semantics: &Semantics<'_>) -> Form {
    match kind {
        _ if matches!(source, Source::Template { .. }) => Form::Instance,
        Kind::MultiPoint | Kind::GeometryInstance => Form::Points,
        Kind::MultiLineString => Form::Lines,
        Kind::MultiSurface | Kind::CompositeSurface if semantics.all_roofs() => Form::Roofs,
        Kind::MultiSurface | Kind::CompositeSurface => Form::Surfaces,
        Kind::Solid => Form::Solid,
        Kind::MultiSolid | Kind::CompositeSolid => Form::Solids,
    }
}
