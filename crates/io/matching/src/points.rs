//! GPS points as columns.

use crate::MatchingError;

/// Points, borrowed: columns of equal length, sorted by id, then time. NaN where a value is not known.
#[derive(Debug, Clone, Copy, Default)]
pub struct PointsView<'a> {
    /// Whose point it is. Never leaves the aggregation.
    pub id: &'a [u64],
    /// Instant, UTC seconds since 1970.
    pub time_s: &'a [i64],
    /// Degrees, WGS 84 or JGD2011, which agree to about a metre.
    pub lon_deg: &'a [f64],
    /// Degrees.
    pub lat_deg: &'a [f64],
    /// Radius that holds the true place with 68 %, metres, as phones say it.
    pub accuracy_m: &'a [f32],
    /// m/s.
    pub speed_mps: &'a [f32],
    /// Degrees clockwise from north.
    pub course_deg: &'a [f32],
}

impl<'a> PointsView<'a> {
    /// Number of points.
    pub fn len(&self) -> usize {
        self.id.len()
    }

    /// True without points.
    pub fn is_empty(&self) -> bool {
        self.id.is_empty()
    }

    /// Some of the points, by index.
    pub fn part(&self, range: std::ops::Range<usize>) -> PointsView<'a> {
        PointsView {
            id: &self.id[range.clone()],
            time_s: &self.time_s[range.clone()],
            lon_deg: &self.lon_deg[range.clone()],
            lat_deg: &self.lat_deg[range.clone()],
            accuracy_m: &self.accuracy_m[range.clone()],
            speed_mps: &self.speed_mps[range.clone()],
            course_deg: &self.course_deg[range],
        }
    }

    /// Refuses columns of different lengths, and an order other than id, then time.
    ///
    /// # Errors
    /// With the index of the first point out of order.
    pub fn check(&self) -> Result<(), MatchingError> {
        let lengths = [
            self.time_s.len(),
            self.lon_deg.len(),
            self.lat_deg.len(),
            self.accuracy_m.len(),
            self.speed_mps.len(),
            self.course_deg.len(),
        ];
        if lengths.iter().any(|length| *length != self.len()) {
            return Err(MatchingError::Columns);
        }
        let key = |at: usize| (self.id[at], self.time_s[at]);
        match (1..self.len()).find(|at| key(*at) < key(*at - 1)) {
            Some(at) => Err(MatchingError::Order { at: at as u64 }),
            None => Ok(()),
        }
    }

    /// Ranges of points of one id each.
    pub fn tracks(&self) -> Vec<std::ops::Range<usize>> {
        let mut tracks = Vec::new();
        let mut first = 0;
        for at in 1..=self.len() {
            if at == self.len() || self.id[at] != self.id[first] {
                tracks.push(first..at);
                first = at;
            }
        }
        tracks
    }
}

/// Points, owned.
#[derive(Debug, Clone, Default)]
pub struct Points {
    /// As [`PointsView::id`]; so are the others.
    pub id: Vec<u64>,
    /// UTC seconds.
    pub time_s: Vec<i64>,
    /// Degrees.
    pub lon_deg: Vec<f64>,
    /// Degrees.
    pub lat_deg: Vec<f64>,
    /// Metres.
    pub accuracy_m: Vec<f32>,
    /// m/s.
    pub speed_mps: Vec<f32>,
    /// Degrees clockwise from north.
    pub course_deg: Vec<f32>,
}

impl Points {
    /// Borrowed.
    pub fn view(&self) -> PointsView<'_> {
        PointsView {
            id: &self.id,
            time_s: &self.time_s,
            lon_deg: &self.lon_deg,
            lat_deg: &self.lat_deg,
            accuracy_m: &self.accuracy_m,
            speed_mps: &self.speed_mps,
            course_deg: &self.course_deg,
        }
    }

    /// Adds points at the end.
    pub fn extend(&mut self, points: PointsView<'_>) {
        self.id.extend_from_slice(points.id);
        self.time_s.extend_from_slice(points.time_s);
        self.lon_deg.extend_from_slice(points.lon_deg);
        self.lat_deg.extend_from_slice(points.lat_deg);
        self.accuracy_m.extend_from_slice(points.accuracy_m);
        self.speed_mps.extend_from_slice(points.speed_mps);
        self.course_deg.extend_from_slice(points.course_deg);
    }
}

#[cfg(test)]
mod tests {
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
        assert!(points(&[(1, 5), (1, 5), (2, 1)]).view().check().is_ok());
        assert!(matches!(points(&[(1, 5), (1, 4)]).view().check(), Err(MatchingError::Order { at: 1 })));
        assert!(matches!(points(&[(2, 1), (1, 4)]).view().check(), Err(MatchingError::Order { at: 1 })));
        let mut uneven = points(&[(1, 5)]);
        uneven.lat_deg.push(1.0);
        assert!(matches!(uneven.view().check(), Err(MatchingError::Columns)));
    }

    #[test]
    fn tracks_are_runs_of_ids() {
        assert_eq!(points(&[(1, 1), (1, 2), (7, 1)]).view().tracks(), [0..2, 2..3]);
        assert!(points(&[]).view().tracks().is_empty());
    }
}
