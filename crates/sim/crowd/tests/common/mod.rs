//! What the tests of this crate share: small street networks, and a small city with a walk network.

#![allow(dead_code, reason = "every test is a crate of its own and uses its part")]

use futago_crowd::prepare::density::DensityInput;
use futago_crowd::prepare::network::{Link, Node, Streets};
use futago_field::Grid;
use futago_model::{
    CityModel, StringId, WalkKind, WalkLink, WalkLinkFlags, WalkNetwork, WalkNode, WalkNodeFlags, WalkNodeId,
    WalkPlace, mm_from_metres,
};
use futago_testkit::{BoxSpec, box_city};

/// Streets from places and links (from, to, width); lengths are straight.
pub fn streets(places: &[[f64; 2]], links: &[(u32, u32, f32)]) -> Streets {
    let node =
        |at: &[f64; 2]| Node { at_m: [at[0], at[1], 0.0], level: 0.0, is_door: false, is_joined: true };
    let link = |(index, (from, to, width_m)): (usize, &(u32, u32, f32))| {
        let [a, b] = [places[*from as usize], places[*to as usize]];
        Link {
            id: format!("link-{index}"),
            name: String::new(),
            from: *from,
            to: *to,
            kind: WalkKind::Walkway,
            level: 0.0,
            width_m: *width_m,
            length_m: (b[0] - a[0]).hypot(b[1] - a[1]) as f32,
            one_way: false,
            is_outside: true,
            line_m: vec![a, b],
        }
    };
    Streets { nodes: places.iter().map(node).collect(), links: links.iter().enumerate().map(link).collect() }
}

/// A grid from the origin.
pub fn grid(spacing_m: f64, columns: u32, rows: u32) -> Grid {
    Grid { first_m: [spacing_m / 2.0, spacing_m / 2.0], spacing_m, columns, rows, height_m: 0.0 }
}

/// A random number in 0..1: a function of its index alone (splitmix64).
pub fn random(index: u64) -> f64 {
    let mut z = index.wrapping_mul(0x9E37_79B9_7F4A_7C15).wrapping_add(0x5EED_0F5D);
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    ((z ^ (z >> 31)) >> 11) as f64 / (1_u64 << 53) as f64
}

/// A crooked mesh of streets of many widths, `side` x `side` nodes about 40 m apart.
pub fn crooked(side: u32) -> Streets {
    let at = |i: u32| {
        let shift = |k: u64| 24.0 * (random(u64::from(i) * 2 + k) - 0.5);
        [30.0 + 40.0 * f64::from(i % side) + shift(0), 30.0 + 40.0 * f64::from(i / side) + shift(1)]
    };
    let places: Vec<[f64; 2]> = (0..side * side).map(at).collect();
    let mut links = Vec::new();
    for i in 0..side * side {
        let width = |k: u64| 1.0 + 9.0 * random(9_000_000 + u64::from(i) * 2 + k) as f32;
        if i % side + 1 < side {
            links.push((i, i + 1, width(0)));
        }
        if i / side + 1 < side {
            links.push((i, i + side, width(1)));
        }
    }
    streets(&places, &links)
}

/// The mesh with houses in its blocks, its grid at 2 m, and persons on its links; bandwidth 20 m.
pub fn district(side: u32) -> (Streets, DensityInput, Vec<f64>) {
    district_with(side, 20.0)
}

/// The same with another bandwidth, metres.
pub fn district_with(side: u32, bandwidth_m: f64) -> (Streets, DensityInput, Vec<f64>) {
    let streets = crooked(side);
    let cells = 20 * (side + 1);
    let grid = grid(2.0, cells, cells);
    let mut inside = vec![false; grid.len()];
    for row in 0..cells {
        for column in 0..cells {
            let centre = grid.centre_m(column, row);
            let within = |v: f64| (v - 30.0).rem_euclid(40.0) > 13.0 && (v - 30.0).rem_euclid(40.0) < 27.0;
            inside[(row * cells + column) as usize] = within(centre[0]) && within(centre[1]);
        }
    }
    let input = DensityInput::build(&streets, grid, &inside, bandwidth_m, |_| true);
    let persons = (0..streets.links.len() as u64).map(|i| 40.0 * random(77_000 + i).powi(4)).collect();
    (streets, input, persons)
}

/// A town: a door in the west, two streets to a tower in the east (a short narrow one in the south, a long wide one in
/// the north), and a low house.
///
/// ```text
///   4 ------ 5        north street, 8 m wide
///   |        |
///   0 ------ 1 --- 2  south street, 3 m wide; 0 is the door, 2 the tower's entrance; 3 is an island
/// ```
pub fn town() -> CityModel {
    let mut city = box_city(&[
        BoxSpec::new("tower", [310.0, 80.0, 350.0, 120.0], 120.0),
        BoxSpec::new("house", [100.0, 110.0, 140.0, 150.0], 8.0),
    ]);
    city.about.bounds_m = [0.0, 0.0, 400.0, 300.0];
    let mut walk = WalkNetwork::default();
    let places =
        [[20.0, 100.0], [260.0, 100.0], [300.0, 100.0], [20.0, 100.0], [20.0, 160.0], [260.0, 160.0]];
    for (index, at) in places.iter().enumerate() {
        let place = if index == 0 { WalkPlace::Doorway } else { WalkPlace::Outside };
        walk.nodes.push(WalkNode {
            id: walk.strings.push(&format!("n{index}")),
            at_mm: at.map(mm_from_metres),
            height_m: 0.0,
            level: 0.0,
            place: place as u32,
            flags: WalkNodeFlags::default(),
        });
    }
    let links = [
        (0, 1, 3.0, "South Street"),
        (1, 2, 8.0, "Tower Square"),
        (0, 4, 8.0, "North Street"),
        (4, 5, 8.0, "North Street"),
        (5, 1, 8.0, "North Street"),
    ];
    for (index, (from, to, width_m, name)) in links.iter().enumerate() {
        let ends: [[f64; 2]; 2] = [places[*from as usize], places[*to as usize]];
        walk.vertices_mm.extend(ends.map(|at| at.map(mm_from_metres)));
        walk.links.push(WalkLink {
            id: walk.strings.push(&format!("w{index}")),
            name: walk.strings.push(name),
            source: StringId::NONE,
            from: WalkNodeId(*from),
            to: WalkNodeId(*to),
            kind: WalkKind::Walkway as u32,
            flags: WalkLinkFlags::default(),
            level: 0.0,
            width_m: *width_m,
            length_m: (ends[1][0] - ends[0][0]).hypot(ends[1][1] - ends[0][1]) as f32,
            vertex_end: walk.vertices_mm.len() as u32,
        });
    }
    city.walk = walk;
    city
}
