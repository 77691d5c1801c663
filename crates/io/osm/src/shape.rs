//! What relations draw.

use futago_field::Report;
use futago_raw::RawPolygon;

use crate::element::Role;
use crate::kept::KeptRelation;
use crate::nodes::Nodes;
use crate::passes::Kept;
use crate::rings::{Placed, join, polygons};

/// The places of a ring; none when the extract lacks one.
fn placed(ring: Vec<u32>, nodes: &Nodes) -> Option<Placed> {
    let line = nodes.line(&ring)?;
    Some(Placed { nodes: ring, line })
}

/// What a relation draws.
#[derive(Debug, Default)]
pub(crate) struct Drawn {
    pub polygons: Vec<RawPolygon>,
    /// Its outer rings, as places of nodes.
    pub outer: Vec<Vec<u32>>,
}

/// The polygons of a multipolygon. What does not close is reported.
pub(crate) fn polygons_of(relation: &KeptRelation, kept: &Kept, file: &str) -> (Drawn, Report) {
    let ways = |wanted: Role| {
        let members = relation.members.iter().filter(move |m| m.is_way && m.role == wanted);
        members.map(|member| kept.ways.find(member.id))
    };
    let lacking = [Role::Outer, Role::Inner].into_iter().flat_map(ways).filter(Option::is_none).count();
    let rings = [Role::Outer, Role::Inner].map(|role| {
        let ways: Vec<&[u32]> = ways(role).flatten().map(|way| kept.ways.nodes(way)).collect();
        join(&ways)
    });
    let mut open = rings[0].open + rings[1].open;
    let outer = rings[0].closed.clone();
    let [outer_rings, inner_rings] = rings.map(|rings| {
        let count = rings.closed.len();
        let rings = rings.closed.into_iter();
        let placed: Vec<Placed> = rings.filter_map(|ring| placed(ring, &kept.nodes)).collect();
        open += count - placed.len();
        placed
    });
    let (polygons, astray) = polygons(outer_rings, inner_rings);
    let name = relation.tags.name().unwrap_or_default();
    let place = format!("{file}, relation {}", relation.id);
    let mut report = Report::default();
    if open > 0 || lacking > 0 {
        let action = format!(
            "{open} of its rings do not close and {lacking} of its ways are not in the extract; {}",
            if polygons.is_empty() { "left out" } else { "the other rings are kept" }
        );
        report.add("osm-open-ring", name.as_str(), place.as_str(), action);
    }
    if astray > 0 {
        let action = format!("{astray} inner rings lie in no outer one; left out");
        report.add("bad-hole", name, place, action);
    }
    (Drawn { polygons, outer }, report)
}
