//! What the tests of several crates share. A dev-dependency, never part of the program.
//!
//! - [`check_pass_layout`]: a pass against its parsed WGSL, so that no struct is kept in sync by comments.
//! - [`twin_check`], [`twin_votes`]: one computation on the CPU and on the GPU, compared with a named
//!   [`Tolerance`] that says why it may differ. [`same_on_any_thread_count`] for the CPU alone.
//! - [`must_fail`]: a check that is fed something disturbed, and is wrong if it passes.
//! - [`box_city`], [`canyon`], [`basin`]: tiny cities whose answers are known in closed form.
//! - [`check_architecture`]: which crate may depend on which.
//!
//! Helpers panic with a text that says what moved, as tests do.

mod architecture;
mod city;
mod layout;
mod twin;

pub use architecture::{CrateInfo, Dependency, check_architecture, document_problems, graph_problems};
pub use city::{BoxSpec, Prism, basin, box_city, canyon, prism_city};
pub use layout::{check_pass_layout, pass_layout_problems};
pub use twin::{
    Comparison, Tolerance, TwinValue, compare, gpu_engine_or_skip, must_fail, same_on_any_thread_count,
    twin_check, twin_votes,
};
