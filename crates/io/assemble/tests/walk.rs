//! Walk networks from a handful of nodes and ways, drawn by hand: what joins and what must not.

use futago_assemble::{
    OutdoorFiles, Rules, StationFiles, assemble_floors, assemble_outdoor, assemble_station,
};
use futago_field::Report;
use futago_geodesy::{LonLat, SiteFrame};
use futago_geojson::{read_floor_parts, read_lines, read_underground_ways, read_walk_links, read_walk_nodes};
use futago_model::{
    FloorFlags, FloorKind, Floors, WalkKind, WalkLinkFlags, WalkLinkId, WalkNetwork, WalkNodeFlags,
};

/// Zone IX less this origin: the site of these tests.
const EAST: f64 = -12_000.0;
const NORTH: f64 = -34_000.0;

fn frame() -> SiteFrame {
    SiteFrame { epsg: 6677, origin_east_m: EAST, origin_north_m: NORTH, origin_height_m: 35.0 }
}

const BOUNDS: [f64; 4] = [-1000.0, -1000.0, 1000.0, 1000.0];

fn collection(features: &[String]) -> Vec<u8> {
    format!(r#"{{"type":"FeatureCollection","features":[{}]}}"#, features.join(",")).into_bytes()
}

fn coordinates(points: &[[f64; 2]]) -> String {
    let pairs: Vec<String> = points.iter().map(|[e, n]| format!("[{},{}]", e + EAST, n + NORTH)).collect();
    pairs.join(",")
}

/// Id, level, in or out, place in site metres.
fn node(id: &str, ordinal: f64, in_out: u8, at: [f64; 2]) -> String {
    format!(
        r#"{{"type":"Feature","properties":{{"node_id":"{id}","ordinal":{ordinal},"in_out":"{in_out}"}},"geometry":{{"type":"Point","coordinates":{}}}}}"#,
        coordinates(&[at])
    )
}

/// Id, ends, route type, more properties, line in site metres.
fn link(id: &str, ends: [&str; 2], route_type: u8, more: &str, line: &[[f64; 2]]) -> String {
    format!(
        r#"{{"type":"Feature","properties":{{"link_id":"{id}","start_id":"{}","end_id":"{}","route_type":"{route_type}","rt_struct":"7","width":"3","roof":"2","lev_diff":"1"{more}}},"geometry":{{"type":"LineString","coordinates":[{}]}}}}"#,
        ends[0],
        ends[1],
        coordinates(line)
    )
}

/// A passage on B1 from west to east, stairs and a lift up, a door and a forecourt that ends in the east.
fn station_files() -> StationFiles {
    let nodes = [
        node("west", -1.0, 3, [0.0, 0.0]),
        node("hall", -1.0, 3, [50.0, 0.0]),
        node("foyer", 0.0, 3, [60.0, 0.0]),
        node("door", 0.0, 2, [70.0, 0.0]),
        node("forecourt", 0.0, 1, [100.0, 0.0]),
        node("upper", 0.0, 3, [50.0, 1.0]),
    ];
    let links = [
        link("corridor", ["west", "hall"], 1, r#","distance":50.0"#, &[[0.0, 0.0], [50.0, 0.0]]),
        link("escalator", ["foyer", "hall"], 5, r#","direction":"3""#, &[[60.0, 0.0], [50.0, 0.0]]),
        link("stairs", ["hall", "foyer"], 6, "", &[[60.0, 0.0], [50.0, 0.0]]),
        link("lift", ["hall", "upper"], 4, r#","elevator":"3""#, &[[50.0, 0.0], [50.0, 1.0]]),
        link("step", ["upper", "foyer"], 1, r#","lev_diff":"2""#, &[[50.0, 1.0], [60.0, 0.0]]),
        link("hall-door", ["foyer", "door"], 1, r#","vtcl_slope":"2""#, &[[60.0, 0.0], [70.0, 0.0]]),
        link("out", ["door", "forecourt"], 1, r#","roof":"1""#, &[[70.0, 0.0], [99.0, 0.0]]),
        link("out", ["door", "forecourt"], 1, "", &[[70.0, 0.0], [80.0, 5.0], [100.0, 0.0]]),
        link("lost", ["nobody", "nowhere"], 1, "", &[[500.0, 500.0], [510.0, 500.0]]),
        link("by-place", ["unknown", "hall"], 1, "", &[[0.0, 0.0], [25.0, -5.0], [50.0, 0.0]]),
        link("to-made", ["hall", "made"], 1, "", &[[50.0, 0.0], [50.0, -20.0]]),
        link("from-made", ["made", "west"], 1, "", &[[50.0, -20.0], [0.0, 0.0]]),
    ];
    StationFiles {
        nodes: read_walk_nodes(&collection(&nodes), "n.geojson", 6677).expect("nodes"),
        links: read_walk_links(&collection(&links), "l.geojson", 6677).expect("links"),
        epsg: 6677,
        source: "station".to_owned(),
    }
}

fn station() -> (WalkNetwork, Report) {
    assemble_station(&station_files(), &frame(), &Rules::default()).expect("a network")
}

fn named(network: &WalkNetwork, id: &str) -> WalkLinkId {
    let index = network.links.iter().position(|link| network.strings.get(link.id) == Some(id));
    WalkLinkId(index.unwrap_or_else(|| panic!("no link {id}")) as u32)
}

#[test]
fn the_station_comes_in_whole_or_is_reported() {
    let (network, report) = station();
    assert_eq!((network.nodes.len(), network.links.len()), (7, 11));
    let codes: Vec<(&str, usize)> = report.counts();
    let expected = [
        ("broken-link", 1),
        ("duplicate-id", 1),
        ("line-off-node", 1),
        ("line-reversed", 1),
        ("missing-node", 2),
    ];
    assert_eq!(codes, expected, "{report:?}");
    let kind = |id| WalkKind::from_number(network.link(named(&network, id)).kind);
    let kinds = ["corridor", "escalator", "stairs", "lift", "step", "hall-door", "out", "out#2"].map(kind);
    let expected = [
        WalkKind::Corridor,
        WalkKind::Escalator,
        WalkKind::Stairs,
        WalkKind::Lift,
        WalkKind::Corridor,
        WalkKind::Ramp,
        WalkKind::Doorway,
        WalkKind::Doorway,
    ];
    assert_eq!(kinds, expected);
    assert_eq!(network.components().count(), 1);
}

#[test]
fn directions_flags_and_heights() {
    let (network, _) = station();
    let escalator = network.link(named(&network, "escalator"));
    assert!(escalator.flags.has(WalkLinkFlags::ONE_WAY) && !escalator.flags.has(WalkLinkFlags::STEP_FREE));
    let ends = [escalator.from, escalator.to].map(|node| network.strings.get(network.node(node).id));
    assert_eq!(ends, [Some("hall"), Some("foyer")], "code 3 leads from end to start");
    assert_eq!(network.rise_m(named(&network, "escalator")), 5.0);
    let flags = |id| network.link(named(&network, id)).flags;
    assert!(flags("lift").has(WalkLinkFlags::STEP_FREE.with(WalkLinkFlags::WHEELCHAIR)));
    assert!(!flags("step").has(WalkLinkFlags::STEP_FREE) && flags("hall-door").has(WalkLinkFlags::STEEP_UP));
    assert!(flags("corridor").has(WalkLinkFlags::ROOFED) && !flags("out").has(WalkLinkFlags::ROOFED));
    assert_eq!(network.link(named(&network, "corridor")).length_m, 50.0);
    let made = network.find("made").expect("the node that two links name");
    assert_eq!((network.node(made).level, network.node(made).flags), (-1.0, WalkNodeFlags::ASSUMED));
    assert_eq!(network.node(made).at_mm, [50_000, -20_000]);
    let levels: Vec<(f32, f32, u32)> =
        network.levels.iter().map(|l| (l.level, l.height_m, l.assumed)).collect();
    assert_eq!(levels, [(-1.0, -5.0, 0), (0.0, 0.0, 0)]);
}

fn floor(id: &str, more: &str, corners: [f64; 4]) -> String {
    let [w, s, e, n] = corners;
    format!(
        r#"{{"type":"Feature","properties":{{"id":"{id}"{more}}},"geometry":{{"type":"Polygon","coordinates":[[{}]]}}}}"#,
        coordinates(&[[w, s], [e, s], [e, n], [w, n], [w, s]])
    )
}

fn floors() -> (Floors, Report) {
    let read =
        |features: &[String], file| read_floor_parts(&collection(features), file, 6677).expect("a map");
    let floors = [floor("b1", r#","ordinal":-1,"category":"1""#, [-5.0, -30.0, 60.0, 10.0])];
    let spaces = [
        floor(
            "shop",
            r#","floor_id":"b1","category":"B001","restricted":"2","toll":"1""#,
            [0.0, 2.0, 9.0, 9.0],
        ),
        floor("lost", r#","floor_id":"gone","category":"B019""#, [10.0, 2.0, 19.0, 9.0]),
    ];
    let none = [floor("alone", r#","category":"C001""#, [0.0, 0.0, 1.0, 1.0])];
    let files = [
        (FloorKind::Fixture, read(&none, "x.geojson")),
        (FloorKind::Space, read(&spaces, "s.geojson")),
        (FloorKind::Floor, read(&floors, "f.geojson")),
    ];
    assemble_floors(&files, 6677, &frame(), &Rules::default()).expect("floors")
}

#[test]
fn spaces_are_on_their_floor() {
    let (floors, report) = floors();
    assert_eq!(floors.parts.iter().map(|part| part.kind).collect::<Vec<_>>(), [0, 1, 1], "floors first");
    assert!(floors.parts.iter().all(|part| (part.level, part.height_m) == (-1.0, -5.0)));
    assert!(
        floors.parts[1].flags.has(FloorFlags::TOLL) && !floors.parts[1].flags.has(FloorFlags::RESTRICTED)
    );
    assert!(floors.parts[2].flags.has(FloorFlags::LEVEL_ASSUMED));
    assert_eq!(report.counts(), [("missing-level", 2)], "{report:?}");
    assert!((floors.area_m2(FloorKind::Floor) - 65.0 * 40.0).abs() < 1e-6);
}

/// A way in degrees, from site metres.
fn way(properties: &str, points: &[[f64; 2]]) -> String {
    let place = |at: &[f64; 2]| {
        let LonLat { lon_deg, lat_deg } = frame().lonlat_from_site(*at).expect("a place");
        format!("[{lon_deg:.9},{lat_deg:.9}]")
    };
    let line: Vec<String> = points.iter().map(place).collect();
    format!(
        r#"{{"type":"Feature","properties":{{{properties}}},"geometry":{{"type":"LineString","coordinates":[{}]}}}}"#,
        line.join(",")
    )
}

const FOOTWAY: &str = r#""class":"path","subclass":"footway""#;

/// The site origin as the origin of the tangent plane, so that its metres are nearly site metres.
fn outdoor_of(ways: &[String], underground: &str) -> OutdoorFiles {
    let LonLat { lon_deg, lat_deg } = frame().lonlat_from_site([0.0, 0.0]).expect("a place");
    OutdoorFiles {
        lines: read_lines(&collection(ways), "t.geojson").expect("lines"),
        underground: read_underground_ways(underground.as_bytes(), "u.json").expect("ways"),
        underground_origin: [lon_deg, lat_deg],
        sources: ["lines".to_owned(), "underground".to_owned()],
    }
}

fn outdoor(ways: &[String], underground: &str) -> (WalkNetwork, Report) {
    let (station, floors) = (station().0, floors().0);
    let files = outdoor_of(ways, underground);
    assemble_outdoor(&files, (&station, &floors), &frame(), BOUNDS, &Rules::default()).expect("a network")
}

const NOTHING: &str = r#"{"ways":[]}"#;

fn kinds(network: &WalkNetwork) -> Vec<WalkKind> {
    let mut kinds: Vec<WalkKind> =
        network.links.iter().map(|link| WalkKind::from_number(link.kind)).collect();
    kinds.sort_unstable();
    kinds
}

#[test]
fn a_footway_that_comes_near_is_joined_and_one_that_does_not_is_not() {
    let near = way(FOOTWAY, &[[106.0, 0.0], [160.0, 0.0]]);
    let far = way(FOOTWAY, &[[100.0, 25.0], [160.0, 25.0]]);
    let (mut network, report) = outdoor(&[near, far], NOTHING);
    assert_eq!((network.links.len(), network.stand_ins()), (3, 1), "{:?}", network.links);
    let stand_in = network.find("forecourt").expect("the station's node by its id");
    assert!(network.node(stand_in).flags.has(WalkNodeFlags::ELSEWHERE));
    let joins: Vec<_> = network.links.iter().filter(|l| l.flags.has(WalkLinkFlags::JOIN)).collect();
    assert!((joins[0].length_m - 6.0).abs() < 0.01 && joins.len() == 1, "{joins:?}");
    let failed: Vec<_> = report.entries.iter().filter(|e| e.code == "walk-not-joined").collect();
    assert_eq!(failed.len(), 1, "{report:?}");
    assert!(failed[0].action.contains("24.3 m away") && failed[0].place.contains("feature 1"), "{failed:?}");

    let (station, _) = station();
    let nodes = station.nodes.len();
    network.absorb(station).expect("two parts");
    assert_eq!((network.stand_ins(), network.nodes.len()), (0, nodes + 4));
    assert_eq!(network.components().sizes.len(), 2, "the far footway hangs on nothing");
    assert_eq!(network.components().largest() as usize, nodes + 2);
}

#[test]
fn another_level_is_not_joined_however_near() {
    let bridge = way(&format!(r#"{FOOTWAY},"brunnel":"bridge""#), &[[100.0, -30.0], [100.0, 0.5]]);
    let (network, report) = outdoor(&[bridge], NOTHING);
    assert_eq!((kinds(&network), network.stand_ins()), (vec![WalkKind::Deck], 0));
    assert_eq!(network.nodes[0].level, 2.0);
    assert_eq!(network.nodes[0].height_m, 6.0);
    assert!(report.entries.is_empty(), "{report:?}");
}

#[test]
fn what_the_station_has_already_is_left_out() {
    // Over its floor on B1, then out of it to the west; and along the forecourt.
    let underground =
        r#"{"ways":[{"p":[5,5,-3,5],"e":-6.5},{"p":[-3,5,-60,5],"e":-6.5},{"p":[40,5,20,5],"e":-13.5}]}"#;
    let along = way(FOOTWAY, &[[72.0, 2.0], [98.0, 2.0]]);
    let (network, report) = outdoor(&[along], underground);
    let levels: Vec<(f32, bool)> =
        network.links.iter().map(|l| (l.level, l.flags.has(WalkLinkFlags::JOIN))).collect();
    assert_eq!(levels, [(-1.0, false), (-2.0, false), (-1.0, true)], "{:?}", network.links);
    assert!(
        network.find("west").is_some(),
        "what is left of the passage leads to the station's nearest node"
    );
    assert!(
        report.entries.iter().any(|e| e.code == "walk-covered" && e.action.starts_with('2')),
        "{report:?}"
    );
}

#[test]
fn stairs_lead_from_the_ground_to_a_deck_and_below() {
    let ways = [
        way(FOOTWAY, &[[300.0, 0.0], [320.0, 0.0]]),
        way(r#""class":"path","subclass":"steps""#, &[[320.0, 0.0], [330.0, 0.0]]),
        way(&format!(r#"{FOOTWAY},"brunnel":"bridge""#), &[[330.0, 0.0], [360.0, 0.0]]),
        // Passes under the deck: no vertex in common, no join.
        way(FOOTWAY, &[[340.0, -20.0], [340.0, 20.0]]),
        way(r#""class":"path","subclass":"steps","brunnel":"tunnel""#, &[[300.0, 0.0], [290.0, 0.0]]),
    ];
    // The passage and the stairs' twin: the extract has the stairs too, without tags.
    let underground = r#"{"ways":[{"p":[290,0,250,0],"e":-6.5},{"p":[300.1,0.1,290,0],"e":-6.5}]}"#;
    let (network, report) = outdoor(&ways, underground);
    let expected = [
        WalkKind::Walkway,
        WalkKind::Walkway,
        WalkKind::Corridor,
        WalkKind::Deck,
        WalkKind::Stairs,
        WalkKind::Stairs,
    ];
    assert_eq!(kinds(&network), expected, "{:?}", network.links);
    let parts = network.components();
    assert_eq!((parts.count(), parts.largest()), (2, 6), "the way under the deck is apart");
    let mut heights: Vec<f32> = network.nodes.iter().map(|node| node.height_m).collect();
    heights.sort_unstable_by(f32::total_cmp);
    assert_eq!(heights, [-5.0, -5.0, 0.0, 0.0, 0.0, 0.0, 6.0, 6.0]);
    assert!(report.entries.iter().any(|entry| entry.code == "walk-twice"), "{report:?}");
}

#[test]
fn a_street_stays_only_where_no_footway_is_beside_it() {
    let ways = [
        way(r#""class":"primary","name":"大通り""#, &[[300.0, 100.0], [400.0, 100.0], [500.0, 100.0]]),
        way(FOOTWAY, &[[290.0, 110.0], [510.0, 110.0]]),
        way(r#""class":"minor""#, &[[400.0, 100.0], [400.0, 30.0]]),
        way(r#""class":"motorway""#, &[[300.0, 200.0], [400.0, 200.0]]),
        way(r#""class":"rail""#, &[[300.0, 220.0], [400.0, 220.0]]),
    ];
    let (network, report) = outdoor(&ways, NOTHING);
    let expected = [WalkKind::Walkway, WalkKind::Walkway, WalkKind::Walkway, WalkKind::StreetSide];
    assert_eq!(kinds(&network), expected, "{:?}", network.links);
    assert_eq!(network.components().count(), 1, "the side street is led to the main street's footway");
    let join = network.links.iter().find(|link| link.flags.has(WalkLinkFlags::JOIN)).expect("a join");
    assert!((join.length_m - 10.0).abs() < 0.01, "{join:?}");
    assert!(report.entries.iter().any(|entry| entry.code == "walk-street-with-footway"), "{report:?}");
}

#[test]
fn a_footway_over_a_street_is_a_crossing() {
    let ways = [
        way(r#""class":"minor""#, &[[300.0, 0.0], [400.0, 0.0]]),
        way(FOOTWAY, &[[350.0, -12.0], [350.0, 12.0]]),
    ];
    let (network, _) = outdoor(&ways, NOTHING);
    let expected = [WalkKind::StreetSide, WalkKind::StreetSide, WalkKind::Crossing, WalkKind::Crossing];
    assert_eq!(kinds(&network), expected, "{:?}", network.links);
    assert_eq!(network.components().count(), 1);
}

#[test]
fn the_number_of_threads_changes_nothing() {
    let ways: Vec<String> = (0..60)
        .map(|i| {
            let [e, n] = [f64::from(i * 37 % 300), f64::from(i * 53 % 200)];
            let class = [FOOTWAY, r#""class":"minor""#, r#""class":"primary""#][i as usize % 3];
            way(class, &[[e, n], [e + 80.0, n + 3.0], [e + 90.0, n + 60.0]])
        })
        .collect();
    let underground = r#"{"ways":[{"p":[5,5,-3,5],"e":-6.5},{"p":[-3,5,-60,5,90,40],"e":-6.5}]}"#;
    let on = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("a pool");
        pool.install(|| (outdoor(&ways, underground), station(), floors()))
    };
    let one = on(1);
    assert!(one.0.0.links.len() > 100, "{}", one.0.0.links.len());
    assert!(one == on(3) && one == on(8));
}

/// Broken numbers and wild coordinates end as entries of the Report, never as a panic.
#[test]
fn wild_input_never_panics() {
    let mut files = station_files();
    let mut state = 7_u64;
    let mut next = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize
    };
    let wild = [f64::NAN, f64::INFINITY, 1e9, -1e9, 0.0, -0.0, 12.345, 1e-30];
    for round in 0..300 {
        if round % 20 == 0 {
            files = station_files();
        }
        let links = &mut files.links.features;
        let link = next() % links.len();
        match next() % 4 {
            0 => links[link].line.insert(0, [wild[next() % 8] + EAST, wild[next() % 8] + NORTH]),
            1 => {
                links[link].start_id =
                    [None, Some("hall".to_owned()), Some("x".to_owned())][next() % 3].clone()
            }
            2 => links[link].line.truncate(next() % 3),
            _ => links[link].distance_m = Some(wild[next() % 8]),
        }
        let nodes = &mut files.nodes.features;
        let node = next() % nodes.len();
        nodes[node].ordinal = Some(wild[next() % 8]);
        let (network, report) = assemble_station(&files, &frame(), &Rules::default()).expect("a network");
        assert!(network.links.iter().all(|link| link.length_m.is_finite() && link.level.is_finite()));
        assert!(network.nodes.iter().all(|node| node.height_m.is_finite()));
        assert!(!report.entries.is_empty());
    }
}
