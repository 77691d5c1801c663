//! PBF: blocks one after the other, each packed on its own.

mod block;
mod file;
mod schema;

pub(crate) use block::{Block, collect};
pub(crate) use file::{Blocks, Frame, FrameKind, bounds_of, looks_like, unpack};
