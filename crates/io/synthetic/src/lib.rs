//! Tracks of people who are not there (合成データ): seeded, on the real network, calibrated on published figures.
//!
//! Single GPS tracks are not open. These stand for them in tests and in the built-in flows, and say 'synthetic'
//! wherever they show. People come out of the station, go to offices and shops, live in low houses, and have a
//! rhythm of the day; their number on a day follows the published population of the mesh 53394525 by month, kind of
//! day and time of day ([`figures`]). Points have the errors of phones between towers.
//!
//! Everything is a function of the seed: the same points in the same order on any number of threads, block by
//! block, so that a hundred million need no more memory than four thousand people.
//!
//! Where it stops being true: roles, times and choices are assumptions; only the numbers in the mesh, by month,
//! kind of day, day and night, are published. Nothing can be learnt from these tracks about a single street.

pub mod agoop;
mod error;
pub mod figures;
mod generator;
mod plan;
mod random;
mod sample;
mod town;

pub use error::SyntheticError;
pub use generator::{Block, DayPlan, Generator, Question, TrueWalk};
pub use town::Town;
