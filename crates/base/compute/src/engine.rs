//! The engine: where buffers live and recordings run.

use std::fmt;
use std::str::FromStr;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

use bytemuck::Pod;

use crate::buffer::{Inner, Memory};
use crate::cpu::{self, CpuMemory};
use crate::gpu::{self, Gpu};
use crate::platform::lock;
use crate::timing::Timings;
use crate::{Buffer, BufferKind, ComputeError, Limits, PassTiming, Recording};

/// What a user may ask for (`--backend`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum BackendChoice {
    /// The GPU if there is a real one, otherwise the CPU.
    #[default]
    Auto,
    /// Any GPU adapter, also a software one.
    Gpu,
    /// The CPU.
    Cpu,
}

/// A text that names no backend.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no backend; use auto, gpu or cpu")]
pub struct UnknownBackend(pub String);

impl FromStr for BackendChoice {
    type Err = UnknownBackend;

    fn from_str(text: &str) -> Result<Self, UnknownBackend> {
        match text {
            "auto" => Ok(Self::Auto),
            "gpu" => Ok(Self::Gpu),
            "cpu" => Ok(Self::Cpu),
            other => Err(UnknownBackend(other.to_owned())),
        }
    }
}

impl fmt::Display for BackendChoice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Auto => "auto",
            Self::Gpu => "gpu",
            Self::Cpu => "cpu",
        })
    }
}

/// What an engine runs on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Backend {
    /// A GPU, through `wgpu`.
    Gpu,
    /// The Rust twins.
    Cpu,
}

impl fmt::Display for Backend {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Gpu => "gpu",
            Self::Cpu => "cpu",
        })
    }
}

/// Why an engine runs on what it runs on. Its text is English; faces may have their own.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Reason {
    /// It was asked for.
    #[error("as asked")]
    Asked,
    /// A hardware GPU was found.
    #[error("a GPU was found")]
    HardwareFound,
    /// Only a software GPU was found, which is slower than the CPU passes.
    #[error("only a software GPU ({adapter}) was found, and the CPU passes are faster")]
    SoftwareOnly {
        /// Name of the adapter.
        adapter: String,
    },
    /// No GPU was found.
    #[error("no GPU was found")]
    NoneFound,
    /// A GPU was found and did not work.
    #[error("a GPU was found but could not be used: {message}")]
    Unusable {
        /// What went wrong.
        message: String,
    },
}

enum Device {
    Cpu(Option<rayon::ThreadPool>),
    Gpu(Box<Gpu>),
}

/// One device: keeps buffers and runs recordings.
pub struct Engine {
    id: u64,
    device: Device,
    limits: Limits,
    why: Reason,
    reason: String,
    timings: Mutex<Timings>,
}

impl Engine {
    /// The CPU, with rayon's usual pool.
    pub fn cpu() -> Self {
        Self::with(Device::Cpu(None), Limits::CPU, Reason::Asked)
    }

    /// The CPU pretending to the limits of a smaller device, to test chunking.
    pub fn cpu_with_limits(limits: Limits) -> Self {
        Self::with(Device::Cpu(None), limits, Reason::Asked)
    }

    /// The CPU with a number of threads, to test that it does not matter.
    ///
    /// # Errors
    /// [`ComputeError::NoThreads`] when they cannot be started.
    pub fn cpu_with_threads(threads: usize) -> Result<Self, ComputeError> {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
        let pool = pool.map_err(|error| ComputeError::NoThreads { threads, message: error.to_string() })?;
        Ok(Self::with(Device::Cpu(Some(pool)), Limits::CPU, Reason::Asked))
    }

    /// The device for a choice. `Auto` always gives one.
    ///
    /// # Errors
    /// With `Gpu`: [`ComputeError::NoAdapter`] or [`ComputeError::NoDevice`].
    pub async fn new(choice: BackendChoice) -> Result<Self, ComputeError> {
        match choice {
            BackendChoice::Cpu => Ok(Self::cpu()),
            BackendChoice::Gpu => {
                let adapter = gpu::find_adapter().await?;
                Ok(Self::on_gpu(Gpu::open(&adapter).await?, Reason::Asked))
            }
            BackendChoice::Auto => Ok(Self::auto().await),
        }
    }

    async fn auto() -> Self {
        let fall_back = |why| Self::with(Device::Cpu(None), Limits::CPU, why);
        let Ok(adapter) = gpu::find_adapter().await else { return fall_back(Reason::NoneFound) };
        if gpu::is_software(&adapter) {
            return fall_back(Reason::SoftwareOnly { adapter: adapter.get_info().name });
        }
        match Gpu::open(&adapter).await {
            Ok(device) => Self::on_gpu(device, Reason::HardwareFound),
            Err(error) => fall_back(Reason::Unusable { message: error.to_string() }),
        }
    }

    fn on_gpu(gpu: Gpu, why: Reason) -> Self {
        let limits = gpu.limits();
        Self::with(Device::Gpu(Box::new(gpu)), limits, why)
    }

    fn with(device: Device, limits: Limits, why: Reason) -> Self {
        static NEXT_ID: AtomicU64 = AtomicU64::new(0);
        let id = NEXT_ID.fetch_add(1, Ordering::Relaxed);
        Self { id, device, limits, reason: why.to_string(), why, timings: Mutex::default() }
    }

    /// What it runs on.
    pub fn backend(&self) -> Backend {
        match self.device {
            Device::Cpu(_) => Backend::Cpu,
            Device::Gpu(_) => Backend::Gpu,
        }
    }

    /// Why it runs on that, in English.
    pub fn reason(&self) -> &str {
        &self.reason
    }

    /// Why it runs on that, to be told in the user's language.
    pub fn why(&self) -> &Reason {
        &self.why
    }

