//! A level grid under many suns: sweep shadows into bit maps, count them, chunk by chunk.

use futago_compute::{Buffer, ComputeError, Engine, Recording};
use futago_field::Grid;
use rayon::prelude::*;

use crate::passes::count_votes::COUNT_VOTES;
use crate::passes::sweep_shadow::{SWEEP_SHADOW, SweepParams, SweepSolid, SweepWall};
use crate::prepare::scene::Scene;
use crate::prepare::sun_list::WeighedSun;
use crate::prepare::sweep_input::{Side, SweepInput, tall_walls};

/// Bytes of bit maps a chunk: half of what every WebGPU device binds.
const MAP_BYTES: usize = 64 << 20;
/// Groups along one dimension that every device allows.
const MOST_GROUPS: u32 = 65_535;

/// A grid, its obstacles and the suns of a period.
#[derive(Debug, Clone)]
pub struct GroundSweep {
    /// The grid.
    pub grid: Grid,
    parts: Vec<Part>,
    with_energy: bool,
}

/// The suns whose shadows fall to one side.
#[derive(Debug, Clone)]
struct Part {
    input: SweepInput,
    suns: Vec<WeighedSun>,
}

/// What the grid's cells miss: sums over the suns that do not reach them, in the grid's order.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Missed {
    /// Votes.
    pub votes: Vec<u32>,
    /// Direct irradiation on a level surface, hundredths of a Wh/m2; empty when not asked for.
    pub energy: Vec<u32>,
}

/// Buffers of the part that is being worked on.
pub struct PartBuffers {
    solids: Buffer<SweepSolid>,
    walls: Buffer<SweepWall>,
    bits: Buffer<u32>,
    votes: Buffer<u32>,
    energy: Option<Buffer<u32>>,
}

impl GroundSweep {
    /// Prepares a grid for a list of suns.
    pub fn build(grid: Grid, scene: &Scene, suns: &[WeighedSun], with_energy: bool) -> Self {
        let all: Vec<_> = suns.iter().map(|s| s.sun).collect();
        let tops = tall_walls(&grid, scene, &all);
        let part = |side: &Side| {
            let mine: Vec<WeighedSun> =
                suns.iter().copied().filter(|s| Side::for_sun(s.sun) == *side).collect();
            let bare: Vec<_> = mine.iter().map(|s| s.sun).collect();
            (!mine.is_empty()).then(|| Part {
                input: SweepInput::build_among(&tops, &grid, scene, &bare, *side),
                suns: mine,
            })
        };
        Self { grid, parts: Side::ALL.par_iter().filter_map(part).collect(), with_energy }
    }

    /// The chunks of the work: (part, first sun, last sun exclusive).
    pub fn chunks(&self) -> Vec<(usize, usize, usize)> {
        let mut chunks = Vec::new();
        for (number, part) in self.parts.iter().enumerate() {
            let step = part.suns_a_chunk();
            for first in (0..part.suns.len()).step_by(step) {
                chunks.push((number, first, (first + step).min(part.suns.len())));
            }
        }
        chunks
    }

