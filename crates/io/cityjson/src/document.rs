//! One JSON object of a file: a CityJSON, or a CityJSONFeature of a sequence.
//!
//! Only its outline is read here: which members there are and where. What they mean is read when their
//! turn comes, on whatever thread.

use std::borrow::Cow;
use std::fmt;

use serde::de::{Deserialize, DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

use crate::json::{self, Key, Members, Piece};

/// The members of a document that are known, and the others.
#[derive(Debug, Default)]
pub(crate) struct Document<'a> {
    /// `type`.
    pub kind: Option<Piece<'a>>,
    pub version: Option<Piece<'a>>,
    /// Of a feature.
    pub id: Option<Piece<'a>>,
    pub transform: Option<Piece<'a>>,
    pub metadata: Option<Piece<'a>>,
    pub vertices: Option<Piece<'a>>,
    pub appearance: Option<Piece<'a>>,
    pub templates: Option<Piece<'a>>,
    /// None when the document has no `CityObjects`.
    pub objects: Option<Vec<Entry<'a>>>,
    pub others: Members<'a>,
    /// Members that stand there twice; the last one counts.
    pub repeated: Vec<&'static str>,
}

/// A city object with its id.
#[derive(Debug)]
pub(crate) struct Entry<'a> {
    pub id: Cow<'a, str>,
    /// None when it is no JSON object.
    pub object: Option<CityObject<'a>>,
}

/// The members of a city object that are known, and the others.
#[derive(Debug, Default)]
pub(crate) struct CityObject<'a> {
    /// `type`.
    pub kind: Option<Piece<'a>>,
    pub attributes: Option<Piece<'a>>,
    pub geometry: Option<Piece<'a>>,
    pub parents: Option<Piece<'a>>,
    /// `children`; `members` of a group of version 1.0.
    pub children: Option<Piece<'a>>,
    pub extent: Option<Piece<'a>>,
    pub others: Members<'a>,
}

impl<'a> CityObject<'a> {
    /// A piece of it, which tells its place.
    pub fn first(&self) -> Option<Piece<'a>> {
        let known = [self.kind, self.attributes, self.geometry, self.parents, self.children, self.extent];
        let others = self.others.iter().map(|(_, piece)| *piece);
        known.into_iter().flatten().chain(others).min_by_key(|piece| piece.get().as_ptr())
    }

    /// Bytes of its members.
    pub fn bytes(&self) -> usize {
        let known = [self.kind, self.attributes, self.geometry, self.parents, self.children, self.extent];
        let others = self.others.iter().map(|(name, piece)| name.len() + piece.get().len());
        known.iter().flatten().map(|piece| piece.get().len()).sum::<usize>() + others.sum::<usize>()
    }

    /// Its type as written; empty when it has none.
    pub fn kind(&self) -> Cow<'a, str> {
        self.kind.and_then(json::string).unwrap_or_default()
    }
}

/// Reads a document with at most so many objects; one more is read, so that the caller sees it.
pub(crate) fn read<'a>(text: &'a str, most_objects: usize) -> Result<Document<'a>, serde_json::Error> {
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let document = Outline { most_objects }.deserialize(&mut deserializer)?;
    deserializer.end()?;
    Ok(document)
}

struct Outline {
    most_objects: usize,
}

impl<'de> DeserializeSeed<'de> for Outline {
    type Value = Document<'de>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Outline {
    type Value = Document<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut document = Document::default();
        while let Some(Key(name)) = map.next_key::<Key<'de>>()? {
            let (known, name): (&mut Option<Piece<'de>>, _) = match &*name {
                "type" => (&mut document.kind, "type"),
                "version" => (&mut document.version, "version"),
                "id" => (&mut document.id, "id"),
                "transform" => (&mut document.transform, "transform"),
                "metadata" => (&mut document.metadata, "metadata"),
                "vertices" => (&mut document.vertices, "vertices"),
                "appearance" => (&mut document.appearance, "appearance"),
                "geometry-templates" => (&mut document.templates, "geometry-templates"),
                "CityObjects" => {
                    let most = self.most_objects;
                    if document.objects.replace(map.next_value_seed(Entries { most })?).is_some() {
                        document.repeated.push("CityObjects");
                    }
                    continue;
                }
                _ => {
                    document.others.push((name, map.next_value()?));
                    continue;
                }
            };
            if known.replace(map.next_value::<&'de RawValue>()?).is_some() {
                document.repeated.push(name);
            }
        }
        Ok(document)
    }
}

