//! Interned text: one block of UTF-8 and the end of each string.

use std::collections::HashMap;

use bytemuck::{Pod, Zeroable};

/// Index of a string; [`StringId::NONE`] is 'not known'.
#[repr(transparent)]
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Pod, Zeroable)]
pub struct StringId(pub u32);

impl StringId {
    /// No string.
    pub const NONE: Self = Self(u32::MAX);
}

/// A table of strings. Build it with [`Strings::push`]; equal strings should be pushed once.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Strings {
    /// End of each string in `bytes`.
    pub ends: Vec<u32>,
    /// All strings, one after the other.
    pub bytes: Vec<u8>,
}

impl Strings {
    /// Forgets all strings and keeps the memory.
    pub fn clear(&mut self) {
        self.ends.clear();
        self.bytes.clear();
    }

    /// Adds a string and gives its id.
    pub fn push(&mut self, text: &str) -> StringId {
        self.bytes.extend_from_slice(text.as_bytes());
        self.ends.push(self.bytes.len() as u32);
        StringId(self.ends.len() as u32 - 1)
    }

    /// The string, or `None` for [`StringId::NONE`] and ids of another table.
    pub fn get(&self, id: StringId) -> Option<&str> {
        let index = id.0 as usize;
        let end = *self.ends.get(index)? as usize;
        let start = if index == 0 { 0 } else { self.ends[index - 1] as usize };
        std::str::from_utf8(self.bytes.get(start..end)?).ok()
    }
}

/// Adds the texts of `other` that are not there yet; gives the new id of each of its texts.
pub(crate) fn merge_strings(into: &mut Strings, other: &Strings) -> Vec<StringId> {
    let count = into.ends.len() as u32;
    let texts = (0..count).map(StringId).filter_map(|id| Some((into.get(id)?.to_owned(), id)));
    // Of equal texts the first counts, so that ids do not depend on the map's order.
    let mut known: HashMap<String, StringId> = HashMap::new();
    for (text, id) in texts.collect::<Vec<_>>() {
        known.entry(text).or_insert(id);
    }
    let mut moved = Vec::with_capacity(other.ends.len());
    for index in 0..other.ends.len() as u32 {
        let text = other.get(StringId(index)).unwrap_or_default();
        let id = known.get(text).copied().unwrap_or_else(|| {
            let id = into.push(text);
            known.insert(text.to_owned(), id);
            id
        });
        moved.push(id);
    }
    moved
}
