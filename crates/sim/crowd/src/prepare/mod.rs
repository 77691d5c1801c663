//! City and question to arrays.

pub mod changes;
pub mod density;
pub mod mask;
pub mod network;
pub mod pieces;
pub mod zones;
