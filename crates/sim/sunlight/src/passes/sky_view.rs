//! How much of the sky each point sees. Twin of `shaders/sunlight/sky_view.wgsl`.
//!
//! For each azimuth the steepest obstacle gives the horizon angle b. A surface with unit normal n gets from
//! that slice of sky the integral of (A cos a + B sin a) cos a over altitudes a from b to the zenith, where A
//! is the part of n along the azimuth and B its upward part; the sum over all azimuths, over pi, is the sky
//! view factor (1 for open level ground, 0.5 for a free wall). Source: the cosine law of diffuse exchange,
//! as in Johnson and Watson (1984).
//!
//! A slab, with air below, hides a stretch of the slice from the slope of the far end of its underside to that of
//! the near end of its top. Stretches of all slabs over the horizon are joined ([`Stretches`]) and taken off.

use futago_compute::{Binding, CpuPass, Pass};
use multiversion::multiversion;
use rayon::prelude::*;

use super::beam::{LANES as POINTS, Packet, packets_of};
use super::march::{Ray, Walls, march_slabs, over_slab};
use super::trace_sun::{SurfacePoint, TraceParams};
use crate::prepare::wall_index::{SLAB_LEN, WallGrid};

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
                if walls.has_slabs() {
                    let point = &points[*at as usize];
                    sums[lane] -= behind_slabs(walls, point, *along, outward[lane], slopes[lane]);
                }
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

/// Stretches of a slice of the sky that are kept apart at most; the ones nearest to each other are joined then.
pub const MOST_STRETCHES: usize = 8;
/// Stands for the slope of the zenith.
const STEEP: f32 = 1.0e6;

/// Stretches of a slice of the sky, by slope, that do not touch.
#[derive(Debug, Clone, Copy)]
pub struct Stretches {
    ends: [[f32; 2]; MOST_STRETCHES],
    count: usize,
}

impl Stretches {
    /// None yet.
    pub const NONE: Self = Self { ends: [[0.0; 2]; MOST_STRETCHES], count: 0 };

    /// Adds a stretch, joined with those that it touches.
    pub fn add(&mut self, mut low: f32, mut high: f32) {
        let mut i = 0;
        while i < self.count {
            let [from, to] = self.ends[i];
            if low <= to && high >= from {
                low = low.min(from);
                high = high.max(to);
                self.count -= 1;
                self.ends[i] = self.ends[self.count];
            } else {
                i += 1;
            }
        }
        if self.count == MOST_STRETCHES {
            self.join_nearest(low, high);
        } else {
            self.ends[self.count] = [low, high];
            self.count += 1;
        }
    }

    /// Without room for another: the one with the smallest gap takes it in.
    fn join_nearest(&mut self, low: f32, high: f32) {
        let (mut nearest, mut least) = (0, STEEP * 2.0);
        for i in 0..self.count {
            let gap = (self.ends[i][0] - high).max(low - self.ends[i][1]);
            if gap < least {
                (nearest, least) = (i, gap);
            }
        }
        let [from, to] = self.ends[nearest];
        self.ends[nearest] = [from.min(low), to.max(high)];
    }

    /// The stretches.
    pub fn all(&self) -> &[[f32; 2]] {
        &self.ends[..self.count]
    }
}

/// What slabs hide of a slice of the sky over a horizon.
fn behind_slabs(walls: &Walls<'_>, point: &SurfacePoint, along: [f32; 2], outward: f32, horizon: f32) -> f32 {
    let mut stretches = Stretches::NONE;
    let from = [point.at[0], point.at[1], point.at[2]];
    march_slabs(walls, Ray { from, along, slope: horizon }, |cell, ray| {
        for slab in walls.slabs_of(cell) {
            if let Some([low, high]) = hidden_by(slab, ray) {
                stretches.add(low, high);
            }
        }
        ray.slope
    });
    let seen = |slope: f32| slice_of_sky(outward, point.normal[2], slope.max(horizon));
    stretches.all().iter().map(|[low, high]| seen(*low) - seen(*high)).sum()
}

/// The slopes under which a slab is seen, if any is over the ray's own.
#[inline(always)]
fn hidden_by(slab: &[f32; SLAB_LEN], ray: Ray) -> Option<[f32; 2]> {
    let [near, far] = over_slab(slab, ray)?;
    let (under, over) = (slab[6] - ray.from[2], slab[7] - ray.from[2]);
    let high = if over >= STEEP * near { STEEP } else { over / near };
    // From over its underside one sees it below the horizon, too.
    let low = if under > 0.0 { under / far } else { 0.0 };
    (high > ray.slope && over > 0.0).then_some([low, high])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stretches_that_touch_are_one() {
        let mut some = Stretches::NONE;
        [[1.0, 2.0], [4.0, 5.0], [7.0, 8.0], [1.5, 4.0]].into_iter().for_each(|[a, b]| some.add(a, b));
        let mut ends = some.all().to_vec();
        ends.sort_by(|a, b| a[0].total_cmp(&b[0]));
        assert_eq!(ends, [[1.0, 5.0], [7.0, 8.0]]);
        for i in 0..20 {
            some.add(10.0 + i as f32, 10.5 + i as f32);
        }
        assert_eq!(some.all().len(), MOST_STRETCHES);
    }
}
