//! Nodes, ways and relations as both formats have them.

use crate::tags::Key;

/// Longitude and latitude in 1e-7 degrees, the resolution of OpenStreetMap.
pub(crate) type At = [i32; 2];

/// No place, or one that is not known.
pub(crate) const NOWHERE: At = [i32::MIN; 2];

/// A key that means something here, and its value.
pub(crate) type Tag<'a> = (Key, &'a str);

/// Which kinds of elements are looked at, or stand in a block.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Kinds {
    pub nodes: bool,
    pub ways: bool,
    pub relations: bool,
}

impl Kinds {
    pub fn meets(self, other: Self) -> bool {
        self.nodes && other.nodes || self.ways && other.ways || self.relations && other.relations
    }

    /// Those of both.
    pub fn and(self, other: Self) -> Self {
        Self {
            nodes: self.nodes || other.nodes,
            ways: self.ways || other.ways,
            relations: self.relations || other.relations,
        }
    }
}

/// What a member is to its relation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    Outer,
    Inner,
    Outline,
    Part,
    Other,
}

impl Role {
    pub fn of(text: &str) -> Self {
        match text {
            "outer" | "" => Self::Outer,
            "inner" => Self::Inner,
            "outline" => Self::Outline,
            "part" => Self::Part,
            _ => Self::Other,
        }
    }
}

/// A way or relation that belongs to a relation; nodes do not matter here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Member {
    pub id: i64,
    pub is_way: bool,
    pub role: Role,
}

/// Takes what a stretch of a file holds.
pub(crate) trait Collect: Send {
    fn node(&mut self, _id: i64, _at: At, _tags: &[Tag<'_>]) {}
    fn way(&mut self, _id: i64, _refs: &[i64], _tags: &[Tag<'_>]) {}
    fn relation(&mut self, _id: i64, _members: &[Member], _tags: &[Tag<'_>]) {}
    /// An element that cannot be read: its kind, and its id where that can be told.
    fn bad(&mut self, _kind: &'static str, _id: Option<i64>, _problem: &'static str) {}
    /// The stretch ends: what can be done apart from others is done here, on all cores.
    fn end(&mut self) {}
}

/// A coordinate in 1e-7 degrees; none beyond `limit` degrees.
pub(crate) fn e7(degrees: f64, limit: f64) -> Option<i32> {
    (degrees.abs() <= limit).then(|| (degrees * 1e7).round() as i32)
}

/// Degrees again.
pub(crate) fn degrees(at: At) -> [f64; 2] {
    at.map(|e7| f64::from(e7) / 1e7)
}
