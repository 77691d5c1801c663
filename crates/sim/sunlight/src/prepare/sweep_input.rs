//! A grid, its obstacles and suns as the sweep wants them: in grid units, lines across the shadows, turned so
//! that shadows fall towards higher lines.

use futago_field::Grid;
use rustc_hash::FxHashMap;

use super::grid_mask::overlaps;
use super::scene::{PlanTriangle, Scene, SceneSolid, SceneWall, widened};
use crate::passes::sweep_shadow::{MOST_CONVEX_WALLS, SweepParams, SweepSolid, SweepWall};
use crate::solar::Sun;

/// Outlines whose corners lie this far beyond a wall's line are still convex: far less than [`crate::EDGE_M`].
const DENT_M: f64 = 1e-4;

/// The side to which shadows mainly fall. The lines of the bit maps run across it, the first one nearest the sun.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// Lines from south to north, points from west to east: the plan itself.
    North,
    /// Lines from west to east, points from south to north: the plan mirrored.
    East,
    /// Lines from north to south, points from west to east: the plan mirrored.
    South,
    /// Lines from east to west, points from south to north: the plan turned.
    West,
}

impl Side {
    /// All four.
    pub const ALL: [Self; 4] = [Self::North, Self::East, Self::South, Self::West];

    /// The side to which shadows fall under a sun.
    pub fn for_sun(sun: Sun) -> Self {
        let [x, y, _] = sun.toward();
        match y.abs() >= x.abs() {
            true if y <= 0.0 => Self::North,
            true => Self::South,
            false if x <= 0.0 => Self::East,
            false => Self::West,
        }
    }

    /// A vector of the plan, turned: along the lines, across them.
    fn turn(self, [x, y]: [f64; 2]) -> [f64; 2] {
        match self {
            Self::North => [x, y],
            Self::East => [y, x],
            Self::South => [x, -y],
            Self::West => [y, -x],
        }
    }

    /// A wall whose inside lies to the left of `a` to `b` in the plan, so that it does after turning.
    fn turn_wall(self, [a, b]: [[f32; 2]; 2]) -> SweepWall {
        match self {
            Self::North | Self::West => SweepWall { a, b },
            Self::East | Self::South => SweepWall { a: b, b: a },
        }
    }

    /// Lines and points a line of a grid.
    fn sizes(self, grid: &Grid) -> [u32; 2] {
        match self {
            Self::North | Self::South => [grid.rows, grid.columns],
            Self::East | Self::West => [grid.columns, grid.rows],
        }
    }
}

/// Obstacles of a grid for shadows to one side.
#[derive(Debug, Clone)]
pub struct SweepInput {
    /// Where shadows fall.
    pub side: Side,
    /// Sizes; the number of suns is still to be set.
    pub params: SweepParams,
    /// Solids that can shade the grid.
    pub solids: Vec<SweepSolid>,
    /// Their walls.
    pub walls: Vec<SweepWall>,
}

impl SweepInput {
    /// Picks the solids that can shade the grid under these suns. A binding must not be empty, so there is
    /// always one wall, if need be of no solid.
    pub fn build(grid: &Grid, scene: &Scene, suns: &[Sun], side: Side) -> Self {
        Self::build_among(&tall_walls(grid, scene, suns), grid, scene, suns, side)
    }

