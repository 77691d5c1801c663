//! An extract drawn by hand to packs: what joins, on which level, and what is said of the rest.

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use futago_assemble::{AssembleError, Import, Packs};
use futago_model::{
    AreaKind, BuildingFlags, FloorFlags, FloorKind, FloorPart, Source, StreetClass, WalkKind, WalkLink,
    WalkLinkFlags, WalkLinkId, WalkNetwork, WalkNode, WalkNodeFlags, WalkPlace,
};
use futago_pack::Pack;

const XML: &str = include_str!("../../osm/tests/data/station.osm");

fn data(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../osm/tests/data").join(name)
}

fn import() -> Import {
    let source = Source {
        key: "import".to_owned(),
        title: String::new(),
        licence: "CC BY 4.0".to_owned(),
        credit: "somebody".to_owned(),
        url: String::new(),
        synthetic: false,
    };
    Import::new("t", source, ["test".to_owned(), "0".to_owned()])
}

fn run(import: &Import, inputs: &[PathBuf]) -> Packs {
    import.run(inputs, |_, _| ControlFlow::Continue(())).unwrap_or_else(|error| panic!("{error}"))
}

/// A pack of a changed extract.
fn pack_of(text: &str) -> Pack {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("t.osm");
    std::fs::write(&path, text).expect("written");
    run(&import(), &[path]).city
}

fn station() -> Pack {
    run(&import(), &[data("station.osm.pbf")]).city
}

fn node<'w>(walk: &'w WalkNetwork, id: &str) -> &'w WalkNode {
    walk.node(walk.find(id).unwrap_or_else(|| panic!("node {id} is not there")))
}

/// The links of a way.
fn links<'w>(walk: &'w WalkNetwork, id: &str) -> Vec<&'w WalkLink> {
    walk.links.iter().filter(|link| walk.strings.get(link.id) == Some(id)).collect()
}

fn kind(link: &WalkLink) -> WalkKind {
    WalkKind::from_number(link.kind)
}

#[test]
fn an_extract_alone_is_a_city() {
    let pack = station();
    let city = &pack.city;
    let licences: Vec<&str> = city.about.sources.iter().map(|source| source.licence.as_str()).collect();
    assert_eq!(city.credits(), ["somebody", "© OpenStreetMap contributors"]);
    assert_eq!((licences, city.about.frame.epsg), (vec!["CC BY 4.0", "ODbL 1.0"], 6677));
    let classes: Vec<StreetClass> =
        city.streets.records.iter().map(|street| StreetClass::from_number(street.class)).collect();
    for class in
        [StreetClass::Main, StreetClass::Local, StreetClass::Footway, StreetClass::Steps, StreetClass::Subway]
    {
        assert!(classes.contains(&class), "{class:?} in {classes:?}");
    }
    let kinds: Vec<AreaKind> =
        city.streets.areas.iter().map(|area| AreaKind::from_number(area.kind)).collect();
    assert_eq!(kinds, [AreaKind::LandUse, AreaKind::LandUse, AreaKind::Grass, AreaKind::Water]);
    // What is written can be read again.
    let again = Pack::read(&pack.to_bytes().expect("bytes")).expect("a pack");
    // A flood depth that is not known is no number, which equals nothing.
    assert_eq!((&again.city.walk, &again.city.streets), (&pack.city.walk, &pack.city.streets));
    assert_eq!(again.city.buildings.solids, pack.city.buildings.solids);
}

#[test]
fn without_a_credit_of_the_user_that_of_openstreetmap_stands_alone() {
    let mut silent = import();
    (silent.source.credit, silent.source.licence) = (String::new(), String::new());
    let sources = run(&silent, &[data("station.osm.pbf")]).city.city.about.sources;
    assert_eq!(sources.iter().map(|source| source.key.as_str()).collect::<Vec<_>>(), ["osm"]);
}

