//! Heights of the ground on a regular grid.
//!
//! The grid lies in the site frame: samples are points, `spacing_mm` apart, rows from south to north. A height
//! is whole millimetres above the site origin's height, so that every machine reads the same one. Between
//! samples the ground is bilinear; where one of the samples that count is missing, nothing is known.
//!
//! Where this stops being true: one height a place. Decks, bridges and what is below them are not terrain, and
//! steps in the ground (retaining walls, sunken streets) are as steep as the spacing lets them be.

use serde::{Deserialize, Serialize};

use crate::{metres_from_mm, mm_from_metres};

/// Heights of the ground, and where they come from.
#[derive(Debug, Clone, PartialEq)]
pub struct Terrain {
    /// Where the samples lie.
    pub grid: TerrainGrid,
    /// Height of each sample, millimetres above the site origin's height; [`Terrain::NO_DATA`] where nothing is
    /// known. Rows from south to north, each from west to east.
    pub heights_mm: Vec<i32>,
    /// Where each height comes from: an index of `sources`, [`Terrain::FILLED`] or [`Terrain::NO_SOURCE`].
    pub origins: Vec<u8>,
    /// What the heights were taken from, by name of the file or group of files, best first.
    pub sources: Vec<String>,
}

/// The places of the samples of a [`Terrain`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct TerrainGrid {
    /// East and north of the first sample, the south-western one, millimetres from the site origin.
    pub first_mm: [i32; 2],
    /// Distance of neighbours, millimetres, at least 1.
    pub spacing_mm: u32,
    /// Samples from west to east, at least 1.
    pub columns: u32,
    /// Samples from south to north, at least 1.
    pub rows: u32,
}

impl TerrainGrid {
    /// Most samples of a grid: their heights are 100 MB.
    pub const MAX_SAMPLES: u64 = 25_000_000;

    /// The grid whose samples lie on whole multiples of the spacing and enclose a rectangle (west, south, east,
    /// north, site metres). None when that is no rectangle near the site or takes more than
    /// [`TerrainGrid::MAX_SAMPLES`].
    pub fn around(bounds_m: [f64; 4], spacing_mm: u32) -> Option<Self> {
        let step_m = f64::from(spacing_mm) / 1000.0;
        let [west, south, east, north] = bounds_m;
        let near = bounds_m.iter().all(|m| m.abs() <= 1_000_000.0 - step_m);
        if spacing_mm == 0 || spacing_mm > 1_000_000 || !near || west > east || south > north {
            return None;
        }
        let [first_column, first_row] = [west, south].map(|m| (m / step_m).floor());
        let [last_column, last_row] = [east, north].map(|m| (m / step_m).ceil());
        let [columns, rows] = [last_column - first_column + 1.0, last_row - first_row + 1.0];
        let first_mm = [first_column, first_row].map(|steps| mm_from_metres(steps * step_m));
        let fits = columns * rows <= Self::MAX_SAMPLES as f64;
        fits.then_some(Self { first_mm, spacing_mm, columns: columns as u32, rows: rows as u32 })
    }

    /// Number of samples.
    pub fn len(&self) -> usize {
        self.columns as usize * self.rows as usize
    }

    /// True without samples.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Distance of neighbours, metres.
    pub fn spacing_m(&self) -> f64 {
        f64::from(self.spacing_mm) / 1000.0
    }

    /// East and north of a sample, site metres.
    pub fn place_m(&self, column: u32, row: u32) -> [f64; 2] {
        let steps = [column, row].map(|step| f64::from(step) * self.spacing_m());
        [metres_from_mm(self.first_mm[0]) + steps[0], metres_from_mm(self.first_mm[1]) + steps[1]]
    }

    /// West, south, east, north of the outermost samples, site metres.
    pub fn bounds_m(&self) -> [f64; 4] {
        let [west, south] = self.place_m(0, 0);
        let [east, north] = self.place_m(self.columns.saturating_sub(1), self.rows.saturating_sub(1));
        [west, south, east, north]
    }
}

impl Terrain {
    /// A sample of which nothing is known.
    pub const NO_DATA: i32 = i32::MIN;
    /// Most sources: their numbers are bytes, and two are taken.
    pub const MAX_SOURCES: usize = 254;
    /// Origin of a height that was made from its neighbours, to close a hole of the sources.
    pub const FILLED: u8 = 254;
    /// Origin of a sample without a height.
    pub const NO_SOURCE: u8 = 255;

    /// Height of the ground at a place (east, north, site metres), metres above the site origin's height.
    /// None outside of the grid and where a sample that counts is missing.
    pub fn height_m(&self, at_m: [f64; 2]) -> Option<f64> {
        let [west, south] = self.grid.place_m(0, 0);
        let spacing_m = self.grid.spacing_m();
        let (column, right) = cell((at_m[0] - west) / spacing_m, self.grid.columns)?;
        let (row, up) = cell((at_m[1] - south) / spacing_m, self.grid.rows)?;
        let corners = [
            (column, row, (1.0 - right) * (1.0 - up)),
            (column + 1, row, right * (1.0 - up)),
            (column, row + 1, (1.0 - right) * up),
            (column + 1, row + 1, right * up),
        ];
        let mut sum = 0.0;
        for (column, row, weight) in corners.into_iter().filter(|(_, _, weight)| *weight > 0.0) {
            sum += weight * metres_from_mm(self.sample_mm(column, row)?);
        }
        Some(sum)
    }

