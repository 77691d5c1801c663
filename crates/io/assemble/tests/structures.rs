//! Bridges and decks of CityGML files to solids in the air.

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use futago_assemble::{Import, Rules, StructureFile, assemble_structures};
use futago_field::Report;
use futago_geodesy::{LonLat, SiteFrame};
use futago_model::{Source, StructureFlags, StructureKind, Structures, SurfaceRole};

/// A corner: east, north from the middle of the district, height T.P., metres.
type Corner = [f64; 3];

/// A face of a ring that is not closed yet.
fn face(ring: &[Corner]) -> String {
    let at = |c: &Corner| format!("{} {} {}", -34_500.0 + c[1], -12_800.0 + c[0], c[2]);
    let list: Vec<String> = ring.iter().chain(ring.first()).map(at).collect();
    let list = list.join(" ");
    format!(
        "<gml:surfaceMember><gml:Polygon><gml:exterior><gml:LinearRing><gml:posList>{list}</gml:posList></gml:LinearRing></gml:exterior></gml:Polygon></gml:surfaceMember>"
    )
}

/// Top and underside of a plate: west, south, east, north, bottom, top.
fn plate([west, south, east, north]: [f64; 4], bottom: f64, top: f64) -> String {
    let ring = |z: f64| [[west, south, z], [east, south, z], [east, north, z], [west, north, z]];
    let mut under = ring(bottom);
    under.reverse();
    face(&ring(top)) + &face(&under)
}

fn lod2(faces: &str) -> String {
    format!("<brid:lod2MultiSurface><gml:MultiSurface>{faces}</gml:MultiSurface></brid:lod2MultiSurface>")
}

fn bridge(id: &str, content: &str) -> String {
    format!(
        r#"<core:cityObjectMember><brid:Bridge gml:id="{id}">{content}</brid:Bridge></core:cityObjectMember>"#
    )
}

fn file(bridges: &str) -> String {
    format!(
        r#"<core:CityModel xmlns:core="http://www.opengis.net/citygml/2.0" xmlns:gml="http://www.opengis.net/gml" xmlns:brid="http://www.opengis.net/citygml/bridge/2.0">
        <gml:boundedBy><gml:Envelope srsName="EPSG:10170" srsDimension="3"><gml:lowerCorner>-34600 -12900 30</gml:lowerCorner><gml:upperCorner>-34400 -12700 50</gml:upperCorner></gml:Envelope></gml:boundedBy>{bridges}</core:CityModel>"#
    )
}

fn frame() -> SiteFrame {
    let centre = LonLat { lon_deg: 139.6917, lat_deg: 35.6895 };
    SiteFrame::around(6677, centre, 35.0).expect("a frame")
}

fn assembled(bridges: &str) -> (Structures, Report) {
    let text = file(bridges);
    let files = [StructureFile { name: "b.gml", bytes: text.as_bytes() }];
    assemble_structures(&files, &frame(), &Rules::default()).expect("structures")
}

/// Area, underside and top of each solid of a structure, the highest underside first.
fn solids(all: &Structures, id: &str) -> Vec<[f64; 3]> {
    let record = all.records[all.find(id).unwrap_or_else(|| panic!("no {id}"))];
    let round = |v: f64| (v * 1000.0).round() / 1000.0;
    let mut solids: Vec<[f64; 3]> = all
        .solids_of(&record)
        .iter()
        .map(|s| {
            let area = all.polygons.get(s.polygon).area_m2();
            [round(area), round(f64::from(s.bottom_m)), round(f64::from(s.top_m))]
        })
        .collect();
    solids.sort_by(|a, b| b[1].total_cmp(&a[1]).then(a[2].total_cmp(&b[2])).then(a[0].total_cmp(&b[0])));
    solids
}

fn codes(report: &Report) -> Vec<&str> {
    report.entries.iter().map(|entry| entry.code.as_str()).collect()
}

const DECK: [f64; 4] = [0.0, 0.0, 40.0, 4.0];

/// A deck whose shape has no faces where its two piers meet it, as a closed shell has none.
fn shell() -> String {
    let top = face(&[[0.0, 0.0, 41.0], [40.0, 0.0, 41.0], [40.0, 4.0, 41.0], [0.0, 4.0, 41.0]]);
    let under = |west: f64, east: f64| {
        face(&[[west, 0.0, 40.4], [west, 4.0, 40.4], [east, 4.0, 40.4], [east, 0.0, 40.4]])
    };
    let foot = |west: f64, east: f64| {
        face(&[[west, 0.0, 34.5], [west, 4.0, 34.5], [east, 4.0, 34.5], [east, 0.0, 34.5]])
    };
    top + &under(1.0, 39.0) + &foot(0.0, 1.0) + &foot(39.0, 40.0)
}

