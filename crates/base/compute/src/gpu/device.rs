//! Finding a GPU, and memory on it.

use std::collections::HashMap;
use std::sync::Mutex;

use bytemuck::Pod;

use super::errors::{ErrorLog, Scopes};
use super::run::Pipeline;
use crate::platform::{Signal, Waiter};
use crate::{BufferKind, ComputeError, Limits};

/// Names of software rasterisers, for browsers, which do not say what kind an adapter is.
const SOFTWARE_NAMES: [&str; 4] = ["swiftshader", "llvmpipe", "lavapipe", "basic render"];

/// The best adapter: hardware before software.
pub(crate) async fn find_adapter() -> Result<wgpu::Adapter, ComputeError> {
    let options = wgpu::RequestAdapterOptions {
        power_preference: wgpu::PowerPreference::HighPerformance,
        ..Default::default()
    };
    let adapter = instance().request_adapter(&options).await;
    adapter.map_err(|error| ComputeError::NoAdapter { details: error.to_string() })
}

/// The one connection to the drivers. It is never closed: a driver that is unloaded while threads of its own are
/// still ending takes the program down with it (seen with Mesa's llvmpipe at the end of tests).
#[cfg(not(target_arch = "wasm32"))]
fn instance() -> wgpu::Instance {
    static KEPT: std::sync::OnceLock<wgpu::Instance> = std::sync::OnceLock::new();
    KEPT.get_or_init(new_instance).clone()
}

#[cfg(target_arch = "wasm32")]
fn instance() -> wgpu::Instance {
    new_instance()
}

fn new_instance() -> wgpu::Instance {
    let mut wanted = wgpu::InstanceDescriptor::new_without_display_handle();
    wanted.backends = wgpu::Backends::PRIMARY;
    wgpu::Instance::new(wanted)
}

/// Whether an adapter computes on the CPU.
pub(crate) fn is_software(adapter: &wgpu::Adapter) -> bool {
    let info = adapter.get_info();
    let name = info.name.to_lowercase();
    info.device_type == wgpu::DeviceType::Cpu || SOFTWARE_NAMES.iter().any(|software| name.contains(software))
}

/// An open device.
pub(crate) struct Gpu {
    pub(super) device: wgpu::Device,
    pub(super) queue: wgpu::Queue,
    pub(super) errors: ErrorLog,
    pub(super) waiter: Waiter,
    /// By the address of the pass, which is a `static`.
    pub(super) pipelines: Mutex<HashMap<usize, Pipeline>>,
    name: String,
}

impl Gpu {
    /// Opens a device with the storage sizes its adapter offers, and timestamps if it has them.
    pub(crate) async fn open(adapter: &wgpu::Adapter) -> Result<Self, ComputeError> {
        let info = adapter.get_info();
        let refused = |message: String| ComputeError::NoDevice { adapter: info.name.clone(), message };
        let wanted = wgpu::DeviceDescriptor {
            label: Some("futago"),
            required_features: adapter.features() & wgpu::Features::TIMESTAMP_QUERY,
            required_limits: wanted_limits(&adapter.limits()),
            ..Default::default()
        };
        let opened = adapter.request_device(&wanted).await;
        let (device, queue) = opened.map_err(|error| refused(error.to_string()))?;
        let errors = ErrorLog::of(&device);
        let waiter = Waiter::new(&device).map_err(refused)?;
        let name = format!("{} ({:?})", info.name, info.backend);
        Ok(Self { device, queue, errors, waiter, pipelines: Mutex::default(), name })
    }

    pub(crate) fn name(&self) -> String {
        self.name.clone()
    }

    pub(crate) fn limits(&self) -> Limits {
        Limits::of_device(&self.device.limits())
    }

    /// Zeroed memory of at least one byte.
    pub(crate) fn allocate(
        &self,
        name: &str,
        kind: BufferKind,
        byte_len: usize,
    ) -> Result<wgpu::Buffer, ComputeError> {
        let during = format!("making buffer `{name}` of {byte_len} bytes");
        self.errors.check("earlier work")?;
        let usage = match kind {
            BufferKind::Storage => wgpu::BufferUsages::STORAGE,
            BufferKind::Uniform => wgpu::BufferUsages::UNIFORM,
        };
        let buffer = self.device.create_buffer(&wgpu::BufferDescriptor {
            label: Some(name),
            size: (byte_len.max(1) as u64).next_multiple_of(16),
            usage: usage | wgpu::BufferUsages::COPY_SRC | wgpu::BufferUsages::COPY_DST,
            mapped_at_creation: false,
        });
        self.errors.check(&during)?;
        Ok(buffer)
    }

