//! What did not join.

use futago_field::Report;
use futago_model::WalkNetwork;
use futago_raw::WayKind;

use super::joints::Joints;
use super::lifts::Stack;
use super::pieces::Piece;

/// Ends of steps and of ways off the ground that meet nothing, and lifts that serve one level.
pub(super) fn loose_ends(pieces: &[Piece<'_>], web: &Joints<'_>, stacks: &[Stack], report: &mut Report) {
    for link in &web.links {
        let piece = &pieces[link.piece as usize];
        for joint in [link.from, link.to].map(|joint| &web.joints[joint as usize]) {
            let level = joint.level.unwrap_or(0.0);
            let leads_off = piece.raw.kind == WayKind::Steps || level != 0.0;
            let Some(node) = joint.node.filter(|_| joint.links == 1 && leads_off && !joint.is_split()) else {
                continue;
            };
            if joint.spot.is_some_and(|spot| spot.door) {
                // A door leads into a building, which is an end of its own.
                continue;
            }
            let what = if piece.raw.kind == WayKind::Steps { "steps end" } else { "it ends" };
            let action = format!("{what} on level {level} at node {node}, which no other way names; kept");
            report.add("osm-loose-end", piece.label(), piece.place.as_str(), action);
        }
    }
    let mut way_at = vec![u32::MAX; web.joints.len()];
    for link in &web.links {
        for joint in [link.from, link.to] {
            way_at[joint as usize] = way_at[joint as usize].min(link.piece);
        }
    }
    for stack in stacks.iter().filter(|stack| stack.levels.len() < 2) {
        let door = stack.doors.first().map(|(joint, _)| *joint);
        let way = stack.piece.or_else(|| door.map(|joint| way_at[joint as usize]));
        let place = way.and_then(|way| pieces.get(way as usize)).map_or("", |piece| &piece.place);
        let node = door.and_then(|joint| web.joints[joint as usize].node);
        let node =
            node.filter(|_| stack.piece.is_none()).map_or(String::new(), |node| format!(", node {node}"));
        let action = format!("only {} level(s) of this lift are known; it joins nothing", stack.levels.len());
        report.add("osm-lift", "", format!("{place}{node}"), action);
    }
}

/// Parts of the network that hang together with nothing else.
pub(super) fn separate_parts(network: &WalkNetwork, file: &str, report: &mut Report) {
    let parts = network.components();
    let rest = network.nodes.len() - parts.largest() as usize;
    if parts.count() > 1 {
        let action = format!(
            "{} parts of the walk network with {rest} of {} nodes hang together with nothing else; kept",
            parts.count() - 1,
            network.nodes.len()
        );
        report.add("osm-separate-part", "", file, action);
    }
}
