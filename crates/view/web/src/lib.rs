//! The public page: the twin in a browser.
//!
//! Three WebAssembly modules come out of this crate. Two are the scene ([`stage`]), one drawing with WebGPU and one
//! with WebGL2; the page takes the one that the browser can. The third is small, runs in a worker and answers
//! questions ([`answers`]): sentences about a spot, places by name, and simulations, so that the picture never waits
//! for them. The page itself is plain HTML, CSS and JavaScript in `page/`; `cargo xtask web` puts all of it together.
//!
//! Inputs are packs as bytes; what goes between page and modules is JSON, except a simulation's results, which go
//! from the worker to the scene as MessagePack ([`parcel`]).

pub mod answers;
pub mod city;
pub mod parcel;
#[cfg(feature = "scene")]
pub mod stage;
#[cfg(all(target_arch = "wasm32", not(feature = "scene")))]
mod worker;
