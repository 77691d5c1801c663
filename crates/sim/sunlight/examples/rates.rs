//! How fast the kernels are on the built-in city: rays a second of the sweep, the sky view and single rays.
//!
//! `rates PACK [--dump FOLDER]` prints one JSON object. With `--dump` the same points and suns are written as
//! raw little-endian arrays, with this crate's answers, so that another program can be timed and compared on
//! exactly the same work (see `tools/peers`).

mod dump;

use std::path::{Path, PathBuf};
use std::time::Instant;

use futago_compute::Engine;
use futago_field::{Grid, Report};
use futago_geodesy::LonLat;
use futago_sunlight::passes::trace_sun::SurfacePoint;
use futago_sunlight::prepare::scene::Scene;
use futago_sunlight::prepare::sun_list::{Station, WeighedSun};
use futago_sunlight::prepare::wall_index::{CELL_M, WallIndex};
use futago_sunlight::prepare::{grid_mask, targets};
use futago_sunlight::scenario::{SunHoursQuestion, SurfaceTarget};
use futago_sunlight::step::ground::GroundSweep;
use futago_sunlight::step::surface::{IndexBuffers, azimuths, traced_suns};
use serde_json::json;

const SKY_AZIMUTHS: u32 = 64;

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let pack = PathBuf::from(arguments.get(1).expect("rates PACK [--dump FOLDER]"));
    let dump = arguments.iter().position(|a| a == "--dump").map(|i| PathBuf::from(&arguments[i + 1]));
    println!("{:#}", pollster::block_on(measure(&pack, dump.as_deref())));
}

async fn measure(pack: &Path, dump: Option<&Path>) -> serde_json::Value {
    let start = Clock::start();
    let engine = Engine::cpu();
    let city = futago_pack::Pack::open(pack).expect("a pack").city;
    let scene = Scene::build(&city, None, &mut Report::default()).expect("a scene");
    let index = WallIndex::build(&scene, CELL_M);
    let buffers = IndexBuffers::upload(&engine, &index).unwrap();
    let suns = winter_suns(&city);
    let at = [0.0, 0.0, 1.5, 0.0];
    let first = SurfacePoint { at, normal: [0.0, 0.0, 1.0, 0.0] };
    buffers.trace(&engine, &[first], &traced_suns(&suns[..1])).await.unwrap();
    let open = start.stop();

    // 1 km2 of the tower district, 1 m apart, from 8:00 to 16:00 every 5 minutes.
    let centre = city.about.frame.site_from_lonlat(LonLat::new(139.6935, 35.6905).unwrap()).unwrap();
    let first_m = [(centre[0] - 500.0).floor() + 0.5, (centre[1] - 500.0).floor() + 0.5];
    let grid = Grid { first_m, spacing_m: 1.0, columns: 1000, rows: 1000, height_m: 0.0 };
    let inside = grid_mask::inside_solids(&grid, &scene);
    let sweep = GroundSweep::build(grid, &scene, &suns, false);
    let (missed, sweep_took) = median_of(3, async || sweep.run(&engine).await.unwrap()).await;
    let prepare = Clock::start();
    drop(GroundSweep::build(grid, &scene, &suns, false));
    let prepare_took = prepare.stop();

    let (open_points, cells) = targets::open_cells(&grid, &inside);
    let directions = azimuths(SKY_AZIMUTHS);
    let (sky, sky_took) =
        median_of(3, async || buffers.sky(&engine, &open_points, &directions).await.unwrap()).await;

    let bounds = grid.bounds_m();
    let target = SurfaceTarget { spacing_m: 6.0, buildings: Vec::new() };
    let walls = targets::surface_points(&targets::walls(&scene, bounds, &target).unwrap());
    let roofs = targets::surface_points(&targets::roofs(&scene, bounds, &target).unwrap());
    let surface: Vec<SurfacePoint> = walls.into_iter().chain(roofs).collect();
    let traced = traced_suns(&suns);
    let rays: usize = traced.iter().map(|s| surface.iter().filter(|p| faces(p, s.toward)).count()).sum();
    let (seen, trace_took) =
        median_of(3, async || buffers.trace(&engine, &surface, &traced).await.unwrap()).await;

    if let Some(folder) = dump {
        let seen: Vec<u32> = seen.iter().map(|s| s[0]).collect();
        dump::write_mesh(folder, &city);
        write_dump(folder, &open_points, &cells, &suns, &missed.votes, &sky, &surface, &seen);
    }
    let ground_rays = open_points.len() as f64 * suns.len() as f64;
    json!({
        "threads": rayon_threads(),
        "open_to_first_ray": open.json(),
        "ground": { "first_m": first_m, "spacing_m": 1.0, "columns": 1000, "rows": 1000 },
        "open_points": open_points.len(),
        "suns": suns.len(),
        "sweep": sweep_took.json(),
        "sweep_prepare": prepare_took.json(),
        "sweep_mrays_s": ground_rays / sweep_took.wall_s / 1e6,
        "sky_azimuths": SKY_AZIMUTHS,
        "sky": sky_took.json(),
        "sky_points_s": open_points.len() as f64 / sky_took.wall_s,
        "surface_points": surface.len(),
        "surface_rays": rays,
        "trace": trace_took.json(),
        "trace_mrays_s": rays as f64 / trace_took.wall_s / 1e6,
    })
}

