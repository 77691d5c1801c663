//! What the first pass keeps: relations, and ids of nodes in a rectangle.

use crate::classes::{area_class, is_building};
use crate::element::{At, Collect, Member, Tag};
use crate::indoor::is_part;
use crate::tags::{Key, Tags};

/// An element that cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Bad {
    pub kind: &'static str,
    pub id: Option<i64>,
    pub problem: &'static str,
}

#[derive(Debug, Clone)]
pub(crate) struct KeptRelation {
    pub id: i64,
    pub members: Vec<Member>,
    pub tags: Tags,
}

/// West, south, east, north in 1e-7 degrees.
pub(crate) type Box7 = [i32; 4];

/// The first pass: relations and, where only a rectangle is wanted, the nodes in it.
pub(crate) struct First {
    pub within: Option<Box7>,
    pub inside: Vec<i64>,
    pub relations: Vec<KeptRelation>,
    pub bad: Vec<Bad>,
}

impl First {
    pub fn new(within: Option<Box7>) -> Self {
        Self { within, inside: Vec::new(), relations: Vec::new(), bad: Vec::new() }
    }
}

impl Collect for First {
    fn node(&mut self, id: i64, at: At, _: &[Tag<'_>]) {
        let holds = |b: Box7| at[0] >= b[0] && at[0] <= b[2] && at[1] >= b[1] && at[1] <= b[3];
        if self.within.is_some_and(holds) {
            self.inside.push(id);
        }
    }

    fn relation(&mut self, id: i64, members: &[Member], tags: &[Tag<'_>]) {
        let tags = Tags::of(tags);
        let of_use = match tags.get(Key::Type) {
            Some("multipolygon") => area_class(&tags).is_some() || is_building(&tags) || is_part(&tags),
            Some("building") => true,
            _ => false,
        };
        if of_use && !members.is_empty() {
            self.relations.push(KeptRelation { id, members: members.to_vec(), tags });
        }
    }

    fn bad(&mut self, kind: &'static str, id: Option<i64>, problem: &'static str) {
        self.bad.push(Bad { kind, id, problem });
    }
}
