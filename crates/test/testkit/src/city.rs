//! Tiny cities with known answers.
//!
//! All of them stand on flat ground at T.P. 0 m, their site origin is the origin of the plane zone IX less
//! (-12,000, -34,000) m, which lies in Nishi-Shinjuku, and every building is made of upright prisms.

use std::f64::consts::{PI, TAU};

use futago_geodesy::SiteFrame;
use futago_model::{
    About, Building, BuildingFlags, Buildings, CityModel, Ground, Solid, Source, StringId, Tile,
    mm_from_metres,
};

/// A box with sides along east and north.
#[derive(Debug, Clone, PartialEq)]
pub struct BoxSpec {
    /// Id of its building. Boxes one after the other with the same id are pieces of one building.
    pub id: String,
    /// West edge, metres.
    pub west_m: f64,
    /// South edge, metres.
    pub south_m: f64,
    /// East edge, metres.
    pub east_m: f64,
    /// North edge, metres.
    pub north_m: f64,
    /// Underside, metres above ground.
    pub bottom_m: f32,
    /// Top, metres above ground.
    pub top_m: f32,
}

impl BoxSpec {
    /// A box from the ground up: west, south, east, north, top.
    pub fn new(id: &str, [west_m, south_m, east_m, north_m]: [f64; 4], top_m: f32) -> Self {
        Self { id: id.to_owned(), west_m, south_m, east_m, north_m, bottom_m: 0.0, top_m }
    }

    /// The same box with its underside above the ground.
    pub fn from_height(self, bottom_m: f32) -> Self {
        Self { bottom_m, ..self }
    }
}

/// An upright prism on a convex plan.
#[derive(Debug, Clone, PartialEq)]
pub struct Prism {
    /// Id of its building. Prisms one after the other with the same id are pieces of one building.
    pub id: String,
    /// Convex plan, counter-clockwise, metres.
    pub ring_m: Vec<[f64; 2]>,
    /// Underside, metres above ground.
    pub bottom_m: f32,
    /// Top, metres above ground.
    pub top_m: f32,
}

impl From<&BoxSpec> for Prism {
    fn from(spec: &BoxSpec) -> Self {
        let (w, s, e, n) = (spec.west_m, spec.south_m, spec.east_m, spec.north_m);
        let ring_m = vec![[w, s], [e, s], [e, n], [w, n]];
        Self { id: spec.id.clone(), ring_m, bottom_m: spec.bottom_m, top_m: spec.top_m }
    }
}

/// A city of boxes.
pub fn box_city(boxes: &[BoxSpec]) -> CityModel {
    prism_city(&boxes.iter().map(Prism::from).collect::<Vec<_>>())
}

/// A street from south to north through the origin between two walls of a height, 10 km long: as good as
/// endless from its middle. The sky view factor on its centre line is `cos(atan(2 * height / width))`.
pub fn canyon(width_m: f64, height_m: f32) -> CityModel {
    const HALF_LENGTH_M: f64 = 5_000.0;
    const DEPTH_M: f64 = 20.0;
    let half = width_m / 2.0;
    box_city(&[
        BoxSpec::new("west wall", [-half - DEPTH_M, -HALF_LENGTH_M, -half, HALF_LENGTH_M], height_m),
        BoxSpec::new("east wall", [half, -HALF_LENGTH_M, half + DEPTH_M, HALF_LENGTH_M], height_m),
    ])
}

/// A court round the origin, closed by a ring of flat walls whose middles are `radius_m` away. With many
/// walls, the sky view factor at its centre is `cos^2(atan(height / radius))`.
pub fn basin(radius_m: f64, height_m: f32, walls: u32) -> CityModel {
    const DEPTH_M: f64 = 10.0;
    let corner_m = radius_m / (PI / f64::from(walls)).cos();
    let at = |wall: u32, distance_m: f64| {
        let angle = TAU * f64::from(wall % walls) / f64::from(walls);
        [distance_m * angle.cos(), distance_m * angle.sin()]
    };
    let wall = |i: u32| Prism {
        id: format!("wall {i}"),
        ring_m: vec![
            at(i, corner_m),
            at(i, corner_m + DEPTH_M),
            at(i + 1, corner_m + DEPTH_M),
            at(i + 1, corner_m),
        ],
        bottom_m: 0.0,
        top_m: height_m,
    };
    prism_city(&(0..walls).map(wall).collect::<Vec<_>>())
}

