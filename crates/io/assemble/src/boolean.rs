//! Boolean operations on the millimetre grid.
//!
//! `i_overlay` works on whole numbers, so results lie on the grid and are the same on every machine. Rings
//! are read by winding number (non-zero): overlapping pieces are one, and a hole is the outline run
//! through the other way.

use i_overlay::core::fill_rule::FillRule;
use i_overlay::core::overlay::{ContourDirection, IntOverlayOptions, Overlay};
use i_overlay::core::overlay_rule::OverlayRule;
use i_overlay::i_float::int::point::IntPoint;

use crate::plan::{Plan, Ring, doubled_area_mm2, m2};

/// Polygons, each as its rings, outside first.
pub(crate) type Shapes = Vec<Vec<Ring>>;

/// Straight vertices stay, so that a valid polygon comes out as it went in.
const OPTIONS: IntOverlayOptions<u64> = IntOverlayOptions {
    preserve_input_collinear: true,
    output_direction: ContourDirection::CounterClockwise,
    preserve_output_collinear: true,
    min_output_area: 0,
    ogc: true,
};

fn contours(rings: &[Ring]) -> Vec<Vec<IntPoint<i32>>> {
    rings.iter().map(|ring| ring.iter().map(|[x, y]| IntPoint::new(*x, *y)).collect()).collect()
}

fn run(subject: &[Ring], clip: &[Ring], rule: OverlayRule) -> Shapes {
    let (subject, clip) = (contours(subject), contours(clip));
    let mut overlay = Overlay::from_subj_and_clip_custom(&subject, &clip, OPTIONS, Default::default());
    let shapes = overlay.overlay(rule, FillRule::NonZero);
    let rings = |shape: Vec<Vec<IntPoint<i32>>>| shape.into_iter().enumerate().map(ring_of).collect();
    shapes.into_iter().map(rings).collect()
}

/// The first ring of a shape counter-clockwise, the others clockwise. i_overlay 4.5 gives a hole that
/// touches its outline in a point the outline's direction.
fn ring_of((index, contour): (usize, Vec<IntPoint<i32>>)) -> Ring {
    let mut ring: Ring = contour.into_iter().map(|p| [p.x, p.y]).collect();
    if (doubled_area_mm2(&ring) > 0) != (index == 0) {
        ring.reverse();
    }
    ring
}

/// Areas of the union of `subject` and of what it shares with `clip`, square metres: crossings are looked
/// for once for both.
pub(crate) fn united_and_shared_m2(subject: &[Ring], clip: &[Ring]) -> [f64; 2] {
    let (subject, clip) = (contours(subject), contours(clip));
    let mut overlay = Overlay::from_subj_and_clip_custom(&subject, &clip, OPTIONS, Default::default());
    let Some(graph) = overlay.build_graph_view(FillRule::NonZero) else { return [0.0; 2] };
    [OverlayRule::Subject, OverlayRule::Intersect].map(|rule| {
        let shapes = graph.extract_shapes(rule, &mut Default::default());
        area_m2(
            &shapes.into_iter().map(|shape| shape.into_iter().enumerate().map(ring_of).collect()).collect(),
        )
    })
}

/// `subject` less `clip`.
pub(crate) fn difference(subject: &[Ring], clip: &[Ring]) -> Shapes {
    run(subject, clip, OverlayRule::Difference)
}

/// What lies in both.
pub(crate) fn intersection(subject: &[Ring], clip: &[Ring]) -> Shapes {
    run(subject, clip, OverlayRule::Intersect)
}

/// What lies in any ring of `subject`.
pub(crate) fn union(subject: &[Ring]) -> Shapes {
    run(subject, &[], OverlayRule::Subject)
}

/// Total area, square metres.
pub(crate) fn area_m2(shapes: &Shapes) -> f64 {
    m2(shapes.iter().flatten().map(|ring| doubled_area_mm2(ring)).sum())
}

/// Every ring of some plans.
pub(crate) fn rings_of<'a>(plans: impl IntoIterator<Item = &'a Plan>) -> Vec<Ring> {
    plans.into_iter().flat_map(|plan| plan.rings.iter().cloned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn square(at: i32, side: i32) -> Ring {
        vec![[at, at], [at + side, at], [at + side, at + side], [at, at + side]]
    }

    #[test]
    fn squares_overlap_as_they_should() {
        let (a, b) = ([square(0, 2000)], [square(1000, 2000)]);
        assert!((area_m2(&intersection(&a, &b)) - 1.0).abs() < 1e-9);
        assert!((area_m2(&difference(&a, &b)) - 3.0).abs() < 1e-9);
        assert!((area_m2(&union(&[a[0].clone(), b[0].clone()])) - 7.0).abs() < 1e-9);
    }

    #[test]
    fn rings_turn_the_right_way() {
        let shapes = difference(&[square(0, 3000)], &[square(1000, 1000)]);
        let signs: Vec<_> = shapes[0].iter().map(|ring| doubled_area_mm2(ring).signum()).collect();
        assert_eq!(signs, [1, -1]);
    }

    #[test]
    fn a_hole_that_touches_its_outline_turns_the_right_way_too() {
        let outside = vec![[0, 0], [5000, 0], [10_000, 0], [10_000, 8000], [0, 8000]];
        let hole = vec![[5000, 0], [4000, 6000], [6000, 6000]];
        let shapes = difference(&[outside], &[hole]);
        assert!((area_m2(&shapes) - 74.0).abs() < 1e-9, "{shapes:?}");
    }

    /// Slivers of a damaged model, made few: crossings that fall on the grid leave a hole that lies in no
    /// outline. i_overlay 4.5 ran out of its arrays there.
    #[test]
    fn slivers_whose_holes_lie_nowhere_are_taken() {
        let subject = [
            vec![[-294692, 123624], [-294057, 123185], [-292345, 122004]],
            vec![
                [-291847, 121661],
                [-290575, 120783],
                [-275009, 110044],
                [-275044, 110069],
                [-289579, 120097],
                [-291859, 121670],
            ],
            vec![[-290575, 120783], [-291064, 121121], [-289993, 120382]],
            vec![[-283357, 115804], [-290958, 121048], [-289579, 120097]],
        ];
        let clip = [
            vec![[-516702, 276788], [-71564, -30313], [-71550, -30322]],
            vec![[-71476, -30373], [-433989, 219725], [-71564, -30313]],
            vec![[-4961206, 3343066], [-71564, -30313], [-71781, -30163]],
        ];
        let published: f64 = subject.iter().map(|ring| m2(doubled_area_mm2(ring).abs())).sum();
        assert!(area_m2(&difference(&subject, &clip)).abs() <= published + 0.1);
        let [united, shared] = united_and_shared_m2(&subject, &clip);
        assert!(united.abs() <= published + 0.1 && shared <= united + 0.1, "{united} {shared}");
    }
}
