//! Small files, made by hand. Not every test needs every one of them.
#![allow(dead_code)]

use futago_citygml::{CityGmlError, Limits, read};
use futago_raw::{RawCity, RawObject};

/// A file with these members, in EPSG:6697.
pub fn model(members: &str) -> String {
    format!(
        r##"<?xml version="1.0" encoding="UTF-8"?>
<core:CityModel xmlns:core="http://www.opengis.net/citygml/2.0" xmlns:gml="http://www.opengis.net/gml"
  xmlns:bldg="http://www.opengis.net/citygml/building/2.0" xmlns:gen="http://www.opengis.net/citygml/generics/2.0"
  xmlns:app="http://www.opengis.net/citygml/appearance/2.0" xmlns:dem="http://www.opengis.net/citygml/relief/2.0"
  xmlns:frn="http://www.opengis.net/citygml/cityfurniture/2.0" xmlns:xlink="http://www.w3.org/1999/xlink"
  xmlns:grp="http://www.opengis.net/citygml/cityobjectgroup/2.0"
  xmlns:uro="https://www.geospatial.jp/iur/uro/3.2">
  <gml:boundedBy><gml:Envelope srsName="http://www.opengis.net/def/crs/EPSG/0/6697" srsDimension="3">
    <gml:lowerCorner>35 139 0</gml:lowerCorner><gml:upperCorner>36 140 9</gml:upperCorner>
  </gml:Envelope></gml:boundedBy>
  {members}
</core:CityModel>
"##
    )
}

/// One member.
pub fn member(object: &str) -> String {
    format!("<core:cityObjectMember>{object}</core:cityObjectMember>")
}

/// A polygon with an id, at a height.
pub fn polygon(id: &str, height: f64) -> String {
    format!(
        r#"<gml:Polygon gml:id="{id}"><gml:exterior><gml:LinearRing><gml:posList>35.1 139.1 {height} 35.1 139.2 {height} 35.2 139.2 {height} 35.1 139.1 {height}</gml:posList></gml:LinearRing></gml:exterior></gml:Polygon>"#
    )
}

/// A building with a roof, a solid that refers to it, attributes and an address.
pub fn building(id: &str) -> String {
    let roof = polygon(&format!("{id}-roof"), 12.5);
    member(&format!(
        r##"<bldg:Building gml:id="{id}">
  <gml:name>都庁 &amp; <![CDATA[<塔>]]></gml:name>
  <gen:stringAttribute name="備考"><gen:value>a &lt; b</gen:value></gen:stringAttribute>
  <bldg:measuredHeight uom="m"> 12.5 </bldg:measuredHeight>
  <bldg:lod2Solid><gml:Solid><gml:exterior><gml:CompositeSurface>
    <gml:surfaceMember xlink:href="#{id}-roof"/>
  </gml:CompositeSurface></gml:exterior></gml:Solid></bldg:lod2Solid>
  <bldg:boundedBy><bldg:RoofSurface gml:id="{id}-r"><bldg:lod2MultiSurface><gml:MultiSurface>
    <gml:surfaceMember>{roof}</gml:surfaceMember>
  </gml:MultiSurface></bldg:lod2MultiSurface></bldg:RoofSurface></bldg:boundedBy>
  <uro:buildingIDAttribute><uro:BuildingIDAttribute>
    <uro:buildingID>13104-bldg-1</uro:buildingID><uro:city codeSpace="../../codelists/x.xml">13104</uro:city>
  </uro:BuildingIDAttribute></uro:buildingIDAttribute>
</bldg:Building>"##
    ))
}

/// Reads a text.
pub fn city(text: &str) -> RawCity {
    try_city(text).expect("a city")
}

/// Reads a text that may be bad.
pub fn try_city(text: &str) -> Result<RawCity, CityGmlError> {
    read(text.as_bytes(), "t.gml", &Limits::default())
}

/// The only object of a file with this member.
pub fn object(member_text: &str) -> (RawObject, Vec<String>) {
    let mut city = city(&model(&member(member_text)));
    let codes = codes(&city);
    assert_eq!(city.objects.len(), 1);
    (city.objects.remove(0), codes)
}

/// The codes of the Report.
pub fn codes(city: &RawCity) -> Vec<String> {
    city.report.entries.iter().map(|entry| entry.code.clone()).collect()
}
