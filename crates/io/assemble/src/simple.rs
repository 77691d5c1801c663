//! Whether a short ring is simple, by looking at every pair of edges: most rings are, and have so few
//! vertices that this takes a hundredth of the time of a boolean operation.

use crate::project::Mm;

/// Rings with more vertices are left to the boolean operation, which is faster there.
const MOST_VERTICES: usize = 48;

/// True only when no edge touches another but at the vertex between them. False tells nothing.
pub(crate) fn is_simple(ring: &[Mm]) -> bool {
    let count = ring.len();
    if !(3..=MOST_VERTICES).contains(&count) {
        return false;
    }
    let edge = |i: usize| (ring[i], ring[(i + 1) % count]);
    for i in 0..count {
        let (a, b) = edge(i);
        let (_, c) = edge((i + 1) % count);
        if folds_back(a, b, c) {
            return false;
        }
        for j in i + 2..count {
            // The last edge ends where the first begins.
            if (i, j) != (0, count - 1) && touch((a, b), edge(j)) {
                return false;
            }
        }
    }
    true
}

/// Twice the signed area of a triangle.
fn turn(a: Mm, b: Mm, c: Mm) -> i64 {
    let [abx, aby] = [i64::from(b[0]) - i64::from(a[0]), i64::from(b[1]) - i64::from(a[1])];
    let [acx, acy] = [i64::from(c[0]) - i64::from(a[0]), i64::from(c[1]) - i64::from(a[1])];
    abx * acy - aby * acx
}

/// Whether `b` to `c` runs back over `a` to `b`.
fn folds_back(a: Mm, b: Mm, c: Mm) -> bool {
    let along =
        |axis: usize| (i64::from(b[axis]) - i64::from(a[axis])) * (i64::from(c[axis]) - i64::from(b[axis]));
    turn(a, b, c) == 0 && along(0) + along(1) < 0
}

/// Whether two edges have a point in common.
fn touch((a, b): (Mm, Mm), (c, d): (Mm, Mm)) -> bool {
    let apart = |axis: usize| {
        a[axis].max(b[axis]) < c[axis].min(d[axis]) || c[axis].max(d[axis]) < a[axis].min(b[axis])
    };
    if apart(0) || apart(1) {
        return false;
    }
    let (c_side, d_side) = (turn(a, b, c).signum(), turn(a, b, d).signum());
    let (a_side, b_side) = (turn(c, d, a).signum(), turn(c, d, b).signum());
    // Boxes that meet and edges on one line: they may touch, and the slow way finds out.
    c_side * d_side <= 0 && a_side * b_side <= 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn simple_rings_and_others() {
        assert!(is_simple(&[[0, 0], [9, 0], [9, 9], [0, 9]]));
        assert!(is_simple(&[[0, 0], [5, 0], [9, 0], [9, 9], [0, 9]]), "a vertex on a straight edge");
        assert!(is_simple(&[[0, 0], [9, 0], [9, 9], [5, 3], [0, 9]]));
        for other in [
            vec![[0, 0], [9, 9], [9, 0], [0, 9]],
            vec![[0, 0], [9, 0], [9, 9], [5, 0], [0, 9]],
            vec![[0, 0], [9, 0], [4, 0], [4, 9]],
            vec![[0, 0], [9, 0], [9, 9], [9, 3], [12, 3], [12, 0]],
            vec![[0, 0], [9, 0]],
        ] {
            assert!(!is_simple(&other), "{other:?}");
        }
    }

    #[test]
    fn what_is_simple_comes_back_from_the_boolean_operation() {
        // A seeded walk through random rings: the quick answer never contradicts the thorough one.
        let mut seed = 1_u64;
        let mut dice = move |sides: u64| {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            ((seed >> 33) % sides) as i32
        };
        let mut simple = 0;
        for _ in 0..4000 {
            let count = 3 + dice(5);
            let mut ring: Vec<Mm> = (0..count).map(|_| [dice(12) * 100, dice(12) * 100]).collect();
            ring.dedup();
            if crate::plan::doubled_area_mm2(&ring) < 0 {
                ring.reverse();
            }
            if is_simple(&ring) {
                simple += 1;
                let union = crate::boolean::union(std::slice::from_ref(&ring));
                assert!(crate::clean::same_rings(&union, std::slice::from_ref(&ring)), "{ring:?}");
            }
        }
        assert!(simple > 300, "{simple}");
    }
}
