//! Every pass on the CPU against the same pass on the GPU, and both against every wall in f64.
//!
//! Two districts: a made-up one of turned prisms, and 100 m x 100 m of the real towers. Suns carry votes that
//! are one bit each, so that a sum of votes says which suns a point misses; where the two sides differ in a
//! bit, the f64 truth is asked whether that point is within [`futago_sunlight::EDGE_M`] of that sun's
//! shadow edge. Every check is also run with a wall moved by 1 m on the GPU side alone, and must then fail.

mod common;

use std::sync::OnceLock;

use common::{
    Prism, cell_point, in_shadow, is_edge, marked, nudged, random, random_prisms, sky_of_azimuth,
    square_grid, surface_points, winter_suns, with_a_wall_moved, with_decks,
};
use futago_compute::{Engine, Recording};
use futago_field::Grid;
use futago_geodesy::LonLat;
use futago_sunlight::passes::count_votes::COUNT_VOTES;
use futago_sunlight::passes::sweep_shadow::SweepParams;
use futago_sunlight::passes::trace_sun::{SurfacePoint, TracedSun};
use futago_sunlight::prepare::scene::Scene;
use futago_sunlight::prepare::wall_index::{CELL_M, WallIndex};
use futago_sunlight::solar::Sun;
use futago_sunlight::step::ground::{GroundSweep, Missed};
use futago_sunlight::step::surface::{IndexBuffers, azimuths, traced_suns};
use futago_testkit::{Tolerance, compare, gpu_engine_or_skip, must_fail, twin_check};
use pollster::block_on;
use rayon::prelude::*;

/// Points where a bit may differ at all; each must be an edge besides.
const EDGE_SHARE: Tolerance = Tolerance {
    name: "EDGE_SHARE",
    value: 1e-3,
    reason: "f32 rounds a shadow's edge by under a millimetre, and points are a metre and more apart",
};
/// Direct energy of a point whose suns are the same on both sides, hundredths of a Wh/m2.
const ENERGY: Tolerance = Tolerance {
    name: "ENERGY",
    value: SUNS as f64,
    reason: "each sun's energy is rounded to a whole number, and a product of three may be fused on one side",
};
/// Counts.
const COUNTS: Tolerance =
    Tolerance { name: "COUNTS", value: 0.0, reason: "sums of integers have no rounding" };
/// Sky view factors, over what a nudge by [`SKY_NUDGE_M`] may change.
const SKY: Tolerance = Tolerance {
    name: "SKY",
    value: 1e-5,
    reason: "a sum of 64 slices in f32, with an arc tangent that WGSL lets be off by 4096 ulp",
};
/// How far f32 may shift the silhouette that a ray of the sky view just touches, metres: coordinates of a
/// 3 km district are off by 0.2 mm, and a unit vector in f32 by as much over 2 km.
const SKY_NUDGE_M: f64 = 0.001;

const SUNS: u32 = 9;
const EXTENT_M: f64 = 200.0;
const WALL_MOVED_M: f64 = 1.0;

/// A scene with the grid and the suns that it is asked about.
struct District {
    scene: Scene,
    grid: Grid,
    suns: Vec<Sun>,
    points: Vec<SurfacePoint>,
}

impl District {
    fn made_up(prisms: &[Prism]) -> Self {
        Self::of(Scene::from_prisms(prisms))
    }

    /// With decks over the ground and between the prisms.
    fn with_decks() -> Self {
        let prisms = Scene::from_prisms(&random_prisms(40, EXTENT_M));
        Self::of(with_decks(prisms, 25, EXTENT_M))
    }

    fn of(scene: Scene) -> Self {
        let points = surface_points(&scene, &square_grid(EXTENT_M, 9.0, 0.0), 4.0);
        Self { scene, grid: square_grid(EXTENT_M, 1.0, 0.0), suns: winter_suns(SUNS), points }
    }

