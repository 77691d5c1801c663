//! Features of many tiles become objects: what one tile's edge cut in two is put together by its id.

use std::collections::{BTreeMap, BTreeSet};
use std::hash::{Hash, Hasher};

use futago_raw::RawObject;
use rustc_hash::{FxHashMap, FxHasher};
use serde_json::Value;

use crate::mesh::{Shape, Triangle};
use crate::{Limits, TilesError, kind, object};
use futago_field::CappedReport;

/// Attributes that hold the id, the surest first. Compared without case.
const IDS: [&str; 5] = ["gml_id", "gml:id", "gmlid", "_gml_id", "id"];
/// The first of them that may be a number that starts anew in every tile.
const UNSURE: usize = 4;

/// Attributes that say what an object is, and its level of detail. Compared without case.
const KINDS: [&str; 6] = ["feature_type", "_feature_type", "featuretype", "class", "type", "layer"];
const LODS: [&str; 2] = ["_lod", "lod"];

/// The level of detail where nothing tells it.
const LOD: u8 = 2;

/// Attributes by name.
pub(crate) type Attributes = Vec<(String, Value)>;

/// An object as it grows.
#[derive(Debug)]
pub(crate) struct Draft {
    pub(crate) id: Option<String>,
    pub(crate) name: Option<String>,
    pub(crate) kind: String,
    pub(crate) attributes: Attributes,
    pub(crate) lods: BTreeMap<u8, Vec<Triangle>>,
    pub(crate) images: BTreeSet<String>,
    /// The file that it was first found in.
    pub(crate) file: String,
}

/// What is known of a feature besides its shape and attributes.
#[derive(Debug, Default)]
pub(crate) struct About<'a> {
    /// The file of its tile.
    pub(crate) file: &'a str,
    /// Names that may tell its kind: of its property table, its layer.
    pub(crate) names: &'a [String],
    /// What the sidecar says.
    pub(crate) id: Option<String>,
    pub(crate) name: Option<String>,
    pub(crate) kind: Option<String>,
}

/// Objects of one id.
#[derive(Debug)]
struct Known {
    first: usize,
    /// By the fingerprint of their attributes.
    alike: FxHashMap<u64, usize>,
}

/// Objects so far.
#[derive(Debug)]
pub(crate) struct Gather<'a> {
    drafts: Vec<Draft>,
    by_id: FxHashMap<String, Known>,
    vertices: usize,
    assumed: usize,
    nameless: usize,
    default_kind: &'a str,
    limits: &'a Limits,
}

impl<'a> Gather<'a> {
    pub(crate) fn new(default_kind: &'a str, limits: &'a Limits) -> Self {
        let (drafts, by_id) = (Vec::new(), FxHashMap::default());
        Self { drafts, by_id, vertices: 0, assumed: 0, nameless: 0, default_kind, limits }
    }

    /// Takes a feature, or a part of one.
    pub(crate) fn take(
        &mut self,
        about: About<'_>,
        attributes: Attributes,
        shape: Shape,
        notes: &mut CappedReport,
    ) -> Result<(), TilesError> {
        self.vertices = self.vertices.saturating_add(3 * shape.triangles.len());
        if self.vertices > self.limits.vertices {
            let (file, limit) = (about.file.to_owned(), self.limits.vertices as u64);
            let what = "the number of vertices of all tiles";
            return Err(TilesError::TooLarge { file, what, name: "vertices", limit });
        }
        let (id, sure) = match id_of(&attributes) {
            Some((id, sure)) => (Some(id), sure),
            None => (about.id.clone(), true),
        };
        let fingerprint = fingerprint(&attributes);
        let lod = lod_of(&attributes).unwrap_or(LOD);
        if let Some(index) = self.other_part(id.as_deref(), sure, fingerprint, about.file, notes) {
            let draft = &mut self.drafts[index];
            draft.lods.entry(lod).or_default().extend(shape.triangles);
            draft.images.extend(shape.images);
            return Ok(());
        }
        let index = self.drafts.len();
        match &id {
            Some(id) => {
                let known = Known { first: index, alike: FxHashMap::default() };
                self.by_id.entry(id.clone()).or_insert(known).alike.insert(fingerprint, index);
            }
            None => self.nameless += 1,
        }
        let told = about.kind.clone().or_else(|| told_kind(&attributes, about.names, about.file));
        self.assumed += usize::from(told.is_none());
        let kind = told.unwrap_or_else(|| self.default_kind.to_owned());
        let lods = BTreeMap::from([(lod, shape.triangles)]);
        let (name, file, images) = (about.name, about.file.to_owned(), shape.images);
        self.drafts.push(Draft { id, name, kind, attributes, lods, images, file });
        Ok(())
    }

    /// An object that this is another part of. The same id alone is not enough where ids may be numbers
    /// that start anew in every tile: then the attributes must be the same too.
    fn other_part(
        &self,
        id: Option<&str>,
        sure: bool,
        fingerprint: u64,
        file: &str,
        notes: &mut CappedReport,
    ) -> Option<usize> {
        let id = id?;
        let known = self.by_id.get(id)?;
        let alike = known.alike.get(&fingerprint).copied();
        if alike.is_none() && sure {
            let action = format!(
                "its attributes differ from those in {}; those are kept",
                self.drafts[known.first].file
            );
            notes.add("attributes-differ", id, file, action);
            return Some(known.first);
        }
        if alike.is_none() {
            let action = "another object with other attributes has this id; both are kept";
            notes.add("duplicate-id", id, file, action);
        }
        alike
    }

