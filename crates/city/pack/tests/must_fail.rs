//! Packs that are cut, damaged, newer or malicious: each its own error, never a panic.

mod common;

use common::{hilly, text, tiny};
use futago_model::{
    CityModel, FloorKind, PolygonId, StringId, StructureKind, SurfaceRole, Terrain, WalkLinkId, WalkNodeId,
};
use futago_pack::{FORMAT_VERSION, Pack, PackError};
use proptest::prelude::*;
use xxhash_rust::xxh3::{Xxh3, xxh3_64};

fn bytes() -> Vec<u8> {
    tiny().to_bytes().expect("a pack")
}

fn number(bytes: &[u8], at: usize) -> u64 {
    u64::from_le_bytes(bytes[at..at + 8].try_into().expect("eight bytes"))
}

/// Makes every checksum right again, as someone with bad intent would.
fn reseal(bytes: &mut [u8]) {
    let Some(count) = bytes.get(12..16).map(|b| u32::from_le_bytes([b[0], b[1], b[2], b[3]]) as usize) else {
        return;
    };
    let end = 64 + count.min(256) * 32;
    if bytes.len() < end {
        return;
    }
    for entry in (64..end).step_by(32) {
        let (offset, length) = (number(bytes, entry + 8) as usize, number(bytes, entry + 16) as usize);
        if let Some(section) = offset.checked_add(length).and_then(|last| bytes.get(offset..last)) {
            let hash = xxh3_64(section);
            bytes[entry + 24..entry + 32].copy_from_slice(&hash.to_le_bytes());
        }
    }
    let mut hash = Xxh3::new();
    hash.update(&bytes[8..24]);
    hash.update(&bytes[64..end]);
    let hash = hash.digest();
    bytes[24..32].copy_from_slice(&hash.to_le_bytes());
}

/// Calls every method that walks indices.
fn walk(city: &CityModel) -> f64 {
    let buildings = &city.buildings;
    let mut sum = 0.0;
    for building in &buildings.records {
        sum += f64::from(buildings.top_of(building)) + buildings.id_of(building).len() as f64;
        sum += f64::from(buildings.main_roof_of(building).unwrap_or_default());
        for id in [building.name_ja, building.name_en, building.town_code] {
            sum += buildings.strings.get(id).map_or(0, str::len) as f64;
        }
    }
    for tile in &buildings.tiles {
        let first = tile.first_building as usize;
        sum += buildings.records[first..first + tile.building_count as usize].len() as f64;
    }
    for store in
        [&buildings.polygons, &city.streets.polygons, &city.floors.polygons, &city.structures.polygons]
    {
        for index in 0..store.len() {
            let polygon = store.get(PolygonId(index as u32));
            sum += polygon.area_m2()
                + polygon.bounds_m()[0]
                + f64::from(u8::from(polygon.contains_m([0.0, 0.0])));
            sum += polygon.rings_m().count() as f64;
            sum += polygon
                .triangles
                .iter()
                .flatten()
                .map(|i| f64::from(polygon.vertices_mm[usize::from(*i)][0]))
                .sum::<f64>();
        }
    }
    for area in &city.streets.areas {
        sum += city.streets.polygons.get(area.polygon).area_m2();
    }
    sum + city.streets.street_length_m() + walk_network(city) + structures(city)
}

fn structures(city: &CityModel) -> f64 {
    let all = &city.structures;
    let mut sum = 0.0;
    for structure in &all.records {
        sum += f64::from(all.top_of(structure)) + all.id_of(structure).len() as f64;
        sum += all.strings.get(structure.name).map_or(0, str::len) as f64;
        sum += f64::from(StructureKind::from_number(structure.kind) as u32);
        for solid in all.solids_of(structure) {
            sum += all.polygons.get(solid.polygon).area_m2();
        }
        for triangle in all.triangles_of(structure) {
            sum += all.corners_m(triangle)[0][2] + f64::from(SurfaceRole::from_number(triangle.role) as u32);
        }
    }
    sum
}