/// A city of prisms. Panics on a plan that is not convex and counter-clockwise.
pub fn prism_city(prisms: &[Prism]) -> CityModel {
    let mut groups: Vec<&[Prism]> = prisms.chunk_by(|a, b| a.id == b.id).collect();
    groups.sort_by_key(|group| {
        let [column, row] = tile_of(bounds_of(&group[..1]));
        (row, column)
    });
    let mut buildings = Buildings::default();
    for group in groups {
        push_building(&mut buildings, group);
    }
    let mut city = CityModel::empty(about(bounds_of(prisms)));
    city.buildings = buildings;
    city
}

fn push_building(buildings: &mut Buildings, pieces: &[Prism]) {
    let index = buildings.records.len() as u32;
    let first_solid = buildings.solids.len() as u32;
    for piece in pieces {
        let ring: Vec<[i32; 2]> = piece.ring_m.iter().map(|at| at.map(mm_from_metres)).collect();
        assert!(is_convex_ccw(&ring), "the plan of `{}` must be convex and counter-clockwise", piece.id);
        let fan: Vec<[u16; 3]> = (2..ring.len() as u16).map(|i| [0, i - 1, i]).collect();
        let polygon = buildings.polygons.push(&[ring], &fan);
        let (bottom_m, top_m) = (piece.bottom_m, piece.top_m);
        buildings.solids.push(Solid { polygon, building: index, bottom_m, top_m });
    }
    let id = buildings.strings.push(&pieces[0].id);
    let flags = if pieces.len() > 1 { BuildingFlags::LOD2 } else { BuildingFlags::default() };
    buildings.records.push(Building {
        id,
        name_ja: StringId::NONE,
        name_en: StringId::NONE,
        town_code: StringId::NONE,
        height_m: pieces.iter().map(|piece| piece.top_m).fold(0.0, f32::max),
        flood_depth_m: f32::NAN,
        footprint: buildings.solids[first_solid as usize].polygon,
        flags,
        first_solid,
        solid_count: pieces.len() as u32,
    });
    push_into_tile(buildings, index, pieces);
}

/// Buildings come in tile order, so the tile is the last one or a new one.
fn push_into_tile(buildings: &mut Buildings, index: u32, pieces: &[Prism]) {
    let [column, row] = tile_of(bounds_of(&pieces[..1]));
    let top_m = pieces.iter().map(|piece| piece.top_m).fold(0.0, f32::max);
    let bounds = bounds_of(pieces).map(|edge| edge as f32);
    let last = buildings.tiles.last_mut().filter(|tile| (tile.column, tile.row) == (column, row));
    if let Some(tile) = last {
        tile.building_count += 1;
        tile.top_m = tile.top_m.max(top_m);
        let [w, s, e, n] = tile.bounds_m;
        tile.bounds_m = [w.min(bounds[0]), s.min(bounds[1]), e.max(bounds[2]), n.max(bounds[3])];
        return;
    }
    let tile =
        Tile { column, row, first_building: index, building_count: 1, bounds_m: bounds, top_m, reserved: 0 };
    buildings.tiles.push(tile);
}

fn tile_of([west, south, east, north]: [f64; 4]) -> [i32; 2] {
    [(west + east) / 2.0, (south + north) / 2.0].map(|centre| (centre / Buildings::TILE_M).floor() as i32)
}

/// West, south, east, north of some prisms; 200 m round the origin when there is none.
fn bounds_of(prisms: &[Prism]) -> [f64; 4] {
    let corners = prisms.iter().flat_map(|prism| &prism.ring_m);
    let bounds = corners.fold(None, |bounds: Option<[f64; 4]>, [e, n]| {
        let [west, south, east, north] = bounds.unwrap_or([*e, *n, *e, *n]);
        Some([west.min(*e), south.min(*n), east.max(*e), north.max(*n)])
    });
    bounds.unwrap_or([-100.0, -100.0, 100.0, 100.0])
}

