//! Sunlight: who is in the sun when, for how long, and how much of the sky is seen.
//!
//! The question ([`Question`]): shadows at instants, sun hours over days, sky view factor and clear-sky
//! irradiation on a ground grid, roofs, walls and probes; equal-time shadow (日影) against the building law;
//! and all of it for a changed city, with the difference.
//!
//! The method: the city is upright prisms on flat ground ([`prepare::scene`]), so only walls can stop a ray; and
//! prisms with air below, such as decks, which each pass treats by its own exact rule.
//! A level grid is answered by sweeping each wall's shadow into bit maps, one a sun
//! ([`passes::sweep_shadow`]), which are then counted ([`passes::count_votes`]). Points on roofs and walls are
//! answered by walking rays over a pyramid of heights ([`passes::trace_sun`]); the same walk finds the horizon
//! in each azimuth for the sky view ([`passes::sky_view`]). Shadows are exact for the given geometry up to
//! f32 rounding: answers of CPU and GPU differ only for points within [`EDGE_M`] of a shadow's edge.
//!
//! Units: metres, radians, seconds inside; hours, degrees, W/m2 and kWh/m2 in results. Sun hours are whole
//! votes of half a step; energies are whole hundredths of a Wh/m2. The sun is a point; there is no penumbra
//! (0.27 degrees either side), no trees, no reflection, no terrain, no sloped roofs, and the sky is clear.
//!
//! Sources: Reda and Andreas 2004 (solar position); Johnson and Watson 1984 (sky view factor); Ineichen and
//! Perez 2002 (clear sky); 建築基準法 56条の2, 別表第4 (equal-time shadow).

pub mod ask;
pub mod clear_sky;
pub mod equal_time;
mod error;
pub mod output;
pub mod passes;
pub mod prepare;
pub mod run;
pub mod scenario;
pub mod solar;
pub mod step;

pub use ask::{SunAsker, SunnyInterval, SunnyTimes};
pub use error::{Covers, Outside, QuestionFault, SunFault, SunlightError};
pub use run::prepare;
pub use scenario::Question;
pub use solar::{Observer, Position, position};

/// Distance from a shadow's edge within which CPU and GPU, and this crate and another exact ray caster, may
/// disagree, metres: f32 coordinates of a 3 km district carry about 0.2 mm, and an edge far away is blurred
/// by the rounding of the ray's slope.
pub const EDGE_M: f64 = 0.05;
