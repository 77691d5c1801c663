//! Heights on a raster in a system of their own.
//!
//! A raster is made of blocks of one size (tiles, meshes; a GeoTIFF is one block) on one lattice of samples.
//! Samples stand at the centres of their cells. Blocks that fit together are put together, so that heights go on
//! across their seams.

use std::collections::BTreeMap;

use futago_geodesy::{GeodesyError, LonLat, MapSystem};

/// Where the samples of a lattice are: the centre of sample (0, 0), and the steps to the next column and the
/// next row, in the numbers of the system (east or longitude first).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Placement {
    /// Centre of the first sample.
    pub first: [f64; 2],
    /// From a column to the next.
    pub column: [f64; 2],
    /// From a row to the next: usually south.
    pub row: [f64; 2],
}

impl Placement {
    /// The place of a column and row, which may be between samples.
    pub fn xy(&self, [column, row]: [f64; 2]) -> [f64; 2] {
        [0, 1].map(|i| self.first[i] + column * self.column[i] + row * self.row[i])
    }

    /// The column and row of a place; not numbers when the steps lie in one line.
    pub fn pixel(&self, xy: [f64; 2]) -> [f64; 2] {
        let [x, y] = [xy[0] - self.first[0], xy[1] - self.first[1]];
        let area = self.area();
        [(x * self.row[1] - y * self.row[0]) / area, (y * self.column[0] - x * self.column[1]) / area]
    }

    /// Area of a cell, signed.
    fn area(&self) -> f64 {
        self.column[0] * self.row[1] - self.column[1] * self.row[0]
    }

    /// Every place can be told, there and back.
    pub fn is_usable(&self) -> bool {
        let numbers = self.first.iter().chain(&self.column).chain(&self.row);
        numbers.into_iter().all(|n| n.abs() < 1e9) && self.area().abs() > 1e-24
    }
}

/// Heights on one lattice.
#[derive(Debug, Clone)]
pub struct Raster {
    /// What it is called in the Report.
    pub name: String,
    /// The system of its places.
    pub system: MapSystem,
    /// Where its samples are.
    pub placement: Placement,
    /// Columns and rows of a block.
    pub block: [u32; 2],
    /// Heights by column and row of their block, metres T.P., not a number where nothing is known. Rows follow
    /// the placement, each of `block[0]` samples.
    pub blocks: BTreeMap<[i32; 2], Vec<f32>>,
    /// Heights that were no heights and are left out.
    pub dropped: usize,
}

impl Raster {
    /// The height at a sample; none where nothing is known.
    fn sample(&self, column: i64, row: i64) -> Option<f64> {
        let [columns, rows] = self.block.map(i64::from);
        let key = [column.div_euclid(columns), row.div_euclid(rows)];
        let block = self.blocks.get(&key.map(|i| i as i32))?;
        let at = row.rem_euclid(rows) * columns + column.rem_euclid(columns);
        block.get(at as usize).map(|height| f64::from(*height)).filter(|height| height.is_finite())
    }

    /// The height at a place of the raster's own system, bilinear. The sample that the place belongs to must be
    /// known; of its neighbours those count that are.
    pub fn height_m(&self, xy: [f64; 2]) -> Option<f64> {
        let [column, row] = self.placement.pixel(xy);
        if !(column.abs() < 1e9 && row.abs() < 1e9) {
            return None;
        }
        self.sample(column.round() as i64, row.round() as i64)?;
        let (left, top) = (column.floor(), row.floor());
        let (right, down) = (column - left, row - top);
        let (mut sum, mut weights) = (0.0, 0.0);
        for (step, weight) in [
            ([0, 0], (1.0 - right) * (1.0 - down)),
            ([1, 0], right * (1.0 - down)),
            ([0, 1], (1.0 - right) * down),
            ([1, 1], right * down),
        ] {
            if let Some(height) = self.sample(left as i64 + step[0], top as i64 + step[1]) {
                sum += weight * height;
                weights += weight;
            }
        }
        (weights > 0.0).then(|| sum / weights)
    }

    /// Corners of the outermost samples' cells by column and row: west or left, top, right, bottom.
    fn span(&self) -> Option<[f64; 4]> {
        let mut keys = self.blocks.keys();
        let [mut left, mut top] = *keys.next()?;
        let [mut right, mut bottom] = [left, top];
        for [column, row] in keys {
            [left, right] = [left.min(*column), right.max(*column)];
            [top, bottom] = [top.min(*row), bottom.max(*row)];
        }
        let [columns, rows] = self.block.map(f64::from);
        let [left, top] = [f64::from(left) * columns, f64::from(top) * rows].map(|first| first - 0.5);
        let [right, bottom] = [f64::from(right) + 1.0, f64::from(bottom) + 1.0];
        Some([left, top, right * columns - 0.5, bottom * rows - 0.5])
    }

    /// Places round its edge, longitude and latitude: corners and points between, since edges bend.
    ///
    /// # Errors
    /// When the raster reaches out of its system.
    pub fn edge(&self) -> Result<Vec<LonLat>, GeodesyError> {
        let Some([left, top, right, bottom]) = self.span() else { return Ok(Vec::new()) };
        let shares = (0..=8).map(|i| f64::from(i) / 8.0);
        let along = shares.flat_map(|t| {
            let (x, y) = (left + t * (right - left), top + t * (bottom - top));
            [[x, top], [x, bottom], [left, y], [right, y]]
        });
        along.map(|pixel| self.system.lonlat_from_xy(self.placement.xy(pixel))).collect()
    }

    /// The middle of it.
    ///
    /// # Errors
    /// When that is no place on Earth.
    pub fn middle(&self) -> Result<LonLat, GeodesyError> {
        let [left, top, right, bottom] = self.span().unwrap_or_default();
        self.system.lonlat_from_xy(self.placement.xy([(left + right) / 2.0, (top + bottom) / 2.0]))
    }

    /// Puts another raster of the same lattice into this one; samples that both have stay as they are here. Gives
    /// it back when it is of another lattice.
    fn join(&mut self, other: Raster) -> Result<(), Box<Raster>> {
        let same = self.name == other.name
            && self.system.epsg() == other.system.epsg()
            && self.block == other.block
            && self.placement == other.placement;
        if !same {
            return Err(Box::new(other));
        }
        self.dropped += other.dropped;
        for (key, block) in other.blocks {
            let own = self.blocks.entry(key).or_insert_with(|| vec![f32::NAN; block.len()]);
            for (own, other) in own.iter_mut().zip(block) {
                if own.is_nan() {
                    *own = other;
                }
            }
        }
        Ok(())
    }
}

/// Rasters on their way: those that fit together become one.
#[derive(Debug, Default)]
pub struct Mosaic {
    /// In the order in which their first piece came.
    pub rasters: Vec<Raster>,
}

impl Mosaic {
    /// Adds a raster.
    pub fn push(&mut self, mut raster: Raster) {
        for own in &mut self.rasters {
            match own.join(raster) {
                Ok(()) => return,
                Err(back) => raster = *back,
            }
        }
        self.rasters.push(raster);
    }

    /// Samples of all rasters.
    pub fn samples(&self) -> u64 {
        self.rasters.iter().flat_map(|raster| raster.blocks.values()).map(|block| block.len() as u64).sum()
    }
}
