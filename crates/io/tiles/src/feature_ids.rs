//! Which feature a vertex belongs to: `EXT_mesh_features` of 3D Tiles 1.1, `_BATCHID` of 1.0.

use gltf_json::mesh::Primitive;
use serde::Deserialize;

use crate::accessor::Fault;
use crate::mesh::{Source, Task};
use futago_field::CappedReport;

/// A feature of a model.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Key {
    /// The whole model.
    Whole,
    /// What a node shows, where no feature is told.
    Node(usize),
    /// A row of the batch table.
    Batch(u32),
    /// A row of a property table; no table, no attributes.
    Row {
        /// The table.
        table: Option<usize>,
        /// The row.
        row: u32,
    },
}

/// The features of a primitive's vertices.
#[derive(Debug)]
pub(crate) struct FeatureIds {
    ids: Option<Vec<u32>>,
    /// The vertex itself is the feature.
    implicit: bool,
    table: Option<usize>,
    batched: bool,
    /// The number that stands for no feature.
    null: Option<u32>,
    /// What has no feature.
    rest: Key,
}

/// A set of feature numbers. Names are the extension's.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Set {
    attribute: Option<u32>,
    texture: Option<serde_json::Value>,
    property_table: Option<usize>,
    null_feature_id: Option<u32>,
}

const NAME: &str = "EXT_mesh_features";
/// What came before it, and is not read.
const OLDER: &str = "EXT_feature_metadata";

impl FeatureIds {
    pub(crate) fn of(
        primitive: &Primitive,
        node: usize,
        place: &str,
        task: &Task<'_>,
        source: &Source<'_>,
        notes: &mut CappedReport,
    ) -> Result<Self, Fault> {
        let rest = if task.by_node { Key::Node(node) } else { Key::Whole };
        let mut found = Self { ids: None, implicit: false, table: None, batched: false, null: None, rest };
        let extensions = primitive.extensions.as_ref().map(|all| &all.others);
        let file = task.document.file;
        if extensions.is_some_and(|all| all.contains_key(OLDER)) {
            let action =
                format!("{place} tells its features by {OLDER}, which is not read; they stay together");
            notes.add("unread-extension", "", file, action);
        }
        if let Some(set) = extensions.and_then(|all| all.get(NAME)).map(choose).transpose()?.flatten() {
            (found.table, found.null) = (set.property_table, set.null_feature_id);
            if set.texture.is_some() {
                let action =
                    format!("{place} tells its features by a texture, which is not read; they stay together");
                notes.add("unread-extension", "", file, action);
            } else if let Some(attribute) = set.attribute {
                let name = format!("_FEATURE_ID_{attribute}");
                let numbers = source.numbers(&name, 1)?;
                let numbers = numbers.ok_or_else(|| format!("it has no {name}"))?;
                found.ids = Some(numbers.whole().collect());
            } else {
                found.implicit = true;
            }
        } else if task.batched
            && let Some(numbers) = source.numbers("_BATCHID", 1)?
        {
            (found.ids, found.batched) = (Some(numbers.whole().collect()), true);
        }
        Ok(found)
    }

    /// The feature of a vertex.
    pub(crate) fn key(&self, vertex: u32) -> Key {
        let id = match &self.ids {
            Some(ids) => ids.get(vertex as usize).copied(),
            None => self.implicit.then_some(vertex),
        };
        match id {
            None => self.rest,
            Some(id) if Some(id) == self.null || id == u32::MAX => self.rest,
            Some(id) if self.batched => Key::Batch(id),
            Some(row) => Key::Row { table: self.table, row },
        }
    }
}

/// The set with attributes that can be read, else any that can be read, else the first.
fn choose(extension: &serde_json::Value) -> Result<Option<Set>, Fault> {
    let sets = extension.get("featureIds").cloned().unwrap_or_default();
    let mut sets: Vec<Set> =
        serde_json::from_value(sets).map_err(|error| Fault::Broken(format!("{NAME}: {error}")))?;
    let best = (0..sets.len()).min_by_key(|index| {
        let set = &sets[*index];
        (set.texture.is_some(), set.property_table.is_none())
    });
    Ok(best.map(|index| sets.swap_remove(index)))
}
