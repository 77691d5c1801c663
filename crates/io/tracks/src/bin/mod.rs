//! Points to bins: how many points and how many different ids are in each cell in each step of time.
//!
//! Counts are exact, and the same on any number of threads. Threads locate their points ([`Grid`]) and put
//! records of 16 bytes into partitions of neighbouring cells ([`crate::Shuffle`], in memory or, beyond a budget,
//! on the disk); then each partition is counted by itself, in the cache. Ids are 64-bit hashes and are told
//! apart by all their bits.
//!
//! A step is a stretch of whole seconds from midnight of a zone on: 3600 for hours, 900 for quarters.

mod count;
mod grid;
mod series;

use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};

use rayon::prelude::*;

use crate::{Points, Shuffle, Sink, TracksError, Zone};
use count::{Counter, Record};
pub use grid::{Grid, OUTSIDE};
pub use series::MOST_ERROR_M;

/// Partitions: enough that one fits in the cache, few enough that writing to all of them does.
const MOST_PARTS: u32 = 1024;

/// Memory of records before they go to the disk, where nobody says otherwise.
const MEMORY_BYTES: u64 = 512 << 20;

/// Steps of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Steps {
    /// Length of a step, seconds.
    pub seconds: u32,
    /// Where days begin.
    pub zone: Zone,
}

impl Steps {
    /// Hours of Japan.
    pub const HOURS: Self = Self { seconds: 3600, zone: Zone::JST };
    /// Quarters of hours of Japan.
    pub const QUARTERS: Self = Self { seconds: 900, zone: Zone::JST };

    /// When a step begins, seconds since 1970 UTC.
    pub fn begin_s(&self, step: i32) -> i64 {
        i64::from(step) * i64::from(self.seconds) - i64::from(self.zone.offset_s)
    }

    /// The step of each instant, the usual lengths by constants.
    fn locate(&self, time_s: &[i64], steps: &mut Vec<i32>) {
        let offset_s = i64::from(self.zone.offset_s);
        steps.clear();
        match self.seconds {
            3600 => steps.extend(time_s.iter().map(|time| (time + offset_s).div_euclid(3600) as i32)),
            900 => steps.extend(time_s.iter().map(|time| (time + offset_s).div_euclid(900) as i32)),
            other => {
                steps.extend(time_s.iter().map(|time| (time + offset_s).div_euclid(i64::from(other)) as i32));
            }
        }
    }
}

/// Bins that have points, sorted by cell and then step; the same index of each array is one bin.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Bins {
    /// Cells of the grid.
    pub cell: Vec<u32>,
    /// Steps since 1970 in their zone ([`Steps::begin_s`]).
    pub step: Vec<i32>,
    /// Points; a count beyond `u32` stays at its largest.
    pub points: Vec<u32>,
    /// Different ids.
    pub ids: Vec<u32>,
}

impl Bins {
    fn with_capacity(bins: usize) -> Self {
        Self {
            cell: Vec::with_capacity(bins),
            step: Vec::with_capacity(bins),
            points: Vec::with_capacity(bins),
            ids: Vec::with_capacity(bins),
        }
    }

    fn push(&mut self, cell: u32, step: i32, points: usize, ids: usize) {
        self.cell.push(cell);
        self.step.push(step);
        let most = |count| u32::try_from(count).unwrap_or(u32::MAX);
        self.points.push(most(points));
        self.ids.push(most(ids));
    }

    /// How many bins.
    pub fn len(&self) -> usize {
        self.cell.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.cell.is_empty()
    }

    /// Only bins of at least `k` different ids, and how many bins and points were left out. Nothing with fewer
    /// than k people may leave the program.
    pub fn of_at_least(&self, k: u32) -> (Self, u64, u64) {
        let (mut kept, mut bins, mut points) = (Self::default(), 0, 0);
        for at in 0..self.len() {
            if self.ids[at] >= k {
                kept.push(self.cell[at], self.step[at], self.points[at] as usize, self.ids[at] as usize);
            } else {
                bins += 1;
                points += u64::from(self.points[at]);
            }
        }
        (kept, bins, points)
    }
}

