//! Choosing and leaving out levels of detail.

use std::ops::Range;

use futago_raw::{LinkOwner, RawObject, Target};

/// Which records stay, and where they are then.
struct Kept {
    /// How many stay before each record, and at the end how many in all.
    before: Vec<u32>,
}

impl Kept {
    fn new(flags: &[bool]) -> Self {
        let mut before = Vec::with_capacity(flags.len() + 1);
        let mut count = 0;
        for stays in flags {
            before.push(count);
            count += u32::from(*stays);
        }
        before.push(count);
        Self { before }
    }

    fn stays(&self, index: u32) -> bool {
        self.before[index as usize] < self.before[index as usize + 1]
    }

    fn at(&self, index: u32) -> u32 {
        self.before[index as usize]
    }

    fn range(&self, range: &Range<u32>) -> Range<u32> {
        self.at(range.start)..self.at(range.end)
    }

    fn take<T>(&self, records: &mut Vec<T>) {
        let mut index = 0;
        records.retain(|_| {
            index += 1;
            self.stays(index - 1)
        });
    }
}

/// Flags of the records in any of these ranges.
fn within<'a>(count: usize, ranges: impl Iterator<Item = &'a Range<u32>>) -> Kept {
    let mut flags = vec![false; count];
    for range in ranges {
        flags[range.start as usize..range.end as usize].fill(true);
    }
    Kept::new(&flags)
}

/// The first of some levels of detail that an object has faces of.
pub(crate) fn first_lod_with_faces(object: &RawObject, order: &[u8]) -> Option<u8> {
    let shown = |lod: u8| {
        let mut geometries = object.shapes.geometries.iter();
        geometries.any(|g| g.parent.is_none() && g.lod == Some(lod) && !g.surfaces.is_empty())
    };
    order.iter().copied().find(|lod| shown(*lod))
}

/// Takes every geometry above a level of detail out of an object. Its elements stay.
pub(crate) fn without_lod_above(object: &mut RawObject, most: u8) {
    let shapes = &mut object.shapes;
    let flags: Vec<bool> =
        shapes.geometries.iter().map(|geometry| geometry.lod.is_none_or(|lod| lod <= most)).collect();
    if flags.iter().all(|stays| *stays) {
        return;
    }
    let geometries = Kept::new(&flags);
    geometries.take(&mut shapes.geometries);
    let surfaces = within(shapes.surfaces.len(), shapes.geometries.iter().map(|g| &g.surfaces));
    let lines = within(shapes.lines.len(), shapes.geometries.iter().map(|g| &g.lines));
    let points = within(shapes.points.len(), shapes.geometries.iter().map(|g| &g.points));
    surfaces.take(&mut shapes.surfaces);
    lines.take(&mut shapes.lines);
    points.take(&mut shapes.points);
    let rings = within(shapes.rings.len(), shapes.surfaces.iter().map(|s| &s.rings));
    rings.take(&mut shapes.rings);
    let ranges = shapes.rings.iter().map(|r| &r.positions).chain(shapes.lines.iter().map(|l| &l.positions));
    let ranges = ranges.chain(shapes.points.iter().map(|p| &p.positions));
    let positions = within(shapes.positions.len(), ranges);
    positions.take(&mut shapes.positions);

    let owned = |owner: &LinkOwner| !matches!(owner, LinkOwner::Geometry(index) if !geometries.stays(*index));
    let links = Kept::new(&object.links.iter().map(|link| owned(&link.owner)).collect::<Vec<_>>());
    links.take(&mut object.links);
    for geometry in &mut shapes.geometries {
        geometry.parent = geometry.parent.map(|parent| geometries.at(parent));
        geometry.end = geometries.at(geometry.end);
        geometry.surfaces = surfaces.range(&geometry.surfaces);
        geometry.lines = lines.range(&geometry.lines);
        geometry.points = points.range(&geometry.points);
        geometry.links = links.range(&geometry.links);
    }
    for surface in &mut shapes.surfaces {
        surface.rings = rings.range(&surface.rings);
    }
    let lined = shapes.lines.iter_mut().map(|l| &mut l.positions);
    let lined = lined.chain(shapes.points.iter_mut().map(|p| &mut p.positions));
    for range in lined.chain(shapes.rings.iter_mut().map(|r| &mut r.positions)) {
        *range = positions.range(range);
    }
    let moved = |kept: &Kept, index: u32| kept.stays(index).then(|| kept.at(index));
    for link in &mut object.links {
        link.after_surfaces = surfaces.at(link.after_surfaces);
        if let LinkOwner::Geometry(index) = &mut link.owner {
            *index = geometries.at(*index);
        }
        let target = match link.target {
            Target::Surface(i) => moved(&surfaces, i).map(Target::Surface),
            Target::Geometry(i) => moved(&geometries, i).map(Target::Geometry),
            Target::Ring(i) => moved(&rings, i).map(Target::Ring),
            Target::Line(i) => moved(&lines, i).map(Target::Line),
            Target::Point(i) => moved(&points, i).map(Target::Point),
            other => Some(other),
        };
        link.target = target.unwrap_or(Target::Outside);
    }
}

#[cfg(test)]
mod tests {
    use futago_raw::{GeometryKind, NodeRole, ObjectBuilder};

    use super::*;

    #[test]
    fn what_stays_keeps_its_faces() {
        let mut house = ObjectBuilder::new("bldg:Building", 0);
        for lod in [0_u8, 2, 1] {
            house.begin("bldg:lod", NodeRole::Property);
            house.begin_geometry(GeometryKind::MultiSurface, Some(lod), Some(6697));
            let z = f64::from(lod);
            house.surface(&format!("s{lod}"), &[&[[0.0, 0.0, z], [1.0, 0.0, z], [1.0, 1.0, z]]]);
            house.end_geometry();
            house.end();
        }
        let mut house = house.finish();
        without_lod_above(&mut house, 1);
        let shapes = &house.shapes;
        assert_eq!((shapes.geometries.len(), shapes.surfaces.len(), shapes.positions.len()), (2, 2, 6));
        let last = &shapes.surfaces_of(&shapes.geometries[1])[0];
        assert_eq!(house.text(last.id), "s1");
        assert_eq!(shapes.at(&shapes.rings_of(last)[0].positions)[0][2], 1.0);
    }
}
