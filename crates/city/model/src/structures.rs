//! Bridges, pedestrian decks and other structures that people or vehicles are on or under.
//!
//! A structure is simulated by its solids: upright prisms with a flat underside and a flat top, which need not
//! stand on the ground, so that one can be under a deck. A sloped deck is a flight of such prisms. It is drawn by
//! its faces as published: triangles with what each one is, so that railings and slopes look right.
//!
//! Heights are those of the buildings: metres above the flat ground. A deck is published in metres T.P.; the
//! ground that was taken off is kept with each structure ([`Structure::foot_tp_m`]).

use bytemuck::{Pod, Zeroable};

use crate::{PolygonId, Polygons, StringId, Strings};

/// What a structure is.
#[repr(u8)]
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum StructureKind {
    /// A bridge, or one of which nothing more is published.
    Bridge = 0,
    /// A bridge or deck for people on foot, as its function or name says.
    Deck = 1,
    /// Another construction, such as a retaining wall.
    Other = 2,
}

impl StructureKind {
    /// Every kind, by its number.
    pub const ALL: [Self; 3] = [Self::Bridge, Self::Deck, Self::Other];

    /// The kind of a record's number; unknown numbers are [`StructureKind::Other`].
    pub fn from_number(number: u32) -> Self {
        Self::ALL.get(number as usize).copied().unwrap_or(Self::Other)
    }
}

/// What a face of a structure is.
#[repr(u8)]
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SurfaceRole {
    /// It looks up: a deck, a stair, the top of a parapet.
    Top = 0,
    /// It looks down: the underside of a deck, a foot.
    Underside = 1,
    /// It stands upright.
    Side = 2,
    /// Of a part that carries: a pier, an abutment.
    Support = 3,
    /// Of a part that is fixed to it: a railing, a sign, a roof over stairs.
    Installation = 4,
}

impl SurfaceRole {
    /// Every role, by its number.
    pub const ALL: [Self; 5] = [Self::Top, Self::Underside, Self::Side, Self::Support, Self::Installation];

    /// The role of a triangle's number; unknown numbers are [`SurfaceRole::Side`].
    pub fn from_number(number: u32) -> Self {
        Self::ALL.get(number as usize).copied().unwrap_or(Self::Side)
    }
}

/// What is particular about a structure.
#[repr(transparent)]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Pod, Zeroable)]
pub struct StructureFlags(pub u32);

impl StructureFlags {
    /// No id was published; the one here is made up.
    pub const ID_ASSUMED: Self = Self(1);
    /// It has no foot: its ground is that of the nearest structure that has one, or of the city.
    pub const GROUND_ASSUMED: Self = Self(2);
    /// Some of its decks have no published underside; their thickness is assumed.
    pub const THICKNESS_ASSUMED: Self = Self(4);
}

/// One structure. In the order of the sources.
#[repr(C)]
#[derive(Debug, Clone, Copy, PartialEq, Pod, Zeroable)]
pub struct Structure {
    /// Published id, or a made-up one.
    pub id: StringId,
    /// Name, if it has one.
    pub name: StringId,
    /// Number of a [`StructureKind`].
    pub kind: u32,
    /// What is particular about it.
    pub flags: StructureFlags,
    /// Height T.P. of the ground under it, metres: what its published heights were reduced by.
    pub foot_tp_m: f32,
    /// First of its solids.
    pub first_solid: u32,
    /// Number of its solids; none when only its faces could be used.
    pub solid_count: u32,
    /// First of its triangles.
    pub first_triangle: u32,
    /// Number of its triangles.
    pub triangle_count: u32,
}

/// An upright prism with a flat underside and a flat top.
#[repr(C)]
#[derive(Debug, Clone, Copy, PartialEq, Pod, Zeroable)]
pub struct StructureSolid {
    /// Its plan.
    pub polygon: PolygonId,
    /// Index of its structure.
    pub structure: u32,
    /// Height of its underside, metres above the ground; 0 where it stands on the ground.
    pub bottom_m: f32,
    /// Height of its top, metres above the ground.
    pub top_m: f32,
}

/// A triangle of a published face; counter-clockwise from outside.
#[repr(C)]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Pod, Zeroable)]
pub struct StructureTriangle {
    /// Indices into [`Structures::vertices_mm`].
    pub corners: [u32; 3],
    /// Number of a [`SurfaceRole`].
    pub role: u32,
}

/// All structures of a city.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Structures {
    /// The structures.
    pub records: Vec<Structure>,
    /// Their solids, in the order of the structures.
    pub solids: Vec<StructureSolid>,
    /// Plans of the solids.
    pub polygons: Polygons,
    /// Their faces, in the order of the structures.
    pub triangles: Vec<StructureTriangle>,
    /// Corners of the triangles: east, north of the site origin, height above the ground, millimetres. A foot may
    /// reach below the ground.
    pub vertices_mm: Vec<[i32; 3]>,
    /// Ids and names.
    pub strings: Strings,
}

impl Structures {
    /// True with no structure.
    pub fn is_empty(&self) -> bool {
        self.records.is_empty()
    }

    /// The solids of a structure. Panics when it is of another city.
    pub fn solids_of(&self, structure: &Structure) -> &[StructureSolid] {
        let first = structure.first_solid as usize;
        &self.solids[first..first + structure.solid_count as usize]
    }

    /// The triangles of a structure. Panics when it is of another city.
    pub fn triangles_of(&self, structure: &Structure) -> &[StructureTriangle] {
        let first = structure.first_triangle as usize;
        &self.triangles[first..first + structure.triangle_count as usize]
    }

    /// The corners of a triangle, metres: east, north, height above the ground.
    pub fn corners_m(&self, triangle: &StructureTriangle) -> [[f64; 3]; 3] {
        triangle.corners.map(|corner| self.vertices_mm[corner as usize].map(crate::metres_from_mm))
    }

    /// The published id, or an empty text.
    pub fn id_of(&self, structure: &Structure) -> &str {
        self.strings.get(structure.id).unwrap_or_default()
    }

    /// Index of the structure with this id.
    pub fn find(&self, id: &str) -> Option<usize> {
        self.records.iter().position(|structure| self.id_of(structure) == id)
    }

    /// Highest top of its solids, metres above the ground; 0 without solids.
    pub fn top_of(&self, structure: &Structure) -> f32 {
        self.solids_of(structure).iter().map(|solid| solid.top_m).fold(0.0, f32::max)
    }
}
