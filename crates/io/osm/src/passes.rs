//! The passes over a file, one after the other.
//!
//! Nodes come first in a file and relations last, so it is read three times: for the relations that are of use (and,
//! where only a rectangle is wanted, the ids of the nodes in it), for ways, and for the places of the nodes that
//! those go through. What is in memory is what is kept, not the file. A multipolygon that reaches into the
//! rectangle is wanted whole: its other ways need a pass more.

use rustc_hash::FxHashSet;

use crate::element::{Kinds, e7};
use crate::kept::{Bad, Box7, First, KeptRelation};
use crate::nodes::{Ids, Nodes, Third};
use crate::scan::Source;
use crate::sets::TagSets;
use crate::ways::{Second, Wanted, Ways};
use crate::{Options, OsmError};

/// What the passes keep.
#[derive(Debug)]
pub(crate) struct Kept {
    pub relations: Vec<KeptRelation>,
    /// With places in `nodes`.
    pub ways: Ways<u32>,
    pub sets: TagSets,
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
    let members = |relation: &KeptRelation| {
        relation.members.iter().filter(|member| member.is_way).map(|member| member.id).collect::<Vec<_>>()
    };
    let of_relations: FxHashSet<i64> = relations.iter().flat_map(members).collect();
    let wanted = Wanted { inside: inside.as_ref(), members: &of_relations, only: None };
    let mut gathered = Gathered::default();
    second(source, wanted, &mut gathered, &mut bad)?;
    if within.is_some() {
        let is_there = |way: &i64| gathered.ways.find(*way).is_some();
        relations.retain(|relation| members(relation).iter().any(is_there));
        let lacking = relations.iter().flat_map(members).filter(|way| !is_there(way));
        let lacking: FxHashSet<i64> = lacking.collect();
        if !lacking.is_empty() {
            let wanted = Wanted { inside: None, members: &of_relations, only: Some(&lacking) };
            second(source, wanted, &mut gathered, &mut bad)?;
        }
    }
    let Gathered { ways, sets, nodes } = gathered;
    let ids = Ids::of(nodes);
    let ways = ways.resolve(&ids);
    let nodes = third(source, ids, &mut bad)?;
    Ok(Kept { relations, ways, sets, nodes, bad })
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
) -> Result<(Vec<KeptRelation>, Option<Ids>), OsmError> {
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
    let mut seen = FxHashSet::default();
    relations.retain(|relation: &KeptRelation| seen.insert(relation.id));
    relations.retain(|relation| relation.members.len() <= limits.members);
    Ok((relations, within.map(|_| Ids::of(inside))))
}

/// Ways with their tags and the ids of their nodes, as they are gathered.
#[derive(Default)]
struct Gathered {
    ways: Ways<i64>,
    sets: TagSets,
    /// Sorted stretch by stretch.
    nodes: Vec<i64>,
}

fn second(
    source: &mut Source<'_>,
    wanted: Wanted<'_>,
    to: &mut Gathered,
    bad: &mut Vec<Bad>,
) -> Result<(), OsmError> {
    let (file, limits) = (source.file, source.limits);
    // Places of nodes are counted in 32 bits.
    let most_nodes = limits.nodes.min(u32::MAX as usize);
    let make = || Second::new(wanted, limits.members);
    source.scan(WAYS, make, |mut found| {
        bad.append(&mut found.bad);
        let count = to.ways.node_count() + found.ways.node_count();
        within_limit(file, count, most_nodes, ("the number of nodes of all ways", "nodes"))?;
        let numbers: Vec<u32> =
            (0..found.sets.len()).map(|set| to.sets.take(found.sets.tags(set as u32))).collect();
        to.ways.take(&mut found.ways, &numbers);
        to.nodes.append(&mut found.nodes);
        within_limit(file, to.ways.len(), limits.ways, ("the number of ways", "ways"))
    })?;
    let twice = to.ways.twice;
    to.ways.sort();
    if to.ways.twice > twice {
        // Nobody goes through the nodes of a way that was left out.
        to.nodes = to.ways.all_nodes();
    }
    Ok(())
}

fn third(source: &mut Source<'_>, ids: Ids, bad: &mut Vec<Bad>) -> Result<Nodes, OsmError> {
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
