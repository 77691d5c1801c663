//! Numbers and records of the container.

use bytemuck::{Pod, Zeroable};

use crate::PackError;

/// The format version that this program writes, and the newest that it reads.
pub const FORMAT_VERSION: u32 = 1;

/// Largest pack.
pub const MAX_FILE_BYTES: u64 = 1 << 30;

/// Most sections.
pub(crate) const MAX_SECTIONS: u32 = 256;

/// Largest JSON section: words, not geometry.
pub(crate) const MAX_JSON_BYTES: u64 = 64 << 20;

/// Largest content of a section of terrain.
pub(crate) const MAX_TERRAIN_BYTES: u64 = 100_000_000;

/// The line end shows a copy in text mode.
pub(crate) const MAGIC: [u8; 8] = *b"FUTAGO\r\n";

/// Sections begin at multiples of this.
pub(crate) const ALIGNMENT: u64 = 64;

/// What a section holds. The numbers are the format's and never change their meaning.
#[repr(u32)]
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum SectionKind {
    /// [`crate::Manifest`] as JSON. Every pack has it.
    Manifest = 1,
    /// [`futago_field::Report`] as JSON. Every pack has it.
    Report = 2,
    /// [`futago_model::Shelter`] list as JSON.
    Shelters = 3,
    /// [`futago_model::Building`] records.
    Buildings = 16,
    /// [`futago_model::Solid`] records.
    Solids = 17,
    /// [`futago_model::Tile`] records.
    Tiles = 18,
    /// `polygon_ends` of the buildings' polygons, `u32`.
    BuildingPolygonEnds = 19,
    /// `ring_ends` of the buildings' polygons, `u32`.
    BuildingRingEnds = 20,
    /// `vertices_mm` of the buildings' polygons, two `i32`.
    BuildingVertices = 21,
    /// `triangle_ends` of the buildings' polygons, `u32`.
    BuildingTriangleEnds = 22,
    /// `triangles` of the buildings' polygons, three `u16`.
    BuildingTriangles = 23,
    /// `ends` of the buildings' strings, `u32`.
    BuildingStringEnds = 24,
    /// `bytes` of the buildings' strings, UTF-8.
    BuildingStringBytes = 25,
    /// [`futago_model::Street`] records.
    Streets = 32,
    /// Vertices of the streets, two `i32`.
    StreetVertices = 33,
    /// [`futago_model::Area`] records.
    Areas = 34,
    /// `polygon_ends` of the areas' polygons, `u32`.
    AreaPolygonEnds = 35,
    /// `ring_ends` of the areas' polygons, `u32`.
    AreaRingEnds = 36,
    /// `vertices_mm` of the areas' polygons, two `i32`.
    AreaVertices = 37,
    /// `triangle_ends` of the areas' polygons, `u32`.
    AreaTriangleEnds = 38,
    /// `triangles` of the areas' polygons, three `u16`.
    AreaTriangles = 39,
    /// `ends` of the streets' strings, `u32`.
    StreetStringEnds = 40,
    /// `bytes` of the streets' strings, UTF-8.
    StreetStringBytes = 41,
    /// [`futago_model::objects::Root`] records, compressed like every section of objects.
    ObjectRoots = 48,
    /// [`futago_model::objects::Element`] records.
    ObjectElements = 49,
    /// [`futago_model::objects::ElementAttribute`] records.
    ObjectAttributes = 50,
    /// [`futago_model::objects::ObjectGeometry`] records.
    ObjectGeometries = 51,
    /// [`futago_model::objects::ObjectSurface`] records.
    ObjectSurfaces = 52,
    /// [`futago_model::objects::ObjectRing`] records.
    ObjectRings = 53,
    /// [`futago_model::objects::ObjectLine`] records of lines.
    ObjectLines = 54,
    /// [`futago_model::objects::ObjectLine`] records of points.
    ObjectPoints = 55,
    /// Vertices of the objects, three `i32`.
    ObjectVertices = 56,
    /// [`futago_model::objects::ObjectLink`] records.
    ObjectLinks = 57,
    /// [`futago_model::objects::TexturedRing`] records.
    ObjectTexturedRings = 58,
    /// Texture positions, two `f32`.
    ObjectTexturePositions = 59,
    /// `ends` of the names of elements, attributes and files, `u32`.
    ObjectNameEnds = 60,
    /// `bytes` of those names, UTF-8.
    ObjectNameBytes = 61,
    /// Every text of the objects, UTF-8.
    ObjectText = 62,
    /// [`futago_model::WalkNode`] records.
    WalkNodes = 64,
    /// [`futago_model::WalkLink`] records.
    WalkLinks = 65,
    /// Vertices of the links, two `i32`.
    WalkVertices = 66,
    /// [`futago_model::WalkLevel`] records.
    WalkLevels = 67,
    /// `ends` of the walk network's strings, `u32`.
    WalkStringEnds = 68,
    /// `bytes` of the walk network's strings, UTF-8.
    WalkStringBytes = 69,
    /// [`futago_model::FloorPart`] records.
    FloorParts = 72,
    /// `polygon_ends` of the floors' polygons, `u32`.
    FloorPolygonEnds = 73,
    /// `ring_ends` of the floors' polygons, `u32`.
    FloorRingEnds = 74,
    /// `vertices_mm` of the floors' polygons, two `i32`.
    FloorVertices = 75,
    /// `triangle_ends` of the floors' polygons, `u32`.
    FloorTriangleEnds = 76,
    /// `triangles` of the floors' polygons, three `u16`.
    FloorTriangles = 77,
    /// `ends` of the floors' strings, `u32`.
    FloorStringEnds = 78,
    /// `bytes` of the floors' strings, UTF-8.
    FloorStringBytes = 79,
    /// [`futago_model::Structure`] records.
    Structures = 88,
    /// [`futago_model::StructureSolid`] records.
    StructureSolids = 89,
    /// `polygon_ends` of the structures' plans, `u32`.
    StructurePolygonEnds = 90,
    /// `ring_ends` of the structures' plans, `u32`.
    StructureRingEnds = 91,
    /// `vertices_mm` of the structures' plans, two `i32`.
    StructurePlanVertices = 92,
    /// `triangle_ends` of the structures' plans, `u32`.
    StructureTriangleEnds = 93,
    /// `triangles` of the structures' plans, three `u16`.
    StructurePlanTriangles = 94,
    /// [`futago_model::StructureTriangle`] records.
    StructureTriangles = 95,
    /// Corners of those triangles, three `i32`.
    StructureVertices = 96,
    /// `ends` of the structures' strings, `u32`.
    StructureStringEnds = 97,
    /// `bytes` of the structures' strings, UTF-8.
    StructureStringBytes = 98,
    /// Grid and sources of the [`futago_model::Terrain`] as JSON.
    Terrain = 80,
    /// Heights of its samples, `i32`, compressed.
    TerrainHeights = 81,
    /// Origins of its samples, `u8`, compressed.
    TerrainOrigins = 82,
}

