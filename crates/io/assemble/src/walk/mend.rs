//! Loose ends within the outdoor network.
//!
//! A side street ends at the middle of a main street. Where the main street was left out because it has
//! footways, the side street is led on to the nearest of them. Stairs whose loose end is on their own level,
//! though they lead somewhere else, are led to the nearest way on the ground.

use super::WalkRules;
use super::geometry::Found;
use super::web::{Attachment, Web};

/// Leads loose ends to what is near. `before` are the degrees of the nodes before links were left out. Gives
/// the number of ends led on.
pub(crate) fn mend(web: &mut Web, before: &[u32], rules: &WalkRules) -> usize {
    ground_stairs(web, rules);
    let degrees = web.degrees();
    let near = web.near(|link| web.is_flat(link));
    let mut attachments = Vec::new();
    for (index, degree) in degrees.iter().enumerate() {
        // What still goes on to two sides is no loose end, whatever it lost.
        if *degree != 1 || before[index] == 1 && !is_stairs_end(web, index as u32) {
            continue;
        }
        attachments.extend(nearest_of_level(web, &near, index as u32, rules.mend_m));
    }
    web.attach(&attachments, rules.same_place_m);
    attachments.len()
}

/// The nearest place on the node's level on a link that does not end at it.
fn nearest_of_level(web: &Web, near: &super::geometry::Near, node: u32, within_m: f64) -> Option<Attachment> {
    let (at, level) = (web.nodes[node as usize].at, web.nodes[node as usize].level);
    let wanted = |line: u32| {
        let link = &web.links[line as usize];
        link.from != node && link.to != node && link.level == level
    };
    let to: Found = near.nearest(at, within_m, |segment| wanted(segment.line))?;
    Some(Attachment { node, via: Vec::new(), to })
}

fn is_stairs_end(web: &Web, node: u32) -> bool {
    let mut links = web.links.iter().filter(|link| link.live && (link.from == node || link.to == node));
    links.next().is_some_and(|link| link.steps)
}

/// Stairs of another level than the ground, with a loose end there and their other end too: the loose end is
/// on the ground, where a way of the ground is near.
fn ground_stairs(web: &mut Web, rules: &WalkRules) {
    let degrees = web.degrees();
    let near = web.near(|link| link.level == 0.0 && web.is_flat(link));
    let mut grounded = Vec::new();
    for link in web.links.iter().filter(|link| link.live && link.steps && link.level != 0.0) {
        let levels = [link.from, link.to].map(|node| web.nodes[node as usize].level);
        for (node, other) in [(link.from, link.to), (link.to, link.from)] {
            let loose = degrees[node as usize] == 1 && degrees[other as usize] > 1;
            if loose && levels == [link.level; 2] {
                let at = web.nodes[node as usize].at;
                if near.nearest(at, rules.mend_m, |_| true).is_some() {
                    grounded.push(node);
                }
            }
        }
    }
    for node in grounded {
        let node = &mut web.nodes[node as usize];
        (node.level, node.level_assumed) = (0.0, true);
    }
}