    /// Name of the GPU and its interface, or number of CPU threads.
    pub fn device_name(&self) -> String {
        match &self.device {
            Device::Gpu(gpu) => gpu.name(),
            Device::Cpu(pool) => {
                let threads = pool
                    .as_ref()
                    .map_or_else(rayon::current_num_threads, rayon::ThreadPool::current_num_threads);
                format!("CPU, {threads} threads")
            }
        }
    }

    /// What the device can take.
    pub fn limits(&self) -> Limits {
        self.limits
    }

    /// Items that go into one buffer of this device, at most 128 MiB of them and at least one.
    pub fn chunk_len(&self, bytes_per_item: usize) -> usize {
        self.limits.chunk_len(bytes_per_item)
    }

    /// A buffer with these items.
    ///
    /// # Errors
    /// [`ComputeError::TooLarge`] over the device's limit, or what the device says.
    pub fn upload<T: Pod>(&self, name: &str, data: &[T]) -> Result<Buffer<T>, ComputeError> {
        let buffer = self.zeroed(name, data.len())?;
        self.write(&buffer, data)?;
        Ok(buffer)
    }

    /// A buffer of zeros.
    ///
    /// # Errors
    /// As [`Engine::upload`].
    pub fn zeroed<T: Pod>(&self, name: &str, len: usize) -> Result<Buffer<T>, ComputeError> {
        self.allocate(name, len, BufferKind::Storage, self.limits.max_storage_bytes)
    }

    /// A buffer with one value, for `Access::Uniform`.
    ///
    /// # Errors
    /// As [`Engine::upload`].
    pub fn uniform<T: Pod>(&self, name: &str, value: &T) -> Result<Buffer<T>, ComputeError> {
        let buffer = self.allocate(name, 1, BufferKind::Uniform, self.limits.max_uniform_bytes)?;
        self.write(&buffer, std::slice::from_ref(value))?;
        Ok(buffer)
    }

    /// Replaces the contents of a buffer. Recordings that were run before see the old ones, later ones
    /// the new.
    ///
    /// # Errors
    /// [`ComputeError::WrongLength`] unless there are as many items as the buffer holds.
    pub fn write<T: Pod>(&self, buffer: &Buffer<T>, data: &[T]) -> Result<(), ComputeError> {
        self.own(buffer.any())?;
        if data.len() != buffer.len() {
            let (name, held, given) = (buffer.name().to_owned(), buffer.len(), data.len());
            return Err(ComputeError::WrongLength { buffer: name, held, given });
        }
        match (&self.device, &buffer.any().0.memory) {
            (Device::Gpu(gpu), Memory::Gpu(memory)) => gpu.write(memory, bytemuck::cast_slice(data)),
            _ => {
                cpu::memory_of(buffer.any())?.write(bytemuck::cast_slice(data));
                Ok(())
            }
        }
    }

    /// Runs a recording to its end.
    ///
    /// # Errors
    /// A command that does not fit ([`Recording::check`]; nothing has run then), or what the device says.
    pub async fn run(&self, recording: &Recording) -> Result<(), ComputeError> {
        recording.check(&self.limits)?;
        recording.buffers().try_for_each(|buffer| self.own(buffer))?;
        match &self.device {
            Device::Cpu(pool) => cpu::run(recording, pool.as_ref(), &self.timings),
            Device::Gpu(gpu) => gpu.run(recording, &self.timings).await,
        }
    }

    /// Copies the contents of a buffer out, as all recordings run so far have left them.
    ///
    /// # Errors
    /// What the device says.
    pub async fn read<T: Pod>(&self, buffer: &Buffer<T>) -> Result<Vec<T>, ComputeError> {
        self.own(buffer.any())?;
        match (&self.device, &buffer.any().0.memory) {
            (Device::Gpu(gpu), Memory::Gpu(memory)) => gpu.read(buffer.name(), memory, buffer.len()).await,
            _ => Ok(cpu::memory_of(buffer.any())?.to_vec()),
        }
    }

    /// Time spent in each pass so far, by name.
    pub fn timings(&self) -> Vec<PassTiming> {
        lock(&self.timings).list()
    }

    /// Forgets the times so far.
    pub fn reset_timings(&self) {
        lock(&self.timings).clear();
    }

    fn own(&self, buffer: &crate::AnyBuffer) -> Result<(), ComputeError> {
        if buffer.0.engine == self.id {
            return Ok(());
        }
        Err(ComputeError::WrongEngine { buffer: buffer.name().to_owned() })
    }

    fn allocate<T: Pod>(
        &self,
        name: &str,
        len: usize,
        kind: BufferKind,
        limit_bytes: u64,
    ) -> Result<Buffer<T>, ComputeError> {
        let element_size = size_of::<T>();
        let size_bytes = (len as u64).saturating_mul(element_size as u64);
        let byte_len = usize::try_from(size_bytes).ok().filter(|_| size_bytes <= limit_bytes);
        let Some(byte_len) = byte_len else {
            return Err(ComputeError::TooLarge { buffer: name.to_owned(), size_bytes, limit_bytes });
        };
        let memory = match &self.device {
            Device::Gpu(gpu) => Memory::Gpu(gpu.allocate(name, kind, byte_len.max(element_size))?),
            Device::Cpu(_) => Memory::Cpu(CpuMemory::zeroed(byte_len).ok_or_else(|| {
                ComputeError::OutOfMemory { during: format!("making buffer `{name}` of {byte_len} bytes") }
            })?),
        };
        let name = name.to_owned();
        Ok(Buffer::new(Inner { name, engine: self.id, kind, byte_len, element_size, memory }))
    }
}

impl fmt::Debug for Engine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Engine on {} ({})", self.device_name(), self.reason)
    }
}
