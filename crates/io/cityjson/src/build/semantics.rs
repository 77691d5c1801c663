//! Semantics: what the surfaces of a geometry are.
//!
//! Each semantic surface becomes a part of its own under the object (`bldg:boundedBy`, `bldg:RoofSurface`)
//! with its attributes and those surfaces of the geometry that name it. A door or window stands in the
//! surface that it names as its parent.

use std::borrow::Cow;

use futago_raw::{GeometryKind, NodeRole};

use super::Builder;
use super::geometry::Work;
use crate::CityJsonError;
use crate::geometry::Geometry;
use crate::json::{self, Members, Piece};
use crate::layout::{Kind, Layout};
use crate::names;
use crate::nested::Nested;

/// The semantics of one geometry.
#[derive(Debug, Default)]
pub(super) struct Semantics<'g> {
    /// Semantic surfaces; none of one that is no JSON object.
    pub surfaces: Vec<Option<Members<'g>>>,
    /// The semantic surface of each primitive. Empty when the geometry has no semantics.
    pub values: Vec<Option<u32>>,
    /// The type of each.
    kinds: Vec<Cow<'g, str>>,
    /// The semantic surface that each stands in.
    parents: Vec<Option<u32>>,
    others: Members<'g>,
}

impl<'g> Semantics<'g> {
    pub fn of(builder: &mut Builder<'_, '_>, geometry: &Geometry<'g>, kind: Kind, layout: &Layout) -> Self {
        let Some(members) = geometry.semantics.and_then(json::members) else {
            if geometry.semantics.is_some_and(|piece| !json::is_null(piece)) {
                builder.note("bad-semantics", || "`semantics` is no JSON object; left out".to_owned());
            }
            return Self::default();
        };
        let surfaces = json::member(&members, "surfaces").and_then(json::items).unwrap_or_default();
        let surfaces: Vec<_> = surfaces.into_iter().map(json::members).collect();
        let nested = json::member(&members, "values").map(Nested::of).unwrap_or_default();
        let (mut values, fits) = layout.values(kind, &nested);
        if !fits {
            builder.note("bad-semantics", || {
                "its values do not fit the boundaries; what fits is taken".to_owned()
            });
        }
        let mut wrong = 0;
        for value in &mut values {
            if value.is_some_and(|index| surfaces.get(index as usize).is_none_or(Option::is_none)) {
                *value = None;
                wrong += 1;
            }
        }
        if wrong > 0 {
            builder.note("bad-semantics", || {
                format!("{wrong} surface(s) name semantics that are not there; kept without")
            });
        }
        let mut others = members;
        others.retain(|(name, _)| name != "surfaces" && name != "values");
        let parents = parents(builder, &surfaces);
        let kind = |surface: &Option<Members<'g>>| of(surface, "type").and_then(json::string);
        let kinds = surfaces.iter().map(|surface| kind(surface).unwrap_or_default()).collect();
        Self { surfaces, values, kinds, parents, others }
    }

    /// Whether every surface is a roof.
    pub fn all_roofs(&self) -> bool {
        let is_roof =
            |value: &Option<u32>| value.is_some_and(|index| self.kinds[index as usize] == "RoofSurface");
        !self.values.is_empty() && self.values.iter().all(is_roof)
    }

    /// Primitives of each semantic surface.
    fn primitives(&self) -> Vec<Vec<u32>> {
        let mut primitives = vec![Vec::new(); self.surfaces.len()];
        for (value, primitive) in self.values.iter().zip(0_u32..) {
            if let Some(index) = value {
                primitives[*index as usize].push(primitive);
            }
        }
        primitives
    }
}

/// A member of a semantic surface.
fn of<'g>(surface: &Option<Members<'g>>, name: &str) -> Option<Piece<'g>> {
    json::member(surface.as_ref()?, name)
}

