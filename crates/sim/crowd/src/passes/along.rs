//! Along the streets: each piece gathers persons from the pieces within reach.
//! Twins of `shaders/crowd/along_norms.wgsl` and `smooth_along.wgsl`.

use futago_compute::{Binding, CpuPass, Pass};
use futago_shaders::crowd;
use rayon::prelude::*;

use super::kernel::{DensityParams, Near, Piece, along_kernel, bandwidth_m};

/// For each piece what its kernel adds up to over the streets within reach, metres.
pub static ALONG_NORMS: Pass = Pass {
    name: "along_norms",
    source: &[crowd::KERNEL, crowd::ALONG_NORMS],
    workgroup: [64, 1, 1],
    bindings: &[
        Binding::uniform::<DensityParams>("params"),
        Binding::read::<Piece>("pieces"),
        Binding::read::<u32>("near_starts"),
        Binding::read::<Near>("near"),
        Binding::read::<f32>("persons"),
        Binding::read_write::<f32>("norms"),
    ],
    cpu: cpu_norms,
};

/// For each piece the persons that the pieces within reach give it.
pub static SMOOTH_ALONG: Pass = Pass {
    name: "smooth_along",
    source: &[crowd::KERNEL, crowd::SMOOTH_ALONG],
    workgroup: [64, 1, 1],
    bindings: &[
        Binding::uniform::<DensityParams>("params"),
        Binding::read::<Piece>("pieces"),
        Binding::read::<u32>("near_starts"),
        Binding::read::<Near>("near"),
        Binding::read::<f32>("persons"),
        Binding::read::<f32>("norms"),
        Binding::read_write::<f32>("smoothed"),
    ],
    cpu: cpu_smooth,
};

fn cpu_norms(pass: &CpuPass<'_>) {
    let params = pass.uniform::<DensityParams>(0);
    let (pieces, starts, near) = (pass.read::<Piece>(1), pass.read::<u32>(2), pass.read::<Near>(3));
    let (persons, mut norms) = (pass.read::<f32>(4), pass.write::<f32>(5));
    let (pieces, starts, near, persons) = (&*pieces, &*starts, &*near, &*persons);
    norms[..params.piece_count as usize].par_iter_mut().enumerate().for_each(|(index, norm)| {
        *norm = along_norms(&params, pieces, within(starts, near, index), persons, index);
    });
}

fn cpu_smooth(pass: &CpuPass<'_>) {
    let params = pass.uniform::<DensityParams>(0);
    let (pieces, starts, near) = (pass.read::<Piece>(1), pass.read::<u32>(2), pass.read::<Near>(3));
    let (persons, norms) = (pass.read::<f32>(4), pass.read::<f32>(5));
    let mut smoothed = pass.write::<f32>(6);
    let (pieces, starts, near, persons, norms) = (&*pieces, &*starts, &*near, &*persons, &*norms);
    smoothed[..params.piece_count as usize].par_iter_mut().enumerate().for_each(|(index, held)| {
        *held = smooth_along(&params, pieces, within(starts, near, index), persons, norms, index);
    });
}

fn within<'a>(starts: &[u32], near: &'a [Near], index: usize) -> &'a [Near] {
    &near[starts[index] as usize..starts[index + 1] as usize]
}

/// One piece's norm.
pub fn along_norms(
    params: &DensityParams,
    pieces: &[Piece],
    near: &[Near],
    persons: &[f32],
    index: usize,
) -> f32 {
    let bandwidth = bandwidth_m(params, persons[index], pieces[index].area_m2);
    let mut sum = 0.0;
    for other in near {
        sum += along_kernel(other.distance_m, bandwidth) * pieces[other.piece as usize].length_m;
    }
    sum
}

/// One piece's persons.
pub fn smooth_along(
    params: &DensityParams,
    pieces: &[Piece],
    near: &[Near],
    persons: &[f32],
    norms: &[f32],
    index: usize,
) -> f32 {
    let mut sum = 0.0;
    for other in near {
        let at = other.piece as usize;
        let bandwidth = bandwidth_m(params, persons[at], pieces[at].area_m2);
        sum += along_kernel(other.distance_m, bandwidth) * persons[at] / norms[at];
    }
    sum * pieces[index].length_m
}
