//! Nearest links, map matching and counts in a town where every answer is known.

mod common;

use common::{MIDNIGHT_S, noise, street, town, walk};
use futago_flow::{Calendar, Grid, Period, Raw, Spec};
use futago_geodesy::LocalPlane;
use futago_matching::{
    Counter, Matched, MatchingError, Nearest, Network, Options, Points, Tally, sections_of,
};

fn spec() -> Spec {
    Spec {
        bin_minutes: 15,
        periods: vec![Period::between("january", "2020-01-01", "2020-01-31").unwrap()],
        grids: vec![Grid::Squares { edge_m: 100 }],
        calendar: Calendar::japan().unwrap(),
    }
}

/// Against every segment, one by one.
#[test]
fn the_nearest_link_is_the_nearest() {
    let (city, _) = town();
    let network = Network::new(&city).unwrap();
    let plane = LocalPlane::new(&city.about.frame, [-300.0, -300.0, 800.0, 800.0]).unwrap();
    let (mut points, mut random) = (Points::default(), noise(3));
    for _ in 0..20_000 {
        let at_m = [200.0 + 330.0 * random(), 200.0 + 330.0 * random()];
        common::push(&mut points, &plane, 1, 0, at_m);
    }
    let (mut found, mut nowhere) = (0, 0);
    for (at, nearest) in network.nearest(points.view()).into_iter().enumerate() {
        let [x, y] = network.plane.site_m(points.lon_deg[at], points.lat_deg[at]);
        let distances: Vec<f64> = (0..network.segments.len() as u32)
            .map(|segment| network.segments.distance2(segment, x, y).0.sqrt())
            .collect();
        let least = distances.iter().copied().fold(f64::MAX, f64::min);
        if least > futago_matching::REACH_M {
            assert_eq!(nearest.link, Nearest::NONE);
            nowhere += 1;
            continue;
        }
        found += 1;
        assert!((f64::from(nearest.distance_m) - least).abs() < 1e-3, "{least} {nearest:?}");
        let own = (0..network.segments.len()).filter(|at| network.segments.link[*at] == nearest.link);
        assert!(own.map(|at| distances[at]).fold(f64::MAX, f64::min) == least);
        let level = network.links[nearest.link as usize].level;
        let other = (0..distances.len()).any(|at| {
            network.segments.level[at] != level && distances[at] <= least + futago_matching::LEVEL_MARGIN_M
        });
        assert_eq!(nearest.ambiguous, other);
    }
    assert!(found > 15_000 && nowhere > 20, "{found} {nowhere}");
}

/// Errors along the way do not show across it: only smoothing along the way takes them out.
#[test]
fn places_are_smoothed_along_their_way() {
    let (city, _) = town();
    let network = Network::new(&city).unwrap();
    let mean_error_m = |options: &Options| {
        let (mut sum_m, mut all) = (0.0, 0.0);
        for seed in 1..20 {
            let (mut points, mut random) = (Points::default(), noise(seed));
            let error = || [0, 1].map(|_| 6.6 * (random() + random() + random()));
            let corners = [[0.0, 100.0], [400.0, 100.0]];
            walk(&mut points, &city, 1, (MIDNIGHT_S, 10, 1.25), &corners, error);
            let matched = network.match_points(points.view(), options).unwrap();
            for (at, matched) in matched.iter().enumerate() {
                let column = (0..4).find(|column| matched.link == street(*column, 1, true));
                let Some(column) = column else { continue };
                let found_m = f64::from(column) * 100.0 + f64::from(matched.offset_m);
                let true_m = (points.time_s[at] - MIDNIGHT_S) as f64 * 1.25;
                sum_m += (found_m - true_m).abs();
                all += 1.0;
            }
        }
        assert!(all > 550.0, "{all}");
        sum_m / all
    };
    let steady = mean_error_m(&Options::default());
    // A walker of any speed at any time: nothing is known along the way.
    let unsteady = mean_error_m(&Options { speed_mps: 30.0, speed_memory_s: 0.01, ..Options::default() });
    assert!(steady < 2.5 && steady < 0.6 * unsteady, "{steady} m, without {unsteady} m");
}

/// At the corners of the town two streets alike meet; everywhere else there is a third, or another kind.
#[test]
fn sections_go_from_junction_to_junction() {
    let (mut city, deck) = town();
    let sections = sections_of(&city.walk);
    let count = |sections: &[u32]| sections.iter().collect::<std::collections::BTreeSet<_>>().len();
    assert_eq!(count(&sections), sections.len() - 4);
    assert_eq!(sections[street(0, 0, true) as usize], sections[street(0, 0, false) as usize]);
    assert_eq!(sections[deck as usize], deck, "stairs are no deck");
    // Another width is another street.
    city.walk.links[street(0, 0, true) as usize].width_m = 9.0;
    let sections = sections_of(&city.walk);
    assert_eq!(count(&sections), sections.len() - 3);
}

