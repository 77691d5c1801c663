//! Coordinates of a feature: checked to be places on Earth, nothing more.

use geojson::{Feature, GeometryValue, Position};

use crate::collection::System;
use futago_raw::{LonLatPair, RawPolygon};

/// What a feature is drawn as.
pub(crate) enum Shape {
    Points(Vec<LonLatPair>),
    Lines(Vec<Vec<LonLatPair>>),
    Polygons(Vec<RawPolygon>),
}

impl Shape {
    /// Its name in the standard, without `Multi`.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Points(_) => "Point",
            Self::Lines(_) => "LineString",
            Self::Polygons(_) => "Polygon",
        }
    }
}

/// Why a shape cannot be used: code for the Report and sentence.
pub(crate) type Trouble = (&'static str, String);

/// Largest plane coordinate, metres: no zone of the plane system reaches farther.
const MAX_PLANE_M: f64 = 1e7;

/// The shape of a feature and whether its coordinates were swapped back.
pub(crate) fn shape_of(feature: &Feature, system: System) -> Result<(Shape, bool), Trouble> {
    let geometry = feature.geometry.as_ref().ok_or(("no-geometry", "it has no geometry".to_owned()))?;
    let mut shape = match &geometry.value {
        GeometryValue::Point { coordinates } => Shape::Points(vec![pair(coordinates)?]),
        GeometryValue::MultiPoint { coordinates } => Shape::Points(pairs(coordinates)?),
        GeometryValue::LineString { coordinates } => Shape::Lines(vec![pairs(coordinates)?]),
        GeometryValue::MultiLineString { coordinates } => Shape::Lines(lines(coordinates)?),
        GeometryValue::Polygon { coordinates } => Shape::Polygons(vec![polygon(coordinates)?]),
        GeometryValue::MultiPolygon { coordinates } => {
            Shape::Polygons(coordinates.iter().map(|p| polygon(p)).collect::<Result<_, _>>()?)
        }
        GeometryValue::GeometryCollection { .. } => {
            return Err(("unusable-geometry", "a GeometryCollection is not used here".to_owned()));
        }
    };
    let swapped = match system {
        System::Degrees => check_range(&mut shape)?,
        System::Plane(_) => check_plane(&mut shape)?,
    };
    Ok((shape, swapped))
}

fn pair(position: &Position) -> Result<LonLatPair, Trouble> {
    match position.as_slice() {
        [lon, lat, ..] => Ok([*lon, *lat]),
        short => Err(("bad-coordinates", format!("a position has {} numbers, not two", short.len()))),
    }
}

fn pairs(positions: &[Position]) -> Result<Vec<LonLatPair>, Trouble> {
    positions.iter().map(pair).collect()
}

fn lines(coordinates: &[Vec<Position>]) -> Result<Vec<Vec<LonLatPair>>, Trouble> {
    coordinates.iter().map(|line| pairs(line)).collect()
}

fn polygon(coordinates: &[Vec<Position>]) -> Result<RawPolygon, Trouble> {
    Ok(RawPolygon { rings: lines(coordinates)? })
}

/// Turns coordinates round when every pair can only be latitude first; whatever then lies outside the
/// globe, or is no number, makes the shape unusable.
fn check_range(shape: &mut Shape) -> Result<bool, Trouble> {
    let mut all = pairs_of(shape);
    let latitude_first = |p: &LonLatPair| p[0].abs() <= 90.0 && p[1].abs() > 90.0 && p[1].abs() <= 180.0;
    let swapped = !all.is_empty() && all.iter().all(|p| latitude_first(p));
    for pair in &mut all {
        if swapped {
            pair.swap(0, 1);
        }
        let on_earth = pair[0].abs() <= 180.0 && pair[1].abs() <= 90.0;
        if !on_earth {
            let place = format!("longitude {}, latitude {} is not a place on Earth", pair[0], pair[1]);
            return Err(("bad-coordinates", place));
        }
    }
    Ok(swapped)
}

fn pairs_of(shape: &mut Shape) -> Vec<&mut LonLatPair> {
    match shape {
        Shape::Points(points) => points.iter_mut().collect(),
        Shape::Lines(lines) => lines.iter_mut().flatten().collect(),
        Shape::Polygons(polygons) => polygons.iter_mut().flat_map(|p| &mut p.rings).flatten().collect(),
    }
}

/// Plane coordinates are never turned round: east and north look alike.
fn check_plane(shape: &mut Shape) -> Result<bool, Trouble> {
    match pairs_of(shape).into_iter().find(|pair| !pair.iter().all(|m| m.abs() <= MAX_PLANE_M)) {
        None => Ok(false),
        Some([east, north]) => {
            Err(("bad-coordinates", format!("east {east} m, north {north} m is not a place in Japan")))
        }
    }
}