fn walk_network(city: &CityModel) -> f64 {
    let walk = &city.walk;
    let (graph, parts) = (walk.graph(), walk.components());
    let steps = (0..walk.nodes.len() as u32).map(|node| graph.neighbours(WalkNodeId(node)).len());
    let mut sum = steps.sum::<usize>() as f64 + f64::from(parts.largest()) + walk.lengths_by_kind_m()[0];
    for link in (0..walk.links.len() as u32).map(WalkLinkId) {
        sum += walk.line_mm(link).len() as f64 + f64::from(walk.rise_m(link));
    }
    let mut joined = walk.clone();
    joined.nodes.iter_mut().for_each(|node| node.id = StringId::NONE);
    joined.absorb(walk.clone()).expect("no id is there twice");
    sum += joined.lengths_by_level_m().len() as f64;
    sum + city.floors.area_m2(FloorKind::Floor) + city.floors.areas_by_level_m2().len() as f64
}

#[test]
fn what_is_no_pack_is_named_so() {
    for other in [&b"PK\x03\x04 a zip"[..], b"{}", b"", b"FUTAGO\n\n and more"] {
        let error = Pack::read(other).expect_err("no pack");
        assert!(matches!(error, PackError::NotAPack { .. }), "{error}");
    }
}

#[test]
fn every_cut_is_an_error() {
    let bytes = bytes();
    for length in 1..bytes.len() {
        let error = Pack::read(&bytes[..length]).expect_err("cut");
        let (found, is_cut) = match &error {
            PackError::Cut { found, .. } => (*found, true),
            _ => (0, false),
        };
        assert!(is_cut && found == length as u64, "{length}: {error}");
    }
    let mut longer = bytes.clone();
    longer.push(0);
    let error = Pack::read(&longer).expect_err("something follows");
    assert!(error.to_string().contains("follow its end"), "{error}");
}

#[test]
fn a_newer_version_asks_for_an_update() {
    let mut bytes = bytes();
    bytes[8..12].copy_from_slice(&(FORMAT_VERSION + 1).to_le_bytes());
    let error = Pack::read(&bytes).expect_err("newer");
    assert!(matches!(error, PackError::NewerVersion { found: 2, known: 1 }), "{error}");
    assert!(error.to_string().contains("Update Futago"), "{error}");
}

#[test]
fn a_changed_byte_names_its_section() {
    let whole = bytes();
    let mut named = 0;
    for at in 64..whole.len() {
        let mut bytes = whole.clone();
        bytes[at] ^= 0x10;
        match Pack::read(&bytes) {
            // Zeros between sections belong to none.
            Ok(pack) => assert_eq!(text(&pack), text(&tiny()), "byte {at}"),
            Err(PackError::Checksum { section }) => named += usize::from(section.starts_with("section ")),
            Err(error) => panic!("byte {at}: {error}"),
        }
    }
    assert!(named > 1000, "{named}");
}

#[test]
fn the_path_is_in_the_error() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("cut.city");
    std::fs::write(&path, &bytes()[..200]).expect("written");
    let error = Pack::open(&path).expect_err("cut").to_string();
    assert!(error.contains("cut.city") && error.contains("is cut"), "{error}");
    let error = Pack::open(&folder.path().join("none.city")).expect_err("not there").to_string();
    assert!(error.contains("none.city"), "{error}");
}

#[test]
fn unknown_sections_are_skipped() {
    let mut bytes = bytes();
    // The Report's section becomes one that nobody knows: then the Report is missing.
    bytes[64 + 32..64 + 36].copy_from_slice(&4711_u32.to_le_bytes());
    reseal(&mut bytes);
    let error = Pack::read(&bytes).expect_err("no Report").to_string();
    assert!(error.contains("section Report: it is missing"), "{error}");
    // The shelters' section becomes unknown: the rest is read, and only the count no longer fits.
    let mut bytes = self::bytes();
    bytes[64 + 64..64 + 68].copy_from_slice(&4711_u32.to_le_bytes());
    reseal(&mut bytes);
    let error = Pack::read(&bytes).expect_err("the count of shelters").to_string();
    assert!(error.contains("counts"), "{error}");
}

