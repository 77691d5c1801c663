//! The passes over a file, one after the other.
//!
//! Nodes come first in a file and relations last, so it is read three times: for the relations that are of use (and,
//! where only a rectangle is wanted, the ids of the nodes in it), for ways, and for the places of the nodes that
//! those go through. What is in memory is what is kept, not the file. A multipolygon that reaches into the
//! rectangle is wanted whole: its other ways need a pass more.

use rustc_hash::FxHashSet;

use crate::element::{Kinds, e7};
use crate::kept::{Bad, Box7, First, KeptRelation, Nodes, Second, Third, Ways};
use crate::scan::Source;
use crate::{Options, OsmError};

/// What the passes keep.
pub(crate) struct Kept {
    pub relations: Vec<KeptRelation>,
    pub ways: Ways,
    pub nodes: Nodes,
    pub bad: Vec<Bad>,
}

const RELATIONS: Kinds = Kinds { nodes: false, ways: false, relations: true };
const WAYS: Kinds = Kinds { nodes: false, ways: true, relations: false };
const NODES: Kinds = Kinds { nodes: true, ways: false, relations: false };

pub(crate) fn passes(source: &mut Source<'_>, options: &Options) -> Result<Kept, OsmError> {
    let within = options.bounds.map(box_of);
    let mut bad = Vec::new();
    let (mut relations, inside) = first(source, within, &mut bad)?;
    let inside = inside.as_deref();
    let members = |relation: &KeptRelation| {
        relation.members.iter().filter(|member| member.is_way).map(|member| member.id).collect::<Vec<_>>()
    };
    let wanted: FxHashSet<i64> = relations.iter().flat_map(members).collect();
    let mut ways = Ways::default();
    second(source, (inside, &wanted, None), &mut ways, &mut bad)?;
    if within.is_some() {
        relations.retain(|relation| members(relation).iter().any(|way| ways.find(*way).is_some()));
        let lacking = relations.iter().flat_map(members).filter(|way| ways.find(*way).is_none());
        let lacking: FxHashSet<i64> = lacking.collect();
        if !lacking.is_empty() {
            second(source, (None, &wanted, Some(&lacking)), &mut ways, &mut bad)?;
        }
    }
    let nodes = third(source, ways.nodes(), &mut bad)?;
    Ok(Kept { relations, ways, nodes, bad })
}

fn box_of([west, south, east, north]: [f64; 4]) -> Box7 {
    let lon = |degrees: f64| e7(degrees, 180.0).unwrap_or_default();
    let lat = |degrees: f64| e7(degrees, 90.0).unwrap_or_default();
    [lon(west), lat(south), lon(east), lat(north)]
}

fn first(
    source: &mut Source<'_>,
    within: Option<Box7>,
    bad: &mut Vec<Bad>,
) -> Result<(Vec<KeptRelation>, Option<Vec<i64>>), OsmError> {
    let (file, limits) = (source.file, source.limits);
    let kinds = Kinds { nodes: within.is_some(), ..RELATIONS };
    let (mut relations, mut inside) = (Vec::new(), Vec::new());
    source.scan(
        kinds,
        || First::new(within),
        |mut found| {
            bad.append(&mut found.bad);
            inside.append(&mut found.inside);
            relations.append(&mut found.relations);
            within_limit(file, inside.len(), limits.nodes, ("the number of nodes", "nodes"))?;
            within_limit(file, relations.len(), limits.relations, ("the number of relations", "relations"))
        },
    )?;
    inside.sort_unstable();
    let mut seen = FxHashSet::default();
    relations.retain(|relation: &KeptRelation| seen.insert(relation.id));
    relations.retain(|relation| relation.members.len() <= limits.members);
    Ok((relations, within.map(|_| inside)))
}

type Wanted<'w> = (Option<&'w [i64]>, &'w FxHashSet<i64>, Option<&'w FxHashSet<i64>>);

fn second(
    source: &mut Source<'_>,
    (inside, members, only): Wanted<'_>,
    ways: &mut Ways,
    bad: &mut Vec<Bad>,
) -> Result<(), OsmError> {
    let (file, limits) = (source.file, source.limits);
    let make =
        || Second { inside, members, only, longest: limits.members, ways: Ways::default(), bad: Vec::new() };
    source.scan(WAYS, make, |mut found| {
        bad.append(&mut found.bad);
        ways.take(&mut found.ways);
        within_limit(file, ways.ref_count(), limits.nodes, ("the number of nodes of all ways", "nodes"))?;
        within_limit(file, ways.len(), limits.ways, ("the number of ways", "ways"))
    })
}

fn third(source: &mut Source<'_>, ids: Vec<i64>, bad: &mut Vec<Bad>) -> Result<Nodes, OsmError> {
    within_limit(source.file, ids.len(), source.limits.nodes, ("the number of nodes", "nodes"))?;
    let mut nodes = Nodes::of(ids);
    let (ids, at, spots) = (&nodes.ids, &mut nodes.at, &mut nodes.spots);
    source.scan(
        NODES,
        || Third::new(ids),
        |mut found| {
            bad.append(&mut found.bad);
            for (index, place) in found.at {
                at[index as usize] = place;
            }
            spots.append(&mut found.spots);
            Ok(())
        },
    )?;
    spots.sort_by_key(|(index, _)| *index);
    spots.dedup_by_key(|(index, _)| *index);
    Ok(nodes)
}

fn within_limit(
    file: &str,
    found: usize,
    limit: usize,
    (what, name): (&'static str, &'static str),
) -> Result<(), OsmError> {
    match found <= limit {
        true => Ok(()),
        false => Err(OsmError::TooLarge { file: file.to_owned(), what, name, limit: limit as u64 }),
    }
}
