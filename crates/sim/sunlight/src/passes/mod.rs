//! The kernels: each file is one pass, its layout, and the CPU twin of the WGSL entry point of the same name.

pub mod beam;
pub mod count_votes;
pub mod march;
pub mod sky_view;
pub mod sweep_shadow;
pub mod trace_sun;
