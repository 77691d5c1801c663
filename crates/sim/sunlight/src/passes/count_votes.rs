//! Adds up bit maps: for every grid point the weights of the suns whose bit is set.
//! Twin of `shaders/sunlight/count_votes.wgsl`.

use futago_compute::{Binding, CpuPass, Pass};
use multiversion::multiversion;
use rayon::prelude::*;

use super::sweep_shadow::SweepParams;

/// Adds to the count of each grid point (lines x words x 32) the weight of every sun that does not reach it.
pub static COUNT_VOTES: Pass = Pass {
    name: "count_votes",
    source: &[futago_shaders::sunlight::SWEEP_PARAMS, futago_shaders::sunlight::COUNT_VOTES],
    workgroup: [64, 1, 1],
    bindings: &[
        Binding::uniform::<SweepParams>("params"),
        Binding::read::<u32>("bits"),
        Binding::read::<u32>("weights"),
        Binding::read_write::<u32>("counts"),
    ],
    cpu,
};

fn cpu(pass: &CpuPass<'_>) {
    let params = pass.uniform::<SweepParams>(0);
    let (bits, weights) = (pass.read::<u32>(1), pass.read::<u32>(2));
    let mut counts = pass.write::<u32>(3);
    let (words, map_len) = (params.words as usize, (params.lines * params.words) as usize);
    let weights = &weights[..params.sun_count as usize];
    counts.par_chunks_mut(words * 32).enumerate().for_each(|(line, counts)| {
        for (sun, weight) in weights.iter().enumerate() {
            let start = sun * map_len + line * words;
            count_votes(&bits[start..start + words], *weight, counts);
        }
    });
}

/// Adds one sun's line.
#[multiversion(targets("x86_64+avx2+fma+bmi2"))]
fn count_votes(bits: &[u32], weight: u32, counts: &mut [u32]) {
    for (word, counts) in bits.iter().zip(counts.chunks_exact_mut(32)) {
        if *word != 0 {
            for (bit, count) in counts.iter_mut().enumerate() {
                *count += (*word >> bit & 1) * weight;
            }
        }
    }
}
