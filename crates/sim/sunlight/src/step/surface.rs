//! Points on surfaces: rays to the suns, and the sky around.

use futago_compute::{Buffer, ComputeError, Engine, Recording};

use crate::passes::sky_view::SKY_VIEW;
use crate::passes::trace_sun::{SurfacePoint, TRACE_SUN, TraceParams, TracedSun};
use crate::prepare::sun_list::WeighedSun;
use crate::prepare::wall_index::{WallGrid, WallIndex};

/// Rays a step at most: a fraction of a second on a slow machine, so that cancelling is prompt.
const RAYS_A_STEP: usize = 24_000_000;
/// Points a step at most: 64 MiB of points and as much of results stay far under what every device binds.
const POINTS_A_STEP: usize = 1 << 20;

/// An index on the device.
pub struct IndexBuffers {
    grid: Buffer<WallGrid>,
    cell_blocks: Buffer<u32>,
    blocks: Buffer<f32>,
    pyramid: Buffer<f32>,
}

impl IndexBuffers {
    /// Brings an index to the device.
    ///
    /// # Errors
    /// When it is too large for the device.
    pub fn upload(engine: &Engine, index: &WallIndex) -> Result<Self, ComputeError> {
        Ok(Self {
            grid: engine.uniform("wall grid", &index.grid)?,
            cell_blocks: engine.upload("cell blocks", &index.cell_blocks)?,
            blocks: engine.upload("wall blocks", &index.blocks)?,
            pyramid: engine.upload("tops", &index.pyramid)?,
        })
    }

    /// Votes and energy of the suns that each point sees.
    ///
    /// # Errors
    /// When the device fails.
    pub async fn trace(
        &self,
        engine: &Engine,
        points: &[SurfacePoint],
        suns: &[TracedSun],
    ) -> Result<Vec<[u32; 2]>, ComputeError> {
        if points.is_empty() || suns.is_empty() {
            return Ok(vec![[0; 2]; points.len()]);
        }
        let params = sizes(points.len(), suns.len());
        let params = engine.uniform("trace params", &params)?;
        let points_at = engine.upload("points", points)?;
        let suns = engine.upload("suns", suns)?;
        let seen = engine.zeroed::<[u32; 2]>("seen", points.len())?;
        let mut recording = Recording::new();
        recording.dispatch(
            &TRACE_SUN,
            [TRACE_SUN.groups_along(0, points.len() as u32), 1, 1],
            &[&self.grid, &params, &points_at, &suns, &self.cell_blocks, &self.blocks, &self.pyramid, &seen],
        );
        engine.run(&recording).await?;
        engine.read(&seen).await
    }

    /// Sky view factor of each point.
    ///
    /// # Errors
    /// When the device fails.
    pub async fn sky(
        &self,
        engine: &Engine,
        points: &[SurfacePoint],
        azimuths: &[[f32; 2]],
    ) -> Result<Vec<f32>, ComputeError> {
        if points.is_empty() {
            return Ok(Vec::new());
        }
        let params = engine.uniform("sky params", &sizes(points.len(), azimuths.len()))?;
        let points_at = engine.upload("points", points)?;
        let azimuths = engine.upload("azimuths", azimuths)?;
        let sky = engine.zeroed::<f32>("sky", points.len())?;
        let mut recording = Recording::new();
        recording.dispatch(
            &SKY_VIEW,
            [SKY_VIEW.groups_along(0, points.len() as u32), 1, 1],
            &[
                &self.grid,
                &params,
                &points_at,
                &azimuths,
                &self.cell_blocks,
                &self.blocks,
                &self.pyramid,
                &sky,
            ],
        );
        engine.run(&recording).await?;
        engine.read(&sky).await
    }
}

/// Ranges of points, one a step, for so many rays a point.
pub fn chunks(points: usize, rays_a_point: usize) -> impl Iterator<Item = std::ops::Range<usize>> {
    let step = (RAYS_A_STEP / rays_a_point.max(1)).clamp(1024, POINTS_A_STEP);
    (0..points).step_by(step).map(move |first| first..(first + step).min(points))
}

/// Azimuths evenly round, off the axes of the grid.
pub fn azimuths(count: u32) -> Vec<[f32; 2]> {
    let turn = |k: u32| (f64::from(k) + 0.5) / f64::from(count) * std::f64::consts::TAU;
    (0..count).map(turn).map(|a| [a.sin() as f32, a.cos() as f32]).collect()
}

/// Suns as the kernel wants them.
pub fn traced_suns(suns: &[WeighedSun]) -> Vec<TracedSun> {
    suns.iter()
        .map(|sun| {
            let [x, y, z] = sun.sun.toward();
            let flat = x.hypot(y);
            TracedSun {
                along: [(x / flat) as f32, (y / flat) as f32],
                slope: (z / flat) as f32,
                votes: sun.votes,
                toward: [x as f32, y as f32, z as f32],
                energy: (sun.direct_wh_m2 * 100.0) as f32,
            }
        })
        .collect()
}

fn sizes(points: usize, suns: usize) -> TraceParams {
    TraceParams { point_count: points as u32, sun_count: suns as u32, reserved: [0; 2] }
}