#[test]
fn a_deck_on_two_piers_is_open_below() {
    let (all, report) = assembled(&bridge("deck", &lod2(&shell())));
    // Ground at T.P. 34.5 m, its feet: 0.5 m below that of the city is not worth a remark.
    assert_eq!(solids(&all, "deck"), [[152.0, 5.9, 6.5], [4.0, 0.0, 6.5], [4.0, 0.0, 6.5]]);
    assert_eq!(codes(&report), [""; 0]);
    let record = all.records[0];
    assert_eq!((record.foot_tp_m, record.flags), (34.5, StructureFlags::default()));
    let corners = all.triangles_of(&record).iter().flat_map(|t| all.corners_m(t)).collect::<Vec<_>>();
    assert_eq!(corners.len(), 24);
    let (low, high) = corners.iter().fold((9.0_f64, 0.0_f64), |(l, h), c| (l.min(c[2]), h.max(c[2])));
    assert_eq!((low, high), (0.0, 6.5));
    let tops = all.triangles.iter().filter(|t| t.role == SurfaceRole::Top as u32).count();
    assert_eq!((tops, all.triangles.len()), (2, 8));
}

/// Deck and piers closed each for itself, the piers reaching into the deck.
#[test]
fn parts_that_overlap_are_told_apart() {
    let faces = plate(DECK, 40.4, 41.0) + &plate([10.0, 1.0, 12.0, 3.0], 34.5, 40.7);
    let (all, _) = assembled(&bridge("deck", &lod2(&faces)));
    assert_eq!(
        solids(&all, "deck"),
        [[4.0, 5.9, 6.2], [156.0, 5.9, 6.5], [4.0, 0.0, 6.5]],
        "the pier's head within the deck, the deck, and the pier with the deck on it"
    );
}

#[test]
fn two_decks_over_each_other_stay_two() {
    let faces = plate(DECK, 40.4, 41.0) + &plate(DECK, 45.0, 45.5) + &plate([0.0, 0.0, 1.0, 1.0], 34.5, 34.8);
    let (all, _) = assembled(&bridge("decks", &lod2(&faces)));
    assert_eq!(solids(&all, "decks"), [[160.0, 10.5, 11.0], [160.0, 5.9, 6.5], [1.0, 0.0, 0.3]]);
}

/// A roof without an underside over a deck with one: what is between them stays free.
#[test]
fn a_roof_without_an_underside_does_not_fill_the_storey() {
    let roof = face(&[[0.0, 0.0, 44.0], [40.0, 0.0, 44.0], [40.0, 4.0, 44.0], [0.0, 4.0, 44.0]]);
    let (all, report) = assembled(&bridge("roofed", &lod2(&(shell() + &roof))));
    assert_eq!(solids(&all, "roofed")[..2], [[160.0, 9.0, 9.5], [152.0, 5.9, 6.5]]);
    assert_eq!(codes(&report), ["no-underside"]);
    assert!(report.entries[0].action.contains("160.0 m2") && report.entries[0].action.contains("0.5 m"));
    assert!(all.records[0].flags.has(StructureFlags::THICKNESS_ASSUMED));
}

/// A ramp with an underside parallel to it, 0.4 m below.
#[test]
fn a_ramp_becomes_steps() {
    let ramp = |lift: f64| {
        [[0.0, 0.0, 34.5 + lift], [30.0, 0.0, 40.0 + lift], [30.0, 3.0, 40.0 + lift], [0.0, 3.0, 34.5 + lift]]
    };
    let mut under = ramp(0.0);
    under.reverse();
    let (all, report) = assembled(&bridge("ramp", &lod2(&(face(&ramp(0.4)) + &face(&under)))));
    let solids = solids(&all, "ramp");
    assert!(codes(&report).is_empty(), "{report:?}");
    let area: f64 = solids.iter().map(|s| s[0]).sum();
    assert!((area - 90.0).abs() < 0.2, "{area} m2");
    assert!(solids.len() > 20, "{}", solids.len());
    let (lowest, highest) = (solids.last().expect("some"), solids[0]);
    assert_eq!(lowest[1], 0.0);
    assert!(highest[2] > 5.4 && highest[2] <= 5.9, "{highest:?}");
    for [_, bottom, top] in &solids[..solids.len() - 3] {
        assert!((top - bottom - 0.4).abs() < 0.5, "{bottom} to {top}");
    }
    // Each prism lies where the ramp is that high, within half a step.
    for solid in &all.solids {
        let [east, _] = all.polygons.get(solid.polygon).middle_m();
        let origin = frame().origin_east_m;
        let ramp_top = (east - (-12_800.0 - origin)) / 30.0 * 5.5 + 0.4;
        assert!((f64::from(solid.top_m) - ramp_top).abs() < 0.3, "{east}: {} {ramp_top}", solid.top_m);
    }
}

