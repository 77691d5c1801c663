//! Noise that is the same for the same input, and another one when one person more or less is in it.

/// A stream of random numbers for one bin: a counter hashed with key, input and bin.
pub(crate) struct Draws {
    state: u64,
}

impl Draws {
    pub fn new(key: u64, digest: u64, table: u64, bin: [u64; 2]) -> Self {
        let mut state = mix(key ^ 0x6675_7461_676f_0001);
        for part in [digest, table, bin[0], bin[1]] {
            state = mix(state ^ mix(part));
        }
        Self { state }
    }

    /// Uniform in [0, 1).
    pub fn uniform(&mut self) -> f64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        (mix(self.state) >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// Two-sided geometric, `P(z) ~ exp(-epsilon |z|)` for `|z| <= most`.
    pub fn geometric(&mut self, epsilon: f64, most: u32) -> i64 {
        let weight = |z: u32| (-epsilon * f64::from(z)).exp();
        let total = 1.0 + 2.0 * (1..=most).map(weight).sum::<f64>();
        let mut left = self.uniform() * total - 1.0;
        if left < 0.0 {
            return 0;
        }
        for z in 1..=most {
            let here = weight(z);
            if left < here {
                return i64::from(z);
            }
            if left < 2.0 * here {
                return -i64::from(z);
            }
            left -= 2.0 * here;
        }
        i64::from(most)
    }

    /// `value` rounded at random to one of the two multiples of `step` round it, right in the mean.
    pub fn rounded(&mut self, value: f64, step: f64) -> f64 {
        ((value / step) + self.uniform()).floor() * step
    }
}

/// Variance of [`Draws::geometric`].
pub(crate) fn variance(epsilon: f64, most: u32) -> f64 {
    let weight = |z: u32| (-epsilon * f64::from(z)).exp();
    let total = 1.0 + 2.0 * (1..=most).map(weight).sum::<f64>();
    2.0 * (1..=most).map(|z| f64::from(z * z) * weight(z)).sum::<f64>() / total
}

/// The finaliser of SplitMix64 (Steele, Lea and Flood 2014).
pub(crate) fn mix(mut x: u64) -> u64 {
    x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    x ^ (x >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_law_of_the_noise() {
        let (epsilon, most, draws) = (1.0, 5, 200_000);
        let mut counts = [0_u32; 11];
        for bin in 0..draws {
            let z = Draws::new(7, 1, 0, [bin, 0]).geometric(epsilon, most);
            counts[(z + 5) as usize] += 1;
        }
        for z in 0..5_usize {
            // Neighbours differ by exp(epsilon); the rarest has about 600 draws, three sigmas are 13 %.
            for (rare, often) in [(5 + z + 1, 5 + z), (5 - z - 1, 5 - z)] {
                let ratio = f64::from(counts[often]) / f64::from(counts[rare]);
                assert!((ratio / epsilon.exp() - 1.0).abs() < 0.15, "{z}: {ratio}");
            }
        }
        let mean_square: f64 =
            (0..11).map(|i| f64::from(counts[i]) * (i as f64 - 5.0).powi(2)).sum::<f64>() / draws as f64;
        assert!((mean_square / variance(epsilon, most) - 1.0).abs() < 0.02, "{mean_square}");
    }

    #[test]
    fn rounding_is_right_in_the_mean() {
        let mut draws = Draws::new(1, 2, 3, [4, 5]);
        let mean = (0..100_000).map(|_| draws.rounded(1.234, 0.1)).sum::<f64>() / 100_000.0;
        assert!((mean - 1.234).abs() < 0.001, "{mean}");
    }
}
