//! The GPU side: everything that names `wgpu`.

mod device;
mod errors;
mod run;
mod timestamps;

pub(crate) use device::{Gpu, find_adapter, is_software};
