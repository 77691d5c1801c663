//! The built-in city and columns of synthetic points.

use std::path::Path;

use futago_matching::Points;
use futago_model::CityModel;
use futago_pack::Pack;

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

/// Whole tracks of a generator, with their true links and the ways along them, until there are enough points.
#[allow(dead_code)]
pub fn points(generator: &futago_synthetic::Generator, enough: usize) -> (Points, Vec<(u32, f32)>) {
    let (mut points, mut truth) = (Points::default(), Vec::new());
    for block in generator.blocks() {
        let mut end = block.points.len();
        if truth.len() + end > enough {
            let tracks = block.points.view().tracks();
            let last = tracks.iter().find(|track| truth.len() + track.end >= enough);
            end = last.map_or(end, |track| track.end);
        }
        points.append(block.points.view().part(0..end));
        let places = block.true_link.iter().copied().zip(block.true_offset_m.iter().copied());
        truth.extend(places.take(end));
        if truth.len() >= enough {
            break;
        }
    }
    (points, truth)
}

/// Processor time of this process, all threads, seconds: on a busy machine it tells more than the clock.
#[allow(dead_code)]
pub fn cpu_s() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let after = stat.rsplit(')').next().unwrap_or_default();
    let fields: Vec<f64> = after.split_whitespace().map(|field| field.parse().unwrap_or(0.0)).collect();
    // User and system time, in ticks of 10 ms.
    fields.get(11).zip(fields.get(12)).map_or(f64::NAN, |(user, system)| (user + system) / 100.0)
}
