//! Lines cut at the edge of the plan.
//!
//! Liang and Barsky 1984, segment by segment. `geo` and `i_overlay` cut lines too, but as sets of
//! segments: they give the direction and order of a way away, which a one-way street needs.

use crate::project::Mm;

/// The parts of a line within west, south, east, north (millimetres), in its direction. A part has at
/// least two different vertices.
pub(crate) fn cut(line: &[Mm], bounds: [i32; 4]) -> Vec<Vec<Mm>> {
    let mut parts: Vec<Vec<Mm>> = Vec::new();
    let mut open = false;
    for pair in line.windows(2) {
        let Some((from, to, leaves)) = cut_segment(pair[0], pair[1], bounds) else {
            open = false;
            continue;
        };
        if !open {
            parts.push(vec![from]);
        }
        if let Some(part) = parts.last_mut().filter(|part| part.last() != Some(&to)) {
            part.push(to);
        }
        open = !leaves;
    }
    parts.retain(|part| part.len() > 1);
    parts
}

/// The part of a segment inside, and whether it leaves before its end.
fn cut_segment(from: Mm, to: Mm, [west, south, east, north]: [i32; 4]) -> Option<(Mm, Mm, bool)> {
    let [x, y] = from.map(f64::from);
    let (dx, dy) = (f64::from(to[0]) - x, f64::from(to[1]) - y);
    let (mut enter, mut leave) = (0.0_f64, 1.0_f64);
    let sides = [
        (-dx, x - f64::from(west)),
        (dx, f64::from(east) - x),
        (-dy, y - f64::from(south)),
        (dy, f64::from(north) - y),
    ];
    for (towards, room) in sides {
        if towards == 0.0 {
            if room < 0.0 {
                return None;
            }
        } else if towards < 0.0 {
            enter = enter.max(room / towards);
        } else {
            leave = leave.min(room / towards);
        }
    }
    if enter > leave {
        return None;
    }
    let at = |t: f64| [(x + t * dx).round() as i32, (y + t * dy).round() as i32];
    Some((at(enter), at(leave), leave < 1.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    const BOUNDS: [i32; 4] = [0, 0, 100, 100];

    #[test]
    fn a_line_that_leaves_and_comes_back_is_two() {
        let line = [[50, 50], [150, 50], [150, 80], [50, 80]];
        assert_eq!(cut(&line, BOUNDS), [vec![[50, 50], [100, 50]], vec![[100, 80], [50, 80]]]);
    }

    #[test]
    fn inside_stays_and_outside_goes() {
        let inside = [[10, 10], [20, 10], [20, 30]];
        assert_eq!(cut(&inside, BOUNDS), [inside.to_vec()]);
        assert!(cut(&[[200, 0], [200, 50]], BOUNDS).is_empty());
        assert_eq!(cut(&[[-50, 50], [150, 50]], BOUNDS), [vec![[0, 50], [100, 50]]]);
    }
}
