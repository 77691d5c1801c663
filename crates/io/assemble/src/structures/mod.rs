//! Bridges and other constructions to [`Structures`]: what is under a deck is not under a building.
//!
//! The question: where in the air are their decks, how thick are they, and what stands on the ground? A source
//! has faces, of which it often does not say what they are. So:
//!
//! 1. every face is turned into triangles, for drawing, and is known by its normal ([`faces`]): it looks up,
//!    looks down or stands upright;
//! 2. faces that look up or down are cut into pieces of at most [`StructureRules::step_m`] difference in height
//!    ([`steps`]);
//! 3. the underside of a piece that looks up is what lies below it where, going down from its top, one leaves the
//!    structure again ([`prisms`]): the underside of its deck, or the foot of the pier that carries it. Where
//!    there is none, the deck gets [`StructureRules::thickness_m`], which is reported;
//! 4. pieces of equal heights become one prism ([`emit`]).
//!
//! # Heights
//!
//! Sources give heights T.P.; the model has a flat ground and buildings that each stand on it, whatever the
//! height of their own ground. Nishi-Shinjuku has ground from 28 m (the towers' lower streets) to 40 m (the
//! station). A deck at T.P. 41 m spans a street at T.P. 34.5 m: taking off the one height of the city's ground
//! (35 m) would put it 6 m over the street here, 11 m at the station, and the feet of others 2.7 m underground,
//! while the buildings beside them stand on the plane. So a structure is let down as its surroundings are: by the
//! height of its own lowest point, which is the foot of its piers or abutments on the lower street level. Decks
//! then lie 5 to 7 m above the ground that buildings and the walk network use (its level 2: 6 m), and none sinks.
//!
//! A structure without feet, whose lowest point is less than [`StructureRules::foot_m`] below its decks' mean
//! height, does not tell its ground: it gets that of the nearest structure with feet within
//! [`StructureRules::ground_within_m`], else that of the city; should it sink, it is lifted onto the ground. Both
//! are reported.
//!
//! Where this stops being true: a long structure on sloping ground has one ground, its lowest; a foot higher up
//! the slope by more than [`StructureRules::snap_m`] floats; what a source models as a block from street to deck
//! is a block here, although people may walk under it in truth.

mod emit;
mod faces;
mod files;
mod prisms;
mod steps;

use futago_field::Report;
use futago_model::{StructureFlags, StructureKind};
use futago_raw::RawObject;
use serde::{Deserialize, Serialize};

use crate::clean::Subject;
use crate::codes::{Codes, Meaning};
use crate::lod::first_lod_with_faces;
use crate::rules::Rules;

pub(crate) use emit::{emit, median_foot_m};
use faces::{Mesh, faces_of, mesh_of};
pub use files::{StructureFile, assemble_structures};
use prisms::{Prism, prisms};
use steps::steps;

/// Limits of making structures.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct StructureRules {
    /// A sloped face is cut into pieces of at most this difference in height, metres.
    pub step_m: f64,
    /// Thickness of a deck that has no underside, metres.
    pub thickness_m: f64,
    /// A piece smaller than this is left out, square metres.
    pub min_piece_m2: f64,
    /// A structure whose lowest point is less than this below the mean of its decks has no feet, metres: girders
    /// of footbridges are thinner.
    pub foot_m: f64,
    /// A structure without feet takes over the ground of one that is this near, metres.
    pub ground_within_m: f64,
    /// An underside this low stands on the ground, metres: feet of one structure differ by some centimetres.
    pub snap_m: f64,
}

impl Default for StructureRules {
    fn default() -> Self {
        Self {
            step_m: 0.5,
            thickness_m: 0.5,
            min_piece_m2: 0.05,
            foot_m: 1.5,
            ground_within_m: 500.0,
            snap_m: 0.5,
        }
    }
}

