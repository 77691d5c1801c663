//! The density field's arrays: pieces of street on a grid, which cell each may reach, and who is near whom.
//!
//! A piece reaches the cells of its width that are outside of buildings and that nothing parts from it: a cell on the
//! far side of a house is not of this street, however near. Where a street itself runs through a building, none of
//! its cells are outside, and its people are counted as under a roof. So the mass that is spread is known beforehand.

use futago_field::Grid;
use rayon::prelude::*;

use super::network::{Link, Streets};
use super::pieces::{self, StreetPiece};
use crate::passes::kernel::{BANDWIDTH_SHARES, DensityParams, Near, Piece, across_weight};

/// Everything of the density field that does not depend on how many people there are.
#[derive(Debug, Clone, PartialEq)]
pub struct DensityInput {
    /// The grid.
    pub grid: Grid,
    /// Sizes; `pilot_m2` is that of the persons at hand.
    pub params: DensityParams,
    /// Pieces that reach a cell.
    pub pieces: Vec<Piece>,
    /// Link of each piece, and the part of the link's persons that it holds.
    pub holds: Vec<(u32, f64)>,
    /// Length and area of each link that is outside, wherever it lies; zeros of the others. The usual density is that
    /// of the whole city, so that it does not depend on the area that is asked for.
    pub outside: Vec<(f64, f64)>,
    /// Part of each link's persons that no outdoor cell can take.
    pub roofed: Vec<f64>,
    /// Pieces near each piece: `near[near_starts[p]..near_starts[p + 1]]`.
    pub near_starts: Vec<u32>,
    /// See [`DensityInput::near_starts`].
    pub near: Vec<Near>,
    /// Cells of each piece, likewise.
    pub piece_starts: Vec<u32>,
    /// Indices of the grid.
    pub piece_cells: Vec<u32>,
    /// Cells that a piece reaches, in the order of the grid.
    pub cells: Vec<u32>,
    /// Pieces of each of them, likewise.
    pub cell_starts: Vec<u32>,
    /// See [`DensityInput::cell_starts`].
    pub cell_pieces: Vec<u32>,
}

impl DensityInput {
    /// Prepares the links that `wanted` names. `inside` flags the grid's cells that are inside a building.
    ///
    /// A piece that the grid's edge cuts gives all its people to the cells that there are: let the grid reach
    /// [`margin_m`] beyond what is asked.
    pub fn build(
        streets: &Streets,
        grid: Grid,
        inside: &[bool],
        bandwidth_m: f64,
        wanted: impl Fn(u32) -> bool,
    ) -> Self {
        let all = pieces::cut(streets, wanted);
        let params = DensityParams {
            piece_count: 0,
            cell_count: 0,
            columns: grid.columns,
            spacing_m: grid.spacing_m as f32,
            bandwidth_m: bandwidth_m as f32,
            pilot_m2: 1.0,
            first_piece: 0,
            first_cell: 0,
        };
        let record = |piece: &StreetPiece| record(piece, streets, &grid);
        let reached: Vec<(Piece, Option<Vec<u32>>)> = all
            .par_iter()
            .map(|piece| (record(piece), reached_cells(&params, &record(piece), &grid, inside)))
            .collect();
        let mut input = Self {
            grid,
            params,
            pieces: Vec::new(),
            holds: Vec::new(),
            outside: streets.links.iter().map(sizes).collect(),
            roofed: vec![0.0; streets.links.len()],
            near_starts: Vec::new(),
            near: Vec::new(),
            piece_starts: vec![0],
            piece_cells: Vec::new(),
            cells: Vec::new(),
            cell_starts: Vec::new(),
            cell_pieces: Vec::new(),
        };
        let mut kept = Vec::new();
        for (piece, (record, cells)) in all.iter().zip(reached) {
            // Off the grid altogether: no question of this grid.
            let Some(cells) = cells else { continue };
            if cells.is_empty() {
                input.roofed[piece.link as usize] += piece.share;
                continue;
            }
            kept.push(*piece);
            input.pieces.push(record);
            input.holds.push((piece.link, piece.share));
            input.piece_cells.extend(cells);
            input.piece_starts.push(input.piece_cells.len() as u32);
        }
        let reach_m = bandwidth_m * f64::from(BANDWIDTH_SHARES[1]);
        (input.near_starts, input.near) = pieces::near(&kept, reach_m);
        input.index_cells();
        input.params.piece_count = input.pieces.len() as u32;
        input.params.cell_count = input.cells.len() as u32;
        input
    }

    /// From cells of pieces to pieces of cells, both in rising order.
    fn index_cells(&mut self) {
        let mut pairs: Vec<(u32, u32)> = Vec::with_capacity(self.piece_cells.len());
        for piece in 0..self.pieces.len() {
            let mine = self.piece_starts[piece] as usize..self.piece_starts[piece + 1] as usize;
            pairs.extend(self.piece_cells[mine].iter().map(|cell| (*cell, piece as u32)));
        }
        pairs.par_sort_unstable();
        for (cell, piece) in pairs {
            if self.cells.last() != Some(&cell) {
                self.cells.push(cell);
                self.cell_starts.push(self.cell_pieces.len() as u32);
            }
            self.cell_pieces.push(piece);
        }
        self.cell_starts.push(self.cell_pieces.len() as u32);
    }

