//! What the tests and benches of this crate share: a made-up district, suns, and the plainest possible truth,
//! every wall looked at for every ray in f64.
//!
//! Random numbers are counter-based, so the district is the same everywhere. Metres and radians.

#![allow(dead_code, reason = "every test is a crate of its own and uses its part")]

use futago_field::{Grid, Report};
use futago_sunlight::EDGE_M;
use futago_sunlight::passes::trace_sun::SurfacePoint;
use futago_sunlight::prepare::grid_mask;
use futago_sunlight::prepare::scene::{Scene, SceneSolid};
use futago_sunlight::prepare::sun_list::WeighedSun;
use futago_sunlight::prepare::targets;
use futago_sunlight::scenario::SurfaceTarget;
use futago_sunlight::solar::Sun;
use jiff::Timestamp;

/// Outline (counter-clockwise), height, id.
pub type Prism = (Vec<[f64; 2]>, f64, &'static str);

/// A random number in 0..1: a function of its index alone (splitmix64).
pub fn random(index: u64) -> f64 {
    let mut z = index.wrapping_mul(0x9E37_79B9_7F4A_7C15).wrapping_add(0x5EED_0F5D);
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    ((z ^ (z >> 31)) >> 11) as f64 / (1_u64 << 53) as f64
}

/// Turned prisms of three to six walls, 3 m to 90 m high, most of them low.
pub fn random_prisms(count: u64, extent_m: f64) -> Vec<Prism> {
    (0..count)
        .map(|i| {
            let r = |k| random(i * 16 + k);
            let (x, y, turn) = (r(0) * extent_m, r(1) * extent_m, r(2) * std::f64::consts::TAU);
            let (corners, size) = (3 + (r(3) * 4.0) as u32, 3.0 + 12.0 * r(4));
            let ring = (0..corners)
                .map(|c| turn + f64::from(c) / f64::from(corners) * std::f64::consts::TAU)
                .map(|angle| [x + size * angle.cos(), y + size * angle.sin()])
                .collect();
            (ring, 3.0 + 87.0 * r(5).powi(3), "x")
        })
        .collect()
}

/// Turned decks of three to six corners, 3 m to 40 m over the ground, 0.3 m to 3 m thick, in a scene.
pub fn with_decks(mut scene: Scene, count: u64, extent_m: f64) -> Scene {
    for i in 0..count {
        let r = |k| random(500_000 + i * 16 + k);
        let (x, y, turn) = (r(0) * extent_m, r(1) * extent_m, r(2) * std::f64::consts::TAU);
        let (corners, size) = (3 + (r(3) * 4.0) as u32, 3.0 + 15.0 * r(4));
        let ring: Vec<[f64; 2]> = (0..corners)
            .map(|c| turn + f64::from(c) / f64::from(corners) * std::f64::consts::TAU)
            .map(|angle| [x + size * angle.cos(), y + 0.5 * size * angle.sin()])
            .collect();
        let bottom_m = 3.0 + 37.0 * r(5).powi(2);
        scene.push_slab(&ring, bottom_m, bottom_m + 0.3 + 2.7 * r(6), "deck");
    }
    scene
}

/// The same prisms, but for one wall of the highest, which is moved out by some metres.
pub fn with_a_wall_moved(prisms: &[Prism], by_m: f64) -> Vec<Prism> {
    let mut prisms = prisms.to_vec();
    let highest =
        (0..prisms.len()).max_by(|a, b| prisms[*a].1.total_cmp(&prisms[*b].1)).expect("some prisms");
    let ring = &mut prisms[highest].0;
    let e = [ring[1][0] - ring[0][0], ring[1][1] - ring[0][1]];
    let length = e[0].hypot(e[1]);
    for corner in &mut ring[..2] {
        *corner = [corner[0] + e[1] / length * by_m, corner[1] - e[0] / length * by_m];
    }
    prisms
}

/// Suns of a short winter day, from east-southeast to west-southwest, 6 to 32 degrees high: their shadows
/// fall across both directions of lines of the sweep.
pub fn winter_suns(count: u32) -> Vec<Sun> {
    let share = |k: u32| (f64::from(k) + 0.5) / f64::from(count);
    (0..count)
        .map(|k| Sun {
            azimuth_rad: (112.0 + 136.0 * share(k)).to_radians(),
            altitude_rad: (6.0 + 26.0 * (std::f64::consts::PI * share(k)).sin()).to_radians(),
        })
        .collect()
}

/// Suns each with a vote that is a bit of its own, so that a sum of votes says which suns it is made of.
pub fn marked(suns: &[Sun]) -> Vec<WeighedSun> {
    assert!(suns.len() <= 32, "a vote has 32 bits");
    let weighed = |(k, sun): (usize, &Sun)| WeighedSun {
        sun: *sun,
        instant: Timestamp::UNIX_EPOCH,
        votes: 1 << k,
        direct_wh_m2: 30.0 + 7.0 * k as f64,
    };
    suns.iter().enumerate().map(weighed).collect()
}

/// A grid over a square from the origin, its rows and columns no multiples of a word.
pub fn square_grid(extent_m: f64, spacing_m: f64, height_m: f64) -> Grid {
    let cells = (extent_m / spacing_m) as u32;
    Grid { first_m: [0.37, -3.21], spacing_m, columns: cells + 3, rows: cells + 7, height_m }
}

/// Points on the ground, on roofs and on walls within bounds.
pub fn surface_points(scene: &Scene, grid: &Grid, spacing_m: f64) -> Vec<SurfacePoint> {
    let target = SurfaceTarget { spacing_m, buildings: Vec::new() };
    let bounds = grid.bounds_m();
    let (mut points, _) = targets::open_cells(grid, &grid_mask::inside_solids(grid, scene));
    for set in [targets::roofs(scene, bounds, &target), targets::walls(scene, bounds, &target)] {
        points.extend(targets::surface_points(&set.expect("no building is named")));
    }
    points
}

/// The built-in city, or a loud skip where the checkout has none.
pub fn built_in_city(test: &str) -> Option<futago_model::CityModel> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../assets/nishi-shinjuku/buildings.city");
    if !std::path::Path::new(path).exists() {
        eprintln!("\n==== SKIPPED: {test}: no {path}\n");
        return None;
    }
    Some(futago_pack::Pack::open(std::path::Path::new(path)).expect("the built-in pack opens").city)
}

