//! Ways of a multipolygon to rings: ends that are the same node meet.

use std::collections::VecDeque;

use futago_raw::{LonLatPair, RawPolygon};
use rustc_hash::FxHashMap;

/// Closed rings of nodes, by their places; the first node comes again at the end.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Rings {
    pub closed: Vec<Vec<u32>>,
    /// Chains of ways that do not close.
    pub open: usize,
}

/// Joins ways end to end. Where more than two meet, the one that comes first goes on.
pub(crate) fn join(ways: &[&[u32]]) -> Rings {
    let mut rings = Rings::default();
    let mut at_end: FxHashMap<u32, VecDeque<u32>> = FxHashMap::default();
    let mut used = vec![false; ways.len()];
    for (index, way) in ways.iter().enumerate() {
        match way {
            [first, .., last] if first == last => {
                used[index] = true;
                match way.len() > 3 {
                    true => rings.closed.push(way.to_vec()),
                    false => rings.open += 1,
                }
            }
            [first, .., last] => {
                at_end.entry(*first).or_default().push_back(index as u32);
                at_end.entry(*last).or_default().push_back(index as u32);
            }
            _ => used[index] = true,
        }
    }
    for index in 0..ways.len() {
        if std::mem::replace(&mut used[index], true) {
            continue;
        }
        let mut ring = ways[index].to_vec();
        while ring.first() != ring.last() {
            let Some(end) = ring.last().copied() else { break };
            let Some(near) = at_end.get_mut(&end) else { break };
            while near.front().is_some_and(|way| used[*way as usize]) {
                near.pop_front();
            }
            let Some(next) = near.pop_front().map(|way| way as usize) else { break };
            used[next] = true;
            let way = ways[next];
            if way.first() == Some(&end) {
                ring.extend_from_slice(&way[1..]);
            } else {
                ring.extend(way.iter().rev().skip(1));
            }
        }
        match ring.first() == ring.last() && ring.len() > 3 {
            true => rings.closed.push(ring),
            false => rings.open += 1,
        }
    }
    rings
}

/// A ring with its places.
pub(crate) struct Placed {
    pub nodes: Vec<u32>,
    pub line: Vec<LonLatPair>,
}

/// Polygons of outer and inner rings: an inner one belongs to the smallest outer one around it. Gives the
/// number of inner ones that lie in none, too.
pub(crate) fn polygons(outer: Vec<Placed>, inner: Vec<Placed>) -> (Vec<RawPolygon>, usize) {
    let boxes: Vec<[f64; 4]> = outer.iter().map(|ring| box_of(&ring.line)).collect();
    let areas: Vec<f64> = outer.iter().map(|ring| doubled_area(&ring.line).abs()).collect();
    let mut polygons: Vec<RawPolygon> =
        outer.iter().map(|ring| RawPolygon { rings: vec![turned(ring.line.clone(), true)] }).collect();
    let mut astray = 0;
    for ring in inner {
        let own = box_of(&ring.line);
        let within = |b: [f64; 4]| own[0] >= b[0] && own[1] >= b[1] && own[2] <= b[2] && own[3] <= b[3];
        let around = (0..outer.len()).filter(|index| within(boxes[*index]) && holds(&outer[*index], &ring));
        match around.min_by(|a, b| areas[*a].total_cmp(&areas[*b])) {
            Some(index) => polygons[index].rings.push(turned(ring.line, false)),
            None => astray += 1,
        }
    }
    (polygons, astray)
}

/// Whether a ring lies in another: a node that is not of both decides.
fn holds(outer: &Placed, inner: &Placed) -> bool {
    let own = inner.nodes.iter().position(|node| !outer.nodes.contains(node)).unwrap_or(0);
    inner.line.get(own).is_some_and(|at| contains(&outer.line, *at))
}

fn contains(ring: &[LonLatPair], at: LonLatPair) -> bool {
    let mut inside = false;
    for pair in ring.windows(2) {
        let (a, b) = (pair[0], pair[1]);
        inside ^=
            (a[1] > at[1]) != (b[1] > at[1]) && at[0] < (b[0] - a[0]) * (at[1] - a[1]) / (b[1] - a[1]) + a[0];
    }
    inside
}

/// West, south, east, north.
fn box_of(ring: &[LonLatPair]) -> [f64; 4] {
    let none = [f64::INFINITY, f64::INFINITY, f64::NEG_INFINITY, f64::NEG_INFINITY];
    ring.iter().fold(none, |b, at| [b[0].min(at[0]), b[1].min(at[1]), b[2].max(at[0]), b[3].max(at[1])])
}

fn doubled_area(ring: &[LonLatPair]) -> f64 {
    ring.windows(2).map(|pair| pair[0][0] * pair[1][1] - pair[1][0] * pair[0][1]).sum()
}

/// OpenStreetMap does not say which way rings run; here outsides run counter-clockwise, holes clockwise.
pub(crate) fn turned(mut ring: Vec<LonLatPair>, counter_clockwise: bool) -> Vec<LonLatPair> {
    let origin = ring.first().copied().unwrap_or_default();
    let near = |at: LonLatPair| [at[0] - origin[0], at[1] - origin[1]];
    let cross = |a: LonLatPair, b: LonLatPair| a[0] * b[1] - b[0] * a[1];
    let doubled_area: f64 = ring.windows(2).map(|pair| cross(near(pair[0]), near(pair[1]))).sum();
    if (doubled_area > 0.0) != counter_clockwise {
        ring.reverse();
    }
    ring
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_meet_in_any_direction() {
        let rings = join(&[&[1, 2, 3], &[5, 4, 3], &[5, 6, 1], &[7, 8, 9, 7], &[20, 21]]);
        assert_eq!(rings.closed, [vec![7, 8, 9, 7], vec![1, 2, 3, 4, 5, 6, 1]]);
        assert_eq!(rings.open, 1);
    }

    #[test]
    fn short_and_empty_ways_are_no_rings() {
        assert_eq!(join(&[&[], &[1], &[1, 1], &[1, 2, 1]]), Rings { closed: vec![], open: 2 });
    }

    #[test]
    fn a_hole_belongs_to_the_smallest_around_it() {
        let square = |id: u32, from: f64, to: f64| Placed {
            nodes: (id..id + 5).collect(),
            line: vec![[from, from], [to, from], [to, to], [from, to], [from, from]],
        };
        let outer = vec![square(0, 0.0, 100.0), square(10, 40.0, 60.0)];
        let (polygons, astray) = polygons(outer, vec![square(20, 45.0, 55.0), square(30, 200.0, 210.0)]);
        assert_eq!((polygons[0].rings.len(), polygons[1].rings.len(), astray), (1, 2, 1));
    }
}
