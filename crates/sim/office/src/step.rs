//! What a run does, one step after the other: people of floors, then lifts.

use futago_model::Occupancy;
use rayon::prelude::*;

use crate::lifts::{Car, Queue, Zone, mean_wait_s, queue};
use crate::prepare::days::{Bin, Days, seconds};
use crate::prepare::{Office, OfficeFloor};
use crate::scenario::Question;
use crate::schedule::Day;

/// Who comes, and when.
#[derive(Debug, Clone)]
pub struct Attendance<'a> {
    /// The day of an office.
    pub day: Day,
    /// The days.
    pub days: &'a Days,
    /// Share of the workers who come on the mean of the days.
    pub share: f64,
    /// What measured persons are multiplied by; NaN where that makes no sense.
    pub measured_factor: f64,
}

/// Persons of one floor, a value a part of the day; NaN where nothing is known.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Filled {
    /// Persons.
    pub persons: Vec<f64>,
    /// Values without a sample.
    pub gaps: usize,
    /// Values from a line between samples.
    pub bridged: usize,
    /// Values that are known and withheld.
    pub withheld: usize,
}

/// People of some floors, in their order.
pub fn fill(
    floors: &[OfficeFloor],
    bins: &[Bin],
    attendance: &Attendance<'_>,
    occupancy: Option<&Occupancy>,
    question: &Question,
) -> Vec<Filled> {
    let measured = |floor: &OfficeFloor| occupancy?.floors.get(floor.measured?);
    let midnights = attendance.days.midnights_s();
    let one = |floor: &OfficeFloor| match measured(floor) {
        Some(samples) => of_samples(samples, bins, &midnights, attendance.measured_factor, question),
        None => {
            let people = floor.workers * attendance.share;
            let value = |bin: &Bin| {
                people * attendance.day.mean_present(bin.from_min, bin.until_min, floor.shift_min)
            };
            Filled { persons: bins.iter().map(value).collect(), ..Filled::default() }
        }
    };
    floors.par_iter().map(one).collect()
}

fn of_samples(
    samples: &futago_model::FloorOccupancy,
    bins: &[Bin],
    midnights_s: &[i64],
    factor: f64,
    question: &Question,
) -> Filled {
    let mut filled = Filled::default();
    let bridge_s = seconds(question.bridge_min);
    for bin in bins {
        let (mut sum, mut known, mut bridged) = (0.0, 0, false);
        for midnight_s in midnights_s {
            let [from_s, until_s] = [bin.from_min, bin.until_min].map(|minute| midnight_s + seconds(minute));
            let across = || {
                let value = samples.between_samples(from_s.midpoint(until_s), bridge_s)?;
                Some((value, true))
            };
            let mean = samples.mean_between(from_s, until_s).map(|mean| (mean, false));
            if let Some((value, is_bridge)) = mean.or_else(across) {
                sum += value;
                known += 1;
                bridged |= is_bridge;
            }
        }
        let measured = if known == 0 { f64::NAN } else { sum / f64::from(known) };
        let persons = measured * factor;
        let few = measured < question.least_persons || persons < question.least_persons;
        filled.gaps += usize::from(known == 0);
        filled.bridged += usize::from(bridged);
        filled.withheld += usize::from(few);
        filled.persons.push(if few { f64::NAN } else { persons });
    }
    filled
}

/// Lifts of one zone on a morning.
#[derive(Debug, Clone, PartialEq)]
pub struct ZoneLifts {
    /// Index of the office.
    pub office: usize,
    /// The zone, from 1 below.
    pub zone: u32,
    /// Lowest and highest floor.
    pub floors: [i32; 2],
    /// Cars.
    pub cars: u32,
    /// Whether their number is designed, not known.
    pub designed: bool,
    /// Rated speed, m/s.
    pub speed_m_s: f64,
    /// Round-trip time, seconds.
    pub round_trip_s: f64,
    /// Time between departures, seconds.
    pub interval_s: f64,
    /// Persons carried in five minutes.
    pub handling_5_min: f64,
    /// The queue.
    pub queue: Queue,
    /// Wait of the last in the longest queue, or of anybody where there is none, seconds.
    pub wait_s: f64,
}

/// First and last minute of a morning.
const MORNING: (u32, u32) = (240, 840);

