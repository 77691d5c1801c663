//! How much of the sky each point sees. Twin of `shaders/sunlight/sky_view.wgsl`.
//!
//! For each azimuth the steepest obstacle gives the horizon angle b. A surface with unit normal n gets from
//! that slice of sky the integral of (A cos a + B sin a) cos a over altitudes a from b to the zenith, where A
//! is the part of n along the azimuth and B its upward part; the sum over all azimuths, over pi, is the sky
//! view factor (1 for open level ground, 0.5 for a free wall). Source: the cosine law of diffuse exchange,
//! as in Johnson and Watson (1984).

use futago_compute::{Binding, CpuPass, Pass};
use multiversion::multiversion;
use rayon::prelude::*;

use super::beam::{LANES as POINTS, Packet, packets_of};
use super::march::Walls;
use super::trace_sun::{SurfacePoint, TraceParams};
use crate::prepare::wall_index::WallGrid;

/// For every point its sky view factor.
pub static SKY_VIEW: Pass = Pass {
    name: "sky_view",
    source: &[futago_shaders::sunlight::MARCH, futago_shaders::sunlight::SKY_VIEW],
    workgroup: [64, 1, 1],
    bindings: &[
        Binding::uniform::<WallGrid>("grid"),
        Binding::uniform::<TraceParams>("params"),
        Binding::read::<SurfacePoint>("points"),
        Binding::read::<[f32; 2]>("azimuths"),
        Binding::read::<u32>("cell_blocks"),
        Binding::read::<f32>("blocks"),
        Binding::read::<f32>("pyramid"),
        Binding::read_write::<f32>("sky"),
    ],
    cpu,
};

fn cpu(pass: &CpuPass<'_>) {
    let params = pass.uniform::<TraceParams>(1);
    let (points, azimuths) = (pass.read::<SurfacePoint>(2), pass.read::<[f32; 2]>(3));
    let (cell_blocks, blocks, pyramid) = (pass.read::<u32>(4), pass.read::<f32>(5), pass.read::<f32>(6));
    let mut sky = pass.write::<f32>(7);
    let walls = Walls::new(pass.uniform(0), &cell_blocks, &blocks, &pyramid);
    let (points, azimuths) = (&points[..params.point_count as usize], &azimuths[..params.sun_count as usize]);
    sky_view(&walls, points, azimuths, &mut sky);
}

/// Writes the sky view factor of each point.
pub fn sky_view(walls: &Walls, points: &[SurfacePoint], azimuths: &[[f32; 2]], sky: &mut [f32]) {
    let packets = packets_of(points);
    let seen: Vec<[f32; POINTS]> =
        packets.par_iter().map(|packet| packet_sky_view(walls, points, packet, azimuths)).collect();
    for (packet, seen) in packets.iter().zip(seen) {
        packet.points().iter().zip(seen).for_each(|(at, seen)| sky[*at as usize] = seen);
    }
}

/// The sky view factors of a packet.
#[multiversion(targets("x86_64+avx512f+avx512vl+avx512dq+avx512bw+avx2+fma+bmi2", "x86_64+avx2+fma+bmi2"))]
fn packet_sky_view(
    walls: &Walls,
    points: &[SurfacePoint],
    packet: &Packet,
    azimuths: &[[f32; 2]],
) -> [f32; POINTS] {
    let mut sums = [0.0; POINTS];
    for along in azimuths {
        let mut outward = [0.0; POINTS];
        let mut slopes = [f32::INFINITY; POINTS];
        for (lane, at) in packet.points().iter().enumerate() {
            let normal = &points[*at as usize].normal;
            outward[lane] = normal[0] * along[0] + normal[1] * along[1];
            if outward[lane] > 0.0 || normal[2] > 0.0 {
                slopes[lane] = 0.0;
            }
        }
        packet.raise_horizons(walls, *along, &mut slopes);
        for (lane, at) in packet.points().iter().enumerate() {
            if slopes[lane] < f32::INFINITY {
                sums[lane] += slice_of_sky(outward[lane], points[*at as usize].normal[2], slopes[lane]);
            }
        }
    }
    sums.map(|sum| sum / azimuths.len() as f32)
}

/// Twice the integral of (A cos a + B sin a) cos a from the horizon (given as a slope) to the zenith; where the
/// surface itself stands in the way, from its own plane.
#[inline(always)]
pub fn slice_of_sky(outward: f32, upward: f32, horizon: f32) -> f32 {
    let own_plane = if upward > 1e-6 { -outward / upward } else { 0.0 };
    let slope = horizon.max(own_plane);
    let cos2 = 1.0 / (1.0 + slope * slope);
    let flat = if outward == 0.0 {
        0.0
    } else {
        outward * (std::f32::consts::FRAC_PI_2 - slope.atan() - slope * cos2)
    };
    flat + upward * cos2
}
