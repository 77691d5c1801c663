//! Ids of nodes to places; rings of relations.

use futago_raw::{LonLatPair, RawPolygon};

use crate::element::Role;
use crate::extract::Reading;
use crate::kept::KeptRelation;
use crate::rings::{Placed, join, polygons, turned};

/// A stretch of a way whose nodes are all there.
pub(crate) struct Run {
    pub nodes: Vec<i64>,
    pub line: Vec<LonLatPair>,
}

/// The stretches of a way: it is cut where the extract lacks a node.
pub(crate) fn runs(refs: &[i64], reading: &mut Reading<'_>) -> Vec<Run> {
    let mut runs = Vec::new();
    let mut run = Run { nodes: Vec::new(), line: Vec::new() };
    let mut lacking = 0;
    for id in refs {
        match reading.kept.nodes.find(*id) {
            Some(at) => {
                run.nodes.push(*id);
                run.line.push(at);
            }
            None => {
                lacking += 1;
                runs.push(std::mem::replace(&mut run, Run { nodes: Vec::new(), line: Vec::new() }));
            }
        }
    }
    runs.push(run);
    runs.retain(|run| run.nodes.len() > 1);
    if lacking > 0 {
        reading.cut_ways += 1;
    }
    runs
}

/// The places of a ring; none when the extract lacks one.
fn placed(nodes: Vec<i64>, reading: &Reading<'_>) -> Option<Placed> {
    let line: Option<Vec<LonLatPair>> = nodes.iter().map(|id| reading.kept.nodes.find(*id)).collect();
    line.map(|line| Placed { nodes, line })
}

/// The polygon of a closed way.
pub(crate) fn polygon_of_way(refs: &[i64], reading: &mut Reading<'_>) -> Option<RawPolygon> {
    let ring = placed(refs.to_vec(), reading);
    if ring.is_none() {
        reading.cut_ways += 1;
    }
    ring.map(|ring| RawPolygon { rings: vec![turned(&ring.line, true)] })
}

/// What a relation draws.
#[derive(Default)]
pub(crate) struct Drawn {
    pub polygons: Vec<RawPolygon>,
    /// Its outer rings, as node ids.
    pub outer: Vec<Vec<i64>>,
}

/// The polygons of a multipolygon. What does not close is reported.
pub(crate) fn polygons_of(relation: &KeptRelation, reading: &mut Reading<'_>) -> Drawn {
    let ways = |wanted: Role| {
        let members = relation.members.iter().filter(move |m| m.is_way && m.role == wanted);
        members.map(|member| reading.kept.ways.find(member.id))
    };
    let lacking = [Role::Outer, Role::Inner].into_iter().flat_map(ways).filter(Option::is_none).count();
    let rings = [Role::Outer, Role::Inner].map(|role| {
        let refs: Vec<&[i64]> = ways(role).flatten().map(|index| reading.kept.ways.refs(index)).collect();
        join(&refs)
    });
    let mut open = rings[0].open + rings[1].open;
    let outer = rings[0].closed.clone();
    let [outer_rings, inner_rings] = rings.map(|rings| {
        let count = rings.closed.len();
        let placed: Vec<Placed> = rings.closed.into_iter().filter_map(|ring| placed(ring, reading)).collect();
        open += count - placed.len();
        placed
    });
    let (polygons, astray) = polygons(outer_rings, inner_rings);
    let name = relation.tags.name().unwrap_or_default();
    let place = format!("{}, relation {}", reading.file, relation.id);
    if open > 0 || lacking > 0 {
        let action = format!(
            "{open} of its rings do not close and {lacking} of its ways are not in the extract; {}",
            if polygons.is_empty() { "left out" } else { "the other rings are kept" }
        );
        reading.report.add("osm-open-ring", &name, &place, action);
    }
    if astray > 0 {
        let action = format!("{astray} inner rings lie in no outer one; left out");
        reading.report.add("bad-hole", &name, &place, action);
    }
    Drawn { polygons, outer }
}
