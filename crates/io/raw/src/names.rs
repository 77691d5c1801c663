//! Names of elements and XML attributes, each once.

/// Number of a name in its object.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct NameId(pub u32);

/// The names that the objects of one stretch of a file share.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Names {
    list: Vec<Box<str>>,
}

impl Names {
    /// Adds a name; the caller sees to it that it is a new one.
    pub fn push(&mut self, name: &str) -> NameId {
        self.list.push(name.into());
        NameId(self.list.len() as u32 - 1)
    }

    /// The name of a number. Panics when it is of another list.
    pub fn get(&self, id: NameId) -> &str {
        &self.list[id.0 as usize]
    }
}
