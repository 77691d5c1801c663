//! Storeys of buildings of which only the height is known.
//!
//! One rule for all that count storeys, so that a panel and a table say the same. It is an estimate: offices of
//! today have 4 to 4.5 m a storey, halls and lobbies more, flats about 3 m, and measured heights hold what stands on a
//! roof. The metropolitan government building No. 1 (measured 262 m, 48 storeys) comes out with 69.

/// Height of a storey where nobody says it, metres.
pub const STOREY_M: f32 = 3.8;

/// Number of storeys above the ground of a building so high (metres), at least one.
pub fn storeys(height_m: f32) -> u32 {
    // NaN counts as no height.
    (height_m / STOREY_M).round().max(1.0) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn storeys_are_whole_and_at_least_one() {
        assert_eq!([262.0, 3.8, 1.0, 0.0, f32::NAN].map(storeys), [69, 1, 1, 1, 1]);
        assert_eq!([9.4, 9.6].map(storeys), [2, 3]);
    }
}
