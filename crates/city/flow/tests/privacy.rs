//! Tries to get a single person out of what is published.

use futago_flow::{
    About, Calendar, DayKind, Flows, Grid, LinkShape, Period, Policy, Raw, RawCounts, RawKey, Spec, Versus,
};

const LINKS: u64 = 400;
const HOUR: u16 = 8;

fn spec() -> Spec {
    let period = |name, first, last| Period::between(name, first, last).unwrap();
    Spec {
        bin_minutes: 60,
        periods: vec![
            period("before", "2020-01-06", "2020-01-10"),
            period("after", "2020-04-06", "2020-04-10"),
        ],
        grids: vec![Grid::Squares { edge_m: 25 }],
        calendar: Calendar::japan().unwrap(),
    }
}

fn raw(counts: impl Fn(u64, i32) -> RawCounts) -> Raw {
    let shape = LinkShape { length_m: 50.0, width_m: 4.0, width_assumed: 0 };
    let mut raw = Raw::new(spec(), vec![shape; LINKS as usize], 1);
    for period in &raw.spec.periods.clone() {
        for day in period.first_day..period.end_day {
            for place in 0..LINKS {
                let key = RawKey { place, day: day as i32, bin: HOUR };
                let counts = counts(place, day as i32);
                if counts.persons > 0 {
                    raw.links.push((key, counts));
                    raw.cells[0].push((key, counts));
                }
            }
        }
    }
    raw.digest = 0x1234;
    raw
}

fn walkers(persons: u32) -> RawCounts {
    RawCounts {
        persons,
        forward: persons / 2,
        backward: persons - persons / 2,
        stays: 0,
        speed_sum_mmps: u64::from(persons) * 1300,
        dwell_sum_ms: u64::from(persons) * 38_000,
    }
}

fn publish(raw: &Raw, key: u64) -> Flows {
    Flows::publish(raw, About::default(), &Policy::new(10, key).unwrap()).unwrap()
}

#[test]
fn few_people_never_leave_however_many_days() {
    for persons in 1..10 {
        for key in 0..20 {
            let flows = publish(&raw(|_, _| walkers(persons)), key);
            assert_eq!((flows.links().len(), flows.cells().len()), (0, 0), "{persons} persons");
            assert!(flows.suppressed_link_bins() >= LINKS * 2 - 5);
        }
    }
    // The same with enough of them: the test would see it.
    assert!(publish(&raw(|_, _| walkers(20)), 0).links().len() == LINKS as usize * 2);
}

#[test]
fn one_person_on_many_days_is_one_person() {
    // Five days of three: fifteen daily ids, which may be three people.
    assert_eq!(publish(&raw(|_, _| walkers(3)), 1).links().len(), 0);
}

#[test]
fn what_is_kept_back_cannot_be_found_by_subtraction() {
    // 40 walking, 2 of them the other way; 3 staying.
    let counts = |_, _| RawCounts { forward: 38, backward: 2, stays: 3, ..walkers(40) };
    for key in 0..20 {
        let flows = publish(&raw(counts), key);
        assert_eq!(flows.links().len(), LINKS as usize * 2);
        for flow in flows.links() {
            assert!(flow.forward().is_none() && flow.backward().is_none());
            assert!(flow.stays().is_none() && flow.stay_share().is_none());
        }
    }
    let flows = publish(&raw(|_, _| walkers(60)), 0);
    assert!(flows.links().all(|flow| flow.forward().is_some() && flow.backward().is_some()));
}

/// Two results whose inputs differ in one person, everything else equal, also the key.
#[test]
fn the_difference_of_two_results_does_not_say_where_a_person_was() {
    let with = raw(|_, _| walkers(20));
    let mut without = raw(|place, _| walkers(if place < 10 { 19 } else { 20 }));
    without.digest ^= 0x9e37_79b9;
    let (mut there, mut elsewhere) = ([0_u32; 2], [0_u32; 2]);
    let mut sum_of_differences = 0.0;
    for key in 0..60 {
        let (a, b) = (publish(&with, key), publish(&without, key));
        for flow in a.links().filter(|flow| flow.period() == 0) {
            let other = b.link(flow.link(), 0, DayKind::Weekday, HOUR);
            let Some(other) = other else { continue };
            let changed = usize::from(other.counted() != flow.counted());
            let tally = if flow.link() < 10 { &mut there } else { &mut elsewhere };
            tally[changed] += 1;
            if flow.link() >= 10 {
                sum_of_differences += f64::from(other.counted()) - f64::from(flow.counted());
            }
        }
    }
    let share = |tally: [u32; 2]| f64::from(tally[1]) / f64::from(tally[0] + tally[1]);
    // Also where the person never was most counts changed, so that a change says nothing.
    assert!(elsewhere[0] + elsewhere[1] > 20_000 && share(elsewhere) > 0.7, "{elsewhere:?}");
    assert!(share(there) > 0.7 && share(there) - share(elsewhere) < 0.3, "{there:?} {elsewhere:?}");
    assert!((sum_of_differences / f64::from(elsewhere[0] + elsewhere[1])).abs() < 0.1);
}

