//! The walk network: neighbours, parts, and two networks that become one.

use futago_geodesy::SiteFrame;
use futago_model::{
    About, CityModel, Floors, Ground, StringId, WalkKind, WalkLevel, WalkLink, WalkLinkFlags, WalkLinkId,
    WalkNetwork, WalkNode, WalkNodeFlags, WalkNodeId,
};

/// A network of nodes on a line east, 10 m apart from `first`: id, level, stand-in or not.
fn network(
    first: i32,
    nodes: &[(Option<&str>, f32, bool)],
    links: &[(u32, u32, WalkKind, bool)],
) -> WalkNetwork {
    let mut walk = WalkNetwork::default();
    let reason = walk.strings.push("by hand");
    let source = walk.strings.push("hand");
    for (index, (id, level, elsewhere)) in nodes.iter().enumerate() {
        let flags = if *elsewhere { WalkNodeFlags::ELSEWHERE } else { WalkNodeFlags::default() };
        let id = id.map_or(StringId::NONE, |id| walk.strings.push(id));
        let at_mm = [(first + index as i32) * 10_000, 0];
        walk.nodes.push(WalkNode { id, at_mm, height_m: 5.0 * level, level: *level, place: 1, flags });
        if !walk.levels.iter().any(|row| row.level == *level) {
            walk.levels.push(WalkLevel { level: *level, height_m: 5.0 * level, assumed: 1, reason });
        }
    }
    walk.levels.sort_by(|a, b| a.level.total_cmp(&b.level));
    for (from, to, kind, one_way) in links {
        let ends = [*from, *to].map(|node| walk.nodes[node as usize]);
        walk.vertices_mm.extend(ends.map(|node| node.at_mm));
        walk.links.push(WalkLink {
            id: StringId::NONE,
            name: StringId::NONE,
            source,
            from: WalkNodeId(*from),
            to: WalkNodeId(*to),
            kind: *kind as u32,
            flags: if *one_way { WalkLinkFlags::ONE_WAY } else { WalkLinkFlags::default() },
            level: ends[0].level.min(ends[1].level),
            width_m: 2.0,
            length_m: 10.0,
            vertex_end: walk.vertices_mm.len() as u32,
        });
    }
    walk
}

/// Two floors with an escalator up and stairs.
fn station() -> WalkNetwork {
    network(
        0,
        &[(Some("a"), -1.0, false), (Some("b"), -1.0, false), (Some("c"), 0.0, false)],
        &[
            (0, 1, WalkKind::Corridor, false),
            (1, 2, WalkKind::Escalator, true),
            (1, 2, WalkKind::Stairs, false),
        ],
    )
}

/// Two places outside, one of them led to the station's `c`, and a pair that hangs on nothing.
fn outside() -> WalkNetwork {
    network(
        2,
        &[
            (Some("c"), 0.0, true),
            (None, 0.0, false),
            (None, 0.0, false),
            (None, 2.0, false),
            (None, 2.0, false),
        ],
        &[(1, 0, WalkKind::Doorway, false), (1, 2, WalkKind::Walkway, false), (3, 4, WalkKind::Deck, false)],
    )
}

#[test]
fn neighbours_know_one_way_links_and_parts_do_not() {
    let walk = station();
    let graph = walk.graph();
    let from = |node| -> Vec<(u32, u32)> {
        graph.neighbours(WalkNodeId(node)).iter().map(|step| (step.to.0, step.link.0)).collect()
    };
    assert_eq!(from(0), [(1, 0)]);
    assert_eq!(from(1), [(0, 0), (2, 1), (2, 2)]);
    assert_eq!(from(2), [(1, 2)], "nobody goes down the escalator up");
    let parts = outside().components();
    assert_eq!((parts.of_node, parts.sizes), (vec![0, 0, 0, 1, 1], vec![3, 2]));
    assert_eq!(WalkNetwork::default().components().largest(), 0);
    assert_eq!(WalkNetwork::default().graph(), WalkNetwork::default().graph());
}

#[test]
fn lengths_by_kind_and_level() {
    let walk = station();
    assert_eq!(walk.lengths_by_kind_m()[WalkKind::Stairs as usize], 10.0);
    assert_eq!(walk.lengths_by_level_m(), [(-1.0, 30.0)], "a link between levels counts on the lower");
    assert_eq!((walk.length_m(), walk.rise_m(WalkLinkId(1))), (30.0, 5.0));
    assert_eq!(walk.find("b"), Some(WalkNodeId(1)));
}

#[test]
fn a_stand_in_becomes_the_node_it_stands_for_in_either_order() {
    for (mut first, second) in [(station(), outside()), (outside(), station())] {
        first.absorb(second).expect("they do not clash");
        assert_eq!((first.nodes.len(), first.links.len(), first.stand_ins()), (7, 6, 0));
        let parts = first.components();
        assert_eq!((parts.count(), parts.largest()), (2, 5));
        let c = first.find("c").expect("the node");
        assert_eq!(first.node(c).height_m, 0.0);
        let kinds: Vec<WalkKind> = first
            .graph()
            .neighbours(c)
            .iter()
            .map(|step| WalkKind::from_number(first.link(step.link).kind))
            .collect();
        assert!(kinds.contains(&WalkKind::Stairs) && kinds.contains(&WalkKind::Doorway), "{kinds:?}");
        for link in (0..first.links.len() as u32).map(WalkLinkId) {
            let (line, record) = (first.line_mm(link), first.link(link));
            assert_eq!(line[0], first.node(record.from).at_mm);
            assert_eq!(line[line.len() - 1], first.node(record.to).at_mm);
            assert_eq!(first.strings.get(record.source), Some("hand"));
        }
        assert_eq!(first.levels.iter().map(|row| row.level).collect::<Vec<_>>(), [-1.0, 0.0, 2.0]);
    }
}

#[test]
fn the_same_part_twice_is_refused_and_nothing_changes() {
    let about = About {
        name_ja: "街".to_owned(),
        name_en: "Town".to_owned(),
        frame: SiteFrame { epsg: 6677, origin_east_m: 0.0, origin_north_m: 0.0, origin_height_m: 0.0 },
        bounds_m: [0.0, 0.0, 100.0, 100.0],
        ground: Ground::Constant { height_tp_m: 0.0, note: String::new() },
        sources: Vec::new(),
    };
    let city = |walk: WalkNetwork| CityModel { walk, ..CityModel::empty(about.clone()) };
    let mut mine = city(station());
    let back = mine.absorb(city(station())).expect_err("the same station twice");
    assert_eq!((back.walk, mine.walk.clone()), (station(), station()));
    mine.absorb(city(outside())).expect("the outside is another part");
    assert_eq!(mine.walk.nodes.len(), 7);
    // Nodes without an id cannot be known again: only those with one are compared.
    mine.absorb(city(outside())).expect("no real node with an id is there twice");
    assert_eq!((mine.walk.nodes.len(), mine.floors.clone()), (11, Floors::default()));
}
