//! The published network of the station to a [`WalkNetwork`].
//!
//! Nodes and links come in whole. What is repaired, each with an entry of the Report:
//! a line that runs from end to start is turned; a line that does not reach its nodes is led to them; a node
//! that links name and the node file lacks is the node their lines meet at, or is made where they meet each
//! other; an id that occurs twice gets a number. Only a link with an end that can be found in neither way, or
//! without length, is left out.

use std::collections::HashMap;

use futago_field::Report;
use futago_geodesy::SiteFrame;
use futago_model::{WalkLink, WalkLinkFlags, WalkNetwork, WalkNode, WalkNodeFlags, WalkNodeId, WalkPlace};
use futago_raw::{Raw, RawWalkLink, RawWalkNode};

use crate::emit::Interner;
use crate::project::{Mm, Projector};
use crate::{AssembleError, Rules};

use super::codes::{flags_of, kind_of, width_of};
use super::geometry::{distance_m, length_m};
use super::levels::Levels;

/// A line's end this close to its node is at it, metres.
const AT_NODE_M: f64 = 0.05;

/// The published network of a station.
#[derive(Debug, Clone, PartialEq)]
pub struct StationFiles {
    /// Its nodes.
    pub nodes: Raw<RawWalkNode>,
    /// Its links.
    pub links: Raw<RawWalkLink>,
    /// Plane system of both, EPSG.
    pub epsg: u32,
    /// Key of the source, as in [`futago_model::About::sources`].
    pub source: String,
}

/// Puts the network of a station together.
///
/// # Errors
/// When the frame or the plane system cannot be projected to.
pub fn assemble_station(
    files: &StationFiles,
    frame: &SiteFrame,
    rules: &Rules,
) -> Result<(WalkNetwork, Report), AssembleError> {
    let projector = Projector::of_plane(frame, files.epsg, rules.max_distance_m)?;
    let mut station = Station {
        levels: Levels::new(&rules.walk.levels),
        network: WalkNetwork::default(),
        texts: Interner::default(),
        by_id: HashMap::new(),
        report: files.nodes.report.clone(),
    };
    station.report.extend(files.links.report.clone());
    for raw in &files.nodes.features {
        station.add_node(raw, &files.nodes, &projector);
    }
    let lines: Vec<Option<Vec<Mm>>> =
        files.links.features.iter().map(|raw| station.line_of(raw, files, &projector)).collect();
    station.make_missing_nodes(files, &lines);
    let mut seen = HashMap::new();
    for (raw, line) in files.links.features.iter().zip(lines) {
        if let Some(line) = line {
            station.add_link(raw, line, files, &mut seen);
        }
    }
    let mut network = station.network;
    let used: Vec<f32> = network.nodes.iter().map(|node| node.level).collect();
    network.levels = station.levels.rows_of(used.into_iter(), &mut station.texts);
    network.strings = station.texts.strings;
    Ok((network, station.report))
}

/// Where a line ends, and the level of its other end.
type LineEnd = (Mm, Option<f32>);

struct Station<'a> {
    levels: Levels<'a>,
    network: WalkNetwork,
    texts: Interner,
    by_id: HashMap<String, WalkNodeId>,
    report: Report,
}

