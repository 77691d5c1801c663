//! Station floors and walking networks, GeoJSON in plane metres.

use crate::GeoJsonError;
use crate::collection::System;
use crate::kinds::read_in;
use crate::shape::Shape;
use futago_raw::{Raw, RawFloorPart, RawWalkLink, RawWalkNode};

/// Reads nodes of a pedestrian network in the plane system of this EPSG code (`Shinjuku_node.geojson`).
///
/// # Errors
/// When the bytes are not a FeatureCollection, or say that they are in another system.
pub fn read_walk_nodes(bytes: &[u8], file: &str, epsg: u32) -> Result<Raw<RawWalkNode>, GeoJsonError> {
    read_in(System::Plane(epsg), bytes, file, "Point", |index, _, properties, shape, report| {
        let Shape::Points(points) = shape else { return None };
        let [at] = points.as_slice() else { return None };
        Some(RawWalkNode {
            index,
            id: properties.text("node_id", report),
            at: *at,
            ordinal: properties.number("ordinal", report),
            in_out: properties.code("in_out", report),
        })
    })
}

/// Reads links of a pedestrian network in the plane system of this EPSG code (`Shinjuku_link.geojson`).
///
/// # Errors
/// When the bytes are not a FeatureCollection, or say that they are in another system.
pub fn read_walk_links(bytes: &[u8], file: &str, epsg: u32) -> Result<Raw<RawWalkLink>, GeoJsonError> {
    read_in(System::Plane(epsg), bytes, file, "LineString", |index, _, properties, shape, report| {
        let Shape::Lines(mut lines) = shape else { return None };
        let line = if lines.len() == 1 { lines.pop()? } else { return None };
        Some(RawWalkLink {
            index,
            id: properties.text("link_id", report),
            start_id: properties.text("start_id", report),
            end_id: properties.text("end_id", report),
            distance_m: properties.number("distance", report),
            structure: properties.code("rt_struct", report),
            route_type: properties.code("route_type", report),
            direction: properties.code("direction", report),
            width: properties.code("width", report),
            slope: properties.code("vtcl_slope", report),
            step: properties.code("lev_diff", report),
            elevator: properties.code("elevator", report),
            roof: properties.code("roof", report),
            line,
        })
    })
}

/// Reads floors, spaces or fixtures in the plane system of this EPSG code (`..._Floor.geojson` and so on).
///
/// # Errors
/// When the bytes are not a FeatureCollection, or say that they are in another system.
pub fn read_floor_parts(bytes: &[u8], file: &str, epsg: u32) -> Result<Raw<RawFloorPart>, GeoJsonError> {
    read_in(System::Plane(epsg), bytes, file, "Polygon", |index, _, properties, shape, report| {
        let Shape::Polygons(parts) = shape else { return None };
        Some(RawFloorPart {
            index,
            id: properties.text("id", report),
            floor_id: properties.text("floor_id", report),
            name: properties.text("name", report).filter(|name| name != "不明"),
            category: properties.text("category", report),
            ordinal: properties.number("ordinal", report),
            restricted: properties.code("restricted", report),
            toll: properties.code("toll", report),
            parts,
        })
    })
}
