//! A row as a raw feature.
//!
//! Every field is kept: one with the name of a CityGML element (`bldg:usage`) as that element, any other as a
//! generic attribute. What has a meaning (id, name, height, storeys) is written as CityGML has it besides.

use futago_raw::{GeometryKind, NodeRole, ObjectBuilder};
use serde_json::Value as Json;

use crate::kind::{self, Form};
use crate::plan::{Height, Plan};
use crate::row::{Row, Value};
use crate::shape::Polygon;

/// Says of a height how it was assumed.
pub(crate) const ASSUMED: &str = "futago:assumed";

/// What was done to a row besides.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Built {
    /// Its height is that of its storeys.
    pub height_assumed: bool,
}

/// Writes a row as an object of a builder.
pub(crate) fn build(row: &Row, plan: &Plan, depth: usize, out: &mut ObjectBuilder) -> Built {
    let kind = plan.kind(row);
    let mut built = Built::default();
    out.start(kind, row.place);
    let published = row.text(plan.id.as_deref());
    if let Some(id) = published.or(row.id.as_deref()) {
        out.attribute("gml:id", id);
    }
    let mut known = Vec::new();
    if let Some(name) = row.text(plan.name.as_deref()) {
        written(out, &mut known, "gml:name", name);
    }
    for (element, field) in &plan.elements {
        if let Some(text) = row.text(Some(field)) {
            written(out, &mut known, element, text);
        }
    }
    if kind.starts_with("bldg:") {
        match plan.height(row) {
            Some(Height::Published(text)) => written(out, &mut known, "bldg:measuredHeight", &text),
            Some(Height::FromStoreys(text)) => {
                known.push("bldg:measuredHeight".to_owned());
                out.begin("bldg:measuredHeight", NodeRole::Property);
                out.attribute(ASSUMED, &format!("storeys x {} m", plan.storey_height_m));
                out.text(&text);
                out.end();
                built.height_assumed = true;
            }
            None => {}
        }
        if let Some(text) = row.text(plan.storeys.as_deref()) {
            written(out, &mut known, "bldg:storeysAboveGround", text);
        }
    }
    if let Some(id) = row.id.as_deref().filter(|_| published.is_some()) {
        generic(out, "gen:stringAttribute", "feature_id", id);
    }
    for (name, value) in &row.fields {
        if !known.iter().any(|known| **known == **name) {
            field(out, name, value, depth);
        }
    }
    geometry(row, plan, kind, out);
    built
}

/// Writes an element and remembers it.
fn written(out: &mut ObjectBuilder, known: &mut Vec<String>, name: &str, text: &str) {
    out.value(name, text);
    known.push(name.to_owned());
}

fn field(out: &mut ObjectBuilder, name: &str, value: &Value, depth: usize) {
    let text = match value {
        Value::Nested(json) => return nested(out, name, json, depth),
        Value::Text(text) | Value::Whole(text) | Value::Real(text) => text.trim(),
    };
    match value {
        _ if kind::is_name(name) => out.value(name, text),
        Value::Whole(_) => generic(out, "gen:intAttribute", name, text),
        Value::Real(_) => generic(out, "gen:doubleAttribute", name, text),
        _ => generic(out, "gen:stringAttribute", name, text),
    }
}

fn generic(out: &mut ObjectBuilder, element: &str, name: &str, text: &str) {
    out.begin(element, NodeRole::Property);
    out.attribute("name", name);
    out.value("gen:value", text);
    out.end();
}

/// Objects become elements in elements, lists elements of one name; what is deeper than allowed stays JSON.
fn nested(out: &mut ObjectBuilder, name: &str, json: &Json, depth: usize) {
    match json {
        Json::Null => {}
        Json::Array(items) if depth > 0 => items.iter().for_each(|item| nested(out, name, item, depth - 1)),
        Json::Object(fields) if depth > 0 => {
            out.begin(name, NodeRole::Value);
            fields.iter().for_each(|(name, value)| nested(out, name, value, depth - 1));
            out.end();
        }
        Json::String(text) => out.value(name, text.trim()),
        other => out.value(name, &other.to_string()),
    }
}

fn geometry(row: &Row, plan: &Plan, kind: &str, out: &mut ObjectBuilder) {
    let shape = &row.shape;
    if !shape.polygons.is_empty() {
        let form = if shape.is_flat() { Form::Flat } else { Form::Faces };
        open(out, kind, form, GeometryKind::MultiSurface, plan.epsg);
        shape.polygons.iter().for_each(|polygon| surface(out, polygon));
        close(out);
    }
    if !shape.lines.is_empty() {
        open(out, kind, Form::Lines, GeometryKind::MultiCurve, plan.epsg);
        shape.lines.iter().for_each(|line| out.line(line));
        close(out);
    }
    if !shape.points.is_empty() {
        open(out, kind, Form::Points, GeometryKind::MultiPoint, plan.epsg);
        shape.points.iter().for_each(|point| out.point(*point));
        close(out);
    }
}

fn open(out: &mut ObjectBuilder, kind: &str, form: Form, geometry: GeometryKind, epsg: u32) {
    let (property, lod) = kind::property(kind, form);
    out.begin(&property, NodeRole::Property);
    out.begin_geometry(geometry, Some(lod), Some(epsg));
}

fn close(out: &mut ObjectBuilder) {
    out.end_geometry();
    out.end();
}

fn surface(out: &mut ObjectBuilder, polygon: &Polygon) {
    out.begin_surface("");
    for (index, ring) in polygon.iter().enumerate() {
        out.ring("", index > 0, ring.iter().copied());
    }
    out.end_surface();
}
