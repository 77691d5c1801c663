//! Ways for people, and the nodes on them that mean something.

use futago_raw::{OsmId, RawWalkSpot, RawWalkWay, WayKind};

use crate::classes::{direction, incline_of, is_tunnel, layer_of, levels_of, metres_of, way_kind};
use crate::extract::Reading;
use crate::shape::Run;
use crate::tags::Tags;

/// No way is wider, metres.
const MAX_WIDTH_M: f64 = 500.0;

/// Adds a way, in as many pieces as it has.
pub(crate) fn add(id: OsmId, tags: &Tags, runs: &[Run], reading: &mut Reading<'_>) {
    let Some(kind) = way_kind(tags) else { return };
    let mut bad = Vec::new();
    let indoor = tags.has("indoor") || kind == WayKind::Corridor;
    let passage = tags.is("tunnel", "building_passage") || tags.has("indoor");
    let width = metres_of(tags, "width", MAX_WIDTH_M, &mut bad);
    let raw = RawWalkWay {
        index: 0,
        nodes: Vec::new(),
        line: Vec::new(),
        kind,
        levels: levels_of(tags, &mut bad),
        layer: layer_of(tags, &mut bad),
        bridge: tags.has("bridge"),
        tunnel: is_tunnel(tags),
        indoor,
        covered: tags.flag("covered").or(passage.then_some(true)),
        conveying: tags.has("conveying"),
        direction: direction(tags),
        incline: incline_of(tags, &mut bad),
        width_m: width.or_else(|| metres_of(tags, "est_width", MAX_WIDTH_M, &mut bad)).filter(|m| *m > 0.0),
        wheelchair: wheelchair(tags),
        name: tags.name(),
    };
    reading.note_bad(id, tags, bad);
    let ways = &mut reading.extract.walk_ways;
    for run in runs {
        let index = ways.features.len() as u32;
        ways.features.push(RawWalkWay {
            index,
            nodes: run.nodes.clone(),
            line: run.line.clone(),
            ..raw.clone()
        });
        ways.osm_ids.push(id);
    }
}

/// The nodes on kept ways that are lifts or doors.
pub(crate) fn add_spots(reading: &mut Reading<'_>) {
    let kept = reading.kept;
    for (place, tags) in &kept.nodes.spots {
        let node = kept.nodes.ids[*place as usize];
        let mut bad = Vec::new();
        let spots = &mut reading.extract.walk_spots;
        spots.features.push(RawWalkSpot {
            index: spots.features.len() as u32,
            node,
            elevator: tags.is("highway", "elevator"),
            door: tags.has("entrance") || tags.has("door"),
            levels: levels_of(tags, &mut bad),
            wheelchair: wheelchair(tags),
        });
        spots.osm_ids.push(OsmId::Node(node));
        reading.note_bad(OsmId::Node(node), tags, bad);
    }
}

fn wheelchair(tags: &Tags) -> Option<bool> {
    match tags.get("wheelchair") {
        Some("yes" | "designated") => Some(true),
        Some("no") => Some(false),
        _ => None,
    }
}