impl Station<'_> {
    fn add_node(&mut self, raw: &RawWalkNode, file: &Raw<RawWalkNode>, projector: &Projector<'_>) {
        let place = file.place(raw.index);
        let name = raw.id.clone().unwrap_or_default();
        let at = match projector.mm(raw.at) {
            Ok(at) => at,
            Err(trouble) => {
                return self.report.add("bad-coordinates", name, place, format!("{trouble}; left out"));
            }
        };
        let mut flags = WalkNodeFlags::default();
        let level = raw.ordinal.filter(|level| level.abs() <= 100.0).unwrap_or_else(|| {
            let action = "it has no usable `ordinal`; taken as the ground";
            self.report.add("missing-level", name.as_str(), place.as_str(), action);
            flags = flags.with(WalkNodeFlags::LEVEL_ASSUMED);
            0.0
        });
        let id = raw.id.as_deref().map(|id| self.unused_id(id, &place));
        let walk_place = raw.in_out.map_or(WalkPlace::Unknown, WalkPlace::from_number);
        self.push_node(id, at, level, walk_place, flags);
    }

    /// The id, or for its second owner one with a number.
    fn unused_id(&mut self, id: &str, place: &str) -> String {
        if !self.by_id.contains_key(id) {
            return id.to_owned();
        }
        let free = (2..).map(|n| format!("{id}#{n}")).find(|id| !self.by_id.contains_key(id));
        let free = free.unwrap_or_default();
        let action = format!("an earlier node has the same id; called {free}, links go to the earlier one");
        self.report.add("duplicate-id", id, place, action);
        free
    }

    fn push_node(
        &mut self,
        id: Option<String>,
        at_mm: Mm,
        level: f64,
        place: WalkPlace,
        flags: WalkNodeFlags,
    ) -> WalkNodeId {
        let node = WalkNodeId(self.network.nodes.len() as u32);
        self.network.nodes.push(WalkNode {
            id: self.texts.intern(id.as_deref()),
            at_mm,
            height_m: self.levels.height_m(level) as f32,
            // Adding 0 makes a -0 of the file 0.
            level: level as f32 + 0.0,
            place: place as u32,
            flags,
        });
        if let Some(id) = id {
            self.by_id.insert(id, node);
        }
        node
    }

    /// The line of a link in site millimetres, turned when it runs from end to start.
    fn line_of(
        &mut self,
        raw: &RawWalkLink,
        files: &StationFiles,
        projector: &Projector<'_>,
    ) -> Option<Vec<Mm>> {
        let (name, place) = (raw.id.clone().unwrap_or_default(), files.links.place(raw.index));
        let mut line = match projector.line_mm(&raw.line) {
            Ok(line) => line,
            Err(trouble) => {
                self.report.add("bad-coordinates", name, place, format!("{trouble}; left out"));
                return None;
            }
        };
        line.dedup();
        let (Some(first), Some(last)) = (line.first().copied(), line.last().copied()) else {
            self.report.add("zero-length", name, place, "its line has no vertex; left out");
            return None;
        };
        let (start, end) = (self.at(&raw.start_id), self.at(&raw.end_id));
        let apart = |node: Option<Mm>, at: Mm| node.map_or(0.0, |node| distance_m(node, at));
        let (straight, turned) =
            (apart(start, first) + apart(end, last), apart(start, last) + apart(end, first));
        if turned <= AT_NODE_M && straight > 2.0 * AT_NODE_M {
            self.report.add(
                "line-reversed",
                name,
                place,
                "its line runs from its end to its start; turned round",
            );
            line.reverse();
        }
        Some(line)
    }

    fn node(&self, id: &Option<String>) -> Option<WalkNodeId> {
        self.by_id.get(id.as_deref()?).copied()
    }

    fn at(&self, id: &Option<String>) -> Option<Mm> {
        Some(self.network.node(self.node(id)?).at_mm)
    }

    /// Nodes that links name and the file does not have: made where all their lines meet, on the level of the
    /// other ends when these agree.
    fn make_missing_nodes(&mut self, files: &StationFiles, lines: &[Option<Vec<Mm>>]) {
        let mut wanted: Vec<(&str, Vec<LineEnd>)> = Vec::new();
        for (raw, line) in files.links.features.iter().zip(lines) {
            let Some(line) = line else { continue };
            let ends =
                [(&raw.start_id, line.first(), &raw.end_id), (&raw.end_id, line.last(), &raw.start_id)];
            for (id, at, other) in ends {
                let (Some(id), Some(at)) = (id.as_deref(), at) else { continue };
                if self.by_id.contains_key(id) {
                    continue;
                }
                let level = self.node(other).map(|node| self.network.node(node).level);
                match wanted.iter_mut().find(|(known, _)| *known == id) {
                    Some((_, ends)) => ends.push((*at, level)),
                    None => wanted.push((id, vec![(*at, level)])),
                }
            }
        }
        for (id, ends) in wanted {
            let (at, level) = ends[0];
            let meet = ends.iter().all(|(end, other)| distance_m(*end, at) <= AT_NODE_M && *other == level);
            let (Some(level), true, true) = (level, meet, ends.len() > 1) else { continue };
            let action = format!(
                "{} links lead to it and it is not in the node file; made where their lines meet, on their level {level}",
                ends.len()
            );
            self.report.add("missing-node", id, files.nodes.file.as_str(), action);
            self.push_node(
                Some(id.to_owned()),
                at,
                f64::from(level),
                WalkPlace::Unknown,
                WalkNodeFlags::ASSUMED,
            );
        }
    }

    /// The node of a link's end: by its id, else the one that the line ends at.
    fn end_of(&mut self, raw: &RawWalkLink, start: bool, line: &[Mm], place: &str) -> Option<WalkNodeId> {
        let (id, at) = if start { (&raw.start_id, line.first()) } else { (&raw.end_id, line.last()) };
        if let Some(node) = self.node(id) {
            return Some(node);
        }
        let at = *at?;
        let other = self.node(if start { &raw.end_id } else { &raw.start_id });
        let level = other.map(|node| self.network.node(node).level);
        let nodes = self.network.nodes.iter().enumerate();
        let here = nodes.filter(|(_, node)| distance_m(node.at_mm, at) <= AT_NODE_M);
        // On the level of the other end where there is one; the first of equals.
        let best = here.min_by_key(|(index, node)| (level != Some(node.level), *index))?;
        let found = WalkNodeId(best.0 as u32);
        let action = format!(
            "its {} {} is not in the node file; joined to the node that its line ends at",
            if start { "start" } else { "end" },
            id.as_deref().unwrap_or("(none)")
        );
        self.report.add("missing-node", raw.id.as_deref().unwrap_or_default(), place, action);
        Some(found)
    }

    fn add_link(
        &mut self,
        raw: &RawWalkLink,
        mut line: Vec<Mm>,
        files: &StationFiles,
        seen: &mut HashMap<String, u32>,
    ) {
        let (name, place) = (raw.id.clone().unwrap_or_default(), files.links.place(raw.index));
        let ends = (self.end_of(raw, true, &line, &place), self.end_of(raw, false, &line, &place));
        let (Some(mut from), Some(mut to)) = ends else {
            let action = "an end of it is not in the node file and its line ends at no node; left out";
            return self.report.add("broken-link", name, place, action);
        };
        let mut flags = flags_of(raw);
        if self.lead_to_nodes(&mut line, [from, to], &name, &place) {
            flags = flags.with(WalkLinkFlags::REPAIRED);
        }
        if raw.direction == Some(3) {
            (from, to) = (to, from);
            line.reverse();
        }
        let plan_m = length_m(&line);
        let length_m = raw.distance_m.filter(|m| *m > 0.0 && *m <= 10_000.0).unwrap_or(plan_m);
        if from == to && length_m == 0.0 {
            return self.report.add("zero-length", name, place, "both ends are one place; left out");
        }
        let (start, end) = (*self.network.node(from), *self.network.node(to));
        let kind = kind_of(raw, &start, &end);
        let (width_m, width_flag) = width_of(raw.width);
        self.network.vertices_mm.extend_from_slice(&line);
        let id = self.link_id(raw, &place, seen);
        self.network.links.push(WalkLink {
            id,
            name: futago_model::StringId::NONE,
            source: self.texts.intern(Some(&files.source)),
            from,
            to,
            kind: kind as u32,
            flags: flags.with(width_flag),
            level: start.level.min(end.level),
            width_m: width_m as f32,
            length_m: length_m as f32,
            vertex_end: self.network.vertices_mm.len() as u32,
        });
    }

    /// Makes the line begin and end at its nodes; true when it did not.
    fn lead_to_nodes(&mut self, line: &mut Vec<Mm>, ends: [WalkNodeId; 2], name: &str, place: &str) -> bool {
        let [start, end] = ends.map(|node| self.network.node(node).at_mm);
        let gaps = [(start, line[0]), (end, line[line.len() - 1])].map(|(a, b)| distance_m(a, b));
        if gaps[0] <= AT_NODE_M {
            line[0] = start;
        } else {
            line.insert(0, start);
        }
        let last = line.len() - 1;
        if gaps[1] <= AT_NODE_M && last > 0 {
            line[last] = end;
        } else {
            line.push(end);
        }
        let gap = gaps[0].max(gaps[1]);
        if gap > AT_NODE_M {
            let action = format!("its line ends {gap:.2} m from its node; led there");
            self.report.add("line-off-node", name, place, action);
        }
        gap > AT_NODE_M
    }

    fn link_id(
        &mut self,
        raw: &RawWalkLink,
        place: &str,
        seen: &mut HashMap<String, u32>,
    ) -> futago_model::StringId {
        let Some(id) = raw.id.as_deref() else { return futago_model::StringId::NONE };
        let count = seen.entry(id.to_owned()).or_insert(0);
        *count += 1;
        if *count == 1 {
            return self.texts.intern(Some(id));
        }
        let free = format!("{id}#{count}");
        self.report.add("duplicate-id", id, place, format!("an earlier link has the same id; called {free}"));
        self.texts.intern(Some(&free))
    }
}
