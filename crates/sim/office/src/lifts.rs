//! Lifts in the morning: how many people they carry up in five minutes, and the queue when more come.
//!
//! Round-trip time of one car at up-peak (Barney and dos Santos, "Elevator Traffic Analysis, Design and Control";
//! CIBSE Guide D), with the term for floors that are passed (Peters 2000):
//!
//! RTT = 2 H t_v + (S + 1) t_s + 2 P t_p + 2 d_x / v
//!
//! where P people enter the car at the ground, each bound for floor i with probability U_i/U:
//! probable stops S = N - sum_i (1 - U_i/U)^P; highest reversal floor H = N - sum_{j<N} (sum_{i<=j} U_i/U)^P;
//! t_v is the time past one floor at rated speed, t_s = time of a one-floor trip + doors - t_v what a stop costs, t_p
//! what a person takes through the door. L cars leave every RTT/L seconds (the interval) and carry 300 P L/RTT people
//! in five minutes. The mean wait at up-peak is (0.4 + (1.8 load - 0.77)^2) interval for loads of 50 to 80 %, and 0.4
//! intervals below (Barney).
//!
//! Tall buildings are cut into zones with lifts of their own. Where nobody says how many cars there are, each zone
//! gets as many as carry a stated share of its workers in five minutes at a stated interval, as a designer would.
//!
//! The queue is a fluid: people arrive by the schedule, minute by minute, and leave at no more than the handling
//! capacity. Limits: one entrance, up only, rated speed within one floor (too good for fast lifts), no stairs, no
//! sky lobbies, no destination control, no refuge from a full car.

/// Longest that a designer lets the trip to the top of a zone take, seconds; it sets the speed.
const TRAVEL_S: f64 = 20.0;

/// Slowest and fastest rated speed, m/s.
const SPEEDS: [f64; 2] = [1.0, 8.0];

/// Most cars of one zone.
const MOST_CARS: u32 = 16;

/// What all cars have in common.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Car {
    /// People in a car that leaves the ground.
    pub persons: f64,
    /// Doors closing and opening, with the pause between, seconds.
    pub door_s: f64,
    /// One person through the door, seconds.
    pub transfer_s: f64,
    /// Acceleration, m/s2.
    pub acceleration_m_s2: f64,
}

/// Floors served by the same cars.
#[derive(Debug, Clone, PartialEq)]
pub struct Zone {
    /// People of each floor, from below.
    pub people: Vec<f64>,
    /// Height of a floor, metres.
    pub floor_m: f64,
    /// Height that cars pass without a stop before their first floor's storey, metres.
    pub express_m: f64,
}

/// What the cars of a zone do at up-peak.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct UpPeak {
    /// Rated speed, m/s.
    pub speed_m_s: f64,
    /// Stops of a trip that are to be expected.
    pub stops: f64,
    /// Floor at which a car turns, counted from the storey below the zone.
    pub reversal: f64,
    /// Round-trip time, seconds.
    pub round_trip_s: f64,
}

/// Expected number of stops of a car with so many people, bound for floors in proportion to `people`.
pub fn probable_stops(people: &[f64], persons: f64) -> f64 {
    let total: f64 = people.iter().sum();
    people.iter().map(|u| 1.0 - (1.0 - u / total).powf(persons)).sum()
}

/// Expected highest floor that it reaches, from 1.
pub fn highest_reversal(people: &[f64], persons: f64) -> f64 {
    let total: f64 = people.iter().sum();
    let (mut below, mut lower) = (0.0, 0.0);
    for u in &people[..people.len().saturating_sub(1)] {
        below += u / total;
        lower += f64::powf(below, persons);
    }
    people.len() as f64 - lower
}

/// Round-trip time from its parts, seconds.
pub fn round_trip_s(reversal: f64, stops: f64, persons: f64, [floor_s, stop_s, transfer_s]: [f64; 3]) -> f64 {
    2.0 * reversal * floor_s + (stops + 1.0) * stop_s + 2.0 * persons * transfer_s
}

