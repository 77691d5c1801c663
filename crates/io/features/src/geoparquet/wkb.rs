//! Geometries in WKB.

use geo_traits::{
    CoordTrait, GeometryCollectionTrait, GeometryTrait, GeometryType, LineStringTrait, MultiLineStringTrait,
    MultiPointTrait, MultiPolygonTrait, PointTrait, PolygonTrait,
};

use crate::shape::{Polygon, Shape, Vertex};

/// The shape of a geometry; the problem when it is broken or of a kind that is not read.
pub(super) fn shape(bytes: &[u8], depth: usize) -> Result<Shape, String> {
    let geometry =
        wkb::reader::read_wkb(bytes).map_err(|error| format!("its geometry cannot be read ({error})"))?;
    let mut shape = Shape::default();
    add(&geometry, &mut shape, depth)?;
    Ok(shape)
}

fn add(geometry: &impl GeometryTrait<T = f64>, shape: &mut Shape, depth: usize) -> Result<(), String> {
    let deeper = depth.checked_sub(1).ok_or("its geometries are too deep inside each other")?;
    match geometry.as_type() {
        GeometryType::Point(point) => shape.points.extend(vertex_of(point)),
        GeometryType::MultiPoint(points) => {
            shape.points.extend(points.points().filter_map(|point| vertex_of(&point)));
        }
        GeometryType::LineString(one) => shape.lines.push(line(one)),
        GeometryType::MultiLineString(lines) => {
            shape.lines.extend(lines.line_strings().map(|one| line(&one)));
        }
        GeometryType::Polygon(one) => shape.polygons.extend(polygon(one)),
        GeometryType::MultiPolygon(polygons) => {
            shape.polygons.extend(polygons.polygons().filter_map(|one| polygon(&one)));
        }
        GeometryType::GeometryCollection(all) => {
            for one in all.geometries() {
                add(&one, shape, deeper)?;
            }
        }
        _ => return Err("its geometry is of a kind that is not read".to_owned()),
    }
    Ok(())
}

/// A point; none when it is empty, which WKB writes as NaN.
fn vertex_of(point: &impl PointTrait<T = f64>) -> Option<Vertex> {
    point.coord().map(|coord| vertex(&coord)).filter(|[x, y, _]| !(x.is_nan() && y.is_nan()))
}

fn vertex(coord: &impl CoordTrait<T = f64>) -> Vertex {
    let has_height = matches!(coord.dim(), geo_traits::Dimensions::Xyz | geo_traits::Dimensions::Xyzm);
    [coord.x(), coord.y(), coord.nth(2).filter(|_| has_height).unwrap_or_default()]
}

fn line(line: &impl LineStringTrait<T = f64>) -> Vec<Vertex> {
    line.coords().map(|coord| vertex(&coord)).collect()
}

fn polygon(polygon: &impl PolygonTrait<T = f64>) -> Option<Polygon> {
    let outside = line(&polygon.exterior()?);
    Some(std::iter::once(outside).chain(polygon.interiors().map(|ring| line(&ring))).collect())
}
