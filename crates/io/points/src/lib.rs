//! Points of tracks: one place of one device at one instant, as arrays of equal length.
//!
//! What reads points, makes them and matches them shares these.

mod view;

pub use view::PointsView;

/// Points as a struct of arrays; the same index of each array is one point. Two are equal when all their bits
/// are, so that what is unknown equals itself.
#[derive(Debug, Clone, Default)]
pub struct Points {
    /// 64-bit hash of the source's id (and of the day where ids are daily), under the key of the import.
    /// Raw ids are never kept.
    pub id: Vec<u64>,
    /// Seconds since 1970-01-01 00:00 UTC.
    pub time_s: Vec<i64>,
    /// Longitude, degrees, WGS 84 taken as JGD2011.
    pub lon_deg: Vec<f64>,
    /// Latitude, degrees.
    pub lat_deg: Vec<f64>,
    /// Radius that the device states for its place, metres; NaN where unknown.
    pub accuracy_m: Vec<f32>,
    /// Speed that the device states, metres a second; NaN where unknown.
    pub speed_mps: Vec<f32>,
    /// Direction of movement, degrees clockwise from north; NaN where unknown.
    pub course_deg: Vec<f32>,
}

/// One point.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Point {
    /// See [`Points::id`].
    pub id: u64,
    /// Seconds since 1970 UTC.
    pub time_s: i64,
    /// Degrees.
    pub lon_deg: f64,
    /// Degrees.
    pub lat_deg: f64,
    /// Metres; NaN where unknown.
    pub accuracy_m: f32,
    /// Metres a second; NaN where unknown.
    pub speed_mps: f32,
    /// Degrees clockwise from north; NaN where unknown.
    pub course_deg: f32,
}

impl Points {
    /// How many points.
    pub fn len(&self) -> usize {
        self.id.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.id.is_empty()
    }

    /// Empty arrays with room for so many points.
    pub fn with_capacity(points: usize) -> Self {
        let mut made = Self::default();
        made.reserve(points);
        made
    }

    /// Room for so many points more.
    pub fn reserve(&mut self, points: usize) {
        self.id.reserve(points);
        self.time_s.reserve(points);
        self.lon_deg.reserve(points);
        self.lat_deg.reserve(points);
        self.accuracy_m.reserve(points);
        self.speed_mps.reserve(points);
        self.course_deg.reserve(points);
    }

    /// Forgets the points and keeps the room.
    pub fn clear(&mut self) {
        self.id.clear();
        self.time_s.clear();
        self.lon_deg.clear();
        self.lat_deg.clear();
        self.accuracy_m.clear();
        self.speed_mps.clear();
        self.course_deg.clear();
    }

    /// Adds a point at the end.
    #[inline]
    pub fn push(&mut self, point: Point) {
        self.id.push(point.id);
        self.time_s.push(point.time_s);
        self.lon_deg.push(point.lon_deg);
        self.lat_deg.push(point.lat_deg);
        self.accuracy_m.push(point.accuracy_m);
        self.speed_mps.push(point.speed_mps);
        self.course_deg.push(point.course_deg);
    }

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
    pub fn append(&mut self, other: PointsView<'_>) {
        self.id.extend_from_slice(other.id);
        self.time_s.extend_from_slice(other.time_s);
        self.lon_deg.extend_from_slice(other.lon_deg);
        self.lat_deg.extend_from_slice(other.lat_deg);
        self.accuracy_m.extend_from_slice(other.accuracy_m);
        self.speed_mps.extend_from_slice(other.speed_mps);
        self.course_deg.extend_from_slice(other.course_deg);
    }

    /// The point at an index.
    ///
    /// # Panics
    /// Beyond the end, as slices do.
    pub fn get(&self, index: usize) -> Point {
        Point {
            id: self.id[index],
            time_s: self.time_s[index],
            lon_deg: self.lon_deg[index],
            lat_deg: self.lat_deg[index],
            accuracy_m: self.accuracy_m[index],
            speed_mps: self.speed_mps[index],
            course_deg: self.course_deg[index],
        }
    }

    /// The points one by one.
    pub fn iter(&self) -> impl Iterator<Item = Point> + '_ {
        (0..self.len()).map(|index| self.get(index))
    }
}

impl PartialEq for Points {
    fn eq(&self, other: &Self) -> bool {
        let same = |a: &[f64], b: &[f64]| a.iter().map(|it| it.to_bits()).eq(b.iter().map(|it| it.to_bits()));
        let alike =
            |a: &[f32], b: &[f32]| a.iter().map(|it| it.to_bits()).eq(b.iter().map(|it| it.to_bits()));
        self.id == other.id
            && self.time_s == other.time_s
            && same(&self.lon_deg, &other.lon_deg)
            && same(&self.lat_deg, &other.lat_deg)
            && alike(&self.accuracy_m, &other.accuracy_m)
            && alike(&self.speed_mps, &other.speed_mps)
            && alike(&self.course_deg, &other.course_deg)
    }
}

impl Eq for Points {}

impl FromIterator<Point> for Points {
    fn from_iter<I: IntoIterator<Item = Point>>(points: I) -> Self {
        let mut made = Self::default();
        points.into_iter().for_each(|point| made.push(point));
        made
    }
}