/// Time of a trip from rest to rest, seconds, without jerk.
pub fn flight_s(distance_m: f64, speed_m_s: f64, acceleration_m_s2: f64) -> f64 {
    if distance_m >= speed_m_s * speed_m_s / acceleration_m_s2 {
        distance_m / speed_m_s + speed_m_s / acceleration_m_s2
    } else {
        2.0 * (distance_m / acceleration_m_s2).sqrt()
    }
}

impl Zone {
    /// What one car does in this zone.
    pub fn up_peak(&self, car: &Car) -> UpPeak {
        let travel_m = self.express_m + self.floor_m * self.people.len() as f64;
        let speed = (travel_m / TRAVEL_S).clamp(SPEEDS[0], SPEEDS[1]);
        let (stops, reversal) =
            (probable_stops(&self.people, car.persons), highest_reversal(&self.people, car.persons));
        let floor_s = self.floor_m / speed;
        let stop_s = flight_s(self.floor_m, speed, car.acceleration_m_s2) + car.door_s - floor_s;
        let trip = round_trip_s(reversal, stops, car.persons, [floor_s, stop_s, car.transfer_s]);
        let round_trip_s = trip + 2.0 * self.express_m / speed;
        UpPeak { speed_m_s: speed, stops, reversal, round_trip_s }
    }

    /// Fewest cars that carry a share of the zone's people in five minutes and leave at least so often.
    pub fn design(&self, car: &Car, share_in_5_min: f64, interval_s: f64) -> u32 {
        let one = self.up_peak(car);
        let people: f64 = self.people.iter().sum();
        let by_people = share_in_5_min * people / one.handling_5_min(car, 1);
        let by_interval = one.round_trip_s / interval_s;
        (by_people.max(by_interval).ceil() as u32).clamp(1, MOST_CARS)
    }
}

impl UpPeak {
    /// Time between two departures of so many cars, seconds.
    pub fn interval_s(&self, cars: u32) -> f64 {
        self.round_trip_s / f64::from(cars.max(1))
    }

    /// People that so many cars carry in five minutes.
    pub fn handling_5_min(&self, car: &Car, cars: u32) -> f64 {
        300.0 * car.persons / self.interval_s(cars)
    }
}

/// Mean wait without a queue, seconds: cars filled to a load (1 is the rated one) that leave at an interval.
pub fn mean_wait_s(load: f64, interval_s: f64) -> f64 {
    if load < 0.5 { 0.4 * interval_s } else { (0.4 + (1.8 * load.min(0.8) - 0.77).powi(2)) * interval_s }
}

/// The longest queue of a morning.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Queue {
    /// People in it.
    pub persons: f64,
    /// How long its last waits, minutes.
    pub wait_min: f64,
    /// When it is longest, minutes after midnight.
    pub at_min: f64,
    /// Most arrivals in five minutes, persons.
    pub arrivals_5_min: f64,
}