    /// Does one chunk. The last chunk of a part adds that part to `missed`.
    ///
    /// # Errors
    /// When the device fails or the grid is too large for it.
    pub async fn run_chunk(
        &self,
        engine: &Engine,
        (number, first, last): (usize, usize, usize),
        buffers: &mut Option<PartBuffers>,
        missed: &mut Missed,
    ) -> Result<(), ComputeError> {
        let part = &self.parts[number];
        if first == 0 || buffers.is_none() {
            *buffers = Some(part.upload(engine, self.with_energy)?);
        }
        let Some(at) = buffers.as_ref() else { return Ok(()) };
        let suns = &part.suns[first..last];
        let shifts: Vec<[f32; 2]> = suns.iter().map(|s| part.input.shift(s.sun)).collect();
        let votes: Vec<u32> = suns.iter().map(|s| s.votes).collect();
        let params = SweepParams { sun_count: suns.len() as u32, ..part.input.params };
        let (params_at, shifts_at) =
            (engine.uniform("sweep params", &params)?, engine.upload("shifts", &shifts)?);
        let votes_weights = engine.upload("vote weights", &votes)?;
        let mut recording = Recording::new();
        recording.clear(&at.bits);
        let columns = params.solid_count.min(MOST_GROUPS);
        let groups = [columns, params.sun_count, params.solid_count.div_ceil(columns)];
        recording.dispatch(&SWEEP_SHADOW, groups, &[&params_at, &at.solids, &at.walls, &shifts_at, &at.bits]);
        let counting = count_groups(&params);
        recording.dispatch(&COUNT_VOTES, counting, &[&params_at, &at.bits, &votes_weights, &at.votes]);
        if let Some(energy) = &at.energy {
            let weights: Vec<u32> = suns.iter().map(level_energy).collect();
            let weights = engine.upload("energy weights", &weights)?;
            recording.dispatch(&COUNT_VOTES, counting, &[&params_at, &at.bits, &weights, energy]);
        }
        engine.run(&recording).await?;
        if last == part.suns.len() {
            self.add(part, &engine.read(&at.votes).await?, &mut missed.votes);
            if let Some(energy) = &at.energy {
                self.add(part, &engine.read(energy).await?, &mut missed.energy);
            }
            *buffers = None;
        }
        Ok(())
    }

    /// All chunks one after the other.
    ///
    /// # Errors
    /// As [`GroundSweep::run_chunk`].
    pub async fn run(&self, engine: &Engine) -> Result<Missed, ComputeError> {
        let (mut missed, mut buffers) = (self.nothing_missed(), None);
        for chunk in self.chunks() {
            self.run_chunk(engine, chunk, &mut buffers, &mut missed).await?;
        }
        Ok(missed)
    }

    /// A fresh sum.
    pub fn nothing_missed(&self) -> Missed {
        let energy = if self.with_energy { vec![0; self.grid.len()] } else { Vec::new() };
        Missed { votes: vec![0; self.grid.len()], energy }
    }

    /// What a cell in no shadow gets, hundredths of a Wh/m2.
    pub fn full_energy(&self) -> u64 {
        self.parts.iter().flat_map(|h| &h.suns).map(|s| u64::from(level_energy(s))).sum()
    }

    fn add(&self, part: &Part, counts: &[u32], sums: &mut [u32]) {
        let columns = self.grid.columns;
        for (row, line) in sums.chunks_exact_mut(columns as usize).enumerate() {
            for (column, sum) in line.iter_mut().enumerate() {
                *sum += counts[part.input.count_index(column as u32, row as u32)];
            }
        }
    }
}

impl Part {
    fn map_len(&self) -> usize {
        self.input.params.lines as usize * self.input.params.words as usize
    }

    fn suns_a_chunk(&self) -> usize {
        let most = (MAP_BYTES / (self.map_len() * 4)).max(1);
        most.min(self.suns.len())
    }

    fn upload(&self, engine: &Engine, with_energy: bool) -> Result<PartBuffers, ComputeError> {
        let counts = self.map_len() * 32;
        Ok(PartBuffers {
            solids: engine.upload("solids", &self.input.solids)?,
            walls: engine.upload("walls", &self.input.walls)?,
            bits: engine.zeroed("shadow bits", self.map_len() * self.suns_a_chunk())?,
            votes: engine.zeroed("votes", counts)?,
            energy: with_energy.then(|| engine.zeroed("energy", counts)).transpose()?,
        })
    }
}

/// Irradiation of a level surface by one sun, hundredths of a Wh/m2.
fn level_energy(sun: &WeighedSun) -> u32 {
    (sun.direct_wh_m2 * sun.sun.altitude_rad.sin() * 100.0).round() as u32
}

fn count_groups(params: &SweepParams) -> [u32; 3] {
    let groups = (params.lines * params.words).div_ceil(COUNT_VOTES.workgroup[0]);
    let columns = groups.clamp(1, MOST_GROUPS);
    [columns, groups.div_ceil(columns), 1]
}
