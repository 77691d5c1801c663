//! What codes mean: the code lists of a delivery, by the name of their file.

use std::collections::BTreeMap;

use futago_citygml::CodeList;

/// Code lists by file name, for example `Building_usage.xml`.
#[derive(Debug, Clone, Default)]
pub struct Codes {
    lists: BTreeMap<String, CodeList>,
}

/// What a code turned out to be.
pub(crate) enum Meaning<'a> {
    /// The text of the code.
    Text(&'a str),
    /// The list is there, the code is not in it.
    UnknownCode,
    /// The list is not there.
    NoList,
}

impl Codes {
    /// Adds a list under the name of its file.
    pub fn insert(&mut self, file: &str, list: CodeList) {
        self.lists.insert(file.to_owned(), list);
    }

    /// The meaning of a code in the list that a `codeSpace` names by its path.
    pub(crate) fn meaning(&self, space: &str, code: &str) -> Meaning<'_> {
        let file = space.rsplit(['/', '\\']).next().unwrap_or(space);
        match self.lists.get(file) {
            None => Meaning::NoList,
            Some(list) => list.text(code).map_or(Meaning::UnknownCode, Meaning::Text),
        }
    }
}