#[test]
fn a_walk_round_corners_is_found_in_spite_of_errors() {
    let (city, _) = town();
    let network = Network::new(&city).unwrap();
    let corners = [[0.0, 0.0], [200.0, 0.0], [200.0, 100.0], [400.0, 100.0]];
    let truth = |way_m: f64| match way_m {
        way_m if way_m < 100.0 => street(0, 0, true),
        way_m if way_m < 200.0 => street(1, 0, true),
        way_m if way_m < 300.0 => street(2, 0, false),
        way_m if way_m < 400.0 => street(2, 1, true),
        _ => street(3, 1, true),
    };
    let (mut right, mut all) = (0, 0);
    for seed in 1..30 {
        let (mut points, mut random) = (Points::default(), noise(seed));
        // As large as 10 m of accuracy: 6.6 m in each direction.
        let error = || [0, 1].map(|_| 6.6 * (random() + random() + random()));
        walk(&mut points, &city, 1, (MIDNIGHT_S, 5, 1.25), &corners, error);
        let matched = network.match_points(points.view(), &Options::default()).unwrap();
        for (at, matched) in matched.iter().enumerate() {
            all += 1;
            right += usize::from(matched.link == truth(at as f64 * 6.25));
        }
        assert!(matched.iter().all(|matched| !matched.stay));
    }
    let share = right as f64 / all as f64;
    assert!(all > 2000 && share > 0.95, "{share} of {all}");
}

#[test]
fn levels_that_points_cannot_tell_apart_are_said() {
    let (city, deck) = town();
    let network = Network::new(&city).unwrap();
    // Along the street under the deck, from one end of the town to the other: the deck has one way up only.
    let mut points = Points::default();
    walk(&mut points, &city, 1, (MIDNIGHT_S, 5, 1.25), &[[0.0, 201.5], [400.0, 201.5]], || [0.0; 2]);
    let matched = network.match_points(points.view(), &Options::default()).unwrap();
    assert!(matched.iter().all(|matched| matched.link != deck && matched.link != Matched::NONE));
    let x_m = |at: usize| at as f64 * 6.25;
    for (at, matched) in matched.iter().enumerate() {
        let under = (120.0..180.0).contains(&x_m(at));
        let away = x_m(at) < 80.0 || x_m(at) > 220.0;
        assert!(!under || matched.ambiguous, "{at}");
        assert!(!away || !matched.ambiguous, "{at}");
    }
}

#[test]
fn who_stays_is_told_from_who_walks() {
    let (city, _) = town();
    let network = Network::new(&city).unwrap();
    let plane = LocalPlane::new(&city.about.frame, [-300.0, -300.0, 800.0, 800.0]).unwrap();
    let mut points = Points::default();
    walk(&mut points, &city, 1, (MIDNIGHT_S, 10, 1.25), &[[0.0, 0.0], [150.0, 0.0]], || [0.0; 2]);
    let walked = points.id.len();
    let mut random = noise(5);
    for step in 1..40 {
        let at_m = [150.0 + 15.0 * random(), 15.0 + 15.0 * random()];
        common::push(&mut points, &plane, 1, MIDNIGHT_S + 120 + step * 60, at_m);
    }
    let stayed = points.id.len();
    let begin_s = MIDNIGHT_S + 120 + 40 * 60;
    walk(&mut points, &city, 1, (begin_s, 10, 1.25), &[[150.0, 0.0], [400.0, 0.0]], || [0.0; 2]);
    let matched = network.match_points(points.view(), &Options::default()).unwrap();
    let stays = |range: std::ops::Range<usize>| matched[range].iter().filter(|matched| matched.stay).count();
    // Within their errors of the place, 20 m, points of a walk belong to the stay: no more than these 38 m.
    assert_eq!(stays(0..walked - 3), 0);
    assert!(stays(walked..stayed) == stayed - walked);
    assert_eq!(stays(stayed + 3..matched.len()), 0);
    assert!(matched[walked..stayed].iter().all(|matched| matched.link == street(1, 0, true)));
}

/// Thirty people one way, twelve the other, between 8:00 and 8:15; one far away.
fn crowd(city: &futago_model::CityModel) -> Points {
    let mut points = Points::default();
    let begin_s = MIDNIGHT_S + 8 * 3600 + 60;
    for id in 0..42 {
        let mut corners = [[0.0, 0.0], [200.0, 0.0], [200.0, 100.0]];
        if id >= 30 {
            corners.reverse();
        }
        let mut random = noise(id + 1);
        walk(&mut points, city, id, (begin_s, 10, 1.25), &corners, || [3.0 * random(), 3.0 * random()]);
    }
    walk(&mut points, city, 50, (begin_s, 10, 1.25), &[[300.0, 400.0], [400.0, 400.0]], || [0.0; 2]);
    points
}

