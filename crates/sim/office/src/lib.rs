//! Offices: how many people are on which floor when, how full that is, and whether the lifts keep up in the morning.
//!
//! The question ([`Question`]): persons, persons/m2 and the share of the capacity that is taken, hour by hour, by
//! floor, building and area; for an attendance rate, and for a second one beside it (before and after telework) with
//! the difference; and the queue at the lifts.
//!
//! The method. Where a file says how many people were on a floor ([`futago_model::Occupancy`]), that counts, and its
//! gaps stay gaps. Elsewhere people are synthetic, and every result says so:
//!
//! - storeys: published, or height / 3.8 m (as [`futago_model::storeys`]); the floor area of each is what the union of
//!   the building's solids covers at half its height, times the share that is offices ([`prepare::floors`]);
//! - capacity = 0.125 persons/m2 of it; workers = capacity x staffing, with a seeded variation of buildings and
//!   floors that is a function of seed, building and floor alone ([`random`]);
//! - who is there at clock time t: workers x attendance x p(t), p = F(arrive) - F(leave) - share x (F(lunch out) -
//!   F(lunch back)), each F the distribution function of the logistic distribution ([`schedule`]), so that the mean
//!   over any hour is exact;
//! - lifts: round-trip time from probable stops and highest reversal floor (Barney and dos Santos; CIBSE Guide D),
//!   5-minute handling capacity, and a fluid queue over the arrivals ([`lifts`]).
//!
//! Units: persons (expected numbers, not whole), square metres, minutes of the day (Japan Standard Time), metres.
//!
//! Limits: a building without a published use counts as offices when it is tall and large and its name says nothing
//! else, so hotels and flats may be among them; there are no visitors, no night shifts and no days off but holidays;
//! basements are empty unless a file says otherwise. It is a model of a typical day, not a count.
//!
//! The work is small (tens of thousands of floors), so it is done on the CPU alone: a run takes the engine that the
//! contract hands it and does not use it; there is no WGSL.
//!
//! Privacy: measured floors with fewer people than [`scenario::Question::least_persons`] are withheld everywhere.

pub mod ask;
mod error;
pub mod lifts;
pub mod output;
pub mod prepare;
pub mod random;
mod run;
pub mod scenario;
pub mod schedule;
pub mod step;

pub use error::{OfficeError, QuestionFault};
pub use run::{Case, Inputs, OfficeRun, prepare};
pub use scenario::Question;
