//! The terrain: where its samples lie as JSON, their heights and origins in compressed sections.

use bytemuck::AnyBitPattern;
use futago_model::{Terrain, TerrainGrid};
use serde::{Deserialize, Serialize};

use crate::check::{Checked, MAX_HEIGHT_M, MAX_MM, ensure};
use crate::layout::MAX_TERRAIN_BYTES;
use crate::read::Table;
use crate::write::{Section, json, packed};
use crate::{PackError, SectionKind};

/// What is said of a terrain in words and single numbers.
#[derive(Debug, Serialize, Deserialize)]
struct Head {
    grid: TerrainGrid,
    sources: Vec<String>,
}

/// Adds the sections of a terrain.
pub(crate) fn push(terrain: &Terrain, sections: &mut Vec<Section<'_>>) -> Result<(), PackError> {
    let head = Head { grid: terrain.grid, sources: terrain.sources.clone() };
    sections.extend([
        json(SectionKind::Terrain, &head)?,
        packed(SectionKind::TerrainHeights, &terrain.heights_mm),
        packed(SectionKind::TerrainOrigins, &terrain.origins),
    ]);
    Ok(())
}

/// The terrain of a pack that has one.
pub(crate) fn read(table: &Table<'_>) -> Result<Terrain, PackError> {
    let Head { grid, sources } = table.json(SectionKind::Terrain)?;
    Ok(Terrain {
        grid,
        heights_mm: samples(table, SectionKind::TerrainHeights)?,
        origins: samples(table, SectionKind::TerrainOrigins)?,
        sources,
    })
}

fn samples<T: AnyBitPattern + bytemuck::NoUninit>(
    table: &Table<'_>,
    kind: SectionKind,
) -> Result<Vec<T>, PackError> {
    let content = crate::packed::unpack(table.section(kind, 1)?, MAX_TERRAIN_BYTES)
        .map_err(|problem| PackError::invalid(kind, problem))?;
    if !content.len().is_multiple_of(size_of::<T>()) {
        let problem = format!("{} bytes are no whole number of samples of {}", content.len(), size_of::<T>());
        return Err(PackError::invalid(kind, problem));
    }
    Ok(bytemuck::pod_collect_to_vec(&content))
}

/// Every number of a terrain.
pub(crate) fn check(terrain: &Terrain) -> Checked {
    let grid = &terrain.grid;
    let samples = u64::from(grid.columns) * u64::from(grid.rows);
    ensure((1..=TerrainGrid::MAX_SAMPLES).contains(&samples), "terrain", || {
        format!("a grid of {samples} samples, not 1 to {}", TerrainGrid::MAX_SAMPLES)
    })?;
    let longest = u64::from(grid.columns.max(grid.rows)) * u64::from(grid.spacing_mm);
    let first = grid.first_mm.iter().map(|mm| mm.unsigned_abs()).max().unwrap_or_default();
    let near = grid.spacing_mm > 0 && longest + u64::from(first) <= u64::from(MAX_MM);
    ensure(near, "terrain", || "a grid that reaches beyond 1,000 km, or has no spacing".to_owned())?;
    let [heights, origins] = [terrain.heights_mm.len(), terrain.origins.len()].map(|len| len as u64);
    ensure(heights == samples && origins == samples, "terrain", || {
        format!("{heights} heights and {origins} origins for {samples} samples")
    })?;
    let named = terrain.sources.len() <= Terrain::MAX_SOURCES;
    ensure(named, "terrain", || format!("{} sources", terrain.sources.len()))?;
    let most_mm = MAX_HEIGHT_M as u32 * 1000;
    for (index, (height, origin)) in terrain.heights_mm.iter().zip(&terrain.origins).enumerate() {
        let holds = match *origin {
            Terrain::NO_SOURCE => *height == Terrain::NO_DATA,
            Terrain::FILLED => height.unsigned_abs() <= most_mm,
            source => usize::from(source) < terrain.sources.len() && height.unsigned_abs() <= most_mm,
        };
        ensure(holds, "terrain", || {
            format!("sample {index} with height {height} mm and origin {origin} cannot be")
        })?;
    }
    Ok(())
}
