//! A station, a park and a tower drawn by hand, as XML and as PBF: both say the same.

use std::io::Cursor;
use std::ops::ControlFlow;

use futago_damage::Dice;
use futago_field::Report;
use futago_osm::{Indoor, Limits, Options, OsmError, read};
use futago_raw::{
    Direction, Incline, OsmId, Raw, RawArea, RawFloorPart, RawLine, RawOsmBuilding, RawWalkSpot, RawWalkWay,
    WayKind,
};

/// A small building with its floors.
const INDOOR: &[u8] = include_bytes!("data/indoor.osm");
const XML: &[u8] = include_bytes!("data/station.osm");
/// The same, zlib and dense nodes.
const PBF: &[u8] = include_bytes!("data/station.osm.pbf");
/// The same, not compressed, each node on its own.
const PLAIN: &[u8] = include_bytes!("data/plain.osm.pbf");

/// All that an extract says, with one Report.
#[derive(Debug, PartialEq)]
struct Whole {
    bounds: Option<[f64; 4]>,
    extent: Option<[f64; 4]>,
    lines: Raw<RawLine>,
    areas: Raw<RawArea>,
    walk_ways: Raw<RawWalkWay>,
    walk_spots: Raw<RawWalkSpot>,
    buildings: Vec<(OsmId, RawOsmBuilding)>,
    indoor: Indoor,
    report: Report,
}

fn read_with(bytes: &[u8], options: &Options) -> Result<Whole, OsmError> {
    let bytes = bytes.to_vec();
    let mut open =
        || -> std::io::Result<Box<dyn std::io::Read + Send>> { Ok(Box::new(Cursor::new(bytes.clone()))) };
    let found = read(&mut open, "t.osm", options, &mut |_| ControlFlow::Continue(()))?;
    let (walk_ways, walk_spots, mut report) = (found.walk_ways(), found.walk_spots(), found.report.clone());
    report.extend(walk_ways.report.clone());
    report.extend(walk_spots.report.clone());
    let indoor = found.indoor();
    report.extend(indoor.floors.report.clone());
    let all = found.buildings();
    let mut buildings = Vec::new();
    for index in 0..all.len() {
        let (building, entries) = all.get(index);
        assert_eq!((building.index as usize, all.place(index)), (index, format!("t.osm, {}", all.id(index))));
        report.extend(entries);
        buildings.push((all.id(index), building));
    }
    Ok(Whole {
        bounds: found.bounds,
        extent: found.extent(),
        lines: found.lines(),
        areas: found.areas(),
        walk_ways,
        walk_spots,
        buildings,
        indoor,
        report,
    })
}

fn extract(bytes: &[u8]) -> Whole {
    read_with(bytes, &Options::default()).expect("an extract")
}

fn way(extract: &Whole, id: i64) -> &RawWalkWay {
    let at = extract.walk_ways.osm_ids.iter().position(|known| *known == OsmId::Way(id));
    &extract.walk_ways.features[at.unwrap_or_else(|| panic!("way {id} is not there"))]
}

fn codes(extract: &Whole) -> Vec<(&str, usize)> {
    extract.report.counts()
}

#[test]
fn every_format_says_the_same() {
    let xml = extract(XML);
    assert_eq!(xml.bounds, Some([139.688, 35.6885, 139.692, 35.6915]));
    assert_eq!(xml, extract(PBF));
    assert_eq!(xml, extract(PLAIN));
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build().expect("a pool");
    assert_eq!(xml, pool.install(|| extract(PBF)));
}

