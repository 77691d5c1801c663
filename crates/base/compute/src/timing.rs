//! How long passes take.

use std::collections::BTreeMap;

/// What a time was measured with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Clock {
    /// Wall time of the CPU pass.
    Cpu,
    /// Timestamps of the GPU at the start and end of the pass.
    GpuTimestamps,
    /// Wall time from submitting a recording to its end, for devices without timestamps. Stands under the
    /// name of the pass if the recording has only one, otherwise under `recording`.
    GpuWall,
}

/// Time spent in a pass since the engine started.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PassTiming {
    /// Name of the pass.
    pub name: &'static str,
    /// Time, summed, seconds.
    pub seconds: f64,
    /// Number of times it ran.
    pub calls: u64,
    /// What it was measured with.
    pub clock: Clock,
}

/// Sums of times by name. Sorted, so that lists come out in the same order every time.
#[derive(Debug, Default)]
pub(crate) struct Timings(BTreeMap<(&'static str, Clock), (f64, u64)>);

impl Timings {
    pub(crate) fn add(&mut self, name: &'static str, clock: Clock, seconds: f64) {
        let (sum, calls) = self.0.entry((name, clock)).or_default();
        *sum += seconds;
        *calls += 1;
    }

    pub(crate) fn list(&self) -> Vec<PassTiming> {
        let entries = self.0.iter();
        entries
            .map(|(&(name, clock), &(seconds, calls))| PassTiming { name, seconds, calls, clock })
            .collect()
    }

    pub(crate) fn clear(&mut self) {
        self.0.clear();
    }
}
