//! Equal-time shadow (日影): how long a building shades its surroundings on the winter solstice, and whether
//! the Building Standards Act (article 56-2, 別表第4) allows it.
//!
//! Hours are counted from 8 to 16 o'clock true solar time, at declination -23.44 degrees, on a level plane
//! over the ground. The law judges a building by its own shadow alone; the neighbours' is given beside it.
//! Between 5 m and 10 m from the site boundary, and beyond 10 m, less than the zone's hours are allowed.
//! The ground is level here, so 'mean ground' is the ground; relief for roads, rivers and height differences
//! (令135条の12) is not applied, which is on the safe side.

use contour::ContourBuilder;
use futago_field::Grid;
use geo::{BooleanOps, Buffer, Coord, Distance, Euclidean, LineString, MultiPolygon, Point, Polygon};

use crate::prepare::grid_mask;
use crate::prepare::scene::{Scene, ring_in_site};
use crate::prepare::sun_list::{Station, SunList};
use crate::scenario::EqualTimeQuestion;
use crate::step::ground::{GroundSweep, Missed};
use crate::{QuestionFault, SunlightError};

/// Hours for which lines are drawn.
pub const LINE_HOURS: [f64; 5] = [2.0, 2.5, 3.0, 4.0, 5.0];
/// Distances of the lines within which the law counts differently, metres.
pub const LINE_DISTANCES_M: [f64; 2] = [5.0, 10.0];
/// Buildings up to this height are not judged outside low-rise zones, metres.
pub const HEIGHT_JUDGED_M: f64 = 10.0;

/// A question about one building, ready to sweep.
pub struct EqualTime {
    /// The question.
    pub question: EqualTimeQuestion,
    /// Site boundary, site metres: the outside of each part.
    pub boundary: Vec<Vec<[f64; 2]>>,
    /// Hours allowed between 5 m and 10 m, and beyond 10 m.
    pub limits_h: [f64; 2],
    /// Height of the building judged, metres.
    pub height_m: f64,
    /// The measuring grid.
    pub grid: Grid,
    /// Cells inside any building.
    pub inside: Vec<bool>,
    /// Cells inside the building itself.
    pub inside_own: Vec<bool>,
    /// Its own shadow.
    pub own: GroundSweep,
    /// The shadow of the whole city.
    pub all: GroundSweep,
    /// Hours a vote.
    pub hours_a_vote: f64,
}

/// One place that is shaded too long.
#[derive(Debug, Clone, PartialEq)]
pub struct Violation {
    /// The worst point of the place, site metres.
    pub at_m: [f64; 2],
    /// Hours of shadow there.
    pub hours: f64,
    /// Hours allowed there.
    pub limit_h: f64,
    /// Distance from the boundary, metres.
    pub distance_m: f64,
    /// Area shaded too long, square metres.
    pub area_m2: f64,
}

/// A line along which something has one value.
#[derive(Debug, Clone, PartialEq)]
pub struct ValueLine {
    /// The value: hours or metres.
    pub value: f64,
    /// The line, site metres.
    pub points: Vec<[f64; 2]>,
}

/// What came out.
pub struct Judgement {
    /// Hours of the building's own shadow, NaN inside its site.
    pub own_hours: Vec<f32>,
    /// Hours of everyone's shadow, NaN inside buildings.
    pub all_hours: Vec<f32>,
    /// Places shaded too long, worst first.
    pub violations: Vec<Violation>,
    /// Lines of equal time of the own shadow, by hours.
    pub lines: Vec<ValueLine>,
    /// Lines at 5 m and 10 m, by metres.
    pub distance_lines: Vec<ValueLine>,
    /// Longest own shadow in either band, hours: 5 m to 10 m, beyond.
    pub longest_h: [f64; 2],
    /// Whether the law judges a building of this height.
    pub judged: bool,
}

impl EqualTime {
    /// Looks up the building and lays the measuring grid.
    ///
    /// # Errors
    /// When the building is not there or the boundary is no place.
    pub fn prepare(
        city: &futago_model::CityModel,
        scene: &Scene,
        station: &Station,
        question: &EqualTimeQuestion,
    ) -> Result<Self, SunlightError> {
        let owner = scene
            .owner_of(&question.building)
            .ok_or_else(|| SunlightError::no_building(city, &question.building))?;
        let own_scene = scene.only(owner);
        let boundary = match &question.boundary {
            Some(ring) => vec![ring_in_site(city, ring)?],
            None => outline(&own_scene),
        };
        if boundary.is_empty() {
            return Err(SunlightError::no_building(city, &question.building));
        }
        let plane_m = question.plane_m.unwrap_or(question.zone.plane_m());
        let grid = measuring_grid(&boundary, question, plane_m);
        let SunList { suns, hours_a_vote, .. } = station.solstice_suns(question.step_min);
        Ok(Self {
            own: GroundSweep::build(grid, &own_scene, &suns, false),
            all: GroundSweep::build(grid, scene, &suns, false),
            inside: grid_mask::inside_solids(&grid, scene),
            inside_own: grid_mask::inside_solids(&grid, &own_scene),
            limits_h: question.limits_h.unwrap_or(question.zone.limits_h()),
            height_m: own_scene.top_m(),
            question: question.clone(),
            boundary,
            grid,
            hours_a_vote,
        })
    }