/// The parent of each semantic surface: what it says, else what says so of it. One step, no further.
fn parents(builder: &mut Builder<'_, '_>, surfaces: &[Option<Members<'_>>]) -> Vec<Option<u32>> {
    let mut said = vec![None; surfaces.len()];
    let mut broken = false;
    for (number, members) in surfaces.iter().enumerate() {
        for child in of(members, "children").and_then(json::items).unwrap_or_default() {
            let child = json::index(child).filter(|child| *child < surfaces.len() && *child != number);
            broken |= child.is_none();
            if let Some(child) = child {
                said[child] = Some(number as u32);
            }
        }
    }
    for (number, members) in surfaces.iter().enumerate() {
        let Some(parent) = of(members, "parent").filter(|piece| !json::is_null(piece)) else { continue };
        let parent = json::index(parent).filter(|parent| *parent < surfaces.len() && *parent != number);
        broken |= parent.is_none();
        said[number] = parent.map(|parent| parent as u32).or(said[number]);
    }
    let near = |parent: Option<u32>| parent.filter(|parent| said[*parent as usize].is_none());
    let parents: Vec<_> = said.iter().map(|parent| near(*parent)).collect();
    broken |= parents != said;
    if broken {
        builder.note("bad-semantics", || {
            "a parent or child of a semantic surface is not there or not a step away; it stands by itself"
                .to_owned()
        });
    }
    parents
}

impl Builder<'_, '_> {
    /// Writes the semantic surfaces as parts. With `inside` the object holds their surfaces already.
    pub(super) fn semantic_parts(
        &mut self,
        work: &mut Work<'_>,
        semantics: &Semantics<'_>,
        inside: bool,
    ) -> Result<(), CityJsonError> {
        let primitives = semantics.primitives();
        let mut openings = vec![Vec::new(); semantics.surfaces.len()];
        for (parent, number) in semantics.parents.iter().zip(0..) {
            if let Some(parent) = parent {
                openings[*parent as usize].push(number);
            }
        }
        for number in (0..semantics.surfaces.len()).filter(|number| semantics.parents[*number].is_none()) {
            self.begin_part(work, semantics, number, &primitives[number], inside)?;
            for opening in &openings[number] {
                self.begin_part(work, semantics, *opening, &primitives[*opening], inside)?;
                self.end_part();
            }
            self.end_part();
        }
        for (name, piece) in &semantics.others {
            self.element(name, piece, 1)?;
        }
        Ok(())
    }

    /// Opens the part of a semantic surface and writes what it has.
    fn begin_part(
        &mut self,
        work: &mut Work<'_>,
        semantics: &Semantics<'_>,
        number: usize,
        primitives: &[u32],
        inside: bool,
    ) -> Result<(), CityJsonError> {
        let kind = &*semantics.kinds[number];
        let (property, element, known) = names::semantic(self.class, kind);
        if !known && !kind.starts_with('+') {
            self.note("unknown-semantics", || format!("`{kind}` is no surface of such an object; kept so"));
        }
        let element = if element.is_empty() { "core:Surface".to_owned() } else { element };
        self.begin(&property, NodeRole::Property)?;
        self.begin(&element, NodeRole::Part)?;
        self.out.attribute("gml:id", &format!("{}_k{number}", work.name));
        for (name, piece) in semantics.surfaces[number].iter().flatten() {
            if !matches!(&**name, "type" | "parent" | "children") {
                let known = names::attribute(self.class, name);
                self.element(known.as_deref().unwrap_or(name), piece, 1)?;
            }
        }
        if !primitives.is_empty() {
            self.part_geometry(work, primitives, inside)?;
        }
        Ok(())
    }

    fn end_part(&mut self) {
        self.out.end();
        self.out.end();
    }

    /// The surfaces of a part: `bldg:lod2MultiSurface`.
    fn part_geometry(
        &mut self,
        work: &mut Work<'_>,
        primitives: &[u32],
        inside: bool,
    ) -> Result<(), CityJsonError> {
        let (form, kind) = match work.kind {
            Kind::MultiPoint | Kind::GeometryInstance => ("MultiPoint", GeometryKind::MultiPoint),
            Kind::MultiLineString => ("MultiCurve", GeometryKind::MultiCurve),
            _ => ("MultiSurface", GeometryKind::MultiSurface),
        };
        if inside && !work.kind.has_surfaces() {
            // Lines and points have no ids to refer to; the object holds them.
            return Ok(());
        }
        let prefix = self.class.map_or("gen", |class| class.prefix);
        let lod = work.lod.map_or_else(String::new, |lod| lod.to_string());
        self.begin(&format!("{prefix}:lod{lod}{form}"), NodeRole::Property)?;
        self.lod_attribute(work.geometry);
        self.begin_geometry(kind, work.lod)?;
        for primitive in primitives {
            match (work.kind.has_surfaces(), inside) {
                (true, true) => self.link_surface(work, *primitive),
                (true, false) => self.surface(work, *primitive)?,
                (false, _) => self.line_or_point(work, *primitive)?,
            }
        }
        self.out.end_geometry();
        self.out.end();
        Ok(())
    }
}
