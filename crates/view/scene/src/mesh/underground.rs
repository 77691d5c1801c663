//! What lies below the ground: floors of stations with their rooms, columns and walls; the walk network's ways
//! from level to level; railways and roads in tunnels.
//!
//! Heights of floors and ways are those of the walk network's levels ([`futago_model::WalkLevel`]); the sources tell none
//! for subways and roads in tunnels, so each of these is drawn at one height.

use futago_model::{
    CityModel, FloorKind, FloorPart, Level, StreetClass, WalkKind, WalkLinkId, WalkNetwork, WalkNodeId,
};

use super::ground::{ribbon, width_m};
use super::{Triangles, metres};
use crate::material::{FIXTURE_SLOT, MOST_LEVELS, TUNNEL_SLOT, floor_slot, room_slot, street_slot, way_slot};

/// Heights that subways and roads in tunnels are drawn at, metres: the data has none.
pub const SUBWAY_M: f32 = -12.0;
/// See [`SUBWAY_M`].
pub const ROAD_M: f32 = -8.0;
/// Columns and walls of stations stand this high, metres: enough to see them, and the floor behind them.
const FIXTURE_M: f32 = 1.6;
/// Rooms lie this much over their floor, ways over that, metres.
const ROOM_M: f32 = 0.15;
const WAY_M: f32 = 0.5;
/// Widest a way is drawn, metres: it says where one can walk, the floor says how wide.
const WAY_WIDTH_M: f32 = 2.0;
/// Lifts, seen from the side, metres.
const LIFT_WIDTH_M: f32 = 2.2;

/// Levels below the ground with their heights in metres, the uppermost first.
pub fn levels(city: &CityModel) -> Vec<(f32, f32)> {
    let floors = city.floors.parts.iter().map(|part| (part.level, part.height_m));
    let nodes = city.walk.nodes.iter().map(|node| (node.level, node.height_m));
    let mut found: Vec<(f32, f32)> = floors.chain(nodes).filter(|(level, _)| *level < 0.0).collect();
    found.sort_by(|a, b| b.0.total_cmp(&a.0));
    found.dedup_by_key(|(level, _)| *level);
    found
}

/// Everything.
pub fn underground(city: &CityModel) -> Triangles {
    let mut triangles = Triangles::default();
    let levels = levels(city);
    for part in city.floors.parts.iter().filter(|part| part.level < 0.0) {
        let rank = levels.iter().position(|(level, _)| *level == part.level).unwrap_or_default();
        floor_part(&mut triangles, city, part, rank.min(MOST_LEVELS - 1));
    }
    ways(&mut triangles, &city.walk);
    tunnels(&mut triangles, city);
    triangles
}

fn floor_part(triangles: &mut Triangles, city: &CityModel, part: &FloorPart, rank: usize) {
    let polygon = city.floors.polygons.get(part.polygon);
    let (slot, over_m) = match FloorKind::from_number(part.kind) {
        FloorKind::Floor => (floor_slot(rank), 0.0),
        FloorKind::Space => (room_slot(rank), ROOM_M),
        FloorKind::Fixture => (FIXTURE_SLOT, FIXTURE_M),
    };
    let (object, top_m) = ([slot as f32, 0.0], part.height_m + over_m);
    let first = triangles.positions.len() as u32;
    for [x, y] in polygon.vertices_mm.iter().copied().map(metres) {
        triangles.corner([x, y, top_m], [0.0, 0.0, 1.0], [x, y], object);
    }
    triangles.indices.extend(polygon.triangles.iter().flatten().map(|corner| first + u32::from(*corner)));
    if over_m > ROOM_M {
        for ring in polygon.rings_mm() {
            sides(triangles, ring, [part.height_m, top_m], object);
        }
    }
}

/// Upright faces round a ring, which has its inside on the left.
fn sides(triangles: &mut Triangles, ring_mm: &[[i32; 2]], [foot_m, top_m]: [f32; 2], object: [f32; 2]) {
    let next = ring_mm.iter().cycle().skip(1);
    for (a, b) in ring_mm.iter().zip(next).map(|(a, b)| (metres(*a), metres(*b))) {
        let (x, y) = (b[0] - a[0], b[1] - a[1]);
        let length = x.hypot(y).max(1e-6);
        let normal = [y / length, -x / length, 0.0];
        let corners = [(a, foot_m), (b, foot_m), (b, top_m), (a, top_m)]
            .map(|([x, y], z)| triangles.corner([x, y, z], normal, [0.0, z], object));
        triangles.indices.extend([0, 1, 2, 0, 2, 3].map(|corner: usize| corners[corner]));
    }
}

