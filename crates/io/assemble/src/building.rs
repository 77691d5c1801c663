//! A building of a file to footprint and roof pieces.
//!
//! Its outline is its LOD0, else the ground face of its LOD2, else the bottom of its LOD1, else the union of
//! all faces that look up. Its roof faces become roof pieces, each at the mean height of its vertices above
//! the mean of the ground face. Where faces do not say what they are (meshes), those that look up are roofs.

use futago_field::Report;
use futago_raw::RawObject;
use rustc_hash::FxHashSet;

use crate::boolean::union;
use crate::clean::{Cleaned, Subject, plans_of_shapes};
use crate::faces::{Face, Faces, faces_of};
use crate::footprints::{Footprint, largest_first};
use crate::pieces::Piece;
use crate::plan::{Plan, Ring, doubled_area_mm2, m2};
use crate::published;
use crate::rules::Rules;

/// Faces lower than this above the lowest vertex of a LOD1 are its bottom, metres.
const BOTTOM_M: f64 = 0.01;

/// The element with the published height.
const HEIGHT: &str = "bldg:measuredHeight";

/// The mark of readers on a height that they assumed.
const ASSUMED: &str = "futago:assumed";

/// A building with its roof pieces.
pub(crate) struct Found {
    pub footprint: Footprint,
    pub pieces: Vec<Piece>,
    /// Height of the ground at it, metres T.P.
    pub ground_m: Option<f64>,
}

/// The footprint and roof pieces of a building whose positions are placed; none without an outline.
pub(crate) fn building(
    object: &RawObject,
    placed: &[[i32; 3]],
    file: &str,
    rules: &Rules,
    report: &mut Report,
) -> Option<Found> {
    let place = format!("{file}, byte {}", object.byte);
    let id = published::id(object);
    let id_assumed = id.is_none();
    let id = id.map_or_else(|| format!("no-id-at-{}", object.byte), str::to_owned);
    let faces = faces_of(object, placed);
    let mut subject = Subject { name: &id, place: &place, report };
    if id_assumed {
        subject.note("missing-id", format!("no id is published; called {id}"));
    }
    let cleaned = outline_of(&faces, rules, &mut subject);
    if cleaned.plans.is_empty() {
        subject.note("no-outline", "no LOD0, LOD1 or ground face that is usable; it has no solid");
        return None;
    }
    let ground_m = ground_of(&faces);
    let height_m = height_of(object, &faces, rules, &mut subject);
    let pieces = pieces_of(&faces, &id, &place, ground_m, rules, report);
    let mut plans = cleaned.plans;
    largest_first(&mut plans);
    let footprint = Footprint {
        id,
        id_assumed,
        place,
        town_code: None,
        flood_depth_m: None,
        height_m,
        height_assumed: object.root().child(HEIGHT).is_some_and(|node| node.attribute(ASSUMED).is_some()),
        clipped: false,
        repaired: cleaned.repaired,
        plans,
    };
    Some(Found { footprint, pieces, ground_m })
}

/// The published height, else that of its LOD1 or of its mesh, metres.
fn height_of(object: &RawObject, faces: &Faces, rules: &Rules, subject: &mut Subject<'_>) -> Option<f64> {
    let usable = |height: f64| height > 0.0 && height <= rules.max_height_m;
    let published = published::height(object, usable);
    if let Some(Err(text)) = &published {
        subject.note("bad-height", format!("a height of {text} cannot be; taken as missing"));
    }
    let shell = if faces.box_like.is_empty() { &faces.loose } else { &faces.box_like };
    let highest = shell.iter().map(|face| face.highest_m).reduce(f64::max);
    let lowest = shell.iter().map(|face| face.lowest_m).reduce(f64::min);
    let of_shell = || Some(highest? - lowest?).filter(|height| usable(*height));
    published.and_then(Result::ok).or_else(of_shell)
}