    /// Whether nothing was taken.
    pub(crate) fn is_empty(&self) -> bool {
        self.drafts.is_empty()
    }

    /// The objects, in the order in which they first appeared.
    pub(crate) fn finish(self, file: &str, notes: &mut CappedReport) -> Result<Vec<RawObject>, TilesError> {
        if self.assumed > 0 {
            let action = format!(
                "{} object(s) do not say what they are; taken as {}",
                self.assumed, self.default_kind
            );
            notes.add("kind-assumed", "", file, action);
        }
        if self.nameless > 0 {
            let action = format!(
                "{} object(s) have no id; one that the edge of a tile cuts is as many objects as it has parts",
                self.nameless
            );
            notes.add("no-id", "", file, action);
        }
        self.drafts.into_iter().map(|draft| object::build(draft, self.limits)).collect()
    }
}

fn find<'a>(attributes: &'a Attributes, name: &str) -> Option<&'a Value> {
    attributes.iter().find(|(found, _)| found.eq_ignore_ascii_case(name)).map(|(_, value)| value)
}

/// The id, and whether it is one in the whole tileset.
fn id_of(attributes: &Attributes) -> Option<(String, bool)> {
    IDS.iter().enumerate().find_map(|(index, name)| {
        let id = match find(attributes, name)? {
            Value::String(text) => text.trim().to_owned(),
            Value::Number(number) => number.to_string(),
            _ => return None,
        };
        (!id.is_empty()).then_some((id, index < UNSURE))
    })
}

fn lod_of(attributes: &Attributes) -> Option<u8> {
    let value = LODS.iter().find_map(|name| find(attributes, name))?;
    let lod = match value {
        Value::Number(number) => number.as_f64()?,
        Value::String(text) => text.trim().trim_start_matches(['L', 'O', 'D', 'l', 'o', 'd']).parse().ok()?,
        _ => return None,
    };
    (0.0..5.0).contains(&lod).then_some(lod as u8)
}

fn told_kind(attributes: &Attributes, names: &[String], file: &str) -> Option<String> {
    let values = KINDS.iter().filter_map(|name| find(attributes, name)).filter_map(Value::as_str);
    let mut told = values.chain(names.iter().map(String::as_str));
    told.find_map(kind::named).or_else(|| kind::of_path(file))
}

/// Tells attributes apart, whatever the level of detail.
fn fingerprint(attributes: &Attributes) -> u64 {
    let mut hasher = FxHasher::default();
    for (name, value) in attributes {
        if !LODS.contains(&name.to_ascii_lowercase().as_str()) {
            name.hash(&mut hasher);
            value.to_string().hash(&mut hasher);
        }
    }
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn attributes(list: &[(&str, Value)]) -> Attributes {
        list.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect()
    }

    fn part() -> Shape {
        Shape { triangles: vec![[[35.0, 139.0, 0.0]; 3]], images: BTreeSet::new() }
    }

    #[test]
    fn sure_ids_join_and_unsure_ones_need_the_same_attributes() {
        let limits = Limits::default();
        let mut gather = Gather::new("bldg:Building", &limits);
        let mut notes = CappedReport::new(10);
        let list = [
            attributes(&[("gml_id", "a".into()), ("_lod", 1.into())]),
            attributes(&[("gml_id", "a".into()), ("_lod", "LOD2".into())]),
            attributes(&[("gml_id", "a".into()), ("h", 5.into())]),
            attributes(&[("id", 0.into()), ("h", 5.into())]),
            attributes(&[("id", 0.into()), ("h", 6.into())]),
            attributes(&[("id", 0.into()), ("h", 5.into())]),
            attributes(&[("class", "Bridge".into())]),
        ];
        for attributes in list {
            let about = About { file: "t.b3dm", ..About::default() };
            gather.take(about, attributes, part(), &mut notes).unwrap();
        }
        let objects = gather.finish("tileset.json", &mut notes).unwrap();
        let told: Vec<_> =
            objects.iter().map(|object| (object.id(), object.kind(), object.shapes.surfaces.len())).collect();
        let building = "bldg:Building";
        let want = [
            (Some("a"), building, 3),
            (Some("0"), building, 2),
            (Some("0"), building, 1),
            (None, "brid:Bridge", 1),
        ];
        assert_eq!(told, want);
        let lods: Vec<_> = objects[0].shapes.geometries.iter().map(|g| (g.lod, g.surfaces.len())).collect();
        assert_eq!(lods, [(Some(1), 1), (Some(2), 2)]);
        let report = notes.finish("tileset.json");
        let want = [("attributes-differ", 1), ("duplicate-id", 1), ("kind-assumed", 1), ("no-id", 1)];
        assert_eq!(report.counts(), want);
    }
}