/// The fluid queue of arrivals (how many have come by a minute of the day) before lifts that carry so many a minute.
pub fn queue(arrived_by: impl Fn(f64) -> f64, carried_per_min: f64, from_min: u32, until_min: u32) -> Queue {
    let arrived: Vec<f64> = (from_min..=until_min).map(|minute| arrived_by(f64::from(minute))).collect();
    let (mut longest, mut waiting) = (Queue::default(), 0.0);
    for (minute, pair) in (from_min + 1..).zip(arrived.windows(2)) {
        waiting = f64::max(0.0, waiting + (pair[1] - pair[0]) - carried_per_min);
        if waiting > longest.persons {
            longest.persons = waiting;
            longest.at_min = f64::from(minute);
        }
    }
    let fives = arrived.windows(6).map(|w| w[5] - w[0]);
    longest.arrivals_5_min = fives.fold(0.0, f64::max);
    longest.wait_min = longest.persons / carried_per_min;
    longest
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Ten equal floors, eight people: worked by hand from the formulae.
    #[test]
    fn ten_floors_by_hand() {
        let floors = [50.0; 10];
        // 10 (1 - 0.9^8) = 10 (1 - 0.43046721)
        assert!((probable_stops(&floors, 8.0) - 5.695_327_9).abs() < 1e-9);
        // 10 - (0.1^8 + 0.2^8 + ... + 0.9^8) = 10 - 0.67731333
        assert!((highest_reversal(&floors, 8.0) - 9.322_686_67).abs() < 1e-8);
        // Everybody to the top: one stop, and there.
        let top = [0.0, 0.0, 10.0];
        assert_eq!((probable_stops(&top, 8.0), highest_reversal(&top, 8.0)), (1.0, 3.0));
    }

    /// A worked exercise after Barney's Elevator Traffic Handbook: 3 floors of 3 m at 0.5 m/s (6 s a floor), 3.4
    /// stops, 9.5 s a stop, 8 people of 1.5 s: 101.8 s; one car carries 23.6 people in five minutes.
    #[test]
    fn a_published_exercise() {
        let trip = round_trip_s(3.0, 3.4, 8.0, [6.0, 9.5, 1.5]);
        assert!((trip - 101.8).abs() < 1e-9, "{trip}");
        let car = Car { persons: 8.0, door_s: 5.5, transfer_s: 1.5, acceleration_m_s2: 0.4 };
        let one = UpPeak { speed_m_s: 0.5, stops: 3.4, reversal: 3.0, round_trip_s: trip };
        assert!((one.handling_5_min(&car, 1) - 23.575_6).abs() < 1e-3);
        assert!((one.handling_5_min(&car, 4) - 4.0 * 23.575_6).abs() < 4e-3);
    }

    #[test]
    fn trips_and_zones() {
        // 16 m at 2 m/s and 1 m/s2: 8 s on the way and 2 s more for starting and stopping.
        assert_eq!(flight_s(16.0, 2.0, 1.0), 10.0);
        // 4 m never reach 8 m/s: 2 s faster and 2 s slower.
        assert_eq!(flight_s(4.0, 8.0, 1.0), 4.0);
        let car = Car { persons: 16.0, door_s: 4.5, transfer_s: 1.2, acceleration_m_s2: 1.0 };
        let low = Zone { people: vec![100.0; 12], floor_m: 4.0, express_m: 0.0 };
        let high = Zone { express_m: 100.0, ..low.clone() };
        let (low_one, high_one) = (low.up_peak(&car), high.up_peak(&car));
        assert!(high_one.speed_m_s > low_one.speed_m_s);
        let cars = low.design(&car, 0.12, 30.0);
        assert!(low_one.handling_5_min(&car, cars) >= 144.0 && low_one.interval_s(cars) <= 30.0, "{cars}");
        let fewer = cars - 1;
        let enough = low_one.handling_5_min(&car, fewer) >= 144.0 && low_one.interval_s(fewer) <= 30.0;
        assert!(!enough, "one car fewer would do");
    }

    #[test]
    fn a_queue_is_what_comes_less_what_goes() {
        // 60 people a minute for ten minutes, 40 a minute are carried: 200 wait, the last of them five minutes.
        let found = queue(|minute| 60.0 * (minute - 480.0).clamp(0.0, 10.0), 40.0, 420, 660);
        assert_eq!((found.persons, found.wait_min, found.at_min), (200.0, 5.0, 490.0));
        assert_eq!(found.arrivals_5_min, 300.0);
        assert_eq!(queue(|minute| 30.0 * minute, 40.0, 0, 60).persons, 0.0);
    }

    #[test]
    fn waits_grow_with_the_load() {
        assert_eq!(mean_wait_s(0.3, 30.0), 12.0);
        // (0.4 + (1.44 - 0.77)^2) * 30
        assert!((mean_wait_s(0.8, 30.0) - 25.467).abs() < 1e-9);
        assert_eq!(mean_wait_s(1.0, 30.0), mean_wait_s(0.8, 30.0));
    }
}
