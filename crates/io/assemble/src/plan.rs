//! A clean polygon on the millimetre grid, with its triangles.

use futago_model::{PolygonId, Polygons};

use crate::project::Mm;

/// An open ring.
pub(crate) type Ring = Vec<Mm>;

/// A valid polygon: outside counter-clockwise first, holes clockwise, rings open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Plan {
    pub rings: Vec<Ring>,
    pub triangles: Vec<[u16; 3]>,
}

/// Twice the signed area, square millimetres; counter-clockwise is positive.
pub(crate) fn doubled_area_mm2(ring: &[Mm]) -> i64 {
    let Some(origin) = ring.first() else { return 0 };
    let relative =
        |at: Mm| [i64::from(at[0]) - i64::from(origin[0]), i64::from(at[1]) - i64::from(origin[1])];
    (0..ring.len())
        .map(|i| {
            let (a, b) = (relative(ring[i]), relative(ring[(i + 1) % ring.len()]));
            a[0] * b[1] - b[0] * a[1]
        })
        .fold(0, i64::wrapping_add)
}

/// Square metres of a doubled area.
pub(crate) fn m2(doubled_mm2: i64) -> f64 {
    doubled_mm2 as f64 / 2e6
}

/// West, south, east, north over all rings, millimetres.
pub(crate) fn bounds(rings: &[Ring]) -> [i32; 4] {
    let start = [i32::MAX, i32::MAX, i32::MIN, i32::MIN];
    rings
        .iter()
        .flatten()
        .fold(start, |b, at| [b[0].min(at[0]), b[1].min(at[1]), b[2].max(at[0]), b[3].max(at[1])])
}

impl Plan {
    /// Area less holes, square metres.
    pub fn area_m2(&self) -> f64 {
        m2(self.rings.iter().map(|ring| doubled_area_mm2(ring)).sum())
    }

    /// West, south, east, north, millimetres.
    pub fn bounds(&self) -> [i32; 4] {
        bounds(&self.rings[..1.min(self.rings.len())])
    }

    /// Centroid, millimetres, by its triangles; the centre of the bounds when there is none.
    pub fn centroid(&self) -> [f64; 2] {
        let vertices: Vec<Mm> = self.rings.iter().flatten().copied().collect();
        let (mut sum, mut weight) = ([0.0; 2], 0.0);
        for triangle in &self.triangles {
            let corners = triangle.map(|i| vertices[usize::from(i)]);
            let area = doubled_area_mm2(&corners) as f64;
            weight += area;
            for axis in 0..2 {
                sum[axis] += area * corners.iter().map(|c| f64::from(c[axis])).sum::<f64>() / 3.0;
            }
        }
        if weight > 0.0 {
            return sum.map(|s| s / weight);
        }
        let [west, south, east, north] = self.bounds().map(f64::from);
        [(west + east) / 2.0, (south + north) / 2.0]
    }

    /// Whether a point (millimetres) is inside: even-odd over all rings.
    pub fn contains(&self, at: [f64; 2]) -> bool {
        let mut inside = false;
        for ring in &self.rings {
            for i in 0..ring.len() {
                let (a, b) = (ring[i].map(f64::from), ring[(i + 1) % ring.len()].map(f64::from));
                let crosses = (a[1] > at[1]) != (b[1] > at[1])
                    && at[0] < (b[0] - a[0]) * (at[1] - a[1]) / (b[1] - a[1]) + a[0];
                inside ^= crosses;
            }
        }
        inside
    }

    /// A point well inside: the centroid of the largest triangle, millimetres.
    pub fn interior_point(&self) -> [f64; 2] {
        let vertices: Vec<Mm> = self.rings.iter().flatten().copied().collect();
        let corners = self.triangles.iter().map(|t| t.map(|i| vertices[usize::from(i)]));
        let largest = corners.max_by_key(|corners| doubled_area_mm2(corners));
        match largest {
            Some(c) => [0, 1].map(|axis| c.iter().map(|at| f64::from(at[axis])).sum::<f64>() / 3.0),
            None => self.centroid(),
        }
    }

    /// Adds it to a store.
    pub fn push_to(&self, store: &mut Polygons) -> PolygonId {
        store.push(&self.rings, &self.triangles)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn area_centroid_and_inside() {
        let square = vec![[0, 0], [10_000, 0], [10_000, 10_000], [0, 10_000]];
        let plan = Plan { rings: vec![square], triangles: vec![[0, 1, 2], [0, 2, 3]] };
        assert!((plan.area_m2() - 100.0).abs() < 1e-9);
        assert_eq!(plan.centroid(), [5000.0, 5000.0]);
        assert!(plan.contains(plan.interior_point()) && !plan.contains([10_001.0, 5.0]));
    }
}