#[test]
fn both_formats_and_any_number_of_threads_give_the_same_pack() {
    let bytes = |name: &str| {
        let mut pack = run(&import(), &[data(name)]).city;
        pack.build.inputs.clear();
        // The file is named in places.
        for entry in &mut pack.report.entries {
            entry.place = entry.place.replace(name, "t");
        }
        pack.to_bytes().expect("bytes")
    };
    let whole = bytes("station.osm");
    assert_eq!(whole, bytes("station.osm.pbf"));
    assert_eq!(whole, bytes("plain.osm.pbf"));
    for threads in [1, 3] {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("a pool");
        assert_eq!(whole, pool.install(|| bytes("station.osm.pbf")), "{threads} threads");
    }
}

#[test]
fn levels_follow_from_tags_and_from_what_meets() {
    let walk = station().city.walk;
    let level = |id: &str| node(&walk, id).level;
    // Ground, passage, deck; a storey above the ground is the second one.
    assert_eq!([level("n8"), level("n10"), level("n11"), level("n13")], [0.0, 0.0, -1.0, -1.0]);
    assert_eq!([level("n20"), level("n21"), level("n22")], [2.0, 0.0, 0.0]);
    assert_eq!((node(&walk, "n11").height_m, node(&walk, "n20").height_m), (-5.0, 6.0));
    assert_eq!(WalkPlace::from_number(node(&walk, "n11").place), WalkPlace::Doorway);
    assert_eq!(WalkPlace::from_number(node(&walk, "n13").place), WalkPlace::Inside);
    let levels: Vec<f32> = walk.levels.iter().map(|row| row.level).collect();
    assert_eq!(levels, [-1.0, 0.0, 2.0]);
}

#[test]
fn links_have_kind_width_and_direction() {
    let walk = station().city.walk;
    let only = |id: &str| match links(&walk, id).as_slice() {
        [link] => **link,
        other => panic!("{id}: {} links", other.len()),
    };
    assert_eq!(kind(&only("w105")), WalkKind::Stairs);
    assert!(!only("w105").flags.has(WalkLinkFlags::STEP_FREE));
    let escalator = only("w109");
    assert_eq!(kind(&escalator), WalkKind::Escalator);
    assert!(escalator.flags.has(WalkLinkFlags::ONE_WAY));
    assert_eq!((walk.node(escalator.from).level, walk.node(escalator.to).level), (2.0, 0.0));
    assert_eq!((kind(&only("w107")), kind(&only("w108"))), (WalkKind::Corridor, WalkKind::Deck));
    assert!(only("w108").flags.has(WalkLinkFlags::ROOFED));
    let pavement = links(&walk, "w102");
    assert_eq!(pavement.len(), 2);
    assert!(pavement.iter().all(|link| link.width_m == 2.5 && !link.flags.has(WalkLinkFlags::WIDTH_ASSUMED)));
    assert!(links(&walk, "w103").iter().all(|link| kind(link) == WalkKind::Crossing));
    assert!(links(&walk, "w100").iter().all(|link| kind(link) == WalkKind::StreetSide));
    let slope = links(&walk, "w110");
    assert!(slope.iter().all(|link| kind(link) == WalkKind::Ramp && link.flags.has(WalkLinkFlags::STEEP_UP)));
    assert_eq!(walk.strings.get(links(&walk, "w106")[0].name), Some("地下通路"));
}

#[test]
fn lifts_join_levels() {
    let walk = station().city.walk;
    let lifts: Vec<&WalkLink> = walk.links.iter().filter(|link| kind(link) == WalkKind::Lift).collect();
    let ends: Vec<_> =
        lifts.iter().map(|link| (walk.node(link.from).level, walk.node(link.to).level)).collect();
    assert_eq!(ends, [(-1.0, 0.0), (0.0, 2.0), (0.0, 2.0)], "a node that is a lift, then an outline");
    assert!(lifts[0].flags.has(WalkLinkFlags::WHEELCHAIR) && lifts[0].flags.has(WalkLinkFlags::STEP_FREE));
    assert!(["n12@-1", "n12@0", "n12@2", "w112@0", "w112@2"].iter().all(|id| walk.find(id).is_some()));
    // From the passage to the deck without a step, and back.
    let parts = walk.components();
    let part = |id: &str| parts.of_node[walk.find(id).expect("a node").0 as usize];
    assert_eq!([part("n13"), part("n20"), part("w112@2"), part("n4")], [part("n8"); 4]);
}

