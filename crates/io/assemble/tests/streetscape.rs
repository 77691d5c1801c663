//! Roads, railways, water and green of CityGML files to areas and lines on the ground.

use std::ops::ControlFlow;

use futago_assemble::Import;
use futago_model::{AreaKind, CityModel, Source, StreetClass};

/// West, south, east, north, height T.P., metres, as a ring from the middle of the district; clockwise when turned.
fn ring([west, south, east, north, z]: [f64; 5], turned: bool) -> String {
    let mut corners = [[west, south], [east, south], [east, north], [west, north], [west, south]];
    if turned {
        corners.reverse();
    }
    let list: Vec<String> =
        corners.iter().map(|[e, n]| format!("{} {} {z}", -34_500.0 + n, -12_800.0 + e)).collect();
    let list = list.join(" ");
    format!("<gml:LinearRing><gml:posList>{list}</gml:posList></gml:LinearRing>")
}

fn polygon(at: [f64; 5], turned: bool) -> String {
    format!(
        "<gml:surfaceMember><gml:Polygon><gml:exterior>{}</gml:exterior></gml:Polygon></gml:surfaceMember>",
        ring(at, turned)
    )
}

fn faces(property: &str, polygons: &str) -> String {
    format!("<{property}><gml:MultiSurface>{polygons}</gml:MultiSurface></{property}>")
}

/// Part of a road by kind and code of its function.
fn traffic(kind: &str, list: &str, code: &str, at: [f64; 5]) -> String {
    let role = match kind {
        "TrafficArea" => "trafficArea",
        _ => "auxiliaryTrafficArea",
    };
    format!(
        r#"<tran:{role}><tran:{kind}><tran:function codeSpace="../../codelists/{list}.xml">{code}</tran:function>{}</tran:{kind}></tran:{role}>"#,
        faces("tran:lod2MultiSurface", &polygon(at, false))
    )
}

fn imported(members: &str) -> (CityModel, Vec<String>) {
    let text = format!(
        r#"<core:CityModel xmlns:core="http://www.opengis.net/citygml/2.0" xmlns:gml="http://www.opengis.net/gml" xmlns:tran="http://www.opengis.net/citygml/transportation/2.0" xmlns:wtr="http://www.opengis.net/citygml/waterbody/2.0" xmlns:veg="http://www.opengis.net/citygml/vegetation/2.0">
        <gml:boundedBy><gml:Envelope srsName="http://www.opengis.net/def/crs/EPSG/0/10170" srsDimension="3"><gml:lowerCorner>-34600 -12900 30</gml:lowerCorner><gml:upperCorner>-34400 -12700 50</gml:upperCorner></gml:Envelope></gml:boundedBy>{members}</core:CityModel>"#
    );
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("city.gml");
    std::fs::write(&path, text).expect("written");
    let [key, title, licence, credit, url] = ["t", "T", "CC0", "nobody", ""].map(str::to_owned);
    let source = Source { key, title, licence, credit, url, synthetic: false };
    let import = Import::new("t", source, ["test".to_owned(), "0".to_owned()]);
    let pack =
        import.run(&[path], |_, _| ControlFlow::Continue(())).unwrap_or_else(|error| panic!("{error}"));
    let read = futago_pack::Pack::read(&pack.city.to_bytes().expect("a pack")).expect("the same pack");
    assert_eq!(read.city.streets, pack.city.city.streets, "a pack keeps them");
    (pack.city.city, pack.city.report.entries.into_iter().map(|entry| entry.code).collect())
}

fn member(object: &str) -> String {
    format!("<core:cityObjectMember>{object}</core:cityObjectMember>")
}

fn areas(city: &CityModel) -> Vec<(AreaKind, f64)> {
    let of = |area: &futago_model::Area| {
        (AreaKind::from_number(area.kind), city.streets.polygons.get(area.polygon).area_m2())
    };
    city.streets.areas.iter().map(of).collect()
}

