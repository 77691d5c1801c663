//! Names of elements and XML attributes, each once.

/// Number of a name in its object.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct NameId(pub(crate) u32);

/// The names that the objects of one stretch of a file share.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Names {
    list: Vec<Box<str>>,
}

impl Names {
    pub fn push(&mut self, name: &str) -> NameId {
        self.list.push(name.into());
        NameId(self.list.len() as u32 - 1)
    }

    pub fn get(&self, id: NameId) -> &str {
        &self.list[id.0 as usize]
    }
}