    /// Persons on each piece from those on each link, and the usual density, persons/m2.
    pub fn persons(&self, on_links: &[f64]) -> (Vec<f32>, f32) {
        let of = |(link, share): &(u32, f64)| {
            (on_links.get(*link as usize).copied().unwrap_or(0.0).max(0.0) * share) as f32
        };
        let persons: Vec<f32> = self.holds.iter().map(of).collect();
        let mut sums = (0.0, 0.0);
        for ((length_m, area_m2), held) in self.outside.iter().zip(on_links).filter(|(_, held)| **held > 0.0)
        {
            if *length_m > 0.0 {
                sums = (sums.0 + length_m * (held / area_m2).ln(), sums.1 + length_m);
            }
        }
        (persons, if sums.1 > 0.0 { (sums.0 / sums.1).exp() as f32 } else { 1.0 })
    }

    /// Persons on the given links that the field does not show: under roofs, or on links that were not wanted.
    pub fn roofed_persons(&self, on_links: &[f64]) -> f64 {
        self.roofed.iter().zip(on_links).map(|(share, held)| share * held.max(0.0)).sum()
    }
}

fn sizes(link: &Link) -> (f64, f64) {
    if link.is_outside { (f64::from(link.length_m), link.area_m2()) } else { (0.0, 0.0) }
}

/// How far the edge of a grid is felt, metres: a piece gets from others within the widest bandwidth, and what those
/// give depends on all that they give to, as far again.
pub fn margin_m(bandwidth_m: f64) -> f64 {
    2.0 * (bandwidth_m * f64::from(BANDWIDTH_SHARES[1]) + pieces::PIECE_M)
}

fn record(piece: &StreetPiece, streets: &Streets, grid: &Grid) -> Piece {
    let [a, b] = piece.ends_m;
    let link = &streets.links[piece.link as usize];
    let length_m = (b[0] - a[0]).hypot(b[1] - a[1]).max(1e-3);
    let width_m = f64::from(link.width_m);
    Piece {
        start: [(a[0] - grid.first_m[0]) as f32, (a[1] - grid.first_m[1]) as f32],
        along: [((b[0] - a[0]) / length_m) as f32, ((b[1] - a[1]) / length_m) as f32],
        length_m: length_m as f32,
        // A street narrower than a cell still has cells.
        reach_m: (width_m / 2.0).max(grid.spacing_m / 2.0) as f32,
        area_m2: (length_m * width_m) as f32,
        reserved: 0.0,
    }
}

/// The cells that a piece gives people to, in the order of the grid; none when it is off the grid.
fn reached_cells(params: &DensityParams, piece: &Piece, grid: &Grid, inside: &[bool]) -> Option<Vec<u32>> {
    let spacing = f64::from(params.spacing_m);
    let aside = f64::from(piece.reach_m) + spacing / 2.0;
    let start = piece.start.map(f64::from);
    let [dx, dy] = piece.along.map(f64::from);
    let span = |axis: usize, along: f64, across: f64, count: u32| {
        let ends = [-spacing, f64::from(piece.length_m) + spacing].map(|t| start[axis] + t * along);
        let low = ends[0].min(ends[1]) - aside * across.abs();
        let high = ends[0].max(ends[1]) + aside * across.abs();
        let cell = |m: f64| (m / spacing).clamp(0.0, f64::from(count));
        cell(low).floor() as u32..(cell(high).ceil() as u32 + 1).min(count)
    };
    let (columns, rows) = (span(0, dx, dy, grid.columns), span(1, dy, dx, grid.rows));
    let (mut cells, mut is_on_grid) = (Vec::new(), false);
    for row in rows {
        for column in columns.clone() {
            let cell = row * grid.columns + column;
            if across_weight(params, piece, cell) <= 0.0 {
                continue;
            }
            is_on_grid = true;
            if !inside[cell as usize] && !is_parted(piece, grid, inside, [column, row]) {
                cells.push(cell);
            }
        }
    }
    is_on_grid.then_some(cells)
}

/// Whether a house stands between a cell and its street: looking from the cell to the nearest place of the piece, it
/// is inside, and outside again.
fn is_parted(piece: &Piece, grid: &Grid, inside: &[bool], cell: [u32; 2]) -> bool {
    let spacing = grid.spacing_m;
    let at = cell.map(|index| f64::from(index) * spacing);
    let [start, along] = [piece.start, piece.along].map(|v| v.map(f64::from));
    let run = (at[0] - start[0]) * along[0] + (at[1] - start[1]) * along[1];
    let run = run.clamp(0.0, f64::from(piece.length_m));
    let foot = [start[0] + run * along[0], start[1] + run * along[1]];
    let steps = ((foot[0] - at[0]).hypot(foot[1] - at[1]) / (spacing / 2.0)).ceil().max(1.0);
    let mut was_inside = false;
    let mut step = 1.0;
    while step <= steps {
        let share = step / steps;
        let index = [0, 1].map(|axis| ((at[axis] + share * (foot[axis] - at[axis])) / spacing).round());
        let on_grid = index[0] >= 0.0
            && index[1] >= 0.0
            && index[0] < f64::from(grid.columns)
            && index[1] < f64::from(grid.rows);
        let is_inside = on_grid && inside[index[1] as usize * grid.columns as usize + index[0] as usize];
        if was_inside && !is_inside {
            return true;
        }
        was_inside |= is_inside;
        step += 1.0;
    }
    false
}
