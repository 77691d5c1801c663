//! Opening: lengths and checksums first, then contents.

use std::path::Path;

use bytemuck::AnyBitPattern;
use futago_field::Report;
use futago_model::{
    Buildings, CityModel, Floors, Objects, Polygons, Shelter, Streets, Strings, Structures, WalkNetwork,
};
use serde::de::DeserializeOwned;
use xxhash_rust::xxh3::xxh3_64;

use crate::layout::{
    ALIGNMENT, ENTRY_BYTES, Entry, FORMAT_VERSION, HEADER_BYTES, Header, MAGIC, MAX_FILE_BYTES,
    MAX_JSON_BYTES, MAX_SECTIONS, table_xxh3, within,
};
use crate::{Counts, Manifest, Pack, PackError, SectionKind, check, terrain};

impl Pack {
    /// Reads a pack from memory, for example one that is built into the program.
    ///
    /// # Errors
    /// When the bytes are no pack, are cut or damaged, are of a newer version, or hold what cannot be.
    pub fn read(bytes: &[u8]) -> Result<Self, PackError> {
        let table = Table::of(bytes)?;
        let manifest: Manifest = table.json(SectionKind::Manifest)?;
        let report: Report = table.json(SectionKind::Report)?;
        let mut city = CityModel::empty(manifest.about);
        if table.has(SectionKind::Shelters) {
            city.shelters = table.json::<Vec<Shelter>>(SectionKind::Shelters)?;
        }
        if table.has(SectionKind::Buildings) {
            city.buildings = table.buildings()?;
        }
        if table.has(SectionKind::Streets) {
            city.streets = table.streets()?;
        }
        if table.has(SectionKind::WalkNodes) {
            city.walk = table.walk()?;
        }
        if table.has(SectionKind::FloorParts) {
            city.floors = table.floors()?;
        }
        if table.has(SectionKind::Structures) {
            city.structures = table.structures()?;
        }
        if table.has(SectionKind::Terrain) {
            city.terrain = Some(terrain::read(&table)?);
        }
        check::city(&city)?;
        if Counts::of(&city) != manifest.counts {
            let problem = "its counts are not those of the other sections";
            return Err(PackError::invalid(SectionKind::Manifest, problem));
        }
        Ok(Self { city, build: manifest.build, report, objects: Objects::default() })
    }

    /// Opens a pack file.
    ///
    /// # Errors
    /// As [`Pack::read`], and when the file cannot be read; the path is in the error.
    pub fn open(path: &Path) -> Result<Self, PackError> {
        let bytes = read_file(path)?;
        Self::read(&bytes).map_err(|error| in_file(path, error))
    }
}

impl Manifest {
    /// Reads only the manifest of a pack; of the rest, only header and section table are looked at.
    ///
    /// # Errors
    /// When the bytes are no pack, or the manifest is damaged.
    pub fn read(bytes: &[u8]) -> Result<Self, PackError> {
        Table::of(bytes)?.json(SectionKind::Manifest)
    }

    /// Reads only the manifest of a pack file.
    ///
    /// # Errors
    /// As [`Manifest::read`], and when the file cannot be read; the path is in the error.
    pub fn open(path: &Path) -> Result<Self, PackError> {
        let bytes = read_file(path)?;
        Self::read(&bytes).map_err(|error| in_file(path, error))
    }
}

pub(crate) fn read_file(path: &Path) -> Result<Vec<u8>, PackError> {
    let io = |source| PackError::Io { path: path.to_owned(), doing: "read", source };
    let size = std::fs::metadata(path).map_err(io)?.len();
    within("the file size in bytes", size, MAX_FILE_BYTES).map_err(|error| in_file(path, error))?;
    std::fs::read(path).map_err(io)
}

pub(crate) fn in_file(path: &Path, error: PackError) -> PackError {
    PackError::InFile { path: path.to_owned(), source: Box::new(error) }
}

/// The section table of a pack in memory, with everything but the contents checked.
pub(crate) struct Table<'a> {
    bytes: &'a [u8],
    entries: Vec<Entry>,
}

impl<'a> Table<'a> {
    pub fn of(bytes: &'a [u8]) -> Result<Self, PackError> {
        let header = header_of(bytes)?;
        let end = HEADER_BYTES + header.section_count as usize * ENTRY_BYTES;
        let table = bytes
            .get(HEADER_BYTES..end)
            .ok_or_else(|| PackError::invalid("header", "no room for the sections"))?;
        if table_xxh3(header.version, header.section_count, header.file_bytes, table) != header.table_xxh3 {
            return Err(PackError::Checksum { section: "the section table".to_owned() });
        }
        let entries: Vec<Entry> = bytemuck::pod_collect_to_vec(table);
        let mut known: Vec<u32> = entries.iter().map(|entry| entry.kind).collect();
        known.sort_unstable();
        if known.windows(2).any(|pair| pair[0] == pair[1]) {
            return Err(PackError::invalid("the section table", "a section is there twice"));
        }
        for entry in &entries {
            let fits = entry.offset.checked_add(entry.bytes).is_some_and(|last| last <= header.file_bytes);
            if !fits || entry.offset < end as u64 || !entry.offset.is_multiple_of(ALIGNMENT) {
                let problem = format!("section {} does not lie within the file", entry.kind);
                return Err(PackError::invalid("the section table", problem));
            }
        }
        Ok(Self { bytes, entries })
    }

