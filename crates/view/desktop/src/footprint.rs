//! Footprints of new buildings: from corners on the ground to longitude and latitude, and moved and turned.

use futago_model::CityModel;
use futago_scene::state::ViewState;
use futago_sunlight::prepare::scene::ring_in_site;
use futago_sunlight::scenario::Add;

use crate::settings::Draft;

/// A new building of a draft, with an id that no other new one has.
pub fn new_building(city: &CityModel, state: &ViewState, draft: &Draft) -> Option<Add> {
    let taken = |id: &str| state.what_if.add.iter().any(|add| add.id == id);
    let id = (1..).map(|n| format!("new-{n}")).find(|id| !taken(id))?;
    Some(Add { id, footprint: lonlat(city, &draft.corners_m)?, height_m: draft.height_m })
}

/// The same building elsewhere: moved by metres to the east and north, turned anticlockwise about its middle.
pub fn moved(city: &CityModel, add: &Add, by_m: [f64; 2], turn_deg: f64) -> Option<Add> {
    let ring = ring_in_site(city, &add.footprint).ok()?;
    let count = ring.len().max(1) as f64;
    let middle = ring.iter().fold([0.0; 2], |m, p| [m[0] + p[0] / count, m[1] + p[1] / count]);
    let (sine, cosine) = turn_deg.to_radians().sin_cos();
    let place = |p: &[f64; 2]| {
        let (x, y) = (p[0] - middle[0], p[1] - middle[1]);
        [middle[0] + x * cosine - y * sine + by_m[0], middle[1] + x * sine + y * cosine + by_m[1]]
    };
    let ring: Vec<[f64; 2]> = ring.iter().map(place).collect();
    Some(Add { footprint: lonlat(city, &ring)?, ..add.clone() })
}

fn lonlat(city: &CityModel, ring_m: &[[f64; 2]]) -> Option<Vec<[f64; 2]>> {
    let place = |p: &[f64; 2]| city.about.frame.lonlat_from_site(*p).ok().map(|at| [at.lon_deg, at.lat_deg]);
    ring_m.iter().map(place).collect()
}

#[cfg(test)]
mod tests {
    use futago_testkit::{BoxSpec, box_city};

    use super::*;

    #[test]
    fn a_building_moved_and_turned_back_is_where_it_was() {
        let city = box_city(&[BoxSpec::new("a", [0.0, 0.0, 10.0, 10.0], 5.0)]);
        let ring = [[20.0, 0.0], [60.0, 0.0], [60.0, 30.0], [20.0, 30.0]];
        let add = Add { id: "new-1".to_owned(), footprint: lonlat(&city, &ring).unwrap(), height_m: 30.0 };
        let there = moved(&city, &add, [100.0, -50.0], 90.0).unwrap();
        let corner = ring_in_site(&city, &there.footprint).unwrap()[0];
        assert!((corner[0] - 155.0).abs() < 0.01 && (corner[1] + 55.0).abs() < 0.01, "{corner:?}");
        let back = moved(&city, &there, [-100.0, 50.0], -90.0).unwrap();
        for (a, b) in ring_in_site(&city, &back.footprint).unwrap().iter().zip(ring) {
            assert!((a[0] - b[0]).abs() < 0.01 && (a[1] - b[1]).abs() < 0.01, "{a:?} {b:?}");
        }
    }
}
