//! Buildings of CityGML 3.0 to solids and packs.

use std::ops::ControlFlow;

use futago_assemble::{AssembleError, Import};
use futago_field::Report;
use futago_model::{BuildingFlags, Buildings, Source};
use futago_pack::Pack;

const BUILDING: &str = include_str!("../../citygml/tests/data/building3.gml");
const ROAD: &str = include_str!("../../citygml/tests/data/road3.gml");
const OTHERS: &str = include_str!("../../citygml/tests/data/others3.gml");

fn run(texts: &[&str]) -> Result<Pack, AssembleError> {
    let folder = tempfile::tempdir().expect("a folder");
    let paths: Vec<_> = (0..texts.len()).map(|index| folder.path().join(format!("{index}.gml"))).collect();
    for (path, text) in paths.iter().zip(texts) {
        std::fs::write(path, text).expect("written");
    }
    let [key, title, licence, credit, url] = ["t", "T", "CC0", "nobody", ""].map(str::to_owned);
    let source = Source { key, title, licence, credit, url, synthetic: false };
    let import = Import::new("t", source, ["test".to_owned(), "0".to_owned()]);
    import.run(&paths, |_, _| ControlFlow::Continue(())).map(|packs| packs.city)
}

/// Height, tops of the solids, area of the footprint in whole square metres, whether it is LOD2.
fn building(city: &Buildings, id: &str) -> (f32, Vec<f32>, i64, bool) {
    let record = &city.records[city.find(id).unwrap_or_else(|| panic!("no {id}"))];
    let mut tops: Vec<f32> = city.solids_of(record).iter().map(|solid| solid.top_m).collect();
    tops.sort_by(f32::total_cmp);
    let area = city.polygons.get(record.footprint).area_m2().round() as i64;
    (record.height_m, tops, area, record.flags.has(BuildingFlags::LOD2))
}

fn codes(report: &Report) -> Vec<(&str, &str)> {
    report.entries.iter().map(|entry| (entry.code.as_str(), entry.feature.as_str())).collect()
}

#[test]
fn buildings_have_solids_and_heights() {
    let pack = run(&[BUILDING]).expect("a pack");
    let city = &pack.city.buildings;
    assert_eq!(city.records.len(), 3);
    // The height by the best `con:Height`, the solids by the roofs (the roof and the hatch in its hole).
    assert_eq!(building(city, "13104-bldg-4711"), (12.4, vec![12.4, 12.4], 402, true));
    // The footprint of a building of several parts is that of the largest.
    assert_eq!(building(city, "terrace"), (9.0, vec![6.0, 9.0], 100, true));
    // Two storeys of 3.5 m: nothing but what is inside tells the hull.
    assert_eq!(building(city, "storeys"), (7.0, vec![7.0], 100, false));
    assert_eq!(pack.city.about.frame.origin_height_m, 30.0);
    let told = codes(&pack.report);
    assert!(told.contains(&("point-cloud", "tower")), "{told:?}");
    assert!(
        !told.iter().any(|(code, _)| ["no-outline", "bad-height", "missing-id"].contains(code)),
        "{told:?}"
    );
}

#[test]
fn levels_of_detail_are_taken_as_in_the_second_edition() {
    let without = |text: &str, from: &str, to: &str| {
        let (start, end) = (text.find(from).expect(from), text.rfind(to).expect(to));
        format!("{}{}", &text[..start], &text[end + to.len()..])
    };
    // Only LOD1 is left of the tower.
    let box_only = without(
        BUILDING,
        "<core:boundary><con:GroundSurface gml:id=\"t-g\">",
        "<core:ClosureSurface gml:id=\"t-c\"/></core:boundary>",
    );
    let box_only = without(&box_only, "<core:lod0MultiSurface>", "</core:lod0MultiSurface>");
    let city = run(&[&box_only]).expect("a pack").city.buildings;
    assert_eq!(building(&city, "13104-bldg-4711"), (12.4, vec![12.4], 402, false));
    // LOD0 boundaries: the roof edge stands in for a missing ground.
    let flat = box_only.replace("core:lod1Solid", "core:lod4Solid");
    let edge = r#"<core:boundary><con:RoofSurface><core:lod0MultiSurface><gml:MultiSurface><gml:surfaceMember><gml:Polygon><gml:exterior><gml:LinearRing><gml:posList>35.69 139.69 42 35.69 139.6901 42 35.6901 139.6901 42 35.6901 139.69 42 35.69 139.69 42</gml:posList></gml:LinearRing></gml:exterior></gml:Polygon></gml:surfaceMember></gml:MultiSurface></core:lod0MultiSurface></con:RoofSurface></core:boundary><con:dateOf"#;
    let city = run(&[&flat.replacen("<con:dateOf", edge, 1)]).expect("a pack").city.buildings;
    assert_eq!(building(&city, "13104-bldg-4711"), (12.4, vec![12.4], 100, false));
}

#[test]
fn objects_of_every_module_are_in_the_pack() {
    let pack = run(&[BUILDING, ROAD, OTHERS]).expect("a pack");
    assert_eq!((pack.objects.objects().count(), pack.city.buildings.records.len()), (17, 3));
    let bytes = pack.to_bytes().expect("bytes");
    let counts = Pack::read(&bytes).expect("a pack").manifest().objects;
    let road = pack.objects.objects().find(|object| object.id() == Some("road")).expect("a road");
    assert_eq!(road.geometries_within().count(), 7, "{counts:?}");
}

#[test]
fn the_number_of_threads_does_not_show() {
    let packs = [1, 3].map(|threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
        pool.install(|| run(&[BUILDING, ROAD, OTHERS])).expect("a pack").to_bytes().expect("bytes")
    });
    assert!(packs[0] == packs[1]);
}

#[test]
fn heights_that_cannot_be_are_told() {
    let feet = BUILDING.replace("uom=\"m\">10.0<", "uom=\"ft\">33<").replace("uom:m\">12.4<", "uom:m\">-1<");
    let pack = run(&[&feet]).expect("a pack");
    let entry = pack.report.entries.iter().find(|entry| entry.code == "bad-height").expect("told");
    assert!(entry.action.contains("-1 m"), "{entry:?}");
    assert_eq!(building(&pack.city.buildings, "13104-bldg-4711").0, 12.0, "of LOD1");
}

/// Numbers of positions changed, so that shapes break and not the markup.
#[test]
fn broken_shapes_are_a_pack_or_an_error() {
    let mut state = 42_u64;
    let mut dice = |sides: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((state >> 33) % sides.max(1) as u64) as usize
    };
    let digits: Vec<usize> =
        BUILDING.char_indices().filter(|(_, c)| c.is_ascii_digit()).map(|(at, _)| at).collect();
    let mut packs = 0;
    for _ in 0..200 {
        let mut bytes = BUILDING.as_bytes().to_vec();
        for _ in 0..=dice(12) {
            bytes[digits[dice(digits.len())]] = b"0123456789.- "[dice(13)];
        }
        let text = String::from_utf8(bytes).expect("still text");
        if let Ok(pack) = run(&[&text]) {
            pack.to_bytes().expect("a pack that can be written");
            packs += 1;
        }
    }
    assert!(packs > 50, "{packs}");
}