impl SectionKind {
    /// Every kind that this program knows.
    pub const ALL: &[Self] = &[
        Self::Manifest,
        Self::Report,
        Self::Shelters,
        Self::Buildings,
        Self::Solids,
        Self::Tiles,
        Self::BuildingPolygonEnds,
        Self::BuildingRingEnds,
        Self::BuildingVertices,
        Self::BuildingTriangleEnds,
        Self::BuildingTriangles,
        Self::BuildingStringEnds,
        Self::BuildingStringBytes,
        Self::Streets,
        Self::StreetVertices,
        Self::Areas,
        Self::AreaPolygonEnds,
        Self::AreaRingEnds,
        Self::AreaVertices,
        Self::AreaTriangleEnds,
        Self::AreaTriangles,
        Self::StreetStringEnds,
        Self::StreetStringBytes,
        Self::ObjectRoots,
        Self::ObjectElements,
        Self::ObjectAttributes,
        Self::ObjectGeometries,
        Self::ObjectSurfaces,
        Self::ObjectRings,
        Self::ObjectLines,
        Self::ObjectPoints,
        Self::ObjectVertices,
        Self::ObjectLinks,
        Self::ObjectTexturedRings,
        Self::ObjectTexturePositions,
        Self::ObjectNameEnds,
        Self::ObjectNameBytes,
        Self::ObjectText,
        Self::WalkNodes,
        Self::WalkLinks,
        Self::WalkVertices,
        Self::WalkLevels,
        Self::WalkStringEnds,
        Self::WalkStringBytes,
        Self::FloorParts,
        Self::FloorPolygonEnds,
        Self::FloorRingEnds,
        Self::FloorVertices,
        Self::FloorTriangleEnds,
        Self::FloorTriangles,
        Self::FloorStringEnds,
        Self::FloorStringBytes,
        Self::Structures,
        Self::StructureSolids,
        Self::StructurePolygonEnds,
        Self::StructureRingEnds,
        Self::StructurePlanVertices,
        Self::StructureTriangleEnds,
        Self::StructurePlanTriangles,
        Self::StructureTriangles,
        Self::StructureVertices,
        Self::StructureStringEnds,
        Self::StructureStringBytes,
        Self::Terrain,
        Self::TerrainHeights,
        Self::TerrainOrigins,
    ];

