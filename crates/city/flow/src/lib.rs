//! How many people are on each street, and when: the only form in which movements leave the program.
//!
//! [`Raw`] is what aggregation counts, per walk link or grid cell, day and time bin. It holds no ids, but small
//! counts, and cannot be written. [`Flows::publish`] is the one way from there to [`Flows`], and it protects:
//!
//! 1. A bin stays only when on at least one single day `k` persons (default 10) were counted in it. With ids
//!    that are drawn anew every day, one person on twenty days looks like twenty; the busiest day does not.
//! 2. Every count is changed by whole-numbered noise of the two-sided geometric law (Ghosh, Roughgarden and
//!    Sundararajan 2009), `P(z) ~ exp(-epsilon |z|)`, cut at `m`. It is drawn from a hash of a key, of *all* the
//!    input and of the bin: with one person more or less in the data, or
//!    another day in the period, every bin of the city is drawn anew, so a
//!    difference of two results does not tell which bins the person was in.
//! 3. Whether a bin stays is decided on the noisy count, at `k + m`; so whatever stays had `k` persons for
//!    certain, and a bin with `k` and one with `k - 1` look alike.
//! 4. Parts that add up (the two directions) stay together or not at all: no part can be
//!    found by subtraction. There are no totals but those of what stayed.
//! 5. Means (speed, time on the link) are of clipped values and rounded at random to coarse steps.
//!
//! What this does not promise: it is a statement on one bin of one day and one result, not a budget over many
//! results with other bins or areas; and nobody who has both the input and the key is kept from anything. The
//! key is in no file.
//!
//! **Units.** Counts are person-days: persons of a bin summed over the days of its period and kind. Means per
//! day divide by those days, expansion multiplies by a stated factor. Densities are persons per square metre of
//! the link's clear width. Levels of service: Fruin 1971, walkways.
//!
//! A `.flow` file is a header with a checksum, a manifest in JSON and flat records; see [`format`](mod@format).

mod area;
mod calendar;
mod change;
mod error;
pub mod format;
mod noise;
mod publish;
mod raw;
mod rows;
mod service;

pub use area::{CellId, Grid, mesh_code};
pub use calendar::{
    Calendar, DAY_S, DayKind, JST_OFFSET_S, Period, jst_day, jst_second_of_day, kind_of_date,
};
pub use change::{Change, Estimate, Versus};
pub use error::FlowError;
pub use publish::{Policy, publish_floor};
pub use raw::{Raw, RawCounts, RawKey, Spec};
pub use rows::{About, CellFlow, Expansion, Flows, LinkFlow, LinkShape};
pub use service::Fruin;
