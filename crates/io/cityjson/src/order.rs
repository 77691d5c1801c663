//! Which comes first, east or north?
//!
//! CityJSON writes a vertex as x, y, z and names a system of EPSG, whose own order for Japan is latitude
//! or north first. It does not say which order holds, and tools differ: those that keep the coordinates
//! of CityGML, or that transform them as EPSG says, write latitude or north first; viewers take x for east.
//! So a file is asked:
//!
//! - Degrees: what is beyond 90 is a longitude. That decides all of Japan.
//! - Plane systems: the outside of a solid, and the upper side of a roof, is the side from which its
//!   corners go round to the left. In a file with north first they go to the right. Solids, roof and
//!   ground surfaces vote.
//! - Where nothing shows it, x is east, and the Report says that this was assumed.

use futago_geodesy::{Axes, Crs};

use crate::document::Document;
use crate::geometry::{Geometry, geometries};
use crate::json;
use crate::layout::{Kind, Layout};
use crate::nested::Nested;
use crate::{AxisOrder, Limits};

/// Objects that are asked for their vote, at most.
const MOST_VOTERS: usize = 256;

/// What the vertices of a file show.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Evidence {
    /// Vertices, or shapes, that say east is first.
    pub east_first: usize,
    /// Those that say north is first.
    pub north_first: usize,
    /// Objects that were asked for the way their faces turn.
    voters: usize,
    /// Vertices, whatever they show.
    vertices: usize,
}

/// How the order was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// The caller said so, or there is nothing to order: no vertex, or a system that is not known or has east
    /// first itself.
    Given,
    Shown,
    Assumed,
}

impl Evidence {
    /// Adds a document with its vertices as positions in the order of the file.
    pub fn add(&mut self, crs: Option<Crs>, document: &Document<'_>, positions: &[[f64; 3]]) {
        self.vertices += positions.len();
        match crs.map(Crs::axes) {
            Some(Axes::LatitudeLongitude) => {
                let beyond = |axis: usize| {
                    positions.iter().filter(|at| (90.0..=180.0).contains(&at[axis].abs())).count()
                };
                self.east_first += beyond(0);
                self.north_first += beyond(1);
            }
            Some(Axes::NorthEast) => self.ask(document, positions),
            _ => {}
        }
    }

    fn ask(&mut self, document: &Document<'_>, positions: &[[f64; 3]]) {
        let objects = document.objects.iter().flatten().filter_map(|entry| entry.object.as_ref());
        for piece in objects.filter_map(|object| object.geometry) {
            if self.voters >= MOST_VOTERS {
                return;
            }
            self.voters += 1;
            for geometry in geometries(piece).into_iter().flatten().flatten() {
                let turn = turn_of(&geometry, positions);
                self.east_first += usize::from(turn > 0.0);
                self.north_first += usize::from(turn < 0.0);
            }
        }
    }

    /// Whether positions must be swapped to stand as their system says.
    pub fn verdict(&self, crs: Option<Crs>, limits: &Limits) -> (bool, Verdict) {
        // Where the system itself has east first, all agree.
        if matches!(crs.map_or(Axes::Unknown, Crs::axes), Axes::Unknown | Axes::EastNorth) {
            return (false, Verdict::Given);
        }
        match limits.axis_order {
            AxisOrder::EastFirst => (true, Verdict::Given),
            AxisOrder::Authority => (false, Verdict::Given),
            AxisOrder::ByContent if self.vertices == 0 => (true, Verdict::Given),
            AxisOrder::ByContent if self.east_first == self.north_first => (true, Verdict::Assumed),
            AxisOrder::ByContent => (self.east_first > self.north_first, Verdict::Shown),
        }
    }
}

/// Above 0 when the shape is turned as x for east has it, below 0 when the other way round.
fn turn_of(geometry: &Geometry<'_>, positions: &[[f64; 3]]) -> f64 {
    let name = geometry.kind.and_then(json::string).unwrap_or_default();
    let Some(kind) = Kind::of(&name).filter(|kind| kind.has_surfaces()) else { return 0.0 };
    let Some(layout) = Layout::of(kind, &geometry.boundaries) else { return 0.0 };
    let first_of = |surface: u32| layout.surfaces[surface as usize].clone().next();
    let outlines = |surfaces: std::ops::Range<u32>| {
        surfaces.filter_map(first_of).map(|ring| outline(geometry, &layout, ring, positions))
    };
    match kind {
        Kind::Solid => {
            let Some(outside) = layout.shells.first().cloned() else { return 0.0 };
            let outlines: Vec<_> = outlines(outside).collect();
            let Some(origin) = outlines.iter().flatten().next().copied() else { return 0.0 };
            outlines.iter().map(|outline| volume_below(outline, origin)).sum()
        }
        Kind::MultiSurface | Kind::CompositeSurface => {
            let values = upward(geometry, kind, &layout);
            let all = outlines(0..layout.surfaces.len() as u32);
            all.zip(values).map(|(outline, upward)| upward * plan_area(&outline)).sum()
        }
        _ => 0.0,
    }
}

