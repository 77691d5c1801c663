//! Ways for people, and the nodes on them that mean something.

use futago_field::Report;
use futago_raw::{OsmId, Raw, RawWalkSpot, RawWalkWay, WayKind};
use rayon::prelude::*;

use crate::classes::{BadValue, direction, incline_of, is_tunnel, layer_of, levels_of, metres_of, way_kind};
use crate::extract::{Extract, Form};
use crate::tags::{Key, Tags};

/// No way is wider, metres.
const MAX_WIDTH_M: f64 = 500.0;

/// Ways that are worked on together.
const TOGETHER: usize = 1 << 14;

impl Extract {
    /// Ways for people, and the outlines of areas for them. Each has as many pieces as it is cut into where the
    /// extract lacks nodes.
    pub fn walk_ways(&self) -> Raw<RawWalkWay> {
        let kept = &self.kept;
        let is_way = |way: &usize| {
            let uses = kept.uses(*way);
            match kept.form(*way) {
                Form::Area => uses.walk_outline && kept.is_whole(*way),
                Form::Line => uses.walk,
                Form::None => false,
            }
        };
        let ways: Vec<usize> = (0..kept.ways.len()).filter(is_way).collect();
        let (mut found, mut report) = (Raw::empty(&self.file), self.capped());
        found.features.reserve(ways.len());
        found.osm_ids.reserve(ways.len());
        let mut add = |id: OsmId, (pieces, entries): (Vec<RawWalkWay>, Report)| {
            report.extend(entries);
            for piece in pieces {
                let index = found.features.len() as u32;
                found.features.push(RawWalkWay { index, ..piece });
                found.osm_ids.push(id);
            }
        };
        let id_of = |way: usize| OsmId::Way(kept.ways.id(way));
        for ways in ways.chunks(TOGETHER) {
            let read = |way: &usize| pieces(id_of(*way), kept.tags(*way), &[kept.ways.nodes(*way)], self);
            let read: Vec<_> = ways.par_iter().map(read).collect();
            ways.iter().zip(read).for_each(|(way, pieces)| add(id_of(*way), pieces));
        }
        for (id, tags, drawn) in self.multipolygons() {
            if way_kind(tags).is_some_and(|kind| kind != WayKind::Street) {
                let outlines: Vec<&[u32]> = drawn.outer.iter().map(Vec::as_slice).collect();
                add(id, pieces(id, tags, &outlines, self));
            }
        }
        found.report = report.finish(&self.file);
        found
    }

    /// The nodes on kept ways that are lifts or doors.
    pub fn walk_spots(&self) -> Raw<RawWalkSpot> {
        let (mut spots, mut report) = (Raw::empty(&self.file), self.capped());
        for (place, tags) in &self.kept.nodes.spots {
            let node = self.kept.nodes.ids.id(*place);
            let mut bad = Vec::new();
            spots.features.push(RawWalkSpot {
                index: spots.features.len() as u32,
                node,
                elevator: tags.is(Key::Highway, "elevator"),
                door: tags.has(Key::Entrance) || tags.has(Key::Door),
                levels: levels_of(tags, &mut bad),
                wheelchair: wheelchair(tags),
            });
            spots.osm_ids.push(OsmId::Node(node));
            report.extend(self.bad_values(OsmId::Node(node), tags, bad));
        }
        spots.report = report.finish(&self.file);
        spots
    }
}

/// A way along lines of nodes, in as many pieces as they are cut into, and what could not be read of it.
fn pieces(id: OsmId, tags: &Tags, lines: &[&[u32]], extract: &Extract) -> (Vec<RawWalkWay>, Report) {
    let nodes = &extract.kept.nodes;
    let mut bad = Vec::new();
    let Some(whole) = way_kind(tags).map(|kind| without_line(kind, tags, &mut bad)) else {
        return (Vec::new(), Report::default());
    };
    let stretches: Vec<&[u32]> = lines.iter().flat_map(|line| nodes.stretches(line)).collect();
    let copies = std::iter::repeat_n(whole, stretches.len());
    let pieces = copies.zip(&stretches).filter_map(|(way, stretch)| {
        let ids = stretch.iter().map(|node| nodes.ids.id(*node)).collect();
        Some(RawWalkWay { nodes: ids, line: nodes.line(stretch)?, ..way })
    });
    (pieces.collect(), extract.bad_values(id, tags, bad))
}

/// What tags say of a way.
fn without_line(kind: WayKind, tags: &Tags, bad: &mut Vec<BadValue>) -> RawWalkWay {
    let indoor = tags.has(Key::Indoor) || kind == WayKind::Corridor;
    let passage = tags.is(Key::Tunnel, "building_passage") || tags.has(Key::Indoor);
    let width = metres_of(tags, Key::Width, MAX_WIDTH_M, bad);
    RawWalkWay {
        index: 0,
        nodes: Vec::new(),
        line: Vec::new(),
        kind,
        levels: levels_of(tags, bad),
        layer: layer_of(tags, bad),
        bridge: tags.has(Key::Bridge),
        tunnel: is_tunnel(tags),
        indoor,
        covered: tags.flag(Key::Covered).or(passage.then_some(true)),
        conveying: tags.has(Key::Conveying),
        direction: direction(tags),
        incline: incline_of(tags, bad),
        width_m: width.or_else(|| metres_of(tags, Key::EstWidth, MAX_WIDTH_M, bad)).filter(|m| *m > 0.0),
        wheelchair: wheelchair(tags),
        name: tags.name(),
    }
}

fn wheelchair(tags: &Tags) -> Option<bool> {
    match tags.get(Key::Wheelchair) {
        Some("yes" | "designated") => Some(true),
        Some("no") => Some(false),
        _ => None,
    }
}