/// Loose faces that look up, and are more than a sliver in plan.
fn looking_up<'f>(faces: &'f Faces, rules: &Rules) -> impl Iterator<Item = &'f Face> {
    let least = rules.min_area_m2;
    faces.loose.iter().filter(move |face| m2(doubled_area_mm2(&face.rings[0])) >= least)
}

/// The better of two levels of detail: LOD2, else LOD3.
fn better(faces: &[Vec<Face>; 2]) -> &[Face] {
    if faces[0].is_empty() { &faces[1] } else { &faces[0] }
}

/// Height of the ground at a building, metres T.P.
fn ground_of(faces: &Faces) -> Option<f64> {
    let ground = better(&faces.ground);
    if !ground.is_empty() {
        return Some(ground.iter().map(|face| face.mean_m).sum::<f64>() / ground.len() as f64);
    }
    let lowest = |faces: &[Face]| faces.iter().map(|face| face.lowest_m).reduce(f64::min);
    lowest(&faces.box_like).or_else(|| lowest(&faces.loose))
}

fn outline_of(faces: &Faces, rules: &Rules, subject: &mut Subject<'_>) -> Cleaned {
    let mut cleaned = Cleaned::default();
    let ground = better(&faces.ground);
    let lowest = faces.box_like.iter().map(|face| face.lowest_m).fold(f64::INFINITY, f64::min);
    let bottom = |face: &&Face| face.highest_m - lowest <= BOTTOM_M;
    let chosen: Vec<&Face> = if !faces.outline.is_empty() {
        faces.outline.iter().collect()
    } else if !ground.is_empty() {
        ground.iter().collect()
    } else {
        faces.box_like.iter().filter(bottom).collect()
    };
    for face in chosen {
        cleaned.add(face.rings.clone(), rules, subject);
    }
    if cleaned.plans.is_empty() {
        let rings: Vec<Ring> = looking_up(faces, rules).flat_map(|face| face.rings.iter().cloned()).collect();
        cleaned.plans = plans_of_shapes(union(&opened(rings)), rules.min_area_m2);
    }
    cleaned
}

fn pieces_of(
    faces: &Faces,
    id: &str,
    place: &str,
    ground_m: Option<f64>,
    rules: &Rules,
    report: &mut Report,
) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    let mut seen: FxHashSet<(u64, Vec<Ring>)> = FxHashSet::default();
    let named = better(&faces.roof);
    let roofs: Vec<&Face> =
        if named.is_empty() { looking_up(faces, rules).collect() } else { named.iter().collect() };
    for (index, face) in roofs.into_iter().enumerate() {
        let name = format!("{id}, roof face {index}");
        let mut subject = Subject { name: &name, place, report };
        let top_m = ground_m.map(|ground| face.mean_m - ground);
        let usable = top_m.filter(|top| *top > 0.0 && *top <= rules.max_height_m);
        let mut cleaned = Cleaned::default();
        cleaned.add(face.rings.clone(), rules, &mut subject);
        if cleaned.plans.is_empty() {
            // A face that stands upright has no plan; its building loses nothing.
            continue;
        }
        if usable.is_none() {
            let found = top_m.map_or("none".to_owned(), |top| format!("{top:.2} m"));
            subject.note("bad-height", format!("its roof height is {found}; the building's height is used"));
        }
        let rings = cleaned.plans.iter().flat_map(|plan: &Plan| plan.rings.iter().cloned()).collect();
        if !seen.insert((usable.unwrap_or_default().to_bits(), rings)) {
            subject.note("duplicate-feature", "the same outline and height as another roof face; left out");
            continue;
        }
        let (place, building_id) = (place.to_owned(), Some(id.to_owned()));
        pieces.push(Piece {
            name,
            place,
            building_id,
            top_m: usable,
            bottom_m: 0.0,
            repaired: cleaned.repaired,
            plans: cleaned.plans,
        });
    }
    pieces
}

/// Rings without their closing vertex.
fn opened(mut rings: Vec<Ring>) -> Vec<Ring> {
    for ring in &mut rings {
        if ring.len() > 1 && ring.first() == ring.last() {
            ring.pop();
        }
    }
    rings
}