#[test]
fn a_road_is_its_parts_where_it_has_some_and_whole_where_not() {
    let parts = [
        traffic("TrafficArea", "TrafficArea_function", "1010", [0.0, 0.0, 50.0, 6.0, 33.0]),
        traffic("TrafficArea", "TrafficArea_function", "2000", [0.0, 6.0, 50.0, 9.0, 33.1]),
        traffic(
            "AuxiliaryTrafficArea",
            "AuxiliaryTrafficArea_function",
            "1100",
            [0.0, -1.0, 50.0, 0.0, 33.1],
        ),
    ]
    .concat();
    let whole = |at| faces("tran:lod1MultiSurface", &polygon(at, true));
    let detailed = format!(
        r#"<tran:Road gml:id="r1"><gml:name>十二社通り</gml:name>{}{parts}</tran:Road>"#,
        whole([0.0, -1.0, 50.0, 9.0, 0.0])
    );
    let plain = format!(r#"<tran:Road gml:id="r2">{}</tran:Road>"#, whole([60.0, 0.0, 70.0, 10.0, 0.0]));
    let (city, codes) = imported(&(member(&detailed) + &member(&plain)));
    assert_eq!(
        areas(&city),
        [
            (AreaKind::Roadway, 300.0),
            (AreaKind::Pavement, 150.0),
            (AreaKind::LandUse, 50.0),
            (AreaKind::Roadway, 100.0)
        ]
    );
    assert!(city.streets.records.is_empty(), "no line is in the file");
    assert!(codes.contains(&"wrong-orientation".to_owned()), "{codes:?}");
}

#[test]
fn a_network_of_level_0_is_lines_with_a_name() {
    let line = "<gml:LineString><gml:posList>-34500 -12800 0 -34500 -12800 0 -34500 -12760 0 -34470 -12760 0</gml:posList></gml:LineString>";
    let network = format!(
        "<tran:lod0Network><gml:GeometricComplex><gml:element>{line}</gml:element></gml:GeometricComplex></tran:lod0Network>"
    );
    let road = format!(r#"<tran:Road gml:id="r"><gml:name>青梅街道</gml:name>{network}</tran:Road>"#);
    let rail = format!(r#"<tran:Railway gml:id="s">{network}</tran:Railway>"#);
    let (city, _) = imported(&(member(&road) + &member(&rail)));
    let classes: Vec<StreetClass> =
        city.streets.records.iter().map(|record| StreetClass::from_number(record.class)).collect();
    assert_eq!(classes, [StreetClass::Local, StreetClass::Rail]);
    assert_eq!(city.streets.strings.get(city.streets.records[0].name), Some("青梅街道"));
    assert_eq!(city.streets.line_mm(0).len(), 3, "a place that is repeated counts once");
    assert!((city.streets.length_m(0) - 70.0).abs() < 1e-9);
    assert!(city.streets.areas.is_empty());
}

#[test]
fn water_and_trees_are_areas_and_bodies_count_from_above() {
    let pond = format!(
        r#"<wtr:WaterBody gml:id="w">{}</wtr:WaterBody>"#,
        faces("wtr:lod1MultiSurface", &polygon([0.0, 0.0, 20.0, 10.0, 30.0], false))
    );
    // Top, underside and one side of a block of trees.
    let side = "<gml:surfaceMember><gml:Polygon><gml:exterior><gml:LinearRing><gml:posList>-34500 -12800 30 -34500 -12790 30 -34500 -12790 40 -34500 -12800 40 -34500 -12800 30</gml:posList></gml:LinearRing></gml:exterior></gml:Polygon></gml:surfaceMember>";
    let block = [
        polygon([0.0, 0.0, 10.0, 10.0, 40.0], false),
        polygon([0.0, 0.0, 10.0, 10.0, 30.0], true),
        side.to_owned(),
    ]
    .concat();
    let solid = format!(
        "<gml:solidMember><gml:Solid><gml:exterior><gml:CompositeSurface>{block}</gml:CompositeSurface></gml:exterior></gml:Solid></gml:solidMember>"
    );
    let trees = format!(
        r#"<veg:PlantCover gml:id="v"><veg:lod1MultiSolid><gml:MultiSolid>{solid}</gml:MultiSolid></veg:lod1MultiSolid></veg:PlantCover>"#
    );
    let (city, codes) = imported(&(member(&pond) + &member(&trees)));
    assert_eq!(areas(&city), [(AreaKind::Water, 200.0), (AreaKind::Wood, 100.0)]);
    assert!(!codes.contains(&"zero-area".to_owned()), "an upright face is no defect: {codes:?}");
}
