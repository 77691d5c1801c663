//! The passes against the plainest possible truth: every wall looked at for every ray, in f64.

use super::count_votes::COUNT_VOTES;
use super::march::{Ray, Walls, march, steepest};
use super::sky_view::{sky_view, slice_of_sky};
use super::sweep_shadow::{SweepParams, SweepSolid, SweepWall, sweep_shadow};
use super::trace_sun::{SurfacePoint, TracedSun, trace_sun};
use crate::prepare::scene::Scene;
use crate::prepare::sweep_input::is_convex;
use crate::prepare::wall_index::WallIndex;
use crate::solar::Sun;

/// A counter-based random number in 0..1: a function of its index alone (splitmix64).
fn random(index: u64) -> f64 {
    let mut z = index.wrapping_mul(0x9E37_79B9_7F4A_7C15).wrapping_add(0x1234_5678);
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    ((z ^ (z >> 31)) >> 11) as f64 / (1_u64 << 53) as f64
}

/// Turned rectangles and triangles of many heights over 400 x 400 m.
fn random_scene(count: u64) -> Scene {
    let prisms: Vec<(Vec<[f64; 2]>, f64, &str)> = (0..count)
        .map(|i| {
            let r = |k| random(i * 16 + k);
            let (x, y, turn) = (r(0) * 400.0, r(1) * 400.0, r(2) * 6.3);
            let corners = if r(3) < 0.3 { 3 } else { 4 };
            let size = 3.0 + 12.0 * r(4);
            let ring = (0..corners)
                .map(|c| turn + f64::from(c) * std::f64::consts::TAU / f64::from(corners))
                .map(|angle| [x + size * angle.cos(), y + size * angle.sin()])
                .collect();
            (ring, 3.0 + 60.0 * r(5).powi(3), "x")
        })
        .collect();
    Scene::from_prisms(&prisms)
}

/// Steepest slope under which a wall is seen from a point, looking along a direction; 0 when none is.
fn steepest_slope(scene: &Scene, at: [f64; 3], along: [f64; 2]) -> f64 {
    let mut best = 0.0_f64;
    for solid in &scene.solids {
        for wall in scene.walls_of(solid) {
            let e = [wall.b[0] - wall.a[0], wall.b[1] - wall.a[1]];
            let to = [wall.a[0] - at[0], wall.a[1] - at[1]];
            let across = along[0] * e[1] - along[1] * e[0];
            let run = (to[0] * e[1] - to[1] * e[0]) / across;
            let share = (to[0] * along[1] - to[1] * along[0]) / across;
            if run > 0.0 && (0.0..=1.0).contains(&share) {
                best = best.max((solid.top_m - at[2]) / run);
            }
        }
    }
    best
}

/// Height by which a sun ray clears or misses the obstacles at the nearest: a small margin is an edge.
fn is_edge(scene: &Scene, at: [f64; 3], sun: Sun) -> bool {
    let nudge = crate::EDGE_M;
    let truth = |at: [f64; 3]| in_shadow(scene, at, sun);
    let here = truth(at);
    [[nudge, 0.0], [-nudge, 0.0], [0.0, nudge], [0.0, -nudge]]
        .iter()
        .any(|n| truth([at[0] + n[0], at[1] + n[1], at[2]]) != here)
}

fn in_shadow(scene: &Scene, at: [f64; 3], sun: Sun) -> bool {
    let [x, y, z] = sun.toward();
    let flat = x.hypot(y);
    steepest_slope(scene, at, [x / flat, y / flat]) > z / flat
}

fn suns() -> Vec<Sun> {
    (0..9)
        .map(|i| Sun {
            azimuth_rad: 2.2 + 0.23 * f64::from(i),
            altitude_rad: 0.14 + 0.05 * f64::from(4 - (i - 4_i32).abs()),
        })
        .collect()
}

fn traced(sun: Sun) -> TracedSun {
    let [x, y, z] = sun.toward();
    let flat = x.hypot(y);
    TracedSun {
        along: [(x / flat) as f32, (y / flat) as f32],
        slope: (z / flat) as f32,
        votes: 1,
        toward: [x as f32, y as f32, z as f32],
        energy: 0.0,
    }
}

fn up(at: [f64; 3]) -> SurfacePoint {
    SurfacePoint { at: [at[0] as f32, at[1] as f32, at[2] as f32, 0.0], normal: [0.0, 0.0, 1.0, 0.0] }
}

#[test]
fn traced_shadows_are_those_of_every_wall() {
    let scene = random_scene(220);
    let index = WallIndex::build(&scene, 8.0);
    let walls = Walls::new(index.grid, &index.cell_blocks, &index.blocks, &index.pyramid);
    let mut shaded = 0;
    for (s, sun) in suns().into_iter().enumerate() {
        for p in 0..2000_u64 {
            let at = [
                random(p) * 440.0 - 20.0,
                random(p + 99_999) * 440.0 - 20.0,
                if p % 3 == 0 { 4.0 } else { 0.0 },
            ];
            let mut seen = [[0, 0]];
            trace_sun(&walls, &[up(at)], &[traced(sun)], &mut seen);
            let truth = in_shadow(&scene, at, sun);
            shaded += u32::from(truth);
            assert!((seen[0][0] == 0) == truth || is_edge(&scene, at, sun), "sun {s}, point {at:?}");
        }
    }
    assert!((2000..16_000).contains(&shaded), "the scene must have both: {shaded}");
}

