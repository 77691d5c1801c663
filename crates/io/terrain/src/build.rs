//! One grid from many sources.
//!
//! The finest source comes first, of equal ones that which was named first; where it knows nothing, the next
//! one counts. The spacing is that of the finest source, but not under 2 m and not over 5 m, and coarser where the
//! grid would have more samples than a terrain may. Samples lie on whole multiples of the spacing.

use futago_field::Report;
use futago_geodesy::{PlaneZone, SiteFrame};
use futago_model::{Terrain, TerrainGrid, mm_from_metres};
use rayon::prelude::*;

use crate::merge::Merged;
use crate::tin::Layer;
use crate::{Raster, Tin};

/// Finest and coarsest spacing that is chosen, metres.
const SPACINGS_M: [f64; 2] = [2.0, 5.0];

/// Columns between places that are projected; between them the way is straight to a tenth of a millimetre.
const KNOT: usize = 16;

/// A source of heights.
#[derive(Debug, Clone)]
pub enum Ground {
    /// Samples in a system of their own.
    Raster(Raster),
    /// Triangles in the site's plan.
    Tin(Tin),
}

/// What came of it.
#[derive(Debug)]
pub struct Built {
    /// The terrain; none when no source knows a height within the bounds.
    pub terrain: Option<Terrain>,
    /// What was wrong, filled or left open.
    pub report: Report,
}

/// Makes one grid over a rectangle (west, south, east, north, site metres) of all sources. The same sources give
/// the same grid, on any number of threads.
pub fn build(sources: &[Ground], frame: &SiteFrame, bounds_m: [f64; 4]) -> Built {
    let mut report = Report::default();
    let terrain = terrain(sources, frame, bounds_m, &mut report);
    Built { terrain, report }
}

/// West, south, east, north of a source, site metres; none where it has no end in the plane, or nothing is in it.
pub fn bounds_m(source: &Ground, frame: &SiteFrame) -> Option<[f64; 4]> {
    Site { frame, zone: frame.zone().ok()?, bounds_m: [0.0; 4] }.bounds_of(source)
}

/// What a raster has that its heights do not show.
fn note(raster: &Raster, report: &mut Report) {
    if raster.dropped > 0 {
        let action = format!("{} height(s) below -500 m or above 9,000 m; taken as missing", raster.dropped);
        report.add("terrain-bad-height", &raster.name, "", action);
    }
    if raster.system.is_jgd2000() {
        let action = format!(
            "EPSG:{} is of JGD2000; taken as JGD2011, which is off by centimetres in Tokyo and by metres in the north-east",
            raster.system.epsg()
        );
        report.add("terrain-datum", &raster.name, "", action);
    }
}

fn terrain(
    sources: &[Ground],
    frame: &SiteFrame,
    bounds_m: [f64; 4],
    report: &mut Report,
) -> Option<Terrain> {
    let zone = frame.zone().ok()?;
    let site = Site { frame, zone, bounds_m };
    let mut ordered: Vec<(f64, &Ground)> = Vec::new();
    for source in sources {
        match site.spacing_m(source).filter(|_| site.meets(source)) {
            Some(spacing_m) => ordered.push((spacing_m, source)),
            None => report.add("terrain-elsewhere", source.name(), "", "lies outside of the city; not used"),
        }
    }
    ordered.sort_by(|a, b| a.0.total_cmp(&b.0));
    if ordered.len() > Terrain::MAX_SOURCES {
        let action =
            format!("only the {} finest of {} sources are used", Terrain::MAX_SOURCES, ordered.len());
        report.add("terrain-source-limit", "", "", action);
        ordered.truncate(Terrain::MAX_SOURCES);
    }
    let grid = grid(ordered.first()?.0, bounds_m, report)?;
    let mut merged = Merged::new(grid);
    for (_, source) in &ordered {
        if let Ground::Raster(raster) = source {
            note(raster, report);
        }
        let layer = match source {
            Ground::Raster(raster) => site.sample(raster, &grid),
            Ground::Tin(tin) => tin.rasterise(&grid),
        };
        if layer.left_out > 0 {
            let action = format!(
                "{} triangle(s) are left out: those before them cover the city many times",
                layer.left_out
            );
            report.add("terrain-overlap", source.name(), "", action);
        }
        merged.add(source.name(), &layer.heights_mm, frame, report);
    }
    merged.finish(frame, report)
}

impl Ground {
    /// What it is called in the Report.
    pub fn name(&self) -> &str {
        match self {
            Self::Raster(raster) => &raster.name,
            Self::Tin(tin) => &tin.name,
        }
    }
}