#[test]
fn a_deck_without_feet_takes_the_ground_of_its_neighbour() {
    let faces = plate([60.0, 0.0, 80.0, 4.0], 40.6, 41.0);
    let alone = assembled(&bridge("plate", &lod2(&faces)));
    assert_eq!(solids(&alone.0, "plate"), [[80.0, 5.6, 6.0]]);
    assert_eq!(codes(&alone.1), ["structure-ground-assumed"]);
    let both = assembled(&(bridge("plate", &lod2(&faces)) + &bridge("deck", &lod2(&shell()))));
    assert_eq!(solids(&both.0, "plate"), [[80.0, 6.1, 6.5]]);
    assert!(both.1.entries[0].action.contains("that of deck, 50 m away"), "{:?}", both.1.entries[0]);
    let sunk = assembled(&bridge("sunk", &lod2(&plate(DECK, 33.0, 33.5))));
    assert_eq!(solids(&sunk.0, "sunk"), [[160.0, 0.0, 0.5]]);
    assert!(sunk.1.entries[0].action.contains("lifted onto the ground"), "{:?}", sunk.1.entries);
}

#[test]
fn ids_names_kinds_and_what_has_no_shape() {
    let named = "<gml:name>新都心歩道橋</gml:name>".to_owned() + &lod2(&shell());
    let text = bridge("a", &named) + &bridge("a", &lod2(&shell())) + &bridge("empty", "");
    let (all, report) = assembled(&(text + &bridge("b", &lod2(&shell())).replace(" gml:id=\"b\"", "")));
    assert_eq!(
        (all.records.len(), codes(&report)),
        (2, vec!["no-geometry", "missing-id", "duplicate-id", "duplicate-id"])
    );
    assert_eq!(StructureKind::from_number(all.records[0].kind), StructureKind::Deck);
    assert_eq!(all.strings.get(all.records[0].name), Some("新都心歩道橋"));
    assert_eq!(StructureKind::from_number(all.records[1].kind), StructureKind::Bridge);
    assert!(all.records[1].flags.has(StructureFlags::ID_ASSUMED));
    assert!(all.id_of(&all.records[1]).starts_with("no-id-at-"));
}

#[test]
fn railings_and_piers_say_what_they_are() {
    let part = |property: &str, part: &str, faces: &str| {
        format!(
            "<brid:{property}><brid:{part}><brid:lod2Geometry><gml:MultiSurface>{faces}</gml:MultiSurface></brid:lod2Geometry></brid:{part}></brid:{property}>"
        )
    };
    let railing = face(&[[0.0, 0.0, 41.0], [40.0, 0.0, 41.0], [40.0, 0.0, 42.1], [0.0, 0.0, 42.1]]);
    let content = lod2(&shell())
        + &part("outerBridgeInstallation", "BridgeInstallation", &railing)
        + &part(
            "outerBridgeConstruction",
            "BridgeConstructionElement",
            &plate([20.0, 1.0, 21.0, 2.0], 34.5, 40.4),
        );
    let (all, _) = assembled(&bridge("a", &content));
    let of = |role: SurfaceRole| all.triangles.iter().filter(|t| t.role == role as u32).count();
    assert_eq!((of(SurfaceRole::Installation), of(SurfaceRole::Support)), (2, 4));
    assert_eq!(solids(&all, "a").len(), 4, "an upright railing is drawn and is no solid");
}

fn import() -> Import {
    let [key, title, licence, credit, url] = ["t", "T", "CC0", "nobody", ""].map(str::to_owned);
    let source = Source { key, title, licence, credit, url, synthetic: false };
    Import::new("t", source, ["test".to_owned(), "0".to_owned()])
}

