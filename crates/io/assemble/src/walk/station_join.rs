//! Where the outdoor network meets the station's.
//!
//! On one level, and within [`WalkRules::join_m`]:
//!
//! 1. a loose end of the outdoor network, and a node that lost a link because the station has it, are led to
//!    the nearer end of the nearest station link;
//! 2. where an outdoor link crosses a station link, it is led from there to the nearer end of that link;
//! 3. a node where the station's network ends is led to the nearest place of the outdoor network.
//!
//! Only nodes of the station are named, and none of its links is split: the two networks are in two packs. A
//! join is a link of its own ([`futago_model::WalkLinkFlags::JOIN`]), along the station's link where it does not
//! meet it at an end. Ends that found nothing within that distance, but something within
//! [`WalkRules::report_within_m`], are in the Report with the distance to the nearest way of the other network on
//! their level.

use std::collections::{BTreeSet, HashMap};

use futago_field::Report;
use futago_model::{WalkLinkId, WalkNodeId, WalkPlace, metres_from_mm};

use crate::project::Mm;

use super::WalkRules;
use super::cover::Station;
use super::geometry::{Found, crossing, length_m};
use super::ways::WayLine;
use super::web::{Attachment, Web, WebNode};

/// How many joins of each sort were made.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Joined {
    pub loose_ends: usize,
    pub crossings: usize,
    pub station_ends: usize,
    pub not_joined: usize,
}

/// Joins a web to the station. `before` are the degrees of the nodes before links were left out.
pub(crate) fn join_station(
    web: &mut Web,
    before: &[u32],
    station: &Station<'_>,
    ways: &[WayLine],
    rules: &WalkRules,
    report: &mut Report,
) -> Joined {
    let mut join = Join { station, rules, stand_ins: HashMap::new(), made: BTreeSet::new() };
    let mut joined = Joined::default();
    let mut attachments = join.crossings(web);
    joined.crossings = attachments.len();
    let ends = join.station_ends(web, report, &mut joined.not_joined);
    joined.station_ends = ends.len();
    attachments.extend(ends);
    join.loose_ends(web, before, ways, report, &mut joined);
    web.attach(&attachments, rules.same_place_m);
    joined
}

struct Join<'a> {
    station: &'a Station<'a>,
    rules: &'a WalkRules,
    /// Stand-in of each station node that is in use.
    stand_ins: HashMap<u32, u32>,
    /// Outdoor and station nodes that are joined.
    made: BTreeSet<(u32, u32)>,
}