    /// 100 m x 100 m at the foot of the towers, with the whole city round it; prepared once for all tests.
    fn real(test: &str) -> Option<&'static Self> {
        static REAL: OnceLock<Option<District>> = OnceLock::new();
        let real = REAL.get_or_init(|| {
            let city = common::built_in_city("the towers")?;
            let scene = common::scene_of(&city);
            let place = LonLat::new(139.6935, 35.6905).expect("a place");
            let centre = city.about.frame.site_from_lonlat(place).expect("a place of zone IX");
            let first_m = [centre[0] - 50.0, centre[1] - 50.0];
            let grid = Grid { first_m, spacing_m: 1.0, columns: 100, rows: 100, height_m: 1.5 };
            let coarse = Grid { spacing_m: 5.0, columns: 20, rows: 20, ..grid };
            let points = surface_points(&scene, &coarse, 6.0);
            Some(Self { scene, grid, suns: winter_suns(3), points })
        });
        if real.is_none() {
            eprintln!("\n==== SKIPPED: {test}\n");
        }
        real.as_ref()
    }

    fn sweep(&self) -> GroundSweep {
        GroundSweep::build(self.grid, &self.scene, &marked(&self.suns), true)
    }

    fn index(&self) -> WallIndex {
        WallIndex::build(&self.scene, CELL_M)
    }

    fn traced(&self) -> Vec<TracedSun> {
        traced_suns(&marked(&self.suns))
    }

    /// Bits of the suns for which two sums of votes differ although the point is not at an edge.
    fn not_at_an_edge(&self, point: &SurfacePoint, differing: u32) -> Vec<usize> {
        let bits = (0..self.suns.len()).filter(|k| differing >> k & 1 == 1);
        bits.filter(|k| !is_edge(&self.scene, point, self.suns[*k])).collect()
    }

    /// Holds two lists of votes against each other. `point` gives the point of an entry.
    fn check_votes(&self, test: &str, cpu: &[u32], gpu: &[u32], point: impl Fn(usize) -> SurfacePoint) {
        let comparison = compare(cpu, gpu);
        println!("{test}: {} of {} differ", comparison.differing, comparison.compared);
        for (i, (a, b)) in cpu.iter().zip(gpu).enumerate().filter(|(_, (a, b))| a != b) {
            let wrong = self.not_at_an_edge(&point(i), a ^ b);
            assert!(
                wrong.is_empty(),
                "{test}: entry {i} ({:?}) differs and is no edge of suns {wrong:?}",
                point(i)
            );
        }
        comparison.assert_votes_within(test, &EDGE_SHARE);
    }

    /// Holds the votes of some points against every wall in f64. `missed`: a vote is a sun not seen.
    fn check_truth(&self, test: &str, votes: &[u32], missed: bool, points: &[(usize, SurfacePoint)]) {
        assert!(points.len() > 100, "{test}: {} points prove little", points.len());
        points.par_iter().for_each(|(i, point)| {
            for (k, sun) in self.suns.iter().enumerate() {
                let normal = point.normal.map(f64::from);
                let toward = sun.toward();
                if normal[0] * toward[0] + normal[1] * toward[1] + normal[2] * toward[2] <= 0.0 {
                    continue;
                }
                let shadow = in_shadow(&self.scene, common::at_of(point), *sun);
                let vote = votes[*i] >> k & 1 == 1;
                assert!(
                    (vote == missed) == shadow || is_edge(&self.scene, point, *sun),
                    "{test}: {point:?}, sun {k}"
                );
            }
        });
    }

    /// The least and the most sky that a point may see: each slice by itself, here and nudged.
    fn sky_bounds(&self, point: &SurfacePoint, directions: &[[f32; 2]]) -> [f64; 2] {
        let mut bounds = [0.0, 0.0];
        for along in directions {
            let along = along.map(f64::from);
            let places = nudged(point, SKY_NUDGE_M).into_iter().chain([common::at_of(point)]);
            let slices = places.map(|at| sky_of_azimuth(&self.scene, at, point.normal, along));
            let [low, high] = slices.fold([f64::MAX, f64::MIN], |b, s| [b[0].min(s), b[1].max(s)]);
            bounds = [bounds[0] + low, bounds[1] + high];
        }
        bounds.map(|b| b / directions.len() as f64)
    }

    /// [`District::sky_bounds`] of many points.
    fn all_sky_bounds(&self, points: &[SurfacePoint], directions: &[[f32; 2]]) -> Vec<[f64; 2]> {
        points.par_iter().map(|point| self.sky_bounds(point, directions)).collect()
    }
}

