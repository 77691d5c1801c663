//! How long each point sees the sun: one ray a point and sun. Twin of `shaders/sunlight/trace_sun.wgsl`.

use futago_compute::{Binding, CpuPass, Pass, gpu_struct};
use multiversion::multiversion;
use rayon::prelude::*;

use super::march::{Ray, Walls, blocks_hit, march, march_cells, slabs_hit};
use crate::prepare::wall_index::WallGrid;

gpu_struct! {
    /// Sizes of one run.
    pub struct TraceParams {
        /// Points.
        pub point_count: u32,
        /// Suns, or directions.
        pub sun_count: u32,
        /// Keeps the size a multiple of 16 bytes.
        pub reserved: [u32; 2],
    }
}

gpu_struct! {
    /// A point on a surface.
    pub struct SurfacePoint {
        /// East, north, height above the ground, metres; 0.
        pub at: [f32; 4],
        /// Outward unit normal; 0.
        pub normal: [f32; 4],
    }
}

gpu_struct! {
    /// A sun with what it is worth.
    pub struct TracedSun {
        /// Unit vector toward the sun in the plan: east, north.
        pub along: [f32; 2],
        /// Tangent of its altitude.
        pub slope: f32,
        /// Votes that a lit point gets.
        pub votes: u32,
        /// Unit vector toward the sun: east, north, up.
        pub toward: [f32; 3],
        /// Energy on a surface that faces the sun, in hundredths of a Wh/m2.
        pub energy: f32,
    }
}

/// For every point the sum of votes and of energy of the suns it sees.
pub static TRACE_SUN: Pass = Pass {
    name: "trace_sun",
    source: &[futago_shaders::sunlight::MARCH, futago_shaders::sunlight::TRACE_SUN],
    workgroup: [64, 1, 1],
    bindings: &[
        Binding::uniform::<WallGrid>("grid"),
        Binding::uniform::<TraceParams>("params"),
        Binding::read::<SurfacePoint>("points"),
        Binding::read::<TracedSun>("suns"),
        Binding::read::<u32>("cell_blocks"),
        Binding::read::<f32>("blocks"),
        Binding::read::<f32>("pyramid"),
        Binding::read_write::<[u32; 2]>("seen"),
    ],
    cpu,
};

/// Points a task takes.
const CHUNK: usize = 256;

fn cpu(pass: &CpuPass<'_>) {
    let params = pass.uniform::<TraceParams>(1);
    let (points, suns) = (pass.read::<SurfacePoint>(2), pass.read::<TracedSun>(3));
    let (cell_blocks, blocks, pyramid) = (pass.read::<u32>(4), pass.read::<f32>(5), pass.read::<f32>(6));
    let mut seen = pass.write::<[u32; 2]>(7);
    let walls = Walls::new(pass.uniform(0), &cell_blocks, &blocks, &pyramid);
    let (points, suns) = (&points[..params.point_count as usize], &suns[..params.sun_count as usize]);
    seen[..points.len()]
        .par_chunks_mut(CHUNK)
        .zip(points.par_chunks(CHUNK))
        .for_each(|(seen, points)| trace_sun(&walls, points, suns, seen));
}

/// Adds to `seen` (votes, energy) what each point gets from the suns it sees.
#[multiversion(targets("x86_64+avx2+fma+bmi2"))]
pub fn trace_sun(walls: &Walls, points: &[SurfacePoint], suns: &[TracedSun], seen: &mut [[u32; 2]]) {
    for (point, seen) in points.iter().zip(seen) {
        for sun in suns {
            let facing = sun.toward[0] * point.normal[0]
                + sun.toward[1] * point.normal[1]
                + sun.toward[2] * point.normal[2];
            if facing > 0.0 && sees(walls, point, sun) {
                seen[0] += sun.votes;
                seen[1] += (sun.energy * facing + 0.5).floor() as u32;
            }
        }
    }
}

/// Whether nothing stands between a point and a sun.
#[inline(always)]
fn sees(walls: &Walls<'_>, point: &SurfacePoint, sun: &TracedSun) -> bool {
    let from = [point.at[0], point.at[1], point.at[2]];
    let ray = Ray { from, along: sun.along, slope: sun.slope };
    let end = if walls.has_slabs() {
        march_cells(walls, ray, |cell, ray| {
            let hit = blocks_hit(walls.blocks_of(cell), ray) || slabs_hit(walls.slabs_of(cell), ray);
            if hit { f32::INFINITY } else { ray.slope }
        })
    } else {
        march(walls, ray, |blocks, ray| if blocks_hit(blocks, ray) { f32::INFINITY } else { ray.slope })
    };
    end < f32::INFINITY
}
