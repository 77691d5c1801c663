//! A field as a picture: one palette index a pixel.
//!
//! Values, not colours, are interpolated between cell centres, so that no colour appears that the legend lacks. Cells
//! without a value borrow from their neighbours over at most one cell: the building that makes them empty is drawn on
//! top, and its wall, not the grid, is then the edge that one sees. Yes-or-no fields are cut at one half and
//! averaged over a pixel, which gives shadows a clean edge within half a cell of the computed one.

use futago_field::{Field, Grid, PointSet, Scale, Support};
use rayon::prelude::*;

use super::scale::ColourRange;
use super::window::Window;
use crate::ExportError;

/// Sub-samples along each side of a pixel.
const MAX_SAMPLES: u32 = 4;

/// A picture of palette indices; 0 is transparent, 1 to 255 run along the scale.
pub(crate) struct Raster {
    width: u32,
    height: u32,
    indices: Vec<u8>,
}

impl Raster {
    /// The field inside a window, so many pixels wide.
    pub(crate) fn new(field: &Field, range: &ColourRange, window: &Window, width: u32) -> Self {
        let height =
            ((f64::from(width) * window.height_m() / window.width_m()).round() as u32).clamp(1, 8192);
        let index = |value: Option<f64>| value.map_or(0, |v| 1 + (range.place(v) * 254.0).round() as u8);
        let indices = match &field.support {
            Support::Grid(grid) => {
                let sampler = GridSampler::new(field, grid, window, width);
                let rows = (0..height).into_par_iter();
                rows.flat_map_iter(|y| (0..width).map(move |x| (x, y)))
                    .map(|(x, y)| index(sampler.pixel(x, y)))
                    .collect()
            }
            Support::Points(points) => {
                let means = point_means(points, &field.values, window, [width, height]);
                means.into_iter().map(index).collect()
            }
            // Streets and buildings are drawn as shapes; floors lie one on the other, and leave the paper as it is.
            _ => vec![0; width as usize * height as usize],
        };
        Self { width, height, indices }
    }

    /// An indexed PNG with the palette of the range.
    pub(crate) fn png(&self, range: &ColourRange) -> Result<Vec<u8>, ExportError> {
        let colours = range.palette().steps();
        let mut rgb = vec![0, 0, 0];
        let mut alpha = vec![0];
        for colour in colours {
            let [r, g, b, a] = colour.bytes();
            rgb.extend([r, g, b]);
            alpha.push(a);
        }
        let mut bytes = Vec::new();
        let mut encoder = png::Encoder::new(&mut bytes, self.width, self.height);
        encoder.set_color(png::ColorType::Indexed);
        encoder.set_depth(png::BitDepth::Eight);
        encoder.set_palette(rgb);
        encoder.set_trns(alpha);
        encoder.set_compression(png::Compression::High);
        let failed = |e| ExportError::encode("field picture", e);
        let mut writer = encoder.write_header().map_err(failed)?;
        writer.write_image_data(&self.indices).map_err(failed)?;
        writer.finish().map_err(failed)?;
        Ok(bytes)
    }
}

struct GridSampler<'a> {
    values: &'a [f32],
    grid: &'a Grid,
    /// Cell coordinates of the north-west corner of the picture.
    corner: [f64; 2],
    cells_per_pixel: f64,
    samples: u32,
    binary: bool,
}

impl<'a> GridSampler<'a> {
    fn new(field: &'a Field, grid: &'a Grid, window: &Window, width: u32) -> Self {
        let cells_per_pixel = window.width_m() / f64::from(width) / grid.spacing_m;
        let binary = field.quantity.scale == Scale::Binary;
        let wanted = if binary { 3 } else { cells_per_pixel.ceil() as u32 };
        let corner = [
            (window.bounds_m[0] - grid.first_m[0]) / grid.spacing_m,
            (window.bounds_m[3] - grid.first_m[1]) / grid.spacing_m,
        ];
        let samples = wanted.clamp(1, MAX_SAMPLES);
        Self { values: &field.values, grid, corner, cells_per_pixel, samples, binary }
    }

    /// Mean over a pixel of what is known there.
    fn pixel(&self, x: u32, y: u32) -> Option<f64> {
        let (mut sum, mut count) = (0.0, 0_u32);
        let step = |i: u32| (f64::from(i) + 0.5) / f64::from(self.samples);
        for sub_y in 0..self.samples {
            for sub_x in 0..self.samples {
                let column = self.corner[0] + (f64::from(x) + step(sub_x)) * self.cells_per_pixel;
                let row = self.corner[1] - (f64::from(y) + step(sub_y)) * self.cells_per_pixel;
                if let Some(value) = self.at(column, row) {
                    sum += if self.binary { f64::from(value >= 0.5) } else { value };
                    count += 1;
                }
            }
        }
        (count > 0).then(|| sum / f64::from(count))
    }

