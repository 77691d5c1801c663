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
        let mut first = 0;
        while first < weights.len() {
            let same = weights[first..].iter().take(AT_ONCE).take_while(|w| **w == weights[first]).count();
            let lines: [&[u32]; AT_ONCE] = std::array::from_fn(|i| {
                let sun = first + i.min(same - 1);
                &bits[sun * map_len + line * words..][..words]
            });
            count_votes(&lines[..same], weights[first], counts);
            first += same;
        }
    });
}

/// Suns counted together: as many as four binary digits hold.
const AT_ONCE: usize = 15;

/// Adds a line of up to [`AT_ONCE`] suns of the same weight. The bits of a word are added up side by side, as
/// four words that hold the binary digits of 32 counts; only these are spread out.
#[multiversion(targets("x86_64+avx2+fma+bmi2"))]
fn count_votes(lines: &[&[u32]], weight: u32, counts: &mut [u32]) {
    for (word, counts) in counts.chunks_exact_mut(32).enumerate() {
        let mut digits = [0_u32; 4];
        for line in lines {
            let mut carry = line[word];
            for digit in &mut digits {
                (*digit, carry) = (*digit ^ carry, *digit & carry);
            }
        }
        if digits == [0; 4] {
            continue;
        }
        for (bit, count) in counts.iter_mut().enumerate() {
            let of = |digit: usize| (digits[digit] >> bit & 1) << digit;
            *count += (of(0) + of(1) + of(2) + of(3)) * weight;
        }
    }
}