/// The odds that any published value gives for 'the person was there' against 'was not' are at most e^epsilon,
/// but for the rarest values.
#[test]
fn a_published_count_gives_little_evidence() {
    let histogram = |persons: u32, digest: u64| {
        let mut counts = std::collections::BTreeMap::<Option<u32>, u32>::new();
        for key in 0..150 {
            // The person is there on one of the five days.
            let mut raw = raw(|_, day| walkers(if day % 5 == 0 { persons } else { 5 }));
            raw.digest = digest;
            let flows = publish(&raw, key);
            for link in 0..LINKS as u32 {
                let flow = flows.link(link, 0, DayKind::Weekday, HOUR);
                *counts.entry(flow.map(|flow| flow.counted())).or_default() += 1;
            }
        }
        counts
    };
    for persons in [15, 16, 25] {
        let (with, without) = (histogram(persons, 1), histogram(persons - 1, 2));
        let mut compared = 0;
        for (value, often) in &with {
            let other = without.get(value).copied().unwrap_or_default();
            // Each value that is not at the very edge of the noise.
            if *often > 1500 && other > 0 {
                let odds = f64::from(*often) / f64::from(other);
                let most = Policy::EPSILON.exp() * 1.15;
                assert!(odds < most && odds > 1.0 / most, "{persons}: {value:?} {often} {other}");
                compared += 1;
            }
        }
        assert!(compared >= 2, "{with:?}");
    }
}

#[test]
fn nothing_below_k_in_any_output() {
    // Everything from nobody to many, unevenly over the days.
    let counts = |place: u64, day: i32| walkers(((place * 7 + day as u64 * 13) % 41) as u32);
    let raw = raw(counts);
    let most = |place: u64, period: &Period| {
        (period.first_day..period.end_day).map(|day| counts(place, day as i32).persons).max()
    };
    let mut stayed = 0;
    for key in 0..10 {
        let flows = publish(&raw, key);
        for flow in flows.links() {
            let period = &flows.periods()[usize::from(flow.period())];
            assert!(most(u64::from(flow.link()), period) >= Some(10));
            assert!(flow.counted() >= 10);
            let parts = [flow.forward(), flow.backward(), flow.stays()];
            // Per day, not expanded: five days.
            assert!(parts.into_iter().flatten().all(|part| part * 5.0 >= 10.0));
            stayed += 1;
        }
        assert!(flows.cells().all(|cell| cell.counted() >= 10));
        let versus = Versus { before: 0, after: 1, day_kind: DayKind::Weekday };
        for change in flows.link_changes(versus) {
            assert!(change.before * 5.0 >= 10.0 && change.after * 5.0 >= 10.0);
        }
    }
    assert!(stayed > 1000, "{stayed}");
}

/// The same input over five days and over four of them: the day between must not come out bare.
#[test]
fn other_days_have_other_noise() {
    let five = raw(|_, _| walkers(30));
    let mut four = five.clone();
    four.spec.periods[0].end_day -= 1;
    let mut renamed = five.clone();
    renamed.spec.periods[0].name = "another name".to_owned();
    let mut bare = 0;
    let (a, b, c) = (publish(&five, 9), publish(&four, 9), publish(&renamed, 9));
    for flow in a.links().filter(|flow| flow.period() == 0) {
        let of = |flows: &Flows| flows.link(flow.link(), 0, DayKind::Weekday, HOUR).unwrap().counted();
        bare += usize::from(flow.counted() - of(&b) == 30);
        assert_eq!(flow.counted(), of(&c), "a name is no new draw");
    }
    // Two draws agree by chance in about a quarter.
    assert!((40..180).contains(&bare), "{bare} of {LINKS}");
}

#[test]
fn a_low_k_is_refused() {
    assert!(Policy::new(4, 0).is_err());
    assert!(Policy::new(5, 0).is_ok());
}

#[test]
fn the_key_is_not_in_the_file() {
    let key = 0x0123_4567_89ab_cdef;
    let bytes = publish(&raw(|_, _| walkers(30)), key).to_bytes().unwrap();
    assert!(!bytes.windows(8).any(|window| window == key.to_le_bytes() || window == key.to_be_bytes()));
    let text = String::from_utf8_lossy(&bytes);
    assert!(!text.contains(&key.to_string()) && !text.contains("0123456789abcdef"));
}