/// 1 for a surface that looks up, -1 for one that looks down, 0 for others.
fn upward(geometry: &Geometry<'_>, kind: Kind, layout: &Layout) -> Vec<f64> {
    let none = || vec![0.0; layout.surfaces.len()];
    let Some(members) = geometry.semantics.and_then(json::members) else { return none() };
    let Some(surfaces) = json::member(&members, "surfaces").and_then(json::items) else { return none() };
    let looks = surfaces.iter().map(|surface| {
        let kind = json::members(surface).and_then(|members| json::member(&members, "type"));
        match kind.and_then(json::string).as_deref() {
            Some("RoofSurface") => 1.0,
            Some("GroundSurface") => -1.0,
            _ => 0.0,
        }
    });
    let looks: Vec<f64> = looks.collect();
    let values = json::member(&members, "values").map(Nested::of).unwrap_or_default();
    let (values, _) = layout.values(kind, &values);
    let look = |value: Option<u32>| looks.get(value? as usize).copied();
    values.into_iter().map(|value| look(value).unwrap_or_default()).collect()
}

fn outline(geometry: &Geometry<'_>, layout: &Layout, ring: u32, positions: &[[f64; 3]]) -> Vec<[f64; 3]> {
    let indices = geometry.boundaries.indices(layout.rings[ring as usize].clone());
    indices.filter_map(|index| positions.get(index? as usize).copied()).collect()
}

/// Six times the volume between a face and a point, above 0 when the face looks away from it.
fn volume_below(outline: &[[f64; 3]], origin: [f64; 3]) -> f64 {
    let at = |corner: [f64; 3]| -> [f64; 3] { std::array::from_fn(|axis| corner[axis] - origin[axis]) };
    let Some((first, rest)) = outline.split_first() else { return 0.0 };
    let [a, b, c] = at(*first);
    let triangles = rest.windows(2).map(|pair| {
        let ([d, e, f], [g, h, i]) = (at(pair[0]), at(pair[1]));
        a * (e * i - f * h) + b * (f * g - d * i) + c * (d * h - e * g)
    });
    triangles.sum()
}

/// Twice the area in plan, above 0 when the corners go round to the left.
fn plan_area(outline: &[[f64; 3]]) -> f64 {
    let Some((first, rest)) = outline.split_first() else { return 0.0 };
    let triangles = rest.windows(2).map(|pair| {
        let [dx, dy] = [pair[0][0] - first[0], pair[0][1] - first[1]];
        let [ex, ey] = [pair[1][0] - first[0], pair[1][1] - first[1]];
        dx * ey - dy * ex
    });
    triangles.sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document;

    const CUBE: [[f64; 3]; 8] = [
        [0.0, 0.0, 0.0],
        [1.0, 0.0, 0.0],
        [1.0, 1.0, 0.0],
        [0.0, 1.0, 0.0],
        [0.0, 0.0, 1.0],
        [1.0, 0.0, 1.0],
        [1.0, 1.0, 1.0],
        [0.0, 1.0, 1.0],
    ];
    const SOLID: &str = r#"{"CityObjects":{"a":{"geometry":[{"type":"Solid","boundaries":
        [[[[0,3,2,1]],[[4,5,6,7]],[[0,1,5,4]],[[1,2,6,5]],[[2,3,7,6]],[[3,0,4,7]]]]}]}}}"#;
    const ROOF: &str = r#"{"CityObjects":{"a":{"geometry":[{"type":"MultiSurface","boundaries":
        [[[4,5,6,7]],[[0,1,5,4]]],"semantics":{"surfaces":[{"type":"RoofSurface"}],"values":[0,null]}}]}}}"#;

    fn verdict(epsg: u32, text: &str, positions: &[[f64; 3]], limits: &Limits) -> (bool, Verdict) {
        let (crs, mut evidence) = (Some(Crs { epsg }), Evidence::default());
        evidence.add(crs, &document::read(text, 9).unwrap(), positions);
        evidence.verdict(crs, limits)
    }

    #[test]
    fn a_longitude_of_japan_can_be_no_latitude() {
        let ask = |at| verdict(6697, "{}", &[at], &Limits::default());
        assert_eq!(ask([139.69, 35.69, 0.0]), (true, Verdict::Shown));
        assert_eq!(ask([35.69, 139.69, 0.0]), (false, Verdict::Shown));
        assert_eq!(ask([35.69, 35.69, 0.0]), (true, Verdict::Assumed));
    }

    #[test]
    fn the_way_a_solid_or_a_roof_is_turned_tells_which_axis_is_east() {
        let north_first = CUBE.map(|[x, y, z]| [y, x, z]);
        for text in [SOLID, ROOF] {
            let ask = |positions: &[[f64; 3]]| verdict(6677, text, positions, &Limits::default());
            assert_eq!(ask(&CUBE), (true, Verdict::Shown));
            assert_eq!(ask(&north_first), (false, Verdict::Shown));
        }
        assert_eq!(verdict(6677, "{}", &CUBE, &Limits::default()), (true, Verdict::Assumed));
        assert_eq!(verdict(0, SOLID, &CUBE, &Limits::default()), (false, Verdict::Given));
        assert_eq!(verdict(6691, SOLID, &CUBE, &Limits::default()), (false, Verdict::Given));
    }

    #[test]
    fn who_knows_better_can_say_so() {
        let said = |axis_order| Limits { axis_order, ..Limits::default() };
        assert_eq!(verdict(6677, SOLID, &CUBE, &said(AxisOrder::Authority)), (false, Verdict::Given));
        assert_eq!(
            verdict(6697, "{}", &[[35.0, 139.0, 0.0]], &said(AxisOrder::EastFirst)),
            (true, Verdict::Given)
        );
    }
}
