//! One feature of GeoJSON.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use geojson::{Geometry, GeometryValue, Position};
use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_json::value::RawValue;

use crate::row::{Row, Value};
use crate::shape::{Shape, Vertex};

/// The members of an object, in the order of the file.
struct Members<'a>(Vec<(Cow<'a, str>, &'a RawValue)>);

impl<'de: 'a, 'a> Deserialize<'de> for Members<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct All;
        impl<'de> Visitor<'de> for All {
            type Value = Members<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut members = Vec::new();
                while let Some(Name(name)) = map.next_key()? {
                    members.push((name, map.next_value()?));
                }
                Ok(Members(members))
            }
        }
        deserializer.deserialize_map(All)
    }
}

/// A name, borrowed where it has no escapes.
struct Name<'a>(Cow<'a, str>);

impl<'de: 'a, 'a> Deserialize<'de> for Name<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Text;
        impl<'de> Visitor<'de> for Text {
            type Value = Name<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a name")
            }

            fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Self::Value, E> {
                Ok(Name(Cow::Borrowed(text)))
            }

            fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
                Ok(Name(Cow::Owned(text.to_owned())))
            }
        }
        deserializer.deserialize_str(Text)
    }
}

/// The fields of a feature, and whether it has polygons: what is looked at before features are read.
pub(super) struct Outline {
    pub fields: Vec<String>,
    pub polygons: bool,
}

impl<'de> Deserialize<'de> for Outline {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let Members(members) = Members::deserialize(deserializer)?;
        let mut outline = Self { fields: Vec::new(), polygons: false };
        for (name, value) in members {
            match &*name {
                "properties" => {
                    let inside = serde_json::from_str::<Names>(value.get());
                    outline.fields.extend(inside.map(|Names(names)| names).unwrap_or_default());
                }
                "geometry" => outline.polygons = value.get().contains("Polygon\""),
                "type" | "id" | "bbox" => {}
                _ => outline.fields.push(name.into_owned()),
            }
        }
        Ok(outline)
    }
}

/// The names of the members of an object.
struct Names(Vec<String>);

impl<'de> Deserialize<'de> for Names {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Keys;
        impl<'de> Visitor<'de> for Keys {
            type Value = Names;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut names = Vec::new();
                while let Some((name, IgnoredAny)) = map.next_entry::<String, IgnoredAny>()? {
                    names.push(name);
                }
                Ok(Names(names))
            }
        }
        deserializer.deserialize_map(Keys)
    }
}

/// Reads a feature by its text; the problem when it is none.
pub(super) fn row(text: &str) -> Result<Row, String> {
    let Members(members) = serde_json::from_str(text).map_err(|error| error.to_string())?;
    let mut row =
        Row { index: 0, place: 0, id: None, fields: Vec::new(), shape: Shape::default(), lost: None };
    let mut kind = None;
    for (name, member) in members {
        match &*name {
            "type" => kind = serde_json::from_str::<String>(member.get()).ok(),
            "id" => row.id = value(member).and_then(|id| id.text().map(str::to_owned)),
            "bbox" => {}
            "geometry" => match shape(member) {
                Ok(shape) => row.shape = shape,
                Err(problem) => row.lost = Some(problem),
            },
            "properties" => match serde_json::from_str::<Members<'_>>(member.get()) {
                Ok(Members(fields)) => row.fields.extend(fields.into_iter().filter_map(named)),
                Err(_) => row.fields.extend(named((name, member))),
            },
            _ => row.fields.extend(named((name, member))),
        }
    }
    match kind.as_deref() {
        Some("Feature") => Ok(row),
        Some(other) => {
            Err(format!("its type is `{}`, not `Feature`", other.chars().take(40).collect::<String>()))
        }
        None => Err("it has no `type`".to_owned()),
    }
}

fn named((name, member): (Cow<'_, str>, &RawValue)) -> Option<(Arc<str>, Value)> {
    Some((Arc::from(&*name), value(member)?))
}

/// A value with its letters and figures as in the file; none for `null`.
fn value(member: &RawValue) -> Option<Value> {
    let text = member.get();
    match text.as_bytes().first()? {
        b'n' => None,
        b'"' => serde_json::from_str(text).ok().map(Value::Text),
        b't' | b'f' => Some(Value::Text(text.to_owned())),
        b'{' | b'[' => serde_json::from_str(text).ok().map(Value::Nested),
        _ if text.contains(['.', 'e', 'E']) => Some(Value::Real(text.to_owned())),
        _ => Some(Value::Whole(text.to_owned())),
    }
}

fn shape(member: &RawValue) -> Result<Shape, String> {
    let mut shape = Shape::default();
    if member.get() != "null" {
        let geometry = serde_json::from_str::<Geometry>(member.get());
        add(geometry.map_err(|error| format!("its geometry cannot be read ({error})"))?.value, &mut shape)?;
    }
    Ok(shape)
}

fn add(geometry: GeometryValue, shape: &mut Shape) -> Result<(), String> {
    match geometry {
        GeometryValue::Point { coordinates } => shape.points.push(vertex(&coordinates)?),
        GeometryValue::MultiPoint { coordinates } => shape.points.extend(line(&coordinates)?),
        GeometryValue::LineString { coordinates } => shape.lines.push(line(&coordinates)?),
        GeometryValue::MultiLineString { coordinates } => shape.lines.extend(lines(&coordinates)?),
        GeometryValue::Polygon { coordinates } => shape.polygons.push(lines(&coordinates)?),
        GeometryValue::MultiPolygon { coordinates } => {
            for polygon in &coordinates {
                shape.polygons.push(lines(polygon)?);
            }
        }
        // As deep as `serde_json` goes, which ends at 128.
        GeometryValue::GeometryCollection { geometries } => {
            geometries.into_iter().try_for_each(|geometry| add(geometry.value, shape))?;
        }
    }
    Ok(())
}

fn lines(lines: &[Vec<Position>]) -> Result<Vec<Vec<Vertex>>, String> {
    lines.iter().map(|positions| line(positions)).collect()
}

fn line(positions: &[Position]) -> Result<Vec<Vertex>, String> {
    positions.iter().map(vertex).collect()
}

fn vertex(position: &Position) -> Result<Vertex, String> {
    match position.as_slice() {
        [x, y] => Ok([*x, *y, 0.0]),
        [x, y, z, ..] => Ok([*x, *y, *z]),
        _ => Err("a position of its geometry has fewer than two numbers".to_owned()),
    }
}