/// The grid for a spacing of the finest source.
fn grid(finest_m: f64, bounds_m: [f64; 4], report: &mut Report) -> Option<TerrainGrid> {
    let wanted_m = (finest_m * 2.0).round() / 2.0;
    let mut spacing_mm = mm_from_metres(wanted_m.clamp(SPACINGS_M[0], SPACINGS_M[1])).unsigned_abs();
    let first_mm = spacing_mm;
    // Up to 1 km between samples; beyond that the bounds are no city's.
    while spacing_mm <= 1_000_000 {
        if let Some(grid) = TerrainGrid::around(bounds_m, spacing_mm) {
            if spacing_mm != first_mm {
                let [wanted, taken] = [first_mm, spacing_mm].map(|mm| f64::from(mm) / 1000.0);
                let action = format!(
                    "a grid every {wanted} m would have more than {} samples; every {taken} m taken",
                    TerrainGrid::MAX_SAMPLES
                );
                report.add("terrain-coarser", "", "", action);
            }
            return Some(grid);
        }
        spacing_mm *= 2;
    }
    None
}

/// The city's place, as sources see it.
struct Site<'f> {
    frame: &'f SiteFrame,
    zone: PlaneZone,
    bounds_m: [f64; 4],
}

impl Site<'_> {
    /// The place of site metres in the system of a raster.
    fn xy(&self, raster: &Raster, at_m: [f64; 2]) -> Option<[f64; 2]> {
        let plane = self.frame.plane_from_site(at_m);
        if raster.system.plane_zone_epsg() == Some(self.frame.epsg) {
            return Some([plane.east_m, plane.north_m]);
        }
        let lonlat = self.zone.lonlat_from_plane(plane).ok()?;
        raster.system.xy_from_lonlat(lonlat).ok()
    }

    /// Distance of the samples of a source, metres, at the middle of the city.
    fn spacing_m(&self, source: &Ground) -> Option<f64> {
        let raster = match source {
            Ground::Tin(tin) => return tin.spacing_m(),
            Ground::Raster(raster) => raster,
        };
        const STEP_M: f64 = 100.0;
        let [west, south, east, north] = self.bounds_m;
        let [e, n] = [(west + east) / 2.0, (south + north) / 2.0];
        let pixel = |at_m| self.xy(raster, at_m).map(|xy| raster.placement.pixel(xy));
        let (here, right, up) = (pixel([e, n])?, pixel([e + STEP_M, n])?, pixel([e, n + STEP_M])?);
        let apart = |other: [f64; 2]| STEP_M / (other[0] - here[0]).hypot(other[1] - here[1]);
        let spacing_m = (apart(right) * apart(up)).sqrt();
        (spacing_m.is_finite() && spacing_m > 0.0).then_some(spacing_m)
    }

    /// Whether a source lies within the bounds or across their edge.
    fn meets(&self, source: &Ground) -> bool {
        let bounds = self.bounds_of(source);
        let [west, south, east, north] = self.bounds_m;
        // A raster of half the world has no bounds in the plane, and meets everything.
        bounds.is_none_or(|b| b[0] <= east && b[2] >= west && b[1] <= north && b[3] >= south)
    }

    fn bounds_of(&self, source: &Ground) -> Option<[f64; 4]> {
        let edge = match source {
            Ground::Tin(tin) => return tin.bounds_m(),
            Ground::Raster(raster) => raster.edge().ok()?,
        };
        edge.into_iter().try_fold(None, |bounds: Option<[f64; 4]>, at| {
            let [e, n] = self.frame.site_from_plane(self.zone.plane_from_lonlat(at).ok()?);
            let [west, south, east, north] = bounds.unwrap_or([e, n, e, n]);
            Some(Some([west.min(e), south.min(n), east.max(e), north.max(n)]))
        })?
    }

    /// The heights of a raster at the samples of a grid.
    fn sample(&self, raster: &Raster, grid: &TerrainGrid) -> Layer {
        let columns = grid.columns as usize;
        let mut heights_mm = vec![Terrain::NO_DATA; grid.len()];
        heights_mm.par_chunks_mut(columns).enumerate().for_each(|(row, heights)| {
            for first in (0..columns).step_by(KNOT) {
                let last = (first + KNOT).min(columns - 1);
                let ends =
                    [first, last].map(|column| self.xy(raster, grid.place_m(column as u32, row as u32)));
                let [Some(from), Some(to)] = ends else { continue };
                let width = (last - first).max(1) as f64;
                for (step, height) in heights[first..].iter_mut().take(KNOT).enumerate() {
                    let t = step as f64 / width;
                    let xy = [0, 1].map(|i| from[i] + t * (to[i] - from[i]));
                    if let Some(found) = raster.height_m(xy) {
                        *height = mm_from_metres(found);
                    }
                }
            }
        });
        Layer { heights_mm, left_out: 0 }
    }
}
