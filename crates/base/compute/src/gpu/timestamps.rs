//! Times of passes from the GPU's own clock.

use std::sync::Mutex;

use crate::platform::lock;
use crate::timing::Timings;
use crate::{Clock, ComputeError};

use super::Gpu;

/// Most timestamps of a query set, by the WebGPU standard.
const MOST_QUERIES: usize = 4096;

/// Two timestamps for each pass of a recording.
pub(super) struct Timestamps {
    queries: wgpu::QuerySet,
    resolved: wgpu::Buffer,
    staging: wgpu::Buffer,
    names: Vec<&'static str>,
}

impl Timestamps {
    /// For passes of these names; `None` when the device has no timestamps or too few.
    pub(super) fn for_passes(gpu: &Gpu, names: &[&'static str]) -> Option<Self> {
        let has_them = gpu.device.features().contains(wgpu::Features::TIMESTAMP_QUERY);
        if !has_them || names.is_empty() || 2 * names.len() > MOST_QUERIES {
            return None;
        }
        let count = 2 * names.len() as u32;
        let size = u64::from(count) * 8;
        let queries = gpu.device.create_query_set(&wgpu::QuerySetDescriptor {
            label: Some("futago pass times"),
            ty: wgpu::QueryType::Timestamp,
            count,
        });
        let resolved = gpu.device.create_buffer(&wgpu::BufferDescriptor {
            label: Some("futago pass times"),
            size,
            usage: wgpu::BufferUsages::QUERY_RESOLVE | wgpu::BufferUsages::COPY_SRC,
            mapped_at_creation: false,
        });
        Some(Self { queries, resolved, staging: gpu.staging(size), names: names.to_vec() })
    }

    /// Where the pass with this number writes its timestamps.
    pub(super) fn of_pass(&self, number: usize) -> wgpu::ComputePassTimestampWrites<'_> {
        let first = 2 * number as u32;
        wgpu::ComputePassTimestampWrites {
            query_set: &self.queries,
            beginning_of_pass_write_index: Some(first),
            end_of_pass_write_index: Some(first + 1),
        }
    }

    /// Adds the commands that make the timestamps readable.
    pub(super) fn resolve(&self, encoder: &mut wgpu::CommandEncoder) {
        let count = 2 * self.names.len() as u32;
        encoder.resolve_query_set(&self.queries, 0..count, &self.resolved, 0);
        encoder.copy_buffer_to_buffer(&self.resolved, 0, &self.staging, 0, u64::from(count) * 8);
    }

    /// Waits for the submission and adds its times up.
    pub(super) async fn collect(
        self,
        gpu: &Gpu,
        index: wgpu::SubmissionIndex,
        timings: &Mutex<Timings>,
    ) -> Result<(), ComputeError> {
        let bytes = gpu.map(&self.staging, index, "running a recording").await?;
        let ticks: Vec<u64> = bytemuck::pod_collect_to_vec(&bytes[..]);
        let seconds_per_tick = f64::from(gpu.queue.get_timestamp_period()) * 1e-9;
        let mut timings = lock(timings);
        for (name, span) in self.names.iter().zip(ticks.chunks_exact(2)) {
            let spent = span[1].saturating_sub(span[0]) as f64 * seconds_per_tick;
            timings.add(name, Clock::GpuTimestamps, spent);
        }
        Ok(())
    }
}
