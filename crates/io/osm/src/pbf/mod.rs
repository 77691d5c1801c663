//! PBF: blocks one after the other, each packed on its own.

mod block;
mod file;
mod inflate;
mod peek;
mod wire;

pub(crate) use block::Block;
pub(crate) use file::{Blocks, Frame, FrameKind, bounds_of, looks_like};
pub(crate) use inflate::{Inflater, Inflaters};
pub(crate) use wire::Damage;
