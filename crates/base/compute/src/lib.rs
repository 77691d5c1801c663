//! One device, typed buffers, recorded passes, on CPU and GPU.
//!
//! A simulation writes each of its passes twice: a WGSL entry point and a Rust twin of the same name with
//! the same bindings in the same order ([`Pass`]). It uploads arrays to an [`Engine`], records what is to
//! be done in a [`Recording`] and lets the engine run it. The same recording runs on a GPU (through
//! `wgpu`) or on the CPU (the Rust twins, which use `rayon` inside); nobody above this crate can tell,
//! except by asking.
//!
//! What holds on both sides:
//! - Commands run in the order they were recorded; each sees all that the one before it has written.
//! - All bindings are in group 0, binding `i` is the `i`-th of [`Pass::bindings`].
//! - A recording is checked before anything runs ([`Recording::check`]): number, kind and element size of
//!   bindings, group counts, one buffer written through two bindings. The checks need no GPU and are the
//!   same for both backends, so a CPU test finds what a GPU would refuse.
//! - [`Engine::run`] is done when the work is done, so that progress and cancelling mean something.
//!   Put several steps into one recording where waiting each time would cost too much.
//! - What is wrong with a device is a [`ComputeError`], never a panic. What is wrong with a CPU pass (a
//!   wrong type, a missing binding) is a programming error and panics with the name of the pass.
//!
//! Sizes: WebGPU promises 128 MiB for a storage binding and 65,535 groups in a dimension, a device may
//! allow more ([`Limits`]). [`Engine::chunk_len`] says how many items to put in one buffer.
//!
//! On a GPU the futures wait without blocking their thread; on the CPU the passes run while the future is
//! polled. On native targets the futures are `Send`. All that differs between targets is in `platform.rs`.

mod buffer;
mod cpu;
mod cpu_pass;
mod engine;
mod error;
mod gpu;
mod layout;
mod limits;
mod pass;
mod platform;
mod recording;
mod timing;

pub use buffer::{AnyBuffer, Bindable, Buffer, BufferKind};
pub use bytemuck::{Pod, Zeroable};
pub use cpu_pass::{AtomicGuard, CpuPass, ReadGuard, WriteGuard};
pub use engine::{Backend, BackendChoice, Engine, Reason, UnknownBackend};
pub use error::ComputeError;
pub use layout::{FieldLayout, GpuType, Scalar, StructLayout};
pub use limits::Limits;
pub use pass::{Access, Binding, Pass};
pub use recording::{Command, Recording};
pub use timing::{Clock, PassTiming};

/// Names that [`gpu_struct!`] needs in the crate that uses it.
#[doc(hidden)]
pub mod macro_support {
    pub use bytemuck::{Pod, Zeroable};
}
