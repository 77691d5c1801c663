//! Crowds: how full the streets are, and who walks where when something changes.
//!
//! The question ([`Question`]): how many people are on each street and how dense at clock times, from measured flows
//! or, without any, from a synthetic day; and all of it when a street is closed, a deck is opened, an event ends or a
//! building with new workers stands.
//!
//! The method, in five parts that can be used alone:
//! - **Density** ([`prepare::density`], [`passes`], [`step`]): people of each link are spread along the streets by an
//!   adaptive kernel over the network distance and across them by their width, onto grid cells outside of buildings.
//!   What is spread is what is given, to 1e-5.
//! - **Speed and level** ([`fundamental`]): Weidmann's speed by density, Fruin's levels A to F.
//! - **Assignment** ([`assign`]): user equilibrium on the walk network, a link taking the longer the fuller it is.
//! - **Demand** ([`demand`]): a gravity table between doors and buildings, fitted to counts where there are some.
//! - **Counts** ([`counted`]): what a file of flows says of the streets, hour by hour, before and after, with no model
//!   at all.
//!
//! A change is answered by assigning twice, before and after; where flows were measured, the difference is added to
//! what was measured (pivoting), so that a street without change keeps its count. [`animate`] gives people as places
//! at a time for moving pictures.
//!
//! Units: metres, seconds, persons, persons/s on links; persons/m2 and persons/h in results. Nobody is simulated one
//! by one: there are no queues that spill back, no waiting at traffic lights, no groups, and everybody knows the
//! quickest way. See `docs/crowd-simulation.md` for equations, sources and limits.

pub mod animate;
pub mod assign;
pub mod counted;
pub mod demand;
mod error;
pub mod fundamental;
pub mod output;
pub mod passes;
pub mod prepare;
pub mod profile;
pub mod run;
pub mod scenario;
pub mod step;

pub use error::CrowdError;
pub use run::{LinkCounts, prepare, prepare_with_flows};
pub use scenario::Question;
