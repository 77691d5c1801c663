//! GPS files to points of people, fast; and points to bins with exact counts.
//!
//! This crate answers two questions: where was which device when ([`read`]), and how many points and how many
//! different devices were in each cell of a grid in each hour or quarter of an hour ([`bin`]). It matches nothing
//! to streets and shows nothing.
//!
//! # In
//!
//! Agoop's point-type flow data, Blogwatcher, unerry, pseudo people flow, pflow tables, GeoLife PLT, GPX, any table
//! of trajectories, Parquet and GeoParquet, MF-JSON; each as it is, in gzip or in Zstandard; single files and
//! folders. Files are told by content and columns by name; a [`Mapping`] says what other columns mean. docs/tracks.md
//! has every column and zone.
//!
//! # Out
//!
//! [`Points`] in chunks, to a [`Sink`] that several threads fill at once, or in order to a closure
//! ([`read_in_order`]). Instants are UTC, places degrees. A [`ReadReport`] counts every row that was left out, by
//! [`Reason`], with the place of the first.
//!
//! # Privacy
//!
//! Ids are hashed when they are read and not kept ([`IdKey`]). Columns of homes, works, and of who somebody is are
//! never read. Errors and reports name files, columns and lines, and quote no row.
//!
//! # Where this stops
//!
//! Places are longitude and latitude of WGS 84 or JGD2011, taken as one. Zones have fixed offsets. What needs the
//! order of time within an id (doubled points, jumps, gaps, stays) is in [`clean`].

pub mod bin;
pub mod clean;
mod detect;
mod error;
mod gather;
mod gpx;
mod ids;
mod inputs;
mod known;
mod layout;
mod limits;
mod mapping;
mod mfjson;
mod options;
mod parquet;
mod read;
mod report;
mod shuffle;
mod sink;
mod stream;
mod table;
mod time;

pub use error::TracksError;
pub use futago_points::{Point, Points};
pub use ids::IdKey;
pub use limits::Limits;
pub use mapping::{ColumnName, Mapping, Several};
pub use options::{Bounds, Period, ReadOptions};
pub use read::{read, read_all, read_in_order};
pub use report::{FileReport, ReadReport, Reason, Rejected, Unit};
pub use shuffle::{Shuffle, Writer};
pub use sink::{InOrder, Sink};
pub use time::{DAY_S, EpochUnit, Zone};
