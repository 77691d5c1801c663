//! The grid on its way: source by source, the first that knows a sample counts.

use futago_field::Report;
use futago_geodesy::SiteFrame;
use futago_model::{Terrain, TerrainGrid, mm_from_metres};
use rayon::prelude::*;

use crate::fill::{REACH_M, fill};

/// Sources that differ by more than this are told, millimetres.
const DIFFERS_MM: u32 = 1000;

/// Two sources where both know something.
#[derive(Debug, Clone, Copy, Default)]
struct Compared {
    samples: u64,
    sum_mm: u64,
    differing: u64,
    /// The greatest difference, millimetres, and the sample that has it, the first of equal ones.
    most: (u32, std::cmp::Reverse<usize>),
}

impl Compared {
    fn with(self, other: Self) -> Self {
        Self {
            samples: self.samples + other.samples,
            sum_mm: self.sum_mm + other.sum_mm,
            differing: self.differing + other.differing,
            most: self.most.max(other.most),
        }
    }
}

/// The grid on its way: heights in millimetres T.P.
pub(crate) struct Merged {
    grid: TerrainGrid,
    heights_mm: Vec<i32>,
    origins: Vec<u8>,
    sources: Vec<String>,
}

impl Merged {
    pub fn new(grid: TerrainGrid) -> Self {
        let (heights_mm, origins) =
            (vec![Terrain::NO_DATA; grid.len()], vec![Terrain::NO_SOURCE; grid.len()]);
        Self { grid, heights_mm, origins, sources: Vec::new() }
    }

    /// Takes what a source knows and those before it do not.
    pub fn add(&mut self, name: &str, layer: &[i32], frame: &SiteFrame, report: &mut Report) {
        let number = self.sources.len() as u8;
        for (index, before) in self.sources.iter().enumerate() {
            let compared = self.compare(index as u8, layer);
            if compared.differing > 0 {
                let action = self.difference(&compared, before, frame);
                report.add("terrain-differs", name, "", action);
            }
        }
        let mine = |(height, origin): (&mut i32, &mut u8), found: &i32| {
            let wanted = *origin == Terrain::NO_SOURCE && *found != Terrain::NO_DATA;
            if wanted {
                (*height, *origin) = (*found, number);
            }
            usize::from(wanted)
        };
        let own = self.heights_mm.par_iter_mut().zip(&mut self.origins).zip(layer);
        let taken: usize = own.map(|(sample, found)| mine(sample, found)).sum();
        let known = layer.par_iter().filter(|height| **height != Terrain::NO_DATA).count();
        if known == 0 {
            report.add("terrain-elsewhere", name, "", "knows no height in the city; not used");
        } else if taken == 0 {
            let action = "every height of it is known from a finer source; not used";
            report.add("terrain-covered", name, "", action);
        }
        self.sources.push(name.to_owned());
    }

    fn compare(&self, number: u8, layer: &[i32]) -> Compared {
        let own = self.heights_mm.par_iter().zip(&self.origins).zip(layer).enumerate();
        let both = own.filter(|(_, ((_, origin), found))| **origin == number && **found != Terrain::NO_DATA);
        let each = both.map(|(index, ((height, _), found))| {
            let apart = height.abs_diff(*found);
            Compared {
                samples: 1,
                sum_mm: u64::from(apart),
                differing: u64::from(apart > DIFFERS_MM),
                most: (apart, std::cmp::Reverse(index)),
            }
        });
        each.reduce(Compared::default, Compared::with)
    }

    fn difference(&self, compared: &Compared, before: &str, frame: &SiteFrame) -> String {
        let Compared { samples, sum_mm, differing, most: (most_mm, std::cmp::Reverse(index)) } = *compared;
        let columns = self.grid.columns as usize;
        let at_m = self.grid.place_m((index % columns) as u32, (index / columns) as u32);
        let at = frame.lonlat_from_site(at_m);
        let place = at.map_or(String::new(), |at| format!(" at {:.5} E, {:.5} N", at.lon_deg, at.lat_deg));
        format!(
            "{differing} of {samples} samples differ by more than 1 m from {before} (mean {:.2} m, at most {:.2} m{place}); those of {before} are kept",
            sum_mm as f64 / 1000.0 / samples as f64,
            f64::from(most_mm) / 1000.0,
        )
    }

    /// Fills holes, tells what is left open, and counts heights from the site origin's.
    pub fn finish(mut self, frame: &SiteFrame, report: &mut Report) -> Option<Terrain> {
        let total = self.grid.len();
        let known = self.origins.iter().filter(|origin| **origin != Terrain::NO_SOURCE).count();
        if known == 0 {
            return None;
        }
        let share = |count: usize| 100.0 * count as f64 / total as f64;
        let filled = fill(&self.grid, &mut self.heights_mm, &mut self.origins);
        if filled > 0 {
            let action = format!(
                "{filled} of {total} samples ({:.1} %) had no height and lie between known ones; filled from those within {REACH_M} m, nearer ones counting more",
                share(filled)
            );
            report.add("terrain-filled", "", "", action);
        }
        let open = total - known - filled;
        if open > 0 {
            let action = format!(
                "{open} of {total} samples ({:.1} %) have no height; the ground is taken as flat there",
                share(open)
            );
            report.add("terrain-hole", "", "", action);
        }
        let origin_mm = mm_from_metres(frame.origin_height_m);
        for height in self.heights_mm.iter_mut().filter(|height| **height != Terrain::NO_DATA) {
            *height -= origin_mm;
        }
        let Self { grid, heights_mm, origins, sources } = self;
        Some(Terrain { grid, heights_mm, origins, sources })
    }
}
