//! Roads, railways, squares, water and green of city objects: areas and lines on the ground.
//!
//! What CityGML says in space is taken in plan, as what is drawn on the ground: faces of the level of detail
//! that tells roadway from pavement (the second, else the third, else the first), and the lines of the network
//! of level 0. A face is taken for what the part around it is; a traffic area also by its function, whose code
//! lists begin with 2 for people and 8 for rails. Heights are not kept here: the objects keep them.

use futago_field::Report;
use futago_model::objects::GeometryKind;
use futago_model::{Area, AreaKind, Level, Street, StreetClass, Streets};
use futago_raw::{Geometry, Line, NodeView, RawObject};

use crate::AssembleError;
use crate::batch::Context;
use crate::clean::{Cleaned, Subject};
use crate::emit::Interner;
use crate::faces::{Face, face};
use crate::lod::first_lod_with_faces;
use crate::plan::{Plan, doubled_area_mm2, m2};
use crate::project::Mm;
use crate::site::NO_PLACE;

/// What an object has on the ground.
#[derive(Debug, Default)]
pub(crate) struct FoundStreet {
    name: Option<String>,
    areas: Vec<(AreaKind, Plan)>,
    lines: Vec<(StreetClass, Vec<Mm>)>,
}

/// Whether an object is one that lies on the ground.
pub(crate) fn is_on_the_ground(kind: &str) -> bool {
    of_object(kind).is_some()
}

/// What an object is as a whole: its area, and its lines where they are ways.
fn of_object(kind: &str) -> Option<(AreaKind, Option<StreetClass>)> {
    Some(match kind {
        "tran:Road" => (AreaKind::Roadway, Some(StreetClass::Local)),
        "tran:Railway" => (AreaKind::RailBed, Some(StreetClass::Rail)),
        "tran:Track" => (AreaKind::Pavement, Some(StreetClass::Footway)),
        "tran:Square" => (AreaKind::Pavement, None),
        "wtr:WaterBody" => (AreaKind::Water, Some(StreetClass::Waterway)),
        "veg:PlantCover" => (AreaKind::Wood, None),
        _ => return None,
    })
}

/// The areas and lines of an object whose positions are placed.
pub(crate) fn street(
    object: &RawObject,
    placed: &[[i32; 3]],
    context: &Context<'_>,
    report: &mut Report,
) -> Option<FoundStreet> {
    let (whole, class) = of_object(object.kind())?;
    let mut found =
        FoundStreet { name: object.root().value("gml:name").map(str::to_owned), ..FoundStreet::default() };
    let place = format!("{}, byte {}", context.file, object.byte);
    let mut subject = Subject { name: object.id().unwrap_or_else(|| object.kind()), place: &place, report };
    let lod = first_lod_with_faces(object, &[2, 3, 1, 0]);
    for geometry in object.shapes.geometries.iter().filter(|geometry| geometry.parent.is_none()) {
        if let Some(class) = class.filter(|_| geometry.lod == Some(0)) {
            let lines =
                object.shapes.lines[geometry.lines.start as usize..geometry.lines.end as usize].iter();
            found.lines.extend(lines.filter_map(|line| Some((class, way(line, placed)?))));
        }
        if geometry.lod != lod {
            continue;
        }
        let Some(kind) = kind_of(object.node(geometry.node).part(), whole, context) else { continue };
        let mut cleaned = Cleaned::default();
        for face in lying(object, geometry, placed, context.rules.min_area_m2) {
            cleaned.add(face.rings, context.rules, &mut subject);
        }
        found.areas.extend(cleaned.plans.into_iter().map(|plan| (kind, plan)));
    }
    (!found.areas.is_empty() || !found.lines.is_empty()).then_some(found)
}

/// What a face is by the part that has it; none for what is not to be drawn.
fn kind_of(part: NodeView<'_>, whole: AreaKind, context: &Context<'_>) -> Option<AreaKind> {
    match part.name().rsplit(':').next().unwrap_or_default() {
        "TrafficArea" => Some(traffic(part, whole, context)),
        "AuxiliaryTrafficArea" => Some(AreaKind::LandUse),
        "WaterGroundSurface" | "WaterClosureSurface" => None,
        _ => Some(whole),
    }
}

fn traffic(part: NodeView<'_>, whole: AreaKind, context: &Context<'_>) -> AreaKind {
    let Some(function) = part.child("tran:function") else { return whole };
    let code = function.text();
    let meaning = function.attribute("codeSpace").map(|space| context.codes.meaning(space, code));
    let for_people = matches!(meaning, Some(crate::codes::Meaning::Text(text)) if text.starts_with('歩'));
    match code.as_bytes().first() {
        _ if for_people => AreaKind::Pavement,
        Some(b'2') => AreaKind::Pavement,
        Some(b'8') => AreaKind::RailBed,
        _ => whole,
    }
}

/// Faces that lie flat enough to have an area in plan; of bodies, those that look up.
fn lying<'a>(
    object: &'a RawObject,
    geometry: &'a Geometry,
    placed: &'a [[i32; 3]],
    least_m2: f64,
) -> impl Iterator<Item = Face> + 'a {
    use GeometryKind::{CompositeSolid, MultiSolid, Solid};
    let body = matches!(geometry.kind, Solid | CompositeSolid | MultiSolid);
    let faces =
        object.shapes.surfaces_of(geometry).iter().filter_map(|surface| face(object, surface, placed));
    faces.filter(move |face| {
        let area_m2 = m2(doubled_area_mm2(&face.rings[0]));
        if body { area_m2 >= least_m2 } else { area_m2.abs() >= least_m2 || face.highest_m == face.lowest_m }
    })
}

/// A line in plan; none without two different places.
fn way(line: &Line, placed: &[[i32; 3]]) -> Option<Vec<Mm>> {
    let places = &placed[line.positions.start as usize..line.positions.end as usize];
    if places.contains(&NO_PLACE) {
        return None;
    }
    let mut way: Vec<Mm> = places.iter().map(|at| [at[0], at[1]]).collect();
    way.dedup();
    (way.len() > 1).then_some(way)
}

/// The streets of a city on their way.
#[derive(Debug, Default)]
pub(crate) struct Streetscape {
    streets: Streets,
    names: Interner,
}

impl Streetscape {
    /// Adds what an object has.
    ///
    /// # Errors
    /// When indices would not fit 32 bits.
    pub fn take(&mut self, found: &FoundStreet) -> Result<(), AssembleError> {
        let name = self.names.intern(found.name.as_deref());
        for (kind, plan) in &found.areas {
            let polygon = plan.push_to(&mut self.streets.polygons);
            self.streets.areas.push(Area { polygon, kind: *kind as u32 });
        }
        for (class, line) in &found.lines {
            self.streets.vertices_mm.extend_from_slice(line);
            let vertex_end = self.streets.vertices_mm.len() as u32;
            let (class, level) = (*class as u32, Level::Ground as u32);
            self.streets.records.push(Street { name, class, level, vertex_end });
        }
        let polygons = &self.streets.polygons;
        let largest = [self.streets.vertices_mm.len(), polygons.vertices_mm.len(), polygons.triangles.len()];
        match largest.into_iter().any(|count| count >= u32::MAX as usize) {
            true => Err(AssembleError::TooLarge { what: "vertices of streets" }),
            false => Ok(()),
        }
    }

    /// The finished streets.
    pub fn finish(self) -> Streets {
        Streets { strings: self.names.strings, ..self.streets }
    }
}
