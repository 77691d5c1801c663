//! Following every index of what was read: one that leads out of its array panics here.

use futago_model::{CityModel, Objects, PolygonId, Polygons};
use futago_raw::{LinkOwner, RawCity, RawObject, Target};

/// Every object of a file.
pub fn raw(city: &RawCity) {
    city.objects.iter().for_each(raw_object);
    city.properties.iter().for_each(raw_object);
    for appearance in &city.appearances {
        raw_object(&appearance.head);
        appearance.properties.iter().chain(&appearance.surface_data).for_each(raw_object);
    }
}

fn raw_object(object: &RawObject) {
    let mut seen = object.kind().len() + object.parts().count();
    for node in object.nodes() {
        seen += node.name().len() + node.text().len() + node.part().children().count();
        seen += node.attributes().map(|(name, value)| name.len() + value.len()).sum::<usize>();
    }
    let shapes = &object.shapes;
    for geometry in &shapes.geometries {
        object.node(geometry.node).name();
        seen += object.text(geometry.id).len();
        assert!(geometry.end as usize <= shapes.geometries.len());
        assert!(geometry.parent.is_none_or(|parent| (parent as usize) < shapes.geometries.len()));
        for ring in shapes.surfaces_of(geometry).iter().flat_map(|surface| shapes.rings_of(surface)) {
            seen += shapes.at(&ring.positions).len() + object.text(ring.id).len();
        }
        seen += shapes.lines[geometry.lines.start as usize..geometry.lines.end as usize].len();
        seen += shapes.points[geometry.points.start as usize..geometry.points.end as usize].len();
        seen += object.links[geometry.links.start as usize..geometry.links.end as usize].len();
    }
    for line in &shapes.lines {
        seen += shapes.at(&line.positions).len();
    }
    for link in &object.links {
        seen += object.text(link.href).len();
        let (index, count) = match link.owner {
            LinkOwner::Node(index) => (index, object.nodes.len()),
            LinkOwner::Geometry(index) => (index, shapes.geometries.len()),
        };
        assert!((index as usize) < count);
        let (index, count) = match link.target {
            Target::Surface(index) => (index, shapes.surfaces.len()),
            Target::Geometry(index) => (index, shapes.geometries.len()),
            Target::Ring(index) => (index, shapes.rings.len()),
            Target::Line(index) => (index, shapes.lines.len()),
            Target::Point(index) => (index, shapes.points.len()),
            Target::Node(index) => (index, object.nodes.len()),
            Target::Outside => (0, 1),
        };
        assert!((index as usize) < count);
    }
    for ring in &object.texture_rings {
        seen += object.node(ring.node).name().len() + object.text(ring.ring).len();
        seen += object.texture_positions[ring.positions.start as usize..ring.positions.end as usize].len();
    }
    assert!(shapes.positions.iter().flatten().all(|number| number.is_finite()), "{seen}");
}

/// Every part of a finished city.
pub fn city(city: &CityModel) {
    let buildings = &city.buildings;
    polygons(&buildings.polygons);
    for building in &buildings.records {
        assert!(buildings.find(buildings.id_of(building)).is_some());
        buildings.main_roof_of(building);
        buildings.top_of(building);
        buildings.solids_of(building).iter().for_each(|solid| touch(&buildings.polygons, solid.polygon));
        touch(&buildings.polygons, building.footprint);
    }
    polygons(&city.streets.polygons);
    (0..city.streets.records.len()).for_each(|index| assert!(city.streets.length_m(index) >= 0.0));
    polygons(&city.floors.polygons);
    city.floors.areas_by_level_m2();
    for link in &city.walk.links {
        assert!((link.from.0 as usize) < city.walk.nodes.len());
        assert!((link.to.0 as usize) < city.walk.nodes.len());
    }
    city.credits();
}

fn polygons(polygons: &Polygons) {
    (0..polygons.len()).for_each(|index| touch(polygons, PolygonId(index as u32)));
}

fn touch(polygons: &Polygons, id: PolygonId) {
    let polygon = polygons.get(id);
    polygon.bounds_m();
    polygon.area_m2();
    let corners = polygon.vertices_mm.len();
    assert!(polygon.triangles.iter().flatten().all(|corner| usize::from(*corner) < corners));
    assert!(polygon.rings_mm().map(<[_]>::len).sum::<usize>() == corners);
}

/// City objects as published.
pub fn objects(objects: &Objects) {
    for object in objects.objects() {
        let mut seen = 0;
        for element in object.descendants() {
            seen += element.name().len() + element.text().len() + element.part().children().count();
            seen += element.attributes().map(|(name, value)| name.len() + value.len()).sum::<usize>();
        }
        for (_, geometry) in object.geometries_within() {
            for surface in objects.surfaces_of(geometry) {
                let rings = objects.rings_of(surface).iter();
                seen += rings.map(|ring| objects.vertices_of(ring.vertices).len()).sum::<usize>();
            }
        }
        assert!(seen < usize::MAX);
    }
}
