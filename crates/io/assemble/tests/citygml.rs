//! Buildings of a small CityGML file to solids.

use futago_assemble::{CityGmlBuildings, Rules, assemble_buildings};
use futago_citygml::{Limits, read};
use futago_field::Report;
use futago_model::{BuildingFlags, Buildings};

/// A closed ring of a square: south-west corner in degrees, side in degrees, height.
fn square([lat, lon]: [f64; 2], side: f64, height: f64) -> String {
    let at = |north: f64, east: f64| format!("{} {} {height}", lat + north * side, lon + east * side);
    let ring = [at(0.0, 0.0), at(0.0, 1.0), at(1.0, 1.0), at(1.0, 0.0), at(0.0, 0.0)].join(" ");
    format!(
        "<gml:MultiSurface><gml:surfaceMember><gml:Polygon><gml:exterior><gml:LinearRing><gml:posList>{ring}</gml:posList></gml:LinearRing></gml:exterior></gml:Polygon></gml:surfaceMember></gml:MultiSurface>"
    )
}

fn file(buildings: &str) -> String {
    format!(
        r#"<core:CityModel xmlns:core="http://www.opengis.net/citygml/2.0" xmlns:gml="http://www.opengis.net/gml" xmlns:bldg="http://www.opengis.net/citygml/building/2.0" xmlns:tran="http://www.opengis.net/citygml/transportation/2.0">
        <gml:boundedBy><gml:Envelope srsName="EPSG:6697" srsDimension="3"/></gml:boundedBy>{buildings}</core:CityModel>"#
    )
}

fn building(id: &str, content: &str) -> String {
    format!(
        r#"<core:cityObjectMember><bldg:Building gml:id="{id}">{content}</bldg:Building></core:cityObjectMember>"#
    )
}

fn city(text: &str) -> (Buildings, Report, f64) {
    let raw = read(text.as_bytes(), "t.gml", &Limits::default()).expect("CityGML");
    let mut gathered = CityGmlBuildings::default();
    raw.objects.iter().for_each(|object| gathered.add(object, "t.gml"));
    let (files, placement) = gathered.finish("t.gml").expect("buildings");
    let (buildings, report) =
        assemble_buildings(&files, &placement.frame, &Rules::default()).expect("a city");
    assert_eq!(placement.frame.epsg, 6677);
    (buildings, report, placement.ground_tp_m.expect("a ground"))
}

#[test]
fn every_level_of_detail_becomes_solids() {
    let at = [35.69, 139.69];
    let lod0 = format!(
        "<bldg:measuredHeight uom=\"m\">9.5</bldg:measuredHeight><bldg:lod0RoofEdge>{}</bldg:lod0RoofEdge>",
        square(at, 1e-4, 0.0)
    );
    let lod1 = format!(
        "<bldg:lod1MultiSurface>{}</bldg:lod1MultiSurface><bldg:lod1MultiSurface>{}</bldg:lod1MultiSurface>",
        square(at, 1e-4, 30.0),
        square(at, 1e-4, 42.0)
    );
    let face = |part: &str, height: f64, at, side| {
        format!(
            "<bldg:boundedBy><bldg:{part}><bldg:lod2MultiSurface>{}</bldg:lod2MultiSurface></bldg:{part}></bldg:boundedBy>",
            square(at, side, height)
        )
    };
    let lod2 = face("GroundSurface", 30.0, at, 2e-4)
        + &face("RoofSurface", 35.0, at, 2e-4)
        + &face("RoofSurface", 130.0, at, 1e-4);
    let road = r#"<core:cityObjectMember><tran:Road gml:id="r"/></core:cityObjectMember>"#;
    let text = file(
        &(building("flat", &lod0)
            + &building("box", &lod1)
            + &building("tower", &lod2)
            + road
            + &building("none", "")),
    );
    let (city, report, ground) = city(&text);
    assert_eq!(ground, 30.0);
    let solids = |id: &str| {
        let record = &city.records[city.find(id).unwrap_or_else(|| panic!("no {id}"))];
        let first = record.first_solid as usize;
        let tops: Vec<f32> =
            city.solids[first..first + record.solid_count as usize].iter().map(|s| s.top_m).collect();
        (tops, record.flags.has(BuildingFlags::LOD2))
    };
    assert_eq!(solids("flat"), (vec![9.5], false));
    assert_eq!(solids("box"), (vec![12.0], false));
    assert_eq!(solids("tower"), (vec![5.0, 100.0], true));
    let codes: Vec<_> =
        report.entries.iter().map(|entry| (entry.code.as_str(), entry.feature.as_str())).collect();
    assert!(
        codes.contains(&("no-outline", "none")) && codes.contains(&("not-imported", "tran:Road")),
        "{codes:?}"
    );
    let area = city.polygons.get(city.records[city.find("flat").expect("flat")].footprint).area_m2();
    assert!((area / (11.1 * 9.05) - 1.0).abs() < 0.01, "{area} m2");
}
