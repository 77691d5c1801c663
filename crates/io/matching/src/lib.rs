//! GPS points to the walk network, and what is counted there.
//!
//! The question: on which street was each point, and how many people were on each street in each quarter of an
//! hour. The way:
//!
//! 1. [`Network`]: the walk network of a city with its indices.
//! 2. [`Network::nearest`]: the nearest link of each point, exactly; for points without a track.
//! 3. [`Network::match_points`]: map matching of tracks with a hidden Markov model; stays against walks, places
//!    smoothed in time ([`observe`]), ways along the network ([`hmm`]), places smoothed along their way (`along`).
//! 4. [`Counter`]: points in, in blocks; [`futago_flow::Raw`] out, which only `futago_flow` can publish.
//!
//! Units: site metres, UTC seconds; degrees only in the points. Accuracy is the 68 % radius that phones state.
//!
//! Where it stops being true: a point says nothing of the level, so decks over streets and corridors under them
//! are told apart by ways only; underground there is hardly any GPS; errors of points near towers hang together
//! and are larger than phones say. `docs/crowds.md` has what was measured.

mod along;
mod count;
mod error;
pub mod hmm;
mod nearest;
mod network;
pub mod observe;
mod path;
mod points;
pub mod routes;
mod sections;
pub mod segments;
mod smooth;
mod visits;

pub use count::{Counter, Tally};
pub use error::MatchingError;
pub use futago_points::{Points, PointsView};
pub use hmm::{Matched, Matcher, Placed};
pub use nearest::{LEVEL_MARGIN_M, Nearest, NearestLinks, REACH_M};
pub use network::{Link, Network};
pub use observe::{Options, Rejected};
pub use path::Part;
pub use sections::sections_of;
