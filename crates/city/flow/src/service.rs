//! Levels of service of walkways (Fruin 1971): how free people are to walk as they like.

use serde::{Deserialize, Serialize};

/// A level of service.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Fruin {
    /// Below 0.31 persons/m2: free choice of speed.
    A,
    /// Below 0.43.
    B,
    /// Below 0.72.
    C,
    /// Below 1.08.
    D,
    /// Below 2.17: shuffling.
    E,
    /// Above: standstill.
    F,
}

impl Fruin {
    /// Upper bounds of A to E, persons/m2.
    pub const BOUNDS_PER_M2: [f64; 5] = [0.31, 0.43, 0.72, 1.08, 2.17];

    /// The level of a density, persons/m2.
    pub fn of(density_per_m2: f64) -> Self {
        let levels = [Self::A, Self::B, Self::C, Self::D, Self::E];
        let found = Self::BOUNDS_PER_M2.iter().zip(levels).find(|(bound, _)| density_per_m2 < **bound);
        found.map_or(Self::F, |(_, level)| level)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bounds_belong_to_the_worse_level() {
        assert_eq!(Fruin::of(0.0), Fruin::A);
        assert_eq!(Fruin::of(0.31), Fruin::B);
        assert_eq!(Fruin::of(1.0799), Fruin::D);
        assert_eq!(Fruin::of(2.17), Fruin::F);
    }
}