    /// Turns votes into hours, lines and a verdict.
    ///
    /// # Errors
    /// When the lines cannot be drawn, which would be a fault of the grid.
    pub fn judge(&self, own: &Missed, all: &Missed) -> Result<Judgement, SunlightError> {
        let hours = |votes: &[u32]| -> Vec<f32> {
            votes.iter().map(|v| (f64::from(*v) * self.hours_a_vote) as f32).collect()
        };
        let (mut own_all_cells, mut all_hours) = (hours(&own.votes), hours(&all.votes));
        // A sweep says nothing of the cells that the building itself stands on.
        fill_from_nearest(&mut own_all_cells, &self.inside_own, self.grid.columns as usize);
        for (value, inside) in all_hours.iter_mut().zip(&self.inside) {
            if *inside {
                *value = f32::NAN;
            }
        }
        let site = polygons(&self.boundary);
        let distances = self.distances(&site);
        let own_hours: Vec<f32> = own_all_cells
            .iter()
            .zip(&distances)
            .map(|(h, d)| if *d <= 0.0 { f32::NAN } else { *h })
            .collect();
        let mut longest_h = [0.0_f64; 2];
        for (h, d) in own_hours.iter().zip(&distances).filter(|(h, _)| !h.is_nan()) {
            if let Some(band) = band(*d) {
                longest_h[band] = longest_h[band].max(f64::from(*h));
            }
        }
        Ok(Judgement {
            lines: self.equal_time_lines(&own_all_cells, &site)?,
            distance_lines: distance_lines(&site),
            violations: self.violations(&own_hours, &distances),
            judged: self.height_m > HEIGHT_JUDGED_M
                || matches!(self.question.zone, crate::scenario::ShadowZone::LowRiseResidential)
                    && self.height_m > 7.0,
            own_hours,
            all_hours,
            longest_h,
        })
    }

    /// Distance of each cell from the boundary, metres; 0 inside.
    fn distances(&self, site: &MultiPolygon) -> Vec<f64> {
        use rayon::prelude::*;
        (0..self.grid.len() as u32)
            .into_par_iter()
            .map(|i| {
                let [x, y] = self.grid.centre_m(i % self.grid.columns, i / self.grid.columns);
                Euclidean.distance(&Point::new(x, y), site)
            })
            .collect()
    }

    fn equal_time_lines(&self, hours: &[f32], site: &MultiPolygon) -> Result<Vec<ValueLine>, SunlightError> {
        let smooth = smoothed(hours, self.grid.columns as usize);
        let builder = ContourBuilder::new(self.grid.columns as usize, self.grid.rows as usize, true)
            .x_origin(self.grid.first_m[0] - self.grid.spacing_m / 2.0)
            .y_origin(self.grid.first_m[1] - self.grid.spacing_m / 2.0)
            .x_step(self.grid.spacing_m)
            .y_step(self.grid.spacing_m);
        let fault = |e: contour::Error| {
            SunlightError::question("sunlight.equal_time", QuestionFault::NoLines { cause: e.to_string() })
        };
        let levels = builder.lines(&smooth, &LINE_HOURS).map_err(fault)?;
        let mut lines = Vec::new();
        for level in levels {
            // The law looks outside the site only.
            let outside = site.clip(level.geometry(), true);
            for line in outside.0.into_iter().filter(|l| l.0.len() > 1) {
                lines.push(ValueLine { value: level.threshold(), points: corners(&line) });
            }
        }
        Ok(lines)
    }

    /// Connected places where the own shadow lasts as long as the limit or longer.
    fn violations(&self, hours: &[f32], distances: &[f64]) -> Vec<Violation> {
        let (columns, cell_area) = (self.grid.columns as usize, self.grid.spacing_m.powi(2));
        let excess = |i: usize| {
            let limit = self.limits_h[band(distances[i])?];
            // A vote is the finest that time is known by.
            (f64::from(hours[i]) > limit - self.hours_a_vote / 2.0).then(|| f64::from(hours[i]) - limit)
        };
        let mut seen = vec![false; hours.len()];
        let mut found = Vec::new();
        for start in 0..hours.len() {
            if seen[start] || excess(start).is_none() {
                continue;
            }
            let (mut stack, mut worst, mut cells) = (vec![start], start, 0.0);
            seen[start] = true;
            while let Some(i) = stack.pop() {
                cells += 1.0;
                if excess(i) > excess(worst) {
                    worst = i;
                }
                for next in neighbours(i, columns, hours.len()) {
                    if !seen[next] && excess(next).is_some() {
                        seen[next] = true;
                        stack.push(next);
                    }
                }
            }
            let cell = self.grid.centre_m((worst % columns) as u32, (worst / columns) as u32);
            let limit_h = band(distances[worst]).map_or(f64::NAN, |b| self.limits_h[b]);
            found.push(Violation {
                at_m: cell,
                hours: f64::from(hours[worst]),
                limit_h,
                distance_m: distances[worst],
                area_m2: cells * cell_area,
            });
        }
        found.sort_by(|p, q| (q.hours - q.limit_h).total_cmp(&(p.hours - p.limit_h)));
        found
    }
}