#[test]
fn what_did_not_join_is_reported() {
    let report = station().report;
    let of = |code: &str| report.entries.iter().filter(|e| e.code == code).collect::<Vec<_>>();
    let loose = of("osm-loose-end");
    assert_eq!(loose.len(), 1, "{loose:?}");
    assert!(loose[0].place.ends_with("way 107") && loose[0].action.contains("node 14"), "{loose:?}");
    assert!(
        of("osm-separate-part")[0].action.starts_with("1 parts of the walk network with 2 of"),
        "{report:?}"
    );
    assert!(of("osm-levels-meet").is_empty() && of("osm-lift").is_empty());
    // Two floors on one node, without a lift.
    let meet =
        pack_of(&XML.replace("<tag k=\"highway\" v=\"elevator\"/>\n    <tag k=\"level\" v=\"-1;0;1\"/>", ""));
    let entry = meet.report.entries.iter().find(|entry| entry.code == "osm-levels-meet").expect("an entry");
    assert!(entry.place.ends_with("way 106") || entry.place.ends_with("way 108"), "{entry:?}");
}

#[test]
fn steps_without_floors_between_them_are_landings() {
    let way = |id: u32, nodes: [u32; 2], tags: &[(&str, &str)]| {
        let tags: String = tags.iter().map(|(key, value)| format!("<tag k='{key}' v='{value}'/>")).collect();
        let [a, b] = nodes;
        format!("<way id='{id}'><nd ref='{a}'/><nd ref='{b}'/>{tags}</way>")
    };
    let nodes: String = (1..=8).map(|id| format!("<node id='{id}' lat='35.69{id}' lon='139.69'/>")).collect();
    let steps = ("highway", "steps");
    let ways = [
        way(1, [1, 2], &[("highway", "footway")]),
        way(2, [2, 3], &[steps]),
        way(3, [3, 4], &[steps]),
        way(4, [4, 5], &[("highway", "footway"), ("bridge", "yes")]),
        // Down from the ground, where no floor is mapped.
        way(5, [1, 6], &[steps, ("level", "-1;0")]),
        way(6, [7, 8], &[steps, ("level", "0;1"), ("incline", "up")]),
    ];
    let pack = pack_of(&format!("<osm>{nodes}{}</osm>", ways.concat()));
    let walk = &pack.city.walk;
    let level = |id: &str| (node(walk, id).level, node(walk, id).flags.has(WalkNodeFlags::LEVEL_ASSUMED));
    assert_eq!([level("n2"), level("n3"), level("n4")], [(0.0, false), (1.0, true), (2.0, false)]);
    assert_eq!([level("n6"), level("n7"), level("n8")], [(-1.0, false), (0.0, false), (2.0, false)]);
    assert_eq!(
        links(walk, "w2")
            .iter()
            .map(|link| walk
                .rise_m(WalkLinkId(walk.links.iter().position(|l| l == *link).expect("it") as u32)))
            .sum::<f32>(),
        0.0
    );
}

#[test]
fn buildings_stand_on_their_parts() {
    let city = station().city;
    let [tower, house] = city.buildings.records.as_slice() else {
        panic!("{}", city.buildings.records.len())
    };
    let (tower, house) = if tower.height_m > house.height_m { (tower, house) } else { (house, tower) };
    let text = |id| city.buildings.strings.get(id);
    assert_eq!(
        [text(tower.id), text(tower.name_ja), text(tower.name_en)],
        [Some("w300"), Some("塔"), Some("Tower")]
    );
    assert!(tower.flags.has(BuildingFlags::LOD2) && !tower.flags.has(BuildingFlags::HEIGHT_ASSUMED));
    let solids = &city.buildings.solids[tower.first_solid as usize..][..tower.solid_count as usize];
    let heights: Vec<_> = solids.iter().map(|solid| (solid.bottom_m, solid.top_m)).collect();
    assert_eq!(heights, [(12.0, 60.0), (0.0, 12.0)]);
    assert_eq!((house.height_m, house.flags.has(BuildingFlags::HEIGHT_ASSUMED)), (6.0, true));
}

