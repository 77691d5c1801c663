//! Kernels and records that the passes share. Twin of `shaders/crowd/kernel.wgsl`.
//!
//! **Along** the streets: Epanechnikov's kernel over the network distance of two pieces, its bandwidth adapted to the
//! density of the piece that gives (Abramson 1982): narrow where there are many people, wide where there are few.
//! **Across**: the width of the street, its edge one cell wide, so that a cell that the edge cuts gets its part; the
//! ends of a piece are ramps that add up to one with those of the next.

use futago_compute::gpu_struct;

gpu_struct! {
    /// Sizes of one run.
    pub struct DensityParams {
        /// Pieces of this run.
        pub piece_count: u32,
        /// Cells of this run.
        pub cell_count: u32,
        /// Cells west to east of the grid.
        pub columns: u32,
        /// Distance of cell centres, metres.
        pub spacing_m: f32,
        /// Bandwidth where the density is the usual one, metres.
        pub bandwidth_m: f32,
        /// The usual density: the geometric mean over the length of streets with people, persons/m2.
        pub pilot_m2: f32,
        /// The first piece of this run.
        pub first_piece: u32,
        /// The first cell of this run.
        pub first_cell: u32,
    }
}

gpu_struct! {
    /// A straight piece of street.
    pub struct Piece {
        /// Where it begins, east and north of the centre of the grid's first cell, metres.
        pub start: [f32; 2],
        /// Unit vector to its end.
        pub along: [f32; 2],
        /// Metres.
        pub length_m: f32,
        /// Half the width over which its people spread, metres.
        pub reach_m: f32,
        /// Length times clear width, square metres.
        pub area_m2: f32,
        /// Keeps the size a multiple of 16 bytes.
        pub reserved: f32,
    }
}

gpu_struct! {
    /// Another piece within reach along the streets.
    pub struct Near {
        /// Which.
        pub piece: u32,
        /// From middle to middle, metres.
        pub distance_m: f32,
    }
}

/// Bandwidths over the usual one: least and most (Abramson's are not bounded, streets are).
pub const BANDWIDTH_SHARES: [f32; 2] = [0.5, 2.0];

/// Bandwidth of a piece with so many persons, metres.
#[inline]
pub fn bandwidth_m(params: &DensityParams, persons: f32, area_m2: f32) -> f32 {
    let density = persons / area_m2;
    let [least, most] = BANDWIDTH_SHARES;
    if density <= 0.0 {
        return most * params.bandwidth_m;
    }
    params.bandwidth_m * (params.pilot_m2 / density).sqrt().clamp(least, most)
}

/// Epanechnikov's kernel, not divided by anything.
#[inline]
pub fn along_kernel(distance_m: f32, bandwidth_m: f32) -> f32 {
    let share = distance_m / bandwidth_m;
    (1.0 - share * share).max(0.0)
}

/// Weight of a piece at a cell of the grid, 0 to 1.
#[inline]
pub fn across_weight(params: &DensityParams, piece: &Piece, cell: u32) -> f32 {
    let (column, row) = (cell % params.columns, cell / params.columns);
    let east = column as f32 * params.spacing_m - piece.start[0];
    let north = row as f32 * params.spacing_m - piece.start[1];
    let along = east * piece.along[0] + north * piece.along[1];
    let aside = (north * piece.along[0] - east * piece.along[1]).abs();
    let wide = ((piece.reach_m - aside) / params.spacing_m + 0.5).clamp(0.0, 1.0);
    let begun = (0.5 + along / (2.0 * params.spacing_m)).clamp(0.0, 1.0);
    let open = (0.5 + (piece.length_m - along) / (2.0 * params.spacing_m)).clamp(0.0, 1.0);
    wide * begun * open
}
