//! The ground, its green and water, and the streets: flat and calm, one above the other by centimetres.

use futago_model::{AreaKind, CityModel, Level, StreetClass};
use geo::{LineString, Simplify};

use super::{Triangles, metres};
use crate::material::{GROUND_SLOT, area_slot, street_slot};

/// How far the ground goes on beyond the city, metres: to the haze at the horizon.
const BEYOND_M: f32 = 24_000.0;
/// Heights of what lies on the ground, so that nothing flickers seen from a kilometre above.
const AREA_M: f32 = 0.07;
/// From one kind of area to the next above it.
const AREA_STEP_M: f32 = 0.012;
const STREET_M: f32 = 0.16;
/// A deck without a height of its own.
const BRIDGE_M: f32 = 0.3;

/// The bare ground.
pub fn plane(city: &CityModel) -> Triangles {
    let mut triangles = Triangles::default();
    let [west, south, east, north] = city.about.bounds_m.map(|v| v as f32);
    let corners = [
        [west - BEYOND_M, south - BEYOND_M],
        [east + BEYOND_M, south - BEYOND_M],
        [east + BEYOND_M, north + BEYOND_M],
        [west - BEYOND_M, north + BEYOND_M],
    ];
    flat_polygon(&mut triangles, &corners, &[[0, 1, 2], [0, 2, 3]], 0.0, GROUND_SLOT);
    triangles
}

fn flat_polygon(
    triangles: &mut Triangles,
    corners: &[[f32; 2]],
    indices: &[[u16; 3]],
    height_m: f32,
    slot: usize,
) {
    let first = triangles.positions.len() as u32;
    for [x, y] in corners {
        triangles.corner([*x, *y, height_m], [0.0, 0.0, 1.0], [*x, *y], [slot as f32, 0.0]);
    }
    triangles.indices.extend(indices.iter().flatten().map(|corner| first + u32::from(*corner)));
}

/// Parks and water.
pub fn areas(city: &CityModel) -> Triangles {
    let mut triangles = Triangles::default();
    for area in &city.streets.areas {
        let polygon = city.streets.polygons.get(area.polygon);
        let corners: Vec<[f32; 2]> = polygon.vertices_mm.iter().copied().map(metres).collect();
        let kind = AreaKind::from_number(area.kind);
        flat_polygon(&mut triangles, &corners, polygon.triangles, area_m(kind), area_slot(kind));
    }
    triangles
}

/// Height that a kind of area is drawn at, metres.
fn area_m(kind: AreaKind) -> f32 {
    let order = AreaKind::FROM_BELOW.iter().position(|other| *other == kind).unwrap_or_default();
    AREA_M + AREA_STEP_M * order as f32
}

/// Streets, railways and rivers.
pub fn streets(city: &CityModel) -> Triangles {
    streets_from(city, 0.0, |line| line)
}

/// Those that are seen from far away, without their small bends.
pub fn main_streets(city: &CityModel) -> Triangles {
    streets_from(city, WIDE_M, straightened)
}

/// Narrower ones are not seen from far away, metres.
const WIDE_M: f32 = 5.0;
/// Bends that nobody sees from far away, metres.
const BEND_M: f32 = 2.0;

fn straightened(line: Vec<[f32; 2]>) -> Vec<[f32; 2]> {
    let line: LineString<f32> = line.into_iter().collect();
    line.simplify(BEND_M).into_iter().map(|at| [at.x, at.y]).collect()
}

fn streets_from(city: &CityModel, least_m: f32, shape: impl Fn(Vec<[f32; 2]>) -> Vec<[f32; 2]>) -> Triangles {
    let mut triangles = Triangles::default();
    for (index, street) in city.streets.records.iter().enumerate() {
        let class = StreetClass::from_number(street.class);
        let level = Level::from_number(street.level);
        let Some(width_m) = width_m(class).filter(|width| level != Level::Tunnel && *width >= least_m) else {
            continue;
        };
        let line = shape(city.streets.line_mm(index).iter().copied().map(metres).collect());
        // Wide streets above narrow ones, so that junctions look whole.
        let height_m = if level == Level::Bridge { BRIDGE_M } else { STREET_M } + width_m * 0.004;
        ribbon(&mut triangles, &line, width_m, [height_m; 2], street_slot(class));
    }
    triangles
}

/// Widths that look right where the data has none.
pub(super) fn width_m(class: StreetClass) -> Option<f32> {
    match class {
        StreetClass::Motorway => Some(16.0),
        StreetClass::Main => Some(14.0),
        StreetClass::Local => Some(6.5),
        StreetClass::Service => Some(3.5),
        StreetClass::Footway | StreetClass::Steps => Some(2.0),
        StreetClass::Rail => Some(2.6),
        StreetClass::Waterway => Some(5.0),
        StreetClass::Subway | StreetClass::Platform | StreetClass::Other => None,
    }
}

/// A line as a band, mitred at its corners; its height runs evenly from end to end.
pub fn ribbon(triangles: &mut Triangles, line: &[[f32; 2]], width_m: f32, ends_m: [f32; 2], slot: usize) {
    let steps = line.windows(2).map(|pair| (pair[1][0] - pair[0][0]).hypot(pair[1][1] - pair[0][1]));
    let whole_m = steps.clone().sum::<f32>().max(f32::MIN_POSITIVE);
    let gone_m = std::iter::once(0.0).chain(steps.scan(0.0, |gone, step| {
        *gone += step;
        Some(*gone)
    }));
    let at =
        |([x, y], gone_m): (&[f32; 2], f32)| [*x, *y, ends_m[0] + (ends_m[1] - ends_m[0]) * gone_m / whole_m];
    band(triangles, &line.iter().zip(gone_m).map(at).collect::<Vec<_>>(), width_m, slot);
}

/// A line with heights as a band, mitred at its corners.
pub fn band(triangles: &mut Triangles, line: &[[f32; 3]], width_m: f32, slot: usize) {
    let plan = |i: usize| [line[i][0], line[i][1]];
    let first = triangles.positions.len() as u32;
    for (i, [x, y, height_m]) in line.iter().copied().enumerate() {
        let before = direction(plan(i.saturating_sub(1)), [x, y]);
        let after = direction([x, y], plan((i + 1).min(line.len() - 1)));
        let Some(ahead) = before.or(after) else { continue };
        let (before, after) = (before.unwrap_or(ahead), after.unwrap_or(ahead));
        let along = direction([0.0; 2], [before[0] + after[0], before[1] + after[1]]).unwrap_or(ahead);
        // A sharp corner would throw its mitre far out.
        let cosine = (along[0] * before[0] + along[1] * before[1]).max(0.5);
        let half = width_m * 0.5 / cosine;
        for side in [half, -half] {
            let corner = [x + along[1] * side, y - along[0] * side, height_m];
            triangles.corner(corner, [0.0, 0.0, 1.0], [corner[0], corner[1]], [slot as f32, 0.0]);
        }
    }
    let corners = triangles.positions.len() as u32 - first;
    let pieces = (corners / 2).saturating_sub(1);
    let indices = (0..pieces).flat_map(|i| [0, 2, 1, 1, 2, 3].map(|corner| first + 2 * i + corner));
    triangles.indices.extend(indices);
}

fn direction(from: [f32; 2], to: [f32; 2]) -> Option<[f32; 2]> {
    let (x, y) = (to[0] - from[0], to[1] - from[1]);
    let length = x.hypot(y);
    (length > 1e-4).then(|| [x / length, y / length])
}
