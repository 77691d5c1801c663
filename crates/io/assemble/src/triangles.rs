//! Triangles of a valid polygon.
//!
//! By ear clipping. It may lose its way, so the area, which is exact on the millimetre grid, is checked.

use earcut::Earcut;

use crate::plan::{Ring, doubled_area_mm2};
use crate::project::Mm;

/// Most vertices of one polygon: triangles hold 16-bit indices.
pub(crate) const MAX_VERTICES: usize = u16::MAX as usize;

/// Counter-clockwise triangles over the rings' vertices, and the share of the area that they miss
/// (0 for a good triangulation). The polygon has at most [`MAX_VERTICES`] vertices.
pub(crate) fn triangles_of(rings: &[Ring]) -> (Vec<[u16; 3]>, f64) {
    let vertices: Vec<Mm> = rings.iter().flatten().copied().collect();
    let triangles = turned(clip_ears(rings, &vertices), &vertices);
    let missed = missed_share(&triangles, &vertices, rings);
    (triangles, missed)
}

fn clip_ears(rings: &[Ring], vertices: &[Mm]) -> Vec<[u16; 3]> {
    let mut hole_starts: Vec<u32> = Vec::new();
    let mut start = 0;
    for ring in &rings[..rings.len().saturating_sub(1)] {
        start += ring.len() as u32;
        hole_starts.push(start);
    }
    let mut indices: Vec<u32> = Vec::new();
    Earcut::new().earcut(vertices.iter().map(|v| v.map(f64::from)), &hole_starts, &mut indices);
    indices.chunks_exact(3).map(|t| [t[0] as u16, t[1] as u16, t[2] as u16]).collect()
}

/// Turned counter-clockwise; those without area go.
fn turned(triangles: Vec<[u16; 3]>, vertices: &[Mm]) -> Vec<[u16; 3]> {
    let turn = |[a, b, c]: [u16; 3]| match doubled_area(&[a, b, c], vertices).signum() {
        1 => Some([a, b, c]),
        -1 => Some([a, c, b]),
        _ => None,
    };
    triangles.into_iter().filter_map(turn).collect()
}

fn doubled_area(triangle: &[u16; 3], vertices: &[Mm]) -> i64 {
    doubled_area_mm2(&triangle.map(|i| vertices[usize::from(i)]))
}

fn missed_share(triangles: &[[u16; 3]], vertices: &[Mm], rings: &[Ring]) -> f64 {
    let covered: i64 = triangles.iter().map(|triangle| doubled_area(triangle, vertices)).sum();
    let whole: i64 = rings.iter().map(|ring| doubled_area_mm2(ring)).sum();
    if whole > 0 { (covered - whole).abs() as f64 / whole as f64 } else { 1.0 }
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

    #[test]
    fn a_hole_that_touches_the_outline_stays_open() {
        // A roof face behind a parapet: the hole touches two corners and leaves thin rims.
        let outside = vec![[0, 0], [10_000, 0], [10_000, 4000], [10_000, 8000], [0, 8000]];
        let hole = vec![[100, 100], [100, 7900], [9900, 7900], [10_000, 4000], [9900, 100]];
        let rings = [outside, hole];
        let (triangles, missed) = triangles_of(&rings);
        assert!(triangles.len() >= 8 && missed == 0.0, "{missed}");
    }

    #[test]
    fn a_published_roof_face_with_a_touching_hole_is_covered() {
        let outside =
            vec![[474192, -88412], [472001, -88653], [472355, -94578], [473206, -94457], [474545, -94337]];
        let hole = vec![[473206, -94457], [473089, -94091], [472851, -89498]];
        let rings = [outside, hole];
        let (triangles, missed) = triangles_of(&rings);
        assert_eq!((triangles.len(), missed), (6, 0.0), "{triangles:?}");
    }
}