const HOUSE: &str = r#"<core:CityModel xmlns:core="http://www.opengis.net/citygml/2.0" xmlns:gml="http://www.opengis.net/gml" xmlns:bldg="http://www.opengis.net/citygml/building/2.0">
<gml:boundedBy><gml:Envelope srsName="EPSG:6697" srsDimension="3"/></gml:boundedBy>
<core:cityObjectMember><bldg:Building gml:id="a"><bldg:measuredHeight uom="m">9.5</bldg:measuredHeight><bldg:lod0RoofEdge><gml:MultiSurface><gml:surfaceMember><gml:Polygon><gml:exterior><gml:LinearRing>
<gml:posList>35.69 139.69 0 35.69 139.6906 0 35.6906 139.6906 0 35.6906 139.69 0 35.69 139.69 0</gml:posList>
</gml:LinearRing></gml:exterior></gml:Polygon></gml:surfaceMember></gml:MultiSurface></bldg:lod0RoofEdge></bldg:Building></core:cityObjectMember>
</core:CityModel>
"#;

#[test]
fn beside_other_inputs_it_is_a_pack_of_its_own() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("house.gml"), HOUSE).expect("written");
    std::fs::copy(data("station.osm.pbf"), folder.path().join("a.osm.pbf")).expect("copied");
    let Packs { city, osm: Some(osm) } = run(&import(), &[folder.path().to_owned()]) else {
        panic!("one pack")
    };
    assert_eq!((city.city.buildings.records.len(), city.city.walk.links.len()), (1, 0));
    assert_eq!(
        (city.city.credits(), osm.city.credits()),
        (vec!["somebody"], vec!["© OpenStreetMap contributors"])
    );
    assert!(
        osm.city.buildings.records.is_empty() && !osm.city.walk.is_empty() && !osm.city.streets.is_empty()
    );
    assert_eq!((city.build.inputs.len(), osm.build.inputs[0].file.as_str()), (1, "a.osm.pbf"));
    let codes = osm.report.counts();
    assert!(
        codes.contains(&("osm-buildings-not-used", 1)) && codes.contains(&("cut-at-bounds", 2)),
        "{codes:?}"
    );
    // Cut at the bounds of the city: an end without a node of its own.
    let [west, south, east, north] = osm.city.about.bounds_m;
    let inside = |at: &[i32; 2]| {
        let [e, n] = at.map(|mm| f64::from(mm) / 1000.0);
        e >= west && e <= east && n >= south && n <= north
    };
    assert!(osm.city.walk.vertices_mm.iter().all(inside) && osm.city.streets.vertices_mm.iter().all(inside));
    assert!(osm.city.walk.nodes.iter().any(|node| node.flags.has(WalkNodeFlags::ASSUMED)));
    let mut whole = city.city;
    whole.absorb(osm.city).expect("one city");
    assert_eq!(whole.credits().len(), 2);
}

#[test]
fn a_way_of_two_extracts_comes_once() {
    let twice = run(&import(), &[data("station.osm"), data("station.osm.pbf")]).city;
    let once = station();
    assert_eq!(twice.city.walk.links.len(), once.city.walk.links.len());
    assert_eq!(twice.city.buildings.records.len(), once.city.buildings.records.len());
}

#[test]
fn what_cannot_be_read_names_the_file() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("t.osm.pbf");
    let whole = std::fs::read(data("station.osm.pbf")).expect("it is there");
    std::fs::write(&path, &whole[..whole.len() - 5]).expect("written");
    let go = |_, _| ControlFlow::Continue(());
    let cut = import().run(std::slice::from_ref(&path), go).expect_err("it is cut");
    assert!(matches!(cut, AssembleError::Osm(_)) && cut.to_string().contains("t.osm.pbf"), "{cut}");
    std::fs::write(&path, "<osm version='0.6'></osm>").expect("written");
    let nothing = import().run(std::slice::from_ref(&path), go).expect_err("nothing in it");
    assert!(matches!(nothing, AssembleError::NoObjects { .. }), "{nothing}");
    let stopped = import().run(&[data("station.osm")], |_, _| ControlFlow::Break(()));
    assert!(matches!(stopped, Err(AssembleError::Stopped { .. })));
}