fn winter_suns(city: &futago_model::CityModel) -> Vec<WeighedSun> {
    let station = Station::at(&city.about.frame, LonLat::new(139.6935, 35.6905).unwrap()).unwrap();
    let period = SunHoursQuestion {
        from: jiff::civil::time(8, 0, 0, 0),
        to: jiff::civil::time(16, 0, 0, 0),
        step_min: 5.0,
        until: None,
        every_days: 1,
    };
    station.suns_of(jiff::civil::date(2026, 12, 22), &period, None).unwrap().suns
}

fn faces(point: &SurfacePoint, toward: [f32; 3]) -> bool {
    (0..3).map(|i| point.normal[i] * toward[i]).sum::<f32>() > 0.0
}

/// Runs some work a few times; its last result and the median of its times.
async fn median_of<T>(runs: usize, mut work: impl AsyncFnMut() -> T) -> (T, Took) {
    let mut times = Vec::new();
    let mut last = None;
    for _ in 0..runs {
        let clock = Clock::start();
        last = Some(work().await);
        times.push(clock.stop());
    }
    let middle = |mut all: Vec<f64>| {
        all.sort_by(f64::total_cmp);
        all[all.len() / 2]
    };
    let wall_s = middle(times.iter().map(|t| t.wall_s).collect());
    let cpu_s = middle(times.iter().map(|t| t.cpu_s).collect());
    (last.expect("at least one run"), Took { wall_s, cpu_s })
}

/// Wall time, and the time of all threads on a CPU, which other programs disturb less.
struct Took {
    wall_s: f64,
    cpu_s: f64,
}

impl Took {
    fn json(&self) -> serde_json::Value {
        json!({ "wall_s": self.wall_s, "cpu_s": self.cpu_s })
    }
}

struct Clock {
    wall: Instant,
    cpu_s: Option<f64>,
}

impl Clock {
    fn start() -> Self {
        Self { cpu_s: cpu_s(), wall: Instant::now() }
    }

    fn stop(&self) -> Took {
        let wall_s = self.wall.elapsed().as_secs_f64();
        let cpu_s = cpu_s().zip(self.cpu_s).map_or(wall_s, |(now, then)| now - then);
        Took { wall_s, cpu_s }
    }
}

/// Seconds that this program's threads have spent on a CPU; Linux only.
fn cpu_s() -> Option<f64> {
    let tasks = std::fs::read_dir("/proc/self/task").ok()?;
    let on_cpu_ns = |task: std::fs::DirEntry| {
        let text = std::fs::read_to_string(task.path().join("schedstat")).ok()?;
        text.split_whitespace().next()?.parse::<f64>().ok()
    };
    Some(tasks.flatten().filter_map(on_cpu_ns).sum::<f64>() / 1e9)
}

fn rayon_threads() -> usize {
    std::env::var("RAYON_NUM_THREADS")
        .ok()
        .and_then(|v| v.parse().ok())
        .unwrap_or_else(|| std::thread::available_parallelism().map_or(1, usize::from))
}

#[expect(clippy::too_many_arguments, reason = "one file an argument")]
fn write_dump(
    folder: &Path,
    open: &[SurfacePoint],
    cells: &[u32],
    suns: &[WeighedSun],
    missed: &[u32],
    sky: &[f32],
    surface: &[SurfacePoint],
    seen: &[u32],
) {
    let toward: Vec<[f32; 3]> = suns.iter().map(|s| s.sun.toward().map(|v| v as f32)).collect();
    let votes: Vec<u32> = suns.iter().map(|s| s.votes).collect();
    let missed: Vec<u32> = cells.iter().map(|c| missed[*c as usize]).collect();
    dump::write(folder, "ground_points.f32", open);
    dump::write(folder, "ground_cells.u32", cells);
    dump::write(folder, "ground_missed.u32", &missed);
    dump::write(folder, "ground_sky.f32", sky);
    dump::write(folder, "surface_points.f32", surface);
    dump::write(folder, "surface_seen.u32", seen);
    dump::write(folder, "suns.f32", &toward);
    dump::write(folder, "sun_votes.u32", &votes);
}
