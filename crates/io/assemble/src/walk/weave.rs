//! Lines to a web: which vertices are the same node.
//!
//! 1. Vertices on the same place of the grid are one node when their lines are on one level, or when one of the
//!    lines ends there: so ways that pass over each other stay apart, and stairs meet the floor they lead to.
//! 2. A loose end meets a line of its level within [`super::WalkRules::same_place_m`]; stairs and underground ways
//!    without tags meet lines of other levels too. Extracts drop vertices that lie on a straight line, and two of
//!    them have two grids.
//! 3. A footway that crosses a footway or street on the ground meets it there.
//!
//! A node is on the level of the lines without steps that meet there; where they differ, on that nearest to the
//! ground, since the way that is not on the ground is the one that climbs.

use std::collections::HashMap;

use crate::project::Mm;

use super::WalkRules;
use super::geometry::{Found, Near, crossing, distance_m};
use super::ways::WayLine;
use super::web::{Web, WebLink, WebNode};

/// Places to put into lines: segment number and share along it.
type Inserts = Vec<Vec<(u32, f64, Mm)>>;

/// What the lines meet at one place of the grid.
#[derive(Debug, Clone, Default)]
struct Meeting {
    /// Level and steps of each line's vertex here.
    lines: Vec<(f32, bool)>,
    /// One of them is the end of its line.
    end: bool,
}

impl Meeting {
    /// Whether lines on different levels are one node here.
    fn joins_levels(&self) -> bool {
        self.end
    }

    fn level(&self) -> (f32, bool) {
        let firm = self.lines.iter().filter(|(_, steps)| !steps).map(|(level, _)| *level);
        let nearest = |a: f32, b: f32| if b.abs() < a.abs() || b.abs() == a.abs() && b > a { b } else { a };
        let level = firm.clone().reduce(nearest);
        let own = self.lines.iter().map(|(level, _)| *level).reduce(nearest).unwrap_or(0.0);
        match level {
            Some(level) => (level, firm.clone().any(|other| other != level)),
            None => (own, true),
        }
    }
}

/// Makes nodes and links of lines.
pub(crate) fn weave(ways: &[WayLine], rules: &WalkRules) -> Web {
    let mut lines: Vec<Vec<Mm>> = ways.iter().map(|way| way.line.clone()).collect();
    let inserts = lead_ends(ways, &mut lines, rules);
    put_in(&mut lines, inserts);
    let inserts = crossings(ways, &lines);
    put_in(&mut lines, inserts);
    cut(ways, &lines)
}

/// Moves loose ends to the line they meet; gives the places to put into those lines.
fn lead_ends(ways: &[WayLine], lines: &mut [Vec<Mm>], rules: &WalkRules) -> Inserts {
    let mut count: HashMap<Mm, u32> = HashMap::new();
    for at in lines.iter().flatten() {
        *count.entry(*at).or_insert(0) += 1;
    }
    let loose = |at: &Mm| count.get(at) == Some(&1);
    let near = Near::new(lines.iter().enumerate().map(|(index, line)| (index as u32, line.as_slice())));
    let mut inserts: Inserts = vec![Vec::new(); lines.len()];
    let mut moved = Vec::new();
    for (index, line) in lines.iter().enumerate() {
        for last in [false, true] {
            let at = if last { line[line.len() - 1] } else { line[0] };
            if !loose(&at) {
                continue;
            }
            let wanted =
                |other: u32| other as usize != index && may_meet(&ways[index], &ways[other as usize]);
            let Some(found) = near.nearest(at, rules.same_place_m, |segment| wanted(segment.line)) else {
                continue;
            };
            let target = &lines[found.segment.line as usize];
            let corner = corner_of(&found, rules.same_place_m);
            let place = corner.unwrap_or(found.at);
            let end_of_target = target.first() == Some(&place) || target.last() == Some(&place);
            // Of two loose ends that find each other the later one moves.
            if end_of_target && loose(&place) && found.segment.line as usize > index {
                continue;
            }
            if corner.is_none() {
                inserts[found.segment.line as usize].push((found.segment.number, found.share, place));
            }
            moved.push((index, last, place));
        }
    }
    for (index, last, place) in moved {
        let end = if last { lines[index].len() - 1 } else { 0 };
        lines[index][end] = place;
    }
    inserts
}

