//! A small town: streets on a grid of 100 m, a deck over one of them, stairs up to it.

#![allow(dead_code)]

use futago_geodesy::{LocalPlane, SiteFrame};
use futago_matching::Points;
use futago_model::{
    About, CityModel, Ground, StringId, WalkKind, WalkLink, WalkLinkFlags, WalkNetwork, WalkNode,
    WalkNodeFlags, WalkNodeId,
};

pub const STREETS: i32 = 5;
pub const SPACING_M: f64 = 100.0;

/// Midnight of Wednesday 2020-01-15 in Japan, UTC s.
pub const MIDNIGHT_S: i64 = 1_579_014_000;

fn push_node(walk: &mut WalkNetwork, x_m: f64, y_m: f64, level: f32) -> u32 {
    walk.nodes.push(WalkNode {
        id: StringId::NONE,
        at_mm: [(x_m * 1000.0) as i32, (y_m * 1000.0) as i32],
        height_m: level * 3.0,
        level,
        place: 1,
        flags: WalkNodeFlags::default(),
    });
    walk.nodes.len() as u32 - 1
}

fn push_link(
    walk: &mut WalkNetwork,
    from: u32,
    to: u32,
    kind: WalkKind,
    level: f32,
    flags: WalkLinkFlags,
) -> u32 {
    let ends = [from, to].map(|node| walk.nodes[node as usize].at_mm);
    walk.vertices_mm.extend_from_slice(&ends);
    let [a, b] = ends.map(|at| at.map(|mm| f64::from(mm) / 1000.0));
    walk.links.push(WalkLink {
        id: StringId::NONE,
        name: StringId::NONE,
        source: StringId::NONE,
        from: WalkNodeId(from),
        to: WalkNodeId(to),
        kind: kind as u32,
        flags,
        level,
        width_m: 4.0,
        length_m: (a[0] - b[0]).hypot(a[1] - b[1]) as f32,
        vertex_end: walk.vertices_mm.len() as u32,
    });
    walk.links.len() as u32 - 1
}

/// The street link that begins at a corner and goes east or north.
pub fn street(column: i32, row: i32, east: bool) -> u32 {
    let east_links = (STREETS - 1) * STREETS;
    if east { (row * (STREETS - 1) + column) as u32 } else { (east_links + row * STREETS + column) as u32 }
}

/// The town, and the link of the deck over the street from (1, 2) to (2, 2).
pub fn town() -> (CityModel, u32) {
    let mut walk = WalkNetwork::default();
    for row in 0..STREETS {
        for column in 0..STREETS {
            push_node(&mut walk, f64::from(column) * SPACING_M, f64::from(row) * SPACING_M, 0.0);
        }
    }
    let node = |column: i32, row: i32| (row * STREETS + column) as u32;
    let flags = WalkLinkFlags::default();
    for row in 0..STREETS {
        for column in 0..STREETS - 1 {
            push_link(&mut walk, node(column, row), node(column + 1, row), WalkKind::Walkway, 0.0, flags);
        }
    }
    for row in 0..STREETS - 1 {
        for column in 0..STREETS {
            push_link(&mut walk, node(column, row), node(column, row + 1), WalkKind::Walkway, 0.0, flags);
        }
    }
    let west = push_node(&mut walk, 110.0, 203.0, 2.0);
    let east = push_node(&mut walk, 190.0, 203.0, 2.0);
    let deck = push_link(&mut walk, west, east, WalkKind::Deck, 2.0, flags);
    push_link(&mut walk, node(1, 2), west, WalkKind::Stairs, 0.0, flags);
    let about = About {
        name_ja: "試験の町".to_owned(),
        name_en: "Testville".to_owned(),
        frame: SiteFrame {
            epsg: 6677,
            origin_east_m: -13_000.0,
            origin_north_m: -34_500.0,
            origin_height_m: 35.0,
        },
        bounds_m: [-100.0, -100.0, 500.0, 500.0],
        ground: Ground::Constant { height_tp_m: 35.0, note: "a test".to_owned() },
        sources: Vec::new(),
    };
    let mut city = CityModel::empty(about);
    city.walk = walk;
    (city, deck)
}

/// Adds a walk with steady speed along corners in site metres: a point every `every_s`, moved by `error`.
pub fn walk(
    points: &mut Points,
    city: &CityModel,
    id: u64,
    (begin_s, every_s, speed_mps): (i64, i64, f64),
    corners_m: &[[f64; 2]],
    mut error: impl FnMut() -> [f64; 2],
) {
    let plane = LocalPlane::new(&city.about.frame, [-300.0, -300.0, 800.0, 800.0]).unwrap();
    let lengths: Vec<f64> =
        corners_m.windows(2).map(|pair| (pair[0][0] - pair[1][0]).hypot(pair[0][1] - pair[1][1])).collect();
    let total_m: f64 = lengths.iter().sum();
    let mut time_s = begin_s;
    loop {
        let way_m = (time_s - begin_s) as f64 * speed_mps;
        if way_m > total_m {
            return;
        }
        let (mut at, mut left_m) = (0, way_m);
        while at + 1 < lengths.len() && left_m > lengths[at] {
            left_m -= lengths[at];
            at += 1;
        }
        let share = left_m / lengths[at];
        let error_m = error();
        let place = [0, 1].map(|axis| {
            corners_m[at][axis] + share * (corners_m[at + 1][axis] - corners_m[at][axis]) + error_m[axis]
        });
        push(points, &plane, id, time_s, place);
        time_s += every_s;
    }
}

/// Adds one point.
pub fn push(points: &mut Points, plane: &LocalPlane, id: u64, time_s: i64, at_m: [f64; 2]) {
    let [lon_deg, lat_deg] = plane.lon_lat_deg(at_m);
    points.id.push(id);
    points.time_s.push(time_s);
    points.lon_deg.push(lon_deg);
    points.lat_deg.push(lat_deg);
    points.accuracy_m.push(10.0);
    points.speed_mps.push(f32::NAN);
    points.course_deg.push(f32::NAN);
}

/// Numbers that look random, uniform in [-1, 1).
pub fn noise(seed: u64) -> impl FnMut() -> f64 {
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    move || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 11) as f64 / (1_u64 << 52) as f64 - 1.0
    }
}
