//! Whether columns of points can be matched.

use futago_points::PointsView;

use crate::MatchingError;

/// Refuses columns of different lengths, and an order other than id, then time.
///
/// # Errors
/// With the index of the first point out of order.
pub(crate) fn check(points: PointsView<'_>) -> Result<(), MatchingError> {
    let lengths = [
        points.time_s.len(),
        points.lon_deg.len(),
        points.lat_deg.len(),
        points.accuracy_m.len(),
        points.speed_mps.len(),
        points.course_deg.len(),
    ];
    if lengths.iter().any(|length| *length != points.len()) {
        return Err(MatchingError::Columns);
    }
    let key = |at: usize| (points.id[at], points.time_s[at]);
    match (1..points.len()).find(|at| key(*at) < key(*at - 1)) {
        Some(at) => Err(MatchingError::Order { at: at as u64 }),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use futago_points::Points;

    use super::*;

    fn points(keys: &[(u64, i64)]) -> Points {
        let count = keys.len();
        Points {
            id: keys.iter().map(|key| key.0).collect(),
            time_s: keys.iter().map(|key| key.1).collect(),
            lon_deg: vec![139.7; count],
            lat_deg: vec![35.69; count],
            accuracy_m: vec![10.0; count],
            speed_mps: vec![f32::NAN; count],
            course_deg: vec![f32::NAN; count],
        }
    }

    #[test]
    fn order_is_checked() {
        assert!(check(points(&[(1, 5), (1, 5), (2, 1)]).view()).is_ok());
        assert!(matches!(check(points(&[(1, 5), (1, 4)]).view()), Err(MatchingError::Order { at: 1 })));
        assert!(matches!(check(points(&[(2, 1), (1, 4)]).view()), Err(MatchingError::Order { at: 1 })));
        let mut uneven = points(&[(1, 5)]);
        uneven.lat_deg.push(1.0);
        assert!(matches!(check(uneven.view()), Err(MatchingError::Columns)));
    }

    #[test]
    fn tracks_are_runs_of_ids() {
        assert_eq!(points(&[(1, 1), (1, 2), (7, 1)]).view().tracks(), [0..2, 2..3]);
        assert!(points(&[]).view().tracks().is_empty());
    }
}
