//! Shapes as files draw them: x to the east or longitude, y to the north or latitude.

use futago_geodesy::Axes;

/// A vertex: x, y and height (0 where the file has none).
pub(crate) type Vertex = [f64; 3];

/// Rings of a polygon, the outside first.
pub(crate) type Polygon = Vec<Vec<Vertex>>;

/// Heights of a footprint may differ by so much, metres. Beyond it the polygons are faces in space.
const FLAT_M: f64 = 0.01;

/// The geometry of a feature, taken apart.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Shape {
    pub polygons: Vec<Polygon>,
    pub lines: Vec<Vec<Vertex>>,
    pub points: Vec<Vertex>,
}

impl Shape {
    pub(crate) fn is_empty(&self) -> bool {
        self.polygons.is_empty() && self.lines.is_empty() && self.points.is_empty()
    }

    fn vertices_mut(&mut self) -> impl Iterator<Item = &mut Vertex> {
        let rings = self.polygons.iter_mut().flatten().flatten();
        rings.chain(self.lines.iter_mut().flatten()).chain(&mut self.points)
    }

    /// Whether its polygons lie on one height, as a footprint does.
    pub(crate) fn is_flat(&self) -> bool {
        let heights = self.polygons.iter().flatten().flatten().map(|at| at[2]);
        let (low, high) = heights.fold((f64::INFINITY, f64::NEG_INFINITY), |(l, h), z| (l.min(z), h.max(z)));
        high - low <= FLAT_M || low > high
    }

    /// Turns outsides counter-clockwise and holes clockwise: formats differ in it, and it says nothing of a
    /// footprint.
    pub(crate) fn turn(&mut self) {
        for polygon in &mut self.polygons {
            for (index, ring) in polygon.iter_mut().enumerate() {
                let area = doubled_area(ring);
                if area != 0.0 && (area > 0.0) != (index == 0) {
                    ring.reverse();
                }
            }
        }
    }

    /// Puts latitude or north first where the system has it so. True when the file had it first already, which
    /// degrees can show.
    pub(crate) fn put_in_axis_order(&mut self, axes: Axes) -> bool {
        let swapped = axes == Axes::LatitudeLongitude
            && !self.is_empty()
            && self.vertices_mut().all(|[x, y, _]| y.abs() > 90.0 && x.abs() <= 90.0);
        if !swapped && axes != Axes::EastNorth {
            self.vertices_mut().for_each(|at| at.swap(0, 1));
        }
        swapped
    }
}

/// Twice the signed area of a ring in plan: positive when it runs counter-clockwise.
pub(crate) fn doubled_area(ring: &[Vertex]) -> f64 {
    let Some([x0, y0, _]) = ring.first() else { return 0.0 };
    let next = ring.iter().cycle().skip(1);
    ring.iter().zip(next).map(|(a, b)| (a[0] - x0) * (b[1] - y0) - (b[0] - x0) * (a[1] - y0)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rings_are_turned_and_axes_ordered() {
        let outside = vec![[139.0, 35.0, 0.0], [139.0, 35.1, 0.0], [139.1, 35.0, 0.0], [139.0, 35.0, 0.0]];
        let mut shape = Shape { polygons: vec![vec![outside]], ..Shape::default() };
        assert!(doubled_area(&shape.polygons[0][0]) < 0.0 && shape.is_flat());
        shape.turn();
        assert!(doubled_area(&shape.polygons[0][0]) > 0.0);
        assert!(!shape.put_in_axis_order(Axes::LatitudeLongitude));
        assert_eq!(shape.polygons[0][0][0], [35.0, 139.0, 0.0]);
        // Read once more, latitude is found to be first.
        assert!(shape.put_in_axis_order(Axes::LatitudeLongitude));
        assert!(!shape.put_in_axis_order(Axes::EastNorth));
        assert_eq!(shape.polygons[0][0][0], [35.0, 139.0, 0.0]);
        shape.polygons[0][0][1][2] = 5.0;
        assert!(!shape.is_flat() && Shape::default().is_flat());
    }
}
