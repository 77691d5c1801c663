//! Writing: beside the target first, then renamed, so that nothing half-written is left.

use std::io::Write;
use std::path::Path;

use futago_model::{Buildings, Polygons, Streets, Strings};
use futago_model::{Floors, Structures, WalkNetwork};
use serde::Serialize;
use xxhash_rust::xxh3::xxh3_64;

use crate::layout::{
    ALIGNMENT, ENTRY_BYTES, Entry, FORMAT_VERSION, HEADER_BYTES, Header, MAGIC, MAX_FILE_BYTES, aligned,
    table_xxh3, within,
};
use crate::{Pack, PackError, SectionKind, check, check_objects, objects, terrain};

/// A section on its way into the file.
pub(crate) struct Section<'a> {
    kind: SectionKind,
    element_bytes: usize,
    data: std::borrow::Cow<'a, [u8]>,
}

impl Pack {
    /// The pack as bytes. The same city gives the same bytes.
    ///
    /// # Errors
    /// When the city is not one that could be read back, or is too large.
    pub fn to_bytes(&self) -> Result<Vec<u8>, PackError> {
        let mut bytes = Vec::new();
        // Writing to memory does not fail.
        let _ = lay_out(&self.sections()?)?.write_to(&mut bytes);
        Ok(bytes)
    }

    /// What the pack holds, section by section.
    fn sections(&self) -> Result<Vec<Section<'_>>, PackError> {
        check::city(&self.city)?;
        check_objects::objects(&self.objects)?;
        let mut sections =
            vec![json(SectionKind::Manifest, &self.manifest())?, json(SectionKind::Report, &self.report)?];
        if !self.city.shelters.is_empty() {
            sections.push(json(SectionKind::Shelters, &self.city.shelters)?);
        }
        if !self.city.buildings.records.is_empty() {
            push_buildings(&self.city.buildings, &mut sections);
        }
        if !self.city.streets.is_empty() {
            push_streets(&self.city.streets, &mut sections);
        }
        if !self.city.walk.is_empty() {
            push_walk(&self.city.walk, &mut sections);
        }
        if !self.city.floors.is_empty() {
            push_floors(&self.city.floors, &mut sections);
        }
        if !self.city.structures.is_empty() {
            push_structures(&self.city.structures, &mut sections);
        }
        if let Some(grounds) = &self.city.terrain {
            terrain::push(grounds, &mut sections)?;
        }
        sections.extend(objects::sections(&self.objects));
        Ok(sections)
    }

    /// Writes the pack: first to a file beside it, which then takes its name.
    ///
    /// # Errors
    /// When the city is not one that could be read back, or the disk says no.
    pub fn write(&self, path: &Path) -> Result<(), PackError> {
        let sections = self.sections()?;
        let file = lay_out(&sections)?;
        let mut beside = path.as_os_str().to_owned();
        beside.push(format!(".{}.part", std::process::id()));
        let beside = Path::new(&beside);
        let io = |source| PackError::Io { path: path.to_owned(), doing: "written", source };
        let written = write_all(beside, &file).and_then(|()| std::fs::rename(beside, path));
        if written.is_err() {
            // The first error is the one to tell; a leftover that cannot be removed was not there.
            let _ = std::fs::remove_file(beside);
        }
        written.map_err(io)
    }
}

fn write_all(path: &Path, content: &File<'_>) -> std::io::Result<()> {
    let mut file = std::fs::File::create(path)?;
    content.write_to(&mut file)?;
    file.sync_all()
}

pub(crate) fn json<T: Serialize>(kind: SectionKind, value: &T) -> Result<Section<'static>, PackError> {
    let data =
        serde_json::to_vec_pretty(value).map_err(|error| PackError::invalid(kind, error.to_string()))?;
    Ok(Section { kind, element_bytes: 1, data: data.into() })
}

fn records<T: bytemuck::NoUninit>(kind: SectionKind, records: &[T]) -> Section<'_> {
    Section { kind, element_bytes: size_of::<T>(), data: bytemuck::cast_slice(records).into() }
}

/// Records in a compressed section.
pub(crate) fn packed<T: bytemuck::NoUninit>(kind: SectionKind, records: &[T]) -> Section<'static> {
    let data = crate::packed::pack(bytemuck::cast_slice(records)).into();
    Section { kind, element_bytes: 1, data }
}

fn push_buildings<'a>(buildings: &'a Buildings, sections: &mut Vec<Section<'a>>) {
    sections.extend([
        records(SectionKind::Buildings, &buildings.records),
        records(SectionKind::Solids, &buildings.solids),
        records(SectionKind::Tiles, &buildings.tiles),
    ]);
    push_polygons(&buildings.polygons, SectionKind::BUILDING_POLYGONS, sections);
    push_strings(&buildings.strings, SectionKind::BUILDING_STRINGS, sections);
}