    /// The kind of a number in the section table, if this program knows it.
    pub fn from_number(number: u32) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| *kind as u32 == number)
    }
}

impl std::fmt::Display for SectionKind {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "section {self:?}")
    }
}

/// The first bytes of a pack.
#[repr(C)]
#[derive(Debug, Clone, Copy, Pod, Zeroable)]
pub(crate) struct Header {
    pub magic: [u8; 8],
    pub version: u32,
    pub section_count: u32,
    pub file_bytes: u64,
    pub table_xxh3: u64,
    pub reserved: [u64; 4],
}

/// One entry of the section table.
#[repr(C)]
#[derive(Debug, Clone, Copy, Pod, Zeroable)]
pub(crate) struct Entry {
    pub kind: u32,
    pub element_bytes: u32,
    pub offset: u64,
    pub bytes: u64,
    pub xxh3: u64,
}

pub(crate) const HEADER_BYTES: usize = size_of::<Header>();
pub(crate) const ENTRY_BYTES: usize = size_of::<Entry>();

/// Checksum of header and table.
pub(crate) fn table_xxh3(version: u32, section_count: u32, file_bytes: u64, table: &[u8]) -> u64 {
    let mut hash = xxhash_rust::xxh3::Xxh3::new();
    hash.update(&version.to_le_bytes());
    hash.update(&section_count.to_le_bytes());
    hash.update(&file_bytes.to_le_bytes());
    hash.update(table);
    hash.digest()
}

/// The next multiple of the alignment.
pub(crate) fn aligned(offset: u64) -> u64 {
    offset.next_multiple_of(ALIGNMENT)
}

/// The error when something is larger than it may be.
pub(crate) fn within(what: &'static str, found: u64, limit: u64) -> Result<(), PackError> {
    if found <= limit { Ok(()) } else { Err(PackError::TooLarge { what, found, limit }) }
}

impl SectionKind {
    /// Sections of the buildings' polygons: polygon ends, ring ends, vertices, triangle ends, triangles.
    pub(crate) const BUILDING_POLYGONS: [Self; 5] = [
        Self::BuildingPolygonEnds,
        Self::BuildingRingEnds,
        Self::BuildingVertices,
        Self::BuildingTriangleEnds,
        Self::BuildingTriangles,
    ];
    /// Sections of the buildings' strings: ends, bytes.
    pub(crate) const BUILDING_STRINGS: [Self; 2] = [Self::BuildingStringEnds, Self::BuildingStringBytes];
    /// Sections of the areas' polygons, in the same order.
    pub(crate) const AREA_POLYGONS: [Self; 5] = [
        Self::AreaPolygonEnds,
        Self::AreaRingEnds,
        Self::AreaVertices,
        Self::AreaTriangleEnds,
        Self::AreaTriangles,
    ];
    /// Sections of the streets' strings: ends, bytes.
    pub(crate) const STREET_STRINGS: [Self; 2] = [Self::StreetStringEnds, Self::StreetStringBytes];
    /// Sections of the walk network's strings: ends, bytes.
    pub(crate) const WALK_STRINGS: [Self; 2] = [Self::WalkStringEnds, Self::WalkStringBytes];
    /// Sections of the floors' polygons, in the same order.
    pub(crate) const FLOOR_POLYGONS: [Self; 5] = [
        Self::FloorPolygonEnds,
        Self::FloorRingEnds,
        Self::FloorVertices,
        Self::FloorTriangleEnds,
        Self::FloorTriangles,
    ];
    /// Sections of the floors' strings: ends, bytes.
    pub(crate) const FLOOR_STRINGS: [Self; 2] = [Self::FloorStringEnds, Self::FloorStringBytes];
    /// Sections of the structures' plans, in the same order.
    pub(crate) const STRUCTURE_POLYGONS: [Self; 5] = [
        Self::StructurePolygonEnds,
        Self::StructureRingEnds,
        Self::StructurePlanVertices,
        Self::StructureTriangleEnds,
        Self::StructurePlanTriangles,
    ];
    /// Sections of the structures' strings: ends, bytes.
    pub(crate) const STRUCTURE_STRINGS: [Self; 2] = [Self::StructureStringEnds, Self::StructureStringBytes];
}