    /// As [`SweepInput::build`], with the [`tall_walls`] for these suns or more.
    pub fn build_among(tops: &WallTops, grid: &Grid, scene: &Scene, suns: &[Sun], side: Side) -> Self {
        let [lines, points] = side.sizes(grid);
        let turned = |p: [f64; 2]| {
            let unit: [f64; 2] = std::array::from_fn(|i| (p[i] - grid.first_m[i]) / grid.spacing_m);
            let [along, across] = side.turn(unit);
            // Mirrored lines begin at the grid's last one.
            let first = if matches!(side, Side::South | Side::West) { f64::from(lines) - 1.0 } else { 0.0 };
            [along, across + first]
        };
        let unit = |p: [f64; 2]| turned(p).map(|v| v as f32);
        let (mut solids, mut walls) = (Vec::new(), Vec::new());
        let (mut near, lifted): (Vec<&SceneSolid>, Vec<&SceneSolid>) =
            near_solids(grid, scene, suns).into_iter().partition(|s| s.bottom_m <= grid.height_m);
        // The order in which their shadows begin: the sweep walks through memory instead of jumping.
        let first_line = |s: &SceneSolid| {
            let [west, south, east, north] = s.bounds_m;
            turned([west, south])[1].min(turned([east, north])[1])
        };
        near.sort_by(|a, b| first_line(a).total_cmp(&first_line(b)));
        for solid in near {
            let first_wall = walls.len() as u32;
            let inner = |w: &SceneWall| tops.get(&place(w.b, w.a)).is_some_and(|top| *top >= solid.top_m);
            let (hidden, shown): (Vec<&SceneWall>, Vec<&SceneWall>) =
                scene.walls_of(solid).iter().partition(|w| inner(w));
            if shown.is_empty() {
                continue;
            }
            walls.extend(shown.iter().chain(&hidden).map(|w| side.turn_wall([unit(w.a), unit(w.b)])));
            let [west, south, east, north] = solid.bounds_m;
            let corners = [unit([west, south]), unit([east, north])];
            solids.push(SweepSolid {
                low: std::array::from_fn(|i| corners[0][i].min(corners[1][i])),
                high: std::array::from_fn(|i| corners[0][i].max(corners[1][i])),
                rise: ((solid.top_m - grid.height_m) / grid.spacing_m) as f32,
                first_wall,
                wall_count: solid.wall_count,
                shown_walls: shown.len() as u32,
                convex: u32::from(is_convex(scene.walls_of(solid))),
                lift: 0.0,
            });
        }
        for (solid, outline) in lifted.iter().flat_map(|solid| convex_parts(scene, solid)) {
            let first_wall = walls.len() as u32;
            walls.extend(outline.iter().map(|w| side.turn_wall([unit(w.a), unit(w.b)])));
            let feet = &walls[first_wall as usize..];
            let ends = |pick: fn(f32, f32) -> f32, from: f32| {
                feet.iter().fold([from; 2], |e, w| [0, 1].map(|i| pick(pick(e[i], w.a[i]), w.b[i])))
            };
            solids.push(SweepSolid {
                low: ends(f32::min, f32::INFINITY),
                high: ends(f32::max, f32::NEG_INFINITY),
                rise: ((solid.top_m - solid.bottom_m) / grid.spacing_m) as f32,
                first_wall,
                wall_count: outline.len() as u32,
                shown_walls: outline.len() as u32,
                convex: 1,
                lift: ((solid.bottom_m - grid.height_m) / grid.spacing_m) as f32,
            });
        }
        if solids.is_empty() {
            walls.push(SweepWall { a: [0.0; 2], b: [0.0; 2] });
            let nowhere = [-1.0e9; 2];
            solids.push(SweepSolid {
                low: nowhere,
                high: nowhere,
                rise: 0.0,
                first_wall: 0,
                wall_count: 0,
                shown_walls: 0,
                convex: 0,
                lift: 0.0,
            });
        }
        let params = SweepParams {
            lines,
            points,
            words: points.div_ceil(32),
            solid_count: solids.len() as u32,
            sun_count: 0,
            reserved_a: 0,
            reserved_b: 0,
            reserved_c: 0,
        };
        Self { side, params, solids, walls }
    }

    /// Shadow of a height of 1 under a sun, in grid units.
    pub fn shift(&self, sun: Sun) -> [f32; 2] {
        let [x, y, z] = sun.toward();
        self.side.turn([-x / z, -y / z]).map(|v| v as f32)
    }

