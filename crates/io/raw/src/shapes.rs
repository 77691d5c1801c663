//! Geometries as flat arrays.
//!
//! Every vertex of an object is in one array. Rings, lines and points are ranges of it, surfaces are
//! ranges of rings, geometries are ranges of surfaces, lines and points. A geometry that has members is
//! followed by those members that are geometries themselves.

use std::ops::Range;

use futago_model::objects::{GeometryKind, GeometryRole, SurfaceKind};

use crate::Span;

/// One geometry of an object.
#[derive(Debug, Clone, PartialEq)]
pub struct Geometry {
    /// What it is.
    pub kind: GeometryKind,
    /// Level of detail by the name of its property (`bldg:lod2Solid`: 2).
    pub lod: Option<u8>,
    /// The element that holds it: a property of a part or of a value.
    pub node: u32,
    /// The geometry that it is a member of.
    pub parent: Option<u32>,
    /// Index after its last member that is a geometry.
    pub end: u32,
    /// How it sits in its parent.
    pub role: GeometryRole,
    /// `orientation="-"`: its surfaces or lines run the other way.
    pub reversed: bool,
    /// Numbers of a position in the file, 2 or 3. With 2 the third number here is 0.
    pub dimension: u8,
    /// EPSG code of its `srsName`, else of the geometry around it, else of the file.
    pub epsg: Option<u32>,
    /// `gml:id`; may be empty.
    pub id: Span,
    /// Its surfaces, with those of its members.
    pub surfaces: Range<u32>,
    /// Its lines, with those of its members.
    pub lines: Range<u32>,
    /// Its points, with those of its members.
    pub points: Range<u32>,
    /// Its references, with those of its members.
    pub links: Range<u32>,
}

/// A flat surface.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Surface {
    /// What it is.
    pub kind: SurfaceKind,
    /// `gml:id`; may be empty.
    pub id: Span,
    /// Its rings. None when they were left out, which the Report tells.
    pub rings: Range<u32>,
}

/// A ring, as written: usually closed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ring {
    /// `gml:id`; may be empty.
    pub id: Span,
    /// A hole (`gml:interior`).
    pub interior: bool,
    /// Its vertices.
    pub positions: Range<u32>,
}

/// A line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// `gml:id`; may be empty.
    pub id: Span,
    /// Its vertices. None when they were left out, which the Report tells.
    pub positions: Range<u32>,
}

/// A point.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Point {
    /// `gml:id`; may be empty.
    pub id: Span,
    /// Its one vertex. None when it was left out, which the Report tells.
    pub positions: Range<u32>,
}

/// The geometries of an object.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Shapes {
    /// In the order of the file, members after what they are members of.
    pub geometries: Vec<Geometry>,
    /// Polygons and triangles.
    pub surfaces: Vec<Surface>,
    /// Their rings.
    pub rings: Vec<Ring>,
    /// Lines.
    pub lines: Vec<Line>,
    /// Points.
    pub points: Vec<Point>,
    /// Vertices in the axis order of the file: latitude, longitude, height, or north, east, height.
    pub positions: Vec<[f64; 3]>,
}

impl Shapes {
    /// The vertices of a ring, line or point. Panics when the range is of another object.
    pub fn at(&self, positions: &Range<u32>) -> &[[f64; 3]] {
        &self.positions[positions.start as usize..positions.end as usize]
    }

    /// The rings of a surface. Panics when it is of another object.
    pub fn rings_of(&self, surface: &Surface) -> &[Ring] {
        &self.rings[surface.rings.start as usize..surface.rings.end as usize]
    }

    /// The surfaces of a geometry and its members. Panics when it is of another object.
    pub fn surfaces_of(&self, geometry: &Geometry) -> &[Surface] {
        &self.surfaces[geometry.surfaces.start as usize..geometry.surfaces.end as usize]
    }
}

/// What holds a reference.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LinkOwner {
    /// A geometry has the target as a member.
    Geometry(u32),
    /// An element names the target.
    Node(u32),
}

/// Where a reference leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    /// A surface of the same object.
    Surface(u32),
    /// A geometry of the same object.
    Geometry(u32),
    /// A ring of the same object.
    Ring(u32),
    /// A line of the same object.
    Line(u32),
    /// A point of the same object.
    Point(u32),
    /// An element of the same object.
    Node(u32),
    /// Not in this object. The Report tells when it is nowhere in the file.
    Outside,
}

/// A reference (`xlink:href`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// As written: `#` and an id, or the address of another file.
    pub href: Span,
    /// What holds it.
    pub owner: LinkOwner,
    /// Surfaces of the object before it, which tells its place among them.
    pub after_surfaces: u32,
    /// Where it leads.
    pub target: Target,
}

/// Texture coordinates of one ring.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextureRing {
    /// The `app:TexCoordList`, or what else holds it.
    pub node: u32,
    /// The ring as written: `#` and its id.
    pub ring: Span,
    /// Range of the object's texture positions.
    pub positions: Range<u32>,
}