    /// Queues new contents. Queue writes come in multiples of 4 bytes, so a tail is padded.
    pub(crate) fn write(&self, memory: &wgpu::Buffer, bytes: &[u8]) -> Result<(), ComputeError> {
        let (whole, tail) = bytes.split_at(bytes.len() / 4 * 4);
        if !whole.is_empty() {
            self.queue.write_buffer(memory, 0, whole);
        }
        if !tail.is_empty() {
            let mut word = [0; 4];
            word[..tail.len()].copy_from_slice(tail);
            self.queue.write_buffer(memory, whole.len() as u64, &word);
        }
        self.errors.check("writing a buffer")
    }

    /// Copies the first `len` items out.
    pub(crate) async fn read<T: Pod>(
        &self,
        name: &str,
        memory: &wgpu::Buffer,
        len: usize,
    ) -> Result<Vec<T>, ComputeError> {
        if len == 0 {
            return Ok(Vec::new());
        }
        self.errors.check("earlier work")?;
        let during = format!("reading buffer `{name}`");
        let byte_len = len * size_of::<T>();
        let scopes = Scopes::open(&self.device);
        let size = (byte_len as u64).next_multiple_of(4);
        let staging = self.staging(size);
        let mut encoder = self.device.create_command_encoder(&Default::default());
        encoder.copy_buffer_to_buffer(memory, 0, &staging, 0, size);
        let index = self.queue.submit([encoder.finish()]);
        let refused = scopes.close();
        if let Some(failure) = refused.await {
            return Err(failure.into_error(&during));
        }
        let bytes = self.map(&staging, index, &during).await?;
        let items = bytemuck::pod_collect_to_vec(&bytes[..byte_len]);
        drop(bytes);
        staging.unmap();
        Ok(items)
    }

    pub(super) fn staging(&self, size: u64) -> wgpu::Buffer {
        self.device.create_buffer(&wgpu::BufferDescriptor {
            label: Some("futago readback"),
            size,
            usage: wgpu::BufferUsages::MAP_READ | wgpu::BufferUsages::COPY_DST,
            mapped_at_creation: false,
        })
    }

    /// Waits for a submission that fills `staging`, and opens it.
    pub(super) async fn map(
        &self,
        staging: &wgpu::Buffer,
        index: wgpu::SubmissionIndex,
        during: &str,
    ) -> Result<wgpu::BufferView, ComputeError> {
        let mapped = Signal::new();
        let done = mapped.clone();
        staging.map_async(wgpu::MapMode::Read, .., move |result| done.set(result));
        self.waiter.done(&self.queue, index).await.map_err(|message| self.errors.lost(message))?;
        let mapped = mapped.await;
        self.errors.check(during)?;
        mapped.map_err(|error| self.errors.lost(error.to_string()))?;
        Ok(staging.get_mapped_range(..))
    }

    /// Waits until a submission is done.
    pub(super) async fn wait(&self, index: wgpu::SubmissionIndex, during: &str) -> Result<(), ComputeError> {
        self.waiter.done(&self.queue, index).await.map_err(|message| self.errors.lost(message))?;
        self.errors.check(during)
    }

    /// Loses the device on purpose.
    #[cfg(test)]
    pub(crate) fn destroy(&self) {
        self.device.destroy();
    }
}

/// The limits every WebGPU device has, where the adapter has them, and more room for storage.
fn wanted_limits(offered: &wgpu::Limits) -> wgpu::Limits {
    let usual = wgpu::Limits::default().or_worse_values_from(offered);
    wgpu::Limits {
        max_buffer_size: offered.max_buffer_size,
        max_storage_buffer_binding_size: offered.max_storage_buffer_binding_size,
        max_storage_buffers_per_shader_stage: offered.max_storage_buffers_per_shader_stage,
        ..usual
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use pollster::block_on;

    #[test]
    fn a_lost_device_is_an_error_and_stays_one() {
        let opened = block_on(async { Gpu::open(&find_adapter().await?).await });
        let gpu = match opened {
            Ok(gpu) => gpu,
            Err(error) => {
                assert!(std::env::var("FUTAGO_REQUIRE_GPU").is_err(), "this test needs a GPU: {error}");
                return eprintln!("SKIPPED on the GPU: a_lost_device_is_an_error_and_stays_one: {error}");
            }
        };
        let memory = gpu.allocate("kept", BufferKind::Storage, 64).expect("a small buffer");
        assert_eq!(block_on(gpu.read::<u32>("kept", &memory, 16)).expect("readable"), [0; 16]);
        gpu.destroy();
        for _ in 0..2 {
            let refused = block_on(gpu.read::<u32>("kept", &memory, 16)).expect_err("the device is gone");
            assert!(matches!(refused, ComputeError::DeviceLost { .. }), "{refused}");
        }
        let refused = gpu.allocate("new", BufferKind::Storage, 64).expect_err("the device is gone");
        assert!(matches!(refused, ComputeError::DeviceLost { .. }), "{refused}");
    }
}
