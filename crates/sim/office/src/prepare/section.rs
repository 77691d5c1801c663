//! How much of the plan a building covers at a height: the union of the solids that are cut there.
//!
//! Roof pieces of one building may lie over each other in the plan (16 % of the area of the metropolitan government
//! building No. 1), so areas cannot be added up. `i_overlay` unites them on the millimetre grid, exactly and the same
//! on every machine.

use futago_model::{Building, Buildings};
use i_overlay::core::fill_rule::FillRule;
use i_overlay::core::overlay::{ContourDirection, IntOverlayOptions, Overlay};
use i_overlay::core::overlay_rule::OverlayRule;
use i_overlay::i_float::int::point::IntPoint;

const OPTIONS: IntOverlayOptions<u64> = IntOverlayOptions {
    preserve_input_collinear: false,
    output_direction: ContourDirection::CounterClockwise,
    preserve_output_collinear: false,
    min_output_area: 0,
    ogc: true,
};

type Contour = Vec<IntPoint<i32>>;

/// Sections of one building. Storeys between the same roofs have the same one, which is united once.
pub struct Sections<'c> {
    buildings: &'c Buildings,
    building: &'c Building,
    last: Option<(Vec<u32>, f64)>,
}

impl<'c> Sections<'c> {
    /// The sections of a building.
    pub fn of(buildings: &'c Buildings, building: &'c Building) -> Self {
        Self { buildings, building, last: None }
    }

    /// Area that it covers so high above the ground (metres), square metres.
    pub fn area_m2(&mut self, height_m: f64) -> f64 {
        let solids = self.buildings.solids_of(self.building).iter();
        let is_cut =
            |s: &&futago_model::Solid| f64::from(s.bottom_m) <= height_m && height_m < f64::from(s.top_m);
        let cut: Vec<u32> = solids.filter(is_cut).map(|solid| solid.polygon.0).collect();
        match &self.last {
            Some((known, area_m2)) if *known == cut => *area_m2,
            _ => {
                let area_m2 = self.united_m2(&cut);
                self.last = Some((cut, area_m2));
                area_m2
            }
        }
    }

    fn united_m2(&self, polygons: &[u32]) -> f64 {
        let polygon = |id: &u32| self.buildings.polygons.get(futago_model::PolygonId(*id));
        if let [only] = polygons {
            return polygon(only).area_m2();
        }
        let contour =
            |ring: &[[i32; 2]]| ring.iter().map(|[x, y]| IntPoint::new(*x, *y)).collect::<Contour>();
        let rings: Vec<Contour> =
            polygons.iter().flat_map(|id| polygon(id).rings_mm().map(contour)).collect();
        let nothing: Vec<Contour> = Vec::new();
        let mut overlay = Overlay::from_subj_and_clip_custom(&rings, &nothing, OPTIONS, Default::default());
        let shapes = overlay.overlay(OverlayRule::Subject, FillRule::NonZero);
        shapes.iter().map(|shape| shape_m2(shape)).sum()
    }
}

/// The outline less its holes, whichever way they run.
fn shape_m2(shape: &[Contour]) -> f64 {
    let area = |(index, ring): (usize, &Contour)| {
        let m2 = ring_m2(ring).abs();
        if index == 0 { m2 } else { -m2 }
    };
    shape.iter().enumerate().map(area).sum()
}

fn ring_m2(ring: &[IntPoint<i32>]) -> f64 {
    let doubled_mm2: i128 = (0..ring.len())
        .map(|i| {
            let (a, b) = (ring[i], ring[(i + 1) % ring.len()]);
            i128::from(a.x) * i128::from(b.y) - i128::from(b.x) * i128::from(a.y)
        })
        .sum();
    doubled_mm2 as f64 / 2e6
}

#[cfg(test)]
mod tests {
    use super::*;
    use futago_testkit::{BoxSpec, box_city};

    #[test]
    fn what_lies_over_each_other_counts_once() {
        let city = box_city(&[
            BoxSpec::new("a", [0.0, 0.0, 20.0, 10.0], 12.0),
            BoxSpec::new("a", [10.0, 0.0, 30.0, 10.0], 30.0),
            BoxSpec::new("a", [50.0, 0.0, 60.0, 10.0], 30.0).from_height(5.0),
        ]);
        let mut sections = Sections::of(&city.buildings, &city.buildings.records[0]);
        let found = [1.0, 6.0, 12.0, 29.9, 30.0].map(|height| sections.area_m2(height));
        assert_eq!(found, [300.0, 400.0, 300.0, 300.0, 0.0]);
    }
}
