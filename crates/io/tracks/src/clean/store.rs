//! Tracks of inputs larger than memory: points go into partitions of ids, in memory or on the disk, and each
//! partition is cleaned by itself.

use std::path::PathBuf;

use bytemuck::{Pod, Zeroable};
use rayon::prelude::*;

use super::{CleanCounts, CleanOptions, Tracks, clean};
use crate::shuffle::Writer;
use crate::{Point, Points, Shuffle, Sink, TracksError};

/// Partitions: a thousandth of 10 GB is little, and so many blocks still fit in a cache.
const PARTS: usize = 1024;

/// A point on the disk.
#[derive(Debug, Clone, Copy, Pod, Zeroable)]
#[repr(C)]
struct Record {
    id: u64,
    time_s: i64,
    lon_deg: f64,
    lat_deg: f64,
    accuracy_m: f32,
    speed_mps: f32,
    course_deg: f32,
    padding: u32,
}

impl From<Point> for Record {
    fn from(point: Point) -> Self {
        let Point { id, time_s, lon_deg, lat_deg, accuracy_m, speed_mps, course_deg } = point;
        Self { id, time_s, lon_deg, lat_deg, accuracy_m, speed_mps, course_deg, padding: 0 }
    }
}

impl From<Record> for Point {
    fn from(record: Record) -> Self {
        let Record { id, time_s, lon_deg, lat_deg, accuracy_m, speed_mps, course_deg, .. } = record;
        Self { id, time_s, lon_deg, lat_deg, accuracy_m, speed_mps, course_deg }
    }
}

/// Keeps points until all are there: a [`Sink`] for [`crate::read`].
pub struct TrackStore {
    records: Shuffle<Record>,
}

/// What one thread fills.
pub struct Local(Writer<Record>);

impl TrackStore {
    /// A store with so many bytes of memory; what is more goes into a file without a name in the folder (the
    /// system's for such things when none).
    pub fn new(memory_bytes: u64, scratch: Option<PathBuf>) -> Self {
        Self { records: Shuffle::new(PARTS, memory_bytes, scratch) }
    }

    /// Cleans partition by partition, on all cores, and hands them over in order: the same at any number of
    /// threads. Each id is in one partition.
    pub fn each(
        self,
        options: &CleanOptions,
        mut take: impl FnMut(Tracks) -> Result<(), TracksError>,
    ) -> Result<CleanCounts, TracksError> {
        let mut counts = CleanCounts::default();
        // A few at a time: so many are in memory.
        let group = rayon::current_num_threads().clamp(1, 16);
        for begin in (0..PARTS).step_by(group) {
            let parts = begin..(begin + group).min(PARTS);
            let tracks: Vec<Tracks> = parts
                .into_par_iter()
                .map(|part| {
                    let blocks = self.records.take(part)?;
                    let points: Points = blocks.into_iter().flatten().map(Point::from).collect();
                    Ok(clean(&points, options))
                })
                .collect::<Result<_, TracksError>>()?;
            for tracks in tracks {
                counts = counts.plus(&tracks.counts);
                take(tracks)?;
            }
        }
        Ok(counts)
    }
}

impl Sink for TrackStore {
    type Local = Local;

    fn local(&self) -> Local {
        Local(self.records.writer())
    }

    fn points(&self, local: &mut Local, _task: u64, points: &mut Points) -> Result<(), TracksError> {
        for point in points.iter() {
            self.records.push(&mut local.0, (point.id >> 54) as usize, point.into())?;
        }
        Ok(())
    }

    fn done(&self, local: Local) -> Result<(), TracksError> {
        self.records.close(local.0)
    }
}
