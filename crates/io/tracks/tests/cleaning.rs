//! Jumps, gaps, midnights, doubled points, stays.

use futago_tracks::clean::{CleanOptions, clean};
use futago_tracks::{Point, Points};

/// 2020-04-01 10:00 in Japan.
const BEGIN_S: i64 = 1_585_702_800;
/// Degrees of latitude of a metre.
const METRE_DEG: f64 = 1.0 / 111_195.0;

/// A point so many seconds after the beginning, so many metres to the north.
fn at(id: u64, after_s: i64, north_m: f64) -> Point {
    Point {
        id,
        time_s: BEGIN_S + after_s,
        lon_deg: 139.69,
        lat_deg: 35.69 + north_m * METRE_DEG,
        accuracy_m: 10.0,
        speed_mps: f32::NAN,
        course_deg: f32::NAN,
    }
}

fn walk(id: u64, from_s: i64, count: i64) -> impl Iterator<Item = Point> {
    (0..count).map(move |step| at(id, from_s + step * 60, 80.0 * step as f64))
}

#[test]
fn order_and_doubles_do_not_matter() {
    let mut points: Vec<Point> = walk(2, 0, 20).chain(walk(1, 0, 20)).collect();
    let plain = clean(&points.iter().copied().collect(), &CleanOptions::default());
    assert_eq!(plain.tracks.len(), 2);
    assert!(plain.points.id.is_sorted());
    points.reverse();
    let mut worse = points[3];
    worse.accuracy_m = 90.0;
    worse.lat_deg += 0.0001;
    points.push(worse);
    let doubled = clean(&points.into_iter().collect(), &CleanOptions::default());
    assert_eq!(doubled.counts.duplicates, 1);
    assert_eq!((doubled.points, doubled.tracks), (plain.points, plain.tracks));
}

#[test]
fn a_jump_is_left_out_and_a_move_is_believed() {
    let mut points: Points = walk(1, 0, 10).collect();
    points.push(at(1, 330, 50_000.0));
    let cleaned = clean(&points, &CleanOptions::default());
    assert_eq!((cleaned.counts.jumps, cleaned.points.len(), cleaned.tracks.len()), (1, 10, 1));
    // Accuracies that explain the distance.
    let mut vague = at(1, 330, 50_000.0);
    vague.accuracy_m = 60_000.0;
    let points: Points = walk(1, 0, 10).chain([vague]).collect();
    assert_eq!(clean(&points, &CleanOptions::default()).counts.jumps, 0);
    // It came up elsewhere and stays there.
    let points: Points = walk(1, 0, 10).chain((0..6).map(|step| at(1, 600 + step * 60, 100_000.0))).collect();
    let cleaned = clean(&points, &CleanOptions::default());
    assert_eq!((cleaned.counts.jumps, cleaned.counts.splits_at_jumps, cleaned.tracks.len()), (0, 1, 2));
    assert_eq!(cleaned.points.len(), 16);
}

#[test]
fn tracks_end_at_gaps_and_at_midnight() {
    let points: Points = walk(1, 0, 5).chain(walk(1, 4_000, 5)).collect();
    let cleaned = clean(&points, &CleanOptions::default());
    assert_eq!((cleaned.counts.splits_at_gaps, cleaned.tracks.len()), (1, 2));
    // 23:58 to 0:02 in Japan.
    let points: Points = walk(1, 14 * 3600 - 120, 5).collect();
    let cleaned = clean(&points, &CleanOptions::default());
    assert_eq!((cleaned.counts.splits_at_midnight, cleaned.tracks.len()), (1, 2));
    assert_eq!(cleaned.tracks[0].points, 0..2);
    let whole = CleanOptions { split_at_midnight: None, ..CleanOptions::default() };
    assert_eq!(clean(&points, &whole).tracks.len(), 1);
}

#[test]
fn stays_are_told_from_moves() {
    // Five minutes of walking, twenty of standing, five of walking.
    let stand = (0..20).map(|step| at(1, 300 + step * 60, 400.0 + f64::from(step as u8 % 3) * 5.0));
    let on = (0..5).map(|step| at(1, 1500 + step * 60, 500.0 + 80.0 * step as f64));
    let points: Points = walk(1, 0, 5).chain(stand).chain(on).collect();
    let cleaned = clean(&points, &CleanOptions::default());
    let expected: Vec<bool> = (0..30).map(|at| (5..25).contains(&at)).collect();
    assert_eq!(cleaned.staying, expected);
    assert_eq!(cleaned.counts.staying, 20);
}