#[test]
fn every_broken_index_is_found() {
    type Breakage = (&'static str, fn(&mut CityModel));
    let breakages: [Breakage; 53] = [
        ("text", |c| c.buildings.records[1].id = StringId(99)),
        ("footprint", |c| c.buildings.records[0].footprint = PolygonId(99)),
        ("height", |c| c.buildings.records[0].height_m = f32::NAN),
        ("flood", |c| c.buildings.records[0].flood_depth_m = f32::INFINITY),
        ("solids", |c| c.buildings.records[0].first_solid = u32::MAX),
        ("solids", |c| c.buildings.records[1].solid_count = u32::MAX),
        ("solids", |c| c.buildings.records[1].solid_count = 0),
        ("solid", |c| c.buildings.solids[0].building = 1),
        ("solid", |c| c.buildings.solids[0].polygon = PolygonId(99)),
        ("solid", |c| c.buildings.solids[0].bottom_m = 10.0),
        ("solids", |c| c.buildings.solids.push(c.buildings.solids[0])),
        ("tile", |c| c.buildings.tiles[0].building_count = 3),
        ("tile", |c| c.buildings.tiles[0].bounds_m[0] = f32::NAN),
        ("tile", |c| c.buildings.tiles.clear()),
        ("rings", |c| c.buildings.polygons.polygon_ends[0] = 0),
        ("rings", |c| c.buildings.polygons.polygon_ends[3] = 9),
        ("vertices", |c| c.buildings.polygons.ring_ends[0] = 1),
        ("triangle", |c| c.buildings.polygons.triangles[0][0] = 4),
        ("triangles", |c| c.buildings.polygons.triangle_ends[1] = 0),
        ("1,000 km", |c| c.buildings.polygons.vertices_mm[0][0] = i32::MIN),
        ("letter", |c| c.buildings.strings.ends[1] -= 1),
        ("UTF-8", |c| c.buildings.strings.bytes[0] = 0xff),
        ("line", |c| c.streets.records[0].vertex_end = 1),
        ("vertices", |c| c.streets.vertices_mm.push([0, 0])),
        ("outline", |c| c.streets.areas[0].polygon = PolygonId(1)),
        ("frame", |c| c.about.frame.epsg = 4326),
        ("an id that", |c| c.walk.nodes[0].id = StringId(99)),
        ("of an earlier one", |c| c.walk.nodes[1].id = c.walk.nodes[0].id),
        ("1,000 km", |c| c.walk.nodes[1].at_mm[0] = i32::MAX),
        ("level or height", |c| c.walk.nodes[2].level = f32::NAN),
        ("level or height", |c| c.walk.nodes[2].height_m = f32::INFINITY),
        ("a text", |c| c.walk.links[0].source = StringId(99)),
        ("a node that", |c| c.walk.links[0].to = WalkNodeId(3)),
        ("end at its nodes", |c| c.walk.links[0].to = WalkNodeId(2)),
        ("two vertices", |c| c.walk.links[0].vertex_end = u32::MAX),
        ("two vertices", |c| c.walk.links[1].vertex_end = 3),
        ("use their vertices", |c| c.walk.vertices_mm.push([0, 0])),
        ("length or width", |c| c.walk.links[1].length_m = -1.0),
        ("length or width", |c| c.walk.links[1].width_m = f32::NAN),
        ("does not follow", |c| c.walk.levels[1].level = -1.0),
        ("walk network", |c| c.walk.strings.bytes[0] = 0xff),
        ("outline", |c| c.floors.parts[0].polygon = PolygonId(1)),
        ("level or height", |c| c.floors.parts[0].level = 1e9),
        ("a text", |c| c.structures.records[0].name = StringId(99)),
        ("its ground", |c| c.structures.records[1].foot_tp_m = f32::NAN),
        ("its solids", |c| c.structures.records[0].solid_count = u32::MAX),
        ("its solids", |c| c.structures.records[1].first_solid = 0),
        ("its triangles", |c| c.structures.records[1].triangle_count = 3),
        ("a solid of it", |c| c.structures.solids[0].bottom_m = 7.0),
        ("a solid of it", |c| c.structures.solids[1].structure = 1),
        ("a solid of it", |c| c.structures.solids[1].polygon = PolygonId(9)),
        ("a corner", |c| c.structures.triangles[0].corners[2] = 8),
        ("1,000 km", |c| c.structures.vertices_mm[0][2] = i32::MIN),
    ];
    for (index, (word, breakage)) in breakages.into_iter().enumerate() {
        let mut pack = tiny();
        breakage(&mut pack.city);
        let error = pack.to_bytes().expect_err("must not be written");
        assert!(matches!(error, PackError::Invalid { .. }), "{index}: {error}");
        assert!(error.to_string().contains(word), "{index}: {word}: {error}");
    }
    assert!(walk(&tiny().city) > 0.0);
}

#[test]
fn every_broken_terrain_is_found() {
    type Breakage = (&'static str, fn(&mut Terrain));
    let breakages: [Breakage; 10] = [
        ("samples", |t| t.grid.columns = 0),
        ("samples", |t| t.grid.columns = u32::MAX),
        ("1,000 km", |t| t.grid.spacing_mm = 0),
        ("1,000 km", |t| t.grid.spacing_mm = u32::MAX),
        ("1,000 km", |t| t.grid.first_mm[1] = i32::MIN),
        ("5 heights", |t| t.heights_mm.truncate(5)),
        ("7 origins", |t| t.origins.push(0)),
        ("sample 0", |t| t.origins[0] = 2),
        ("sample 5", |t| t.heights_mm[5] = 0),
        ("sample 1", |t| t.heights_mm[1] = i32::MAX),
    ];
    for (index, (word, breakage)) in breakages.into_iter().enumerate() {
        let mut pack = hilly();
        pack.city.terrain.as_mut().into_iter().for_each(breakage);
        let error = pack.to_bytes().expect_err("must not be written").to_string();
        assert!(error.contains("terrain") && error.contains(word), "{index}: {word}: {error}");
    }
    let mut pack = hilly();
    pack.city.terrain = None;
    let error = pack.to_bytes().expect_err("a ground that is not there").to_string();
    assert!(error.contains("ground"), "{error}");
}

#[test]
fn a_damaged_terrain_section_names_itself() {
    let whole = hilly().to_bytes().expect("a pack");
    let count = whole[12] as usize;
    let mut named = 0;
    for entry in (64..64 + count * 32).step_by(32) {
        let kind = whole[entry];
        let (offset, length) = (number(&whole, entry + 8) as usize, number(&whole, entry + 16) as usize);
        if !(80..=82).contains(&kind) {
            continue;
        }
        for at in offset..offset + length {
            let mut bytes = whole.clone();
            bytes[at] ^= 0x41;
            let error = Pack::read(&bytes).expect_err("a wrong checksum").to_string();
            assert!(error.contains("section Terrain"), "{error}");
            // With the checksum made right, what is in it has to be told, or to be harmless.
            reseal(&mut bytes);
            match Pack::read(&bytes) {
                Ok(pack) => assert!(pack.city.ground_height_m([15.0, 15.0]).is_finite()),
                Err(_) => named += 1,
            }
        }
    }
    assert!(named > 40, "{named}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4000))]

    /// With right checksums, whatever is read can be walked.
    #[test]
    fn resealed_mutations_never_panic(changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6)) {
        let mut bytes = bytes();
        for (at, value) in changes {
            let at = at.index(bytes.len());
            bytes[at] = value;
        }
        reseal(&mut bytes);
        if let Ok(pack) = Pack::read(&bytes) {
            walk(&pack.city);
        }
    }

    /// The same in the section table and the small index arrays only, where it hurts most.
    #[test]
    fn resealed_table_mutations_never_panic(at in 8_usize..1400, value in any::<u8>(), keep in any::<prop::sample::Index>()) {
        let mut bytes = bytes();
        bytes[at] = value;
        bytes.truncate(bytes.len() - keep.index(64));
        reseal(&mut bytes);
        if let Ok(pack) = Pack::read(&bytes) {
            walk(&pack.city);
        }
    }

    #[test]
    fn anything_at_all_never_panics(tail in prop::collection::vec(any::<u8>(), 0..300)) {
        let mut bytes = b"FUTAGO\r\n\x01\x00\x00\x00".to_vec();
        bytes.extend(tail);
        prop_assert!(Pack::read(&bytes).is_err());
    }
}
