//! City objects as published, in compressed sections of their own: a view or a simulation opens a pack
//! without them, and whoever wants to know what a source says reads them when it does.

use std::path::Path;

use bytemuck::Pod;
use futago_model::{Objects, Strings};

use crate::layout::MAX_FILE_BYTES;
use crate::read::{Table, in_file, read_file};
use crate::write::{Section, packed};
use crate::{PackError, SectionKind, check_objects};

/// Reads the objects of a pack in memory; none when it has none.
///
/// # Errors
/// When the bytes are no pack, are damaged, or hold what cannot be.
pub fn read_objects(bytes: &[u8]) -> Result<Objects, PackError> {
    let table = Table::of(bytes)?;
    if !table.has(SectionKind::ObjectRoots) {
        return Ok(Objects::default());
    }
    let names = Strings {
        ends: records(&table, SectionKind::ObjectNameEnds)?,
        bytes: records(&table, SectionKind::ObjectNameBytes)?,
    };
    let objects = Objects {
        roots: records(&table, SectionKind::ObjectRoots)?,
        elements: records(&table, SectionKind::ObjectElements)?,
        attributes: records(&table, SectionKind::ObjectAttributes)?,
        geometries: records(&table, SectionKind::ObjectGeometries)?,
        surfaces: records(&table, SectionKind::ObjectSurfaces)?,
        rings: records(&table, SectionKind::ObjectRings)?,
        lines: records(&table, SectionKind::ObjectLines)?,
        points: records(&table, SectionKind::ObjectPoints)?,
        vertices_mm: records(&table, SectionKind::ObjectVertices)?,
        links: records(&table, SectionKind::ObjectLinks)?,
        textured_rings: records(&table, SectionKind::ObjectTexturedRings)?,
        texture_positions: records(&table, SectionKind::ObjectTexturePositions)?,
        names,
        text: records(&table, SectionKind::ObjectText)?,
    };
    check_objects::objects(&objects)?;
    Ok(objects)
}

/// Reads the objects of a pack file.
///
/// # Errors
/// As [`read_objects`], and when the file cannot be read; the path is in the error.
pub fn open_objects(path: &Path) -> Result<Objects, PackError> {
    let bytes = read_file(path)?;
    read_objects(&bytes).map_err(|error| in_file(path, error))
}

fn records<T: Pod>(table: &Table<'_>, kind: SectionKind) -> Result<Vec<T>, PackError> {
    let packed = table.section(kind, 1)?;
    let content =
        crate::packed::unpack(packed, MAX_FILE_BYTES).map_err(|problem| PackError::invalid(kind, problem))?;
    if !content.len().is_multiple_of(size_of::<T>()) {
        let problem = format!("{} bytes are no whole number of records of {}", content.len(), size_of::<T>());
        return Err(PackError::invalid(kind, problem));
    }
    Ok(bytemuck::pod_collect_to_vec(&content))
}

/// The sections of the objects, none for none.
pub(crate) fn sections(objects: &Objects) -> Vec<Section<'static>> {
    if objects.is_empty() {
        return Vec::new();
    }
    vec![
        packed(SectionKind::ObjectRoots, &objects.roots),
        packed(SectionKind::ObjectElements, &objects.elements),
        packed(SectionKind::ObjectAttributes, &objects.attributes),
        packed(SectionKind::ObjectGeometries, &objects.geometries),
        packed(SectionKind::ObjectSurfaces, &objects.surfaces),
        packed(SectionKind::ObjectRings, &objects.rings),
        packed(SectionKind::ObjectLines, &objects.lines),
        packed(SectionKind::ObjectPoints, &objects.points),
        packed(SectionKind::ObjectVertices, &objects.vertices_mm),
        packed(SectionKind::ObjectLinks, &objects.links),
        packed(SectionKind::ObjectTexturedRings, &objects.textured_rings),
        packed(SectionKind::ObjectTexturePositions, &objects.texture_positions),
        packed(SectionKind::ObjectNameEnds, &objects.names.ends),
        packed(SectionKind::ObjectNameBytes, &objects.names.bytes),
        packed(SectionKind::ObjectText, &objects.text),
    ]
}