/// Bins points: a [`Sink`] for [`crate::read`], or fed by hand ([`Binner::add`]).
pub struct Binner {
    grid: Grid,
    steps: Steps,
    /// Cells of a partition, as a power of two.
    shift: u32,
    records: Shuffle<Record>,
    outside: AtomicU64,
}

/// What one thread keeps.
pub struct Local {
    cells: Vec<u32>,
    steps: Vec<i32>,
    writer: crate::shuffle::Writer<Record>,
    outside: u64,
}

impl Binner {
    /// Bins of a grid and of steps, with up to 512 MiB of records in memory.
    pub fn new(grid: Grid, steps: Steps) -> Result<Self, TracksError> {
        Self::within(grid, steps, MEMORY_BYTES, None)
    }

    /// The same with another budget of memory, and a folder for what is more.
    pub fn within(
        grid: Grid,
        steps: Steps,
        memory_bytes: u64,
        scratch: Option<PathBuf>,
    ) -> Result<Self, TracksError> {
        if steps.seconds == 0 || steps.seconds > 31 * 86_400 {
            let problem = "a step has 1 second to 31 days".to_owned();
            return Err(TracksError::Grid { what: format!("steps of {} s", steps.seconds), problem });
        }
        let mut shift = 0;
        while (grid.cells() - 1) >> shift >= MOST_PARTS {
            shift += 1;
        }
        let parts = ((grid.cells() - 1) >> shift) as usize + 1;
        let records = Shuffle::new(parts, memory_bytes, scratch);
        Ok(Self { grid, steps, shift, records, outside: AtomicU64::new(0) })
    }

    /// The grid.
    pub fn grid(&self) -> &Grid {
        &self.grid
    }

    /// Adds points, on all cores.
    pub fn add(&self, points: &Points) -> Result<(), TracksError> {
        let share = points.len().div_ceil(rayon::current_num_threads()).max(1);
        (0..points.len().div_ceil(share)).into_par_iter().try_for_each(|part| {
            let range = part * share..((part + 1) * share).min(points.len());
            let mut local = self.local();
            for begin in range.clone().step_by(crate::read::CHUNK) {
                let chunk = begin..(begin + crate::read::CHUNK).min(range.end);
                self.chunk(&mut local, points, chunk)?;
            }
            self.done(local)
        })
    }

    fn chunk(
        &self,
        local: &mut Local,
        points: &Points,
        range: std::ops::Range<usize>,
    ) -> Result<(), TracksError> {
        let Local { cells, steps, writer, outside } = local;
        self.grid.locate(&points.lon_deg[range.clone()], &points.lat_deg[range.clone()], cells);
        self.steps.locate(&points.time_s[range.clone()], steps);
        for ((cell, step), id) in cells.iter().zip(steps.iter()).zip(&points.id[range]) {
            if *cell == OUTSIDE {
                *outside += 1;
                continue;
            }
            let record = Record { id: *id, cell: *cell, step: *step };
            self.records.push(writer, (*cell >> self.shift) as usize, record)?;
        }
        Ok(())
    }

    /// Points that lay outside of the grid so far.
    pub fn outside(&self) -> u64 {
        self.outside.load(Ordering::Relaxed)
    }

    /// Counts.
    pub fn finish(self) -> Result<Bins, TracksError> {
        let parts: Vec<Bins> = (0..self.records.parts())
            .into_par_iter()
            .map_init(Counter::default, |counter, part| Ok(counter.count(&self.records.take(part)?)))
            .collect::<Result<_, TracksError>>()?;
        let mut all = Bins::with_capacity(parts.iter().map(Bins::len).sum());
        for part in parts {
            all.cell.extend(part.cell);
            all.step.extend(part.step);
            all.points.extend(part.points);
            all.ids.extend(part.ids);
        }
        Ok(all)
    }
}

impl Sink for Binner {
    type Local = Local;

    fn local(&self) -> Local {
        Local { cells: Vec::new(), steps: Vec::new(), writer: self.records.writer(), outside: 0 }
    }

    fn points(&self, local: &mut Local, _task: u64, points: &mut Points) -> Result<(), TracksError> {
        self.chunk(local, points, 0..points.len())
    }

    fn done(&self, local: Local) -> Result<(), TracksError> {
        self.outside.fetch_add(local.outside, Ordering::Relaxed);
        self.records.close(local.writer)
    }
}
