//! Handing over: items in the order of the file, ids that occur twice, and the Report.

use std::collections::HashSet;
use std::hash::{BuildHasher, RandomState};
use std::ops::ControlFlow;

use futago_field::Report;
use futago_raw::{Item, ItemKind};

use crate::build::Built;
use crate::notes::Notes;
use crate::{CityJsonError, Limits};

pub(crate) type Sink<'s> = &'s mut (dyn FnMut(Item) -> ControlFlow<()> + Send);

/// Hands items over and keeps the notes.
pub(crate) struct Delivery<'s> {
    pub file: &'s str,
    pub limits: &'s Limits,
    pub notes: Notes,
    sink: Sink<'s>,
    /// Objects handed over.
    pub objects: usize,
    members: usize,
    /// Hashes of the ids of every city object.
    ids: HashSet<u64>,
    state: RandomState,
}

impl<'s> Delivery<'s> {
    pub fn new(file: &'s str, limits: &'s Limits, sink: Sink<'s>) -> Self {
        let notes = Notes::new(file, None, limits.entries_per_code);
        let (ids, state) = (HashSet::new(), RandomState::new());
        Self { file, limits, notes, sink, objects: 0, members: 0, ids, state }
    }

    /// Counts city objects before they are built.
    pub fn count(&mut self, members: usize, place: impl FnOnce() -> String) -> Result<(), CityJsonError> {
        self.members += members;
        if self.members <= self.limits.objects {
            return Ok(());
        }
        let (file, place, limit) = (self.file.to_owned(), place(), self.limits.objects as u64);
        Err(CityJsonError::TooLarge { file, place, what: "the number of objects", name: "objects", limit })
    }

    /// Remembers the id of a city object, and reports one that is there already.
    pub fn remember(&mut self, id: &str, line: Option<u64>) {
        if !self.ids.insert(self.state.hash_one(id)) {
            let place = || match line {
                Some(line) => format!("line {line}, CityObjects/{id}"),
                None => format!("CityObjects/{id}"),
            };
            self.notes
                .add("duplicate-id", id, place, || "another object has this id; both are kept".to_owned());
        }
    }

    pub fn object(&mut self, built: Built) -> Result<(), CityJsonError> {
        self.notes.absorb(built.notes);
        self.objects += 1;
        self.item(Item { kind: ItemKind::Object, object: built.object })
    }

    pub fn item(&mut self, item: Item) -> Result<(), CityJsonError> {
        match (self.sink)(item) {
            ControlFlow::Continue(()) => Ok(()),
            ControlFlow::Break(()) => Err(CityJsonError::Stopped { file: self.file.to_owned() }),
        }
    }

    /// Objects, and the Report.
    pub fn finish(self) -> (usize, Report) {
        (self.objects, self.notes.report())
    }
}