/// Which limit counts at a distance from the boundary: 0 between 5 m and 10 m, 1 beyond, none nearer.
fn band(distance_m: f64) -> Option<usize> {
    match distance_m {
        d if d <= LINE_DISTANCES_M[0] => None,
        d if d <= LINE_DISTANCES_M[1] => Some(0),
        _ => Some(1),
    }
}

fn neighbours(i: usize, columns: usize, len: usize) -> impl Iterator<Item = usize> {
    let (column, last) = (i % columns, columns - 1);
    [
        (column > 0).then(|| i - 1),
        (column < last).then_some(i + 1),
        i.checked_sub(columns),
        Some(i + columns).filter(|n| *n < len),
    ]
    .into_iter()
    .flatten()
}

/// Outlines of a scene's solids together, the outside of each part.
fn outline(scene: &Scene) -> Vec<Vec<[f64; 2]>> {
    let parts = scene.solids.iter().map(|solid| {
        // Walls come ring by ring, the outside first; holes do not matter to a boundary.
        let walls = scene.walls_of(solid);
        let end = walls.iter().position(|w| w.b == walls[0].a).map_or(walls.len(), |i| i + 1);
        let ring: Vec<[f64; 2]> = walls[..end].iter().map(|w| w.a).collect();
        polygons(&[ring])
    });
    let union = parts.reduce(|a, b| a.union(&b)).unwrap_or_else(|| MultiPolygon::new(Vec::new()));
    let open = |part: &Polygon| {
        let mut ring = corners(part.exterior());
        ring.pop();
        ring
    };
    union.0.iter().map(open).collect()
}

fn corners(line: &LineString) -> Vec<[f64; 2]> {
    line.0.iter().map(|c| [c.x, c.y]).collect()
}

/// Gives the marked cells the value of the nearest cell that is not marked, step by step from the edge inward.
fn fill_from_nearest(values: &mut [f32], marked: &[bool], columns: usize) {
    let mut known: Vec<bool> = marked.iter().map(|m| !m).collect();
    let mut front: Vec<usize> = (0..values.len()).filter(|i| known[*i]).collect();
    while !front.is_empty() {
        let mut next = Vec::new();
        for i in front {
            for j in neighbours(i, columns, values.len()) {
                if !known[j] {
                    known[j] = true;
                    values[j] = values[i];
                    next.push(j);
                }
            }
        }
        front = next;
    }
}

fn measuring_grid(boundary: &[Vec<[f64; 2]>], question: &EqualTimeQuestion, plane_m: f64) -> Grid {
    let reach = question.reach_m;
    let low = |axis: usize| boundary.iter().flatten().map(|p| p[axis]).fold(f64::INFINITY, f64::min);
    let high = |axis: usize| boundary.iter().flatten().map(|p| p[axis]).fold(f64::NEG_INFINITY, f64::max);
    // Solstice shadows fall north; to the south only the 10 m line is of interest.
    let south = low(1) - LINE_DISTANCES_M[1] * 2.0;
    let count = |extent: f64| (extent / question.spacing_m).ceil() as u32 + 1;
    Grid {
        first_m: [(low(0) - reach).floor(), south.floor()],
        spacing_m: question.spacing_m,
        columns: count(high(0) - low(0) + 2.0 * reach),
        rows: count(high(1) + reach - south),
        height_m: plane_m,
    }
}

fn polygons(rings: &[Vec<[f64; 2]>]) -> MultiPolygon {
    let line =
        |ring: &Vec<[f64; 2]>| LineString::new(ring.iter().map(|p| Coord { x: p[0], y: p[1] }).collect());
    MultiPolygon::new(rings.iter().map(|ring| Polygon::new(line(ring), Vec::new())).collect())
}

fn distance_lines(site: &MultiPolygon) -> Vec<ValueLine> {
    let rings = LINE_DISTANCES_M.into_iter().flat_map(|value| {
        let grown = site.buffer(value);
        grown.0.iter().map(|part| ValueLine { value, points: corners(part.exterior()) }).collect::<Vec<_>>()
    });
    rings.collect()
}

/// Votes come in steps of a minute; a 3 x 3 mean lets lines run smoothly between them. Verdicts use the raw hours.
fn smoothed(hours: &[f32], columns: usize) -> Vec<f64> {
    let rows = hours.len() / columns;
    let at = |c: usize, r: usize| f64::from(hours[r * columns + c]);
    let mut out = Vec::with_capacity(hours.len());
    for r in 0..rows {
        for c in 0..columns {
            let (mut sum, mut count) = (0.0, 0.0);
            for y in r.saturating_sub(1)..(r + 2).min(rows) {
                for x in c.saturating_sub(1)..(c + 2).min(columns) {
                    sum += at(x, y);
                    count += 1.0;
                }
            }
            out.push(sum / count);
        }
    }
    out
}