fn is_convex_ccw(ring: &[[i32; 2]]) -> bool {
    let n = ring.len();
    let turn = |i: usize| {
        let [a, b, c] = [ring[i], ring[(i + 1) % n], ring[(i + 2) % n]].map(|v| v.map(i64::from));
        (b[0] - a[0]) * (c[1] - b[1]) - (b[1] - a[1]) * (c[0] - b[0])
    };
    (3..=usize::from(u16::MAX)).contains(&n) && (0..n).all(|i| turn(i) >= 0) && (0..n).any(|i| turn(i) > 0)
}

fn about(bounds_m: [f64; 4]) -> About {
    About {
        name_ja: "試験の街".to_owned(),
        name_en: "Test city".to_owned(),
        frame: SiteFrame {
            epsg: 6677,
            origin_east_m: -12_000.0,
            origin_north_m: -34_000.0,
            origin_height_m: 0.0,
        },
        bounds_m,
        ground: Ground::Constant { height_tp_m: 0.0, note: "flat, for a test".to_owned() },
        sources: vec![Source {
            key: "testkit".to_owned(),
            title: "Made for a test".to_owned(),
            licence: "CC0-1.0".to_owned(),
            credit: "Futago testkit".to_owned(),
            url: String::new(),
            synthetic: true,
        }],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::must_fail;

    #[test]
    fn boxes_become_buildings_in_tile_order() {
        let city = box_city(&[
            BoxSpec::new("far", [600.0, 10.0, 620.0, 30.0], 50.0),
            BoxSpec::new("near", [10.0, 10.0, 20.0, 40.0], 12.0),
            BoxSpec::new("near", [12.0, 12.0, 18.0, 20.0], 30.0).from_height(12.0),
        ]);
        let buildings = &city.buildings;
        let ids: Vec<&str> = buildings.records.iter().map(|building| buildings.id_of(building)).collect();
        assert_eq!(ids, ["near", "far"]);
        let near = &buildings.records[0];
        assert_eq!((near.solid_count, near.height_m, buildings.top_of(near)), (2, 30.0, 30.0));
        assert!(near.flags.has(BuildingFlags::LOD2) && buildings.solids[1].bottom_m == 12.0);
        assert_eq!(buildings.polygons.get(near.footprint).area_m2(), 300.0);
        assert_eq!(buildings.polygons.get(near.footprint).triangles, [[0, 1, 2], [0, 2, 3]]);
        let tiles: Vec<(i32, u32, u32)> = buildings
            .tiles
            .iter()
            .map(|tile| (tile.column, tile.first_building, tile.building_count))
            .collect();
        assert_eq!(tiles, [(0, 0, 1), (2, 1, 1)]);
        assert_eq!(city.about.bounds_m, [10.0, 10.0, 620.0, 40.0]);
    }

    #[test]
    fn basins_are_closed_and_as_wide_as_said() {
        let city = basin(50.0, 20.0, 16);
        let polygons = &city.buildings.polygons;
        assert_eq!(city.buildings.records.len(), 16);
        for i in 0..16_000 {
            let angle = TAU * f64::from(i) / 16_000.0;
            let inside = |distance: f64| {
                let at = [distance * angle.cos(), distance * angle.sin()];
                city.buildings.solids.iter().any(|solid| polygons.get(solid.polygon).contains_m(at))
            };
            assert!(inside(51.5) && !inside(49.9), "{angle}");
        }
    }

    #[test]
    fn canyons_leave_the_street_free() {
        let city = canyon(20.0, 30.0);
        let walls: Vec<[f64; 4]> =
            city.buildings.solids.iter().map(|s| city.buildings.polygons.get(s.polygon).bounds_m()).collect();
        assert_eq!((walls[0][2], walls[1][0]), (-10.0, 10.0));
        assert_eq!(city.buildings.top_of(&city.buildings.records[0]), 30.0);
    }

    #[test]
    fn empty_cities_and_disturbed_plans() {
        assert!(box_city(&[]).buildings.records.is_empty());
        must_fail("a clockwise plan", "counter-clockwise", || {
            drop(box_city(&[BoxSpec::new("turned", [10.0, 0.0, 0.0, 10.0], 5.0)]));
        });
    }
}
