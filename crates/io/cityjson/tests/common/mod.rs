//! Fixtures and what tests ask of them. Not every test needs every one of them.
#![allow(dead_code)]

use futago_cityjson::{CityJsonError, Limits, read};
use futago_raw::{NodeView, RawCity, RawObject};

pub const HOUSE: &str = include_str!("../data/house-2.0.city.json");
pub const STREET: &str = include_str!("../data/street-1.1.city.json");
pub const OLD: &str = include_str!("../data/old-1.0.city.json");
pub const PAINTED: &str = include_str!("../data/painted-2.0.city.json");
pub const SEQUENCE: &str = include_str!("../data/two-2.0.city.jsonl");
pub const ALL: [&str; 5] = [HOUSE, STREET, OLD, PAINTED, SEQUENCE];

/// Reads a text.
pub fn city(text: &str) -> RawCity {
    try_city(text).unwrap_or_else(|error| panic!("{error}"))
}

/// Reads a text that may be bad.
pub fn try_city(text: &str) -> Result<RawCity, CityJsonError> {
    read(text.as_bytes(), "t.json", &Limits::default())
}

/// The codes of the Report.
pub fn codes(city: &RawCity) -> Vec<&str> {
    city.report.entries.iter().map(|entry| entry.code.as_str()).collect()
}

/// An object by its id.
pub fn object<'c>(city: &'c RawCity, id: &str) -> &'c RawObject {
    city.objects.iter().find(|object| object.id() == Some(id)).unwrap_or_else(|| panic!("no {id}"))
}

/// A part of an object by its name.
pub fn part<'c>(object: &'c RawObject, name: &str) -> NodeView<'c> {
    object.parts().find(|part| part.name() == name).unwrap_or_else(|| panic!("no {name}"))
}

/// Texts of the children of a name.
pub fn texts<'c>(node: NodeView<'c>, name: &str) -> Vec<&'c str> {
    node.children().filter(|child| child.name() == name).map(NodeView::text).collect()
}

/// The corners of the first ring below a property of a node.
pub fn corners<'c>(object: &'c RawObject, node: NodeView<'c>, property: &str) -> &'c [[f64; 3]] {
    let geometry = node.child(property).and_then(|node| node.geometries().next()).expect("a geometry");
    let surface = object.shapes.surfaces_of(geometry).first().expect("a surface");
    object.shapes.at(&object.shapes.rings_of(surface)[0].positions)
}

/// Whether two positions are the same to a tenth of a millimetre.
pub fn near(a: [f64; 3], b: [f64; 3]) -> bool {
    a.iter().zip(b).all(|(a, b)| (a - b).abs() < 1e-9 * (1.0 + b.abs()))
}

/// A file with one building with these geometries, on the eight corners of a cube, on a plane system.
pub fn with_geometry(geometry: &str) -> String {
    format!(
        r#"{{"type":"CityJSON","version":"2.0","transform":{{"scale":[1,1,1],"translate":[0,0,0]}},
        "metadata":{{"referenceSystem":"https://www.opengis.net/def/crs/EPSG/0/6677"}},
        "CityObjects":{{"z":{{"type":"Building","geometry":[{{"type":"Solid","lod":"1","boundaries":[[[[0,3,2,1]],
        [[4,5,6,7]],[[0,1,5,4]],[[1,2,6,5]],[[2,3,7,6]],[[3,0,4,7]]]]}}]}},"a":{{"type":"Building","geometry":{geometry}}}}},
        "vertices":[[0,0,0],[1,0,0],[1,1,0],[0,1,0],[0,0,1],[1,0,1],[1,1,1],[0,1,1],[0,0,1e300],[5,5],[9e6,0,0]]}}"#
    )
}
