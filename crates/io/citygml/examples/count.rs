//! Counts what is in CityGML files, as JSON: `count FILE...`. `tools/peers/citygml_counts.py` counts the
//! same without this crate and compares.

use std::collections::BTreeMap;
use std::path::Path;

use futago_citygml::{Limits, read_file};
use futago_raw::{GeometryKind, NodeView, RawCity, RawObject, SurfaceKind};
use serde_json::{Value, json};

fn main() {
    let limits = Limits::default();
    for file in std::env::args().skip(1) {
        let counted = match read_file(Path::new(&file), &limits) {
            Ok(city) => count(&city),
            Err(error) => json!({ "error": error.to_string() }),
        };
        println!("{}", json!({ "file": file, "counts": counted }));
    }
}

#[derive(Default)]
struct Counts {
    /// Top-level objects by local name.
    objects: BTreeMap<String, u64>,
    /// Elements that are neither geometry nor coordinates, by local name.
    elements: BTreeMap<String, u64>,
    geometries: BTreeMap<String, u64>,
    texts: u64,
    letters: u64,
    xml_attributes: u64,
    polygons: u64,
    triangles: u64,
    rings: u64,
    holes: u64,
    lines: u64,
    points: u64,
    positions: u64,
    coordinate_sum: f64,
    links: u64,
    texture_rings: u64,
    texture_positions: u64,
}

fn count(city: &RawCity) -> Value {
    let mut counts = Counts::default();
    for object in &city.objects {
        *counts.objects.entry(local(object.kind())).or_default() += 1;
        counts.add(object);
    }
    for appearance in &city.appearances {
        counts.add(&appearance.head);
        appearance.properties.iter().chain(&appearance.surface_data).for_each(|part| counts.add(part));
    }
    city.properties.iter().for_each(|property| counts.add(property));
    let report: BTreeMap<_, _> = city.report.counts().into_iter().collect();
    json!({
        "objects": counts.objects, "elements": counts.elements, "geometries": counts.geometries,
        "texts": counts.texts, "letters": counts.letters, "xml_attributes": counts.xml_attributes,
        "polygons": counts.polygons, "triangles": counts.triangles, "rings": counts.rings,
        "holes": counts.holes, "lines": counts.lines, "points": counts.points,
        "positions": counts.positions, "coordinate_sum": counts.coordinate_sum, "links": counts.links,
        "texture_rings": counts.texture_rings, "texture_positions": counts.texture_positions,
        "report": report,
    })
}

fn local(name: &str) -> String {
    name.rsplit(':').next().unwrap_or(name).to_owned()
}

impl Counts {
    fn add(&mut self, object: &RawObject) {
        object.nodes().for_each(|node| self.node(node));
        let shapes = &object.shapes;
        for geometry in &shapes.geometries {
            let alone =
                [GeometryKind::Polygon, GeometryKind::Point, GeometryKind::LineString, GeometryKind::Curve];
            if !alone.contains(&geometry.kind) {
                *self.geometries.entry(format!("{:?}", geometry.kind)).or_default() += 1;
            }
        }
        for surface in &shapes.surfaces {
            match surface.kind {
                SurfaceKind::Polygon | SurfaceKind::Rectangle => self.polygons += 1,
                SurfaceKind::Triangle => self.triangles += 1,
            }
        }
        self.rings += shapes.rings.len() as u64;
        self.holes += shapes.rings.iter().filter(|ring| ring.interior).count() as u64;
        self.lines += shapes.lines.len() as u64;
        self.points += shapes.points.len() as u64;
        self.positions += shapes.positions.len() as u64;
        self.coordinate_sum += shapes.positions.iter().flatten().sum::<f64>();
        self.links += object.links.len() as u64;
        self.texture_rings += object.texture_rings.len() as u64;
        self.texture_positions += object.texture_positions.len() as u64;
    }

    fn node(&mut self, node: NodeView<'_>) {
        *self.elements.entry(local(node.name())).or_default() += 1;
        self.xml_attributes += node.attributes().count() as u64;
        if !node.text().is_empty() {
            self.texts += 1;
            self.letters += node.text().chars().count() as u64;
        }
    }
}