fn push_streets<'a>(streets: &'a Streets, sections: &mut Vec<Section<'a>>) {
    sections.extend([
        records(SectionKind::Streets, &streets.records),
        records(SectionKind::StreetVertices, &streets.vertices_mm),
        records(SectionKind::Areas, &streets.areas),
    ]);
    push_polygons(&streets.polygons, SectionKind::AREA_POLYGONS, sections);
    push_strings(&streets.strings, SectionKind::STREET_STRINGS, sections);
}

fn push_walk<'a>(walk: &'a WalkNetwork, sections: &mut Vec<Section<'a>>) {
    sections.extend([
        records(SectionKind::WalkNodes, &walk.nodes),
        records(SectionKind::WalkLinks, &walk.links),
        records(SectionKind::WalkVertices, &walk.vertices_mm),
        records(SectionKind::WalkLevels, &walk.levels),
    ]);
    push_strings(&walk.strings, SectionKind::WALK_STRINGS, sections);
}

fn push_floors<'a>(floors: &'a Floors, sections: &mut Vec<Section<'a>>) {
    sections.push(records(SectionKind::FloorParts, &floors.parts));
    push_polygons(&floors.polygons, SectionKind::FLOOR_POLYGONS, sections);
    push_strings(&floors.strings, SectionKind::FLOOR_STRINGS, sections);
}

fn push_structures<'a>(structures: &'a Structures, sections: &mut Vec<Section<'a>>) {
    sections.extend([
        records(SectionKind::Structures, &structures.records),
        records(SectionKind::StructureSolids, &structures.solids),
    ]);
    push_polygons(&structures.polygons, SectionKind::STRUCTURE_POLYGONS, sections);
    sections.extend([
        records(SectionKind::StructureTriangles, &structures.triangles),
        records(SectionKind::StructureVertices, &structures.vertices_mm),
    ]);
    push_strings(&structures.strings, SectionKind::STRUCTURE_STRINGS, sections);
}

fn push_polygons<'a>(polygons: &'a Polygons, kinds: [SectionKind; 5], sections: &mut Vec<Section<'a>>) {
    sections.extend([
        records(kinds[0], &polygons.polygon_ends),
        records(kinds[1], &polygons.ring_ends),
        records(kinds[2], &polygons.vertices_mm),
        records(kinds[3], &polygons.triangle_ends),
        records(kinds[4], &polygons.triangles),
    ]);
}

fn push_strings<'a>(strings: &'a Strings, kinds: [SectionKind; 2], sections: &mut Vec<Section<'a>>) {
    sections.extend([records(kinds[0], &strings.ends), records(kinds[1], &strings.bytes)]);
}

/// A file on its way: where everything lies, and the sections themselves.
struct File<'a> {
    header: Header,
    table: Vec<Entry>,
    sections: &'a [Section<'a>],
}

fn lay_out<'a>(sections: &'a [Section<'a>]) -> Result<File<'a>, PackError> {
    let mut offset = aligned((HEADER_BYTES + sections.len() * ENTRY_BYTES) as u64);
    let mut table = Vec::with_capacity(sections.len());
    let mut end = offset;
    for section in sections {
        table.push(Entry {
            kind: section.kind as u32,
            element_bytes: section.element_bytes as u32,
            offset,
            bytes: section.data.len() as u64,
            xxh3: xxh3_64(&section.data),
        });
        end = offset + section.data.len() as u64;
        offset = aligned(end);
    }
    within("the file size in bytes", end, MAX_FILE_BYTES)?;
    let count = sections.len() as u32;
    let header = Header {
        magic: MAGIC,
        version: FORMAT_VERSION,
        section_count: count,
        file_bytes: end,
        table_xxh3: table_xxh3(FORMAT_VERSION, count, end, bytemuck::cast_slice(&table)),
        reserved: [0; 4],
    };
    Ok(File { header, table, sections })
}

impl File<'_> {
    /// Section by section, so that a large pack does not stand in memory once more.
    fn write_to(&self, out: &mut impl Write) -> std::io::Result<()> {
        let table: &[u8] = bytemuck::cast_slice(&self.table);
        out.write_all(bytemuck::bytes_of(&self.header))?;
        out.write_all(table)?;
        let mut at = (HEADER_BYTES + table.len()) as u64;
        for (entry, section) in self.table.iter().zip(self.sections) {
            let gap = [0; ALIGNMENT as usize];
            out.write_all(&gap[..(entry.offset - at) as usize])?;
            out.write_all(&section.data)?;
            at = entry.offset + entry.bytes;
        }
        Ok(())
    }
}