/// The scene of a city as it is.
pub fn scene_of(city: &futago_model::CityModel) -> Scene {
    Scene::build(city, None, &mut Report::default()).expect("nothing is changed, so nothing can be missing")
}

fn standing(scene: &Scene) -> impl Iterator<Item = &SceneSolid> {
    scene.solids.iter().filter(|solid| solid.bottom_m <= 0.0)
}

/// For each deck that a ray passes over or under: where along it, from and to, and the deck. Decks are convex.
fn decks_along(scene: &Scene, at: [f64; 3], along: [f64; 2]) -> Vec<([f64; 2], SceneSolid)> {
    let mut found = Vec::new();
    for solid in scene.solids.iter().filter(|s| s.bottom_m > 0.0 && may_cross(s, at, along)) {
        let (mut near, mut far) = (0.0_f64, f64::INFINITY);
        for wall in scene.walls_of(solid) {
            let e = [wall.b[0] - wall.a[0], wall.b[1] - wall.a[1]];
            let inside = e[0] * (at[1] - wall.a[1]) - e[1] * (at[0] - wall.a[0]);
            let growth = e[0] * along[1] - e[1] * along[0];
            match growth {
                g if g > 0.0 => near = near.max(-inside / g),
                g if g < 0.0 => far = far.min(-inside / g),
                _ if inside < 0.0 => far = -1.0,
                _ => {}
            }
        }
        if near < far {
            found.push(([near, far], *solid));
        }
    }
    found
}

/// Sky view factor of one azimuth, with the horizon of walls and what decks hide over it.
pub fn sky_of_azimuth(scene: &Scene, at: [f64; 3], normal: [f32; 4], along: [f64; 2]) -> f64 {
    let horizon = steepest_slope(scene, at, along);
    let mut hidden: Vec<[f64; 2]> = decks_along(scene, at, along)
        .into_iter()
        .filter(|(_, deck)| deck.top_m > at[2])
        .map(|([near, far], deck)| {
            [((deck.bottom_m - at[2]) / far).max(0.0), (deck.top_m - at[2]) / near].map(|s| s.max(horizon))
        })
        .collect();
    hidden.sort_by(|a, b| a[0].total_cmp(&b[0]));
    let mut sky = slice_of_sky(normal, along, horizon);
    let mut up_to = horizon;
    for [low, high] in hidden {
        if high > up_to {
            sky -= slice_of_sky(normal, along, low.max(up_to)) - slice_of_sky(normal, along, high);
            up_to = high;
        }
    }
    sky
}