    /// Height of a sample, millimetres; none where nothing is known or no sample is.
    pub fn sample_mm(&self, column: u32, row: u32) -> Option<i32> {
        if column >= self.grid.columns || row >= self.grid.rows {
            return None;
        }
        let index = row as usize * self.grid.columns as usize + column as usize;
        self.heights_mm.get(index).copied().filter(|height| *height != Self::NO_DATA)
    }

    /// Median of the known heights, millimetres above the site origin's height; the higher of two in the middle.
    pub fn median_mm(&self) -> Option<i32> {
        let mut known: Vec<i32> =
            self.heights_mm.iter().copied().filter(|height| *height != Self::NO_DATA).collect();
        let middle = known.len() / 2;
        (!known.is_empty()).then(|| *known.select_nth_unstable(middle).1)
    }

    /// Makes every height count from a site origin that lies so much higher.
    pub fn raise_origin(&mut self, by_mm: i32) {
        for height in self.heights_mm.iter_mut().filter(|height| **height != Self::NO_DATA) {
            *height = height.saturating_sub(by_mm).max(Self::NO_DATA + 1);
        }
    }

    /// Lowest and highest height, metres above the site origin's height; none when nothing is known.
    pub fn range_m(&self) -> Option<[f64; 2]> {
        let known = self.heights_mm.iter().copied().filter(|height| *height != Self::NO_DATA);
        let range = known.fold(None, |range: Option<[i32; 2]>, height| {
            let [low, high] = range.unwrap_or([height; 2]);
            Some([low.min(height), high.max(height)])
        });
        range.map(|range| range.map(metres_from_mm))
    }

    /// Samples with a height from a source, samples that were filled, samples without a height.
    pub fn counts(&self) -> [usize; 3] {
        let mut counts = [0; 3];
        for origin in &self.origins {
            counts[match *origin {
                Self::FILLED => 1,
                Self::NO_SOURCE => 2,
                _ => 0,
            }] += 1;
        }
        counts
    }

    /// The share of the grid that has a height, 0 to 1.
    pub fn coverage(&self) -> f64 {
        let [known, filled, _] = self.counts();
        (known + filled) as f64 / self.origins.len().max(1) as f64
    }
}

/// The sample before a place that is counted in spacings, and how far the place lies towards the next one. What
/// lies on the last sample belongs to it.
fn cell(steps: f64, count: u32) -> Option<(u32, f64)> {
    let last = f64::from(count.checked_sub(1)?);
    // Also refuses what is no number.
    if !(0.0..=last).contains(&steps) {
        return None;
    }
    let before = steps.floor();
    Some((before as u32, steps - before))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn slope() -> Terrain {
        let grid = TerrainGrid::around([-7.0, 1.0, 6.0, 12.0], 5000).expect("a grid");
        let heights_mm = (0..grid.rows as i32)
            .flat_map(|row| (0..grid.columns as i32).map(move |column| 1000 * column + 100 * row));
        Terrain {
            grid,
            heights_mm: heights_mm.collect(),
            origins: vec![0; grid.len()],
            sources: vec!["hand".to_owned()],
        }
    }

    #[test]
    fn samples_lie_on_multiples_of_the_spacing_and_enclose_the_bounds() {
        let grid = slope().grid;
        assert_eq!((grid.first_mm, grid.columns, grid.rows), ([-10_000, 0], 5, 4));
        assert_eq!(grid.bounds_m(), [-10.0, 0.0, 10.0, 15.0]);
        assert_eq!(TerrainGrid::around([0.0, 0.0, 5.0, 5.0], 5000).map(|g| g.len()), Some(4));
        for bad in [[1.0, 0.0, 0.0, 1.0], [f64::NAN, 0.0, 1.0, 1.0], [0.0, 0.0, 1e7, 1.0]] {
            assert_eq!(TerrainGrid::around(bad, 5000), None, "{bad:?}");
        }
        assert_eq!(TerrainGrid::around([0.0, 0.0, 50_000.0, 50_000.0], 1000), None, "too many");
        assert_eq!(TerrainGrid::around([0.0, 0.0, 1.0, 1.0], 0), None);
    }

    #[test]
    fn between_samples_the_ground_is_bilinear() {
        let slope = slope();
        for at in [[-10.0, 0.0], [10.0, 15.0], [-3.25, 7.5], [9.999, 14.999]] {
            let want = (at[0] + 10.0) / 5.0 + at[1] / 5.0 * 0.1;
            let found = slope.height_m(at).expect("a height");
            assert!((found - want).abs() < 1e-9, "{at:?}: {found}, not {want}");
        }
        for out in [[-10.1, 0.0], [0.0, 15.1], [f64::NAN, 0.0], [0.0, f64::INFINITY]] {
            assert_eq!(slope.height_m(out), None, "{out:?}");
        }
        assert_eq!(slope.range_m(), Some([0.0, 4.3]));
    }

    #[test]
    fn a_missing_sample_counts_only_where_it_has_weight() {
        let mut slope = slope();
        slope.heights_mm[0] = Terrain::NO_DATA;
        slope.origins[0] = Terrain::NO_SOURCE;
        assert_eq!(slope.height_m([-9.0, 1.0]), None);
        assert_eq!(slope.height_m([-5.0, 1.0]), Some(1.02));
        assert_eq!(slope.counts(), [19, 0, 1]);
        assert!((slope.coverage() - 0.95).abs() < 1e-12);
    }
}
