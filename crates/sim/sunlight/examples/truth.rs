//! Sun or shadow at 100,000 random points of the built-in city and five instants, for a check against another
//! ray caster.
//!
//! `truth PACK FOLDER` writes the mesh, `truth_points.f32` (points as `SurfacePoint`), `truth_kinds.u32` (0 a cell of
//! the 1 m ground grid, answered by the sweep; 1 ground, 2 roof, 3 wall, answered by rays), `truth_suns.f32`
//! (east, north, up) and `truth_lit.u32` (bit k: lit at instant k). `tools/peers/truth.py` judges them.

mod dump;

use std::path::{Path, PathBuf};

use futago_compute::Engine;
use futago_field::{Grid, Report};
use futago_geodesy::LonLat;
use futago_sunlight::passes::trace_sun::SurfacePoint;
use futago_sunlight::prepare::grid_mask;
use futago_sunlight::prepare::scene::{Scene, SceneSolid};
use futago_sunlight::prepare::solid_index::SolidIndex;
use futago_sunlight::prepare::sun_list::{Station, WeighedSun};
use futago_sunlight::prepare::wall_index::{CELL_M, WallIndex};
use futago_sunlight::step::ground::GroundSweep;
use futago_sunlight::step::surface::{IndexBuffers, traced_suns};

/// Points of each kind.
const COUNT: usize = 25_000;
/// Half the width of the square that they lie in, metres.
const HALF_M: f64 = 500.0;
/// How far points stand off their surface, metres; as the kernels' own targets do.
const STAND_OFF_M: f64 = 0.002;

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let [_, pack, folder] = &arguments[..] else { panic!("truth PACK FOLDER") };
    pollster::block_on(answer(&PathBuf::from(pack), &PathBuf::from(folder)));
}

async fn answer(pack: &Path, folder: &Path) {
    let city = futago_pack::Pack::open(pack).expect("a pack").city;
    let scene = Scene::build(&city, None, &mut Report::default()).expect("a scene");
    let place = LonLat::new(139.6935, 35.6905).unwrap();
    let centre = city.about.frame.site_from_lonlat(place).unwrap();
    let times = [(8, 30), (10, 0), (12, 0), (14, 0), (15, 30)].map(|(h, m)| jiff::civil::time(h, m, 0, 0));
    let station = Station::at(&city.about.frame, place).unwrap();
    let suns = station.suns_at(jiff::civil::date(2026, 12, 22), &times).unwrap();
    let engine = Engine::cpu();
    let sampler = Sampler { scene: &scene, index: SolidIndex::new(&scene), centre };

    let (mut points, mut lit) = sampler.swept(&engine, &suns).await;
    let mut traced: Vec<SurfacePoint> = Vec::new();
    traced.extend(sampler.ground());
    traced.extend(sampler.roofs());
    traced.extend(sampler.walls());
    let buffers = IndexBuffers::upload(&engine, &WallIndex::build(&scene, CELL_M)).unwrap();
    let mut seen = vec![0; traced.len()];
    for (k, sun) in suns.iter().enumerate() {
        let one = buffers.trace(&engine, &traced, &traced_suns(&[*sun])).await.unwrap();
        seen.iter_mut().zip(one).for_each(|(bits, [votes, _])| *bits |= u32::from(votes > 0) << k);
    }
    points.extend(traced);
    lit.extend(seen);

    let kinds: Vec<u32> = (0..points.len()).map(|i| (i / COUNT) as u32).collect();
    let toward: Vec<[f32; 3]> = suns.iter().map(|s| s.sun.toward().map(|v| v as f32)).collect();
    dump::write_mesh(folder, &city);
    dump::write(folder, "truth_points.f32", &points);
    dump::write(folder, "truth_kinds.u32", &kinds);
    dump::write(folder, "truth_suns.f32", &toward);
    dump::write(folder, "truth_lit.u32", &lit);
}

/// Random points of the scene.
struct Sampler<'a> {
    scene: &'a Scene,
    index: SolidIndex,
    centre: [f64; 2],
}