/// Steepest slope (rise over run) under which a wall is seen from a point along a unit direction of the plan;
/// 0 when none is.
pub fn steepest_slope(scene: &Scene, at: [f64; 3], along: [f64; 2]) -> f64 {
    let mut best = 0.0_f64;
    for solid in standing(scene).filter(|s| s.top_m > at[2] && may_cross(s, at, along)) {
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

/// Whether a ray may come into the circle round a solid.
fn may_cross(solid: &SceneSolid, at: [f64; 3], along: [f64; 2]) -> bool {
    let [west, south, east, north] = solid.bounds_m;
    let to = [(west + east) / 2.0 - at[0], (south + north) / 2.0 - at[1]];
    let radius = 0.01 + (east - west).hypot(north - south) / 2.0;
    (along[0] * to[1] - along[1] * to[0]).abs() <= radius && along[0] * to[0] + along[1] * to[1] >= -radius
}

/// Whether a wall or a deck stands between a point and a sun.
pub fn in_shadow(scene: &Scene, at: [f64; 3], sun: Sun) -> bool {
    let [x, y, z] = sun.toward();
    let flat = x.hypot(y);
    let (along, slope) = ([x / flat, y / flat], z / flat);
    let under = |([near, far], deck): ([f64; 2], SceneSolid)| {
        at[2] + slope * far > deck.bottom_m && at[2] + slope * near < deck.top_m
    };
    steepest_slope(scene, at, along) > slope || decks_along(scene, at, along).into_iter().any(under)
}

/// Whether a point lies within [`EDGE_M`] of a shadow's edge: whether a nudge along its surface makes a
/// shadow of light or light of a shadow.
pub fn is_edge(scene: &Scene, point: &SurfacePoint, sun: Sun) -> bool {
    let here = in_shadow(scene, at_of(point), sun);
    nudged(point, EDGE_M).iter().any(|at| in_shadow(scene, *at, sun) != here)
}

/// Where a point is.
pub fn at_of(point: &SurfacePoint) -> [f64; 3] {
    [point.at[0], point.at[1], point.at[2]].map(f64::from)
}

/// A point that looks up.
pub fn upward(at: [f64; 3]) -> SurfacePoint {
    SurfacePoint { at: [at[0] as f32, at[1] as f32, at[2] as f32, 0.0], normal: [0.0, 0.0, 1.0, 0.0] }
}

/// A cell of a grid as a point that looks up.
pub fn cell_point(grid: &Grid, index: usize) -> SurfacePoint {
    let [x, y] = grid.centre_m(index as u32 % grid.columns, index as u32 / grid.columns);
    upward([x, y, grid.height_m])
}

/// The four places a nudge along its surface away from a point. A wall's point stays in front of its wall.
pub fn nudged(point: &SurfacePoint, by_m: f64) -> [[f64; 3]; 4] {
    let [x, y, up] = [point.normal[0], point.normal[1], point.normal[2]].map(f64::from);
    let tangents =
        if up > 0.5 { [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0]] } else { [[-y, x, 0.0], [0.0, 0.0, 1.0]] };
    let at = at_of(point);
    [(0, by_m), (0, -by_m), (1, by_m), (1, -by_m)]
        .map(|(which, by): (usize, f64)| std::array::from_fn(|i| at[i] + tangents[which][i] * by))
}

/// Sky view factor of one slice of the sky over a horizon of the given slope: twice the integral of
/// (A cos a + B sin a) cos a from the horizon to the zenith, worked out by its antiderivative in f64.
pub fn slice_of_sky(normal: [f32; 4], along: [f64; 2], slope: f64) -> f64 {
    let [x, y, up] = [normal[0], normal[1], normal[2]].map(f64::from);
    let outward = x * along[0] + y * along[1];
    if outward <= 0.0 && up <= 0.0 {
        return 0.0;
    }
    let (sin, cos) = slope.atan().sin_cos();
    outward * (std::f64::consts::FRAC_PI_2 - slope.atan() - sin * cos) + up * cos * cos
}
