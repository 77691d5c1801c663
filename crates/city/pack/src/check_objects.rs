//! Every index, range and number of the city objects, so that no walk over them can panic or go in circles.

use futago_model::objects::{
    Element, ElementRole, GeometryKind, GeometryRole, NO_INDEX, ObjectGeometry, ObjectLink, RootKind,
    SurfaceKind, TargetKind, Text,
};
use futago_model::{Objects, StringId};

use crate::check::{Checked, MAX_MM, ensure, strings};

/// Checks all objects.
pub(crate) fn objects(objects: &Objects) -> Checked {
    strings(&objects.names, "names of objects")?;
    let text = std::str::from_utf8(&objects.text);
    ensure(text.is_ok(), "text of objects", || "not UTF-8".to_owned())?;
    let check = Check { objects };
    check.roots()?;
    for (index, element) in objects.elements.iter().enumerate() {
        let holds = check.element(index as u32, element);
        ensure(holds, "elements", || format!("element {index} cannot be"))?;
    }
    for (index, geometry) in objects.geometries.iter().enumerate() {
        let holds = check.geometry(index as u32, geometry);
        ensure(holds, "geometries", || format!("geometry {index} cannot be"))?;
    }
    check.shapes()?;
    check.rest()
}

struct Check<'a> {
    objects: &'a Objects,
}

impl Check<'_> {
    /// Roots follow each other and hold every element once.
    fn roots(&self) -> Checked {
        let all = &self.objects.elements;
        let mut next = 0;
        for (index, root) in self.objects.roots.iter().enumerate() {
            let element = all.get(root.element as usize);
            let holds = root.element == next
                && RootKind::from_number(root.kind).is_some()
                && self.name(root.file)
                && element.is_some_and(|e| e.parent == NO_INDEX && e.end > root.element);
            ensure(holds, "roots", || format!("root {index} cannot be"))?;
            next = all[root.element as usize].end;
        }
        ensure(next as usize == all.len(), "roots", || "some elements belong to none".to_owned())
    }

    fn element(&self, index: u32, element: &Element) -> bool {
        let all = &self.objects.elements;
        let nested = match all.get(element.parent as usize) {
            Some(around) => element.parent < index && element.end <= around.end,
            None => {
                element.parent == NO_INDEX
                    && self.objects.roots.binary_search_by_key(&index, |r| r.element).is_ok()
            }
        };
        nested
            && element.end > index
            && element.end as usize <= all.len()
            && self.name(element.name)
            && ElementRole::from_number(element.role).is_some()
            && self.text(element.text)
            && range(element.attributes, self.objects.attributes.len())
    }

    fn geometry(&self, index: u32, geometry: &ObjectGeometry) -> bool {
        let objects = self.objects;
        let member = match objects.geometries.get(geometry.parent as usize) {
            Some(around) => geometry.parent < index && geometry.end <= around.end,
            None => geometry.parent == NO_INDEX,
        };
        member
            && geometry.end > index
            && geometry.end as usize <= objects.geometries.len()
            && GeometryKind::from_number(geometry.kind).is_some()
            && GeometryRole::from_number(geometry.role).is_some()
            && (geometry.element as usize) < objects.elements.len()
            && self.text(geometry.id)
            && range(geometry.surfaces, objects.surfaces.len())
            && range(geometry.lines, objects.lines.len())
            && range(geometry.points, objects.points.len())
            && range(geometry.links, objects.links.len())
    }

    fn shapes(&self) -> Checked {
        let objects = self.objects;
        let surfaces = objects.surfaces.iter().all(|surface| {
            range(surface.rings, objects.rings.len())
                && SurfaceKind::from_number(surface.kind).is_some()
                && self.text(surface.id)
        });
        ensure(surfaces, "surfaces", || "one has rings that are not there".to_owned())?;
        let vertices = objects.vertices_mm.len();
        let rings = objects.rings.iter().all(|ring| range(ring.vertices, vertices) && self.text(ring.id));
        ensure(rings, "rings", || "one has vertices that are not there".to_owned())?;
        let mut lines = objects.lines.iter().chain(&objects.points);
        let lines = lines.all(|line| range(line.vertices, vertices) && self.text(line.id));
        ensure(lines, "lines", || "one has vertices that are not there".to_owned())?;
        let near = objects.vertices_mm.iter().flatten().all(|mm| mm.unsigned_abs() <= MAX_MM);
        ensure(near, "vertices of objects", || "one is more than 1,000 km from the site origin".to_owned())
    }

    fn rest(&self) -> Checked {
        let objects = self.objects;
        let attributes = objects.attributes.iter().all(|a| self.name(a.name) && self.text(a.value));
        ensure(attributes, "attributes", || "one has a text that is not there".to_owned())?;
        let links = objects.links.iter().all(|link| self.link(link));
        ensure(links, "links", || "one leads to what is not there".to_owned())?;
        let positions = objects.texture_positions.len();
        let textured = objects.textured_rings.iter().all(|ring| {
            (ring.element as usize) < objects.elements.len()
                && self.text(ring.ring)
                && range(ring.positions, positions)
        });
        ensure(textured, "textures", || "one lies on what is not there".to_owned())
    }

    fn link(&self, link: &ObjectLink) -> bool {
        let objects = self.objects;
        let owner = |index: u32, count: usize| index == NO_INDEX || (index as usize) < count;
        let count = match TargetKind::from_number(link.target_kind) {
            Some(TargetKind::Outside) => return link.target == NO_INDEX && self.text(link.href),
            Some(TargetKind::Surface) => objects.surfaces.len(),
            Some(TargetKind::Geometry) => objects.geometries.len(),
            Some(TargetKind::Ring) => objects.rings.len(),
            Some(TargetKind::Line) => objects.lines.len(),
            Some(TargetKind::Point) => objects.points.len(),
            Some(TargetKind::Element) => objects.elements.len(),
            None => return false,
        };
        (link.target as usize) < count
            && self.text(link.href)
            && owner(link.geometry, objects.geometries.len())
            && owner(link.element, objects.elements.len())
            && link.after_surfaces as usize <= objects.surfaces.len()
    }

    fn name(&self, id: StringId) -> bool {
        (id.0 as usize) < self.objects.names.ends.len()
    }

    fn text(&self, text: Text) -> bool {
        range([text.start, text.end], self.objects.text.len())
    }
}

fn range([first, end]: [u32; 2], count: usize) -> bool {
    first <= end && end as usize <= count
}
