//! What a simulation is, and the runner that drives any of them.
//!
//! A simulation turns a city and a question into a [`Run`]; the run advances in steps (a chunk of suns, a
//! time step, a batch of realisations) and ends in a [`futago_field::ResultSet`]. Because every simulation
//! steps, progress, remaining time and cancelling are written once, in [`run_to_end`].
//!
//! Scenario files are TOML; [`parse_scenario`] turns one into the caller's serde type, refuses unknown
//! keys and says file, line, column and the nearest known key. What questions have in common, an area of the plan and
//! what may be wrong with a number or a place, is [`AreaOfInterest`] and [`ValueFault`].

mod device;
mod question;
mod runner;
mod scenario;

use std::future::Future;
use std::pin::Pin;

use futago_compute::Engine;
use futago_field::{Message, ResultSet};

pub use device::compute_message;
pub use question::{AreaOfInterest, ValueFault, place_message, within};
pub use runner::{Control, Progress, RunError, run_to_end};
pub use scenario::{MAX_SCENARIO_BYTES, Place, Problem, ScenarioError, locate, parse_scenario};

/// A failure of a simulation, ready to be shown: what, where, remedy.
pub type SimError = Box<dyn std::error::Error + Send + Sync>;

/// An error of a simulation as faces need it.
pub trait Explained: std::error::Error {
    /// Where in the scenario it is, when it is in one place.
    fn key(&self) -> Option<&str>;

    /// The same as a text of the catalogues; the text of `<key>-remedy`, where there is one, takes the same values.
    /// Of a question it is what is wrong with its key, to be shown beside the key.
    fn message(&self) -> Message;

    /// Whether the machine failed, and not the question.
    fn is_machine(&self) -> bool {
        false
    }
}

/// The future of one step. Not `Send`: in a browser everything stays on one thread.
pub type StepFuture<'a> = Pin<Box<dyn Future<Output = Result<(), SimError>> + 'a>>;

/// A question being answered.
pub trait Run {
    /// Number of steps from start to end, known before the first one.
    fn steps(&self) -> u64;

    /// What the given step is about, as the key of a text (`step-sun-hours`, ...), for the progress line.
    fn step_key(&self, step: u64) -> &'static str;

    /// Does one step. Called with 0, 1, ... `steps() - 1`, in order.
    fn step<'a>(&'a mut self, step: u64, engine: &'a Engine) -> StepFuture<'a>;

    /// Gives the results. Called once, after the last step.
    ///
    /// # Errors
    /// When the steps left something that cannot be put together.
    fn finish(self: Box<Self>) -> Result<ResultSet, SimError>;
}
