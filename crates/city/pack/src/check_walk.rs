//! Every index, range and number of the walk network and of floors, as [`crate::check`] does for the rest.

use std::collections::HashSet;

use futago_model::{Floors, StringId, WalkLink, WalkNetwork, WalkNode};

use crate::check::{
    Checked, MAX_HEIGHT_M, coordinates, ensure, polygon_is_known, polygons, string_is_known, strings,
};

/// Levels are counted from the ground; no building has more.
const MAX_LEVEL: f32 = 1000.0;

/// Longest link, metres.
const MAX_LENGTH_M: f32 = 1_000_000.0;

/// Widest link, metres.
const MAX_WIDTH_M: f32 = 10_000.0;

/// Checks a walk network.
pub(crate) fn walk(walk: &WalkNetwork) -> Checked {
    strings(&walk.strings, "strings of the walk network")?;
    coordinates(&walk.vertices_mm, "lines of the walk network")?;
    ensure(u32::try_from(walk.nodes.len()).is_ok(), "walk nodes", || "there are too many".to_owned())?;
    let mut ids = HashSet::new();
    for (index, node) in walk.nodes.iter().enumerate() {
        check_node(index, node, walk)?;
        let new = node.id == StringId::NONE || ids.insert(walk.strings.get(node.id));
        ensure(new, "walk nodes", || format!("node {index} has the id of an earlier one"))?;
    }
    let mut start = 0;
    for (index, link) in walk.links.iter().enumerate() {
        check_link(index, link, start, walk)?;
        start = link.vertex_end;
    }
    let all = start as usize == walk.vertices_mm.len();
    ensure(all, "walk links", || "the links do not use their vertices".to_owned())?;
    let mut before = f32::NEG_INFINITY;
    for (index, level) in walk.levels.iter().enumerate() {
        let numbers = is_level(level.level) && level.height_m.abs() <= MAX_HEIGHT_M && level.level > before;
        let fits = numbers && level.assumed <= 1 && string_is_known(level.reason, &walk.strings);
        ensure(fits, "walk levels", || {
            format!("level {index} cannot be, or does not follow the one before")
        })?;
        before = level.level;
    }
    Ok(())
}

fn check_node(index: usize, node: &WalkNode, all: &WalkNetwork) -> Checked {
    let bad = |what: &str| format!("node {index}: {what}");
    ensure(string_is_known(node.id, &all.strings), "walk nodes", || bad("an id that is not there"))?;
    coordinates(&[node.at_mm], "walk nodes")?;
    let numbers = is_level(node.level) && node.height_m.abs() <= MAX_HEIGHT_M;
    ensure(numbers, "walk nodes", || bad("its level or height cannot be"))
}

fn check_link(index: usize, link: &WalkLink, start: u32, all: &WalkNetwork) -> Checked {
    let bad = |what: &str| format!("link {index}: {what}");
    let known = [link.id, link.name, link.source].into_iter().all(|id| string_is_known(id, &all.strings));
    ensure(known, "walk links", || bad("a text that is not there"))?;
    let end = link.vertex_end;
    let line = end >= start && end - start >= 2 && end as usize <= all.vertices_mm.len();
    ensure(line, "walk links", || bad("it has fewer than two vertices"))?;
    let line = &all.vertices_mm[start as usize..end as usize];
    let at = |node: u32| all.nodes.get(node as usize).map(|node| node.at_mm);
    let ends = [at(link.from.0), at(link.to.0)];
    ensure(ends.iter().all(Option::is_some), "walk links", || bad("a node that is not there"))?;
    let meets = ends == [line.first().copied(), line.last().copied()];
    ensure(meets, "walk links", || bad("its line does not end at its nodes"))?;
    let numbers = is_level(link.level)
        && (0.0..=MAX_LENGTH_M).contains(&link.length_m)
        && (0.0..=MAX_WIDTH_M).contains(&link.width_m);
    ensure(numbers, "walk links", || bad("its level, length or width cannot be"))
}

/// Checks floors.
pub(crate) fn floors(floors: &Floors) -> Checked {
    strings(&floors.strings, "strings of floors")?;
    polygons(&floors.polygons, "polygons of floors")?;
    for (index, part) in floors.parts.iter().enumerate() {
        let texts = [part.id, part.name, part.category, part.floor];
        let known = texts.into_iter().all(|id| string_is_known(id, &floors.strings));
        ensure(known, "floors", || format!("part {index}: a text that is not there"))?;
        let outline = polygon_is_known(part.polygon, &floors.polygons);
        ensure(outline, "floors", || format!("part {index}: an outline that is not there"))?;
        let numbers = is_level(part.level) && part.height_m.abs() <= MAX_HEIGHT_M;
        ensure(numbers, "floors", || format!("part {index}: its level or height cannot be"))?;
    }
    Ok(())
}

/// Finite, and not absurd.
fn is_level(level: f32) -> bool {
    level.abs() <= MAX_LEVEL
}