impl Sampler<'_> {
    /// Cells of the 1 m ground grid, and at which suns (bits) they are lit.
    async fn swept(&self, engine: &Engine, suns: &[WeighedSun]) -> (Vec<SurfacePoint>, Vec<u32>) {
        let first_m = self.centre.map(|c| (c - HALF_M).floor() + 0.5);
        let (columns, rows) = (2 * HALF_M as u32, 2 * HALF_M as u32);
        let grid = Grid { first_m, spacing_m: 1.0, columns, rows, height_m: 0.0 };
        let inside = grid_mask::inside_solids(&grid, self.scene);
        let mut bits = vec![0; grid.len()];
        for (k, sun) in suns.iter().enumerate() {
            let missed = GroundSweep::build(grid, self.scene, &[*sun], false).run(engine).await.unwrap();
            bits.iter_mut().zip(missed.votes).for_each(|(bits, missed)| *bits |= u32::from(missed == 0) << k);
        }
        let cells = (0_u64..).map(|i| (random(i) * grid.len() as f64) as usize).filter(|c| !inside[*c]);
        let chosen = cells.take(COUNT).map(|cell| {
            let [x, y] = grid.centre_m(cell as u32 % columns, cell as u32 / columns);
            (point([x, y, 0.0], [0.0, 0.0, 1.0]), bits[cell])
        });
        chosen.unzip()
    }

    fn ground(&self) -> impl Iterator<Item = SurfacePoint> {
        let places =
            (0_u64..).map(|i| [0, 1].map(|axis| self.within(axis, random(1 << 40 | i << 1 | axis as u64))));
        let open = places.filter(|at| self.index.covering(self.scene, *at).next().is_none());
        open.take(COUNT).map(|[x, y]| point([x, y, 0.0], [0.0, 0.0, 1.0]))
    }

    /// On the highest solid over a place.
    fn roofs(&self) -> impl Iterator<Item = SurfacePoint> {
        let places =
            (0_u64..).map(|i| [0, 1].map(|axis| self.within(axis, random(2 << 40 | i << 1 | axis as u64))));
        let covered = places.filter_map(|at| self.top_over(at).map(|top| [at[0], at[1], top + STAND_OFF_M]));
        covered.take(COUNT).map(|at| point(at, [0.0, 0.0, 1.0]))
    }

    /// On walls, each as likely as its area, where nothing hides them.
    fn walls(&self) -> impl Iterator<Item = SurfacePoint> {
        let near = |solid: &&SceneSolid| {
            let b = solid.bounds_m;
            (0..2).all(|i| b[i + 2] > self.centre[i] - HALF_M && b[i] < self.centre[i] + HALF_M)
        };
        let (mut walls, mut sums, mut sum) = (Vec::new(), Vec::new(), 0.0);
        for solid in self.scene.solids.iter().filter(near) {
            for wall in self.scene.walls_of(solid) {
                let e = [wall.b[0] - wall.a[0], wall.b[1] - wall.a[1]];
                sum += e[0].hypot(e[1]) * solid.top_m;
                walls.push((wall.a, e, solid.top_m));
                sums.push(sum);
            }
        }
        let places = (0_u64..).map(move |i| {
            let r = [0, 1, 2].map(|k| random(3 << 40 | i << 2 | k));
            let (a, e, top) = walls[sums.partition_point(|s| *s <= r[0] * sum)];
            let length = e[0].hypot(e[1]);
            let normal = [e[1] / length, -e[0] / length];
            let foot = [0, 1].map(|axis| a[axis] + r[1] * e[axis] + STAND_OFF_M * normal[axis]);
            ([foot[0], foot[1], r[2] * top], normal)
        });
        let free = places.filter(|(at, _)| self.top_over([at[0], at[1]]).is_none_or(|top| top < at[2]));
        free.take(COUNT).map(|(at, normal)| point(at, [normal[0], normal[1], 0.0]))
    }

    fn within(&self, axis: usize, share: f64) -> f64 {
        self.centre[axis] - HALF_M + 2.0 * HALF_M * share
    }

    fn top_over(&self, at: [f64; 2]) -> Option<f64> {
        self.index
            .covering(self.scene, at)
            .map(|solid| self.scene.solids[solid as usize].top_m)
            .max_by(f64::total_cmp)
    }
}

fn point(at: [f64; 3], normal: [f64; 3]) -> SurfacePoint {
    let [x, y, z] = at.map(|v| v as f32);
    let [u, v, w] = normal.map(|v| v as f32);
    SurfacePoint { at: [x, y, z, 0.0], normal: [u, v, w, 0.0] }
}

/// A counter-based random number in 0..1: a function of its index alone (splitmix64).
fn random(index: u64) -> f64 {
    let mut z = index.wrapping_add(1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    ((z ^ (z >> 31)) >> 11) as f64 / (1_u64 << 53) as f64
}
