//! Geometry: from `gml:MultiSurface` down to the ring.

use super::{Builder, Frame};
use crate::CityGmlError;
use crate::lexicon::{Class, Key, Word};
use crate::markup::Attribute;
use crate::range::Range;
use futago_geodesy::Crs;
use futago_raw::{
    Geometry, GeometryKind, GeometryRole, Line, LinkOwner, Point, Ring, Span, Surface, SurfaceKind,
};

/// The innermost open shapes.
#[derive(Debug, Default)]
pub(crate) struct Open {
    geometry: Option<u32>,
    surface: bool,
    ring: bool,
    line: bool,
    point: bool,
}

/// XML attributes that geometries share.
#[derive(Default)]
pub(super) struct Marks {
    id: Span,
    epsg: Option<u32>,
    pub dimension: Option<u8>,
    reversed: bool,
}

/// Elements that belong into a geometry but are none.
const PLAIN: [&str; 6] = [
    "gml:name",
    "gml:description",
    "gml:descriptionReference",
    "gml:identifier",
    "gml:metaDataProperty",
    "gml:maxLength",
];

impl Builder<'_> {
    /// An element that is geometry, or stands inside one.
    pub(super) fn start_shape(
        &mut self,
        word: Word,
        attributes: &[Attribute<'_>],
    ) -> Result<(), CityGmlError> {
        let marks = if attributes.is_empty() { Marks::default() } else { self.marks(attributes) };
        let in_curve = self.open.line || self.open.ring;
        let Open { surface, ring, line, point, .. } = self.open;
        let frame = match word.class {
            Class::Aggregate(kind) if !surface && !line => self.begin_geometry(kind, &marks),
            Class::Surface(kind) if !surface && !line => self.begin_surface(kind, &marks),
            Class::Ring if surface && !ring => self.begin_ring(&marks),
            Class::Line(_) | Class::Segment if in_curve => Frame::Pass,
            Class::Line(kind) if !surface => self.begin_line(kind, &marks),
            Class::Point if !surface && !line && !point => self.begin_point(&marks),
            Class::Exterior => Frame::Side { interior: false },
            Class::Interior => Frame::Side { interior: true },
            Class::Members => Frame::Pass,
            Class::Coordinates if ring || line || point => {
                self.begin_coordinates(&marks);
                Frame::Coordinates
            }
            _ => return self.start_unknown(word, attributes),
        };
        self.frames.push(frame);
        Ok(())
    }

    /// Something else in a geometry: kept in the tree.
    fn start_unknown(&mut self, word: Word, attributes: &[Attribute<'_>]) -> Result<(), CityGmlError> {
        let name = self.lexicon.name(word.id);
        if !PLAIN.contains(&name) {
            let action = format!("{name} is not read as geometry; kept as an element with its text");
            self.note("unknown-geometry", action);
        }
        self.begin_foreign(word, attributes)
    }

    fn marks(&mut self, attributes: &[Attribute<'_>]) -> Marks {
        let mut marks = Marks::default();
        for (raw, value) in attributes.iter().copied().filter(|(raw, _)| !raw.starts_with(b"xmlns")) {
            let (name, key) = self.lexicon.attribute(raw);
            match key {
                Key::Id => marks.id = self.push_value(value),
                Key::Href => {
                    let href = self.push_value(value);
                    let owner = self.open.geometry.map_or(LinkOwner::Node(self.node), LinkOwner::Geometry);
                    self.push_link(href, owner);
                }
                Key::System => marks.epsg = self.system(value),
                Key::Dimension => marks.dimension = self.dimension(value),
                Key::Orientation => marks.reversed = value == b"-",
                Key::Silent => {}
                Key::Other => {
                    let name = self.lexicon.name(name);
                    let value = String::from_utf8_lossy(value);
                    let action = format!("{name}=\"{value}\" of a geometry is not used; left out");
                    self.note("unknown-attribute", action);
                }
            }
        }
        marks
    }

    fn system(&mut self, name: &[u8]) -> Option<u32> {
        let name = String::from_utf8_lossy(name);
        let crs = Crs::from_srs_name(&name);
        if crs.is_none() {
            self.note(
                "unknown-system",
                format!("srsName `{name}` names no EPSG code; that of the file holds"),
            );
        }
        crs.map(|crs| crs.epsg)
    }

    fn dimension(&mut self, text: &[u8]) -> Option<u8> {
        match text {
            b"2" => Some(2),
            b"3" => Some(3),
            _ => {
                let text = String::from_utf8_lossy(text);
                self.note("bad-dimension", format!("srsDimension `{text}` is neither 2 nor 3; not used"));
                None
            }
        }
    }

    fn begin_geometry(&mut self, kind: GeometryKind, marks: &Marks) -> Frame {
        let index = self.push_geometry(kind, marks);
        let outer = self.open.geometry.replace(index);
        Frame::Geometry { index, outer }
    }

    fn push_geometry(&mut self, kind: GeometryKind, marks: &Marks) -> u32 {
        let parent = self.open.geometry;
        let role = match self.frames.last() {
            Some(Frame::Side { interior: true }) => GeometryRole::Interior,
            Some(Frame::Side { interior: false }) => GeometryRole::Exterior,
            _ => GeometryRole::Member,
        };
        if let Some(epsg) = marks.epsg {
            self.range = Range::of(Some(Crs { epsg }), self.settings.limits);
        }
        let around = parent.map(|parent| &self.object.shapes.geometries[parent as usize]);
        let dimension = marks.dimension.or(around.map(|around| around.dimension));
        let epsg = marks.epsg.or(around.and_then(|around| around.epsg));
        let shapes = &mut self.object.shapes;
        let index = shapes.geometries.len() as u32;
        shapes.geometries.push(Geometry {
            kind,
            lod: self.lod,
            node: self.node,
            parent,
            end: index + 1,
            role,
            reversed: marks.reversed,
            dimension: dimension.unwrap_or(self.settings.dimension),
            epsg: epsg.or(self.crs.map(|crs| crs.epsg)),
            id: marks.id,
            surfaces: empty_from(shapes.surfaces.len()),
            lines: empty_from(shapes.lines.len()),
            points: empty_from(shapes.points.len()),
            links: empty_from(self.object.links.len()),
        });
        index
    }

    pub(super) fn end_geometry(&mut self, index: u32, outer: Option<u32>) {
        let shapes = &mut self.object.shapes;
        let end = shapes.geometries.len() as u32;
        let geometry = &mut shapes.geometries[index as usize];
        geometry.end = end;
        geometry.surfaces.end = shapes.surfaces.len() as u32;
        geometry.lines.end = shapes.lines.len() as u32;
        geometry.points.end = shapes.points.len() as u32;
        geometry.links.end = self.object.links.len() as u32;
        self.open.geometry = outer;
        if outer.is_none() {
            self.range = Range::of(self.crs, self.settings.limits);
        }
    }

    /// Opens a geometry for a surface, line or point that is no member of one.
    fn alone(&mut self, kind: GeometryKind, marks: &Marks) -> bool {
        let alone = self.open.geometry.is_none();
        if alone {
            self.open.geometry = Some(self.push_geometry(kind, marks));
        }
        alone
    }

    fn end_alone(&mut self, alone: bool) {
        if let (true, Some(index)) = (alone, self.open.geometry) {
            self.end_geometry(index, None);
        }
    }

    fn begin_surface(&mut self, kind: SurfaceKind, marks: &Marks) -> Frame {
        let alone = self.alone(GeometryKind::Polygon, marks);
        let shapes = &mut self.object.shapes;
        shapes.surfaces.push(Surface { kind, id: marks.id, rings: empty_from(shapes.rings.len()) });
        self.open.surface = true;
        Frame::Surface { alone }
    }

    pub(super) fn end_surface(&mut self, alone: bool) {
        let shapes = &mut self.object.shapes;
        let rings = shapes.rings.len() as u32;
        if let Some(surface) = shapes.surfaces.last_mut() {
            surface.rings.end = rings;
        }
        self.open.surface = false;
        self.end_alone(alone);
    }

    fn begin_ring(&mut self, marks: &Marks) -> Frame {
        let interior = matches!(self.frames.last(), Some(Frame::Side { interior: true }));
        self.begin_list();
        let positions = empty_from(self.object.shapes.positions.len());
        self.object.shapes.rings.push(Ring { id: marks.id, interior, positions });
        self.open.ring = true;
        Frame::Ring
    }

    pub(super) fn end_ring(&mut self) {
        let positions = self.end_list("ring");
        let rings = &mut self.object.shapes.rings;
        match (positions, rings.last_mut()) {
            (Some(positions), Some(ring)) => ring.positions = positions,
            _ => drop(rings.pop()),
        }
        self.open.ring = false;
    }

    fn begin_line(&mut self, kind: GeometryKind, marks: &Marks) -> Frame {
        let alone = self.alone(kind, marks);
        self.begin_list();
        let positions = empty_from(self.object.shapes.positions.len());
        self.object.shapes.lines.push(Line { id: marks.id, positions });
        self.open.line = true;
        Frame::Line { alone }
    }

    pub(super) fn end_line(&mut self, alone: bool) {
        let positions = self.end_list("line");
        if let (Some(positions), Some(line)) = (positions, self.object.shapes.lines.last_mut()) {
            line.positions = positions;
        }
        self.open.line = false;
        self.end_alone(alone);
    }

    fn begin_point(&mut self, marks: &Marks) -> Frame {
        let alone = self.alone(GeometryKind::Point, marks);
        self.begin_list();
        let positions = empty_from(self.object.shapes.positions.len());
        self.object.shapes.points.push(Point { id: marks.id, positions });
        self.open.point = true;
        Frame::Point { alone }
    }

    pub(super) fn end_point(&mut self, alone: bool) {
        let positions = self.end_list("point");
        if let (Some(positions), Some(point)) = (positions, self.object.shapes.points.last_mut()) {
            point.positions = positions;
        }
        self.open.point = false;
        self.end_alone(alone);
    }

    /// Numbers of a position in the open geometry.
    pub(super) fn open_dimension(&self) -> u8 {
        let geometry = self.open.geometry.map(|index| &self.object.shapes.geometries[index as usize]);
        geometry.map_or(self.settings.dimension, |geometry| geometry.dimension)
    }
}

fn empty_from(start: usize) -> std::ops::Range<u32> {
    start as u32..start as u32
}
