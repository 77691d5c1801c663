//! The network as records.

use futago_model::{
    StringId, WalkKind, WalkLink, WalkLinkFlags, WalkNetwork, WalkNode, WalkNodeFlags, WalkNodeId, WalkPlace,
};
use futago_raw::{Direction, Incline, OsmId, RawWalkWay, WayKind};
use rustc_hash::FxHashMap;

use crate::emit::Interner;
use crate::project::Mm;
use crate::walk::WalkRules;
use crate::walk::geometry::length_m;
use crate::walk::levels::Levels;
use crate::walk::web::kind_on;

use super::joints::Joints;
use super::lifts::{Stack, level_at};
use super::pieces::Piece;

/// Steeper than this is a ramp, percent.
const STEEP_PERCENT: f64 = 5.0;

/// Writes nodes in the order of their links, and the links; lifts last.
pub(super) fn emit(
    pieces: &[Piece<'_>],
    web: &Joints<'_>,
    stacks: &[Stack],
    source: &str,
    rules: &WalkRules,
) -> WalkNetwork {
    let mut texts = Interner::default();
    let source = texts.intern(Some(source));
    let mut emitter = Emitter {
        web,
        rules,
        levels: Levels::new(&rules.levels),
        inside: inside(pieces, web),
        network: WalkNetwork::default(),
        texts,
        source,
        places: FxHashMap::default(),
    };
    for link in &web.links {
        let piece = &pieces[link.piece as usize];
        let ends =
            [link.from, link.to].map(|joint| emitter.node(joint, level_at(pieces, web, link.piece, joint)));
        let mut line: Vec<Mm> =
            piece.line[link.vertices[0]..=link.vertices[1]].iter().map(|v| v.at).collect();
        line.dedup();
        if line.len() > 1 || ends[0] != ends[1] {
            emitter.way(piece, ends, line);
        }
    }
    for stack in stacks {
        emitter.lift(stack, pieces);
    }
    emitter.finish()
}

/// Whether every way at a joint is inside.
fn inside(pieces: &[Piece<'_>], web: &Joints<'_>) -> Vec<bool> {
    let mut outside = vec![false; web.joints.len()];
    for link in &web.links {
        let raw = pieces[link.piece as usize].raw;
        if !raw.indoor && !raw.tunnel && pieces[link.piece as usize].storeys.lowest() >= 0.0 {
            outside[link.from as usize] = true;
            outside[link.to as usize] = true;
        }
    }
    outside.into_iter().map(|outside| !outside).collect()
}

struct Emitter<'e, 'r> {
    web: &'e Joints<'r>,
    rules: &'e WalkRules,
    levels: Levels<'e>,
    inside: Vec<bool>,
    network: WalkNetwork,
    texts: Interner,
    source: StringId,
    /// Nodes by joint and, where each level has its own, level.
    places: FxHashMap<(u32, u32), WalkNodeId>,
}

impl Emitter<'_, '_> {
    fn node(&mut self, index: u32, level: f32) -> WalkNodeId {
        let joint = &self.web.joints[index as usize];
        let key = (index, if joint.is_split() { level.to_bits() } else { 0 });
        if let Some(known) = self.places.get(&key) {
            return *known;
        }
        let id = joint.node.map(|node| match joint.is_split() {
            true => format!("n{node}@{level}"),
            false => format!("n{node}"),
        });
        let place = match () {
            () if joint.spot.is_some_and(|spot| spot.door) => WalkPlace::Doorway,
            () if self.inside[index as usize] || level < 0.0 => WalkPlace::Inside,
            () => WalkPlace::Outside,
        };
        let flags = WalkNodeFlags::default();
        let flags = if joint.node.is_none() { flags.with(WalkNodeFlags::ASSUMED) } else { flags };
        let flags = if joint.level_assumed { flags.with(WalkNodeFlags::LEVEL_ASSUMED) } else { flags };
        let (at, node) = (joint.at, self.push_node(id, joint.at, level, place, flags));
        debug_assert_eq!(self.network.node(node).at_mm, at);
        self.places.insert(key, node);
        node
    }

    fn push_node(
        &mut self,
        id: Option<String>,
        at_mm: Mm,
        level: f32,
        place: WalkPlace,
        flags: WalkNodeFlags,
    ) -> WalkNodeId {
        let height_m = self.levels.height_m(f64::from(level)) as f32;
        let id = self.texts.intern(id.as_deref());
        self.network.nodes.push(WalkNode { id, at_mm, height_m, level, place: place as u32, flags });
        WalkNodeId(self.network.nodes.len() as u32 - 1)
    }

    fn way(&mut self, piece: &Piece<'_>, mut ends: [WalkNodeId; 2], mut line: Vec<Mm>) {
        if line.len() == 1 {
            line.push(line[0]);
        }
        let raw = piece.raw;
        let [from, to] = ends.map(|node| self.network.node(node).level);
        let level = match () {
            () if from != to => from.min(to),
            () if piece.storeys.climbs => from,
            () => piece.storeys.lowest(),
        };
        let kind = kind_of(raw, level, from != to);
        let mut flags = flags_of(raw, level, kind);
        if from != to && !piece.storeys.climbs {
            flags = flags.with(WalkLinkFlags::LEVEL_ASSUMED);
        }
        // One-way links lead from their first node to their last.
        if raw.direction == Direction::Backward {
            ends.reverse();
            line.reverse();
        }
        let id = match piece.id {
            OsmId::Way(id) => format!("w{id}"),
            OsmId::Relation(id) => format!("r{id}"),
            OsmId::Node(id) => format!("n{id}"),
        };
        let width_m = raw.width_m.unwrap_or_else(|| assumed_width_m(raw, kind, level, self.rules));
        let (id, name) = (self.texts.intern(Some(&id)), self.texts.intern(raw.name.as_deref()));
        self.push_link(
            ends,
            line,
            |link| WalkLink { id, name, level, width_m: width_m as f32, ..link },
            kind,
            flags,
        );
    }

    fn push_link(
        &mut self,
        [from, to]: [WalkNodeId; 2],
        line: Vec<Mm>,
        finish: impl Fn(WalkLink) -> WalkLink,
        kind: WalkKind,
        flags: WalkLinkFlags,
    ) {
        self.network.vertices_mm.extend_from_slice(&line);
        self.network.links.push(finish(WalkLink {
            id: StringId::NONE,
            name: StringId::NONE,
            source: self.source,
            from,
            to,
            kind: kind as u32,
            flags,
            level: 0.0,
            width_m: 0.0,
            length_m: length_m(&line) as f32,
            vertex_end: self.network.vertices_mm.len() as u32,
        }));
    }

    /// Nodes and links of a lift; of one that nobody comes to, none.
    fn lift(&mut self, stack: &Stack, pieces: &[Piece<'_>]) {
        if stack.doors.is_empty() || stack.levels.len() < 2 {
            return;
        }
        let name = stack.piece.and_then(|piece| pieces[piece as usize].raw.name.clone());
        let name = self.texts.intern(name.as_deref());
        let mut nodes = Vec::new();
        for level in &stack.levels {
            nodes.push(match stack.centre {
                None => self.node(stack.doors[0].0, *level),
                Some(at) => {
                    let id = stack
                        .piece
                        .map(|piece| format!("{}@{level}", pieces[piece as usize].id).replace("way ", "w"));
                    self.push_node(id, at, *level, WalkPlace::Inside, WalkNodeFlags::default())
                }
            });
        }
        let flags = WalkLinkFlags::ROOFED.with(WalkLinkFlags::STEP_FREE).with(WalkLinkFlags::WIDTH_ASSUMED);
        let fit = flags.with_if(stack.wheelchair, WalkLinkFlags::WHEELCHAIR);
        let width_m = self.rules.width_stairs_m as f32;
        for (pair, levels) in nodes.windows(2).zip(stack.levels.windows(2)) {
            let at = self.network.node(pair[0]).at_mm;
            let level = levels[0];
            self.push_link(
                [pair[0], pair[1]],
                vec![at, at],
                |link| WalkLink { name, level, width_m, ..link },
                WalkKind::Lift,
                fit,
            );
        }
        let Some(centre) = stack.centre else { return };
        for (joint, levels) in &stack.doors {
            for level in levels {
                let door = self.node(*joint, *level);
                let Some(index) = stack.levels.iter().position(|own| own == level) else { continue };
                let line = vec![self.network.node(door).at_mm, centre];
                let flags = flags.with(WalkLinkFlags::JOIN);
                let level = *level;
                self.push_link(
                    [door, nodes[index]],
                    line,
                    |link| WalkLink { name, level, width_m, ..link },
                    kind_on(level),
                    flags,
                );
            }
        }
    }

    fn finish(self) -> WalkNetwork {
        let Self { mut network, mut texts, levels, .. } = self;
        let nodes = network.nodes.iter().map(|node| node.level);
        let used: Vec<f32> = nodes.chain(network.links.iter().map(|link| link.level)).collect();
        network.levels = levels.rows_of(used.into_iter(), &mut texts);
        network.strings = texts.strings;
        network
    }
}

fn kind_of(raw: &RawWalkWay, level: f32, climbs: bool) -> WalkKind {
    let steep = matches!(raw.incline, Some(Incline::Percent(rise)) if rise.abs() > STEEP_PERCENT);
    match raw.kind {
        WayKind::Steps if raw.conveying => WalkKind::Escalator,
        WayKind::Steps => WalkKind::Stairs,
        _ if raw.conveying => WalkKind::MovingWalkway,
        WayKind::Crossing => WalkKind::Crossing,
        _ if climbs => WalkKind::Ramp,
        WayKind::Street => WalkKind::StreetSide,
        _ if steep => WalkKind::Ramp,
        _ if raw.indoor => WalkKind::Corridor,
        _ => kind_on(level),
    }
}

fn flags_of(raw: &RawWalkWay, level: f32, kind: WalkKind) -> WalkLinkFlags {
    let roofed = raw.covered == Some(true) || raw.indoor || raw.tunnel || level < 0.0;
    let unknown = !roofed && raw.covered.is_none();
    let steps = matches!(kind, WalkKind::Stairs | WalkKind::Escalator) || raw.wheelchair == Some(false);
    let rise = match raw.incline {
        Some(Incline::Percent(rise)) if raw.direction == Direction::Backward => -rise,
        Some(Incline::Percent(rise)) => rise,
        _ => 0.0,
    };
    WalkLinkFlags::default()
        .with_if(raw.direction != Direction::Both, WalkLinkFlags::ONE_WAY)
        .with_if(roofed, WalkLinkFlags::ROOFED)
        .with_if(unknown, WalkLinkFlags::ROOF_UNKNOWN)
        .with_if(!steps, WalkLinkFlags::STEP_FREE)
        .with_if(rise > STEEP_PERCENT, WalkLinkFlags::STEEP_UP)
        .with_if(rise < -STEEP_PERCENT, WalkLinkFlags::STEEP_DOWN)
        .with_if(raw.width_m.is_none(), WalkLinkFlags::WIDTH_ASSUMED)
}

fn assumed_width_m(raw: &RawWalkWay, kind: WalkKind, level: f32, rules: &WalkRules) -> f64 {
    match (kind, raw.kind) {
        (WalkKind::Stairs | WalkKind::Escalator, _) => rules.width_stairs_m,
        (_, WayKind::Street) => rules.width_street_side_m,
        (_, WayKind::Pedestrian) => rules.width_pedestrian_m,
        _ if level < 0.0 => rules.width_underground_m,
        _ if level > 1.0 => rules.width_deck_m,
        _ => rules.width_footway_m,
    }
}