    /// Bilinear between the known ones of the four nearest cells; nothing beyond the outer edges of the grid.
    fn at(&self, column: f64, row: f64) -> Option<f64> {
        let (columns, rows) = (f64::from(self.grid.columns), f64::from(self.grid.rows));
        if !(-0.5..=columns - 0.5).contains(&column) || !(-0.5..=rows - 0.5).contains(&row) {
            return None;
        }
        let (c0, r0) = (column.floor(), row.floor());
        let (mut sum, mut weights) = (0.0, 0.0);
        for (c, r) in [(c0, r0), (c0 + 1.0, r0), (c0, r0 + 1.0), (c0 + 1.0, r0 + 1.0)] {
            let (ci, ri) = (c.clamp(0.0, columns - 1.0) as usize, r.clamp(0.0, rows - 1.0) as usize);
            let value = self.values.get(ri * self.grid.columns as usize + ci).copied().unwrap_or(f32::NAN);
            let weight = (1.0 - (column - c).abs()) * (1.0 - (row - r).abs());
            if !value.is_nan() {
                sum += f64::from(value) * weight;
                weights += weight;
            }
        }
        (weights > 1e-6).then(|| sum / weights)
    }
}

/// Every point as a square of its area; where squares meet, their mean.
fn point_means(points: &PointSet, values: &[f32], window: &Window, size: [u32; 2]) -> Vec<Option<f64>> {
    let [width, height] = size.map(|v| v as usize);
    let mut sums = vec![(0.0_f64, 0_u32); width * height];
    let pixels_per_m = width as f64 / window.width_m();
    for (index, at) in points.at_m.iter().enumerate() {
        let value = values.get(index).copied().unwrap_or(f32::NAN);
        if value.is_nan() {
            continue;
        }
        let area_m2 = points.area_m2.get(index).copied().unwrap_or(1.0).clamp(0.0, 1e4);
        let half = (f64::from(area_m2).sqrt() * pixels_per_m / 2.0).max(1.0);
        let x = (f64::from(at[0]) - window.bounds_m[0]) * pixels_per_m;
        let y = (window.bounds_m[3] - f64::from(at[1])) * pixels_per_m;
        let span = |centre: f64, limit: usize| {
            let from = (centre - half).round().max(0.0) as usize;
            from..((centre + half).round().max(0.0) as usize).min(limit)
        };
        for row in span(y, height) {
            for column in span(x, width) {
                let cell = &mut sums[row * width + column];
                *cell = (cell.0 + f64::from(value), cell.1 + 1);
            }
        }
    }
    sums.into_iter().map(|(sum, count)| (count > 0).then(|| sum / f64::from(count))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixtures;

    fn raster(field: usize, width: u32) -> Raster {
        let results = fixtures::results();
        let field = &results.fields[field];
        let range = ColourRange::of(&[field]).unwrap();
        Raster::new(field, &range, &Window::new([-98.0, -78.0, 102.0, 82.0], [0.0; 4]), width)
    }

    #[test]
    fn more_sun_is_further_along_and_holes_stay_open() {
        let raster = raster(0, 200);
        assert_eq!((raster.width, raster.height), (200, 160));
        let at = |x: u32, y: u32| raster.indices[(y * raster.width + x) as usize];
        assert!(at(10, 80) < at(190, 80), "values rise to the east");
        assert!(at(50, 150) < at(50, 10), "values rise to the north");
        assert_eq!(at(98, 82), 0, "the middle of a wide gap has no value");
    }

    #[test]
    fn shadows_are_all_or_nothing_away_from_their_edge() {
        let raster = raster(2, 200);
        let row = &raster.indices[80 * 200..][..200];
        assert!(row[..80].iter().all(|i| *i == 1) && row[120..198].iter().all(|i| *i == 255), "{row:?}");
    }

    #[test]
    fn points_are_squares_of_their_area() {
        let raster = raster(3, 200);
        let coloured = raster.indices.iter().filter(|i| **i > 0).count();
        assert!((3000..3500).contains(&coloured), "two roofs of 40 m by 40 m at 1 m a pixel: {coloured}");
    }
}
