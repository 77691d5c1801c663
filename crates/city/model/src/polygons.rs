//! Polygons with holes in flat arrays, with their triangles.

use bytemuck::{Pod, Zeroable};

/// Index of a polygon in a [`Polygons`] store.
#[repr(transparent)]
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Pod, Zeroable)]
pub struct PolygonId(pub u32);

/// Metres to whole millimetres, rounding half away from zero.
pub fn mm_from_metres(m: f64) -> i32 {
    (m * 1000.0).round() as i32
}

/// Whole millimetres to metres.
pub fn metres_from_mm(mm: i32) -> f64 {
    f64::from(mm) / 1000.0
}

/// Polygons with holes. The first ring of each is its outside, counter-clockwise seen from above;
/// holes run clockwise. Rings are open (the first vertex is not repeated) and simple.
///
/// Triangles are triples of vertex indices within the polygon (0 is its first vertex), counter-clockwise.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Polygons {
    /// Last ring of each polygon, exclusive, in `ring_ends`.
    pub polygon_ends: Vec<u32>,
    /// Last vertex of each ring, exclusive, in `vertices_mm`.
    pub ring_ends: Vec<u32>,
    /// East and north, millimetres from the site origin.
    pub vertices_mm: Vec<[i32; 2]>,
    /// Last triangle of each polygon, exclusive, in `triangles`.
    pub triangle_ends: Vec<u32>,
    /// Vertex indices within the polygon.
    pub triangles: Vec<[u16; 3]>,
}

impl Polygons {
    /// Number of polygons.
    pub fn len(&self) -> usize {
        self.polygon_ends.len()
    }

    /// True with no polygon.
    pub fn is_empty(&self) -> bool {
        self.polygon_ends.is_empty()
    }

    /// Adds a polygon: its rings (outside first) and its triangles.
    pub fn push<R: AsRef<[[i32; 2]]>>(&mut self, rings: &[R], triangles: &[[u16; 3]]) -> PolygonId {
        for ring in rings {
            self.vertices_mm.extend_from_slice(ring.as_ref());
            self.ring_ends.push(self.vertices_mm.len() as u32);
        }
        self.polygon_ends.push(self.ring_ends.len() as u32);
        self.triangles.extend_from_slice(triangles);
        self.triangle_ends.push(self.triangles.len() as u32);
        PolygonId(self.len() as u32 - 1)
    }

    /// One polygon. Panics when the id is of another store.
    pub fn get(&self, id: PolygonId) -> PolygonView<'_> {
        let index = id.0 as usize;
        let rings = span(&self.polygon_ends, index);
        let first_vertex = if rings.start == 0 { 0 } else { self.ring_ends[rings.start - 1] };
        let last_vertex = self.ring_ends[rings.end - 1];
        PolygonView {
            first_vertex,
            ring_ends: &self.ring_ends[rings],
            vertices_mm: &self.vertices_mm[first_vertex as usize..last_vertex as usize],
            triangles: &self.triangles[span(&self.triangle_ends, index)],
        }
    }
}

fn span(ends: &[u32], index: usize) -> std::ops::Range<usize> {
    let start = if index == 0 { 0 } else { ends[index - 1] as usize };
    start..ends[index] as usize
}

/// One polygon of a store.
#[derive(Debug, Clone, Copy)]
pub struct PolygonView<'a> {
    first_vertex: u32,
    ring_ends: &'a [u32],
    /// Every vertex, outside ring first, millimetres.
    pub vertices_mm: &'a [[i32; 2]],
    /// Vertex triples within `vertices_mm`.
    pub triangles: &'a [[u16; 3]],
}

impl<'a> PolygonView<'a> {
    /// The rings, outside first, millimetres.
    pub fn rings_mm(self) -> impl Iterator<Item = &'a [[i32; 2]]> {
        let first = self.first_vertex;
        let mut start = 0;
        self.ring_ends.iter().map(move |end| {
            let stop = (end - first) as usize;
            let ring = &self.vertices_mm[start..stop];
            start = stop;
            ring
        })
    }

    /// The rings, outside first, metres.
    pub fn rings_m(self) -> impl Iterator<Item = Vec<[f64; 2]>> + 'a {
        self.rings_mm().map(|ring| ring.iter().map(|v| v.map(metres_from_mm)).collect())
    }

    /// Every edge of every ring as start and end, metres; the inside lies to the left.
    pub fn edges_m(self) -> impl Iterator<Item = [[f64; 2]; 2]> + 'a {
        self.rings_mm().flat_map(|ring| {
            (0..ring.len())
                .map(move |i| [ring[i].map(metres_from_mm), ring[(i + 1) % ring.len()].map(metres_from_mm)])
        })
    }

    /// Area less the holes, square metres.
    pub fn area_m2(self) -> f64 {
        self.edges_m().map(|[a, b]| (a[0] * b[1] - b[0] * a[1]) / 2.0).sum()
    }

    /// West, south, east, north, metres.
    pub fn bounds_m(self) -> [f64; 4] {
        let mut bounds = [f64::INFINITY, f64::INFINITY, f64::NEG_INFINITY, f64::NEG_INFINITY];
        for v in self.vertices_mm {
            let [e, n] = v.map(metres_from_mm);
            bounds = [bounds[0].min(e), bounds[1].min(n), bounds[2].max(e), bounds[3].max(n)];
        }
        bounds
    }

    /// The middle of the bounds, metres: a place to point at, not the centre of gravity.
    pub fn middle_m(self) -> [f64; 2] {
        let [west, south, east, north] = self.bounds_m();
        [(west + east) * 0.5, (south + north) * 0.5]
    }

    /// Whether a point (metres) is inside: even-odd over all rings.
    pub fn contains_m(self, at: [f64; 2]) -> bool {
        self.edges_m().fold(false, |inside, [a, b]| {
            let crosses = (a[1] > at[1]) != (b[1] > at[1])
                && at[0] < (b[0] - a[0]) * (at[1] - a[1]) / (b[1] - a[1]) + a[0];
            inside ^ crosses
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn square_with_hole() -> Polygons {
        let mut store = Polygons::default();
        store.push(&[vec![[0, 0], [1000, 0], [0, 1000]]], &[[0, 1, 2]]);
        let outside = vec![[0, 0], [10_000, 0], [10_000, 10_000], [0, 10_000]];
        let hole = vec![[4000, 4000], [4000, 6000], [6000, 6000], [6000, 4000]];
        store.push(&[outside, hole], &[]);
        store
    }

    #[test]
    fn rings_area_and_inside() {
        let store = square_with_hole();
        let view = store.get(PolygonId(1));
        assert_eq!(view.rings_mm().map(<[_]>::len).collect::<Vec<_>>(), [4, 4]);
        assert!((view.area_m2() - 96.0).abs() < 1e-9);
        assert!(view.contains_m([1.0, 1.0]) && !view.contains_m([5.0, 5.0]) && !view.contains_m([11.0, 5.0]));
        assert_eq!(view.bounds_m(), [0.0, 0.0, 10.0, 10.0]);
        assert_eq!(view.middle_m(), [5.0, 5.0]);
        assert_eq!(store.get(PolygonId(0)).triangles, [[0, 1, 2]]);
    }
}
