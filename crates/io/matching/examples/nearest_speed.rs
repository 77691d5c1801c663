//! Nearest links of random and of synthetic points; with a folder, also what peers need to do the same.
//!
//! `cargo run --release -p futago_matching --example nearest_speed [points] [folder]`; the peers are
//! `tools/peers/matching_speed.py`. The folder gets little-endian f64: `points.f64` (east, north of each, site
//! metres), `segments.f64` (both ends of each), `distances.f64` (of each point), `link_of_segment.f64`.

mod common;

use std::path::Path;
use std::time::Instant;

use futago_geodesy::LocalPlane;
use futago_matching::{Network, Points};

fn main() {
    let wanted: usize = std::env::args().nth(1).and_then(|text| text.parse().ok()).unwrap_or(2_000_000);
    let network = Network::new(&common::city()).expect("a network");
    let [west, south, east, north] = network.segments.bounds_m();
    let plane: &LocalPlane = &network.plane;
    let mut points = Points::default();
    let mut state = 1_u64;
    let mut uniform = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 11) as f64 / (1_u64 << 53) as f64
    };
    for _ in 0..wanted {
        let at_m = [west + (east - west) * uniform(), south + (north - south) * uniform()];
        let [lon_deg, lat_deg] = plane.lon_lat_deg(at_m);
        points.lon_deg.push(lon_deg);
        points.lat_deg.push(lat_deg);
    }
    points.id = vec![1; wanted];
    points.time_s = vec![0; wanted];
    points.accuracy_m = vec![10.0; wanted];
    points.speed_mps = vec![f32::NAN; wanted];
    points.course_deg = vec![f32::NAN; wanted];
    let mut rates = Vec::new();
    let mut found = Vec::new();
    for _ in 0..5 {
        let (start, cpu_s) = (Instant::now(), common::cpu_s());
        found = network.nearest(points.view());
        let by = [start.elapsed().as_secs_f64(), (common::cpu_s() - cpu_s) / 2.0];
        rates.push(by.map(|seconds| wanted as f64 / seconds / 1e6));
    }
    rates.sort_by(|a, b| a[0].total_cmp(&b[0]));
    let far = found.iter().filter(|nearest| nearest.link == futago_matching::Nearest::NONE).count();
    println!(
        "{wanted} random places, {} segments: median {:.2} M/s by the clock, {:.2} M/s by processor time of two cores; \
         {far} too far",
        network.segments.len(),
        rates[2][0],
        rates[2][1],
    );
    if let Some(folder) = std::env::args().nth(2) {
        let segments = &network.segments;
        let ends = (0..segments.len()).flat_map(|at| {
            let (x, y) = (segments.x[at], segments.y[at]);
            [x, y, x + segments.dx[at], y + segments.dy[at]]
        });
        let places = (0..wanted).flat_map(|at| plane.site_m(points.lon_deg[at], points.lat_deg[at]));
        write(&folder, "points.f64", places);
        write(&folder, "segments.f64", ends);
        write(&folder, "distances.f64", found.iter().map(|nearest| f64::from(nearest.distance_m)));
        write(&folder, "link_of_segment.f64", segments.link.iter().map(|link| f64::from(*link)));
    }
}

fn write(folder: &str, name: &str, values: impl Iterator<Item = f64>) {
    let bytes: Vec<u8> = values.flat_map(f64::to_le_bytes).collect();
    std::fs::write(Path::new(folder).join(name), bytes).expect("the folder is there");
}
