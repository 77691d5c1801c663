//! A draft as a raw feature: attributes become elements, triangles become surfaces.
//!
//! An attribute with a prefix of CityGML (`bldg:measuredHeight`) becomes the element of that name; any other
//! one a generic attribute (`gen:stringAttribute` with a `gen:value`), as CityGML writes it. What is nested,
//! or is JSON in a text (PLATEAU's `attributes`), becomes elements in elements; a list becomes elements of
//! one name.

use futago_raw::{GeometryKind, NodeRole, ObjectBuilder, RawObject};
use serde_json::Value;

use crate::gather::Draft;
use crate::{Limits, TilesError, kind};

/// JGD2011 with T.P. height: latitude, longitude, height.
pub(crate) const EPSG: u32 = 6697;

/// The raw feature of a draft.
pub(crate) fn build(draft: Draft, limits: &Limits) -> Result<RawObject, TilesError> {
    let mut writer = Writer { builder: ObjectBuilder::new(&draft.kind, 0), left: limits.attribute_bytes };
    let fits = writer.attributes(&draft);
    fits.ok_or_else(|| TilesError::TooLarge {
        file: draft.file.clone(),
        what: "the text of one object's attributes in bytes",
        name: "attribute_bytes",
        limit: limits.attribute_bytes as u64,
    })?;
    let mut builder = writer.builder;
    for (lod, triangles) in draft.lods {
        builder.begin(&kind::geometry_property(&draft.kind, lod), NodeRole::Property);
        builder.begin_geometry(GeometryKind::MultiSurface, Some(lod), Some(EPSG));
        for [a, b, c] in triangles {
            builder.surface("", &[&[a, b, c, a]]);
        }
        builder.end_geometry();
        builder.end();
    }
    Ok(builder.finish())
}

struct Writer {
    builder: ObjectBuilder,
    /// Bytes of text that may still be written.
    left: usize,
}

impl Writer {
    /// Everything but geometry; none when it is more text than allowed.
    fn attributes(&mut self, draft: &Draft) -> Option<()> {
        if let Some(id) = &draft.id {
            self.spend(id)?;
            self.builder.attribute("gml:id", id);
        }
        if let Some(name) = &draft.name {
            self.value("gml:name", name)?;
        }
        for (name, value) in &draft.attributes {
            self.attribute(name, value)?;
        }
        for image in &draft.images {
            self.builder.begin("app:ParameterizedTexture", NodeRole::Value);
            self.value("app:imageURI", image)?;
            self.builder.end();
        }
        Some(())
    }

    fn attribute(&mut self, name: &str, value: &Value) -> Option<()> {
        if kind::has_prefix(name) {
            return self.element(name, value);
        }
        if let Some(nested) = nested(value) {
            return self.element(name, &nested);
        }
        let generic = match value {
            Value::Null => return Some(()),
            Value::Number(number) if number.is_f64() => "gen:doubleAttribute",
            Value::Number(_) => "gen:intAttribute",
            Value::Array(_) | Value::Object(_) => return self.element(name, value),
            _ => "gen:stringAttribute",
        };
        self.builder.begin(generic, NodeRole::Property);
        self.spend(name)?;
        self.builder.attribute("name", name);
        self.value("gen:value", &text(value))?;
        self.builder.end();
        Some(())
    }

    fn element(&mut self, name: &str, value: &Value) -> Option<()> {
        match value {
            Value::Null => {}
            Value::Array(items) => {
                items.iter().try_for_each(|item| self.element(name, item).ok_or(())).ok()?
            }
            Value::Object(fields) => {
                self.spend(name)?;
                self.builder.begin(name, NodeRole::Value);
                for (name, value) in fields {
                    self.element(name, value)?;
                }
                self.builder.end();
            }
            _ => match nested(value) {
                Some(nested) => self.element(name, &nested)?,
                None => self.value(name, &text(value))?,
            },
        }
        Some(())
    }

    fn value(&mut self, name: &str, text: &str) -> Option<()> {
        self.spend(name)?;
        self.spend(text)?;
        self.builder.value(name, text.trim());
        Some(())
    }

    /// Counts a text and the element round it.
    fn spend(&mut self, text: &str) -> Option<()> {
        self.left = self.left.checked_sub(text.len() + 1)?;
        Some(())
    }
}

/// What a text holds that is an object or a list in JSON.
fn nested(value: &Value) -> Option<Value> {
    let text = value.as_str()?.trim();
    let closed =
        (text.starts_with('{') && text.ends_with('}')) || (text.starts_with('[') && text.ends_with(']'));
    closed.then(|| serde_json::from_str(text).ok()).flatten()
}

fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use serde_json::json;

    use super::*;
    use crate::gather::{About, Gather};
    use crate::mesh::Shape;
    use futago_field::CappedReport;

    fn object(attributes: &[(&str, Value)], limits: &Limits) -> Result<RawObject, TilesError> {
        let attributes = attributes.iter().map(|(n, v)| ((*n).to_owned(), v.clone())).collect();
        let mut gather = Gather::new("bldg:Building", limits);
        let shape = Shape { triangles: Vec::new(), images: BTreeSet::from(["a.png".to_owned()]) };
        let about = About { file: "t.glb", ..About::default() };
        gather.take(about, attributes, shape, &mut CappedReport::new(9)).unwrap();
        Ok(gather.finish("t.glb", &mut CappedReport::new(9))?.remove(0))
    }

    #[test]
    fn attributes_become_elements() {
        let whole =
            r#"{"uro:BuildingIDAttribute":[{"uro:buildingID":"13104-1"},{"uro:buildingID":"13104-2"}]}"#;
        let list = [
            ("bldg:measuredHeight", json!(16.1)),
            ("gml_id", json!("bldg_1")),
            ("階数", json!(3)),
            ("空", Value::Null),
            ("attributes", json!(whole)),
            ("uro:thematicSrcDesc", json!(["a", "b"])),
            ("note", json!("[not json")),
        ];
        let object = object(&list, &Limits::default()).unwrap();
        assert_eq!(object.id(), Some("bldg_1"));
        assert_eq!(object.root().value("bldg:measuredHeight"), Some("16.1"));
        let ids: Vec<_> = object.nodes().filter(|n| n.name() == "uro:buildingID").map(|n| n.text()).collect();
        assert_eq!(ids, ["13104-1", "13104-2"]);
        let generic: BTreeMap<_, _> = object
            .root()
            .children()
            .filter_map(|node| Some((node.attribute("name")?, (node.name(), node.value("gen:value")?))))
            .collect();
        assert_eq!(generic["階数"], ("gen:intAttribute", "3"));
        assert_eq!(generic["note"], ("gen:stringAttribute", "[not json"));
        assert!(!generic.contains_key("空"));
        let sources = object.root().children().filter(|node| node.name() == "uro:thematicSrcDesc");
        assert_eq!(sources.count(), 2);
        assert_eq!(
            object.root().child("app:ParameterizedTexture").unwrap().value("app:imageURI"),
            Some("a.png")
        );
    }

    #[test]
    fn too_much_text_is_refused() {
        let limits = Limits { attribute_bytes: 100, ..Limits::default() };
        let error = object(&[("a", json!("x".repeat(101)))], &limits).unwrap_err().to_string();
        assert!(error.contains("attribute_bytes") && error.starts_with("t.glb"), "{error}");
    }
}
