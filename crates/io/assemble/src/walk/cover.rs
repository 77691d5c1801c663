//! Lines that are there twice: a street with footways beside it, an OSM way along the station's own links.

use futago_model::{FloorKind, Floors, PolygonId, WalkLinkId, WalkNetwork};
use rayon::prelude::*;
use rstar::{
    AABB, RTree,
    primitives::{GeomWithData, Rectangle},
};

use crate::project::Mm;

use super::WalkRules;
use super::geometry::{Near, samples};
use super::ways::{Way, WayLine};
use super::web::{Web, WebLink};

/// Samples along a link, metres apart.
const STEP_M: f64 = 2.0;

/// Leaves out streets that have footways beside them for most of their length. Gives the number left out.
pub(crate) fn drop_streets_with_footways(web: &mut Web, ways: &[WayLine], rules: &WalkRules) -> usize {
    let way_of = |link: &WebLink| link.way.map(|way| &ways[way as usize]);
    let footways = web.near(|link| way_of(link).is_some_and(|way| !way.is_street()));
    let covered = |link: &WebLink| {
        let within_m = match way_of(link).map(|way| way.way) {
            Some(Way::Street { main: true }) => rules.beside_main_m,
            Some(Way::Street { main: false }) => rules.beside_local_m,
            _ => return false,
        };
        let beside = |at: &Mm| {
            footways
                .nearest(*at, within_m, |segment| web.links[segment.line as usize].level == link.level)
                .is_some()
        };
        mostly(&samples(&link.line, STEP_M), rules.covered_share, beside)
    };
    let dropped: Vec<bool> = web.links.par_iter().map(|link| link.live && covered(link)).collect();
    drop_all(web, &dropped)
}

/// What the station's network and floors cover, level by level.
pub(crate) struct Station<'a> {
    pub network: &'a WalkNetwork,
    /// Links on one level, by place.
    pub near: Near,
    floors: &'a Floors,
    outlines: RTree<GeomWithData<Rectangle<[f64; 2]>, u32>>,
}

impl<'a> Station<'a> {
    pub fn new(network: &'a WalkNetwork, floors: &'a Floors) -> Self {
        let flat = |link: u32| Self::level_of(network, link).is_some();
        let lines = (0..network.links.len() as u32).filter(|link| flat(*link));
        let near = Near::new(lines.map(|link| (link, network.line_mm(WalkLinkId(link)))));
        let parts = floors.parts.iter().enumerate().filter(|(_, part)| part.kind == FloorKind::Floor as u32);
        let boxes = parts.map(|(index, part)| {
            let [west, south, east, north] = floors.polygons.get(part.polygon).bounds_m();
            GeomWithData::new(Rectangle::from_corners([west, south], [east, north]), index as u32)
        });
        let outlines = RTree::bulk_load(boxes.collect());
        Self { network, near, floors, outlines }
    }

    /// The level of a link, when both its ends are on it.
    pub fn level_of(network: &WalkNetwork, link: u32) -> Option<f32> {
        let link = network.link(WalkLinkId(link));
        let level = network.node(link.from).level;
        (level == network.node(link.to).level).then_some(level)
    }

    fn covers(&self, at: Mm, level: f32, within_m: f64) -> bool {
        let on_level = |link: u32| Self::level_of(self.network, link) == Some(level);
        self.near.nearest(at, within_m, |segment| on_level(segment.line)).is_some()
            || level < 0.0 && self.has_floor(at, level)
    }

    fn has_floor(&self, at: Mm, level: f32) -> bool {
        let point = at.map(futago_model::metres_from_mm);
        self.outlines.locate_in_envelope_intersecting(&AABB::from_point(point)).any(|found| {
            let part = &self.floors.parts[found.data as usize];
            let polygon: PolygonId = part.polygon;
            part.level == level && self.floors.polygons.get(polygon).contains_m(point)
        })
    }
}

/// Leaves out links that run along the station's own. Gives their number.
pub(crate) fn drop_covered_by_station(web: &mut Web, station: &Station<'_>, rules: &WalkRules) -> usize {
    let covered = |link: &WebLink| {
        let on_one_level = web.is_flat(link);
        on_one_level
            && mostly(&samples(&link.line, STEP_M), rules.covered_share, |at| {
                station.covers(*at, link.level, rules.covered_m)
            })
    };
    let dropped: Vec<bool> = web.links.par_iter().map(|link| link.live && covered(link)).collect();
    drop_all(web, &dropped)
}

fn mostly(points: &[Mm], share: f64, holds: impl Fn(&Mm) -> bool) -> bool {
    let count = points.iter().filter(|at| holds(at)).count();
    !points.is_empty() && count as f64 >= share * points.len() as f64
}

fn drop_all(web: &mut Web, dropped: &[bool]) -> usize {
    for (link, dropped) in web.links.iter_mut().zip(dropped) {
        link.live &= !dropped;
    }
    dropped.iter().filter(|dropped| **dropped).count()
}
