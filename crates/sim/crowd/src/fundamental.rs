//! How fast people walk at a density, and how crowded that is: the fundamental diagram and the levels of service.
//!
//! Weidmann 1993 (Transporttechnik der Fussgaenger, formula 2.4 as fitted by Kladek) gives speed by density, Fruin
//! 1971 (Pedestrian planning and design) levels A to F on walkways. Units: persons/m2, m/s, persons/(s m).
//! Where it stops being true: measured peaks of the specific flow spread from 1.0 to 2.0 persons/(s m); this is one
//! curve through them, for people who walk one way on the level.

use std::sync::LazyLock;

/// Speed of free walking, m/s.
pub const FREE_SPEED_M_S: f64 = 1.34;
/// Density at which nobody moves any more, persons/m2.
pub const JAM_DENSITY_M2: f64 = 5.4;
/// Shape of the curve, persons/m2.
const GAMMA_M2: f64 = 1.913;

/// Walking speed at a density (Weidmann), m/s: 1.34 with nobody round, 0 from 5.4 persons/m2 on.
pub fn weidmann_speed_m_s(density_m2: f64) -> f64 {
    if density_m2.is_nan() || density_m2 <= 0.0 {
        return FREE_SPEED_M_S;
    }
    let room = 1.0 / density_m2 - 1.0 / JAM_DENSITY_M2;
    (FREE_SPEED_M_S * (1.0 - (-GAMMA_M2 * room).exp())).max(0.0)
}

/// Persons that pass a metre of width in a second at a density (Weidmann), persons/(s m).
pub fn specific_flow_s_m(density_m2: f64) -> f64 {
    density_m2.max(0.0) * weidmann_speed_m_s(density_m2)
}

/// The most that can pass: density (persons/m2) and specific flow (persons/(s m)) there.
pub fn capacity() -> (f64, f64) {
    static PEAK: LazyLock<(f64, f64)> = LazyLock::new(|| {
        let (mut low, mut high) = (0.5, 4.0);
        for _ in 0..100 {
            let (a, b) = (low + (high - low) / 3.0, high - (high - low) / 3.0);
            if specific_flow_s_m(a) < specific_flow_s_m(b) { low = a } else { high = b }
        }
        let density = (low + high) / 2.0;
        (density, specific_flow_s_m(density))
    });
    *PEAK
}

/// The density at which so many pass while walking is still free (the left branch of the curve), persons/m2. Over the
/// capacity it is the density at capacity: more cannot pass, and where the others wait is not known.
pub fn density_of_flow_m2(flow_s_m: f64) -> f64 {
    let (peak_m2, most) = capacity();
    if flow_s_m.is_nan() || flow_s_m <= 0.0 {
        return 0.0;
    }
    if flow_s_m >= most {
        return peak_m2;
    }
    let (mut low, mut high) = (0.0, peak_m2);
    for _ in 0..60 {
        let middle = (low + high) / 2.0;
        if specific_flow_s_m(middle) < flow_s_m { low = middle } else { high = middle }
    }
    (low + high) / 2.0
}

/// Fruin's level of service of a walkway.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FruinLevel {
    /// Under 0.31 persons/m2: everyone walks as they like.
    A,
    /// Under 0.43: small conflicts.
    B,
    /// Under 0.72: speed and overtaking are limited.
    C,
    /// Under 1.08: most cannot walk at their own speed.
    D,
    /// Under 2.17: shuffling, the capacity of the walkway.
    E,
    /// 2.17 and over: breakdown.
    F,
}

impl FruinLevel {
    /// Upper ends of the levels A to E, persons/m2.
    pub const ENDS_M2: [f64; 5] = [0.31, 0.43, 0.72, 1.08, 2.17];

    /// The level of a density, persons/m2.
    pub fn of_density(density_m2: f64) -> Self {
        let all = [Self::A, Self::B, Self::C, Self::D, Self::E, Self::F];
        all[Self::ENDS_M2.iter().filter(|end| density_m2 >= **end).count()]
    }

    /// Its letter.
    pub fn letter(self) -> &'static str {
        ["A", "B", "C", "D", "E", "F"][self as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn speeds_are_those_of_the_published_curve() {
        let table = [
            (0.5, 1.298),
            (1.0, 1.058),
            (1.5, 0.807),
            (2.0, 0.606),
            (2.5, 0.452),
            (3.0, 0.331),
            (4.0, 0.156),
            (5.0, 0.037),
        ];
        for (density, speed) in table {
            let found = weidmann_speed_m_s(density);
            assert!((found - speed).abs() < 6e-4, "{density}: {found}, not {speed}");
        }
        assert_eq!(weidmann_speed_m_s(0.0), 1.34);
        assert_eq!(weidmann_speed_m_s(5.4), 0.0);
        assert_eq!(weidmann_speed_m_s(9.0), 0.0);
        assert_eq!(weidmann_speed_m_s(f64::NAN), 1.34);
    }

    #[test]
    fn the_peak_is_where_it_is_published() {
        let (density, flow) = capacity();
        assert!((density - 1.75).abs() < 0.01 && (flow - 1.225).abs() < 1e-3, "{density} {flow}");
    }

    #[test]
    fn density_of_flow_undoes_specific_flow() {
        for step in 1..=170 {
            let density = f64::from(step) / 100.0;
            let back = density_of_flow_m2(specific_flow_s_m(density));
            assert!((back - density).abs() < 1e-9, "{density} {back}");
        }
        assert_eq!(density_of_flow_m2(0.0), 0.0);
        assert_eq!(density_of_flow_m2(9.0), capacity().0);
    }

    #[test]
    fn levels_change_at_their_thresholds() {
        use FruinLevel::{A, B, C, D, E, F};
        for (density, level) in [
            (0.0, A),
            (0.309, A),
            (0.31, B),
            (0.429, B),
            (0.43, C),
            (0.719, C),
            (0.72, D),
            (1.079, D),
            (1.08, E),
            (2.169, E),
            (2.17, F),
            (9.0, F),
        ] {
            assert_eq!(FruinLevel::of_density(density), level, "{density}");
        }
        assert_eq!((A.letter(), F.letter()), ("A", "F"));
    }
}
