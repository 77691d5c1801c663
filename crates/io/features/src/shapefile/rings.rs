//! Shapes of a Shapefile. Its polygons are rings without order: outsides run clockwise, holes the other way.

use shapefile::record::traits::{HasXY, HasZ};
use shapefile::{Patch, PointZ, PolygonRing, Shape as Record, ShapeType};

use crate::shape::{Polygon, Shape, Vertex, doubled_area};

/// Whether shapes of a type are polygons or faces.
pub(super) fn has_polygons(kind: ShapeType) -> bool {
    use ShapeType::{Multipatch, Polygon, PolygonM, PolygonZ};
    matches!(kind, Polygon | PolygonM | PolygonZ | Multipatch)
}

/// A record as a shape; a null shape has nothing in it.
pub(super) fn shape(record: Record) -> Shape {
    let mut shape = Shape::default();
    match record {
        Record::NullShape => {}
        Record::Point(point) => shape.points.push(flat(&point)),
        Record::PointM(point) => shape.points.push(flat(&point)),
        Record::PointZ(point) => shape.points.push(high(&point)),
        Record::Multipoint(points) => shape.points.extend(points.points().iter().map(flat)),
        Record::MultipointM(points) => shape.points.extend(points.points().iter().map(flat)),
        Record::MultipointZ(points) => shape.points.extend(points.points().iter().map(high)),
        Record::Polyline(line) => shape.lines.extend(line.parts().iter().map(|part| all(part, flat))),
        Record::PolylineM(line) => shape.lines.extend(line.parts().iter().map(|part| all(part, flat))),
        Record::PolylineZ(line) => shape.lines.extend(line.parts().iter().map(|part| all(part, high))),
        Record::Polygon(polygon) => shape.polygons = polygons(polygon.rings(), flat),
        Record::PolygonM(polygon) => shape.polygons = polygons(polygon.rings(), flat),
        Record::PolygonZ(polygon) => shape.polygons = polygons(polygon.rings(), high),
        Record::Multipatch(patches) => shape.polygons = faces(patches.patches()),
    }
    shape
}

fn flat(point: &impl HasXY) -> Vertex {
    [point.x(), point.y(), 0.0]
}

fn high(point: &PointZ) -> Vertex {
    [point.x(), point.y(), point.z()]
}

fn all<P>(points: &[P], vertex: impl Fn(&P) -> Vertex) -> Vec<Vertex> {
    points.iter().map(vertex).collect()
}

/// Rings as polygons: a hole belongs to the outside that it lies in. Holes that lie in none, as programs write
/// them that turn outsides the other way, are outsides.
fn polygons<P>(rings: &[PolygonRing<P>], vertex: impl Fn(&P) -> Vertex) -> Vec<Polygon> {
    let (mut polygons, mut holes): (Vec<Polygon>, Vec<Vec<Vertex>>) = (Vec::new(), Vec::new());
    for ring in rings {
        let vertices = all(ring.points(), &vertex);
        match ring {
            PolygonRing::Outer(_) => polygons.push(vec![vertices]),
            PolygonRing::Inner(_) => holes.push(vertices),
        }
    }
    let outsides = polygons.len();
    for hole in holes {
        // The smallest of those round it: an island in a lake has lakes of its own.
        let round = (0..outsides).filter(|index| encloses(&polygons[*index][0], &hole));
        let area = |index: &usize| doubled_area(&polygons[*index][0]).abs();
        match round.min_by(|a, b| area(a).total_cmp(&area(b))) {
            Some(index) => polygons[index].push(hole),
            None => polygons.push(vec![hole]),
        }
    }
    polygons
}

/// Whether a ring lies in another: whether the middle of its first edge does, since corners may be shared.
fn encloses(outside: &[Vertex], ring: &[Vertex]) -> bool {
    let [a, b, ..] = ring else { return false };
    let [x, y] = [(a[0] + b[0]) / 2.0, (a[1] + b[1]) / 2.0];
    let edges = outside.iter().zip(outside.iter().cycle().skip(1));
    let crossed = edges
        .filter(|(p, q)| (p[1] > y) != (q[1] > y) && x < p[0] + (q[0] - p[0]) * (y - p[1]) / (q[1] - p[1]));
    crossed.count() % 2 == 1
}

/// Patches as polygons in space.
fn faces(patches: &[Patch]) -> Vec<Polygon> {
    let mut faces: Vec<Polygon> = Vec::new();
    let triangle = |a: Vertex, b: Vertex, c: Vertex| vec![vec![a, b, c, a]];
    for patch in patches {
        let points = all(patch.points(), high);
        match patch {
            Patch::TriangleStrip(_) => faces.extend(points.windows(3).enumerate().map(|(i, w)| {
                if i % 2 == 0 { triangle(w[0], w[1], w[2]) } else { triangle(w[1], w[0], w[2]) }
            })),
            Patch::TriangleFan(_) => {
                let rim = points.get(1..).unwrap_or_default();
                faces.extend(rim.windows(2).map(|w| triangle(points[0], w[0], w[1])));
            }
            Patch::InnerRing(_) | Patch::Ring(_) => match faces.last_mut() {
                Some(face) => face.push(points),
                None => faces.push(vec![points]),
            },
            Patch::OuterRing(_) | Patch::FirstRing(_) => faces.push(vec![points]),
        }
    }
    faces
}

#[cfg(test)]
mod tests {
    use shapefile::{Multipatch, Point, PolygonRing};

    use super::*;

    fn square(at: f64, size: f64) -> Vec<Point> {
        let corners = [[0.0, 0.0], [0.0, size], [size, size], [size, 0.0], [0.0, 0.0]];
        corners.map(|[x, y]| Point::new(at + x, at + y)).to_vec()
    }

    #[test]
    fn holes_find_their_outside() {
        let turned = |mut ring: Vec<Point>| {
            ring.reverse();
            ring
        };
        // A square with a hole, an island in the hole with a hole of its own, holes first.
        let rings = [
            PolygonRing::Inner(turned(square(3.0, 2.0))),
            PolygonRing::Inner(turned(square(1.0, 8.0))),
            PolygonRing::Outer(square(0.0, 10.0)),
            PolygonRing::Outer(square(2.0, 5.0)),
        ];
        let polygons = polygons(&rings, flat);
        assert_eq!(polygons.iter().map(Vec::len).collect::<Vec<_>>(), [2, 2]);
        assert_eq!(polygons[1][1].len(), 5);
        assert!(doubled_area(&polygons[1][1]) == 8.0);
        let alone = [PolygonRing::Inner(turned(square(0.0, 1.0)))];
        assert_eq!(super::polygons(&alone, flat).len(), 1);
    }

    #[test]
    fn patches_become_faces() {
        let point = |x: f64, z: f64| PointZ::new(x, 0.0, z, 0.0);
        let points = vec![point(0.0, 0.0), point(1.0, 0.0), point(0.0, 1.0), point(1.0, 1.0)];
        let strip = Record::Multipatch(Multipatch::new(Patch::TriangleStrip(points.clone())));
        let faces = shape(strip).polygons;
        assert_eq!((faces.len(), faces[1][0].len()), (2, 4));
        assert_eq!(shape(Record::Multipatch(Multipatch::new(Patch::TriangleFan(points)))).polygons.len(), 2);
        assert!(shape(Record::NullShape).is_empty());
    }
}
