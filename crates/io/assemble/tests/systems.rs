//! One building in many coordinate systems and formats: it comes to stand in the same place.

use std::ops::ControlFlow;

use futago_assemble::Import;
use futago_geodesy::{Axes, Crs, LonLat, MapSystem};
use futago_model::Source;

/// South-west corner and size of the building, degrees.
const CORNER: [f64; 2] = [139.69, 35.69];
const SIDE: f64 = 2e-4;

/// Files have millimetres, or degrees to the ninth digit; the model rounds to millimetres.
const NEAR_M: f64 = 0.003;

/// Corners of the building in the numbers of a system, east first.
fn corners(epsg: u32) -> Vec<[f64; 2]> {
    let system = MapSystem::from_epsg(epsg).expect("a known system");
    let [lon, lat] = CORNER;
    let steps = [[0.0, 0.0], [SIDE, 0.0], [SIDE, SIDE], [0.0, SIDE], [0.0, 0.0]];
    let at = |[east, north]: [f64; 2]| LonLat::new(lon + east, lat + north).expect("a place");
    steps.map(|step| system.xy_from_lonlat(at(step)).expect("within the system")).to_vec()
}

fn joined(corners: &[[f64; 2]], between: &str, write: impl Fn([f64; 2]) -> String) -> String {
    corners.iter().map(|at| write(*at)).collect::<Vec<_>>().join(between)
}

/// Positions in the order that EPSG gives the system.
fn city_gml(epsg: u32) -> String {
    let first_north = Crs { epsg }.axes() != Axes::EastNorth;
    let ring = joined(&corners(epsg), " ", |[east, north]| {
        let [a, b] = if first_north { [north, east] } else { [east, north] };
        format!("{a:.9} {b:.9} 0")
    });
    format!(
        r#"<core:CityModel xmlns:core="http://www.opengis.net/citygml/2.0" xmlns:gml="http://www.opengis.net/gml" xmlns:bldg="http://www.opengis.net/citygml/building/2.0">
        <gml:boundedBy><gml:Envelope srsName="http://www.opengis.net/def/crs/EPSG/0/{epsg}" srsDimension="3"/></gml:boundedBy>
        <core:cityObjectMember><bldg:Building gml:id="b"><bldg:measuredHeight uom="m">12</bldg:measuredHeight>
        <bldg:lod0RoofEdge><gml:MultiSurface><gml:surfaceMember><gml:Polygon><gml:exterior><gml:LinearRing><gml:posList>{ring}</gml:posList></gml:LinearRing></gml:exterior></gml:Polygon></gml:surfaceMember></gml:MultiSurface></bldg:lod0RoofEdge>
        </bldg:Building></core:cityObjectMember></core:CityModel>"#
    )
}

fn city_json(epsg: u32) -> String {
    let corners = corners(epsg);
    let vertices = joined(&corners[..4], ",", |[x, y]| format!("[{x:.9},{y:.9},0]"));
    format!(
        r#"{{"type":"CityJSON","version":"1.0","metadata":{{"referenceSystem":"urn:ogc:def:crs:EPSG::{epsg}"}},
        "CityObjects":{{"b":{{"type":"Building","attributes":{{"measuredHeight":12}},"geometry":[
        {{"type":"MultiSurface","lod":0,"boundaries":[[[0,1,2,3]]],"semantics":{{"surfaces":[{{"type":"RoofSurface"}}],"values":[0]}}}}]}}}},"vertices":[{vertices}]}}"#
    )
}

fn geo_json(epsg: u32) -> String {
    let ring = joined(&corners(epsg), ",", |[x, y]| format!("[{x:.9},{y:.9}]"));
    format!(
        r#"{{"type":"FeatureCollection","crs":{{"type":"name","properties":{{"name":"urn:ogc:def:crs:EPSG::{epsg}"}}}},
        "features":[{{"type":"Feature","properties":{{"id":"b","height":12}},"geometry":{{"type":"Polygon","coordinates":[[{ring}]]}}}}]}}"#
    )
}

fn import() -> Import {
    let [key, title, licence, credit, url] = ["t", "T", "CC0", "nobody", ""].map(str::to_owned);
    let source = Source { key, title, licence, credit, url, synthetic: false };
    Import::new("t", source, ["test".to_owned(), "0".to_owned()])
}

/// Longitude and latitude of the corners of the one building.
fn imported(name: &str, text: &str) -> Vec<LonLat> {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join(name);
    std::fs::write(&path, text).expect("written");
    let pack = import().run(&[path], |_, _| ControlFlow::Continue(())).expect("a pack").city;
    let (frame, buildings) = (&pack.city.about.frame, &pack.city.buildings);
    assert_eq!(buildings.records.len(), 1, "{name}: {:?}", pack.report.entries);
    let ring = buildings.polygons.get(buildings.records[0].footprint).rings_m().next().expect("an outline");
    ring.iter().map(|at| frame.lonlat_from_site(*at).expect("a place")).collect()
}

fn holds(epsg: u32) {
    let files = [("b.gml", city_gml(epsg)), ("b.city.json", city_json(epsg)), ("b.geojson", geo_json(epsg))];
    for (name, text) in files {
        let found = imported(name, &text);
        assert_eq!(found.len(), 4, "EPSG:{epsg} {name}");
        for at in found {
            let [east, north] = [(at.lon_deg, CORNER[0]), (at.lat_deg, CORNER[1])].map(|(found, corner)| {
                let off = (found - corner).abs();
                off.min((off - SIDE).abs()) * 111_400.0
            });
            assert!(east < NEAR_M && north < NEAR_M, "EPSG:{epsg} {name}: {east} m east, {north} m north");
        }
    }
}

#[test]
fn a_building_stands_in_the_same_place_in_every_system() {
    for epsg in [6668, 4326, 6677, 6676, 2451, 6691, 3100, 32654, 3857] {
        holds(epsg);
    }
}

/// The Tokyo datum in degrees and in zone IX; JGD2011 in the cylinder of World Mercator.
#[cfg(feature = "proj")]
#[test]
fn systems_that_only_proj_knows_are_read_too() {
    for epsg in [4301, 30169, 3395] {
        holds(epsg);
    }
}