/// Holds sky view factors against the least and the most that may be seen.
fn check_sky(test: &str, sky: &[f32], bounds: &[[f64; 2]]) {
    assert_eq!(sky.len(), bounds.len());
    let off = |i: usize| (bounds[i][0] - f64::from(sky[i])).max(f64::from(sky[i]) - bounds[i][1]);
    let worst = (0..sky.len()).max_by(|a, b| off(*a).total_cmp(&off(*b))).expect("some points");
    println!("{test}: at most {:.1e} beyond the sky that may be seen", off(worst).max(0.0));
    let Tolerance { name, value, reason } = SKY;
    let (found, [low, high]) = (sky[worst], bounds[worst]);
    assert!(
        off(worst) <= value,
        "{test}: over {name}: entry {worst}, {found}, is no sky between {low} and {high} ({reason})"
    );
}

fn swept(engine: &Engine, sweep: &GroundSweep) -> Missed {
    block_on(sweep.run(engine)).unwrap_or_else(|e| panic!("{engine:?}: {e}"))
}

fn traced(engine: &Engine, index: &WallIndex, points: &[SurfacePoint], suns: &[TracedSun]) -> [Vec<u32>; 2] {
    let seen = block_on(async { IndexBuffers::upload(engine, index)?.trace(engine, points, suns).await });
    let seen = seen.unwrap_or_else(|e| panic!("{engine:?}: {e}"));
    [0, 1].map(|i| seen.iter().map(|s| s[i]).collect())
}

fn skies(engine: &Engine, index: &WallIndex, points: &[SurfacePoint], directions: &[[f32; 2]]) -> Vec<f32> {
    let sky = block_on(async { IndexBuffers::upload(engine, index)?.sky(engine, points, directions).await });
    sky.unwrap_or_else(|e| panic!("{engine:?}: {e}"))
}

/// Between a twentieth and 19 twentieths of all (point, sun) pairs: both light and shadow were tested.
fn assert_mixed(test: &str, votes: &[u32], suns: usize) {
    let set: usize = votes.iter().map(|v| v.count_ones() as usize).sum();
    let share = set as f64 / (votes.len() * suns) as f64;
    println!("{test}: {:.1} % of {} votes are set", share * 100.0, votes.len() * suns);
    assert!((0.05..0.95).contains(&share), "{test}: only {set} votes of {}", votes.len() * suns);
}

/// Energies of points whose votes are the same.
fn check_energy(test: &str, cpu: &[Vec<u32>; 2], gpu: &[Vec<u32>; 2]) {
    let same = |i: &usize| cpu[0][*i] == gpu[0][*i];
    let pick = |side: &[Vec<u32>; 2]| (0..side[0].len()).filter(same).map(|i| side[1][i]).collect::<Vec<_>>();
    let (cpu_energy, gpu_energy) = (pick(cpu), pick(gpu));
    assert!(cpu_energy.iter().any(|e| *e > 1000), "{test}: no energy to compare");
    compare(&cpu_energy, &gpu_energy).assert_within(test, &ENERGY);
}

fn check_ground(test: &str, district: &District) {
    let sweep = district.sweep();
    let cpu = swept(&Engine::cpu(), &sweep);
    assert_mixed(test, &cpu.votes, district.suns.len());
    let inside = futago_sunlight::prepare::grid_mask::inside_solids(&district.grid, &district.scene);
    let step = (district.grid.len() / 400).max(1);
    let sample: Vec<_> = (0..district.grid.len())
        .step_by(step)
        .filter(|i| !inside[*i])
        .map(|i| (i, cell_point(&district.grid, i)))
        .collect();
    district.check_truth(test, &cpu.votes, true, &sample);
    let Some(engine) = gpu_engine_or_skip(test) else { return };
    let gpu = swept(&engine, &sweep);
    district.check_votes(test, &cpu.votes, &gpu.votes, |i| cell_point(&district.grid, i));
    check_energy(test, &[cpu.votes, cpu.energy], &[gpu.votes, gpu.energy]);
}