/// Ways that are below the ground at one of their ends.
fn ways(triangles: &mut Triangles, walk: &WalkNetwork) {
    let height_m = |node: WalkNodeId| walk.node(node).height_m;
    for (index, link) in walk.links.iter().enumerate() {
        let ends_m = [height_m(link.from), height_m(link.to)];
        if ends_m[0].min(ends_m[1]) >= -0.1 {
            continue;
        }
        let line: Vec<[f32; 2]> =
            walk.line_mm(WalkLinkId(index as u32)).iter().copied().map(metres).collect();
        let kind = WalkKind::from_number(link.kind);
        let slot = way_slot(kind);
        if kind == WalkKind::Lift {
            upright(triangles, line[0], ends_m, slot);
        } else {
            let ends_m = ends_m.map(|end| end + WAY_M);
            ribbon(triangles, &line, link.width_m.clamp(0.8, WAY_WIDTH_M), ends_m, slot);
        }
    }
}

/// A lift: two upright strips across each other, so that it is seen from everywhere.
fn upright(triangles: &mut Triangles, [x, y]: [f32; 2], ends_m: [f32; 2], slot: usize) {
    let (low, high) = (ends_m[0].min(ends_m[1]), ends_m[0].max(ends_m[1]));
    let half = LIFT_WIDTH_M * 0.5;
    let ring = [[-half, -half], [half, -half], [half, half], [-half, half]]
        .map(|[dx, dy]| [x + dx, y + dy].map(|metres| (metres * 1e3).round() as i32));
    sides(triangles, &ring, [low, high], [slot as f32, 0.0]);
}

/// Subways, and streets in tunnels. Ways on foot too where there is no walk network, which knows their levels.
fn tunnels(triangles: &mut Triangles, city: &CityModel) {
    for (index, street) in city.streets.records.iter().enumerate() {
        let class = StreetClass::from_number(street.class);
        let on_foot = matches!(class, StreetClass::Footway | StreetClass::Steps) && !city.walk.is_empty();
        let tunnel = Level::from_number(street.level) == Level::Tunnel && !on_foot;
        if class != StreetClass::Subway && !tunnel {
            continue;
        }
        let (width_m, height_m, slot) = match class {
            StreetClass::Subway => (8.0, SUBWAY_M, street_slot(class)),
            _ => (width_m(class).unwrap_or(4.0), ROAD_M, TUNNEL_SLOT),
        };
        let line: Vec<[f32; 2]> = city.streets.line_mm(index).iter().copied().map(metres).collect();
        ribbon(triangles, &line, width_m, [height_m; 2], slot);
    }
}

#[cfg(test)]
mod tests {
    use futago_model::{FloorFlags, Floors, StringId};
    use futago_testkit::box_city;

    use super::*;

    fn with_floor(level: f32, height_m: f32, kind: FloorKind) -> CityModel {
        let mut city = box_city(&[]);
        let mut floors = Floors::default();
        let square = [[0, 0], [4000, 0], [4000, 4000], [0, 4000]];
        let polygon = floors.polygons.push(&[&square], &[[0, 1, 2], [0, 2, 3]]);
        let (none, flags) = (StringId::NONE, FloorFlags::default());
        let part = FloorPart {
            id: none,
            name: none,
            category: none,
            floor: none,
            polygon,
            kind: kind as u32,
            flags,
            level,
            height_m,
        };
        floors.parts.push(part);
        city.floors = floors;
        city
    }

    #[test]
    fn floors_lie_at_the_height_of_their_level_and_only_below_the_ground() {
        let city = with_floor(-2.0, -11.5, FloorKind::Floor);
        assert_eq!(levels(&city), [(-2.0, -11.5)]);
        let drawn = underground(&city);
        assert_eq!(drawn.indices.len(), 6);
        assert!(drawn.positions.iter().all(|at| at[1] == -11.5), "{:?}", drawn.positions);
        assert!(underground(&with_floor(2.0, 6.0, FloorKind::Floor)).is_empty());
    }

    #[test]
    fn columns_stand_on_their_floor_and_look_outwards() {
        let drawn = underground(&with_floor(-1.0, -5.0, FloorKind::Fixture));
        assert_eq!(drawn.indices.len(), 6 + 4 * 6);
        let heights: Vec<f32> = drawn.positions.iter().map(|at| at[1]).collect();
        assert!(heights.contains(&-5.0) && heights.contains(&(-5.0 + FIXTURE_M)));
        // The side from (0, 0) to (4, 0) looks south, which is Bevy's +z.
        assert_eq!(drawn.normals[4], [0.0, 0.0, 1.0]);
    }
}