#[test]
fn lines_have_their_class() {
    let found = extract(XML);
    let line = |id: i64| {
        let at = found.lines.osm_ids.iter().position(|known| *known == OsmId::Way(id)).expect("a line");
        let line = &found.lines.features[at];
        (line.class.as_str(), line.subclass.as_deref(), line.brunnel.as_deref(), line.name.as_deref())
    };
    assert_eq!(line(100), ("secondary", None, None, Some("中央通り")));
    assert_eq!(line(105), ("path", Some("steps"), None, None));
    assert_eq!(line(106), ("path", Some("footway"), Some("tunnel"), Some("地下通路")));
    assert_eq!(line(400), ("subway", Some("subway"), Some("tunnel"), Some("地下鉄")));
    assert_eq!(line(401).0, "stream");
    assert_eq!(found.lines.place(0), "t.osm, way 100");
    // Cut where a node is not in the extract: what is left of the end is one vertex.
    let path = found.lines.osm_ids.iter().position(|id| *id == OsmId::Way(403)).expect("the path");
    assert_eq!(found.lines.features[path].lines.iter().map(Vec::len).collect::<Vec<_>>(), [2]);
}

#[test]
fn ways_for_people_keep_their_nodes_and_tags() {
    let found = extract(XML);
    let passage = way(&found, 106);
    assert_eq!((passage.nodes.as_slice(), passage.kind), ([11, 12, 13].as_slice(), WayKind::Footway));
    assert!(passage.tunnel && passage.levels == [-1.0] && passage.layer == Some(-1));
    let steps = way(&found, 105);
    assert_eq!((steps.kind, steps.levels.as_slice()), (WayKind::Steps, [-1.0, 0.0].as_slice()));
    assert_eq!(steps.incline, Some(Incline::Down));
    let escalator = way(&found, 109);
    assert!(escalator.conveying && escalator.direction == Direction::Forward);
    assert_eq!(way(&found, 102).width_m, Some(2.5));
    assert_eq!(way(&found, 102).wheelchair, Some(true));
    assert_eq!(way(&found, 103).kind, WayKind::Crossing);
    assert_eq!(way(&found, 110).incline, Some(Incline::Percent(8.0)));
    assert_eq!((way(&found, 112).kind, way(&found, 107).kind), (WayKind::Elevator, WayKind::Corridor));
    // The outline of a square is a way; a motorway and a private path are none.
    assert_eq!((way(&found, 115).kind, way(&found, 115).nodes.len()), (WayKind::Pedestrian, 5));
    assert!(![404, 405].iter().any(|id| found.walk_ways.osm_ids.contains(&OsmId::Way(*id))));
    let [door, lift] = found.walk_spots.features.as_slice() else { panic!("{:?}", found.walk_spots) };
    assert!(door.door && door.node == 11 && lift.elevator && lift.node == 12);
    assert_eq!((lift.levels.as_slice(), lift.wheelchair), ([-1.0, 0.0, 1.0].as_slice(), Some(true)));
}

#[test]
fn areas_come_in_the_order_of_drawing() {
    let found = extract(XML);
    let classes: Vec<&str> = found.areas.features.iter().map(|area| area.class.as_str()).collect();
    assert_eq!(classes, ["commercial", "pedestrian", "grass", "lake"]);
    let park = &found.areas.features[2];
    assert_eq!((park.parts.len(), park.parts[0].rings.len()), (1, 2));
    assert_eq!(park.parts[0].rings[0].len(), 5, "two ways make one ring");
    assert_eq!(found.areas.place(2), "t.osm, relation 500");
}

#[test]
fn buildings_have_parts_and_storeys() {
    let found = extract(XML);
    let all: Vec<&RawOsmBuilding> = found.buildings.iter().map(|(_, building)| building).collect();
    assert_eq!(all.len(), 4);
    assert_eq!(
        (all[0].height_m, all[0].name.as_deref(), all[0].name_en.as_deref()),
        (Some(60.0), Some("塔"), Some("Tower"))
    );
    assert!(all[1].part && all[1].building == Some(0) && all[1].min_height_m == Some(12.0));
    assert_eq!((all[2].levels, all[2].building), (Some(4.0), Some(0)));
    assert_eq!((all[3].part, all[3].levels, all[3].min_level), (false, Some(2.0), None));
}

/// Ids and levels of the parts of floors.
fn on_levels(file: &Raw<RawFloorPart>) -> Vec<(OsmId, f64)> {
    let level = |part: &RawFloorPart| part.ordinal.expect("a level");
    file.features.iter().map(|part| (file.osm_ids[part.index as usize], level(part))).collect()
}

