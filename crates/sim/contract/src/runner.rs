//! The runner: steps a [`Run`] to its end, tells how far it is, and stops when asked.
//!
//! Progress, remaining time and cancelling belong to every simulation alike, so they are here and in no
//! simulation. The caller passes a [`Control`]: a flag that anyone may raise (a signal handler, a button),
//! a function that is told of every step, and a clock. The clock is a parameter because a browser has
//! another one than a desktop, and because tests want one that they can turn.
//!
//! Cancelling is cooperative: the flag is read before every step, so a run stops within one step and never
//! in the middle of a pass. A cancelled run gives no results; half an answer is not an answer.
//!
//! Remaining time is the mean of the steps done times the steps left. It is `None` before the first step is
//! done, and rough where steps differ.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use futago_compute::Engine;
use futago_field::ResultSet;

use crate::{Run, SimError};

/// How far a run is. Told before every step and once at the end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Progress {
    /// Steps done so far.
    pub done: u64,
    /// Steps in all.
    pub total: u64,
    /// What the next step is about, as the key of a text; `step-finish` when all are done.
    pub step_key: &'static str,
    /// Time since the first step began.
    pub elapsed: Duration,
    /// Estimate of the time to the end; `None` before the first step is done.
    pub remaining: Option<Duration>,
}

/// What the caller holds of a run while it goes on.
pub struct Control<'a> {
    cancel: &'a AtomicBool,
    on_progress: &'a mut dyn FnMut(&Progress),
    clock: &'a dyn Fn() -> Duration,
}

impl<'a> Control<'a> {
    /// A control: the flag that stops the run, the function that hears of every step, and a clock that
    /// gives the time since any fixed instant.
    pub fn new(
        cancel: &'a AtomicBool,
        on_progress: &'a mut dyn FnMut(&Progress),
        clock: &'a dyn Fn() -> Duration,
    ) -> Self {
        Self { cancel, on_progress, clock }
    }
}

/// Why a run has no results.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum RunError {
    /// The flag was raised.
    #[error("cancelled after {done} of {total} steps")]
    Cancelled {
        /// Steps done.
        done: u64,
        /// Steps in all.
        total: u64,
    },
    /// A step failed.
    #[error("step {} of {total} ({step_key}) failed: {cause}", .step + 1)]
    Step {
        /// The step, from 0.
        step: u64,
        /// Steps in all.
        total: u64,
        /// What it was about.
        step_key: &'static str,
        /// What the simulation says.
        cause: SimError,
    },
    /// All steps were done, but the results could not be put together.
    #[error("the results could not be put together: {cause}")]
    Finish {
        /// What the simulation says.
        cause: SimError,
    },
}

/// Does every step of a run, in order, and gives its results.
///
/// # Errors
/// [`RunError::Cancelled`] when the flag was raised, else whatever the simulation says. Panics are not
/// caught: they are bugs.
pub async fn run_to_end(
    mut run: Box<dyn Run>,
    engine: &Engine,
    control: Control<'_>,
) -> Result<ResultSet, RunError> {
    let Control { cancel, on_progress, clock } = control;
    let total = run.steps();
    let start = clock();
    for step in 0..total {
        if cancel.load(Ordering::Relaxed) {
            return Err(RunError::Cancelled { done: step, total });
        }
        let step_key = run.step_key(step);
        on_progress(&progress(step, total, step_key, clock().saturating_sub(start)));
        run.step(step, engine).await.map_err(|cause| RunError::Step { step, total, step_key, cause })?;
    }
    if cancel.load(Ordering::Relaxed) {
        return Err(RunError::Cancelled { done: total, total });
    }
    on_progress(&progress(total, total, "step-finish", clock().saturating_sub(start)));
    run.finish().map_err(|cause| RunError::Finish { cause })
}

