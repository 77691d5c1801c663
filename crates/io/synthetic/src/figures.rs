//! The published figures that the tracks are calibrated on: `assets/people-flow`.

use futago_flow::DayKind;

use crate::SyntheticError;

const POPULATION: &str = include_str!("../../../../assets/people-flow/mesh-53394525-population.csv");

/// The mesh that is calibrated, about 1 km x 1 km: Nishi-Shinjuku.
pub const MESH: u64 = 53_394_525;
/// The line that must be shown with everything made from it.
pub const CREDIT: &str = "「全国の人流オープンデータ」（国土交通省）を加工して作成";

/// Persons in the mesh on a mean day of a month.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Population {
    /// Mean of the hours 11 to 15.
    pub day: f64,
    /// Mean of the hours 1 to 5.
    pub night: f64,
}

impl Population {
    /// The published one of a month, 2019-01 to 2021-12.
    ///
    /// # Errors
    /// When there is none.
    pub fn published(year: u16, month: u8, kind: DayKind) -> Result<Self, SyntheticError> {
        // In the source 1 is a weekday and 0 a holiday; 0 is day and 1 is night.
        let flag = if kind == DayKind::Weekday { 1 } else { 0 };
        let find = |time: u32| {
            let wanted = format!("{year},{month:02},{flag},{time},");
            let value = POPULATION.lines().find_map(|line| line.strip_prefix(wanted.as_str()));
            let value = value.and_then(|value| value.trim().parse().ok());
            value.ok_or(SyntheticError::NoFigure { year, month })
        };
        Ok(Self { day: find(0)?, night: find(1)? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_published_change_of_april_2020() {
        let change = |kind| {
            let day = |month| Population::published(2020, month, kind).unwrap().day;
            100.0 * (day(4) / day(1) - 1.0)
        };
        assert!((change(DayKind::Weekday) + 45.9).abs() < 0.05);
        assert!((change(DayKind::Holiday) + 58.9).abs() < 0.05);
        assert!(Population::published(2018, 1, DayKind::Weekday).is_err());
    }
}
