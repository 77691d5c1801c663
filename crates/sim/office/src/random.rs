//! Random numbers that are functions of what they are for: seed, building, floor and purpose.
//!
//! No state, so the same on any number of threads and in any order; and a building keeps its numbers when others come
//! or go. The mixing is that of SplitMix64 (Steele, Lea and Flood 2014), the hash of ids FNV-1a.

/// What a number is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// How many work in a building.
    BuildingStaff = 1,
    /// How many work on a floor.
    FloorStaff = 2,
    /// When a building begins.
    BuildingShift = 3,
    /// When a floor begins.
    FloorShift = 4,
}

/// A number from -1 to 1, evenly spread.
pub fn spread(seed: u64, building: &str, floor: i32, purpose: Purpose) -> f64 {
    let mut state = mix(seed ^ 0x6f66_6669_6365);
    for part in [hash(building), floor as u64, purpose as u64] {
        state = mix(state ^ part);
    }
    // 53 bits fill a double.
    (state >> 11) as f64 / (1_u64 << 52) as f64 - 1.0
}

fn hash(id: &str) -> u64 {
    id.bytes()
        .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

fn mix(value: u64) -> u64 {
    let mut z = value.wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_spread_and_their_own() {
        let all: Vec<f64> = (0..10_000).map(|floor| spread(7, "a", floor, Purpose::FloorStaff)).collect();
        let mean = all.iter().sum::<f64>() / 1e4;
        let square = all.iter().map(|v| v * v).sum::<f64>() / 1e4;
        // Of an even spread from -1 to 1: mean 0 +- 0.006, mean square 1/3 +- 0.003.
        assert!(mean.abs() < 0.025 && (square - 1.0 / 3.0).abs() < 0.015, "{mean} {square}");
        assert!(all.iter().all(|v| (-1.0..1.0).contains(v)));
        let one = spread(7, "a", 1, Purpose::FloorStaff);
        for other in [
            spread(8, "a", 1, Purpose::FloorStaff),
            spread(7, "b", 1, Purpose::FloorStaff),
            spread(7, "a", 2, Purpose::FloorStaff),
            spread(7, "a", 1, Purpose::FloorShift),
        ] {
            assert_ne!(one, other);
        }
    }
}