#[test]
fn swept_shadows_are_those_of_every_wall() {
    let scene = random_scene(220);
    let (spacing, first, lines, points) = (1.7, [-10.3, -7.1], 190_u32, 230_u32);
    let unit = |p: [f64; 2]| [((p[0] - first[0]) / spacing) as f32, ((p[1] - first[1]) / spacing) as f32];
    let walls: Vec<SweepWall> =
        scene.walls.iter().map(|w| SweepWall { a: unit(w.a), b: unit(w.b) }).collect();
    let solids: Vec<SweepSolid> = scene
        .solids
        .iter()
        .map(|s| SweepSolid {
            low: unit([s.bounds_m[0], s.bounds_m[1]]),
            high: unit([s.bounds_m[2], s.bounds_m[3]]),
            rise: (s.top_m / spacing) as f32,
            first_wall: s.first_wall,
            wall_count: s.wall_count,
            shown_walls: s.wall_count,
            convex: u32::from(is_convex(scene.walls_of(s))),
            reserved: 0,
        })
        .collect();
    let words = points.div_ceil(32);
    let params = SweepParams {
        lines,
        points,
        words,
        solid_count: 0,
        sun_count: 1,
        reserved_a: 0,
        reserved_b: 0,
        reserved_c: 0,
    };
    let (mut shaded, mut looked_at) = (0, 0);
    for sun in suns().into_iter().filter(|s| s.azimuth_rad.cos().abs() > s.azimuth_rad.sin().abs()) {
        let [x, y, z] = sun.toward();
        let mut map = vec![0; (lines * words) as usize];
        sweep_shadow(&params, &solids, &walls, [(-x / z) as f32, (-y / z) as f32], &mut map);
        for line in (0..lines).step_by(3) {
            for point in 0..points {
                let at = [first[0] + f64::from(point) * spacing, first[1] + f64::from(line) * spacing, 0.0];
                if scene.solids.iter().any(|s| scene.covers(s, [at[0], at[1]])) {
                    continue;
                }
                let bit = map[(line * words + point / 32) as usize] >> (point % 32) & 1 == 1;
                let truth = in_shadow(&scene, at, sun);
                looked_at += 1;
                shaded += u32::from(truth);
                assert!(bit == truth || is_edge(&scene, at, sun), "{at:?} {sun:?}: {bit}");
            }
        }
    }
    assert!(looked_at > 20_000 && shaded > looked_at / 10, "{shaded} of {looked_at}");
}

#[test]
fn sky_views_are_those_of_every_wall() {
    let scene = random_scene(150);
    let index = WallIndex::build(&scene, 8.0);
    let walls = Walls::new(index.grid, &index.cell_blocks, &index.blocks, &index.pyramid);
    let azimuths: Vec<[f32; 2]> = (0..32)
        .map(|k| (f64::from(k) + 0.5) / 32.0 * std::f64::consts::TAU)
        .map(|a| [a.sin() as f32, a.cos() as f32])
        .collect();
    let mut worst = 0.0_f64;
    for p in 0..400_u64 {
        let at = [random(p) * 400.0, random(p + 5000) * 400.0, 0.0];
        let mut sky = [0.0];
        sky_view(&walls, &[up(at)], &azimuths, &mut sky);
        let slices = azimuths.iter().map(|a| steepest_slope(&scene, at, a.map(f64::from)));
        let truth = slices.map(|s| 1.0 / (1.0 + s * s)).sum::<f64>() / 32.0;
        worst = worst.max((truth - f64::from(sky[0])).abs());
    }
    // One azimuth that just touches a corner may see past it: 1/32 at most, and rarely.
    assert!(worst < 1.0 / 32.0, "{worst}");
}

#[test]
fn packets_see_what_single_rays_see() {
    let scene = random_scene(200);
    let index = WallIndex::build(&scene, 8.0);
    let walls = Walls::new(index.grid, &index.cell_blocks, &index.blocks, &index.pyramid);
    let azimuths: Vec<[f32; 2]> = (0..64)
        .map(|k| (f64::from(k) + 0.5) / 64.0 * std::f64::consts::TAU)
        .map(|a| [a.sin() as f32, a.cos() as f32])
        .collect();
    // On the ground, inside buildings and outside the city; also walls that look south and roofs.
    let points: Vec<SurfacePoint> = (0..3000_u64)
        .map(|p| {
            let at = [
                random(p) * 480.0 - 40.0,
                random(p + 70_000) * 480.0 - 40.0,
                [0.0, 6.0, 30.0][(p % 3) as usize],
            ];
            let normal = if p % 5 == 0 { [0.0, -1.0, 0.0, 0.0] } else { [0.0, 0.0, 1.0, 0.0] };
            SurfacePoint { normal, ..up(at) }
        })
        .collect();
    let mut together = vec![0.0; points.len()];
    sky_view(&walls, &points, &azimuths, &mut together);
    for (point, seen) in points.iter().zip(together) {
        let mut alone = 0.0;
        for along in &azimuths {
            let outward = point.normal[0] * along[0] + point.normal[1] * along[1];
            if outward > 0.0 || point.normal[2] > 0.0 {
                let from = [point.at[0], point.at[1], point.at[2]];
                let horizon = march(&walls, Ray { from, along: *along, slope: 0.0 }, steepest);
                alone += slice_of_sky(outward, point.normal[2], horizon);
            }
        }
        assert_eq!(seen, alone / azimuths.len() as f32, "{point:?}");
    }
}

#[test]
fn counts_have_the_pass_name_of_their_shader() {
    assert_eq!(COUNT_VOTES.name, "count_votes");
}
