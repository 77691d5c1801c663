//! Triangles of a valid polygon, by ear clipping.

use earcut::Earcut;

use crate::plan::{Ring, doubled_area_mm2};
use crate::project::Mm;

/// Most vertices of one polygon: triangles hold 16-bit indices.
pub(crate) const MAX_VERTICES: usize = u16::MAX as usize;

/// Counter-clockwise triangles over the rings' vertices, and the share of the area that they miss
/// (0 for a good triangulation). The polygon has at most [`MAX_VERTICES`] vertices.
pub(crate) fn triangles_of(rings: &[Ring]) -> (Vec<[u16; 3]>, f64) {
    let vertices: Vec<Mm> = rings.iter().flatten().copied().collect();
    let mut hole_starts: Vec<u32> = Vec::new();
    let mut start = 0;
    for ring in &rings[..rings.len().saturating_sub(1)] {
        start += ring.len() as u32;
        hole_starts.push(start);
    }
    let mut indices: Vec<u32> = Vec::new();
    Earcut::new().earcut(vertices.iter().map(|v| v.map(f64::from)), &hole_starts, &mut indices);
    let (mut triangles, mut covered) = (Vec::with_capacity(indices.len() / 3), 0_i64);
    for corner in indices.chunks_exact(3) {
        let [a, b, c] = [corner[0] as u16, corner[1] as u16, corner[2] as u16];
        let area = doubled_area_mm2(&[a, b, c].map(|i| vertices[usize::from(i)]));
        covered += area.abs();
        match area.signum() {
            1 => triangles.push([a, b, c]),
            -1 => triangles.push([a, c, b]),
            _ => {}
        }
    }
    let whole: i64 = rings.iter().map(|ring| doubled_area_mm2(ring)).sum();
    let missed = if whole > 0 { (covered - whole).abs() as f64 / whole as f64 } else { 1.0 };
    (triangles, missed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_square_with_a_hole_is_covered() {
        let outside = vec![[0, 0], [9000, 0], [9000, 9000], [0, 9000]];
        let hole = vec![[3000, 3000], [3000, 6000], [6000, 6000], [6000, 3000]];
        let (triangles, missed) = triangles_of(&[outside, hole]);
        assert_eq!((triangles.len(), missed), (8, 0.0));
    }
}
