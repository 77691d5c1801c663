//! Points, borrowed.

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