fn check_trace(test: &str, district: &District) {
    let (index, suns, points) = (district.index(), district.traced(), &district.points);
    let cpu = traced(&Engine::cpu(), &index, points, &suns);
    assert_mixed(test, &cpu[0], suns.len());
    let step = (points.len() / 400).max(1);
    let sample: Vec<_> = points.iter().copied().enumerate().step_by(step).collect();
    district.check_truth(test, &cpu[0], false, &sample);
    let Some(engine) = gpu_engine_or_skip(test) else { return };
    let gpu = traced(&engine, &index, points, &suns);
    district.check_votes(test, &cpu[0], &gpu[0], |i| points[i]);
    check_energy(test, &cpu, &gpu);
}

fn check_skies(test: &str, district: &District, most_points: usize) {
    let (index, directions) = (district.index(), azimuths(64));
    let step = (district.points.len() / most_points).max(1);
    let points: Vec<_> = district.points.iter().copied().step_by(step).collect();
    let cpu = skies(&Engine::cpu(), &index, &points, &directions);
    let seen = |from: f32, to: f32| cpu.iter().filter(|s| (from..to).contains(*s)).count();
    assert!(
        seen(0.0, 0.4) > most_points / 10 && seen(0.4, 0.9) > most_points / 10,
        "{test}: the points must differ in sky"
    );
    let bounds = district.all_sky_bounds(&points, &directions);
    check_sky(test, &cpu, &bounds);
    let Some(engine) = gpu_engine_or_skip(test) else { return };
    let gpu = skies(&engine, &index, &points, &directions);
    let comparison = compare(&cpu, &gpu);
    println!("{test}: {comparison:?}");
    check_sky(test, &gpu, &bounds);
}

#[test]
fn swept_shadows_agree() {
    check_ground("sweep of a made-up district", &District::made_up(&random_prisms(60, EXTENT_M)));
}

#[test]
fn swept_shadows_under_decks_agree() {
    check_ground("sweep of a district with decks", &District::with_decks());
}

#[test]
fn swept_shadows_of_the_towers_agree() {
    if let Some(district) = District::real("sweep of the towers") {
        check_ground("sweep of the towers", district);
    }
}

#[test]
fn traced_suns_agree() {
    check_trace("trace of a made-up district", &District::made_up(&random_prisms(60, EXTENT_M)));
}

#[test]
fn traced_suns_under_decks_agree() {
    check_trace("trace of a district with decks", &District::with_decks());
}

#[test]
fn traced_suns_of_the_towers_agree() {
    if let Some(district) = District::real("trace of the towers") {
        check_trace("trace of the towers", district);
    }
}

#[test]
fn sky_views_agree() {
    check_skies("sky of a made-up district", &District::made_up(&random_prisms(60, EXTENT_M)), 2_000);
}

#[test]
fn sky_views_under_decks_agree() {
    check_skies("sky of a district with decks", &District::with_decks(), 2_000);
}

#[test]
fn sky_views_of_the_towers_agree() {
    if let Some(district) = District::real("sky of the towers") {
        // The truth looks at each of the city's walls for each direction: a few points are enough of that.
        check_skies("sky of the towers", district, 20);
    }
}

#[test]
fn a_wall_moved_on_one_side_is_found() {
    let prisms = random_prisms(60, EXTENT_M);
    let (here, moved) =
        (District::made_up(&prisms), District::made_up(&with_a_wall_moved(&prisms, WALL_MOVED_M)));
    let Some(gpu) = gpu_engine_or_skip("a moved wall") else { return };
    let cpu = Engine::cpu();

    let (a, b) = (swept(&cpu, &here.sweep()), swept(&gpu, &moved.sweep()));
    must_fail("a sweep with a wall moved", "is no edge", || {
        here.check_votes("sweep", &a.votes, &b.votes, |i| cell_point(&here.grid, i));
    });

    let (points, suns, directions) = (&here.points, here.traced(), azimuths(64));
    let (a, b) = (traced(&cpu, &here.index(), points, &suns), traced(&gpu, &moved.index(), points, &suns));
    must_fail("a trace with a wall moved", "is no edge", || {
        here.check_votes("trace", &a[0], &b[0], |i| points[i])
    });

    let sky = skies(&gpu, &moved.index(), points, &directions);
    let bounds = here.all_sky_bounds(points, &directions);
    must_fail("a sky with a wall moved", "over SKY", || check_sky("sky", &sky, &bounds));
}