#[test]
fn indoor_maps_have_floors_and_what_is_on_them() {
    let found = extract(INDOOR);
    let (way, relation) = (OsmId::Way, OsmId::Relation);
    assert_eq!(on_levels(&found.indoor.floors), [(way(1), 0.0), (way(2), -1.0)]);
    let spaces = &found.indoor.spaces;
    let expected = [
        (way(10), 1.0),
        // On two levels, and repeated on another.
        (way(11), -1.0),
        (way(11), 0.0),
        (way(18), 0.0),
        (way(18), 2.0),
        (relation(20), 0.0),
    ];
    assert_eq!(on_levels(spaces), expected);
    let texts = |place: usize| {
        let part = &spaces.features[place];
        (part.id.as_deref(), part.name.as_deref(), part.category.as_deref(), part.restricted)
    };
    assert_eq!(texts(0), (Some("w10"), Some("店"), Some("shop"), None));
    assert_eq!(texts(1), (Some("w11"), None, Some("corridor"), None));
    assert_eq!(texts(3), (Some("w18"), Some("Store"), Some("room"), Some(1)));
    assert_eq!(texts(5), (Some("r20"), Some("Hall"), Some("room"), None));
    assert_eq!(spaces.features[5].parts[0].rings.len(), 2);
    // The corridors are walked on, the rooms are not.
    assert_eq!(found.walk_ways.osm_ids, [way(11), way(15)]);
}

#[test]
fn rooms_without_a_level_are_reported() {
    let found = extract(INDOOR);
    let entries: Vec<_> =
        found.report.entries.iter().map(|e| (e.place.as_str(), e.action.as_str())).collect();
    let expected = [
        ("t.osm, way 12", "it is `indoor=area` and has no `level`; not part of a floor"),
        ("t.osm, way 13", "`level` is `B1`, which is no level; not part of a floor"),
    ];
    assert_eq!((entries.as_slice(), codes(&found)), (expected.as_slice(), vec![("osm-indoor-level", 2)]));
}

#[test]
fn what_is_wrong_is_reported() {
    let found = extract(XML);
    assert_eq!(codes(&found), [("bad-property", 1), ("osm-missing-node", 1), ("osm-open-ring", 1)]);
    let entry = |code: &str| found.report.entries.iter().find(|entry| entry.code == code).expect("an entry");
    assert!(entry("osm-missing-node").action.starts_with("1 ways go through 1 nodes"));
    assert_eq!(entry("osm-open-ring").place, "t.osm, relation 502");
    assert_eq!(entry("bad-property").place, "t.osm, way 303");
}

#[test]
fn a_rectangle_takes_whole_ways_and_whole_multipolygons() {
    // Round the corner of the park that is way 200's.
    let bounds = Some([139.68940, 35.69015, 139.68950, 35.69020]);
    let found = read_with(PBF, &Options { bounds, ..Options::default() }).expect("an extract");
    assert_eq!(found, read_with(XML, &Options { bounds, ..Options::default() }).expect("an extract"));
    let classes: Vec<&str> = found.areas.features.iter().map(|area| area.class.as_str()).collect();
    // The pond is a ring of the park, and comes with it.
    assert_eq!((classes, found.lines.features.len()), (vec!["grass", "lake"], 0));
    assert_eq!(found.areas.features[0].parts[0].rings.len(), 2);
}

#[test]
fn files_that_are_something_else_or_cut() {
    let refused = |bytes: &[u8]| read_with(bytes, &Options::default()).expect_err("no extract");
    assert!(matches!(refused(b"{}"), OsmError::NotOsm { .. }));
    assert!(matches!(refused(b""), OsmError::NotOsm { .. }));
    assert!(matches!(refused(b"<osmChange/>"), OsmError::NotOsm { .. }));
    for cut in [XML.len() - 10, XML.len() / 2, 400] {
        assert!(matches!(refused(&XML[..cut]), OsmError::Cut { .. }), "{cut}");
    }
    for cut in [PBF.len() - 1, PBF.len() / 2, 200] {
        assert!(matches!(refused(&PBF[..cut]), OsmError::Cut { .. }), "{cut}");
    }
    // A few bytes more than whole blocks.
    let mut longer = PBF.to_vec();
    longer.extend([0, 0]);
    assert!(matches!(refused(&longer), OsmError::Cut { .. }));
    let mut zlib = PBF.to_vec();
    let middle = zlib.len() - 200;
    zlib[middle] ^= 0xff;
    assert!(matches!(refused(&zlib), OsmError::BadBlock { .. }));
    let empty = read_with(b"<osm version='0.6'></osm>", &Options::default()).expect("an empty one");
    assert!(empty.lines.features.is_empty() && empty.report.entries.is_empty());
}

