//! Which passes run in which order: norms across once, then for each time along and across.
//!
//! The two passes over cells are cut where a device's buffers end; the arrays of pieces are small.

use futago_compute::{Buffer, ComputeError, Engine, Recording};

use crate::passes::across::{ACROSS_NORMS, SPREAD_DENSITY};
use crate::passes::along::{ALONG_NORMS, SMOOTH_ALONG};
use crate::passes::groups;
use crate::passes::kernel::{DensityParams, Near, Piece};
use crate::prepare::density::DensityInput;

/// A density field that is ready for persons.
pub struct DensityField<'i> {
    input: &'i DensityInput,
    pieces: Buffer<Piece>,
    near_starts: Buffer<u32>,
    near: Buffer<Near>,
    across: Buffer<f32>,
}

impl<'i> DensityField<'i> {
    /// Uploads the streets and sums up their weights. None where no piece reaches a cell.
    ///
    /// # Errors
    /// When the device fails, or the streets are too many for it.
    pub async fn new(engine: &Engine, input: &'i DensityInput) -> Result<Option<Self>, ComputeError> {
        if input.pieces.is_empty() {
            return Ok(None);
        }
        let field = Self {
            input,
            pieces: engine.upload("pieces", &input.pieces)?,
            near_starts: engine.upload("near starts", &input.near_starts)?,
            near: engine.upload("near", &input.near)?,
            across: engine.zeroed("across norms", input.pieces.len())?,
        };
        for part in parts(&input.piece_starts, engine.chunk_len(size_of::<u32>())) {
            let (starts, entries) = slice(&input.piece_starts, &input.piece_cells, &part);
            let count = part.len() as u32;
            let params = DensityParams { piece_count: count, first_piece: part.start as u32, ..input.params };
            let params = engine.uniform("density params", &params)?;
            let (starts, cells) =
                (engine.upload("piece starts", &starts)?, engine.upload("piece cells", entries)?);
            let mut recording = Recording::new();
            recording.dispatch(
                &ACROSS_NORMS,
                groups(part.len()),
                &[&params, &field.pieces, &starts, &cells, &field.across],
            );
            engine.run(&recording).await?;
        }
        Ok(Some(field))
    }

    /// Density of every cell of the grid, persons/m2, from the persons on each link.
    ///
    /// # Errors
    /// When the device fails.
    pub async fn density(&self, engine: &Engine, on_links: &[f64]) -> Result<Vec<f32>, ComputeError> {
        let input = self.input;
        let (persons, pilot_m2) = input.persons(on_links);
        let params = DensityParams { pilot_m2, ..input.params };
        let at = engine.uniform("density params", &params)?;
        let persons = engine.upload("persons", &persons)?;
        let (norms, smoothed) = (
            engine.zeroed::<f32>("along norms", input.pieces.len())?,
            engine.zeroed::<f32>("smoothed", input.pieces.len())?,
        );
        let (starts, near, groups_along) = (&self.near_starts, &self.near, groups(input.pieces.len()));
        let mut recording = Recording::new();
        recording
            .dispatch(&ALONG_NORMS, groups_along, &[&at, &self.pieces, starts, near, &persons, &norms])
            .dispatch(
                &SMOOTH_ALONG,
                groups_along,
                &[&at, &self.pieces, starts, near, &persons, &norms, &smoothed],
            );
        engine.run(&recording).await?;
        let mut field = vec![0.0; input.grid.len()];
        for part in parts(&input.cell_starts, engine.chunk_len(size_of::<u32>())) {
            let found = self.spread(engine, &params, &smoothed, &part).await?;
            for (cell, value) in input.cells[part].iter().zip(found) {
                field[*cell as usize] = value;
            }
        }
        Ok(field)
    }

    async fn spread(
        &self,
        engine: &Engine,
        params: &DensityParams,
        smoothed: &Buffer<f32>,
        part: &std::ops::Range<usize>,
    ) -> Result<Vec<f32>, ComputeError> {
        let input = self.input;
        let (starts, entries) = slice(&input.cell_starts, &input.cell_pieces, part);
        let params =
            DensityParams { cell_count: part.len() as u32, first_cell: part.start as u32, ..*params };
        let at = engine.uniform("density params", &params)?;
        let cells = engine.upload("cells", &input.cells[part.clone()])?;
        let (starts, reaching) =
            (engine.upload("cell starts", &starts)?, engine.upload("cell pieces", entries)?);
        let density = engine.zeroed::<f32>("density", part.len())?;
        let mut recording = Recording::new();
        recording.dispatch(
            &SPREAD_DENSITY,
            groups(part.len()),
            &[&at, &self.pieces, &cells, &starts, &reaching, smoothed, &self.across, &density],
        );
        engine.run(&recording).await?;
        engine.read(&density).await
    }
}

/// Runs of owners whose entries fit into one buffer; every run has at least one owner.
fn parts(starts: &[u32], most: usize) -> Vec<std::ops::Range<usize>> {
    let owners = starts.len().saturating_sub(1);
    let (mut parts, mut first) = (Vec::new(), 0);
    while first < owners {
        let room = |end: usize| (starts[end] - starts[first]) as usize <= most && end - first < most;
        let mut end = first + 1;
        while end < owners && room(end + 1) {
            end += 1;
        }
        parts.push(first..end);
        first = end;
    }
    parts
}

/// The entries of a run, with starts that count from its first.
fn slice<'e>(starts: &[u32], entries: &'e [u32], part: &std::ops::Range<usize>) -> (Vec<u32>, &'e [u32]) {
    let base = starts[part.start];
    let own = starts[part.start..=part.end].iter().map(|start| start - base).collect();
    (own, &entries[base as usize..starts[part.end] as usize])
}
