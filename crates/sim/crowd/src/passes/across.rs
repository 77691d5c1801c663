//! Across the streets: each cell gathers persons from the pieces that reach it.
//! Twins of `shaders/crowd/across_norms.wgsl` and `spread_density.wgsl`.

use futago_compute::{Binding, CpuPass, Pass};
use futago_shaders::crowd;
use rayon::prelude::*;

use super::kernel::{DensityParams, Piece, across_weight};

/// For each piece of a run what its weights add up to over its cells.
pub static ACROSS_NORMS: Pass = Pass {
    name: "across_norms",
    source: &[crowd::KERNEL, crowd::ACROSS_NORMS],
    workgroup: [64, 1, 1],
    bindings: &[
        Binding::uniform::<DensityParams>("params"),
        Binding::read::<Piece>("pieces"),
        Binding::read::<u32>("piece_starts"),
        Binding::read::<u32>("piece_cells"),
        Binding::read_write::<f32>("norms"),
    ],
    cpu: cpu_norms,
};

/// For each cell of a run its persons per square metre.
pub static SPREAD_DENSITY: Pass = Pass {
    name: "spread_density",
    source: &[crowd::KERNEL, crowd::SPREAD_DENSITY],
    workgroup: [64, 1, 1],
    bindings: &[
        Binding::uniform::<DensityParams>("params"),
        Binding::read::<Piece>("pieces"),
        Binding::read::<u32>("cells"),
        Binding::read::<u32>("cell_starts"),
        Binding::read::<u32>("cell_pieces"),
        Binding::read::<f32>("persons"),
        Binding::read::<f32>("norms"),
        Binding::read_write::<f32>("density"),
    ],
    cpu: cpu_spread,
};

fn cpu_norms(pass: &CpuPass<'_>) {
    let params = pass.uniform::<DensityParams>(0);
    let (pieces, starts, cells) = (pass.read::<Piece>(1), pass.read::<u32>(2), pass.read::<u32>(3));
    let mut norms = pass.write::<f32>(4);
    let (pieces, starts, cells) = (&*pieces, &*starts, &*cells);
    let (first, count) = (params.first_piece as usize, params.piece_count as usize);
    norms[first..first + count].par_iter_mut().enumerate().for_each(|(index, norm)| {
        let mine = &cells[starts[index] as usize..starts[index + 1] as usize];
        *norm = across_norms(&params, &pieces[first + index], mine);
    });
}

fn cpu_spread(pass: &CpuPass<'_>) {
    let params = pass.uniform::<DensityParams>(0);
    let (pieces, cells) = (pass.read::<Piece>(1), pass.read::<u32>(2));
    let (starts, reaching) = (pass.read::<u32>(3), pass.read::<u32>(4));
    let (persons, norms) = (pass.read::<f32>(5), pass.read::<f32>(6));
    let mut density = pass.write::<f32>(7);
    let (pieces, cells, starts, reaching) = (&*pieces, &*cells, &*starts, &*reaching);
    let (persons, norms) = (&*persons, &*norms);
    density[..params.cell_count as usize].par_iter_mut().enumerate().for_each(|(index, value)| {
        let mine = &reaching[starts[index] as usize..starts[index + 1] as usize];
        *value = spread_density(&params, pieces, mine, persons, norms, cells[index]);
    });
}

/// One piece's norm.
pub fn across_norms(params: &DensityParams, piece: &Piece, cells: &[u32]) -> f32 {
    let mut sum = 0.0;
    for cell in cells {
        sum += across_weight(params, piece, *cell);
    }
    sum
}

/// One cell's density.
pub fn spread_density(
    params: &DensityParams,
    pieces: &[Piece],
    reaching: &[u32],
    persons: &[f32],
    norms: &[f32],
    cell: u32,
) -> f32 {
    let mut sum = 0.0;
    for piece in reaching {
        let at = *piece as usize;
        sum += persons[at] * across_weight(params, &pieces[at], cell) / norms[at];
    }
    sum / (params.spacing_m * params.spacing_m)
}
