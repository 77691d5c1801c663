//! City objects as published to CityJSON 2.0.
//!
//! Everything that the sources say of an object becomes an attribute of it: a text or a number, an object
//! where the source has a value with fields, an array where a name repeats. XML attributes stand beside as
//! `name@attribute` (`measuredHeight@uom`); what a code means as `name@meaning`. Boundary surfaces become
//! semantics of the geometry that they bound; parts that bound none are attributes (`@parts`). Coordinates are metres of the plane system with heights T.P.
//!
//! Textures and materials become those of the file ([`appearance`]).
//!
//! Where this stops: the ids of faces and rings are not written. CityJSON ends at level of
//! detail 3, so 4 is written as 3. An object whose kind may not have a geometry that it has is a generic one.

mod appearance;
mod attributes;
mod faces;
mod geometry;
mod images;
mod kinds;

use std::collections::HashSet;
use std::io::Write;
use std::path::Path;

use futago_model::objects::{ElementRole, ElementView};
use futago_model::{About, Objects};
use serde_json::{Map, Value, json};

use crate::{ExportError, folder};
use appearance::Appearance;
use faces::Vertices;
pub use images::Images;

/// Writes the objects of a city as CityJSON 2.0 (`.json`). An existing file is replaced, whole or not at all. Images
/// of textures that are found in a folder, the one that was imported, are copied beside the file.
///
/// # Errors
/// When a file cannot be read or written, `path` does not end in `.json`, or there are no objects.
pub fn export_cityjson(
    objects: &Objects,
    about: &About,
    path: &Path,
    images: Option<&Path>,
) -> Result<Images, ExportError> {
    if crate::ending(path) != "json" {
        return Err(ExportError::UnknownFormat { path: path.to_owned(), known: ".city.json" });
    }
    if objects.is_empty() {
        return Err(ExportError::NoObjects);
    }
    let appearance = Appearance::of(objects);
    let (images, count) = images::copied(appearance.images(), images, path)?;
    folder::save_file(path, &encode(objects, about, &appearance, &images)?)?;
    Ok(count)
}

/// The bytes of the file. `images` are the paths of the textures' images.
fn encode(
    objects: &Objects,
    about: &About,
    appearance: &Appearance<'_>,
    images: &[String],
) -> Result<Vec<u8>, ExportError> {
    let bad = |error: &dyn std::fmt::Display| ExportError::BadResult { what: error.to_string() };
    let mut out = Vec::new();
    let head = json!({
        "type": "CityJSON",
        "version": "2.0",
        "transform": {
            "scale": [0.001, 0.001, 0.001],
            "translate": [about.frame.origin_east_m, about.frame.origin_north_m, 0.0],
        },
        "metadata": metadata(about),
    });
    let text = serde_json::to_string(&head).map_err(|e| bad(&e))?;
    // The objects follow inside the same braces, one by one, so that a large city does not stand in memory twice.
    out.extend_from_slice(&text.as_bytes()[..text.len() - 1]);
    out.extend_from_slice(b",\"CityObjects\":{");
    let vertices = Vertices::default();
    let mut writer = Writer { objects, appearance, vertices, ids: Default::default(), first: true };
    for object in objects.objects() {
        writer.object(object, None, &mut out).map_err(|e| bad(&e))?;
    }
    out.extend_from_slice(b"},\"vertices\":");
    serde_json::to_writer(&mut out, &writer.vertices.list).map_err(|e| bad(&e))?;
    if let Some(appearance) = appearance.record(images, &writer.vertices.texture) {
        out.extend_from_slice(b",\"appearance\":");
        serde_json::to_writer(&mut out, &appearance).map_err(|e| bad(&e))?;
    }
    out.extend_from_slice(b"}\n");
    Ok(out)
}

fn metadata(about: &About) -> Value {
    let mut metadata = json!({ "title": about.name_ja });
    // Zones I to XIII have a system with heights T.P.; the islands beyond have none.
    let compound = about.frame.epsg - 6669 + 10162;
    let epsg = if compound <= 10174 { compound } else { about.frame.epsg };
    metadata["referenceSystem"] = format!("https://www.opengis.net/def/crs/EPSG/0/{epsg}").into();
    let credits: Vec<String> = about
        .sources
        .iter()
        .map(|s| {
            let licence = if s.licence.is_empty() { String::new() } else { format!("({})", s.licence) };
            let words = [s.credit.as_str(), &licence, &s.url].into_iter().filter(|word| !word.is_empty());
            words.collect::<Vec<_>>().join(" ")
        })
        .filter(|credit| !credit.is_empty())
        .collect();
    if !credits.is_empty() {
        metadata["identifier"] = credits.join(" / ").into();
    }
    metadata
}

