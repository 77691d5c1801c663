//! A tiny city with everything in it.

#![allow(dead_code, reason = "no test file uses all of it")]

use futago_field::Report;
use futago_geodesy::SiteFrame;
use futago_model::{
    About, Area, AreaKind, Building, BuildingFlags, Buildings, CityModel, Ground, Shelter, Solid, Source,
    Street, StreetClass, Streets, StringId, Terrain, TerrainGrid, Tile,
};
use futago_model::{
    FloorFlags, FloorKind, FloorPart, Floors, WalkKind, WalkLevel, WalkLink, WalkLinkFlags, WalkNetwork,
    WalkNode, WalkNodeFlags, WalkNodeId, WalkPlace,
};
use futago_model::{
    Structure, StructureFlags, StructureKind, StructureSolid, StructureTriangle, Structures, SurfaceRole,
};
use futago_pack::{Build, Input, Pack};

fn about() -> About {
    About {
        name_ja: "小さな街".to_owned(),
        name_en: "Tiny town".to_owned(),
        frame: SiteFrame {
            epsg: 6677,
            origin_east_m: -12_800.0,
            origin_north_m: -34_500.0,
            origin_height_m: 35.0,
        },
        bounds_m: [-10.0, -10.0, 40.0, 40.1],
        ground: Ground::Constant { height_tp_m: 35.0, note: "flat".to_owned() },
        sources: vec![Source {
            key: "hand".to_owned(),
            title: "made by hand".to_owned(),
            licence: "CC0".to_owned(),
            credit: "手作り".to_owned(),
            url: "https://example.org".to_owned(),
            synthetic: true,
        }],
    }
}

fn square(at: i32, side: i32) -> Vec<[i32; 2]> {
    vec![[at, at], [at + side, at], [at + side, at + side], [at, at + side]]
}

const TWO: [[u16; 3]; 2] = [[0, 1, 2], [0, 2, 3]];

fn buildings() -> Buildings {
    let mut city = Buildings::default();
    for (index, name) in ["一号館", "二号館"].into_iter().enumerate() {
        let at = index as i32 * 20_000;
        let footprint = city.polygons.push(&[square(at, 10_000)], &TWO);
        let top = city.polygons.push(&[square(at + 2000, 5000)], &TWO);
        let id = city.strings.push(&format!("13104-bldg-{index}"));
        let name_ja = city.strings.push(name);
        let building = index as u32;
        city.solids.push(Solid { polygon: footprint, building, bottom_m: 0.0, top_m: 9.0 });
        city.solids.push(Solid { polygon: top, building, bottom_m: 0.0, top_m: 30.5 });
        city.records.push(Building {
            id,
            name_ja,
            name_en: StringId::NONE,
            town_code: StringId::NONE,
            height_m: 31.0,
            flood_depth_m: if index == 0 { f32::NAN } else { 0.5 },
            footprint,
            flags: BuildingFlags::LOD2,
            first_solid: 2 * building,
            solid_count: 2,
        });
    }
    let bounds_m = [0.0, 0.0, 30.0, 30.0];
    let tile =
        Tile { column: 0, row: 0, first_building: 0, building_count: 2, bounds_m, top_m: 30.5, reserved: 0 };
    city.tiles.push(tile);
    city
}

fn streets() -> Streets {
    let mut streets = Streets::default();
    let name = streets.strings.push("通り");
    for (class, name) in [(StreetClass::Local, name), (StreetClass::Steps, StringId::NONE)] {
        streets.vertices_mm.extend([[-5000, 0], [-5000, 5000], [-5000, 30_000]]);
        let vertex_end = streets.vertices_mm.len() as u32;
        streets.records.push(Street { name, class: class as u32, level: 0, vertex_end });
    }
    let hole = vec![[31_000, 31_000], [31_000, 32_000], [32_000, 31_000]];
    let polygon = streets.polygons.push(&[square(30_000, 5000), hole], &TWO);
    streets.areas.push(Area { polygon, kind: AreaKind::Water as u32 });
    streets
}

/// Three nodes on two levels: a walkway, and stairs down to the first basement.
fn walk() -> WalkNetwork {
    let mut walk = WalkNetwork::default();
    let reason = walk.strings.push("made by hand");
    let source = walk.strings.push("hand");
    for (level, height_m) in [(-1.0, -5.0), (0.0, 0.0)] {
        walk.levels.push(WalkLevel { level, height_m, assumed: 1, reason });
    }
    for (index, (at_mm, level)) in
        [([0, 0], 0.0), ([4000, 0], 0.0), ([8000, 0], -1.0)].into_iter().enumerate()
    {
        let id = walk.strings.push(&format!("node-{index}"));
        let (height_m, place) = (level * 5.0, WalkPlace::Outside as u32);
        walk.nodes.push(WalkNode { id, at_mm, height_m, level, place, flags: WalkNodeFlags::default() });
    }
    for (from, kind, level) in [(0, WalkKind::Walkway, 0.0), (1, WalkKind::Stairs, -1.0)] {
        let (start, end) = (walk.nodes[from].at_mm, walk.nodes[from + 1].at_mm);
        walk.vertices_mm.extend([start, end]);
        let id = walk.strings.push(&format!("link-{from}"));
        walk.links.push(WalkLink {
            id,
            name: StringId::NONE,
            source,
            from: WalkNodeId(from as u32),
            to: WalkNodeId(from as u32 + 1),
            kind: kind as u32,
            flags: WalkLinkFlags::STEP_FREE,
            level,
            width_m: 2.5,
            length_m: 4.0,
            vertex_end: walk.vertices_mm.len() as u32,
        });
    }
    walk
}