#[test]
fn a_sun_worth_more_on_one_side_is_found() {
    let district = District::made_up(&random_prisms(60, EXTENT_M));
    let Some(gpu) = gpu_engine_or_skip("a heavier sun") else { return };
    let (index, suns) = (district.index(), district.traced());
    let mut heavier = suns.clone();
    heavier[4].energy += 100.0;
    let a = traced(&Engine::cpu(), &index, &district.points, &suns);
    let b = traced(&gpu, &index, &district.points, &heavier);
    must_fail("one sun with 1 Wh/m2 more", "over ENERGY", || check_energy("trace", &a, &b));
}

/// Bit maps, weights and counts to add to, made of random words.
fn random_maps() -> (SweepParams, Vec<u32>, Vec<u32>, Vec<u32>) {
    let (lines, words, sun_count) = (37, 5, 11);
    let word = |i: u64| (random(i) * 4_294_967_296.0) as u32;
    let params = SweepParams {
        lines,
        points: words * 32 - 9,
        words,
        solid_count: 0,
        sun_count,
        reserved_a: 0,
        reserved_b: 0,
        reserved_c: 0,
    };
    let map_len = lines * words;
    let bits = (0..u64::from(map_len * sun_count)).map(|i| if i % 5 == 0 { 0 } else { word(i) }).collect();
    let weights = (0..u64::from(sun_count)).map(|i| word(70_000 + i) >> 12).collect();
    let counts = (0..u64::from(map_len * 32)).map(|i| word(90_000 + i) >> 8).collect();
    (params, bits, weights, counts)
}

async fn counted(
    engine: &Engine,
    params: &SweepParams,
    bits: &[u32],
    weights: &[u32],
    counts: &[u32],
) -> Result<Vec<u32>, futago_compute::ComputeError> {
    let params_at = engine.uniform("params", params)?;
    let (bits, weights) = (engine.upload("bits", bits)?, engine.upload("weights", weights)?);
    let sums = engine.zeroed::<u32>("sums", counts.len())?;
    engine.write(&sums, counts)?;
    let mut recording = Recording::new();
    let groups = [COUNT_VOTES.groups_along(0, params.lines * params.words), 1, 1];
    recording.dispatch(&COUNT_VOTES, groups, &[&params_at, &bits, &weights, &sums]);
    engine.run(&recording).await?;
    engine.read(&sums).await
}

#[test]
fn counted_votes_agree() {
    let (params, bits, weights, counts) = random_maps();
    let map_len = (params.lines * params.words) as usize;
    let truth: Vec<u32> = counts
        .iter()
        .enumerate()
        .map(|(i, count)| {
            let set = |sun: usize| bits[sun * map_len + i / 32] >> (i % 32) & 1;
            count + (0..weights.len()).map(|sun| set(sun) * weights[sun]).sum::<u32>()
        })
        .collect();
    let cpu = block_on(counted(&Engine::cpu(), &params, &bits, &weights, &counts)).unwrap();
    compare(&truth, &cpu).assert_within("counts against a plain sum", &COUNTS);
    assert!(truth != counts, "nothing was added");
    twin_check("counted votes", &COUNTS, async |engine| {
        counted(engine, &params, &bits, &weights, &counts).await
    });
}

#[test]
fn a_bit_flipped_on_one_side_is_found() {
    let (params, bits, weights, counts) = random_maps();
    let mut flipped = bits.clone();
    flipped[400] ^= 1 << 17;
    must_fail("one bit of one sun flipped", "over COUNTS", || {
        let side = |bits| block_on(counted(&Engine::cpu(), &params, bits, &weights, &counts)).unwrap();
        compare(&side(&bits), &side(&flipped)).assert_within("counts", &COUNTS);
    });
}
