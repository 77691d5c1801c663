//! Sections: links that are one street from junction to junction.
//!
//! A published link ends where two sources meet, where a tag changes or where a line was cut, not only where one can
//! turn. Two links belong to one section when they meet at a node that no third link comes to, and have the same
//! name, kind, level, width and direction rule: whoever walks one walks the other.

use futago_model::{WalkLink, WalkLinkFlags, WalkNetwork};

/// The section of every link of a network, named by the smallest of its links.
pub fn sections_of(walk: &WalkNetwork) -> Vec<u32> {
    let mut at_node: Vec<Vec<u32>> = vec![Vec::new(); walk.nodes.len()];
    for (index, link) in walk.links.iter().enumerate() {
        for node in [link.from, link.to] {
            at_node[node.0 as usize].push(index as u32);
        }
    }
    let mut section: Vec<u32> = (0..walk.links.len() as u32).collect();
    for pair in at_node.iter().filter_map(|links| <[u32; 2]>::try_from(links.as_slice()).ok()) {
        let [a, b] = pair.map(|link| &walk.links[link as usize]);
        if pair[0] != pair[1] && alike(a, b) {
            let [a, b] = pair.map(|link| first_of(&mut section, link));
            section[a.max(b) as usize] = a.min(b);
        }
    }
    (0..section.len() as u32).map(|link| first_of(&mut section, link)).collect()
}

/// The first link of a section so far; shortens the way to it.
fn first_of(section: &mut [u32], mut link: u32) -> u32 {
    while section[link as usize] != link {
        section[link as usize] = section[section[link as usize] as usize];
        link = section[link as usize];
    }
    link
}

fn alike(a: &WalkLink, b: &WalkLink) -> bool {
    let one_way = |link: &WalkLink| link.flags.has(WalkLinkFlags::ONE_WAY);
    // A one-way section has one direction; turning links round is not worth it for the few there are.
    (a.name, a.kind, a.level, a.width_m) == (b.name, b.kind, b.level, b.width_m) && !one_way(a) && !one_way(b)
}