/// A structure on its way. Heights are T.P.
pub(crate) struct FoundStructure {
    pub id: String,
    pub name: Option<String>,
    /// File and place in it, for the Report.
    pub place: String,
    pub kind: StructureKind,
    pub flags: StructureFlags,
    pub mesh: Mesh,
    pub prisms: Vec<Prism>,
    /// Height of its lowest point.
    pub lowest_m: f64,
    /// It has feet: its lowest point is its ground.
    pub has_feet: bool,
    /// Middle of its bounds in plan, metres.
    pub middle_m: [f64; 2],
}

/// What an element of a file may be made a structure of.
pub(crate) fn is_structure(kind: &str) -> bool {
    matches!(kind, "brid:Bridge" | "uro:OtherConstruction" | "con:OtherConstruction")
}

/// The structure of an object whose positions are placed; none without a face that can be used.
pub(crate) fn structure(
    object: &RawObject,
    placed: &[[i32; 3]],
    file: &str,
    codes: &Codes,
    rules: &Rules,
    report: &mut Report,
) -> Option<FoundStructure> {
    let place = format!("{file}, byte {}", object.byte);
    let id = object.id().filter(|id| !id.is_empty());
    let id_assumed = id.is_none();
    let id = id.map_or_else(|| format!("no-id-at-{}", object.byte), str::to_owned);
    let mut subject = Subject { name: &id, place: &place, report };
    let Some(lod) = first_lod_with_faces(object, &[2, 3, 1]) else {
        subject.note("no-geometry", "a structure without a LOD1, LOD2 or LOD3 shape; kept as an object only");
        return None;
    };
    let faces = faces_of(object, placed, lod);
    let mesh = mesh_of(&faces, &mut subject);
    let (Some(lowest_mm), Some(highest_mm)) = (mesh.lowest_mm(), mesh.highest_mm()) else {
        subject.note("no-geometry", "no face of the structure can be used; kept as an object only");
        return None;
    };
    if id_assumed {
        subject.note("missing-id", format!("no id is published; called {id}"));
    }
    let [lowest_m, highest_m] = [lowest_mm, highest_mm].map(f64::from).map(|mm| mm / 1000.0);
    let mut made = prisms::Made::default();
    if highest_m - lowest_m <= rules.max_height_m {
        let pieces = steps(&faces, rules, &mut subject);
        made = prisms(&pieces, &rules.structures, &mut subject);
    } else {
        let found = highest_m - lowest_m;
        subject.note("bad-height", format!("it is {found:.1} m high, which cannot be; it has no solid"));
    }
    let has_feet = made.deck_m.is_some_and(|deck| deck - lowest_m >= rules.structures.foot_m);
    let flags = StructureFlags::default()
        .with_if(id_assumed, StructureFlags::ID_ASSUMED)
        .with_if(made.thickness_assumed, StructureFlags::THICKNESS_ASSUMED);
    Some(FoundStructure {
        name: object.root().value("gml:name").map(str::to_owned),
        kind: kind_of(object, codes),
        flags,
        middle_m: mesh.middle_m(),
        prisms: made.prisms,
        mesh,
        lowest_m,
        has_feet,
        place,
        id,
    })
}

/// A bridge is a deck when a function, usage or name of it speaks of people on foot.
fn kind_of(object: &RawObject, codes: &Codes) -> StructureKind {
    if object.kind() != "brid:Bridge" {
        return StructureKind::Other;
    }
    let told = object.root().children().filter(|node| {
        matches!(node.name(), "brid:class" | "brid:function" | "brid:usage" | "gml:name" | "gml:description")
    });
    let on_foot = told.into_iter().any(|node| {
        let meaning = node.attribute("codeSpace").map(|space| codes.meaning(space, node.text()));
        let words = match meaning {
            Some(Meaning::Text(text)) => text,
            _ => node.text(),
        };
        ON_FOOT.iter().any(|word| words.to_lowercase().contains(word))
    });
    if on_foot { StructureKind::Deck } else { StructureKind::Bridge }
}

/// Words of sources for what people walk on.
const ON_FOOT: [&str; 6] = ["歩道", "人道", "デッキ", "pedestrian", "footbridge", "deck"];