struct Entries {
    most: usize,
}

impl<'de> DeserializeSeed<'de> for Entries {
    type Value = Vec<Entry<'de>>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Entries {
    type Value = Vec<Entry<'de>>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("CityObjects to be a JSON object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut entries = Vec::new();
        while let Some(Key(id)) = map.next_key::<Key<'de>>()? {
            if entries.len() > self.most {
                map.next_value::<IgnoredAny>()?;
                continue;
            }
            let object = map.next_value::<MaybeObject<'de>>()?.0;
            entries.push(Entry { id, object });
        }
        Ok(entries)
    }
}

struct MaybeObject<'a>(Option<CityObject<'a>>);

impl<'de: 'a, 'a> Deserialize<'de> for MaybeObject<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Object)
    }
}

struct Object;

impl<'de> Visitor<'de> for Object {
    type Value = MaybeObject<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a city object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut object = CityObject::default();
        while let Some((Key(name), piece)) = map.next_entry::<Key<'de>, &'de RawValue>()? {
            let known = match &*name {
                "type" => &mut object.kind,
                "attributes" => &mut object.attributes,
                "geometry" => &mut object.geometry,
                "parents" => &mut object.parents,
                "children" | "members" => &mut object.children,
                "geographicalExtent" => &mut object.extent,
                _ => {
                    object.others.push((name, piece));
                    continue;
                }
            };
            // A second one of the same name is kept as another member.
            if let Some(first) = known.replace(piece) {
                object.others.push((name, first));
            }
        }
        Ok(MaybeObject(Some(object)))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut array: A) -> Result<Self::Value, A::Error> {
        while array.next_element::<IgnoredAny>()?.is_some() {}
        Ok(MaybeObject(None))
    }

    fn visit_bool<E>(self, _: bool) -> Result<Self::Value, E> {
        Ok(MaybeObject(None))
    }

    fn visit_i64<E>(self, _: i64) -> Result<Self::Value, E> {
        Ok(MaybeObject(None))
    }

    fn visit_u64<E>(self, _: u64) -> Result<Self::Value, E> {
        Ok(MaybeObject(None))
    }

    fn visit_f64<E>(self, _: f64) -> Result<Self::Value, E> {
        Ok(MaybeObject(None))
    }

    fn visit_str<E>(self, _: &str) -> Result<Self::Value, E> {
        Ok(MaybeObject(None))
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(MaybeObject(None))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_outline_tells_what_is_where_and_what_stands_twice() {
        let text = r#"{"vertices": [], "CityObjects": {"a": {"type": "Road", "+x": 1, "type": "Bridge"}, "b": 5},
            "type": "CityJSON", "vertices": [[0,0,0]], "+extra": {}}"#;
        let document = read(text, 9).unwrap();
        assert_eq!(document.vertices.unwrap().get(), "[[0,0,0]]");
        assert_eq!((&document.repeated[..], document.others.len()), (&["vertices"][..], 1));
        let objects = document.objects.unwrap();
        let first = objects[0].object.as_ref().unwrap();
        assert_eq!((first.kind(), first.others.len()), ("Bridge".into(), 2));
        assert_eq!(first.first().unwrap().get(), "\"Road\"");
        assert!(objects[1].object.is_none() && objects[1].id == "b");
        assert_eq!(read(text, 0).unwrap().objects.unwrap().len(), 1);
    }

    #[test]
    fn what_is_no_document_is_an_error() {
        for text in ["[]", "5", "{", "{\"CityObjects\": []}", "{} {}"] {
            assert!(read(text, 9).is_err(), "{text}");
        }
    }
}