    fn entry(&self, kind: SectionKind) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.kind == kind as u32)
    }

    pub fn has(&self, kind: SectionKind) -> bool {
        self.entry(kind).is_some()
    }

    /// The bytes of a section, once their checksum is right.
    pub fn section(&self, kind: SectionKind, element_bytes: usize) -> Result<&'a [u8], PackError> {
        let entry = self.entry(kind).ok_or_else(|| PackError::invalid(kind, "it is missing"))?;
        let section = &self.bytes[entry.offset as usize..(entry.offset + entry.bytes) as usize];
        if entry.element_bytes as usize != element_bytes || !section.len().is_multiple_of(element_bytes) {
            let problem =
                format!("{} bytes in records of {}, not {element_bytes}", entry.bytes, entry.element_bytes);
            return Err(PackError::invalid(kind, problem));
        }
        if xxh3_64(section) != entry.xxh3 {
            return Err(PackError::Checksum { section: kind.to_string() });
        }
        Ok(section)
    }

    pub fn json<T: DeserializeOwned>(&self, kind: SectionKind) -> Result<T, PackError> {
        let section = self.section(kind, 1)?;
        within("a section of words in bytes", section.len() as u64, MAX_JSON_BYTES)?;
        serde_json::from_slice(section).map_err(|error| PackError::invalid(kind, error.to_string()))
    }

    /// Records, copied: the bytes of a pack need not be aligned in memory.
    fn records<T: AnyBitPattern + bytemuck::NoUninit>(&self, kind: SectionKind) -> Result<Vec<T>, PackError> {
        Ok(bytemuck::pod_collect_to_vec(self.section(kind, size_of::<T>())?))
    }

    fn polygons(&self, kinds: [SectionKind; 5]) -> Result<Polygons, PackError> {
        Ok(Polygons {
            polygon_ends: self.records(kinds[0])?,
            ring_ends: self.records(kinds[1])?,
            vertices_mm: self.records(kinds[2])?,
            triangle_ends: self.records(kinds[3])?,
            triangles: self.records(kinds[4])?,
        })
    }

    fn strings(&self, kinds: [SectionKind; 2]) -> Result<Strings, PackError> {
        Ok(Strings { ends: self.records(kinds[0])?, bytes: self.records(kinds[1])? })
    }

    fn buildings(&self) -> Result<Buildings, PackError> {
        Ok(Buildings {
            records: self.records(SectionKind::Buildings)?,
            solids: self.records(SectionKind::Solids)?,
            polygons: self.polygons(SectionKind::BUILDING_POLYGONS)?,
            strings: self.strings(SectionKind::BUILDING_STRINGS)?,
            tiles: self.records(SectionKind::Tiles)?,
        })
    }

    fn streets(&self) -> Result<Streets, PackError> {
        Ok(Streets {
            records: self.records(SectionKind::Streets)?,
            vertices_mm: self.records(SectionKind::StreetVertices)?,
            areas: self.records(SectionKind::Areas)?,
            polygons: self.polygons(SectionKind::AREA_POLYGONS)?,
            strings: self.strings(SectionKind::STREET_STRINGS)?,
        })
    }

    fn walk(&self) -> Result<WalkNetwork, PackError> {
        Ok(WalkNetwork {
            nodes: self.records(SectionKind::WalkNodes)?,
            links: self.records(SectionKind::WalkLinks)?,
            vertices_mm: self.records(SectionKind::WalkVertices)?,
            levels: self.records(SectionKind::WalkLevels)?,
            strings: self.strings(SectionKind::WALK_STRINGS)?,
        })
    }

    fn floors(&self) -> Result<Floors, PackError> {
        Ok(Floors {
            parts: self.records(SectionKind::FloorParts)?,
            polygons: self.polygons(SectionKind::FLOOR_POLYGONS)?,
            strings: self.strings(SectionKind::FLOOR_STRINGS)?,
        })
    }

    fn structures(&self) -> Result<Structures, PackError> {
        Ok(Structures {
            records: self.records(SectionKind::Structures)?,
            solids: self.records(SectionKind::StructureSolids)?,
            polygons: self.polygons(SectionKind::STRUCTURE_POLYGONS)?,
            triangles: self.records(SectionKind::StructureTriangles)?,
            vertices_mm: self.records(SectionKind::StructureVertices)?,
            strings: self.strings(SectionKind::STRUCTURE_STRINGS)?,
        })
    }
}

/// The header, once it is one: magic, version, length, limits, in this order.
fn header_of(bytes: &[u8]) -> Result<Header, PackError> {
    let start = &bytes[..bytes.len().min(MAGIC.len())];
    if bytes.is_empty() || !MAGIC.starts_with(start) {
        return Err(PackError::NotAPack { found: start.to_vec() });
    }
    let found = bytes.len() as u64;
    let Some(header) = bytes.get(..HEADER_BYTES) else {
        return Err(PackError::Cut { found, expected: HEADER_BYTES as u64 });
    };
    let header: Header = bytemuck::pod_read_unaligned(header);
    if header.version > FORMAT_VERSION {
        return Err(PackError::NewerVersion { found: header.version, known: FORMAT_VERSION });
    }
    if header.version != FORMAT_VERSION {
        return Err(PackError::invalid("header", format!("there is no format version {}", header.version)));
    }
    if found < header.file_bytes {
        return Err(PackError::Cut { found, expected: header.file_bytes });
    }
    if found > header.file_bytes {
        let problem = format!("{} bytes follow its end", found - header.file_bytes);
        return Err(PackError::invalid("header", problem));
    }
    within("the file size in bytes", found, MAX_FILE_BYTES)?;
    within("the number of sections", header.section_count.into(), MAX_SECTIONS.into())?;
    Ok(header)
}