fn may_meet(one: &WayLine, other: &WayLine) -> bool {
    let climbs = |way: &WayLine| way.steps || way.untagged;
    one.level == other.level || climbs(one) || climbs(other)
}

/// The end of the segment found that is close enough to be met itself.
fn corner_of(found: &Found, within_m: f64) -> Option<Mm> {
    let [a, b] = found.segment.ends;
    let nearer = if found.share < 0.5 { a } else { b };
    (distance_m(nearer, found.at) <= within_m).then_some(nearer)
}

/// Where footways cross footways and streets on the ground without a common vertex.
fn crossings(ways: &[WayLine], lines: &[Vec<Mm>]) -> Inserts {
    let ground = |way: &WayLine| way.level == 0.0;
    let mut inserts: Inserts = vec![Vec::new(); lines.len()];
    let near = Near::new(
        lines
            .iter()
            .enumerate()
            .filter(|(index, _)| ground(&ways[*index]))
            .map(|(index, line)| (index as u32, line.as_slice())),
    );
    for (index, line) in lines.iter().enumerate().filter(|(index, _)| ground(&ways[*index])) {
        for (number, pair) in line.windows(2).enumerate() {
            let ends = [pair[0], pair[1]];
            for other in near.meeting(ends) {
                let second = other.line as usize;
                if second <= index || ways[index].is_street() && ways[second].is_street() {
                    continue;
                }
                if let Some([here, there]) = crossing(ends, other.ends) {
                    let at = super::geometry::along(ends, here);
                    inserts[index].push((number as u32, here, at));
                    inserts[second].push((other.number, there, at));
                }
            }
        }
    }
    inserts
}

fn put_in(lines: &mut [Vec<Mm>], inserts: Inserts) {
    for (line, mut places) in lines.iter_mut().zip(inserts) {
        if !places.is_empty() {
            places.sort_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)));
            let mut whole = Vec::with_capacity(line.len() + places.len());
            let mut places = places.into_iter().peekable();
            for (number, at) in line.iter().enumerate() {
                whole.push(*at);
                while let Some((_, _, place)) = places.next_if(|place| place.0 as usize == number) {
                    whole.push(place);
                }
            }
            *line = whole;
        }
        line.dedup();
    }
}

/// Cuts the lines at their nodes.
fn cut(ways: &[WayLine], lines: &[Vec<Mm>]) -> Web {
    let mut meetings: HashMap<Mm, Meeting> = HashMap::new();
    for (way, line) in ways.iter().zip(lines) {
        for (index, at) in line.iter().enumerate() {
            let meeting = meetings.entry(*at).or_default();
            meeting.lines.push((way.level, way.steps));
            meeting.end |= index == 0 || index + 1 == line.len();
        }
    }
    let mut web = Web::default();
    let mut nodes: HashMap<(Mm, Option<i32>), u32> = HashMap::new();
    for (index, (way, line)) in ways.iter().zip(lines).enumerate() {
        let mut begun: Option<(u32, usize)> = None;
        for (vertex, at) in line.iter().enumerate() {
            let meeting = &meetings[at];
            let end = vertex == 0 || vertex + 1 == line.len();
            let here =
                meeting.lines.iter().filter(|(level, _)| meeting.joins_levels() || *level == way.level);
            if !end && here.count() < 2 {
                continue;
            }
            let node = node_of(&mut web, &mut nodes, *at, way, meeting);
            if let Some((from, start)) = begun {
                web.links.push(WebLink {
                    from,
                    to: node,
                    line: line[start..=vertex].to_vec(),
                    way: Some(index as u32),
                    level: way.level,
                    steps: way.steps,
                    crossing: false,
                    live: true,
                });
            }
            begun = Some((node, vertex));
        }
    }
    web
}

fn node_of(
    web: &mut Web,
    nodes: &mut HashMap<(Mm, Option<i32>), u32>,
    at: Mm,
    way: &WayLine,
    meeting: &Meeting,
) -> u32 {
    // Where levels stay apart each has a node of its own.
    let apart = (!meeting.joins_levels()).then_some(way.level as i32);
    *nodes.entry((at, apart)).or_insert_with(|| {
        let (level, assumed) = if apart.is_some() { (way.level, false) } else { meeting.level() };
        web.nodes.push(WebNode { at, level, level_assumed: assumed, stands_for: None });
        web.nodes.len() as u32 - 1
    })
}
