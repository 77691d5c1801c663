//! A working day in numbers, for flows that nobody has measured: how many are on their way in each hour, and how many
//! of them come rather than go. Made up after the usual shape of a business district (a sharp morning, a midday, a
//! broad evening); it says 'synthetic' wherever it shows.

/// People on their way in each hour, over those of the busiest.
const ON_THE_WAY: [f64; 24] = [
    0.04, 0.02, 0.01, 0.01, 0.03, 0.10, 0.25, 0.65, 1.00, 0.70, 0.40, 0.45, 0.65, 0.60, 0.45, 0.45, 0.50,
    0.75, 0.95, 0.75, 0.55, 0.45, 0.35, 0.15,
];
/// Part of them that comes from the doors.
const COMING: [f64; 24] = [
    0.2, 0.2, 0.2, 0.3, 0.6, 0.8, 0.85, 0.9, 0.9, 0.8, 0.65, 0.5, 0.5, 0.5, 0.5, 0.45, 0.35, 0.2, 0.15, 0.15,
    0.15, 0.15, 0.15, 0.15,
];

/// People on their way at a time of day, over those of the busiest hour.
pub fn on_the_way(hour: f64) -> f64 {
    between(&ON_THE_WAY, hour)
}

/// Part of them that comes from the doors, 0 to 1.
pub fn coming(hour: f64) -> f64 {
    between(&COMING, hour)
}

/// Values hold in the middle of their hour; between two middles they change evenly.
fn between(values: &[f64; 24], hour: f64) -> f64 {
    let at = (hour - 0.5).rem_euclid(24.0);
    let (first, share) = (at.floor() as usize % 24, at.fract());
    values[first] + share * (values[(first + 1) % 24] - values[first])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_day_is_round_and_peaks_in_the_morning() {
        assert_eq!(on_the_way(8.5), 1.0);
        assert!((on_the_way(0.0) - on_the_way(23.999_999)).abs() < 1e-5);
        assert!((on_the_way(8.0) - 0.825).abs() < 1e-12);
        assert!(coming(8.5) > 0.8 && coming(18.5) < 0.2);
    }
}