#[test]
fn limits_are_kept() {
    let name = |limits: Limits, bytes: &[u8]| match read_with(bytes, &Options { limits, bounds: None }) {
        Err(OsmError::TooLarge { name, .. }) => name,
        other => panic!("{other:?}"),
    };
    let usual = Limits::default;
    for bytes in [XML, PBF] {
        assert_eq!(name(Limits { ways: 3, ..usual() }, bytes), "ways");
        assert_eq!(name(Limits { nodes: 3, ..usual() }, bytes), "nodes");
        assert_eq!(name(Limits { relations: 1, ..usual() }, bytes), "relations");
        assert_eq!(name(Limits { file_bytes: 500, ..usual() }, bytes), "file_bytes");
    }
    assert_eq!(name(Limits { members: 3, ..usual() }, XML), "members");
    assert_eq!(name(Limits { element_bytes: 20, ..usual() }, XML), "element_bytes");
    let endless = format!("<osm><node id='1' lat='{}", "1".repeat(3 << 20));
    assert_eq!(name(usual(), endless.as_bytes()), "element_bytes");
}

#[test]
fn numbers_that_cannot_be() {
    let text = |node: &str, way: &str| {
        format!(
            "<osm>{node}<node id='2' lat='35.69' lon='139.69'/><way id='7'><nd ref='1'/><nd ref='2'/>{way}<tag k='highway' v='footway'/></way></osm>"
        )
    };
    let of = |node: &str, way: &str| extract(text(node, way).as_bytes());
    let whole = of("<node id='1' lat='35.7' lon='139.69'/>", "");
    assert_eq!((whole.walk_ways.features.len(), whole.bounds), (1, None));
    for bad in ["NaN", "inf", "91", "", "x", "1e300"] {
        let found = of(&format!("<node id='1' lat='{bad}' lon='139.69'/>"), "");
        assert_eq!(codes(&found), [("bad-feature", 1), ("osm-missing-node", 1)], "{bad}");
    }
    let deleted = of("<node id='1' lat='35.7' lon='139.69' visible='false'/>", "");
    assert_eq!(codes(&deleted), [("osm-missing-node", 1)]);
    let odd = of(
        "<node id='1' lat='35.7' lon='139.69'/>",
        "<tag k='width' v='-3'/><tag k='level' v='B1'/><tag k='layer' v='1e9'/>",
    );
    assert_eq!(codes(&odd), [("bad-property", 3)]);
    assert_eq!(
        of("<node id='99999999999999999999' lat='1' lon='1'/>", "").report.counts()[0].0,
        "bad-feature"
    );
}

#[test]
fn damaged_files_are_errors_or_extracts() {
    let (mut errors, mut extracts, mut dice) = (0, 0, Dice::new(4));
    for whole in [XML, PBF, PLAIN, INDOOR] {
        for _ in 0..500 {
            let mut bytes = whole.to_vec();
            dice.damage(&mut bytes, whole, 3);
            let bounds = (dice.below(3) == 0).then_some([139.6895, 35.69, 139.6905, 35.691]);
            match read_with(&bytes, &Options { bounds, ..Options::default() }) {
                Ok(_) => extracts += 1,
                Err(error) => {
                    assert!(error.to_string().contains("t.osm"), "{error}");
                    errors += 1;
                }
            }
        }
    }
    assert!(errors > 300 && extracts > 300, "{errors} errors, {extracts} extracts");
}