impl Join<'_> {
    /// The node of the web that stands for a station node.
    fn stand_in(&mut self, web: &mut Web, node: WalkNodeId) -> u32 {
        let network = self.station.network;
        *self.stand_ins.entry(node.0).or_insert_with(|| {
            let record = network.node(node);
            let id = network.strings.get(record.id).unwrap_or_default().to_owned();
            web.nodes.push(WebNode {
                at: record.at_mm,
                level: record.level,
                level_assumed: false,
                stands_for: Some((id, WalkPlace::from_number(record.place))),
            });
            web.nodes.len() as u32 - 1
        })
    }

    /// The way from a place on a station link to the nearer of its ends, along the link: the end, and the
    /// vertices on the way from the place to it. Only nodes with an id can be named.
    fn end_of(&self, place: &Found) -> Option<(WalkNodeId, Vec<Mm>)> {
        let network = self.station.network;
        let id = WalkLinkId(place.segment.line);
        let (link, line) = (network.link(id), network.line_mm(id));
        let number = place.segment.number as usize;
        let mut back: Vec<Mm> = line[..=number].to_vec();
        back.push(place.at);
        back.reverse();
        let mut on = vec![place.at];
        on.extend_from_slice(&line[number + 1..]);
        let named = |(node, _): &(WalkNodeId, Vec<Mm>)| network.strings.get(network.node(*node).id).is_some();
        let ways = [(link.from, back), (link.to, on)].into_iter().filter(named);
        let nearest = ways.min_by(|a, b| length_m(&a.1).total_cmp(&length_m(&b.1)).then(a.0.cmp(&b.0)));
        // The node itself ends the line of the join.
        nearest.map(|(node, mut way)| {
            way.pop();
            (node, way)
        })
    }

    fn nearest_link(&self, at: Mm, level: f32, within_m: f64) -> Option<Found> {
        let network = self.station.network;
        self.station
            .near
            .nearest(at, within_m, |segment| Station::level_of(network, segment.line) == Some(level))
    }

    fn loose_ends(
        &mut self,
        web: &mut Web,
        before: &[u32],
        ways: &[WayLine],
        report: &mut Report,
        joined: &mut Joined,
    ) {
        let degrees = web.degrees();
        let mut failed = Vec::new();
        for (index, &degree) in degrees.iter().enumerate() {
            let lost = before.get(index).is_some_and(|before| *before > degree);
            if degree == 0 || degree > 1 && !lost || web.nodes[index].stands_for.is_some() {
                continue;
            }
            let (at, level) = (web.nodes[index].at, web.nodes[index].level);
            let Some(found) = self.nearest_link(at, level, self.rules.report_within_m) else { continue };
            let end = (found.distance_m <= self.rules.join_m).then(|| self.end_of(&found)).flatten();
            let Some((end, via)) = end else {
                if degree == 1 {
                    failed.push((index as u32, found.distance_m));
                }
                continue;
            };
            if self.made.insert((index as u32, end.0)) {
                let stand_in = self.stand_in(web, end);
                web.join(index as u32, &via, stand_in, level);
                joined.loose_ends += 1;
            }
        }
        joined.not_joined += failed.len();
        report_loose(web, &failed, ways, report);
    }

    /// Station nodes led to the places where outdoor links cross their links.
    fn crossings(&mut self, web: &mut Web) -> Vec<Attachment> {
        let mut found = Vec::new();
        for (index, link) in web.links.iter().enumerate().filter(|(_, link)| link.live && web.is_flat(link)) {
            for (number, pair) in link.line.windows(2).enumerate() {
                let ends = [pair[0], pair[1]];
                for other in self.station.near.meeting(ends) {
                    if Station::level_of(self.station.network, other.line) != Some(link.level) {
                        continue;
                    }
                    let Some([share, there]) = crossing(ends, other.ends) else { continue };
                    let at = super::geometry::along(ends, share);
                    let segment =
                        super::geometry::Segment { line: index as u32, number: number as u32, ends };
                    let to = Found { segment, share, at, distance_m: 0.0 };
                    let on_station = Found { segment: other, share: there, at, distance_m: 0.0 };
                    let end = self.end_of(&on_station);
                    // Read from the node to the place.
                    found.extend(end.map(|(node, way)| (node, way.into_iter().rev().collect(), to)));
                }
            }
        }
        self.attachments(web, found)
    }

    /// Nodes where the station's network ends, led to the nearest place outdoors.
    fn station_ends(
        &mut self,
        web: &mut Web,
        report: &mut Report,
        not_joined: &mut usize,
    ) -> Vec<Attachment> {
        let network = self.station.network;
        let mut degrees = vec![0_u32; network.nodes.len()];
        for link in &network.links {
            degrees[link.from.0 as usize] += 1;
            degrees[link.to.0 as usize] += 1;
        }
        let near = web.near(|link| web.is_flat(link));
        let mut found = Vec::new();
        for (index, node) in network.nodes.iter().enumerate() {
            let Some(id) = network.strings.get(node.id).filter(|_| degrees[index] == 1) else { continue };
            let on_level = |line: u32| web.links[line as usize].level == node.level;
            let reach = self.rules.report_within_m;
            match near.nearest(node.at_mm, reach, |segment| on_level(segment.line)) {
                Some(to) if to.distance_m <= self.rules.join_m => {
                    found.push((WalkNodeId(index as u32), Vec::new(), to))
                }
                Some(to) => {
                    *not_joined += 1;
                    let action = format!(
                        "the station's network ends here on level {}; the nearest way outdoors on it is {:.1} m away, \
                         more than {} m; not joined",
                        node.level, to.distance_m, self.rules.join_m
                    );
                    report.add("walk-not-joined", id, place_of(node.at_mm), action);
                }
                None => {}
            }
        }
        self.attachments(web, found)
    }

    fn attachments(&mut self, web: &mut Web, found: Vec<(WalkNodeId, Vec<Mm>, Found)>) -> Vec<Attachment> {
        // One join a station node and link is enough.
        let mut seen = BTreeSet::new();
        let mut attachments = Vec::new();
        for (node, via, to) in found {
            if seen.insert((node, to.segment.line)) {
                attachments.push(Attachment { node: self.stand_in(web, node), via, to });
            }
        }
        attachments
    }
}

fn report_loose(web: &Web, failed: &[(u32, f64)], ways: &[WayLine], report: &mut Report) {
    let mut by_node: HashMap<u32, usize> = HashMap::new();
    for (index, link) in web.links.iter().enumerate().filter(|(_, link)| link.live) {
        by_node.entry(link.from).or_insert(index);
        by_node.entry(link.to).or_insert(index);
    }
    for (node, distance_m) in failed {
        let way = by_node.get(node).and_then(|link| web.links[*link].way).map(|way| &ways[way as usize]);
        let record = &web.nodes[*node as usize];
        let action = format!(
            "a way ends at {} on level {}; the nearest link of the station on it is {distance_m:.1} m away; not joined",
            place_of(record.at),
            record.level
        );
        let name = way.and_then(|way| way.name.as_deref()).unwrap_or_default();
        report.add("walk-not-joined", name, way.map_or("", |way| way.place.as_str()), action);
    }
}

fn place_of(at: Mm) -> String {
    let [east, north] = at.map(metres_from_mm);
    format!("site east {east:.1} m, north {north:.1} m")
}
