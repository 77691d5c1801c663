//! The built-in city and columns of synthetic points.

use std::path::Path;

use futago_matching::{Points, PointsView};
use futago_model::CityModel;
use futago_pack::Pack;
use futago_synthetic::Block;

/// The built-in city, as far as people on foot need it.
pub fn city() -> CityModel {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../assets/nishi-shinjuku");
    let mut city: Option<CityModel> = None;
    for name in ["buildings.city", "station.city", "footways.city"] {
        let part = Pack::open(&folder.join(name)).expect("the pack is there").city;
        match &mut city {
            None => city = Some(part),
            Some(city) => city.absorb(part).expect("the packs belong together"),
        }
    }
    city.expect("there are packs")
}

/// A block as points.
#[allow(dead_code)]
pub fn view(block: &Block) -> PointsView<'_> {
    PointsView {
        id: &block.id,
        time_s: &block.time_s,
        lon_deg: &block.lon_deg,
        lat_deg: &block.lat_deg,
        accuracy_m: &block.accuracy_m,
        speed_mps: &block.speed_mps,
        course_deg: &block.course_deg,
    }
}

/// Points of a generator, with their true links, until there are enough.
#[allow(dead_code)]
pub fn points(generator: &futago_synthetic::Generator, enough: usize, walking: bool) -> (Points, Vec<u32>) {
    let (mut points, mut truth) = (Points::default(), Vec::new());
    for block in generator.blocks() {
        if walking {
            for track in view(&block).tracks() {
                for at in track.filter(|at| !block.true_stay[*at]) {
                    points.extend(view(&block).part(at..at + 1));
                    truth.push(block.true_link[at]);
                }
            }
        } else {
            points.extend(view(&block));
            truth.extend_from_slice(&block.true_link);
        }
        if truth.len() >= enough {
            break;
        }
    }
    (points, truth)
}