fn progress(done: u64, total: u64, step_key: &'static str, elapsed: Duration) -> Progress {
    let remaining = (done > 0).then(|| elapsed.div_f64(done as f64).mul_f64((total - done) as f64));
    Progress { done, total, step_key, elapsed, remaining }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;
    use std::rc::Rc;

    use futago_field::Bilingual;
    use futago_geodesy::SiteFrame;

    use super::*;
    use crate::StepFuture;

    /// Counts its steps. Each takes ten seconds on the toy clock; one may fail, one may raise the flag.
    struct Toy {
        clock: Rc<Cell<u64>>,
        steps: u64,
        fails_at: Option<u64>,
        raises_flag_at: Option<(u64, &'static AtomicBool)>,
        done: Rc<Cell<u64>>,
    }

    impl Run for Toy {
        fn steps(&self) -> u64 {
            self.steps
        }

        fn step_key(&self, step: u64) -> &'static str {
            if step.is_multiple_of(2) { "step-even" } else { "step-odd" }
        }

        fn step<'a>(&'a mut self, step: u64, _engine: &'a Engine) -> StepFuture<'a> {
            Box::pin(async move {
                assert_eq!(self.done.get(), step, "each step once, in order");
                if self.fails_at == Some(step) {
                    return Err("the toy broke".into());
                }
                if let Some((at, flag)) = self.raises_flag_at
                    && at == step
                {
                    flag.store(true, Ordering::Relaxed);
                }
                self.clock.set(self.clock.get() + 10);
                self.done.set(step + 1);
                Ok(())
            })
        }

        fn finish(self: Box<Self>) -> Result<ResultSet, SimError> {
            let mut summary = serde_json::Map::new();
            summary.insert("steps".to_owned(), self.done.get().into());
            Ok(ResultSet {
                summary,
                ..ResultSet::new(
                    "toy",
                    Bilingual::default(),
                    SiteFrame { epsg: 6677, origin_east_m: 0.0, origin_north_m: 0.0, origin_height_m: 0.0 },
                )
            })
        }
    }

    /// Runs the toy and gives its end, what was told, and how many steps were done.
    fn drive(
        steps: u64,
        fails_at: Option<u64>,
        raises_flag_at: Option<(u64, &'static AtomicBool)>,
    ) -> (Result<ResultSet, RunError>, Vec<Progress>, u64) {
        static NEVER: AtomicBool = AtomicBool::new(false);
        let (clock, done) = (Rc::new(Cell::new(0)), Rc::new(Cell::new(0)));
        let toy = Toy { clock: clock.clone(), steps, fails_at, raises_flag_at, done: done.clone() };
        let mut told = Vec::new();
        let mut hear = |p: &Progress| told.push(p.clone());
        let now = || Duration::from_secs(clock.get());
        let control = Control::new(raises_flag_at.map_or(&NEVER, |(_, flag)| flag), &mut hear, &now);
        let end = block_on(run_to_end(Box::new(toy), &Engine::cpu(), control));
        (end, told, done.get())
    }

    /// The toy never waits, so one poll is enough.
    fn block_on<T>(future: impl std::future::Future<Output = T>) -> T {
        let mut context = std::task::Context::from_waker(std::task::Waker::noop());
        match std::pin::pin!(future).poll(&mut context) {
            std::task::Poll::Ready(value) => value,
            std::task::Poll::Pending => panic!("the toy waited"),
        }
    }

    #[test]
    fn every_step_is_told_with_the_time_left() {
        let (end, told, _) = drive(4, None, None);
        assert_eq!(end.unwrap().summary["steps"], 4);
        let left: Vec<_> = told.iter().map(|p| p.remaining.map(|r| r.as_secs())).collect();
        assert_eq!(left, [None, Some(30), Some(20), Some(10), Some(0)]);
        let keys: Vec<_> = told.iter().map(|p| p.step_key).collect();
        assert_eq!(keys, ["step-even", "step-odd", "step-even", "step-odd", "step-finish"]);
        assert_eq!((told[4].done, told[4].total, told[4].elapsed.as_secs()), (4, 4, 40));
    }

    #[test]
    fn a_raised_flag_stops_before_the_next_step() {
        static FLAG: AtomicBool = AtomicBool::new(false);
        let (end, told, done) = drive(4, None, Some((1, &FLAG)));
        assert!(matches!(end, Err(RunError::Cancelled { done: 2, total: 4 })), "{end:?}");
        assert_eq!((told.len(), done), (2, 2));
    }

    #[test]
    fn a_flag_raised_in_the_last_step_still_cancels() {
        static FLAG: AtomicBool = AtomicBool::new(false);
        let (end, ..) = drive(2, None, Some((1, &FLAG)));
        assert!(matches!(end, Err(RunError::Cancelled { done: 2, total: 2 })), "{end:?}");
    }

    #[test]
    fn a_failed_step_is_named() {
        let (end, _, done) = drive(4, Some(2), None);
        assert_eq!(end.unwrap_err().to_string(), "step 3 of 4 (step-even) failed: the toy broke");
        assert_eq!(done, 2);
    }

    #[test]
    fn a_run_without_steps_finishes() {
        let (end, told, _) = drive(0, None, None);
        assert_eq!(end.unwrap().summary["steps"], 0);
        assert_eq!(told.len(), 1);
    }
}