fn count(network: &Network, points: &Points, block: usize) -> (Raw, Tally) {
    let mut counter = Counter::new(network, spec(), Options::default()).unwrap();
    for first in (0..points.id.len()).step_by(block) {
        let end = (first + block).min(points.id.len());
        counter.push(points.view().part(first..end)).unwrap();
    }
    counter.finish()
}

#[test]
fn persons_are_counted_exactly() {
    let (city, _) = town();
    let network = Network::new(&city).unwrap();
    let points = crowd(&city);
    let (raw, tally) = count(&network, &points, 1_000_000);
    assert_eq!((tally.ids, tally.points), (43, points.id.len() as u64));
    let of = |link: u32| {
        let found = raw.links.iter().find(|(key, _)| key.place == u64::from(link));
        let (key, counts) = found.expect("people were there");
        assert_eq!((key.day, key.bin), (18_276, 32));
        *counts
    };
    for link in [street(0, 0, true), street(1, 0, true), street(2, 0, false)] {
        let counts = of(link);
        assert_eq!((counts.persons, counts.forward, counts.backward), (42, 30, 12), "link {link}");
        assert_eq!(counts.stays, 0);
        let speed_mps = counts.speed_sum_mmps as f64 / 42_000.0;
        assert!((speed_mps - 1.25).abs() < 0.05, "{speed_mps}");
        let dwell_s = counts.dwell_sum_ms as f64 / 42_000.0;
        assert!((dwell_s - 80.0).abs() < 8.0, "{dwell_s}");
    }
    assert_eq!(of(street(3, 4, true)).persons, 1);
    assert_eq!(raw.links.len(), 4, "nobody was anywhere else");
    let cells: u32 = raw.cells[0].iter().map(|(_, counts)| counts.persons).sum();
    assert!(cells >= 43 * 2, "{cells}");
}

#[test]
fn blocks_and_threads_change_nothing() {
    let (city, _) = town();
    let network = Network::new(&city).unwrap();
    let points = crowd(&city);
    let (whole, tally) = count(&network, &points, 1_000_000);
    for (block, threads) in [(1, 1), (7, 2), (100, 4), (1_000_000, 3)] {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        let (other, other_tally) = pool.install(|| count(&network, &points, block));
        assert_eq!((&other.links, &other.cells, other.digest), (&whole.links, &whole.cells, whole.digest));
        assert_eq!(other_tally, tally);
    }
    let mut fewer = points.clone();
    fewer.lat_deg[3] += 1e-7;
    assert_ne!(count(&network, &fewer, 1_000_000).0.digest, whole.digest);
}

#[test]
fn what_is_wrong_with_points_is_told() {
    let (city, _) = town();
    let network = Network::new(&city).unwrap();
    let plane = LocalPlane::new(&city.about.frame, [-300.0, -300.0, 800.0, 800.0]).unwrap();
    let mut counter = Counter::new(&network, spec(), Options::default()).unwrap();
    let mut points = Points::default();
    common::push(&mut points, &plane, 5, MIDNIGHT_S, [0.0, 0.0]);
    counter.push(points.view()).unwrap();
    let mut before = Points::default();
    common::push(&mut before, &plane, 4, MIDNIGHT_S, [0.0, 0.0]);
    assert!(matches!(counter.push(before.view()), Err(MatchingError::Order { .. })));

    let mut counter = Counter::new(&network, spec(), Options::default()).unwrap();
    let mut dirty = Points::default();
    for step in 0..5 {
        common::push(&mut dirty, &plane, 1, MIDNIGHT_S + step * 10, [12.0 * step as f64, 0.0]);
    }
    dirty.accuracy_m[1] = 500.0;
    dirty.accuracy_m[2] = f32::NAN;
    dirty.lon_deg[3] = f64::NAN;
    dirty.lat_deg[4] = 35.75;
    counter.push(dirty.view()).unwrap();
    let (_, tally) = counter.finish();
    assert_eq!((tally.rejected.accuracy, tally.rejected.outside), (2, 2));
    // Four kilometres in ten seconds, had it been in the box, is no walk either.
    let mut fast = Points::default();
    common::push(&mut fast, &plane, 1, MIDNIGHT_S, [0.0, 0.0]);
    common::push(&mut fast, &plane, 1, MIDNIGHT_S + 10, [400.0, 0.0]);
    let mut counter = Counter::new(&network, spec(), Options::default()).unwrap();
    counter.push(fast.view()).unwrap();
    assert_eq!(counter.finish().1.rejected.speed, 1);
}

#[test]
fn a_city_without_a_network_is_an_error() {
    let (mut city, _) = town();
    city.walk = futago_model::WalkNetwork::default();
    assert!(matches!(Network::new(&city), Err(MatchingError::NoNetwork)));
}