#[test]
fn an_import_has_the_same_structures_on_any_number_of_threads() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("b.gml");
    let many: String = (0..40).map(|i| bridge(&format!("b{i}"), &lod2(&shell()))).collect();
    std::fs::write(&path, file(&many)).expect("written");
    let packs = [1, 3].map(|threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
        let pack =
            pool.install(|| import().run(std::slice::from_ref(&path), |_, _| ControlFlow::Continue(())));
        pack.expect("a pack").city
    });
    let bytes = packs.each_ref().map(|pack| pack.to_bytes().expect("bytes"));
    assert!(bytes[0] == bytes[1], "the number of threads shows");
    let city = &packs[0].city;
    assert_eq!((city.structures.records.len(), city.structures.solids.len()), (40, 120));
    assert_eq!(city.about.frame.origin_height_m, 34.5);
    assert_eq!(solids(&city.structures, "b7")[0], [152.0, 5.9, 6.5]);
    assert_eq!(packs[0].objects.objects().count(), 40, "they stay objects too");
}

/// Damaged copies: digits and marks changed at random. Never a panic, and what comes out can be packed.
#[test]
fn damaged_bridges_never_panic() {
    let whole = file(&(bridge("a", &lod2(&shell())) + &bridge("b", &lod2(&plate(DECK, 40.4, 41.0)))));
    let rules = Rules::default();
    let mut seed = 0x2545_f491_4f6c_dd1d_u64;
    let mut random = |below: usize| {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        (seed % below as u64) as usize
    };
    let (mut read, mut made) = (0, 0);
    for round in 0..800 {
        let mut bytes = whole.clone().into_bytes();
        for _ in 0..1 + random(6) {
            let at = random(bytes.len());
            // Three of four rounds damage only numbers, so that most of them are read.
            if round % 4 == 0 || (bytes[at].is_ascii_digit() && at > 600) {
                bytes[at] = b"0123456789.-e <>/\"&\xff"[random(if round % 4 == 0 { 20 } else { 14 })];
            }
        }
        let files = [StructureFile { name: "b.gml", bytes: &bytes }];
        let Ok((structures, _)) = assemble_structures(&files, &frame(), &rules) else { continue };
        read += 1;
        made += structures.solids.len();
        let about = futago_model::About {
            name_ja: String::new(),
            name_en: String::new(),
            frame: frame(),
            bounds_m: [0.0; 4],
            ground: futago_model::Ground::Constant { height_tp_m: 35.0, note: String::new() },
            sources: Vec::new(),
        };
        let mut city = futago_model::CityModel::empty(about);
        city.structures = structures;
        let pack = futago_pack::Pack {
            city,
            build: Default::default(),
            report: Report::default(),
            objects: Default::default(),
        };
        pack.to_bytes().expect("sound structures");
    }
    assert!(read > 100 && made > 300, "{read} were read, {made} solids were made");
}

/// The bridges of Nishi-Shinjuku, where the data is.
#[test]
fn real_decks_lie_over_their_streets() {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../../shared/data/plateau");
    let path: PathBuf = data.join("shinjuku_53394525/udx/brid/53394525_brid_6697_op.gml");
    let Ok(bytes) = std::fs::read(&path) else {
        return eprintln!("SKIPPED: {} is not there", path.display());
    };
    let files = [StructureFile { name: "brid.gml", bytes: &bytes }];
    let (all, report) = assemble_structures(&files, &frame(), &Rules::default()).expect("structures");
    assert_eq!(all.records.len(), 21);
    assert_eq!(
        report.counts().into_iter().find(|(code, _)| *code == "no-geometry").map(|(_, n)| n),
        Some(38)
    );
    for (code, count) in report.counts() {
        eprintln!("{count:>5} {code}");
    }
    for record in &all.records {
        let decks: Vec<_> = all.solids_of(record).iter().collect();
        let area = |floating: bool| {
            let some = decks.iter().filter(|s| (s.bottom_m > 0.0) == floating);
            some.map(|s| all.polygons.get(s.polygon).area_m2()).sum::<f64>()
        };
        let largest = decks.iter().max_by(|a, b| {
            let area = |s: &futago_model::StructureSolid| all.polygons.get(s.polygon).area_m2();
            area(a).total_cmp(&area(b))
        });
        let largest = largest.expect("solids");
        eprintln!(
            "{:<46} foot {:.2} solids {:>4} triangles {:>5} floating {:>6.0} m2 standing {:>6.0} m2 largest {:.2} to {:.2} top {:.2} flags {}",
            all.id_of(record),
            record.foot_tp_m,
            decks.len(),
            record.triangle_count,
            area(true),
            area(false),
            largest.bottom_m,
            largest.top_m,
            all.top_of(record),
            record.flags.0,
        );
    }
    let floating = all.solids.iter().filter(|s| s.bottom_m > 0.0).count();
    assert!(floating > 50, "{floating}");
}