struct Writer<'a> {
    objects: &'a Objects,
    appearance: &'a Appearance<'a>,
    vertices: Vertices,
    /// Ids that are taken.
    ids: HashSet<String>,
    first: bool,
}

impl<'a> Writer<'a> {
    /// Writes an object and the objects in it; its id.
    fn object(
        &mut self,
        object: ElementView<'a>,
        parent: Option<&str>,
        out: &mut Vec<u8>,
    ) -> serde_json::Result<String> {
        let id = self.free_id(object);
        let [city_objects, others] = parts_of(object);
        let mut children = Vec::new();
        for part in city_objects {
            children.push(self.object(part, Some(&id), out)?);
        }
        let (mut kind, mut known) = kinds::city_object(object.name());
        let mut told = HashSet::new();
        let geometry =
            geometry::of(self.objects, self.appearance, object, kind, &mut self.vertices, &mut told);
        if geometry.iter().any(|g| g["type"].as_str().is_some_and(|g| !kinds::allows(kind, g))) {
            (kind, known) = (kinds::GENERIC, false);
        }
        let mut record = Map::new();
        record.insert("type".to_owned(), kind.into());
        let mut values = attributes::of(object);
        if matches!(kind, "Building" | "BuildingPart") && !values.contains_key("measuredHeight") {
            values.extend(attributes::measured_height(object).map(|m| ("measuredHeight".to_owned(), m)));
        }
        if !known {
            values.insert("@type".to_owned(), object.name().into());
        }
        let untold = others.into_iter().filter(|part| !told.contains(&part.index()));
        let untold: Vec<_> = untold.map(attributes::of_part).collect();
        if !untold.is_empty() {
            values.insert("@parts".to_owned(), untold.into());
        }
        if !values.is_empty() {
            record.insert("attributes".to_owned(), values.into());
        }
        if !geometry.is_empty() {
            record.insert("geometry".to_owned(), geometry.into());
        }
        if !children.is_empty() {
            record.insert("children".to_owned(), children.into());
        }
        if let Some(parent) = parent {
            record.insert("parents".to_owned(), json!([parent]));
        }
        if !std::mem::replace(&mut self.first, false) {
            out.push(b',');
        }
        serde_json::to_writer(&mut *out, &id)?;
        // Writing to memory does not fail.
        let _ = out.write_all(b":");
        serde_json::to_writer(&mut *out, &record)?;
        Ok(id)
    }

    /// The `gml:id` of an object, or one that is free.
    fn free_id(&mut self, object: ElementView<'_>) -> String {
        let id = object.id().filter(|id| !id.is_empty());
        let id = id.map_or_else(|| format!("no-id-{}", object.index()), str::to_owned);
        let numbered = (2..).map(|n| format!("{id}-{n}"));
        let mut candidates = std::iter::once(id.clone()).chain(numbered);
        candidates.find(|id| self.ids.insert(id.clone())).unwrap_or(id)
    }
}

/// The parts within an object, in their order: first the city objects among them (rooms, installations), without
/// what is in these, then the others (boundary surfaces and what else has an id).
fn parts_of(object: ElementView<'_>) -> [Vec<ElementView<'_>>; 2] {
    let [mut city_objects, mut others] = [Vec::new(), Vec::new()];
    let mut open: Vec<_> = object.children().collect();
    open.reverse();
    while let Some(element) = open.pop() {
        if is_city_object(element) {
            city_objects.push(element);
            continue;
        }
        if element.role() == ElementRole::Part {
            others.push(element);
        }
        let first = open.len();
        open.extend(element.children());
        open[first..].reverse();
    }
    [city_objects, others]
}

fn is_city_object(element: ElementView<'_>) -> bool {
    element.role() == ElementRole::Part && kinds::is_city_object(element.name())
}