fn floors() -> Floors {
    let mut floors = Floors::default();
    let polygon = floors.polygons.push(&[square(0, 9000)], &TWO);
    let id = floors.strings.push("floor-0");
    let (kind, none) = (FloorKind::Floor as u32, StringId::NONE);
    let flags = FloorFlags::OUTSIDE;
    let part = FloorPart {
        id,
        name: none,
        category: none,
        floor: id,
        polygon,
        kind,
        flags,
        level: -1.0,
        height_m: -5.0,
    };
    floors.parts.push(part);
    floors
}

/// A deck on one pier, and a bridge of which only faces are known.
fn structures() -> Structures {
    let mut structures = Structures::default();
    let name = structures.strings.push("歩道橋");
    for (index, polygons) in [2_u32, 0].into_iter().enumerate() {
        let id = structures.strings.push(&format!("bridge-{index}"));
        let first_solid = structures.solids.len() as u32;
        let first_triangle = structures.triangles.len() as u32;
        for (part, bottom_m) in [5.5, 0.0].into_iter().take(polygons as usize).enumerate() {
            let polygon = structures.polygons.push(&[square(1000 * part as i32, 4000)], &TWO);
            let structure = index as u32;
            structures.solids.push(StructureSolid { polygon, structure, bottom_m, top_m: 6.0 });
        }
        let corner = structures.vertices_mm.len() as u32;
        structures.vertices_mm.extend([[0, 0, 6000], [4000, 0, 6000], [4000, 4000, 6000], [0, 4000, -20]]);
        for (corners, role) in [([0, 1, 2], SurfaceRole::Top), ([0, 2, 3], SurfaceRole::Side)] {
            let corners = corners.map(|i: u32| corner + i);
            structures.triangles.push(StructureTriangle { corners, role: role as u32 });
        }
        structures.records.push(Structure {
            id,
            name: if index == 0 { name } else { StringId::NONE },
            kind: StructureKind::Deck as u32,
            flags: StructureFlags::GROUND_ASSUMED,
            foot_tp_m: 34.5,
            first_solid,
            solid_count: polygons,
            first_triangle,
            triangle_count: 2,
        });
    }
    structures
}

/// A terrain of three by two samples, one of them unknown and one filled.
pub fn terrain() -> Terrain {
    Terrain {
        grid: TerrainGrid { first_mm: [-10_000, -10_000], spacing_mm: 50_000, columns: 3, rows: 2 },
        heights_mm: vec![0, 1250, -300, 40_000, 700, Terrain::NO_DATA],
        origins: vec![0, 0, 1, 1, Terrain::FILLED, Terrain::NO_SOURCE],
        sources: vec!["dem.gml".to_owned(), "標高タイル".to_owned()],
    }
}

/// [`tiny`] with a terrain.
pub fn hilly() -> Pack {
    let mut pack = tiny();
    pack.city.terrain = Some(terrain());
    pack.city.about.ground = Ground::Terrain { height_tp_m: 35.0, note: "hilly".to_owned() };
    pack
}

/// A pack with two buildings, two streets, a pond with an island, a shelter, a walk network,
/// a floor and two structures.
pub fn tiny() -> Pack {
    let mut city = CityModel::empty(about());
    city.buildings = buildings();
    city.streets = streets();
    city.shelters = vec![Shelter {
        name: "小学校".to_owned(),
        kind: "避難所".to_owned(),
        at_m: [0.1, 1.0 / 3.0],
        capacity_persons: Some(300),
        area_m2: None,
        wide_area: false,
    }];
    (city.walk, city.floors, city.structures) = (walk(), floors(), structures());
    let mut report = Report::default();
    report.add("missing-height", "13104-bldg-1", "b.geojson, feature 1", "31 m assumed");
    let inputs = vec![Input { file: "b.geojson".to_owned(), bytes: 12, xxh3: "00ff".to_owned() }];
    let options = [("tile_m".to_owned(), "250".to_owned())].into_iter().collect();
    let build = Build { tool: "hand".to_owned(), tool_version: "0".to_owned(), inputs, options };
    Pack { city, build, report, objects: Default::default() }
}

/// The only NaN is a flood depth that is not known; as text, equal packs are equal.
pub fn text(pack: &Pack) -> String {
    format!("{pack:?}")
}