#[test]
fn changed_extracts_are_errors_or_packs_that_can_be_read() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("t.osm.pbf");
    let whole = std::fs::read(data("plain.osm.pbf")).expect("it is there");
    let (mut errors, mut packs) = (0, 0);
    for step in 0..300_usize {
        let mut bytes = whole.clone();
        let at = 150 + (step * 7919) % (bytes.len() - 150);
        bytes[at] ^= 1 << (step % 8);
        std::fs::write(&path, &bytes).expect("written");
        match import().run(std::slice::from_ref(&path), |_, _| ControlFlow::Continue(())) {
            Ok(found) => {
                Pack::read(&found.city.to_bytes().expect("bytes")).expect("a pack that can be read");
                packs += 1;
            }
            Err(_) => errors += 1,
        }
    }
    assert!(packs > 100, "{errors} errors, {packs} packs");
}

#[test]
fn indoor_maps_become_floors() {
    let pack = run(&import(), &[data("indoor.osm")]).city;
    let (floors, walk) = (&pack.city.floors, &pack.city.walk);
    let text = |part: &FloorPart| floors.strings.get(part.id).unwrap_or_default().to_owned();
    let of = |kind: FloorKind| floors.of_kind(kind).map(|part| (text(part), part.level)).collect::<Vec<_>>();
    let on = |id: &str, level: f32| (id.to_owned(), level);
    assert_eq!(of(FloorKind::Floor), [on("w1", 0.0), on("w2", -1.0)]);
    // A storey above the ground is the second one, as on the walk network.
    let spaces =
        [on("w10", 2.0), on("w11", -1.0), on("w11", 0.0), on("w18", 0.0), on("w18", 3.0), on("r20", 0.0)];
    assert_eq!(of(FloorKind::Space), spaces);
    let shop = floors.of_kind(FloorKind::Space).next().expect("the shop");
    assert_eq!(
        (floors.strings.get(shop.name), floors.strings.get(shop.category)),
        (Some("店"), Some("shop"))
    );
    let below = floors.of_kind(FloorKind::Floor).nth(1).expect("the floor below");
    assert_eq!((below.height_m, shop.height_m), (-5.0, 6.0));
    let store = floors.of_kind(FloorKind::Space).nth(3).expect("the store");
    assert_eq!(store.flags, FloorFlags::RESTRICTED);
    // 40 m by 20 m; the hall of 18 m by 6 m has a hole of 4 m by 3 m.
    let area = |part: &FloorPart| floors.polygons.get(part.polygon).area_m2();
    assert!((area(below) - 800.0).abs() < 2.0, "{}", area(below));
    let hall = floors.of_kind(FloorKind::Space).last().expect("the hall");
    assert!((area(hall) - 96.0).abs() < 1.0, "{}", area(hall));
    // Two corridors lead on: they are ways as before.
    assert!(
        !links(walk, "w11").is_empty() && !links(walk, "w15").is_empty() && links(walk, "w10").is_empty()
    );
    let count = |code: &str| pack.report.entries.iter().filter(|entry| entry.code == code).count();
    assert_eq!(count("osm-indoor-level"), 2);
    let again = Pack::read(&pack.to_bytes().expect("bytes")).expect("a pack");
    assert_eq!(&again.city.floors, floors);
}

#[test]
fn floors_of_several_extracts_come_once_and_only_within_the_bounds() {
    let all = run(&import(), &[data("indoor.osm")]).city.city.floors;
    let twice = run(&import(), &[data("indoor.osm"), data("indoor.osm")]).city.city.floors;
    assert_eq!(twice, all);
    let mut narrow = import();
    // The west of the building, without the store room.
    narrow.bounds = Some([139.6898, 35.6898, 139.6902, 35.6905]);
    let part = run(&narrow, &[data("indoor.osm")]).city.city.floors;
    let has = |id: &str| part.parts.iter().any(|p| part.strings.get(p.id) == Some(id));
    assert!(has("w1") && has("w10") && !has("w18"), "{:?}", part.parts.len());
}