/// Lifts of every office; `people` are those who come to each floor today.
pub fn lifts(
    offices: &[Office],
    floors: &[OfficeFloor],
    people: &[f64],
    day: &Day,
    question: &Question,
) -> Vec<ZoneLifts> {
    let one = |office: usize| of_office(office, &offices[office], floors, people, day, question);
    (0..offices.len()).into_par_iter().flat_map_iter(one).collect()
}

fn of_office(
    index: usize,
    office: &Office,
    floors: &[OfficeFloor],
    people: &[f64],
    day: &Day,
    question: &Question,
) -> Vec<ZoneLifts> {
    let (rule, car) = (&question.lifts, question.lifts.car());
    // The ground floor needs no lift, and basements have no share in the morning's way up.
    let served: Vec<usize> =
        office.floors.clone().filter(|f| floors[*f].floor > 1 && floors[*f].workers > 0.0).collect();
    let count = served.len().div_ceil(rule.zone_floors as usize);
    let zones: Vec<&[usize]> =
        (0..count).map(|z| &served[z * served.len() / count..(z + 1) * served.len() / count]).collect();
    let known = rule.known.iter().find(|known| known.building == office.id).map(|known| known.cars);
    let built: Vec<Zone> = zones.iter().map(|zone| zone_of(zone, floors)).collect();
    let designed: Vec<u32> =
        built.iter().map(|zone| zone.design(&car, rule.design_share, rule.design_interval_s)).collect();
    let cars = known.map_or(designed.clone(), |all| shared_out(all, &designed));
    let make = |z: usize| {
        let ((zone, members), cars) = ((&built[z], zones[z]), cars[z]);
        let mut found = morning(zone, (&car, rule.load), cars, |minute| {
            members.iter().map(|f| people[*f] * day.arrived(minute, floors[*f].shift_min)).sum()
        });
        found.office = index;
        found.zone = z as u32 + 1;
        found.floors = [members.first(), members.last()].map(|f| f.map_or(0, |f| floors[*f].floor));
        found.designed = known.is_none();
        found
    };
    (0..count).map(make).collect()
}

fn zone_of(members: &[usize], floors: &[OfficeFloor]) -> Zone {
    let first = &floors[members[0]];
    let floor_m = first.top_m - first.bottom_m;
    let people = members.iter().map(|f| floors[*f].workers).collect();
    Zone { people, floor_m, express_m: (first.bottom_m - floor_m).max(0.0) }
}

fn morning(zone: &Zone, (car, load): (&Car, f64), cars: u32, arrived_by: impl Fn(f64) -> f64) -> ZoneLifts {
    let one = zone.up_peak(car);
    let (interval_s, handling_5_min) = (one.interval_s(cars), one.handling_5_min(car, cars));
    let queue = queue(arrived_by, handling_5_min / 5.0, MORNING.0, MORNING.1);
    // How full cars are at the peak.
    let load = load * (queue.arrivals_5_min / handling_5_min).min(1.0);
    ZoneLifts {
        office: 0,
        zone: 0,
        floors: [0; 2],
        cars,
        designed: true,
        speed_m_s: one.speed_m_s,
        round_trip_s: one.round_trip_s,
        interval_s,
        handling_5_min,
        wait_s: mean_wait_s(load, interval_s) + queue.wait_min * 60.0,
        queue,
    }
}

/// So many cars in proportion to what was designed, at least one a zone; what is left goes to the largest remainders.
fn shared_out(cars: u32, designed: &[u32]) -> Vec<u32> {
    let all: u32 = designed.iter().sum();
    let exact = |d: &u32| f64::from(*d) * f64::from(cars) / f64::from(all.max(1));
    let mut shares: Vec<u32> = designed.iter().map(|d| (exact(d).floor() as u32).max(1)).collect();
    let mut order: Vec<usize> = (0..designed.len()).collect();
    order
        .sort_by(|a, b| exact(&designed[*b]).fract().total_cmp(&exact(&designed[*a]).fract()).then(a.cmp(b)));
    let left = cars.saturating_sub(shares.iter().sum());
    order.into_iter().take(left as usize).for_each(|zone| shares[zone] += 1);
    shares
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cars_are_shared_out_whole() {
        // 3.5, 1.75 and 1.75: the two left over go to the larger remainders.
        assert_eq!(shared_out(7, &[2, 1, 1]), [3, 2, 2]);
        assert_eq!(shared_out(4, &[2, 1, 1]), [2, 1, 1]);
        assert_eq!(shared_out(1, &[3, 3]), [1, 1], "every zone has a car");
    }
}
