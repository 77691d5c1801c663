//! What can go wrong with a device or a recording.

/// A failure of the compute layer. Texts name the thing and the way out.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum ComputeError {
    /// A GPU was asked for and none is there.
    #[error(
        "no GPU adapter was found ({details}); install a Vulkan driver (Debian: mesa-vulkan-drivers), \
         or choose the backend `auto` or `cpu`"
    )]
    NoAdapter {
        /// What the graphics layer said.
        details: String,
    },
    /// An adapter is there but gives no device.
    #[error("the GPU `{adapter}` gave no device ({message}); choose the backend `cpu`")]
    NoDevice {
        /// Name of the adapter.
        adapter: String,
        /// What the driver said.
        message: String,
    },
    /// No thread pool could be made for the CPU passes.
    #[error("no pool of {threads} threads could be started ({message}); ask for fewer")]
    NoThreads {
        /// Threads asked for.
        threads: usize,
        /// What the system said.
        message: String,
    },
    /// A buffer is over the limit of the device. Callers split their work, see `Engine::chunk_len`.
    #[error("buffer `{buffer}` has {size_bytes} bytes, this device takes {limit_bytes}; use smaller chunks")]
    TooLarge {
        /// Name of the buffer.
        buffer: String,
        /// Size asked for, bytes.
        size_bytes: u64,
        /// Largest size, bytes.
        limit_bytes: u64,
    },
    /// Memory ran out.
    #[error("out of memory at {during}; use a smaller area or a coarser resolution")]
    OutOfMemory {
        /// What was being done.
        during: String,
    },
    /// A dispatch that does not fit its pass.
    #[error("pass `{pass}`: {problem}")]
    BadDispatch {
        /// Name of the pass.
        pass: String,
        /// What does not fit.
        problem: String,
    },
    /// A buffer of one engine was given to another.
    #[error("buffer `{buffer}` belongs to another engine; upload it to this one")]
    WrongEngine {
        /// Name of the buffer.
        buffer: String,
    },
    /// New contents of another length than the buffer.
    #[error("buffer `{buffer}` holds {held} items and was given {given}; make a new buffer")]
    WrongLength {
        /// Name of the buffer.
        buffer: String,
        /// Items it holds.
        held: usize,
        /// Items given.
        given: usize,
    },
    /// The device does not take the shader of a pass.
    #[error("the shader of pass `{pass}` was refused: {message}")]
    Shader {
        /// Name of the pass.
        pass: String,
        /// What the shader compiler said.
        message: String,
    },
    /// The device refused some work.
    #[error("the GPU refused {during}: {message}")]
    Refused {
        /// What was being done.
        during: String,
        /// What the device said.
        message: String,
    },
    /// The device is gone: a reset, an unplugged card, a driver crash.
    #[error("the GPU was lost ({message}); run again, or choose the backend `cpu`")]
    DeviceLost {
        /// What the driver said.
        message: String,
    },
}