    /// Index in a bit map's counts (lines x words x 32) of a grid cell.
    pub fn count_index(&self, column: u32, row: u32) -> usize {
        let last = self.params.lines - 1;
        let (line, point) = match self.side {
            Side::North => (row, column),
            Side::East => (column, row),
            Side::South => (last - row, column),
            Side::West => (last - column, row),
        };
        line as usize * self.params.words as usize * 32 + point as usize
    }
}

/// What the shadow of a solid with air below is swept from: its outline when that is convex, else its triangles.
/// The shadow is that of the underside, carried on to that of the top.
fn convex_parts<'a>(
    scene: &'a Scene,
    solid: &'a SceneSolid,
) -> impl Iterator<Item = (&'a SceneSolid, Vec<SceneWall>)> {
    let walls = scene.walls_of(solid);
    let parts: Vec<Vec<SceneWall>> = match is_convex(walls) {
        true => vec![walls.to_vec()],
        false => scene.triangles_of(solid).iter().map(|t| edges(widened(*t))).collect(),
    };
    parts.into_iter().map(move |part| (solid, part))
}

fn edges(triangle: PlanTriangle) -> Vec<SceneWall> {
    (0..3).map(|i| SceneWall { a: triangle[i], b: triangle[(i + 1) % 3] }).collect()
}

/// Whether an outline may be swept as a whole. Dents of less than [`DENT_M`] are none.
fn is_convex(walls: &[SceneWall]) -> bool {
    walls.len() <= MOST_CONVEX_WALLS
        && walls.iter().all(|wall| {
            let e = [wall.b[0] - wall.a[0], wall.b[1] - wall.a[1]];
            let least = -DENT_M * e[0].hypot(e[1]);
            walls.iter().all(|w| e[0] * (w.a[1] - wall.a[1]) - e[1] * (w.a[0] - wall.a[0]) >= least)
        })
}

/// The highest top of each wall, by its ends.
pub type WallTops = FxHashMap<[u64; 4], f64>;

/// The tops of all walls that can shade a grid. What a wall throws beyond another solid that stands back to back
/// with it and is as high, that solid's other walls throw too.
pub fn tall_walls(grid: &Grid, scene: &Scene, suns: &[Sun]) -> WallTops {
    let mut tops = WallTops::default();
    for solid in near_solids(grid, scene, suns).into_iter().filter(|s| s.bottom_m <= grid.height_m) {
        for wall in scene.walls_of(solid) {
            let top = tops.entry(place(wall.a, wall.b)).or_insert(0.0);
            *top = solid.top_m.max(*top);
        }
    }
    tops
}

fn near_solids<'a>(grid: &Grid, scene: &'a Scene, suns: &[Sun]) -> Vec<&'a SceneSolid> {
    let (bounds, reach) = (grid.bounds_m(), Reach::of(suns));
    let rise_m = |s: &SceneSolid| s.top_m - grid.height_m;
    let near = scene.solids.iter().filter(|s| rise_m(s) > 0.0);
    near.filter(|s| overlaps(reach.shadow_bounds(s.bounds_m, rise_m(s)), bounds)).collect()
}

fn place(a: [f64; 2], b: [f64; 2]) -> [u64; 4] {
    [a[0], a[1], b[0], b[1]].map(f64::to_bits)
}

/// How far shadows fall for each metre of height: west, south, east, north.
struct Reach([f64; 4]);

impl Reach {
    fn of(suns: &[Sun]) -> Self {
        Self(suns.iter().fold([0.0; 4], |r, sun| {
            let [x, y, z] = sun.toward();
            let (east, north) = (-x / z, -y / z);
            [r[0].min(east), f64::min(r[1], north), r[2].max(east), f64::max(r[3], north)]
        }))
    }

    fn shadow_bounds(&self, b: [f64; 4], rise_m: f64) -> [f64; 4] {
        std::array::from_fn(|i| b[i] + self.0[i] * rise_m)
    }
}
