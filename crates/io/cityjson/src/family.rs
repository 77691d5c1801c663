//! Which object stands in which: `parents` and `children` to trees.
//!
//! An object stands in the first of its parents that is there; where it names none, in the first object
//! that names it as a child. Members of a group stay where they are: a group only points to them. What
//! does not fit together is reported, and every object is in exactly one tree.

use std::borrow::Cow;
use std::collections::HashMap;

use crate::CityJsonError;
use crate::document::Entry;
use crate::json::{self, Piece};
use crate::notes::Notes;

/// No object.
const NOBODY: u32 = u32::MAX;

/// The trees of a document.
#[derive(Debug, Default)]
pub(crate) struct Family {
    /// Objects that stand in no other, in the order of the file.
    pub roots: Vec<u32>,
    /// Children of each object, in the order in which it names them, then in that of the file.
    pub children: Vec<Vec<u32>>,
}

/// Ids of an array of them. A single id counts as one.
pub(crate) fn ids(piece: Option<Piece<'_>>) -> Vec<Cow<'_, str>> {
    let Some(piece) = piece else { return Vec::new() };
    if let Some(id) = json::string(piece) {
        return vec![id];
    }
    json::items(piece).unwrap_or_default().into_iter().filter_map(json::string).collect()
}

/// Names of objects to their numbers; the first of those with the same id.
pub(crate) fn index<'d>(entries: &'d [Entry<'_>]) -> HashMap<&'d str, u32> {
    let mut index = HashMap::with_capacity(entries.len());
    for (entry, number) in entries.iter().zip(0..) {
        index.entry(&*entry.id).or_insert(number);
    }
    index
}

/// Makes the trees.
///
/// # Errors
/// When objects stand deeper in each other than the limit.
pub(crate) fn family(
    entries: &[Entry<'_>],
    depth: usize,
    file: &str,
    notes: &mut Notes,
) -> Result<Family, CityJsonError> {
    let index = index(entries);
    let is_group = |number: u32| {
        let object = entries[number as usize].object.as_ref();
        object.is_some_and(|object| object.kind() == "CityObjectGroup")
    };
    let mut parents = named_parents(entries, &index, &is_group, notes);
    let named = named_children(entries, &index, &is_group, &mut parents, notes);
    break_rings(entries, &mut parents, notes);
    check_depth(entries, &parents, depth, file)?;
    Ok(trees(&named, &parents))
}

/// The first parent of each object that is there and no group.
fn named_parents(
    entries: &[Entry<'_>],
    index: &HashMap<&str, u32>,
    is_group: &impl Fn(u32) -> bool,
    notes: &mut Notes,
) -> Vec<u32> {
    let mut parents = vec![NOBODY; entries.len()];
    for (entry, parent) in entries.iter().zip(&mut parents) {
        let Some(object) = &entry.object else { continue };
        let place = || format!("CityObjects/{}/parents", entry.id);
        for id in ids(object.parents) {
            match index.get(&*id).copied() {
                None => {
                    notes.add("broken-parent", &entry.id, place, || {
                        format!("its parent `{id}` is not there; the object stands without it")
                    });
                }
                Some(group) if is_group(group) => {}
                Some(found) if *parent == NOBODY => *parent = found,
                Some(_) => notes.add("several-parents", &entry.id, place, || {
                    format!("it stands in its first parent; `{id}` is another one and does not hold it")
                }),
            }
        }
    }
    parents
}

/// What objects say of their children: whether these agree. The children that are there, by who names them.
fn named_children(
    entries: &[Entry<'_>],
    index: &HashMap<&str, u32>,
    is_group: &impl Fn(u32) -> bool,
    parents: &mut [u32],
    notes: &mut Notes,
) -> Vec<(u32, u32)> {
    let mut named = Vec::new();
    for (entry, number) in entries.iter().zip(0_u32..) {
        let Some(object) = &entry.object else { continue };
        let place = || format!("CityObjects/{}/children", entry.id);
        for id in ids(object.children) {
            let Some(&child) = index.get(&*id) else {
                notes.add("broken-child", &entry.id, place, || {
                    format!("its child `{id}` is not there; left open")
                });
                continue;
            };
            named.push((number, child));
            if is_group(number) || parents[child as usize] == number {
                continue;
            }
            if parents[child as usize] == NOBODY {
                parents[child as usize] = number;
                notes.add("unmatched-child", &entry.id, place, || {
                    format!("`{id}` does not name it as a parent; taken as its child")
                });
            } else {
                notes.add("unmatched-child", &entry.id, place, || {
                    format!("`{id}` stands in another parent; it stays there")
                });
            }
        }
    }
    named
}

/// Takes one object out of each ring of parents.
fn break_rings(entries: &[Entry<'_>], parents: &mut [u32], notes: &mut Notes) {
    // 0: not seen; otherwise the walk that saw it.
    let mut seen = vec![0_u32; parents.len()];
    for start in 0..parents.len() as u32 {
        let walk = start + 1;
        let mut at = start;
        while seen[at as usize] == 0 {
            seen[at as usize] = walk;
            match parents[at as usize] {
                NOBODY => break,
                parent if seen[parent as usize] == walk => {
                    parents[parent as usize] = NOBODY;
                    let id = &entries[parent as usize].id;
                    let place = || format!("CityObjects/{id}/parents");
                    notes.add("ring-of-parents", id, place, || {
                        "it stands in itself by way of its parents; it stands by itself now".to_owned()
                    });
                    break;
                }
                parent => at = parent,
            }
        }
    }
}

fn check_depth(
    entries: &[Entry<'_>],
    parents: &[u32],
    limit: usize,
    file: &str,
) -> Result<(), CityJsonError> {
    let mut depths = vec![0_usize; parents.len()];
    let mut way = Vec::new();
    for start in 0..parents.len() {
        let mut at = start as u32;
        while at != NOBODY && depths[at as usize] == 0 {
            way.push(at);
            at = parents[at as usize];
        }
        let mut depth = if at == NOBODY { 0 } else { depths[at as usize] };
        while let Some(next) = way.pop() {
            depth += 1;
            depths[next as usize] = depth;
            if depth > limit {
                let place = format!("CityObjects/{}", entries[next as usize].id);
                let (file, limit) = (file.to_owned(), limit as u64);
                let what = "the depth of objects inside each other";
                return Err(CityJsonError::TooLarge { file, place, what, name: "depth", limit });
            }
        }
    }
    Ok(())
}

fn trees(named: &[(u32, u32)], parents: &[u32]) -> Family {
    let mut family = Family { roots: Vec::new(), children: vec![Vec::new(); parents.len()] };
    let mut placed = vec![false; parents.len()];
    for (parent, child) in named.iter().copied() {
        let here = parents[child as usize] == parent;
        if here && !std::mem::replace(&mut placed[child as usize], true) {
            family.children[parent as usize].push(child);
        }
    }
    for (parent, number) in parents.iter().zip(0_u32..) {
        match *parent {
            NOBODY => family.roots.push(number),
            parent if !placed[number as usize] => family.children[parent as usize].push(number),
            _ => {}
        }
    }
    family
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document;

    fn family_of(objects: &str, depth: usize) -> Result<(Family, Vec<String>), CityJsonError> {
        let text = format!("{{\"CityObjects\": {objects}}}");
        let mut notes = Notes::new("t", None, 100);
        let entries = document::read(&text, 1000).unwrap().objects.unwrap();
        let family = family(&entries, depth, "t", &mut notes)?;
        Ok((family, notes.report().entries.into_iter().map(|entry| entry.code).collect()))
    }

    #[test]
    fn children_stand_in_their_parents_wherever_the_file_has_them() {
        let (family, codes) = family_of(
            r#"{"c": {"parents": ["b"]}, "a": {"children": ["d", "b"]}, "b": {"parents": ["a"], "children": ["c"]},
                "d": {"parents": ["a"]}, "g": {"type": "CityObjectGroup", "children": ["a", "c"]}}"#,
            9,
        )
        .unwrap();
        assert_eq!((family.roots, codes.len()), (vec![1, 4], 0));
        assert_eq!(family.children, [vec![], vec![3, 2], vec![0], vec![], vec![]]);
    }

    #[test]
    fn what_does_not_fit_is_reported_and_nobody_is_lost() {
        let (family, codes) = family_of(
            r#"{"a": {"parents": ["x"]}, "b": {"children": ["y", "c", "d"]}, "c": {}, "d": {"parents": "a"},
                "e": {"parents": ["f"]}, "f": {"parents": ["e"]}, "g": {"parents": ["g"]}, "h": 5,
                "i": {"parents": ["a", "b"]}}"#,
            9,
        )
        .unwrap();
        let expected = [
            "broken-parent",
            "several-parents",
            "broken-child",
            "unmatched-child",
            "unmatched-child",
            "ring-of-parents",
            "ring-of-parents",
        ];
        assert_eq!(codes, expected);
        let below: usize = family.children.iter().map(Vec::len).sum();
        assert_eq!(family.roots.len() + below, 9, "{family:?}");
    }

    #[test]
    fn too_many_generations_are_refused() {
        let chain: Vec<_> = (0..50).map(|i| format!("\"{i}\": {{\"parents\": [\"{}\"]}}", i + 1)).collect();
        let objects = format!("{{{}, \"50\": {{}}}}", chain.join(", "));
        assert!(family_of(&objects, 51).is_ok());
        let error = family_of(&objects, 50).unwrap_err();
        assert!(error.to_string().contains("`depth`"), "{error}");
    }
}
