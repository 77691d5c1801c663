//! The passes in order: what one step of a run does on an engine.

pub mod ground;
pub mod surface;
