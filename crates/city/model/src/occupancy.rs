//! How many people were on which floor when, as somebody measured it.
//!
//! Readers of files finish it, simulations read it. Nothing in it is filled or smoothed: where a sensor said
//! nothing there is no sample. It is not part of a city pack: who was where belongs to nobody's map.

/// Everything that was measured, floor by floor.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Occupancy {
    /// Where it comes from, as shown to people; usually the name of a file.
    pub source: String,
    /// The floors, by building and floor; each once.
    pub floors: Vec<FloorOccupancy>,
}

/// One floor of one building.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct FloorOccupancy {
    /// Id of the building, as published.
    pub building: String,
    /// The floor: 1 is the one at the ground, -1 the first below. There is no 0.
    pub floor: i32,
    /// Persons that the floor is for, where said.
    pub capacity_persons: Option<f64>,
    /// Area that people can be on, where said, square metres.
    pub area_m2: Option<f64>,
    /// Instants of the samples, seconds from 1970 (UTC), rising, each once.
    pub at_s: Vec<i64>,
    /// Persons at each of them: finite and not negative.
    pub persons: Vec<f64>,
}

impl FloorOccupancy {
    /// Mean of the samples from an instant (included) to another (not included); none without a sample.
    pub fn mean_between(&self, from_s: i64, until_s: i64) -> Option<f64> {
        let first = self.at_s.partition_point(|at| *at < from_s);
        let last = self.at_s.partition_point(|at| *at < until_s);
        let samples = self.persons.get(first..last).filter(|samples| !samples.is_empty())?;
        Some(samples.iter().sum::<f64>() / samples.len() as f64)
    }

    /// What lies on the line between the samples round an instant, when these are at most `most_s` apart.
    pub fn between_samples(&self, at_s: i64, most_s: i64) -> Option<f64> {
        let after = self.at_s.partition_point(|at| *at < at_s);
        let before = after.checked_sub(1)?;
        let (t0, t1) = (self.at_s[before], *self.at_s.get(after)?);
        let (p0, p1) = (self.persons[before], self.persons[after]);
        (t1 - t0 <= most_s).then(|| p0 + (p1 - p0) * (at_s - t0) as f64 / (t1 - t0) as f64)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_gap_stays_a_gap() {
        let floor = FloorOccupancy {
            at_s: vec![0, 600, 7200],
            persons: vec![10.0, 20.0, 80.0],
            ..FloorOccupancy::default()
        };
        assert_eq!(floor.mean_between(0, 3600), Some(15.0));
        assert_eq!(floor.mean_between(3600, 7200), None);
        assert_eq!(floor.mean_between(7200, 7201), Some(80.0));
        assert_eq!(floor.between_samples(3900, 6600), Some(50.0));
        assert_eq!(floor.between_samples(3900, 6599), None);
        assert_eq!((floor.between_samples(-1, 9000), floor.between_samples(7201, 9000)), (None, None));
    }
}
